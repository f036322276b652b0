"""What of a course's form matters for reading a report: its markers, its sections, what its script expects."""

from typing import NamedTuple

from attrs import frozen


class Filler(NamedTuple):
    """A text, other than the marker, that a template held in an answer's place."""

    words: int
    fingerprint: str


@frozen(cache_hash=True)
class Form:
    """What one edition's template and script look like, as far as reading depends on it."""

    marker: str = "--- question {number} fill here ---"
    fillers: tuple[Filler, ...] = ()
    sections: frozenset[str] = frozenset()
    """Fingerprints of the titles of the template's sections."""
    parts: int | None = None
    """How many answers the course's script expects; None where a course has no script."""
    cut: int = 0
    """How many characters the script takes off the start of the text."""
