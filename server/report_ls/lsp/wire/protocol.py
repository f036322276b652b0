"""pygls' protocol, changed where this server must behave differently.

Every request gets exactly one answer, even a malformed one. A defect of report-ls shows no message box. Documents
are not kept in pygls' workspace, which breaks lines at U+2028 and loses a character at the
end of the text. Only this module uses private names of pygls.
"""

import json
import logging
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future
from functools import partial
from itertools import islice
from typing import Any, TypeVar, cast

import attrs
from cattrs import Converter
from lsprotocol import types
from pygls.exceptions import (
    FeatureNotificationError,
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    PyglsError,
)
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method
from pygls.protocol.json_rpc import MsgId

from report_ls import __version__
from report_ls.lsp.wire.json_text import JSON, JsonText
from report_ls.lsp.wire.lenient import OddError, Understanding, repaired_params
from report_ls.lsp.wire.loop import Task, Writer

_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)

_VERSION: JSON = {"jsonrpc": "2.0"}
_FIXED_PARAMS: dict[str, Any] = {types.INITIALIZED: {}, types.SHUTDOWN: None, types.EXIT: None}
"""The params of methods that have none: they replace whatever params a client sends."""


@attrs.frozen
class Handlers:
    """The functions that the protocol calls."""

    did_open: Callable[[types.DidOpenTextDocumentParams], None]
    did_change: Callable[[types.DidChangeTextDocumentParams], None]
    did_close: Callable[[types.DidCloseTextDocumentParams], None]
    post: Callable[[Task], None]
    """Runs a task in the loop's thread."""


class Protocol(LanguageServerProtocol):
    """pygls' protocol, which answers every request."""

    def __init__(self, server: LanguageServer, converter: Converter, *, handlers: Handlers) -> None:
        super().__init__(server, converter)
        self._handlers = handlers
        self._promises: dict[MsgId, Future[Any]] = {}
        """The results that the client waits for, by its request ids: the server's requests may have the same ids."""
        self._cancelled: set[MsgId] = set()
        """The ids of requests that are cancelled by a message that is still waiting."""
        self._n_known = 0
        """How many of the waiting messages were already searched for cancellations."""

    def receive(self, messages: deque[bytes]) -> None:
        """Remove the first message and handle it, unless a later one cancels it."""
        for body in islice(reversed(messages), len(messages) - self._n_known):
            self._cancelled |= _cancelled_by(body)
        body = messages.popleft()
        self._n_known = len(messages)
        try:
            data = json.loads(body)
        except (ValueError, RecursionError) as error:
            self._refuse(None, types.ErrorCodes.ParseError, f"this is not JSON: {error}")
            return
        method = data.get("method") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(method, str | None):
            self._refuse(None, types.ErrorCodes.InvalidRequest, "this is no message")
        elif method is None:
            self._take_response(data)
        elif "id" in data:
            self._take_request(data, method)
        else:
            self._cancelled -= _cancelled_by(body)
            self._take_notification(data, method)

    def _take_response(self, data: dict[str, Any]) -> None:
        if data.get("error") is None:
            data.pop("error", None)
        if not isinstance(data.get("id"), int | str) or ("result" in data) == ("error" in data):
            _LOG.warning("ignored what is neither a request nor a response")
            return
        try:
            self.handle_message(self.structure_message(data | _VERSION))
        except JsonRpcException:
            self._request_futures.pop(data["id"], None)

    def _take_request(self, data: dict[str, Any], method: str) -> None:
        number, kind = data["id"], self.get_message_type(method)
        if isinstance(number, bool) or not isinstance(number, int | str):
            self._refuse(None, types.ErrorCodes.InvalidRequest, "an id is a number or a text")
        elif self._shutdown:
            self._refuse(number, types.ErrorCodes.InvalidRequest, "the server is shutting down")
        elif self._workspace is None and method != types.INITIALIZE:
            self._refuse(number, types.ErrorCodes.ServerNotInitialized, "the first request is initialize")
        elif self._workspace is not None and method == types.INITIALIZE:
            self._refuse(number, types.ErrorCodes.InvalidRequest, "initialize comes once")
        elif number in self._cancelled:
            self._refuse(number, types.LSPErrorCodes.RequestCancelled, "cancelled")
        elif kind and "id" not in attrs.fields_dict(kind):
            self._refuse(number, types.ErrorCodes.InvalidRequest, f"{method} is a notification, and has no id")
        elif method not in self.fm.features and method not in self.fm.builtin_features:
            self._refuse(number, types.ErrorCodes.MethodNotFound, f"there is no method {method[:80]}")
        else:
            try:
                message = self._structure(data, method)
            except JsonRpcException:
                self._refuse(number, types.ErrorCodes.InvalidParams, f"these are no params of {method[:80]}")
            else:
                self.handle_message(message)

    def _take_notification(self, data: dict[str, Any], method: str) -> None:
        if self.get_message_type(method) is None or (self._workspace is None and method != types.EXIT):
            _LOG.info("ignored a notification: %.80s", method)
            return
        try:
            if method == types.TEXT_DOCUMENT_DID_CHANGE:
                self._change(self._read_change(data))
            else:
                self.handle_message(self._structure(data, method))
        except JsonRpcException:
            _LOG.warning("ignored a notification that makes no sense: %.80s", method)

    # For speed: cattrs and pygls' dispatch would take longer than the handler, at each keystroke.

    def _read_change(self, data: dict[str, Any]) -> types.DidChangeTextDocumentParams:
        """Return the params of a change. Raises `JsonRpcException`."""
        try:
            document = data["params"]["textDocument"]
            changes = [_change_of(change) for change in data["params"]["contentChanges"]]
            if type(document["version"]) is int:  # No bool.
                identifier = types.VersionedTextDocumentIdentifier(document["version"], document["uri"])
                return types.DidChangeTextDocumentParams(identifier, changes)
        except (KeyError, TypeError, ValueError):
            pass  # The notification violates the specification.
        return cast(types.DidChangeTextDocumentParams, self._structure(data, types.TEXT_DOCUMENT_DID_CHANGE).params)

    def _change(self, params: types.DidChangeTextDocumentParams) -> None:
        try:
            self._handlers.did_change(params)
        except Exception as error:  # noqa: BLE001 - as pygls does: a defect must not end the session
            self._server.report_server_error(error, FeatureNotificationError)

    def _structure(self, data: dict[str, Any], method: str) -> Any:  # noqa: ANN401 - a class for each method
        """Return a message as a class of lsprotocol. Raises `JsonRpcException`."""
        if method in _FIXED_PARAMS:
            data["params"] = _FIXED_PARAMS[method]
        try:
            return self.structure_message(data | _VERSION)
        except JsonRpcException:
            understanding = Understanding(self._converter)
            try:
                params = understanding.of(
                    repaired_params(method, data.get("params")), _params_of(self.get_message_type(method))
                )
            except OddError:
                raise JsonRpcInvalidParams from None
            if method == types.INITIALIZE:
                for place in understanding.left_out:
                    _LOG.warning("ignored an unknown value: %.80s", place)
            return self.structure_message(data | _VERSION | {"params": params})

    def _refuse(self, number: MsgId | None, code: types.ErrorCodes | types.LSPErrorCodes, message: str) -> None:
        self._send_data({"jsonrpc": "2.0", "id": number, "error": {"code": code.value, "message": message}})

    def read(self, data: JSON, kind: type[_T]) -> _T:
        """Return JSON as a class of lsprotocol."""
        return self._converter.structure(data, kind)

    def send_notification(self, method: str, params: JsonText) -> None:
        """Send a notification whose params are JSON text already."""
        self._send_text(f'"method": "{method}", "params": {params}')

    def _send_text(self, fields: str) -> None:
        """Add the version to the fields of a message, which are ASCII, and send it."""
        body = f'{{"jsonrpc": "2.0", {fields}}}'
        cast(Writer, self.writer).write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode("ascii"))

    def _send_handler_result(self, future: "Future[Any]", *, msg_id: MsgId) -> None:
        """Send a result. If the result is itself a future, send its result later, from the loop's thread."""
        result = None if future.cancelled() or future.exception() else future.result()
        if isinstance(result, JsonText):
            self._send_text(f'"id": {json.dumps(msg_id)}, "result": {result}')
            return
        if not isinstance(result, Future):
            super()._send_handler_result(future, msg_id=msg_id)
            return
        self._promises[msg_id] = result
        post = self._handlers.post
        result.add_done_callback(lambda kept: post(lambda: self._keep(kept, msg_id)))

    def _keep(self, promise: "Future[Any]", msg_id: MsgId) -> None:
        if self._promises.pop(msg_id, None):
            self._send_handler_result(promise, msg_id=msg_id)

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *args: object) -> Generator[Any, Any, None]:
        """Cancel the requests that are still waiting, so that they are answered before the end."""
        for msg_id, promise in tuple(self._promises.items()):
            promise.cancel()
            self._keep(promise, msg_id)
        yield from super().lsp_shutdown(*args)

    def _handle_cancel_notification(self, msg_id: MsgId) -> None:
        """Cancel a request that is still waiting for its result."""
        promise = self._promises.get(msg_id) if isinstance(msg_id, int | str) else None  # lsprotocol takes any type.
        if promise:
            promise.cancel()

    @lsp_method(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def lsp_work_done_progress_cancel(self, _params: types.WorkDoneProgressCancelParams) -> None:
        """Do nothing: each progress belongs to a request, which the client can cancel itself."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Open a document."""
        self._handlers.did_open(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Change a document."""
        self._handlers.did_change(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Close a document."""
        self._handlers.did_close(params)


class Connection(LanguageServer):
    """The connection to the client: features register their handlers here and send with it."""

    protocol: Protocol

    def __init__(self, handlers: Handlers) -> None:
        super().__init__(
            "report-ls",
            __version__,
            protocol_cls=partial(Protocol, handlers=handlers),
            converter_factory=default_converter,
        )

    def report_server_error(self, error: Exception, source: type[PyglsError | JsonRpcException]) -> None:
        """Log a defect of report-ls. pygls would show the user a message box at each keystroke."""
        if isinstance(error, JsonRpcInternalError) and error.data:
            # pygls has already put the exception's traceback into the data of the answer.
            _LOG.error("a defect of report-ls: %s\n%s", error.message, "".join(error.data["traceback"]).rstrip())
        elif not isinstance(error, JsonRpcException):
            _LOG.error("a defect of report-ls, %s", source.__name__, exc_info=error)


def _change_of(change: JSON) -> types.TextDocumentContentChangeEvent:
    """Return a change as a class of lsprotocol. Raises `KeyError`, `TypeError` and `ValueError`."""
    if "range" not in change:
        return types.TextDocumentContentChangeWholeDocument(change["text"])
    start, end = change["range"]["start"], change["range"]["end"]
    range_ = types.Range(
        types.Position(start["line"], start["character"]), types.Position(end["line"], end["character"])
    )
    return types.TextDocumentContentChangePartial(range_, change["text"])


def _params_of(kind: Any) -> Any:  # noqa: ANN401 - a class for each method
    """Return the type of a message's params."""
    return attrs.fields_dict(kind)["params"].type


def _cancelled_by(body: bytes) -> set[MsgId]:
    """Return the id of the request that a message cancels; empty for any other message."""
    if b"cancelRequest" not in body:
        return set()
    try:
        data = json.loads(body)
        is_cancellation = data["method"] == types.CANCEL_REQUEST and "id" not in data
        return {data["params"]["id"]} if is_cancellation else set()
    except (ValueError, RecursionError, TypeError, KeyError):
        return set()
