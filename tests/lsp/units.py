"""The specification's texts and positions, restated on code units: what the server's own are compared with."""

from lsp.client import Json
from report_ls.base.spans import Span


def to_units(text: str, encoding: str) -> list[int]:
    """Return a text's code units; half a pair is a unit of its own."""
    if encoding == "utf-8":
        return list(text.encode("utf-8", "surrogatepass"))
    if encoding == "utf-32":
        return [ord(character) for character in text]
    data = text.encode("utf-16-le", "surrogatepass")
    return [low | high << 8 for low, high in zip(data[::2], data[1::2], strict=True)]


def from_units(units: list[int], encoding: str) -> str:
    """Return the text of some code units; two halves that stand beside each other are one character."""
    if encoding == "utf-8":
        text = bytes(units).decode("utf-8", "surrogatepass")
    elif encoding == "utf-32":
        text = "".join(map(chr, units))
    else:
        text = b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "surrogatepass")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def line_bounds(units: list[int]) -> list[tuple[int, int]]:
    """Return where each line starts, and where it ends before its line end."""
    bounds, start, at = [], 0, 0
    while at < len(units):
        if units[at] in (10, 13):
            bounds.append((start, at))
            at += units[at : at + 2] == [13, 10]
            start = at + 1
        at += 1
    return [*bounds, (start, len(units))]


def is_inside(units: list[int], at: int, encoding: str) -> bool:
    """Say whether a place is within a character."""
    if not 0 < at < len(units):
        return False
    if encoding == "utf-8":
        return 0x80 <= units[at] < 0xC0
    return encoding == "utf-16" and 0xDC00 <= units[at] < 0xE000 and 0xD800 <= units[at - 1] < 0xDC00


def place(units: list[int], position: Json, encoding: str) -> int:
    """Return where a position is: at the most at the end of its line, and never within a character."""
    bounds = line_bounds(units)
    if position["line"] >= len(bounds):
        return len(units)
    start, end = bounds[position["line"]]
    at: int = min(start + position["character"], end)
    while is_inside(units, at, encoding):
        at -= 1
    return at


def changed(text: str, change: Json, encoding: str) -> str:
    """Return a text after one change."""
    if change.get("range") is None:
        return from_units(to_units(change["text"], encoding), encoding)
    units = to_units(text, encoding)
    start, end = sorted(place(units, change["range"][name], encoding) for name in ("start", "end"))
    return from_units([*units[:start], *to_units(change["text"], encoding), *units[end:]], encoding)


def start_of(text: str, change: Json, encoding: str) -> int | None:
    """Return where a change starts, in code points; None if it is of the whole text."""
    if change.get("range") is None:
        return None
    units = to_units(text, encoding)
    start = min(place(units, change["range"][name], encoding) for name in ("start", "end"))
    return len(from_units([*units[:start]], encoding))


def position_of(text: str, offset: int, encoding: str) -> Json:
    """Return the position of an offset in code points."""
    before = text[:offset].replace("\r\n", "\n\n").replace("\r", "\n")
    # A CRLF counts as one line end.
    line = before.count("\n") - text[:offset].count("\r\n")
    start = before.rfind("\n") + 1
    return {"line": line, "character": len(to_units(text[start:offset], encoding))}


def range_of(text: str, span: Span, encoding: str) -> Json:
    """Return the range of a span."""
    return {"start": position_of(text, span.start, encoding), "end": position_of(text, span.end, encoding)}
