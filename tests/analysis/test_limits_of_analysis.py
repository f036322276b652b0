"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

import pytest
from report_ls.analysis.analyze import _MAX_UNANSWERED_WHEN_FINAL, analyze
from report_ls.analysis.pending import Pending, _merged
from report_ls.base.diagnostic import Diagnostic, Severity, Stage
from report_ls.base.spans import Span
from report_ls.base.text import SourceText
from report_ls.checks import all_checks
from report_ls.packs.pack import Pack
from report_ls.report.form import Form
from support.memory_files import MemoryFiles

_PACK = Pack("any", "any form", form=Form(marker="--- question {number} fill here ---"))


def test_with_more_unanswered_questions_a_report_is_a_draft() -> None:
    texts = [
        "".join(
            f"### Question {n}\n\n> Why?\n>\n> Answer:\n\n--- question {n} fill here ---\n\n"
            for n in range(1, most + 1)
        )
        for most in (_MAX_UNANSWERED_WHEN_FINAL, _MAX_UNANSWERED_WHEN_FINAL + 1)
    ]
    stages = [analyze(SourceText(text), _PACK, MemoryFiles(()), None).stage for text in texts]
    assert [Stage.FINAL, Stage.DRAFT] == stages


_GROUPED = [(check.code, check.fewest_grouped) for check in all_checks() if check.fewest_grouped]


@pytest.mark.parametrize(("code", "fewest"), _GROUPED)
def test_so_many_findings_of_a_grouped_check_are_one(code: str, fewest: int) -> None:
    found = [Diagnostic(code, Severity.ERROR, "look here", Span(n, n + 1)) for n in range(fewest)]
    said = [(None, 0, Pending(one, (), (), fewest, None)) for one in found]
    (one,) = _merged(said)
    assert f"look here ({fewest} places)" == one.diagnostic.message
    assert found[:-1] == [placed.diagnostic for placed in _merged(said[:-1])]
