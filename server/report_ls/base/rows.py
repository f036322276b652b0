"""Findings in rows for people: one for each, or for many of one kind."""

from collections import Counter
from collections.abc import Iterator, Sequence

from report_ls.base.diagnostic import Diagnostic, Severity

_MANY = 4
"""So many findings of one check, and as bad as each other, are one row; fewer, if all that differs is the place."""


def rows(diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[Diagnostic, Sequence[Diagnostic]]]:
    """Yield the findings that have a row of their own, each with those of its kind that have none."""
    n_of_kind = Counter((found.code, found.severity) for found in diagnostics)
    kinds: dict[tuple[str, Severity, str], list[Diagnostic]] = {}
    for found in diagnostics:
        message = found.message if n_of_kind[found.code, found.severity] < _MANY else ""
        kinds.setdefault((found.code, found.severity, message), []).append(found)
    for first, *others in kinds.values():
        yield first, others
