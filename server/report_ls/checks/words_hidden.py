"""An answer is long enough only because of words in a comment.

The course's script counts all words between `<!--` and `-->`, and no page shows any of them.

## Why is this bad?

Nothing else says that the answer is too short for those who read it.

## Example

````yaml
questions: [{number: 1, words: 5-20}]
````

````report
### Question 1
> How do you start it?
>
> Answer:

We write make book. <!-- It takes a minute. -->
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: readers do not see these words: without them the answer has 4 words, but 5-20 are asked
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.plural import count_or_no
from report_ls.checks._context import Context, Finding
from report_ls.checks._words import are_asked
from report_ls.report.pieces import Literal

SEVERITY = Severity.WARNING, Severity.HINT
PER_QUESTION = True
TRIGGER_CHARACTERS = "<"


def run(context: Context) -> Iterator[Finding]:
    """Yield the first comment of each answer that would be too short without its comments."""
    for question, ask in context.asked:
        answer, limit = question.answer, ask.words
        comments = [literal.span for literal in answer.literals if literal.kind is Literal.COMMENT]
        if limit is None or not limit.allows(answer.n_words) or not comments or answer.unclosed:
            continue
        seen = answer.student_text
        for start, end in (comment.shift(-answer.span.start) for comment in comments):
            seen = seen[:start] + " " * (end - start) + seen[end:]
        n_seen = len(seen.split())
        if n_seen < limit.low:
            message = f"readers do not see these words: without them the answer has {count_or_no(n_seen, 'word')}, but {are_asked(limit)}"
            yield Finding(comments[0], message, question)
