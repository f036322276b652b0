"""The course's script counts an image that no reader sees.

It stands in backticks, a code fence, indented code, a comment or an HTML block, or is escaped or
written slightly wrong: Markdown shows its text, not the picture.

## Why is this bad?

The report passes the script, and the hand-in has no picture.

## Example

Files: `figures/result.png`

````yaml
questions: [{number: 1}]
script: {parts: 1}
````

````report
### Question 1
> Show your result.
>
> Answer:

Here is `![the result](figures/result.png)` in all its beauty.
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: nobody sees this image, it stands in backticks: take it out
````

````fixed
### Question 1
> Show your result.
>
> Answer:

Here is ![the result](figures/result.png) in all its beauty.
````
"""

from collections.abc import Iterator

from report_ls.check import Context, Found
from report_ls.checks._editing import delete, keeps_verdict
from report_ls.checks._pictures import HiddenPicture, hidden_pictures, picture_path
from report_ls.diagnostic import Fix, Severity
from report_ls.files import as_target, resolve
from report_ls.markdown import Link, Literal, LiteralSpan, read_markdown
from report_ls.report import Question
from report_ls.script import find_images
from report_ls.text import Edit, Span

SEVERITY = Severity.ERROR, Severity.WARNING
SILENCES = ("too-few-images",)
_SIGNS = {
    Literal.BACKTICKS: "` \t",
    Literal.FENCE: "`~ \t\n",
    Literal.INDENTED: " \t\n",
    Literal.COMMENT: "<!-> \t\n",
    Literal.HTML: "",
}
"""What a literal may hold beside images to be nothing but their wrapping."""


def run(context: Context) -> Iterator[Found]:
    """Yield each image that only the script sees; an error where it is one of those that are asked."""
    for question in context.report.questions:
        pictures = tuple(hidden_pictures(context, question))
        if not pictures:
            continue
        answer, limit = question.answer, context.ask(question).images
        shown = {resolve(image.url).path for image in answer.images}
        lacks_images = limit is not None and len(answer.images) < limit.low
        is_full = limit is not None and limit.high is not None and len(answer.images) >= limit.high
        # Behind a backslash the image itself is a link.
        links = [link for link in answer.links if not any(picture.span.overlaps(link.span) for picture in pictures)]
        for picture in pictures:
            literal = _innermost(question, picture.span)
            reason, remedy = _reason(context, picture, literal), "take it out"
            fixes: tuple[Fix, ...] = ()
            link = next((link for link in links if picture_path(link) == picture.path), None)
            if link and picture.path not in shown and not is_full:
                remedy = "delete it and write ! before the link to it"
                fixes = _show_the_link(context, question, picture, literal, link)
            elif picture.path in shown or is_full:
                remedy = "delete it"
                fixes = _delete(context, question, picture, literal)
            elif literal is None and not _is_escaped(context, picture):
                remedy = "write ![description](figures/name.png)"
            else:
                fixes = _take_out(context, question, picture, literal, len(pictures))
            severity = None if lacks_images else Severity.WARNING
            yield Found(picture.span, f"nobody sees this image, {reason}: {remedy}", question, fixes, severity=severity)


def _innermost(question: Question, span: Span) -> LiteralSpan | None:
    literals = question.answer.literals
    holding = [literal for literal in literals if literal.span.start <= span.start and span.end <= literal.span.end]
    return min(holding, key=lambda literal: literal.span.end - literal.span.start, default=None)


def _is_escaped(context: Context, picture: HiddenPicture) -> bool:
    return context.report.source.plain[picture.span.start - 1] == "\\"


def _reason(context: Context, picture: HiddenPicture, literal: LiteralSpan | None) -> str:
    if literal:
        return f"it stands in {literal.kind.value}"
    return "a backslash stands before it" if _is_escaped(context, picture) else "it is not written as one"


def _wrapping(context: Context, picture: HiddenPicture, literal: LiteralSpan | None) -> Span | None:
    """Return the image with what hides it, if that hides nothing but images."""
    if literal is None:
        return Span(picture.span.start - 1, picture.span.end) if _is_escaped(context, picture) else None
    inside = context.report.source.plain[literal.span.start : literal.span.end].rstrip()
    rest = inside
    for image in find_images(inside):
        rest = rest.replace(inside[image.start : image.end], "", 1)
    if literal.kind is Literal.FENCE and rest.lstrip()[0] in "`~":
        rest = rest.partition("\n")[2]  # Behind the opening fence stands the language.
    is_more = literal.kind is Literal.HTML or rest.strip(_SIGNS[literal.kind])
    return None if is_more else Span(literal.span.start, literal.span.start + len(inside))


def _take_out(
    context: Context, question: Question, picture: HiddenPicture, literal: LiteralSpan | None, n_hidden: int
) -> tuple[Fix, ...]:
    """Return the fix: safe if the answer then keeps its verdicts and shows pictures that exist."""
    wrapping = _wrapping(context, picture, literal)
    if wrapping is None:
        return ()
    source, answer = context.report.source, question.answer
    before = source.plain[wrapping.start : wrapping.end]
    images = [before[found.start : found.end] for found in find_images(before)]
    if len(images) == 1 and picture.is_there:
        images = [_with_target(images[0], picture.path)]
    after = (source.newline * 2).join(images)
    if literal and literal.kind is Literal.FENCE:
        after = _apart(context, wrapping, after)
    limit = context.ask(question).images
    n_words = answer.n_words - len(before.split()) + len(after.split())
    is_within = limit is None or limit.high is None or len(answer.images) + n_hidden <= limit.high
    all_there = all(other.is_there for other in hidden_pictures(context, question) if other.span.overlaps(wrapping))
    is_comment = literal is not None and literal.kind is Literal.COMMENT
    is_safe = not is_comment and is_within and all_there and keeps_verdict(context, question, n_words)
    is_safe = is_safe and _is_shown(context, question, Edit(wrapping, after), len(images))
    return (Fix("show the image", (Edit(wrapping, after),), safe=is_safe, preferred=is_safe),)


def _is_shown(context: Context, question: Question, edit: Edit, n_images: int) -> bool:
    """Say whether an edit makes so many images visible: what stood beside the wrapping may hide them anew."""
    start, end, text = question.heading.end, question.answer.span.end, context.report.source.plain
    before = text[start:end]
    after = text[start : edit.span.start] + edit.text.replace("\r\n", "\n") + text[edit.span.end : end]
    return len(read_markdown(after).images) == len(read_markdown(before).images) + n_images


def _with_target(image: str, path: str) -> str:
    """Return an image with the target that it can only mean."""
    written = read_markdown(image).images[0]
    if resolve(written.url).path == path:
        return image
    return image[: written.target.start] + as_target(path) + image[written.target.end :]


def _apart(context: Context, wrapping: Span, after: str) -> str:
    """Put blank lines round what was a block of its own and would melt into the text beside it."""
    text, newline = context.report.source.plain, context.report.source.newline
    above = text[: wrapping.start].rstrip(" \t")
    below = text[wrapping.end :].lstrip(" \t")
    before = newline if above.endswith("\n") and above[:-1].rpartition("\n")[2].strip() else ""
    behind = newline if below[1:].partition("\n")[0].strip() else ""
    return f"{before}{after}{behind}"


def _delete(
    context: Context, question: Question, picture: HiddenPicture, literal: LiteralSpan | None
) -> tuple[Fix, ...]:
    wrapping = _wrapping(context, picture, literal)
    if wrapping is None:
        return ()
    return (Fix("delete it", (delete(context.report.source, wrapping, question.answer.span),)),)


def _show_the_link(
    context: Context, question: Question, picture: HiddenPicture, literal: LiteralSpan | None, link: Link
) -> tuple[Fix, ...]:
    wrapping = _wrapping(context, picture, literal)
    if wrapping is None or wrapping.overlaps(link.span):
        return ()
    edits = (
        delete(context.report.source, wrapping, question.answer.span),
        Edit(Span(link.span.start, link.span.start), "!"),
    )
    return (Fix("show the picture instead of the link", edits, preferred=True),)
