"""An answer has fewer words than asked.

Words are counted as the course's script counts them: every piece between white space is one, also
a dash, a bullet or the syntax of an image. Only what the template left there, its marker and the dashes
round an answer, is no word of yours.

## Why is this bad?

The course's script reports the answer, and the teacher reads that first.

## Example

````report
### Question 1
> What does your project do?
>
> Answer length: 5-20 words.
>
> Answer:
  ^^^^^^^ warning: 3 words, but 5-20 are asked: 2 words are missing

It sorts photos.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Severity
from report_ls.base.plural import count, count_or_no
from report_ls.checks._context import Context, Finding
from report_ls.checks._words import are_asked
from report_ls.report.answer import Answer

SEVERITY = Severity.WARNING, Severity.HINT
ENFORCED = True
PER_QUESTION = True


def run(context: Context) -> Iterator[Finding]:
    """Yield each answer that is too short."""
    for question in context.report.questions:
        limit, n_words = context.ask(question).words, question.answer.n_words
        if limit and n_words < limit.low:
            missing = limit.low - n_words
            message = (
                f"{count_or_no(n_words, 'word')}{_whose(context, question.answer)}, but {are_asked(limit)}: "
                f"{count(missing, 'word')} {'is' if missing == 1 else 'are'} missing"
            )
            yield Finding(question.anchor, message, question)


def _whose(context: Context, answer: Answer) -> str:
    """Return a remark where all words are those of images: who sees only pictures wonders which words are meant."""
    images = [context.report.source.plain[image.span.start : image.span.end] for image in answer.images]
    if not images or answer.n_words > sum(len(image.split()) for image in images):
        return ""
    return " (the image itself)" if len(images) == 1 else " (the images themselves)"
