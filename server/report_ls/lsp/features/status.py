"""`reportLs/status`: how far each question is, for status bars; only for clients that asked for it."""

from report_ls.analysis.analyze import QuestionResult
from report_ls.base.text import SourceText
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.json_text import JSON, written
from report_ls.lsp.wire.protocol import Connection

METHOD = "reportLs/status"


def tell(server: Connection, session: Session, document: Document) -> None:
    """Tell the client what is said of each question; where a document is no report, once that it has no pack."""
    analysis = document.analysis
    if analysis is None and document.has_status is False:
        return
    document.has_status = analysis is not None
    counts = {"error": 0, "warning": 0, "information": 0, "hint": 0}
    for diagnostic in analysis.diagnostics if analysis else ():
        counts[diagnostic.severity.word] += 1
    params = {
        "uri": document.uri,
        "version": document.version,
        "pack": analysis and analysis.pack.id,
        # Of a form that no pack knows: the edition that is most like it, and what there is to be known, in words.
        "nearest": analysis.pack.unknown.nearest.id if analysis and analysis.pack.unknown else None,
        "note": analysis.note if analysis else "",
        # Where pictures belong, seen from the report; a course that does not care gets the usual folder.
        "folder": analysis and analysis.pack.usual_folder,
        "stage": analysis and analysis.stage.value,
        "counts": counts,
        "waiting": analysis.n_waiting if analysis else 0,
        "lengths": analysis and analysis.lengths.data,
        "questions": [_said(session, document.source, result) for result in analysis.questions] if analysis else [],
    }
    server.protocol.send_notification(METHOD, written(params))


def _said(session: Session, source: SourceText, result: QuestionResult) -> JSON:
    return {
        "number": result.question.number,
        "topic": result.ask.topic,
        "state": result.state.value,
        "words": result.question.answer.n_words,
        "images": result.question.answer.n_images,
        "range": session.convert.range_as_sent(source, result.question.heading),
    }
