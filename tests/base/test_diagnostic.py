"""Fixes are computed at their first use, and then behave as a tuple."""

from collections.abc import Iterator

import pytest
from report_ls.base.diagnostic import Diagnostic, Fix, Fixes, Related, Severity
from report_ls.base.spans import Edit, Span

_FIX = Fix("delete it", (Edit(Span(1, 2), ""),))


def _found(fixes: Fixes) -> Diagnostic:
    return Diagnostic(
        "a-code", Severity.HINT, "look here", Span(1, 2), 3, (Related(Span(4, 5), "and here", fixes),), fixes
    )


def test_who_does_not_ask_for_a_fix_does_not_pay_for_it() -> None:
    asked: list[str] = []

    def make() -> Iterator[Fix]:
        asked.append("made")
        yield _FIX

    found = _found(Fixes(make)).shift(10)
    assert (found.span, found.related[0].span, asked) == (Span(11, 12), Span(14, 15), [])
    assert found.fixes[0] == Fix("delete it", (Edit(Span(11, 12), ""),))
    assert (list(found.fixes), asked) == ([found.fixes[0]], ["made"])


def test_they_are_as_good_as_a_tuple() -> None:
    fixes = Fixes(lambda: [_FIX])
    assert fixes == (_FIX,)
    assert (_FIX,) == fixes
    assert fixes == Fixes(lambda: (_FIX,))
    assert fixes != ()
    assert (hash(fixes), len(fixes), fixes[:1], repr(fixes)) == (hash((_FIX,)), 1, (_FIX,), repr((_FIX,)))
    assert not Fixes(lambda: ())


def test_what_fails_is_told_to_whoever_asks() -> None:
    found = _found(Fixes(lambda: [_FIX] * (1 // 0))).shift(1)
    with pytest.raises(ZeroDivisionError):
        list(found.fixes)
