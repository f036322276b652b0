"""Which files are reports: of those below a folder, and the one of a project."""

from pathlib import Path

from report_ls.base.text import SourceText
from report_ls.files.paths import is_file, is_link, leads_out, markdown_below
from report_ls.files.text_files import TooLargeError, read_text
from report_ls.project.find_configuration import Broken, FindConfiguration, ResolvedConfiguration, find_configuration
from report_ls.project.judge import ONLY_REPORTS, Choices, Terms, terms
from report_ls.report.form import Opening
from report_ls.report.outline import outline


def is_report(
    path: Path, source: SourceText, choices: Choices, configured_for: FindConfiguration = find_configuration
) -> bool:
    """Say whether a file that was found is judged, or would be if its configuration were not broken."""
    found = outline(source.plain)
    has_questions = bool(found.questions or found.said)
    opening = None if has_questions else _other_opening(path, choices, configured_for)
    if not (has_questions or opening or path.name in _NAMES):
        return False
    decided = terms(found, path, configured_for(path.parent), choices)
    if isinstance(decided, Broken):
        return has_questions or (opening is not None and bool(outline(source.plain, opening).questions))
    return isinstance(decided, Terms)


def _other_opening(path: Path, choices: Choices, configured_for: FindConfiguration) -> Opening | None:
    """Return how questions open, where a pack is named for a file whose questions are no `Question n`."""
    configured = configured_for(path.parent) if choices.pack is None else None
    pack = configured.pack if isinstance(configured, ResolvedConfiguration) else choices.pack
    return pack.form.opening if pack else None


_NAMES = frozenset(place.rpartition("/")[2] for place in ONLY_REPORTS)


def find_reports(
    folder: Path, choices: Choices, configured_for: FindConfiguration = find_configuration
) -> tuple[Path, ...]:
    """Return the reports among the Markdown files below a folder, sorted, without links that lead out of it.

    A file that cannot be read is among them: it may be a report, and reading it will say so.
    """
    found = markdown_below(folder)
    return tuple(sorted(path for path in found if may_be_report(path, folder, choices, configured_for)))


def may_be_report(path: Path, folder: Path, choices: Choices, configured_for: FindConfiguration) -> bool:
    """Say whether a file that was found below a folder is among its reports."""
    return not (is_link(path) and leads_out(path, folder)) and _may_be_report(path, choices, configured_for)


def default_report(
    folder: Path, choices: Choices, configured_for: FindConfiguration = find_configuration
) -> Path | None:
    """Return the report of a folder that is a project.

    A file without a question is one only where no other is, and a pack is named for it.
    """
    paths = [
        path
        for place in (*ONLY_REPORTS, "README.md")
        if is_file(path := folder / place) and not leads_out(path, folder)
    ]
    for path in paths:
        if _has_questions(path) and _may_be_report(path, choices, configured_for):
            return path
    if choices.pack or _names_pack(configured_for(folder)):
        return next((path for path in paths if path != folder / "README.md"), None)
    return None


def _names_pack(configured: ResolvedConfiguration | Broken) -> bool:
    return isinstance(configured, ResolvedConfiguration) and configured.pack is not None


def _has_questions(path: Path) -> bool:
    try:
        found = outline(read_text(path).plain)
        return bool(found.questions or found.said)
    except OSError:
        return True


def _may_be_report(path: Path, choices: Choices, configured_for: FindConfiguration) -> bool:
    try:
        source = read_text(path)
    except TooLargeError:
        return False
    except OSError:
        return True
    return is_report(path, source, choices, configured_for)
