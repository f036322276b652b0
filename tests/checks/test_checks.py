"""What the checks say: every report of `tests/checks/*.md` and of the checks' own pages is one test."""

import re
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from report_ls import checks
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Diagnostic, Related, Severity
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.files.text_files import decode
from report_ls.project.packs import parse_pack
from support.memory_files import MemoryFiles
from support.suites import Example, SuiteError, compare, differences_by_line_ends, draw, read_suite

_SUITES = Path(__file__).parent
_MODULES = Path(checks.__file__).parent


def _codes(folder: Path, pattern: str) -> list[str]:
    return sorted(path.stem.replace("_", "-") for path in folder.glob(pattern) if not path.stem.startswith("_"))


def _examples() -> list[ParameterSet]:
    """Return every example as a test."""
    pages = [path for path in sorted(_MODULES.glob("*.py")) if not path.stem.startswith("_")]
    return [parameter for path in [*pages, *sorted(_SUITES.glob("*.md"))] for parameter in _examples_of(path)]


def _examples_of(path: Path) -> list[ParameterSet]:
    """Return the examples of one suite; one that cannot be read is a test that fails."""
    try:
        return [pytest.param(example, id=example.name) for example in read_suite(path)]
    except SuiteError as error:
        return [pytest.param(error, id=f"{path.stem}: cannot be read")]


@pytest.mark.parametrize("example", _examples())
def test_a_report_is_told_exactly_what_is_drawn(example: Example | SuiteError) -> None:
    if isinstance(example, SuiteError):
        pytest.fail(str(example), pytrace=False)
    wrong = compare(example)
    if wrong:
        pytest.fail(wrong, pytrace=False)


@pytest.mark.parametrize("example", [one for one in _examples() if isinstance(one.values[0], Example)])
def test_line_ends_change_nothing(example: Example) -> None:
    assert [] == differences_by_line_ends(example.source, example.pack, example.files, example.stage)


def test_what_a_file_of_another_encoding_shows_was_not_written_so() -> None:
    pack = parse_pack("id: a\ntitle: A\nquestions: [{number: 1}]\nscript: {parts: 1}\n", "a.yaml")
    text = "### Question 1\n> Why?\n>\n> Answer:\n\nBecause of \u201cK\u00f8ge\u201d, the town.\n"
    data = {
        "broken at its end": text.encode() + b"\xff\n",
        "Windows-1252": text.encode("cp1252"),
    }
    found = {
        name: [diagnostic.code for diagnostic in analyze(decode(some), pack, MemoryFiles(()), None).diagnostics]
        for name, some in data.items()
    }
    assert {"broken at its end": ["not-utf8"], "Windows-1252": ["not-utf8"]} == found


def test_every_check_has_a_suite_and_every_suite_a_check() -> None:
    assert _codes(_MODULES, "*.py") == _codes(_SUITES, "*.md")


def test_every_page_has_an_example() -> None:
    assert [check.code for check in checks.all_checks() if "\n## Example\n" not in check.page] == []


@pytest.mark.parametrize(
    ("suite", "error"),
    [
        ("# Title\n", "1: there is no ````report fence here"),
        ("```reprot\n```\n", "1: a fence 'reprot' means nothing here"),
        ("```\ncode\n```\n", "1: a fence '' means nothing here"),
        ("\n```report\ntext\n", "2: this fence is never closed"),
        ("```fixed\n```\n", "1: a fence 'fixed' means nothing here"),
        ("```report\n```\n# Next\n```fixed\n```\n", "4: a fence 'fixed' means nothing here"),
        ("```report\n```\n```choice\n```\n", "3: a fence 'choice' means nothing here"),
        ("```report finished\n```\n", "1: behind `report` stand only `draft` and `crlf`"),
        ("\nFiles: a.png\n```report\n```\n", "2: write Files:"),
        ("Files: `a.png` (example)\n```report\n```\n", "1: a.png is an example, and the pack has none"),
        ("\n```yaml\nwords: 3\n```\n```report\n```\n", '3:1: there is no key "words" here'),
    ],
)
def test_a_suite_that_means_nothing_is_refused(tmp_path: Path, suite: str, error: str) -> None:
    path = tmp_path / "suite.md"
    path.write_text(suite, encoding="utf-8")
    with pytest.raises(SuiteError, match=re.escape(f"{path}:{error}")):
        read_suite(path)


def test_every_kind_of_mark_is_drawn_where_it_belongs() -> None:
    source = SourceText("one\ttwo\r\nthree\rfour\n\n")
    diagnostics = [
        Diagnostic("other-code", Severity.HINT, "a piece", Span(4, 7), related=(Related(Span(18, 18), "the end"),)),
        Diagnostic("own-code", Severity.ERROR, "a place", Span(9, 9)),
        Diagnostic("own-code", Severity.WARNING, "several lines", Span(6, 11)),
        Diagnostic("other-code", Severity.INFORMATION, "to the end", Span(16, 20)),
        Diagnostic("own-code", Severity.ERROR, "an empty line", Span(20, 20)),
    ]
    assert draw(source, diagnostics, "own-code") == (
        "one\ttwo\n"
        "   \t^^^ hint: a piece [other-code]\n"
        "   \t  ^… warning: several lines\n"
        "three\n"
        "| error: a place\n"
        "^^ …\n"
        "four\n"
        " ^^^… information: to the end [other-code]\n"
        "   | related: the end [other-code]\n"
        "\n"
        "| … [other-code]\n"
        "| error: an empty line\n"
    )
    over = Diagnostic("own-code", Severity.ERROR, "b", Span(1, 2))
    assert draw(SourceText("a\n"), [over], "own-code") == "a\n … error: b\n$ …\n"
    assert draw(SourceText(""), [Diagnostic("own-code", Severity.ERROR, "b", Span(0, 0))], "own-code") == "$ error: b\n"


_SUITE = """\
# Too few words

````report{}
### Question 1
> Why? Answer length: 5-20 words.
>
> Answer:
{}
{}
````
"""
_MARK = "  ^^^^^^^ {}: 2 words, but 5-20 are asked: 3 words are missing{}\n"


def _compare(path: Path, *parts: str) -> str | None:
    path.write_text(_SUITE.format(*parts), encoding="utf-8")
    (example,) = read_suite(path)
    return compare(example)


@pytest.mark.parametrize("code", ["", " [answer-too-short]"])
def test_what_is_drawn_right_passes(tmp_path: Path, code: str) -> None:
    path = tmp_path / "answer-too-short.md"
    assert _compare(path, "", _MARK.format("warning", code), "Because so.") is None
    assert _compare(path, " crlf draft", _MARK.format("hint", code), "Because so.") is None


@pytest.mark.parametrize(
    "mark",
    [
        "",
        _MARK.format("error", ""),
        _MARK.format("warning", " [answer-too-long]"),
        _MARK.format("warning", "").replace("  ^", " ^"),
        _MARK.format("warning", "").replace("^^ ", "^ "),
        _MARK.format("warning", "") * 2,
    ],
)
def test_what_is_drawn_wrong_fails_and_is_redrawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    monkeypatch.delenv("UPDATE", raising=False)
    path = tmp_path / "answer-too-short.md"
    right = _SUITE.format("", _MARK.format("warning", ""), "Because so.")
    wrong = _compare(path, "", mark, "Because so.")
    assert wrong
    assert f"{path}:3: the report should be drawn like this" in wrong
    assert "\n> Answer:\n" + _MARK.format("warning", "") in wrong
    monkeypatch.setenv("UPDATE", "1")
    assert "rewritten" in (_compare(path, "", mark, "Because so.") or "")
    assert path.read_text(encoding="utf-8") == right
    (example,) = read_suite(path)
    assert compare(example) is None


def test_a_safe_fix_needs_a_fixed_fence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPDATE", raising=False)
    path, answer = tmp_path / "leftover-marker.md", "--- question 1 fill here ---\n\nBecause it is very late."
    wrong = _compare(path, "", "", answer)
    assert wrong
    assert "there are safe fixes: add a fixed fence" in wrong
    monkeypatch.setenv("UPDATE", "1")
    assert "rewritten" in (_compare(path, "", "", answer) or "")
    (example,) = read_suite(path)
    assert example.fixed
    assert example.fixed.endswith("> Answer:\n\nBecause it is very late.\n")
    assert compare(example) is None


def test_a_choice_names_one_fix(tmp_path: Path) -> None:
    path = tmp_path / "answer-too-short.md"
    suite = _SUITE.format("", _MARK.format("warning", ""), "Because so.") + "````choice fly away\n````\n"
    path.write_text(suite, encoding="utf-8")
    (example,) = read_suite(path)
    assert compare(example) == f"{path}:3: 0 fixes are called 'fly away'; there are: none"


def test_the_examples_of_a_check_are_those_of_its_docstring(tmp_path: Path) -> None:
    page = '"""A check.\n\n## Example\n\n````report\n### Question 3\n> Answer:\n\nYes.\n````\n"""\n\nSEVERITY = "```"\n'
    path = tmp_path / "a_check.py"
    path.write_text(page, encoding="utf-8")
    (example,) = read_suite(path)
    assert (example.code, example.name, example.line) == ("a-check", "a-check: Example", 5)
    assert compare(example) is None
    path.write_text(page.replace("Yes.", "Yes\\n."), encoding="utf-8")
    with pytest.raises(SuiteError, match="a docstring with backslashes"):
        read_suite(path)
