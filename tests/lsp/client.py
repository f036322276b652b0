"""A client that speaks raw JSON-RPC with the real server, one call after the other.

Nothing here sleeps. To wait means to read the server's messages until a state is reached, or to fail after a generous
time and print all messages. Every answer must belong to an open request, and every request must get an answer, else
the current test fails. When the server ends, its standard error must be empty.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from threading import Thread
from types import TracebackType
from typing import Any, BinaryIO, final

Json = Any
"""Any JSON value."""

PATIENCE = 60.0
"""Seconds after which waiting for a state fails."""

REAL = ("-m", "report_ls")
"""Arguments for Python that start the server as editors do. This server waits at most 50 ms for the disk."""
PATIENT = (
    "-c",
    f"""
from report_ls.lsp.wire import worker
worker.DISK_TIMEOUT_SECONDS = {PATIENCE}
from report_ls.__main__ import main
raise SystemExit(main())
""",
)
"""The same, but it always waits for the disk, so results do not depend on its speed. See test_faults.py for that."""
INLINE = (
    "-c",
    """
import os, sys
from queue import SimpleQueue
from threading import Thread, Timer
from report_ls.lsp.wire.lazy_types import import_lazily
import_lazily()
from report_ls.lsp.start import serve_inline
from report_ls.lsp.wire.loop import Frames

def send(message):
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n%b" % (len(message.encode()), message.encode()))
    sys.stdout.buffer.flush()

def call_later(seconds, task):
    timer = Timer(seconds, inbox.put, [task])
    timer.daemon = True
    timer.start()

def read():
    while chunk := os.read(0, 1 << 16):
        inbox.put(chunk)
    inbox.put(b"")

inbox = SimpleQueue()
loop, frames = serve_inline(send, call_later), Frames()
Thread(target=read, daemon=True).start()
while item := inbox.get():
    if callable(item):
        item()
    else:
        loop.feed(*frames.feed(item))
        loop.rest()
""",
)
"""The server without threads, as in a browser."""

_END = object()


class ErrorAnswer(Exception):  # noqa: N818 - it is what the server answered, not what went wrong here
    """A request was answered with an error."""

    def __init__(self, error: Json) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code: int = error["code"]
        self.message: str = error["message"]


@final
class Client:
    """One client and its server; used in a `with` statement, which ends both."""

    def __init__(  # noqa: PLR0913 - each but the first has its default
        self,
        folder: Path,
        capabilities: Mapping[str, Json] | None = None,
        *,
        options: Json = None,
        settings: Json = None,
        program: Path | str = sys.executable,
        command: Sequence[str] = PATIENT,
    ) -> None:
        self.folder = folder
        self.capabilities = capabilities or {}
        self.options = options
        """The initializationOptions."""
        self.settings: Json = settings
        """The answer to `workspace/configuration`."""
        self.answers: dict[str, Callable[[Json], Json]] = {
            "workspace/configuration": lambda params: [self.settings for _ in params["items"]],
            "window/showDocument": lambda _params: {"success": True},
        }
        """The answers to requests of the server, by method; null for any other method."""
        self.received: list[Json] = []
        """All messages so far, in the order of arrival."""
        self.server_capabilities: Json = None
        self.stderr_expected: str | None = ""
        """The expected text on standard error; None for any text."""
        self._stderr = TemporaryFile()  # noqa: SIM115 - it lives as long as the server
        self.process = subprocess.Popen(
            [program, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            cwd=folder,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.writer: BinaryIO = self.process.stdin  # type: ignore[assignment]
        self._inbox: SimpleQueue[Json] = SimpleQueue()
        self._reader = Thread(target=_read, args=(self.process.stdout, self._inbox), daemon=True)
        self._reader.start()
        self._is_over = False
        self._last_id = 0
        self._open: dict[Json, None] = {}
        self._answered: dict[Json, Json] = {}

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None and self.process.poll() is None and not self.writer.closed:
                self.stop()
        finally:
            self.process.kill()
            self.process.wait()
            self._reader.join()
            assert self.process.stdout
            self.process.stdout.close()
            with suppress(BrokenPipeError):
                self.writer.close()
            if kind is not None:
                sys.stderr.write(f"the server said on standard error:\n{self.stderr()}\n")
            self._stderr.close()

    # Life

    def initialize(self, **params: Json) -> Json:
        """Send `initialize` and `initialized`, and return the answer."""
        uri = self.folder.as_uri()
        params = {
            "processId": None,
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": self.folder.name}],
            "capabilities": self.capabilities,
            "initializationOptions": self.options,
        } | params
        result = self.request("initialize", params)
        self.server_capabilities = result["capabilities"]
        self.notify("initialized", {})
        return result

    def stop(self) -> None:
        """Shut the server down; it must have answered all requests, and end with status 0 and no output."""
        self.request("shutdown")
        self.notify("exit")
        assert self.wait_for_end() == 0, self._story()
        assert not self._open, f"never answered: {list(self._open)}\n{self._story()}"
        if self.stderr_expected is not None:
            assert self.stderr_expected == self.stderr()

    def wait_for_end(self) -> int:
        """Read messages until the server ends, and return its exit status."""
        self.until(lambda: self._is_over, "the end of the server")
        return self.process.wait(PATIENCE)

    def stderr(self) -> str:
        """Return the server's standard error so far."""
        self._stderr.seek(0)
        return self._stderr.read().decode("utf-8", "replace")

    # Sending

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        self.writer.flush()

    def send(self, *messages: Json) -> None:
        """Send messages in one write."""
        for message in messages:
            if "id" in message and "method" in message:
                assert message["id"] not in self._open, "this id is open already"
                self._open[message["id"]] = None
        self.write(b"".join(framed(message) for message in messages))

    def new_id(self) -> int:
        """Return an id that no request has had."""
        self._last_id += 1
        return self._last_id

    def ask(self, method: str, params: Json = None) -> Json:
        """Send a request and return its id."""
        number = self.new_id()
        self.send(call(method, params) | {"id": number})
        return number

    def request(self, method: str, params: Json = None) -> Json:
        """Send a request and return its result. Raises `ErrorAnswer`."""
        return self.answer(self.ask(method, params))

    def answer(self, number: Json) -> Json:
        """Wait for the result of a request. Raises `ErrorAnswer`."""
        message = self.answer_message(number)
        if "error" in message:
            raise ErrorAnswer(message["error"])
        return message["result"]

    def answer_message(self, number: Json) -> Json:
        """Wait for the answer to a request."""
        self.until(lambda: number in self._answered, f"the answer to request {number}")
        return self._answered[number]

    def notify(self, method: str, params: Json = None) -> None:
        """Send a notification."""
        self.send(call(method, params))

    # Receiving

    def until(self, is_reached: Callable[[], bool], what: str) -> None:
        """Read messages until a state is reached."""
        deadline = time.monotonic() + PATIENCE
        while not is_reached():
            self._receive(deadline, what)

    def eventually(self, expected: Json, ask: Callable[[], Json]) -> None:
        """Ask again until the answer is the expected one: answers that depend on the disk may be late."""
        deadline = time.monotonic() + PATIENCE
        while (actual := ask()) != expected and time.monotonic() < deadline:
            pass
        assert expected == actual

    def of(self, method: str) -> list[Json]:
        """Return the params of all messages of a method so far."""
        return [message.get("params") for message in self.received if message.get("method") == method]

    def wait_for(self, method: str, count: int = 1) -> Json:
        """Wait until there are so many messages of a method, and return the params of the last."""
        self.until(lambda: len(self.of(method)) >= count, f"{count} of {method}")
        return self.of(method)[-1]

    def _receive(self, deadline: float, what: str) -> None:
        assert not self._is_over, f"the server ended before {what}\n{self._story()}"
        try:
            message = self._inbox.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise AssertionError(f"this did not come: {what}\n{self._story()}") from None
        if message is _END:
            self._is_over = True
            return
        assert isinstance(message, dict), f"this is no message: {message!r}\n{self._story()}"
        self.received.append(message)
        if "method" in message and "id" in message:
            self._reply(message)
        elif "id" in message and message["id"] is not None:
            assert message["id"] in self._open, f"nobody asked, or this is a second answer: {message}\n{self._story()}"
            del self._open[message["id"]]
            self._answered[message["id"]] = message

    def _reply(self, message: Json) -> None:
        answer = self.answers.get(message["method"])
        result = answer(message.get("params")) if answer else None
        body = {"result": result}
        if isinstance(result, ErrorAnswer):
            body = {"error": {"code": result.code, "message": result.message}}
        # A server that has ended, or whose input is closed, needs no answer.
        with suppress(BrokenPipeError, ValueError):
            self.write(framed({"jsonrpc": "2.0", "id": message["id"]} | body))

    def _story(self) -> str:
        lines = [f"  {json.dumps(message)[:400]}" for message in self.received[-40:]]
        return "\n".join(["received, the last at the end:", *lines, "on standard error:", self.stderr()])

    # Documents

    def open(self, uri: str, text: str, version: int = 1) -> str:
        """Open a document and return its URI."""
        item = {"uri": uri, "languageId": "markdown", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def open_new(self, text: str, version: int = 1) -> str:
        """Open a document in a new folder that does not exist, and return its URI."""
        return self.open(f"file:///nowhere/report-{self.new_id()}.md", text, version)

    def write_and_open(self, name: str, text: str, version: int = 1) -> str:
        """Write a file of the folder, open it and return its URI."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return self.open(path.as_uri(), text, version)

    def change(self, uri: str, version: int, *changes: Json) -> None:
        """Change a document: each change is a text, or (start line, column, end line, column, text)."""
        items = [
            {"text": change}
            if isinstance(change, str)
            else {"range": range_of(*change[:4]), "text": change[4]}
            if isinstance(change, tuple)
            else change
            for change in changes
        ]
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": items}
        self.notify("textDocument/didChange", params)

    def save(self, uri: str) -> None:
        """Say that a document was saved."""
        self.notify("textDocument/didSave", {"textDocument": {"uri": uri}})

    def close(self, uri: str) -> None:
        """Close a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def at(self, method: str, uri: str, line: int, character: int, **more: Json) -> Json:
        """Send a request about a position in a document and return its result."""
        params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.request(f"textDocument/{method}", params | more)

    def about(self, method: str, uri: str, **more: Json) -> Json:
        """Send a request about a document and return its result."""
        return self.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, **more})

    # Diagnostics

    def pull(self, uri: str, previous: str | None = None) -> Json:
        """Pull the diagnostics of a document."""
        return self.about("diagnostic", uri, previousResultId=previous)

    def expect_pulled(self, uri: str, expected: Sequence[str]) -> None:
        """Pull diagnostics until they are the expected ones, drawn with or without their messages."""
        self.eventually(list(expected), lambda: drawn(self.pull(uri)["items"], expected))

    def pushes(self, uri: str) -> list[Json]:
        """Return the pushed params for a document so far."""
        return [params for params in self.of("textDocument/publishDiagnostics") if params["uri"] == uri]

    def expect_pushed(self, uri: str, expected: Sequence[str], version: int | None = None) -> Json:
        """Wait until the last pushed diagnostics of a document are the expected ones; return their params."""
        wanted = list(expected)

        def is_reached() -> bool:
            pushes = self.pushes(uri)
            return (
                bool(pushes)
                and drawn(pushes[-1]["diagnostics"], wanted) == wanted
                and (version is None or pushes[-1].get("version") == version)
            )

        self.until(is_reached, "\n".join(["these diagnostics:", *wanted]))
        return self.pushes(uri)[-1]


def _read(stdout: BinaryIO, inbox: "SimpleQueue[Json]") -> None:
    """Put every message into the inbox, other output as bytes, and a mark at the end."""
    try:
        while header := stdout.readline():
            length = None
            while header not in (b"\r\n", b""):
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                elif name.lower() != b"content-type":
                    inbox.put(header)
                header = stdout.readline()
            body = stdout.read(length or 0)
            inbox.put(json.loads(body) if body else body)
    finally:
        inbox.put(_END)


def call(method: str, params: Json = None) -> dict[str, Json]:
    """Return a message without an id; `params` is left out if it is not given."""
    return {"jsonrpc": "2.0", "method": method} | ({} if params is None else {"params": params})


def framed(message: Json) -> bytes:
    """Return a message with its header, as bytes."""
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def range_of(start_line: int, start: int, end_line: int, end: int) -> Json:
    """Return a range as LSP writes it."""
    return {"start": {"line": start_line, "character": start}, "end": {"line": end_line, "character": end}}


_SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}


def place(range_: Json) -> str:
    """Write a range as `3:0-3:7`, zero-based as in LSP."""
    start, end = range_["start"], range_["end"]
    return f"{start['line']}:{start['character']}-{end['line']}:{end['character']}"


def drawn(diagnostics: Iterable[Json], like: Sequence[str] = ()) -> list[str]:
    """Write diagnostics as `3:0-3:7 error code: message`, without the message if the expected ones have none."""
    lines = []
    for item, other in zip_longest(diagnostics, like, fillvalue=None):
        if item is not None:
            line = f"{place(item['range'])} {_SEVERITIES[item['severity']]} {item.get('code', '-')}"
            lines.append(line if other is not None and ": " not in other else f"{line}: {item['message']}")
    return lines


def edited(text: str, edits: Iterable[Json]) -> str:
    r"""Return a text of plain ASCII, with `\n` or `\r\n` between its lines, after edits of a server."""
    starts = [0]
    for line in text.split("\n")[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    starts.append(len(text))

    def offset(position: Json) -> int:
        line, character = int(position["line"]), int(position["character"])
        return min(starts[min(line, len(starts) - 1)] + character, len(text))

    for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text


def capabilities(**changes: Json) -> dict[str, Json]:
    """Return what VS Code with vscode-languageclient 9 says, with changes by path: `{"textDocument__hover": None}`."""
    result: dict[str, Json] = json.loads(json.dumps(_EVERYTHING))
    for path, value in changes.items():
        *above, last = path.split("__")
        table = result
        for key in above:
            table = table.setdefault(key, {})
        if value is None:
            table.pop(last, None)
        else:
            table[last] = value
    return result


def pushing(**changes: Json) -> dict[str, Json]:
    """Return the same for a client that does not pull diagnostics."""
    return capabilities(textDocument__diagnostic=None, workspace__diagnostics=None, **changes)


_EVERYTHING: Json = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
            "failureHandling": "textOnlyTransactional",
            "normalizesLineEndings": True,
            "changeAnnotationSupport": {"groupsOnLabel": True},
        },
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "executeCommand": {"dynamicRegistration": True},
        "workspaceFolders": True,
        "fileOperations": {"dynamicRegistration": True, "willRename": True, "didRename": True},
        "inlayHint": {"refreshSupport": True},
        "diagnostics": {"refreshSupport": True},
    },
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "versionSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
            "codeDescriptionSupport": True,
            "dataSupport": True,
        },
        "synchronization": {"dynamicRegistration": True, "didSave": True},
        "completion": {
            "dynamicRegistration": True,
            "completionItem": {"snippetSupport": True, "insertReplaceSupport": True},
        },
        "hover": {"dynamicRegistration": True, "contentFormat": ["markdown", "plaintext"]},
        "definition": {"dynamicRegistration": True, "linkSupport": True},
        "documentSymbol": {"dynamicRegistration": True, "hierarchicalDocumentSymbolSupport": True},
        "codeAction": {
            "dynamicRegistration": True,
            "isPreferredSupport": True,
            "disabledSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "source"]}},
            "honorsChangeAnnotations": True,
        },
        "documentLink": {"dynamicRegistration": True, "tooltipSupport": True},
        "rename": {
            "dynamicRegistration": True,
            "prepareSupport": True,
            "prepareSupportDefaultBehavior": 1,
            "honorsChangeAnnotations": True,
        },
        "foldingRange": {"dynamicRegistration": True, "lineFoldingOnly": True},
        "inlayHint": {"dynamicRegistration": True, "resolveSupport": {"properties": ["tooltip"]}},
        "diagnostic": {"dynamicRegistration": True, "relatedDocumentSupport": False},
    },
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
}
