"""One measured session with one server: start, open, type, a burst, memory, exit."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from select import select
from statistics import median, quantiles
from typing import Any

from attrs import define, field, frozen

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True, "codeDescriptionSupport": True}
    },
}
_N_WARM, _N_EDITS, _N_BURST = 30, 150, 100
_PATIENCE_SECONDS = 60
_PROSE = 40
"""A line longer than this is prose."""


@frozen
class Figures:
    """The figures of one session, in milliseconds and megabytes."""

    first: float
    """From the start of the process to the first diagnostics."""
    keystroke: float
    """From a change to its diagnostics, median."""
    p99: float
    burst: float
    """From the first of a hundred changes, sent together, to the diagnostics of the last."""
    memory: float
    """The resident memory at the end."""


def measure(command: Sequence[str], path: Path, options: dict[str, Any]) -> Figures:
    """Run one session with a document and return its figures."""
    started = time.perf_counter()
    with opened(command, path, options) as (client, text):
        first = client.await_diagnostics(1) - started
        edits = _edits(path.as_uri(), text)
        waits = [_type(client, edits) for _ in range(_N_WARM + _N_EDITS)][_N_WARM:]
        sent = time.perf_counter()
        burst = [next(edits) for _ in range(_N_BURST)]
        client.send(*(message("textDocument/didChange", edit) for edit in burst))
        done = client.await_diagnostics(burst[-1]["textDocument"]["version"])
        memory = resident(client.pid)
    return Figures(first * 1e3, median(waits) * 1e3, quantiles(waits, n=100)[98] * 1e3, (done - sent) * 1e3, memory)


@contextmanager
def opened(
    command: Sequence[str], path: Path, options: dict[str, Any], *, patience: float = 3
) -> Iterator[tuple["Client", str]]:
    """Yield a client that has opened a document, and the document's text; end the server afterwards.

    `patience` is how many seconds the server has to end.
    """
    with subprocess.Popen(  # noqa: S603 - our own commands
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=path.parent
    ) as process:
        client = Client(process)
        folder = path.parent.as_uri()
        params = {"processId": os.getpid(), "rootUri": folder, "capabilities": CAPABILITIES}
        client.request("initialize", {**params, "initializationOptions": options})
        client.notify("initialized", {})
        text = path.read_text("utf-8")
        item = {"uri": path.as_uri(), "languageId": "markdown", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": item})
        yield client, text
        client.request("shutdown", None)
        client.notify("exit", None)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:  # Some servers do not know `exit`.
            process.kill()


def _type(client: "Client", edits: Iterator[dict[str, Any]]) -> float:
    edit = next(edits)
    sent = time.perf_counter()
    client.notify("textDocument/didChange", edit)
    return client.await_diagnostics(edit["textDocument"]["version"]) - sent


def _edits(uri: str, text: str) -> Iterator[dict[str, Any]]:
    """Yield edits that each type one letter, at different places in the prose of the document."""
    lines = [number for number, line in enumerate(text.split("\n")) if len(line) > _PROSE and line[0].isalpha()]
    version = 1
    while True:
        version += 1
        position = {"line": lines[version * 7919 % len(lines)], "character": 10}
        change = {"range": {"start": position, "end": position}, "text": "x"}
        yield {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}


def message(method: str, params: object, number: int | None = None) -> bytes:
    """Return a message with its header, as bytes."""
    content = {"jsonrpc": "2.0", "method": method, "params": params}
    if number is not None:
        content["id"] = number
    body = json.dumps(content).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def resident(pid: int) -> float:
    """Return the resident memory of a process in megabytes (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@define
class Client:
    """A client that waits for each answer."""

    _process: "subprocess.Popen[bytes]"
    _buffer: bytearray = field(factory=bytearray, init=False)
    _number: int = field(default=0, init=False)

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._process.pid

    def send(self, *messages: bytes) -> None:
        """Send messages."""
        assert self._process.stdin  # noqa: S101 - it was asked for
        self._process.stdin.write(b"".join(messages))
        self._process.stdin.flush()

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self.send(message(method, params))

    def request(self, method: str, params: object) -> Any:  # noqa: ANN401 - a result for each method
        """Send a request, wait for its response and return its result."""
        self._number += 1
        self.send(message(method, params, self._number))
        while True:
            answer, _ = self._read()
            if answer.get("id") == self._number and "method" not in answer:
                return answer.get("result")

    def await_diagnostics(self, version: int) -> float:
        """Wait for the diagnostics of a version, or the next ones without a version; return when they arrived."""
        while True:
            said, arrived = self._read()
            if said.get("method") == "textDocument/publishDiagnostics":
                if said["params"].get("version", version) in (version, None):
                    return arrived
            elif "id" in said and "method" in said:
                body = json.dumps({"jsonrpc": "2.0", "id": said["id"], "result": None}).encode()
                self.send(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def _read(self) -> tuple[dict[str, Any], float]:
        """Return the next message and the time at which its last byte arrived."""
        assert self._process.stdout  # noqa: S101 - it was asked for
        arrived = time.perf_counter()
        while True:
            header = self._buffer.find(b"\r\n\r\n")
            if header >= 0:
                fields = bytes(self._buffer[:header]).lower().split(b"\r\n")
                length = next(int(line.split(b":")[1]) for line in fields if line.startswith(b"content-length"))
                end = header + 4 + length
                if len(self._buffer) >= end:
                    body = bytes(self._buffer[header + 4 : end])
                    del self._buffer[:end]
                    return json.loads(body), arrived
            is_there, _, _ = select([self._process.stdout], [], [], _PATIENCE_SECONDS)
            chunk = os.read(self._process.stdout.fileno(), 1 << 16) if is_there else b""
            if not chunk:
                raise EOFError("the server has gone" if is_there else "the server does not answer")
            arrived = time.perf_counter()
            self._buffer += chunk
