"""Recorded clients work with a report; pytest-lsp checks every answer against the client's capabilities.

Where an answer does not fit it warns, and a warning is an error here as everywhere.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Awaitable
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_lsp
from lsp.client import PATIENCE
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client
from support.pictures import put_picture

REPORT = """\
### Question 1
> Why? Answer length: 2-20 words.
> Answer:

\U0001f4f7 Because.

### Question 2
> Insert 1-2 images.
> Answer:

--- question 2 fill here ---

\U0001f4f7 ![one](figures/one.png) and ![two](figures/two.jpg)
"""
ENCODINGS = {
    "visual-studio-code@v1.65.2": "utf-16",
    "emacs@v29.1": "utf-32",
    "neovim@v0.6.1": "utf-16",
    "neovim@v0.7.0": "utf-16",
    "neovim@v0.8.0": "utf-16",
    "neovim@v0.9.1": "utf-16",
    "neovim@v0.10.0": "utf-16",
    "neovim@v0.11.0": "utf-8",
}
WIDTHS = {"utf-8": 4, "utf-16": 2, "utf-32": 1}
T = TypeVar("T")


def answering() -> LanguageClient:
    """Return a client that also answers the requests that a recorded client answers."""
    client = make_test_lsp_client()
    for method in (types.CLIENT_REGISTER_CAPABILITY, types.WORKSPACE_INLAY_HINT_REFRESH):
        client.feature(method)(lambda _params: None)
    return client


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig([sys.executable, "-m", "report_ls"], answering), params=ENCODINGS, scope="module"
)
async def client(
    lsp_client: LanguageClient, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[None, None]:
    """A recorded client, for all tests."""
    above = tmp_path_factory.getbasetemp()
    params = types.InitializeParams(
        capabilities=client_capabilities(request.param),
        root_uri=above.as_uri(),
        workspace_folders=[types.WorkspaceFolder(above.as_uri(), above.name)],
    )
    result = await lsp_client.initialize_session(params)
    assert ENCODINGS[request.param] == result.capabilities.position_encoding
    yield
    await lsp_client.shutdown_session()
    assert [] == lsp_client.messages, "a message box"
    assert [] == lsp_client.log_messages
    assert lsp_client.error is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new folder for each test, with a report and two pictures."""
    (tmp_path / "figures").mkdir()
    for name in ("one.png", "two.png"):
        put_picture(tmp_path / "figures" / name)
    (tmp_path / "report.md").write_text(REPORT, "utf-8")
    return tmp_path


@pytest.fixture
def width(request: pytest.FixtureRequest) -> int:
    """How many columns an emoji has for the client."""
    return WIDTHS[ENCODINGS[request.node.callspec.params["client"]]]


async def soon(answer: Awaitable[T]) -> T:
    """Wait for an answer, with a generous timeout."""
    return await asyncio.wait_for(answer, PATIENCE)


def opened(client: LanguageClient, folder: Path) -> str:
    uri = (folder / "report.md").as_uri()
    item = types.TextDocumentItem(uri, types.LanguageKind.Markdown, 0, REPORT)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return uri


def edit(client: LanguageClient, uri: str, version: int, range_: types.Range, text: str) -> None:
    document = types.VersionedTextDocumentIdentifier(version, uri)
    changes = [types.TextDocumentContentChangePartial(range_, text)]
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, changes))


def pulls(client: LanguageClient) -> bool:
    """Return whether the client pulls diagnostics, and pulls again when the server asks."""
    assert client.capabilities
    takes, works = client.capabilities.text_document, client.capabilities.workspace
    assert takes
    assert works
    return bool(takes.diagnostic and works.diagnostics and works.diagnostics.refresh_support)


async def diagnostics(client: LanguageClient, uri: str) -> list[tuple[str, int, int]] | None:
    """Return codes, lines and columns of a document's diagnostics, pulled or pushed; None if there are none yet."""
    if pulls(client):
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await client.text_document_diagnostic_async(params)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert uri not in client.diagnostics, "pushed to a client that asks"
        items = report.items
    elif uri in client.diagnostics:
        items = client.diagnostics[uri]
    else:
        return None
    return [(str(item.code), item.range.start.line, item.range.start.character) for item in items]


async def expect(client: LanguageClient, uri: str, expected: list[tuple[str, int, int]]) -> None:
    """Wait until the diagnostics are the expected ones: those that depend on the disk may be late."""
    actual: list[tuple[str, int, int]] | None = None

    async def reach() -> None:
        nonlocal actual
        while (actual := await diagnostics(client, uri)) != expected:
            if not pulls(client):
                await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)

    try:
        await soon(reach())
    except asyncio.TimeoutError:
        assert expected == actual


def found(width: int) -> list[tuple[str, int, int]]:
    return [("leftover-marker", 10, 0), ("image-not-found", 12, width + 36)]


@pytest.mark.asyncio(loop_scope="module")
async def test_diagnostics_follow_the_edits(client: LanguageClient, folder: Path, width: int) -> None:
    uri = opened(client, folder)
    await expect(client, uri, found(width))
    edit(client, uri, 5, types.Range(types.Position(10, 0), types.Position(12, 0)), "")
    await expect(client, uri, [("image-not-found", 10, width + 36)])
    place = types.Position(10, width)
    edit(client, uri, 6, types.Range(place, place), "\U0001f4f7")
    await expect(client, uri, [("image-not-found", 10, 2 * width + 36)])
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    await expect(client, uri, [])


@pytest.mark.asyncio(loop_scope="module")
async def test_a_fix_fits_the_text(client: LanguageClient, folder: Path, width: int) -> None:
    uri = opened(client, folder)
    await expect(client, uri, found(width))
    place = types.Position(12, width + 40)
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(uri), types.Range(place, place), types.CodeActionContext([])
    )
    actions = await soon(client.text_document_code_action_async(params))
    assert actions
    action = actions[0]
    assert isinstance(action, types.CodeAction)
    if action.edit is None:
        action = await soon(client.code_action_resolve_async(action))
    assert action.edit
    assert client.capabilities
    assert client.capabilities.workspace
    assert client.capabilities.workspace.workspace_edit
    if client.capabilities.workspace.workspace_edit.document_changes:
        assert action.edit.document_changes
        (change,) = action.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        edits = list(change.edits)
    else:
        assert action.edit.changes
        edits = list(action.edit.changes[uri])
    target = types.Range(types.Position(12, width + 36), types.Position(12, width + 51))
    assert [types.TextEdit(target, "figures/two.png")] == edits


@pytest.mark.asyncio(loop_scope="module")
async def test_everything_else_is_answered_as_it_is_understood(
    client: LanguageClient, folder: Path, width: int
) -> None:
    assert client.capabilities
    takes = client.capabilities.text_document
    assert takes
    uri = opened(client, folder)
    await expect(client, uri, found(width))
    document = types.TextDocumentIdentifier(uri)
    hover = await soon(client.text_document_hover_async(types.HoverParams(document, types.Position(0, 4))))
    assert hover
    assert isinstance(hover.contents, types.MarkupContent)
    assert takes.hover
    assert hover.contents.kind in (takes.hover.content_format or [types.MarkupKind.PlainText])
    assert "2 words of 2-20, as the question says" in hover.contents.value
    symbols = await soon(client.text_document_document_symbol_async(types.DocumentSymbolParams(document)))
    assert symbols
    assert takes.document_symbol
    is_tree = takes.document_symbol.hierarchical_document_symbol_support
    assert {types.DocumentSymbol if is_tree else types.SymbolInformation} == {type(symbol) for symbol in symbols}
    place = types.Position(12, width + 12)
    definition = await soon(client.text_document_definition_async(types.DefinitionParams(document, place)))
    assert isinstance(definition, types.Location)
    assert (folder / "figures/one.png").as_uri() == definition.uri
    completion = await soon(client.text_document_completion_async(types.CompletionParams(document, place)))
    assert isinstance(completion, types.CompletionList)
    assert ["figures/two.png", "figures/one.png"] == [item.label for item in completion.items]
    if takes.inlay_hint:
        whole = types.Range(types.Position(0, 0), types.Position(99, 0))
        hints = await soon(client.text_document_inlay_hint_async(types.InlayHintParams(document, whole)))
        assert hints
        assert ["2 / 2\u201320 words", "4 words \u00b7 2 / 1\u20132 images"] == [hint.label for hint in hints]
    links = await soon(client.text_document_document_link_async(types.DocumentLinkParams(document)))
    assert links
    assert [(folder / "figures/one.png").as_uri()] == [link.target for link in links]
    edit(client, uri, 1, types.Range(types.Position(11, 0), types.Position(11, 0)), "!")
    place = types.Position(11, 1)
    completion = await soon(client.text_document_completion_async(types.CompletionParams(document, place)))
    assert isinstance(completion, types.CompletionList)
    assert ["![two](figures/two.png)", "![one](figures/one.png)"] == [item.label for item in completion.items]
    folds = await soon(client.text_document_folding_range_async(types.FoldingRangeParams(document)))
    assert folds
    assert [(0, 4), (6, 12)] == [(fold.start_line, fold.end_line) for fold in folds]


@pytest.mark.asyncio(loop_scope="module")
async def test_a_picture_that_comes_is_shown_at_the_next_edit_or_save(
    client: LanguageClient, folder: Path, width: int
) -> None:
    uri = opened(client, folder)
    await expect(client, uri, found(width))
    put_picture(folder / "figures/two.jpg")
    place = types.Position(4, 0)
    edit(client, uri, 1, types.Range(place, place), "Well: ")
    await expect(client, uri, [("image-unused", 8, 2), ("leftover-marker", 10, 0)])
    (folder / "figures/two.jpg").unlink()
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    await expect(client, uri, found(width))
