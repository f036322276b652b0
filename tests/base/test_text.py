"""Text and places: lines end where CommonMark and the protocol say, and edits land where they should."""

import re
import sys
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_ls.base.memo import clear_memos, memoized
from report_ls.base.spans import Edit, Position, Span
from report_ls.base.text import SourceText

_TEXTS = st.text(st.sampled_from("ab\n\r\u2028\u2029\x85\f\v\x1c\0é😀\ufeff"), max_size=30)


def _starts(source: SourceText) -> tuple[int, ...]:
    return tuple(source.line_starts[line] for line in range(len(source.line_starts)))


def test_lines_end_at_the_three_line_ends() -> None:
    source = SourceText("a\nb\r\nc\rd\n\re")
    assert _starts(source) == (0, 2, 5, 7, 9, 10)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\f", "\v", "\x1c", "\x1d", "\x1e"])
def test_other_separators_end_no_line(sign: str) -> None:
    source = SourceText(f"a{sign}b")
    assert _starts(source) == (0,)
    assert source.plain == source.text
    assert source.position(3) == Position(0, 3)


def test_an_empty_text_has_one_line() -> None:
    source = SourceText("")
    assert _starts(source) == (0,)
    assert source.line_span(0) == Span(0, 0)
    assert source.position(0) == Position(0, 0)


def test_a_byte_order_mark_is_read_as_a_space() -> None:
    assert SourceText("\ufeffa\r\n").plain == " a \n"
    assert SourceText("a\ufeff").plain == "a\ufeff"


def test_a_text_ends_with_an_empty_line_behind_its_last_line_end() -> None:
    source = SourceText("a\r\n")
    assert source.line_span(0) == Span(0, 1)
    assert source.line_span(1) == Span(3, 3)


def test_characters_are_code_points() -> None:
    source = SourceText("x\n😀é!")
    assert source.position(4) == Position(1, 2)


@pytest.mark.parametrize(
    ("text", "newline"), [("", "\n"), ("a", "\n"), ("a\r\nb\n", "\r\n"), ("a\nb\r\n", "\n"), ("\ra\n", "\r")]
)
def test_the_newline_of_a_text_is_its_first(text: str, newline: str) -> None:
    assert SourceText(text).newline == newline


def test_all_edits_count_from_the_same_text() -> None:
    edits = [Edit(Span(4, 5), "E"), Edit(Span(0, 1), ""), Edit(Span(2, 2), "-"), Edit(Span(2, 3), "C")]
    assert SourceText("abcde").apply(edits) == SourceText("b-CdE")


def test_two_insertions_at_one_place_keep_their_order() -> None:
    assert SourceText("ab").apply([Edit(Span(1, 1), "1"), Edit(Span(1, 1), "2")]) == SourceText("a12b")


_LONG_TEXTS = st.builds(
    lambda n_lines, line_end, end: f"a{line_end}" * n_lines + end,
    st.integers(0, 400),
    st.sampled_from(["\n", "\r\n", "\r"]),
    _TEXTS,
)
"""Often more lines than a block of the index holds."""
_PLACES = st.integers(0, 40) | st.integers(0, 900)


@given(_LONG_TEXTS, st.lists(st.tuples(_PLACES, _PLACES, _TEXTS | _LONG_TEXTS), max_size=5))
def test_an_index_that_is_carried_over_is_the_one_that_would_be_made(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    source = SourceText(text)
    for one, other, inserted in edits:
        start, end = sorted(min(place, len(source.text)) for place in (one, other))
        edit = Edit(Span(start, end), inserted)
        expected = source.apply([edit])
        source = source.replace(edit)
        assert expected == source
        assert expected.plain == source.plain
        assert _starts(expected) == _starts(source)
        lines = [source.line_at(offset) for offset in range(len(source.text) + 1)]
        assert [expected.line_at(offset) for offset in range(len(source.text) + 1)] == lines


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("place", [0, 1, 2000, 2001, 2002, 2003])
def test_an_edit_counts_the_lines_near_it_only_whatever_they_end_with(place: int, line_end: str) -> None:
    assert _n_calls_of_an_edit(line_end, place) < _n_calls_of_an_edit("\n", place) + 40


def _n_calls_of_an_edit(line_end: str, place: int) -> int:
    """Return how many functions an edit calls until all is known that is asked of a text."""
    source, edit = SourceText(f"ab{line_end}" * 8000), Edit(Span(place, place), "c")
    source.replace(edit).position(place)  # the pattern of line ends is compiled when it is first used
    count = 0

    def notice(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(notice)
    try:
        source.replace(edit).position(place)
    finally:
        sys.setprofile(None)
    return count


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlapping edits at offset 1"):
        SourceText("abc").apply([Edit(Span(0, 2), ""), Edit(Span(1, 3), "")])


def test_spans_overlap_where_they_share_a_code_point() -> None:
    assert Span(0, 2).overlaps(Span(1, 3))
    assert not Span(0, 2).overlaps(Span(2, 3))
    assert not Span(1, 1).overlaps(Span(0, 1))
    assert Span(1, 2).shift(3) == Span(4, 5)


@given(_TEXTS)
def test_the_lines_are_those_of_a_plain_split(text: str) -> None:
    source = SourceText(text)
    lines = re.split(r"\r\n|\n|\r", text)
    spans = [source.line_span(line) for line in range(len(source.line_starts))]
    assert [text[span.start : span.end] for span in spans] == lines


@given(_TEXTS)
def test_a_position_counts_the_line_ends_before_it(text: str) -> None:
    source = SourceText(text)
    ends = [match.end() for match in re.finditer(r"\r\n|\n|\r", text)]
    for offset in range(len(text) + 1):
        starts = [0, *(end for end in ends if end <= offset)]
        assert source.position(offset) == Position(len(starts) - 1, offset - starts[-1])
        assert source.line_at(offset) == len(starts) - 1


@given(_TEXTS)
def test_the_plain_text_is_equally_long_with_line_feeds_only(text: str) -> None:
    plain = SourceText(text).plain
    assert len(plain) == len(text)
    assert "\r" not in plain
    assert SourceText(plain).line_starts == SourceText(text).line_starts


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(_TEXTS)
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return text, [Edit(Span(start, end), draw(_TEXTS)) for start, end in pairs]


@given(_edited(), st.randoms())
def test_edits_in_any_order_do_what_they_do_one_by_one_from_the_end(
    edited: tuple[str, list[Edit]], random: Random
) -> None:
    text, edits = edited
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    assert SourceText(text).apply(edits) == SourceText(expected)
    if len({edit.span for edit in edits}) == len(edits):
        random.shuffle(edits)
        assert SourceText(text).apply(edits) == SourceText(expected)


@memoized(2)
def _padded(text: str, width: int) -> list[str]:
    """Return a list, so that it is seen whether it is a new one."""
    return [text.ljust(width)]


def test_so_many_results_are_remembered_until_all_are_forgotten() -> None:
    first, second = _padded("a", 2), _padded("b", 2)
    assert (["a "], ["b "]) == (first, second)
    assert _padded("a", 2) is first
    _padded("c", 2)
    assert _padded("a", 2) is first
    assert _padded("b", 2) is not second, "the one that was asked for the longest ago is the one that goes"
    clear_memos()
    assert _padded("a", 2) is not first


def test_a_remembered_function_takes_what_it_took() -> None:
    # Neither comment would be of use, and mypy would say so, if it did not know what the function takes.
    with pytest.raises(TypeError):
        _padded("a")  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        _padded(3, 4)  # type: ignore[arg-type]
