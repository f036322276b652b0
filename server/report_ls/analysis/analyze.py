"""analyze: the one path from a text to what is said of it."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from enum import Enum

from report_ls.analysis.lengths import read_lengths
from report_ls.analysis.pending import Pending, PlacedPending, diagnostics_of
from report_ls.analysis.per_question import QuestionFindings, judge
from report_ls.base.cached import cached_property
from report_ls.base.diagnostic import Diagnostic, Fixes, OffsetDiagnostic, Severity, Stage
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.readable import readable
from report_ls.base.text import SourceText
from report_ls.checks import Check, Failure, find, whole_checks
from report_ls.checks._context import Context, Finding
from report_ls.course.script import Script, read_script
from report_ls.files.port import Files
from report_ls.packs.gaps import Lengths
from report_ls.packs.new_form import describe
from report_ls.packs.pack import Ask, Pack
from report_ls.report.outline import Outline
from report_ls.report.report import Question, Report, read_report


class State(Enum):
    """How far one question is."""

    OK = "ok"
    UNANSWERED = "unanswered"
    NEEDS_WORK = "wrong"
    """It has an error or a warning."""


class QuestionResult(NamedTuple):
    """One question, what it asks, and how far it is."""

    question: Question
    ask: Ask
    state: State

    @property
    def topic(self) -> str:
        """What it is about, as its pack says, else as its heading does; empty of a bare `Question n`."""
        return self.ask.topic or self.question.title


class _AnalysisFields(NamedTuple):
    """The fields of an analysis: a named tuple itself has no room for cached properties."""

    source: SourceText
    pack: Pack
    stage: Stage
    report: Report
    script: Script | None
    placed: tuple[OffsetDiagnostic, ...]
    """The diagnostics in the order of the text."""
    failures: tuple[Failure, ...]
    unanswered: frozenset[int]
    """Where the questions without an answer start, whether or not anybody wants to be told."""


class Analysis(_AnalysisFields):
    """All that is said of one report."""

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The same, with their places in the whole text."""
        return tuple(diagnostic.shift(offset) for offset, diagnostic in self.placed)

    @cached_property
    def questions(self) -> tuple[QuestionResult, ...]:
        """All questions, in the order of the text."""
        questions = self.report.questions
        starts = [question.start for question in questions]
        wrong = {
            bisect_right(starts, place.span.start) - 1
            for diagnostic in self.diagnostics
            for place in diagnostic.apart
            if place.severity <= Severity.WARNING
        }
        return tuple(
            QuestionResult(question, self.pack.ask(question), self._state(question, is_wrong=index in wrong))
            for index, question in enumerate(questions)
        )

    @cached_property
    def answered_of_asked(self) -> tuple[int, int]:
        """How many of the course's questions are answered, and of how many; of a form that lists none, of its own."""
        answered = [result.ask.number for result in self.questions if result.state is not State.UNANSWERED]
        asked = {ask.number for ask in self.pack.asks}
        n_answered = len(asked.intersection(answered)) if asked else len(answered)
        return n_answered, len(asked) or len(self.questions)

    @cached_property
    def missing(self) -> tuple[Ask, ...]:
        """What the course asks and the report has no question for."""
        there = {result.ask.number for result in self.questions}
        return tuple(ask for ask in self.pack.asks if ask.number not in there)

    @cached_property
    def lengths(self) -> Lengths:
        """How far all answers together are from what is asked; what is not answered has no length yet."""
        answered = (result for result in self.questions if result.state is not State.UNANSWERED)
        return read_lengths(((result.question, result.ask) for result in answered), self.pack)

    @cached_property
    def n_waiting(self) -> int:
        """How many findings will be more than hints when the report is finished, beside what is not answered."""
        return sum(diagnostic.waits and diagnostic.code != "unanswered" for diagnostic in self.diagnostics)

    @cached_property
    def note(self) -> str:
        """What is to be known of the form where no pack knows it; else empty."""
        return describe(self.pack, self.pack.ask_each(self.report.prompts))

    def _state(self, question: Question, *, is_wrong: bool) -> State:
        if question.start in self.unanswered:
            return State.UNANSWERED
        return State.NEEDS_WORK if is_wrong else State.OK

    def only(self, wanted: Callable[[str], bool]) -> "Analysis":
        """Return the same with the diagnostics of some codes."""
        return self._replace(placed=tuple(placed for placed in self.placed if wanted(placed.diagnostic.code)))

    def with_fixes(self, *, wanted: bool) -> "Analysis":
        """Return the same with its fixes found, so that none can fail later, and kept only where they are wanted."""
        placed = (OffsetDiagnostic(offset, diagnostic.with_fixes(wanted=wanted)) for offset, diagnostic in self.placed)
        return self._replace(placed=tuple(placed))


_MAX_UNANSWERED_WHEN_FINAL = 4
"""With more unanswered questions than this, a report whose stage is not said is a draft."""


def analyze(  # noqa: PLR0913 - all that a judgement rests on
    source: SourceText,
    pack: Pack,
    files: Files,
    stage: Stage | None,
    outlined: Outline | None = None,
    *,
    edited: int | None = None,
) -> Analysis:
    """Judge a report, whose outline may be known.

    Without a stage the report's own state decides: it is a draft while more than four questions
    are unanswered. In such a draft each question has a stage of its own: what is answered is judged
    as final, unless somebody is writing at it (`edited` is a place in it), so that nothing waits for
    the day on which the report is full. Pure but for `files`, and never raises.
    """
    report = read_report(source, pack.form, outlined)
    script = read_script(source, pack.form, outlined)
    judged = [(question, findings) for question, findings in judge(report, pack, files) if findings.is_anything]
    found_in_whole, failures = find(whole_checks(), Context(report, script, pack, files))
    for _, findings in judged:
        failures += findings.failures
    unanswered = frozenset(question.start for question, findings in judged if "unanswered" in findings.codes)
    finished: frozenset[int] = frozenset()
    """Where the questions start that are final in a draft."""
    if stage is None:
        stage = Stage.DRAFT if len(unanswered) > _MAX_UNANSWERED_WHEN_FINAL else Stage.FINAL
        if stage is Stage.DRAFT:
            finished = _finished(report, edited) - unanswered
    pending: list[PlacedPending] = [
        (question.start, question.start, item)
        for question, findings in judged
        for item in _pending_for(
            findings,
            question,
            pack,
            Stage.FINAL if question.start in finished else stage,
            question.start not in report.untouched,
        )
    ]
    for check, finding in found_in_whole:
        start = finding.question.start if finding.question else None
        safe = finding if start not in report.untouched else _unsafe(finding)
        own = Stage.FINAL if start in finished else stage
        pending += [(start, 0, item) for item in _to_pending(check, safe, finding.question, pack, own)]
    placed = diagnostics_of(pending, report)
    # A local check fails in one question after the other.
    failures = list({failure.code: failure for failure in failures}.values())
    return Analysis(source, pack, stage, report, script, placed, tuple(failures), unanswered)


def _finished(report: Report, edited: int | None) -> frozenset[int]:
    """Return where the questions start at which somebody has written, and is not writing now."""
    starts = [question.start for question in report.questions]
    above = bisect_right(starts, edited) if edited is not None else 0
    return frozenset(starts).difference(report.untouched, starts[above - 1 : above])


def _pending_for(
    findings: QuestionFindings,
    question: Question,
    pack: Pack,
    stage: Stage,
    is_touched: bool,  # noqa: FBT001 - it is remembered by position
) -> tuple[Pending, ...]:
    """Return what the findings of one question become; they remember it."""
    key = question.number, stage, is_touched
    pending = findings.pending.get(key)
    if pending is None:
        safe = ((check, finding if is_touched else _unsafe(finding)) for check, finding in findings.found)
        pending = tuple(item for check, finding in safe for item in _to_pending(check, finding, question, pack, stage))
        findings.pending[key] = pending
    return pending


def _unsafe(finding: Finding) -> Finding:
    """Return a finding in an untouched question: what looks wrong there may be another edition's form."""
    return finding._replace(fixes=Fixes(lambda: (fix._replace(safe=False) for fix in finding.fixes)))


def _to_pending(
    check: Check, finding: Finding, question: Question | None, pack: Pack, stage: Stage
) -> Iterator[Pending]:
    """Yield what a finding becomes; nothing where the pack switches the check off."""
    number = question.number if question else None
    severity = _severity(check, finding, number, pack, stage)
    if severity:
        is_hint = severity is Severity.HINT
        diagnostic = Diagnostic(
            check.code,
            severity,
            readable(finding.message),
            finding.span,
            number,
            finding.related,
            finding.fixes,
            finding.unnecessary,
            waits=is_hint and _severity(check, finding, number, pack, Stage.FINAL) is not Severity.HINT,
            command=finding.command,
            question_name=question.name if question and not check.is_of_report else "",
        )
        suppresses = check.suppresses + finding.suppresses
        yield Pending(diagnostic, suppresses, finding.explains, check.fewest_grouped, finding.hides)


def _severity(check: Check, finding: Finding, number: int | None, pack: Pack, stage: Stage) -> Severity | None:
    """Return how bad a finding is at a stage; None where the pack switches its check off."""
    return pack.severity(check.code, number, max(check.severity_at(stage), finding.severity or Severity.ERROR))
