"""Starting the server: on standard input and output, or for debugging on a port."""

import logging
import os
import socket
import sys
from functools import partial
from typing import BinaryIO

from report_ls.lsp.server import Server
from report_ls.lsp.wire.loop import FrameError, Loop, Read

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


def _serve(read: Read, stdout: BinaryIO) -> int:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="report-ls: %(levelname)s: %(message)s")
    # pygls logs a traceback for whatever a client sends wrong; what is ours to mend is logged by the server.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    try:
        return Server(Loop()).run(read, stdout)
    except FrameError as error:
        _LOG.error("%s: the server cannot go on", error)
        return 1
