"""Findings in rows for people: one for each, or for many of one kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from report_ls.base.diagnostic import Severity

_MIN_ALIKE = 4
"""So many findings of one check, and as bad as each other, are one row; fewer, if all that differs is the place."""


class _Found(Protocol):
    """A diagnostic, or its fields in a format."""

    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def message(self) -> str: ...


_AnyFound = TypeVar("_AnyFound", bound=_Found)


def rows(findings: Sequence[_AnyFound]) -> Iterator[tuple[_AnyFound, Sequence[_AnyFound]]]:
    """Yield the findings that have a row of their own, each with those of its kind that have none."""
    n_of_kind = Counter((found.code, found.severity) for found in findings)
    kinds: dict[tuple[str, Severity, str], list[_AnyFound]] = {}
    for found in findings:
        message = found.message if n_of_kind[found.code, found.severity] < _MIN_ALIKE else ""
        kinds.setdefault((found.code, found.severity, message), []).append(found)
    for first, *others in kinds.values():
        yield first, others
