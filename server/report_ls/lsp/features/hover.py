"""Hover: what a question asks and what its answer has; the size of a picture, or why it is not found.

All text that comes from a document is escaped.
"""

from collections.abc import Iterable, Iterator

from attrs import frozen
from lsprotocol import types

from report_ls.analysis.analyze import Analysis, QuestionResult
from report_ls.analysis.counts import STATES, counted
from report_ls.base.diagnostic import Diagnostic, Severity
from report_ls.base.readable import one_line
from report_ls.base.spans import Span
from report_ls.checks import explaining
from report_ls.files.disk import describe_picture
from report_ls.files.targets import exists, resolve
from report_ls.lsp.features._images import image_at, uri_of
from report_ls.lsp.features._wording import escape, title
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection
from report_ls.packs.limits import Limit
from report_ls.packs.new_form import where_from
from report_ls.report.pieces import Link

_NO_FILE = "no file"
_BAR_CHARACTERS = 10
"""The length of a bar in characters."""


@frozen
class _Page:
    """Writes Markdown, or plain text if the client shows only that."""

    markup: types.MarkupKind

    @property
    def is_markdown(self) -> bool:
        return self.markup is types.MarkupKind.Markdown

    def text(self, text: str) -> str:
        return escape(text) if self.is_markdown else text

    def bold(self, text: str) -> str:
        return f"**{escape(text)}**" if self.is_markdown else text

    def code(self, text: str) -> str:
        return f"`{one_line(text).replace('`', chr(39))}`" if self.is_markdown else text

    def list(self, diagnostics: Iterable[Diagnostic], shown_at: int | None) -> Iterator[str]:
        """Yield one paragraph that lists diagnostics, without those at `shown_at`; nothing if none is left."""
        items = [
            f"- {diagnostic.severity.word}: {self.text(diagnostic.message)}"
            for diagnostic in diagnostics
            if shown_at is None or not _is_shown(diagnostic, shown_at)
        ]
        if items:
            yield "\n".join(items)


def register(server: Connection, session: Session) -> None:
    """Answer in Markdown, or in plain text if the client shows only that."""
    page = _Page(session.client.markup)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def answer(params: types.HoverParams) -> types.Hover | None:
        report = session.report_at(params.text_document.uri)
        if report is None:
            return None
        document, analysis = report
        offset = session.convert.offset(document.source, params.position)
        # A client whose own hover shows the problems here does not need them twice.
        shown_at = offset if session.client.hovers_problems else None
        image = image_at(session, document, params.position)
        if image:
            span, paragraphs = image.span, _of_image(page, session, document, analysis, image, shown_at)
        else:
            result = next((result for result in analysis.questions if _heads(result, offset)), None)
            if result is None:
                return None
            span, paragraphs = result.question.heading, _of_question(page, document, analysis, result, shown_at)
            if offset > result.question.heading.end:
                span = result.question.anchor if _holds(result.question.anchor, offset) else result.question.prompt
        content = types.MarkupContent(page.markup, "\n\n".join(paragraphs))
        return types.Hover(content, session.convert.range(document.source, span))


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def _is_shown(found: Diagnostic, offset: int) -> bool:
    """Return whether VS Code shows a finding at an offset: a hint only at its dots, below two characters."""
    is_dotted = found.severity is Severity.HINT and not found.unnecessary
    return _holds(Span(found.span.start, found.span.start + 2) if is_dotted else found.span, offset)


def _heads(result: QuestionResult, offset: int) -> bool:
    """Return whether an offset is in the heading, the prompt or the label of a question."""
    question = result.question
    return question.heading.start <= offset <= max(question.prompt.end, question.anchor.end)


def _of_question(
    page: _Page, document: Document, analysis: Analysis, result: QuestionResult, shown_at: int | None
) -> Iterator[str]:
    question, ask = result.question, result.ask
    answer = question.answer
    words_from, images_from = (where_from(origin, analysis.pack) for origin in (ask.words_from, ask.images_from))
    yield f"{page.bold(title(result))}, {STATES[result.state]}"
    yield f"{counted(answer.n_words, None, 'words')}{_against(page, answer.n_words, ask.words, words_from)}"
    if ask.images or answer.images:
        n_images = len(answer.images)
        names = ", ".join(_named(page, document, image) for image in answer.images)
        of = _against(page, n_images, ask.images, images_from)
        yield f"{counted(n_images, None, 'images')}{of}{': ' if names else ''}{names}"
    tests = document.files.tests() if ask.counts_tests else None
    if tests:
        yield f"pytest would find {page.text(tests.in_words)}"
    here = [
        found
        for found in analysis.diagnostics
        if any(question.heading.start <= place.start < question.end for place in found.places)
    ]
    yield from _of_script(page, analysis, result, here)
    yield from page.list(here, shown_at)


def _named(page: _Page, document: Document, image: Link) -> str:
    """Return the path of a picture, with a note if the file does not exist."""
    target = resolve(image.url)
    if not target.path:
        return _NO_FILE
    is_there = target.is_remote or target.is_outside or exists(document.files, target.path)
    is_there = is_there or document.files.folder() is None
    return f"{page.code(target.path)}{'' if is_there else ' (not found)'}"


def _against(page: _Page, number: int, limit: Limit | None, source: str) -> str:
    """Return the limit, its source and a bar that is full at the lower bound, or at the upper if there is no lower."""
    if limit is None or limit.is_free:
        return ""
    goal = limit.low or limit.high or 1
    n_full = min(_BAR_CHARACTERS, number * _BAR_CHARACTERS // goal)
    bar = "█" * n_full + "░" * (_BAR_CHARACTERS - n_full)
    return f" of {limit}{f', {page.text(source)}' if source else ''} {page.code(bar)}"


def _of_script(page: _Page, analysis: Analysis, result: QuestionResult, here: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what the course's script will count, and the reason if that differs."""
    script = analysis.script
    if script is None:
        return
    index = next(index for index, question in enumerate(analysis.questions) if question is result)
    if script.refuses:
        yield f"The course's script refuses this report: it finds {counted(len(script.answers), None, 'answers')}."
    elif index >= len(script.answers):
        yield "The course's script does not find this answer."
    else:
        theirs, answer = script.answers[index], result.question.answer
        if (theirs.n_words, theirs.n_images) == (answer.n_words, len(answer.images)):
            yield "The course's script will count the same."
            return
        codes = sorted({found.code for found in here if found.code in explaining()})
        why = f" (see {', '.join(map(page.code, codes))})" if codes else ""
        counts = f"{counted(theirs.n_words, None, 'words')} and {counted(theirs.n_images, None, 'images')}"
        yield f"The course's script will count {counts}{why}."


def _of_image(  # noqa: PLR0913, PLR0917 - all of it is shown
    page: _Page, session: Session, document: Document, analysis: Analysis, image: Link, shown_at: int | None
) -> Iterator[str]:
    target, uri, root = resolve(image.url), uri_of(document, image), document.files.root
    if uri and root:
        if page.is_markdown:
            yield f"![preview]({uri}|width=320)"
        size = session.worker.ask(lambda: describe_picture(root, target.path), None)
        yield f"{page.code(target.path)}{f', {size}' if size else ''}"
    elif target.is_remote:
        yield f"{page.code(target.path)} is not a file beside the report"
    else:
        yield page.code(target.path) if target.path else _NO_FILE
    here = (found for found in analysis.diagnostics if any(_holds(image.span, place.start) for place in found.places))
    yield from page.list(here, shown_at)
