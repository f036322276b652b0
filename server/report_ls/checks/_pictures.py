"""Pictures that an answer names in a way that shows nobody anything."""

from collections.abc import Iterator

from attrs import frozen

from report_ls.check import Context
from report_ls.files import PICTURES, exists, extension, guess, resolve
from report_ls.markdown import Link, Style, read_markdown
from report_ls.report import Question
from report_ls.script import pair_images
from report_ls.text import Span


@frozen
class HiddenPicture:
    """An image that the course's script counts and no reader sees."""

    span: Span
    path: str
    """The file it names, or the one it can only mean; as written where there is none."""
    is_there: bool
    """Such a file exists, or it is remote."""


def hidden_pictures(context: Context, question: Question) -> Iterator[HiddenPicture]:
    """Yield what only the script sees; nothing where the course has no script."""
    if not context.has_script:
        return
    text = context.report.source.plain
    for span in pair_images(question.answer).hidden:
        images = read_markdown(text[span.start : span.end]).images
        target = resolve(images[0].url) if images else None
        if target is None:
            yield HiddenPicture(span, "", is_there=False)
        elif target.is_remote or exists(context.files, target.path):
            yield HiddenPicture(span, target.path, is_there=True)
        else:
            meant = guess(context.files, target.path, context.pack.folder)
            is_certain = meant is not None and meant.is_certain
            yield HiddenPicture(span, meant.path if meant and is_certain else target.path, is_there=is_certain)


def picture_path(link: Link) -> str | None:
    """Return the picture that an inline link leads to; None for a link to something else."""
    target = resolve(link.url)
    is_picture = link.style is Style.INLINE and not target.is_remote and extension(target.path) in PICTURES
    return target.path if is_picture else None
