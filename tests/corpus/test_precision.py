"""docs/precision.md says what was found in real reports, and how much of it was right: the counts are true."""

import re
from collections import Counter
from math import ceil
from pathlib import Path
from statistics import median

from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.diagnostic import Severity, Stage
from report_ls.checks import all_checks
from report_ls.cli.formats import write
from report_ls.cli.judged import as_judged
from report_ls.cli.results import Results
from support.corpus import real_reports
from support.generated import assert_generated

_PAGE = Path(__file__).parents[2] / "docs" / "precision.md"
_ROW = re.compile(
    r"^\| (?!check )([a-z0-9-]*[a-z0-9]) \| [^|]* \| [^|]* \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE
)
_NEW = "–", "–", "–"
"""What is judged, right and changed of a check that nobody has looked at yet."""
_NOISE = re.compile(r"(?s)(<!-- noise -->\n).*?(<!-- end -->)")
_REPORTS = real_reports()


def _judged(stage: Stage) -> list[Analysis]:
    return [
        analyze(version.source, version.pack, version.files, stage)
        for version in (report.newest for report in _REPORTS)
        if version.pack
    ]


def test_the_page_counts_what_is_found() -> None:
    page = _PAGE.read_text("utf-8")
    analyses = _judged(Stage.FINAL)
    assert len(_REPORTS) == len(analyses)
    places: Counter[str] = Counter()
    for analysis in analyses:
        for found in analysis.diagnostics:
            places[found.code] += 1 + (len(found.related) if found.message.endswith(" places)") else 0)
    reports = Counter(code for analysis in analyses for code in {found.code for found in analysis.diagnostics})
    lines_of_checks = [*_ROW.finditer(page)]
    by_hand = {row[1]: row.group(2, 3, 4) for row in lines_of_checks}
    codes = [check.code for check in all_checks()]
    assert by_hand.keys() <= {*codes}
    table = [f"| {code} | {places[code]} | {reports[code]} | {' | '.join(by_hand.get(code, _NEW))} |" for code in codes]
    first, last = lines_of_checks[0], lines_of_checks[-1]
    page = "\n".join((page[: first.start() - 1], *table, page[last.end() + 1 :]))
    lines = ["| stage | median | worst | rows in nine of ten | rows in the worst |\n", "|---|---|---|---|---|\n"]
    for stage in Stage:
        counts, rows = _above_hint(_judged(stage)), _rows(_judged(stage))
        lines.append(f"| {stage.value} | {median(counts):g} | {counts[-1]} | {_in_nine_of_ten(rows)} | {rows[-1]} |\n")
    page = _NOISE.sub(lambda match: match[1] + "".join(lines) + match[2], page)
    assert_generated(_PAGE, page)


def _above_hint(analyses: list[Analysis]) -> list[int]:
    """Return how many findings each report has that are more than hints, the fewest first."""
    return sorted(sum(found.severity < Severity.HINT for found in analysis.diagnostics) for analysis in analyses)


def _rows(analyses: list[Analysis]) -> list[int]:
    """Return in how many rows `--check` says what it finds in each report, the fewest first."""
    texts = (write("text", Results(analysis.stage, (as_judged("report.md", analysis),))) for analysis in analyses)
    return sorted(text.count("\n") - 1 for text in texts)


def _in_nine_of_ten(counts: list[int]) -> int:
    return counts[ceil(0.9 * len(counts)) - 1]


def test_no_report_is_told_more_than_it_can_take_in() -> None:
    assert median(_above_hint(_judged(Stage.DRAFT))) <= 3
    final = _judged(Stage.FINAL)
    assert median(_above_hint(final)) <= 15
    rows = _rows(final)
    assert _in_nine_of_ten(rows) <= 10
    assert rows[-1] <= 15


def test_nothing_that_was_judged_wrong_is_left_at_error_or_warning() -> None:
    severities = {check.code: check.severity for check in all_checks()}
    for row in _ROW.finditer(_PAGE.read_text("utf-8")):
        code, judged, right = row[1], row[2].strip(), row[3].strip()
        assert judged == right or min(severities[code]) > Severity.WARNING, code
