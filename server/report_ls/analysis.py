"""analyze: the one path from a text to what is said of it."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cached_property

from attrs import evolve, frozen

from report_ls.check import Context, Found
from report_ls.checks import Check, all_checks
from report_ls.diagnostic import Diagnostic, Fix, Related, Severity, Stage
from report_ls.files import Files
from report_ls.local import Failure, judge
from report_ls.pack import Ask, Pack
from report_ls.report import Question, Report, read_report
from report_ls.script import Script, read_script
from report_ls.text import Edit, SourceText, Span, compose


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


@frozen
class Analysis:
    """All that is said of one report."""

    source: SourceText
    pack: Pack
    stage: Stage
    report: Report
    script: Script | None
    diagnostics: tuple[Diagnostic, ...]
    """In the order of the text."""
    failures: tuple[Failure, ...]
    _unanswered: frozenset[int]
    """Where the questions without an answer start, whether or not anybody wants to be told."""

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

    def _state(self, question: Question, *, is_wrong: bool) -> State:
        if question.start in self._unanswered:
            return State.UNANSWERED
        return State.WRONG if is_wrong else State.OK

    def only(self, wanted: Callable[[str], bool]) -> "Analysis":
        """Return the same with the diagnostics of some codes."""
        kept = tuple(diagnostic for diagnostic in self.diagnostics if wanted(diagnostic.code))
        return evolve(self, diagnostics=kept)


_DRAFT_ABOVE = 5
"""With more unanswered questions than this, a report whose stage is not said is a draft."""


def analyze(source: SourceText, pack: Pack, files: Files, stage: Stage | None) -> Analysis:
    """Judge a report.

    Without a stage the report's own state decides: it is a draft while more than five questions
    are unanswered. Pure but for `files`, and never raises.
    """
    report = read_report(source, pack.form)
    script = read_script(source, pack.form)
    findings: list[tuple[Check, Found, Question | None]] = []
    failures: dict[str, Failure] = {}
    for one, judgement in judge(report, pack, files):
        findings += [(check, found, one) for check, found in judgement.founds]
        for failure in judgement.failures:
            failures[failure.code] = failure
    context = Context(report, script, pack, files)
    for check in all_checks():
        if not check.is_local:
            try:
                findings += [(check, found, found.question) for found in check.run(context)]
            except Exception as error:  # noqa: BLE001 - one broken check must not silence the others
                failures[check.code] = Failure(check.code, error)
    unanswered = frozenset(question.start for check, _, question in findings if question and check.code == "unanswered")
    if stage is None:
        stage = Stage.DRAFT if len(unanswered) > _DRAFT_ABOVE else Stage.FINAL
    # What is switched off explains nothing, so it silences nothing.
    heard = [
        (check, found, question, severity)
        for check, found, question in findings
        if (severity := _severity(check, found, question, pack, stage))
    ]
    silenced = {
        (code, question and question.start)
        for check, found, question, _ in heard
        for code in (*check.silences, *found.silences)
    }
    diagnostics: list[Diagnostic] = []
    grouped: dict[tuple[Check, Severity], list[Diagnostic]] = {}
    for check, found, question, severity in heard:
        if (check.code, question and question.start) not in silenced:
            diagnostic = _diagnostic(check, found, question, severity)
            (grouped.setdefault((check, severity), []) if check.is_grouped else diagnostics).append(diagnostic)
    for several in grouped.values():
        diagnostics += _grouped(several) if len(several) > 1 else several
    diagnostics.sort(key=_place)
    return Analysis(source, pack, stage, report, script, tuple(diagnostics), tuple(failures.values()), unanswered)


def _place(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
    return diagnostic.span.start, diagnostic.span.end, diagnostic.severity, diagnostic.code


def _severity(check: Check, found: Found, question: Question | None, pack: Pack, stage: Stage) -> Severity | None:
    """Return how much a finding matters; None where the pack switches the check off."""
    severity: Severity | None = check.severity_at(stage)
    if found.severity and severity:
        severity = max(severity, found.severity)
    if pack.severities:
        for key in (check.code, f"{check.code}@{question.number if question else None}"):
            severity = pack.severities.get(key, severity)
    return severity


def _diagnostic(check: Check, found: Found, question: Question | None, severity: Severity) -> Diagnostic:
    """Return what is said of a finding, at its place in the whole text."""
    by = question.start if question and check.is_local else 0
    return Diagnostic(
        check.code,
        severity,
        found.message,
        found.span.shift(by),
        question.number if question else None,
        tuple(related.shift(by) for related in found.related),
        tuple(fix.shift(by) for fix in found.fixes),
        found.unnecessary,
    )


def _grouped(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return one diagnostic at the first place, with the others as related places and one fix for all."""
    first, *others = sorted(diagnostics, key=_place)
    n_places = len(diagnostics)
    related = tuple(Related(other.span, other.message, other.fixes[0] if other.fixes else None) for other in others)
    fixes = tuple(diagnostic.fixes[0] for diagnostic in (first, *others) if diagnostic.fixes)
    if fixes:
        where = f"all {n_places}" if len(fixes) == n_places else f"{len(fixes)} of {n_places}"
        together = Fix(
            f"{fixes[0].title}, in {where} places",
            tuple(edit for fix in fixes for edit in fix.edits),
            safe=all(fix.safe for fix in fixes),
            preferred=all(fix.preferred for fix in fixes),
            restores=any(fix.restores for fix in fixes),
        )
        fixes = (together,)
    return [
        evolve(
            first,
            message=f"{first.message} ({n_places} places)",
            related=first.related + related,
            fixes=fixes,
        )
    ]


_MOST_ROUNDS = 10
"""Fixes that undo each other would be a defect of ours; nobody waits for them for ever."""


def fix_all(
    source: SourceText, pack: Pack, files: Files, stage: Stage | None, wanted: Callable[[str], bool]
) -> SourceText:
    """Return the text after all safe fixes of some codes, again and again until none is left."""
    return source.apply(edits_of_all(source, pack, files, stage, wanted))


def edits_of_all(
    source: SourceText, pack: Pack, files: Files, stage: Stage | None, wanted: Callable[[str], bool]
) -> tuple[Edit, ...]:
    """Return what `fix_all` changes.

    A fix may make room for another one, but never for long.
    """
    rounds: list[tuple[Edit, ...]] = []
    fixed = source
    for _ in range(_MOST_ROUNDS):
        fixes = _safe_fixes(analyze(fixed, pack, files, stage).only(wanted))
        edits = tuple(edit for fix in fixes for edit in fix.edits)
        before, fixed = fixed, fixed.apply(edits)
        if fixed == before:
            break
        rounds.append(edits)
    return compose(source, rounds)


def _safe_fixes(analysis: Analysis) -> Iterable[Fix]:
    """Yield the safe fixes that do not touch each other; what is left out comes in the next round."""
    taken: list[Span] = []
    for diagnostic in analysis.diagnostics:
        for fix in diagnostic.fixes:
            spans = [edit.span for edit in fix.edits]
            if fix.safe and not any(_is_taken(taken, span) for span in spans):
                for span in spans:
                    insort(taken, span)
                yield fix
                break


def _is_taken(taken: list[Span], span: Span) -> bool:
    """Say whether a span stands among others that do not overlap each other, in order, or overlaps one."""
    place = bisect_left(taken, span)
    return any(span == other or span.overlaps(other) for other in taken[max(place - 2, 0) : place + 3])
