"""Inlay hints: the counts of each question at its answer label."""

from lsprotocol import types

from report_ls.lsp.features._wording import STATES, counts, title
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.protocol import Connection


def register(server: Connection, session: Session) -> None:
    """Answer with hints while the settings want them."""
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
        for result in analysis.questions:
            label = result.question.label
            if label and wanted.start <= label.span.end <= wanted.end:
                hints.append(
                    types.InlayHint(
                        session.convert.position(document.source, label.span.end),
                        counts(result),
                        tooltip=f"{title(result)}, {STATES[result.state]}. {_HOW}",
                        padding_left=True,
                    )
                )
        return hints


_HOW = "Words are counted as the course's script counts them: every piece between white space is one."
