"""Every format says that no pack knows a form, and where its limits come from."""

import csv
import json
import re
from collections.abc import Sequence
from io import StringIO

import pytest
from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.diagnostic import Stage
from report_ls.base.text import SourceText
from report_ls.cli.formats import write
from report_ls.cli.formats.statistics import write as write_statistics
from report_ls.cli.judged import as_judged
from report_ls.cli.results import Results
from report_ls.files.port import CountedTests, Tree
from report_ls.packs.edition import edition
from report_ls.packs.limits import Limit
from report_ls.packs.new_form import where_from
from report_ls.packs.pack import Ask, Box, Origin, Pack, PromptWording
from report_ls.report.fingerprints import fingerprint, prompt_fingerprint
from report_ls.report.form import Form
from report_ls.report.outline import outline
from support.course_scripts import Style, functions
from support.memory_files import MemoryFiles

TOPICS = "hives", "honey", "weather", "visits", "tools", "losses", "friends", "books", "feeding", "winter", "costs"
"""What a made-up course asks about."""
SECTIONS = "The year", "The bees", "The group"
ANSWER = "We wrote down what the bees of the valley did in spring, and then in summer."


def prompt(topic: str, words: str = "10-20") -> str:
    """Return the quote of a question, up to its label."""
    return f"> What about the {topic}?\n>\n> Answer length: {words} words.\n>\n"


def silent(topic: str) -> str:
    """Return the same without a length."""
    return f"> What about the {topic}?\n>\n"


def filled(prompts: Sequence[str], answer: str = ANSWER, sections: Sequence[str] = ()) -> str:
    """Return a report with some prompts; the first of them open a section each."""
    titles = [*(f"## {title}\n\n" for title in sections), *[""] * len(prompts)]
    questions = enumerate(zip(titles, prompts, strict=False), 1)
    return "\n".join(
        f"{title}### Question {number}\n{one}> Answer:\n\n{answer}\n" for number, (title, one) in questions
    )


OLD = [prompt(topic) for topic in TOPICS]
BEES = Pack(
    "bees-2026",
    "Keeping bees",
    "2026-01",
    form=Form(sections=frozenset(map(fingerprint, SECTIONS))),
    asks=tuple(
        Ask(number, topic, Limit(10, 20), prompts=(prompt_fingerprint(one),))
        for number, (topic, one) in enumerate(zip(TOPICS, OLD, strict=True), 1)
    ),
)
PACKS = BEES, Pack("generic", "Any form")


def judged(text: str, packs: Sequence[Pack] = PACKS, script: str = "") -> Analysis:
    """Return the findings of a report with only a script beside it."""
    source = SourceText(text)
    files = MemoryFiles((), course_script=script)
    pack = edition(outline(source.plain), packs, files).pack
    assert pack
    return analyze(source, pack, files, Stage.FINAL)


def with_(*changes: tuple[int, str]) -> list[str]:
    """Return the prompts with others in some places."""
    changed = dict(changes)
    return [changed.get(number, one) for number, one in enumerate(OLD, 1)]


def with_other_limits(*numbers: int) -> list[str]:
    return with_(*((number, prompt(TOPICS[number - 1], "20-30")) for number in numbers))


NEW = prompt("wax"), prompt("queens"), prompt("moths")
_START = "new form: judged by what its own questions ask; most like January 2026"


def not_clear(answers: str, their: str) -> str:
    return f"; how long {answers} should be is not clear, so {their} length is not judged"


@pytest.mark.parametrize(
    ("prompts", "said"),
    [
        (with_other_limits(2, 5), "all 11 questions are the same, questions 2 and 5 have other limits"),
        (with_other_limits(2, 5, 6), "all 11 questions are the same, questions 2, 5 and 6 have other limits"),
        (with_other_limits(2, 5, 6, 7), "all 11 questions are the same, questions 2 and 5 to 7 have other limits"),
        (with_other_limits(5, 6, 7), "all 11 questions are the same, questions 5 to 7 have other limits"),
        (
            with_other_limits(1, 3, 5, 7, 9),
            "all 11 questions are the same, questions 1, 3, 5, 7 and 9 have other limits",
        ),
        (with_other_limits(1, 3, 5, 7, 9, 11), "all 11 questions are the same, 6 questions have other limits"),
        ([*OLD[:3], NEW[0], *OLD[3:]], "11 of 12 questions are the same, question 4 is new"),
        ([*OLD, *NEW], "11 of 14 questions are the same, questions 12 to 14 are new"),
        ([*OLD[:3], *OLD[4:]], "all 10 questions are the same, 1 is left out"),
        ([*OLD[:3], *OLD[5:]], "all 9 questions are the same, 2 are left out"),
        ([OLD[1], OLD[0], *OLD[2:]], "all 11 questions are the same, in another order"),
        (
            [NEW[0], *with_other_limits(7)],
            "11 of 12 questions are the same, question 1 is new, question 8 has another limit",
        ),
        (
            [silent("wax"), *OLD],
            "11 of 12 questions are the same, question 1 is new" + not_clear("the answer to question 1", "its"),
        ),
        (
            [*OLD, silent("wax"), NEW[1], silent("moths")],
            "11 of 14 questions are the same, questions 12 to 14 are new"
            + not_clear("the answers to questions 12 and 14", "their"),
        ),
    ],
)
def test_one_sentence_says_what_the_form_is_like_and_what_is_other(prompts: Sequence[str], said: str) -> None:
    assert judged(filled(prompts)).note == f"{_START}: {said}"


def test_a_form_that_has_only_the_sections_of_an_edition_says_so() -> None:
    said = judged(filled([*NEW, prompt("frames")], sections=SECTIONS)).note
    assert said == f"{_START}, though none of the 4 questions is the same"


def test_one_question_that_is_the_same_is_one() -> None:
    said = judged(filled([*NEW, OLD[4]], sections=SECTIONS)).note
    assert said == f"{_START}: 1 of 4 questions is the same, questions 1 to 3 are new, 7 are left out"


def test_an_edition_without_a_month_is_called_by_its_title() -> None:
    packs = BEES._replace(since=""), PACKS[1]
    said = judged(filled(with_other_limits(2, 5)), packs).note
    start = _START.replace("January 2026", "Keeping bees")
    assert said == f"{start}: all 11 questions are the same, questions 2 and 5 have other limits"


def test_of_a_form_that_a_pack_knows_there_is_nothing_to_be_known() -> None:
    assert judged(filled(OLD)).note == ""
    assert judged(filled(with_other_limits(5))).note == ""


def test_a_form_of_no_edition_says_where_no_length_is_judged() -> None:
    lengths = "the questions name no numbers of words or pictures, so lengths are not checked"
    topics = "wax", "queens", "moths", "frames", "smoke"
    assert judged(filled([silent(topic) for topic in topics])).note == lengths
    assert judged(filled([*(silent(topic) for topic in topics), prompt("rain")])).note == ""


def test_a_limit_is_followed_by_where_it_comes_from() -> None:
    pack = judged(filled(with_other_limits(2, 5))).pack
    assert [where_from(origin, pack) for origin in (Origin.PACK, Origin.QUESTION, Origin.SCRIPT, Origin.NEAREST)] == [
        "",
        "as the question says",
        "as the course's script says",
        "as in January 2026",
    ]


# Formats

SCRIPT = functions([(Limit(10, 20), None), (None, Limit(1, 2)), *[(Limit(10, 20), None)] * 10], Style())
SOME = filled([OLD[0], silent("wax"), prompt("honey", "30-40"), silent("weather"), *OLD[3:]])
"""Question 2 is new and its limit is in the script, question 3 names its own, 4 asks what 3 asked in January."""


def results(*texts: str, script: str = "") -> Results:
    """Return the results of a run over several reports."""
    reports = (as_judged(f"{number}.md", judged(text, script=script)) for number, text in enumerate(texts, 1))
    return Results(Stage.FINAL, tuple(reports))


SENTENCE = f"{_START}: 11 of 12 questions are the same, question 2 is new, question 3 has another limit"
NOT_CLEAR = not_clear("the answer to question 2", "its")


def test_text_says_it_above_the_closing_line() -> None:
    lines = write("text", results(SOME)).split("\n")
    lengths = "14 words short of the recommended lengths in 1 answer"
    assert lines[-3:] == [
        f"1.md: {SENTENCE}{NOT_CLEAR}",
        f"1.md: unknown, final: 12 of 12 questions answered; 1 warning; {lengths}",
        "",
    ]


def test_json_says_which_edition_is_nearest_and_where_limits_come_from() -> None:
    (report,) = json.loads(write("json", results(SOME, script=SCRIPT)))["reports"]
    assert (report["pack"], report["nearest"]) == ("unknown", "bees-2026")
    assert [question["asked"] for question in report["questions"][:5]] == [
        {"words": [10, 20], "images": None, "from": {"words": "question", "images": None}},
        {"words": None, "images": [1, 2], "from": {"words": None, "images": "script"}},
        {"words": [30, 40], "images": None, "from": {"words": "question", "images": None}},
        {"words": [10, 20], "images": None, "from": {"words": "script", "images": None}},
        {"words": [10, 20], "images": None, "from": {"words": "question", "images": None}},
    ]
    (report,) = json.loads(write("json", results(SOME)))["reports"]
    assert report["questions"][3]["asked"]["from"] == {"words": "nearest", "images": None}


def test_json_has_no_nearest_edition_where_the_form_is_known() -> None:
    (known,) = json.loads(write("json", results(filled(OLD))))["reports"]
    assert (known["pack"], known["nearest"]) == ("bees-2026", None)
    assert known["questions"][0]["asked"]["from"] == {"words": "pack", "images": None}
    (other,) = json.loads(write("json", results(filled(NEW))))["reports"]
    assert (other["pack"], other["nearest"]) == ("generic", None)
    assert other["questions"][0]["asked"]["from"] == {"words": "question", "images": None}


def test_csv_says_it_behind_all_other_columns() -> None:
    head, *rows = csv.reader(StringIO(write("csv", results(SOME, filled(OLD), script=SCRIPT))))
    assert head[-4:] == ["findings", "nearest edition", "words from", "images from"]
    assert [(row[1], *row[-3:]) for row in rows[:5]] == [
        ("unknown", "bees-2026", "question", ""),
        ("unknown", "bees-2026", "", "script"),
        ("unknown", "bees-2026", "question", ""),
        ("unknown", "bees-2026", "script", ""),
        ("unknown", "bees-2026", "question", ""),
    ]
    assert ("bees-2026", "", "pack", "") == (rows[-1][1], *rows[-1][-3:])


def test_markdown_and_html_say_it_once_below_the_table() -> None:
    run = results(SOME, SOME, filled(OLD))
    lines = write("markdown", run).split("\n")
    assert [line.split(" | ")[1] for line in lines[2:5]] == [
        *["unknown, most like January 2026"] * 2,
        "bees-2026",
    ]
    assert lines[5:8] == ["", f"{SENTENCE}{NOT_CLEAR}", ""]
    page = write("html", run)
    assert re.findall("<p>new form.*?</p>", page) == [f"<p>{SENTENCE}{NOT_CLEAR}</p>"]
    assert page.count("<td>unknown, most like January 2026</td>") == 2


# Statistics


def forms_of(*texts: str, packs: Sequence[Pack] = PACKS) -> list[tuple[str, int]]:
    """Return the forms that statistics keep apart, each with its number of reports."""
    reports = tuple(as_judged("report.md", judged(text, packs)) for text in texts)
    said = write_statistics(Results(Stage.FINAL, reports))
    return [
        (name, int(count)) for name, count in re.findall(r"^(\S.*)\nquestion .*\n +1 .*?/(\d+) ", said, re.MULTILINE)
    ]


def test_statistics_know_a_new_form_again() -> None:
    new = [*OLD[:3], NEW[0], *OLD[3:]]
    other = [prompt("moths", "20-30"), *with_other_limits(2, 3, 9)]
    assert forms_of(filled(new), filled(OLD), filled(other), filled(new, "Well."), filled(NEW)) == [
        ("bees-2026", 1),
        ("generic", 1),
        ("unknown 1 (12 questions, most like January 2026)", 2),
        ("unknown 2 (12 questions, most like January 2026)", 1),
    ]
    assert forms_of(filled(new), filled(new)) == [("unknown (12 questions, most like January 2026)", 2)]


def test_what_a_student_changes_makes_no_other_form_of_it() -> None:
    new = [*OLD[:3], NEW[0], *OLD[3:]]
    without_prompt, without_length = [*new[:6], "", *new[7:]], [silent("hives"), *new[1:]]
    in_own_words, other_limit = [*new[:9], prompt("frames"), *new[10:]], [*new[:2], prompt("weather", "1-2"), *new[3:]]
    changed = without_prompt, without_length, in_own_words, other_limit
    name = "unknown (12 questions, most like January 2026)"
    for one in changed:
        assert forms_of(filled(new), filled(one)) == [(name, 2)]
        assert forms_of(filled(one), filled(new)) == [(name, 2)]


@pytest.mark.parametrize(
    "other",
    [
        [*OLD[:3], NEW[0], *OLD[3:], NEW[1]],
        [*OLD[:3], *NEW[:1], *OLD[3:5], *OLD[6:]],
        [*OLD[:3], NEW[1], *OLD[3:-2], prompt("rain"), prompt("snow")],
        [*OLD[:3], NEW[0], *with_other_limits(5, 6)[3:]],
    ],
)
def test_what_a_course_changes_makes_another_form(other: Sequence[str]) -> None:
    new = [*OLD[:3], NEW[0], *OLD[3:]]
    assert [n_reports for _, n_reports in forms_of(filled(new), filled(other))] == [1, 1]


def test_statistics_keep_forms_of_no_edition_apart_too() -> None:
    one, other = [prompt(topic) for topic in ("wax", "queens")], [prompt(topic) for topic in ("rain", "snow", "wind")]
    generic = PACKS[1:]
    assert forms_of(filled(one), filled(other), filled(one), packs=generic) == [
        ("generic 1 (3 questions)", 1),
        ("generic 2 (2 questions)", 2),
    ]
    assert forms_of(filled(one), packs=generic) == [("generic", 1)]


# The number of questions alone


def messages(text: str, script: str = "") -> list[str]:
    return [one.message for one in judged(text, script=script).diagnostics if one.code.startswith("question-")]


def script_of(n_questions: int) -> str:
    return functions([(Limit(10, 20), None)] * n_questions, Style())


def test_a_question_too_few_may_be_the_course_s_unless_its_script_tells() -> None:
    fewer = filled(OLD[:-1])
    missing = "question 11 is missing after this one: copy it from the template"
    assert messages(fewer) == [f"{missing}, unless your course handed the form out so"]
    assert messages(fewer, script_of(11)) == [missing]
    assert messages(fewer, script_of(10)) == []
    assert judged(fewer, script=script_of(10)).note == f"{_START}: all 10 questions are the same, 1 is left out"


def test_a_question_too_many_may_be_the_course_s_unless_its_script_tells() -> None:
    more = filled([*OLD, silent("wax")])
    unexpected = "the course asks no question 12: move the text into another answer and delete this heading"
    assert messages(more) == [f"{unexpected}, unless your course handed the form out so"]
    assert messages(more, script_of(11)) == [unexpected]
    assert messages(more, script_of(12)) == []
    assert judged(more, script=script_of(12)).note == f"{_START}: 11 of 12 questions are the same, question 12 is new"
    limited = judged(filled([*OLD, NEW[0]]))
    assert limited.note == f"{_START}: 11 of 12 questions are the same, question 12 is new"


BOXES = "build a hive", "find a queen", "count the bees", "sell the honey", "feed the bees", "mow the meadow"
CLAIMING = BEES._replace(
    checklist=tuple(
        Box(text.replace(" ", "-"), (PromptWording(len(text.split()), fingerprint(text)),)) for text in BOXES
    ),
    asks=(
        BEES.asks[0]._replace(links_to="dockerfile"),
        BEES.asks[1]._replace(counts_tests=True),
        BEES.asks[2]._replace(mentions_ai=True),
        *BEES.asks[3:],
    ),
)
ANSWERS = "In total we have implemented 9 tests of hives and of meadows, all by hand."


def checklist(*labels: str) -> str:
    """Return a list of empty boxes."""
    return "".join(f"* [ ] {label}\n" for label in labels) + "\n"


def found_of_repository(text: str) -> list[tuple[str, int | None]]:
    """Return what the checks of a repository and of what is asked by name find, with the question."""
    source = SourceText(text)
    tree = Tree("reports", frozenset(["reports/README.md", "Dockerfile", "src/train.py"]))
    files = MemoryFiles((), repository=tree, pytests=CountedTests(1, 12, 12, is_open=False, others=frozenset()))
    pack = edition(outline(source.plain), (CLAIMING,), files).pack
    assert pack
    assert (pack.unknown is None) == (pack.id == CLAIMING.id)
    codes = "link-missing", "test-count", "not-mentioned", "checklist-empty", "checklist-missing"
    return [
        (one.code, one.question) for one in analyze(source, pack, files, Stage.FINAL).diagnostics if one.code in codes
    ]


def test_what_a_question_asks_travels_with_its_words() -> None:
    asked = [("checklist-missing", None), ("link-missing", 1), ("test-count", 2), ("not-mentioned", 3)]
    assert asked == found_of_repository(filled(OLD, ANSWERS))
    moved = [NEW[0], *OLD[:5], NEW[1], *OLD[5:]]
    assert [("link-missing", 2), ("test-count", 3), ("not-mentioned", 4)] == found_of_repository(filled(moved, ANSWERS))
    other = [*NEW, *OLD[3:]]
    assert [] == found_of_repository(filled(other, ANSWERS))


def test_a_checklist_of_a_new_form_is_known_by_its_labels() -> None:
    known, new = filled(OLD), filled([*OLD, *NEW])
    empty, rest = ("checklist-empty", None), [("link-missing", 1), ("not-mentioned", 3)]
    for labels in (BOXES, BOXES[:5], (*BOXES[:5], "wash the suit"), [f"{label.title()} (by us)" for label in BOXES]):
        assert [empty, *rest] == found_of_repository(checklist(*labels) + known)
        assert [empty, *rest] == found_of_repository(checklist(*labels) + new)
    # An old edition's list is no reason to miss one, and another list is another list.
    assert rest == found_of_repository(new)
    assert rest == found_of_repository(checklist(*(f"step {i}" for i in range(9))) + new)
    assert rest == found_of_repository(checklist(*BOXES[:4], "step 1", "step 2") + new)
