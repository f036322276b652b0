"""How the extension starts where not all is as it should be: each test has a VS Code of its own."""

import fcntl
import json
import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, expect
from vscode.editor import EXTENSION, Editor, Installation, eventually
from vscode.project import PACK, REPORT, place_of, write_project


def test_without_python_it_runs_and_says_what_is_missing_until_there_is_one(
    installation: Installation, browser: Browser, tmp_path: Path
) -> None:
    with Editor(installation, browser, environment={"PATH": str(tmp_path)}) as editor:
        (editor.folder / "notes.md").write_text("# Notes\n\n> Question 1 is hard.\n\n", "utf-8")
        editor.open("notes.md")
        eventually(lambda: "activated" in editor.log(), "the extension, which lets the notes be")
        expect(editor.status_bar).to_have_count(0)
        write_project(editor.folder)
        (editor.folder / ".git").mkdir()
        (editor.folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
        editor.open("report.md")
        expect(editor.status_bar).to_contain_text("Report 5/6 · 4 errors")
        expect(editor.notification).to_have_count(1)
        expect(editor.notification).to_contain_text(
            "report-ls runs without Python here: it may start more slowly, and it does not look at git. "
            "To do everything, report-ls needs Python 3.10 or newer, and finds none on this computer."
        )
        editor.notification.get_by_role("button", name="How to Get Python").click()
        page = editor.page.frame_locator("iframe.webview.ready").frame_locator("#active-frame")
        expect(page.get_by_role("heading", level=1)).to_have_text("Python for report-ls")
        editor.open("report.md")
        shutil.copy(editor.folder / "figures" / "hives.png", editor.folder / "figures" / "hives.jpg")
        expect(editor.status_bar).to_contain_text("Report 5/6 · 3 errors")
        editor.run("Report: Ready to Hand In?")
        expect(page.locator("body")).to_contain_text("git does not answer: report-ls cannot tell")
        editor.run("Report: Restart the Server")
        expect(editor.notification).to_have_count(1)
        expect(editor.status_bar).to_contain_text("Report 5/6 · 3 errors")
        assert [_WITHOUT] * 2 == _how_it_ran(editor)
        _program(tmp_path / "python3", f'exec "{sys.executable}" "$@"')
        editor.run("Report: Restart the Server")
        eventually(lambda: len(_how_it_ran(editor)) > 2, "the server, with the Python that is there now")
        assert [_WITHOUT] * 2 + [_WITH] == _how_it_ran(editor)
        expect(editor.status_bar).to_contain_text("Report 5/6 · 3 errors")


def test_a_setting_that_names_no_python_is_said_and_another_one_is_obeyed(
    installation: Installation, browser: Browser, tmp_path: Path
) -> None:
    with Editor(installation, browser, environment={"PATH": str(tmp_path)}) as editor:
        write_project(editor.folder)
        editor.open("report.md")
        editor.notification.get_by_role("button", name="Open the Setting").click()
        setting = editor.page.locator(".settings-editor .setting-item", has_text="The Python that runs report-ls")
        setting.locator("input").fill("/bin/false")
        expect(editor.notification).to_contain_text('the setting names "/bin/false", which does not run as Python 3.')
        expect(editor.status_bar).to_have_text(re.compile("Report: no Python"))
        setting.locator("input").fill(sys.executable)
        expect(editor.status_bar).to_contain_text("Report 5/6")
        assert [_WITHOUT, _WITH] == _how_it_ran(editor)


def test_a_server_that_ends_while_it_starts_is_said_once_and_restarted_with_a_click(
    installation: Installation, browser: Browser
) -> None:
    with Editor(installation, browser) as editor:
        write_project(editor.folder)
        probed = f'case "$*" in *version_info*) exec "{sys.executable}" "$@" ;; esac\n'
        python = _program(editor.folder.parent / "python", probed + "echo 'OSError: the disk is full' >&2; exit 1")
        _write_settings(editor, {"reportLs.interpreter": str(python), "reportLs.pack": PACK})
        editor.open("report.md")
        expect(editor.status_bar).to_contain_text("Report: starting")
        expect(editor.status_bar).to_contain_text("Report: not running")
        expect(editor.notification).to_have_count(1)
        expect(editor.notification).to_contain_text("report-ls has ended again and again: OSError: the disk is full")
        _program(python, f'exec "{sys.executable}" "$@"')
        editor.status_bar.click()
        expect(editor.status_bar).to_contain_text("Report 5/6 · 4 errors")
        expect(editor.notification).to_have_count(1)


def test_a_server_that_is_slow_to_start_is_no_green(installation: Installation, browser: Browser) -> None:
    """Its Python waits until the test lets it start: until then nothing says that all is well."""
    with Editor(installation, browser) as editor:
        write_project(editor.folder)
        word = editor.folder.parent / "word"
        os.mkfifo(word)
        probed = f'case "$*" in *version_info*) exec "{sys.executable}" "$@" ;; esac\n'
        python = _program(editor.folder.parent / "python", f'{probed}read go < "{word}"; exec "{sys.executable}" "$@"')
        _write_settings(editor, {"reportLs.interpreter": str(python), "reportLs.pack": PACK})
        editor.open("report.md")
        expect(editor.status_bar).to_have_text(re.compile("Report: starting$"))
        expect(editor.status_bar).to_have_attribute("aria-label", re.compile("starting, nothing is checked yet"))
        editor.write("x")
        editor.open("report.md")
        expect(editor.status_bar).to_have_text(re.compile("Report: starting$"))
        expect(editor.squiggles).to_have_count(0)
        with word.open("w") as go:
            go.write("go\n")
        expect(editor.status_bar).to_contain_text("5/6 · 4 errors")
        expect(editor.notification).to_have_count(0)


_HELD = """\
import fcntl, os, pathlib, queue, subprocess, sys, threading
seen, lock = map(pathlib.Path, sys.argv[1:3])
waiting = queue.SimpleQueue()

def pass_on():
    while said := waiting.get():
        with lock.open("wb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            os.write(1, said)

threading.Thread(target=pass_on).start()
server = subprocess.Popen([sys.executable, *sys.argv[3:]], stdout=subprocess.PIPE)
while said := os.read(server.stdout.fileno(), 65536):
    with seen.open("ab") as file:
        file.write(said)
    waiting.put(said)
waiting.put(b"")
"""


def test_what_the_server_says_of_a_report_that_was_closed_meanwhile_is_not_shown(
    installation: Installation, browser: Browser, tmp_path: Path
) -> None:
    """What it says is held while the test has a lock."""
    (tmp_path / "held.py").write_text(_HELD, "utf-8")
    held = f'exec "{sys.executable}" "{tmp_path}/held.py" "{tmp_path}/seen" "{tmp_path}/lock" "$@"'
    python = _program(tmp_path / "python", f'case "$*" in *--stdio) {held} ;; *) exec "{sys.executable}" "$@" ;; esac')

    def said(words: str) -> bool:
        seen = tmp_path / "seen"
        return seen.exists() and words.encode() in seen.read_bytes()

    with Editor(installation, browser) as editor:
        write_project(editor.folder)
        (editor.folder / "other.md").write_text(re.sub("(?s)We are Ida.*to leave.", "", REPORT), "utf-8")
        _write_settings(editor, {"reportLs.interpreter": str(python)})
        editor.open("report.md")
        eventually(lambda: said("reportLs/status"), "the server whose words can be held")
        editor.go_to(*place_of("every ten minutes"))
        expect(editor.status_bar).to_contain_text("Q2: 21 words")
        with (tmp_path / "lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            editor.write("about ")
            eventually(lambda: said('"22 words'), "a status that is late")
            editor.run("View: Revert and Close Editor")
            expect(editor.status_bar).to_be_hidden()
        editor.open("other.md")
        expect(editor.status_bar).to_contain_text("4/6")
        editor.run("View: Close Editor")
        expect(editor.status_bar).to_be_hidden()


def test_a_configuration_starts_the_server_and_a_note_does_not(installation: Installation, browser: Browser) -> None:
    with Editor(installation, browser) as editor:
        (editor.folder / "notes.md").write_text("# Notes\n", "utf-8")
        editor.open("notes.md")
        eventually(lambda: "activated" in editor.log(), "the extension, which lets the notes be")
        (editor.folder / "report-ls.toml").write_text('stage = "draft"\n', "utf-8")
        (editor.folder / "report.md").write_text("# Report\n", "utf-8")
        assert "Python" not in editor.log()
        editor.open("report.md")
        eventually(lambda: "the server is running" in editor.log(), "the server")


def test_a_folder_that_is_not_trusted_decides_nothing(installation: Installation, browser: Browser) -> None:
    trust = {"security.workspace.trust.enabled": True, "security.workspace.trust.startupPrompt": "never"}
    with Editor(installation, browser, settings=trust) as editor:
        write_project(editor.folder)
        witness = editor.folder.parent / "obeyed"
        line = f'touch "{witness}"; exec "{sys.executable}" "$@"'
        own = _program(editor.folder / "own-python", line)
        _program(editor.folder / ".venv" / "bin" / "python", line)
        _write_settings(editor, {"reportLs.interpreter": str(own), "reportLs.pack": PACK})
        (editor.folder / "report-ls.toml").write_text(f'pack = "{PACK}"\n', "utf-8")
        editor.open("report.md")
        expect(editor.status_bar).to_contain_text("Report 5/6")
        editor.open_view()
        expect(editor.view.nth(1)).to_have_attribute("aria-label", "Question 1, ok, 45 of 20–60 words")
        page = editor.page.frame_locator("iframe.webview.ready").frame_locator("#active-frame")
        editor.run("Report: Show the Hand-In Page")
        expect(page.locator("body")).to_contain_text("report.md: report-ls does not know its hand-in page")
        assert not witness.exists()
        editor.run("Workspaces: Manage Workspace Trust")
        editor.page.get_by_role("button", name="Trust", exact=True).click()
        eventually(witness.exists, "the Python of the folder, which is trusted now")
        expect(editor.view.nth(1)).to_have_attribute("aria-label", "Question 1: the project, ok, 45 of 20–60 words")
        editor.open("report.md")
        editor.run("Report: Show the Hand-In Page")
        expect(page.get_by_role("heading", name="Question 5")).to_have_count(1)


def test_each_page_of_the_walkthrough_has_its_picture_and_its_buttons_lead_somewhere(
    installation: Installation, browser: Browser
) -> None:
    buttons = [["Open a file"], ["Fix all"], ["Show the Report view"], ["Show the hand-in page", "Ready to hand in?"]]
    with Editor(installation, browser) as editor:
        write_project(editor.folder)
        editor.run("Welcome: Open Walkthrough")
        editor.pick("Write an exam report")
        steps = editor.page.locator(".getting-started-step")
        picture = editor.page.locator(".getting-started-media img")
        (walkthrough,) = json.loads((EXTENSION / "package.json").read_text("utf-8"))["contributes"]["walkthroughs"]
        expect(steps).to_have_count(len(buttons))
        for step, said, names in zip(steps.all(), walkthrough["steps"], buttons, strict=True):
            step.locator("h3").click()
            expect(step.get_by_role("button")).to_contain_text(names)
            expect(picture).to_have_attribute("alt", said["media"]["altText"])
            eventually(lambda: picture.evaluate("it => it.naturalWidth") > 0, "the picture")
            for name in names:
                if name != "Open a file":
                    step.get_by_text(name, exact=True).click()
                    expect(editor.notification).to_contain_text("open your report first")
                    editor.run("Notifications: Clear All Notifications")
        steps.first.locator("h3").click()
        steps.first.get_by_text("Open a file", exact=True).click()
        editor.pick_input.fill("report.md")
        editor.pick("report.md")
        expect(editor.status_bar).to_contain_text("Report 5/6")
        editor.page.locator(".tab", has_text="Welcome").click()
        steps.nth(2).locator("h3").click()
        steps.nth(2).get_by_text("Show the Report view", exact=True).click()
        expect(editor.view.nth(1)).to_be_visible()


_WITH, _WITHOUT = "the server is running", "the server is running, without Python"


def _how_it_ran(editor: Editor) -> list[str]:
    """Return what the log says of each server that ran."""
    return re.findall(r"the server is running.*", editor.log())


def _program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return path


def _write_settings(editor: Editor, settings: dict[str, str]) -> None:
    (editor.folder / ".vscode").mkdir(exist_ok=True)
    (editor.folder / ".vscode" / "settings.json").write_text(json.dumps(settings), "utf-8")
