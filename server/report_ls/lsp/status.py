"""`reportLs/status`: how far each question is, for status bars; only for clients that asked for it."""

from typing import TYPE_CHECKING

from report_ls.analysis import Analysis
from report_ls.lsp.documents import Document

if TYPE_CHECKING:
    from report_ls.lsp.server import Server

METHOD = "reportLs/status"


def tell(server: "Server", document: Document, analysis: Analysis) -> None:
    """Tell the client what an analysis says of each question."""
    source = document.source
    questions = [
        {
            "number": result.question.number,
            "topic": result.ask.topic,
            "state": result.state.value,
            "words": result.question.answer.n_words,
            "images": result.question.answer.n_images,
            "range": server.convert.range_as_sent(source, result.question.heading),
        }
        for result in analysis.questions
    ]
    counts = {"error": 0, "warning": 0, "information": 0, "hint": 0}
    for diagnostic in analysis.diagnostics:
        counts[diagnostic.severity.word] += 1
    params = {
        "uri": document.uri,
        "version": document.version,
        "pack": analysis.pack.id,
        "stage": analysis.stage.value,
        "counts": counts,
        "questions": questions,
    }
    server.protocol.send_notification(METHOD, params)
