"""The rehearsal: the course's own page, with findings drawn in and lost text put back in red."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_ls.analysis.analyze import analyze
from report_ls.analysis.rehearsal import rehearse
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.course.python_markdown import make_page
from report_ls.course.safe_page import clean
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack
from support.memory_files import MemoryFiles

PACK = Pack("own", "Own", handin="python-markdown", asks=(Ask(1, topic="bread", words=Limit(2, 5)),))
DRAWN = re.compile(
    r'<span class="(?:count|note|lost)[^>]*>.*?</span>|<span id="L\d+"></span>|<p class="legend">.*?</p>\n', re.DOTALL
)


def page_of(answer: str, pack: Pack = PACK) -> str:
    """Return the body of the rehearsal of a report with one answer."""
    return body_of(f"# Report\n\n### Question 1\n> Why?\n>\n> Answer:\n\n{answer}\n", pack)


def body_of(text: str, pack: Pack = PACK) -> str:
    page = rehearse(analyze(SourceText(text), pack, MemoryFiles(()), Stage.FINAL), "x", "")
    assert page is not None
    return page.partition("<body>\n")[2].partition("\n</body>")[0]


def test_counts_problems_and_what_got_lost_are_drawn_into_the_page() -> None:
    expected = """\
<p class="legend">A rehearsal: the page that is handed in. The counts, what is in the margin and what is in red are \
not on it; what is in red got lost there.</p>
<h1>Report<span id="L1"></span></h1>
<h3>Question 1<span id="L3"></span><span class="count open">7 of 2–5 words · 1 image</span></h3>
<blockquote>
<p>Why?<span id="L4"></span></p>
<p>Answer:<span id="L6"></span></p>
</blockquote>
<p>We <img src="a.png" alt="sort">.<span id="L8"></span>\
<span class="note error">there is no file a.png beside the report: add it, or correct the name</span>\
<span class="lost" title="not on the page">&lt;!-- not</span></p>

<p>fast<span id="L11"></span>\
<span class="note warning">7 words, but 2-5 are asked: cut 2 (too many from here on)</span></p>"""
    assert expected == page_of("We ![sort](a.png).\n\n<!-- not\nso --> fast")


def test_a_problem_is_noted_at_each_of_its_places() -> None:
    said = "on the course's page this does not show as a list: put a blank line before it"
    page = page_of("We:\n- sort\n- sift\n\nThey:\n- rest\n- eat")
    assert [f"{said} (2 places)", said] == re.findall(r'<span class="note information">(.*?)</span>', page)


# The text of an answer, and the lost text that is put back.
LOST = [
    ("We sort.", []),
    ("<!-- a note\nto myself -->\n\nWe sort.", ["<!-- a note\nto myself -->"]),
    ("We sort.\n\n<script>\nlet it = rest;\n</script>\n\nAnd rest.", ["let it = rest;\n</script>"]),
    ("We.\n\n<style>\nbody so\n</style>\n\n<script>\nmore\n</script>", ["body so\n</style>", "more\n</script>"]),
    ("&nbsp; We &amp; they", []),
    ("[a\nb](https://example.org) and ![c\nd](e.png)", []),
    ("<a href='https://example.org'\n title='so'>We sort.</a>", []),
    ("```python\nx = 1\n```", []),
    ("| a | b |\n|---|---|\n| 1 | 2 |", []),
    ("We said\n<b>we sort</b>  \nand rest\\\nso.", []),
    ("[we]: https://example.org\n\nSee [we].", []),
]


@pytest.mark.parametrize(("answer", "expected"), LOST)
def test_what_the_page_shows_nowhere_is_put_back(answer: str, expected: list[str]) -> None:
    lost = re.findall(r'<span class="lost" title="not on the page">(.*?)</span>', page_of(answer), re.DOTALL)
    assert expected == [unescape(one) for one in lost]


@pytest.mark.parametrize(("answer", "_expected"), LOST)
def test_without_what_is_drawn_it_is_the_page_that_is_handed_in(answer: str, _expected: list[str]) -> None:
    text = f"12# Report\n\n### Question 1\n> Why?\n>\n> Answer:\n\n{answer}\n"
    page = make_page(text, 2)
    assert page is not None
    assert clean(page, "") == DRAWN.sub("", body_of(text, PACK._replace(page_skips_characters=2)))


def test_emphasis_that_stays_open_at_the_end_of_a_line_moves_no_note() -> None:
    """Python-Markdown before 3.11, which Python 3.10 and the extension have, read a mark behind it as its text."""
    page = body_of("### Question 1\n> *Why **\n> *so?*\n>\n> Answer:\n\nOne.\n\nTwo, three, four, five, six.\n")
    assert '<p>Two, three, four, five, six.<span id="L9"></span><span class="note warning">6 words' in page


@given(st.text(st.sampled_from("ab\n <>!-[]()#*`_|&;\\\"'=x\U000f0003"), max_size=60))
def test_whatever_stands_in_an_answer_the_page_stays_as_it_is(answer: str) -> None:
    text = f"### Question 1\n> Why?\n> Answer:\n\n{answer}\n\n### Question 2\n> How?\n> Answer:\n\nSo.\n"
    page = make_page(text.replace("\U000f0003", " "), 0)
    assert page is not None
    assert clean(page, "") == DRAWN.sub("", body_of(text))


def test_nothing_of_a_report_is_more_than_text_in_what_is_drawn() -> None:
    page = page_of("<!-- <b onclick=x>\n<script>evil</script> & so\n-->\n\n![x](<b>.png)")
    drawn = "".join(DRAWN.findall(page))
    assert not re.findall(r"<(?!/?(?:span|p)\b)", drawn), drawn
