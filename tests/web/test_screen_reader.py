"""Who does not see the page gets all of it: each control has a name, what happens is said, and keys are enough.

What is compared is Chromium's accessibility tree, which is what it hands to screen readers.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import expect
from web.test_visits import EXAMPLE, ROWS, SUMMARY
from web.visitor import Visitor

ALWAYS = {"Iframe", "dialog", "list", "navigation", "progressbar", "region", "table"}
"""What needs a name beside all that can have the focus; lists within the list of questions are what they are."""

TOOLS = ["button Open a file or zip", "button Open a folder", "button Try the example"]
OF_REPORT = [
    "button Next problem",
    "button Fix all that is safe",
    "button Ready to hand in?",
    "button Download",
    "combobox Stage",
]
LAST = ["combobox Course", "button For teachers"]
LICENCES = "link Licences"


_PARTS = {"RootWebArea", "generic", "option"}
"""What is no control of its own."""


class Heard:
    """What a screen reader has of a page."""

    def __init__(self, visitor: Visitor) -> None:
        self._devtools = visitor.context.new_cdp_session(visitor.page)

    def _nodes(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield role, name and properties of all there is, in the order of the page."""
        top, *others = self._devtools.send("Accessibility.getFullAXTree")["nodes"]
        nodes, waiting = {node["nodeId"]: node for node in others}, [top]
        while waiting:
            node = waiting.pop()
            waiting += [nodes[child] for child in reversed(node.get("childIds", ())) if child in nodes]
            if not node["ignored"] and node["role"]["value"] not in _PARTS:
                properties = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
                yield node["role"]["value"], " ".join(node.get("name", {}).get("value", "").split()), properties

    def nameless(self) -> list[str]:
        """Return the role of each thing that needs a name and has none."""
        needy = [(role, name) for role, name, about in self._nodes() if about.get("focusable") or role in ALWAYS]
        assert needy
        return [role for role, name in needy if not name and role != "list"]

    def controls(self) -> list[str]:
        """Return all that can have the focus, by role and name."""
        return [f"{role} {name}" for role, name, about in self._nodes() if about.get("focusable")]

    def focused(self) -> str:
        """Return what has the focus."""
        return next((f"{role} {name}" for role, name, about in self._nodes() if about.get("focused")), "nothing")

    def live(self) -> list[str]:
        """Return how urgently each region is read whose changes are."""
        return [f"{role} {about['live']}" for role, _, about in self._nodes() if "live" in about]


@pytest.fixture
def heard(visitor: Visitor) -> Heard:
    """What a screen reader has of the page."""
    return Heard(visitor)


def _report(visitor: Visitor) -> None:
    visitor.try_example()
    expect(visitor.summary).to_have_text(SUMMARY)
    expect(visitor.rows).to_have_count(len(ROWS))


def _start(_visitor: Visitor) -> None:
    """Open nothing."""


def _teachers(visitor: Visitor) -> None:
    visitor.click("For teachers")
    expect(visitor.dialog).to_contain_text("Paste the empty form")


def _problem(visitor: Visitor) -> None:
    visitor.page.keyboard.press("Escape")
    _report(visitor)
    visitor.page.locator(".cm-content").press("Control+Home")
    visitor.page.keyboard.press("F8")
    expect(visitor.page.locator("#here-said p")).to_have_count(1)


def _readiness(visitor: Visitor) -> None:
    visitor.click("Ready to hand in?")
    expect(visitor.dialog).to_contain_text("committed and pushed")


def _search(visitor: Visitor) -> None:
    visitor.page.keyboard.press("Escape")
    visitor.page.locator(".cm-content").press("Control+f")
    expect(visitor.page.locator(".cm-search")).to_be_visible()


def _problems(visitor: Visitor) -> None:
    visitor.page.locator(".cm-content").press("Control+Shift+M")
    expect(visitor.page.locator(".cm-panel-lint")).to_be_visible()


@pytest.mark.parametrize("width", [1400, 400])
def test_everything_has_a_name(width: int, visitors: partial[Visitor]) -> None:
    states = (_start, _teachers, _problem, _readiness, _search, _problems)
    with visitors(width=width) as visitor:
        nameless = {}
        for reach in states:
            reach(visitor)
            nameless[reach.__name__] = Heard(visitor).nameless()
        assert {reach.__name__: [] for reach in states} == nameless


def test_the_controls_are_called_what_they_do(visitors: partial[Visitor]) -> None:
    with visitors() as visitor:
        heard = Heard(visitor)
        start = [*TOOLS, *LAST, "button Try the example", LICENCES]
        assert start == heard.controls()
        _report(visitor)
        rows = ["DisclosureTriangle By kind: 6 kinds", *(f"button {row}" for row in ROWS)]
        assert [*TOOLS, *OF_REPORT, *LAST, *rows, "textbox Your report", LICENCES] == heard.controls()


def test_progress_and_results_are_said(visitors: partial[Visitor]) -> None:
    with visitors() as visitor:
        loading = visitor.page.locator("#progress")
        expect(loading.get_by_role("progressbar", name="Loading")).to_be_visible()
        expect(loading.get_by_role("status")).to_have_text("Loading report-ls …")
        assert ["status polite"] == Heard(visitor).live()
        expect(loading.get_by_role("status")).to_have_text("Ready.")
        expect(loading.get_by_role("progressbar")).to_have_count(0)
        _report(visitor)
        assert ["status polite"] * 3 == Heard(visitor).live()
        expect(visitor.page.get_by_role("status").nth(1)).to_have_text(SUMMARY)
        visitor.click("Fix all that is safe")
        expect(visitor.page.get_by_role("alert")).to_have_text("3 repaired.")
        assert ["status polite", "alert assertive", "status polite", "status polite"] == Heard(visitor).live()


_NOTE = """() => {
    window.heard = [];
    for (const id of ["summary", "here-said", "message"]) {
        const place = document.getElementById(id);
        const note = () => window.heard.push(place.textContent);
        new MutationObserver(note).observe(place, { childList: true, characterData: true, subtree: true });
    }
}"""


def test_what_is_said_is_said_once(visitor: Visitor) -> None:
    _report(visitor)
    visitor.rows.filter(has_text="this is a link").click()
    expect(visitor.here.get_by_role("button")).not_to_have_count(0)
    visitor.page.evaluate(_NOTE)
    visitor.forget()
    visitor.page.keyboard.press("End")
    visitor.page.keyboard.type("x")
    visitor.wait_until_judged()
    visitor.forget()
    visitor.page.keyboard.press("Backspace")
    visitor.wait_until_judged()
    assert [] == visitor.page.evaluate("window.heard")
    visitor.rows.filter(has_text="this marker is left over").click()
    expect(visitor.here).to_contain_text("this marker is left over from the template: delete it")
    assert ["Q3: this marker is left over from the template: delete it"] == visitor.page.evaluate("window.heard")


def test_every_finding_is_reached_with_the_tabulator_and_read(visitor: Visitor, heard: Heard) -> None:
    _report(visitor)
    visitor.page.get_by_role("button", name="For teachers").focus()
    reached = []
    for _ in range(1 + len(ROWS)):
        visitor.page.keyboard.press("Tab")
        reached.append(heard.focused())
    assert ["DisclosureTriangle By kind: 6 kinds", *(f"button {row}" for row in ROWS)] == reached
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#here-said")).to_have_text("Q6: not answered yet (asked: 30-80 words)")
    assert "textbox Your report" == heard.focused()
    visitor.page.keyboard.press("Tab")
    assert "textbox Your report" != heard.focused()


def test_a_key_leads_from_one_finding_to_the_next(visitor: Visitor) -> None:
    _report(visitor)
    visitor.page.locator(".cm-content").press("Control+Home")
    said = []
    for message in [row.partition(": ")[2] for row in ROWS if not row.startswith("Question")]:
        visitor.page.keyboard.press("F8")
        expect(visitor.page.locator("#here-said")).to_contain_text(message.partition(";")[0])
        said.append(message)
    assert 6 == len(said)


def test_what_has_the_focus_keeps_it_when_something_new_is_found(visitor: Visitor, heard: Heard) -> None:
    _report(visitor)
    visitor.rows.filter(has_text="the model").focus()
    stage = "document.getElementById('stage')"
    choose = f"value => {{ {stage}.value = value; {stage}.onchange({{ target: {stage} }}); }}"
    visitor.page.evaluate(choose, "draft")
    expect(visitor.summary).to_contain_text("data-for-beekeepers, draft")
    assert "button Question 5: the model, ok, 52 of 30–80 words" == heard.focused()
    visitor.page.get_by_text("By kind").click()
    visitor.page.evaluate(choose, "auto")
    expect(visitor.summary).to_contain_text("data-for-beekeepers, final")
    expect(visitor.page.locator("#questions details")).to_have_attribute("open", "")
    visitor.page.get_by_text("By kind").click()


def test_on_a_telephone_the_part_that_is_seen_is_said(visitors: partial[Visitor]) -> None:
    with visitors(width=400) as visitor:
        visitor.open_files(EXAMPLE / "report.md")
        visitor.wait_until_judged()
        for name in ("Questions", "Course's page", "Text"):
            visitor.click(name)
            pressed = visitor.page.locator("nav [aria-pressed=true]")
            assert [name] == pressed.all_inner_texts()
