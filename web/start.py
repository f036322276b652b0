"""The functions of report-ls that the page's worker calls: the language server, and the command."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

from report_ls.lsp.wire.lazy_types import import_lazily

import_lazily()

from report_ls.cli.main import run as run_command  # noqa: E402 - lsprotocol comes after the line above
from report_ls.lsp.start import serve_inline  # noqa: E402 - likewise
from report_ls.project.judge import Choices  # noqa: E402 - likewise
from report_ls.project.reports import default_report, find_reports  # noqa: E402 - likewise

# Imported modules are never garbage, and collecting them takes longer than a keystroke.
gc.freeze()
gc.set_threshold(10_000)
# Messages name files relative to the current folder.
os.chdir("/")


def serve(send: Callable[[str], object]) -> Callable[..., None]:
    """Start a server; return a function that feeds it messages, or without any does the work that can wait."""
    loop = serve_inline(send, asyncio.get_event_loop().call_later)

    def feed(*messages: str) -> None:
        if messages:
            loop.feed(*(message.encode() for message in messages))
        else:
            loop.rest()

    return feed


def reports(folder: str) -> list[str]:
    """Return the reports below a folder; if the folder is a project, its own report comes first."""
    own, found = default_report(Path(folder), Choices()), find_reports(Path(folder), Choices())
    return [str(path) for path in dict.fromkeys([own, *found] if own else found)]


def command(*arguments: str) -> list[str]:
    """Run the command; return its standard output and its standard error."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = printed = TextIOWrapper(BytesIO()), TextIOWrapper(BytesIO())
    try:
        run_command(arguments)
    finally:
        sys.stdout, sys.stderr = before
    return [_text(stream) for stream in printed]


def _text(stream: TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
