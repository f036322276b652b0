"""An answer has more words than allowed.

What is marked is where the limit is crossed: the rest of that line, and of a long line only the first words over it.

## Why is this bad?

The course's script reports the answer, and a reader with many reports may stop at the limit.

## Example

````yaml
questions: [{number: 1, words: 1-3}]
````

````report
### Question 1
> What does your project do?
>
> Answer:

It sorts photos by colour.
                ^^^^^^^^^^ warning: 5 words, but 1-3 are asked: cut 2 (too many from here on)
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.plural import count
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._words import are_asked

SEVERITY = Severity.WARNING, Severity.WARNING
ENFORCED = True
PER_QUESTION = True
_FIRST_WORDS = regex(r"\S+(?:[^\S\r\n]+\S+){0,9}")
"""Of a paragraph in one line no more is marked: this shows the place, and an editor underlines all that is marked."""


def run(context: Context) -> Iterator[Finding]:
    """Yield each answer that is too long, where it crosses the limit."""
    for question in context.report.questions:
        limit, answer = context.ask(question).words, question.answer
        if limit and limit.high is not None and answer.n_words > limit.high:
            n_words, n_over = count(answer.n_words, "word"), answer.n_words - limit.high
            message = f"{n_words}, but {are_asked(limit)}: cut {n_over} (too many from here on)"
            start = answer.word_span(limit.high).start
            place = _FIRST_WORDS.match(answer.student_text, start - answer.span.start)
            if place:
                yield Finding(Span(*place.span()).shift(answer.span.start), message, question)
