"""The output of the command: results on standard output, everything else on standard error.

No other module prints.
"""

import os
import sys
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from itertools import accumulate

from report_ls.base.regex import regex
from report_ls.cli.formats import Screen, as_line, printable
from report_ls.cli.processes import MIN_TASKS_FOR_PROCESSES


def prepare_streams() -> None:
    """Make both streams accept any text: a terminal in its own encoding, all else in UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # No encoding loses a message, and a diff keeps its line ends.
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")


def show_progress(n_done: int, n_files: int) -> None:
    """Draw a progress bar on a terminal if there are many files; clear it when all are done."""
    if n_files < MIN_TASKS_FOR_PROCESSES or not sys.stderr or not sys.stderr.isatty():
        return
    bar = "#" * (n_done * _BAR_CHARACTERS // n_files)
    line = f"[{bar:.<{_BAR_CHARACTERS}}] {n_done} of {n_files} files" if n_done < n_files else ""
    with suppress(OSError):
        print(f"\r{line:<{2 * _BAR_CHARACTERS}}", end="\r", file=sys.stderr, flush=True)  # noqa: T201 - as below


_BAR_CHARACTERS = 36


def screen() -> Screen | None:
    """Return the terminal that shows the results; None if standard output is no terminal."""
    if not sys.stdout or not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size  # noqa: PLC0415 - only a terminal needs it

    return Screen(get_terminal_size().columns, has_colours=_shows_colours())


def _shows_colours() -> bool:
    """Return whether the terminal has colours, and the user has not switched them off (no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    # An old console of Windows shows the codes as text.
    return os.name != "nt" or "WT_SESSION" in os.environ


def say(*lines: str) -> None:
    """Print lines to standard error, which may be closed."""
    with suppress(OSError):
        for line in lines:
            print(as_line(line), file=sys.stderr, flush=True)  # noqa: T201 - printing is what this module is for


def print_results(results: str | bytes) -> None:
    """Print results to standard output: unchanged, but on a terminal without control characters."""
    if sys.stdout and sys.stdout.isatty():
        text = results.decode("utf-8", "replace") if isinstance(results, bytes) else results
        results = "\n".join(map(printable, text.split("\n")))
    draw(results)


def draw(drawn: str | bytes) -> None:
    """Print text that may have terminal codes; a reader that closes the pipe early, like `head`, is no error."""
    if not sys.stdout:
        return
    try:
        if isinstance(drawn, bytes):
            sys.stdout.buffer.write(drawn)
        else:
            sys.stdout.write(drawn)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes the stream again at the end of the process, which must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


_CLEAR = "\x1b[2J\x1b[H"
_COLOUR = regex(r"\x1b\[[0-9]*m")
_FOOT = "watching; Ctrl-C ends"


def on_one_screen(lines: Sequence[str]) -> str:
    """Return as many lines as fit on the terminal's screen, always with the last one; all lines if no terminal."""
    shown = screen()
    if not shown:
        return "".join(f"{line}\n" for line in [*lines, _FOOT])
    from shutil import get_terminal_size  # noqa: PLC0415 - only a terminal needs it

    *first, last = lines
    n_rows = [max(1, -(-len(_COLOUR.sub("", line)) // shown.width)) for line in lines]
    room = get_terminal_size().lines - n_rows[-1] - 2
    if sum(n_rows[:-1]) > room:
        n_shown = bisect_right([*accumulate(n_rows[:-1])], room - 1)
        first = [*first[:n_shown], f"and {len(first) - n_shown} more lines"]
    return _CLEAR + "\n".join([*first, last, _FOOT])
