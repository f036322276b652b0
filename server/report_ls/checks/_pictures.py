"""The pictures beside a report: which of them answers show, and which they only name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from report_ls.base.memo import memoized_by_question
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Span, Spans
from report_ls.checks._context import Context
from report_ls.course.script import pair_images
from report_ls.files.targets import PICTURES, Guess, Target, exists, extension, guess, resolve
from report_ls.packs.limits import Limit
from report_ls.report.markdown import read_markdown
from report_ls.report.pieces import Link, Literal, Style
from report_ls.report.report import Question


def shown_files(context: Context) -> Iterator[tuple[Question, Link, str]]:
    """Yield each image of an answer whose file lies beside the report, with that file."""
    for question in context.report.with_images:
        for image in question.answer.images:
            target = resolve(image.url)
            if not target.is_remote and not target.is_outside and exists(context.files, target.path):
                yield question, image, target.path


def unused_pictures(context: Context) -> list[str]:
    """Return the pictures of the folder that no answer shows, sorted, without those of the template."""
    folder = context.pack.picture_folder
    names = context.files.files(folder)
    paths = {f"{folder}/{name}" for name in names if extension(name) in (context.pack.extensions or PICTURES)}
    targets = {resolve(url) for question in context.report.with_images for url in question.answer.image_urls}
    paths -= {target.path for target in targets}
    if not paths:
        return []  # Mostly; what a wrong target means takes longer to find out.
    wrong = (target for target in targets if not target.is_remote and not exists(context.files, target.path))
    paths -= {meant.guess.path for meant in meant_by(context, wrong).values()}
    return sorted(path for path in paths if not is_example(context, path))


def same_name(context: Context, image: Link) -> str | None:
    """Return the picture of the folder that is named as a remote one."""
    if not resolve(image.url).is_remote:
        return None
    name = unquote(re.split("[?#]", image.url, maxsplit=1)[0].rpartition("/")[2])
    path = f"{context.pack.picture_folder}/{name}"
    return path if exists(context.files, path) else None


# Compiled where a report shows a picture of the internet.
_PAGES = (
    r"(?i)github\.com/[^/]+/[^/]+(?:/?$|/(?:blob|tree|issues|pull|commits?|actions(?!.*/badge\.svg$))\b)"
    r"|drive\.google\.com/(?:file|drive|open)\b|docs\.google\.com/"
    r"|(?:www\.)?imgur\.com/(?!.*\.\w+$)|wandb\.ai/|console\.cloud\.google\.com/"
    r"|[^/]+/.*\.(?:html?|php)$"
)
"""Addresses, without their scheme, of web pages that people take for the picture they see there."""
_OF_PICTURES = r"(?i)https?://(?:drive\.google|docs\.google|(?:www\.)?imgur)\.com/"
"""Pages that show one picture, which is what people mean."""


@memoized_by_question
def is_page(url: str) -> bool:
    """Say whether an address leads to a web page that people take for the picture they see there."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return "raw=" not in parts.query and re.match(_PAGES, parts.netloc + parts.path) is not None


def is_stray(context: Context, question: Question, image: Link) -> bool:
    """Say whether an image is a link to a page with a `!` too much: no picture is asked, and none is named."""
    if image.style is not Style.INLINE or context.ask(question).images is not None:
        return False
    if not is_page(image.url) or re.match(_OF_PICTURES, image.url):
        return False
    return extension(image.url.rstrip("/").rpartition("/")[2]) not in PICTURES


def is_example(context: Context, path: str) -> bool:
    """Say whether a file is one of the template's example pictures, whatever its name."""
    examples = context.pack.examples
    n_bytes = context.files.n_bytes(path) if examples else None
    if n_bytes is None or all(n_bytes != example.n_bytes for example in examples):
        return False
    digest = context.files.digest(path)
    return any(digest == example.sha256 for example in examples)


def describe(path: str) -> str:
    """Return what the name of a picture says it shows."""
    return path.rpartition("/")[2].rpartition(".")[0].replace("_", " ").replace("-", " ")


def lacking_images(context: Context) -> Iterator[tuple[Question, Limit]]:
    """Yield each question whose answer shows fewer images than asked, with what is asked."""
    for question, ask in context.asked:
        if ask.images and question.answer.n_images < ask.images.low:
            yield question, ask.images


def guess_picture(context: Context, target: Target) -> Guess | None:
    """Return the file that a wrong target means; a merely possible one is never the template's."""
    meant = guess(context.files, target, context.pack.picture_folder)
    return meant if meant and (meant.is_likely or not is_example(context, meant.path)) else None


class Meant(NamedTuple):
    """What a wrong target means in this report."""

    guess: Guess
    is_only: bool
    """No other picture of the report is this file, or would become it."""


def meant_by(context: Context, wrong: Iterable[Target]) -> Mapping[Target, Meant]:
    """Return the files that wrong targets mean; a file is only possible where no other picture is it or may be it."""
    guesses = {target: guess_picture(context, target) for target in wrong}
    uses = Counter(meant.path for meant in guesses.values() if meant)
    if uses:
        uses.update({path for _, _, path in shown_files(context)})
    return {
        target: Meant(meant, is_only=uses[meant.path] == 1)
        for target, meant in guesses.items()
        if meant and (meant.is_likely or uses[meant.path] == 1)
    }


def meant_file(context: Context, url: str) -> str:
    """Return the file that an image shows, or would if its target were right."""
    target = resolve(url)
    if target.is_remote or exists(context.files, target.path):
        return target.path
    meant = guess_picture(context, target)
    return meant.path if meant else target.path


MAX_NAME_CHARACTERS = 40


def name_of_picture(target: str) -> str:
    """Return what a message calls a picture: its path; of an address the last part alone, as others may name people."""
    path = target.partition("?")[0].partition("#")[0].rstrip("/")
    name = path.rpartition("/")[2] if "//" in target else target
    if len(name) > MAX_NAME_CHARACTERS:
        name = f"{name[: MAX_NAME_CHARACTERS // 2]}...{name[-MAX_NAME_CHARACTERS // 2 :]}"
    return f".../{name}" if "//" in target else name or "this image"


class HiddenPicture(NamedTuple):
    """An image that the course's script counts and no reader sees."""

    span: Span
    path: str
    """The file it names, or the one it can only mean; as written if there is no such file."""
    is_there: bool
    """The file that it names exists, or it is remote."""


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
            meant = guess_picture(context, target)
            # Another picture of that name may be where report-ls does not look.
            is_alone = meant is not None and meant.is_likely and not (target.is_private or target.is_outside)
            yield HiddenPicture(span, meant.path if meant and is_alone else target.path, is_there=False)


class Mention(NamedTuple):
    """A picture beside the report that an answer names in words."""

    span: Span
    """The path with what is round it, such as backticks."""
    description: str
    path: str


_ENDINGS = tuple([f".{name}" for name in PICTURES])
# Compiled where an answer lacks a picture.
_MENTION = (
    rf"(?i)(?:\[([^\[\]\n]*)\]\{{|(`))?(?<![\w/.:\\~-])([\w./~-]+\.(?:{'|'.join(PICTURES)}))(?![\w/])(?(1)\}})(?(2)`)"
)


def mentions(context: Context, question: Question) -> Iterator[Mention]:
    """Yield the pictures beside the report that an answer names in words, without a link and without showing them."""
    answer = question.answer
    lowered = answer.text.lower()
    if not any(ending in lowered for ending in _ENDINGS):
        return  # Most; to look for a whole name takes many times as long.
    found = list(re.finditer(_MENTION, answer.text))
    taken = Spans(tuple(sorted(link.span for link in (*answer.images, *answer.links))))
    literals = Spans(tuple(sorted(literal.span for literal in answer.literals)))
    quoted = {literal.span for literal in answer.literals if literal.kind is Literal.BACKTICKS}
    for match in found:
        span, target = Span(*match.span()).shift(answer.span.start), resolve(match[3])
        is_text = not taken.overlap(span) and (span in quoted or not literals.overlap(span))
        # A name without its folder may be that of a file which a program writes.
        if is_text and "/" in target.path and exists(context.files, target.path):
            yield Mention(span, match[1] or describe(target.path), target.path)


def picture_path(link: Link) -> str | None:
    """Return the picture that an inline link leads to; None for a link to something else."""
    target = resolve(link.url)
    is_picture = link.style is Style.INLINE and not target.is_remote and extension(target.path) in PICTURES
    return target.path if is_picture else None
