"""`reportLs/status`: how far each question is, for status bars; only for clients that asked for it."""

from report_ls.analysis.analyze import QuestionResult
from report_ls.analysis.counts import counts, progress
from report_ls.base.memo import memoized_by_question
from report_ls.base.regex import regex
from report_ls.base.text import SourceText
from report_ls.lsp.session.documents import Document
from report_ls.lsp.session.session import Session
from report_ls.lsp.wire.json_text import JSON, written
from report_ls.lsp.wire.protocol import Connection
from report_ls.project.counts import counts as collected

METHOD = "reportLs/status"


def tell(server: Connection, session: Session, document: Document) -> None:
    """Tell the client what is said of each question; where a document is no report, once that it has no pack."""
    analysis = document.analysis
    if analysis is None and document.shows_status is False:
        return
    document.shows_status = analysis is not None
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
        "folder": analysis and analysis.pack.picture_folder,
        "extensions": list(analysis.pack.extensions) if analysis else [],
        # What the project and the user have switched off: green is not all green then.
        "off": session.switched_off(document),
        "stage": analysis and analysis.stage.value,
        "counts": counts,
        # Of the course's questions, also of those that the report lacks.
        "answered": list(analysis.answered_of_asked) if analysis else [0, 0],
        "missing": [{"number": ask.number, "topic": ask.topic} for ask in analysis.missing] if analysis else [],
        "waiting": analysis.n_waiting if analysis else 0,
        "lengths": analysis and analysis.lengths.data,
        # What the course counts in the report and the repository, in words.
        "counted": list(collected(analysis, document.files.tree())) if analysis else [],
        "questions": [_said(session, document.source, result) for result in analysis.questions] if analysis else [],
    }
    server.protocol.send_notification(METHOD, written(params))


def _said(session: Session, source: SourceText, result: QuestionResult) -> JSON:
    question = result.question
    heading = session.convert.range_as_sent(source, question.heading)
    n_lines, character = _answer(question.text, question.answer.span.start - question.start)
    return {
        "number": question.number,
        "topic": result.topic,
        "state": result.state.value,
        "words": question.answer.n_words,
        "images": question.answer.n_images,
        "progress": progress(result),
        "counts": counts(result, "of"),
        "range": heading,
        "answer": {"line": heading["start"]["line"] + n_lines, "character": character},
    }


@memoized_by_question
def _answer(question: str, start: int) -> tuple[int, int]:
    """Return how many lines below its heading, and behind how many signs, somebody goes on who writes an answer.

    That is before its first sign; where there is none, below the blank line that follows the label.
    """
    blank, end = _BLANK.match(question, start), _TWO_LINES.match(question, start)
    place = blank.end() if blank and blank.end() < len(question.rstrip()) else end.end() if end else start
    return question.count("\n", 0, place), place - question.rfind("\n", 0, place) - 1


_BLANK = regex(r"\s*")
_TWO_LINES = regex(r"(?:[^\S\n]*\n){0,2}")
