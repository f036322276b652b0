"""`--list-packs`, `--infer-pack`, `--check-pack` and `--diff-packs`: for authors of packs."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from report_ls.cli.arguments import WrongUseError
from report_ls.cli.candidates import why_nothing
from report_ls.cli.formats import as_line
from report_ls.cli.named import named_pack, named_text
from report_ls.cli.status import FOUND_NOTHING, FOUND_SOMETHING
from report_ls.cli.terminal import print_results
from report_ls.files.disk import DiskFiles
from report_ls.files.paths import is_folder
from report_ls.files.text_files import relative
from report_ls.packs.pack import Pack
from report_ls.project.judge import Choices
from report_ls.project.packs import packs
from report_ls.project.reports import find_reports


def answer_list(_options: Namespace) -> int:
    """Print the packs that come with report-ls."""
    width = max(len(pack.id) for pack in packs())
    print_results("".join(f"{pack.id:{width}}  {pack.title}\n" for pack in packs()))
    return FOUND_NOTHING


def answer_infer(options: Namespace) -> int:
    """Print a first draft of a pack, from a form and the script beside it."""
    from report_ls.authoring.draft import draft, pictures_of  # noqa: PLC0415 - seldom needed
    from report_ls.authoring.titled_draft import titled_draft, why_not  # noqa: PLC0415 - seldom needed

    path = Path(options.infer_pack)
    form = named_text(path)
    files = DiskFiles(path.parent)
    examples = pictures_of(form, files)
    drafted = draft(form, path.name, files.script(), examples) or titled_draft(form, path.name, examples)
    if drafted is None:
        raise WrongUseError(f"{relative(path)}: {why_not(form.plain)}")
    print_results(drafted)
    return FOUND_NOTHING


def answer_check(options: Namespace) -> int:
    """Print suspicious parts of a pack, and whether the reports fit it."""
    from report_ls.authoring.review import mismatches, summary, suspicious  # noqa: PLC0415 - seldom needed

    pack = named_pack(options.check_pack)
    faults = [f"{pack.id}: {oddity}" for oddity in suspicious(pack)]
    fitting = []
    for path in _reports_in(options.paths, pack):
        found = [f"{relative(path)}: {misfit}" for misfit in mismatches(pack, named_text(path))]
        faults += found
        fitting += [] if found else [f"{relative(path)}: fits"]
    print_results("".join(f"{as_line(line)}\n" for line in (summary(pack), *fitting, *faults)))
    return FOUND_SOMETHING if faults else FOUND_NOTHING


def _reports_in(paths: Iterable[str], pack: Pack) -> Iterator[Path]:
    """Yield the named files, and the reports in the named folders."""
    for path in map(Path, paths):
        reports = find_reports(path, Choices(pack)) if is_folder(path) else (path,)
        if not reports:
            raise WrongUseError(f"{relative(path)}: {why_nothing(path)}")
        yield from reports


def answer_diff(options: Namespace) -> int:
    """Print the differences between two packs."""
    from report_ls.authoring.changes import differences  # noqa: PLC0415 - seldom needed

    changes = [*differences(*map(named_pack, options.diff_packs))]
    print_results("".join(f"{as_line(change)}\n" for change in changes))
    return FOUND_SOMETHING if changes else FOUND_NOTHING
