"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

import pytest
from report_ls.authoring.review import _MIN_ANSWERS, _another_marker
from report_ls.authoring.titled_draft import why_not
from report_ls.authoring.titles import (
    _MAX_ITEM_WORDS,
    _MAX_TOPIC_CHARACTERS,
    _MIN_SENTENCE_WORDS,
    _has_sentence,
    _names,
    _title,
)
from report_ls.base.text import SourceText
from report_ls.report.form import Form
from report_ls.report.places import _MAX_PLACES
from report_ls.report.report import read_report


def _said_of(*answers: str) -> list[str]:
    text = "".join(f"### Question {n}\n\n> Why?\n>\n> Answer:\n\n{one}\n\n" for n, one in enumerate(answers, 1))
    return [*_another_marker(read_report(SourceText(text), Form()))]


def test_so_many_numbered_answers_that_are_alike_may_be_markers() -> None:
    said = [_said_of(*(f"xyz {number}" for number in range(1, n + 1))) for n in (_MIN_ANSWERS - 1, _MIN_ANSWERS)]
    sentence = "is in {} answers and is not the marker of the pack: should it be?"
    assert [[], [f'"xyz {{number}}" {sentence.format(_MIN_ANSWERS)}']] == said


def test_so_many_answers_that_are_the_same_may_be_markers() -> None:
    said = [_said_of(*["xyz"] * n) for n in (_MIN_ANSWERS, _MIN_ANSWERS + 1)]
    sentence = "is in {} answers and is not the marker of the pack: should it be?"
    assert [[], [f'"xyz" {sentence.format(_MIN_ANSWERS + 1)}']] == said


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_places_that_are_not_understood_are_named(n_more: int) -> None:
    text = "# Form\n\n" + "> [your answer]\n\n" * (_MAX_PLACES + n_more)
    assert _MAX_PLACES == why_not(text).count("a quote in line")


def test_a_request_has_a_sentence_of_so_many_words() -> None:
    assert [False, True] == [_has_sentence("word " * n + ".") for n in (_MIN_SENTENCE_WORDS - 1, _MIN_SENTENCE_WORDS)]


def test_a_name_has_so_many_characters() -> None:
    words = ["a" * (_MAX_TOPIC_CHARACTERS - 2), "b", "c"]
    assert [" ".join(words[:2]), f"{words[0]} b..."] == [*_names([" ".join(words[:2])]), *_names([" ".join(words)])]
    assert (f"{words[0]}...",) == _names([f"{words[0]} bb"])


def test_a_long_item_is_known_by_so_many_words() -> None:
    words = [f"w{n}" for n in range(_MAX_ITEM_WORDS + 1)]
    titles = [_title(" ".join(words[:n]), is_item=True) for n in (_MAX_ITEM_WORDS, _MAX_ITEM_WORDS + 1)]
    assert [(0, words[:_MAX_ITEM_WORDS]), (_MAX_ITEM_WORDS, words[:_MAX_ITEM_WORDS])] == titles
