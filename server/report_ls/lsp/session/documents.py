"""The open documents: their text and what was last said of it."""

from collections.abc import Iterator, Sequence

from attrs import define, field
from lsprotocol import types

from report_ls.analysis.analyze import Analysis
from report_ls.base.diagnostic import Diagnostic
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Position
from report_ls.base.text import SourceText
from report_ls.files.targets import PICTURES, extension, resolve
from report_ls.lsp.session.live_files import LiveFiles
from report_ls.lsp.wire.json_text import JsonText
from report_ls.lsp.wire.positions import Converter
from report_ls.lsp.wire.uris import key
from report_ls.packs.edition import Edition
from report_ls.packs.pack import Pack
from report_ls.report.outline import Outline

MAX_DOCUMENT_CHARACTERS = 1_000_000
"""Characters of a text that is still judged: twenty times the longest report that anybody knows of."""

NOTHING = "0"
"""The result id of no diagnostics at all."""

_PICTURE = regex(r"!\[[^\[\]\n]*\]\(([^()\s]+)\)")
_TARGET = regex(r"[^()\s]+")
_HALVES = regex(r"[\ud800-\udbff][\udc00-\udfff]")


@define
class Document:
    """One open document."""

    uri: str
    version: int | None
    source: SourceText
    files: LiveFiles
    outline: Outline | None = None
    """The questions as they were last found, of which an edit changes one."""
    edition: Edition | None = None
    """What it was recognised as: kept while another does not fit clearly better."""
    analysis: Analysis | None = None
    is_stale: bool = True
    """Something has changed since `analysis` was made."""
    is_typing: bool = False
    """All that has changed is the text: the disk is looked at afterwards, and nobody waits for it."""
    edited: int | None = None
    """Where somebody has written last, until the document is saved."""
    is_published: bool = False
    """What was last said has been told."""
    published_analysis: Analysis | None = None
    """The analysis that `diagnostics` says as LSP writes it."""
    written: dict[tuple[int, Position], tuple[Diagnostic, JsonText]] = field(factory=dict)
    """Each of its diagnostics, by identity and place."""
    diagnostics: list[JsonText] = field(factory=list)
    result_id: str = NOTHING
    """Another one whenever the diagnostics are other ones."""
    shows_pushed: bool = False
    """The client shows diagnostics that were pushed."""
    before: tuple[str, Pack | None] | None = None
    """What the client was told before the files beside it may have changed; None while they have not."""
    nearest: str | None = None
    """The edition that its form, which no pack knows, was last said to be like."""
    shows_status: bool | None = None
    """The client was told how far its questions are; False when it was told that this is no report."""

    @property
    def said(self) -> tuple[str, Pack | None]:
        """What tells one thing that is said of it from another, also in its hints."""
        return self.result_id, self.analysis.pack if self.analysis else None


@define
class Documents:
    """All open documents, by URI."""

    _open: dict[str, Document] = field(factory=dict, init=False)

    def __iter__(self) -> Iterator[Document]:
        return iter(tuple(self._open.values()))

    def get(self, uri: str) -> Document | None:
        """Return an open document."""
        return self._open.get(key(uri))

    def put(self, document: Document) -> None:
        """Add a document; one that is open already is replaced."""
        self._open[key(document.uri)] = document

    def close(self, uri: str) -> Document | None:
        """Forget a document and return it."""
        return self._open.pop(key(uri), None)


def changed(
    source: SourceText, changes: Sequence[types.TextDocumentContentChangeEvent], converter: Converter
) -> tuple[SourceText, int | None]:
    """Return the text after the changes of one notification, each made to the result of the one before.

    Beside it is the place of the last of them; None where the client has sent the whole text.
    """
    edited = None
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            span = converter.span(source, change.range)
            edited = span.start
            source = source.replace(Edit(span, change.text))
            seams = source.text[max(span.start - 1, 0) : span.start + len(change.text) + 1]
            if _HALVES.search(seams):
                # As the client has it: two halves of a character that meet are one.
                units = source.text.encode("utf-16-le", "surrogatepass")
                source = SourceText(units.decode("utf-16-le", "surrogatepass"))
        else:
            source, edited = SourceText(change.text), None
    return source, edited


def pasted(changes: Sequence[types.TextDocumentContentChangeEvent]) -> Iterator[str]:
    """Yield the files of the pictures whose targets changes insert as a whole: who types them does not."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            text = change.text
            targets = map(resolve, _PICTURE.findall(text) or ([text] if _TARGET.fullmatch(text) else ()))
            beside = (target.path for target in targets if not (target.is_remote or target.is_outside))
            yield from (path for path in beside if extension(path) in PICTURES)
