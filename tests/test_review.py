"""A teacher learns what is odd in a pack, how reports fit it, and what another edition changes."""

from attrs import evolve, fields
from report_ls.diagnostic import Severity
from report_ls.facts import Filler, Form
from report_ls.outline import fingerprint
from report_ls.pack import Ask, ExamplePicture, Limit, Pack, Wording
from report_ls.review import differences, misfits, oddities, summary
from report_ls.text import SourceText

REPORT = """\
### Question 1
> What does it do?
>
> Answer:

### Question 2
> Show it.
>
> Answer:
"""

PACK = Pack(
    "cameras",
    "Cameras",
    form=Form(parts=2),
    asks=(
        Ask(1, "purpose", words=Limit(2, None), prompts=(fingerprint("What does it do?"),)),
        Ask(2, "picture", words=Limit(5, 9), images=Limit(1, 3), prompts=(fingerprint("Show it."),)),
    ),
)


def test_a_pack_in_a_line() -> None:
    assert "cameras: 2 questions, 2 with a limit of words, 1 with one of images" == summary(PACK)
    one = evolve(PACK, asks=(Ask(1),))
    assert "cameras: 1 question, 0 with a limit of words, 0 with one of images" == summary(one)


def test_a_good_pack_is_not_odd() -> None:
    assert [] == [*oddities(PACK)]
    assert [] == [*oddities(Pack("any", "Any"))]


def test_what_hardly_anybody_means_is_said() -> None:
    odd = evolve(
        PACK,
        form=Form(parts=3),
        asks=(PACK.asks[0], evolve(PACK.asks[0], number=4), Ask(5)),
        severities={"answer-too-short@2": Severity.ERROR, "answer-too-short@4": None},
    )
    assert [
        "severities: answer-too-short@2 is of a question that the form does not have",
        "questions: their numbers do not run from 1 to 3",
        "question 1: another question has the same fingerprint",
        "question 4: another question has the same fingerprint",
        "question 5: reports are recognised by fingerprints, and it has none (see --infer-pack)",
    ] == [*oddities(odd)]
    assert ["script: it expects 3 answers, and there are 2 questions"] == [*oddities(evolve(PACK, form=Form(parts=3)))]


def test_a_report_that_fits_is_not_talked_about() -> None:
    assert [] == [*misfits(PACK, SourceText(REPORT))]


def test_in_what_a_report_does_not_fit() -> None:
    changed = REPORT.replace("What does it do?", "What is it for?").replace("Question 2", "Question 3")
    assert [
        "not recognised as a report of this edition",
        f'question 1: worded otherwise; if the form is, add "{fingerprint("What is it for?")}" to its prompts',
        "question 3: the pack does not have it",
        "question 2: the report does not have it",
    ] == [*misfits(PACK, SourceText(changed))]


def test_nothing_changed() -> None:
    assert [] == [*differences(PACK, PACK)]


def test_what_changed_is_said_in_the_order_of_a_pack() -> None:
    first, second = PACK.asks
    new = evolve(
        PACK,
        id="lenses",
        title="Lenses",
        since="2027-01",
        form=Form("<{number}>", (Filler(2, "0" * 12),), frozenset({"1" * 12}), cut=4),
        folder="plates",
        extensions=("png",),
        examples=(ExamplePicture(7, "4" * 64),),
        handin="python-markdown",
        handin_cut=9,
        severities={"answer-too-long": None, "answer-too-short": Severity.ERROR},
        asks=(
            evolve(second, images=Limit(1, 1), prompts=(*second.prompts, "3" * 12), whole=(Wording(9, "5" * 12),)),
            evolve(
                first,
                topic="why",
                words=None,
                prompts=("2" * 12,),
                group_number=("#", "##"),
                study_number=("s######",),
                names_members=True,
            ),
            Ask(3),
        ),
    )
    assert [
        "id: cameras -> lenses",
        "title: Cameras -> Lenses",
        "since: none -> 2027-01",
        "marker: --- question {number} fill here --- -> <{number}>",
        "image folder: any -> plates",
        "image types: any -> png",
        "answers the script expects: 2 -> none",
        "characters the script cuts off: 0 -> 4",
        "hand-in: none -> python-markdown",
        "characters cut off for the hand-in: 0 -> 9",
        "example pictures: 1 new, 0 gone",
        "fillers: 1 new, 0 gone",
        "sections: 1 new, 0 gone",
        "severity of answer-too-long: as usual -> off",
        "severity of answer-too-short: as usual -> error",
        "order of the questions: 1, 2 -> 2, 1",
        "question 1: topic purpose -> why",
        "question 1: words at least 2 -> none",
        "question 1: group-number none -> #, ##",
        "question 1: study-number none -> s######",
        "question 1: names none -> members",
        "question 1: worded otherwise",
        "question 2: images 1-3 -> 1",
        "question 2: prompts: 1 new, 0 gone",
        "question 2: whole: 1 new, 0 gone",
        "question 3: new",
    ] == [*differences(PACK, new)]
    assert "question 3: gone" == [*differences(new, PACK)][-1]
    assert "question 2 (picture): gone" == [*differences(PACK, evolve(PACK, asks=(first,)))][-1]


FIRST, SECOND = PACK.asks
OTHERWISE: dict[str, Pack] = {
    "id": evolve(PACK, id="lenses"),
    "title": evolve(PACK, title="Lenses"),
    "since": evolve(PACK, since="2027-01"),
    "form.marker": evolve(PACK, form=evolve(PACK.form, marker="<{number}>")),
    "form.fillers": evolve(PACK, form=evolve(PACK.form, fillers=(Filler(2, "0" * 12),))),
    "form.sections": evolve(PACK, form=evolve(PACK.form, sections=frozenset({"1" * 12}))),
    "form.parts": evolve(PACK, form=evolve(PACK.form, parts=3)),
    "form.cut": evolve(PACK, form=evolve(PACK.form, cut=1)),
    "folder": evolve(PACK, folder="figures"),
    "extensions": evolve(PACK, extensions=("png",)),
    "examples": evolve(PACK, examples=(ExamplePicture(7, "4" * 64),)),
    "handin": evolve(PACK, handin="python-markdown"),
    "handin_cut": evolve(PACK, handin_cut=1),
    "asks": evolve(PACK, asks=(SECOND, FIRST)),
    "severities": evolve(PACK, severities={"answer-too-short": None}),
    "ask.number": evolve(PACK, asks=(FIRST, evolve(SECOND, number=3))),
    "ask.topic": evolve(PACK, asks=(FIRST, evolve(SECOND, topic="a picture"))),
    "ask.words": evolve(PACK, asks=(FIRST, evolve(SECOND, words=Limit(5, 10)))),
    "ask.images": evolve(PACK, asks=(FIRST, evolve(SECOND, images=None))),
    "ask.prompts": evolve(PACK, asks=(FIRST, evolve(SECOND, prompts=()))),
    "ask.whole": evolve(PACK, asks=(FIRST, evolve(SECOND, whole=(Wording(9, "5" * 12),)))),
    "ask.group_number": evolve(PACK, asks=(FIRST, evolve(SECOND, group_number=("#",)))),
    "ask.study_number": evolve(PACK, asks=(FIRST, evolve(SECOND, study_number=("#",)))),
    "ask.names_members": evolve(PACK, asks=(FIRST, evolve(SECOND, names_members=True))),
}


def test_whatever_changes_in_a_pack_is_said() -> None:
    names = [
        *(name for name in (field.name for field in fields(Pack)) if name != "form"),
        *(f"form.{field.name}" for field in fields(Form)),
        *(f"ask.{field.name}" for field in fields(Ask)),
    ]
    assert sorted(names) == sorted(OTHERWISE)
    unsaid = [name for name, other in OTHERWISE.items() if not [*differences(PACK, other)]]
    assert [] == unsaid


def test_what_only_stands_in_another_order_is_said() -> None:
    old = evolve(PACK, asks=(evolve(FIRST, prompts=("2" * 12, "3" * 12)), SECOND))
    new = evolve(PACK, asks=(evolve(FIRST, prompts=("3" * 12, "2" * 12)), SECOND))
    assert ["question 1: prompts: in another order"] == [*differences(old, new)]
