"""`--watch`: judges reports again whenever a file changes, and shows the findings on one screen."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from report_ls.cli.arguments import WrongUseError
from report_ls.cli.asked import judge_asked
from report_ls.cli.formats import as_line, write
from report_ls.cli.status import FOUND_NOTHING
from report_ls.cli.terminal import draw, on_one_screen, screen
from report_ls.files.paths import is_folder
from report_ls.files.text_files import relative


def answer(options: Namespace) -> int:
    """Judge again whenever a file changes, until Ctrl-C."""
    paths = [Path(path) for path in options.paths] or [Path()]
    folders = [path if is_folder(path) else path.parent for path in paths]
    for folder in folders:
        if not is_folder(folder):
            raise WrongUseError(f"--watch: there is no folder {relative(folder)}")
    try:
        with suppress(KeyboardInterrupt):
            for _ in changes(folders):
                results = judge_asked(options, tells_fixes=False).results
                lines = [*map(as_line, results.troubles)]
                written = write("statistics" if options.statistics else "text", results, screen())
                lines += written.rstrip("\n").split("\n")
                draw(on_one_screen(lines))
    except ImportError:
        raise WrongUseError("--watch needs watchfiles: python -m pip install watchfiles") from None
    return FOUND_NOTHING


_SETTLING_MILLISECONDS = 100
"""Milliseconds to wait for a first change before the first judging, so that no change is missed."""


def changes(folders: Sequence[Path]) -> Iterator[None]:
    """Yield at the start, and then whenever a file below the folders has changed.

    Raises `ImportError` if watchfiles is not installed.
    """
    from watchfiles import watch  # noqa: PLC0415 - an optional dependency

    is_first = True
    for changed in watch(
        *folders, rust_timeout=_SETTLING_MILLISECONDS, yield_on_timeout=True, ignore_permission_denied=True
    ):
        if changed or is_first:
            yield
        is_first = False
