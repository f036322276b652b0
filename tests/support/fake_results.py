"""Analyses that say what a test tells them to, for the formats that write them down."""

from report_ls.analysis.analyze import Analysis
from report_ls.base.diagnostic import Diagnostic, OffsetDiagnostic, Severity, Stage
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.cli.judged import as_judged
from report_ls.cli.results import Results
from report_ls.course.script import read_script
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack
from report_ls.report.form import Form
from report_ls.report.report import read_report

REPORT = """\
### Question 1
> What does it do?
>
> Answer:

It sorts \U0001f4f7 photos.

### Question 2
> Show it.
>
> Answer:

![it](figures/it.png)
"""

PACK = Pack(
    "camera-2026",
    "Cameras",
    form=Form(expected_answers=2),
    asks=(Ask(1, "purpose", words=Limit(2, None)), Ask(2, "picture", words=Limit(5, 9), images=Limit(1, 3))),
)


def span(text: str, piece: str) -> Span:
    """Return the place of a piece of a text."""
    return Span(text.index(piece), text.index(piece) + len(piece))


def found(
    piece: str, severity: Severity = Severity.ERROR, message: str = "look here", text: str = REPORT
) -> Diagnostic:
    """Return a finding at a piece of a text."""
    return Diagnostic("look-here", severity, message, span(text, piece))


def analysis(
    *diagnostics: Diagnostic, text: str = REPORT, pack: Pack = PACK, unanswered: int | None = None
) -> Analysis:
    """Return an analysis that says what it is told to."""
    source = SourceText(text)
    report = read_report(source, pack.form)
    placed = tuple(OffsetDiagnostic(0, diagnostic) for diagnostic in diagnostics)
    starts = frozenset(question.start for question in report.questions if question.number == unanswered)
    return Analysis(source, pack, Stage.FINAL, report, read_script(source, pack.form), placed, (), starts)


def results(*reports: Analysis) -> Results:
    """Return the results of a run."""
    return Results(Stage.FINAL, tuple(as_judged("report.md", report) for report in reports))
