"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

import pytest
from report_ls.base.text import SourceText
from report_ls.course.lost_words import _MAX_NAME_WORDS, _is_name, lost_words, shown_by
from report_ls.course.lost_words import _MAX_TRIED as MOST_PIECES_TRIED
from report_ls.course.page_losses import _MAX_TRIED as MOST_LOSSES_TRIED
from report_ls.course.page_losses import lost_in, with_verified_fix
from report_ls.course.page_reading import _MAX_TITLE_WORDS, _reads_as_title
from report_ls.course.python_markdown import _MAX_SIGNS, MAX_ANSWER_CHARACTERS, is_soon_made, unrendered_places
from report_ls.report.answer import Answer
from report_ls.report.form import Form
from report_ls.report.report import read_report


def _answer(text: str) -> Answer:
    (question,) = read_report(SourceText(f"### Question 1\n> Why?\n>\n> Answer:\n\n{text}\n"), Form()).questions
    return question.answer


def test_a_name_in_angle_brackets_has_so_many_words() -> None:
    assert [True, False] == [_is_name(f"<{' '.join('a' * n)}>") for n in (_MAX_NAME_WORDS, _MAX_NAME_WORDS + 1)]


def test_a_heading_that_may_be_meant_has_so_many_words() -> None:
    assert [True, False] == [_reads_as_title("a " * n) for n in (_MAX_TITLE_WORDS, _MAX_TITLE_WORDS + 1)]


def test_an_answer_of_which_a_page_is_soon_made_has_so_many_characters() -> None:
    assert [True, False] == [is_soon_made("a" * n) for n in (MAX_ANSWER_CHARACTERS, MAX_ANSWER_CHARACTERS + 1)]


def test_an_answer_whose_html_is_looked_for_has_so_many_characters() -> None:
    html = "<div>\n*a*\n</div>\n\n"
    texts = [html + "a" * (n_signs - len(html)) for n_signs in (MAX_ANSWER_CHARACTERS, MAX_ANSWER_CHARACTERS + 1)]
    assert [True, False] == [bool(unrendered_places(text, (html.index("*"),))) for text in texts]


@pytest.mark.parametrize("sign", ["[", "<!--"])
def test_an_answer_of_which_a_page_is_soon_made_has_so_many_brackets(sign: str) -> None:
    assert [True, False] == [is_soon_made(sign * n) for n in (_MAX_SIGNS, _MAX_SIGNS + 1)]


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_lost_words_are_shown_each_in_its_own_way(n_more: int) -> None:
    # Backticks show all but the first, which has one already.
    pieces = [f"<name_{number}>" for number in range(MOST_PIECES_TRIED + n_more)]
    answer = _answer("`" + "\n\n".join(pieces))
    shown = [bool(shown_by(answer, lost, has_page=True)) for lost in lost_words(answer, has_page=True)]
    assert [not n_more] * len(pieces) == shown


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_losses_are_put_right_alone_where_not_all_can_be(n_more: int) -> None:
    # The last fence is in the way of a list, so that all together cannot be put right.
    fence = "```\na\nb\n```\n\n"
    answer = _answer(f"Yes.\n\n{fence}" * (MOST_LOSSES_TRIED - 1 + n_more) + f"- c\n\n{fence}")
    expected = [*[not n_more] * (MOST_LOSSES_TRIED - 1 + n_more), False]
    assert expected == [bool(with_verified_fix(answer, lost).edits) for lost in lost_in(answer)]
