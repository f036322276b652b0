"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

from report_ls.report.checklist import MIN_BOXES, items_in
from report_ls.report.markdown import _MAX_NESTED_QUOTES, _readable
from report_ls.report.numbered import _MIN_QUESTIONS
from report_ls.report.outline import outline
from report_ls.report.question_outline import _MAX_MARKER_CHARACTERS, _MAX_MARKER_WORDS


def test_a_checklist_has_so_many_boxes() -> None:
    assert [0, MIN_BOXES] == [len(items_in("- [ ] a\n" * n_boxes)) for n_boxes in (MIN_BOXES - 1, MIN_BOXES)]


def test_so_many_quotes_in_quotes_are_read() -> None:
    for n_quotes in (_MAX_NESTED_QUOTES, _MAX_NESTED_QUOTES + 1):
        text = "> > a\n" * n_quotes
        assert (n_quotes == _MAX_NESTED_QUOTES) == (text == _readable(text))


def test_so_many_numbers_in_a_row_are_questions() -> None:
    texts = [
        "".join(f"## {n}. Why {n}?\n\n> Answer:\n\nSo.\n\n" for n in range(1, most + 1))
        for most in (_MIN_QUESTIONS - 1, _MIN_QUESTIONS)
    ]
    assert [0, _MIN_QUESTIONS] == [len(outline(text).questions) for text in texts]


def _placed(text: str) -> str:
    (placed,) = outline(f"### Question 1\n\n> Why?\n>\n> Answer:\n\n{text}\n").placed
    return placed


def test_what_may_be_a_marker_has_so_many_words() -> None:
    marker = " ".join("a" * _MAX_MARKER_WORDS)
    assert [marker, ""] == [_placed(marker), _placed(f"{marker} a")]


def test_what_may_be_a_marker_has_so_many_characters() -> None:
    marker = "a" * _MAX_MARKER_CHARACTERS
    assert [marker, ""] == [_placed(marker), _placed(f"{marker}a")]
