"""What the findings of a report become: one mistake, one diagnostic, wherever several checks speak of it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from report_ls.base.diagnostic import Diagnostic, Fix, Fixes, OffsetDiagnostic, Related, Severity
from report_ls.base.spans import Span, Taken
from report_ls.report.report import Report


class Said(NamedTuple):
    """What a finding becomes, unless another hides, silences or explains it."""

    diagnostic: Diagnostic
    suppresses: tuple[str, ...]
    """Codes that it makes superfluous in its question."""
    explains: tuple[str, ...]
    """Codes that become related places of it there."""
    fewest_grouped: int | None
    """So many of its code are one."""
    hides: Span | None
    """Where nothing else is said."""


About = tuple[int | None, int, Said]
"""What is said, with where its question starts, and from where its places count."""


def told(said: list[About], report: Report) -> tuple[OffsetDiagnostic, ...]:
    """Return the diagnostics, in the order of the text."""
    return tuple(sorted(_gathered(_explained(_unsilenced(_unhidden(said, report)))), key=_place))


def _unhidden(said: list[About], report: Report) -> list[About]:
    """Return what is said elsewhere than where another finding hides all, such as a conflict."""
    hiding = [(one.hides, one.suppresses) for _, _, one in said if one.hides]
    if not hiding:
        return said
    quiet = {
        (code, question.start)
        for hidden, codes in hiding
        for question in report.questions
        if hidden.overlaps(Span(question.start, question.end))
        for code in codes
    }
    return [
        (about, by, one)
        for about, by, one in said
        if one.hides
        or not (
            (one.diagnostic.code, about) in quiet
            or any(hidden.start <= by + one.diagnostic.span.start < hidden.end for hidden, _ in hiding)
        )
    ]


def _unsilenced(said: list[About]) -> list[About]:
    """Return what no other finding silences."""
    # What is switched off explains nothing, so it is not here and silences nothing.
    silenced = {(code, about) for about, _, one in said for code in one.suppresses}
    if not silenced:
        return said
    return [(about, by, one) for about, by, one in said if (one.diagnostic.code, about) not in silenced]


def _explained(said: list[About]) -> list[About]:
    """Return what is said, with what a finding explains in its question among the related places of that one.

    Nothing becomes one that is worse than its cause, or that has a fix of its own.
    """
    causes: dict[int | None, Said] = {}
    for about, _, one in said:
        if about is not None and one.explains:
            causes[about] = max(causes.get(about, one), one, key=lambda cause: len(cause.explains))
    if not causes:
        return said
    kept: list[About] = []
    explained: dict[int | None, list[Related]] = {}
    for about, by, one in said:
        cause, found = causes.get(about), one.diagnostic
        if cause and found.code in cause.explains and found.severity >= cause.diagnostic.severity and not found.fixes:
            place = Related(found.span.shift(by), found.message, severity=found.severity)
            explained.setdefault(about, []).append(place)
        else:
            kept.append((about, by, one))
    return [
        (about, 0, _with_related(one, by, explained[about]))
        if about in explained and causes[about] is one
        else (about, by, one)
        for about, by, one in kept
    ]


def _with_related(one: Said, by: int, places: list[Related]) -> Said:
    diagnostic = one.diagnostic.shift(by)
    related = *diagnostic.related, *sorted(places, key=lambda place: place.span)
    return one._replace(diagnostic=diagnostic._replace(related=related))


def _gathered(said: Iterable[About]) -> Iterator[OffsetDiagnostic]:
    """Yield what is said, with the findings of a grouped check as one for each severity.

    What says the same at a worse place goes with that one, but for what waits until its question is written.
    """
    alike: dict[tuple[str, str, bool], list[OffsetDiagnostic]] = {}
    fewest: dict[str, int] = {}
    for _, by, one in said:
        diagnostic = one.diagnostic
        if one.fewest_grouped:
            fewest[diagnostic.code] = one.fewest_grouped
            same = diagnostic.code, diagnostic.message, diagnostic.waits
            alike.setdefault(same, []).append(OffsetDiagnostic(by, diagnostic))
        else:
            yield OffsetDiagnostic(by, diagnostic)
    groups: dict[tuple[str, Severity], list[OffsetDiagnostic]] = {}
    for (code, _, _), several in alike.items():
        groups.setdefault((code, min(placed.diagnostic.severity for placed in several)), []).extend(several)
    for (code, _), several in groups.items():
        if len(several) >= fewest[code]:
            yield OffsetDiagnostic(0, _grouped(sorted(several, key=_worst)))
        elif len(several) > 1:
            yield from (OffsetDiagnostic(0, one) for one in _with_fix_for_all(several))
        else:
            yield from several


def _worst(placed: OffsetDiagnostic) -> tuple[Severity, tuple[int, int, int, str]]:
    return placed.diagnostic.severity, _place(placed)


def _place(placed: OffsetDiagnostic) -> tuple[int, int, int, str]:
    by, diagnostic = placed
    return by + diagnostic.span.start, by + diagnostic.span.end, diagnostic.severity, diagnostic.code


def _grouped(placed: Sequence[OffsetDiagnostic]) -> Diagnostic:
    """Return one diagnostic at the first of some places, with the others as related places and one fix for all."""
    diagnostics = [diagnostic.shift(by) for by, diagnostic in placed]
    first, *others = diagnostics
    n_places = len(diagnostics)
    related = tuple(Related(other.span, other.message, other.fixes, other.severity) for other in others)
    return first._replace(
        message=f"{first.message} ({n_places} places)",
        related=first.related + related,
        fixes=Fixes(lambda: _together(diagnostics)),
        alone=first.fixes,
    )


def _with_fix_for_all(placed: Sequence[OffsetDiagnostic]) -> Iterator[Diagnostic]:
    """Yield some diagnostics that are too few to be one, each with a fix for all behind its own."""
    diagnostics = [diagnostic.shift(by) for by, diagnostic in placed]

    def with_all(own: Sequence[Fix]) -> Iterator[Fix]:
        yield from own
        together = [*_together(diagnostics)]
        if not any(fix.safe for fix in together):  # What is safe can be fixed together anyway.
            yield from (fix._replace(preferred=False) for fix in together)

    for one in diagnostics:
        yield one._replace(fixes=Fixes(partial(with_all, one.fixes)), alone=one.fixes)


def _together(diagnostics: Sequence[Diagnostic]) -> Iterator[Fix]:
    """Yield one fix for all places that have any, and where only some of these are safe, one for those."""
    taken = Taken()
    # Fixes that touch each other are no single one: the other comes in the next round.
    fixes = [
        diagnostic.fixes[0]
        for diagnostic in diagnostics
        if diagnostic.fixes and taken.take(edit.span for edit in diagnostic.fixes[0].edits)
    ]
    safe = [fix for fix in fixes if fix.safe]
    for several in (fixes, safe if len(safe) < len(fixes) else []):
        if several:
            n_places = len(diagnostics)
            where = f"all {n_places}" if len(several) == n_places else f"{len(several)} of {n_places}"
            titles = {fix.title for fix in several}
            yield Fix(
                f"{titles.pop() if len(titles) == 1 else 'put it right'}, in {where} places",
                tuple(edit for fix in several for edit in fix.edits),
                safe=all(fix.safe for fix in several),
                preferred=all(fix.preferred for fix in several),
            )
