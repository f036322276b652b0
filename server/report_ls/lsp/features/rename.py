"""Renaming a picture: its file and every link to it, in one edit."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException

from report_ls.base.regex import regex
from report_ls.base.spans import Span, Spans
from report_ls.files.paths import is_link, markdown_in
from report_ls.files.targets import PICTURES, as_target, extension, resolve
from report_ls.files.text_files import read_text
from report_ls.lsp.features._images import image_at, images, uri_of
from report_ls.lsp.session.documents import MAX_DOCUMENT_CHARACTERS, Document
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection
from report_ls.lsp.wire.uris import key, path_of
from report_ls.project.judge import Choices
from report_ls.project.reports import is_report
from report_ls.report.form import Form
from report_ls.report.pieces import Style
from report_ls.report.report import Report, read_report


def register(server: Connection, session: Session) -> None:
    """Rename a picture from its target, if the client can rename files; adapt targets if the client renames files."""
    # Neovim claims to rename files, but not to support versioned document changes, which that requires.
    refuses = get_capability(session.client.capabilities, "workspace.workspace_edit.document_changes") is False
    asks = session.client.takes("workspace.file_operations.will_rename")
    if "rename" in session.client.lists("workspace.workspace_edit.resource_operations") and not refuses:
        _register_rename(server, session, asks=asks)
    if asks:
        _register_will_rename(server, session)


def _register_rename(server: Connection, session: Session, *, asks: bool) -> None:
    """Rename from a target.

    A client that asks before it renames a file will ask again then, for the reports that are not open.
    """

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        document = session.documents.get(params.text_document.uri)
        image = image_at(session, document, params.position) if document else None
        if document is None or image is None or uri_of(document, image) is None:
            return None
        name = resolve(image.url).path.rpartition("/")[2]
        return types.PrepareRenamePlaceholder(session.convert.range(document.source, image.target), name)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> "types.WorkspaceEdit | Future[types.WorkspaceEdit] | None":
        document = session.documents.get(params.text_document.uri)
        image = image_at(session, document, params.position) if document else None
        old_uri = uri_of(document, image) if document and image else None
        if document is None or image is None or old_uri is None or document.files.root is None:
            return None
        old = resolve(image.url).path
        new = _new_path(document, old, params.new_name.strip())
        new_uri = document.files.root.joinpath(new).as_uri()
        renames = [types.FileRename(old_uri, new_uri)]
        opened = [(other.uri, other.version, _edits_of_open(session, other, renames)) for other in session.documents]
        if asks:
            return _with_move(opened, old_uri, new_uri)
        choices, keys = session.choices, frozenset(key(uri) for uri, _, _ in opened)

        def with_closed() -> types.WorkspaceEdit:
            closed = [(uri, None, edits) for uri, edits in _edits_of_closed(session, choices, renames, keys)]
            return _with_move([*opened, *closed], old_uri, new_uri)

        return session.background.submit(with_closed)


def _with_move(
    changed: Sequence[tuple[str, int | None, list[types.TextEdit]]], old_uri: str, new_uri: str
) -> types.WorkspaceEdit:
    """Return the edits of some documents, followed by the renaming of the file."""
    changes = [
        types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, version), edits)
        for uri, version, edits in changed
        if edits
    ]
    move = types.RenameFile(old_uri, new_uri, options=types.RenameFileOptions(overwrite=False))
    return types.WorkspaceEdit(document_changes=[*changes, move])


def _new_path(document: Document, old: str, name: str) -> str:
    """Return the new path of a picture. Raises `JsonRpcException` with a reason that the client shows.

    A name without `/` stays in the picture's folder. A name without an extension keeps the old one. A path is relative
    to the report's folder.
    """
    if "/" not in name:
        name = f"{old.rpartition('/')[0]}/{name}".lstrip("/") if name else ""
    if not extension(name.rpartition("/")[2]):
        name = f"{name}.{extension(old)}" if name else ""
    target = resolve(as_target(name))
    is_elsewhere = target.is_remote or target.is_private or target.is_outside or name.startswith("/")
    if not name.isprintable() or not target.path or is_elsewhere:
        raise _refusal("a picture needs a name, and stays in the report's folder")
    folder, _, name = target.path.rpartition("/")
    if _NO_NAME.fullmatch(name):
        raise _refusal(f"a computer with Windows cannot keep a file {name}: choose another name")
    existing = {f"{folder}/{file}".lstrip("/") for file in document.files.files(folder)} - {old}
    if target.path in existing:
        raise _refusal(f"there is a file {target.path} already")
    alike = sorted(path for path in existing if path.casefold() == target.path.casefold())
    if alike:
        raise _refusal(f"there is a file {alike[0]} already, and not all computers tell the two apart")
    return target.path


_NO_NAME = regex(r".*[<>:\"|?*\\].*|.*[. ]|(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows does not allow: a group's files must work on all its computers."""


def _refusal(message: str) -> JsonRpcException:
    return JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed.value)


def _register_will_rename(server: Connection, session: Session) -> None:
    pictures = ",".join((*PICTURES, *(picture.upper() for picture in PICTURES)))
    options = types.FileOperationRegistrationOptions(
        [
            types.FileOperationFilter(
                types.FileOperationPattern(f"**/*.{{{pictures}}}", types.FileOperationPatternKind.File), "file"
            ),
            types.FileOperationFilter(types.FileOperationPattern("**", types.FileOperationPatternKind.Folder), "file"),
        ]
    )

    @server.feature(types.WORKSPACE_WILL_RENAME_FILES, options)
    def follow(params: types.RenameFilesParams) -> "Future[types.WorkspaceEdit | None]":
        changes = {document.uri: _edits_of_open(session, document, params.files) for document in session.documents}
        opened = frozenset(map(key, changes))
        choices = session.choices
        return session.background.submit(
            lambda: _together(changes | dict(_edits_of_closed(session, choices, params.files, opened)))
        )


def _together(changes: Mapping[str, list[types.TextEdit]]) -> types.WorkspaceEdit | None:
    changed = {uri: edits for uri, edits in changes.items() if edits}
    return types.WorkspaceEdit(changes=changed) if changed else None


def _edits_of_open(session: Session, document: Document, renames: Iterable[types.FileRename]) -> list[types.TextEdit]:
    analysis, root = session.judge(document), document.files.root
    return list(_edits(session, analysis.report, _moved(root, renames))) if analysis and root else []


def _edits_of_closed(
    session: Session, choices: Choices, renames: Sequence[types.FileRename], opened: frozenset[str]
) -> Iterator[tuple[str, list[types.TextEdit]]]:
    """Yield the edits of each report of the workspace that is not open and is in a folder above a renamed file."""
    olds = (path_of(rename.old_uri) for rename in renames)
    above = (folder for old in olds if old for folder in old.parents)
    for folder in dict.fromkeys(above):
        if not any(folder.is_relative_to(top) for top in session.folders):
            continue
        for path in markdown_in(folder):
            if is_link(path):
                continue  # The edit would change the link's target, which is in another folder or has its own edit.
            with suppress(OSError):
                source = read_text(path)
                if key(path.as_uri()) in opened or len(source.text) > MAX_DOCUMENT_CHARACTERS:
                    continue
                if is_report(path, source, choices, session.client.configured_for):
                    yield path.as_uri(), list(_edits(session, read_report(source, Form()), _moved(folder, renames)))


def _moved(root: Path, renames: Iterable[types.FileRename]) -> dict[str, str]:
    """Return the old and new path, relative to a report's folder, of each file or folder renamed within it."""
    moved = {}
    for rename in renames:
        old, new = path_of(rename.old_uri), path_of(rename.new_uri)
        if old and new and _is_below(old, root) and _is_below(new, root):
            moved[old.relative_to(root).as_posix()] = new.relative_to(root).as_posix()
    return moved


def _is_below(path: Path, root: Path) -> bool:
    return path != root and path.is_relative_to(root)


def _edits(session: Session, report: Report, moved: Mapping[str, str]) -> Iterator[types.TextEdit]:
    """Yield the edit of each target whose file, or a folder above it, is renamed."""
    for span, url in _targets(report) if moved else ():
        path = resolve(url).path
        for old, new in moved.items():
            if path == old or path.startswith(f"{old}/"):
                # A query or a fragment behind the path stays as it is.
                suffix = url[len(re.split(r"[?#]", url, maxsplit=1)[0]) :]
                target = as_target(new + path[len(old) :]) + suffix
                yield types.TextEdit(session.convert.range(report.source, span), target)
                break


_DEFINITION = regex(r"^[ \t>]*\[[^\[\]\n]+\]:[ \t]*(?:<([^<>\n]+)>|([^\s<]\S*))", re.MULTILINE)


def _targets(report: Report) -> Iterator[tuple[Span, str]]:
    """Yield the span and text of each target: of images, of links and of reference definitions."""
    links = (link for question in report.questions for link in question.answer.links)
    for link in (*images(report), *(link for link in links if link.style is not Style.REFERENCE)):
        yield link.target, link.url
    literals = Spans(tuple(sorted(literal.span for literal in report.literals)))
    for match in _DEFINITION.finditer(report.source.plain):
        span = Span(*match.span(match.lastindex or 0))
        if not literals.overlap(span):
            yield span, match[match.lastindex or 0]
