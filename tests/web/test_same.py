"""In the browser report-ls says what it says everywhere: the same diagnostics, as JSON."""

import json
import subprocess
import sys
from gzip import compress
from pathlib import Path

import pytest
from lsp.client import Client, Json
from support.corpus import RealReport, real_reports
from web.visitor import Visitor

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
MOST_BYTES = 8_000_000

TEXTS = {
    "example": (ROOT / "examples" / "report.md").read_text("utf-8"),
    "odd": (
        "### Question 1\n> Why? Answer length: 2-5 words\n>\n> Answer:\n\n"
        "Øne é twø \U0001f4f7 three fœur\U0001f4f7 â€™ five.\u2028 six ![é](figures/a.png) <b>\n\n"
        "### Question 2\n> How?\n> \n> Answer:\n\n```\n![b](b c.png)\n"
    ),
    "long": "".join(
        f"### Question {number}\n> What? Answer length: 5-9 words.\n>\n> Answer:\n\n{'word ' * number}\n\n"
        for number in range(1, 100)
    ),
}


def native(folder: Path, text: str) -> list[Json]:
    """Return what the server says of `folder/report.md` on this machine."""
    publishing = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}
    with Client(folder, publishing) as client:
        client.initialize()
        uri = client.open((folder / "report.md").as_uri(), text)
        client.until(lambda: bool(client.pushes(uri)), "diagnostics")
        found: list[Json] = client.pushes(uri)[-1]["diagnostics"]
        return found


@pytest.mark.parametrize("name", TEXTS)
def test_it_says_the_same_of_our_texts(name: str, visitor: Visitor, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "report.md").write_bytes(TEXTS[name].encode())
    (folder / "other.txt").touch()
    visitor.open_folder(folder)
    assert native(folder, TEXTS[name]) == visitor.diagnostics(f"{name}/report.md")


def test_it_says_the_same_of_real_reports(visitor: Visitor, tmp_path: Path) -> None:
    for report in real_reports():
        folder = tmp_path / report.name
        text = laid_out(report, folder)
        visitor.open_folder(folder)
        assert native(folder, text) == visitor.diagnostics(f"{report.name}/report.md"), report.name


def laid_out(report: RealReport, folder: Path) -> str:
    """Write a report and empty files of the names that lay beside it; return its text as an editor has it."""
    for path in report.newest.files.paths:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    (folder / "other.txt").touch()
    text = report.newest.source.text.replace("\r\n", "\n").replace("\r", "\n")
    (folder / "report.md").write_bytes(text.encode())
    return text


@pytest.mark.usefixtures("node")
def test_the_library_is_what_a_session_imports() -> None:
    command = [sys.executable, str(WEB / "build.py"), "--trace"]
    traced = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    assert traced == (WEB / "library.txt").read_text("utf-8")


def test_a_first_visit_takes_at_most_8_megabytes(dist: Path) -> None:
    sizes = {path.name: len(compress(path.read_bytes())) for path in dist.iterdir() if path.is_file()}
    assert sum(sizes.values()) - sizes["THIRD-PARTY-NOTICES.txt"] <= MOST_BYTES, json.dumps(sizes)


def test_the_sources_are_in_order(dist: Path) -> None:
    assert dist
    subprocess.run(["npm", "run", "--silent", "check"], cwd=WEB, check=True)  # noqa: S607 - the one on PATH
