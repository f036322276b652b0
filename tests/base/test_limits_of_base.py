"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

import pytest
from report_ls.base.diagnostic import _MAX_LINES, Diagnostic, Severity, in_other_lines
from report_ls.base.lines import _LINES_OF_A_BLOCK, _blocks
from report_ls.base.memo import LONGEST_MEMOIZED_CHARACTERS, clear_memos, make_room, memoized_by_question
from report_ls.base.questions import _MAX_LISTED, _MIN_RUN, questions
from report_ls.base.rows import _MIN_ALIKE, rows
from report_ls.base.spans import Span


def test_so_many_other_lines_are_named() -> None:
    lines = [str(number) for number in range(2, _MAX_LINES + 2)]
    named = f"also in lines {', '.join(lines[:-1])} and {lines[-1]}"
    assert named == in_other_lines(1, range(1, _MAX_LINES + 2))
    assert f"also in lines {', '.join(lines)} and 1 other" == in_other_lines(1, range(1, _MAX_LINES + 3))
    assert f"also in lines {', '.join(lines)} and 2 others" == in_other_lines(1, range(1, _MAX_LINES + 4))


def test_lines_are_cut_into_blocks_where_there_are_more_than_two_of_them() -> None:
    assert [1, 3] == [
        len([*_blocks(range(n_lines), 0)]) for n_lines in (2 * _LINES_OF_A_BLOCK, 2 * _LINES_OF_A_BLOCK + 1)
    ]


def test_a_piece_is_long_that_has_more_signs_than_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("report_ls.base.memo._room.n_pieces", 400)
    monkeypatch.setattr("report_ls.base.memo._room.n_long", 2)
    monkeypatch.setattr("report_ls.base.memo._room.has_long", False)
    asked: list[str] = []

    @memoized_by_question
    def ask(piece: str) -> int:
        asked.append(piece[0])
        return len(piece)

    make_room(1, 1)  # Of long pieces two are remembered.
    for n_signs in (LONGEST_MEMOIZED_CHARACTERS, LONGEST_MEMOIZED_CHARACTERS + 1):
        asked.clear()
        for sign in "abca":
            ask(sign * n_signs)
        assert ("abc" if n_signs == LONGEST_MEMOIZED_CHARACTERS else "abca") == "".join(asked)
    clear_memos()


def test_so_many_places_of_questions_are_named() -> None:
    numbers = range(1, 2 * _MAX_LISTED, 2)
    *others, last = map(str, numbers)
    assert f"questions {', '.join(others)} and {last}" == questions(numbers)
    assert f"{_MAX_LISTED + 1} questions" == questions(range(1, 2 * _MAX_LISTED + 2, 2))


def test_so_many_questions_in_a_row_are_named_by_the_first_and_the_last() -> None:
    assert f"questions 1 to {_MIN_RUN}" == questions(range(1, _MIN_RUN + 1))
    *others, last = map(str, range(1, _MIN_RUN))
    assert f"questions {', '.join(others)} and {last}" == questions(range(1, _MIN_RUN))


@pytest.mark.parametrize("n_found", [_MIN_ALIKE - 1, _MIN_ALIKE])
def test_so_many_findings_of_a_check_are_one_row(n_found: int) -> None:
    found = [Diagnostic("a-code", Severity.ERROR, f"look {n} times", Span(n, n)) for n in range(n_found)]
    expected = [(one, []) for one in found] if n_found < _MIN_ALIKE else [(found[0], found[1:])]
    assert expected == [*rows(found)]
