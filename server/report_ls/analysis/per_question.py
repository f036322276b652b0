"""What the local checks say of one question: remembered by its text.

A check is local if what it finds in a question depends on that question's text, the pack and the
files alone. It is run on a report that holds nothing else, so that an edit judges one question
again and not thirty-one; and it is run again when the files it asked about are other ones.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeVar

from attrs import define, field, frozen

from report_ls.base.memo import remembered
from report_ls.checks import Check, Failure, find, local_checks, signs_in
from report_ls.checks._context import Context, Found
from report_ls.files.port import Files, Picture, Tracking
from report_ls.packs.pack import Pack
from report_ls.report.report import Question, Report

_T = TypeVar("_T")
_Answers = dict[tuple[str, tuple[str, ...]], object]
"""What was asked of the files, by method and arguments, and what they said."""

_FOLLOWING = "### Question"
"""Stands below a question that is not the last, as in its report."""


@frozen(eq=False)
class Judgement:
    """What was found in one question; places count from its heading."""

    founds: tuple[tuple[Check, Found], ...]
    failures: tuple[Failure, ...]
    asked: _Answers

    @property
    def is_anything(self) -> bool:
        """Say whether there is anything to be said; of most questions there is not."""
        return bool(self.founds or self.failures)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The checks that found something."""
        return frozenset(check.code for check, _ in self.founds)

    def holds(self, files: Files) -> bool:
        """Say whether the files would say the same again."""
        # Most have asked nothing, and a keystroke comes by all of them.
        return not self.asked or all(
            getattr(files, asked)(*about) == said for (asked, about), said in self.asked.items()
        )


def judge(report: Report, pack: Pack, files: Files) -> Iterator[tuple[Question, Judgement]]:
    """Yield each question with what the local checks find in it."""
    source = report.source
    is_plain = source.plain is source.text
    for question in report.questions:
        text = question.text if is_plain else source.text[question.start : question.end]
        yield question, _judged(text, question.is_last, pack).judgement(question, files)


@define(eq=False)
class _Judged:
    """A question's text and its latest judgement, whatever the place of the question and whatever the files say."""

    _text: str
    _is_last: bool
    _pack: Pack
    _latest: Judgement | None = field(default=None, init=False)

    def judgement(self, question: Question, files: Files) -> Judgement:
        """Return the latest judgement, or another one where the files would say something else."""
        latest = self._latest
        if latest is None or not latest.holds(files):
            # Two threads may both come here: each has its own judgement, and either may be kept.
            latest = self._latest = self._judge(question, files)
        return latest

    def _judge(self, question: Question, files: Files) -> Judgement:
        asked = _AskedFiles(files)
        alone = question.alone(self._text if self._is_last else self._text + _FOLLOWING)
        founds, failures = find(
            local_checks(signs_in(question.answer.labelled)), Context(alone, None, self._pack, asked)
        )
        return Judgement(tuple(founds), tuple(failures), asked.answers)


_judged = remembered(400)(_Judged)


@frozen
class _AskedFiles:
    """Files that remember what they were asked."""

    _files: Files
    answers: _Answers = field(factory=dict, init=False)

    def files(self, folder: str) -> frozenset[str]:
        return self._ask(self._files.files, folder)

    def folders(self, folder: str) -> frozenset[str]:
        return self._ask(self._files.folders, folder)

    def folder(self) -> str:
        return self._ask(self._files.folder)

    def forms(self) -> tuple[str, ...]:
        return self._ask(self._files.forms)

    def picture(self, path: str) -> Picture | None:
        return self._ask(self._files.picture, path)

    def digest(self, path: str) -> str | None:
        return self._ask(self._files.digest, path)

    def tracking(self, path: str) -> Tracking | None:
        return self._ask(self._files.tracking, path)

    def _ask(self, method: Callable[..., _T], *arguments: str) -> _T:
        answer = self.answers[method.__name__, arguments] = method(*arguments)
        return answer
