"""The course's script counts something else, and no other check says why.

This closes the set: whatever makes the script read an answer otherwise than a reader has a check
of its own, and on no real report was this one ever needed.

## Why is this bad?

Your course sees other numbers than you do. Please tell us: it is a gap in report-ls.

## Example

Since every known cause has its own check, no report shows it:

````yaml
questions: [{number: 1}]
script: {parts: 1}
````

````report
### Question 1
> Who are you?
>
> Answer:

We.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.plural import count_or_no
from report_ls.checks import (
    answer_cut,
    answer_label,
    dashed_answer,
    image_hidden,
    image_uncounted,
    leftover_marker,
    question_duplicate,
    question_missing,
    question_order,
    question_unexpected,
    unanswered,
    unclosed_fence,
)
from report_ls.checks._context import Context, Finding

SEVERITY = Severity.ERROR, Severity.ERROR
ENFORCED = True
_SHIFTS = (question_duplicate, question_missing, question_order, question_unexpected, answer_label)
"""What changes how many answers the script finds, and so all of its counts."""
_IN_ONE_ANSWER = (unanswered, leftover_marker, dashed_answer, answer_cut, image_hidden, image_uncounted, unclosed_fence)
EXPLAINING = frozenset(check.__name__.rpartition(".")[2].replace("_", "-") for check in (*_SHIFTS, *_IN_ONE_ANSWER))
"""The codes that say why the script counts something else than a reader does."""


def run(context: Context) -> Iterator[Finding]:
    """Yield each answer that the script reads otherwise for no known reason."""
    script, questions = context.script, context.report.questions
    if script is None or not questions:
        return
    if script.refuses or len(questions) != len(script.answers):
        known = any(True for check in (*_SHIFTS, answer_cut) for _ in check.run(context))
        if not known:
            found, parts = count_or_no(len(script.answers), "answer"), context.pack.form.expected_answers
            message = (
                f"the course's script finds {found} instead of {parts}, and report-ls does not know why: please tell us"
            )
            yield Finding(questions[0].anchor, message, questions[0])
        return
    differing = [
        (question, counted.n_words, counted.n_images)
        for question, counted in zip(questions, script.answers, strict=True)
        if (counted.n_words, counted.n_images) != (question.answer.n_words, question.answer.n_images)
    ]
    if not differing or any(True for check in _SHIFTS for _ in check.run(context)):
        return
    explained = {found.question.heading for check in _IN_ONE_ANSWER for found in check.run(context) if found.question}
    for question, n_words, n_images in differing:
        if question.heading not in explained:
            message = (
                f"the course's script counts {count_or_no(n_words, 'word')} and {count_or_no(n_images, 'image')} here, not "
                f"{question.answer.n_words} and {len(question.answer.images)}, and report-ls does not know why: please tell us"
            )
            yield Finding(question.anchor, message, question)
