"""A form that says where its answers are is a report without a pack; any other Markdown is no report."""

import json
from pathlib import Path

import pytest
from report_ls.report.outline import outline
from report_ls.report.places import why_refused
from report_ls.report.statement import statement
from support.command import OTHER_FORM, Ran, run

SAID = "<!-- report-ls: answers below ## headings -->"
FORM = f"# Bees\n\n{SAID}\n\n## Hives (5-10 words)\n\n## Honey\n\nPlenty of it.\n"


def test_a_copy_of_such_a_form_is_found_and_judged_without_pack_and_configuration(tmp_path: Path) -> None:
    (tmp_path / "bees.md").write_text(FORM, "utf-8")
    (tmp_path / "notes.md").write_text(FORM.replace(SAID, ""), "utf-8")
    ran = run(tmp_path, "--check", ".")
    assert ran.out + ran.err == (
        "bees.md:5:1: error: Hives (5-10 words): not answered yet (asked: 5-10 words) [unanswered]\n"
        "bees.md: generic, final: 1 of 2 questions answered; 1 error\n"
    )
    [report] = json.loads(run(tmp_path, "--check", ".", "--format", "json").out)["reports"]
    assert ["Hives (5-10 words)", "Honey"] == [question["topic"] for question in report["questions"]]


def test_without_the_comment_it_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "bees.md").write_text(FORM.replace(SAID, ""), "utf-8")
    ran = run(tmp_path, "--check", "bees.md")
    assert ran.out + ran.err == f'bees.md: no report: 3 headings, none is "### Question n"; {OTHER_FORM}\n'


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{SAID}\n```\n## Hives\n",
        f"A form says `{SAID}`.\n\n## Hives\n",
        f"    {SAID}\n\n## Hives\n",
        "<!-- report-ls answers below ## headings -->\n\n## Hives\n",
        "Made with report-ls: answers below ## headings\n\n## Hives\n",
        "<!-- our report-ls: answers below ## headings -->\n\n## Hives\n",
    ],
)
def test_what_only_speaks_of_the_comment_says_nothing(text: str) -> None:
    assert statement(text) is None
    assert outline(text).questions == ()


def test_what_stands_above_the_comment_and_in_front_matter_opens_nothing() -> None:
    text = f"---\n# bees: 2\n## title\n---\n## How to fill this in\n\n{SAID}\n## Hives ##\n## \n#hash\n ## Honey\n"
    assert [(one.number, one.title) for one in outline(text).questions] == [(1, "Hives"), (2, "Honey")]


@pytest.mark.parametrize(
    ("written", "levels", "marker"),
    [
        ("answers below # headings", {1}, ""),
        ("answers below ## and ### headings", {2, 3}, ""),
        ("answers  below ##,### headings", {2, 3}, ""),
        ('answers below ###### headings in place of "TODO: say it"', {6}, "TODO: say it"),
        ("answers below ## heading, in place of \u201cTODO: say it\u201d", {2}, "TODO: say it"),
        ("answers below ####### headings", set(), ""),
        ("answers below headings", set(), ""),
        ('answers below ## headings, in place of "--"', set(), ""),
        ("", set(), ""),
    ],
)
def test_what_it_may_say(written: str, levels: set[int], marker: str) -> None:
    said = statement(f"<!-- report-ls: {written} -->\n")
    assert said is not None
    assert (set(said.levels), said.marker) == (levels, marker)


@pytest.mark.parametrize(
    "below", ["> > Why?\n\n", "<!-- a\n\n## b\n-->\n[Say in three words.]\n", "> Why?\n>\n> Answer:\n", "\n"]
)
def test_what_is_asked_is_no_part_of_the_answer(below: str) -> None:
    [question] = outline(f"{SAID}\n## Honey\n{below}None.\n").questions
    end = question.label.span.end if question.label else question.prompt.end
    assert question.text[end:].strip() == "None."


@pytest.mark.parametrize("answer", ["[a receipt]", "[one][two]", "[one two three](four)", "- [x] all three of us"])
def test_what_a_student_wrote_in_brackets_is_part_of_the_answer(answer: str) -> None:
    [question] = outline(f"{SAID}\n## Honey\n\n{answer}\n").questions
    assert question.text[question.prompt.end :].strip() == answer


PLACES = [
    ("Say it.\n\n```\nwrite your answer here...\n```\n", "a fence in line 7"),
    ("~~~text\n1. Your answer goes here (optional)\n~~~\n", "a fence in line 5"),
    ("> Your answer\n", "a quote in line 5"),
    ("| a | b |\n|---|---|\n| 1 | write here |\n", "a table in line 7"),
]


@pytest.mark.parametrize(("below", "where"), PLACES)
def test_a_form_with_places_that_nobody_understands_is_refused_by_the_comment_and_by_the_draft(
    below: str, where: str, tmp_path: Path
) -> None:
    refused = f"the form asks for answers in {where}: that is not understood; give each answer a heading of its own"
    (tmp_path / "bees.md").write_text(f"{SAID}\n\n## Hives\n\n{below}", "utf-8")
    assert run(tmp_path, "--infer-pack", "bees.md") == Ran(2, "", f"report-ls: bees.md: {refused}\n")
    judged = run(tmp_path, "--check", "bees.md", "--format", "lines")
    assert judged == Ran(1, f"bees.md:1:1: error: {refused} [no-questions]\n", "")


@pytest.mark.parametrize(
    "below",
    [
        "```python\nprompt = 'Give your answer as JSON'\n# write your answer here\nWrite your code here\n```\n",
        "> Your answer to the first part: is it still right?\n\nYes.\n",
        "Your answer\n",
        "| how your answers differ | ours |\n|---|---|\n| a | b |\n",
    ],
)
def test_a_fence_a_quote_or_a_table_of_a_student_is_no_such_place(below: str) -> None:
    assert ["Hives"] == [one.title for one in outline(f"{SAID}\n\n## Hives\n\n{below}").questions]


def test_six_such_places_are_five_and_one_more() -> None:
    fence = "```\nYour answer\n```\n"
    assert ", a fence in line 13: that is" in why_refused(fence * 5)
    assert ", a fence in line 13 and 1 more: that is" in why_refused(fence * 6)


def test_a_heading_in_a_comment_opens_nothing_and_a_comment_that_nothing_closes_is_none() -> None:
    text = f"{SAID}\n## A\n<!-- a --><!-- b\n## B\n--> <!-- c -->\n## C\n<!-- d\n## D\n"
    assert [one.title for one in outline(text).questions] == ["A", "C", "D"]
