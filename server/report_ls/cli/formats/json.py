"""One JSON document for tools. Its keys and their meaning change only with `version`.

Lines and characters are zero-based; characters are code points. It is pure ASCII, so it does not depend
on the encoding in which it is printed.
"""

import json
from collections import Counter
from typing import Any

from report_ls.base.diagnostic import Severity
from report_ls.base.spans import Position
from report_ls.cli.findings import Change, Finding, Place
from report_ls.cli.results import Judged, JudgedQuestion, Results, Script
from report_ls.packs.limits import Limit

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


Known = tuple[str, int | None]
"""Identifies a finding in another run: its code and question. Its line and its counts change with each edit."""


def read_findings(text: str) -> dict[str, Counter[Known]]:
    """Return how often each finding is in each report of a document. Raises `ValueError` for any other text."""
    try:
        document = json.loads(text)
        if document["version"] != _VERSION:
            raise ValueError(f"it has version {document['version']}, not {_VERSION}")
        return {
            str(report["path"]): Counter((found["code"], found["question"]) for found in report["diagnostics"])
            for report in document["reports"]
        }
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError, RecursionError):
        raise ValueError("it is not an output of --format json") from None


def _stage(results: Results) -> str:
    """Return the stage of all reports; `auto` if they differ."""
    stages = {report.stage for report in results.reports}
    stage = results.stage if not stages else stages.pop() if len(stages) == 1 else None
    return stage.value if stage else "auto"


def _report(report: Judged) -> dict[str, Any]:
    questions = zip(report.questions, report.states, strict=True)
    return {
        "path": report.path,
        "pack": report.edition.id,
        "nearest": report.edition.nearest,
        "questions": [_question(question, state) for question, state in questions],
        "waiting": report.n_waiting,
        "lengths": report.lengths.data,
        "script": _script(report.script) if report.script else None,
        "diagnostics": [_diagnostic(finding) for finding in report.findings],
        "failures": [{"code": code, "error": error} for code, error in report.failures],
    }


def _question(question: JudgedQuestion, state: str) -> dict[str, Any]:
    sources = {"words": question.words_from, "images": question.images_from}
    return {
        "number": question.number,
        "topic": question.topic,
        "words": question.n_words,
        "images": question.n_images,
        "asked": {"words": _limit(question.words), "images": _limit(question.images), "from": sources},
        "state": state,
        "range": _range(question.place),
    }


def _script(script: Script) -> dict[str, Any]:
    return {
        "refuses": script.refuses,
        "answers": script.n_answers,
        "questions": [
            {"number": number, "words": n_words, "images": n_images, "passes": passes}
            for number, n_words, n_images, passes in script.answers
        ],
    }


def _diagnostic(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.word,
        "message": finding.message,
        "question": finding.question,
        "range": _range(finding.place),
        "related": [{"range": _range(related.place), "message": related.message} for related in finding.related],
        "fixes": [_fix(change) for change in finding.fixes],
    }


def _fix(change: Change) -> dict[str, Any]:
    return {
        "title": change.title,
        "safe": change.safe,
        "preferred": change.preferred,
        "edits": [{"range": _range(place), "text": text} for place, text in change.edits],
    }


def _limit(limit: Limit | None) -> list[int | None] | None:
    return [limit.low, limit.high] if limit else None


def _range(place: Place) -> dict[str, dict[str, int]]:
    return {"start": _position(place.start), "end": _position(place.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}
