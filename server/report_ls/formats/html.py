"""One page that needs nothing else: reports, questions and checks as tables, and each finding with its line.

The page loads nothing and may not: its policy allows the one style and the one script that stand in
it, by their hashes. Without the script only the filters are missing.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape

from report_ls.diagnostic import Diagnostic, Severity
from report_ls.formats import Judged, Results, say_error
from report_ls.formats._questions import answered_of_asked
from report_ls.formats._statistics import CheckRow, QuestionRow, by_check, by_question
from report_ls.pack import Limit

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; }
th, td { padding: 0.2rem 0.7rem; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font: 0.9em ui-monospace, monospace; }
pre { margin: 0.2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; opacity: 0.75; }
summary { cursor: pointer; padding: 0.3rem 0; }
form { position: sticky; top: 0; padding: 0.6rem 0; background: Canvas; display: flex; flex-wrap: wrap; gap: 1rem; }
.error { border-left: 4px solid #c62828; }
.warning { border-left: 4px solid #ef8f00; }
.information { border-left: 4px solid #1976d2; }
.hint { border-left: 4px solid #8888; }
[hidden] { display: none !important; }
"""

_SCRIPT = """
const form = document.querySelector("form");
const rows = [...document.querySelectorAll("tr[data-severity]")];
const chosen = name => form.elements[name].value;
function filter() {
  const words = chosen("words").toLowerCase();
  for (const row of rows) {
    const { severity, code, question } = row.dataset;
    const fits = (value, name) => !chosen(name) || chosen(name) === value;
    row.hidden = !(fits(severity, "severity") && fits(code, "code") && fits(question, "question"))
      || !row.textContent.toLowerCase().includes(words);
  }
  for (const report of document.querySelectorAll("details")) {
    report.hidden = !report.querySelector("tr[data-severity]:not([hidden])");
  }
}
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("reset", () => setTimeout(filter));
form.addEventListener("submit", event => event.preventDefault());
"""


def write(results: Results) -> str:
    """Return the page."""
    policy = f"default-src 'none'; style-src '{_hash(_STYLE)}'; script-src '{_hash(_SCRIPT)}'; base-uri 'none'"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">',
        '<meta name="viewport" content="width=device-width">',
        "<title>Reports</title>",
        f"<style>{_STYLE}</style>",
        "<h1>Reports</h1>",
        *_reports(results),
        *_questions(by_question(results)),
        *_checks(by_check(results)),
        *_findings(results),
        f"<script>{_SCRIPT}</script>",
        "</html>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


_Cell = str | int


def _table(head: Iterable[_Cell], rows: Iterable[Sequence[_Cell]]) -> Iterator[str]:
    """Yield a table of texts; numbers stand at the right."""
    listed = list(rows)
    kinds = ["number" if all(isinstance(cell, int) for cell in column) else "" for column in zip(*listed, strict=True)]
    yield "<table>"
    yield "<thead>" + _row(list(head), "th", kinds) + "</thead>"
    yield "<tbody>"
    yield from (_row(row, "td", kinds) for row in listed)
    yield "</tbody></table>"


def _row(cells: Sequence[_Cell], tag: str, kinds: Sequence[str]) -> str:
    marked = (f' class="{kind}"' if kind else "" for kind in kinds)
    return (
        f"<tr>{''.join(f'<{tag}{a}>{escape(str(cell))}</{tag}>' for cell, a in zip(cells, marked, strict=True))}</tr>"
    )


def _reports(results: Results) -> Iterator[str]:
    yield "<h2>Reports</h2>"
    if results.reports:
        head = "report", "edition", "stage", "answered", "of", "errors", "warnings", "for information", "hints"
        yield from _table(head, map(_report_row, results.reports))
    if results.unreadable:
        yield "<h2>Not read</h2>"
        yield from _table(("what", "why"), [(one.name, one.error) for one in results.unreadable])


def _report_row(report: Judged) -> tuple[_Cell, ...]:
    analysis = report.analysis
    counts = (report.count(severity) for severity in Severity)
    return (report.name, analysis.pack.id, analysis.stage.value, *answered_of_asked(analysis), *counts)


def _questions(rows: Sequence[QuestionRow]) -> Iterator[str]:
    if rows:
        yield "<h2>Questions</h2>"
        head = (
            *("edition", "question", "topic", "reports", "answered", "words asked", "median", "too short", "too long"),
            *("images asked", "median", "too few", "too many"),
        )
        yield from _table(head, map(_question_row, rows))


def _question_row(row: QuestionRow) -> tuple[_Cell, ...]:
    words = _limit(row.words), row.words_median, row.n_too_short, row.n_too_long
    images = _limit(row.images), row.images_median, row.n_too_few, row.n_too_many
    return (row.pack, row.number, row.topic, row.n_reports, row.n_answered, *words, *images)


def _limit(limit: Limit | None) -> str:
    return str(limit) if limit else ""


def _checks(rows: Sequence[CheckRow]) -> Iterator[str]:
    if rows:
        yield "<h2>Checks</h2>"
        head = "check", "at worst", "findings", "reports"
        yield from _table(head, [(row.code, row.severity.word, row.n_findings, row.n_reports) for row in rows])


def _findings(results: Results) -> Iterator[str]:
    found = [diagnostic for report in results.reports for diagnostic in report.analysis.diagnostics]
    yield "<h2>Findings</h2>"
    yield from _filters(found)
    # A page of a whole class opens with what is common; one report is read at once.
    is_open = " open" if len(results.reports) == 1 else ""
    for report in results.reports:
        if report.analysis.diagnostics or report.analysis.failures:
            yield f"<details{is_open}><summary>{escape(report.name)}: {escape(_n_findings(report))}</summary>"
            yield "<table><thead><tr><th>line</th><th>question</th><th>finding</th><th>code</th></tr></thead><tbody>"
            for failure in report.analysis.failures:
                error = f"this check failed: {say_error(failure.error)}"
                yield _finding("error", failure.code, "", "", escape(error))
            yield from (_finding_row(report, diagnostic) for diagnostic in report.analysis.diagnostics)
            yield "</tbody></table></details>"


def _n_findings(report: Judged) -> str:
    n_findings = len(report.analysis.diagnostics) + len(report.analysis.failures)
    return f"{n_findings} finding{'' if n_findings == 1 else 's'}"


def _finding_row(report: Judged, diagnostic: Diagnostic) -> str:
    source = report.analysis.source
    line = source.line_at(diagnostic.span.start)
    place = source.line_span(line)
    # A line may hold names, so it is shown only where the report's own name is.
    shown = "" if report.group else f"<pre>{escape(source.text[place.start : place.end])}</pre>"
    question = "" if diagnostic.question is None else str(diagnostic.question)
    said = f"{escape(diagnostic.message)}{shown}"
    return _finding(diagnostic.severity.word, diagnostic.code, str(line + 1), question, said)


def _finding(severity: str, code: str, line: str, question: str, said: str) -> str:
    data = f'data-severity="{severity}" data-code="{escape(code)}" data-question="{question}"'
    cells = f'<td class="number {severity}">{line}</td><td class="number">{question}</td><td>{said}</td>'
    return f"<tr {data}>{cells}<td><code>{escape(code)}</code></td></tr>"


def _filters(found: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield the filters; the script shows them."""
    numbers = sorted({diagnostic.question for diagnostic in found if diagnostic.question is not None})
    severities = sorted({diagnostic.severity for diagnostic in found})
    yield "<form hidden>"
    yield _choice("severity", [severity.word for severity in severities])
    yield _choice("code", sorted({diagnostic.code for diagnostic in found}))
    yield _choice("question", map(str, numbers))
    yield '<label>words <input name="words" type="search"></label>'
    yield '<button type="reset">show all</button>'
    yield "</form>"


def _choice(name: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return f'<label>{name} <select name="{name}"><option value="">all</option>{options}</select></label>'
