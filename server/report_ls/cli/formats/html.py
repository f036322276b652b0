"""One self-contained page: tables of reports, questions and checks, and each finding with its line.

The page loads nothing, and its policy forbids it to: only the style and the script in the page itself are
allowed, by their hashes. Without the script only the filters are missing.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from itertools import groupby

from report_ls.base.diagnostic import Severity
from report_ls.base.plural import count
from report_ls.cli.formats._glance import glances
from report_ls.cli.formats._lines import line_at, lines_of
from report_ls.cli.formats._questions import edition, new_forms
from report_ls.cli.formats._statistics import CheckRow, QuestionRow, by_check, by_question
from report_ls.cli.results import Judged, Results
from report_ls.packs.limits import Limit

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.3; }
h1, summary, li { overflow-wrap: anywhere; }
[role="region"] { overflow-x: auto; margin: 0.5rem 0 1.5rem; }
table { border-collapse: collapse; }
th, td { padding: 0.2rem 0.7rem; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; }
td { white-space: nowrap; }
tbody th { font-weight: inherit; min-width: 9rem; max-width: 24rem; overflow-wrap: break-word; }
td.said { white-space: normal; min-width: 11.5rem; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font: 0.9em ui-monospace, monospace; }
pre { margin: 0.2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; opacity: 0.75; }
summary { cursor: pointer; padding: 0.3rem 0; }
form { padding: 0.6rem 0; background: Canvas; display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; }
form p { margin: 0; flex-basis: 100%; }
select, input { max-width: 100%; }
.error { border-left: 4px solid #c62828; }
.warning { border-left: 4px solid #ef8f00; }
.information { border-left: 4px solid #1976d2; }
.hint { border-left: 4px solid #8888; }
[hidden] { display: none !important; }
.filtered { min-height: 100vh; }
@media (max-width: 45rem) {
  th, td { padding: 0.2rem 0.4rem; }
  tbody th { max-width: 11rem; }
}
@media screen and (min-width: 45rem) and (min-height: 30rem) { form { position: sticky; top: 0; } }
@media print {
  body { max-width: none; margin: 0; font-size: 9pt; }
  th, td { padding: 0.1rem 0.3rem; }
  tbody th { min-width: 0; }
  [role="region"] { overflow: visible; }
  tr { break-inside: avoid; }
  summary { break-after: avoid; }
  button { display: none; }
  .filtered { min-height: 0; }
}
"""

_SCRIPT = """
const form = document.querySelector("form");
const answer = form.querySelector("[role=status]");
const reports = [...document.querySelectorAll("details")].map(report => ({
  report,
  count: report.querySelector("summary span"),
  rows: [...report.querySelectorAll("tr[data-severity]")],
}));
const chosen = name => form.elements[name].value;
const counted = (n, of) => `${n < of ? `${n} of ` : ""}${of} finding${of === 1 ? "" : "s"}`;
function filter() {
  const words = chosen("words").trim().toLowerCase();
  let n_shown = 0, n_found = 0;
  for (const { report, count, rows } of reports) {
    for (const row of rows) {
      row.hidden = ["severity", "code", "question"].some(name => chosen(name) && chosen(name) !== row.dataset[name])
        || !row.textContent.toLowerCase().includes(words);
    }
    const n = rows.filter(row => !row.hidden).length;
    report.hidden = n === 0;
    count.textContent = counted(n, rows.length);
    n_shown += n;
    n_found += rows.length;
  }
  // The page stays long enough for the filters to stay where they are.
  form.parentElement.classList.toggle("filtered", n_shown < n_found);
  answer.textContent = n_shown ? counted(n_shown, n_found) : "no finding fits the filters";
}
function toggle() {
  const shown = reports.map(({ report }) => report).filter(report => !report.hidden);
  const open = shown.some(report => !report.open);
  for (const report of shown) report.open = open;
}
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("reset", () => setTimeout(filter));
form.addEventListener("submit", event => event.preventDefault());
form.elements.toggle.addEventListener("click", toggle);
"""


def write(results: Results) -> str:
    """Return the page."""
    policy = f"default-src 'none'; style-src '{_hash(_STYLE)}'; script-src '{_hash(_SCRIPT)}'; base-uri 'none'"
    title = escape(_title(results))
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        f"<h1>{title}</h1>",
        *_reports(results),
        *_questions(by_question(results)),
        *_checks(by_check(results)),
        *_findings(results),
        "</html>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _title(results: Results) -> str:
    n_reports, n_unreadable = len(results.reports), len(results.unreadable)
    if n_reports == 1 and not n_unreadable:
        return results.reports[0].name
    return count(n_reports, "report") + (f", {n_unreadable} not read" if n_unreadable else "")


_Cell = str | int


def _table(label: str, head: Iterable[str], rows: Iterable[Sequence[_Cell]]) -> Iterator[str]:
    """Yield a table; its first column has the names of the rows, and numbers are aligned right."""
    listed = list(rows)
    kinds = ["number" if all(isinstance(cell, int) for cell in column) else "" for column in zip(*listed, strict=True)]
    yield from _table_of(label, zip(head, kinds, strict=True), (_row(row, kinds) for row in listed))


def _table_of(label: str, head: Iterable[tuple[str, str]], rows: Iterable[str]) -> Iterator[str]:
    """Yield a table of rows that scrolls if it is wider than the page; `head` has names and kinds of columns."""
    columns = (f'<th scope="col"{_class(kind)}>{escape(name)}</th>' for name, kind in head)
    yield f'<div role="region" aria-label="{escape(label)}" tabindex="0"><table>'
    yield f"<thead><tr>{''.join(columns)}</tr></thead><tbody>"
    yield from rows
    yield "</tbody></table></div>"


def _row(cells: Sequence[_Cell], kinds: Sequence[str]) -> str:
    name, *values = (escape(str(cell)) for cell in cells)
    texts = (f"<td{_class(kind)}>{value}</td>" for value, kind in zip(values, kinds[1:], strict=True))
    return f'<tr><th scope="row">{name}</th>{"".join(texts)}</tr>'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _reports(results: Results) -> Iterator[str]:
    if results.reports:
        yield "<h2>Reports</h2>"
        head = "report", "edition", "stage", "answered", "errors", "warnings", "for information", "hints"
        if results.at_a_glance:
            seen = glances(results)
            rows = ((*_report_row(glance.report), glance.said) for glance in seen)
            yield from _table("Reports", (*head, "at a glance"), rows)
        else:
            yield from _table("Reports", head, map(_report_row, results.reports))
        yield from (f"<p>{escape(note)}</p>" for note in new_forms(results))
    if results.unreadable:
        yield "<h2>Not read</h2>"
        yield "<ul>"
        unread = ((escape(unreadable.name), escape(unreadable.error)) for unreadable in results.unreadable)
        yield from (f"<li><bdi>{name}</bdi>: {error}</li>" for name, error in unread)
        yield "</ul>"


def _report_row(report: Judged) -> tuple[_Cell, ...]:
    counts = (report.count(severity) for severity in Severity)
    return (report.name, edition(report), report.stage.value, f"{report.n_answered} of {report.n_asked}", *counts)


def _questions(rows: Sequence[QuestionRow]) -> Iterator[str]:
    if rows:
        yield "<h2>Questions</h2>"
        head = (
            *("question", "reports", "answered", "words asked", "median words", "too short", "too long"),
            *("images asked", "median images", "too few", "too many"),
        )
        for form, of_form in groupby(rows, key=lambda row: row.form):
            yield f"<h3>{escape(form)}</h3>"
            yield from _table(f"Questions of {form}", head, map(_question_row, of_form))


def _question_row(row: QuestionRow) -> tuple[_Cell, ...]:
    words = _limit(row.words), row.words_median, row.n_too_short, row.n_too_long
    images = _limit(row.images), row.images_median, row.n_too_few, row.n_too_many
    return (f"{row.number} {row.topic}".rstrip(), row.n_reports, row.n_answered, *words, *images)


def _limit(limit: Limit | None) -> str:
    return str(limit) if limit else ""


def _checks(rows: Sequence[CheckRow]) -> Iterator[str]:
    if rows:
        yield "<h2>Checks</h2>"
        head = "check", "at worst", "findings", "reports"
        cells = [(row.code, row.severity.word, row.n_findings, row.n_reports) for row in rows]
        yield from _table("Checks", head, cells)


def _findings(results: Results) -> Iterator[str]:
    if not results.reports:
        return
    yield "<section>"
    yield "<h2>Findings</h2>"
    nothing = f"<p>{'nothing new' if results.is_news else 'no problems found'}</p>"
    yield from _found(results) if any(map(_n_findings, results.reports)) else [nothing]
    yield "</section>"


def _found(results: Results) -> Iterator[str]:
    yield from _filters(results)
    # With several reports, the findings are folded; those of a single report are open.
    is_open = " open" if len(results.reports) == 1 else ""
    head = ("line", "number"), ("severity", ""), ("finding", ""), ("question", "number"), ("code", "")
    for report in results.reports:
        n_findings = _n_findings(report)
        if n_findings:
            name, found = escape(report.name), count(n_findings, "finding")
            yield f"<details{is_open}><summary><bdi>{name}</bdi>: <span>{found}</span></summary>"
            yield from _table_of(f"Findings of {report.name}", head, _finding_rows(report))
            yield "</details>"
    yield f"<script>{_SCRIPT}</script>"


def _n_findings(report: Judged) -> int:
    return len(report.findings) + len(report.failures)


def _finding_rows(report: Judged) -> Iterator[str]:
    for code, error in report.failures:
        yield _finding(Severity.ERROR.word, code, "", "", escape(f"this check failed: {error}"))
    # A line may have names of students, so lines are shown only if the report's own path is.
    lines = [] if report.group else lines_of(report)
    for finding in report.findings:
        shown = "" if report.group else f"<pre>{escape(line_at(lines, finding.place))}</pre>"
        question = "" if finding.question is None else str(finding.question)
        said = f"{escape(finding.message)}{shown}"
        yield _finding(finding.severity.word, finding.code, str(finding.line), question, said)


def _finding(severity: str, code: str, line: str, question: str, said: str) -> str:
    data = f'data-severity="{severity}" data-code="{escape(code)}" data-question="{question}"'
    cells = f'<td class="number {severity}">{line}</td><td>{severity}</td><td class="said">{said}</td>'
    return f'<tr {data}>{cells}<td class="number">{question}</td><td><code>{escape(code)}</code></td></tr>'


def _filters(results: Results) -> Iterator[str]:
    """Yield the form that filters findings; the script shows it."""
    found = [finding for report in results.reports for finding in report.findings]
    failed = {failure.code for report in results.reports for failure in report.failures}
    severities = {finding.severity for finding in found} | ({Severity.ERROR} if failed else set())
    numbers = {finding.question for finding in found if finding.question is not None}
    yield '<form hidden autocomplete="off" aria-label="Filters">'
    yield _choice("severity", [severity.word for severity in sorted(severities)])
    yield _choice("code", sorted(failed.union(finding.code for finding in found)))
    yield _choice("question", map(str, sorted(numbers)))
    yield '<label>words <input name="words" type="search"></label>'
    yield '<button type="reset">clear the filters</button>'
    yield '<button type="button" name="toggle">open or close all</button>'
    yield f'<p role="status" aria-live="polite">{count(sum(map(_n_findings, results.reports)), "finding")}</p>'
    yield "</form>"


def _choice(name: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return f'<label>{name} <select name="{name}"><option value="">all</option>{options}</select></label>'
