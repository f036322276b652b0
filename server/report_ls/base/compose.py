"""Rounds of edits, made one after the other, as one round."""

from collections import deque
from collections.abc import Iterable, Iterator

from report_ls.base.spans import Edit, Span
from report_ls.base.text import SourceText


def combine_rounds(source: SourceText, rounds: Iterable[Iterable[Edit]]) -> tuple[Edit, ...]:
    """Return the edits of a text that do at once what rounds of edits do, each to the result of the one before."""
    pieces: list[Span | str] = [Span(0, len(source.text))]
    for edits in rounds:
        pieces = list(_edited(pieces, edits))
    return tuple(_differences(source, pieces))


def _edited(pieces: Iterable[Span | str], edits: Iterable[Edit]) -> Iterator[Span | str]:
    """Yield the pieces of a text after a round of edits: spans of the source that are kept, and text between them."""
    left = deque(pieces)

    def take(n_characters: int) -> Iterator[Span | str]:
        while n_characters > 0:
            piece = left.popleft()
            first, rest = _cut(piece, n_characters)
            if rest:
                left.appendleft(rest)
            n_characters -= _length(first)
            yield first

    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        yield from take(edit.span.start - done)
        for _ in take(edit.span.end - edit.span.start):
            pass
        yield edit.text
        done = edit.span.end
    yield from left


def _cut(piece: Span | str, at: int) -> tuple[Span | str, Span | str | None]:
    if _length(piece) <= at:
        return piece, None
    if isinstance(piece, str):
        return piece[:at], piece[at:]
    return Span(piece.start, piece.start + at), Span(piece.start + at, piece.end)


def _length(piece: Span | str) -> int:
    return len(piece) if isinstance(piece, str) else piece.end - piece.start


def _differences(source: SourceText, pieces: Iterable[Span | str]) -> Iterator[Edit]:
    done, texts = 0, list[str]()
    end = len(source.text)
    for piece in (*pieces, Span(end, end)):
        if isinstance(piece, str):
            texts.append(piece)
            continue
        text = "".join(texts)
        if text != source.text[done : piece.start]:
            yield Edit(Span(done, piece.start), text)
        done, texts = piece.end, []
