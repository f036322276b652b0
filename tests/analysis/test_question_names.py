"""A finding names its question where a reader does not see it, once, and as people call it."""

import json

import pytest
from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.diagnostic import Stage, with_question
from report_ls.base.text import SourceText
from report_ls.cli.formats import write
from report_ls.cli.judged import as_judged
from report_ls.cli.results import Results
from report_ls.project.packs import parse_pack
from report_ls.report.question_outline import MAX_NAME_CHARACTERS
from support.memory_files import MemoryFiles

_PACK = parse_pack("id: test\ntitle: Test\nmarker: '--- question {number} fill here ---'\n", "test")


def question(number: int, answer: str, asks: str = "") -> str:
    return f"### Question {number}\n> What is it? {asks}\n>\n> Answer:\n\n{answer}\n\n"


def judged(text: str, pack: str = "") -> Analysis:
    return analyze(SourceText(text), parse_pack(pack, "test") if pack else _PACK, MemoryFiles(()), Stage.FINAL)


def full_messages(analysis: Analysis) -> list[str]:
    return [found.full_message for found in analysis.diagnostics]


def test_it_stands_before_the_message_and_not_in_it() -> None:
    analysis = judged(
        question(1, "Short.", "Answer length: 3-5 words.") + question(14, "--- question 14 fill here ---")
    )
    assert ["Q1: 1 word, but 3-5 are asked: 2 words are missing", "Q14: not answered yet"] == full_messages(analysis)
    assert ["1 word, but 3-5 are asked: 2 words are missing", "not answered yet"] == [
        found.message for found in analysis.diagnostics
    ]


@pytest.mark.parametrize(
    ("name", "message", "expected"),
    [
        ("Q14", "5 words", "Q14: 5 words"),
        ("Q14", "there is a question 14 already", "there is a question 14 already"),
        ("Q14", "move it to question 4", "Q14: move it to question 4"),
        ("Q4", "move it to question 14", "Q4: move it to question 14"),
        ("Q4", "question 4 is before question 3", "question 4 is before question 3"),
        ("Hives", "5 words", "Hives: 5 words"),
        ("", "question 4 is missing", "question 4 is missing"),
        ("", "5 words", "5 words"),
    ],
)
def test_it_is_not_said_twice(name: str, message: str, expected: str) -> None:
    assert with_question(name, message) == expected


def test_several_places_of_a_finding_have_the_name_of_each_and_together_none() -> None:
    link = "It is [here]({}.png).\n\n"
    pack = "id: test\ntitle: Test\nquestions:\n- number: 1\n  images: 9\n- number: 2\n  images: 9\n"
    (of_both,) = judged(question(1, link.format("a") * 3) + question(2, link.format("b") * 2), pack).diagnostics
    assert (of_both.question, of_both.question_name, of_both.message[-10:]) == (1, "", "(5 places)")
    assert [one.question_name for one in of_both.apart] == ["", "Q1", "Q1", "Q2", "Q2"]
    of_one, other = judged(question(1, link.format("a") * 5) + question(2, "No."), pack).diagnostics
    assert (of_one.question, of_one.question_name, of_one.message[-10:]) == (1, "Q1", "(5 places)")
    assert (other.question, other.question_name) == (2, "Q2")


def titled(title: str) -> str:
    statement = '<!-- report-ls: answers below ### headings, in place of "Write here" -->'
    return f"# Bees\n\n{statement}\n\n### {title}\n\nWrite here\n"


def test_a_title_that_is_the_question_is_its_name() -> None:
    assert ["Honey: not answered yet"] == full_messages(judged(titled("Honey")))


def test_a_long_title_is_cut() -> None:
    fits, too_long = "b" * MAX_NAME_CHARACTERS, "b" * (MAX_NAME_CHARACTERS + 1)
    assert [f"{fits}: not answered yet"] == full_messages(judged(titled(fits)))
    assert [f"{fits}...: not answered yet"] == full_messages(judged(titled(too_long)))


def test_what_is_about_the_whole_report_names_no_question() -> None:
    analysis = judged(question(1, "It is."), "id: test\ntitle: Test\nquestions:\n- number: 1\n- number: 2\n")
    assert [(None, "question-missing", "")] == [
        (found.question, found.code, found.question_name) for found in analysis.diagnostics
    ]


@pytest.mark.parametrize(
    ("name", "is_named"),
    [
        *((name, True) for name in ("text", "lines", "github", "gitlab", "junit", "markdown")),
        *((name, False) for name in ("json", "sarif", "csv", "html")),
    ],
)
def test_formats_for_people_name_it_and_those_with_a_place_for_it_do_not(name: str, *, is_named: bool) -> None:
    report = as_judged("report.md", judged(question(14, "--- question 14 fill here ---")))
    written = write(name, Results(Stage.FINAL, (report,)))
    assert ("Q14: not answered yet" in written, "not answered yet" in written) == (is_named, True)


def test_gitlab_knows_a_finding_again_by_what_has_no_name_in_it() -> None:
    report = as_judged("report.md", judged(question(14, "--- question 14 fill here ---")))
    unnamed = report._replace(findings=tuple(found._replace(question_name="") for found in report.findings))
    named, before = (json.loads(write("gitlab", Results(Stage.FINAL, (one,)))) for one in (report, unnamed))
    assert ["Q14: not answered yet", "not answered yet"] == [one[0]["description"] for one in (named, before)]
    assert named[0]["fingerprint"] == before[0]["fingerprint"]


def test_what_concerns_the_whole_report_names_no_question() -> None:
    source = SourceText(question(1, "A hive."))
    analysis = analyze(source, _PACK, MemoryFiles(("figures/a.png",)), Stage.FINAL)
    said = "no answer shows 1 picture of figures/ (a.png): show or delete it"
    assert [(1, said)] == [(found.question, found.full_message) for found in analysis.diagnostics]
