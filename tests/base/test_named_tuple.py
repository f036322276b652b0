"""Named tuples are those of `typing`, but for the time that it takes to make their classes."""

import copy
import inspect
import pickle
import sys
import typing
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_ls.base.named_tuple import NamedTuple

_NAMES = [f"name{number}" for number in range(20)]


def _made(base: object, fields: list[str], n_defaults: int) -> type[Any]:
    """Return a class with some fields, of which the last have defaults."""
    lines = [f"    {name}: object" for name in fields[: len(fields) - n_defaults]]
    lines += [f"    {name}: object = 'usual {name}'" for name in fields[len(fields) - n_defaults :]]
    lines += ["    @property", "    def first(self): return self[0]", "    def doubled(self): return self + self"]
    space: dict[str, Any] = {"base": base, "__name__": __name__}
    exec("\n".join(["class Made(base):", "    'What it is.'", *lines]), space)  # noqa: S102 - written above
    made: type[Any] = space["Made"]
    return made


def _said(action: Callable[[], object]) -> object:
    """Return what an action returns, or how it fails."""
    try:
        return action()
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        return type(error) if type(error) is not ValueError else TypeError, str(error).partition(":")[0]


@given(st.integers(0, 20), st.integers(0, 20), st.lists(st.integers(), max_size=21))
def test_they_do_what_those_of_typing_do(n_fields: int, n_defaults: int, values: list[int]) -> None:
    fields, n_defaults = _NAMES[:n_fields], min(n_defaults, n_fields)
    ours, theirs = _made(NamedTuple, fields, n_defaults), _made(typing.NamedTuple, fields, n_defaults)
    assert (ours.__doc__, ours.__name__, ours._fields, ours.__match_args__, ours.__bases__[0].__mro__[-2:]) == (
        *(theirs.__doc__, theirs.__name__, theirs._fields, theirs.__match_args__, theirs.__mro__[-2:]),
    )
    assert inspect.signature(ours).parameters.keys() == inspect.signature(theirs).parameters.keys()
    named = dict(zip(_NAMES, values, strict=False))
    one, other = _said(lambda: ours(*values)), _said(lambda: theirs(*values))
    assert (one, repr(one)) == (other, repr(other))
    assert _said(lambda: ours(**named)) == _said(lambda: theirs(**named))
    assert _said(lambda: ours(name30=1)) == _said(lambda: theirs(name30=1))
    assert _said(lambda: ours._make(values)) == _said(lambda: theirs._make(values))
    if isinstance(one, ours):
        actions: list[Callable[[Any], object]] = [
            lambda value: value.first,
            lambda value: value.doubled(),
            lambda value: value._replace(name0="new"),
            lambda value: value.name0,
            hash,
            len,
            copy.copy,
            lambda value: value.__getnewargs__(),
            lambda value: setattr(value, "name0", 1),
            lambda value: value.name30,
        ]
        for action in actions:
            assert _said(lambda: action(one)) == _said(lambda: action(other))  # noqa: B023 - called at once


class _Pair(NamedTuple):
    """Two things."""

    left: int
    right: str = "b"


class _Named(_Pair):
    """Two things with more."""

    @property
    def name(self) -> str:
        """Their name."""
        return f"{self.left}{self.right}"


def test_they_can_be_extended_and_pickled() -> None:
    named = _Named(1)._replace(left=2)
    assert (type(named), named, named.name, repr(named)) == (_Named, (2, "b"), "2b", "_Named(left=2, right='b')")
    for value in (named, _Pair(1, "c")):
        again = pickle.loads(pickle.dumps(value))  # noqa: S301 - as dumped
        assert (type(again), again) == (type(value), value)
    match _Pair(3):
        case _Pair(left, right):
            assert (left, right) == (3, "b")


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="it is that of typing there")
def test_a_wrong_call_names_the_class() -> None:
    with pytest.raises(TypeError, match=r"_Pair\.__new__\(\) missing 1 required positional argument: 'left'"):
        _Pair()  # type: ignore[call-arg]
