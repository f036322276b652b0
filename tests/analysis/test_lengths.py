"""The lengths of a whole form as numbers."""

import pytest
from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.project.packs import parse_pack
from support.memory_files import MemoryFiles

_PACK = """\
id: test
title: Test
questions:
  - {number: 1, topic: aim, words: 2-4}
  - {number: 2, words: 2-4, images: 1}
  - {number: 3, words: 2-4}
  - {number: 4}
"""


def judged(*answers: str, pack: str = _PACK, stage: Stage = Stage.FINAL) -> Analysis:
    text = "".join(f"### Question {n}\n> Why?\n>\n> Answer:\n\n{answer}\n\n" for n, answer in enumerate(answers, 1))
    return analyze(SourceText(text), parse_pack(pack, "test"), MemoryFiles(()), stage)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(
    ("answers", "said", "each"),
    [
        (("One two.", "One two ![a](a.png)", "One two three four.", ""), "", []),
        (
            ("One.", "One ![a](a.png)", "One two three four five.", ""),
            "1 word short of the recommended lengths in 1 answer, 1 word too many in 1 answer",
            ["question 1 (aim): 1 word short", "question 3: 1 word too many"],
        ),
        (
            (
                "One two three four five six seven.",
                "One two three four ![a](a.png) ![b](b.png)",
                "One two three four five.",
                "",
            ),
            "6 words too many in 3 answers, 1 picture too many in 1 answer",
            [
                "question 3: 1 word too many",
                "question 1 (aim): 3 words too many",
                "question 2: 2 words too many, 1 picture too many",
            ],
        ),
        (
            ("One.", "One.", "One.", "One two three four five six."),
            "3 words short of the recommended lengths in 3 answers, 1 picture missing in 1 answer",
            [
                "question 1 (aim): 1 word short",
                "question 3: 1 word short",
                "question 2: 1 word short, 1 picture missing",
            ],
        ),
        (("", "", "", ""), "", []),
    ],
)
def test_they_are_added_up_at_any_stage_and_the_smallest_gap_is_first(
    answers: tuple[str, ...], said: str, each: list[str], stage: Stage
) -> None:
    lengths = judged(*answers, stage=stage).lengths
    assert (said, each) == (lengths.text, [gap.text for gap in lengths.gaps])


def test_a_length_whose_check_is_switched_off_is_none() -> None:
    answers = "One.", "One.", "One two three four five.", ""
    off = f'{_PACK}severities: {{answer-too-short@1: "off", too-few-images: "off"}}\n'
    assert "1 word short of the recommended lengths in 1 answer, 1 word too many in 1 answer" == (
        judged(*answers, pack=off).lengths.text
    )


def test_what_a_program_reads_says_the_same() -> None:
    assert judged("One.", "One two three four five.", "One two.", "").lengths.data == {
        "text": "1 word short of the recommended lengths in 1 answer, 1 word too many in 1 answer, "
        "1 picture missing in 1 answer",
        "words": {"short": 1, "over": 1},
        "images": {"short": 1, "over": 0},
        "questions": [{"number": 1, "words": -1, "images": 0}, {"number": 2, "words": 1, "images": -1}],
    }
