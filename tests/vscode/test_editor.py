"""What a student sees and does in VS Code, with the extension that they install."""

import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, expect
from report_ls.base.diagnostic import with_question
from vscode.editor import TRY_MS, Editor, Installation, again_and_again, eventually
from vscode.project import PACK, PROJECT, REPORT, place_of, write_project


def report_ls(*arguments: str, folder: Path) -> str:
    """Run the command in a folder and return what it prints."""
    command = [sys.executable, "-m", "report_ls", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def checked(folder: Path, *options: str) -> Any:  # noqa: ANN401 - what JSON holds
    """Return what the command says of the report of a folder."""
    told = report_ls("--check", "report.md", "--format", "json", "--pack", PACK, *options, folder=folder)
    return json.loads(told)["reports"][0]


_WORDS = {"error": "Error", "warning": "Warning", "information": "Info"}


def _full_message(found: Any) -> str:  # noqa: ANN401 - what JSON holds
    """Return the message with the name of its question, as an editor gets it."""
    concerns_a_question = found["question"] is not None and found["code"] != "image-unused"
    return with_question(f"Q{found['question']}" if concerns_a_question else "", found["message"])


def problems_of(report: Any) -> list[str]:  # noqa: ANN401 - what JSON holds
    """Return how the Problems panel names what the command says."""
    return sorted(
        f"{_WORDS[found['severity']]}: {_full_message(found)} "
        f"at line {found['range']['start']['line'] + 1} "
        f"and character {found['range']['start']['character'] + 1}."
        for found in report["diagnostics"]
        if found["severity"] in _WORDS
    )


def expect_problems(editor: Editor, expected: list[str]) -> None:
    """Wait until the Problems panel, which is up, shows exactly these."""

    def shown() -> list[str]:
        # By their names for screen readers.
        labels = editor.problems.evaluate_all("rows => rows.map(row => row.ariaLabel)")
        return sorted(re.sub(r"(?<=character )(\d+)\..*", r"\1.", label) for label in labels)

    eventually(lambda: expected == shown(), f"{expected}")


def expect_view(editor: Editor, expected: list[str]) -> None:
    """Wait until the Report view shows exactly these questions, by what they are called."""
    eventually(lambda: expected == editor.view.evaluate_all("rows => rows.map(row => row.ariaLabel)"), f"{expected}")


VIEW = [
    "Problems by kind, 6 kinds",
    "Question 1: the project, ok, 45 of 20–60 words",
    "Question 2: the data, needs work, 21 of 40–80 words",
    "Question 3: the sensors, needs work, 42 of 20–60 words · 1 of 1–2 images",
    "Question 4: an ordinary day, needs work, 25 words · 0 of 1–2 images",
    "Question 5: the model, ok, 52 of 30–80 words",
    "Question 6: looking back, not answered, 0 of 30–80 words",
]


@pytest.fixture
def problems(editor: Editor) -> Iterator[Editor]:
    """The editor with the report and the Problems panel."""
    editor.open("report.md")
    editor.run("View: Focus Problems")
    expect_problems(editor, problems_of(checked(editor.folder)))
    yield editor
    editor.run("View: Hide Panel")


@pytest.fixture
def report(editor: Editor) -> Editor:
    """The editor with the report, judged."""
    editor.open("report.md")
    # The picture that is missing is the last to be said: what puts the text back may be a paste.
    expect(editor.status_bar).to_contain_text("5/6 · 4 errors")
    return editor


def test_every_surface_shows_what_the_command_says(problems: Editor) -> None:
    editor = problems
    editor.go_to(0)
    expect(editor.status_bar).to_have_text(re.compile("^.?Report 5/6 · 4 errors$"))
    expect(editor.status_bar).to_have_attribute("aria-label", re.compile("5 of 6 questions answered, 4 errors, 1 war"))
    editor.open_view()
    expect_view(editor, VIEW)
    editor.go_to(*place_of("### Question 1"))
    expect(editor.line("> Answer:45 / 20–60 words")).to_have_count(1)


def test_a_hover_says_what_is_wrong_and_what_the_question_asks(report: Editor) -> None:
    report.go_to(*place_of("hives.jpg"))
    report.show_hover("image-not-found")
    expect(report.hover.get_by_text("there is no file figures/hives.jpg")).to_have_count(1)
    report.press("Escape")
    report.go_to(*place_of("### Question 3"))
    report.show_hover("Question 3: the sensors")


# Where the cursor is, and what the first fix puts in the place of what.
FIXES = [
    ("hives.jpg", {"hives.jpg": "hives.png"}),
    ("--- question 3", {"\n\n--- question 3 fill here ---": ""}),
    ("our dashboard", {"[our dashboard]": "![our dashboard]"}),
    ("--- It found", {"--- It found": "It found", "was flat. ---": "was flat."}),
]


def test_each_quick_fix(report: Editor) -> None:
    expected = REPORT
    for at, changes in FIXES:
        report.go_to(*place_of(at, expected))
        report.fix()
        for before, after in changes.items():
            expected = expected.replace(before, after)
        report.expect_text(expected)


def open_changed(editor: Editor, changes: Mapping[str, str]) -> str:
    """Open the report with the first occurrence of each of some texts replaced, and return it."""
    text = REPORT
    for before, after in changes.items():
        text = text.replace(before, after, 1)
    (editor.folder / "report.md").write_text(text, "utf-8")
    editor.open("report.md")
    expect(editor.status_bar).to_contain_text("5/6")
    return text


def test_all_of_a_kind_are_fixed_at_once(editor: Editor) -> None:
    text = open_changed(editor, {"on number three.": "on number three.\n\n--- question 2 fill here ---"})
    editor.go_to(*place_of("--- question 3", text))
    editor.fix("Fix all 2 of this kind (leftover-marker)")
    editor.expect_text(REPORT.replace("\n\n--- question 3 fill here ---", ""))


def test_of_several_places_one_is_fixed_or_all(editor: Editor) -> None:
    first = {"We are Ida": "--- We are Ida", "about to leave.": "about to leave. ---"}
    second = {"Five scales": "--- Five scales", "number three.": "number three. ---"}
    text = open_changed(editor, first | second)
    for at, changes in (("--- Five scales", second), ("--- We are Ida", first)):
        editor.go_to(*place_of(at, text))
        editor.fix("Delete the dashes")
        for fixed, dashed in changes.items():
            text = text.replace(dashed, fixed)
        editor.expect_text(text)
    editor.press("Control+z")
    editor.press("Control+z")
    editor.go_to(*place_of("--- We are Ida"[4:], text))
    editor.fix("Delete the dashes, in all 3 places")
    editor.expect_text(REPORT.replace("--- It found", "It found").replace("was flat. ---", "was flat."))


def test_what_restores_the_template_is_done_at_once_and_undone_at_once(editor: Editor) -> None:
    (editor.folder / "form.md").write_text(REPORT, "utf-8")
    (editor.folder / "report-ls.toml").write_text('template = "form.md"\n', "utf-8")
    text = open_changed(editor, {"How good is": "How nice is"})
    editor.go_to(*place_of("nice is", text))
    editor.fix("Put the question back as it was")
    editor.expect_text(REPORT)
    editor.press("Control+z")
    editor.expect_text(text)


def test_a_check_is_ignored_in_the_configuration_and_not_any_more(problems: Editor) -> None:
    editor = problems
    before, configuration = problems_of(checked(editor.folder)), editor.folder / "report-ls.toml"
    editor.press("Control+1")
    editor.go_to(*place_of("hives.jpg"))
    editor.open_menu()
    expect(editor.menu.last).to_have_text(re.compile("Ignore this check"))
    editor.press("Escape")
    for what, key in (("in question 3", '"image-not-found@3"'), ("in the whole report", "image-not-found")):
        editor.fix("Ignore this check")
        editor.pick(f"image-not-found {what}")
        expect(editor.notification).to_contain_text(f"report-ls.toml: image-not-found {what} is ignored.")
        assert f'[severity]\n{key} = "off"\n' == editor.text("report-ls.toml")
        expect(editor.problems.filter(has_text="hives.jpg")).to_have_count(0)
        expect_problems(editor, problems_of(checked(editor.folder)))
        editor.notification.get_by_role("button", name="Undo").click()
        eventually(lambda: not configuration.exists(), "no configuration")
        expect_problems(editor, before)
        editor.press("Control+1")
    configuration.write_text('stage = "final"', "utf-8")
    for title, at in (("in question 3", "hives.jpg"), ("in question 5", "--- It found")):
        editor.go_to(*place_of(at))
        editor.fix("Ignore this check")
        editor.pick(title)
        expect(editor.notification.filter(has_text=title)).to_have_count(1)
    expected = '\n[severity]\n"image-not-found@3" = "off"\n"dashed-answer@5" = "off"\n'
    assert 'stage = "final"' + "\n" + expected == editor.text("report-ls.toml"), "each is saved"
    expect(editor.page.locator(".tab.dirty")).to_have_count(0)
    expect_problems(editor, problems_of(checked(editor.folder)))


def test_enter_in_the_menu_ignores_nothing(editor: Editor) -> None:
    """Where there is no fix, the menu has one entry, which asks; where the course's script decides, it has none."""
    text = open_changed(editor, {"number three.": "number three.\n\n<<<<<<< ours\n"})
    editor.go_to(*place_of("<<<<<<< ours", text))
    editor.open_menu()
    expect(editor.menu).to_have_text([re.compile("Ignore this check")])
    editor.press("Enter")
    expect(editor.picks).to_have_count(2)
    editor.press("Escape")
    expect(editor.page.locator(".quick-input-widget")).to_be_hidden()
    # At `> Answer:` of the second question, whose answer is too short.
    line, character = place_of("> Answer:", text.replace("> Answer:", "xxxxxxxxx", 1))
    editor.go_to(line, character + 4)
    editor.expect_no_fix()
    assert not (editor.folder / "report-ls.toml").exists()


def test_a_code_leads_to_the_page_of_its_check_and_the_reference_is_no_report(problems: Editor) -> None:
    editor = problems
    expected = problems_of(checked(editor.folder))
    editor.press("Control+1")
    editor.go_to(*place_of("hives.jpg"))
    editor.show_hover("image-not-found")
    editor.hover.get_by_role("link", name="image-not-found").click()
    page = editor.page.frame_locator("iframe.webview.ready").frame_locator("#active-frame")
    expect(page.get_by_role("heading", level=1)).to_have_text("image-not-found")
    expect(page.get_by_role("heading", level=3)).to_have_text(["Why is this bad?", "Example"])
    expect(editor.status_bar).to_contain_text("5/6 · 4 errors")
    editor.run("View: Close Editor")
    expect(editor.status_bar).to_contain_text("5/6 · 4 errors")
    reference = next((editor.folder.parent / "extensions").glob("*/bundled/report_ls/rules/README.md"))
    editor.open(str(reference))
    expect(
        editor.line("<!-- Made from server/report_ls/checks by `UPDATE=1 pytest`: change it there. -->")
    ).to_have_count(1)
    expect(editor.squiggles).to_have_count(0)
    expect_problems(editor, expected)


def test_a_report_that_is_renamed_closed_or_deleted_leaves_no_problems_behind(problems: Editor) -> None:
    editor = problems
    expected = problems_of(checked(editor.folder))
    elsewhere = editor.folder.parent / "elsewhere"
    write_project(elsewhere)
    (elsewhere / "report.md").rename(elsewhere / "other.md")
    editor.open(str(elsewhere / "other.md"))
    expect_names(editor, ["other.md", "report.md"])
    editor.run("View: Close Editor")
    expect_problems(editor, expected)
    editor.run("File: Reveal Active File in Explorer View")
    editor.press("F2")
    name = editor.page.locator(".explorer-viewlet input")
    name.fill("final.md")
    name.press("Enter")
    editor.page.locator('.tab.active[data-resource-name="final.md"]').wait_for()
    eventually((editor.folder / "final.md").exists, "the other name")
    expect_names(editor, ["final.md"])
    expect_problems(editor, expected)
    editor.run("View: Close Editor")
    expect_problems(editor, expected)
    (editor.folder / "final.md").unlink()
    expect_problems(editor, [])


def expect_names(editor: Editor, expected: list[str]) -> None:
    """Wait until the Problems panel shows these files and no other."""
    files = editor.page.locator(".markers-panel .monaco-list-row[aria-level='1'] .monaco-icon-name-container")
    expect(files).to_have_text(expected)


def page_of(editor: Editor) -> FrameLocator:
    """The hand-in page."""
    return editor.page.frame_locator("iframe.webview.ready").frame_locator("#active-frame")


def test_the_hand_in_page_follows_what_is_written_and_says_what_gets_lost(report: Editor) -> None:
    report.run("Report: Show the Hand-In Page")
    page = page_of(report)
    expect(page.get_by_role("heading", name="Question 5")).to_have_text("Question 552 of 30–80 words")
    expect(page.get_by_role("link", name="our dashboard")).to_have_count(1)
    expect(page.locator(".note.error")).to_have_count(4)
    # The page's own style counts, not VS Code's.
    expect(page.locator("blockquote").first).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    report.press("Control+1")
    report.go_to(*place_of("our dashboard"))
    report.fix()
    picture = page.get_by_role("img", name="our dashboard")
    eventually(lambda: picture.count() == 1 and bool(picture.evaluate("it => it.naturalWidth")), "the picture")
    report.go_to(place_of("We are Ida")[0] - 1)
    report.write("\n<!-- a word\nto myself -->\n")
    expect(page.locator(".lost")).to_have_text("<!-- a word\nto myself -->")


def test_the_hand_in_page_follows_the_caret_and_a_click_leads_back(report: Editor) -> None:
    report.go_to(*place_of("### Question 6"))
    report.run("Report: Show the Hand-In Page")
    page = page_of(report)
    last, first = (page.get_by_role("heading", name=f"Question {number}") for number in (6, 1))
    expect(last).to_be_in_viewport()
    expect(first).not_to_be_in_viewport()
    report.press("Control+1")
    report.go_to(*place_of("### Question 1"))
    expect(first).to_be_in_viewport()
    report.go_to(*place_of("### Question 6"))
    expect(last).to_be_in_viewport()
    page.get_by_text("Recommended answer length: 30-80 words.").last.click()
    line, _ = place_of("> Recommended answer length: 30-80 words.", REPORT.replace("30-80", "20-60", 1))
    expect(report.page.locator("#status\\.editor\\.selection")).to_have_text(f"Ln {line + 1}, Col 1")
    expect(last).to_be_visible()  # The report is not shown over it.


def test_a_note_is_beside_its_line_of_the_hand_in_page(editor: Editor) -> None:
    """Also where emphasis stays open at a line's end, which the Python-Markdown that comes along reads otherwise."""
    asked = "> Recommended answer length: 40-80 words."
    text = open_changed(editor, {asked: f"> *For **\n> *example*\n>\n{asked}"})
    editor.run("Report: Show the Hand-In Page")
    page = page_of(editor)
    note = page.locator("p", has_text="our dashboard").locator(".note")
    expect(note).to_have_text("this is a link, so the picture does not show: write ! before the [")
    editor.press("Control+1")
    editor.go_to(*place_of("our dashboard", text))
    expect(note).to_be_in_viewport()


def test_a_click_goes_to_the_half_that_shows_the_report_and_covers_no_page(report: Editor) -> None:
    (report.folder / "notes.md").write_text("# Notes\n", "utf-8")
    halves = report.page.locator(".editor-group-container")
    left, right = (half.locator(".tab.active") for half in (halves.first, halves.last))
    report.run("View: Split Editor Right")
    expect(halves).to_have_count(2)
    report.press("Control+1")
    report.open("notes.md")
    expect(left).to_contain_text("notes.md")
    report.press("Control+2")
    report.open_view()
    report.view.filter(has_text="4 an ordinary day").click()
    expect(report.page.locator("#status\\.editor\\.selection")).to_have_text("Ln 54, Col 1")
    expect(left).to_contain_text("notes.md")
    report.press("Control+1")
    report.run("View: Close Editor")
    report.press("Control+2")
    report.run("View: Close Editor")
    expect(halves).to_have_count(1)
    report.run("Report: Show the Hand-In Page")
    expect(right).to_contain_text("Hand-in page report.md")
    report.press("Control+2")
    report.status_bar.click()
    expect(report.hover).to_contain_text("there is no file")
    expect(right).to_contain_text("Hand-in page report.md")


def test_the_page_and_the_list_follow_a_report_that_is_renamed(report: Editor) -> None:
    report.run("Report: Ready to Hand In")
    report.run("Report: Show the Hand-In Page")
    report.press("Control+1")
    report.run("File: Reveal Active File in Explorer View")
    report.press("F2")
    name = report.page.locator(".explorer-viewlet input")
    name.fill("final.md")
    name.press("Enter")
    for tab in ("Hand-in page final.md", "Ready to hand in? final.md"):
        expect(report.page.get_by_role("tab", name=tab)).to_have_count(1)
    report.open("final.md")
    report.go_to(*place_of("our dashboard"))
    report.write("Oh, ")
    expect(page_of(report).get_by_text("Oh, our dashboard")).to_have_count(1)


def test_the_hand_in_page_is_there_again_after_a_reload(report: Editor) -> None:
    report.run("Report: Show the Hand-In Page")
    expect(page_of(report).get_by_role("heading", name="Question 5")).to_have_count(1)
    report.run("Developer: Reload Window")
    expect(report.status_bar).to_have_count(0)
    expect(page_of(report).get_by_role("heading", name="Question 5")).to_have_count(1)


def test_whether_all_is_ready_is_answered_with_a_page_that_leads_to_each_place(report: Editor) -> None:
    report.run("Report: Ready to Hand In")
    page = page_of(report)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not ready to hand in")
    page.get_by_role("button", name="line 54: error: Q4: this is a link").click()
    expect(report.page.locator("#status\\.editor\\.selection")).to_have_text("Ln 54, Col 1")
    report.go_to(*place_of("our dashboard"))
    report.fix()
    report.press("Control+s")
    expect(page.get_by_role("button", name="line 54: error: Q4: this is a link")).to_have_count(0)
    expect(page.get_by_role("button", name="line 42: error: Q3: this marker is left")).to_have_count(1)


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints."""
    command = ["git", *arguments]  # The one that the user has.
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def open_untracked(editor: Editor) -> None:
    """Open the report in a repository that does not know its picture."""
    write_untracked(editor.folder)
    editor.open("project/reports/report.md")
    expect(editor.status_bar).to_contain_text("5/6")


def write_untracked(place: Path) -> None:
    """Write this repository into a folder."""
    folder = place / "project" / "reports"
    shutil.copytree(PROJECT, folder)
    (folder / "report.md").write_text(REPORT.replace("hives.jpg", "hives.png"), "utf-8")
    git(folder.parent, "init", "-q", "-b", "main")
    for name in ("user.name", "user.email"):
        git(folder.parent, "config", name, "a@example.org")
    git(folder, "add", "report.md")
    git(folder, "commit", "-qm", "Report")


def tracked(editor: Editor) -> list[str]:
    """Return what git tracks of that repository."""
    return git(editor.folder / "project", "ls-files").splitlines()


def test_a_picture_is_added_to_git_in_a_terminal_and_only_by_the_user(editor: Editor) -> None:
    open_untracked(editor)
    command = "git add reports/figures/hives.png"
    editor.go_to(*place_of("hives.jpg"))
    editor.show_hover(f"run {command} at the top of the repository")
    editor.press("Escape")
    editor.fix(f"Type {command} into a terminal")
    editor.expect_typed(command)
    assert ["reports/report.md"] == tracked(editor), "nothing is run before Enter"
    editor.press("Enter")
    eventually(lambda: ["reports/figures/hives.png", "reports/report.md"] == tracked(editor), "what Enter does")
    expect(editor.squiggles.filter(has_text="hives.png")).to_have_count(0)
    editor.run("Terminal: Kill All Terminals")


def test_what_git_lacks_is_committed_from_the_list_which_follows(editor: Editor) -> None:
    open_untracked(editor)
    project = editor.folder / "project"
    git(editor.folder, "init", "-q", "--bare", "elsewhere.git")
    git(project, "remote", "add", "origin", "../elsewhere.git")
    editor.run("Report: Ready to Hand In")
    page = page_of(editor)
    for command in ("git add reports/figures/hives.png", 'git commit -m "Report"', "git push -u origin main"):
        page.get_by_role("button", name=command, exact=True).click()
        editor.expect_typed(command)
        editor.press("Enter")
        if "add" in command:
            eventually(lambda: ["reports/figures/hives.png", "reports/report.md"] == tracked(editor), "what Enter does")
        expect(page.get_by_role("button", name=command, exact=True)).to_have_count(0)
    expect(page.locator("body")).to_contain_text("all commits are pushed to origin/main")
    expect(editor.page.get_by_role("tab", name=re.compile("^Terminal"))).to_be_visible()
    expect(editor.page.locator(".terminal-tabs-entry")).to_have_count(0)  # Two or more are listed.
    expect(page.locator("body")).to_contain_text("the report and its 1 picture are committed")
    editor.run("Terminal: Kill All Terminals")


def test_the_list_follows_a_report_that_git_writes_anew(installation: Installation, browser: Browser) -> None:
    """In a window of its own: VS Code may see nothing in a folder that was deleted and made again."""
    window = Editor(installation, browser, settings={"reportLs.pack": PACK})
    write_project(window.folder)
    write_untracked(window.folder)
    folder = window.folder / "project" / "reports"
    shorter = (folder / "report.md").read_text("utf-8").replace(" In June a cow scratched its back on number three", "")
    with window as editor:
        editor.open("project/reports/report.md")
        expect(editor.status_bar).to_contain_text("5/6")
        editor.run("Report: Ready to Hand In")
        page = page_of(editor).locator("body")
        expect(page).to_contain_text("question 2 (the data): 19 words short")

        def write() -> None:  # It begins to watch files when it likes.
            (folder / "report.md").write_text(shorter, "utf-8")
            expect(page).to_contain_text("question 2 (the data): 29 words short", timeout=TRY_MS)

        again_and_again(write)
        git(folder, "checkout", "-q", "--", "report.md")
        expect(page).to_contain_text("question 2 (the data): 19 words short")
        expect(page).not_to_contain_text("the text in the editor is not saved")


def test_each_place_of_a_problem_is_marked_and_says_what_is_wrong(editor: Editor) -> None:
    figure = "(figures/hives.png)"
    links = {"Five scales": f"See [a]{figure}, [b]{figure}, [c]{figure}. Five scales"}
    text = open_changed(editor, links)
    for at in ("[a]", "[c]", "[our dashboard]"):
        editor.go_to(*place_of(at, text))
        editor.show_hover("this is a link, so the picture does not show")
        editor.press("Escape")
    editor.open_view()
    kinds = editor.view.first
    expect(kinds).to_have_attribute("aria-label", VIEW[0])
    kinds.locator(".monaco-tl-twistie").click()
    expect(editor.view.filter(has_text="4 × A picture is linked to, not shown")).to_have_attribute(
        "aria-label", "error: A picture is linked to, not shown (image-as-link), 4 places"
    )
    kinds.locator(".monaco-tl-twistie").click()


def test_the_checks_that_are_off_are_listed_and_lead_to_where_that_is_said(problems: Editor) -> None:
    editor = problems
    editor.run("Report: Checks That Are Off")
    expect(editor.pick_input).to_have_attribute("placeholder", "All checks are on")
    editor.press("Escape")
    off = '[severity]\n"image-not-found@3" = "off"\nleftover-marker = "off"\n'
    (editor.folder / "report-ls.toml").write_text(off, "utf-8")
    expect(editor.problems.filter(has_text="hives.jpg")).to_have_count(0)
    editor.run("Report: Checks That Are Off")
    expect(editor.picks).to_contain_text(["image-not-foundin question 3", "leftover-markerin the whole report"])
    editor.pick("leftover-marker")
    expect(editor.page.locator('.tab.active[data-resource-name="report-ls.toml"]')).to_have_count(1)
    editor.open_view()
    expect(editor.view_pane).to_contain_text("2 checks are off")
    editor.run("Report: Ready to Hand In")
    expect(page_of(editor).locator("body")).to_contain_text("2 checks are off, so it is not known what they would find")
    editor.open("report.md")
    expect_problems(editor, problems_of(checked(editor.folder)))


def test_whether_all_is_ready_is_answered_with_what_the_course_counts(editor: Editor) -> None:
    with (editor.folder / PACK).open("a", encoding="utf-8") as pack:
        pack.write("scraper: {since: 2026-01, report: report.md, counts: [{noun: script, holds: [.py]}]}\n")
        pack.write('checklist: [{key: git, label: [{words: 1, fingerprint: "0123456789ab"}]}]\n')
    (editor.folder / "weigh.py").write_text("", "utf-8")
    title, _, rest = REPORT.partition("\n")
    boxes = "- [x] We have scales\n" + "- [ ] We have bees\n" * 4
    (editor.folder / "report.md").write_text(f"{title}\n\n## Done\n\n{boxes}{rest}", "utf-8")
    git(editor.folder, "init")
    git(editor.folder, "add", ".")
    editor.open("report.md")
    expect(editor.status_bar).to_contain_text("5/6")
    boxes = "1 of 5 boxes of the checklist are ticked"
    scraper = "the course's scraper (as of January 2026) counts 1 script"
    editor.status_bar.hover()
    for counted in (boxes, scraper):
        expect(editor.page.locator(".workbench-hover")).to_contain_text(counted)
    editor.run("Report: Ready to Hand In")
    page = page_of(editor)
    for counted in (boxes, f"{scraper}, no README.md at the top of the repository"):
        expect(page.get_by_text(counted, exact=True)).to_be_visible()


def test_fix_all_does_what_the_command_does(report: Editor) -> None:
    shutil.copytree(PROJECT, report.folder / "copy")
    report_ls("--fix", "report.md", "--pack", f"../{PACK}", folder=report.folder / "copy")
    expected = report.text("copy/report.md")
    assert expected != REPORT
    report.run("Report: Fix All That Is Safe to Fix")
    expect(report.notification).to_contain_text("3 problems are fixed. Undo takes it back.")
    report.expect_text(expected)
    report.run("Report: Fix All That Is Safe to Fix")
    expect(report.notification.first).to_contain_text("Nothing more is safe to fix without you.")
    report.run("Notifications: Clear All Notifications")


def test_status_bar_and_view_follow_typing(report: Editor) -> None:
    report.open_view()
    line, _ = place_of("--- question 6")
    report.go_to(line)
    report.press("Shift+End")
    report.write("Next time we would ask the cow first.")
    expect(report.status_bar).to_have_text(re.compile("^.?Q6: 8 words, 22 to go · 6/6 · 3 errors$"))
    expect_view(
        report, ["Problems by kind, 5 kinds", *VIEW[1:-1], "Question 6: looking back, needs work, 8 of 30–80 words"]
    )


def test_the_status_bar_says_how_far_the_answer_is_that_the_caret_is_in(report: Editor) -> None:
    """What is said of each answer `tests/lsp/test_status.py` says; here, that it follows the caret and the keys."""
    text, item = report.text(), report.status_bar
    for at, progress in (
        ("# Data for beekeepers", "Report"),
        ("### Question 1", "Q1: 45 words ✓ ·"),
        ("Five scales", "Q2: 21 words, 19 to go ·"),
        ("This is [our dashboard]", "Q4: 25 words · 0 images, 1 to go ·"),
    ):
        report.go_to(*place_of(at, text))
        expect(item).to_have_text(re.compile(f"^.?{progress} 5/6 · 4 errors$"))
    report.go_to(*place_of("Five scales", text))
    report.write("word " * 60)
    expect(item).to_have_text(re.compile("^.?Q2: 81 words, 1 too many · 5/6 · 4 errors$"))
    expect(item).to_have_attribute("aria-label", re.compile("^.?Question 2: 81 words, 1 too many. Rep"))


def test_an_empty_form_is_a_draft_and_a_click_goes_to_its_first_question(editor: Editor) -> None:
    questions = range(1, 7)
    form = "".join(f"### Question {n}\n> Why?\n> Answer:\n\n--- question {n} fill here ---\n\n" for n in questions)
    (editor.folder / "report.md").write_text(f"# Report\n\n{form}", "utf-8")
    editor.open("report.md")
    editor.go_to(0)
    expect(editor.status_bar).to_have_text(re.compile("^.?Report 0/6 · draft$"))
    label = re.compile("Report: 0 of 6 questions answered, 1 problem when you finish. Go to")
    expect(editor.status_bar).to_have_attribute("aria-label", label)
    editor.status_bar.click()
    expect(editor.page.locator("#status\\.editor\\.selection")).to_have_text("Ln 7, Col 1")
    expect(editor.hover).to_contain_text("not answered yet")
    expect(editor.status_bar).to_have_text(re.compile("^.?Q1: 0 words, 20 to go · 0/6 · draft$"))


# Errors, the question that is not answered, the warning, the information, and again.
NEXT = [
    (40, 27, "there is no file"),
    (42, 1, "this marker is left over"),
    (54, 9, "this is a link"),
    (77, 1, "not answered yet"),
    (25, 3, "21 words, but 40-80"),
    (65, 1, "these dashes are left over"),
    (40, 27, "there is no file"),
]


def test_the_next_problem_is_a_click_on_the_status_bar_which_says_what_it_is(report: Editor) -> None:
    selection = report.page.locator("#status\\.editor\\.selection")
    report.go_to(0)
    for line, column, message in NEXT:
        report.status_bar.click()
        # With a selection it would say how many characters are selected.
        expect(selection).to_have_text(f"Ln {line}, Col {column}")
        expect(report.hover).to_contain_text(message)
    report.write("x")
    report.expect_text(REPORT.replace("figures/hives.jpg", "xfigures/hives.jpg"))


def test_a_row_of_the_view_leads_into_its_answer_and_has_its_problems(report: Editor) -> None:
    report.open_view()
    selection = report.page.locator("#status\\.editor\\.selection")
    expect(report.view_pane).to_contain_text("report.md: 5 of 6 questions answered, 4 errors, 1 warning, 1 note")
    expect(report.page.get_by_role("tab", name=re.compile("^Report - 5 of 6 questions"))).to_have_text("5")
    report.view.filter(has_text="4 an ordinary day").click()
    expect(selection).to_have_text("Ln 54, Col 1")
    report.press("Control+0")
    report.press("ArrowRight")
    report.view.filter(has_text="this is a link").click()
    expect(selection).to_have_text("Ln 54, Col 9")


def test_the_view_follows_the_caret_and_shows_what_is_missing(editor: Editor) -> None:
    start, end = REPORT.index("### Question 5"), REPORT.index("### Question 6")
    (editor.folder / "report.md").write_text(REPORT[:start] + REPORT[end:], "utf-8")
    editor.open("report.md")
    expect(editor.status_bar).to_contain_text("4/6")
    editor.open_view()
    missing = editor.view.filter(has_text="5 the model")
    expect(missing).to_have_attribute("aria-label", "Question 5: the model, missing")
    for at, topic in (("Five scales", "2 the data"), ("We are Ida", "1 the project")):
        editor.go_to(*place_of(at))
        expect(editor.view_pane.locator(".monaco-list-row.selected")).to_contain_text(topic)
    editor.run("Report: Go to the Next Unanswered Question")
    expect(editor.view_pane.locator(".monaco-list-row.selected")).to_contain_text("6 looking back")


def test_of_two_reports_all_is_said_of_the_one_that_is_active(report: Editor) -> None:
    (report.folder / "other.md").write_text(REPORT.replace("hives.jpg", "hives.png"), "utf-8")
    report.open_view()
    for name, errors in (("other.md", "3 errors"), ("report.md", "4 errors"), ("other.md", "3 errors")):
        report.open(name)
        expect(report.status_bar).to_contain_text(f"5/6 · {errors}")
        expect(report.view_pane).to_contain_text(f"{name}: 5 of 6 questions answered, {errors}")
    report.view.filter(has_text="4 an ordinary day").click()
    expect(report.page.locator(".tab.active")).to_contain_text("other.md")


def test_each_heading_is_in_the_outline_once(report: Editor) -> None:
    report.run("Go to Symbol in Editor")
    expect(report.picks.filter(has_text="Question 3")).to_have_count(1)
    report.press("Escape")


def test_a_picture_that_appears_clears_its_problem(problems: Editor) -> None:
    editor = problems
    shutil.copy(PROJECT / "figures" / "hives.png", editor.folder / "figures" / "hives.jpg")
    expect(editor.problems.filter(has_text="hives.jpg")).to_have_count(0)
    expect_problems(editor, problems_of(checked(editor.folder)))


def test_pictures_are_completed(report: Editor) -> None:
    line, _ = place_of("![The orchard")
    report.go_to(line)
    report.press("Shift+End")
    report.page.keyboard.type("![The orchard](")
    suggestions = report.page.locator(".suggest-widget.visible .monaco-list-row")
    expect(suggestions.filter(has_text="figures/hives.png")).to_have_count(1)
    report.page.keyboard.type("fig")
    expect(suggestions.first).to_contain_text("figures/")
    suggestions.filter(has_text="figures/hives.png").click()
    expect(report.line("![The orchard](figures/hives.png)")).to_have_count(1)


def test_a_figure_of_the_folder_is_inserted(report: Editor) -> None:
    report.go_to(place_of("within a quarter")[0] + 1)
    report.press("Enter")
    report.run("Report: Insert a Figure")
    report.pick("dashboard.png")
    expect(report.line("![dashboard](figures/dashboard.png)")).to_have_count(1)
    report.write("The dashboard")
    expect(report.line("![The dashboard](figures/dashboard.png)")).to_have_count(1)


def test_a_figure_from_elsewhere_is_copied(report: Editor) -> None:
    source = report.folder / "plots" / "hives.png"
    source.parent.mkdir()
    source.write_bytes((PROJECT / "figures" / "dashboard.png").read_bytes())
    report.go_to(place_of("within a quarter")[0] + 1)
    report.press("Enter")
    report.run("Report: Insert a Figure")
    report.pick("From elsewhere")
    report.page.get_by_role("button", name="Copy into figures/").wait_for()
    report.pick("plots")
    report.pick("hives.png")
    expect(report.line("![hives 2](figures/hives-2.png)")).to_have_count(1)
    assert source.read_bytes() == (report.folder / "figures" / "hives-2.png").read_bytes()


def test_a_figure_goes_into_the_folder_that_the_course_names(editor: Editor) -> None:
    pack = editor.folder / PACK
    pack.write_text(pack.read_text("utf-8").replace("folder: figures", "folder: our plates"), "utf-8")
    editor.run("Report: Restart the Server")
    editor.open("report.md")
    expect(editor.status_bar).to_contain_text("5/6")
    source = editor.folder / "plots" / "hives.png"
    source.parent.mkdir()
    shutil.copy(PROJECT / "figures" / "hives.png", source)
    editor.go_to(place_of("within a quarter")[0] + 1)
    editor.press("Enter")
    editor.run("Report: Insert a Figure")
    editor.pick("From elsewhere")
    editor.page.get_by_role("button", name="Copy into our plates/").wait_for()
    editor.pick("plots")
    editor.pick("hives.png")
    expect(editor.line("![hives](our%20plates/hives.png)")).to_have_count(1)
    assert source.read_bytes() == (editor.folder / "our plates" / "hives.png").read_bytes()
    editor.close_all()
    write_project(editor.folder)
    editor.run("Report: Restart the Server")


def test_a_pasted_picture_lands_in_the_folder_of_figures(report: Editor) -> None:
    picture = (PROJECT / "figures" / "dashboard.png").read_bytes()
    report.page.evaluate(
        """async bytes => {
            const picture = new Blob([new Uint8Array(bytes)], { type: "image/png" });
            await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
        }""",
        list(picture),
    )
    report.go_to(place_of("within a quarter")[0] + 1)
    said = report.watch_status()
    report.press("Control+v")
    expect(report.line("](figures/image.png)")).to_have_count(1)
    copy = report.folder / "figures" / "image.png"
    eventually(lambda: copy.is_file() and copy.read_bytes().startswith(picture[:8]), "the picture on disk")
    report.page.keyboard.type("Our new dashboard")
    expect(report.line("![Our new dashboard](figures/image.png)")).to_have_count(1)
    expect(report.status_bar).to_contain_text("Q4: 28 words")
    assert {"3 errors"} == {text.rpartition(" · ")[2] for text in said()[1:]}, "it is not missed before it is written"


def test_the_stage_is_switched(problems: Editor) -> None:
    editor = problems
    editor.run("Report: Draft or Final")
    editor.pick("Damage only")
    expect_problems(editor, problems_of(checked(editor.folder, "--stage", "draft")))
    assert {"reportLs.stage": "draft"} == json.loads(editor.text(".vscode/settings.json"))
    editor.page.locator("#status\\.languageStatus").click()
    expect(editor.page.locator(".hover-language-status").filter(has_text="draft or final")).to_contain_text("draft")
    editor.press("Escape")


def test_another_edition_is_chosen(problems: Editor) -> None:
    editor = problems
    editor.page.locator("#status\\.languageStatus").click()
    edition = editor.page.locator(".hover-language-status").filter(has_text="course and edition")
    expect(edition).to_contain_text("data-for-beekeepers-2026")
    edition.get_by_text("Change").click()
    editor.pick("dtu-mlops-2026-01")
    expect_problems(editor, problems_of(checked(editor.folder, "--pack", "dtu-mlops-2026-01")))
    assert {"reportLs.pack": "dtu-mlops-2026-01"} == json.loads(editor.text(".vscode/settings.json"))
    editor.page.locator("#status\\.languageStatus").click()
    expect(edition).to_contain_text("dtu-mlops-2026-01")
    editor.press("Escape")


def test_the_server_is_restarted(problems: Editor) -> None:
    editor = problems
    n_before = editor.log().count("the server is running")
    editor.run("Report: Restart the Server")
    eventually(lambda: editor.log().count("the server is running") == n_before + 1, "the next server")
    expect_problems(editor, problems_of(checked(editor.folder)))


def test_a_server_that_is_killed_comes_back(problems: Editor) -> None:
    editor = problems
    editor.press("Control+1")
    editor.go_to(0)
    said = editor.watch_status()
    os.kill(server_of(editor), signal.SIGKILL)
    eventually(lambda: "the server has ended" in editor.log(), "a word in the log")
    expect_problems(editor, problems_of(checked(editor.folder)))
    expect(editor.status_bar).to_contain_text("5/6 · 4 errors")
    expect(editor.notification).to_have_count(0)
    assert "Report: starting" in {re.sub(r"^\W+", "", text) for text in said()}
    assert [] == [text for text in said() if not text.endswith(("errors", "Report: starting"))], "it is never green"


def server_of(editor: Editor) -> int:
    """Return the process of the editor's language server."""
    extensions = str(editor.folder.parent / "extensions")
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            command = (process / "cmdline").read_bytes().decode(errors="replace")
            if extensions in command and command.rstrip("\0").endswith("--stdio"):
                return int(process.name)
    pytest.fail("there is no server")


def test_debug_information_holds_nothing_of_the_report(report: Editor) -> None:
    report.run("Report: Copy Debug Information")
    expect(report.notification).to_contain_text("in the clipboard")
    text = report.page.evaluate("navigator.clipboard.readText()")
    assert "- report: data-for-beekeepers-2026, final: 5 of 6 questions answered, 4 errors" in text
    assert f"- Python: {platform.python_version()}\n" in text
    # Nothing that is a path or has a part of one.
    assert not set("/\\~") & set(text), text


def test_the_task_finds_what_the_command_finds_in_a_report_that_is_not_open(editor: Editor) -> None:
    (editor.folder / "notes.md").write_text("# Notes\n", "utf-8")
    editor.open("notes.md")
    editor.run("Tasks: Run Task")
    editor.pick("report-ls")
    editor.pick("check")
    editor.page.locator(".terminal-outer-container").wait_for()
    editor.run("View: Focus Problems")
    report = json.loads(report_ls("--check", "--format", "json", folder=editor.folder))["reports"][0]
    expect_problems(editor, problems_of(report))
    editor.run("View: Hide Panel")


def test_a_text_that_is_no_report_is_left_alone(editor: Editor) -> None:
    (editor.folder / "notes.md").write_text(
        "# Notes\n\n![nothing](figures/nothing.png)\n\n--- fill here ---\n", "utf-8"
    )
    editor.open("notes.md")
    editor.open("report.md")
    expect(editor.status_bar).to_contain_text("5/6")
    editor.run("View: Focus Problems")
    expect_problems(editor, problems_of(checked(editor.folder)))
    editor.run("View: Hide Panel")
    editor.run("View: Close Editor")
    expect(editor.line("# Notes")).to_have_count(1)
    expect(editor.squiggles).to_have_count(0)
    expect(editor.status_bar).to_be_hidden()
    expect(editor.view_pane).to_have_count(0)


OTHER_FORM = """\
# Our hives

<!-- report-ls: answers below ## headings, in place of "Write here" -->

## The place

> Where do they stand? Use 3-20 words.

Behind the house.

## The harvest

> What did you take? Use 5-20 words.

Honey, twice.

## The winter

> How did they come through it?

Write here
"""


def test_a_form_that_says_itself_where_its_answers_are_is_judged_as_any_other(
    installation: Installation, browser: Browser
) -> None:
    with Editor(installation, browser) as editor:
        (editor.folder / "essay.md").write_text(OTHER_FORM, "utf-8")
        editor.open("essay.md")
        expect(editor.status_bar).to_have_text(re.compile(r"^.?Report 2/3"))
        editor.open_view()
        expect_view(
            editor,
            [
                "Problems by kind, 2 kinds",
                "Question 1: The place, ok, 3 of 3–20 words",
                "Question 2: The harvest, needs work, 2 of 5–20 words",
                "Question 3: The winter, not answered, 0 words",
            ],
        )
        editor.go_to(*place_of("Honey", OTHER_FORM))
        expect(editor.status_bar).to_have_text(re.compile(r"^.?Q2: 2 words, 3 to go · 2/3"))
        editor.go_to(*place_of("## The harvest", OTHER_FORM))
        editor.show_hover("Question 2: The harvest")
