"""Whoever writes a pack in VS Code is helped by its schema, once the YAML extension is there.

That extension hands what others contribute to its server; here the server is asked as it does it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from lsp.client import Client, Json
from report_ls.packs.schema import SCHEMA

_BROKEN = """\
id: My Course
since: 2026
questions:
  - number: 1
    words: 100 to 200
    picture: 1
"""


@pytest.fixture(scope="module")
def editor(installed: Path, vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The YAML extension's server in a folder, with what our package contributes to it."""
    extension = tmp_path_factory.mktemp("extension")
    with ZipFile(vsix) as package:
        package.extractall(extension)
    manifest = json.loads((extension / "extension" / "package.json").read_text("utf-8"))
    associations = [
        {"fileMatch": [f"/{name}" for name in one["fileMatch"]], "uri": (extension / "extension" / one["url"]).as_uri()}
        for one in manifest["contributes"]["yamlValidation"]
    ]
    program = installed / "yaml" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    node = installed / "node" / "bin" / "node"
    capabilities = {
        "workspace": {"configuration": True},
        "textDocument": {
            "publishDiagnostics": {},
            "hover": {"contentFormat": ["markdown"]},
            "completion": {"completionItem": {"snippetSupport": True}},
        },
    }
    folder = tmp_path_factory.mktemp("packs")
    with Client(folder, capabilities, program=node, command=(str(program), "--stdio")) as client:
        client.stderr_expected = None
        yaml = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
        client.answers["workspace/configuration"] = lambda params: [
            yaml if item.get("section") == "yaml" else None for item in params["items"]
        ]
        client.initialize()
        client.notify("json/schemaAssociations", [associations])
        client.notify("workspace/didChangeConfiguration", {"settings": {"yaml": yaml}})
        yield client


def _said(editor: Client, uri: str) -> list[tuple[int, str]]:
    """Return the lines and messages that the server publishes for a document."""
    pushes = editor.pushes
    editor.until(lambda: bool(pushes(uri)), f"diagnostics of {uri}")
    return [(one["range"]["start"]["line"], one["message"]) for one in pushes(uri)[-1]["diagnostics"]]


def test_what_is_wrong_in_a_pack_is_said_where_it_stands(editor: Client) -> None:
    uri = editor.write_and_open("my-course.report-pack.yaml", _BROKEN)
    assert [
        (0, 'Missing property "title".'),
        (0, "expected lower-case words joined by dashes"),
        (1, 'Incorrect type. Expected "string".'),
        (4, "expected a limit such as 100-200, 100- (no upper bound), 1 (exactly one) or ~750 (about)"),
        (5, "Property picture is not allowed."),
    ] == _said(editor, uri)


def test_a_good_pack_is_left_alone(editor: Client) -> None:
    uri = editor.write_and_open("good.report-pack.yml", "id: my-course\ntitle: My course, spring\n")
    assert [] == _said(editor, uri)


def test_another_yaml_file_is_none_of_its_business(editor: Client) -> None:
    uri = editor.write_and_open("other.yaml", _BROKEN)
    assert [] == _said(editor, uri)


def test_keys_are_explained_and_offered(editor: Client) -> None:
    text = "id: my-course\ntitle: My course\n\n"
    uri = editor.write_and_open("keys.report-pack.yaml", text)
    hover: Json = editor.at("hover", uri, 0, 0)
    assert "The name users write after \\-\\-pack." in hover["contents"]["value"].split("\n")
    offered = editor.at("completion", uri, 2, 0)["items"]
    assert SCHEMA["properties"].keys() - {"id", "title"} == {item["label"] for item in offered}
