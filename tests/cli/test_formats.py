"""Each format is exactly as documented, with any text in a report."""

import json

import pytest
from report_ls.base.diagnostic import Diagnostic, Fix, Related, Severity, Stage
from report_ls.base.spans import Edit, Span
from report_ls.checks import Failure
from report_ls.cli.formats import Screen, write
from report_ls.cli.judged import as_judged
from report_ls.cli.results import Results, Unreadable
from report_ls.packs.pack import Pack
from report_ls.report.form import Form
from support.fake_results import PACK, REPORT, analysis, found, results, span


def closing(*severities: Severity) -> str:
    """Return the closing line of a report with findings of some severities."""
    said = (found("photos", severity, f"look {i} times") for i, severity in enumerate(severities))
    return write("text", results(analysis(*said))).split("\n")[len(severities)]


def test_text_is_a_line_for_each_finding_and_a_closing_line() -> None:
    said = write("text", results(analysis(found("photos"), found("figures", Severity.HINT), unanswered=2)))
    assert said == (
        "report.md:6:12: error: look here [look-here]\n"
        "report.md:13:7: hint: look here [look-here]\n"
        "report.md: camera-2026, final: 1 of 2 questions answered; 1 error, 1 hint\n"
    )


def test_four_findings_of_a_kind_are_one_row() -> None:
    alike = [found(piece, message=f"look at {piece}") for piece in ("What", "photos", "figures", "it]")]
    others = found("Show", Severity.HINT), found("Show")._replace(code="look-there")
    three = [
        "report.md:2:3: error: look at What [look-here]",
        "report.md:6:12: error: look at photos [look-here]",
        "report.md:13:7: error: look at figures [look-here]",
    ]
    rest = ["report.md:9:3: hint: look here [look-here]", "report.md:9:3: error: look here [look-there]"]
    assert write("text", results(analysis(*alike[:3], *others))).split("\n")[:-2] == [*three, *rest]
    together = "report.md:2:3: error: look at What (and 3 more like this, in lines 6 and 13) [look-here]"
    said = write("text", results(analysis(*alike, *others))).split("\n")
    assert said[:-2] == [together, *rest]
    assert "; 5 errors, 1 hint" in said[-2], "each counts"
    same_line = write("text", results(analysis(*[alike[2]] * 4))).split("\n")
    assert same_line[0] == "report.md:13:7: error: look at figures (and 3 more like this, in line 13) [look-here]"


def test_two_findings_that_differ_in_their_place_alone_are_one_row() -> None:
    at_photos, at_figures = found("photos"), found("figures")
    others = found("Show", message="look there"), found("it]", Severity.HINT), found("it]")._replace(code="look-there")
    said = write("text", results(analysis(at_photos, others[0], at_figures, *others[1:]))).split("\n")
    assert said[:-2] == [
        "report.md:6:12: error: look here (and 1 more like this, in line 13) [look-here]",
        "report.md:9:3: error: look there [look-here]",
        "report.md:13:3: hint: look here [look-here]",
        "report.md:13:3: error: look here [look-there]",
    ]
    assert "; 4 errors, 1 hint" in said[-2], "each counts"


def test_lines_are_one_for_each_place_where_something_is_wrong() -> None:
    elsewhere = Related(span(REPORT, "figures"), "look at figures", severity=Severity.HINT)
    why = Related(span(REPORT, "Show"), "this is asked")
    several = found("What")._replace(related=(elsewhere, why), message="look at What (2 places)")
    alike = [found(piece, message=f"look at {piece}") for piece in ("photos", "sorts", "it]", "It")]
    assert write("lines", results(analysis(several, *alike))) == (
        "report.md:2:3: error: look at What (2 places) [look-here]\n"
        "report.md:6:1: error: look at It [look-here]\n"
        "report.md:6:4: error: look at sorts [look-here]\n"
        "report.md:6:12: error: look at photos [look-here]\n"
        "report.md:13:3: error: look at it] [look-here]\n"
        "report.md:13:7: hint: look at figures [look-here]\n"
    )
    assert write("lines", results(analysis())) == ""


LENGTHS = "; 4 words short of the recommended lengths in 1 answer"


def test_the_closing_line_reads_well_aloud() -> None:
    error, warning, information, hint = Severity
    answered = "report.md: camera-2026, final: 2 of 2 questions answered; "
    assert closing() == f"{answered}no problems found{LENGTHS}"
    counts = "1 error, 1 warning, 1 for information, 1 hint"
    assert closing(error, warning, information, hint) == f"{answered}{counts}{LENGTHS}"
    assert closing(error, error, warning, warning) == f"{answered}2 errors, 2 warnings{LENGTHS}"
    assert closing(information, information, hint, hint) == f"{answered}2 for information, 2 hints{LENGTHS}"


def test_a_question_that_a_report_lacks_is_not_answered() -> None:
    text = REPORT.partition("### Question 2")[0]
    said = write("text", results(analysis(text=text)))
    assert said == "report.md: camera-2026, final: 1 of 2 questions answered; no problems found\n"


def test_a_question_that_the_course_does_not_ask_is_not_counted() -> None:
    text = REPORT.replace("Question 2", "Question 7")
    said = write("text", results(analysis(text=text)))
    assert said == "report.md: camera-2026, final: 1 of 2 questions answered; no problems found\n"


def test_a_form_we_do_not_know_is_counted_by_its_own_questions() -> None:
    text = REPORT.partition("### Question 2")[0]
    said = write("text", results(analysis(text=text, pack=Pack("generic", "Any"))))
    assert said == (
        "report.md: the questions name no numbers of words or pictures, so lengths are not checked\n"
        "report.md: generic, final: 1 of 1 question answered; no problems found\n"
    )


def test_several_reports_are_also_counted_together() -> None:
    said = write("text", results(analysis(found("photos")), analysis(found("photos"), found("it."))))
    assert said.split("\n")[-2] == "2 reports: 3 errors"


def test_without_a_report_text_has_nothing_to_say() -> None:
    assert write("text", Results(Stage.FINAL)) == ""


def test_on_a_terminal_the_place_is_shown() -> None:
    said = write("text", results(analysis(found("photos"))), Screen(80))
    assert said == (
        "report.md:6:12: error: look here [look-here]\n"
        "    It sorts \U0001f4f7 photos.\n"
        "                ^^^^^^\n"
        f"report.md: camera-2026, final: 2 of 2 questions answered; 1 error{LENGTHS}\n"
    )


def excerpt(text: str, where: Span, width: int = 80) -> list[str]:
    """Return the lines that a terminal shows below a finding."""
    diagnostic = Diagnostic("look-here", Severity.ERROR, "look here", where)
    return write("text", results(analysis(diagnostic, text=text)), Screen(width)).split("\n")[1:-2]


@pytest.mark.parametrize(
    ("text", "piece", "shown", "carets"),
    [
        ("\tone\ttwo\n", "two", "        one two", "            ^^^"),
        ("ab\tc\n", "\t", "    ab  c", "      ^^"),
        ("写真 photo\n", "photo", "    写真 photo", "         ^^^^^"),
        ("写真 photo\n", "真", "    写真 photo", "      ^^"),
        ("e\u0301tude x\n", "x", "    e\u0301tude x", "          ^"),
        ("one\x1b[2J two\n", "two", "    one?[2J two", "            ^^^"),
        ("one two\nthree\n", "two\nthree", "    one two", "        ^^^"),
        ("one two\r\nthree\r\n", "two\r\nthree", "    one two", "        ^^^"),
        ("one\u2028two\n", "two", "    one?two", "        ^^^"),
        ("one\n\ntwo\n", "", "    one", "    ^"),
    ],
)
def test_carets_are_below_the_marked_text(text: str, piece: str, shown: str, carets: str) -> None:
    assert excerpt(text, span(text, piece)) == [shown, carets]


def test_the_end_of_a_line_has_a_caret_too() -> None:
    assert excerpt("one\r\ntwo\r\n", Span(3, 3)) == ["    one", "       ^"]
    assert excerpt("one\r\ntwo\r\n", Span(4, 5)) == ["    one", "       ^"]
    assert excerpt("one", Span(3, 3)) == ["    one", "       ^"]
    assert excerpt("one\n", Span(4, 4)) == ["    ", "    ^"]


def test_a_long_line_is_cut_round_the_place() -> None:
    text = "".join(f"{number:03} " for number in range(60))
    assert excerpt(text, span(text, "000"), 40) == [
        "    000 001 002 003 004 005 006 0...",
        "    ^^^",
    ]
    assert excerpt(text, span(text, "030"), 40) == [
        "    ... 027 028 029 030 031 032 033 ...",
        "                    ^^^",
    ]
    assert excerpt(text, span(text, "059"), 40) == [
        "    ... 053 054 055 056 057 058 059 ",
        "                                ^^^",
    ]
    assert excerpt(text, Span(8, 200), 40) == [
        "    ...001 002 003 004 005 006 007 0...",
        "           ^^^^^^^^^^^^^^^^^^^^^^^^^",
    ]


@pytest.mark.parametrize("width", [1, 30, 31, 32, 33, 34, 40, 79, 80])
@pytest.mark.parametrize("at", range(0, 60, 7))
def test_excerpts_fit_the_terminal_and_carets_mark_the_place(width: int, at: int) -> None:
    text = "写真x" * 20
    shown, carets = excerpt(text, Span(at, at + 1), width)
    columns = "".join(character * (2 if character in "写真" else 1) for character in shown)
    assert len(columns) < max(width, 30)
    assert columns[len(carets) - 1] == text[at]
    assert columns[carets.index("^")] == text[at]


def test_each_severity_has_a_colour() -> None:
    run = results(analysis(*(found("photos", severity) for severity in Severity)))
    lines = write("text", run, Screen(80, has_colours=True)).split("\n")
    assert lines[:12:3] == [
        "report.md:6:12: \x1b[31merror\x1b[0m: look here [look-here]",
        "report.md:6:12: \x1b[33mwarning\x1b[0m: look here [look-here]",
        "report.md:6:12: \x1b[36minformation\x1b[0m: look here [look-here]",
        "report.md:6:12: \x1b[35mhint\x1b[0m: look here [look-here]",
    ]


def test_on_a_terminal_the_other_places_of_a_finding_are_named() -> None:
    places = [Related(span(REPORT, piece), "also here") for piece in ("photos", "Show", "![it]")]
    one, many = (found("What")._replace(code=f"c{n}", related=tuple(places[:n])) for n in (1, 3))
    said = write("text", results(analysis(one, many)), Screen(80)).split("\n")
    assert said[3] == "    also in line 6"
    assert said[7] == "    also in lines 6, 9 and 13"


def test_a_message_cannot_take_over_the_terminal() -> None:
    said = write("text", results(analysis(found("photos", message="no file \x1b]0;a\x07.png"))))
    assert said.split("\n")[0] == "report.md:6:12: error: no file ?]0;a?.png [look-here]"


def test_github_gets_an_annotation_for_each_finding() -> None:
    said = write(
        "github",
        results(
            analysis(
                found("photos"),
                found("Show", Severity.WARNING),
                found("figures", Severity.INFORMATION),
                found("it.png", Severity.HINT),
            )
        ),
    )
    assert said == (
        "::error file=report.md,line=6,col=12,endLine=6,endColumn=18,title=look-here::look here\n"
        "::warning file=report.md,line=9,col=3,endLine=9,endColumn=7,title=look-here::look here\n"
        "::notice file=report.md,line=13,col=7,endLine=13,endColumn=14,title=look-here::look here\n"
        "::notice file=report.md,line=13,col=15,endLine=13,endColumn=21,title=look-here::look here\n"
    )


def test_github_takes_no_columns_where_a_range_has_several_lines() -> None:
    said = write("github", results(analysis(found("do?\n>\n> Answer"))))
    assert said == "::error file=report.md,line=2,endLine=4,title=look-here::look here\n"


def test_github_signs_are_escaped() -> None:
    judged = as_judged("a,b: 100%.md", analysis(found("photos", message="50%, so: two\r\nlines")))
    assert write("github", Results(Stage.FINAL, (judged,))) == (
        "::error file=a%2Cb%3A 100%25.md,line=6,col=12,endLine=6,endColumn=18,title=look-here::"
        "50%25, so: two%0D%0Alines\n"
    )


def test_github_hears_what_could_not_be_judged() -> None:
    broken = analysis()._replace(failures=(Failure("look-here", ValueError("no\nlook")),))
    run = Results(Stage.FINAL, (as_judged("report.md", broken),), (Unreadable("gone.md", "there is no such file"),))
    assert write("github", run) == (
        "::error file=report.md,title=look-here::this check failed: ValueError: no look\n"
        "::error file=gone.md,title=cannot be read::there is no such file\n"
    )


def test_github_shows_the_ten_worst_and_says_how_many_more_there_are() -> None:
    hints, warnings = [found("photos", Severity.HINT)] * 6, [found("Show", Severity.WARNING)] * 5
    said = write("github", results(analysis(*hints), analysis(*warnings, found("it.png")))).split("\n")
    assert ["::error", *["::warning"] * 5, *["::notice"] * 4, "and", ""] == [line.partition(" ")[0] for line in said]
    assert said[-2] == "and 2 more"


def test_github_and_gitlab_see_paths_from_the_top_of_the_repository() -> None:
    run = results(analysis(found("photos")))._replace(place="our/reports")
    assert "file=our/reports/report.md," in write("github", run)
    assert "our/reports/report.md" == json.loads(write("gitlab", run))[0]["location"]["path"]
    assert Results(Stage.FINAL, place="our").in_repository("../report.md") == "report.md"


def test_json_is_the_document_that_tools_rely_on() -> None:
    fix = Fix("write it in words", (Edit(span(REPORT, "\U0001f4f7"), "my \u201cown\u201d"),), safe=True, preferred=True)
    diagnostic = found("\U0001f4f7 photos", Severity.WARNING)._replace(
        question=1,
        related=(Related(span(REPORT, "figures"), "and there"),),
        fixes=(fix,),
    )
    judged = analysis(diagnostic, unanswered=2)._replace(failures=(Failure("look-there", ValueError("no look")),))
    run = Results(Stage.FINAL, (as_judged("our/report.md", judged),), (Unreadable("gone.md", "there is no such file"),))
    expected = {
        "version": 1,
        "stage": "final",
        "reports": [
            {
                "path": "our/report.md",
                "pack": "camera-2026",
                "nearest": None,
                "questions": [
                    {
                        "number": 1,
                        "topic": "purpose",
                        "words": 4,
                        "images": 0,
                        "asked": {
                            "words": [2, None],
                            "images": None,
                            "from": {"words": "pack", "images": None},
                        },
                        "state": "wrong",
                        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 7, "character": 0}},
                    },
                    {
                        "number": 2,
                        "topic": "picture",
                        "words": 1,
                        "images": 1,
                        "asked": {
                            "words": [5, 9],
                            "images": [1, 3],
                            "from": {"words": "pack", "images": "pack"},
                        },
                        "state": "unanswered",
                        "range": {"start": {"line": 7, "character": 0}, "end": {"line": 13, "character": 0}},
                    },
                ],
                "waiting": 0,
                "lengths": {
                    "text": "",
                    "words": {"short": 0, "over": 0},
                    "images": {"short": 0, "over": 0},
                    "questions": [],
                },
                "script": {
                    "refuses": False,
                    "answers": 2,
                    "questions": [
                        {"number": 1, "words": 4, "images": 0, "passes": True},
                        {"number": 2, "words": 1, "images": 1, "passes": False},
                    ],
                },
                "diagnostics": [
                    {
                        "code": "look-here",
                        "severity": "warning",
                        "message": "look here",
                        "question": 1,
                        "range": {"start": {"line": 5, "character": 9}, "end": {"line": 5, "character": 17}},
                        "related": [
                            {
                                "range": {"start": {"line": 12, "character": 6}, "end": {"line": 12, "character": 13}},
                                "message": "and there",
                            }
                        ],
                        "fixes": [
                            {
                                "title": "write it in words",
                                "safe": True,
                                "preferred": True,
                                "edits": [
                                    {
                                        "range": {
                                            "start": {"line": 5, "character": 9},
                                            "end": {"line": 5, "character": 10},
                                        },
                                        "text": "my \u201cown\u201d",
                                    }
                                ],
                            }
                        ],
                    }
                ],
                "failures": [{"code": "look-there", "error": "ValueError: no look"}],
            }
        ],
        "unreadable": [{"path": "gone.md", "error": "there is no such file"}],
        "summary": {"reports": 1, "error": 0, "warning": 1, "information": 0, "hint": 0},
    }
    written = write("json", run)
    # Compared as text, because the order of the keys is documented too.
    assert written == json.dumps(expected, indent=2) + "\n"
    assert written.isascii()


def script_of(text: str, pack: Pack) -> object:
    """Return the part of the JSON document about the course's script."""
    return json.loads(write("json", results(analysis(text=text, pack=pack))))["reports"][0]["script"]


def test_json_has_no_script_where_the_course_has_none() -> None:
    assert script_of(REPORT, PACK._replace(form=Form())) is None


def test_json_has_no_counts_of_a_script_that_refuses() -> None:
    assert script_of(REPORT, PACK._replace(form=Form(expected_answers=3))) == {
        "refuses": True,
        "answers": 2,
        "questions": [],
    }


def test_json_numbers_the_answers_as_the_script_does() -> None:
    swapped = REPORT.replace("Question 1", "Question 9").replace("Question 2", "Question 1")
    assert script_of(swapped, PACK._replace(asks=PACK.asks[:1])) == {
        "refuses": False,
        "answers": 2,
        "questions": [
            {"number": 1, "words": 4, "images": 0, "passes": True},
            {"number": 2, "words": 1, "images": 1, "passes": True},
        ],
    }


@pytest.mark.parametrize(
    ("asked", "stages", "said"),
    [
        (None, [Stage.DRAFT], "draft"),
        (None, [Stage.DRAFT, Stage.DRAFT], "draft"),
        (None, [Stage.DRAFT, Stage.FINAL], "auto"),
        (None, [], "auto"),
        (Stage.FINAL, [], "final"),
    ],
)
def test_json_says_the_stage_that_all_reports_are_at(asked: Stage | None, stages: list[Stage], said: str) -> None:
    reports = tuple(as_judged("report.md", analysis()._replace(stage=stage)) for stage in stages)
    assert json.loads(write("json", Results(asked, reports)))["stage"] == said
