"""What is read on a page of HTML: imported where it is needed, because Python's reader of HTML takes its time."""

from collections.abc import Mapping
from html.parser import HTMLParser

from report_ls.base.regex import regex


def words_of(page: str) -> str:
    """Return all of a page but the names of its tags and attributes."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "".join(reader.pieces)


def seen(page: str | None, pieces: Mapping[str, str]) -> str:
    """Return the elements of a page and the texts in them, with some pieces for their marks.

    Empty for a page that ends within a tag: how much of it is seen is not known.
    """
    reader = _Elements(pieces)
    reader.feed(page or "")
    if "<" in reader.rawdata:
        return ""
    reader.close()
    return "".join(reader.seen)


class _Reader(HTMLParser):
    """Reads the text of a script like other text."""

    def set_cdata_mode(self, elem: str, **_: object) -> None:
        """Go on as everywhere else."""


class _Words(_Reader):
    """Gathers texts, comments and the values of attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as HTMLParser has it
        self.pieces += (value for _, value in attrs if value)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.pieces.append(data)


_MARKS = regex("[\U000f0000-\U0010ffff]")


class _Elements(_Reader):
    """Gathers the elements of a page and their texts; code in a line is text like other text."""

    def __init__(self, pieces: Mapping[str, str]) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._pieces = pieces

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "code" or attrs:
            self.seen.append(f"\0{tag} {attrs}\0")

    def handle_endtag(self, tag: str) -> None:
        if tag != "code":
            self.seen.append(f"\0/{tag}\0")

    def handle_data(self, data: str) -> None:
        self.seen.append(_MARKS.sub(lambda mark: self._pieces.get(mark[0], mark[0]), data))
