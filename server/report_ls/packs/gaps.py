"""How far the answers of a whole form are from the words and pictures that are asked, as plain values."""

from collections.abc import Iterable, Sequence
from typing import Any

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.plural import count


class Gap(NamedTuple):
    """How far one answer is from what is asked: below zero something is missing, above zero it is too much."""

    number: int
    topic: str
    n_words: int
    n_images: int

    @property
    def size(self) -> int:
        """How much there is to do."""
        return abs(self.n_words) + abs(self.n_images)

    @property
    def text(self) -> str:
        """The gap in words."""
        topic = f" ({self.topic})" if self.topic else ""
        words, pictures = _words(self.n_words), _pictures(self.n_images)
        return f"question {self.number}{topic}: {', '.join(filter(None, (words, pictures)))}"


class Lengths(NamedTuple):
    """What is missing and what is too much in all answers together."""

    gaps: Sequence[Gap]
    """The smallest first."""

    @property
    def text(self) -> str:
        """The sums in words; empty where every answer is as long as asked."""
        words, images = [gap.n_words for gap in self.gaps], [gap.n_images for gap in self.gaps]
        sums = (
            (_words, " of the recommended lengths", [number for number in words if number < 0]),
            (_words, "", [number for number in words if number > 0]),
            (_pictures, "", [number for number in images if number < 0]),
            (_pictures, "", [number for number in images if number > 0]),
        )
        said = (f"{say(sum(few))}{more} in {count(len(few), 'answer')}" for say, more, few in sums if few)
        return ", ".join(said)

    @property
    def data(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "text": self.text,
            "words": _sums(gap.n_words for gap in self.gaps),
            "images": _sums(gap.n_images for gap in self.gaps),
            "questions": [{"number": gap.number, "words": gap.n_words, "images": gap.n_images} for gap in self.gaps],
        }


def _sums(numbers: Iterable[int]) -> dict[str, int]:
    found = [*numbers]
    return {"short": -sum(gap for gap in found if gap < 0), "over": sum(gap for gap in found if gap > 0)}


def _words(number: int) -> str:
    return f"{count(abs(number), 'word')} {'short' if number < 0 else 'too many'}" if number else ""


def _pictures(number: int) -> str:
    return f"{count(abs(number), 'picture')} {'missing' if number < 0 else 'too many'}" if number else ""
