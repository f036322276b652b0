"""The page that is handed in: every fix is held against what Python-Markdown itself makes of the text."""

import re
import sys
from collections.abc import Iterable
from html import unescape
from itertools import count
from threading import Thread

import markdown
import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st
from report_ls.base.memo import clear_memos
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.course.losses import Loss, LossKind
from report_ls.course.lost_words import lost_words, shown_by
from report_ls.course.page_losses import _known, _lost, lost_in, with_verified_fix
from report_ls.course.page_reading import LineReading
from report_ls.course.page_words import words_of
from report_ls.course.python_markdown import make_page, taken_for_html
from report_ls.course.raw_html import images_in_html, swallower
from report_ls.course.simple_tags import simple_tags
from report_ls.report.answer import Answer
from report_ls.report.form import Form
from report_ls.report.markdown import render
from report_ls.report.pieces import Style
from report_ls.report.report import read_report
from support.corpus import real_reports

_LONG = 10_000
_HEAD = "### Question 1\n> Why?\n>\n> Answer:"
_HEAD_OF_PAGE = "<h3>Question 1</h3>\n<blockquote>\n<p>Why?</p>\n<p>Answer:</p>\n</blockquote>\n"


def _read(text: str) -> Answer:
    return read_report(SourceText(text), Form()).questions[0].answer


def _mended_in(answer: Answer) -> list[Loss]:
    return [with_verified_fix(answer, lost) for lost in lost_in(answer)]


def _losses(answer: str) -> list[LossKind]:
    return [lost.kind for lost in lost_in(_read(_HEAD + answer))]


_MENDED = [
    (LossKind.LIST_GLUED, "Two:\n- a\n- b", "<p>Two:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    (LossKind.LIST_GLUED, "Two:\n1. a\n2. b", "<p>Two:</p>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
    (
        LossKind.LIST_GLUED,
        "1. a\n\n    b\n2. c",
        "<ol>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ol>",
    ),
    (
        LossKind.LIST_NESTED,
        "- a\n  - b\n    - c\n- d",
        "<ul>\n<li>a<ul>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>d</li>\n</ul>",
    ),
    (LossKind.LIST_NESTED, "1. a\n   - b", "<ol>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>"),
    (LossKind.LIST_SIGN, "Two:\n1) a\n2) b", "<p>Two:</p>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
    (LossKind.CODE, "So:\n```sh\na\n\nb\n```\nyes", "<p>So:</p>\n<pre><code>a\n\nb\n</code></pre>\n<p>yes</p>"),
    (LossKind.CODE, "~~~\na\n  b\n~~~", "<pre><code>a\n  b\n</code></pre>"),
    (
        LossKind.CODE,
        "- a\n\n    ```\n    b\n    c\n    ```",
        "<ul>\n<li>a<pre><code>b\nc\n</code></pre>\n</li>\n</ul>",
    ),
    (LossKind.CODE_AS_HEADING, "```\na\n# b\nc\n```", "<pre><code>a\n# b\nc\n</code></pre>"),
    (LossKind.HEADING, "It is so.\n---\nYes.", "<p>It is so.</p>\n<hr />\n<p>Yes.</p>"),
    (LossKind.HEADING, "- a\n---", "<ul>\n<li>a</li>\n</ul>\n<hr />"),
    (LossKind.HEADING, "See\n#12, it is open.", "<p>See\n#12, it is open.</p>"),
]


@pytest.mark.parametrize(("loss", "answer", "page"), _MENDED)
def test_a_fix_shows_on_the_page_what_was_lost(loss: LossKind, answer: str, page: str) -> None:
    source = SourceText(f"{_HEAD}\n\n{answer}\n")
    assert make_page(source.text, 0) != _HEAD_OF_PAGE + page
    (lost,) = _mended_in(_read(source.text))
    assert lost.kind is loss
    after = source.apply(lost.edits).text
    assert markdown.markdown(after) == _HEAD_OF_PAGE + page
    assert lost_in(_read(after)) == ()


_UNQUOTED = [
    (LossKind.QUOTE_GLUED, "\nIt is so.\n\nYes.", "<p>It is so.</p>\n<p>Yes.</p>"),
    (LossKind.QUOTE_GLUED, " It is so.\nYes.", "<p>It is so.\nYes.</p>"),
    (LossKind.QUOTE_GLUED, "\n- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    (LossKind.QUOTE, "\n> It is so.\n>\n>Yes.", "<p>It is so.</p>\n<p>Yes.</p>"),
    (LossKind.QUOTE, "\n\n> It is so.\n\n> Yes.", "<p>It is so.</p>\n<p>Yes.</p>"),
]


@pytest.mark.parametrize(("loss", "answer", "page"), _UNQUOTED)
def test_a_fix_takes_the_answer_out_of_the_quote(loss: LossKind, answer: str, page: str) -> None:
    source = SourceText(f"{_HEAD}{answer}\n")
    (lost,) = _mended_in(_read(source.text))
    assert lost.kind is loss
    assert markdown.markdown(source.apply(lost.edits).text) == _HEAD_OF_PAGE + page


@pytest.mark.parametrize(
    "answer",
    [
        "\n\nPlain prose, with *emphasis*, `code` and [a link](http://example.org).\n\nMore of it.\n",
        "\n\n- a\n- b\n\n1. c\n\n    - d\n\n***\n\n# Title\n\n    code\n\nTitle\n=====\n\n> said\n\nlast\n",
        "\n\nSo:\n\n```\nmake\n```\n",
        "\n\n<ul>\n<li>a</li>\n</ul>\n\n<!--\n# a\n- b\n-->\n\n<pre>\n```\n# a\n</pre>\n",
        "\n",
        "",
    ],
)
def test_what_is_shown_as_it_was_meant_is_not_lost(answer: str) -> None:
    assert _losses(answer) == []


def test_a_fix_is_offered_only_where_it_works() -> None:
    lost = _mended_in(_read(f"{_HEAD}\n\n- a\n\n```\nb\nc\n```\n\n> ```\n> d\n> e\n> ```\n"))
    assert [(LossKind.CODE, ()), (LossKind.CODE, ())] == [(one.kind, one.edits) for one in lost]


def test_a_fix_that_makes_one_list_of_two_is_none() -> None:
    (lost,) = _mended_in(_read(f"{_HEAD}\n\n1. a\n\n1) b\n2) c\n"))
    assert (LossKind.LIST_SIGN, ()) == (lost.kind, lost.edits)


def test_of_many_things_one_that_cannot_be_mended_does_not_keep_the_others() -> None:
    lost = _mended_in(_read(f"{_HEAD}\n\n```\na\nb\n```\n\n- c\n\n```\nd\ne\n```\n"))
    assert [True, False] == [bool(one.edits) for one in lost]


def test_words_that_a_fix_takes_away_are_counted() -> None:
    lost = _mended_in(_read(f"{_HEAD}\n> a\n> b\n\nSo:\n\n```sh\nc\nd\n```\n\nTwo:\n- e\n"))
    assert [(LossKind.QUOTE, -2), (LossKind.CODE, -2), (LossKind.LIST_GLUED, 0)] == [
        (one.kind, one.n_words) for one in lost
    ]


def test_places_follow_the_answer_when_something_above_it_changes() -> None:
    text = f"{_HEAD}\n\nTwo:\n- a\n"
    (lost,) = lost_in(_read(text))
    (moved,) = lost_in(_read(f"# Title\n\n{text}"))
    assert lost.shift(len("# Title\n\n")) == moved


def test_the_page_is_made_of_the_text_behind_what_is_cut() -> None:
    assert make_page("---\r\ntitle: a\r\n---\r\n\r\n# B\r\n", 18) == "<h1>B</h1>"


_DEEP = ["- " * 3000 + "a", "> " * 3000 + "a", "1. " * 3000 + "a", "[" * 3000, "*a **b " * 500, "<div>" * 3000]


@pytest.mark.parametrize("text", _DEEP)
def test_nothing_is_nested_too_deep_to_be_read(text: str) -> None:
    make_page(text, 0)
    _losses(f"\n\n{text}\n")


def test_a_page_that_is_nested_too_deep_is_none_and_leaves_nothing_behind() -> None:
    page = "<p>a\n- b</p>"
    for _ in range(2):
        assert make_page("- " * 3000 + "a", 0) is None
        assert make_page("a\n- b", 0) == page
        assert _losses("\n\n" + "- " * 3000 + "a\n") == []
        assert _losses("\n\n1. a\n\n   b:\n   - c\n") == [LossKind.LIST_GLUED]
        clear_memos()


def test_a_thread_does_not_write_into_the_page_of_another_one() -> None:
    texts = ["Two:\n\n- a\n- b\n\n> c", "# Title\n\n1. a\n    - b\n\n[d]: e\n"]
    expected = [[make_page(text, 0)] * 200 for text in texts]
    made: list[list[str | None]] = [[], []]

    def make(place: int) -> None:
        made[place] += (make_page(texts[place], 0) for _ in range(200))

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [Thread(target=make, args=(place,)) for place in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(usual)
    assert expected == made


def test_an_answer_far_longer_than_any_is_not_read() -> None:
    assert _losses("\n\nTwo:\n- a\n" * 2000) == []


_PIECES = [
    *("a", "Two words.", "- a", "* b", "1. a", "2) b", "  - c", "    - d", "\t- e", "> f", ">"),
    *("```", "```sh", "~~~", "# a", "#1 a", "---", "===", "***", "| a | b |", "|---|---|"),
    *("<div>", "</div>", "<!--", "-->", "<![CDATA[", "<?", "</", "<a", "<p", "</p>", "<!x", "<![if a]>", "<b>a</b>"),
    *("[a]: b", "[a]:", "![a](b)", "    code", "        code", "a  ", "\\", "&amp;", "`a`", "`", "a: b", ": c"),
    *("\U000f0001", "\x02", "\x03", "\x02klzzwxh:0000\x03", "\f", "\u2028"),
]
_texts = st.lists(
    st.tuples(st.sampled_from(_PIECES), st.sampled_from(["\n", "\n", "\n\n", " ", ""])), min_size=1, max_size=9
).map(lambda pairs: "".join(piece + gap for piece, gap in pairs))


@given(st.sampled_from(["", " ", "\n", "\n\n"]), _texts)
def test_whatever_is_written_every_fix_mends_something(before: str, text: str) -> None:
    source = SourceText(_HEAD + before + text)
    answer = _read(source.text)
    for lost in _mended_in(answer):
        assert answer.span.start <= lost.span.start <= lost.span.end <= answer.span.end
        if lost.edits:
            after = lost_in(_read(source.apply(lost.edits).text))
            assert _n_alike(lost, after) < _n_alike(lost, lost_in(answer))


_BELOW = "\n\n### Question 2\n> Why?\n>\n> Answer:\n\nso\n"
_HTML = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *(
                    "<div>",
                    "</div>",
                    "<p>",
                    "</p>",
                    '<p align="center">',
                    "<details>",
                    "</details>",
                    "<center>",
                    "<DIV>",
                ),
                *("<summary>a</summary>", "<table><tr><td>", "</table>", "<hr>", "<br>", "<img src='a.png'>", "<div/>"),
                *(
                    "<b>",
                    "</b>",
                    "<span>",
                    "<your name>",
                    "List<int>",
                    "<p/a>",
                    "<div",
                    "<div title='<a>'",
                    ">",
                    "<!-- a -->",
                ),
                *(
                    "<!--",
                    "-->",
                    "<pre>",
                    "</pre>",
                    "<!x",
                    "<?",
                    "<script>",
                    "<output> a",
                    "`<div>`",
                    "`",
                    "```",
                    "```html",
                ),
                *(
                    "<div>\n\n![a](b.png)\n\n</div>",
                    "<p>\n\na ![a](b.png)\n\n",
                    "![a](b.png)",
                    "a",
                    "- a",
                    "    <div>",
                    "  <div>",
                    "\t<p>",
                    "> <div>",
                    "1. <p>",
                    "&amp;",
                    "--- a ---",
                ),
            ]
        ),
        st.sampled_from(["\n", "\n", "\n\n", " ", ""]),
    ),
    min_size=1,
    max_size=8,
).map(lambda pairs: "".join(piece + gap for piece, gap in pairs).rstrip())


@given(st.sampled_from(["\n\n", "\n", " "]), _HTML)
@example("\n\n", "<details>\n<summary>a</summary>\n\na\n\n<details>")
@example("\n\n", "```html\n<div>\n```")
@example("\n\n", "<div>a</div><br><p>")
@example("\n\n", "<?\n<div>\n  <div>")
def test_what_is_said_to_swallow_the_next_question_does_so(gap: str, text: str) -> None:
    source = SourceText(_HEAD + gap + text + _BELOW)
    found = swallower(_read(source.text))
    is_shown = "<h3>Question 2</h3>" in str(make_page(source.text, 0))
    event(f"{'found' if found else 'nothing found'}, {'shown' if is_shown else 'swallowed'}")
    if found:
        assert not is_shown
        assert source.text[found.span.start] == "<"
        if found.edit:
            assert "<h3>Question 2</h3>" in str(make_page(source.apply((found.edit,)).text, 0))


@given(st.sampled_from(["\n\n", "\n", " "]), _HTML)
def test_an_image_that_is_said_to_be_text_is_text(gap: str, text: str) -> None:
    source = SourceText(_HEAD + gap + text + _BELOW)
    answer = _read(source.text)
    raw = [image for image in images_in_html(answer) if image.style is not Style.HTML]
    event(f"{len(raw)} of {len(answer.images)} images are text")
    if raw:
        # What the page shows as text it shows as it is written.
        assert str(make_page(source.text, 0)).count("![a](b.png)") >= len(raw)


_NAMED = ["<a_name>", "<name>", "`<name>`", "out/<name>/<time>.", "*<name>*", "\\<name>", "</name>", "List<name, int>"]
_NAMED += ["```\n<name>\n\n<name>\n```\n", "~~~sh\n<name>\n~~~\n"]
_BRACKETS = st.lists(
    st.tuples(
        st.sampled_from(
            [*_NAMED, *(piece for piece in _PIECES if piece.isprintable() and not re.search("[<~]|```|]:$", piece))]
        ),
        st.sampled_from(["\n", "\n\n", " "]),
    ),
    min_size=1,
    max_size=8,
).map(lambda pairs: "".join(piece + gap for piece, gap in pairs))


def _numbered(text: str) -> tuple[str, list[str]]:
    """Return a text in which each name is another one, and these names."""
    numbers = count()
    text = re.sub("name", lambda _name: f"nest{next(numbers)}x", text)
    return text, re.findall(r"nest\d+x", text)


def _words_on(page: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", page))


@given(st.sampled_from(["\n\n", "\n", " "]), _BRACKETS)
def test_words_in_angle_brackets_are_said_to_be_lost_where_they_are(gap: str, text: str) -> None:
    text, names = _numbered(text)
    source = SourceText(_HEAD + gap + text)
    answer = _read(source.text)
    found = lost_words(answer, has_page=True)
    pages = {
        str(make_page(source.text, 0)): [lost.span for lost in found if lost.on_page],
        render(source.text): [lost.span for lost in found if lost.on_github],
    }
    for page, spans in pages.items():
        gone = {name for name in names if name not in words_of(page)}
        event(f"{len(gone)} gone")
        assert gone == {name for name in names if any(name in source.text[span.start : span.end] for span in spans)}


_SIGNS_ROUND_TAGS = [
    *(
        "<name>",
        "<a_name>",
        "</name>",
        "<name x/>",
        "<name\nx>",
        "<name",
        "<name@x>",
        "<div>",
        "<script>",
        "<3",
        "</3",
        "<!",
    ),
    *("`", "``", "```", "[", "]", "](", ")", "![a](b)", "[a](b) ", "[a]: ", "[<name>", "\\", "&", "&#;", "&lt;"),
    *("\n", "\n\n", "\n \n", " ", "    ", "\t", "\n- ", "\n1. ", "\n> ", "\n# ", "\n---", "\n="),
    *("a", "b c", "*", "_", '"', ":", "//", "|", ".", "\xa0", "\u2028"),
]
_ROUND_TAGS = st.lists(st.sampled_from(["<name>", "`", "\n"]) | st.sampled_from(_SIGNS_ROUND_TAGS), max_size=10).map(
    "".join
)


@given(st.sampled_from(["> Answer:", "Answer:"]), st.sampled_from(["\n\n", "\n", " "]), _ROUND_TAGS)
@example("> Answer:", "\n\n", "- a `b\n- <name>` c")
@example("> Answer:", "\n\n", "```sh\n<name> `")
@example("> Answer:", "\n\n", "\\`<name>`")
@example("> Answer:", "\n\n", "[a](<name>) ![<name>](a)")
@example("> Answer:", "\n\n", "a\n<div>\n`<name>`\n</div>")
@example("> Answer:", "\n\n", "    a <name>")
@example("> Answer:", "\n\n", "- a\n\n        b <name>")
@example("> Answer:", "\n\n", "1. a `b\n2. <name>` c")
@example("> Answer:", "\n\n", "`\x02`<name>`")
@example("> Answer:", "\n\n", "a &#; b\nab <div>\n`<name>`</div>")
def test_tags_that_are_known_without_making_the_page_are_gone_from_it(label: str, gap: str, text: str) -> None:
    text, names = _numbered(f"{label}{gap}{text}")
    known = simple_tags(text)
    event("known" if known is not None else "not known")
    if known is not None:
        shown = words_of(str(make_page(text, 0)))
        gone = {name for name in names if name not in shown}
        assert gone == {name for name in names if any(name in text[tag.start : tag.end] for tag in known)}


@pytest.mark.parametrize(
    ("sign", "most"), [("[", 20), ("<!-- b --> ", 20), ("c", _LONG - len("> Answer:\n\n\\ <a_name> "))]
)
def test_where_the_page_would_take_too_long_nothing_is_said_to_be_lost(sign: str, most: int) -> None:
    found = [lost_words(_read(f"{_HEAD}\n\n\\ <a_name> {sign * n}"), has_page=True) for n in (most, most + 1)]
    assert [["<a_name>"], []] == [["<a_name>" for lost in one if lost.on_page] for one in found]


def test_so_it_is_of_real_tags() -> None:
    texts = {
        question.answer.text_with_label
        for report in real_reports()
        for version in report.versions
        for question in read_report(version.source, Form()).questions
    }
    n_known = n_made = 0
    for text in texts:
        tags = [Span(*tag.span()) for tag in re.finditer(r"<\w[^<>]*>", text)] if len(text) < _LONG else []
        known = simple_tags(text)
        if tags and known is not None:
            assert known & {*tags} == taken_for_html(text, tags)
        n_known += bool(tags) and known is not None
        n_made += bool(tags) and known is None
    assert n_known > n_made


@given(st.sampled_from(["\n\n", "\n", " "]), st.one_of(_BRACKETS, _HTML))
@example("\n\n", "<div title='<a>'")
@example("\n\n", "<output> a\n<output> a")
def test_what_shows_lost_words_shows_them_on_both_pages(gap: str, text: str) -> None:
    source = SourceText(_HEAD + gap + text)
    answer = _read(source.text)
    for lost in lost_words(answer, has_page=True):
        edits = shown_by(answer, lost, has_page=True)
        event("with a fix" if edits else "without")
        if edits:
            after = source.apply(edits).text
            piece = source.text[lost.span.start : lost.span.end]
            assert piece in _words_on(str(make_page(after, 0)))
            assert piece in _words_on(render(after))


@given(st.sampled_from(["\n", "\n\n", "\n>\n"]), _texts)
@example("\n\n", "a\n\n```\nb\n```")
@example("\n", "a\n\n---")
def test_of_a_quote_each_line_loses_its_sign_or_none_does(before: str, text: str) -> None:
    source = SourceText(_HEAD + before + "\n".join(f"> {line}" for line in text.split("\n")))
    for lost in _mended_in(_read(source.text)):
        if lost.kind is LossKind.QUOTE and lost.edits:
            after = source.apply(lost.edits).text.removeprefix(_HEAD)
            assert [line for line in text.split("\n") if line] == [line for line in after.split("\n") if line]


@given(_texts, _texts)
def test_below_a_text_without_a_sign_quotes_stay(text: str, said: str) -> None:
    source = SourceText(f"{_HEAD}\nThey say:\n{text}\n\n> {said}")
    for lost in _mended_in(_read(source.text)):
        if lost.kind in (LossKind.QUOTE, LossKind.QUOTE_GLUED, LossKind.QUOTE_BELOW):
            assert [edit for edit in lost.edits if edit.text != "\n"] == []


_BLOCKS = st.sampled_from(
    [
        *(
            "Two words.",
            "a\nb",
            "3 of them",
            "2026.",
            "![a](b)",
            "`a` is b",
            "(so)",
            '"a"',
            "a  \nb",
            "é",
            "--- a ---",
            "--- 1. a\nb ---",
            "*a*",
            "***a** b*\n_c_",
            "a | b\nc",
        ),
        *("- a\n- b", "1. a\n2. b", "* `a`: b\n* c", "- a\n* b", "- a\n  b\n- c", "1. a\n- b\n3. c", "-   a", "+ a\nb"),
        *("```\na\n```", "```sh\na\n```", "```c++\na\n  - b\n> c\n```", "```\na # b\n---x\n```", "```\na\nb\n```"),
        *("```\n# a\n```", "```\na\n---\n```", "- a\n    - b", "a\n- b", "1) a", "- # a", "a\n---", "> a", "|a|\n|-|"),
        *(
            "    a",
            "```\na\n\nb\n```",
            "- a\n\n  b",
            "**a**",
            "[a]: b",
            "-",
            "1.",
            "- - a",
            "--- a\n---",
            "---",
            "--- ---",
            "--- - a",
            "* * *",
            "_ _ _",
            "[a](b) c",
            "[a][b]",
            "*a\n- b*",
            "2026. a\nb",
            "- 1. a",
        ),
    ]
)


@given(
    st.sampled_from(["> Answer:", "> **Answer:**", "Answer:", "> Why? Answer:"]),
    st.sampled_from(["\n\n", "\n", "\n \n\n", " ", ""]),
    st.lists(_BLOCKS, max_size=6).map("\n\n".join) | _texts,
)
def test_what_is_known_without_making_the_page_is_what_the_page_shows(label: str, gap: str, text: str) -> None:
    _assert_known(f"{label}{gap}{text}\n", label.index(":") + 1)


def test_so_it_is_of_real_answers() -> None:
    texts = {
        (answer.text_with_label, len(answer.text_with_label) - len(answer.text))
        for report in real_reports()
        for version in report.versions
        for answer in (question.answer for question in read_report(version.source, Form()).questions)
    }
    n_known = sum(_assert_known(text, start) for text, start in texts if len(text) < _LONG)
    assert n_known > len(texts) / 2


def _assert_known(text: str, start: int) -> bool:
    if _known(text, start) is None:
        return False
    found = sorted(LineReading(text, start).lost(), key=lambda lost: lost.span)
    clear_memos()
    assert found == list(_lost(text, start))
    return True


def _n_alike(lost: Loss, others: Iterable[Loss]) -> int:
    """Return how many are lost in a way that the same check says."""
    return sum(one.kind.name.partition("_")[0] == lost.kind.name.partition("_")[0] for one in others)
