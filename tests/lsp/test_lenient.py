"""A client that sends odd values is served: the odd values are left out."""

from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities, pushing

REPORT = "### Question 1\n> Why? Answer length: 1-20 words.\n> Answer:\n\n--- question 1 fill here ---\nBecause.\n"
PLACE = {"start": {"line": 4, "character": 0}, "end": {"line": 4, "character": 0}}
FAR = {"start": {"line": 0, "character": 0}, "end": {"line": 4294967295, "character": 4294967295}}


@pytest.mark.parametrize(
    "context",
    [
        {},
        None,
        {"diagnostics": None},
        {"diagnostics": [], "triggerKind": 3},
        {"diagnostics": [], "only": None, "triggerKind": "invoked"},
        {"diagnostics": [{}]},
        {"diagnostics": [5, None]},
        {"diagnostics": [{"range": PLACE, "message": "x", "tags": [-1]}]},
        {"diagnostics": [{"range": PLACE, "message": "x", "severity": 0}]},
        {"diagnostics": [{"range": PLACE, "message": "x", "codeDescription": {}}]},
        {"diagnostics": [{"range": None, "message": "x"}]},
        {"diagnostics": [{"range": PLACE, "message": "x", "relatedInformation": [{"location": None}]}]},
        {"diagnostics": [{"range": FAR, "message": None}]},
    ],
)
def test_quick_fixes_need_nothing_of_what_others_have_found(context: Json, shared: Client) -> None:
    uri = shared.open_new(REPORT)
    params = {"textDocument": {"uri": uri}, "range": PLACE, "context": context}
    titles = [action["title"] for action in shared.request("textDocument/codeAction", params)]
    ordinary = shared.request("textDocument/codeAction", params | {"context": {"diagnostics": []}})
    assert titles == [action["title"] for action in ordinary]
    assert len(titles) > 1


@pytest.mark.parametrize("context", [None, {}, {"triggerKind": 0}, {"triggerKind": 9, "triggerCharacter": 1}, 5])
def test_completion_needs_no_reason(context: Json, shared: Client) -> None:
    uri = shared.open_new(REPORT)
    position = {"line": 5, "character": 0}
    params = {"textDocument": {"uri": uri}, "position": position, "context": context}
    assert shared.request("textDocument/completion", params)["items"] == []


@pytest.mark.parametrize("token", [{}, [], True, 1.5])
def test_no_odd_token_is_in_the_way(token: Json, shared: Client) -> None:
    uri = shared.open_new(REPORT)
    params = {"textDocument": {"uri": uri}, "workDoneToken": {}, "partialResultToken": token, "previousResultId": {}}
    assert len(shared.request("textDocument/diagnostic", params)["items"]) == 1


def test_a_position_beyond_all_numbers_is_the_end(shared: Client) -> None:
    uri = shared.open_new(REPORT)
    hints = shared.request("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": FAR})
    assert len(hints) == 1
    params = {"textDocument": {"uri": uri}, "range": FAR, "context": {"diagnostics": []}}
    assert len(shared.request("textDocument/codeAction", params)) > 1
    for method in ("hover", "completion", "prepareRename"):
        params = {"textDocument": {"uri": uri}, "position": FAR["end"]}
        assert not (shared.request(f"textDocument/{method}", params) or {}).get("items")


@pytest.mark.parametrize(
    ("odd", "left_out"),
    [
        ({"trace": "compact"}, ["trace"]),
        ({"trace": 5}, ["trace"]),
        ({"clientInfo": {}}, []),
        ({"clientInfo": {"name": None, "version": 1}}, []),
        ({"processId": "x"}, ["processId"]),
        ({"processId": -1}, []),
        ({"workDoneToken": {}}, []),
        ({"capabilities": None}, []),
        ({"workspaceFolders": [5, {}]}, ["workspaceFolders.0", "workspaceFolders.1"]),
        ({"workspaceFolders": None, "rootUri": 5}, []),
    ],
    ids=str,
)
def test_no_client_is_refused_for_values_that_are_not_read(odd: Json, left_out: list[str], tmp_path: Path) -> None:
    with Client(tmp_path, pushing()) as client:
        client.initialize(**odd)
        uri = client.open_new(REPORT)
        published = client.wait_for("textDocument/publishDiagnostics")
        assert (uri, ["leftover-marker"]) == (
            published["uri"],
            [diagnostic["code"] for diagnostic in published["diagnostics"]],
        )
        client.stderr_expected = "".join(
            f"report-ls: WARNING: ignored an unknown value: {place}\n" for place in left_out
        )


def test_a_folder_of_the_workspace_needs_no_name(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(REPORT, "utf-8")
    with Client(tmp_path, capabilities()) as client:
        client.initialize(workspaceFolders=[{"uri": tmp_path.as_uri()}], rootUri=None)
        items = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
        assert [(tmp_path / "report.md").as_uri()] == [item["uri"] for item in items]


def test_one_unknown_tag_costs_no_other_capability(tmp_path: Path) -> None:
    shape = {
        "versionSupport": True,
        "relatedInformation": True,
        "tagSupport": {"valueSet": [1, 99]},
        "dataSupport": "x",
    }
    with Client(tmp_path, pushing(textDocument__publishDiagnostics=shape)) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        published = client.wait_for("textDocument/publishDiagnostics")
        assert (uri, 1) == (published["uri"], published["version"])
        client.stderr_expected = (
            "report-ls: WARNING: ignored an unknown value: "
            "capabilities.textDocument.publishDiagnostics.tagSupport.valueSet.1\n"
        )
