"""Completion: pictures in an image's target, and the whole image where images are asked."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from report_ls.analysis import Analysis
from report_ls.files import PICTURES, as_target, extension, resolve
from report_ls.folder import describe_picture
from report_ls.lsp.documents import Document
from report_ls.lsp.links import images
from report_ls.text import Span

if TYPE_CHECKING:
    from report_ls.lsp.server import Server

_IN_SOURCE = re.compile(r"<img\b[^<>]*\bsrc\s*=\s*[\"']([^\"']*)$")
_REST_OF_TARGET = re.compile(r"[^()<>\"'\s]*(?=[)>\"'])")
_AT_IMAGE = re.compile(r"(?:^|\s)(!\[?)$")


def register(server: "Server") -> None:
    """Answer where a picture's name or an image is being written."""
    options = types.CompletionOptions(trigger_characters=["(", "/", "!"])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    def answer(params: types.CompletionParams) -> types.CompletionList:
        document = server.documents.get(params.text_document.uri)
        analysis = server.judge(document) if document else None
        if document is None or analysis is None:
            return types.CompletionList(is_incomplete=False, items=[])
        source = document.source
        offset = server.convert.offset(source, params.position)
        line = source.line_span(source.line_at(offset))
        before, behind = source.text[line.start : offset], source.text[offset : line.end]
        items: Iterator[types.CompletionItem] = iter(())
        written = _written(before)
        start = _AT_IMAGE.search(before)
        if written is not None:
            rest = _REST_OF_TARGET.match(behind)
            span = Span(offset - len(written), offset + (len(rest[0]) if rest else 0))
            items = _targets(server, document, analysis, span, written)
        elif start and _asks_images(analysis, offset):
            # Many editors close a bracket that is opened.
            n_closed = start[1] == "![" and behind.startswith("]")
            items = _whole_images(server, document, analysis, Span(offset - len(start[1]), offset + n_closed))
        return types.CompletionList(is_incomplete=False, items=list(items))


def _written(before: str) -> str | None:
    """Return what of an image's target stands before a place in a line; None if it is not in a target."""
    # From the end: a pattern that looks for a beginning looks at a line of brackets again from each.
    label = before.rfind("](")
    image = before.rfind("![", 0, max(label, 0))
    if image >= 0 and "]" not in before[image:label]:
        target = before[label + len("](") :].removeprefix("<")
        if not any(sign in target for sign in "()<>"):
            return target
    source = _IN_SOURCE.match(before, max(before.rfind("<"), 0))
    return source[1] if source else None


def _asks_images(analysis: Analysis, offset: int) -> bool:
    for result in analysis.questions:
        span = result.question.answer.span
        if span.start <= offset <= span.end:
            return result.ask.images is not None
    return False


def _pictures(server: "Server", document: Document, analysis: Analysis) -> list[tuple[str, str | None]]:
    """Return the pictures of the usual folder with what is known of them, those first that no answer shows."""
    folder, root = analysis.pack.usual_folder, document.files.root
    shown = {resolve(image.url).path for image in images(analysis.report)}
    # A name that is not printable cannot be written down either.
    names = [name for name in document.files.files(folder) if extension(name) in PICTURES and name.isprintable()]
    paths = sorted((f"{folder}/{name}".lstrip("/") for name in names), key=lambda path: (path in shown, path))
    sizes: dict[str, str | None] = {}
    if root and paths:
        sizes = server.worker.ask(lambda: {path: describe_picture(root, path) for path in paths}, sizes)
    return [(path, _detail(sizes.get(path), is_shown=path in shown)) for path in paths]


def _targets(
    server: "Server", document: Document, analysis: Analysis, span: Span, written: str
) -> Iterator[types.CompletionItem]:
    for index, (path, detail) in enumerate(_pictures(server, document, analysis)):
        target = as_target(path)
        yield types.CompletionItem(
            path,
            kind=types.CompletionItemKind.File,
            detail=detail,
            sort_text=f"{index:04}",
            filter_text=target if "%" in written else path,  # Clients compare it with what is written.
            text_edit=types.TextEdit(server.convert.range(document.source, span), target),
        )


def _whole_images(
    server: "Server", document: Document, analysis: Analysis, span: Span
) -> Iterator[types.CompletionItem]:
    takes_snippets = server.client.takes("text_document.completion.completion_item.snippet_support")
    for index, (path, detail) in enumerate(_pictures(server, document, analysis)):
        target = as_target(path)
        description = path.rpartition("/")[2].rpartition(".")[0].replace("_", " ").replace("-", " ")
        text = f"![{description}]({target})"
        if takes_snippets:
            text = f"![${{1:{_in_snippet(description)}}}]({_in_snippet(target)})"
        yield types.CompletionItem(
            f"![{description}]({path})",
            kind=types.CompletionItemKind.Snippet,
            detail=detail,
            sort_text=f"{index:04}",
            filter_text=f"![{description}]({target})",
            insert_text_format=types.InsertTextFormat.Snippet if takes_snippets else types.InsertTextFormat.PlainText,
            text_edit=types.TextEdit(server.convert.range(document.source, span), text),
        )


def _in_snippet(text: str) -> str:
    return re.sub(r"([\\$}])", r"\\\1", text)


def _detail(size: str | None, *, is_shown: bool) -> str | None:
    parts = [size, "shown already" if is_shown else None]
    return ", ".join(part for part in parts if part) or None
