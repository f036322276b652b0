"""Inlay hints: each question's counts at its answer label, and a note at the first if no pack knows the form."""

from lsprotocol import types

from report_ls.analysis.analyze import Analysis
from report_ls.analysis.counts import STATES, counts
from report_ls.base.spans import Span
from report_ls.lsp.features._wording import title
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection
from report_ls.packs.new_form import label
from report_ls.report.report import Question


def register(server: Connection, session: Session) -> None:
    """Answer with hints if the settings ask for them."""
    if not session.client.takes("text_document.inlay_hint"):
        return

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def answer(params: types.InlayHintParams) -> list[types.InlayHint]:
        report = session.report_at(params.text_document.uri) if session.settings.hints else None
        if report is None:
            return []
        document, analysis = report
        wanted = session.convert.span(document.source, params.range)
        hints = []
        first = analysis.report.questions[0] if analysis.note and analysis.report.questions else None
        if first and wanted.start <= first.heading.end <= wanted.end:
            hints.append(
                types.InlayHint(
                    session.convert.position(document.source, first.heading.end),
                    label(analysis.pack),
                    tooltip=analysis.note,
                    padding_left=True,
                )
            )
        for result in analysis.questions:
            place = _place(result.question)
            tests = document.files.tests() if result.ask.counts_tests else None
            if place and wanted.start <= place.end <= wanted.end:
                hints.append(
                    types.InlayHint(
                        session.convert.position(document.source, place.end),
                        f"{counts(result)} · pytest: {tests.in_words}" if tests else counts(result),
                        tooltip=f"{title(result)}, {STATES[result.state]}. {_how(analysis)}",
                        padding_left=True,
                    )
                )
        return hints


def _place(question: Question) -> Span | None:
    """Return where to show the counts of a question; None if it should have a label and has none."""
    return question.anchor if question.label or question.title else None


def _how(analysis: Analysis) -> str:
    as_the_script = " as the course's script counts them" if analysis.script else ""
    return f"Words are counted{as_the_script}: every piece between white space is one."
