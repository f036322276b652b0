"""What a local check promises: it says the same of a question in its report and alone."""

from report_ls.analysis.per_question import judge
from report_ls.base.text import SourceText
from report_ls.checks import all_checks
from report_ls.checks._context import Context, Finding
from report_ls.course.script import read_script
from report_ls.files.port import Files
from report_ls.packs.pack import Pack
from report_ls.report.report import read_report

_Said = dict[tuple[str, int], list[Finding]]
"""By the check's code and where the question starts."""


def differences_of_local_checks(source: SourceText, pack: Pack, files: Files) -> list[str]:
    """Return the codes and places of what is said otherwise, or only once."""
    report = read_report(source, pack.form)
    context = Context(report, read_script(source, pack.form), pack, files)
    in_report: _Said = {}
    alone: _Said = {}
    for check in all_checks():
        for found in check.run(context) if check.is_per_question else ():
            assert found.question, f"{check.code} is local and names no question"
            key = check.code, found.question.start
            in_report.setdefault(key, []).append(found._replace(question=None))
    for question, judgement in judge(report, pack, files):
        for check, found in judgement.found:
            key = check.code, question.start
            alone.setdefault(key, []).append(_at(found, question.start))
    keys = in_report.keys() | alone.keys()
    return [
        f"{code} at {start}" for code, start in sorted(keys) if in_report.get((code, start)) != alone.get((code, start))
    ]


def _at(found: Finding, start: int) -> Finding:
    return found._replace(
        span=found.span.shift(start),
        question=None,
        fixes=tuple(fix.shift(start) for fix in found.fixes),
        related=tuple(related.shift(start) for related in found.related),
    )
