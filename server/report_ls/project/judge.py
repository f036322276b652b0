"""How the report at a path is judged: by which pack, at which stage; or why a text is no report.

The command and the server both ask here, so they agree, whatever is named, configured or set.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from report_ls.base.diagnostic import STAGES, Severity, Stage
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.plural import count
from report_ls.files.disk import DiskFiles
from report_ls.packs.edition import edition
from report_ls.packs.pack import Pack
from report_ls.packs.recognise import recognise
from report_ls.project.configuration import Configuration, merge_severities, pack_with_severities
from report_ls.project.find_configuration import Broken, ResolvedConfiguration
from report_ls.project.packs import packs, rules_folder
from report_ls.report.form import STATEMENT, Opening
from report_ls.report.outline import Outline, outline


class Choices(NamedTuple):
    """What options or settings say: it counts more than any configuration."""

    pack: Pack | None = None
    """None where the configuration or the report itself tells."""
    stage: str = ""
    """A key of `STAGES`; empty where the configuration tells."""
    usual_stage: str = "auto"
    """The stage where nothing names one."""
    severities: Mapping[str, Severity | None] = {}

    def stage_with(self, configured: ResolvedConfiguration | Broken) -> Stage | None:
        """Return the stage where this is configured; None where the report's own state decides."""
        configuration = Configuration() if isinstance(configured, Broken) else configured.configuration
        return STAGES[self.stage or configuration.stage or self.usual_stage]


class Terms(NamedTuple):
    """How a report is judged."""

    pack: Pack
    """With the severities that are configured and chosen."""
    stage: Stage | None
    """None where the report's own state decides."""
    template: Path | None
    """The file that the report was made from, where one is configured."""


class NoReport(NamedTuple):
    """A text that is not judged as a report."""

    found: Outline
    """What of a report it holds."""

    @property
    def reason(self) -> str:
        """What is missing for a report."""
        questions = self.found.questions
        if not questions:
            return self._without_question
        n_questions = count(len(questions), "question")
        if not any(question.has_form for question in questions):
            return f'no report: {n_questions}, none with a quote or "> Answer:" below its heading'
        return f'no report of a known course: {n_questions}, none with a limit such as "answer length: 50-100 words"'

    @property
    def _without_question(self) -> str:
        """What is missing where there is no question."""
        from report_ls.report.statement import misspelt_statement  # noqa: PLC0415 - only for what is no report

        line = misspelt_statement(self.found.text)
        if line is not None:
            return (
                f"no report: the comment in line {line} is not understood: write {STATEMENT} "
                "in a line of its own, with the number signs of your headings"
            )
        n_headings = self.found.n_headings
        if n_headings > 1:
            return f'no report: {n_headings} headings, none is "### Question n"; {_OTHER_FORM}'
        if n_headings:
            return f'no report: 1 heading, and it is not "### Question 1"; {_OTHER_FORM}'
        return f'no report: no heading, and a question needs one such as "### Question 1"; {_OTHER_FORM}'


_OTHER_FORM = "a form with other headings needs its pack: name it with --pack, or draft it with --infer-pack"

Recognise = Callable[[Outline, ResolvedConfiguration], Pack | None]
"""Returns the pack that a text is judged by; None if it is no report."""


def nearest(found: Outline, _configured: ResolvedConfiguration) -> Pack | None:
    """Return the pack of the edition that a text is most like: enough to know whether it is a report."""
    return recognise(found, packs())


def edition_on_disk(path: Path, *, is_trusted: bool = True) -> Recognise:
    """Return what recognises the edition of the report at a path."""

    def recognise(found: Outline, configured: ResolvedConfiguration) -> Pack | None:
        return edition(found, packs(), DiskFiles(path.parent, path.name, configured.template, is_trusted)).pack

    return recognise


def terms(  # noqa: PLR0913 - all that decides, in one place
    found: Outline,
    path: Path | None,
    configured: ResolvedConfiguration | Broken,
    choices: Choices,
    *,
    is_named: bool = False,
    recognise: Recognise = nearest,
) -> Terms | NoReport | Broken:
    """Return how a text at a path is judged; None is the path of a text that is on no disk.

    A text without a question is a report only if it says that it is, or if a pack is named for it, and only
    if the user named the file or it lies where nothing but a report does. A file that was merely found is
    left alone.
    """
    if path is not None and path.is_relative_to(rules_folder()) and not is_named:
        return NoReport(found)  # The page of the checks, which an editor opens.
    if isinstance(configured, Broken):
        return configured
    pack = choices.pack or configured.pack
    is_report = bool(found.questions or found.said)
    if pack and pack.form.opening:
        is_report = has_enough(pack.form.opening, found.text)
    if not is_report and not (is_named or _is_default(path, configured)):
        pack = None
    elif is_report and pack is None:
        pack = recognise(found, configured)
    if pack is None:
        return NoReport(found)
    severities = merge_severities(configured.configuration.severities, choices.severities)
    return Terms(pack_with_severities(pack, severities), choices.stage_with(configured), configured.template)


def has_enough(opening: Opening, text: str) -> bool:
    """Say whether half of the headings that a pack knows are in a text: some are in many texts."""
    return 2 * len(outline(text, opening).questions) >= len(opening.topics)


_FOLDERS_OF_REPORTS = "reports", "report"
ONLY_REPORTS = "report.md", *(f"{folder}/README.md" for folder in _FOLDERS_OF_REPORTS)
"""Where nothing but a report lies, seen from the folder of a project."""


def _is_default(path: Path | None, configured: ResolvedConfiguration) -> bool:
    """Say whether a file lies where nothing but a project's report does."""
    if path is None:
        return False
    place = path.absolute()
    if place.name == "README.md":
        return place.parent.name in _FOLDERS_OF_REPORTS
    # Elsewhere a report.md may be anything.
    return configured.path is not None and place == configured.path.parent / "report.md"
