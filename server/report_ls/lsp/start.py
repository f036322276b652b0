"""Starts the server: on standard input and output, on a port for debugging, or without threads as in a browser."""

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
    # Other output would end up between the messages.
    sys.stdout = sys.stderr
    # Not through Python's buffer: while a thread waits in it, the interpreter cannot end.
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
    """Return the loop of a server, to which the caller feeds messages; `send` gets each message to the client."""
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
    return 1  # The client is gone without sending `exit`.


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="report-ls: %(levelname)s: %(message)s")
    # pygls logs a traceback for each wrong message of a client; the server itself logs the defects of report-ls.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
