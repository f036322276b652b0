"""A question has no answer yet.

It has only the template's marker; or nothing at all, where words, images or numbers of yours are asked, or
where the form has no `### Question n` but headings of its own: below each of these an answer is asked.

## Why is this bad?

The course's script counts the words of the marker as if they were yours, and in a question that
asks for no length it lets the marker pass: it does not tell you that the answer is missing.

## Example

````report
### Question 1
> What does your project do?
>
> Answer length: 5-20 words.
>
> Answer:

--- question 1 fill here ---
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: not answered yet (asked: 5-20 words)
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.checks._context import Context, Finding
from report_ls.checks._words import asked

SEVERITY = Severity.ERROR, Severity.HINT
ENFORCED = True
PER_QUESTION = True
SUPPRESSES = (
    "answer-too-short",
    "answer-too-long",
    "too-few-images",
    "too-many-images",
    "image-as-link",
    "image-not-found",
    "image-outside-folder",
    "image-hidden",
    "image-uncounted",
)


def run(context: Context) -> Iterator[Finding]:
    """Yield each question without an answer."""
    for question in context.report.questions:
        answer, ask = question.answer, context.ask(question)
        if not answer.is_empty:
            continue
        needs_words = ask.words is not None and ask.words.low > 0
        needs_images = ask.images is not None and ask.images.low > 0
        is_topic = bool(question.title) and not (ask.words or ask.images)
        # Of some markers only the dashes are left; a form with titles may have a rule there.
        left = answer.leftovers or (() if question.title else answer.dashes)
        if left or needs_words or needs_images or is_topic or ask.group_number or ask.study_number:
            limits = asked(ask)
            if ask.words and not needs_words and not needs_images:
                limits += "; to leave it empty, delete the marker"
            message = f"not answered yet (asked: {limits})" if limits else "not answered yet"
            if question.title and not context.pack.asks and question.prompt_text.rstrip().endswith("]"):
                message += "; the text in brackets is the question: write your answer without brackets"
            yield Finding(left[0] if left else question.anchor, message, question)
