"""Forms whose questions have titles and no numbers: the drafted pack, and its findings in reports."""

import re
from pathlib import Path

import pytest
from report_ls.analysis.analyze import Analysis, analyze
from report_ls.analysis.fixing import fix_all
from report_ls.authoring.changes import differences
from report_ls.authoring.draft import draft
from report_ls.authoring.review import mismatches, suspicious
from report_ls.authoring.titled_draft import titled_draft, why_not
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.data.error import DataError
from report_ls.packs.pack import Pack
from report_ls.project.packs import parse_pack
from report_ls.report.outline import outline
from support.memory_files import MemoryFiles

FORM = """\
# Gardens, autumn

## Contents

1. [Soil](#soil)
2. [Plants](#plants)

## Your garden

### Soil

- 20% ~10 words
- What is it made of, and how do you know?

### Plants [optional]

<!-- Name each plant
and where it came from. -->

[Say it in 2-4 words.]

### Water

Replace this text

### Sun: [the month]

Replace this text

| hour | light |
|------|-------|
| 12   | ?     |

## Example of an entry

### Last year

It rained.
"""
REPORT = """\
# Gardens, autumn

## Your garden

#### Soil

- 20% ~10 words
- What is it made of, and how
  do you know?

It is sand, as everybody sees who walks through it.

### Water

Replace this text

### 4. Sun: May

| hour | light |
|------|-------|
| 12   | much  |

### Plants [optional]

[Say it in 2-4 words.]

## Example of an entry

Not ours at all.
"""


def pack_of(form: str, **changed: str) -> Pack:
    """Return the pack that is drafted from a form, with some of its text changed."""
    written = titled_draft(SourceText(form), "form.md")
    assert written is not None
    for before, after in changed.items():
        written = written.replace(before, after)
    return parse_pack(written, "draft")


def judged(pack: Pack, text: str) -> Analysis:
    """Return the analysis of a report."""
    return analyze(SourceText(text), pack, MemoryFiles(()), Stage.FINAL)


def said(analysis: Analysis) -> list[tuple[int, str, str]]:
    """Return the findings with their lines."""
    return [(analysis.source.line_at(one.span.start) + 1, one.code, one.message) for one in analysis.diagnostics]


def test_a_draft_has_every_title_and_asks_what_it_is_unsure_of() -> None:
    written = titled_draft(SourceText(FORM), "form.md")
    assert written is not None
    assert re.sub(r'"[0-9a-f]{12}"', '"0"', written) == (
        "# Drafted from form.md. Decide every line that says unsure, then try it:\n"
        "# report-ls --check-pack THIS-FILE REPORT.md\n"
        'id: "gardens-autumn"  # unsure: a short name, which every result shows\n'
        'title: "Gardens, autumn"  # unsure: the course and the edition, in words\n'
        "# unsure: the month it was published in; it decides between editions that fit equally well\n"
        "# since: 2026-01\n"
        "# Or without a pack: put this line above the first of these headings, and each copy is a report:\n"
        '# <!-- report-ls: answers below ### headings, in place of "Replace this text" -->\n'
        "opening: heading\n"
        "# Decide each line of unsure, and delete it:\n"
        "unsure:\n"
        '  - "4 headings are taken for questions: delete those that are not questions"\n'
        '  - "the marker is in the place of several answers of the form: is it what a student replaces?"\n'
        'marker: "Replace this text"\n'
        "# All headings of the form (each ends an answer): Gardens, autumn; Contents; Your garden; Soil; "
        "Plants [optional]; Water; Sun: [the month]; Example of an entry; Last year\n"
        'sections: ["0", "0", "0", "0", "0", "0", "0", "0", "0"]\n'
        "# unsure: in which folder beside the report do pictures belong? Without one, they may be anywhere\n"
        "# unsure: which types of picture does the course take? Without any, all that a page shows\n"
        "# images: {folder: figures, extensions: [png, jpg, jpeg]}\n"
        "# given is the form's text below a title: it is not part of an answer\n"
        "questions:\n"
        '  - {number: 1, topic: "Soil", title: "0", words: ~10, '
        'given: [{words: 3, fingerprint: "0"}, {words: 10, fingerprint: "0"}]}\n'
        '  - {number: 2, topic: "Plants", title: "0", words: 2-4, '
        'given: [{words: 8, fingerprint: "0"}, {words: 6, fingerprint: "0"}]}\n'
        '  - {number: 3, topic: "Water", title: "0"}\n'
        '  - {number: 4, topic: "Sun", title: {words: 1, fingerprint: "0"}, '
        'given: [{words: 3, fingerprint: "0"}]}\n'
    )


def test_a_report_is_read_by_its_titles_and_without_what_the_form_holds() -> None:
    analysis = judged(pack_of(FORM), REPORT)
    assert said(analysis) == [
        (15, "unanswered", "not answered yet"),
        (23, "unanswered", "not answered yet (asked: 2-4 words)"),
    ]
    assert [(one.question.number, one.question.answer.n_words) for one in analysis.questions] == [
        (1, 10),
        (3, 0),
        (4, 11),
        (2, 0),
    ]


def test_of_the_empty_form_everything_is_unanswered_and_nothing_is_fixed() -> None:
    pack = pack_of(FORM)
    assert [code for _, code, _ in said(judged(pack, FORM))] == ["unanswered"] * 4
    assert fix_all(SourceText(FORM), pack, MemoryFiles(()), Stage.FINAL, lambda _: True).text == FORM


GONE = "no heading is the title of question {} title as in the form, and the answer below it"


def test_a_title_that_is_gone_is_said_once() -> None:
    text = REPORT.replace("### Water\n\nReplace this text\n\n", "").replace("#### Soil", "#### Earth")
    assert said(judged(pack_of(FORM), text))[0][1:] == (
        "question-missing",
        (
            "no heading is the title of questions 1 (Soil), 3 (Water): "
            "write each title as in the form, and the answer below it"
        ),
    )


NEARLY = "this is almost the title of question {}, and no other heading has that title: write it as in the form"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"### Soil": "### Soils"}, [(10, NEARLY.format("1 (Soil)"))]),
        ({"### Water": "## Watter"}, [(22, NEARLY.format("3 (Water)"))]),
        (
            {"### Soil": "### Soils", "### Water": "## Watter"},
            [(10, NEARLY.format("1 (Soil)")), (22, NEARLY.format("3 (Water)"))],
        ),
        # Two may be meant, or none is near.
        ({"### Soil": "### Soils\n\n### Soil?s"}, [(17, GONE.format("1 (Soil): write its"))]),
        ({"### Soil": "### Earth"}, [(15, GONE.format("1 (Soil): write its"))]),
    ],
)
def test_a_heading_that_is_nearly_a_title_is_pointed_out(changed: dict[str, str], found: list[tuple[int, str]]) -> None:
    text = FORM
    for before, after in changed.items():
        text = text.replace(f"{before}\n", f"{after}\n")
    diagnostics = said(judged(pack_of(FORM), text))
    assert found == [(line, message) for line, code, message in diagnostics if code == "question-missing"]


@pytest.mark.parametrize(
    ("title", "written", "n_near"),
    [
        ("Week 1", "Week 2", 0),
        ("Weak 1", "Week 1", 1),
        ("What is it that bees look for in spring and autumn?", "What is it that bees look for in fall?", 1),
        ("Sun: [the month]", "Son: May", 0),
        ("Summary: [the month]", "Sumary: May", 1),
    ],
)
def test_a_title_with_another_number_is_not_nearly_one_and_of_a_long_one_the_beginning_counts(
    title: str, written: str, n_near: int
) -> None:
    form = f"# Bees\n\n## {title}\n\nSay it.\n\n## Honey\n\nSay it.\n"
    diagnostics = said(judged(pack_of(form), form.replace(title, written)))
    assert n_near == sum("this is almost the title of question 1" in message for _, _, message in diagnostics)


def test_a_topic_in_other_words_than_the_title_says_nothing_of_what_is_near() -> None:
    pack = pack_of(FORM, **{'topic: "Soil"': 'topic: "earth"'})
    diagnostics = said(judged(pack, FORM.replace("### Soil", "### Earths")))
    assert [message for _, code, message in diagnostics if code == "question-missing"] == [
        GONE.format("1 (earth): write its")
    ]


def test_where_the_titles_come_again_only_the_first_of_each_is_judged_and_that_is_said() -> None:
    form = "# Journal\n\n## Done\n\nSay what you did.\n\n## Next\n\nSay what you will do.\n"
    week = "## Done\n\nWe wrote it.\n\n## Next\n\nWe rest.\n\n"
    message = (
        "from here on the titles of the form are repeated, and only the first of each counts: "
        "use one file for each copy"
    )
    assert [] == said(judged(pack_of(form), f"# Journal\n\n{week}### Nearly done\n"))
    assert [(11, "question-duplicate", message)] == said(judged(pack_of(form), f"# Journal\n\n{week}{week}"))
    # The month is the student's, and so may be any heading that begins as that one does.
    assert [] == said(judged(pack_of("# Sky\n\n## Sun: [the month]\n"), "## Sun: May\n\nWarm.\n\n## Sun and rain\n"))


def test_a_text_without_any_title_is_said_so() -> None:
    assert said(judged(pack_of(FORM), "# Gardens\n")) == [
        (
            1,
            "no-questions",
            "none of the 4 titles of the form is found: write them as in the form, each with its answer below",
        )
    ]


def test_what_a_form_holds_may_stay_between_and_below_what_a_student_writes() -> None:
    form = "# Work\n\n## Commands\n\nRun it\n\n```sh\n# type it\n```\n\n**Output**:\n\n## End\n"
    text = form.replace("Run it\n", "Run it\n\nWe did.\n").replace("**Output**:\n", "**Output**:\n\nNothing.\n")
    analysis = judged(pack_of(form), text)
    assert [one.question.answer.n_words for one in analysis.questions] == [3, 0]


BEGIN = "What did you learn of bees in this year"


@pytest.mark.parametrize(
    ("titles", "topics"),
    [
        (["A" * 40, f"{'B' * 20} {'C' * 20}"], ["A" * 40, f"{'B' * 20}..."]),
        ([f"{BEGIN} of rain?", "Honey"], [f"{BEGIN}...", "Honey"]),
        (
            [f"{BEGIN} of rain?", f"{BEGIN} of drought?", BEGIN],
            ["...you learn of bees in this year of rain?", "...learn of bees in this year of drought?", BEGIN],
        ),
        (
            [
                f"{BEGIN} of rain and how did all of you come to learn it from them?",
                f"{BEGIN} and how did all of you come to learn it from them?",
            ],
            [
                f"{BEGIN} of rain and how did all of you come to learn it from them?",
                f"{BEGIN} and how did all of you come to learn it from them?",
            ],
        ),
    ],
)
def test_topics_of_long_titles_are_cut_and_differ(titles: list[str], topics: list[str]) -> None:
    assert topics == [ask.topic for ask in pack_of("# Bees\n\n" + "".join(f"## {one}\n\n" for one in titles)).asks]


HIDES = "line {}: the comment that begins in line {} hides this heading{}: close it with -->"


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("<!-- Name\n\n## B\n\n## C\n\n<!-- Say it. -->\n", [HIDES.format(5, 3, ""), HIDES.format(7, 3, "")]),
        ("<!-- Name\n\n## B\n\n## C\n", [HIDES.format(5, 3, " and all below it")]),
        ("  <!-- a\n-->\n<!--\n## B\n-->\n## C\n", [HIDES.format(6, 5, "")]),
        ("<!-- Name -->\n\n## B\n", []),
        ("```html\n<!-- Name\n```\n\n## B\n", []),
        ("In words <!-- a\n\n## B\n", []),
        ("A <!-- comment --> here.\n\n## B\n", []),
    ],
)
def test_a_heading_that_a_comment_hides_is_named_by_the_draft_and_by_check_pack(below: str, told: list[str]) -> None:
    form = f"## A\n\n{below}"
    pack = pack_of(form)
    assert told == [doubt for doubt in pack.unsure if "hides" in doubt]
    assert told == [misfit for misfit in mismatches(pack, SourceText(form)) if "hides" in misfit]


def test_what_a_student_has_put_into_a_comment_is_no_question_of_the_form() -> None:
    pack = pack_of("## A\n\nSay it.\n\n## B\n\nSay it.\n")
    assert [] == [*mismatches(pack, SourceText("## A\n\n<!--\n## Ours\n-->\n\n## B\n\nWe did.\n"))]


def test_a_numbered_question_that_a_comment_hides_is_named_too() -> None:
    form = "### Question 1\n> Why?\n>\n> Answer:\n\n<!-- a\n\n### Question 2\n> How?\n>\n> Answer:\n"
    written = draft(SourceText(form), "form.md")
    assert written is not None
    told = HIDES.format(8, 6, " and all below it")
    assert f"# unsure: {told}\n" in written
    assert [told] == [*mismatches(parse_pack(written, "draft"), SourceText(form))]


def test_a_comment_in_a_fence_hides_no_question_of_a_form_that_says_itself_where_its_answers_are() -> None:
    said_itself = "<!-- report-ls: answers below ## headings -->"
    text = f"{said_itself}\n\n## A\n\n```html\n<!-- a\n```\n\n## B\n\n<!-- b -->\n\n## C\n"
    assert ["A", "B", "C"] == [question.title for question in outline(text).questions]


def test_items_of_a_list_are_questions_where_they_ask() -> None:
    form = "# Exam\n\n1. Where do bees live?\n2. Who feeds them, in 3-5 words?\n3. Why?\n"
    pack = pack_of(form)
    text = (
        form.replace("live?\n", "live?\n\n   In hives.\n").replace("words?\n", "words?\nWe.\n\n")
        + "\n1. Honey\n2. Wax\n"
    )
    analysis = judged(pack, text)
    assert pack.form.opening is not None
    assert pack.form.opening.by_item
    assert [(one.question.number, one.question.answer.n_words) for one in analysis.questions] == [
        (1, 2),
        (2, 1),
        (3, 4),
    ]
    assert said(analysis) == [(6, "answer-too-short", "1 word, but 3-5 are asked: 2 words are missing")]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ("# A\n", '1 heading, none is "### Question n" or has a place for an answer below it'),
        ("Text\n", 'no headings, none is "### Question n" or has a place for an answer below it'),
        (
            "## A\n\nSay it:\n\n  ```\n  Your answer...\n  ```\n\n> write here\n\n| a |\n|--|\n| your answer |\n",
            (
                "the form asks for answers in a fence in line 5, a quote in line 9, a table in line 13: "
                "that is not understood; give each answer a heading of its own"
            ),
        ),
    ],
)
def test_what_a_form_lacks_is_said(form: str, reason: str) -> None:
    assert titled_draft(SourceText(form), "form.md") is None
    assert why_not(form) == reason


@pytest.mark.parametrize(("n_without", "n_asked"), [(1, 1), (2, 0)])
def test_where_most_questions_have_a_marker_the_draft_asks_about_those_without(n_without: int, n_asked: int) -> None:
    titles = "Aim", "Data", "Model", "End"
    below = [f"Part {title} counts." for title in titles[:n_without]] + ["Write here."] * (4 - n_without)
    form = "# Work\n\n" + "".join(f"## {title}\n\n{text}\n\n" for title, text in zip(titles, below, strict=True))
    written = titled_draft(SourceText(form), "form.md")
    assert written
    assert n_asked == written.count("does not hold the marker: is it a question?")


def test_check_pack_says_what_several_answers_hold_and_is_no_marker() -> None:
    form = "# Work\n\n" + "".join(f"## {title}\n\nWrite here.\n\n" for title in ("Aim", "Data", "Model", "End"))
    pack = pack_of(form, **{'marker: "Write here."': 'marker: "Write hear."'})
    said = '"Write here." is in {} answers and is not the marker of the pack: should it be?'
    assert [said.format(4)] == [*mismatches(pack, SourceText(form))]
    three, two = (form.replace("Write here.", "We did.", n_answers) for n_answers in (1, 2))
    assert [said.format(3)] == [*mismatches(pack, SourceText(three))]
    assert [] == [*mismatches(pack, SourceText(two))], "two short answers may be the same"
    assert [] == [*mismatches(pack_of(form), SourceText(form))]


def test_check_pack_says_what_is_not_decided_and_what_nobody_can_tell_apart() -> None:
    pack = pack_of("# A\n\n## Part\n\n### Cost\n\n2 pages.\n\n## Other\n\n### Cost\n\n## End\n")
    assert [*suspicious(pack)] == [
        "unsure: 3 headings are taken for questions: delete those that are not questions",
        'unsure: question 1 says "2 pages": only words and images are counted',
        "question 1: another question has the same title: only their order tells them apart",
        "question 2: another question has the same title: only their order tells them apart",
    ]
    decided = pack_of(FORM, **{"unsure:": "severities: {}\n#", '  - "': '# "'})
    assert [*suspicious(decided)] == []
    assert [*mismatches(decided, SourceText(FORM))] == []
    assert [*mismatches(decided, SourceText(REPORT.replace("### Water", "### Rain") + "> write here\n"))] == [
        "question 3 (Water): no title of the report is its own",
        "line 30: a quote to write into is not understood: give the answer a heading of its own",
    ]


def test_the_heading_of_a_question_that_is_struck_out_ends_the_answer_above() -> None:
    form = "# A\n\n## Cost\n\n## How we mark\n\nEach part counts the same.\n"
    written = titled_draft(SourceText(form), "form.md")
    assert written is not None
    pack = parse_pack("".join(line for line in written.splitlines(keepends=True) if "number: 2" not in line), "draft")
    assert said(judged(pack, form)) == [(3, "unanswered", "not answered yet")]


def test_packs_are_compared_by_their_titles() -> None:
    old = pack_of(FORM)
    new = pack_of(FORM.replace("### Water", "### Wind\n\nHow much?\n\n### Water").replace("~10", "~20"))
    assert [*differences(old, new)] == [
        "unsure: 1 new, 1 gone",
        "sections: 1 new, 0 gone",
        "question 1: words 9-11 -> 18-22",
        "question 1: given: 1 new, 1 gone",
        "question 3 (Wind): new",
    ]


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("opening: topic", "1:1: expected one of question, heading, item"),
        ("opening: heading", "opening: heading needs the list questions, each with the key title"),
        (
            "opening: item\nquestions: [{number: 1}]",
            'the key "title" is missing here: opening: item finds the question',
        ),
        ("questions: [{number: 1, given: []}]", "given is only for a pack with opening: heading or opening: item"),
        ("questions: [{number: 1, title: abc}]", "expected a fingerprint, or how it begins"),
        ("tolerance: 91", "expected 90 or less; found 91"),
        ("tolerance: -1", "expected 0 or more; found -1"),
        ("questions: [{number: 1, words: ~}]", "expected a limit"),
        ("questions: [{number: 1, images: ~3}]", "expected a limit"),
        ('marker: "--"', "expected a text with words in it"),
    ],
)
def test_a_mistake_in_a_pack_is_answered_with_what_is_allowed(yaml: str, message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)):
        parse_pack(f"{yaml}\nid: a\ntitle: A\n", "a.yaml")


@pytest.mark.parametrize(
    ("tolerance", "words", "low", "high"),
    [("", "~750", 675, 825), ("tolerance: 20\n", "~7", 6, 8), ("tolerance: 90\n", "~1", 1, 1)],
)
def test_about_so_many_words_are_some_percent_more_or_fewer(tolerance: str, words: str, low: int, high: int) -> None:
    pack = parse_pack(f"id: a\ntitle: A\n{tolerance}questions: [{{number: 1, words: {words}}}]\n", "a.yaml")
    assert pack.asks[0].words is not None
    assert (pack.asks[0].words.low, pack.asks[0].words.high) == (low, high)


def test_a_readme_with_some_of_the_titles_is_no_report(tmp_path: Path) -> None:
    from support.command import run  # noqa: PLC0415 - it starts the command

    (tmp_path / "form.md").write_text(FORM, "utf-8")
    (tmp_path / "garden.yaml").write_text(run(tmp_path, "--infer-pack", "form.md").out, "utf-8")
    (tmp_path / "report-ls.toml").write_text('pack = "garden.yaml"\n', "utf-8")
    (tmp_path / "README.md").write_text("# Us\n\n## Soil\n\nSand.\n", "utf-8")
    (tmp_path / "ours.md").write_text(REPORT, "utf-8")
    (tmp_path / "form.md").unlink()
    ran = run(tmp_path, "--check", ".")
    assert ran.out.split("\n")[-2] == "ours.md: gardens-autumn, final: 2 of 4 questions answered; 2 errors"
    assert "README" not in ran.out + ran.err


def test_a_heading_in_code_opens_nothing() -> None:
    text = REPORT.replace("### Water\n", "```\n### Water\n```\n")
    assert [one.number for one in outline(text, pack_of(FORM).form.opening).questions] == [1, 4, 2]
