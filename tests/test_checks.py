"""What the checks say: every report of `tests/checks/*.md` and of the checks' own pages is one test."""

import re
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from marked import Example, SuiteError, compare, read_suite
from report_ls import checks

_SUITES = Path(__file__).parent.joinpath("checks")
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
        ("\n```yaml\nwords: 3\n```\n```report\n```\n", '3:1: there is no key "words" here'),
    ],
)
def test_a_suite_that_means_nothing_is_refused(tmp_path: Path, suite: str, error: str) -> None:
    path = tmp_path / "suite.md"
    path.write_text(suite, encoding="utf-8")
    with pytest.raises(SuiteError, match=re.escape(f"{path}:{error}")):
        read_suite(path)
