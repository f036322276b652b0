"""From the target of an image to its file: document links, and go to definition."""

from pathlib import Path

import pytest
from lsp.client import Client, capabilities, place, range_of
from support.pictures import put_picture

REPORT = """\
### Question 1
> Show it. Insert 1-9 images.
> Answer:

\U0001f4f7 ![one](figures/one.png) ![spaced](<figures/a b.png>) ![coded](figures/a%20b.png "title")
<img src="figures/one.png" width=300> ![raw](figures/a b.png)
![missing](figures/none.png) ![remote](https://example.org/one.png) ![outside](../one.png) ![root](/one.png)
![reference][one] [link](figures/one.png) ![folder](figures) ![none]()

[one]: figures/one.png
"""


@pytest.fixture(scope="module")
def report(shared: Client) -> str:
    """The report above, with its pictures."""
    (shared.folder / "figures").mkdir()
    for name in ("one.png", "a b.png"):
        put_picture(shared.folder / "figures" / name)
    put_picture(shared.folder.parent / "one.png")
    uri = shared.write_and_open("report.md", REPORT)
    shared.eventually(5, lambda: len(shared.about("documentLink", uri)))
    return uri


def test_each_picture_that_is_there_is_a_link(shared: Client, report: str) -> None:
    one, spaced = ((shared.folder / "figures" / name).as_uri() for name in ("one.png", "a b.png"))
    assert spaced.endswith("/figures/a%20b.png")
    expected = [
        ("4:10-4:25", one),
        ("4:38-4:53", spaced),
        ("4:65-4:82", spaced),
        ("5:10-5:25", one),
        ("5:45-5:60", spaced),
    ]
    links = shared.about("documentLink", report)
    assert expected == [(place(link["range"]), link["target"]) for link in links]
    assert {"open the picture"} == {link["tooltip"] for link in links}


def test_a_client_that_shows_no_tooltip_gets_none(tmp_path: Path) -> None:
    put_picture(tmp_path / "one.png")
    with Client(tmp_path, capabilities(textDocument__documentLink={})) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT.replace("(figures/one.png)", "(one.png)"))
        expected = [{"range": range_of(4, 10, 4, 17), "target": (tmp_path / "one.png").as_uri()}]
        client.eventually(expected, lambda: client.about("documentLink", uri))


@pytest.mark.parametrize("character", [3, 10, 25, 26])
def test_the_definition_of_a_picture_is_its_file(character: int, shared: Client, report: str) -> None:
    expected = {"uri": (shared.folder / "figures/one.png").as_uri(), "range": range_of(0, 0, 0, 0)}
    assert expected == shared.at("definition", report, 4, character)


@pytest.mark.parametrize(("line", "character"), [(0, 3), (4, 1), (6, 5), (6, 40), (6, 80), (6, 100), (7, 3), (7, 30)])
def test_where_no_picture_is_there_is_no_definition(line: int, character: int, shared: Client, report: str) -> None:
    assert shared.at("definition", report, line, character) is None


def test_only_a_report_on_disk_has_links(shared: Client) -> None:
    for uri in (
        shared.open_new("![one](figures/one.png)\n"),
        shared.open("untitled:links.md", REPORT),
        "untitled:never-opened.md",
    ):
        assert [] == shared.about("documentLink", uri)
        assert shared.at("definition", uri, 4, 10) is None
