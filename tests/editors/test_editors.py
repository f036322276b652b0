"""Real editors, set up as docs/editors says, show and fix a report with emoji and Windows line ends."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from editors.editor import PATIENCE, Editor, Shown, ended
from editors.neovim import Neovim
from editors.pages import ROOT
from editors.setups import NEWEST_NEOVIM, SETUPS, Setup

pytestmark = [pytest.mark.slow, pytest.mark.alone]

REPORT = """\
# Our bees \U0001f41d

### Question 1

> Who are you? Answer length: 4-20 words.
>
> Answer:

\U0001f41d Ida, Jonas, the bees and others.

--- question 1 fill here ---

### Question 2

> Show the hives. Insert 1-2 images.
>
> Answer:

--- question 2 fill here ---

\U0001f41d\U0001f41d ![the scale](figures/scale.png)
"""
"""Its file on disk has Windows line ends."""

MARKERS = ("--- question 1 fill here ---", "--- question 2 fill here ---")
LEFT_OVER = "this marker is left over from the template: delete it"
NOT_FOUND = Shown(
    21,
    "figures/scale.png",
    "error",
    "Q2: there is no file figures/scale.png beside the report: add it, or correct the name",
)
FOUND = [
    Shown(11, MARKERS[0], "error", f"Q1: {LEFT_OVER}"),
    Shown(19, MARKERS[1], "error", f"Q2: {LEFT_OVER}"),
    NOT_FOUND,
]


def name_of(setup: Setup) -> str:
    """Return how a test of an editor is called."""
    return setup.name


@pytest.fixture(scope="module", params=SETUPS, ids=name_of)
def setup(request: pytest.FixtureRequest) -> Setup:
    """An editor and what its user has pasted."""
    chosen: Setup = request.param
    return chosen


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder whose name is short enough for a socket's."""
    with TemporaryDirectory(prefix="editors-") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def running(setup: Setup, place: Path) -> Iterator[Editor]:
    """The editor, started once."""
    editor = setup.start(place / setup.name)
    yield editor
    editor.end()


@pytest.fixture(scope="module")
def project(place: Path) -> Path:
    """A student's repository."""
    folder = place / "project"
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


@pytest.fixture
def report(setup: Setup, project: Path, request: pytest.FixtureRequest) -> Path:
    """A report in a folder of its own, without its picture."""
    folder: Path = project / setup.name / request.node.originalname
    folder.mkdir(parents=True)
    path = folder / "report.md"
    path.write_bytes(REPORT.replace("\n", "\r\n").encode())
    return path


@pytest.fixture
def editor(running: Editor, report: Path) -> Editor:
    """The editor in which the report is open and judged."""
    running.open(report)
    running.until(FOUND, running.shown)
    return running


def test_a_hover_says_what_is_asked_and_what_is_there(editor: Editor) -> None:
    editor.hover("Question 1")
    counts = "7 words of 4-20, as the question says `██████████`"
    editor.until(f"**Question 1**, needs work\n\n{counts}\n\n- error: {LEFT_OVER}", editor.hovered)


def test_diagnostics_follow_the_typing(editor: Editor) -> None:
    editor.type("figures/", "\U0001f41d/")
    message = "Q2: there is no file \U0001f41d/figures/scale.png beside the report: add it, or correct the name"
    moved = evolve(NOT_FOUND, text="\U0001f41d/figures/scale.png", message=message)
    editor.until([*FOUND[:2], moved], editor.shown)


def test_a_quick_fix_is_offered_and_applied(editor: Editor) -> None:
    offered = editor.choose(MARKERS[0], "delete the marker")
    # Behind these stand the ones that write a configuration, where the editor lets a server make a file.
    assert [
        "delete the marker",
        "fix all 2 of this kind (leftover-marker)",
        "fix everything that is safe to fix",
    ] == offered[:3]
    expected = REPORT.replace(f"{MARKERS[0]}\n\n", "")
    editor.until(expected, editor.text)
    editor.until([evolve(found, line=found.line - 2) for found in FOUND[1:]], editor.shown)


def test_a_fix_that_was_offered_fits_the_text_as_it_is_now(editor: Editor) -> None:
    editor.type("![the scale]", "\U0001f41d ")
    editor.choose(MARKERS[1], "fix everything that is safe to fix")
    expected = REPORT.replace(f"{MARKERS[0]}\n\n", "").replace(f"{MARKERS[1]}\n\n", "").replace("![", "\U0001f41d ![")
    editor.until(expected, editor.text)
    editor.until([evolve(NOT_FOUND, line=NOT_FOUND.line - 4)], editor.shown)


def test_a_picture_that_is_there_at_last_is_seen_when_the_report_is_saved(editor: Editor, report: Path) -> None:
    editor.type("others", "many ")
    editor.until(REPORT.replace("others", "many others"), editor.text)
    editor.hover("Question 1")
    editor.until(True, lambda: "8 words" in editor.hovered())
    (report.parent / "figures").mkdir()
    shutil.copy(ROOT / "examples/figures/hives.png", report.parent / "figures/scale.png")
    editor.save()
    editor.until(FOUND[:2], editor.shown)
    expected = REPORT.replace("others", "many others").replace("\n", "\r\n").encode()
    assert expected == report.read_bytes()


def test_the_outline_has_the_questions(editor: Editor) -> None:
    assert ["Question 1", "Question 2"] == [name.removeprefix("[Field] ") for name in editor.symbols()]


def test_the_status_line_says_how_far_the_report_is(editor: Editor) -> None:
    def status() -> list[str]:
        return re.findall(r"\d/\d answered(?:, \d \w+)*", editor.status())

    editor.until(["2/2 answered, 3 errors"], status)
    editor.choose(MARKERS[0], "fix everything that is safe to fix")
    editor.until(["2/2 answered, 1 error"], status)


def test_a_text_that_is_no_report_is_let_be(editor: Editor, report: Path) -> None:
    notes = report.with_name("notes.md")
    notes.write_text("# Notes\n\n![nothing](nothing.png)\n", "utf-8")
    editor.open(notes)
    assert "nothing" in editor.text()
    editor.type("# Notes", "My ")
    editor.until([], editor.shown)
    editor.save()
    editor.open(report)
    editor.until(FOUND, editor.shown)


@pytest.mark.parametrize("setup", [NEWEST_NEOVIM], indirect=True, ids=name_of)
def test_messages_and_counts_stand_beside_the_text(editor: Editor) -> None:
    assert isinstance(editor, Neovim)
    editor.until([(found.line, f"■ {found.message}") for found in FOUND], editor.beside)
    editor.until([(7, "7 / 4\u201320 words"), (17, "3 words \u00b7 1 / 1\u20132 images")], editor.hints)


def test_the_server_goes_when_the_editor_goes_and_nothing_was_wrong(setup: Setup, place: Path, report: Path) -> None:
    editor = setup.start(place / f"{setup.name}-quit")
    try:
        editor.open(report)
        editor.until(FOUND, editor.shown)
        (server,) = editor.servers()
        assert "" == editor.complaints()
        editor.quit()
        assert 0 == editor.process.wait(PATIENCE)
        assert ended(server)
    finally:
        editor.end()
