"""The stage of a question: in a draft, answered questions are judged as final, so the last day brings no surprise."""

import pytest
from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.diagnostic import Severity, Stage
from report_ls.base.text import SourceText
from report_ls.packs.pack import Pack
from report_ls.project.packs import parse_pack
from support.memory_files import MemoryFiles

_PACK = parse_pack("id: test\ntitle: Test\nmarker: '--- question {number} fill here ---'\n", "test")


def form(*answers: str) -> str:
    return "".join(
        f"### Question {n}\n> What is {n * 'a'}? Answer length: 3-5 words.\n>\n> Answer:\n\n"
        f"{answer or f'--- question {n} fill here ---'}\n\n"
        for n, answer in enumerate(answers, 1)
    )


def judged(text: str, stage: Stage | None = None, edited: int | None = None, pack: Pack = _PACK) -> Analysis:
    return analyze(SourceText(text), pack, MemoryFiles(()), stage, edited=edited)


def said(analysis: Analysis) -> list[tuple[int | None, str, str]]:
    return [(found.question, found.code, found.severity.word) for found in analysis.diagnostics]


def waiting(*numbers: int) -> list[tuple[int | None, str, str]]:
    return [(number, "unanswered", "hint") for number in numbers]


def test_an_untouched_form_is_silent() -> None:
    assert waiting(1, 2, 3, 4, 5, 6) == said(judged(form("", "", "", "", "", "")))


def test_what_is_answered_is_final_and_what_is_not_waits() -> None:
    short = (2, "answer-too-short", "warning")
    text = form("", "Short.", "", "", "", "")
    assert judged(text).stage is Stage.DRAFT
    assert [*waiting(1), short, *waiting(3, 4, 5, 6)] == said(judged(text))


def test_with_four_to_go_it_is_final_as_a_whole() -> None:
    text = form("", "Short.", "", "", "")
    assert judged(text).stage is Stage.FINAL
    assert {"error", "warning"} == {severity for _, _, severity in said(judged(text))}


@pytest.mark.parametrize(
    ("place", "first", "second"),
    [
        ("### Question 1", "hint", "warning"),
        ("One.", "hint", "warning"),
        ("### Question 2", "warning", "hint"),
        ("Two.", "warning", "hint"),
        ("### Question 3", "warning", "warning"),
    ],
)
def test_the_question_that_somebody_is_writing_at_waits(place: str, first: str, second: str) -> None:
    text = form("One.", "Two.", "", "", "", "", "")
    short = [(1, "answer-too-short", first), (2, "answer-too-short", second)]
    assert [*short, *waiting(3, 4, 5, 6, 7)] == said(judged(text, edited=text.index(place)))


def test_what_is_written_above_all_questions_makes_none_wait() -> None:
    text = f"# Ours\n\n{form('One.', '', '', '', '', '')}"
    assert said(judged(text)) == said(judged(text, edited=3))


def test_a_stage_that_is_named_counts_for_all() -> None:
    text = form("One.", "", "", "", "", "")
    assert {"hint"} == {severity for _, _, severity in said(judged(text, Stage.DRAFT))}
    assert [(1, "answer-too-short", "warning")] == said(judged(text, Stage.FINAL, edited=text.index("One.")))[:1]


def test_of_a_form_that_fills_day_by_day_nothing_comes_at_once() -> None:
    answers = [f"{n * 'b'}." for n in range(1, 21)]
    counts = [
        sum(severity != "hint" for _, _, severity in said(judged(form(*answers[:n], *[""] * (20 - n)))))
        for n in range(21)
    ]
    assert [*range(16), 20, 20, 20, 20, 20] == counts, (
        "the last four come with the day on which the form is nearly full"
    )


def test_what_waits_is_counted_beside_what_is_unanswered() -> None:
    text = form("One.", "Two.", "", "", "", "", "")
    assert 0 == judged(text).n_waiting
    assert 1 == judged(text, edited=text.index("One.")).n_waiting
    assert 2 == judged(text, Stage.DRAFT).n_waiting
    assert 0 == judged(text, Stage.FINAL).n_waiting
    assert 0 == judged(form("", "", "", "", "")).n_waiting
    off = _PACK._replace(severities={"answer-too-short": None})
    assert 0 == judged(text, Stage.DRAFT, pack=off).n_waiting
    kept = _PACK._replace(severities={"answer-too-short@2": Severity.HINT})
    assert 1 == judged(text, Stage.DRAFT, pack=kept).n_waiting


def test_what_waits_is_no_place_of_what_does_not() -> None:
    text = form("Bees:\n- honey\n- wax", "Hives:\n- wood\n- straw", "", "", "", "", "")
    pack = _PACK._replace(handin="python-markdown")
    of_lists = [found for found in said(judged(text, pack=pack)) if found[1] == "list-not-rendered"]
    assert [(1, "list-not-rendered", "information")] == of_lists
    edited = judged(text, edited=text.index("Bees"), pack=pack)
    of_lists = [found for found in said(edited) if found[1] == "list-not-rendered"]
    assert [(1, "list-not-rendered", "hint"), (2, "list-not-rendered", "information")] == of_lists
