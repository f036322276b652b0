"""One JSON document that tools rely on: what it holds, and its keys, change with `version` only.

Lines and characters are zero-based, characters in code points. It is pure ASCII, so it is the same
in whatever encoding it is printed.
"""

import json
from collections import Counter
from typing import Any

from report_ls.analysis.analyze import QuestionResult
from report_ls.base.diagnostic import Diagnostic, Fix, Severity
from report_ls.base.spans import Position, Span
from report_ls.base.text import SourceText
from report_ls.cli.formats import Judged, Results, say_error
from report_ls.course.script import Script
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, Pack

_VERSION = 1


def write(results: Results) -> str:
    """Return the document."""
    document = {
        "version": _VERSION,
        "stage": _stage(results),
        "reports": [_report(report) for report in results.reports],
        "unreadable": [{"path": unreadable.path, "error": unreadable.error} for unreadable in results.unreadable],
        "summary": {
            "reports": len(results.reports),
            **{severity.word: results.count(severity) for severity in Severity},
        },
    }
    return json.dumps(document, indent=2) + "\n"


Finding = tuple[str, int | None]
"""What a finding is known again by: its code and question. Its line and its numbers change with each edit."""


def read_findings(text: str) -> dict[str, Counter[Finding]]:
    """Return how often each finding stands in each report of a document. Raises `ValueError` where it is none."""
    try:
        document = json.loads(text)
        if document["version"] != _VERSION:
            raise ValueError(f"it is of version {document['version']}, not of {_VERSION}")
        return {
            str(report["path"]): Counter((one["code"], one["question"]) for one in report["diagnostics"])
            for report in document["reports"]
        }
    except (KeyError, TypeError, json.JSONDecodeError):
        raise ValueError("it is not what --format json has written") from None


def _stage(results: Results) -> str:
    """Return the stage of all reports; `auto` where each has its own."""
    stages = {report.analysis.stage for report in results.reports}
    stage = results.stage if not stages else stages.pop() if len(stages) == 1 else None
    return stage.value if stage else "auto"


def _report(report: Judged) -> dict[str, Any]:
    analysis = report.analysis
    return {
        "path": report.path,
        "pack": analysis.pack.id,
        "nearest": analysis.pack.unknown.nearest.id if analysis.pack.unknown else None,
        "questions": [_question(analysis.source, result) for result in analysis.questions],
        "waiting": analysis.n_waiting,
        "lengths": analysis.lengths.data,
        "script": _script(analysis.script, analysis.pack) if analysis.script else None,
        "diagnostics": [_diagnostic(analysis.source, diagnostic) for diagnostic in analysis.diagnostics],
        "failures": [{"code": failure.code, "error": say_error(failure.error)} for failure in analysis.failures],
    }


def _question(source: SourceText, result: QuestionResult) -> dict[str, Any]:
    question = result.question
    return {
        "number": question.number,
        "topic": result.ask.topic,
        "words": question.answer.n_words,
        "images": len(question.answer.images),
        "asked": _asked(result.ask),
        "state": result.state.value,
        "range": _range(source, Span(question.heading.start, question.end)),
    }


def _asked(ask: Ask) -> dict[str, Any]:
    sources = {
        "words": ask.words_from.value if ask.words else None,
        "images": ask.images_from.value if ask.images else None,
    }
    return {"words": _limit(ask.words), "images": _limit(ask.images), "from": sources}


def _script(script: Script, pack: Pack) -> dict[str, Any]:
    """Return what the course's script makes of a report: it numbers the answers by their order."""
    n_asked = len(pack.asks)
    answers = () if script.refuses else script.answers
    judged = [(pack.asks[i] if i < n_asked else Ask(i + 1), answer) for i, answer in enumerate(answers)]
    return {
        "refuses": script.refuses,
        "answers": len(script.answers),
        "questions": [
            {
                "number": ask.number,
                "words": answer.n_words,
                "images": answer.n_images,
                "passes": ask.passes(answer.n_words, answer.n_images),
            }
            for ask, answer in judged
        ],
    }


def _diagnostic(source: SourceText, diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.word,
        "message": diagnostic.message,
        "question": diagnostic.question,
        "range": _range(source, diagnostic.span),
        "related": [
            {"range": _range(source, related.span), "message": related.message} for related in diagnostic.related
        ],
        "fixes": [_fix(source, fix) for fix in diagnostic.fixes],
    }


def _fix(source: SourceText, fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "preferred": fix.preferred,
        "edits": [{"range": _range(source, edit.span), "text": edit.text} for edit in fix.edits],
    }


def _limit(limit: Limit | None) -> list[int | None] | None:
    return [limit.low, limit.high] if limit else None


def _range(source: SourceText, span: Span) -> dict[str, dict[str, int]]:
    return {"start": _position(source.position(span.start)), "end": _position(source.position(span.end))}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}
