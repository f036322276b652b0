"""Real forms of teachers, beside the real reports: each is drafted, and a report made from it is judged rightly.

What opens their answers was counted by hand. They are not in this repository.
"""

import os
from pathlib import Path

import pytest
from attrs import frozen
from report_ls.analysis.analyze import State, analyze
from report_ls.authoring.review import mismatches
from report_ls.authoring.titled_draft import titled_draft, why_not
from report_ls.authoring.titles import titles_in
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Pack
from report_ls.project.packs import parse_pack
from report_ls.report.outline import outline
from report_ls.report.report import read_report
from support.memory_files import MemoryFiles

_FORMS = Path(os.environ["REPORT_LS_CORPUS"]).parent / "forms" if "REPORT_LS_CORPUS" in os.environ else None

pytestmark = pytest.mark.skipif(
    _FORMS is None or not _FORMS.is_dir(), reason="needs real forms beside REPORT_LS_CORPUS"
)


@frozen
class Counted:
    """What a person counts in a form whose headings open its answers."""

    places: int
    """Headings with a place for an answer below."""
    missed: int = 0
    superfluous: tuple[int, ...] = ()
    """Drafted questions that ask for nothing."""
    limits: tuple[tuple[int, Limit], ...] = ()
    hidden: tuple[int, ...] = ()
    """Lines of headings that a comment without an end hides on the page."""


_ABOUT_750 = Limit(675, 825)
COUNTED = {
    # The headings that are numbered; not those of the form itself.
    "f01.md": Counted(3),
    "f02.md": Counted(10),
    # The last is there for information.
    "f03.md": Counted(
        10,
        superfluous=(11,),
        limits=((3, Limit(225, 275)), *((number, _ABOUT_750) for number in range(4, 9)), (9, Limit(450, 550))),
    ),
    "f06.md": Counted(3),
    # The title of the text has a place too, which is missed. Three headings only explain what is below the next ones.
    "f07.md": Counted(29, missed=1, superfluous=(3, 11, 15)),
    "f08.md": Counted(14, hidden=(55, 91, 98)),
    # The first has fields to fill in, with the names of the students.
    "f09.md": Counted(7),
    "f10.md": Counted(3),
}
"""The two others have fences to write into."""
IN_FENCES = {"f04.md": 2, "f05.md": 4}

every_form = pytest.mark.parametrize("name", COUNTED)


def form(name: str) -> SourceText:
    """Return one of the forms."""
    assert _FORMS is not None
    return SourceText((_FORMS / name).read_text("utf-8"))


def pack_of(name: str) -> Pack:
    """Return the pack that is drafted from a form."""
    written = titled_draft(form(name), name)
    assert written is not None
    return parse_pack(written, name)


def answered(name: str) -> str:
    """Return a form with an answer of the length that is asked below each title."""
    text, pack = form(name).plain, pack_of(name)
    found = titles_in(text)
    assert found is not None
    done, place = [], 0
    for title, below, ask in zip(found.titles, found.below, pack.asks, strict=True):
        end = text.index(f"{title}", place) + len(title)
        end = text.index(below, end) + len(below)
        n_words = ask.words.low if ask.words and ask.words.low else 5
        kept = text[place:end].replace(found.marker, "") if found.marker else text[place:end]
        done.append(f"{kept.rstrip()}\n\n{' '.join(['word'] * n_words)}\n\n")
        place = end
    return "".join([*done, text[place:]])


def test_no_form_is_left_out() -> None:
    assert _FORMS is not None
    assert sorted({*COUNTED, *IN_FENCES}) == sorted(path.name for path in _FORMS.glob("*.md"))


@every_form
def test_a_form_is_drafted_with_its_places_and_its_limits(name: str) -> None:
    pack, counted = pack_of(name), COUNTED[name]
    assert len(pack.asks) == counted.places - counted.missed + len(counted.superfluous)
    assert 20 * counted.missed <= counted.places
    assert 6 * len(counted.superfluous) <= counted.places
    named = tuple((ask.number, ask.words) for ask in pack.asks if ask.words not in (None, Limit(0, None)))
    assert named == counted.limits
    assert [ask.number for ask in pack.asks if ask.images] == []
    said = [*mismatches(pack, form(name))]
    assert [sentence.partition(": ")[0] for sentence in said] == [f"line {line}" for line in counted.hidden]
    assert all("hides this heading" in sentence for sentence in said)


@every_form
def test_nothing_is_answered_in_the_empty_form(name: str) -> None:
    pack = pack_of(name)
    analysis = analyze(form(name), pack, MemoryFiles(()), Stage.FINAL)
    pictures = {"f01.md": [1], "f02.md": [8, 9], "f09.md": [5, 6]}.get(name, [])
    optional = [ask.number for ask in pack.asks if ask.words == Limit(0, None)]
    answered = [one.ask.number for one in analysis.questions if one.state is not State.UNANSWERED]
    # A picture of the form may be replaced by another of the same name.
    assert answered == sorted([*pictures, *optional])


@every_form
def test_of_a_report_that_is_made_from_it_nothing_wrong_is_said(name: str) -> None:
    pack = pack_of(name)
    text = answered(name)
    assert len(outline(text, pack.form.opening).questions) == len(pack.asks)
    pictures = [url for one in read_report(SourceText(text), pack.form).questions for url in one.answer.image_urls]
    analysis = analyze(SourceText(text), pack, MemoryFiles(pictures), Stage.FINAL)
    assert [(one.code, one.question) for one in analysis.diagnostics] == []
    assert [one.ask.number for one in analysis.questions if one.state is State.UNANSWERED] == []


@pytest.mark.parametrize("name", IN_FENCES)
def test_places_that_are_not_understood_are_named_with_their_lines(name: str) -> None:
    assert titled_draft(form(name), name) is None
    assert why_not(form(name).plain).count("a fence in line") == IN_FENCES[name]
