"""The course's script: it is restated exactly, and what it sees is held against what readers see."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.course.script import Pairing, Script, ScriptAnswer, find_images, pair_images, read_script
from report_ls.report.form import Form
from report_ls.report.report import read_report
from support.course_script import restate

_QUESTION = "### Question {}\n> Why?\n>\n> Answer:\n\n{}\n\n"


def _script(*answers: str, parts: int | None = None, cut: int = 0) -> Script:
    text = "# Title\n\n" + "".join(_QUESTION.format(*pair) for pair in enumerate(answers, 1))
    script = read_script(SourceText(text), Form(expected_answers=parts or len(answers), skipped_characters=cut))
    assert script
    return script


def _counts(*numbers: tuple[int, int]) -> tuple[ScriptAnswer, ...]:
    return tuple(ScriptAnswer(n_words, n_images) for n_words, n_images in numbers)


def test_a_course_without_a_script_has_no_reading() -> None:
    assert read_script(SourceText("Answer:"), Form()) is None


def test_answers_are_counted_in_their_order() -> None:
    script = _script("one two", "![a](b) ![c](d e)", "- > |")
    assert script == Script(_counts((2, 0), (3, 2), (3, 0)), refuses=False)


def test_a_marker_counts_as_six_words() -> None:
    assert _script("--- question 1 fill here ---", "a").answers[0] == ScriptAnswer(6, 0)


def test_two_number_signs_cut_an_answer_and_three_do_too() -> None:
    assert _script("a\n## b\nc", "a ## b", "a\n#### b\nc", "```\n## a\n```", "a # b", "x").answers == _counts(
        (1, 0), (1, 0), (1, 0), (1, 0), (3, 0), (1, 0)
    )


def test_the_last_answer_is_not_cut() -> None:
    assert _script("a", "b\n## c\n# d").answers[-1] == ScriptAnswer(5, 0)


def test_three_number_signs_in_the_last_answer_make_it_count_twice() -> None:
    assert _script("a", "b\n### c\n", parts=2) == Script(_counts((1, 0), (1, 0), (3, 0)), refuses=True)


def test_a_second_label_is_one_more_answer_if_a_question_follows() -> None:
    assert _script("a\n\nAnswer: b c", "d").answers == _counts((2, 0), (1, 0))
    assert _script("a", "b Answer: c d").answers == _counts((1, 0), (2, 0))


def test_other_spellings_are_no_label() -> None:
    assert _script("answer: b", "Answer length: c", "ANSWER:").answers == _counts((2, 0), (3, 0), (1, 0))


def test_another_number_of_answers_is_refused() -> None:
    assert _script("a", "b", parts=3).refuses
    assert not _script("a", "b", parts=2).refuses
    assert read_script(SourceText("# Title\n"), Form(expected_answers=27)) == Script(_counts((2, 0)), refuses=True)


def test_what_is_cut_off_the_start_is_not_counted() -> None:
    assert read_script(
        SourceText("Answer: a ### b Answer: c"), Form(expected_answers=1, skipped_characters=10)
    ) == Script(_counts((1, 0)), refuses=False)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_what_is_cut_off_counts_a_line_end_once(newline: str) -> None:
    text = "# A\n\nAnswer: b\n### c\nAnswer: d"
    for cut in range(len(text)):
        form = Form(expected_answers=1, skipped_characters=cut)
        other = SourceText(text.replace("\n", newline))
        assert read_script(other, form) == read_script(SourceText(text), form)


_TEXTS = st.text(st.sampled_from("![]() \nab"), max_size=60)


@given(_TEXTS)
def test_images_are_what_the_script_s_pattern_finds(text: str) -> None:
    expected = [Span(*match.span()) for match in re.finditer(r"!\[.*?\]\(.*?\)", text)]
    assert list(find_images(text)) == expected


_PIECES = st.sampled_from(
    [
        "Answer:",
        "answer:",
        "###",
        "##",
        "#",
        "\n",
        "\n\n",
        "a ",
        "b",
        " ",
        "![a](b)",
        "![",
        "](",
        ")",
        "\r\n",
        "\r",
        "\f",
        "\u2028",
    ]
)


_QUESTIONS = st.tuples(
    st.sampled_from(
        ["### Question {}\n> Why?\n>\n> Answer:\n", "## Question {}\n> Answer:", "### Question {}\n> Why?\n"]
    ),
    st.lists(_PIECES, max_size=5).map("".join),
)
_REPORTS = st.lists(_QUESTIONS, max_size=4).map(
    lambda questions: "".join(f"{head.format(n)}{text}\n" for n, (head, text) in enumerate(questions, 1))
)


@given(st.lists(_PIECES, max_size=40).map("".join) | _REPORTS, st.sampled_from([1, 2, 3]), st.sampled_from([0, 0, 7]))
def test_the_script_is_restated(text: str, parts: int, cut: int) -> None:
    script = read_script(SourceText(text), Form(expected_answers=parts, skipped_characters=cut))
    assert script
    counts = [(answer.n_words, answer.n_images) for answer in script.answers]
    assert (counts, script.refuses) == restate(text, parts, cut)


def _pairing(answer: str) -> tuple[list[str], list[str]]:
    text = f"### Question 1\n> Answer:\n\n{answer}\n"
    pairing = pair_images(read_report(SourceText(text), Form()).questions[0].answer)
    return (
        [text[span.start : span.end] for span in pairing.hidden],
        [text[image.span.start : image.span.end] for image in pairing.uncounted],
    )


def test_an_image_right_behind_one_that_no_reader_sees_is_its_own() -> None:
    assert (["![a](b.png)"], []) == _pairing("\\![a](b.png)![c](d.png)")
    assert (["![a](b.png)"], []) == _pairing("![c](d.png)\\![a](b.png)")


def test_an_answer_without_images_has_nothing_to_pair() -> None:
    answer = read_report(SourceText("### Question 1\n> Answer:\n\n[a] (b)\n"), Form()).questions[0].answer
    assert pair_images(answer) == Pairing((), ())


@pytest.mark.parametrize(
    "answer", ["![a](b)", "![a](b)![c](d e) `x`", "![a [b](c)](d)", "[![a](b)](c)", "![a](b(1).png)", "![a](<b> 'c')"]
)
def test_an_image_that_both_see_is_paired(answer: str) -> None:
    assert _pairing(answer) == ([], [])


@pytest.mark.parametrize(
    ("answer", "hidden"),
    [
        ("`![a](b)`", "![a](b)"),
        ("```\n![a](b)\n```", "![a](b)"),
        ("    ![a](b)", "![a](b)"),
        ("<!-- ![a](b) -->", "![a](b)"),
        ("<div>\n![a](b)\n</div>", "![a](b)"),
        ("\\![a](b)", "![a](b)"),
        ("![a] and then [c](d)", "![a] and then [c](d)"),
    ],
)
def test_an_image_that_only_the_script_sees_is_hidden(answer: str, hidden: str) -> None:
    assert _pairing(answer) == ([hidden], [])


@pytest.mark.parametrize(
    ("answer", "uncounted"),
    [
        ('<img src="a">', '<img src="a">'),
        ("![a][r]\n\n[r]: b", "![a][r]"),
        ("![a\nb](c)", "![a\nb](c)"),
        ("![a](\nb)", "![a](\nb)"),
    ],
)
def test_an_image_that_only_readers_see_is_uncounted(answer: str, uncounted: str) -> None:
    assert _pairing(answer) == ([], [uncounted])


def test_each_image_is_paired_with_its_own() -> None:
    assert _pairing("`![a](b)` ![c](d) <img src=e> ![f](g)") == (["![a](b)"], ["<img src=e>"])
    assert _pairing("![ <img src=e> ![f](g)") == ([], ["<img src=e>"])
    assert _pairing("<img src=e> <!-- ![](e) --> <img src=f> <!-- ![](g) -->") == (["![](g)"], ["<img src=f>"])


@given(_TEXTS)
def test_readers_and_script_agree_but_for_what_is_named(text: str) -> None:
    answer = read_report(SourceText(f"### Question 1\n> Answer: {text}"), Form()).questions[0].answer
    pairing = pair_images(answer)
    n_counted = len(list(find_images(answer.text)))
    assert n_counted - len(pairing.hidden) == len(answer.images) - len(pairing.uncounted)
