"""The answer to one `workspace/diagnostic` with its progress: sent report by report if the client asks for that."""

import json
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from report_ls.lsp.wire.json_text import JSON, JsonText, written
from report_ls.lsp.wire.protocol import Connection
from report_ls.lsp.wire.uris import key


class Answer:
    """The diagnostics of the reports."""

    def __init__(
        self, server: Connection, params: types.WorkspaceDiagnosticParams, known: Iterable[types.PreviousResultId]
    ) -> None:
        self._connection, self._token, self._items = server, params.partial_result_token, list[JsonText]()
        self._known = {key(item.uri): item for item in known}
        self.work_done_token = params.work_done_token
        self.is_new = False
        """The diagnostics of a report differ from those that the client has."""

    @property
    def not_told(self) -> tuple[types.PreviousResultId, ...]:
        """The client's previous results of files that are not in this answer."""
        return tuple(self._known.values())

    def tell(self, uri: str, version: int | None, items: Iterable[JsonText], result_id: str) -> None:
        """Add the diagnostics of one report; nothing is sent until a report has new ones."""
        before = self._known.pop(key(uri), None)
        fields: JSON = {"uri": uri, "version": version, "resultId": result_id}
        if before and before.value == result_id:
            self._items.append(written({"kind": "unchanged", **fields}))
        else:
            self.is_new = True
            without_items = written({"kind": "full", **fields})
            self._items.append(JsonText(f'{without_items[:-1]}, "items": [{", ".join(items)}]}}'))
        if self._token is not None and self.is_new:
            for item in self._items:
                value = f'{{"token": {json.dumps(self._token)}, "value": {{"items": [{item}]}}}}'
                self._connection.protocol.send_notification(types.PROGRESS, JsonText(value))
            self._items.clear()

    def end(self) -> JsonText:
        """Return the part of the answer that has not been sent yet."""
        return JsonText(f'{{"items": [{", ".join(self._items)}]}}')


class Progress:
    """Reports how many reports are judged, if the client gave a token for this."""

    def __init__(self, server: Connection, token: types.ProgressToken | None, n_paths: int) -> None:
        self._notify, self._token, self._n_paths, self._n_done = server.protocol.notify, token, n_paths, 0
        self._tell(types.WorkDoneProgressBegin("report-ls", percentage=0))

    def step(self, path: Path) -> None:
        """Count one more report."""
        self._n_done += 1
        done = f"{self._n_done} of {self._n_paths} reports, {path.parent.name}/{path.name}"
        self._tell(types.WorkDoneProgressReport(message=done, percentage=100 * self._n_done // self._n_paths))

    def end(self) -> None:
        """Report the end."""
        self._tell(types.WorkDoneProgressEnd())

    def _tell(
        self, value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd
    ) -> None:
        if self._token is not None:
            self._notify(types.PROGRESS, types.ProgressParams(self._token, value))
