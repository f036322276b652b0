"""Completion offers the pictures of the folder with correct targets, first those that no answer shows."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from lsp.client import Client, Json, capabilities, edited, place
from markdown_it import MarkdownIt
from support.pictures import png, put_picture

REPORT = """\
### Question 1
> Show it. Insert 1-2 images.
> Answer:

\U0001f4f7 ![two](figures/two.png) and {}

### Question 2
> Why? Answer length: 2-20 words.
> Answer:

{}
"""
NAMES = ("two.png", "one.png", "a b.png", "100%.jpeg", "sub(1).svg", "Gr\u00f8d.PNG")
FIRST = ["100%.jpeg", "Gr\u00f8d.PNG", "a b.png", "one.png", "sub(1).svg", "two.png"]
TARGETS = [
    "figures/100%25.jpeg",
    "figures/Gr\u00f8d.PNG",
    "figures/a%20b.png",
    "figures/one.png",
    "figures/sub%281%29.svg",
    "figures/two.png",
]


def make(folder: Path) -> None:
    (folder / "figures/deep down").mkdir(parents=True)
    (folder / "figures/empty").mkdir()
    (folder / "figures/away").symlink_to(folder.parent)
    for name in (*NAMES, "notes.txt", "deep down/deep.png"):
        (folder / "figures" / name).write_bytes(png(n_extra=1234))
    put_picture(folder / "figures/caf\udce9.png")  # A name that is no UTF-8, as from an old camera.


@pytest.fixture(scope="module", autouse=True)
def pictures(shared: Client) -> None:
    """The pictures of the shared folder."""
    make(shared.folder)


def complete(client: Client, first: str = "", second: str = "", name: str = "report.md") -> tuple[str, list[Json]]:
    """Return the text of a report that is completed at a position in an answer, and the offered items."""
    drawn = REPORT.format(first, second)
    line, character = next((i, text.index("|")) for i, text in enumerate(drawn.split("\n")) if "|" in text)
    character += drawn.split("\n")[line][:character].count("\U0001f4f7")
    text = drawn.replace("|", "")
    uri = client.write_and_open(name, text)
    client.eventually(True, lambda: 0 < len(client.at("completion", uri, 4, 14)["items"]))  # The disk has answered.
    answer = client.at("completion", uri, line, character)
    assert answer["isIncomplete"] is False
    return text, answer["items"]


def applied(text: str, item: Json) -> str:
    """Return the line after an item is inserted; columns after the emoji are counted as the client counts them."""
    line: int = item["textEdit"]["range"]["start"]["line"]
    text = text.replace("\U0001f4f7", "##")
    return edited(text, [item["textEdit"]]).split("\n")[line].replace("##", "\U0001f4f7")


def test_it_is_offered_with_its_triggers(shared: Client) -> None:
    assert {"triggerCharacters": ["(", "/", "!"]} == shared.server_capabilities["completionProvider"]


def test_the_folders_in_it_are_offered_last(shared: Client) -> None:
    text, items = complete(shared, "![x](|)")
    assert ["figures/two.png", "figures/deep down/"] == [item["label"] for item in items[5:]]
    assert (19, "0006") == (items[6]["kind"], items[6]["sortText"])
    assert "\U0001f4f7 ![two](figures/two.png) and ![x](figures/deep%20down/)" == applied(text, items[6])


@pytest.mark.parametrize("written", ["figures/deep down/", "./figures/deep%20down/d", "figures/../figures//deep down/"])
def test_in_another_folder_its_pictures_are_offered(written: str, shared: Client) -> None:
    text, items = complete(shared, f"![x]({written}|old.png)")
    (item,) = items
    assert ("figures/deep down/deep.png", "figures/deep%20down/deep.png") == (
        item["label"],
        item["textEdit"]["newText"],
    )
    assert item["filterText"].startswith(written)
    assert "\U0001f4f7 ![two](figures/two.png) and ![x](figures/deep%20down/deep.png)" == applied(text, item)


@pytest.mark.parametrize("written", ["../", "/", "https://example.org/", "figures/../../", "figures/No/"])
def test_a_folder_outside_is_not_looked_into(written: str, shared: Client) -> None:
    put_picture(shared.folder.parent / "secret.png")
    assert FIRST == [item["label"].removeprefix("figures/") for item in complete(shared, f"![x]({written}|)")[1][:-1]]


def test_a_link_that_leads_outside_is_not_followed(shared: Client) -> None:
    assert [] == complete(shared, "![x](figures/away/|)")[1]


@pytest.mark.parametrize("written", ["./fig", "./", ".//figures/o", "figures/./o", "figures/deep down/../o"])
def test_a_path_is_found_as_it_is_written(written: str, shared: Client) -> None:
    _, items = complete(shared, f"![x]({written}|)")
    item = next(item for item in items if item["label"] == "figures/one.png")
    assert item["filterText"].startswith(written)
    assert item["filterText"].endswith("one.png")


@pytest.mark.parametrize("written", ["", "f", "figures/", "figures/o"])
def test_in_a_target_the_pictures_of_the_folder_are_offered(written: str, shared: Client) -> None:
    text, items = complete(shared, f"![x]({written}|)")
    items = items[:-1]  # The last is a folder.
    assert [f"figures/{name}" for name in FIRST] == [item["label"] for item in items]
    assert TARGETS == [item["textEdit"]["newText"] for item in items]
    assert {f"4:36-4:{36 + len(written)}"} == {place(item["textEdit"]["range"]) for item in items}
    assert [f"{index:04}" for index in range(6)] == [item["sortText"] for item in items]
    assert {17} == {item["kind"] for item in items}
    shared.eventually(
        [*["1 kB, 3 \u00d7 4"] * 5, "1 kB, 3 \u00d7 4, shown already"],
        lambda: [item["detail"] for item in complete(shared, f"![x]({written}|)")[1][:-1]],
    )
    assert f"\U0001f4f7 ![two](figures/two.png) and ![x]({TARGETS[2]})" == applied(text, items[2])


@pytest.mark.parametrize(
    "target",
    [
        "![x](|old.png)",
        "![x]( |old.png)",
        "![x](fig|ures/old.png)",
        "![x](<fig|ures/old.png>)",
        "![x](<figures/|my old.png>)",
        '![x](<figures/|my (\'old.png> "title")',
        '![x](figures/|old.png "a title")',
        "![x](figures/|old.png 'a title' )",
        "![x](figures/|my old.png)",
        '![x](figures/|my old.png "title")',
        "![x](figures/it|'s old.png)",
        "![x](figures/|'old.png) it's",
        "![x](figures/|very(1)old.png) (so)",
        '<img width=3 src="f|igures/old.png">',
        '<img src="figures/|it\'s old.png" alt="old">',
        "<img alt=\"it's\" src='figures/|my old.png' width=3>",
    ],
)
def test_what_is_behind_the_cursor_is_replaced_too(target: str, shared: Client) -> None:
    text, items = complete(shared, second=target)
    item = next(item for item in items if item["label"] == "figures/one.png")
    before, _, behind = target.partition("|")
    start = re.sub(r"(?:f|fig|figures/|figures/it)$", "", before)
    end = behind[behind.index("old.png") + len("old.png") :]
    assert f"{start}figures/one.png{end}" == applied(text, item)


@pytest.mark.parametrize(
    "behind",
    [
        " and so on",
        "ures/old.png and so on",
        " and so on) is text",
        ' and "so on" (and on)',
        "ures/old.png ![y](z.png)",
        '.png "title',
        ".png> and <so on>",
    ],
)
def test_what_is_behind_an_open_target_stays(behind: str, shared: Client) -> None:
    text, items = complete(shared, second=f"![x](fig|{behind}")
    assert f"![x](figures/100%25.jpeg{behind}" == applied(text, items[0])


@pytest.mark.parametrize(
    ("written", "filters"),
    [
        ("figures/a b", "figures/a b.png"),
        ("figures/a%20b", "figures/a%20b.png"),
    ],
)
def test_a_space_is_found_as_it_is_written(written: str, filters: str, shared: Client) -> None:
    _, items = complete(shared, f"![x]({written}|)")
    assert filters == next(item["filterText"] for item in items if item["label"] == "figures/a b.png")


@pytest.mark.parametrize(("written", "behind"), [("!", ""), ("![", ""), ("![", "]")])
def test_where_images_are_asked_whole_ones_are_offered(written: str, behind: str, shared: Client) -> None:
    text, items = complete(shared, f"{written}|{behind}")
    assert [
        "![100%](figures/100%.jpeg)",
        "![Gr\u00f8d](figures/Gr\u00f8d.PNG)",
        "![a b](figures/a b.png)",
        "![one](figures/one.png)",
        "![sub(1)](figures/sub(1).svg)",
        "![two](figures/two.png)",
    ] == [item["label"] for item in items]
    assert "![${1:a b}](figures/a%20b.png)" == items[2]["textEdit"]["newText"]
    assert ({2}, {15}) == ({item["insertTextFormat"] for item in items}, {item["kind"] for item in items})
    assert "\U0001f4f7 ![two](figures/two.png) and ![${1:one}](figures/one.png)" == applied(text, items[3])
    assert all(item["filterText"].startswith(written) for item in items)


def test_a_client_without_snippets_gets_plain_text(tmp_path: Path) -> None:
    make(tmp_path)
    with Client(tmp_path, capabilities(textDocument__completion={})) as client:
        client.initialize()
        _, items = complete(client, "!|")
        assert "![a b](figures/a%20b.png)" == items[2]["textEdit"]["newText"]
        assert {1} == {item["insertTextFormat"] for item in items}


def test_signs_of_snippets_are_written_as_signs(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    put_picture(tmp_path / "figures/a$1}.png")
    with Client(tmp_path, capabilities()) as client:
        client.initialize()
        _, items = complete(client, "!|")
        assert ["![${1:a\\$1\\}}](figures/a\\$1\\}.png)"] == [item["textEdit"]["newText"] for item in items]


@pytest.mark.parametrize(
    "second",
    ["!|", "![|", "well!|", "[x](fig|)", "![x](figures/one.png)|", "![x](fig)|ures", '![x](a.png "fig|")', "|"],
)
def test_elsewhere_nothing_is_offered(second: str, shared: Client) -> None:
    _, items = complete(shared, second=second)
    assert [] == items


@pytest.mark.parametrize(
    "first",
    [
        "`![x](fig|)`",
        "<!-- ![x](fig|) -->",
        "\n\n```sh\n! grep|\n```\n",
        "\n\n```\n![x](fig|)\n```\n",
        "\n\n<!--\n!|\n-->\n",
    ],
)
def test_nothing_is_offered_in_code_and_comments(first: str, shared: Client) -> None:
    _, items = complete(shared, first)
    assert [] == items


def test_behind_code_pictures_are_offered_as_elsewhere(shared: Client) -> None:
    assert FIRST == [item["label"].removeprefix("figures/") for item in complete(shared, "`x` ![x](fig|)")[1]][:6]


STRANGE = ["&amp;.png", "a*b*.png", "a`b.png", "c[.png", "c\\.png", "x]y.png"]


@pytest.mark.skipif(os.name != "posix", reason="needs names that only POSIX allows")
@pytest.mark.parametrize("opening", ["!|", "![x](fig|)"])
def test_whatever_a_picture_is_called_what_is_offered_shows_it(opening: str, tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    for name in ("two.png", *STRANGE):
        put_picture(tmp_path / "figures" / name)
    with Client(tmp_path, capabilities(textDocument__completion={})) as client:
        client.initialize()
        text, items = complete(client, opening)
        lines = [applied(text, item).split(" and ")[1] for item in items[: len(STRANGE)]]
    images = [next(iter(MarkdownIt().parseInline(line)[0].children or ())) for line in lines]
    stems = ["x" if opening != "!|" else name.removesuffix(".png") for name in STRANGE]
    shown = [(image.content.replace("\\", ""), unquote(str(image.attrs["src"]))) for image in images]
    assert [(stem.replace("\\", ""), f"figures/{name}") for stem, name in zip(stems, STRANGE, strict=True)] == shown


def test_what_is_no_report_gets_nothing(shared: Client) -> None:
    for uri in (shared.open_new("![x]()\n"), "untitled:never-opened.md"):
        assert {"isIncomplete": False, "items": []} == shared.at("completion", uri, 0, 5)


def test_without_a_folder_there_are_no_pictures(shared: Client) -> None:
    uri = shared.open_new(REPORT.format("![x]()", ""))
    assert [] == shared.at("completion", uri, 4, 36)["items"]
