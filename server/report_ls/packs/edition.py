"""Which edition a text is a report of: a known one, or one that no pack knows.

It is recognised by its prompts, and where these leave a doubt by the files beside it. The pack of a form that no pack
knows is made in `derived.py`.
"""

from collections.abc import Iterable

from report_ls.base.memo import memoized
from report_ls.files.asked import AskedFiles
from report_ls.files.port import Files
from report_ls.packs.fit import Fit
from report_ls.packs.marker import marker_of
from report_ls.packs.pack import Pack
from report_ls.packs.recognise import fit, recognise
from report_ls.report.outline import Outline


class Edition:
    """The edition of a text as it was recognised, and from what."""

    pack: Pack | None
    """None if the text is no report."""

    def __init__(
        self, pack: Pack | None, nearest: Pack | None, fitted: Fit | None, found: Outline, asked: AskedFiles
    ) -> None:
        self.pack = pack
        self._nearest = nearest
        self._fit = fitted
        """None where no pack lists the questions."""
        self._prompts = found.prompts
        self._placed = found.placed
        self._asked = asked

    def holds(self, found: Outline, files: Files) -> bool:
        """Say whether the same would be recognised again."""
        return found.prompts == self._prompts and found.placed == self._placed and self._asked.are_still_valid(files)

    def nearest(self, found: Outline, packs: Iterable[Pack]) -> tuple[Pack | None, Fit | None]:
        """Return the edition that a later text is most like, and how well it fits."""
        # While the first marker is typed over the prompts are the same, and they take longest.
        return (self._nearest, self._fit) if found.prompts == self._prompts else _nearest(found, packs, self._nearest)


def edition(found: Outline, packs: Iterable[Pack], files: Files, kept: Edition | None = None) -> Edition:
    """Return the edition that a text is a report of.

    While the report is edited, the edition that was `kept` decides where the text has become less clear. `kept` itself
    is returned where nothing changed, and its pack where the new one would be equal: results are memoized by pack.
    """
    if kept and kept.holds(found, files):
        return kept
    asked = AskedFiles(files)
    nearest, fitted = kept.nearest(found, packs) if kept else _nearest(found, packs, None)
    pack = nearest and _judging(found, nearest, fitted, asked, kept.pack if kept else None)
    if kept and pack == kept.pack:
        pack = kept.pack
    return Edition(pack, nearest, fitted, found, asked)


def _nearest(found: Outline, packs: Iterable[Pack], kept: Pack | None) -> tuple[Pack | None, Fit | None]:
    pack = recognise(found, packs, kept)
    return pack, fit(found, pack) if pack and pack.asks else None


def _judging(found: Outline, nearest: Pack, fitted: Fit | None, files: Files, kept: Pack | None) -> Pack:
    """Return the pack that a report is judged by: the nearest edition's if that is its own, else a derived one."""
    marker = kept.form.marker if kept else None
    if fitted and fitted.is_doubtful:
        from report_ls.packs.derived import derived  # noqa: PLC0415 - most reports are of a known edition

        new = derived(found, nearest, fitted, files, marker)
        if new:
            return new
    marker = marker_of(found, nearest.form.marker, (), marker)
    return nearest if marker == nearest.form.marker else _with_marker(nearest, marker)


@memoized(4)
def _with_marker(pack: Pack, marker: str) -> Pack:
    return pack._replace(form=pack.form._replace(marker=marker))
