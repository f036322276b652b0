"""The page of `--format html` in a browser: on a screen, a telephone and paper, by keyboard, and without its script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from report_ls.base.diagnostic import Severity, Stage
from report_ls.checks import Failure
from report_ls.cli.formats import write
from report_ls.cli.judged import as_judged
from report_ls.cli.results import Results, Unreadable
from support.fake_results import analysis, found
from vscode.editor import eventually

LONG = "long-name" * 30
EVIL = "<script>document.title = 'mine'</script>\"'&amp;"
ERROR, WARNING, HINT = (
    found("photos")._replace(question=1),
    found("figures", Severity.WARNING)._replace(question=2, message=f"no file {LONG}.png"),
    found("What", Severity.HINT)._replace(code="look-there"),
)
CLASS = Results(
    Stage.FINAL,
    (
        as_judged(f"{LONG}/a.md", analysis(ERROR, WARNING, HINT)),
        as_judged(EVIL, analysis(HINT)),
        as_judged("c.md", analysis()._replace(failures=(Failure("look-away", ValueError("no look")),))),
        as_judged("d.md", analysis()),
    ),
    (Unreadable(f"{LONG}.md", "there is no such file"),),
)
NARROW = 390


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page of a class, in which no error may happen."""
    errors: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    show(page, tmp_path, CLASS)
    yield page
    page.close()
    assert [] == errors


def show(page: Page, folder: Path, results: Results) -> None:
    """Open the page of some results."""
    file = folder / "page.html"
    file.write_text(write("html", results), "utf-8")
    page.goto(file.as_uri())


def summaries(page: Page) -> list[str]:
    """Return the findings of each report that is shown."""
    return [text.replace(LONG, "...") for text in page.locator("summary:visible").all_inner_texts()]


def choose(page: Page, name: str, value: str) -> None:
    """Choose what is shown."""
    page.get_by_role("combobox", name=name, exact=True).select_option(value)


def test_counts_follow_the_filters(page: Page) -> None:
    status = page.get_by_role("status")
    everything = [".../a.md: 3 findings", f"{EVIL}: 1 finding", "c.md: 1 finding"]
    assert (everything, "5 findings") == (summaries(page), status.inner_text())
    choose(page, "severity", "error")
    assert ([".../a.md: 1 of 3 findings", "c.md: 1 finding"], "2 of 5 findings") == (
        summaries(page),
        status.inner_text(),
    )
    choose(page, "question", "1")
    assert ([".../a.md: 1 of 3 findings"], "1 of 5 findings") == (summaries(page), status.inner_text())
    choose(page, "code", "look-away")
    assert ([], "no finding fits the filters") == (summaries(page), status.inner_text())
    expect(status).to_have_attribute("aria-live", "polite")
    page.get_by_role("button", name="clear the filters").click()
    expect(status).to_have_text("5 findings")
    assert everything == summaries(page)
    page.get_by_label("words").fill(" NO LOOK ")
    assert (["c.md: 1 finding"], "1 of 5 findings") == (summaries(page), status.inner_text())


def test_the_filters_stay_where_they_are_when_nothing_fits(page: Page) -> None:
    words = page.get_by_label("words")
    page.get_by_role("button", name="open or close all").click()
    page.get_by_role("heading", name="Findings").evaluate("it => it.scrollIntoView()")
    place = words.bounding_box()
    words.fill("nowhere")
    expect(page.get_by_role("status")).to_have_text("no finding fits the filters")
    assert place == words.bounding_box()


def test_all_reports_that_are_shown_open_and_close_at_once(page: Page) -> None:
    def is_open() -> list[bool]:
        return [bool(it.evaluate("it => it.open")) for it in page.locator("details").all()]

    choose(page, "severity", "hint")
    button = page.get_by_role("button", name="open or close all")
    button.click()
    assert [True, True, False] == is_open()
    button.click()
    assert [False, False, False] == is_open()


A4 = 718
"""The width of the printed page, in pixels."""


@pytest.mark.parametrize(("width", "media"), [(NARROW, "screen"), (1280, "screen"), (A4, "print")])
def test_only_tables_scroll_sideways(page: Page, width: int, media: Literal["screen", "print"]) -> None:
    page.emulate_media(media=media)
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("details").evaluate_all("all => all.forEach(it => it.open = true)")
    assert width == page.evaluate("document.documentElement.scrollWidth")


def test_a_wide_table_is_scrolled_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": NARROW, "height": 800})
    table = page.get_by_role("region", name="Questions of camera-2026")
    table.focus()
    page.keyboard.press("ArrowRight")
    eventually(lambda: bool(table.evaluate("it => it.scrollLeft > 0")), "the columns at the right")
    expect(table).to_be_focused()


def test_a_name_is_never_more_than_a_name(page: Page) -> None:
    expect(page).to_have_title("4 reports, 1 not read")
    expect(page.get_by_role("rowheader", name=EVIL, exact=True)).to_be_visible()


def test_without_the_script_all_is_there_but_the_filters(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, tmp_path, CLASS)
    expect(page.locator("form")).to_be_hidden()
    page.locator("summary").first.click()
    expect(page.get_by_role("cell", name="look here").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("results", [Results(Stage.FINAL), Results(Stage.FINAL, (as_judged("d.md", analysis()),))])
def test_a_page_without_findings_has_no_filters(page: Page, tmp_path: Path, results: Results) -> None:
    show(page, tmp_path, results)
    expect(page.locator("form, details")).to_have_count(0)
