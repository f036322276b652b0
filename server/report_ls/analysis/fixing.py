"""What `--fix` and fix-all do: the safe fixes, made in rounds until none is left, and none that does harm."""

from collections.abc import Callable, Iterable, Sequence

from report_ls.analysis.analyze import Analysis, analyze
from report_ls.base.compose import combine_rounds
from report_ls.base.diagnostic import Fix, Stage
from report_ls.base.spans import Edit, Taken
from report_ls.base.text import SourceText
from report_ls.files.port import Files
from report_ls.packs.pack import Pack
from report_ls.packs.verdict import passing

_MAX_ROUNDS = 10
"""Fixes that undo each other would be a bug in report-ls; this ends them."""


def fix_all(
    source: SourceText, pack: Pack, files: Files, stage: Stage | None, wanted: Callable[[str], bool]
) -> SourceText:
    """Return the text after all safe fixes of some codes, again and again until none is left."""
    return source.apply(edits_of_all(source, pack, files, stage, wanted))


def edits_of_all(
    source: SourceText, pack: Pack, files: Files, stage: Stage | None, wanted: Callable[[str], bool]
) -> tuple[Edit, ...]:
    """Return what `fix_all` changes.

    A fix may make room for another one, but never for long.
    """
    rounds: list[tuple[Edit, ...]] = []
    fixed = source
    for _ in range(_MAX_ROUNDS):
        fixes = _kept(analyze(fixed, pack, files, stage).only(wanted))
        edits = tuple(edit for fix in fixes for edit in fix.edits)
        before, fixed = fixed, fixed.apply(edits)
        if fixed == before:
            break
        rounds.append(edits)
    return combine_rounds(source, rounds)


def _kept(analysis: Analysis) -> Sequence[Fix]:
    """Return the safe fixes that do no harm together.

    Of several in a question that would fail then the first is taken: the others are judged anew in the next round.
    """
    fixes = tuple(_safe_fixes(analysis))
    fixed = analysis.source.apply([edit for fix in fixes for edit in fix.edits])
    failing = passing(analysis.source, analysis.pack) - passing(fixed, analysis.pack)
    if not failing:
        return fixes
    kept, taken = [], set[int]()
    for fix in fixes:
        places = [analysis.report.question_at(edit.span.start) for edit in fix.edits]
        touched = {question.number for question in places if question} & {number for number, _ in failing}
        if not touched & taken:
            kept.append(fix)
        taken |= touched
    return kept


def _safe_fixes(analysis: Analysis) -> Iterable[Fix]:
    """Yield the safe fixes that do not touch each other; what is left out comes in the next round."""
    taken = Taken()
    places = (fixes for diagnostic in analysis.diagnostics for fixes in diagnostic.fixes_of_places)
    for fixes in places:
        for fix in fixes:
            if fix.safe and taken.take(edit.span for edit in fix.edits):
                yield fix
                break
