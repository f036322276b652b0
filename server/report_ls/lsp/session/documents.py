"""The open documents: their text and their latest diagnostics."""

from collections.abc import Iterator, Sequence
from math import inf

from attrs import define, field, frozen
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
"""Characters of the longest text that is judged: twenty times the longest known report."""

NOTHING = "0"
"""The result id of an empty list of diagnostics."""

_MAX_EARLY_CHANGES = 8
"""The most changes that are remembered while one with a lower version is missing."""

_PICTURE = regex(r"!\[[^\[\]\n]*\]\(([^()\s]+)\)")
_TARGET = regex(r"[^()\s]+")
_SURROGATE_PAIR = regex(r"[\ud800-\udbff][\udc00-\udfff]")


_Changes = Sequence[types.TextDocumentContentChangeEvent]


@frozen
class _EarlyChange:
    """A change that came while one with a lower version was missing."""

    after: int
    """The version before it."""
    source: SourceText
    """The text before it."""
    version: int
    changes: _Changes


@define
class Document:
    """One open document."""

    uri: str
    version: int | None
    source: SourceText
    files: LiveFiles
    outline: Outline | None = None
    """The questions as they were last found; most edits change only one of them."""
    edition: Edition | None = None
    """The edition it was recognised as: kept unless another fits clearly better."""
    analysis: Analysis | None = None
    is_stale: bool = True
    """`analysis` is out of date."""
    is_typing: bool = False
    """Only the text has changed: the files beside it are read again later, when no message is waiting."""
    edited: int | None = None
    """The offset of the last edit; None after the document was saved."""
    early: tuple[_EarlyChange, ...] = ()
    """The last changes, as long as a version among them is missing; see `change`."""
    is_published: bool = False
    """The latest diagnostics have been sent."""
    published_analysis: Analysis | None = None
    """The analysis that `diagnostics` was written from."""
    written: dict[tuple[int, Position], tuple[Diagnostic, JsonText]] = field(factory=dict)
    """Each diagnostic of that analysis with its JSON, by identity and position."""
    diagnostics: list[JsonText] = field(factory=list)
    result_id: str = NOTHING
    """The id of `diagnostics`; it changes when they change."""
    shows_pushed: bool = False
    """The client shows diagnostics that the server has pushed."""
    before: tuple[str, Pack | None] | None = None
    """What `said` was before the files beside it may have changed; None while they have not."""
    nearest: str | None = None
    """The edition that the log has named as the most similar, where no pack knows the report's form."""
    shows_status: bool | None = None
    """The last status was that of a report; False if it said that this is no report, None if none was sent."""

    def change(self, version: int | None, changes: _Changes, converter: Converter) -> None:
        """Change the text, in the order of the versions.

        Helix 25.01 sometimes sends the two changes of one key the other way round. A change whose number was skipped is
        therefore put in its place: else the server's text would differ from the client's until the document is closed.
        """
        number = -inf if version is None else version
        late = next((i for i, one in enumerate(self.early) if one.after < number < one.version), None)
        if late is None:
            self._keep(version, changes)
            self.source, self.edited = changed(self.source, changes, converter)
            self.version = version
            return
        again = self.early[late:]
        self.version, self.source, self.early = again[0].after, again[0].source, self.early[:late]
        self.change(version, changes, converter)
        for one in again:
            self.change(one.version, one.changes, converter)

    def _keep(self, version: int | None, changes: _Changes) -> None:
        """Keep a change while a version before it is missing."""
        if version is None or self.version is None or version <= self.version:
            self.early = ()
        elif self.early or version > self.version + 1:
            kept = (*self.early, _EarlyChange(self.version, self.source, version, changes))[-_MAX_EARLY_CHANGES:]
            self.early = kept if any(one.version > one.after + 1 for one in kept) else ()

    @property
    def said(self) -> tuple[str, Pack | None]:
        """The result id and the pack: as long as both stay, the client's diagnostics and hints are up to date."""
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
        """Add a document, or replace the one that is open under its URI."""
        self._open[key(document.uri)] = document

    def close(self, uri: str) -> Document | None:
        """Forget a document and return it."""
        return self._open.pop(key(uri), None)


def changed(source: SourceText, changes: _Changes, converter: Converter) -> tuple[SourceText, int | None]:
    """Return the text after all changes of one notification, each applied to the result of the one before.

    The second value is the offset of the last change; None if the client has sent the whole text.
    """
    edited = None
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            span = converter.span(source, change.range)
            edited = span.start
            source = source.replace(Edit(span, change.text))
            seams = source.text[max(span.start - 1, 0) : span.start + len(change.text) + 1]
            if _SURROGATE_PAIR.search(seams):
                # Two halves of a surrogate pair that now meet are one character, as in the client's text.
                units = source.text.encode("utf-16-le", "surrogatepass")
                source = SourceText(units.decode("utf-16-le", "surrogatepass"))
        else:
            source, edited = SourceText(change.text), None
    return source, edited


def pasted(changes: _Changes) -> Iterator[str]:
    """Yield the paths of pictures whose whole target is inserted by one change, as by pasting and not by typing."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            text = change.text
            targets = map(resolve, _PICTURE.findall(text) or ([text] if _TARGET.fullmatch(text) else ()))
            beside = (target.path for target in targets if not (target.is_remote or target.is_outside))
            yield from (path for path in beside if extension(path) in PICTURES)
