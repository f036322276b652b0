"""A form that no pack knows is judged by what it says of itself, while it is typed into too."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_ls.analysis.analyze import State, analyze
from report_ls.analysis.fixing import fix_all
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.packs.edition import Edition, edition
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Origin, Pack
from report_ls.report.fingerprints import prompt_fingerprint
from report_ls.report.form import Form
from report_ls.report.outline import outline
from support.course_scripts import Style, functions
from support.memory_files import MemoryFiles

PROMPTS = [
    f"What did the {bird} do at the {place}?" for bird in ("heron", "swift", "crane") for place in ("bog", "sea")
]
"""What an invented course asks: six questions."""
NEW = "Which bird was missing?"
LENGTH = Limit(10, 20)
ASKS = tuple(Ask(n, f"bird {n}", LENGTH, None, (prompt_fingerprint(prompt),)) for n, prompt in enumerate(PROMPTS, 1))
MARKER = "--- question {number} fill here ---"
KNOWN = Pack("birds", "Birds, spring", "2031-02", Form(expected_answers=6), asks=ASKS)
GENERIC = Pack("generic", "any form")
PACKS = GENERIC, KNOWN
NOTHING = MemoryFiles(())

ANSWERED = "We waited for it in the reeds and wrote down all that it did there."


def question(number: int, prompt: str, length: str = "10-20", answer: str | None = ANSWERED) -> str:
    """Return one question; without an answer its marker stands there."""
    line = f"> Recommended answer length: {length} words.\n>\n" if length else ""
    text = MARKER.replace("{number}", str(number)) if answer is None else answer
    return f"### Question {number}\n\n> **{prompt}**\n>\n{line}> Answer:\n\n{text}\n\n"


def form(
    prompts: Sequence[str] = PROMPTS, lengths: Sequence[str] = ("10-20",) * 7, answer: str | None = ANSWERED
) -> str:
    """Return a report whose questions are numbered from 1 on."""
    pairs = zip(prompts, lengths, strict=False)
    return "".join(question(n, prompt, length, answer) for n, (prompt, length) in enumerate(pairs, 1))


def recognised(text: str, files: MemoryFiles = NOTHING, kept: Edition | None = None) -> Edition:
    return edition(outline(text), PACKS, files, kept)


def pack_of(text: str, files: MemoryFiles = NOTHING, kept: Edition | None = None) -> Pack:
    pack = recognised(text, files, kept).pack
    assert pack
    return pack


def limits(pack: Pack) -> list[tuple[int, str, Origin]]:
    return [(ask.number, str(ask.words), ask.words_from) for ask in pack.asks]


def script(*lengths: Limit | None) -> MemoryFiles:
    """Return files beside which the course's script lies."""
    return MemoryFiles((), course_script=functions([(length, None) for length in lengths], Style()))


# Known or not


def test_an_unchanged_form_is_known() -> None:
    assert pack_of(form()) is KNOWN


def test_one_other_limit_is_a_students_change_and_two_are_another_edition() -> None:
    assert pack_of(form(lengths=["30-40", *["10-20"] * 5])) is KNOWN
    assert pack_of(form(lengths=["30-40", *["10-20"] * 4, "30-40"])).id == "unknown"


def test_one_moved_question_is_known_and_two_are_another_edition() -> None:
    first, second, *others = PROMPTS
    assert pack_of(form([NEW, *PROMPTS[1:5], first])).id == "birds"
    assert pack_of(form([second, first, *others])).id == "unknown"


def test_one_new_question_of_six_is_known_and_two_are_another_edition() -> None:
    assert pack_of(form([NEW, *PROMPTS[1:]])) is KNOWN
    assert pack_of(form([NEW, f"{NEW} And why?", *PROMPTS[2:]])).id == "unknown"


def test_a_new_question_that_names_another_limit_is_another_edition() -> None:
    assert pack_of(form([NEW, *PROMPTS[1:]], ["30-40", *["10-20"] * 5])).id == "unknown"


def test_a_question_whose_label_was_taken_out_of_its_quote_is_not_new() -> None:
    text = form([NEW, f"{NEW} And why?", *PROMPTS[2:]])
    assert pack_of(text.replace(">\n> Answer:", "\nAnswer:")) is KNOWN


def test_another_number_of_questions_alone_is_an_error_unless_the_form_or_the_script_has_it() -> None:
    shorter = form(PROMPTS[:5])
    assert pack_of(shorter) is KNOWN
    assert pack_of(shorter, MemoryFiles((), form=form(answer=None))) is KNOWN
    assert pack_of(shorter, script(*[LENGTH] * 6)) is KNOWN
    assert pack_of(shorter, MemoryFiles((), form=form(PROMPTS[:5], answer=None))).id == "unknown"
    assert pack_of(shorter, script(*[LENGTH] * 5)).id == "unknown"


def test_one_other_limit_that_the_script_has_too_is_another_edition() -> None:
    text = form(lengths=["30-40", *["10-20"] * 5])
    assert pack_of(text, script(*[LENGTH] * 6)) is KNOWN
    derived = pack_of(text, script(Limit(30, 40), *[LENGTH] * 5))
    assert [(1, "30-40", Origin.QUESTION), (2, "10-20", Origin.QUESTION)] == limits(derived)[:2]


def test_a_form_of_nobody_is_judged_by_its_own_questions() -> None:
    strangers = [f"{prompt} Really?" for prompt in PROMPTS]
    assert pack_of(form(strangers)) is GENERIC
    assert pack_of(form(strangers, [""] * 6)) is GENERIC, "five questions are a form, also without a limit"
    assert recognised(form(strangers[:4], [""] * 4)).pack is None
    assert recognised(form(strangers, [""] * 6).replace("Answer:", "Notes")).pack is None


# What a derived pack asks


def test_the_sentence_counts_before_the_script_and_that_before_the_nearest_edition() -> None:
    text = form([*PROMPTS[:3], NEW, *PROMPTS[3:]], ["30-40", "30-40", "", "", "", "10-20", "10-20"])
    assert [
        (1, "30-40", Origin.QUESTION),
        (2, "30-40", Origin.QUESTION),
        (3, "10-20", Origin.NEAREST),
        (4, "None", Origin.NEAREST),
        (5, "10-20", Origin.NEAREST),
        (6, "10-20", Origin.QUESTION),
        (7, "10-20", Origin.QUESTION),
    ] == limits(pack_of(text))
    files = script(Limit(30, 40), Limit(1, 2), Limit(3, 4), Limit(5, 6), None, LENGTH, LENGTH)
    assert [
        (1, "30-40", Origin.QUESTION),
        (2, "30-40", Origin.QUESTION),
        (3, "3-4", Origin.SCRIPT),
        (4, "5-6", Origin.SCRIPT),
        (5, "10-20", Origin.NEAREST),
        (6, "10-20", Origin.QUESTION),
        (7, "10-20", Origin.QUESTION),
    ] == limits(pack_of(text, files))


def test_a_script_of_another_edition_is_not_asked() -> None:
    text = form([*PROMPTS[:3], NEW, *PROMPTS[3:]], ["30-40", "30-40", "", "", "", "10-20", "10-20"])
    other = script(Limit(1, 2), Limit(1, 2), Limit(3, 4), Limit(5, 6), None, LENGTH, LENGTH)
    assert limits(pack_of(text)) == limits(pack_of(text, other))
    longer = script(Limit(30, 40), Limit(30, 40), Limit(3, 4), Limit(5, 6), None, LENGTH, LENGTH, LENGTH)
    assert limits(pack_of(text)) == limits(pack_of(text, longer))


def test_a_moved_question_keeps_its_topic_and_a_new_one_has_none() -> None:
    derived = pack_of(form([NEW, *PROMPTS]))
    assert ["", "bird 1", "bird 2", "bird 3", "bird 4", "bird 5", "bird 6"] == [ask.topic for ask in derived.asks]


def test_it_says_what_it_is_most_like() -> None:
    unknown = pack_of(form([NEW, *PROMPTS], ["10-20", "30-40", *["10-20"] * 5])).unknown
    assert unknown
    assert unknown.nearest is KNOWN
    fit = unknown.fit
    assert ((2, 3, 4, 5, 6, 7), (2, 3, 4, 5, 6, 7), (2,), (1,)) == (fit.same, fit.moved, fit.differs, fit.new)


def test_the_script_expects_as_many_answers_as_there_are_questions_if_it_finds_most_labels() -> None:
    text = form([NEW, *PROMPTS])
    assert pack_of(text).form.expected_answers == len(PROMPTS) + 1
    some = text.replace("> Answer:", "> answer:", 3)
    assert pack_of(some).form.expected_answers == len(PROMPTS) + 1
    most = text.replace("> Answer:", "> answer:", 4)
    assert pack_of(most).form.expected_answers is None


# Markers

MARKERS = [
    "--- question {number} fill here ---",
    "<< write the answer to question {number} >>",
    "*Answer {number} goes here*",
    "TODO: answer {number}",
    "[your answer]",
    "Write your answer here.",
    "<!-- question {number} -->",
    "***{number}***",
]


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("prompts", [PROMPTS, [NEW, *PROMPTS]], ids=["known", "unknown"])
def test_an_untouched_form_is_unanswered_and_nothing_else(prompts: list[str], marker: str) -> None:
    text = form(prompts, answer=None).replace("--- question", "\0").replace("fill here ---", "\0")
    for number in range(1, len(prompts) + 1):
        text = text.replace(f"\0 {number} \0", marker.replace("{number}", str(number)))
    pack = pack_of(text)
    analysis = analyze(SourceText(text), pack, NOTHING, None)
    expected = [("unanswered", number) for number in range(1, len(prompts) + 1)]
    assert expected == [(found.code, found.question) for found in analysis.diagnostics]
    assert analysis.stage is Stage.DRAFT
    for stage in Stage:
        assert text == fix_all(SourceText(text), pack, NOTHING, stage, lambda _code: True).text


def typed(marker: str, n_left: int) -> str:
    """Return a report of an unknown form of which the last answers are still to be written."""
    prompts = [NEW, *PROMPTS]
    answers = [ANSWERED] * (7 - n_left) + [marker.replace("{number}", str(number)) for number in range(8 - n_left, 8)]
    return "".join(question(n, *asked) for n, asked in enumerate(zip(prompts, ["10-20"] * 7, answers, strict=True), 1))


def assert_unanswered(n_left: int, text: str, pack: Pack) -> None:
    """Assert that the last so many of seven questions are not answered, and all others well."""
    states = [State.OK] * (7 - n_left) + [State.UNANSWERED] * n_left
    assert states == [result.state for result in analyze(SourceText(text), pack, NOTHING, Stage.FINAL).questions]


@pytest.mark.parametrize("marker", MARKERS[:-2])
@pytest.mark.parametrize("n_left", [2, 1])
def test_the_last_untouched_answers_are_unanswered(n_left: int, marker: str) -> None:
    text = typed(marker, n_left)
    assert_unanswered(n_left, text, pack_of(text))


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("n_left", [2, 1])
def test_so_they_are_whatever_the_marker_where_git_has_the_form(n_left: int, marker: str) -> None:
    text, files = typed(marker, n_left), MemoryFiles((), form=typed(marker, 7))
    assert_unanswered(n_left, text, pack_of(text, files))


@pytest.mark.parametrize("marker", MARKERS)
def test_while_somebody_is_writing_a_marker_is_kept_as_long_as_one_answer_holds_it(marker: str) -> None:
    kept: Edition | None = None
    for n_left in (7, 3, 2, 1):
        kept = recognised(typed(marker, n_left), kept=kept)
        assert kept.pack
        assert_unanswered(n_left, typed(marker, n_left), kept.pack)


@pytest.mark.parametrize(
    "answer",
    [
        "Figure {number}.",
        "![what we saw](figures/{number}.png)",
        "See [our page](https://birds.example/{number}) for the answer.",
        "We saw {number} birds.",
    ],
)
def test_short_answers_with_their_number_are_no_markers(answer: str) -> None:
    text = typed(answer, 3)
    results = analyze(SourceText(text), pack_of(text), NOTHING, Stage.FINAL).questions
    assert State.UNANSWERED not in [result.state for result in results]


@pytest.mark.parametrize(
    "answer",
    [
        "We have written {number} tests.",
        "We saw {number} of them here.",
        "Type hints, checked by a tool.",
        "Write first, then count.",
        "Question by question, all {number} of us.",
    ],
)
def test_one_short_answer_is_no_request_to_write(answer: str) -> None:
    text = typed(answer, 1)
    results = analyze(SourceText(text), pack_of(text), NOTHING, Stage.FINAL).questions
    assert State.UNANSWERED not in [result.state for result in results]


# While the user is writing


def test_the_same_pack_is_returned_while_prompts_and_marker_are_the_same() -> None:
    before = recognised(typed(MARKER, 7))
    assert before.pack
    assert before.pack.id == "unknown"
    assert recognised(typed(MARKER, 7), kept=before) is before
    typing = recognised(typed(MARKER, 7).replace("--- question 1 fill here ---", "We"), kept=before)
    assert typing is not before
    assert typing.pack is before.pack
    # A prompt with new wording asks the same.
    assert recognised(typed(MARKER, 7).replace(NEW, f"{NEW[:-1]} then?"), kept=before).pack is before.pack
    assert recognised(typed(MARKER, 7).replace("10-20", "10-30", 1), kept=before).pack != before.pack


def test_what_the_files_say_later_counts() -> None:
    text = form(PROMPTS[:5])
    before = recognised(text)
    assert before.pack is KNOWN
    after = recognised(text, script(*[LENGTH] * 5), before)
    assert after.pack
    assert after.pack.id == "unknown"
    assert recognised(text, script(*[LENGTH] * 5), after) is after


@given(
    st.lists(st.sampled_from([*PROMPTS, NEW]), max_size=8), st.lists(st.sampled_from(["", "10-20", "1-2"]), max_size=8)
)
def test_whatever_was_kept_the_same_text_has_the_same_limits(prompts: list[str], lengths: list[str]) -> None:
    text = form(prompts, lengths, answer=None)
    kept = recognised(form(answer=None))
    again = recognised(text, kept=recognised(text, kept=kept))
    assert recognised(text, kept=kept).pack == again.pack
