"""How the server's features name a question and its counts."""

from report_ls.analysis import QuestionResult, State
from report_ls.pack import Limit

STATES = {State.OK: "ok", State.UNANSWERED: "not answered", State.WRONG: "needs work"}


def title(result: QuestionResult) -> str:
    """Return `Question 14: experiment tracking`, or the number alone where there is no topic."""
    topic = f": {result.ask.topic}" if result.ask.topic else ""
    return f"Question {result.question.number}{topic}"


def counted(number: int, limit: Limit | None, noun: str) -> str:
    """Return a number beside what is asked; without a limit the number alone."""
    if limit is None:
        return f"{number} {noun if number != 1 else noun[:-1]}"
    bound = str(limit).replace("-", "–")
    return f"{number} / {bound} {noun if bound != '1' else noun[:-1]}"


def counts(result: QuestionResult) -> str:
    """Return the counts of a question, words first; images where some are asked or shown."""
    answer, ask = result.question.answer, result.ask
    parts = [counted(answer.n_words, ask.words, "words")]
    if ask.images or answer.images:
        parts.append(counted(len(answer.images), ask.images, "images"))
    return " · ".join(parts)
