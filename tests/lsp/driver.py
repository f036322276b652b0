"""The server without pipes: a client in the same process and thread that does one step after the other.

It is the whole server with its worker threads, without the code that waits for a pipe. So a step ends when all its
work is done: the messages, the answers of the disk, and the diagnostics that are sent when nothing is waiting. Nothing
sleeps, and a defect that the server would log raises an exception here.
"""

import json
import logging
from collections import deque
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import cast, final

from attrs import define, field
from lsp.client import PATIENCE, Json
from report_ls.lsp.server import Server
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.loop import Receive, Step, StreamWriter, Task
from report_ls.lsp.wire.worker import DiskThread

_MOST_STEPS = 1000
"""More steps than any message needs."""


@define
class _Stepped:
    """A loop that never waits for messages."""

    tasks: deque[Task] = field(factory=deque, init=False)
    receive: Receive = field(default=deque[bytes].clear, init=False)
    when_idle: Step = field(default=lambda: False, init=False)
    when_quiet: Task = field(default=lambda: None, init=False)

    def post(self, task: Task) -> None:
        self.tasks.append(task)

    def post_later(self, seconds: float, task: Task) -> None:
        timer = Timer(seconds, lambda: self.post(task))
        timer.daemon = True
        timer.start()

    def end(self) -> None:
        pass

    def end_with(self, process_id: int) -> None:
        pass

    def run(self, receive: Receive, when_idle: Step, when_quiet: Task) -> None:
        self.receive, self.when_idle, self.when_quiet = receive, when_idle, when_quiet


class _Defects(logging.Handler):
    """The defects that the server has logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@final
class Driver:
    """A client with its server, used in a `with` statement."""

    session: Session
    """The server, for state that no message shows."""

    def __init__(
        self, capabilities: Mapping[str, Json] | None = None, folder: Path | None = None, options: Json = None
    ) -> None:
        self.settings: Json = None
        """The answer to `workspace/configuration`."""
        self.received: list[Json] = []
        """The server's notifications and requests, in their order."""
        self.answers: dict[int | str, list[Json]] = {}
        """All answers by id, also by ids that no request had."""
        self._replies: deque[bytes] = deque()
        self._n_requests = 0
        self._defects = _Defects()
        self._loop = _Stepped()
        self._stdout = BytesIO()
        server = Server(self._loop, DiskThread)
        self.session = server.session
        server.run(StreamWriter(self._stdout, self._loop.end))
        self._initialize = {
            "processId": None,
            "rootUri": folder.as_uri() if folder else None,
            "capabilities": capabilities or {},
            "initializationOptions": options,
        }

    def __enter__(self) -> "Driver":
        logging.getLogger("report_ls").addHandler(self._defects)
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
        self.request("initialize", self._initialize)
        self.notify("initialized", {})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        logging.getLogger("report_ls").removeHandler(self._defects)

    def document(self, uri: str) -> Document:
        """Return a document that is open in the server."""
        document = self.session.documents.get(uri)
        assert document, f"{uri} is not open"
        return document

    def send(self, *messages: Json) -> None:
        """Send messages, or bytes that may be no messages, together; return when nothing is left to do."""
        self.send_only(*messages)
        self.settle()

    def send_only(self, *messages: Json) -> None:
        """Send messages and return when the server has handled them, without waiting for the disk."""
        waiting = deque(body if isinstance(body, bytes) else json.dumps(body).encode() for body in messages)
        while waiting:
            self._loop.receive(waiting)
        self._rest()
        self._read()

    def settle(self) -> None:
        """Do all work that the disk and the server's own requests still cause."""
        for _ in range(_MOST_STEPS):
            if not self.step():
                return
        raise AssertionError("the server never comes to rest")

    def step(self) -> bool:
        """Wait for the disk's answers until now, and reply to the server; return whether there was anything to do."""
        self._loop.when_quiet()
        for worker in (self.session.worker, self.session.background):
            # The thread runs calls in order, so when this one is done, all before it are done.
            worker.submit(lambda: None).result(PATIENCE)
        tasks, self._loop.tasks = self._loop.tasks, deque()
        replies, self._replies = self._replies, deque()
        is_anything = bool(tasks or replies)
        for task in tasks:
            task()
        while replies:
            self._loop.receive(replies)
        self._rest()
        self._read()
        if self._defects.records:
            raise AssertionError("\n".join(map(logging.Formatter().format, self._defects.records)))
        return is_anything

    def _rest(self) -> None:
        while self._loop.when_idle():
            pass

    def notify(self, method: str, params: Json) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Json) -> Json:
        """Send a request and return its result; raise if it was answered with an error."""
        answer = self.ask(method, params)
        if "result" not in answer:
            raise AssertionError(answer["error"]["message"])
        return answer["result"]

    def ask(self, method: str, params: Json) -> Json:
        """Send a request and return its one answer."""
        number = self.number()
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        (answer,) = self.answers[number]
        return answer

    def number(self) -> int:
        """Return an id that no request has had."""
        self._n_requests += 1
        return self._n_requests

    def open(self, uri: str, text: str, version: int | None = 1) -> None:
        """Open a document."""
        item = {"uri": uri, "languageId": "markdown", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int | None, *changes: Json) -> None:
        """Change a document."""
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})

    def published(self, uri: str) -> list[Json] | None:
        """Return the last pushed diagnostics of a document."""
        for message in reversed(self.received):
            if message["method"] == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return cast(list[Json], message["params"]["diagnostics"])
        return None

    def _read(self) -> None:
        """Read the messages of the server, and prepare the client's replies."""
        data = self._stdout.getvalue()
        self._stdout.seek(0)
        self._stdout.truncate()
        while data:
            header, _, rest = data.partition(b"\r\n\r\n")
            length = int(header.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
            message, data = json.loads(rest[:length]), rest[length:]
            if "method" not in message:
                self.answers.setdefault(message["id"], []).append(message)
                continue
            self.received.append(message)
            if "id" in message:
                result = None
                if message["method"] == "workspace/configuration":
                    result = [self.settings for _ in message["params"]["items"]]
                self._replies.append(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode())
