"""Reports as students see them: each answer is found at its place, whatever happened to the template."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from report_ls.base.memo import clear_memos
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.report.fingerprints import (
    _PROMPT_END,
    WORD,
    asked_end,
    fingerprint,
    fingerprint_of,
    prompt_fingerprint,
)
from report_ls.report.form import Filler, Form
from report_ls.report.outline import outline, outline_after
from report_ls.report.question_outline import QuestionOutline
from report_ls.report.report import Question, Report, read_report


def _read(text: str, form: Form | None = None) -> Report:
    return read_report(SourceText(text), form or Form())


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _answers(text: str, form: Form | None = None) -> list[tuple[int, str]]:
    return [(question.number, question.answer.text.strip()) for question in _read(text, form).questions]


def _only(text: str, form: Form | None = None) -> Question:
    (question,) = _read(text, form).questions
    return question


_TEMPLATE = """\
# A form

Write below the labels, as in `--- question 1 fill here ---`.

## On the group

### Question 1
> **What is your group called?**
>
> Example:
>
> *The pelicans*
>
> Answer:

The herons

## On the work

> The questions below are on the work.

### Question 2
> **How do you test? See [this page](https://example.org).**
>
> Recommended answer length: 5-10 words.
>
> Answer:

--- question 2 fill here ---
"""


def test_every_part_of_the_template_is_found() -> None:
    text = _TEMPLATE
    report = _read(text)
    first, second = report.questions
    assert (first.number, second.number) == (1, 2)
    assert (_cut(text, first.heading), first.level) == ("### Question 1", 3)
    assert first.label
    assert second.label
    assert first.label.exact
    assert _cut(text, first.label.span) == "Answer:"
    assert first.anchor == first.label.span
    assert first.prompt_text.startswith("\n> **What is your group called?**\n")
    assert first.prompt_text.endswith("*The pelicans*\n>\n")
    assert first.answer.text == "\n\nThe herons\n\n"
    assert first.answer.span.start == text.index("\n\nThe herons")
    assert first.end == second.heading.start
    assert second.answer.span.end == second.end == len(text)
    assert [_cut(text, section.span) for section in report.sections] == ["## On the group", "## On the work"]
    assert [section.title for section in report.sections] == ["On the group", "On the work"]
    assert report.last == second


def test_a_marker_is_no_answer() -> None:
    question = _read(_TEMPLATE).questions[1]
    assert [_cut(_TEMPLATE, marker) for marker in question.answer.markers] == ["--- question 2 fill here ---"]
    assert question.answer.n_words == 0
    assert question.answer.is_empty


def test_a_text_without_questions_is_no_report() -> None:
    for text in ("", "\n", "# Read me\n\nQuestion 1 is hard.\n", "# FAQ\n\n## Questions 1 and 2\n\n> a\n"):
        report = _read(text)
        assert report.questions == ()
        assert report.last is None
    assert outline("## Part\n").questions == ()


@pytest.mark.parametrize(
    "heading",
    [
        "### Question 3",
        "# Question 3",
        "###### question 3",
        "###Question 3",
        "  ### Question 3",
        "### Question 3 (Anna)",
        "### Question 3: tests ###",
        "###\tQuestion\t3.",
    ],
)
def test_a_question_has_its_number_in_a_heading_of_any_level(heading: str) -> None:
    text = f"{heading}\n> Why?\n>\n> Answer:\n\nBecause.\n"
    question = _only(text)
    assert (question.number, question.answer.text) == (3, "\n\nBecause.\n")
    assert _cut(text, question.heading) == heading.strip()
    assert question.level == heading.count("#", 0, heading.lower().index("q"))


@pytest.mark.parametrize(
    "line",
    [
        "### Question three",
        "### Questions 3",
        "### Question 3.5",
        "Question 3",
        "####### Question 3",
        "    ### Question 3",
    ],
)
def test_what_only_looks_like_a_question_is_none(line: str) -> None:
    assert _read(f"{line}\n> Why?\n>\n> Answer:\n\nBecause.\n").questions == ()


@pytest.mark.parametrize(
    "form",
    [
        "> Why?\n>\n> Answer:\n\n",
        "> Why?\n>\n> Answer:",
        "> Why?\n>\n> Answer: ",
        "> Why?\n>\n> Answer:\n",
        "> Why?\n>\n> Answer:\n> ",
        "> Why?\n>\n> Answer:\n>\n",
        "> _Why?_ > > Answer:\n\n",
        "> Why? > > Example: > > _Hence_ > > Answer:\n\n",
        "> Why?\n\n> Answer:\n\n",
        "\n> Why?\n\n>Answer:\n\n",
        "Why?\n\nAnswer:\n\n",
        "> Why?\n\n\u00a0\nAnswer:\n\n",
        "Why?\n\nMore of it.\n\nAnswer: ",
        "> Why?\n\nAnswer:\n\n",
        "Answer:\n",
        "> > Why?\n> >\n> > Answer:\n\n",
        "> Why? The answer: none.\n>\n> Answer:\n\n",
        '> Why? Write "Answer: because".\n>\n> Answer:\n\n',
        "> Why?\n> Answer length: 5-10 words.\n> Answer:\n\n",
        "> Why?\n>\n> Your Answer:\n\n",
        "> Why?\n\nYour Answer:\n\n",
        "> Why? > > Your Answer:\n\n",
    ],
)
def test_the_answer_starts_behind_the_label_wherever_the_label_is(form: str) -> None:
    text = f"### Question 1\n{form}Because it rains.\n"
    question = _only(text)
    assert question.label
    assert question.label.exact
    assert question.answer.text.strip("> \n") == "Because it rains."
    assert question.answer.span.start == text.rindex("Answer:") + len("Answer:")
    assert _cut(text, question.prompt) == question.prompt_text == text[len("### Question 1") : question.prompt.end]
    assert "Answer:" not in question.prompt_text.rpartition("\n")[2]


def test_a_quote_sign_counts_as_a_word_as_it_does_for_the_script() -> None:
    assert _only("### Question 1\n> Answer:\n> One two\n> three\n").answer.n_words == 5


@pytest.mark.parametrize("label", ["> **Answer:**", "> _Answer:_", "**Answer:**", "> *Answer:* ", "**Your Answer:**"])
def test_a_label_may_be_emphasised(label: str) -> None:
    question = _only(f"### Question 1\n> Why?\n\n{label}\n\nBecause.\n")
    assert question.label
    assert question.label.exact


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("> Answer", "Answer"),
        ("> answer:", "answer:"),
        ("> ANSWER:", "ANSWER:"),
        ("> Answers:", "Answers:"),
        ("> Anwser:", "Anwser:"),
        ("> Answer :", "Answer :"),
        ("> Answer;", "Answer;"),
        ("> Answer：", "Answer："),
        ("> **Answer**:", "Answer**:"),
        ("> > answer:", "answer:"),
        ("answer:", "answer:"),
        ("**Answer**:", "Answer**:"),
        ("**answer:**", "answer:**"),
        ("Answer", "Answer"),
        ("**Answer**", "Answer**"),
        ("> Your answer:", "Your answer:"),
        ("> YOUR ANSWERS", "YOUR ANSWERS"),
        ("> **Your answer:**", "Your answer:**"),
        ("_Your answer_", "Your answer_"),
    ],
)
def test_an_altered_label_is_one_that_the_script_misses(label: str, word: str) -> None:
    text = f"### Question 1\n> Why?\n>\n{label}\n\nBecause.\n"
    question = _only(text)
    assert question.label
    assert not question.label.exact
    assert _cut(text, question.label.span) == word
    assert question.answer.text == "\n\nBecause.\n"


@pytest.mark.parametrize(
    "answer",
    [
        *("Answering is hard.", "My answer: none.", "Yes.\n\n> answer: yes", "The answers\n\nare below."),
        *("Your answers differ.", "your answer\nis here", "Answer it is", "Yes.\n\n**Answer**\n\nNo.", "`Answer`"),
        *("Yes.\n\nYour answer:\n\nNo.", "# Answer", "- Answer", "Yes.\n\nYour Answers: no"),
    ],
)
def test_prose_is_no_altered_label(answer: str) -> None:
    question = _only(f"### Question 1\n> Why?\n\n{answer}\n")
    assert question.label is None
    assert question.answer.text == f"\n{answer}\n"


def test_without_a_label_the_answer_starts_behind_the_prompt() -> None:
    text = "### Question 1\n> Why?\n>\n> Example: rain.\n\nBecause.\n\n### Question 2\n> How?\n>\n> Answer:\n\nSo.\n"
    first, second = _read(text).questions
    assert first.label is None
    assert first.anchor == first.heading
    assert first.answer.text == "\nBecause.\n\n"
    assert second.answer.text == "\n\nSo.\n"


@pytest.mark.parametrize("start", ["\ufeff", "---\ntitle: A report\nlayout: page\n---\n\n", "+++\n+++\n", "\n\n\n"])
def test_what_stands_in_front_does_not_matter(start: str) -> None:
    assert _answers(start + _TEMPLATE)[0] == (1, "The herons")


def test_a_byte_order_mark_hides_no_first_question() -> None:
    (question,) = _read("\ufeff### Question 1\n> Why?\n>\n> Answer:\n\nBecause.\n").questions
    assert (1, Span(1, 15), "\n\nBecause.\n") == (question.number, question.heading, question.answer.text)


@pytest.mark.parametrize(
    "piece",
    [
        "#### A heading",
        "# Question 1",
        "# Question 7",
        "### Question 14 in the form\n\nis the hardest.",
        "Answer: see above.",
        "> Answer: so they said.",
        "As I said in\nAnswer: nothing.",
        "```sh\n# install\n## more\npip install x\n```",
        "```md\n### Question 1\n```",
        "```md\n### Question 2\n```",
        "~~~\n### Question 2\n~~~",
        "```md\n### Question 2\n\nas hard as question 1\n```",
        "    ### Question 2",
        "Set\n===\n\nNext\n---",
        "> A quote of ours\n> in two lines",
        "<!-- ### Question 2 -->",
        "Question 2 is next.",
    ],
)
def test_nothing_that_students_write_ends_an_answer(piece: str) -> None:
    text = f"### Question 1\n> Why?\n>\n> Answer:\n\nBefore.\n\n{piece}\n\nAfter.\n\n### Question 2\n> Answer:\n\nNo.\n"
    assert _answers(text) == [(1, f"Before.\n\n{piece}\n\nAfter."), (2, "No.")]


def test_a_heading_with_the_next_number_is_a_question_even_without_a_prompt() -> None:
    text = "### Question 1\n> Answer:\n\nYes.\n\n### Question 2\n\nNo.\n\n### Question 4\n\nPerhaps.\n"
    assert _answers(text) == [(1, "Yes."), (2, "No.\n\n### Question 4\n\nPerhaps.")]


_SHOWN = """\
# Manual

````report
### Question 1
> Answer:

So.
````

And:

~~~
### Question 2
> Answer:
~~~
"""
_WHOLE = "### Question 1\n> Answer:\n\nOne.\n\n### Question 2\n> Answer:\n\nTwo.\n"


@pytest.mark.parametrize(
    ("text", "n_questions"),
    [
        (_SHOWN, 0),
        (_SHOWN.replace("````", "```").replace("~~~", "   ```"), 0),
        (_SHOWN.replace("So.", "```sh\nmake\n```"), 0),
        (_SHOWN.replace("~~~", "`````"), 0),
        (_SHOWN + "```\n", 2),  # The last fence is open: others may be where none was meant.
        (_SHOWN.replace("So.", "````sh\nmake"), 2),
        (f"{_SHOWN}\n### Question 3\n> Answer:\n", 3),
        (f"# Ours\n\n### Question 1\n> Answer:\n\n{_SHOWN}", 3),
        # Reports in which a fence was left open, or that were pasted in one.
        (f"# Ours\n\n```\nmake\n\n{_WHOLE}", 2),
        (f"# Ours\n\n```\nmake\n\n{_WHOLE}\n```sh\nls\n```\n", 2),
        (f"# Ours\n\n```\nmake\n\n{_WHOLE}\n```\nls\n```\n", 2),
        (f"# Ours\n\n```\nmake\n\n{_WHOLE}\n```\nls\n```\n\n### Question 3\n> Answer:\n", 3),
        (f"\n```markdown\n{_WHOLE}```\n", 2),
        (f"# Ours\n\n``` `a` ```\n\n{_WHOLE}\n```\nls\n```\n", 2),
    ],
)
def test_a_text_that_only_shows_questions_in_fences_is_no_report(text: str, n_questions: int) -> None:
    assert n_questions == len(outline(text).questions)


def test_questions_keep_the_order_of_the_text() -> None:
    text = "".join(f"### Question {number}\n> Answer:\n\nNo {number}.\n" for number in (2, 1, 1, 3, 40))
    assert _answers(text) == [(number, f"No {number}.") for number in (2, 1, 1, 3, 40)]


_SECTIONED = "### Question 1\n> Answer:\n\nYes.\n\n## {}\n\n{}### Question 2\n> Answer:\n\nNo.\n"


def test_a_section_with_nothing_but_a_quote_ends_the_answer() -> None:
    assert _answers(_SECTIONED.format("Next part", "> On what comes next.\n\n"))[0] == (1, "Yes.")


def test_a_section_that_the_form_knows_ends_the_answer_whatever_follows() -> None:
    text = _SECTIONED.format("Next *part*  ##", "We added this.\n\n")
    assert _answers(text)[0] == (1, "Yes.\n\n## Next *part*  ##\n\nWe added this.")
    assert _answers(text, Form(sections=frozenset({fingerprint("next part")})))[0] == (1, "Yes.")


def test_a_heading_of_ours_is_no_section() -> None:
    text = _SECTIONED.format("Our tests", "There are three.\n\n")
    report = _read(text)
    assert report.questions[0].answer.text.strip().endswith("There are three.")
    assert report.sections == ()


@pytest.mark.parametrize(
    ("question", "section"),
    [("#", "#"), ("#", "##"), ("##", "#"), ("##", "##"), ("###", "##"), ("####", "###"), ("####", "##")],
)
def test_a_section_has_a_sign_less_than_the_questions_or_two(question: str, section: str) -> None:
    text = _SECTIONED.format("Next part", "> On what comes next.\n\n").replace("###", "@").replace("##", section)
    assert _answers(text.replace("@", question)) == [(1, "Yes."), (2, "No.")]


@pytest.mark.parametrize(
    ("question", "section"),
    [("#", "###"), ("##", "###"), ("###", "#"), ("###", "###"), ("####", "#"), ("####", "####")],
)
def test_a_heading_with_other_signs_is_no_section(question: str, section: str) -> None:
    text = _SECTIONED.format("Next part", "> On what comes next.\n\n").replace("###", "@").replace("##", section)
    report = _read(text.replace("@", question))
    assert report.questions[0].answer.text.strip().endswith("> On what comes next.")
    assert report.sections == ()


def test_a_prompt_may_speak_of_your_answer() -> None:
    question = _only(
        "### Question 1\n> Why? Explain\n> your answer\n> and give\n> your answer: so.\n\n**Your answer**\n\nNo.\n"
    )
    assert question.label
    assert question.answer.text == "\n\nNo.\n"


def test_the_last_answer_has_no_section_behind_it() -> None:
    text = "### Question 1\n> Answer:\n\nYes.\n\n## Next part\n"
    assert _answers(text) == [(1, "Yes.\n\n## Next part")]


_DASHED = [
    "--- Yes we do. ---",
    "---Yes we do.---",
    "--- Yes we do.",
    "Yes we do. ---",
    "Yes we do.---",
    ">--- Yes we do. ---",
    "> --- Yes we do.\n> It is so. ---",
    "---\nYes we do.\n---",
    "---\n\nYes we do.\n\n---",
    "--- Yes.\n\nWe do.\n\n```sh\nls\n```\n---",
    "--- Yes we do. ---\n--- It is so. ---",
    "--- Yes we do. ---\n\n--- It is so. ---",
    "Yes, we do:\n\n--- It is so. ---",
    "Yes we do.\n---",
    "--- 42 ---",
]


@pytest.mark.parametrize("answer", _DASHED)
def test_the_template_s_dashes_are_no_words(answer: str) -> None:
    text = f"### Question 1\n> Why?\n>\n> Answer:\n\n{answer}\n"
    question = _only(text)
    assert [_cut(text, dashes) for dashes in question.answer.dashes] == ["---"] * answer.count("---")
    assert question.answer.n_words == len(answer.replace("---", " ").split())
    assert not question.answer.is_empty


@pytest.mark.parametrize(
    "answer",
    [
        "Yes.\n\n---\n\nNo.",
        "Yes.\n\n***\n\nNo.",
        "Yes.\n\n---",
        "| a | b |\n|---|---|\n| c | d |",
        "---|---\na|b",
        "a | b\n--- | ---\nc | d",
        "----- Yes -----",
        "---- coverage: platform linux ----\nTOTAL 5",
        "```\n--- a\n+++ b\n```",
        "`--- a ---` is what it prints.",
        "    --- a ---",
        "<!-- --- a --- -->",
        "Use `pip --- x`, or --- as some say --- nothing.",
        "--",
        "-- Yes --",
        "- - -\nYes",
        "Yes --- no",
    ],
)
def test_other_dashes_are_the_student_s_own(answer: str) -> None:
    question = _only(f"### Question 1\n> Why?\n>\n> Answer:\n\n{answer}\n")
    assert question.answer.dashes == ()
    assert question.answer.n_words == len(answer.split())


@pytest.mark.parametrize(
    "answer",
    ["", "\n\n", "--- ---", "---", ">", "> \n>", "---\n\n---", "**", "_ _", "--- question 1 fill here ---\n---"],
)
def test_nothing_but_signs_is_no_answer(answer: str) -> None:
    assert _only(f"### Question 1\n> Answer:\n\n{answer}\n").answer.is_empty


@pytest.mark.parametrize("answer", ["1", "-", "no", "![](a)", "```\n```", "?", "--- no ---", "<!-- -->", "#"])
def test_anything_else_is_an_answer(answer: str) -> None:
    assert not _only(f"### Question 1\n> Answer:\n\n{answer}\n").answer.is_empty


@pytest.mark.parametrize(
    "marker",
    [
        "--- question 1 fill here ---",
        "--- question 30 fill here ---",
        "---question 1 fill here---",
        "---  Question 1   Fill Here ---",
        "`--- question 1 fill here ---`",
        "> --- question 1 fill here ---",
        "```\n--- question 1 fill here ---\n```",
    ],
)
def test_a_marker_is_known_in_every_dress(marker: str) -> None:
    text = f"### Question 1\n> Answer:\n\nSome words.\n\n{marker}\n\nMore words.\n"
    answer = _only(text).answer
    assert [_cut(text, span) for span in answer.markers] == [marker.strip("`> \n")]
    assert answer.n_words == len(text.replace(marker.strip("`> \n"), " ").split("Answer:")[1].split())
    assert answer.dashes == ()


@pytest.mark.parametrize(
    "text", ["--- question fill here ---", "--- question 1 filled here ---", "question 1 fill here"]
)
def test_a_reworded_marker_is_an_answer(text: str) -> None:
    answer = _only(f"### Question 1\n> Answer:\n\n{text}\n").answer
    assert answer.markers == ()
    assert answer.n_words > 0


def test_another_marker_is_that_of_the_form() -> None:
    form = Form(marker="(write {number} here)")
    text = "### Question 1\n> Answer:\n\n(Write 1 here)\n\n--- question 1 fill here ---\n"
    answer = _only(text, form).answer
    assert [_cut(text, span) for span in answer.markers] == ["(Write 1 here)"]


def test_a_marker_that_repeats_its_number_takes_no_longer() -> None:
    form = Form(marker="{number}" * 9 + "!")
    assert _only(f"### Question 1\n> Answer:\n\n{'1' * 5000}\n", form).answer.markers == ()


def test_the_number_of_a_marker_may_touch_other_signs() -> None:
    answer = _only("### Question 1\n> Answer:\n\n(your answer 1)\n", Form(marker="(your answer {number})")).answer
    assert (0, True) == (answer.n_words, answer.is_empty)


_FILLER = Filler(3, fingerprint("qwe rty uio"))


@pytest.mark.parametrize(
    ("answer", "n_words"),
    [("qwe rty uio", 0), ("QWE rty\nuio.", 0), ("qwe rty uio Ten", 1), ("Ten words qwe rty uio", 2), ("qwe rty", 2)],
)
def test_a_filler_at_an_end_of_the_answer_is_no_answer(answer: str, n_words: int) -> None:
    question = _only(f"### Question 1\n> Answer:\n\n{answer}\n", Form(fillers=(_FILLER,)))
    assert len(question.answer.markers) == (n_words != 2 or "uio" in answer)
    assert question.answer.n_words == n_words
    assert question.answer.is_empty == (n_words == 0)


def test_words_have_places_and_skip_what_is_not_the_student_s() -> None:
    text = "### Question 1\n> Answer:\n\n--- question 1 fill here ---\n--- One two\n\nthree---\n"
    answer = _only(text).answer
    assert [_cut(text, answer.word_span(index)) for index in range(answer.n_words)] == ["One", "two", "three"]


def test_places_in_an_answer_count_from_the_start_of_the_text() -> None:
    text = "### Question 1\n> Answer: `a` ![b](c) [d](e)\n\n```\nopen\n"
    answer = _only(text).answer
    assert [_cut(text, literal.span) for literal in answer.literals] == ["`a`", "```\nopen"]
    assert [_cut(text, image.span) for image in answer.images] == ["![b](c)"]
    assert [_cut(text, link.target) for link in answer.links] == ["e"]
    assert answer.unclosed
    assert _cut(text, answer.unclosed.span) == "```"


def test_an_open_fence_ends_with_its_question() -> None:
    text = "### Question 1\n> Answer:\n\n```\nopen\n\n### Question 2\n> Answer:\n\n![b](c)\n"
    first, second = _read(text).questions
    assert first.answer.unclosed
    assert [_cut(text, image.span) for image in second.answer.images] == ["![b](c)"]


def test_text_right_below_the_label_belongs_to_its_quote() -> None:
    text = "### Question 1\n> Answer:\n    ![b](c)\n"
    assert [_cut(text, image.span) for image in _only(text).answer.images] == ["![b](c)"]


def test_a_fingerprint_knows_words_and_nothing_else() -> None:
    same = ["What is  your *group* called?", "> what is\n> your _group_ called", "WHAT, is: your (group) called"]
    assert len({fingerprint(text) for text in same}) == 1
    assert fingerprint("what is your group called") != fingerprint("what is our group called")
    assert fingerprint("\ud800") == fingerprint("\ud800")


@given(st.text(st.characters(codec="ascii")) | st.text())
def test_a_fingerprint_is_made_of_the_words_in_small_letters(text: str) -> None:
    assert fingerprint(text) == fingerprint_of(WORD.findall(text.lower()))


_ENDS = [
    *("Recommended ", "recommended\n> ", "RECOMMENDED\n", "answer", "Answer", "an\u017fwer", " length", "\n\tLength"),
    *("example", "EXAMPLE", "Example", ":", " :", "\n", "> ", "**", "_", " ", "\xa0", "word", "\u2028", "an", "e"),
]


@given(st.lists(st.sampled_from(_ENDS), max_size=20).map("".join))
@example("> Why?\n> Recommended\n\n answer length: 5 words")
@example("> Why? See the answer\n> **Answer:")
def test_what_is_asked_ends_where_the_first_of_its_ends_begins(prompt: str) -> None:
    end = _PROMPT_END.search(prompt)
    assert asked_end(prompt) == (end.start() if end else len(prompt))


def test_a_prompt_is_known_by_what_it_asks() -> None:
    prompt = "\n> **How do you test? See [this page](https://example.org).**\n>\n"
    same = [
        prompt,
        prompt + "> Recommended answer length: 5-10 words.\n>\n",
        prompt + "> Answer length: 7 words.\n>\n> Example: *so*\n",
        "\n> __How do you test? See [this page](another.html).__ > > Example: > _so_\n",
    ]
    assert len({prompt_fingerprint(text) for text in same}) == 1
    assert prompt_fingerprint(prompt) != prompt_fingerprint("\n> How do you fly?\n")


_PIECES = [
    *("\n", "\n\n", "### Question 1\n", "### Question 2\n", "## Part\n", "> Why?\n", ">\n", "> Answer:\n", "Answer:"),
    *(
        "--- ",
        "---",
        " ---\n",
        "--- question 1 fill here ---",
        "word ",
        "more\n",
        "> ",
        "```\n",
        "`",
        "# ",
        "- ",
        "    ",
    ),
    *("![x](y)", "<!--", "-->", "[a](b)", "qwe rty uio", "\u2028", "\f", "\x85", "\0", "answer:\n", "| --- |\n", "* "),
]
_REPORTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
_FORM = Form(fillers=(_FILLER,), sections=frozenset({fingerprint("part")}))


def _facts(report: Report, unix: list[int]) -> list[object]:
    """Return all that a report holds, with its offsets mapped."""

    def at(*spans: Span) -> list[tuple[int, int]]:
        return [(unix[span.start], unix[span.end]) for span in spans]

    return [
        (
            question.number,
            at(question.heading, question.prompt, question.anchor, question.answer.span),
            question.label and question.label.exact,
            (question.answer.n_words, question.answer.is_empty),
            at(*question.answer.markers, *question.answer.dashes),
            at(*(question.answer.word_span(index) for index in range(question.answer.n_words))),
            [(image.url, image.style, at(image.span, image.text)) for image in question.answer.images],
            [(link.url, at(link.span)) for link in question.answer.links],
            [(literal.kind, at(literal.span)) for literal in question.answer.literals],
            question.answer.unclosed and at(question.answer.unclosed.span),
        )
        for question in report.questions
    ] + [(section.title, at(section.span)) for section in report.sections]


@given(_REPORTS, st.sampled_from(["\r\n", "\r"]))
def test_line_ends_change_nothing_but_offsets(text: str, newline: str) -> None:
    width = len(newline)
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (width if character == "\n" else 1))
    unix = {offset: index for index, offset in enumerate(offsets)}
    unix |= {offset + 1: unix[offset] for offset in offsets if offset + 1 not in unix}
    mapped = [unix[offset] for offset in range(offsets[-1] + 1)]
    other = _read(text.replace("\n", newline), _FORM)
    assert _facts(other, mapped) == _facts(_read(text, _FORM), list(range(len(text) + 1)))


_SMALL = [
    *("### Question 1\n", "### Question 2\n", "### Question 2\n> Answer:\n", "### Question 3\n> Answer:\n\n", " "),
    *("### Question 1\n> Answer:\n", " ### Question 2\n> Answer:\n", "7"),
    *("a", "\n", "\n", "\n\n", "```\n", "> ", "> Answer:\n", "## A\n", "# ", "Question 3\n"),
]
_EDITS = st.tuples(st.integers(0, 200), st.sampled_from([0, 0, 1, 1, 2, 5, 20]), st.sampled_from(["", "", *_SMALL]))


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(_SMALL), max_size=12).map("".join), st.lists(_EDITS, min_size=1, max_size=6))
def test_an_outline_is_the_same_however_the_text_came_about(text: str, edits: list[tuple[int, int, str]]) -> None:
    for place, length, inserted in edits:
        start = place % (len(text) + 1)
        before, text = text, text[:start] + inserted + text[start + length :]
        _assert_same_outline(before, text)


_TWO = "### Question 1\n> Answer:\n\nYes.\n### Question 2\n> Answer:\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_TWO, _TWO.replace("Yes.\n", "Yes.")),
        (_TWO, _TWO.replace("Yes.\n", "Yes.\n### Question 3\n> Answer:\n")),
        (_TWO.replace("2", "5"), _TWO.replace("2\n> Answer:", "5")),
        (_TWO, _TWO + "### Question 3\n"),
        (_TWO, _TWO[:-2]),
        (_TWO, "a" + _TWO),
        (_TWO.replace("### Question 2", " ### Question 2"), _TWO.replace("### Question 2", "x### Question 2")),
        (f"{_TWO}### Question 3\n\nNo.\n", f"{_TWO.replace('2', '7')}### Question 3\n\nNo.\n"),
        (f"A\n```\n{_TWO}", f"A\n```\n{_TWO}\n```\n"),
        (f"A\n```\n{_TWO}\n```\n", f"A\n```\n{_TWO}\n``\n"),
    ],
)
def test_an_edit_that_touches_more_than_one_question_is_read_anew(before: str, after: str) -> None:
    _assert_same_outline(before, after)


def _assert_same_outline(before: str, text: str) -> None:
    """Compare the outline of an edited text with one that knows nothing of what it was."""
    edited = outline_after(outline(before), text)
    clear_memos()
    expected = outline(text)
    assert expected.prompts == edited.prompts
    assert expected.is_regular == edited.is_regular
    assert expected.starts == edited.starts
    assert [_parts(question) for question in expected.questions] == [_parts(one) for one in edited.questions]
    assert (expected.first_section, expected.head) == (edited.first_section, edited.head)


def _parts(question: QuestionOutline) -> tuple[object, ...]:
    return question.text, question.number, question.heading, question.prompt, question.label, question.section


def test_an_edit_within_a_question_leaves_the_others_as_they_were() -> None:
    text = "# A form\n" + "".join(f"### Question {number}\n> Answer:\n\nYes.\n\n" for number in range(1, 5))
    before = outline(text)
    after = outline_after(before, text.replace("Yes", "No", 2).replace("No", "Yes", 1))
    assert after == before.with_one_edited(after.text)
    assert [True, False, True, True] == [
        one is other for one, other in zip(before.questions, after.questions, strict=True)
    ]


def test_two_texts_that_are_asked_for_in_turn_are_read_once_each() -> None:
    one, other = f"# One\n{_TWO}", f"# Other\n{_TWO}"
    found = outline(one), outline(other)
    assert found[0] is outline(one)
    assert found[1] is outline(other)


@given(_REPORTS)
def test_every_place_of_a_report_lies_in_its_question(text: str) -> None:
    report = _read(text, _FORM)
    for question in report.questions:
        answer = question.answer
        assert text[question.heading.start :].startswith("#")
        assert question.heading.end <= question.prompt.start <= question.prompt.end
        assert question.prompt.end <= answer.span.start <= answer.span.end <= question.end <= len(text)
        assert answer.text == _cut(text, answer.span)
        inside = [*answer.markers, *answer.dashes, *(answer.word_span(index) for index in range(answer.n_words))]
        assert all(answer.span.start <= span.start < span.end <= answer.span.end for span in inside)
        below_label = [thing.span for things in (answer.images, answer.links, answer.literals) for thing in things]
        assert all(question.prompt.end <= span.start < span.end <= answer.span.end for span in below_label)
        assert all(_cut(text, span) == "---" for span in answer.dashes)
        assert answer.n_words <= len(answer.text.split())
    starts = [question.heading.start for question in report.questions]
    assert starts == sorted(set(starts))


@given(st.text())
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    _facts(_read(text + "\n### Question 1\n" + text, _FORM), list(range(2 * len(text) + 17)))
