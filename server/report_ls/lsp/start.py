"""Starting the server: on standard input and output, for debugging on a port, or fed where no thread can start."""

import logging
import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from report_ls.lsp.server import Server
from report_ls.lsp.wire.inline import CallLater, InlineLoop, InlineWorker, InlineWriter
from report_ls.lsp.wire.loop import FrameError, Read, ReadingLoop, StreamWriter
from report_ls.lsp.wire.worker import DiskThread

_LOG = logging.getLogger("report_ls")


def serve_stdio() -> int:
    """Serve on standard input and output; return the exit status."""
    stdin, stdout = sys.stdin.fileno(), sys.stdout.buffer
    # Whatever else prints would end up between the messages.
    sys.stdout = sys.stderr
    # Not through Python's buffer: a thread that waits in it keeps the interpreter from ending.
    return _serve(partial(os.read, stdin), stdout)


def serve_tcp(host: str, port: int) -> int:
    """Serve the first client that connects to a port; return the exit status."""
    try:
        listening = socket.create_server((host, port))
    except (OSError, OverflowError) as error:
        sys.stderr.write(f"report-ls: cannot listen on {host}:{port}: {error}\n")
        return 2
    with listening:
        sys.stderr.write(f"report-ls: listening on {host}:{listening.getsockname()[1]}\n")
        sys.stderr.flush()
        connection, _ = listening.accept()
    with connection, connection.makefile("wb") as stdout:
        return _serve(connection.recv, stdout)


def serve_inline(send: Callable[[str], object], call_later: CallLater) -> InlineLoop:
    """Return the loop of a server, to be fed; `send` gets each message to the client as it is made."""
    _log_to_stderr()
    loop = InlineLoop(call_later)
    Server(loop, InlineWorker).run(InlineWriter(send))
    return loop


def _serve(read: Read, stdout: BinaryIO) -> int:
    _log_to_stderr()
    loop = ReadingLoop(read)
    try:
        Server(loop, DiskThread).run(StreamWriter(stdout, loop.end))
    except SystemExit as ending:
        return int(ending.code or 0)
    except FrameError as error:
        _LOG.error("%s: the server cannot go on", error)
    return 1  # It should have said exit.


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="report-ls: %(levelname)s: %(message)s")
    # pygls logs a traceback for whatever a client sends wrong; what is ours to mend is logged by the server.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
