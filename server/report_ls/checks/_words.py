"""How checks say numbers, what is asked, and what the course's script makes of it."""

from report_ls.base.plural import count_or_no
from report_ls.checks._context import Context
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask


def are_asked(limit: Limit) -> str:
    """Return a limit with its verb: `1 is asked`, `2-3 are asked`, `up to 3 are allowed`, `none are asked`."""
    if limit.high == 0:
        return "none are asked"
    is_only_highest = limit.low == 0 and limit.high is not None
    return f"{limit} {'is' if _is_one(limit) else 'are'} {'allowed' if is_only_highest else 'asked'}"


def asked(ask: Ask) -> str:
    """Return what a question asks: `200-300 words and 1-3 images`, `your group number`; empty where it asks nothing."""
    limits = ((ask.words, "word"), (ask.images, "image"))
    people = ((ask.group_number, "your group number"), (ask.study_number, "the study number of each of you"))
    return " and ".join(
        [f"{limit} {noun}{'' if _is_one(limit) else 's'}" for limit, noun in limits if limit and not limit.is_free]
        + [what for patterns, what in people if patterns]
    )


def _is_one(limit: Limit) -> bool:
    return (limit.low if limit.high is None else limit.high) == 1


def consequence(context: Context) -> str:
    """Return what the script does with a report whose answers are not as many as its questions."""
    script, parts = context.script, context.pack.form.expected_answers
    if script is None:
        return ""
    if script.refuses:
        found = count_or_no(len(script.answers), "answer")
        return f"; the course's script refuses the report ({found}, not {parts})"
    if len(context.report.questions) == parts and all(question.label for question in context.report.questions):
        return ""
    return "; the course's script may judge answers by the wrong question"
