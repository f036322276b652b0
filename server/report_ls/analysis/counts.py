"""The counts of an answer in words: what is there, beside what is asked or with what is still to be done."""

from functools import lru_cache

from report_ls.analysis.analyze import QuestionResult, State
from report_ls.base.plural import count
from report_ls.packs.limits import Limit

STATES = {State.OK: "ok", State.UNANSWERED: "not answered", State.NEEDS_WORK: "needs work"}


def counted(number: int, limit: Limit | None, noun: str, sign: str = "/") -> str:
    """Return a number beside what is asked; without a limit the number alone."""
    if limit is None or limit.is_free:
        return f"{number} {noun if number != 1 else noun[:-1]}"
    bound = str(limit).replace("-", "–")
    return f"{number} {sign} {bound} {noun if bound != '1' else noun[:-1]}"


def counts(result: QuestionResult, sign: str = "/") -> str:
    """Return the counts of a question, words first; images where some are asked or shown."""
    answer, ask = result.question.answer, result.ask
    return _counts(answer.n_words, ask.words, answer.n_images, ask.images, sign)


@lru_cache
def _counts(n_words: int, words: Limit | None, n_images: int, images: Limit | None, sign: str) -> str:
    parts = [counted(n_words, words, "words", sign)]
    if images or n_images:
        parts.append(counted(n_images, images, "images", sign))
    return " · ".join(parts)


def progress(result: QuestionResult) -> str:
    """Return what is there of an answer and what is still to be done: `97 words, 3 to go`."""
    answer, ask = result.question.answer, result.ask
    # Where no word is asked, none would be ticked off as enough.
    if result.state is State.UNANSWERED and not any(limit and limit.low for limit in (ask.words, ask.images)):
        return STATES[result.state]
    return _progress(answer.n_words, ask.words, answer.n_images, ask.images)


@lru_cache
def _progress(n_words: int, words: Limit | None, n_images: int, images: Limit | None) -> str:
    parts = [_measured(n_words, words, "word")]
    if images or n_images:
        parts.append(_measured(n_images, images, "image"))
    return " · ".join(parts)


def _measured(number: int, limit: Limit | None, noun: str) -> str:
    said = count(number, noun)
    if limit is None:
        return said
    if number < limit.low:
        return f"{said}, {limit.low - number} to go"
    if limit.high is not None and number > limit.high:
        return f"{said}, {number - limit.high} too many"
    return f"{said} ✓"
