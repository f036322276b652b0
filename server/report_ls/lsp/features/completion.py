"""Completion: picture files in an image's target, and whole images in answers that ask for images."""

import re
from collections.abc import Iterator

from lsprotocol import types

from report_ls.analysis.analyze import Analysis
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.files.disk import describe_picture
from report_ls.files.targets import PICTURES, as_target, extension, resolve
from report_ls.lsp.features._images import images
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection
from report_ls.report.pieces import Literal

_IN_SOURCE = regex(r"<img\b[^<>]*\bsrc\s*=\s*(?:\"([^\"]*)|'([^']*))$")
_TITLE = regex(r"[ \t][\"'(]")
_END = r"(?=[ \t]*(?:(?:\"[^\"]*\"|'[^']*')[ \t]*)?\))"
_REST = regex(rf"(?:[^()<>\s]|\([^()<>\s]*\))*{_END}|[^()<>\[\]]*?\.(?:{'|'.join(PICTURES)}){_END}", re.IGNORECASE)
"""The rest of a target up to its title or bracket; with spaces only if it ends with a picture's extension."""
_RESTS = {"<": regex(r"[^<>]*(?=>)"), '"': regex(r"[^<>\"]*(?=\")"), "'": regex(r"[^<>']*(?=')")}
"""The same for targets with an opening character, by that character."""
_AT_IMAGE = regex(r"(?:^|\s)(!\[?)$")


def register(server: Connection, session: Session) -> None:
    """Answer where the user writes the target of an image, or the start of an image."""
    options = types.CompletionOptions(trigger_characters=["(", "/", "!"])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    def answer(params: types.CompletionParams) -> types.CompletionList:
        report = session.report_at(params.text_document.uri)
        if report is None:
            return types.CompletionList(is_incomplete=False, items=[])
        document, analysis = report
        source = document.source
        offset = session.convert.offset(source, params.position)
        line = source.line_span(source.line_at(offset))
        before, behind = source.text[line.start : offset], source.text[offset : line.end]
        items: Iterator[types.CompletionItem] = iter(())
        written = _written(before)
        start = _AT_IMAGE.search(before)
        if _is_literal(analysis, offset):
            pass
        elif written is not None:
            opening = before[: len(before) - len(written)][-1:]
            rest = _RESTS.get(opening, _REST).match(behind)
            span = Span(offset - len(written), offset + (len(rest[0]) if rest else 0))
            items = _targets(session, document, analysis, span, written)
        elif start and _asks_images(analysis, offset):
            # Many editors insert the closing bracket with the opening one.
            n_closed = start[1] == "![" and behind.startswith("]")
            items = _whole_images(session, document, analysis, Span(offset - len(start[1]), offset + n_closed))
        offered = list(items)
        return types.CompletionList(is_incomplete=document.files.is_late, items=offered)


def _is_literal(analysis: Analysis, offset: int) -> bool:
    """Return whether an offset is in code or in a comment, where an image is not shown."""
    end = len(analysis.source.text)
    spans = (literal.span for literal in analysis.report.literals if literal.kind is not Literal.HTML)
    return any(span.start < offset < span.end or offset == span.end == end for span in spans)


def _written(before: str) -> str | None:
    """Return the part of an image's target at the end of `before`, a line up to the cursor; None if not in a target."""
    # Searched from the end: on a line of many brackets, a regular expression would start again at each.
    label = before.rfind("](")
    image = before.rfind("![", 0, max(label, 0))
    if image >= 0 and "]" not in before[image:label]:
        target = before[label + len("](") :].lstrip(" \t")
        is_raw = not target.startswith("<")
        target = target.removeprefix("<")
        if not any(sign in target for sign in "()<>") and not (is_raw and _TITLE.search(target)):
            return target
    source = _IN_SOURCE.match(before, max(before.rfind("<"), 0))
    return source[source.lastindex or 0] if source else None


def _asks_images(analysis: Analysis, offset: int) -> bool:
    for result in analysis.questions:
        span = result.question.answer.span
        if span.start <= offset <= span.end:
            return result.ask.images is not None
    return False


def _pictures(session: Session, document: Document, analysis: Analysis, folder: str) -> list[tuple[str, str | None]]:
    """Return the pictures of a folder with their details, first those that no answer shows."""
    root = document.files.root
    shown = {resolve(image.url).path for image in images(analysis.report)}
    # A name that is not printable cannot be a target.
    names = [name for name in document.files.files(folder) if extension(name) in PICTURES and name.isprintable()]
    paths = sorted((f"{folder}/{name}".lstrip("/") for name in names), key=lambda path: (path in shown, path))
    sizes: dict[str, str | None] = {}
    if root and paths:
        sizes = session.worker.ask(lambda: {path: describe_picture(root, path) for path in paths}, sizes)
    return [(path, _detail(sizes.get(path), is_shown=path in shown)) for path in paths]


def _targets(
    session: Session, document: Document, analysis: Analysis, span: Span, written: str
) -> Iterator[types.CompletionItem]:
    folder = _folder(document, written) or analysis.pack.picture_folder
    kinds = types.CompletionItemKind
    offers = [(path, kinds.File, detail) for path, detail in _pictures(session, document, analysis, folder)]
    offers += ((path, kinds.Folder, None) for path in _folders(document, folder))
    for index, (path, kind, detail) in enumerate(offers):
        yield types.CompletionItem(
            path,
            kind=kind,
            detail=detail,
            sort_text=f"{index:04}",
            filter_text=_as_written(path, written),
            text_edit=types.TextEdit(session.convert.range(document.source, span), as_target(path)),
        )


def _folder(document: Document, written: str) -> str | None:
    """Return the folder that a target begins with, if it is below the report's folder."""
    path = resolve(written[: written.rfind("/") + 1]).path
    parent, _, name = path.rpartition("/")
    return path if name and name in document.files.folders(parent) else None


def _folders(document: Document, folder: str) -> list[str]:
    """Return the folders in a folder that are not empty; a link out of the report's folder counts as empty."""
    paths = [f"{folder}/{name}".lstrip("/") for name in sorted(document.files.folders(folder)) if name.isprintable()]
    return [f"{path}/" for path in paths if document.files.files(path) or document.files.folders(path)]


def _as_written(path: str, written: str) -> str:
    """Return a path that begins with the text that is written, as far as it can: clients filter by that text."""
    start = written[: written.rfind("/") + 1]
    place = resolve(start).path
    folder = f"{place}/" if place else ""
    if not path.startswith(folder):
        start = folder = ""
    rest = path[len(folder) :]
    return start + (as_target(rest) if "%" in written else rest)


def _whole_images(
    session: Session, document: Document, analysis: Analysis, span: Span
) -> Iterator[types.CompletionItem]:
    takes_snippets = session.client.takes("text_document.completion.completion_item.snippet_support")
    for index, (path, detail) in enumerate(_pictures(session, document, analysis, analysis.pack.picture_folder)):
        target = as_target(path)
        description = path.rpartition("/")[2].rpartition(".")[0].replace("_", " ").replace("-", " ")
        written = re.sub(r"[\\\[\]`*<&]", r"\\\g<0>", description)
        text = f"![{written}]({target})"
        if takes_snippets:
            text = f"![${{1:{_in_snippet(written)}}}]({_in_snippet(target)})"
        yield types.CompletionItem(
            f"![{description}]({path})",
            kind=types.CompletionItemKind.Snippet,
            detail=detail,
            sort_text=f"{index:04}",
            filter_text=f"![{description}]({target})",
            insert_text_format=types.InsertTextFormat.Snippet if takes_snippets else types.InsertTextFormat.PlainText,
            text_edit=types.TextEdit(session.convert.range(document.source, span), text),
        )


def _in_snippet(text: str) -> str:
    return re.sub(r"([\\$}])", r"\\\1", text)


def _detail(size: str | None, *, is_shown: bool) -> str | None:
    parts = [size, "shown already" if is_shown else None]
    return ", ".join(part for part in parts if part) or None
