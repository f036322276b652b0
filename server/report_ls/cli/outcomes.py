"""The outcomes of a file that may be a report: its findings, its fixes, or why it was not judged."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from report_ls.base.named_tuple import NamedTuple
from report_ls.cli.results import Judged, Note, Unreadable

if TYPE_CHECKING:
    from report_ls.base.text import SourceText
    from report_ls.files.asked import AskedFiles
    from report_ls.project.readiness import Readiness


class Fixed(NamedTuple):
    """A text before and after its fixes; both are equal if nothing was fixed."""

    before: "SourceText"
    after: "SourceText"


class CheckedReport(NamedTuple):
    """The results for a report, after any fixes."""

    judged: Judged
    fixed: Fixed | None = None
    """None if no fixes are asked for."""
    readiness: "Readiness | None" = None
    """None without `--handin`."""
    asked: "AskedFiles | None" = None
    """What the files beside it were asked; not passed to other processes."""


Outcomes = Sequence[CheckedReport | Unreadable | Note]
