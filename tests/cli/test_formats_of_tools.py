"""The formats that other programs read: valid by their own rules, and escaped with any text in a report.

`schemas/sarif-2.1.0-rtm.5.json` is the schema as the npm package `@microsoft/jest-sarif` carries it (MIT).
"""

import csv
import json
import pickle
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt
from report_ls import __version__
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Diagnostic, Related, Severity, Stage
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.checks import Failure, all_checks
from report_ls.cli.formats import FORMATS, write
from report_ls.cli.formats._statistics import by_question
from report_ls.cli.judged import as_judged
from report_ls.cli.results import LaterFindings, Results, Unreadable
from report_ls.packs.limits import Limit
from support.command import GOOD, LEFT_OVER
from support.fake_results import PACK, REPORT, analysis, found, results, span
from support.memory_files import MemoryFiles

SCHEMA = json.loads(Path(__file__).with_name("schemas").joinpath("sarif-2.1.0-rtm.5.json").read_text("utf-8"))
NASTY = "<b>'\"&|`*_[x](y) \x1b\x00 ]]> \u2028 \U0001f4f7 \\ $a$ @all #1 --> 100%"

TWO = (
    found("photos")._replace(question=1),
    found("figures", Severity.WARNING)._replace(question=2, related=(Related(span(REPORT, "Show"), "asked here"),)),
    found("What", Severity.INFORMATION),
)
GONE = Unreadable("gone.md", "there is no such file")


def broken() -> Results:
    """Return the results of a run with all kinds of failures."""
    failed = analysis(*TWO)._replace(failures=(Failure("look-there", ValueError("no\nlook")),))
    return Results(Stage.FINAL, (as_judged("our/report.md", failed),), (GONE,))


def nasty() -> Results:
    """Return the results of a report whose text has special characters of all formats."""
    text = REPORT.replace("photos", NASTY)
    diagnostic = Diagnostic("look-here", Severity.ERROR, NASTY, span(text, NASTY), 1)
    failed = analysis(diagnostic, text=text)._replace(failures=(Failure("look-there", ValueError(NASTY)),))
    return Results(Stage.FINAL, (as_judged(f"{NASTY}.md", failed),), (Unreadable(NASTY, NASTY),))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_say_nothing_and_everything(name: str) -> None:
    assert isinstance(write(name, Results(Stage.FINAL)), str)
    assert isinstance(write(name, nasty()), str)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_results_of_another_process_as_those_of_its_own(name: str) -> None:
    judged = analyze(SourceText(GOOD + LEFT_OVER), PACK, MemoryFiles([]), Stage.FINAL)
    with_fixes = as_judged("report.md", judged)
    assert any(finding.fixes for finding in with_fixes.findings)
    with_fixes = with_fixes._replace(group="group 001")
    # Where reports are judged, it is said how they are pickled.
    import_module("report_ls.cli.judge_report")
    for own in (broken(), nasty(), Results(Stage.FINAL, (with_fixes,))):
        passed = pickle.loads(pickle.dumps(own))  # noqa: S301 - our own
        assert [LaterFindings] == [type(report.findings) for report in passed.reports]
        assert write(name, own) == write(name, passed)
        assert [report.tally for report in own.reports] == [report.tally for report in passed.reports]
        for report, other in zip(own.reports, passed.reports, strict=True):
            assert (tuple(report.findings), report.failures) == (tuple(other.findings), other.failures)
            assert (report.text, report.group, report.path) == (other.text, other.group, other.path)


def test_gitlab_gets_a_list_of_issues() -> None:
    issues = json.loads(write("gitlab", broken()))
    fingerprints = [issue.pop("fingerprint") for issue in issues]
    assert 5 == len(set(fingerprints))
    assert {40} == set(map(len, fingerprints))

    def issue(code: str, message: str, severity: str, line: int, path: str = "our/report.md") -> dict[str, Any]:
        location = {"path": path, "lines": {"begin": line, "end": line}}
        return {"description": message, "check_name": code, "severity": severity, "location": location}

    assert issues == [
        issue("look-here", "look here", "critical", 6),
        issue("look-here", "look here", "major", 13),
        issue("look-here", "look here", "minor", 2),
        issue("look-there", "this check failed: ValueError: no look", "blocker", 1),
        issue("unreadable", "there is no such file", "blocker", 1, "gone.md"),
    ]


def fingerprints(*diagnostics: Diagnostic) -> list[str]:
    """Return GitLab's fingerprints of findings."""
    return [issue["fingerprint"] for issue in json.loads(write("gitlab", results(analysis(*diagnostics))))]


def test_gitlab_recognises_a_finding_that_moves_or_counts_differently() -> None:
    first, second = found("photos")._replace(question=1), found("What")._replace(question=1)
    moved = first._replace(span=span(REPORT, "sorts"), message="3 words")
    assert fingerprints(first) == fingerprints(moved)
    assert fingerprints(first, second)[0] != fingerprints(first, second)[1]
    assert fingerprints(first) != fingerprints(first._replace(question=2))


def sarif_run(run: Results) -> Any:  # noqa: ANN401 - JSON
    """Return the run of a log, after checking that the log is valid."""
    log = json.loads(write("sarif", run))
    Draft4Validator(SCHEMA).validate(log)
    return log["runs"][0]


def test_sarif_is_valid_and_complete() -> None:
    run = sarif_run(broken())
    assert "unicodeCodePoints" == run["columnKind"]

    def location(line: int, start: int, end: int) -> dict[str, Any]:
        region = {"startLine": line, "startColumn": start, "endLine": line, "endColumn": end}
        return {"physicalLocation": {"artifactLocation": {"uri": "our/report.md"}, "region": region}}

    def result(level: str, place: dict[str, Any], which: str, **more: object) -> dict[str, Any]:
        return {
            "ruleId": "look-here",
            "level": level,
            "message": {"text": "look here"},
            "locations": [place],
            "partialFingerprints": {"place/v1": which},
            **more,
        }

    asked = {"id": 0, "message": {"text": "asked here"}, **location(9, 3, 7)}
    assert run["results"] == [
        result("error", location(6, 12, 18), "look-here@1:0"),
        result("warning", location(13, 7, 14), "look-here@2:0", relatedLocations=[asked]),
        result("note", location(2, 3, 7), "look-here@form:0"),
    ]

    def note(text: str, uri: str) -> dict[str, Any]:
        place = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
        return {"level": "error", "message": {"text": text}, "locations": [place]}

    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                note("the check look-there failed: ValueError: no look", "our/report.md"),
                note("there is no such file", "gone.md"),
            ],
        }
    ]


def test_sarif_knows_all_checks() -> None:
    code = all_checks()[3].code
    run = sarif_run(results(analysis(found("photos")._replace(code=code))))
    assert [check.code for check in all_checks()] == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert (code, 3) == (run["results"][0]["ruleId"], run["results"][0]["ruleIndex"])
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_says_what_github_wants_to_know() -> None:
    driver = sarif_run(results())["tool"]["driver"]
    assert __version__ == driver["version"]
    assert all(rule["fullDescription"]["text"] for rule in driver["rules"])


def test_sarif_text_has_no_links_and_no_placeholders() -> None:
    said = found("photos")._replace(message="[a](1) {0} \\ b")
    assert "\\[a\\](1) {{0}} \\\\ b" == sarif_run(results(analysis(said)))["results"][0]["message"]["text"]


def test_sarif_writes_any_path_as_a_uri() -> None:
    run = Results(Stage.FINAL, (as_judged("our report/\u00e6 100%.md", analysis(found("photos"))),))
    place = sarif_run(run)["results"][0]["locations"][0]["physicalLocation"]
    assert {"uri": "our%20report/%C3%A6%20100%25.md"} == place["artifactLocation"]
    assert "%3Cb%3E" in sarif_run(nasty())["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_junit_has_suites_for_reports_and_tests_for_questions() -> None:
    assert write("junit", broken()) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="report-ls">\n'
        '  <testsuite name="our/report.md" tests="3" failures="2" errors="1">\n'
        '    <testcase classname="our/report.md" name="the form">\n'
        "      <system-out>our/report.md:2: information: look here [look-here]</system-out>\n"
        '      <error message="the check look-there failed">ValueError: no look</error>\n'
        "    </testcase>\n"
        '    <testcase classname="our/report.md" name="question 1: purpose">\n'
        '      <failure message="look here">our/report.md:6: error: look here [look-here]</failure>\n'
        "    </testcase>\n"
        '    <testcase classname="our/report.md" name="question 2: picture">\n'
        '      <failure message="look here">our/report.md:13: warning: look here [look-here]</failure>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="gone.md" tests="1" failures="0" errors="1">\n'
        '    <testcase classname="gone.md" name="the report">\n'
        '      <error message="cannot be read">there is no such file</error>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_junit_is_xml_whatever_is_said() -> None:
    root = ET.fromstring(write("junit", nasty()))  # noqa: S314 - our own
    shown = re.sub("[\x00\x1b]", "?", NASTY)
    assert [shown] == [failure.attrib["message"] for failure in root.iter("failure")]


def test_junit_names_a_question_without_topic_by_its_number() -> None:
    text = REPORT.replace("Question 2", "Question 7")
    root = ET.fromstring(write("junit", results(analysis(text=text))))  # noqa: S314 - our own
    names = [case.attrib["name"] for case in root.iter("testcase")]
    assert ["the form", "question 1: purpose", "question 7"] == names


def test_markdown_is_a_table_and_then_the_findings() -> None:
    (report,) = broken().reports
    (other,) = results(analysis(*TWO, found("Show", Severity.HINT))).reports
    with_hint = broken()._replace(reports=(report._replace(findings=other.findings),))
    assert write("markdown", with_hint) == (
        "| report | edition | answered | errors | warnings | for information | hints | lengths |\n"
        "|---|---|--:|--:|--:|--:|--:|---|\n"
        "| our/report.md | camera-2026 | 2 of 2 | 1 | 1 | 1 | 1 "
        "| 4 words short of the recommended lengths in 1 answer |\n"
        "| gone.md | there is no such file |  |  |  |  |  |  |\n"
        "\n"
        "### our/report.md\n"
        "\n"
        "| line | severity | finding | code |\n"
        "|--:|---|---|---|\n"
        "|  | error | this check failed: ValueError: no look | look-there |\n"
        "| 6 | error | look here | look-here |\n"
        "| 13 | warning | look here | look-here |\n"
        "| 2 | information | look here | look-here |\n"
        "| 9 | hint | look here | look-here |\n"
    )


def test_markdown_shows_signs_as_they_are() -> None:
    page = MarkdownIt("gfm-like", {"linkify": False}).render(write("markdown", nasty()))
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    shown = "&lt;b&gt;'&quot;&amp;|`*_[x](y) \x1b\ufffd ]]&gt; \U0001f4f7 \\ $a$ @all #1 --&gt; 100%"
    assert [cell for cell in cells if "all" in cell] == [
        f"{shown}.md",
        shown,
        shown,
        f"this check failed: ValueError: {shown}",
        shown,
    ]


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("www.example.org", "www\\.example.org"),
        ("WWW.example.org", "WWW\\.example.org"),
        ("https://example.org/a", "https\\://example.org/a"),
        ("mailto:a@b.org", "mailto\\:a\\@b.org"),
        ("xmpp:a", "xmpp\\:a"),
        ("line 3: a.b", "line 3: a.b"),
    ],
)
def test_markdown_makes_no_link_of_an_address(address: str, written: str) -> None:
    said = write("markdown", Results(Stage.FINAL, (), (Unreadable("report.md", address),)))
    assert f"| report.md | {written} |" in said


def test_markdown_is_never_longer_than_a_summary_may_be() -> None:
    many = analysis(*[found("photos")] * 2000)
    said = write("markdown", results(many, many))
    assert said.count("| 6 | error |") == 3000
    assert said.endswith("\n\nand 1000 more\n")
    assert "###" not in write("markdown", results(analysis()))


def test_csv_has_a_row_for_each_question() -> None:
    assert write("csv", broken()) == (
        "report,edition,stage,question,topic,line,state,words,least words,most words,images,least images,most images,"
        "errors,warnings,findings,nearest edition,words from,images from\n"
        "our/report.md,camera-2026,final,,,,failed,,,,,,,0,0,"
        "the check look-there failed: ValueError: no look; line 2: look here [look-here],,,\n"
        "our/report.md,camera-2026,final,1,purpose,1,wrong,4,2,,0,,,1,0,line 6: look here [look-here],,pack,\n"
        "our/report.md,camera-2026,final,2,picture,8,wrong,1,5,9,1,1,3,0,1,line 13: look here [look-here],,pack,pack\n"
        "gone.md,,,,,,unreadable,,,,,,,,,there is no such file,,,\n"
    )


def test_csv_holds_no_formulas_and_survives_any_sign() -> None:
    report = as_judged("=cmd|' /C calc'!A0", analysis(found("photos")._replace(question=1)))
    run = Results(Stage.FINAL, (report, *nasty().reports), (Unreadable("-1+1", "@x"), Unreadable("a\r\nb", "+x")))
    rows = list(csv.reader(StringIO(write("csv", run), newline="")))
    assert {19} == set(map(len, rows))
    cells = [cell for row in rows for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert ["'-1+1", "'@x"] == [rows[-2][0], rows[-2][15]]
    assert ["a\r\nb", "'+x"] == [rows[-1][0], rows[-1][15]]
    assert [] == [cell for cell in cells if cell[:1] in tuple("=+-@")]


def test_a_finding_belongs_to_its_own_of_two_equal_numbers() -> None:
    text = REPORT.replace("Question 2", "Question 1")
    second = Diagnostic("look-here", Severity.ERROR, "look here", span(text, "figures"), 1)
    above = second._replace(span=Span(0, 0), severity=Severity.WARNING)
    rows = list(csv.reader(StringIO(write("csv", results(analysis(above, second, text=text))))))
    assert [["errors", "warnings"], ["0", "1"], ["1", "0"]] == [row[13:15] for row in rows]


class Page(HTMLParser):
    """The parts of a page that these tests look at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = [("", {})]
        self.texts: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102 - the parser's
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:  # noqa: D102 - likewise
        self.texts.setdefault(self.tags[-1][0], []).append(data)


def test_html_is_one_page_that_may_load_and_run_nothing_else() -> None:
    page = Page(write("html", broken()))
    assert [] == [attributes for _, attributes in page.tags if {"src", "href", "style", "onclick"} & set(attributes)]

    def hashed(tag: str) -> str:
        (text,) = (text for text in page.texts[tag] if text.strip())
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    (policy,) = (attributes["content"] for tag, attributes in page.tags if "http-equiv" in attributes)
    assert policy == (
        f"default-src 'none'; style-src {hashed('style')}; script-src {hashed('script')}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_html_shows_each_finding_with_its_line() -> None:
    text = write("html", broken())
    rows = re.findall(r"<tr data-.*?</tr>", text)
    assert rows == [
        (
            '<tr data-severity="error" data-code="look-there" data-question="">'
            '<td class="number error"></td><td>error</td>'
            '<td class="said">this check failed: ValueError: no look</td>'
            '<td class="number"></td><td><code>look-there</code></td></tr>'
        ),
        (
            '<tr data-severity="error" data-code="look-here" data-question="1">'
            '<td class="number error">6</td><td>error</td>'
            '<td class="said">look here<pre>It sorts \U0001f4f7 photos.</pre></td>'
            '<td class="number">1</td><td><code>look-here</code></td></tr>'
        ),
        (
            '<tr data-severity="warning" data-code="look-here" data-question="2">'
            '<td class="number warning">13</td><td>warning</td>'
            '<td class="said">look here<pre>![it](figures/it.png)</pre></td>'
            '<td class="number">2</td><td><code>look-here</code></td></tr>'
        ),
        (
            '<tr data-severity="information" data-code="look-here" data-question="">'
            '<td class="number information">2</td><td>information</td>'
            '<td class="said">look here<pre>&gt; What does it do?</pre></td>'
            '<td class="number"></td><td><code>look-here</code></td></tr>'
        ),
    ]
    assert "<summary><bdi>our/report.md</bdi>: <span>4 findings</span></summary>" in text


def test_html_shows_no_line_of_a_report_whose_name_is_hidden() -> None:
    (report,) = results(analysis(found("photos"))).reports
    text = write("html", Results(Stage.FINAL, (report._replace(group="group 007"),)))
    assert "<summary><bdi>group 007</bdi>: <span>1 finding</span></summary>" in text
    assert "It sorts" not in text
    assert "report.md" not in text


def test_html_counts_questions_and_checks() -> None:
    text = write("html", Results(Stage.FINAL, (*broken().reports, as_judged("b.md", analysis(unanswered=2)))))
    rows = re.findall(r'<tr>(<th scope="row".*?)</tr>', text)
    cells = [re.sub(r"<.*?>", "|", row).replace("||", "|").strip("|") for row in rows]
    assert cells == [
        "our/report.md|camera-2026|final|2 of 2|1|1|1|0",
        "b.md|camera-2026|final|1 of 2|0|0|0|0",
        "1 purpose|2|2|at least 2|4|0|0||0|0|0",
        "2 picture|2|1|5-9|1|1|0|1-3|1|0|0",
        "look-here|error|3|1",
    ]


def test_what_is_just_enough_is_neither_too_little_nor_too_much() -> None:
    def counted(low: int, high: int | None) -> tuple[int, int, int, int]:
        """Return how many answers are too short, too long, have too few images and too many."""
        limit = Limit(low, high)
        pack = PACK._replace(asks=tuple(ask._replace(words=limit, images=limit) for ask in PACK.asks))
        first, second = by_question(results(analysis(pack=pack)))
        return first.n_too_short, first.n_too_long, second.n_too_few, second.n_too_many

    # The first answer has four words, the second has one image.
    assert (0, 0, 1, 0) == counted(4, 4)
    assert (1, 0, 1, 0) == counted(5, None)
    assert (0, 1, 0, 0) == counted(0, 3)
    assert (0, 1, 0, 0) == counted(1, 1)
    assert (0, 1, 0, 1) == counted(0, 0)


def heads(results: Results) -> list[str]:
    """Return the headings of a page, and the columns of each table by its name."""
    page = re.findall(r'<h\d>.*?</h\d>|aria-label=".*?" tabindex="0"|<thead>.*?</thead>', write("html", results))
    return [re.sub(r' class="number"|</?thead>|</?tr>', "", head).replace('<th scope="col">', "|") for head in page]


def test_html_names_headings_tables_and_columns_in_order() -> None:
    line = "|line</th>|severity</th>|finding</th>|question</th>|code</th>"
    questions = (
        "|question</th>|reports</th>|answered</th>|words asked</th>|median words</th>|too short</th>|too long</th>"
    )
    assert heads(broken()) == [
        "<h1>1 report, 1 not read</h1>",
        "<h2>Reports</h2>",
        'aria-label="Reports" tabindex="0"',
        "|report</th>|edition</th>|stage</th>|answered</th>|errors</th>|warnings</th>|for information</th>|hints</th>",
        "<h2>Not read</h2>",
        "<h2>Questions</h2>",
        "<h3>camera-2026</h3>",
        'aria-label="Questions of camera-2026" tabindex="0"',
        f"{questions}|images asked</th>|median images</th>|too few</th>|too many</th>",
        "<h2>Checks</h2>",
        'aria-label="Checks" tabindex="0"',
        "|check</th>|at worst</th>|findings</th>|reports</th>",
        "<h2>Findings</h2>",
        'aria-label="Findings of our/report.md" tabindex="0"',
        line,
    ]


def test_html_of_nothing_says_so() -> None:
    assert heads(Results(Stage.FINAL)) == ["<h1>0 reports</h1>"]
    text = write("html", Results(Stage.FINAL, (), (GONE,)))
    assert "<title>0 reports, 1 not read</title>" in text
    assert "<li><bdi>gone.md</bdi>: there is no such file</li>" in text
    text = write("html", results(analysis()))
    assert "<title>report.md</title>" in text
    assert "<h2>Findings</h2>\n<p>no problems found</p>" in text
    assert "<script>" not in text


def test_html_filters_by_whatever_is_listed() -> None:
    (report,) = broken().reports
    failed = Results(Stage.FINAL, (report._replace(findings=()),))
    options = re.findall(r"<option>(.*?)</option>", write("html", failed))
    assert ["error", "look-there"] == options
    options = re.findall(r"<option>(.*?)</option>", write("html", broken()))
    assert ["error", "warning", "information", "look-here", "look-there", "1", "2"] == options


def test_html_takes_nothing_of_a_report_for_its_own() -> None:
    tags = [tag for tag, _ in Page(write("html", nasty())).tags]
    assert "b" not in tags
    plain = [tag for tag, _ in Page(write("html", broken())).tags]
    assert {"html", "meta", "title", "style", "h1", "h2", "h3", "div", "table", "thead", "tbody", "tr", "th", "td"} | {
        *("ul", "li", "bdi", "section", "details", "summary", "span", "pre", "code"),
        *("form", "label", "select", "option", "input", "button", "p", "script"),
    } == set(plain) - {""}
    assert set(tags) == set(plain)
