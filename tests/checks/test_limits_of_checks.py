"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

from collections.abc import Sequence

import pytest
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Diagnostic, Stage
from report_ls.base.text import SourceText
from report_ls.checks._near_titles import _MIN_SIMILARITY, _is_near
from report_ls.checks._pictures import MAX_NAME_CHARACTERS, name_of_picture
from report_ls.checks._prompts import _MAX_PROMPT_WORDS, _MIN_WORDS_ADDED, _added_to, _written_in
from report_ls.checks._totals import _CONTEXT_CHARACTERS, named_total
from report_ls.checks.dashed_answer import _MAX_MARKER_WORDS
from report_ls.checks.image_hidden import _MAX_TRIED
from report_ls.checks.image_unused import _MAX_NAMES, _list
from report_ls.checks.prompt_changed import (
    _MAX_CORRECTED_WORDS,
    _MAX_SLIP_LETTERS,
    _MIN_FOREIGN_WORDS,
    _foreign,
    _is_corrected,
    _is_slip,
)
from report_ls.checks.too_few_images import _MAX_FIXES
from report_ls.checks.wrong_script import _MIN_QUESTIONS, _may_hold
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack, PromptWording
from report_ls.report.fingerprints import prompt_fingerprint, prompt_words, whole_fingerprint
from report_ls.report.form import Form
from support.at_a_limit import words_alike
from support.course_scripts import Style, functions
from support.memory_files import MemoryFiles

_ANY = Pack("any", "any form")


def _found(code: str, answer: str, *asks: Ask, files: Sequence[str] = (), parts: int | None = None) -> list[Diagnostic]:
    """Return what a check says of the only answer of a report."""
    text = f"### Question 1\n\n> Why?\n>\n> Answer:\n\n{answer}\n"
    pack = Pack("any", "any form", form=Form(expected_answers=parts), asks=asks)
    found = analyze(SourceText(text), pack, MemoryFiles(files), Stage.FINAL).diagnostics
    return [one for one in found if one.code == code]


# Prompts


def _words(n_words: int) -> str:
    return " ".join(f"w{number}" for number in range(n_words))


@pytest.mark.parametrize(("n_words", "is_answer"), [(_MIN_WORDS_ADDED - 1, False), (_MIN_WORDS_ADDED, True)])
def test_so_many_words_in_a_prompt_are_an_answer(n_words: int, *, is_answer: bool) -> None:
    prompt = "Why is it so?"
    whole = PromptWording(len(prompt.split()), whole_fingerprint(prompt))
    pack = Pack("any", "any form", asks=(Ask(1, prompts=(prompt_fingerprint(prompt),), full_prompts=(whole,)),))
    written = f"{prompt} {_words(n_words)}"
    span = _written_in(written, 1, pack, False)
    assert (_words(n_words) if is_answer else None) == (span and written[span.start : span.end])


@pytest.mark.parametrize(("n_words", "is_seen"), [(_MAX_PROMPT_WORDS, True), (_MAX_PROMPT_WORDS + 1, False)])
def test_so_many_words_of_a_prompt_are_looked_at(n_words: int, *, is_seen: bool) -> None:
    asked = _words(n_words - 1)
    prompt = f"{asked} more"
    span = _added_to(prompt, prompt_words(prompt), (prompt_fingerprint(asked),))
    assert ("more" if is_seen else None) == (span and prompt[span.start : span.end])


def test_so_many_words_of_a_prompt_are_corrected() -> None:
    original = "word " * 20
    texts = [
        "wodr " * n_words + "word " * (20 - n_words) for n_words in (_MAX_CORRECTED_WORDS, _MAX_CORRECTED_WORDS + 1)
    ]
    assert [True, False] == [_is_corrected(text, original) for text in texts]


def test_so_many_letters_are_a_slip() -> None:
    assert [True, False] == [
        _is_slip("a" + "x" * n + "b", "a" + "y" * n + "b") for n in (_MAX_SLIP_LETTERS, _MAX_SLIP_LETTERS + 1)
    ]


def test_so_many_words_in_a_row_were_not_put_for_others() -> None:
    original = _words(40)
    runs = [" ".join(["other"] * n_words) for n_words in (_MIN_FOREIGN_WORDS - 1, _MIN_FOREIGN_WORDS)]
    assert [[], [runs[1]]] == [[*_foreign(f"{original} {run}", original)] for run in runs]


def test_a_title_that_is_a_slip_is_told_from_another_title() -> None:
    title, slip, other = words_alike(_MIN_SIMILARITY)
    assert [True, False] == [_is_near([title], [one]) for one in (slip, other)]


# Words and pictures


def test_what_makes_a_number_a_total_is_so_near() -> None:
    for n_more, expected in ((0, 7), (1, None)):
        between = " " + "a" * (_CONTEXT_CHARACTERS + n_more - len("in total  we wrote")) + " we wrote"
        total = named_total(f"In total{between} 7 tests for it.")
        assert expected == (total and total.number)


def test_so_many_words_with_a_number_may_be_a_marker() -> None:
    answers = [
        f"--- 1 {_words(n_words - 1).replace('w', 'v')} ---" for n_words in (_MAX_MARKER_WORDS, _MAX_MARKER_WORDS + 1)
    ]
    found = [_found("dashed-answer", answer.replace("v1 ", "v "), parts=1) for answer in answers]
    assert [[False], [True]] == [[one.fixes[0].safe for one in said] for said in found]


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_hidden_pictures_are_tried(n_more: int) -> None:
    names = [f"{number}.png" for number in range(_MAX_TRIED + n_more)]
    found = _found("image-hidden", "\n\n".join(f"So: `![a]({name})`" for name in names), files=names, parts=1)
    assert [[not n_more]] * len(names) == [[fix.preferred for fix in one.fixes] for one in found]


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_pictures_that_a_page_does_not_show_are_tried(n_more: int) -> None:
    names = [f"{number} a.png" for number in range(_MAX_TRIED + n_more)]
    found = _found("image-hidden", "\n\n".join(f"So: ![a]({name})" for name in names), files=names)
    assert [not n_more] * len(names) == [bool(one.fixes) for one in found]


def test_so_much_of_the_name_of_a_picture_is_said() -> None:
    fits, too_long = (f"figures/{'a' * (n - 12)}.png" for n in (MAX_NAME_CHARACTERS, MAX_NAME_CHARACTERS + 1))
    assert fits == name_of_picture(fits)
    assert f"figures/{'a' * 12}...{'a' * 16}.png" == name_of_picture(too_long)


def test_of_the_address_of_a_picture_only_its_end_is_said_as_the_rest_may_name_people() -> None:
    address = "https://example.org/somebody/7.png"
    assert [".../7.png"] * 3 == [name_of_picture(f"{address}{end}") for end in ("", "/?raw=true", "#a/b")]
    assert ["figures/a#b.png", "this image"] == [name_of_picture(target) for target in ("figures/a#b.png", "")]


def test_so_many_unused_pictures_are_named() -> None:
    *others, last = names = [f"{number}.png" for number in range(_MAX_NAMES)]
    assert [f"{', '.join(others)} and {last}", f"{', '.join(names)} and 1 more"] == [_list(names), _list([*names, "a"])]


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_pictures_may_be_inserted(n_more: int) -> None:
    names = [f"figures/{number:02}.png" for number in range(_MAX_FIXES + n_more)]
    (one,) = _found("too-few-images", "Look.", Ask(1, images=Limit(1, 1)), files=names)
    assert [f"insert {name}" for name in names[:_MAX_FIXES]] == [fix.title for fix in one.fixes]


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_many_pictures_that_are_named_may_be_shown(n_more: int) -> None:
    names = [f"figures/{number:02}.png" for number in range(_MAX_FIXES + n_more)]
    (one,) = _found("too-few-images", f"Look at {', '.join(names)}.", Ask(1, images=Limit(1, 1)), files=names)
    shown = [fix.title for fix in one.fixes if fix.title.startswith("show ")]
    assert [f"show {name} here" for name in names[:_MAX_FIXES]] == shown


# The course's script


@pytest.mark.parametrize(("n_other", "n_found"), [(_MIN_QUESTIONS - 1, 0), (_MIN_QUESTIONS, 1)])
def test_so_many_other_lengths_make_a_script_one_of_another_edition(n_other: int, n_found: int) -> None:
    n_questions = 9
    text = "".join(
        f"### Question {n}\n\n> Why? Answer length: 1-5 words.\n>\n> Answer:\n\nSo.\n\n"
        for n in range(1, n_questions + 1)
    )
    lengths = [Limit(1, 6 if n < n_other else 5) for n in range(n_questions)]
    script = functions([(length, None) for length in lengths], Style())
    found = analyze(SourceText(text), _ANY, MemoryFiles((), course_script=script), Stage.FINAL).diagnostics
    assert n_found == [one.code for one in found].count("wrong-script")
    assert (n_other < _MIN_QUESTIONS) == _may_hold("1, 5 " * (n_questions - n_other), [Limit(1, 5)] * n_questions)
