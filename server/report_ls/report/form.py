"""What of a course's form matters for reading a report: its markers, its sections, what its script expects."""

from report_ls.base.cached import cached_property
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Span


class Topic(NamedTuple):
    """What opens a question without the word, and what the form holds below it."""

    number: int
    words: int
    """How many words of the heading, or of the item, the fingerprint is made of; 0 for all."""
    fingerprint: str
    given: tuple[tuple[int, str], ...]
    """The texts that are the form's and no student's: how many words, and their fingerprint."""


class Opening(NamedTuple):
    """How the questions of a form open that are no `Question n`."""

    by_item: bool
    """Items of lists open them, else headings."""
    topics: tuple[Topic, ...]
    closing: frozenset[str]
    """Fingerprints of the titles that end an answer."""


STATEMENT = "<!-- report-ls: answers below ## headings -->"
"""How a form says itself where its answers are."""


class Statement(NamedTuple):
    """What a form says itself of where its answers are, in a comment."""

    span: Span
    levels: frozenset[int]
    """How many number signs the headings have below which answers are; none where it is not understood."""
    marker: str
    """What the form holds in the place of an answer; empty if the comment does not say."""
    rest: str
    """What is behind "headings" and not understood; empty where it is, or there is nothing."""


class Filler(NamedTuple):
    """A text, other than the marker, that a template held in an answer's place."""

    words: int
    fingerprint: str


class _FormFields(NamedTuple):
    """The fields of a form: a named tuple itself has no room for cached properties."""

    marker: str = "--- question {number} fill here ---"
    fillers: tuple[Filler, ...] = ()
    sections: frozenset[str] = frozenset()
    """Fingerprints of the titles of the template's sections."""
    expected_answers: int | None = None
    """How many answers the course's script expects; None where a course has no script."""
    opening: Opening | None = None
    """None where its questions are `Question n`, or where it says itself what they are."""
    skipped_characters: int = 0
    """How many characters the script takes off the start of the text."""


class Form(_FormFields):
    """What one edition's template and script look like, as far as reading depends on it."""

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()

    def __hash__(self) -> int:
        # Each keystroke looks up all questions by it.
        return self._hash

    def __getstate__(self) -> None:
        # A hash is of its process, so it is not passed on to another one.
        return None
