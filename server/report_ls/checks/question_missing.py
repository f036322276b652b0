"""A question of the form has no heading in the report.

Its heading was deleted or altered, or has fewer than three number signs.

## Why is this bad?

The course's script counts answers by the text between labels and headings: with one heading
gone it refuses the whole report, or takes every later answer for another question's.

Where the headings of most questions have the same one or two signs, your course may have handed the
form out so. That is said once.

In a form with headings of its own, a heading that is nearly the one that is missing is pointed out.

Where the number of questions is all that differs, it may also have handed out a form that is not known
here yet. Then leave yours as it is.

## Example

````yaml
questions: [{number: 1}, {number: 2}, {number: 3}]
````

````report
### Question 1
> Who are you?
>
> Answer:

We.

### Question 3
^^^^^^^^^^^^^^ error: question 2 is missing before this one: copy it from the template
> Why?
>
> Answer:

Because.
````
"""

from collections.abc import Iterator
from itertools import groupby, pairwise

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._form import UNLESS_HANDED_OUT, with_own_label, with_own_level
from report_ls.checks._numbers import numbers, unless_handed_out
from report_ls.checks._words import consequence
from report_ls.report.report import Question

SEVERITY = Severity.ERROR, Severity.ERROR
ENFORCED = True


def run(context: Context) -> Iterator[Finding]:
    """Yield each run of missing questions, and each heading that the script does not see.

    What the script makes of the report is said once, at the first place.
    """
    first = True
    for found in (*_absent(context), *_unseen(context)):
        yield found._replace(message=found.message + consequence(context)) if first else found
        first = False


def _absent(context: Context) -> Iterator[Finding]:
    """Yield each run of missing questions, at the question before which they belong."""
    missing, opening = numbers(context).missing, context.pack.form.opening
    if opening and missing:
        from report_ls.checks._near_titles import nearly_titles  # noqa: PLC0415 - only a slip needs it

        near = nearly_titles(context, opening, [number for number, _ in missing])
        missing = tuple(one for one in missing if one[0] not in near)
        for number, heading in near.items():
            message = f"this is almost the title of {_named(context, number)}, and no other heading has that title: {_WRITE_IT}"
            yield Finding(Span(heading.start, heading.end), message)
    sides = groupby(missing, key=lambda missing: (missing[1], missing[0] < missing[1].number))
    for (place, is_before), group in sides:
        absent = [number for number, _ in group]
        place_word = "before" if is_before else "after"
        if opening:
            message = _without_heading(context, absent)
        elif len(absent) == 1:
            message = f"question {absent[0]} is missing {place_word} this one: copy it from the template"
        else:
            message = f"questions {_ranges(absent)} are missing {place_word} this one: copy them from the template"
        yield Finding(place.heading, message + unless_handed_out(context))


def _without_heading(context: Context, absent: list[int]) -> str:
    """Return which questions no heading opens any more."""
    names = ", ".join(_named(context, number).removeprefix("question ") for number in absent)
    s, its = ("", "its") if len(absent) == 1 else ("s", "each")
    return f"no heading is the title of question{s} {names}: write {its} title as in the form, and the answer below it"


_WRITE_IT = "write it as in the form"


def _named(context: Context, number: int) -> str:
    topic = context.pack.ask_of_number(number).topic
    return f"question {number} ({topic})" if topic else f"question {number}"


def _ranges(absent: list[int]) -> str:
    if absent == list(range(absent[0], absent[-1] + 1)) and len(absent) > 2:  # noqa: PLR2004 - two are named one by one
        return f"{absent[0]} to {absent[-1]}"
    return f"{', '.join(map(str, absent[:-1]))} and {absent[-1]}"


def _unseen(context: Context) -> Iterator[Finding]:
    """Yield each heading that the script does not see: it looks for three number signs."""
    if context.script is None:
        return
    text = context.report.source.text
    unseen = [
        (before, question)
        for before, question in pairwise(context.report.questions)
        if question.level < len("###") and "###" not in text[before.answer.span.start : question.heading.start]
    ]
    alike = with_own_level(context) if unseen else ()
    # Where the script finds no label, it looks for no heading.
    said = frozenset(alike)
    if any(question in said for _, question in unseen) and not with_own_label(context):
        yield _own_level(alike)
    for before, question in unseen:
        if question not in said:
            fix = Fix("give the heading three number signs", (_three_signs(question),), preferred=True)
            signs = "#" * question.level
            message = (
                f"the course's script reads this question as part of answer {before.number}: "
                f"write ### instead of {signs}"
            )
            yield Finding(question.heading, message, question, (fix,))


def _own_level(alike: tuple[Question, ...]) -> Finding:
    """Return what is said once of a form whose headings are others: only its course can say what is right."""
    fix = Fix(f"give all {len(alike)} headings three number signs", tuple(map(_three_signs, alike)))
    message = (
        f"the course's script does not see headings with {'#' * alike[0].level}, which {len(alike)} questions have: "
        f"write ### in each, {UNLESS_HANDED_OUT}"
    )
    return Finding(alike[0].heading, message, alike[0], (fix,))


def _three_signs(question: Question) -> Edit:
    return Edit(Span(question.heading.start, question.heading.start + question.level), "###")
