"""Twice the text, twice the work: for reading with every check, for mending, and for what an editor asks.

In the ordinary run work is counted, not timed: calls of Python and C functions, which are the same each time, and the
characters of the answers. That does not show what one call does, such as a pattern that starts again at each character
or a list that is copied. So in the slow tests judging ten times the text may take sixty times the processor time:
linear work takes ten times as long, or thirty where it no longer fits the processor's cache; quadratic work a hundred
times. What takes less than three seconds is left alone: it is measured badly and hangs nobody.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from time import process_time

import pytest
from lsp.client import Json
from lsp.driver import Driver
from report_ls.analysis.analyze import analyze
from report_ls.analysis.fixing import fix_all
from report_ls.authoring.titled_draft import titled_draft
from report_ls.base.diagnostic import Stage
from report_ls.base.memo import clear_memos
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText
from report_ls.project.packs import packs
from report_ls.report.outline import outline_after
from support.families import sampled
from support.memory_files import MemoryFiles

_SIGNS = [
    *("![", "![a](b ", "![](", "[", "[a](", "[a][", "]", "](", "(", "![a](((", "[![", "![a](<b", "![a](b 'c"),
    *(">>\na\n", "> - >\na\n", "<<<<<<<\n=======\n>>>>>>>\n"),
    *(">", "> a\n", ">\n", "> > ", "- > ", "> ## a\n", "-", "- ", "- a\n", "- a\n\n", "1. ", "- [x] a\n", "- [ "),
    *("---", "---\n", "--- x ---\n", "---a---\n\n", "--- a\n", "a ---\n", "> --- a ---\n", "---|", "a\n---\n"),
    *("`", "``` ", "```\n", "`` ` ", "~~~ a\n", "- ```\n", "*", "_", "\\", "&", "&amp;", "=\n"),
    *(
        "<!--",
        "<!-- a ",
        "<!--\n",
        "<img src=a>",
        "<img ",
        "<a ",
        '<a href="',
        "<b_a> ",
        "<b_a <",
        "[ <b_a> ",
        "[a](<b_a>",
        "<b_a> <!-- a -->",
        "<a><time/>",
        "<pre>\n",
        "<div>\n",
        "<",
        "<![CDATA[",
    ),
    *("> Answer:", "> Answer:\n", "Answer:\n", "answer:\n", "Answer: b\n\n", "**Answer:** ", "> *answer* "),
    *("### Question 1\n", "# Question ", "### Question 1\n> Answer:\n", "uestion 1\n", "### Question 14\n> Answer:\n"),
    *(
        "## a\n",
        "##",
        "### a\n",
        "# a\n",
        "# a\nb=1\n\n",
        "#",
        "### Question 1\n\n> Answer: a\n\nb ## c\n",
        "--- question ",
    ),
    *("--- question 1 fill here ---\n", "--- question 1 fill here --- ", "`--- question 1 fill here ---` "),
    *("a ", "a", "a\n\n", "\n", "\r", "\r\n", "\t", " ", "    a\n", "    a\n\n", "\0", "\u2028", "\xa0", "\ud800"),
    *("|", "|---", "|a|b|\n|---|---|\n", "[a]: b\n", "[a]\n", "<http://a>", "![a](b c) ", "![ø](\U0001f4f7 ø.png) "),
    *(
        "![a](figures/a.png)",
        "![a](figures/x.png) ",
        "[a](figures/a.png) ",
        "[![a](figures/a.png)](b) ",
        "![a](a b.png)\n",
    ),
    *(
        "`![a](figures/a.png)` ",
        "<!-- ![a](figures/a.png) -->\n",
        "\\![a](figures/a.png)\n",
        "![a\nb](figures/a.png)\n",
    ),
    *("    ![a](figures/a.png)\n\n", "[r]: figures/a.png\n![a][r]\n", '<img src="figures/a.png">\n'),
]
"""The texts that are repeated."""

_MADE: dict[str, Callable[[int], str]] = {
    "nested lists": lambda n: "".join(f"{'  ' * level}- a\n" for level in range(int(n**0.5))),
    "nested quotes": lambda n: "".join(f"{'>' * level} a\n" for level in range(1, int((2 * n) ** 0.5))),
    "brackets that close": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "links in links": lambda n: "[a" * (n // 6) + "](b)" * (n // 6),
    "many references": lambda n: "".join(f"[r{i}]: x\n\n![a][r{i}]\n\n" for i in range(n // 24)),
    "longer and longer backticks": lambda n: " ".join("`" * i for i in range(1, int((2 * n) ** 0.5))),
    "a path of many folders": lambda n: f"![a]({'figures/' * (n // 8)}a.png)",
    "long paths": lambda n: f"![a]({'figures/' * 20}a.png)\n" * (n // 171),
    "spaces behind dashes": lambda n: f"--- a ---\n{' ' * n}\nb",
    "a line that is nearly the rule of a table": lambda n: f"--- {':|' * (n // 2)}a",
    "spaces in a heading": lambda n: f"## a{' ' * n}b#c",
    "a tag that goes on": lambda n: f"<img src=a {'a' * n}>",
    "tags and comments in a block": lambda n: f"<div>\n{'<!-- a --><img src=a>' * (n // 21)}\n</div>",
    "images in elements": lambda n: "<p>\n\n![a](figures/a.png)\n\n</p>\n\n" * (n // 34),
    "images in an element": lambda n: "<p>\n\n" + "![a](figures/a.png)\n" * (n // 20),
    "lists in an element": lambda n: "<details>\n\n" + "- a\n\nb\n\n" * (n // 8) + "<details>",
    "twins": lambda n: '<img src="figures/a.png"><!-- ![a](figures/a.png) -->\n' * (n // 55),
    "images in a fence": lambda n: "```\n" + "![a](figures/a.png)\n" * (n // 20) + "```\n",
    "images in backticks": lambda n: f"`{'![a](figures/a.png)' * (n // 19)}`\n",
    "images in a comment": lambda n: "<!--\n" + "![a](figures/a.png)\n" * (n // 20) + "-->\n",
    "headings in fences": lambda n: "### Question 1\n> a\n" + "```\n# Question 2\n```\n" * (n // 21),
    "labels below a text": lambda n: "a\n\n" + "Answer:\n" * (n // 8),
    "labels between texts": lambda n: "a b c d\n> Answer:\n" * (n // 18),
    "questions without a label": lambda n: "### Question 1\n> a\n" * (n // 19),
    "numbers upwards": lambda n: "".join(f"### Question {i % 9999 + 1}\n\na\n\n" for i in range(n // 22)),
    "signs before a label": lambda n: f"> {'*_' * (n // 2)}answer:\n",
    "a prompt of empty lines": lambda n: "### Question 1\n" + ">\n" * (n // 2) + "> Answer:\n",
    "a number without an end": lambda n: f"### Question 1\n> Answer length: {'9' * n}-2 words\n>\n> Answer:\n",
    "garbled lines": lambda n: "KÃ¸ge\n" * (n // 6),
    "altered labels and others": lambda n: "### Question 1\n> answer:\n### Question 2\n> Answer:\n" * (n // 50),
    "a long answer": lambda n: "Herons wait.\n" * (n // 13) + "`a`\n",
}

_PACK = next(pack for pack in packs() if pack.id == "dtu-mlops-2026-01")
_FILES = MemoryFiles(["figures/a.png", "figures/b c.png", "figures/nest.jpg"])
_HEAD = "### Question 1\n> Why? Attach 1-3 images.\n>\n> Answer:\n\n"

_NAMES = [*map(repr, _SIGNS), *_MADE]
_every_text = pytest.mark.parametrize("name", _NAMES)
_sampled_texts = pytest.mark.parametrize("name", sampled(_NAMES))


def _text(name: str, size: int) -> str:
    """Return about so many characters of a kind."""
    if name in _MADE:
        return _MADE[name](size)
    signs = _SIGNS[list(map(repr, _SIGNS)).index(name)]
    return signs * (size // len(signs))


# The work


_Work = Callable[[str], int]
"""Something that is done with a text; returns how many characters an editor is answered with."""


def _judge(text: str) -> int:
    assert analyze(SourceText(text), _PACK, _FILES, Stage.FINAL).failures == ()
    return 0


def _mend(text: str) -> int:
    fix_all(SourceText(text), _PACK, _FILES, Stage.FINAL, lambda _: True)
    return 0


_URI = "file:///herons/report.md"
_CAPABILITIES: Json = {
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "hover": {"contentFormat": ["markdown"]},
        "inlayHint": {},
    }
}


@pytest.fixture(scope="module")
def serve() -> Iterator[_Work]:
    """One server for all texts."""
    with Driver(_CAPABILITIES, None, {"settings": {"pack": _PACK.id}}) as driver:
        yield lambda text: _serve(driver, text)


def _serve(driver: Driver, text: str) -> int:
    """Open a text, type into it, and ask for whatever an editor may ask for."""
    driver.open(_URI, text)
    start = {"line": 3, "character": 0}
    change = {"range": {"start": start, "end": start}, "text": " "}
    driver.change(_URI, 2, *[change] * 4)
    for method, params in _questions(text):
        driver.request(f"textDocument/{method}", {"textDocument": {"uri": _URI}} | params)
    driver.notify("textDocument/didClose", {"textDocument": {"uri": _URI}})
    n_characters = len(repr((driver.received, driver.answers)))
    driver.received.clear()
    driver.answers.clear()
    return n_characters


def _questions(text: str) -> Iterator[tuple[str, Json]]:
    """Yield the requests of an editor about a text, at its longest places."""
    lines = text.split("\n")
    line = max(range(len(lines)), key=lambda number: len(lines[number]))
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": len(lines), "character": 0}}
    for character in (len(lines[line]) // 2, len(lines[line])):
        position = {"position": {"line": line, "character": character}}
        yield from ((method, position) for method in ("hover", "completion", "definition"))
    yield "hover", {"position": {"line": 0, "character": 5}}
    yield "codeAction", {"range": whole, "context": {"diagnostics": []}}
    yield from (("inlayHint", {"range": whole}), ("documentSymbol", {}), ("foldingRange", {}), ("documentLink", {}))


# Counting


def _amounts(work: _Work, text: str) -> tuple[int, int]:
    """Return how many functions some work calls and characters it answers with, nothing being remembered before."""
    clear_memos()
    count = 0

    def notice(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(notice)
    try:
        n_characters = work(text)
    finally:
        sys.setprofile(None)
    return count, n_characters


def _assert_linear(work: _Work, name: str) -> None:
    """Assert that more text is so much more work, and little more than that."""
    # What is imported, read or compiled when it is first needed counts for nobody; a server does some of it when a
    # document is opened for the second time.
    for _ in range(2):
        work(_HEAD + _text(name, 400))
    amounts = [_amounts(work, _HEAD + _text(name, size)) for size in (400, 800, 1600)]
    for once, twice, four_times in zip(*amounts, strict=True):
        # The second step is twice the first where all is linear, and four times where something is quadratic.
        assert four_times - twice <= 2.5 * max(twice - once, 0) + 4000


@_sampled_texts
def test_judging_takes_as_long_as_the_text_is(name: str) -> None:
    _assert_linear(_judge, name)


@_sampled_texts
def test_mending_takes_as_long_as_the_text_is(name: str) -> None:
    _assert_linear(_mend, name)


@_sampled_texts
def test_answering_an_editor_takes_as_long_as_the_text_is(name: str, serve: _Work) -> None:
    _assert_linear(serve, name)


def _keystroke(n_questions: int, n_words: int) -> int:
    """Return how many functions one more letter in a report calls."""
    question = "### Question {}\n> What? Answer length: 2-9 words.\n>\n> Answer:\n\n" + "So it is. " * n_words + "\n\n"
    source = SourceText("".join(question.format(number) for number in range(1, n_questions + 1)))
    (pack,) = (pack for pack in packs() if pack.id == "generic")
    found = None
    counts = []
    for letter in "abc":
        place = source.text.index("So it is") + 2
        source = source.replace(Edit(Span(place, place), letter))
        count = 0

        def notice(_frame: object, event: str, _argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(notice)
        try:
            found = outline_after(found, source.plain)
            analyze(source, pack, MemoryFiles(()), None, found)
        finally:
            sys.setprofile(None)
        counts.append(count)
    return counts[-1]


@pytest.mark.parametrize("n_questions", [31, 310])
def test_a_keystroke_judges_one_question_anew_however_many_there_are(n_questions: int) -> None:
    once, thrice = _keystroke(n_questions, 10), _keystroke(3 * n_questions, 10)
    assert once < thrice < 3.5 * once


def test_a_keystroke_judges_one_question_anew_however_long_they_are() -> None:
    assert _keystroke(31, 6_000) < 2 * _keystroke(31, 10)


# Timing


def _seconds(text: str, work: Callable[[str], object]) -> float:
    """Return the processor time that some work takes, with nothing remembered of the text before."""
    clear_memos()
    # What thousands of tests have left behind is not looked through for garbage again and again.
    gc.collect()
    gc.freeze()
    start = process_time()
    work(text)
    return process_time() - start


@pytest.mark.slow
@_every_text
def test_200_kilobytes_take_about_ten_times_as_long_as_20(name: str) -> None:
    short, long = (_seconds(_HEAD + _text(name, size), _judge) for size in (20_000, 200_000))
    assert long <= max(3, 60 * short)


_FORM = "# Form\n\n## {}\n\nSay why you did it in that way and in no other.\n\n## What\n\n{}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "sign",
    ["a b ", "[a ", "[x] ", "{{ ", "{{a}} ", "TODO ", "AAA ", "1. ", "`a ", "a. ", "a? ", "about 5 ", "<!-- ", "| "],
)
def test_a_draft_of_a_pack_takes_about_ten_times_as_long_for_ten_times_the_form(sign: str) -> None:
    def work(text: str) -> None:
        assert titled_draft(SourceText(text), "form.md")

    short, long = (_seconds(_FORM.format(*2 * [sign * (size // len(sign))]), work) for size in (10_000, 100_000))
    assert long <= max(3, 60 * short)
