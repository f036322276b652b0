"""What a course's scraper would count in a repository, and where its report has to lie."""

from posixpath import basename

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.readable import is_readable
from report_ls.files.port import Tree
from report_ls.packs.scraper import Counter, Scraper


class Counted(NamedTuple):
    """How many files of a kind there are."""

    counter: Counter
    number: int
    meant: tuple[str, ...] = ()
    """Where nothing is counted, the files that may have been meant."""

    @property
    def in_words(self) -> str:
        """The number; where it is 0, what is there instead."""
        noun = self.counter.noun
        if self.number:
            is_name = "." in noun
            return f"{self.number} {noun if self.number == 1 or is_name else f'{noun}s'}"
        if self.meant:
            return f"no {noun} (yours is {self.meant[0]})"
        return f"no {noun}{' (it looks for that name only)' if self.counter.like else ''}"


def scraped(scraper: Scraper, tree: Tree) -> tuple[Counted, ...]:
    """Return what would be counted, in the order of the pack."""
    return tuple(_counted(counter, tree) for counter in scraper.counters)


def _counted(counter: Counter, tree: Tree) -> Counted:
    number = sum(_counts(counter, path) for path in tree.files)
    if number or not counter.like:
        return Counted(counter, number)
    meant = (path for path in tree.files if counter.like in basename(path).lower() and is_readable(path))
    return Counted(counter, 0, tuple(sorted(meant, key=lambda path: (path.count("/"), path))))


def _counts(counter: Counter, path: str) -> bool:
    if counter.below and not path.startswith(f"{counter.below}/"):
        return False
    if counter.named and basename(path) != counter.named:
        return False
    if counter.ending and not path.endswith(counter.ending):
        return False
    return not counter.holds or any(part in path for part in counter.holds)


def misplaced(scraper: Scraper, tree: Tree, name: str) -> str | None:
    """Return where a report lies that the scraper does not take, seen from the top; None where it is right."""
    own = f"{tree.place}/{name}" if tree.place else name
    return None if own == scraper.report else own
