"""What report-ls says: a diagnostic, its severity and its fixes, as plain values."""

from enum import Enum, IntEnum

from attrs import evolve, frozen

from report_ls.text import Edit, Span


class Severity(IntEnum):
    """How much it matters; the numbers are LSP's, so a smaller one is worse."""

    ERROR = 1
    WARNING = 2
    INFORMATION = 3
    HINT = 4

    @property
    def word(self) -> str:
        """The name as users read and write it."""
        return self.name.lower()


class Stage(Enum):
    """How far the report is: only severities depend on it."""

    DRAFT = "draft"
    FINAL = "final"


@frozen
class Fix:
    """A named set of edits.

    A *safe* fix is right in every case and part of fix-all; a *preferred* one is what an editor
    applies when asked for "the" fix. Every safe fix is preferred.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False
    preferred: bool = False
    restores: bool = False
    """It puts lines of the template back: an editor that can asks before."""

    def shift(self, by: int) -> "Fix":
        """Return the same, `by` code points further on."""
        return evolve(self, edits=tuple(edit.shift(by) for edit in self.edits))


@frozen
class Related:
    """Another place that belongs to a diagnostic, with the fix for that place alone."""

    span: Span
    message: str
    fix: Fix | None = None

    def shift(self, by: int) -> "Related":
        """Return the same, `by` code points further on."""
        return Related(self.span.shift(by), self.message, self.fix and self.fix.shift(by))


@frozen
class Diagnostic:
    """One finding: where, how bad, what is wrong and what to do."""

    code: str
    severity: Severity
    message: str
    span: Span
    question: int | None = None
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    unnecessary: bool = False
    """The text of the span should simply go (LSP's tag Unnecessary)."""

    def shift(self, by: int) -> "Diagnostic":
        """Return the same, `by` code points further on."""
        if by == 0:
            return self
        return evolve(
            self,
            span=self.span.shift(by),
            related=tuple(related.shift(by) for related in self.related),
            fixes=tuple(fix.shift(by) for fix in self.fixes),
        )
