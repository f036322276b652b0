"""Remembering what a function of texts returned: the one home of such caches."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

_P = ParamSpec("_P")
_T = TypeVar("_T")
_FORGETTING: list[Callable[[], None]] = []
_MAKING_ROOM: list[Callable[[], None]] = []


def memoized(n_texts: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Return a decorator for functions of a text: so many results are remembered until `clear_memos` is called."""

    def decorate(function: Callable[_P, _T]) -> Callable[_P, _T]:
        remembering = lru_cache(maxsize=n_texts)(function)
        _FORGETTING.append(remembering.cache_clear)
        # What `lru_cache` returns takes any arguments, as far as its type says.
        return cast("Callable[_P, _T]", remembering)

    return decorate


class Piece(Protocol):
    """A question, or a text in one."""

    def __len__(self) -> int:
        """Return how many characters it has."""
        ...

    def __hash__(self) -> int:
        """Return what tells most from each other."""
        ...


_PieceT = TypeVar("_PieceT", bound=Piece)


def memoized_by_question(
    function: Callable[Concatenate[_PieceT, _P], _T],
) -> Callable[Concatenate[_PieceT, _P], _T]:
    """Return a function of a piece that remembers results for all pieces of a report: `make_room` tells how many.

    So a keystroke judges one question anew in a report of any length. Versions of a long piece would fill the memory:
    few are remembered, apart, so that they drive out none but each other.
    """
    usual = long = lru_cache(0)(function)

    # The piece is the first of them. By position only: to pass on names as well makes a keystroke 4 % slower.
    def remembering(*arguments: Any) -> _T:  # noqa: ANN401 - as the function takes them
        return (long if _room.has_long and len(arguments[0]) > LONGEST_MEMOIZED_CHARACTERS else usual)(*arguments)

    def make_room_here() -> None:
        nonlocal usual, long
        usual, long = lru_cache(_room.n_pieces)(function), lru_cache(_room.n_long)(function)

    make_room_here()
    _MAKING_ROOM.append(make_room_here)
    _FORGETTING.append(make_room_here)
    return cast("Callable[Concatenate[_PieceT, _P], _T]", remembering)


LONGEST_MEMOIZED_CHARACTERS = 50_000
"""Longer than anything in a report has ever been: a longer piece is a long one."""


class _Room:
    """For how many pieces there is room."""

    n_pieces = 400
    n_long = 2
    has_long = False
    """The report that was last read has a long piece: only then is each measured."""


_room = _Room()


def make_room(n_questions: int, n_long: int) -> None:
    """Make room for a report of so many questions, of which so many are long: for each as it is and as it was."""
    # More than is needed now: the author of a form adds one question after the other.
    n_pieces = _room.n_pieces if 2 * n_questions <= _room.n_pieces else 2 * n_questions + 400
    n_room = 2 * n_long or _room.n_long
    _room.has_long = n_long > 0
    if (n_pieces, n_room) != (_room.n_pieces, _room.n_long):
        _room.n_pieces, _room.n_long = n_pieces, n_room
        for make_room_here in _MAKING_ROOM:
            make_room_here()


def clear_memos() -> None:
    """Forget all that was remembered."""
    for forget_here in _FORGETTING:
        forget_here()
