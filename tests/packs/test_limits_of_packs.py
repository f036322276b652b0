"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

import ast
from collections import Counter

import pytest
from report_ls.packs._script_names import _MAX_NODES, Names, UnsureError
from report_ls.packs._sentences import _MAX_SENTENCE_CHARACTERS
from report_ls.packs.derived import _MAX_SLIPS, _is_of_form
from report_ls.packs.fit import _MIN_ELSEWHERE, _QUESTIONS_PER_NEW_ONE, Fit
from report_ls.packs.limits import DEFAULT_TOLERANCE_PERCENT, Limit, read_limit
from report_ls.packs.marker import _MIN_ALIKE as SEVERAL_REQUESTS
from report_ls.packs.marker import _MIN_IN_MOST, _common
from report_ls.packs.pack import Ask, Pack
from report_ls.packs.prompt_limits import _NEAR, images_in, words_in
from report_ls.packs.prompt_sentences import _MAX_PICTURES
from report_ls.packs.recognise import _MIN_IN_COMMON, _MIN_PROMPTS_BETTER, _MIN_QUESTIONS_OF_A_FORM, recognise
from report_ls.packs.script_limits import ScriptLimits
from report_ls.report.fingerprints import fingerprint, prompt_fingerprint
from report_ls.report.form import Form
from report_ls.report.outline import outline
from report_ls.report.question_outline import Prompt

# Which edition


def _prompts(course: str, n_prompts: int) -> list[str]:
    return [f"What did we see at the {course} number {n}?" for n in range(1, n_prompts + 1)]


def _pack_of(course: str) -> Pack:
    return _pack_of_prompts(course, _prompts(course, 12))


def _pack_of_prompts(course: str, prompts: list[str]) -> Pack:
    asks = [Ask(n, prompts=(prompt_fingerprint(one),)) for n, one in enumerate(prompts, 1)]
    return Pack(course, course, "2031-02", Form(sections=frozenset(map(fingerprint, _sections(12)))), asks=(*asks,))


def _sections(n_sections: int) -> list[str]:
    return [f"Part {n}" for n in range(1, n_sections + 1)]


def _text(prompts: list[str]) -> str:
    questions = (f"### Question {n}\n\n> {prompt}\n>\n> Answer:\n\nYes.\n" for n, prompt in enumerate(prompts, 1))
    return "\n".join(questions)


_LAKES, _BOGS, _ANY = _pack_of("lake"), _pack_of("bog"), Pack("any", "any form")


def test_so_many_prompts_in_common_make_a_report_a_copy() -> None:
    texts = [_text(_prompts("lake", n_prompts)) for n_prompts in (_MIN_IN_COMMON - 1, _MIN_IN_COMMON)]
    assert [None, _LAKES] == [recognise(outline(text), [_LAKES]) for text in texts]


def test_so_many_sections_in_common_make_a_report_a_copy() -> None:
    texts = [
        "".join(f"## {title}\n\n### Question 1\n\n> Answer:\n\nYes.\n\n" for title in _sections(n_sections))
        for n_sections in (_MIN_IN_COMMON - 1, _MIN_IN_COMMON)
    ]
    assert [None, _LAKES] == [recognise(outline(text), [_LAKES]) for text in texts]


@pytest.mark.parametrize(("n_better", "expected"), [(_MIN_PROMPTS_BETTER - 1, _LAKES), (_MIN_PROMPTS_BETTER, _BOGS)])
def test_the_pack_that_was_kept_stays_until_another_one_has_so_many_prompts_more(n_better: int, expected: Pack) -> None:
    found = outline(_text(_prompts("lake", _MIN_IN_COMMON) + _prompts("bog", _MIN_IN_COMMON + n_better)))
    assert _BOGS == recognise(found, [_LAKES, _BOGS])
    assert expected == recognise(found, [_LAKES, _BOGS], _LAKES)


def test_one_prompt_that_is_typed_as_another_edition_has_it_changes_nothing() -> None:
    shared = _prompts("lake", 6)
    spring, autumn = (_pack_of_prompts(name, [*shared, f"Which bird came in {name}?"]) for name in ("spring", "autumn"))
    typed = outline(_text([*shared, "Which bird came in autumn?"]))
    assert autumn == recognise(typed, [spring, autumn])
    assert spring == recognise(typed, [spring, autumn], spring)


def test_so_many_questions_are_a_form_where_none_names_a_limit() -> None:
    texts = [
        _text(_prompts("pond", n_questions)) for n_questions in (_MIN_QUESTIONS_OF_A_FORM - 1, _MIN_QUESTIONS_OF_A_FORM)
    ]
    assert [None, _ANY] == [recognise(outline(text), [_ANY]) for text in texts]


# What makes a form another one


def _fit(n_same: int = 100, n_moved: int = 0, n_differing: int = 0, n_new: int = 0) -> Fit:
    return Fit(
        (*range(n_same),), (*range(n_moved),), (*range(n_differing),), (*range(n_new),), (), has_other_count=False
    )


def test_so_many_questions_that_are_elsewhere_make_a_form_another_one() -> None:
    assert [False, True] == [_fit(n_moved=n).is_other for n in (_MIN_ELSEWHERE - 1, _MIN_ELSEWHERE)]


def test_so_many_questions_of_another_length_make_a_form_another_one() -> None:
    assert [False, True] == [
        _fit(n_differing=n_differing).is_other for n_differing in (_MIN_ELSEWHERE - 1, _MIN_ELSEWHERE)
    ]


@pytest.mark.parametrize("n_new", [1, 5])
def test_so_large_a_part_of_new_questions_makes_a_form_another_one(n_new: int) -> None:
    n_questions = _QUESTIONS_PER_NEW_ONE * n_new
    assert [False, True] == [_fit(n - n_new, n_new=n_new).is_other for n in (n_questions, n_questions - 1)]


def test_so_many_sentences_may_name_another_limit_than_the_script() -> None:
    prompts = tuple(Prompt(n, f"Why {n}? Answer length: 10-20 words.", "") for n in range(1, 6))

    def is_of_form(n_slips: int) -> bool:
        limits = {n: (Limit(10, 20 + (n <= n_slips)), None) for n in range(1, 6)}
        return _is_of_form(ScriptLimits(5, limits), prompts)

    assert [True, False] == [is_of_form(n_slips) for n_slips in (_MAX_SLIPS, _MAX_SLIPS + 1)]


def _markers(text: str, n_answers: int, n_questions: int) -> list[str]:
    return [*_common(Counter({text: n_answers}), n_questions)]


def test_so_many_requests_are_a_marker() -> None:
    request = "write answer {number} here"
    found = [_markers(request, n_answers, 100) for n_answers in (SEVERAL_REQUESTS - 1, SEVERAL_REQUESTS)]
    assert [[], [request]] == found


def test_so_many_answers_that_are_alike_are_a_marker_if_they_are_most() -> None:
    assert [[], ["xyz"]] == [_markers("xyz", n_answers, _MIN_IN_MOST) for n_answers in (_MIN_IN_MOST - 1, _MIN_IN_MOST)]
    assert [["xyz"], []] == [
        _markers("xyz", _MIN_IN_MOST, n_questions) for n_questions in (2 * _MIN_IN_MOST - 1, 2 * _MIN_IN_MOST)
    ]


# Limits


def test_about_as_many_are_so_many_percent_more_or_fewer() -> None:
    assert Limit(100 - DEFAULT_TOLERANCE_PERCENT, 100 + DEFAULT_TOLERANCE_PERCENT) == read_limit("~100")


def test_more_pictures_are_no_limit() -> None:
    limits = [images_in(f"Insert {n_images} images.") for n_images in (_MAX_PICTURES, _MAX_PICTURES + 1)]
    assert [Limit(_MAX_PICTURES, _MAX_PICTURES), None] == limits


def test_a_sentence_has_so_many_characters() -> None:
    sentence = "Use at least 50 words, "
    texts = [
        sentence + "a" * (n_signs - len(sentence))
        for n_signs in (_MAX_SENTENCE_CHARACTERS, _MAX_SENTENCE_CHARACTERS + 1)
    ]
    assert [Limit(50, None), None] == [words_in(text) for text in texts]


def test_so_many_steps_lead_to_what_a_script_means() -> None:
    names = Names(ast.parse(""))
    for _ in range(_MAX_NODES):
        names.step()
    with pytest.raises(UnsureError):
        names.step()


def test_the_number_of_pictures_is_near_their_name() -> None:
    for n_between in (_NEAR - 1, _NEAR):
        expected = Limit(3, 3) if n_between < _NEAR else None
        assert expected == images_in(f"> Add 3{' ' * n_between}images.")
    for n_between in (_NEAR - len("limit"), _NEAR - len("limit") + 1):
        is_near = n_between + len("limit") <= _NEAR
        assert (Limit(0, 3) if is_near else None) == images_in(f"> Screenshot{' ' * n_between}limit: 3.")
