"""Columns are counted as the client counts them; any position that it sends is a place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText
from report_ls.lsp.wire.positions import Converter

UTF_8 = Converter(types.PositionEncodingKind.Utf8)
UTF_16 = Converter(types.PositionEncodingKind.Utf16)
UTF_32 = Converter(types.PositionEncodingKind.Utf32)

# An emoji outside the first plane, a letter of two bytes, half a pair, and all line ends.
TEXT = "a\U0001f4f7\u00f8b\r\n\ud83dc\u2028d\r\ne\n"


@pytest.mark.parametrize(
    ("converter", "columns"),
    [
        (UTF_8, [0, 1, 5, 7, 8, 9]),
        (UTF_16, [0, 1, 3, 4, 5, 6]),
        (UTF_32, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_columns_before_and_behind_an_emoji(converter: Converter, columns: list[int]) -> None:
    source = SourceText(TEXT)
    assert [types.Position(0, column) for column in columns] == [
        converter.position(source, offset) for offset in range(6)
    ]


@pytest.mark.parametrize(("converter", "column"), [(UTF_8, 7), (UTF_16, 3), (UTF_32, 3)])
def test_lines_end_at_line_ends_only(converter: Converter, column: int) -> None:
    source = SourceText(TEXT)
    assert types.Position(1, column) == converter.position(source, TEXT.index("d"))
    assert types.Position(2, 0) == converter.position(source, TEXT.index("e"))
    assert types.Position(3, 0) == converter.position(source, len(TEXT))


@pytest.mark.parametrize(
    ("converter", "line", "column", "offset"),
    [
        (UTF_8, 0, 2, 1),  # within the emoji: its start
        (UTF_8, 0, 4, 1),
        (UTF_16, 0, 2, 1),
        (UTF_8, 0, 6, 2),  # within the letter of two bytes
        (UTF_8, 1, 1, 6),  # within the half pair
        (UTF_8, 0, 99, 4),  # behind the end of the line: its end
        (UTF_16, 0, 99, 4),
        (UTF_32, 0, 99, 4),
        (UTF_16, 1, 99, 10),
        (UTF_16, 2, 99, 13),
        (UTF_16, 3, 0, 14),
        (UTF_16, 3, 99, 14),  # behind the end of the text: its end
        (UTF_16, 4, 0, 14),
        (UTF_16, (1 << 31) - 1, (1 << 31) - 1, 14),
    ],
)
def test_every_position_is_some_offset(converter: Converter, line: int, column: int, offset: int) -> None:
    assert offset == converter.offset(SourceText(TEXT), types.Position(line, column))


@pytest.mark.parametrize("converter", [UTF_8, UTF_16, UTF_32])
def test_a_reversed_range_is_the_same_the_right_way_round(converter: Converter) -> None:
    start, end = types.Position(0, 1), types.Position(2, 0)
    source = SourceText(TEXT)
    assert converter.span(source, types.Range(start, end)) == converter.span(source, types.Range(end, start))
    assert Span(1, 12) == converter.span(source, types.Range(end, start))


@pytest.mark.parametrize("converter", [UTF_8, UTF_16, UTF_32])
def test_an_empty_text_has_one_position(converter: Converter) -> None:
    assert types.Position(0, 0) == converter.position(SourceText(""), 0)
    assert converter.offset(SourceText(""), types.Position(5, 5)) == 0


TEXTS = st.text(st.sampled_from("ab\u00f8\u2028\u0085\x0c\U0001f4f7\ud83d\udcf7\r\n"), max_size=40)


@pytest.mark.parametrize("converter", [UTF_8, UTF_16, UTF_32])
@given(text=TEXTS)
def test_every_place_there_and_back_is_itself(converter: Converter, text: str) -> None:
    source = SourceText(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # No position is within a line end.
        assert offset == converter.offset(source, converter.position(source, offset))


def test_an_edit_is_written_with_its_range() -> None:
    expected = types.TextEdit(types.Range(types.Position(0, 3), types.Position(1, 0)), "x")
    assert expected == UTF_16.edit(SourceText(TEXT), Edit(Span(2, 6), "x"))
