"""Whatever is written, every pack judges it: nothing raises, all places are in the text, the safe fixes end.

tests/whole/fuzz.py looks for the same with a fuzzer that knows which code a text has reached.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from report_ls.base.diagnostic import Stage
from report_ls.packs.pack import Pack
from report_ls.project.packs import packs
from support.random_texts import PIECES, judge_and_mend

_QUESTION = (
    "### Question {}\n\n> What do herons do? Answer length: 2-20 words. Attach 1-3 images.\n>\n> Answer:\n\n{}\n\n"
)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """Draw pieces in any order, or a report whose answers are made of them and that is then cut and put together."""
    pieces = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    if draw(st.booleans()):
        return draw(pieces)
    text = "".join(_QUESTION.format(number, draw(pieces)) for number in range(1, draw(st.integers(2, 4))))
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        text = text[:start] + draw(pieces) + text[min(end, start + 20) :]
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


_cases = given(_texts(), st.sampled_from(packs()), st.sampled_from([Stage.FINAL, Stage.DRAFT, None]))


@_cases
@example(
    "### Question 1\n> Who?\n>\n> Answer:\n\n" + "--- question 1 fill here ---" * 3,
    packs()[0],
    Stage.FINAL,
)
@example(
    "### Question 1\n\n> Why?\n>\n> Answer:\n\n### Question 1\n--- question 1 fill here ---\n\n"
    "### Question 2\n\n> Who?\n>\n> Answer:\n\n"
    "--- question 1 fill here ---### Question 1\n--- question 1 fill here ------ question 1 fill here ---\n\n",
    packs()[0],
    Stage.FINAL,
)
def test_any_text_is_judged_and_mended(text: str, pack: Pack, stage: Stage | None) -> None:
    judge_and_mend(text, pack, stage)


@pytest.mark.slow
@settings(max_examples=10_000)
@_cases
def test_very_many_texts_are_judged_and_mended(text: str, pack: Pack, stage: Stage | None) -> None:
    judge_and_mend(text, pack, stage)
