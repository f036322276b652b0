"""The pictures of the documents, made where they are true; kept with UPDATE=1, because no two are alike to the bit."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, expect
from vscode.editor import Editor, Installation
from vscode.project import PACK, place_of, write_project

PICTURES = Path(__file__).parents[2] / "docs" / "images"


@pytest.fixture(scope="module")
def shown(installation: Installation, browser: Browser) -> Iterator[Editor]:
    """A VS Code of its own, as it looks after its installation, with our report."""
    with Editor(installation, browser, settings={"reportLs.pack": PACK}, pixels=2) as editor:
        editor.page.set_viewport_size({"width": 1280, "height": 720})
        write_project(editor.folder)
        editor.open("report.md")
        expect(editor.status_bar).to_contain_text("5/6")
        editor.open_view()
        expect(editor.view).to_have_count(7)
        yield editor


def take(editor: Editor, name: str, clip: FloatRect | None = None) -> None:
    """Make a picture."""
    path = PICTURES / f"{name}.png"
    is_meant = os.environ.get("UPDATE") == "1"
    assert is_meant or path.is_file(), f"there is no {path}: UPDATE=1 pytest makes it"
    picture = editor.page.screenshot(animations="disabled", caret="initial", clip=clip)
    if is_meant:
        path.write_bytes(picture)


def around(*places: Locator, margin: float = 24) -> FloatRect:
    """Return the rectangle that holds all places."""
    boxes = [place.bounding_box() for place in places]
    left = min(box["x"] for box in boxes if box) - margin
    top = min(box["y"] for box in boxes if box) - margin
    right = max(box["x"] + box["width"] for box in boxes if box) + margin
    bottom = max(box["y"] + box["height"] for box in boxes if box) + margin
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def test_the_whole_editor(shown: Editor) -> None:
    shown.go_to(*place_of("our dashboard"))
    shown.show_hover("image-as-link")
    expect(shown.hover).to_contain_text("Quick Fix...")
    take(shown, "vscode")
    take(shown, "vscode-hover", around(shown.hover, shown.line("This is [our dashboard]"), margin=8))
    shown.press("Escape")


def test_the_quick_fixes(shown: Editor) -> None:
    shown.go_to(*place_of("hives.jpg"))
    shown.open_menu()
    take(
        shown, "vscode-fix", around(shown.page.locator(".action-widget").first, shown.line("![The orchard from above]"))
    )
    shown.press("Escape")


def test_the_report_view(shown: Editor) -> None:
    message = shown.view_pane.get_by_text("5 of 6 questions answered")
    take(shown, "vscode-view", around(message, shown.view.first, shown.view.last, margin=6))


def test_the_hand_in_page(shown: Editor) -> None:
    shown.press("Control+b")
    shown.go_to(*place_of("![The orchard"))
    shown.run("Report: Show the Hand-In Page")
    page = shown.page.frame_locator("iframe.webview.ready").frame_locator("#active-frame")
    expect(page.locator(".note.error").first).to_contain_text("there is no file figures/hives.jpg")
    page.get_by_role("heading", name="Question 3").evaluate("it => it.scrollIntoView()")
    shown.page.mouse.move(640, 400)  # Away from what says what it is for when it is pointed at.
    expect(shown.page.locator(".workbench-hover-container", has_text="More Actions")).to_be_hidden()
    take(shown, "vscode-handin")
    take(shown, "vscode-page", around(shown.page.locator("iframe.webview.ready"), margin=0))
