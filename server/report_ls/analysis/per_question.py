"""What the local checks say of one question: remembered by its text.

A check is local if what it finds in a question depends on that question's text, the pack and the
files alone. It is run on a report that holds nothing else, so that an edit judges one question
again and not thirty-one; and it is run again when the files it asked about are other ones.
"""

from collections.abc import Iterator

from report_ls.analysis.pending import Pending
from report_ls.base.cached import cached_property
from report_ls.base.diagnostic import Stage
from report_ls.base.memo import memoized_by_question
from report_ls.checks import Check, Failure, fields_of, find, per_question_checks, trigger_characters_in
from report_ls.checks._context import Context, Finding
from report_ls.files.asked import AskedFiles
from report_ls.files.port import Files
from report_ls.packs.pack import Pack
from report_ls.report.report import Question, Report

_FOLLOWING = "### Question"
"""The text below a question that is not the last, as in its report."""


class QuestionFindings:
    """What the checks found in one question; places count from its heading."""

    found: tuple[tuple[Check, Finding], ...]
    failures: tuple[Failure, ...]
    asked: AskedFiles
    """What the checks asked of the files beside the report, and the answers."""
    pending: dict[tuple[int, Stage, bool], tuple[Pending, ...]]
    """What they become, by the question's number, its stage and whether a student has written in it."""

    def __init__(
        self, found: tuple[tuple[Check, Finding], ...], failures: tuple[Failure, ...], asked: AskedFiles
    ) -> None:
        self.found = found
        self.failures = failures
        self.asked = asked
        self.pending = {}

    @property
    def is_anything(self) -> bool:
        """Say whether there is anything to be said; of most questions there is not."""
        return bool(self.found or self.failures)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The checks that found something."""
        return frozenset(check.code for check, _ in self.found)


def judge(report: Report, pack: Pack, files: Files) -> Iterator[tuple[Question, QuestionFindings]]:
    """Yield each question with what the checks of one question find in it."""
    source = report.source
    is_plain = source.plain is source.text
    for question in report.questions:
        text = question.text if is_plain else source.text[question.start : question.end]
        yield question, _judged(text, question.is_last, pack).findings(question, files)


class _Judged:
    """A question's text and its latest findings, whatever the place of the question and whatever the files say."""

    def __init__(self, text: str, is_last: bool, pack: Pack) -> None:  # noqa: FBT001 - a key is quickest so
        self._text = text
        self._is_last = is_last
        self._pack = pack
        self._latest: QuestionFindings | None = None

    def findings(self, question: Question, files: Files) -> QuestionFindings:
        """Return the latest findings, or new ones where the files would say something else."""
        latest = self._latest
        if latest is None or not latest.asked.are_still_valid(files):
            # Two threads may both come here: each has its own findings, and either may be kept.
            latest = self._latest = self._find(question, files)
        return latest

    def _find(self, question: Question, files: Files) -> QuestionFindings:
        asked = AskedFiles(files)
        alone = question.alone(self._text if self._is_last else self._text + _FOLLOWING)
        ask = self._pack.ask(question)
        checks = per_question_checks(trigger_characters_in(question.answer.text_with_label), fields_of(ask))
        found, failures = find(checks, Context(alone, None, self._pack, asked, ask))
        return QuestionFindings(tuple(found), tuple(failures), asked)


_judged = memoized_by_question(_Judged)
