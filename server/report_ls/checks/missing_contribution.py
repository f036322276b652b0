"""The question about contributions does not name everybody in the group.

By study number, or by the name or user name beside it in the question about the group.
Where no member is named, as in "all of us did the same", nothing is said.

## Why is this bad?

The university has to know that everybody took part. Whoever is not named here may have to explain
it later.

## Example

````yaml
questions: [{number: 2, study-number: ["s######"]}, {number: 9, names: members}]
````

````report
### Question 2
> Who are you?
>
> Answer:

s000001, s000002, s000003
         ^^^^^^^ related: named here, and not in question 9

### Question 9
> Who did what?
>
> Answer:
  ^^^^^^^ information: 1 of the 3 members in question 2 is not named here: say what each of you did

Student s000001 built the hives, and 000003 counted the bees.
````
"""

from collections.abc import Iterator, Sequence

from report_ls.base.diagnostic import Related, Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._people import Member, members_in, named_in, numbers_in
from report_ls.report.report import Question

SEVERITY = Severity.INFORMATION, Severity.HINT


def run(context: Context) -> Iterator[Finding]:
    """Yield the question about contributions where it names some of the group and not all."""
    if not context.pack.asks_for_members:
        return
    asking = next((question for question, ask in context.asked if ask.study_number), None)
    members = members_in(asking.answer.student_text) if asking else ()
    if asking is None or not members:
        return
    for question, ask in context.asked:
        if not ask.names_members:
            continue
        named = named_in(question.answer.student_text)
        left_out = [member for member in members if named.isdisjoint(member.known_as)]
        if 0 < len(left_out) < len(members):
            are = "is" if len(left_out) == 1 else "are"
            message = (
                f"{len(left_out)} of the {len(members)} members in question {asking.number} {are} not named here: "
            )
            message += (
                "say what each of you did, or correct a misspelt study number"
                if _names_others(context, asking, question, members)
                else "say what each of you did"
            )
            said = f"named here, and not in question {question.number}"
            related = tuple(Related(member.span.shift(asking.answer.span.start), said) for member in left_out)
            yield Finding(question.anchor, message, question, related=related)


def _names_others(context: Context, asking: Question, question: Question, members: Sequence[Member]) -> bool:
    """Say whether there are study numbers here that no member has."""
    text = question.answer.student_text
    numbers = (text[span.start : span.end] for span in numbers_in(text, context.ask(asking).study_number))
    known = frozenset[str]().union(*(member.known_as for member in members))
    return any(known.isdisjoint(named_in(number)) for number in numbers)
