"""File names that are no valid text are printed with U+FFFD in every output, and never offered."""

import json
import os
import re
from pathlib import Path

import pytest
from lsp.client import Client, capabilities
from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.readable import encodable, is_readable, readable, readable_json
from report_ls.base.text import SourceText
from report_ls.cli.formats import FORMATS, printable, write
from report_ls.cli.judged import as_judged
from report_ls.cli.results import Results, Unreadable
from report_ls.files.disk import DiskFiles
from report_ls.project.packs import parse_pack
from support.pictures import png

REPORT = """\
### Question 1
> Show it. Insert 1-2 images.
>
> Answer:

So it looks: ![it](figures/{})
"""
PACK = parse_pack("{id: test, title: Test, images: {folder: figures, extensions: [png]}}", "test")
UNUSED = "no answer shows 1 picture of figures/ ({}): show or delete it"
NAMES = [b"bl\xe5b\xe6r.png", b"bl\nb\rr.png", "bl\u2028b\u2029r.png".encode(), b"bl\xed\xa0\x80.png"]
SHOWN = ["bl\ufffdb\ufffdr.png", "bl\ufffdb\ufffdr.png", "bl\ufffdb\ufffdr.png", "bl\ufffd\ufffd\ufffd.png"]
HALF = re.compile("[\ud800-\udfff]")


@pytest.fixture(params=zip(NAMES, SHOWN, strict=True), ids=["Latin-1", "line ends", "other line ends", "a half"])
def named(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A folder with a picture of such a name and one of a plain name, and how the first is shown."""
    name, shown = request.param
    (tmp_path / "figures").mkdir()
    for one in (os.fsencode(tmp_path / "figures") + b"/" + name, tmp_path / "figures/plain.png"):
        with open(one, "wb") as file:  # noqa: PTH123 - bytes, which no Path takes
            file.write(png())
    return tmp_path, shown


def judged(folder: Path, picture: str) -> Analysis:
    return analyze(SourceText(REPORT.format(picture)), PACK, DiskFiles(folder), None)


def test_such_a_name_is_shown_and_not_offered(named: tuple[Path, str]) -> None:
    folder, shown = named
    unused, missing = judged(folder, "plain.png"), judged(folder, "blåbær.png")
    assert [UNUSED.format(shown)] == [found.message for found in unused.diagnostics]
    (found,) = (found for found in missing.diagnostics if found.code == "image-not-found")
    assert "there is no file figures/blåbær.png beside the report: add it, or correct the name" == found.message
    assert () == tuple(found.fixes)


@pytest.mark.parametrize("name", NAMES)
def test_such_a_name_is_not_offered_where_it_is_the_nearest(name: bytes, tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    with open(os.fsencode(tmp_path / "figures") + b"/what-bees-eat-" + name, "wb") as file:  # noqa: PTH123 - as above
        file.write(png())
    (found,) = (
        found for found in judged(tmp_path, "what-bees-eat-bl.png").diagnostics if found.code == "image-not-found"
    )
    assert (
        "there is no file figures/what-bees-eat-bl.png beside the report: add it, or correct the name" == found.message
    )
    assert () == tuple(found.fixes)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_written(name: str, named: tuple[Path, str]) -> None:
    folder, _ = named
    analysis = judged(folder, "plain.png")
    assert 1 == len(analysis.diagnostics)
    told = (as_judged("gr\udcf8n/report.md", analysis),)
    said = write(name, Results(None, told, (Unreadable("r\udcf8d/report.md", "there is no such file"),)))
    assert said.encode("utf-8")
    if name in ("json", "gitlab", "sarif"):
        assert not HALF.search(repr(json.loads(said)).encode().decode("unicode-escape"))


def test_the_server_sends_no_half(named: tuple[Path, str]) -> None:
    folder, shown = named
    with Client(folder, capabilities()) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT.format("plain.png"))
        client.expect_pulled(uri, [f"3:2-3:9 hint image-unused: {UNUSED.format(shown)}"])
        offered = client.at("completion", uri, 5, 27)["items"]
        assert ["figures/plain.png"] == [item["label"] for item in offered]
        # What a client sends may have halves too, which come back in a quick-fix or a hover.
        half = client.open(f"{uri}2.md", REPORT.format("\ud83d.png"))
        assert not HALF.search(str(client.pull(half)) + str(client.at("hover", half, 5, 25)))
        titled = client.open(f"{uri}3.md", "<!-- report-ls: answers below ## headings -->\n\n## Bees \ud83d\n\nYes.\n")
        assert ["Question 1: Bees \ufffd"] == [symbol["name"] for symbol in client.about("documentSymbol", titled)]
        client.stop()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"\\ud83d\\udcf7"', '"\\ud83d\\udcf7"'),
        ('"\\udce5"', '"\\ufffd"'),
        ('"\\ud83d\\ud83d\\udcf7\\udcf7"', '"\\ufffd\\ud83d\\udcf7\\ufffd"'),
        ('"\\\\udce5"', '"\\\\udce5"'),
        ('"\\\\\\udce5"', '"\\\\\\ufffd"'),
        ('"\\u00e5"', '"\\u00e5"'),
    ],
)
def test_halves_in_json_become_something_of_the_same_length(written: str, expected: str) -> None:
    assert expected.encode() == readable_json(written.encode())


def test_what_is_text_stays() -> None:
    # A tab, spaces of other scripts and what is put together stand in names that people use.
    text = "a\tb\u202fc\u00a0d\u200d\U0001f4f7"
    assert [text] * 3 == [encodable(text), readable(text), text if is_readable(text) else ""]
    odd = "a\udce5\n"
    assert ["a\ufffd\n", "a\ufffd\ufffd", "a\ufffd?"] == [encodable(odd), readable(odd), printable(odd)]
