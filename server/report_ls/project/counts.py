"""What the course counts in a report and its repository, as people read it."""

from pathlib import Path

from report_ls.analysis.analyze import Analysis
from report_ls.base.memo import memoized
from report_ls.base.plural import count
from report_ls.files import git
from report_ls.files.opening import read_below
from report_ls.files.port import Tree
from report_ls.packs.pack import month_in_words
from report_ls.packs.scraper import Scraper
from report_ls.report.checklist import DONE, above_questions, items_in, sign_of
from report_ls.repository.scraped import scraped

_README = "README.md"
_MAX_README_BYTES = 200_000
"""Bytes that are read of it."""


def counts(analysis: Analysis, tree: Tree | None, path: Path | None = None) -> tuple[str, ...]:
    """Return one line for each; none where no pack knows what is counted, or there is no repository.

    The words of the repository's README are counted only for a report whose path is named: they are read for it.
    """
    return tuple(line for line in (_boxes(analysis), _files(analysis, tree, path)) if line)


def _boxes(analysis: Analysis) -> str:
    """Return how many boxes of the checklist are ticked; empty where there is none."""
    items = items_in(above_questions(analysis.report)) if analysis.pack.checklist else ()
    n_ticked = sum(sign_of(item) in DONE for item in items)
    return f"{n_ticked} of {len(items)} boxes of the checklist are ticked" if items else ""


def _files(analysis: Analysis, tree: Tree | None, path: Path | None) -> str:
    scraper = analysis.pack.scraper
    if scraper is None or tree is None:
        return ""
    of_readme = _words_of_readme(path, tree.files) if path else ""
    return f"the course's scraper (as of {month_in_words(scraper.since)}) counts {_found(scraper, tree)}{of_readme}"


@memoized(4)
def _found(scraper: Scraper, tree: Tree) -> str:
    return ", ".join(one.in_words for one in scraped(scraper, tree))


def _words_of_readme(path: Path, tracked: frozenset[str]) -> str:
    now = git.repository_state(path.parent)
    content = read_below(now.top, _README, _MAX_README_BYTES) if now and _README in tracked else None
    if content is None:
        return f", no {_README} at the top of the repository"
    if len(content) > _MAX_README_BYTES:
        return ""
    n_words = len(content.decode("utf-8", "replace").split())
    return f", {count(n_words, 'word')} in {_README}"
