"""`--output`: writes results into files, each in its own format."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from report_ls.cli.arguments import WrongUseError
from report_ls.cli.formats import FORMATS, write
from report_ls.cli.results import Results
from report_ls.cli.terminal import say
from report_ls.files.paths import is_folder
from report_ls.files.text_files import reason, relative, write_result

Output = tuple[str, Path]
"""A format and the file to write."""


def read_outputs(written: Sequence[str] | None) -> list[Output]:
    """Return the formats and files of `--output`. Raises `WrongUseError`."""
    outputs = [_read(argument) for argument in written or ()]
    for path, n_times in Counter(path.absolute() for _, path in outputs).items():
        if n_times > 1:
            raise WrongUseError(f"--output names {relative(path)} twice, for one result each")
    return outputs


def _read(written: str) -> Output:
    name, _, path = written.partition("=")
    if name not in FORMATS or not path:
        fault = (
            f'there is no format "{name}"; choose one of {", ".join(FORMATS)}' if path else f'"{written}" names no file'
        )
        raise WrongUseError(f"--output takes FORMAT=FILE, such as html=report.html: {fault}")
    return name, Path(path)


def write_outputs(outputs: Sequence[Output], results: Results) -> bool:
    """Write the files, and print an error for each that cannot be written; return whether all were written."""
    n_written = sum(_write(name, path, results) for name, path in outputs)
    return n_written == len(outputs)


def _write(name: str, path: Path, results: Results) -> bool:
    try:
        judged = [*(report.path for report in results.reports), *(unread.path for unread in results.unreadable)]
        write_result(path, write(name, results), map(Path, judged))
    except OSError as error:
        why = reason(error)
        if not is_folder(path.parent):
            why = f"there is no folder {relative(path.parent)}: make it first"
        elif is_folder(path):
            why = f"it is a folder: name a file in it, such as {relative(path / 'report')}.{name}"
        say(f"report-ls: --output cannot write {relative(path)}: {why}")
        return False
    return True
