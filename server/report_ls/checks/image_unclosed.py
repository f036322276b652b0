"""A bracket of an image is missing or wrong.

An image is `![description](figures/name.png)`, with no space between the two pairs of brackets.

## Why is this bad?

Neither a reader nor the course's script takes it for an image: the page shows its signs instead.

## Example

````yaml
questions: [{number: 1, images: 1}]
````

````report
### Question 1
> Show your result. Insert one image.
>
> Answer:

![The hives at night](figures/hives.png
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the ) at the end of this image is missing: write it
````

````fixed
### Question 1
> Show your result. Insert one image.
>
> Answer:

![The hives at night](figures/hives.png)
````
"""

import re
from collections.abc import Iterator

from report_ls.base.diagnostic import Fix, Severity
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import matches_at, regex
from report_ls.base.spans import Edit, Span, Spans
from report_ls.checks._context import Context, Finding
from report_ls.checks._pictures import describe, meant_file
from report_ls.course.script import pair_images
from report_ls.files.targets import PICTURES, as_target
from report_ls.report.answer import Answer

SEVERITY = Severity.ERROR, Severity.ERROR
PER_QUESTION = True
TRIGGER_CHARACTERS = "!！"
SUPPRESSES = ("too-few-images",)
_EXTENSION = rf"\.(?:{'|'.join(PICTURES)})"
_BRACKETS = r"\[\](){}<>［］（）【】｛｝"
_SIGN = regex("[!！]")
_SLIP = regex(
    rf"""
    (?<!\\)[!！] [\[［【] [\[［] (?P<name>[^{_BRACKETS}\n|]+{_EXTENSION}) (?:\|[^{_BRACKETS}\n]*)? [\]］] [\]］】]
    | (?<!\\)[!！] (?P<round>[(（])? (?(round)|[\[［【]) (?P<description>[^{_BRACKETS}\n]*) (?(round)[)）]|[\]］】])
      (?: [ \t]* (?(round)[\[［]|[({{（［\[]) | (?(round)(?!)) )
      (?P<target>[^\s{_BRACKETS}]+{_EXTENSION})
      (?P<end> [)\]}}）］] | (?=[ \t]*$) )
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""What is nearly an image: `![[name.png]]`, or another bracket than the right one, or none, at one place or several."""


class _Slip(NamedTuple):
    """What is nearly an image."""

    span: Span
    description: str
    target: str
    is_unclosed: bool
    """Only its last bracket is missing."""


def run(context: Context) -> Iterator[Finding]:
    """Yield each piece of text that is nearly an image."""
    for question in context.report.questions:
        limit = context.ask(question).images
        for slip in _slips(context, question.answer):
            # In a question that has its images already, one more may be one too many.
            has_room = limit is None or limit.allows(len(question.answer.images) + 1)
            if slip.is_unclosed:
                end = Edit(Span(slip.span.end, slip.span.end), ")")
                fix = Fix("close the image", (end,), safe=has_room, preferred=has_room)
                message = "the ) at the end of this image is missing: write it"
            else:
                edit = Edit(slip.span, f"![{slip.description}]({slip.target})")
                fix = Fix("write it as an image", (edit,), preferred=has_room)
                message = f"this image is not written correctly: write ![description]({slip.target})"
            yield Finding(slip.span, message, question, (fix,))


def _slips(context: Context, answer: Answer) -> Iterator[_Slip]:
    found = [_read(context, match, answer.span.start) for match in matches_at(_SIGN, _SLIP, answer.text)]
    if found:
        literals = Spans(tuple(sorted(literal.span for literal in answer.literals)))
        images = Spans(tuple(sorted(image.span for image in answer.images)))
        # A link, and what only the script sees, are said by other checks.
        links = Spans(tuple(link.span for link in answer.links))
        hidden = Spans(pair_images(answer).hidden if context.has_script else ())
        for slip in found:
            if slip and not any(spans.overlap(slip.span) for spans in (literals, images, links, hidden)):
                yield slip


def _read(context: Context, match: re.Match[str], start: int) -> _Slip | None:
    """Return the slip; None for what is written as it should be, and shown in another way or not at all."""
    span = Span(*match.span()).shift(start)
    if match["name"]:
        path = meant_file(context, match["name"].strip())
        return _Slip(span, describe(path), as_target(path), is_unclosed=False)
    right = f"![{match['description']}]({match['target']})"
    if match[0] == right:
        return None
    return _Slip(span, match["description"], match["target"], is_unclosed=match[0] == right[:-1])
