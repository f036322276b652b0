"""The caches have room for all questions of a report, whatever their number and length."""

import pytest
from report_ls.base.memo import LONGEST_MEMOIZED_CHARACTERS, clear_memos, make_room, memoized_by_question


@pytest.fixture(autouse=True)
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room as at the start, whatever other tests have read."""
    monkeypatch.setattr("report_ls.base.memo._room.n_pieces", 400)
    monkeypatch.setattr("report_ls.base.memo._room.n_long", 2)
    monkeypatch.setattr("report_ls.base.memo._room.has_long", False)


class Counted:
    """A function of a piece that is remembered, and how often it was called."""

    def __init__(self) -> None:
        self.n_calls = 0
        self.ask = memoized_by_question(self._answer)

    def _answer(self, piece: str, more: int = 0) -> str:
        self.n_calls += 1
        return piece[:9] + str(more)

    def calls(self, *pieces: str) -> int:
        """Return how many of some pieces are computed again."""
        before = self.n_calls
        for piece in pieces:
            assert self.ask(piece) == piece[:9] + "0"
        return self.n_calls - before


def test_there_is_room_for_all_questions_and_as_many_of_their_versions() -> None:
    n_questions = 1000
    pieces = [f"question {number}" for number in range(2 * n_questions + 400)]
    counted = Counted()
    make_room(n_questions, 0)
    assert len(pieces) == counted.calls(*pieces)
    assert 0 == counted.calls(*pieces)
    make_room(n_questions + 200, 0)
    assert 0 == counted.calls(*pieces), "one question more forgets nothing"
    make_room(n_questions + 201, 0)
    assert len(pieces) == counted.calls(*pieces)
    clear_memos()
    assert len(pieces) == counted.calls(*pieces)


def test_versions_of_a_long_piece_drive_out_none_but_each_other() -> None:
    counted = Counted()
    short = ["a" * LONGEST_MEMOIZED_CHARACTERS, *(f"question {number}" for number in range(30))]
    make_room(31, 3)
    counted.calls(*short)
    long = [f"{number} " + "x" * LONGEST_MEMOIZED_CHARACTERS for number in range(7)]
    assert 6 == counted.calls(*long[:6])
    assert 0 == counted.calls(*long[:6])
    assert 1 == counted.calls(long[6])
    assert 1 == counted.calls(long[0]), "the first is the one that is forgotten"
    assert 0 == counted.calls(*short)
    make_room(31, 0)
    make_room(31, 3)
    assert 0 == counted.calls(*short, long[0]), "a report without a long piece forgets nothing"
    make_room(31, 1)
    counted.calls(*long[:3])
    assert 0 == counted.calls(*long[1:3])
    assert 1 == counted.calls(long[0])


def test_arguments_are_told_apart() -> None:
    counted = Counted()
    assert [counted.ask("a", 1), counted.ask("a", 2), counted.ask("a", 1)] == ["a1", "a2", "a1"]
    assert 2 == counted.n_calls
