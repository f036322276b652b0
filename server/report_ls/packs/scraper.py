"""What a program of the course takes from a repository, as far as a pack knows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from report_ls.base.named_tuple import NamedTuple


class Counter(NamedTuple):
    """What the course's scraper counts in a repository, by the paths of its files."""

    noun: str
    """Of one, such as `workflow`; a file's name stays as it is where there are several."""
    holds: tuple[str, ...] = ()
    """One of these is somewhere in the path."""
    ending: tuple[str, ...] = ()
    """The path ends with one of these."""
    named: str = ""
    """The file is called so, in whatever folder."""
    below: str = ""
    """The file lies in this folder."""
    like: str = ""
    """What a file may have in its name that was meant to be counted."""


class Scraper(NamedTuple):
    """What the course takes from a repository by a program, as far as it is known."""

    since: str
    """The month in which this was true."""
    report: str
    """The path of the report that it takes, and no other."""
    counters: tuple[Counter, ...]


def read_scraper(data: Mapping[str, Any]) -> Scraper:
    """Build it from data that fits the schema of packs."""
    return Scraper(data["since"], data["report"], tuple(_counter(**counter) for counter in data["counts"]))


def _counter(noun: str, holds: Sequence[str] = (), ending: Sequence[str] = (), **more: str) -> Counter:
    return Counter(noun, tuple(holds), tuple(ending), **more)
