"""Renaming a picture changes the file and every target that shows it, in one edit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lsp.client import Client, ErrorAnswer, Json, capabilities, edited, place, range_of
from support.pictures import put_picture

REPORT = """\
### Question 1
> Show it. Insert 1-9 images.
> Answer:

![one](figures/one.png) ![again](<figures/one.png>) ![other](figures/two.png) ![dotted](./figures/one.png "title")
<img src="figures/one.png"> ![missing](figures/none.png) ![remote](https://example.org/one.png)
"""
REQUEST_FAILED = -32803


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client for all tests."""
    with Client(tmp_path_factory.mktemp("rename"), capabilities()) as client:
        client.initialize()
        yield client


@pytest.fixture
def client(server: Client, tmp_path: Path) -> Client:
    """The client, in a folder of its own with two pictures; whatever other tests have opened lies elsewhere."""
    (tmp_path / "figures").mkdir()
    for name in ("one.png", "two.png"):
        put_picture(tmp_path / "figures" / name)
    server.folder = tmp_path
    return server


def opened(client: Client, name: str = "report.md", text: str = REPORT) -> str:
    uri = client.write_and_open(name, text, version=3)
    client.eventually(True, lambda: client.about("documentLink", uri) != [])
    return uri


def test_a_picture_is_renamed_wherever_it_is_shown(client: Client) -> None:
    uri = opened(client)
    assert {"prepareProvider": True} == client.server_capabilities["renameProvider"]
    assert {"range": range_of(4, 7, 4, 22), "placeholder": "one.png"} == client.at("prepareRename", uri, 4, 12)
    change, move = client.at("rename", uri, 4, 12, newName="the first.png")["documentChanges"]
    assert {
        "kind": "rename",
        "oldUri": (client.folder / "figures/one.png").as_uri(),
        "newUri": (client.folder / "figures/the first.png").as_uri(),
        "options": {"overwrite": False},
    } == move
    assert {"uri": uri, "version": 3} == change["textDocument"]
    expected = REPORT.replace("./figures/one.png", "figures/the%20first.png")
    assert expected.replace("figures/one.png", "figures/the%20first.png") == edited(REPORT, change["edits"])


LINKED = """\
### Question 1
> Show it. Insert 1-9 images.
> Answer:

As [the plot](figures/one.png "large") and [this](<figures/one.png>) show: [![small](figures/one.png)](figures/one.png)
![again][1], ![and][a b], [other](figures/two.png), [away](https://example.org/figures/one.png), figures/one.png, `[code](figures/one.png)`

[1]: figures/one.png
  [A B]:   <figures/one.png> 'title'
[two]: figures/two.png

```
[1]: figures/one.png
```

### Question 2
> Why? [asked](figures/one.png)
> Answer:

> [c]: ./figures/one.png
"""  # noqa: E501 - a paragraph


def test_links_and_what_references_name_follow_too(client: Client) -> None:
    uri = opened(client, text=LINKED)
    lines = LINKED.split("\n")
    for line in (4, 7, 8):
        lines[line] = lines[line].replace("figures/one.png", "figures/a%20b.png")
    lines[19] = "> [c]: figures/a%20b.png"
    character = lines[4].index("![small") + 4
    for answer in (
        client.at("rename", uri, 4, character, newName="a b")["documentChanges"][0]["edits"],
        will_rename(client, ("figures/one.png", "figures/a b.png"))["changes"][uri],
    ):
        assert lines == edited(LINKED, answer).split("\n")


@pytest.mark.parametrize(
    ("new_name", "path"),
    [
        ("bucket", "figures/bucket.png"),
        (" bucket.png ", "figures/bucket.png"),
        ("bucket.jpg", "figures/bucket.jpg"),
        ("images/bucket", "images/bucket.png"),
        ("v1.2/bucket", "v1.2/bucket.png"),
        ("figures/../images/bucket.png", "images/bucket.png"),
        ("50%.png", "figures/50%.png"),
        ("what #1.png", "figures/what #1.png"),
        ("Gr\u00f8d (1).png", "figures/Gr\u00f8d (1).png"),
        ("One.png", "figures/One.png"),
    ],
)
def test_a_new_name_is_a_name_and_no_url(new_name: str, path: str, client: Client) -> None:
    changes = client.at("rename", opened(client), 4, 12, newName=new_name)["documentChanges"]
    assert (client.folder / path).as_uri() == changes[-1]["newUri"]
    text = edited(REPORT, changes[0]["edits"])
    (client.folder / path).parent.mkdir(exist_ok=True)
    put_picture(client.folder / path)
    uri = client.write_and_open("after.md", text)
    client.eventually(True, lambda: (client.folder / path).as_uri() in map(target, client.about("documentLink", uri)))


def target(link: Json) -> str:
    return str(link["target"])


@pytest.mark.parametrize(
    "new_name",
    [
        "",
        "  ",
        "/etc/passwd.png",
        "~/a.png",
        "C:/a.png",
        "../one.png",
        "a/../../b.png",
        "https://example.org/a.png",
        "a\nb",
        "\ud83d",
    ],
)
def test_a_picture_stays_in_the_folder_and_has_a_name(new_name: str, client: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        client.at("rename", opened(client), 4, 12, newName=new_name)
    assert REQUEST_FAILED == refusal.value.code
    assert "a picture needs a name, and stays in the report's folder" == refusal.value.message


def test_another_picture_is_never_overwritten(client: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        client.at("rename", opened(client), 4, 12, newName="two")
    assert (REQUEST_FAILED, "there is a file figures/two.png already") == (refusal.value.code, refusal.value.message)


@pytest.mark.parametrize("name", ["con.png", "AUX", "a:b.png", "a?.png", "lpt1.jpg", 'a".png', "figures/a|b.png"])
def test_a_picture_gets_no_name_that_windows_cannot_keep(name: str, client: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        client.at("rename", opened(client), 4, 12, newName=name)
    assert refusal.value.message.startswith("a computer with Windows cannot keep a file ")


def test_no_two_pictures_differ_in_case_only(client: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        client.at("rename", opened(client), 4, 12, newName="TWO.png")
    assert "there is a file figures/two.png already, and not all computers tell the two apart" == refusal.value.message


@pytest.mark.parametrize("behind", ["?raw=true", "#left", "?a=1#b"])
def test_what_is_behind_a_path_stays(behind: str, client: Client) -> None:
    text = REPORT.replace("![one](figures/one.png)", f"![one](figures/one.png{behind})")
    change, _ = client.at("rename", opened(client, text=text), 4, 12, newName="x.png")["documentChanges"]
    assert f"![one](figures/x.png{behind}) ![again](<figures/x.png>)" in edited(text, change["edits"])


@pytest.mark.parametrize(("line", "character"), [(0, 3), (5, 40), (5, 75)])
def test_only_pictures_that_are_there_are_renamed(line: int, character: int, client: Client) -> None:
    uri = opened(client)
    assert client.at("prepareRename", uri, line, character) is None
    assert client.at("rename", uri, line, character, newName="x") is None


def test_other_open_reports_follow(client: Client) -> None:
    (client.folder / "figures/figures").mkdir()
    uri = opened(client)
    other = opened(client, "other.md")
    elsewhere = opened(client, "figures/report.md", REPORT.replace("figures/", ""))
    changes = client.at("rename", uri, 4, 12, newName="x")["documentChanges"]
    assert {uri, other, elsewhere} == {change["textDocument"]["uri"] for change in changes[:-1]}
    edits = next(change["edits"] for change in changes[:-1] if change["textDocument"]["uri"] == elsewhere)
    assert ["x.png"] * 4 == [edit["newText"] for edit in edits]


@pytest.mark.parametrize(
    "takes",
    [
        capabilities(workspace__workspaceEdit__documentChanges=False),
        capabilities(workspace__workspaceEdit__resourceOperations=["create"]),
        capabilities(workspace__workspaceEdit=None),
        {},
    ],
)
def test_a_client_that_cannot_rename_files_is_not_offered_it(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes) as client:
        client.initialize()
        assert "renameProvider" not in client.server_capabilities


def test_a_client_that_does_not_ask_before_may_rename_too(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(textDocument__rename={})) as client:
        client.initialize()
        assert client.server_capabilities["renameProvider"] is True


# What the client itself renames


def will_rename(client: Client, *renames: tuple[str, str]) -> Json:
    files = [
        {"oldUri": (client.folder / old).as_uri(), "newUri": (client.folder / new).resolve().as_uri()}
        for old, new in renames
    ]
    return client.request("workspace/willRenameFiles", {"files": files})


def test_targets_follow_a_picture_that_moves(client: Client) -> None:
    uri = opened(client)
    answer = will_rename(client, ("figures/one.png", "images/first one.png"))
    assert [uri] == list(answer["changes"])
    expected = REPORT.replace("./figures/one.png", "figures/one.png").replace(
        "figures/one.png", "images/first%20one.png"
    )
    assert expected == edited(REPORT, answer["changes"][uri])


def test_targets_follow_a_folder_that_moves(client: Client) -> None:
    uri = opened(client)
    answer = will_rename(client, ("figures", "images"), ("figures/two.png", "images/two.png"))
    edits = answer["changes"][uri]
    places = ["4:7-4:22", "4:34-4:49", "4:61-4:76", "4:88-4:105", "5:10-5:25", "5:39-5:55"]
    assert places == [place(edit["range"]) for edit in edits]
    assert ["images/none.png", "images/one.png", "images/two.png"] == sorted({edit["newText"] for edit in edits})


@pytest.mark.parametrize(
    ("old", "new"), [("figures/three.png", "figures/four.png"), ("figures/one.png", "../one.png"), ("fig", "gif")]
)
def test_pictures_not_shown_or_outside_the_folder_change_nothing(old: str, new: str, client: Client) -> None:
    opened(client)
    assert will_rename(client, (old, new)) is None


def test_reports_that_are_not_open_follow_what_the_client_renames(tmp_path: Path) -> None:
    other = "[![one](../one.png)](figures/one.png)\n"
    for name, text in (
        ("a/report.md", REPORT),
        ("a/open.md", REPORT),
        ("a/README.md", "![one](figures/one.png)\n"),
        ("a/figures/deep/report.md", REPORT),
        ("report.md", REPORT),
        ("b/report.md", REPORT),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text + other, "utf-8")
    with Client(tmp_path, capabilities()) as client:
        client.initialize()
        text = REPORT.replace("So", "Thus")
        uri = client.open((tmp_path / "a/open.md").as_uri(), REPORT)
        answer = will_rename(client, ("a/figures/one.png", "a/figures/first.png"))
        assert {uri, (tmp_path / "a/report.md").as_uri()} == set(answer["changes"])
        edits = answer["changes"][(tmp_path / "a/report.md").as_uri()]
        assert ["figures/first.png"] * 5 == [edit["newText"] for edit in edits]
        expected = (REPORT + other).replace("./figures", "figures").replace("(figures/one", "(figures/first")
        expected = expected.replace("<figures/one", "<figures/first").replace('"figures/one', '"figures/first')
        assert expected == edited(REPORT + other, edits)
        (tmp_path / "a/report.md").unlink()
        client.close(uri)
        (tmp_path / "a/open.md").write_bytes(b"\xff")
        assert will_rename(client, ("a/figures/one.png", "a/figures/first.png")) is None


@pytest.mark.parametrize("asks", [True, False])
def test_a_rename_edits_closed_reports_if_the_client_will_not_ask(asks: object, tmp_path: Path) -> None:
    (tmp_path / "figures/deep").mkdir(parents=True)
    put_picture(tmp_path / "figures/one.png")
    other = "### Question 1\n> Show it. Insert 1-9 images.\n> Answer:\n\n![é one](figures/one.png)\n"
    for name, text in (
        ("closed.md", other),
        ("notes.md", "![one](figures/one.png)\n"),
        ("figures/deep/report.md", REPORT),
        ("figures/report.md", other.replace("figures/", "")),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    takes = capabilities() if asks else capabilities(workspace__fileOperations=None)
    with Client(tmp_path, takes) as client:
        client.initialize()
        uri = opened(client)
        *changes, move = client.at("rename", uri, 4, 12, newName="first.png")["documentChanges"]
        closed = [] if asks else ["figures/report.md", "closed.md"]
        expected = [(uri, 3), *(((tmp_path / name).as_uri(), None) for name in closed)]
        assert expected == [(change["textDocument"]["uri"], change["textDocument"]["version"]) for change in changes]
        assert "rename" == move["kind"]
        if not asks:
            assert other.replace("figures/one", "figures/first") == edited(other, changes[-1]["edits"])


def test_reports_of_the_pack_in_the_settings_follow_too(tmp_path: Path) -> None:
    text = "### Question 1\n> What for?\n>\n> Answer:\n\n![one](one.png)\n"
    (tmp_path / "report.md").write_text(text, "utf-8")
    (tmp_path / "own.yaml").write_text("id: own\ntitle: Own\nquestions: [{number: 1}]\n", "utf-8")
    with Client(tmp_path, capabilities(), options={"status": True, "settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.open_new(text)
        client.until(lambda: ["own"] == [told["pack"] for told in client.of("reportLs/status")][-1:], "its pack")
        client.close(uri)
        assert {(tmp_path / "report.md").as_uri()} == set(will_rename(client, ("one.png", "two.png"))["changes"])


@pytest.mark.parametrize("trusted", [True, False])
def test_without_trust_no_configuration_makes_a_text_a_report(trusted: object, tmp_path: Path) -> None:
    text = "### Question 1\n> Zork?\n\n![one](figures/one.png)\n"
    (tmp_path / "notes.md").write_text(text, "utf-8")
    (tmp_path / "report-ls.toml").write_text('pack = "generic"', "utf-8")
    with Client(tmp_path, capabilities(), options={"trusted": trusted}) as client:
        client.initialize()
        answer = will_rename(client, ("figures/one.png", "figures/first.png"))
        assert trusted == (answer is not None)


def test_it_is_told_of_pictures_and_folders(client: Client) -> None:
    filters = client.server_capabilities["workspace"]["fileOperations"]["willRename"]["filters"]
    assert ["file", "folder"] == [filter_["pattern"]["matches"] for filter_ in filters]
    assert {"file"} == {filter_["scheme"] for filter_ in filters}


def test_a_client_that_does_not_tell_is_not_asked_to(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(workspace__fileOperations=None)) as client:
        client.initialize()
        assert {} == client.server_capabilities["workspace"]["fileOperations"]
