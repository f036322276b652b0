"""An image is written so that its text is shown, not the picture.

It is in backticks, a code fence, indented code, a comment or an HTML block, or is escaped or
written slightly wrong, and the course's script counts it all the same. Or only some pages show it:
the course's page reads no Markdown inside of `<p>`, `<div>`, `<details>`, `<table>` and the like,
not even between blank lines, and no other page takes spaces in a path.

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
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: figures/result.png does not show, because it is in backticks: take it out
````

````fixed
### Question 1
> Show your result.
>
> Answer:

Here is ![the result](figures/result.png) in all its beauty.
````
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise

from report_ls.base.diagnostic import Fix, Fixes, Severity
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span, Spans
from report_ls.checks._context import Context, Finding
from report_ls.checks._editing import delete, keeps_verdict
from report_ls.checks._handin import is_made
from report_ls.checks._pictures import HiddenPicture, hidden_pictures, name_of_picture, picture_path
from report_ls.course.raw_html import elements_round, images_in_html, n_shown
from report_ls.course.script import find_images
from report_ls.files.targets import as_target, exists, resolve
from report_ls.report.markdown import read_markdown
from report_ls.report.pieces import Link, Literal, LiteralSpan, Style, innermost
from report_ls.report.report import Question

SEVERITY = Severity.ERROR, Severity.WARNING
LESS = "warning where the answer lacks no picture, information where the course's page alone shows it"
PER_QUESTION = True
TRIGGER_CHARACTERS = "[<"
SUPPRESSES = "too-few-images", "code-not-rendered"
_SIGNS = {
    Literal.BACKTICKS: "` \t",
    Literal.FENCE: "`~ \t\n",
    Literal.INDENTED: " \t\n",
    Literal.COMMENT: "<!-> \t\n",
}
"""What a literal may hold beside images to be nothing but their wrapping."""
_WRAPPED = regex(r"<(p|div|center)\b[^<>]*>\s*(?:!\[[^\[\]<>\n]*\]\([^()<>\n]*\)\s*)+</\1>", re.IGNORECASE)
"""HTML that holds nothing but images."""
_MAX_TRIED = 5
"""Trying whether an image then shows reads the answer again: with more hidden ones no fix is called safe."""


class _Wrapping(NamedTuple):
    """What hides one picture, or several together."""

    literal: LiteralSpan | None
    pictures: tuple[HiddenPicture, ...]
    span: Span | None
    """The pictures with what hides them; None where that holds more than images."""


def run(context: Context) -> Iterator[Finding]:
    """Yield each image that only the script sees; an error where it is one of those that are asked."""
    source = context.report.source
    for question in context.report.questions:
        yield from _unshown(context, question)
        pictures = tuple(hidden_pictures(context, question))
        if not pictures:
            continue
        answer, limit = question.answer, context.ask(question).images
        shown = {resolve(image.url).path for image in answer.images}
        lacks_images = limit is not None and len(answer.images) < limit.low
        is_full = limit is not None and limit.high is not None and len(answer.images) >= limit.high
        links = _links(question, pictures)
        unread = elements_round(answer, (picture.span.start for picture in pictures)) if is_made(context) else None
        for wrapping in _wrappings(context, question, pictures):
            deleted = _delete(context, question, wrapping)
            taken_out = () if is_full else _take_out(context, question, wrapping, pictures)
            is_escaped = wrapping.literal is None and wrapping.span is not None
            reason = "a backslash is before it" if is_escaped else "its Markdown is incomplete"
            if wrapping.literal:
                reason = f"it is in {wrapping.literal.kind.value}"
            for picture in wrapping.pictures:
                if unread is not None and _is_in_html(wrapping) and picture.span.start not in unread:
                    begins_line = source.position(picture.span.start).character == 0
                    remedy = "leave a blank line above it" if begins_line else "take it out"
                    message = (
                        f"only the course's page shows {name_of_picture(picture.path)}, because {reason}: {remedy}"
                    )
                    yield Finding(picture.span, message, question, severity=Severity.INFORMATION)
                    continue
                remedy, fixes = "delete the backslash" if is_escaped else "take it out", taken_out
                link = links.get(picture.path)
                if link and picture.path not in shown and not is_full:
                    remedy, fixes = "delete it and write ! before the link to it", _show_the_link(deleted, link)
                elif picture.path in shown or is_full:
                    remedy, fixes = "delete it", deleted
                elif wrapping.literal is None and not is_escaped:
                    remedy, fixes = "write ![description](figures/name.png)", ()
                message = f"{name_of_picture(picture.path)} does not show, because {reason}: {remedy}"
                severity = None if lacks_images else Severity.WARNING
                yield Finding(picture.span, message, question, fixes, severity=severity)


def _is_in_html(wrapping: _Wrapping) -> bool:
    return wrapping.literal is not None and wrapping.literal.kind is Literal.HTML


def _unshown(context: Context, question: Question) -> Iterator[Finding]:
    """Yield each image that CommonMark shows and the course's page does not, or the other way round."""
    answer, limit = question.answer, context.ask(question).images
    is_too_many = limit is not None and limit.high is not None and len(answer.images) > limit.high
    unshown: dict[Link, tuple[str, Sequence[Fix]]] = {}
    if is_made(context):
        for image, name in images_in_html(answer).items():
            if image.style is Style.HTML:
                continue  # It is shown, and image-uncounted says that the script does not count it.
            remedy = "delete it, or take it out" if is_too_many else "take it out"
            message = (
                f"the course's page does not show {name_of_picture(image.url)}, because it is inside <{name}>: {remedy}"
            )
            unshown[image] = message, Fixes(partial(_unwrap, context, question, image))
    else:
        for image in answer.images:
            target = resolve(image.url)
            if image.style is Style.SPACED and (target.is_remote or exists(context.files, target.path)):
                message = f"{name_of_picture(image.url)} does not show, because its path has a space: write %20 instead"
                unshown[image] = message, _without_spaces(context, question, image)
    severity = Severity.WARNING
    if limit is not None and len(answer.images) - len(unshown) < limit.low:
        severity = Severity.ERROR
    for image, (message, fixes) in unshown.items():
        is_worth_trying = len(unshown) <= _MAX_TRIED
        yield Finding(image.span, message, question, fixes if is_worth_trying else (), severity=severity)


def _unwrap(context: Context, question: Question, image: Link) -> tuple[Fix, ...]:
    """Return the fix that takes images out of the HTML that holds nothing else: then they are no more in the middle."""
    answer, source = question.answer, context.report.source
    wrappings = (Span(*match.span()).shift(answer.span.start) for match in _WRAPPED.finditer(answer.text))
    around = next((span for span in wrappings if span.overlaps(image.span)), None)
    if around is None:
        return ()
    before = source.plain[around.start : around.end]
    images = [before[found.start : found.end] for found in find_images(before)]
    edit = Edit(around, _apart(context, around, (source.newline * 2).join(images)))
    if not images or not _is_shown(context, question, edit, len(images)):
        return ()
    return (Fix("take the image out of the HTML", (edit,), preferred=True),)


def _without_spaces(context: Context, question: Question, image: Link) -> tuple[Fix, ...]:
    """Return the fix that writes a path without spaces."""
    text = context.report.source.plain
    start, end = image.span
    edit = Edit(image.target, text[image.target.start : image.target.end].replace(" ", "%20"))
    after = f"{text[start : edit.span.start]}{edit.text}{text[edit.span.end : end]}"
    shown = read_markdown(after).images
    if [resolve(one.url) for one in shown if one.style is Style.INLINE] != [resolve(image.url)]:
        return ()
    is_safe = keeps_verdict(context, question, len(after.split()) - len(text[start:end].split()))
    return (Fix("write %20 for each space of the path", (edit,), safe=is_safe, preferred=True),)


def _links(question: Question, pictures: tuple[HiddenPicture, ...]) -> dict[str, Link]:
    """Return the first link to each picture; behind a backslash the image itself is a link and does not count."""
    hidden = Spans(tuple(picture.span for picture in pictures))
    links: dict[str, Link] = {}
    for link in question.answer.links:
        path = picture_path(link)
        if path is not None and not hidden.overlap(link.span):
            links.setdefault(path, link)
    return links


def _wrappings(context: Context, question: Question, pictures: tuple[HiddenPicture, ...]) -> Iterator[_Wrapping]:
    text = context.report.source.plain
    literals = innermost(question.answer.literals, (picture.span for picture in pictures))
    for literal, group in groupby(zip(literals, pictures, strict=True), key=lambda pair: pair[0]):
        inside = tuple(picture for _, picture in group)
        if literal:
            yield _Wrapping(literal, inside, _whole(text, literal))
        else:
            for picture in inside:
                start, end = picture.span
                yield _Wrapping(None, (picture,), Span(start - 1, end) if text[start - 1] == "\\" else None)


def _whole(text: str, literal: LiteralSpan) -> Span | None:
    """Return the span of what hides nothing but images, without the white space at its end."""
    start, end = literal.span
    inside = text[start:end].rstrip()
    if literal.kind is Literal.HTML:
        return Span(start, start + len(inside)) if _WRAPPED.fullmatch(inside.lstrip()) else None
    images = [Span(0, 0), *find_images(inside), Span(len(inside), len(inside))]
    rest = "".join(inside[image.end : following.start] for image, following in pairwise(images))
    if literal.kind is Literal.FENCE and rest.lstrip()[0] in "`~":
        rest = rest.partition("\n")[2]  # The language follows the opening fence.
    return None if rest.strip(_SIGNS[literal.kind]) else Span(start, start + len(inside))


def _take_out(
    context: Context, question: Question, wrapping: _Wrapping, pictures: tuple[HiddenPicture, ...]
) -> tuple[Fix, ...]:
    """Return the fix: safe if the answer then keeps its verdicts and shows pictures that exist."""
    if wrapping.span is None:
        return ()
    source, answer, literal = context.report.source, question.answer, wrapping.literal
    before = source.plain[wrapping.span.start : wrapping.span.end]
    images = [before[found.start : found.end] for found in find_images(before)]
    if len(images) == 1 and exists(context.files, wrapping.pictures[0].path):
        images = [_with_target(images[0], wrapping.pictures[0].path)]
    after = (source.newline * 2).join(images)
    if literal and literal.kind in (Literal.FENCE, Literal.HTML):
        after = _apart(context, wrapping.span, after)
    edit = Edit(wrapping.span, after)
    limit = context.ask(question).images
    is_tried = len(pictures) <= _MAX_TRIED
    inside = [picture for picture in pictures if picture.span.overlaps(wrapping.span)] if is_tried else []
    is_right = (
        is_tried
        and not (literal and literal.kind in (Literal.COMMENT, Literal.HTML))
        and (limit is None or limit.high is None or len(answer.images) + len(pictures) <= limit.high)
        and all(picture.is_there or exists(context.files, picture.path) for picture in inside)
        and keeps_verdict(context, question, len(after.split()) - len(before.split()))
        and _is_shown(context, question, edit, len(images))
    )
    # Another picture of that name may be shown elsewhere.
    is_safe = is_right and all(picture.is_there for picture in inside)
    return (Fix("make the image visible", (edit,), safe=is_safe, preferred=is_right),)


def _is_shown(context: Context, question: Question, edit: Edit, n_images: int) -> bool:
    """Say whether an edit makes so many images visible: text beside the wrapping may hide them again, or more."""
    start, end, text = question.heading.end, question.answer.span.end, context.report.source.plain
    before = text[start:end]
    after = text[start : edit.span.start] + edit.text.replace("\r\n", "\n") + text[edit.span.end : end]
    count = n_shown if is_made(context) else _n_images
    opens = read_markdown(after).unclosed is not None and read_markdown(before).unclosed is None
    return count(after) == count(before) + n_images and not opens


def _n_images(text: str) -> int:
    return len(read_markdown(text).images)


def _with_target(image: str, path: str) -> str:
    """Return an image with the target that it can only mean."""
    written = read_markdown(image).images[0]
    if resolve(written.url).path == path:
        return image
    return image[: written.target.start] + as_target(path) + image[written.target.end :]


def _apart(context: Context, wrapping: Span, after: str) -> str:
    """Put blank lines round what was a block of its own and would melt into the text beside it."""
    source = context.report.source
    first, last = source.line_at(wrapping.start), source.line_at(wrapping.end)

    def is_text(start: int, end: int) -> bool:
        return bool(source.text[start:end].strip())

    starts_line = not is_text(source.line_starts[first], wrapping.start)
    ends_line = not is_text(wrapping.end, source.line_span(last).end)
    before = source.newline if starts_line and first > 0 and is_text(*source.line_span(first - 1)) else ""
    has_below = last + 1 < len(source.line_starts)
    behind = source.newline if ends_line and has_below and is_text(*source.line_span(last + 1)) else ""
    return f"{before}{after}{behind}"


def _delete(context: Context, question: Question, wrapping: _Wrapping) -> tuple[Fix, ...]:
    if wrapping.span is None:
        return ()
    return (Fix("delete the hidden image", (delete(context.report.source, wrapping.span, question.answer.span),)),)


def _show_the_link(deleted: tuple[Fix, ...], link: Link) -> tuple[Fix, ...]:
    """Return the fix that deletes an image and makes one of the link to the same picture instead."""
    edits = (*(edit for fix in deleted for edit in fix.edits), Edit(Span(link.span.start, link.span.start), "!"))
    if any(edit.span.overlaps(link.span) for edit in edits) or not deleted:
        return ()
    return (Fix("show the image instead of the link", edits, preferred=True),)
