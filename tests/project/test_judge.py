"""Command and server agree whether a file is a report, and how it is judged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import frozen
from lsp.client import Client, Json, capabilities, pushing
from report_ls.packs.pack import Pack
from report_ls.project.judge import Choices
from report_ls.project.packs import load_pack
from report_ls.project.reports import default_report, find_reports
from support.command import NO_QUESTION as NO_HEADING_OF_A_QUESTION
from support.command import OTHER_FORM

REPORT = """\
### Question 1
> What does it do? Answer length: 5-20 words.
>
> Answer:
"""
PACK = "id: ours\ntitle: Ours\nhandin: python-markdown\nquestions: [{number: 1}, {number: 2}]\n"
NOTHING_OF_OURS = (
    "no question of the form found: 2 are expected; a question is a heading such as ### Question 1 [no-questions]"
)

NOT_UNDERSTOOD = (
    "no report: the comment in line {} is not understood: write <!-- report-ls: answers below ## headings --> "
    "in a line of its own, with the number signs of your headings"
)

NOT_FOR_ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read and write everything")


def make(folder: Path, *paths: str, text: str = REPORT) -> None:
    """Make files with a text, and the folders above them."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


@frozen
class Place:
    """A file, its configuration, and the expected result."""

    name: str
    text: str
    configuration: str | None = None
    """The text of report-ls.toml, above the file."""
    pack: str | None = None
    """The pack that the option or the setting names."""
    named: str = ""
    """The pack by which it is judged if the user names the file; empty if it is no report."""
    found: str = ""
    """Likewise where it is only found, or opened."""
    codes: tuple[str, ...] = ()


UNKNOWN = (
    "### Question 1\n> What for?\n>\n> Answer:\n\nFor us.\n\n### Question 2\n> And then?\n>\n> Answer:\n\nThen more.\n"
)
NO_QUESTION = "# Our project\n\n## Q1\n\nIt counts.\n"
OURS = 'pack = "ours.yaml"\n'
BROKEN = "pack = 3\n"
EMPTY = ("no-questions",)
PLACES = (
    Place("notes.md", NO_QUESTION),
    Place("notes.md", NO_QUESTION, OURS, named="ours", codes=EMPTY),
    Place("notes.md", NO_QUESTION, pack="ours.yaml", named="ours", codes=EMPTY),
    Place("README.md", NO_QUESTION, OURS, named="ours", codes=EMPTY),
    Place("reports/README.md", NO_QUESTION),
    Place("reports/README.md", NO_QUESTION, OURS, named="ours", found="ours", codes=EMPTY),
    Place("reports/README.md", NO_QUESTION, pack="ours.yaml", named="ours", found="ours", codes=EMPTY),
    Place("report/README.md", "", OURS, named="ours", found="ours", codes=EMPTY),
    Place("reports/notes.md", NO_QUESTION, OURS, named="ours", codes=EMPTY),
    Place("report.md", NO_QUESTION, OURS, named="ours", found="ours", codes=EMPTY),
    Place("report.md", NO_QUESTION, pack="ours.yaml", named="ours", codes=EMPTY),
    Place("old/report.md", NO_QUESTION, OURS, named="ours", codes=EMPTY),
    Place("exam.md", UNKNOWN),
    Place("exam.md", UNKNOWN, OURS, named="ours", found="ours"),
    Place("exam.md", UNKNOWN, pack="ours.yaml", named="ours", found="ours"),
    Place("exam.md", UNKNOWN, OURS, pack="generic", named="generic", found="generic"),
    Place("exam.md", REPORT, named="generic", found="generic", codes=("unanswered",)),
    Place("exam.md", REPORT, OURS, named="ours", found="ours", codes=("question-missing",)),
    Place("exam.md", REPORT, BROKEN),
    Place("reports/README.md", NO_QUESTION, BROKEN),
)
places = pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.name}-{PLACES.index(place)}")


@pytest.fixture
def folder(place: Place, tmp_path: Path) -> Path:
    make(tmp_path, place.name, text=place.text)
    make(tmp_path, "ours.yaml", text=PACK)
    if place.configuration:
        make(tmp_path, "report-ls.toml", text=place.configuration)
    return tmp_path


def ran(folder: Path, place: Place, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in the folder, with the pack that the option names."""
    option = ("--pack", place.pack) if place.pack else ()
    command = [sys.executable, "-m", "report_ls", *arguments, *option]
    return subprocess.run(
        command, cwd=folder, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False
    )


def judged(done: subprocess.CompletedProcess[str]) -> tuple[str, tuple[str, ...]]:
    """Return by which pack the one report was judged, and which codes were found; an empty pack if there is none."""
    reports = json.loads(done.stdout)["reports"]
    if not reports:
        assert 2 == done.returncode
        return "", ()
    ((pack, codes),) = ((one["pack"], tuple(found["code"] for found in one["diagnostics"])) for one in reports)
    assert (1 if codes else 0) == done.returncode
    return pack, codes


@places
def test_the_command_judges_a_file_that_is_named(place: Place, folder: Path) -> None:
    expected = (place.named, place.codes if place.named else ())
    assert expected == judged(ran(folder, place, "--check", place.name, "--format", "json"))
    stdin = ran(folder, place, "--check", "--stdin-filename", place.name, "--format", "json", stdin=place.text)
    assert expected == judged(stdin)


@places
def test_the_command_judges_what_it_finds_in_a_folder(place: Place, folder: Path) -> None:
    expected = (place.found, place.codes if place.found else ())
    assert expected == judged(ran(folder, place, "--check", ".", "--format", "json"))


@places
def test_nothing_without_a_question_is_ready_or_has_a_page(place: Place, folder: Path) -> None:
    handed_in, page = ran(folder, place, "--handin", place.name), ran(folder, place, "--render", place.name)
    is_broken = place.configuration == BROKEN
    if not place.named:
        assert (2, 2) == (handed_in.returncode, page.returncode)
        assert ("", "") == (handed_in.stdout, page.stdout)
        assert is_broken or "no report" in handed_in.stderr
        assert is_broken or "no report" in page.stderr
    elif place.codes == EMPTY:
        assert (1, 1) == (handed_in.returncode, page.returncode)
        assert handed_in.stdout.startswith(f"{place.name}: not ready to hand in\n")
        assert NOTHING_OF_OURS in handed_in.stdout
        assert "" == page.stdout
        assert page.stderr.startswith(f"{place.name}: no report: ")
    else:
        assert handed_in.returncode == (1 if place.codes else 0)
        # Of the generic form no page is known.
        assert page.returncode == (0 if place.named == "ours" else 2)


@places
@pytest.mark.parametrize("takes", [capabilities(), pushing()], ids=["pulled", "pushed"])
def test_the_server_judges_what_is_open_and_what_is_closed(place: Place, folder: Path, takes: Json) -> None:
    settings = {"pack": place.pack} if place.pack else {}
    codes = place.codes if place.found else ()
    # An open report keeps the last good configuration; here that is none.
    is_kept = place.configuration == BROKEN and place.text == REPORT
    shown = "generic" if is_kept else place.found or None
    with Client(folder, takes, options={"status": True, "settings": settings}) as client:
        client.initialize()
        uri = (folder / place.name).as_uri()
        client.open(uri, place.text)
        client.until(lambda: [shown] == [told["pack"] for told in client.of("reportLs/status")][-1:], "the status")
        handed_in = client.request("workspace/executeCommand", {"command": "reportLs.handin", "arguments": [uri]})
        assert (shown is not None) == (handed_in is not None)
        assert (codes == EMPTY) == ("no question of the form found" in str(handed_in))
        client.close(uri)
        if "diagnostic" in takes["textDocument"]:
            items = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
            assert [(uri, codes)] * bool(place.found) == [
                (item["uri"], tuple(found["code"] for found in item["items"])) for item in items
            ]


def test_a_folder_that_holds_no_report_says_so_whatever_pack_is_named(tmp_path: Path) -> None:
    make(tmp_path, "README.md", text=NO_QUESTION)
    make(tmp_path, "ours.yaml", text=PACK)
    nothing = Place("README.md", NO_QUESTION, pack="ours.yaml")
    done = ran(tmp_path, nothing, "--check")
    said = ".: no report found in this folder or below; name the file if there is one\n"
    assert (2, "", said) == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", f'no report: no heading, and a question needs one such as "### Question 1"; {OTHER_FORM}'),
        ("Some words.\n", f'no report: no heading, and a question needs one such as "### Question 1"; {OTHER_FORM}'),
        ("# Notes\n", NO_HEADING_OF_A_QUESTION),
        ("# A\n\n## B\n", f'no report: 2 headings, none is "### Question n"; {OTHER_FORM}'),
        ("# A\n\n```sh\n# no heading\n```\n", NO_HEADING_OF_A_QUESTION),
        ("### Question 1\n\nWhy not.\n", 'no report: 1 question, none with a quote or "> Answer:" below its heading'),
        (
            "# Bees\n\n<!-- reportls: answers below ## headings -->\n\n## Hives\n",
            NOT_UNDERSTOOD.format(3),
        ),
        ("<!-- Report LS: answers below ## headings -->\n", NOT_UNDERSTOOD.format(1)),
        ("A form. <!-- report-ls: answers below ## headings -->\n\n## Hives\n", NOT_UNDERSTOOD.format(1)),
        ("<!--\nreport-ls: answers below ## headings\n-->\n\n## Hives\n", NOT_UNDERSTOOD.format(1)),
        ("<!-- answer below ## headings -->\n\n## Hives\n", NOT_UNDERSTOOD.format(1)),
        ("```\n<!-- report-ls answers below ## headings -->\n```\n\n## Hives\n", NO_HEADING_OF_A_QUESTION),
        ("## Hives\n\n<!-- The answers below are ours. -->\n", NO_HEADING_OF_A_QUESTION),
        (
            UNKNOWN,
            'no report of a known course: 2 questions, none with a limit such as "answer length: 50-100 words"',
        ),
    ],
)
def test_a_refusal_says_what_is_missing(text: str, reason: str, tmp_path: Path) -> None:
    make(tmp_path, "notes.md", text=text)
    done = ran(tmp_path, Place("notes.md", text), "--check", "notes.md")
    assert (2, "", f"notes.md: {reason}\n") == (done.returncode, done.stdout, done.stderr)


def found(folder: Path) -> list[str]:
    """Return the reports below a folder, as seen from it."""
    return [path.relative_to(folder).as_posix() for path in find_reports(folder, Choices())]


def test_reports_are_found_by_their_questions(tmp_path: Path) -> None:
    make(tmp_path, "b/README.md", "a/exam.markdown", "a/EXAM.MD", "report.md", "b/c/d/report.md")
    make(tmp_path, "notes.md", text="# Notes\n\nQuestion 1 was hard.\n")
    make(tmp_path, "empty.md", text="")
    make(tmp_path, "plain.md", text="No heading.\n")
    make(tmp_path, "report.txt", "report.md.orig")
    assert found(tmp_path) == ["a/EXAM.MD", "a/exam.markdown", "b/README.md", "b/c/d/report.md", "report.md"]


def test_other_peoples_markdown_is_no_report(tmp_path: Path) -> None:
    make(
        tmp_path,
        ".git/report.md",
        ".venv/report.md",
        "node_modules/it/report.md",
        "site-packages/report.md",
        "environment/lib/report.md",
        "environment/pyvenv.cfg",
        "ours/report.md",
    )
    assert found(tmp_path) == ["ours/report.md"]


def test_a_folder_that_is_named_is_entered_whatever_it_is(tmp_path: Path) -> None:
    make(tmp_path, ".hidden/report.md", ".hidden/pyvenv.cfg", "node_modules/report.md")
    assert found(tmp_path / ".hidden") == ["report.md"]
    assert found(tmp_path / "node_modules") == ["report.md"]


def test_links_to_folders_are_not_followed_and_links_to_reports_within_are(tmp_path: Path) -> None:
    make(tmp_path, "there/report.md")
    make(tmp_path, "here/notes.txt", "here/deep/text.md")
    (tmp_path / "here/all").symlink_to("..")
    (tmp_path / "here/out.md").symlink_to("../there/report.md")
    (tmp_path / "here/report.md").symlink_to("deep/text.md")
    (tmp_path / "here/gone.md").symlink_to("gone")
    (tmp_path / "here/folder.md").mkdir()
    assert found(tmp_path / "here") == ["deep/text.md", "report.md"]


@NOT_FOR_ROOT
def test_a_file_that_cannot_be_read_may_be_a_report(tmp_path: Path) -> None:
    make(tmp_path, "report.md")
    (tmp_path / "report.md").chmod(0)
    assert found(tmp_path) == ["report.md"]


@pytest.mark.skipif(os.name != "posix", reason="needs a name that is not UTF-8")
def test_a_name_that_is_not_utf8_is_a_name(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md"))).write_bytes(REPORT.encode())
    assert found(tmp_path) == ["\udcff.md"]


def test_the_report_of_a_project_is_where_it_usually_lies(tmp_path: Path) -> None:
    def usual(pack: Pack | None = None) -> str | None:
        path = default_report(tmp_path, Choices(pack))
        return path.relative_to(tmp_path).as_posix() if path else None

    pack = load_pack("dtu-mlops-2026-01")
    make(tmp_path, "group/exam.md", "other/exam.md")
    assert usual() is None
    before = None
    for place in ("README.md", "report/README.md", "reports/README.md", "report.md"):
        make(tmp_path, place, text="# Welcome\n")
        assert before == usual()
        assert (before or (None if place == "README.md" else place)) == usual(pack)
        (tmp_path / place).unlink()
        make(tmp_path, place)
        before = place
        assert before == usual() == usual(pack)


def test_without_a_question_the_likeliest_place_counts_if_a_pack_is_named(tmp_path: Path) -> None:
    for place in ("README.md", "report/README.md", "reports/README.md", "report.md"):
        make(tmp_path, place, text="# Welcome\n")
        assert default_report(tmp_path, Choices()) is None
        expected = None if place == "README.md" else tmp_path / place
        assert expected == default_report(tmp_path, Choices(load_pack("generic")))
