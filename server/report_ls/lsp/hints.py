"""Inlay hints: the counts of each question at its answer label."""

from typing import TYPE_CHECKING

from lsprotocol import types

from report_ls.lsp._words import STATES, counts, title

if TYPE_CHECKING:
    from report_ls.lsp.server import Server


def register(server: "Server") -> None:
    """Answer with hints while the settings want them."""
    if not server.client.takes("text_document.inlay_hint"):
        return

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def answer(params: types.InlayHintParams) -> list[types.InlayHint]:
        document = server.documents.get(params.text_document.uri)
        analysis = server.judge(document) if document and server.settings.hints else None
        if document is None or analysis is None:
            return []
        wanted = server.convert.span(document.source, params.range)
        hints = []
        for result in analysis.questions:
            label = result.question.label
            if label and wanted.start <= label.span.end <= wanted.end:
                hints.append(
                    types.InlayHint(
                        server.convert.position(document.source, label.span.end),
                        counts(result),
                        tooltip=f"{title(result)}, {STATES[result.state]}. {_HOW}",
                        padding_left=True,
                    )
                )
        return hints


_HOW = "Words are counted as the course's script counts them: every piece between white space is one."
