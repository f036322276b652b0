"""An answer shows fewer images than asked.

## Why is this bad?

The course asks for screenshots as proof of what you built, and its script reports the answer.

## Example

````report
### Question 2
> Show your result. Insert 1-2 images.
>
> Answer:
  ^^^^^^^ error: no images, but 1-2 are asked: insert ![description](figures/...)

The picture below says more than words.
````
"""

from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.plural import count_or_no
from report_ls.base.spans import Edit, Span
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import Mention, describe, is_example, lacking_images, mentions, unused_pictures
from report_ls.checks._words import are_asked
from report_ls.files.targets import as_target
from report_ls.report.report import Question

SEVERITY = Severity.ERROR, Severity.HINT
ENFORCED = True
_MAX_FIXES = 5


def run(context: Context) -> Iterator[Finding]:
    """Yield each answer with too few images."""
    lacking = list(lacking_images(context))
    unused = _first_unused(context) if lacking else []
    for question, limit in lacking:
        number = count_or_no(question.answer.n_images, "image")
        said = f"{number}, but {are_asked(limit)}"
        named = [mention for mention in mentions(context, question) if not is_example(context, mention.path)]
        paths = {mention.path for mention in named}
        fixes = (
            *map(_show, named[:_MAX_FIXES]),
            *(_insert(context, question, path) for path in unused if path not in paths),
        )
        if named:
            message = (
                f"{said}, and this is only the name of a picture: write ![description]({as_target(named[0].path)})"
            )
            yield Finding(named[0].span, message, question, fixes)
        else:
            message = f"{said}: insert ![description]({context.pack.picture_folder}/...)"
            yield Finding(question.anchor, message, question, fixes)


def _first_unused(context: Context) -> list[str]:
    """Return a few of the pictures that no answer shows.

    Those that the prompts point to come last: often they are the template's own.
    """
    prompts = "".join(other.prompt_text for other in context.report.questions)
    return sorted(unused_pictures(context), key=lambda path: (path in prompts, path))[:_MAX_FIXES]


def _show(mention: Mention) -> Fix:
    """Return the fix that shows a picture where it is named."""
    image = f"![{mention.description}]({as_target(mention.path)})"
    return Fix(f"show {mention.path} here", (Edit(mention.span, image),))


def _insert(context: Context, question: Question, path: str) -> Fix:
    """Return the insertion of a picture at the end of an answer."""
    span, newline = question.answer.span, context.report.source.newline
    end = span.start + len(question.answer.text.rstrip())
    image = f"![{describe(path)}]({as_target(path)})"
    return Fix(f"insert {path}", (Edit(Span(end, end), f"{newline}{newline}{image}"),))
