"""`reportLs/status`: the progress of each question, for status bars; only for clients that asked for it."""

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
    """Send the status of each question; for a document that is no report, send once that it has no pack."""
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
        # If no pack knows the form: the most similar edition, and a note for the user.
        "nearest": analysis.pack.unknown.nearest.id if analysis and analysis.pack.unknown else None,
        "note": analysis.note if analysis else "",
        # The folder for pictures, relative to the report; the usual one if the course names none.
        "folder": analysis and analysis.pack.picture_folder,
        "extensions": list(analysis.pack.extensions) if analysis else [],
        # What the project and the user have switched off: then green does not mean that all is fine.
        "off": session.switched_off(document),
        "stage": analysis and analysis.stage.value,
        "counts": counts,
        # Counted among all questions of the course, also those that the report lacks.
        "answered": list(analysis.answered_of_asked) if analysis else [0, 0],
        "missing": [{"number": ask.number, "topic": ask.topic} for ask in analysis.missing] if analysis else [],
        "waiting": analysis.n_waiting if analysis else 0,
        "lengths": analysis and analysis.lengths.data,
        # The course's other counts in the report and the repository, in words.
        "counted": list(collected(analysis, document.files.tree())) if analysis else [],
        "questions": [_status(session, document.source, result) for result in analysis.questions] if analysis else [],
    }
    server.protocol.send_notification(METHOD, written(params))


def _status(session: Session, source: SourceText, result: QuestionResult) -> JSON:
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
    """Return where to write the answer: lines below the heading, and characters from the line's start.

    This is before the answer's first character; if there is no answer, below the blank line after the label.
    """
    blank, end = _BLANK.match(question, start), _TWO_LINES.match(question, start)
    place = blank.end() if blank and blank.end() < len(question.rstrip()) else end.end() if end else start
    return question.count("\n", 0, place), place - question.rfind("\n", 0, place) - 1


_BLANK = regex(r"\s*")
_TWO_LINES = regex(r"(?:[^\S\n]*\n){0,2}")
