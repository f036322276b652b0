"""What makes report-ls trustworthy: where it names no reason, the course's script counts what students see.

The reports here are made of blocks and spoilt at random, as the design's invariant asks
(server/ARCHITECTURE.md): whatever makes the script read something else has a check of its own.
"""

from itertools import product

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st
from report_ls.analysis.analyze import Analysis, State, analyze
from report_ls.analysis.fixing import fix_all
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.files.port import Picture, Tracking
from report_ls.packs.recognise import recognise
from report_ls.project.packs import parse_pack
from report_ls.report.outline import outline
from support.course_script import disagreements
from support.families import sampled
from support.forms import LABELS, TITLES, TRIGGER_CHARACTERS, changed_form, changed_forms
from support.memory_files import MemoryFiles
from support.per_question import differences_of_local_checks
from support.suites import broken_promises

_PACK = parse_pack(
    """\
id: herons
title: A small form
sections: ["a1b2c3d4e5f6"]
script: {parts: 4}
handin: python-markdown
questions:
  - {number: 1, words: 1-6}
  - {number: 2, words: 3-12, images: 1-2}
  - {number: 3}
  - {number: 4, words: 0-10}
""",
    "_PACK",
)
_FILES = MemoryFiles(
    ["figures/a.png", "figures/b c.png", "figures/nest.jpg"],
    pictures={"figures/a.png": Picture(5, "png"), "figures/b c.png": Picture(0), "figures/nest.jpg": Picture(5, "png")},
    trackings={"figures/a.png": Tracking.TRACKED, "figures/b c.png": Tracking.IGNORED},
)


_PIECES = [
    *("Herons wait.", "one two three", "It is so:", "word", "42", "-", "* a\n* b", "> said", "a > b", "5 # 3", "C#"),
    *("![a](figures/a.png)", "![](figures/nest.jpg)", "![a](figures/b c.png)", "![a](<figures/b c.png> 'b')"),
    *(
        "[a](figures/a.png)",
        "[![a](figures/a.png)](figures/a.png)",
        '<img src="figures/a.png" alt="a">',
        "![x](no.png)",
    ),
    *("`![a](figures/a.png)`", "\\![a](figures/a.png)", "![a][r]\n\n[r]: figures/a.png\n", "![a\nb](figures/a.png)"),
    *(
        "```sh\n# ls\nls\n```",
        "```\n![a](figures/a.png)\n```",
        "    ![a](figures/a.png)",
        "~~~\n## b\n~~~",
        "\n```",
        "\n~~~\na",
    ),
    *(
        "<!-- ![a](figures/a.png) -->",
        "\n<!-- a",
        "-->",
        "\n<div>\n![a](figures/a.png)\n</div>",
        "\n<pre>",
        "\n<div>",
        "<details>\n<summary>a</summary>\n\n- b\n  - c\n\n<details>\n",
        '<p align="center">\n\n![a](figures/a.png)\n\n</p>\n',
        "\n<p>![a](figures/a.png)</p>\n",
        '\n<div>\n\n<img src="figures/a.png" alt="a">\n\n</div>\n',
        "```html\n<div>\n```",
        "--- <div> a ---",
        "> <p> a",
        "</p>",
        "<!-- a --> <p>",
        "<your name> a",
        "`a",
        "a ` b",
    ),
    *("--- Herons wait. ---", "---", "--- a", "a ---", "a---", "a\n---", "| a | b |\n|---|---|\n| c | d |", "-----"),
    *("--- question 2 fill here ---", "`--- question 1 fill here ---`", "--- question 3 fill here", "***", "_a_"),
    *("**--- question 2 fill here ---**", "> --- question 2 fill here ---", "<!-- --- question 1 fill here --- -->"),
    *(
        "\nquestion 1 fill here --\n",
        "--- fill here ---",
        "\n— question 1 fill here —\n",
        "--- question 2\nfill here ---.",
    ),
    *(
        "> a\n>\n> ```\n> b\n> ```",
        "> a\n> ---",
        "> --- a\n> b ---",
        "> a\n>\n> ---",
        "> a\n> ===",
        "\n> | a |\n> |---|",
    ),
    *("**Answer:** yes", "*Answer:*\nyes", "**Answer: yes**", "> **Answer:** yes\n> no", "They say:\n\n> It is so."),
    *(
        "## A heading",
        "### A heading",
        "# A heading",
        "a ## b",
        "\n#### Question 3 was hard.\n\nYes.",
        "\n# Question 2\n\nNo.",
        "## Part two",
    ),
    *("Answer: yes", "> Answer:", "answer: no", "See Answer:", "Answer length: 3", "> Answer", "Question 2 is next."),
    *(
        "\u2028",
        "\u00a0",
        "\f",
        "é😀",
        "\0",
        "&nbsp;",
        "http://example.org/a#b",
        "<http://example.org>",
        "![a](b",
        "![a](../figures/a.png)",
        "![a](../a.png)",
        "![a](file:///C:/a.png)",
        "![a](C:\\me\\b c.png)",
        "[a](/home/me/a.png)",
        "e\u0301",
        "![",
        "](",
    ),
]
_answers = st.lists(
    st.tuples(st.sampled_from(_PIECES), st.sampled_from(["\n\n", "\n\n", "\n", " ", ""])), min_size=1, max_size=4
).map(lambda pairs: "".join(piece + gap for piece, gap in pairs))
_PLAIN = ["Herons.", "Herons wait here, see ![a](figures/a.png) for one.", "no", "None of us knows."]


_DEFECTS = {
    "heading": [
        "## Question {}",
        "### Question {} (Ann)",
        "### Question {}#",
        "# Question {}",
        "### Question {}: ## a",
    ],
    "prompt": ["> _What?_ > > ", "What do they do?\n\n", "> What?\n\n", "", "> What: `a\n"],
    "label": [
        *("> Answer:\n", "> Answer: ", "> Answer:", "Answer:\n\n", "> **Answer:**\n\n", "> Answer:\n> "),
        *("> answer:\n\n", "> Answer\n\n", "", "\n", "> Answer:\n\n> Answer:\n\n", "> Answers:\n\n", "Answer:Answer:"),
    ],
}


_Block = dict[str, str]
"""The parts of one question of a report that is being spoilt."""


def _block(number: int, answer: str) -> _Block:
    """Return a question whose form is whole."""
    heading, prompt, label = f"### Question {number}", "> What do herons do?\n>\n", "> Answer:\n\n"
    return {"number": str(number), "heading": heading, "prompt": prompt, "label": label, "answer": answer}


def _text(blocks: list[_Block]) -> str:
    return "".join("{heading}\n{prompt}{label}{answer}\n\n".format_map(block) for block in blocks)


def _blocks(number: int) -> st.SearchStrategy[_Block]:
    plain = st.just(_PLAIN[(number - 1) % len(_PLAIN)])
    return (plain | _answers).map(lambda answer: _block(number, answer))


@st.composite
def _reports(draw: st.DrawFn) -> str:
    """Draw a report, with the questions of a form as they may end up."""
    blocks = [draw(_blocks(number)) for number in range(1, 5)]
    for part in draw(st.lists(st.sampled_from(list(_DEFECTS)), max_size=2)):
        place, written = draw(st.integers(0, 3)), draw(st.sampled_from(_DEFECTS[part]))
        blocks[place] = {**blocks[place], part: written.format(blocks[place]["number"])}
    moved = draw(st.sampled_from([*["not"] * 12, "swapped", "doubled", "lost", "invented"]))
    place = draw(st.integers(0, 2))
    if moved == "swapped":
        blocks[place], blocks[place + 1] = blocks[place + 1], blocks[place]
    elif moved == "doubled":
        blocks.insert(place, blocks[place])
    elif moved == "lost":
        del blocks[place]
    elif moved == "invented":
        blocks.append(draw(_blocks(5) | _blocks(9)))
    start = draw(
        st.sampled_from([*["# Herons\n\n"] * 5, "", "---\ntitle: a\n---\n\n", "# Answers\n\nThe Answer: none.\n\n"])
    )
    section = draw(st.sampled_from(["", "", "## Part two\n\n", "## Part two\n\n> All about it.\n\n", "### Part\n\n"]))
    text = start + _text(blocks[:2]) + section + _text(blocks[2:])
    text = text.rstrip("\n") + draw(st.sampled_from(["\n", "\n", "", "\n\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])))


def _judge(text: str) -> Analysis:
    analysis = analyze(SourceText(text), _PACK, _FILES, Stage.FINAL)
    assert analysis.failures == ()
    return analysis


@given(_reports())
def test_where_nothing_is_named_script_and_students_agree(text: str) -> None:
    analysis = _judge(text)
    event(f"{sum(result.state is State.OK for result in analysis.questions)} questions pass")
    assert disagreements(analysis) == []


@given(_reports())
def test_every_difference_has_a_check_of_its_own(text: str) -> None:
    assert [x.message for x in _judge(text).diagnostics if x.code == "script-differs"] == []


_FORM_OF_FIVE = "".join(
    "### Question {}\n> What do herons do?\n>\n> Answer:\n\n{}\n".format(*pair)
    for pair in enumerate(["Herons.", "> Answer:\n\n> Answer:\n\n", "no", "None of us knows.", "> Answer:"], 1)
)
"""Of two answers in quotes, one has a safe fix."""


@given(_reports())
@example(_FORM_OF_FIVE)
@example("### Question 4\n> What do herons do?\n>\n> Answer:\n\n--- Herons wait. ---\n-\n")
@example("### Question 1\n> What do herons do?\n>\n> Answer: a\n---\na ---\n")
@example("### Question 4\n> What do herons do?\n>\n> Answer:\n\n<!-- a --> <p>\n\n```\n![a](figures/a.png)\n```\n")
@example('### Question 2\n> What do herons do?\n>\n> Answer:\n\n<p>\n\n<img src="figures/a.png">\n\n</p>\n')
def test_safe_fixes_keep_their_promises(text: str) -> None:
    assert broken_promises(_judge(text), _FILES) == []


@given(_reports())
def test_local_checks_say_the_same_of_a_question_alone(text: str) -> None:
    assert differences_of_local_checks(SourceText(text), _PACK, _FILES) == []


def _fixed(text: str) -> str:
    return fix_all(SourceText(text), _PACK, _FILES, Stage.FINAL, lambda _code: True).text


_MARKERS = [f"--- question {number} fill here ---" for number in range(1, 5)]


def _form(answers: list[str]) -> str:
    """Return a form with two sections and something in each answer's place."""
    checklist = "".join(f"* [ ] Look for heron {number}\n" for number in range(6))
    first, second, *others = (_block(number, answer) for number, answer in enumerate(answers, 1))
    sections = "## Birds\n\n", "## Nests\n\n> On what they build.\n\n"
    return f"# Herons\n\n{checklist}\n{sections[0]}{_text([first, second])}{sections[1]}{_text(others)}"


def test_safe_fixes_leave_an_untouched_form_alone_whatever_changed_in_it() -> None:
    forms = [*changed_forms(_form(_MARKERS))]
    assert len(set(forms)) == len(forms) > 2000
    assert [text for text in forms if _fixed(text) != text] == []


def test_what_is_left_of_an_untouched_form_is_left_alone() -> None:
    marker = "--- write your answer to question {} here ---"
    answers = ["--- Herons. ---", marker.format(2), "--- no ---", marker.format(4)]
    form = _form(answers)
    assert _fixed(form) == form.replace("--- Herons. ---", "Herons.").replace("--- no ---", "no")


@pytest.mark.parametrize(("label", "signs"), [*product(filter(None, LABELS), TRIGGER_CHARACTERS)])
def test_a_form_is_read_as_it_is_meant_and_what_the_script_would_not_see_is_said_once(
    label: str, signs: tuple[str, str]
) -> None:
    once = ["answer-label"] if "Answer:" not in label else ["question-missing"] if len(signs[0]) < len("###") else []
    n_signs = label.endswith("**") and "Answer:" in label  # Those behind the colon are a word for the script.
    for answers, title in product((_MARKERS, _PLAIN), TITLES):
        form = _judge(_form(answers))
        changed = _judge(changed_form(_form(answers), label, title, signs))
        assert sorted(said.code for said in changed.diagnostics) == sorted(
            [*(said.code for said in form.diagnostics), *once]
        )
        assert [section.title for section in changed.report.sections] == ["Birds", "Nests"]
        for question, changed_question in zip(form.report.questions, changed.report.questions, strict=True):
            assert changed_question.answer.n_words == question.answer.n_words + n_signs
            assert changed_question.answer.is_empty == question.answer.is_empty
        assert _fixed(changed.source.text) == changed.source.text


def test_a_clean_report_is_clean() -> None:
    text = "# Herons\n\n" + _text([_block(number, answer) for number, answer in enumerate(_PLAIN, 1)])
    assert [found.code for found in _judge(text).diagnostics] == ["image-unused"], "it shows one of three pictures"


_PATHOLOGICAL = [
    *("![", "![](", "![](a ", "[", "[a](", "[a][", "]", ">", "> ", "> a\n", "-", "- ", "- a\n", "---\n", "--- a ---\n"),
    *("---a---\n\n", "`", "``` ", "```\n", "<!--", "<!-- a ", "<img src=a>", "<a ", "<pre>\n", "<", "(", "> Answer:"),
    *("> Answer:\n", "Answer:\n", "answer:\n", "### Question 1\n", "### Question 2\n", "# Question ", "## a\n", "##"),
    *(
        "--- question ",
        "--- question 1 fill here ---\n",
        "a ",
        "a",
        " ",
        "\n",
        "\r",
        "\t",
    ),
    *(">>\na\n", "> - >\na\n", "<<<<<<<\n=======\n>>>>>>>\n"),
    *("*", "_", "\\", "&", "|", "|---", "1. ", "    ", "=\n", "[a]: b\n", "a\n---\n", "~~~\n", "\0", "\u2028"),
]
_HEAD = "### Question 1\n> Why?\n>\n> Answer:\n\n"


@pytest.mark.parametrize("size", [20_000, 40_000])
@pytest.mark.parametrize("start", ["", _HEAD, "### Question 1\n> "], ids=["file", "answer", "prompt"])
@pytest.mark.parametrize("piece", sampled(_PATHOLOGICAL), ids=repr)
def test_nothing_is_too_much_of_one_thing(piece: str, start: str, size: int) -> None:
    text = start + piece * (size // len(piece))
    recognise(outline(text.replace("\r", "\n")), [_PACK])
    _judge(text)


def test_five_hundred_questions_are_not_too_many() -> None:
    _judge("### Question 1\n> Answer:\n\n" * 250 + "### Question 2\n> Answer:\n\n" * 250)


@pytest.mark.parametrize("signs", ["  ", ">", "- ", "1. "], ids=repr)
def test_nothing_is_nested_too_deep(signs: str) -> None:
    for depth in (100, 200):
        _judge(_HEAD + "".join(f"{signs * level}- a\n" for level in range(depth)))
