"""The course's own script, restated: what it counts in a report, or that it refuses it.

Restated from the script's published versions and confirmed against it on 135 real reports.

* The text is split at every `Answer:`; the text before the first is thrown away.
* A part is an answer if it holds `###`; it ends there, and before that at its first `##`.
* The last part is an answer once more, whole.
* Words are `str.split()`; images are `![…](…)` on one line, in code and comments too.
* Another number of answers than the course asks questions: the script refuses the whole report.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

from report_ls.base.memo import memoized, memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.report.answer import Answer
from report_ls.report.form import Form
from report_ls.report.outline import Outline, outline
from report_ls.report.pieces import Link
from report_ls.report.question_outline import QuestionOutline


class ScriptAnswer(NamedTuple):
    """What the script counts in one answer."""

    n_words: int
    n_images: int


class Script(NamedTuple):
    """What the script makes of a report."""

    answers: tuple[ScriptAnswer, ...]
    refuses: bool


def read_script(source: SourceText, form: Form, outlined: Outline | None = None) -> Script | None:
    """Return what the script makes of a text, whose outline may be known; None where the course has no script."""
    if form.expected_answers is None:
        return None
    answers = _read_regular(source, form, outlined or outline(source.plain))
    if answers is None:
        # Python opens files with universal newlines, so the script counts a CRLF once.
        text = source.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in source.text else source.text
        answers = _read_whole(text[form.skipped_characters :])
    return Script(answers, refuses=len(answers) != form.expected_answers)


def _read_whole(text: str) -> tuple[ScriptAnswer, ...]:
    """Return the answers of a text that ends with the last of them."""
    parts = text.split("Answer:")
    return (*filter(None, map(_read_part, parts[1:])), _count(parts[-1]))


def _read_regular(source: SourceText, form: Form, found: Outline) -> tuple[ScriptAnswer, ...] | None:
    """Return the answers where each question has its own, so that an edit counts one anew; None elsewhere."""
    if not found.is_regular or form.skipped_characters or source.plain is not source.text or "Answer:" in found.head:
        return None
    *others, last = found.questions
    answers = [*map(_read_question, others), _read_last(last)]
    return None if None in answers else tuple(chain.from_iterable(filter(None, answers)))


@memoized_by_question
def _read_question(part: QuestionOutline) -> tuple[ScriptAnswer, ...] | None:
    """Return what is counted in a question with another one's heading below it; None if it is irregular."""
    if not _has_its_own(part):
        return None
    *whole, last = part.text.split("Answer:")[1:]
    return tuple(filter(None, map(_read_part, (*whole, f"{last}###"))))


@memoized(4)
def _read_last(part: QuestionOutline) -> tuple[ScriptAnswer, ...] | None:
    return _read_whole(part.text) if _has_its_own(part) else None


def _has_its_own(part: QuestionOutline) -> bool:
    """Say whether the script finds the label and the heading of a question."""
    return part.n_labels > 0 and part.level >= len("###")


def _read_part(part: str) -> ScriptAnswer | None:
    """Return the text of a part, if the script keeps it as an answer."""
    end = part.find("###")
    if end < 0:
        return None
    kept = part[:end]
    return _count(kept.partition("##")[0])


def _count(part: str) -> ScriptAnswer:
    return ScriptAnswer(len(part.split()), sum(1 for _ in find_images(part)))


def find_images(text: str) -> Iterator[Span]:
    r"""Yield what the script takes for images: as its pattern ``!\[.*?\]\(.*?\)``, in linear time."""
    line_end = -1
    start = text.find("![")
    while start >= 0:
        if start > line_end:
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
        target = text.find("](", start + 2, line_end)
        end = text.find(")", target + 2, line_end) + 1 if target >= 0 else 0
        if end > 0:
            yield Span(start, end)
        # Where the line's rest closes no image from here on, it closes none further on either.
        start = text.find("![", end or line_end)


class Pairing(NamedTuple):
    """Where a reader of an answer and the script disagree about its images."""

    hidden: tuple[Span, ...]
    """What the script counts as an image and no reader sees."""
    uncounted: tuple[Link, ...]
    """The images that a reader sees and the script does not count."""


_NOTHING_APART = Pairing((), ())


def pair_images(answer: Answer) -> Pairing:
    """Hold the images of an answer against those that the script would count in it."""
    if not answer.images and "](" not in answer.text:
        return _NOTHING_APART
    hidden: list[Span] = []
    uncounted: list[Link] = []
    waiting = deque(answer.images)
    for found in find_images(answer.text):
        at = found.shift(answer.span.start)
        while waiting and waiting[0].span.end <= at.start:
            uncounted.append(waiting.popleft())
        counted = _counted(waiting, at)
        if counted:
            waiting.remove(counted)
        else:
            hidden.append(at)
    uncounted += waiting
    # Some show a picture with <img> and name it for the script in a comment beside it.
    twins: dict[str, deque[Span]] = {}
    for span in hidden:
        twins.setdefault(_target_at(answer, span), deque()).append(span)
    alone = []
    for image in uncounted:
        if twins.get(image.url):
            twins[image.url].popleft()
        else:
            alone.append(image)
    left = {span for spans in twins.values() for span in spans}
    return Pairing(tuple(span for span in hidden if span in left), tuple(alone))


def _counted(images: Iterable[Link], at: Span) -> Link | None:
    """Return the image that the script counts at a place.

    Where it starts at a stray `![`, that is the image that ends where it stops.
    """
    first = None
    for image in images:
        if image.span.start >= at.end:
            break
        if image.span.end == at.end:
            return image
        first = first or image
    return first


def _target_at(answer: Answer, span: Span) -> str:
    """Return the target of what the script takes for an image."""
    return answer.text[span.start - answer.span.start : span.end - answer.span.start - 1].partition("](")[2]
