"""Markdown and the places in it: each construct is found at its place, at any depth."""

import re
from html import unescape

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from report_ls.base.spans import Span
from report_ls.report.commonmark import Token, commonmark
from report_ls.report.form import Form
from report_ls.report.markdown import _gather, _parse, _readable, read_markdown
from report_ls.report.pieces import Link, Literal, Style, Unclosed
from report_ls.report.report import read_report
from report_ls.report.simple_blocks import code_spans, holds_at_most_code, simple_tokens
from support.corpus import real_reports


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _show(text: str, links: tuple[Link, ...]) -> list[tuple[str, str, str, str, Style]]:
    return [(_cut(text, x.span), _cut(text, x.text), _cut(text, x.target), x.url, x.style) for x in links]


def _literals(text: str) -> list[tuple[str, Literal]]:
    return [(_cut(text, literal.span), literal.kind) for literal in read_markdown(text).literals]


_IMAGE = ("![x](y.png)", "x", "y.png", "y.png", Style.INLINE)


@pytest.mark.parametrize(
    "text",
    [
        "![x](y.png)",
        "a ![x](y.png) b\n",
        "![a](b\n\n![x](y.png)\n",
        "* a ![x](y.png)",
        "*\t![x](y.png)",
        "1) a\n\n   ![x](y.png)",
        "- a\n  - b\n    - c ![x](y.png)",
        "- a\n\n  b\n  ![x](y.png)\n",
        "> ![x](y.png)",
        ">![x](y.png)",
        ">\t![x](y.png)",
        ">     a\n>\n> ![x](y.png)",
        "> > - ![x](y.png)",
        "> a\nlazy ![x](y.png)\n",
        "> - a\n> lazy ![x](y.png)\n",
        "> > a\n> lazy\n   lazier ![x](y.png)  \n",
        "a\n        ![x](y.png)\n",
        "# ![x](y.png)",
        "   ###### a ![x](y.png) ##  \n",
        "# a # ![x](y.png) b #\n",
        "> # ![x](y.png) #\n",
        "a ![x](y.png)\nb\n===\n",
        "- a ![x](y.png)\n  ---\n",
        "a *b ![x](y.png)* **c**",
        "a  \nb\\\n![x](y.png)",
        "&lt;&copy;é😀![x](y.png)",
        "\u2028a\f\v\x85![x](y.png)",
        "\0![x](y.png)",
        "#\0![x](y.png)",
        "a\n\n\u00a0\n  ![x](y.png)",
        "> \u2028\n> a ![x](y.png)\n> \u2028",
        "- \u00a0\n  ![x](y.png) \u00a0",
        "\\\\![x](y.png)\\",
        "!![x](y.png)",
        "| a | ![x](y.png) |\n|---|---|\n",
        "<b>![x](y.png)</b>",
        "<div>\n\n![x](y.png)\n\n</div>",
        "a <!-- b --> ![x](y.png)",
        "a <!-- open\n\n![x](y.png)",
        "a `b ![x](y.png)",
        "```\na\n```\n![x](y.png)\n",
        "> ```\n> a\n\n![x](y.png)\n",
        "[r]: u\n\n![x](y.png)\n",
    ],
)
def test_an_image_is_found_wherever_it_stands(text: str) -> None:
    found = read_markdown(text)
    assert _show(text, found.images) == [_IMAGE]
    assert found.images[0].span.start == text.index("![x]")


@pytest.mark.parametrize(
    ("text", "alternative", "target", "url"),
    [
        ("![](y)", "", "y", "y"),
        ("![x]()", "x", "", ""),
        ("![x](<>)", "x", "", ""),
        ("![x](<a b.png>)", "x", "a b.png", "a b.png"),
        ('![x]( y "a title" )', "x", "y", "y"),
        ("![x](y 'it\\'s')", "x", "y", "y"),
        ("![x](y (title))", "x", "y", "y"),
        ("![x](a(1).png)", "x", "a(1).png", "a(1).png"),
        ("![x](a\\)b.png)", "x", "a\\)b.png", "a)b.png"),
        ("![x](a&amp;b%20c.png)", "x", "a&amp;b%20c.png", "a&b%20c.png"),
        ("![a\\]b](y)", "a\\]b", "y", "y"),
        ("![a [b](c) d](y)", "a [b](c) d", "y", "y"),
        ("![a ![b](c)](y)", "a ![b](c)", "y", "y"),
        ("![a `]` b](y)", "a `]` b", "y", "y"),
        ("![a\nb](y)", "a\nb", "y", "y"),
        ("![x](\ny\n'title\nof two lines'\n)", "x", "y", "y"),
        ("![x](https://example.org/a?b=c#d)", "x", *2 * ("https://example.org/a?b=c#d",)),
    ],
)
def test_the_parts_of_an_image_are_told_apart(text: str, alternative: str, target: str, url: str) -> None:
    assert _show(text, read_markdown(text).images) == [(text, alternative, target, url, Style.INLINE)]


@pytest.mark.parametrize(
    "text", ["\\![x](y)", "!\\[x](y)", "![x]\\(y)", "![x] (y)", "![x", "![x](y", "![x](y]", "![x]", "! [x](y)"]
)
def test_what_only_looks_like_an_image_is_none(text: str) -> None:
    assert read_markdown(text).images == ()


def test_parts_on_several_lines_leave_out_what_holds_them() -> None:
    text = "> - ![a\n>   b](c\n>   'd')\n"
    assert _show(text, read_markdown(text).images) == [("![a\n>   b](c\n>   'd')", "a\n>   b", "c", "c", Style.INLINE)]


@pytest.mark.parametrize("text", ["![x][r]\n\n[r]: u.png\n", "[r]: u.png 'title'\n\n![x][R]"])
def test_a_reference_image_has_its_whole_syntax_for_a_target(text: str) -> None:
    syntax = re.findall(r"!.*\]", text)[0]
    assert _show(text, read_markdown(text).images) == [(syntax, "x", syntax, "u.png", Style.REFERENCE)]


@pytest.mark.parametrize("syntax", ["![r]", "![r][]"])
def test_a_reference_image_may_be_its_own_name(syntax: str) -> None:
    text = f"a\n{syntax} (\n\n[r]: u.png"
    assert _show(text, read_markdown(text).images) == [(syntax, "r", syntax, "u.png", Style.REFERENCE)]


def test_a_reference_to_nothing_is_no_image() -> None:
    assert read_markdown("![x][r]").images == ()


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ("<img src=a.png>", "a.png"),
        ('<IMG alt="x" SRC = "a b.png" />', "a b.png"),
        ("<img src='a&amp;b.png' width=3>", "a&b.png"),
        ("<img\nsrc=a.png\n/>", "a.png"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "a {} b", "<p>\n{}</p>\n", "> - {}", "<div><b>{}</b></div>"])
def test_an_html_image_is_one(tag: str, url: str, around: str) -> None:
    text = around.format(tag if around != "> - {}" else tag.replace("\n", " "))
    images = read_markdown(text).images
    assert [(_cut(text, image.span), image.url, image.style) for image in images] == [
        (tag if around != "> - {}" else tag.replace("\n", " "), url, Style.HTML)
    ]
    assert unescape(_cut(text, images[0].target)) == url


@pytest.mark.parametrize("text", ["<img alt=x>", "<imgs src=a>", "<!-- <img src=a> -->", "`<img src=a>`", "<img src=a"])
def test_an_html_image_needs_a_source_and_a_reader(text: str) -> None:
    assert read_markdown(text).images == ()


def test_links_and_images_in_links_are_told_apart() -> None:
    text = "[a](b) and [![x](y.png)](c 'd') and <https://example.org> and [e][r]\n\n[r]: u\n"
    found = read_markdown(text)
    assert _show(text, found.images) == [_IMAGE]
    assert _show(text, found.links) == [
        ("[a](b)", "a", "b", "b", Style.INLINE),
        ("[![x](y.png)](c 'd')", "![x](y.png)", "c", "c", Style.INLINE),
        ("[e][r]", "e", "[e][r]", "u", Style.REFERENCE),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b` c", [("`b`", Literal.BACKTICKS)]),
        ("a `` b ` ``", [("`` b ` ``", Literal.BACKTICKS)]),
        ("> a `b\n> c` d", [("`b\n> c`", Literal.BACKTICKS)]),
        ("# `a` #", [("`a`", Literal.BACKTICKS)]),
        ("a\n\n```sh\nb\n```\nc", [("```sh\nb\n```", Literal.FENCE)]),
        ("- a\n  ~~~~\n  ~~~\n  ~~~~~\n", [("  ~~~~\n  ~~~\n  ~~~~~", Literal.FENCE)]),
        ("    a\n\n    b\n\nc", [("    a\n\n    b", Literal.INDENTED)]),
        (">\t\ta `b`\n", [(">\t\ta `b`", Literal.INDENTED)]),
        ("<div>\na `b`\n</div>\n\nc", [("<div>\na `b`\n</div>", Literal.HTML)]),
        ("a <b>c</b>", [("<b>", Literal.HTML), ("</b>", Literal.HTML)]),
        ("a <!-- b\n`c` --> d", [("<!-- b\n`c` -->", Literal.COMMENT)]),
        ("<!-- a --> b", [("<!-- a -->", Literal.COMMENT), ("<!-- a --> b", Literal.HTML)]),
    ],
)
def test_code_comments_and_html_are_literal(text: str, expected: list[tuple[str, Literal]]) -> None:
    assert _literals(text) == expected


@pytest.mark.parametrize(
    ("text", "opening", "closer"),
    [
        ("```\na", "```", "```"),
        ("a\n\n  ````py\nb\n```\n\n", "````", "````"),
        ("~~~", "~~~", "~~~"),
        ("~~~ `x`\na\n```\n", "~~~", "~~~"),
        ("```\n``` x\n", "```", "```"),
        ("```\n    ```\n", "```", "```"),
        ("> a\n> ```\n> b\n\n\n", "```", "```"),
        ("- a\n\n  ~~~\n  b", "~~~", "~~~"),
        ("<!-- a\n\nb", "<!--", "-->"),
        ("   <!-- a -- >\n", "<!--", "-->"),
        ("> <!--\n> a", "<!--", "-->"),
        ("- <!--", "<!--", "-->"),
        ("> - ```", "```", "```"),
        ("```\n    ```", "```", "```"),
        ("<pre>\n\na", "<pre", "</pre>"),
        ("<SCRIPT src=a>\n", "<SCRIPT", "</script>"),
        ("<style\n>", "<style", "</style>"),
        ("<textarea>a", "<textarea", "</textarea>"),
    ],
)
def test_what_is_open_at_the_end_is_unclosed(text: str, opening: str, closer: str) -> None:
    found = read_markdown(text)
    start = text.index(opening)
    assert found.unclosed == Unclosed(Span(start, start + len(opening)), closer)


@pytest.mark.parametrize(
    "text",
    [
        "```\na\n```",
        "```\na\n   `````  \n\n",
        "```\n```",
        "> ```\n> a\n> ```\n",
        "> ```\n> a\n\nb",
        "- ```\n  a\n\nb",
        "- ```\n  a\n  ```",
        "1. a\n   ~~~\n   ~~~\n",
        "a ``` b",
        "a <!-- b",
        "<!-- a -->",
        "<!--\n\n-->\n",
        "<pre>\n</PRE>",
        "<script></script>",
        "<div>\na",
        "    ```\n    a",
        "<prefix>",
    ],
)
def test_what_ends_before_the_end_is_not_unclosed(text: str) -> None:
    assert read_markdown(text).unclosed is None


def _page_images(text: str) -> list[str]:
    """Return the sources of the images on the hand-in page."""
    page = re.sub(r"<!--.*?-->", "", markdown.markdown(text), flags=re.DOTALL)
    return [unescape(source) for source in re.findall(r'<img[^>]*? src="([^"]*)"', page)]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("![x](a b.png)", "a b.png"),
        ("a ![](  a b.png  ) c", "a b.png"),
        ('![x](a b.png "a title")', "a b.png"),
        ("![x](a b.png  'a title')", "a b.png"),
        ("![x](figures/plot (1).png)", "figures/plot (1).png"),
        ("![x](group's plot.png)", "group's plot.png"),
        ("> - ![x](a b.png)", "a b.png"),
        ("# ![x](a b.png) #", "a b.png"),
        ("[![x](a b.png)](c)", "a b.png"),
        ("![a *b*](a_b c_d.png)(e)", "a_b c_d.png"),
    ],
)
def test_a_raw_space_in_a_target_is_an_image_of_the_page(text: str, target: str) -> None:
    found = read_markdown(text)
    assert [(_cut(text, image.target), image.url, image.style) for image in found.images] == [
        (target, target, Style.SPACED)
    ]
    assert _cut(text, found.images[0].span).startswith("![")
    assert _page_images(text) == [target]


@pytest.mark.parametrize(
    "text", ["`![x](a b)`", "    ![x](a b)", "<!-- ![x](a b) -->", "\\![x](a b)", "![x] (a b)", "![x](a b", "[x](a b)"]
)
def test_a_raw_space_where_the_page_shows_no_image_is_none(text: str) -> None:
    assert read_markdown(text).images == ()
    assert _page_images(text) == []


_NAMES = st.lists(st.sampled_from(["a", "b.png", "(1)", "é", "14.53", "f/x_y", "%20", "-", "&", "2*2"]))


@given(st.lists(st.sampled_from(["x", "y.", "é", "*z*"])), _NAMES, st.sampled_from(["", ' "a title"']))
def test_of_a_spaced_target_the_page_shows_what_is_read(words: list[str], names: list[str], title: str) -> None:
    text = f"before ![{' '.join(words)}]({' '.join([*names, 'c.png'])}{title}) after"
    assert [image.url for image in read_markdown(text).images] == _page_images(text)


_PIECES = [
    *"![]()<>`a \\\n\t#-=|&'\"\0\u2028\x85\f😀",
    *("```", "~~~", "````", "<!--", "-->", "<img src=a>", "<img src='b c'>", "<pre>", "</pre>", "<div>", "<script"),
    *("\n\n", "\n> ", "\n- ", "\n1. ", "\n    ", "\n\t", "\n# ", "\n---\n", "\n===\n", "> ", "- ", "    "),
    *("![x](y)", "![x](y z)", "[x](y)", "[r]", "\n[r]: u\n", "![r]", "&amp;", "](", "`b`", " 'title')"),
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


@given(_TEXTS)
@example("- ```\n")
@example("<pre>\n\0")
def test_whatever_is_found_lies_in_the_text_and_looks_like_it(text: str) -> None:
    found = read_markdown(text)
    for image in found.images:
        start, end = {
            Style.INLINE: ("![", ")"),
            Style.SPACED: ("![", ")"),
            Style.REFERENCE: ("![", "]"),
            Style.HTML: ("<img", ">"),
        }[image.style]
        _look(text, image, start, end)
    for link in found.links:
        _look(text, link, "[", ")" if link.style is Style.INLINE else "]")
    for literal in found.literals:
        _look_at_literal(_cut(text, literal.span), literal.kind)
        assert 0 <= literal.span.start < literal.span.end <= len(text)
    if found.unclosed:
        assert re.fullmatch(r"```+|~~~+|<!--|<pre|<script", _cut(text, found.unclosed.span))
    for things in (found.images, found.links, found.literals):
        assert [thing.span for thing in things] == sorted(thing.span for thing in things)


def _look(text: str, link: Link, start: str, end: str) -> None:
    assert _cut(text, link.span).startswith(start)
    assert _cut(text, link.span).endswith(end)
    for part in (link.text, link.target):
        assert link.span.start <= part.start <= part.end <= link.span.end
    if link.style is not Style.HTML:
        assert text[link.text.start - 1] == "["
        assert text[link.text.end] == "]"


def _look_at_literal(written: str, kind: Literal) -> None:
    pattern = {
        Literal.BACKTICKS: r"(`+)(?!`).*(?<!`)\1",
        Literal.FENCE: r"[\s>\-\d.]*(```|~~~).*",
        Literal.INDENTED: r".*[^ \t\n].*",
        Literal.COMMENT: r"<!--.*",
        Literal.HTML: r"[\s>\-\d.]*<.*",
    }[kind]
    assert re.fullmatch(pattern, written, re.DOTALL)


@given(st.text())
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    read_markdown(text.replace("\r", "\n"))


_BLOCKS = st.sampled_from(
    [
        *(
            "a ![b](c) d",
            "`a`\nb `c\nd`",
            "[a](b)",
            "![a](b)  \n![c](d)",
            "(![a](b))",
            "--- ![a](b) ---",
            "é ![x](a b.png)",
        ),
        *(
            "- a\n- ![b](c)",
            "1. `a`\n  b `c`\n2. d",
            "* `a`: b\n  ![c](d)",
            "-   ![a](b)",
            "- a\nb `c`",
            "+ [a](b)\n+ c",
        ),
        *("```\na\n```", "```sh\n![a](b)\n```", "```\na\n    b `c`\n```", "*a `b*`", "**![a](b)**", '"a" [b](c "d")'),
        *(
            "[a]: b",
            "[a][b]",
            "![a]",
            "    `a`",
            "> `a`",
            "a\n- `b`",
            "- - `a`",
            "- a\n\n  `b`",
            "`",
            "``",
            "```",
            "a `b\n\nc`",
        ),
        *(
            "# `a`",
            "1) `a`",
            "~~~\n`a`\n~~~",
            "<b>`a`</b>",
            "\\`a`",
            "![a](<b c>)",
            "a\t`b`",
            "- `a`\n    - `b`",
            "a  \n b",
        ),
    ]
)


@given(
    st.sampled_from(["", "> Answer:", "> **Answer:**", "Answer:", "> Why? `a` Answer:", ">Answer:", "> - Answer:"]),
    st.sampled_from(["\n\n", "\n", "\n \n\n", " "]),
    st.lists(_BLOCKS, max_size=6).map("\n\n".join) | _TEXTS,
    st.sampled_from(["", "\n", "\n\n \n"]),
)
def test_what_needs_nocommonmark_is_read_as_thecommonmark_does(label: str, gap: str, text: str, end: str) -> None:
    _assert_alike(label + gap + text + end)


def test_so_it_is_with_real_answers() -> None:
    texts = {
        question.answer.text_with_label
        for report in real_reports()
        for version in report.versions
        for question in read_report(version.source, Form()).questions
    }
    assert sum(map(_assert_alike, texts)) > len(texts) / 2


_CODE = [
    "`",
    "``",
    "a",
    "\n",
    " ",
    "  \n",
    "!",
    "*",
    "_",
    "~~",
    "&amp;",
    "&#96;",
    "]",
    "(b)",
    "https://a.b/c",
    "@",
    "|",
    "#",
]


@given(st.lists(st.sampled_from(_CODE)).map("".join) | st.text().filter(holds_at_most_code))
@example("`a``b`")
@example("```a`b``c```")
@example("``a` b")
def test_code_alone_is_found_as_commonmark_finds_it(content: str) -> None:
    assert holds_at_most_code(content)
    parser = commonmark()
    inline: list[Token] = []
    parser.inline.parse(content, parser, {}, inline)
    assert code_spans(content) == [Span(*token.meta["at"]) for token in inline if token.type == "code_inline"]


def _assert_alike(text: str) -> bool:
    simple = simple_tokens(text)
    if simple is None:
        return False
    environment: dict[str, object] = {}
    tokens = _parse(commonmark(), _readable(text), environment)
    assert _gather(text, tokens, environment) == _gather(text, simple, {})
    return True
