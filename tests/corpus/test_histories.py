"""Real reports, version by version: no day brings a wall of findings that the text of that day did not cause."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.diagnostic import Severity
from report_ls.files.text_files import read_text
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs
from report_ls.report.outline import outline
from support.corpus import RealReport, Version, real_reports, templates
from support.memory_files import MemoryFiles

_HISTORIES = [report for report in real_reports() if len(report.versions) > 1]


def _judge(version: Version) -> Analysis:
    assert version.pack, version.name
    return analyze(version.source, version.pack, version.files, None)


def _texts(analysis: Analysis) -> dict[int | None, str]:
    """Return the text of each question by its number, and the text above all questions."""
    (_, head), *_ = analysis.report.pieces
    return {None: head, **{question.number: question.text for question in analysis.report.questions}}


def _said(analysis: Analysis) -> Counter[tuple[str, int | None]]:
    """Return the findings above a hint, by check and question."""
    return Counter((found.code, found.question) for found in analysis.diagnostics if found.severity < Severity.HINT)


@pytest.mark.parametrize("report", _HISTORIES, ids=[report.name for report in _HISTORIES])
def test_of_what_the_text_did_not_cause_little_comes_at_once(report: RealReport) -> None:
    _, *older = report.versions
    for before, after in pairwise(map(_judge, [*older, report.newest])):
        texts = _texts(before)
        same = {number for number, text in _texts(after).items() if texts.get(number) == text}
        new = {key: count for key, count in (_said(after) - _said(before)).items() if key[1] in same}
        assert sum(new.values()) <= 6, new


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.stem)
def test_an_untouched_form_is_silent(path: Path) -> None:
    form = read_text(path)
    pack = recognise(outline(form.plain), packs())
    assert pack
    said = _said(analyze(form, pack, MemoryFiles(()), None))
    assert said == {}
