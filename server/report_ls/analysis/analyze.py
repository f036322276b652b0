"""analyze: the one path from a text to what is said of it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from attrs import evolve, frozen

from report_ls.analysis.per_question import Judgement, judge
from report_ls.base.diagnostic import Diagnostic, Fix, Fixes, Related, Severity, Stage
from report_ls.base.memo import remembered
from report_ls.base.readable import readable
from report_ls.base.text import SourceText
from report_ls.checks import Check, Failure, find, whole_checks
from report_ls.checks._context import Context, Found
from report_ls.course.script import Script, read_script
from report_ls.files.port import Files
from report_ls.packs.new_form import describe
from report_ls.packs.pack import Ask, Pack
from report_ls.report.outline import Outline
from report_ls.report.report import Question, Report, read_report


class State(Enum):
    """How far one question is."""

    OK = "ok"
    UNANSWERED = "unanswered"
    WRONG = "wrong"
    """An error or a warning stands in it."""


@frozen
class QuestionResult:
    """One question, what it asks, and how far it is."""

    question: Question
    ask: Ask
    state: State


class Placed(NamedTuple):
    """A diagnostic whose places count from an offset.

    Those of a question are made once: while somebody types above it, only the offset changes.
    """

    by: int
    diagnostic: Diagnostic


@frozen
class Analysis:
    """All that is said of one report."""

    source: SourceText
    pack: Pack
    stage: Stage
    report: Report
    script: Script | None
    placed: tuple["Placed", ...]
    """The diagnostics in the order of the text."""
    failures: tuple[Failure, ...]
    _unanswered: frozenset[int]
    """Where the questions without an answer start, whether or not anybody wants to be told."""

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The same, with their places in the whole text."""
        return tuple(diagnostic.shift(by) for by, diagnostic in self.placed)

    @cached_property
    def questions(self) -> tuple[QuestionResult, ...]:
        """All questions, in the order of the text."""
        questions = self.report.questions
        starts = [question.start for question in questions]
        wrong = {
            bisect_right(starts, diagnostic.span.start) - 1
            for diagnostic in self.diagnostics
            if diagnostic.severity <= Severity.WARNING
        }
        return tuple(
            QuestionResult(question, self.pack.ask(question), self._state(question, is_wrong=index in wrong))
            for index, question in enumerate(questions)
        )

    @cached_property
    def note(self) -> str:
        """What is to be known of the form where no pack knows it; else empty."""
        return describe(self.pack, self.pack.ask_each(self.report.prompts))

    def _state(self, question: Question, *, is_wrong: bool) -> State:
        if question.start in self._unanswered:
            return State.UNANSWERED
        return State.WRONG if is_wrong else State.OK

    def only(self, wanted: Callable[[str], bool]) -> "Analysis":
        """Return the same with the diagnostics of some codes."""
        return evolve(self, placed=tuple(placed for placed in self.placed if wanted(placed.diagnostic.code)))

    def with_fixes(self, *, wanted: bool) -> "Analysis":
        """Return the same with its fixes found, so that none can fail later, or without: some take long to find."""
        placed = (Placed(by, diagnostic.with_fixes(wanted=wanted)) for by, diagnostic in self.placed)
        return evolve(self, placed=tuple(placed))


_DRAFT_ABOVE = 5
"""With more unanswered questions than this, a report whose stage is not said is a draft."""


def analyze(
    source: SourceText, pack: Pack, files: Files, stage: Stage | None, outlined: Outline | None = None
) -> Analysis:
    """Judge a report, whose outline may be known.

    Without a stage the report's own state decides: it is a draft while more than five questions
    are unanswered. Pure but for `files`, and never raises.
    """
    report = read_report(source, pack.form, outlined)
    script = read_script(source, pack.form, outlined)
    judged = [(one, judgement) for one, judgement in judge(report, pack, files) if judgement.is_anything]
    founds, failures = find(whole_checks(), Context(report, script, pack, files))
    for _, judgement in judged:
        failures += judgement.failures
    unanswered = frozenset(one.start for one, judgement in judged if "unanswered" in judgement.codes)
    if stage is None:
        stage = Stage.DRAFT if len(unanswered) > _DRAFT_ABOVE else Stage.FINAL
    said: list[tuple[int | None, int, _Said]] = [
        (one.start, one.start, some)
        for one, judgement in judged
        for some in _said_of(judgement, one.number, pack, stage, one.start not in report.untouched)
    ]
    for check, found in founds:
        about, number = (found.question.start, found.question.number) if found.question else (None, None)
        told = found if about not in report.untouched else _unsafe(found)
        said += [(about, 0, some) for some in _stamped(check, told, number, pack, stage)]
    placed = sorted(_gathered(said), key=_place)
    # A local check fails in one question after the other.
    failures = list({failure.code: failure for failure in failures}.values())
    return Analysis(source, pack, stage, report, script, tuple(placed), tuple(failures), unanswered)


@frozen
class _Said:
    """What a finding becomes, unless another silences it."""

    diagnostic: Diagnostic
    silences: tuple[str, ...]
    """Codes that it makes superfluous in its question."""
    is_grouped: bool


@remembered(400)
def _said_of(
    judgement: Judgement,
    number: int,
    pack: Pack,
    stage: Stage,
    is_touched: bool,  # noqa: FBT001 - it is remembered by position
) -> tuple[_Said, ...]:
    """Return what is said of a question for what was found in it alone."""
    told = ((check, found if is_touched else _unsafe(found)) for check, found in judgement.founds)
    return tuple(said for check, found in told for said in _stamped(check, found, number, pack, stage))


def _unsafe(found: Found) -> Found:
    """Return a finding where nobody has written anything yet: what looks wrong there may be another edition's form."""
    return evolve(found, fixes=Fixes(lambda: (evolve(fix, safe=False) for fix in found.fixes)))


def _stamped(check: Check, found: Found, number: int | None, pack: Pack, stage: Stage) -> Iterator[_Said]:
    """Yield what a finding becomes; nothing where the pack switches the check off."""
    severity: Severity | None = check.severity_at(stage)
    if found.severity and severity:
        severity = max(severity, found.severity)
    if pack.severities:
        for key in (check.code, f"{check.code}@{number}"):
            severity = pack.severities.get(key, severity)
    if severity:
        message = readable(found.message)
        diagnostic = Diagnostic(
            check.code, severity, message, found.span, number, found.related, found.fixes, found.unnecessary
        )
        yield _Said(diagnostic, (*check.silences, *found.silences), check.is_grouped)


def _gathered(said: Iterable[tuple[int | None, int, _Said]]) -> Iterator[Placed]:
    """Yield what no other finding silences, with the findings of a grouped check as one for each severity.

    Each comes with where its question starts and from where its places count.
    """
    # What is switched off explains nothing, so it is not here and silences nothing.
    silenced = {(code, about) for about, _, one in said for code in one.silences}
    groups: dict[tuple[str, Severity], list[Placed]] = {}
    for about, by, one in said:
        diagnostic = one.diagnostic
        if silenced and (diagnostic.code, about) in silenced:
            continue
        if one.is_grouped:
            groups.setdefault((diagnostic.code, diagnostic.severity), []).append(Placed(by, diagnostic))
        else:
            yield Placed(by, diagnostic)
    for several in groups.values():
        yield Placed(0, _grouped(sorted(several, key=_place))) if len(several) > 1 else several[0]


def _place(placed: Placed) -> tuple[int, int, int, str]:
    by, diagnostic = placed
    return by + diagnostic.span.start, by + diagnostic.span.end, diagnostic.severity, diagnostic.code


def _grouped(placed: Sequence[Placed]) -> Diagnostic:
    """Return one diagnostic at the first place, with the others as related places and one fix for all."""
    diagnostics = [diagnostic.shift(by) for by, diagnostic in placed]
    first, *others = diagnostics
    n_places = len(diagnostics)
    related = tuple(Related(other.span, other.message, other.fixes) for other in others)
    return evolve(
        first,
        message=f"{first.message} ({n_places} places)",
        related=first.related + related,
        fixes=Fixes(lambda: _together(diagnostics)),
        alone=first.fixes,
    )


def _together(diagnostics: Sequence[Diagnostic]) -> Iterator[Fix]:
    """Yield one fix for all places that have any, and where only some of these are safe, one for those."""
    fixes = [diagnostic.fixes[0] for diagnostic in diagnostics if diagnostic.fixes]
    safe = [fix for fix in fixes if fix.safe]
    for several in (fixes, safe if len(safe) < len(fixes) else []):
        if several:
            n_places = len(diagnostics)
            where = f"all {n_places}" if len(several) == n_places else f"{len(several)} of {n_places}"
            yield Fix(
                f"{several[0].title}, in {where} places",
                tuple(edit for fix in several for edit in fix.edits),
                safe=all(fix.safe for fix in several),
                preferred=all(fix.preferred for fix in several),
            )
