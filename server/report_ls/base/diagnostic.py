"""What report-ls says: a diagnostic, its severity and its fixes, as plain values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, final, overload

from report_ls.base.cached import cached_property
from report_ls.base.named_tuple import NamedTuple
from report_ls.base.plural import count
from report_ls.base.regex import regex
from report_ls.base.spans import Edit, Span

if TYPE_CHECKING:
    from report_ls.base.text import SourceText


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


STAGES: Mapping[str, Stage | None] = {"auto": None, "draft": Stage.DRAFT, "final": Stage.FINAL}
"""By what options and configurations call them; None where the report's own state decides."""


class Fix(NamedTuple):
    """A named set of edits.

    A *safe* fix is right in every case and part of fix-all; a *preferred* one is what an editor
    applies when asked for "the" fix. Every safe fix is preferred.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False
    preferred: bool = False

    def shift(self, offset: int) -> "Fix":
        """Return the same, `offset` code points further on."""
        return self._replace(edits=tuple(edit.shift(offset) for edit in self.edits))


@final
class Fixes(Sequence[Fix]):
    """Fixes that are made when they are asked for, which is seldom; used like a tuple of fixes."""

    def __init__(self, make: Callable[[], Iterable[Fix]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> tuple[Fix, ...]:
        return tuple(self._make())

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> Fix: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Fix, ...]: ...

    def __getitem__(self, index: int | slice) -> Fix | tuple[Fix, ...]:
        return self._made[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fixes | tuple) and self._made == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made)

    def __repr__(self) -> str:
        return repr(self._made)


def _shift(fixes: Sequence[Fix], by: int) -> Sequence[Fix]:
    if isinstance(fixes, Fixes):
        return Fixes(lambda: (fix.shift(by) for fix in fixes))
    return tuple(fix.shift(by) for fix in fixes)


_NAMED = regex(r"\bquestion ([0-9]+)")


def with_question(name: str, message: str) -> str:
    """Return a message that names its question first: `Q14: 5 words, but 20 are asked`; unless it names it already."""
    if not name or name[1:] in _NAMED.findall(message):
        return message
    return f"{name}: {message}"


class Related(NamedTuple):
    """Another place that belongs to a diagnostic, with the fixes for that place alone."""

    span: Span
    message: str
    fixes: Sequence[Fix] = ()
    severity: Severity | None = None
    """How bad it is, where it is a mistake itself; None where it only explains one."""
    question_name: str = ""
    """As of a diagnostic, where it is a mistake itself."""

    @property
    def full_message(self) -> str:
        """The message for a reader who does not see the question."""
        return with_question(self.question_name, self.message)

    def shift(self, offset: int) -> "Related":
        """Return the same, `offset` code points further on."""
        span, fixes = self.span.shift(offset), _shift(self.fixes, offset)
        return Related(span, self.message, fixes, self.severity, self.question_name)


_MAX_LINES = 8
"""A message with more of them is not read."""


def in_other_lines(own: int, others: Iterable[int]) -> str:
    """Return in which lines other places are than the own one, in words; empty where in none."""
    lines = [str(line) for line in sorted({*others} - {own})]
    if len(lines) <= 1:
        return "".join(f"also in line {line}" for line in lines)
    if len(lines) > _MAX_LINES:
        lines = [*lines[:_MAX_LINES], count(len(lines) - _MAX_LINES, "other")]
    *most, last = lines
    return f"also in lines {', '.join(most)} and {last}"


class Diagnostic(NamedTuple):
    """One finding: its place, its severity, what is wrong and what to do."""

    code: str
    severity: Severity
    message: str
    span: Span
    question: int | None = None
    related: tuple[Related, ...] = ()
    fixes: Sequence[Fix] = ()
    unnecessary: bool = False
    """The text of the span should simply go (LSP's tag Unnecessary)."""
    alone: Sequence[Fix] = ()
    """Where `fixes` are for several places: those for the span alone."""
    is_repaired: bool = False
    """Each of its places has a safe fix; known once the fixes were made."""
    waits: bool = False
    """It is a hint only as long as the question is still being written."""
    command: str | None = None
    """What one types in a terminal at the top of the repository, where no edit puts it right."""
    question_name: str = ""
    """What people call the question, such as `Q14`; empty where it is about none, or about several."""

    @property
    def full_message(self) -> str:
        """The message for a reader who does not see the question."""
        return with_question(self.question_name, self.message)

    @property
    def places(self) -> tuple[Span, ...]:
        """Where it is, and the places that belong to it."""
        return (self.span, *(related.span for related in self.related))

    @property
    def apart(self) -> "Iterator[Diagnostic]":
        """The same at each place where something is wrong: several that are one are what each of them is."""
        yield self
        for related in self.related:
            if related.severity:
                yield self._replace(
                    span=related.span,
                    message=related.message,
                    severity=related.severity,
                    related=(),
                    question_name=related.question_name,
                )

    @property
    def fixes_of_places(self) -> Sequence[Sequence[Fix]]:
        """The fixes of each place alone."""
        apart = self.alone, *(related.fixes for related in self.related)
        return apart if any(apart) else (self.fixes,)

    def other_lines(self, source: "SourceText") -> str:
        """Return in which other lines the places are that belong to it, in words; empty where in none."""
        own, *others = (source.line_at(place.start) + 1 for place in self.places)
        return in_other_lines(own, others)

    def shift(self, offset: int) -> "Diagnostic":
        """Return the same, `offset` code points further on."""
        if offset == 0:
            return self
        return Diagnostic(
            self.code,
            self.severity,
            self.message,
            self.span.shift(offset),
            self.question,
            tuple([related.shift(offset) for related in self.related]) if self.related else (),
            _shift(self.fixes, offset),
            self.unnecessary,
            _shift(self.alone, offset),
            self.is_repaired,
            self.waits,
            self.command,
            self.question_name,
        )

    def with_fixes(self, *, wanted: bool) -> "Diagnostic":
        """Return the same once its fixes were made, with them or without; none for one of several places alone."""
        related = tuple(related._replace(fixes=()) for related in self.related)
        is_repaired = all(any(fix.safe for fix in fixes) for fixes in self.fixes_of_places)
        fixes = tuple(self.fixes) if wanted else ()
        return self._replace(related=related, fixes=fixes, alone=(), is_repaired=is_repaired)


class OffsetDiagnostic(NamedTuple):
    """A diagnostic whose places count from an offset.

    Those of a question are made once: while the student types above it, only the offset changes.
    """

    offset: int
    diagnostic: Diagnostic
