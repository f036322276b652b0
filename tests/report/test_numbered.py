"""Questions that are numbered without the word "Question", and headings that only look like them."""

import pytest
from report_ls.base.text import SourceText
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs
from report_ls.report.outline import outline

ASKED = "> Why? Answer length: 5-20 words.\n>\n> Answer:\n\nBecause.\n\n"


def read(*headings: str, below: str = ASKED) -> tuple[str, list[int]]:
    """Return by which pack a text is judged, empty for none, and the numbers of its questions."""
    text = SourceText("# Bees\n\n" + "".join(f"{heading}\n\n{below}" for heading in headings))
    found = outline(text.plain)
    pack = recognise(found, packs())
    return pack.id if pack else "", [one.number for one in found.questions]


@pytest.mark.parametrize(
    ("headings", "numbers"),
    [
        (["### Q1", "### Q2"], [1, 2]),
        (["## Q1. Hives", "## Q2: Honey"], [1, 2]),
        (["### **Q 1** Hives", "### Q3 Honey"], [1, 3]),
        (["### 1. Hives", "### 2. Honey", "### 3. Wax"], [1, 2, 3]),
        (["## 1) Hives", "## 2) Honey", "## 3) **Wax**"], [1, 2, 3]),
        (["### 1. Hives", "#### 1. Not", "### 2. Honey", "### 3. Wax"], [1, 2, 3]),
        (["### Question 1", "### Q2", "### Question 3"], [1, 3]),
        (["### Q1", "### 1. Hives", "### 2. Honey", "### 3. Wax"], [1]),
    ],
)
def test_a_text_has_one_way_to_number_its_questions(headings: list[str], numbers: list[int]) -> None:
    assert read(*headings) == ("generic", numbers)


@pytest.mark.parametrize(
    "headings",
    [
        ["### 1. Hives", "### 2. Honey"],
        ["### 1. Hives", "### 3. Honey", "### 4. Wax"],
        ["### 2. Hives", "### 3. Honey", "### 4. Wax"],
        ["### 1. Hives", "## 2. Honey", "### 3. Wax"],
        ["### 1.1 Hives", "### 1.2 Honey", "### 1.3 Wax"],
        ["### 1 bee", "### 2 bees", "### 3 bees"],
        ["### Q1/2", "### Q1a", "### Quiz 1"],
        ["```\n### Q1\n", "### Q2\n", "```\n"],
    ],
)
def test_other_headings_with_numbers_are_none(headings: list[str]) -> None:
    assert read(*headings) == ("", [])


@pytest.mark.parametrize("below", ["> They hum.\n\n", "100-200 words are asked.\n\n", "Text.\n\n", "> 5 bees.\n\n"])
def test_below_each_must_be_what_is_below_a_question(below: str) -> None:
    assert read("### 1. Hives", "### 2. Honey", "### 3. Wax", below=below) == ("", [])
    assert read("### Q1", "### Q2", "### Q3", "### Q4", "### Q5", below=below) == ("", [])


def test_questions_with_answers_that_name_no_limit_are_no_report() -> None:
    headings = [f"### Q{number}. What is a bee?" for number in range(1, 9)]
    assert read(*headings, below="**Answer:** An insect.\n\n")[0] == ""
    assert read(*headings, below="> They ask it often.\n\n**Answer** An insect of 5 words.\n\n")[0] == ""
