"""The answer to one `workspace/diagnostic`: sent as it is found, where the client takes it so, with progress."""

import json
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from report_ls.lsp.wire.json_text import JSON, JsonText, written
from report_ls.lsp.wire.protocol import Connection
from report_ls.lsp.wire.uris import key


class Answer:
    """What is said of the reports."""

    def __init__(
        self, server: Connection, params: types.WorkspaceDiagnosticParams, known: Iterable[types.PreviousResultId]
    ) -> None:
        self._connection, self._token, self._items = server, params.partial_result_token, list[JsonText]()
        self._known = {key(item.uri): item for item in known}
        self.work_done_token = params.work_done_token
        self.is_new = False
        """Something was said that the client does not know."""

    @property
    def not_told(self) -> tuple[types.PreviousResultId, ...]:
        """What the client knows of files of which nothing has been said."""
        return tuple(self._known.values())

    def tell(self, uri: str, version: int | None, items: Iterable[JsonText], result_id: str) -> None:
        """Say what there is of one report; while nothing is new, nothing is sent."""
        before = self._known.pop(key(uri), None)
        said: JSON = {"uri": uri, "version": version, "resultId": result_id}
        if before and before.value == result_id:
            self._items.append(written({"kind": "unchanged", **said}))
        else:
            self.is_new = True
            about = written({"kind": "full", **said})
            self._items.append(JsonText(f'{about[:-1]}, "items": [{", ".join(items)}]}}'))
        if self._token is not None and self.is_new:
            for item in self._items:
                value = f'{{"token": {json.dumps(self._token)}, "value": {{"items": [{item}]}}}}'
                self._connection.protocol.send_notification(types.PROGRESS, JsonText(value))
            self._items.clear()

    def end(self) -> JsonText:
        """Return what has not been sent yet."""
        return JsonText(f'{{"items": [{", ".join(self._items)}]}}')


class Progress:
    """Tells how many reports are judged, where the client gave a token for it."""

    def __init__(self, server: Connection, token: types.ProgressToken | None, n_paths: int) -> None:
        self._notify, self._token, self._n_paths, self._n_done = server.protocol.notify, token, n_paths, 0
        self._tell(types.WorkDoneProgressBegin("report-ls", percentage=0))

    def step(self, path: Path) -> None:
        """Note one more report."""
        self._n_done += 1
        done = f"{self._n_done} of {self._n_paths} reports, {path.parent.name}/{path.name}"
        self._tell(types.WorkDoneProgressReport(message=done, percentage=100 * self._n_done // self._n_paths))

    def end(self) -> None:
        """Say that it is over."""
        self._tell(types.WorkDoneProgressEnd())

    def _tell(
        self, value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd
    ) -> None:
        if self._token is not None:
            self._notify(types.PROGRESS, types.ProgressParams(self._token, value))
