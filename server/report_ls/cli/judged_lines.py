"""The results for a report as two lines of JSON: they pass between processes so, and are cached so.

The first line is enough for the table of a class; the second is read if a format needs more. To pickle the hundreds of
named tuples one by one would take several times as long.
"""

import json
from typing import Any

from report_ls.base.diagnostic import Severity, Stage
from report_ls.base.spans import Position
from report_ls.cli.findings import Change, Finding, Place, Related, Tally
from report_ls.cli.results import (
    Edition,
    Failed,
    Judged,
    JudgedQuestion,
    Later,
    LaterFindings,
    Script,
    ScriptAnswer,
)
from report_ls.packs.gaps import Gap, Lengths
from report_ls.packs.limits import Limit


def write_lines(judged: Judged) -> tuple[str, str]:
    """Return the lines of a report. Its path, its group and its text are not in them."""
    script, answers = judged.script, judged.script.answers if judged.script else ()
    first = (
        *(judged.edition, judged.stage.value, judged.tally, judged.failures, judged.n_answered, judged.n_asked),
        *(script and script._replace(answers=()), judged.is_misread),
    )
    second = tuple(judged.findings), tuple(judged.questions), tuple(answers), tuple(judged.lengths.gaps)
    return json.dumps(first), json.dumps(second)


def read_lines(first: str, second: str) -> Judged:
    """Return the report of two lines. Raises `ValueError` or `TypeError` for others."""
    edition, stage, (by_severity, *counted), failures, n_answered, n_asked, script, is_misread = json.loads(first)
    more: Later[list[Any]] = Later(lambda: json.loads(second))
    return Judged(
        "",
        Edition(*edition),
        Stage(stage),
        LaterFindings(lambda: [_finding(row) for row in more[0]], Tally(tuple(by_severity), *counted)),
        tuple([Failed(*failed) for failed in failures]),
        Later(lambda: [_question(row) for row in more[1]]),
        n_answered,
        n_asked,
        Lengths(Later(lambda: [Gap(*gap) for gap in more[3]])),
        script and Script(script[0], script[1], Later(lambda: [ScriptAnswer(*row) for row in more[2]])),
        is_misread,
    )


def reduce_judged(judged: Judged) -> tuple[Any, ...]:
    """Return what `pickle` takes for a report: a function and its arguments."""
    return _unpickled, (*write_lines(judged), judged.path, judged.group, judged.text)


def _unpickled(first: str, second: str, path: str, group: str | None, text: str | None) -> Judged:
    return read_lines(first, second)._replace(path=path, group=group, text=text)


def _finding(row: list[Any]) -> Finding:
    code, severity, message, place, question, related, fixes, *more = row
    places = tuple([_related(related_row) for related_row in related])
    changes = tuple([_change(change_row) for change_row in fixes])
    return Finding(code, Severity(severity), message, _place(place), question, places, changes, *more)


def _related(row: list[Any]) -> Related:
    place, message, severity, name = row
    return Related(_place(place), message, severity and Severity(severity), name)


def _change(row: list[Any]) -> Change:
    title, safe, preferred, edits = row
    return Change(title, safe, preferred, tuple([(_place(place), text) for place, text in edits]))


def _question(row: list[Any]) -> JudgedQuestion:
    *first, words, images, words_from, images_from, is_answered, place = row
    limits = (limit and Limit(*limit) for limit in (words, images))
    return JudgedQuestion._make((*first, *limits, words_from, images_from, is_answered, _place(place)))


def _place(place: list[Any]) -> Place:
    start, end = place
    return Place(Position(*start), Position(*end))
