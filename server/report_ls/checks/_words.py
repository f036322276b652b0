"""How checks say numbers, what is asked, and what the course's script makes of it."""

from report_ls.check import Context
from report_ls.pack import Ask


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `no images`, `1 image`, `2 images`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def asked(ask: Ask) -> str:
    """Return what a question asks: `200-300 words and 1-3 images`; empty where it asks nothing."""
    parts = []
    if ask.words:
        parts.append(f"{ask.words} words")
    if ask.images:
        parts.append(f"{ask.images} image{'' if ask.images.high == 1 else 's'}")
    return " and ".join(parts)


def consequence(context: Context) -> str:
    """Return what the script does with a report whose answers are not as many as its questions."""
    script, parts = context.script, context.pack.form.parts
    if script is None:
        return ""
    if script.refuses:
        found = count(len(script.answers), "answer")
        return f"; the course's script finds {found} instead of {parts} and refuses the report"
    if len(context.report.questions) == parts and all(question.label for question in context.report.questions):
        return ""
    return "; the course's script numbers the answers by their order, so some are judged as another question's"
