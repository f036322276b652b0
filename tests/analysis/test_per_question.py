"""The findings of one question are cached, and used again only while they are valid."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_ls.analysis.per_question import QuestionFindings, judge
from report_ls.base.memo import clear_memos
from report_ls.base.text import SourceText
from report_ls.files.port import Picture
from report_ls.packs.pack import Pack
from report_ls.project.packs import parse_pack
from report_ls.report.report import read_report
from support.memory_files import MemoryFiles

_PACK = parse_pack(
    "id: swifts\ntitle: A form\nquestions: [{number: 1}, {number: 2, words: 2-9}, {number: 3}]\n", "swifts"
)
_TEXT = """\
### Question 1
> Answer:

![a nest](figures/a.png)

### Question 2
> Answer:

Long.

### Question 3
> Answer:

![an egg](figures/b.png)
"""
_NAMES = "figures/a.png", "figures/b.png"
_PNG, _SVG, _EMPTY = Picture(5, "png"), Picture(5, "svg"), Picture(0)


def _folder(*pictures: Picture) -> MemoryFiles:
    """Return a folder with so many of the pictures."""
    named = dict(zip(_NAMES, pictures, strict=False))
    return MemoryFiles(named, pictures=named)


_FOLDERS = st.lists(st.sampled_from([_PNG, _SVG, _EMPTY]), max_size=2).map(lambda pictures: _folder(*pictures))


def _judgements(text: str, files: MemoryFiles, pack: Pack = _PACK) -> list[QuestionFindings]:
    return [judgement for _, judgement in judge(read_report(SourceText(text), pack.form), pack, files)]


def _said(files: MemoryFiles) -> list[list[tuple[str, str]]]:
    """Return the findings of each question."""
    return [[(check.code, found.message) for check, found in one.found] for one in _judgements(_TEXT, files)]


@given(st.lists(_FOLDERS, min_size=2, max_size=5))
def test_a_question_is_judged_again_when_the_files_are_other_ones(folders: list[MemoryFiles]) -> None:
    remembering = [_said(files) for files in folders]
    for said, files in zip(remembering, folders, strict=True):
        clear_memos()
        assert _said(files) == said


def test_only_the_questions_whose_files_are_other_ones_are_judged_again() -> None:
    before = _judgements(_TEXT, _folder(_PNG, _PNG))
    again = _judgements(_TEXT, _folder(_PNG, _PNG))
    changed = _judgements(_TEXT, _folder(_PNG, _SVG))
    assert [True, True, True] == [one is other for one, other in zip(before, again, strict=True)]
    assert [True, True, False] == [one is other for one, other in zip(before, changed, strict=True)]
    assert [[], ["answer-too-short"], []] == [sorted(judgement.codes) for judgement in before]
    assert [[], ["answer-too-short"], ["image-format"]] == [sorted(judgement.codes) for judgement in changed]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_is_said_of_a_question_depends_on_its_text_and_not_on_its_place(newline: str) -> None:
    files = _folder(_PNG, _PNG)
    text = _TEXT.replace("\n", newline)
    before = _judgements(text, files)
    moved = _judgements(f"# A title{newline}{newline}{text}", files)
    edited = _judgements(text.replace("Long.", "Long, but long enough."), files)
    assert [True] * 3 == [one is other for one, other in zip(before, moved, strict=True)]
    assert [True, False, True] == [one is other for one, other in zip(before, edited, strict=True)]


def test_a_question_that_becomes_the_last_one_is_judged_again() -> None:
    files = _folder(_PNG, _PNG)
    text = "### Question 1\n> Answer:\n\n```\nopen\n"
    last, *_ = _judgements(text, files)
    first, *_ = _judgements(f"{text}### Question 2\n> Answer:\n", files)
    assert last is not first
    assert last is _judgements(text, files)[0]


def test_threads_that_judge_one_text_beside_different_files_each_have_their_own_answer() -> None:
    folders = [_folder(), _folder(_PNG, _SVG), _folder(_SVG, _PNG), _folder(_EMPTY)]
    expected = [_said(files) for files in folders]
    assert len({str(said) for said in expected}) == len(folders)
    with ThreadPoolExecutor(len(folders)) as pool:
        said = list(pool.map(_said, folders * 50))
    assert said == expected * 50
