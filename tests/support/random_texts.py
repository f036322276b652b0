"""The parts of random texts, and properties of all texts."""

from itertools import pairwise

from report_ls.analysis.analyze import analyze
from report_ls.analysis.fixing import fix_all
from report_ls.base.diagnostic import Diagnostic, Stage
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.packs.pack import Pack
from support.memory_files import MemoryFiles

_FILES = MemoryFiles(["figures/a.png", "figures/b c.png", "figures/nest.jpg", "a.png", "ø/å.png"])

PIECES = [
    *(
        "### Question 1\n",
        "### Question 2\n",
        "# Question 3 ",
        "## question 30\n",
        "Question",
        "#",
        "## A part\n",
        "##",
    ),
    *("> Why? Answer length: 2-5 words.\n", "> Attach 1 to 2 images.\n", "> ", ">", ">\n> Answer:\n\n", "Answer:"),
    *("--- question 1 fill here ---", "--- question 2 fill here", "--- one ---", "---", "-", "***", "- [x] a\n", "1. "),
    *("![a](figures/a.png)", "![a](figures/A.PNG)", "![](b c.png)", "![](../x.png)", "[a](figures/a.png)", "![a][r]"),
    *('<img src="figures/a.png">', "<img src=", "[r]: a.png\n", "![", "](", ")", "[", "]", "http://a.org/b.png", "\\"),
    *(
        "<!--",
        "-->",
        "<div>\n",
        "</div>\n",
        "<pre>",
        "<",
        "&amp;",
        "`",
        "```\n",
        "```",
        "~~~\n",
        "    ",
        "\t",
        "|",
        "|---|\n",
    ),
    *(
        "answer;",
        "s123456",
        "One two three. ",
        "word",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "\ufeff",
        "\u2028",
        "\u2029",
        "\x85",
    ),
    *("\f", "\v", "\x1c", "\0", "\xa0", "\u3000", "\U0001f4f7", "\ud83d", "é", "："),
]
"""What texts are made of."""


def judge_and_mend(text: str, pack: Pack, stage: Stage | None) -> None:
    """Assert of a text all that holds for any."""
    source = SourceText(text)
    analysis = analyze(source, pack, _FILES, stage)
    assert analysis.failures == ()
    spans = [span for diagnostic in analysis.diagnostics for span in _spans(diagnostic)]
    assert [span for span in spans if not 0 <= span.start <= span.end <= len(text)] == []
    assert all(one.span.start <= other.span.start for one, other in pairwise(analysis.diagnostics))
    for diagnostic in analysis.diagnostics:
        for fix in diagnostic.fixes:
            source.apply(fix.edits)  # It raises where two of them overlap.
    fixed = fix_all(source, pack, _FILES, stage, lambda _: True)
    assert fixed == fix_all(fixed, pack, _FILES, stage, lambda _: True)


def _spans(diagnostic: Diagnostic) -> list[Span]:
    """Return all places that a diagnostic names or changes."""
    fixes = [*diagnostic.fixes, *(fix for related in diagnostic.related for fix in related.fixes[:1])]
    edits = [edit.span for fix in fixes for edit in fix.edits]
    return [diagnostic.span, *(related.span for related in diagnostic.related), *edits]
