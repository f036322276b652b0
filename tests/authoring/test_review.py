"""A teacher sees mistakes in a pack, which reports do not fit it, and the differences between editions."""

from report_ls.authoring.changes import differences
from report_ls.authoring.review import mismatches, summary, suspicious
from report_ls.base.diagnostic import Severity
from report_ls.base.text import SourceText
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Box, ExamplePicture, Pack, PromptWording
from report_ls.packs.scraper import Counter, Scraper
from report_ls.report.fingerprints import fingerprint
from report_ls.report.form import Filler, Form, Opening

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
    form=Form(expected_answers=2),
    asks=(
        Ask(1, "purpose", words=Limit(2, None), prompts=(fingerprint("What does it do?"),)),
        Ask(2, "picture", words=Limit(5, 9), images=Limit(1, 3), prompts=(fingerprint("Show it."),)),
    ),
)


def test_a_pack_in_a_line() -> None:
    assert "cameras: 2 questions, 2 with a limit of words, 1 with one of images" == summary(PACK)
    one = PACK._replace(asks=(Ask(1),))
    assert "cameras: 1 question, 0 with a limit of words, 0 with one of images" == summary(one)


def test_a_good_pack_is_not_odd() -> None:
    assert [] == [*suspicious(PACK)]
    assert [] == [*suspicious(Pack("any", "Any"))]


def test_what_hardly_anybody_means_is_said() -> None:
    odd = PACK._replace(
        form=Form(expected_answers=3),
        asks=(PACK.asks[0], PACK.asks[0]._replace(number=4), Ask(5)),
        severities={"answer-too-short@2": Severity.ERROR, "answer-too-short@4": None},
    )
    assert [
        "severities: answer-too-short@2 is for a question that the form does not have",
        "questions: their numbers do not run from 1 to 3: number them again",
        "question 1: another question has the same fingerprint",
        "question 4: another question has the same fingerprint",
        "question 5: reports are recognised by fingerprints, and it has none (see --infer-pack)",
    ] == [*suspicious(odd)]
    assert ["script: it expects 3 answers, and there are 2 questions"] == [
        *suspicious(PACK._replace(form=Form(expected_answers=3)))
    ]


def test_a_report_that_fits_is_not_talked_about() -> None:
    assert [] == [*mismatches(PACK, SourceText(REPORT))]


def test_in_what_a_report_does_not_fit() -> None:
    changed = REPORT.replace("What does it do?", "What is it for?").replace("Question 2", "Question 3")
    remedy = f'if the form changed, add "{fingerprint("What is it for?")}" to its prompts'
    assert [
        "not recognised as a report of this edition",
        "question 3: 2 in the pack",
        f"question 1: its prompt differs from the pack; {remedy}",
    ] == [*mismatches(PACK, SourceText(changed))]
    more = f"{changed}\n### Question 4\n> Why?\n>\n> Answer:\n"
    assert [
        "question 3: 2 in the pack",
        "question 4: the pack does not have it",
        "question 1: the report does not have it",
    ] == [*mismatches(PACK, SourceText(more[more.index("### Question 3") :]))][1:]


_PROMPTS = "Where is it?", "Who has it?", "What is in it?", "How old is it?", "Why is it so?"


def _pack_of(*prompts: str) -> Pack:
    asks = (Ask(number, prompts=(fingerprint(prompt),)) for number, prompt in enumerate(prompts, 1))
    return PACK._replace(form=Form(), asks=tuple(asks))


def _form_of(*prompts: str) -> SourceText:
    questions = (f"### Question {number}\n> {prompt}\n>\n> Answer:\n" for number, prompt in enumerate(prompts, 1))
    return SourceText("\n".join(questions))


def test_one_more_question_is_one_line_and_the_others_have_moved() -> None:
    first, *others = _PROMPTS
    old, more = _pack_of(*_PROMPTS), (first, "Is it new?", *others)
    assert ["questions 2 to 5: now 3 to 6", "question 2: new"] == [*differences(old, _pack_of(*more))]
    assert ["questions 3 to 6: now 2 to 5", "question 2: gone"] == [*differences(_pack_of(*more), old)]
    assert ["questions 3 to 6: 2 to 5 in the pack", "question 2: the pack does not have it"] == [
        *mismatches(old, _form_of(*more))
    ]
    assert ["questions 2 to 5: 3 to 6 in the pack", "question 2: the report does not have it"] == [
        *mismatches(_pack_of(*more), _form_of(*_PROMPTS))
    ]


def test_questions_that_change_places_are_named() -> None:
    one, two, three, *others = _PROMPTS
    moved = ["question 1: now 3", "questions 2 to 3: now 1 to 2"]
    assert moved == [*differences(_pack_of(*_PROMPTS), _pack_of(two, three, one, *others))]
    # Two that are asked alike keep their places.
    assert [] == [*differences(_pack_of(one, one, two), _pack_of(one, one, two))]
    assert ["question 3: now 4", "question 3: new"] == [
        *differences(_pack_of(one, one, two), _pack_of(one, one, one, two))
    ]


def test_a_question_is_known_again_by_its_topic_where_its_prompt_is_another_one() -> None:
    def pack_of(*topics: str) -> Pack:
        asks = (Ask(number, topic, prompts=(f"{topic}{len(topics)}" * 6,)) for number, topic in enumerate(topics, 1))
        return PACK._replace(form=Form(), asks=tuple(asks))

    assert [
        "questions 1 to 2: now 2 to 3",
        "question 1 (c): new",
        *(f"question {n}: worded otherwise" for n in (2, 3)),
    ] == [*differences(pack_of("a", "b"), pack_of("c", "a", "b"))]


FORM = """\
# Cameras

## The camera

Say it in your own words.

### Question 1

> What does it do? Answer length: 10-20 words.
>
> Answer:

[answer 1]

## The pictures

### Question 2

> Show it. Insert 1-2 images.
>
> Answer:

[answer 2]

## The end

Nearly there.

### Question 3

> Use at least 5 or so words.
>
> Answer:

[answer 3]
"""
OF_FORM = Pack(
    "cameras",
    "Cameras",
    form=Form("[answer {number}]", sections=frozenset(map(fingerprint, ("The camera", "The pictures", "The end")))),
    asks=(
        Ask(1, words=Limit(10, 20), prompts=(fingerprint("What does it do?"),)),
        Ask(2, images=Limit(1, 2), prompts=(fingerprint("Show it. Insert 1-2 images."),)),
        Ask(3, words=Limit(7, 8), images=Limit(1, 1), prompts=(fingerprint("Use at least 5 or so words."),)),
    ),
)
ANSWERED = FORM.replace("[answer 1]", "It sees.").replace("[answer 2]", "Here.").replace("[answer 3]", "Yes.")


def without_section(title: str) -> Pack:
    """Return the pack with a wrong fingerprint for one section."""
    sections = OF_FORM.form.sections - {fingerprint(title)} | {"0" * 12}
    return OF_FORM._replace(form=OF_FORM.form._replace(sections=sections))


def test_a_form_and_a_report_of_it_fit_their_pack() -> None:
    assert [] == [*mismatches(OF_FORM, SourceText(FORM))]
    assert [] == [*mismatches(OF_FORM, SourceText(ANSWERED))]


def test_limits_that_contradict_the_prompt_are_said() -> None:
    first, second, third = OF_FORM.asks
    wrong = OF_FORM._replace(asks=(first._replace(words=Limit(10, 200)), second._replace(images=None), third))
    expected = [
        "question 1: its prompt asks 10-20 words, the pack 10-200",
        "question 2: its prompt asks 1-2 images, the pack none",
    ]
    assert expected == [*mismatches(wrong, SourceText(FORM))] == [*mismatches(wrong, SourceText(ANSWERED))]


def test_another_marker_than_the_form_has_is_said_as_long_as_it_stands_there() -> None:
    wrong = OF_FORM._replace(form=OF_FORM.form._replace(marker="[anwser {number}]"))
    said = '"[answer {number}]" is in 3 answers and is not the marker of the pack: should it be?'
    assert [said] == [*mismatches(wrong, SourceText(FORM))]
    assert [said.replace("3", "2")] == [*mismatches(wrong, SourceText(FORM.replace("[answer 2]", "Here.")))]
    assert [] == [*mismatches(wrong, SourceText(FORM.replace("[answer 2]", "").replace("[answer 3]", "")))]
    assert [] == [*mismatches(wrong, SourceText(ANSWERED))]


def test_a_filler_that_bears_a_number_is_no_other_marker() -> None:
    fillers = tuple(Filler(2, fingerprint(f"answer {number}")) for number in (1, 2, 3))
    known = OF_FORM._replace(form=OF_FORM.form._replace(marker="<< {number} >>", fillers=fillers))
    assert [] == [*mismatches(known, SourceText(FORM))]


def test_a_section_that_the_pack_does_not_know_is_said() -> None:
    end = f'in line 25 is not in the pack; if the form has it, add "{fingerprint("The end")}" to its sections'
    assert [f"the section {end}"] == [*mismatches(without_section("The end"), SourceText(FORM))]
    pictures = f'in line 15 is not in the pack; if the form has it, add "{fingerprint("The pictures")}" to its sections'
    assert [f"the section {pictures}"] == [*mismatches(without_section("The pictures"), SourceText(FORM))]


def test_a_heading_above_a_text_of_a_student_is_no_section() -> None:
    own = ANSWERED.replace("It sees.", "It sees.\n\n## How\n\nWith a lens.").replace("## The pictures\n", "")
    assert [] == [*mismatches(OF_FORM, SourceText(own))]
    assert [] == [*mismatches(without_section("The end"), SourceText(ANSWERED))]
    none = OF_FORM._replace(form=OF_FORM.form._replace(sections=frozenset()))
    assert [] == [*mismatches(none, SourceText(ANSWERED))]


def test_a_form_without_a_quoted_prompt_is_said() -> None:
    form = FORM.replace("> Show it. Insert 1-2 images.\n>\n> Answer:", "Show it.")
    assert [
        'question 2: no prompt found; in the form, quote the question with "> "',
    ] == [*mismatches(OF_FORM, SourceText(form))]


def test_nothing_changed() -> None:
    assert [] == [*differences(PACK, PACK)]


def test_what_changed_is_said_in_the_order_of_a_pack() -> None:
    first, second = PACK.asks
    new = PACK._replace(
        id="lenses",
        title="Lenses",
        since="2027-01",
        form=Form("<{number}>", (Filler(2, "0" * 12),), frozenset({"1" * 12}), skipped_characters=4),
        folder="plates",
        extensions=("png",),
        examples=(ExamplePicture(7, "4" * 64),),
        handin="python-markdown",
        page_skips_characters=9,
        severities={"answer-too-long": None, "answer-too-short": Severity.ERROR},
        asks=(
            second._replace(
                images=Limit(1, 1),
                prompts=(*second.prompts, "3" * 12),
                full_prompts=(PromptWording(9, "5" * 12),),
            ),
            first._replace(
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
    assert "question 2 (picture): gone" == [*differences(PACK, PACK._replace(asks=(first,)))][-1]


FIRST, SECOND = PACK.asks
OTHERWISE: dict[str, Pack] = {
    "id": PACK._replace(id="lenses"),
    "title": PACK._replace(title="Lenses"),
    "since": PACK._replace(since="2027-01"),
    "form.marker": PACK._replace(form=PACK.form._replace(marker="<{number}>")),
    "form.fillers": PACK._replace(form=PACK.form._replace(fillers=(Filler(2, "0" * 12),))),
    "form.sections": PACK._replace(form=PACK.form._replace(sections=frozenset({"1" * 12}))),
    "form.opening": PACK._replace(form=PACK.form._replace(opening=Opening(False, (), frozenset()))),
    "form.expected_answers": PACK._replace(form=PACK.form._replace(expected_answers=3)),
    "form.skipped_characters": PACK._replace(form=PACK.form._replace(skipped_characters=1)),
    "collects": PACK._replace(collects="reports"),
    "folder": PACK._replace(folder="figures"),
    "extensions": PACK._replace(extensions=("png",)),
    "examples": PACK._replace(examples=(ExamplePicture(7, "4" * 64),)),
    "handin": PACK._replace(handin="python-markdown"),
    "page_skips_characters": PACK._replace(page_skips_characters=1),
    "scraper": PACK._replace(scraper=Scraper("2026-01", "README.md", (Counter("hive", named="hive.txt"),))),
    "checklist": PACK._replace(checklist=(Box("git", (PromptWording(4, "6" * 12),)),)),
    "asks": PACK._replace(asks=(SECOND, FIRST)),
    "unsure": PACK._replace(unsure=("how many?",)),
    "severities": PACK._replace(severities={"answer-too-short": None}),
    "ask.number": PACK._replace(asks=(FIRST, SECOND._replace(number=3))),
    "ask.topic": PACK._replace(asks=(FIRST, SECOND._replace(topic="a picture"))),
    "ask.words": PACK._replace(asks=(FIRST, SECOND._replace(words=Limit(5, 10)))),
    "ask.images": PACK._replace(asks=(FIRST, SECOND._replace(images=None))),
    "ask.prompts": PACK._replace(asks=(FIRST, SECOND._replace(prompts=()))),
    "ask.full_prompts": PACK._replace(asks=(FIRST, SECOND._replace(full_prompts=(PromptWording(9, "5" * 12),)))),
    "ask.group_number": PACK._replace(asks=(FIRST, SECOND._replace(group_number=("#",)))),
    "ask.study_number": PACK._replace(asks=(FIRST, SECOND._replace(study_number=("#",)))),
    "ask.names_members": PACK._replace(asks=(FIRST, SECOND._replace(names_members=True))),
    "ask.counts_tests": PACK._replace(asks=(FIRST, SECOND._replace(counts_tests=True))),
    "ask.links_to": PACK._replace(asks=(FIRST, SECOND._replace(links_to="dockerfile"))),
    "ask.mentions_ai": PACK._replace(asks=(FIRST, SECOND._replace(mentions_ai=True))),
}


def test_whatever_changes_in_a_pack_is_said() -> None:
    names = [
        *(name for name in Pack._fields if name not in ("form", "unknown")),
        *(f"form.{name}" for name in Form._fields),
        # Where a limit comes from only a derived pack says.
        *(f"ask.{name}" for name in Ask._fields if not name.endswith("_from")),
    ]
    assert sorted(names) == sorted(OTHERWISE)
    unsaid = [name for name, other in OTHERWISE.items() if not [*differences(PACK, other)]]
    assert [] == unsaid


def test_what_only_stands_in_another_order_is_said() -> None:
    old = PACK._replace(asks=(FIRST._replace(prompts=("2" * 12, "3" * 12)), SECOND))
    new = PACK._replace(asks=(FIRST._replace(prompts=("3" * 12, "2" * 12)), SECOND))
    assert ["question 1: prompts: in another order"] == [*differences(old, new)]
