"""What the findings of a report become: one mistake, one diagnostic, wherever several checks speak of it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from report_ls.base.diagnostic import Diagnostic, Fix, Fixes, OffsetDiagnostic, Related, Severity
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Span, Taken
from report_ls.report.report import Report


class Pending(NamedTuple):
    """What a finding becomes, unless another hides, suppresses or explains it."""

    diagnostic: Diagnostic
    suppresses: tuple[str, ...]
    """Codes that it makes superfluous in its question."""
    explains: tuple[str, ...]
    """Codes that become related places of it there."""
    fewest_grouped: int | None
    """So many of its code are one."""
    hides: Span | None
    """Where nothing else is said."""


PlacedPending = tuple[int | None, int, Pending]
"""The start of its question, if it belongs to one; the offset from which its places count; and what is pending."""


def diagnostics_of(placed: list[PlacedPending], report: Report) -> tuple[OffsetDiagnostic, ...]:
    """Return the diagnostics, in the order of the text."""
    shown = _explained(_unsuppressed(_unhidden(placed, report)))
    return tuple(sorted(_merged(shown), key=_place))


def _unhidden(placed: list[PlacedPending], report: Report) -> list[PlacedPending]:
    """Leave out what is said where another finding hides all, such as a conflict."""
    hiding = [(pending.hides, pending.suppresses) for _, _, pending in placed if pending.hides]
    if not hiding:
        return placed
    suppressed = {
        (code, question.start)
        for hidden, codes in hiding
        for question in report.questions
        if hidden.overlaps(Span(question.start, question.end))
        for code in codes
    }
    return [
        (question_start, offset, pending)
        for question_start, offset, pending in placed
        if pending.hides
        or not (
            (pending.diagnostic.code, question_start) in suppressed
            or any(hidden.start <= offset + pending.diagnostic.span.start < hidden.end for hidden, _ in hiding)
        )
    ]


def _unsuppressed(placed: list[PlacedPending]) -> list[PlacedPending]:
    """Leave out what another finding suppresses."""
    # A check that is switched off has no finding here, so it suppresses nothing.
    suppressed = {(code, question_start) for question_start, _, pending in placed for code in pending.suppresses}
    if not suppressed:
        return placed
    return [
        (question_start, offset, pending)
        for question_start, offset, pending in placed
        if (pending.diagnostic.code, question_start) not in suppressed
    ]


def _explained(placed: list[PlacedPending]) -> list[PlacedPending]:
    """Move what a finding explains in its question to the related places of that finding.

    What is worse than its cause, or has a fix of its own, stays a diagnostic.
    """
    causes: dict[int | None, Pending] = {}
    for question_start, _, pending in placed:
        if question_start is not None and pending.explains:
            best = causes.get(question_start, pending)
            causes[question_start] = max(best, pending, key=lambda cause: len(cause.explains))
    if not causes:
        return placed
    kept: list[PlacedPending] = []
    explained: dict[int | None, list[Related]] = {}
    for question_start, offset, pending in placed:
        cause, found = causes.get(question_start), pending.diagnostic
        if cause and found.code in cause.explains and found.severity >= cause.diagnostic.severity and not found.fixes:
            span, name = found.span.shift(offset), found.question_name
            place = Related(span, found.message, severity=found.severity, question_name=name)
            explained.setdefault(question_start, []).append(place)
        else:
            kept.append((question_start, offset, pending))
    return [
        (question_start, 0, _with_related(pending, offset, explained[question_start]))
        if question_start in explained and causes[question_start] is pending
        else (question_start, offset, pending)
        for question_start, offset, pending in kept
    ]


def _with_related(pending: Pending, offset: int, places: list[Related]) -> Pending:
    diagnostic = pending.diagnostic.shift(offset)
    related = *diagnostic.related, *sorted(places, key=lambda place: place.span)
    return pending._replace(diagnostic=diagnostic._replace(related=related))


def _merged(placed: Iterable[PlacedPending]) -> Iterator[OffsetDiagnostic]:
    """Yield the diagnostics; those of a check that is grouped as one for each severity.

    Where the same message has several severities, all its places join the worst. What waits until its question is
    written stays apart.
    """
    alike: dict[tuple[str, str, bool], list[OffsetDiagnostic]] = {}
    fewest: dict[str, int] = {}
    for _, offset, pending in placed:
        diagnostic = pending.diagnostic
        if pending.fewest_grouped:
            fewest[diagnostic.code] = pending.fewest_grouped
            same = diagnostic.code, diagnostic.message, diagnostic.waits
            alike.setdefault(same, []).append(OffsetDiagnostic(offset, diagnostic))
        else:
            yield OffsetDiagnostic(offset, diagnostic)
    groups: dict[tuple[str, Severity], list[OffsetDiagnostic]] = {}
    for (code, _, _), group in alike.items():
        groups.setdefault((code, min(member.diagnostic.severity for member in group)), []).extend(group)
    for (code, _), group in groups.items():
        if len(group) >= fewest[code]:
            yield OffsetDiagnostic(0, _grouped(sorted(group, key=_worst)))
        elif len(group) > 1:
            yield from (OffsetDiagnostic(0, diagnostic) for diagnostic in _with_fix_for_all(group))
        else:
            yield from group


def _worst(member: OffsetDiagnostic) -> tuple[Severity, tuple[int, int, int, str]]:
    return member.diagnostic.severity, _place(member)


def _place(member: OffsetDiagnostic) -> tuple[int, int, int, str]:
    offset, diagnostic = member
    return offset + diagnostic.span.start, offset + diagnostic.span.end, diagnostic.severity, diagnostic.code


def _grouped(group: Sequence[OffsetDiagnostic]) -> Diagnostic:
    """Return one diagnostic at the first of some places, with the others as related places and one fix for all."""
    diagnostics = [diagnostic.shift(offset) for offset, diagnostic in group]
    first, *others = diagnostics
    n_places = len(diagnostics)
    related = tuple(
        Related(other.span, other.message, other.fixes, other.severity, other.question_name) for other in others
    )
    is_of_one_question = len({diagnostic.question for diagnostic in diagnostics}) == 1
    return first._replace(
        message=f"{first.message} ({n_places} places)",
        related=first.related + related,
        fixes=Fixes(lambda: _combined_fixes(diagnostics)),
        alone=first.fixes,
        question_name=first.question_name if is_of_one_question else "",
    )


def _with_fix_for_all(group: Sequence[OffsetDiagnostic]) -> Iterator[Diagnostic]:
    """Yield some diagnostics that are too few to be one, each with a fix for all behind its own."""
    diagnostics = [diagnostic.shift(offset) for offset, diagnostic in group]

    def with_all(own: Sequence[Fix]) -> Iterator[Fix]:
        yield from own
        combined = [*_combined_fixes(diagnostics)]
        if not any(fix.safe for fix in combined):  # What is safe can be fixed together anyway.
            yield from (fix._replace(preferred=False) for fix in combined)

    for diagnostic in diagnostics:
        yield diagnostic._replace(fixes=Fixes(partial(with_all, diagnostic.fixes)), alone=diagnostic.fixes)


def _combined_fixes(diagnostics: Sequence[Diagnostic]) -> Iterator[Fix]:
    """Yield one fix for all places that have any, and where only some of these are safe, one for those."""
    taken = Taken()
    # Fixes that touch each other are no single one: the other comes in the next round.
    fixes = [
        diagnostic.fixes[0]
        for diagnostic in diagnostics
        if diagnostic.fixes and taken.take(edit.span for edit in diagnostic.fixes[0].edits)
    ]
    safe = [fix for fix in fixes if fix.safe]
    for chosen in (fixes, safe if len(safe) < len(fixes) else []):
        if chosen:
            n_places = len(diagnostics)
            where = f"all {n_places}" if len(chosen) == n_places else f"{len(chosen)} of {n_places}"
            titles = {fix.title for fix in chosen}
            yield Fix(
                f"{titles.pop() if len(titles) == 1 else 'put it right'}, in {where} places",
                tuple(edit for fix in chosen for edit in fix.edits),
                safe=all(fix.safe for fix in chosen),
                preferred=all(fix.preferred for fix in chosen),
            )
