"""What comes of a file that may be a report: what is said of it, and what was done to it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from report_ls.cli.results import Judged, Note, Unreadable

if TYPE_CHECKING:
    from report_ls.base.text import SourceText
    from report_ls.files.asked import AskedFiles
    from report_ls.project.readiness import Readiness


class Fixed(NamedTuple):
    """A text before and after its fixes, which may be none."""

    before: "SourceText"
    after: "SourceText"


class CheckedReport(NamedTuple):
    """What is said of a report, after any fixes."""

    judged: Judged
    fixed: Fixed | None = None
    """None where no fixes are asked for."""
    readiness: "Readiness | None" = None
    """None where nobody asks for it."""
    asked: "AskedFiles | None" = None
    """What the files beside it were asked; it stays in the process that has judged."""


Outcomes = Sequence[CheckedReport | Unreadable | Note]
