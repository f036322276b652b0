"""`--render`: the page that is handed in, without scripts and other harmful parts."""

from argparse import Namespace
from pathlib import Path

from report_ls.analysis.analyze import analyze
from report_ls.base.text import SourceText
from report_ls.cli.arguments import WrongUseError
from report_ls.cli.named import named_text
from report_ls.cli.status import FOUND_NOTHING, FOUND_SOMETHING
from report_ls.cli.tasks import handing_in
from report_ls.cli.terminal import print_results, say
from report_ls.files.disk import DiskFiles
from report_ls.files.text_files import folder_from, reason, relative, write_result
from report_ls.packs.pack import Pack
from report_ls.project.find_configuration import Broken
from report_ls.project.judge import NoReport, Terms, edition_on_disk, terms
from report_ls.report.outline import outline


def answer(options: Namespace) -> int:
    """Write the page of a report."""
    path = Path(options.render)
    output = Path(options.page) if options.page is not None else None
    page = _page(path, folder_from(path, output) if output else "", options)
    if page is None:
        return FOUND_SOMETHING
    if output is None:
        print_results(page)
        return FOUND_NOTHING
    try:
        write_result(output, page, [path])
    except OSError as error:
        why = "there is no such folder" if isinstance(error, FileNotFoundError) else reason(error)
        raise WrongUseError(f"{relative(output)}: the page cannot be written: {why}") from None
    return FOUND_NOTHING


def _page(path: Path, base: str, options: Namespace) -> str | None:
    """Return the page of a report; print why and return None if it has no question.

    `base` is the path from the page to the report's folder.
    """
    shown = relative(path)
    read = named_text(path)
    task = handing_in(options)
    found, configured = outline(read.plain), task.configured_for(path.parent)
    decided = terms(found, path, configured, task.choices, is_named=True, recognise=edition_on_disk(path))
    if isinstance(decided, Broken):
        raise WrongUseError(str(decided.error))
    if isinstance(decided, NoReport):
        raise WrongUseError(f"{shown}: {decided.reason}")
    pack = decided.pack
    if not outline(read.plain, pack.form.opening).questions:
        say(f"{shown}: {NoReport(found).reason}")
        return None
    if pack.handin is None:
        raise WrongUseError(f"{shown}: report-ls does not know its hand-in page; name its course with --pack")
    if read.misread:
        say(f"{shown}: not UTF-8, read as {read.misread.encoding}, so some letters may be wrong")
    page = _marked(path, read, decided, base) if options.marked else _plain(path, read, pack, base)
    if page is None:
        raise WrongUseError(f"{shown}: it is nested too deeply for a page")
    return page


def _plain(path: Path, read: SourceText, pack: Pack, base: str) -> str | None:
    from report_ls.course.python_markdown import make_page  # noqa: PLC0415 - seldom needed
    from report_ls.course.safe_page import write_page  # noqa: PLC0415 - likewise

    body = make_page(read.text, pack.page_skips_characters)
    return None if body is None else write_page(f"{path.name}, as it is handed in", body, base)


def _marked(path: Path, read: SourceText, by: Terms, base: str) -> str | None:
    from report_ls.analysis.rehearsal import rehearse  # noqa: PLC0415 - likewise

    files = DiskFiles(path.parent, path.name, by.template)
    return rehearse(analyze(read, by.pack, files, by.stage), f"{path.name}, a rehearsal", base)
