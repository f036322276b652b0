"""What of an answer gets lost on the page that is handed in.

The course makes that page with Python-Markdown and none of its extensions, which is not the
Markdown that GitHub and editors show: it knows no fences and no tables, a list needs a blank line
before it and four spaces for each level, and a line of text above `---` is a heading. What the
author meant is taken from CommonMark, what comes of it from Python-Markdown itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from report_ls.base.memo import memoized, memoized_by_question
from report_ls.base.regex import regex
from report_ls.base.spans import Span
from report_ls.course.losses import Loss, LossKind
from report_ls.course.page_reading import LineReading
from report_ls.course.python_markdown import MAX_ANSWER_CHARACTERS, is_markable
from report_ls.report.answer import Answer
from report_ls.report.pieces import BlockKind
from report_ls.report.simple_blocks import simple_blocks


def lost_in(answer: Answer) -> tuple[Loss, ...]:
    r"""Return what of an answer gets lost on the page, in the order of the text.

    Edits put in ``\n`` for a new line.
    """
    return tuple(lost.shift(answer.label_line_start) for lost in _lost(*_placed(answer)))


def with_verified_fix(answer: Answer, lost: Loss) -> Loss:
    """Return one of these with only those edits that put it right: they are tried on Python-Markdown."""
    return _repaired(*_placed(answer))[lost.kind, lost.span.shift(-answer.label_line_start)].shift(
        answer.label_line_start
    )


def _placed(answer: Answer) -> tuple[str, int]:
    """Return the text of an answer with its label, and where it starts in that."""
    return answer.text_with_label, answer.span.start - answer.label_line_start


# It begins with a plain character, so that most of a text is passed over quickly.
_MAY_DIFFER = regex(r"\n[ \t]*(?:[-*+=#>`~]|[0-9]+[.)][ \t])")
_TEXT_IN_QUOTE = regex(r"[*_ \t]*(?:\n[ \t]*)?[^\s*_]")


@memoized_by_question
def _lost(text: str, start: int) -> tuple[Loss, ...]:
    """Return what gets lost of a text in which the answer begins at `start`, behind its label."""
    if len(text) > MAX_ANSWER_CHARACTERS:
        return ()
    may_differ = "|" in text or _MAY_DIFFER.search("\n" + text[start:])
    if not may_differ and not _TEXT_IN_QUOTE.match(text, start):
        return ()
    known = _known(text, start)
    found = LineReading(text, start).lost() if known is None else known
    return tuple(sorted(found, key=lambda lost: lost.span))


_BELOW_LABEL = regex(r"[ \t]*\n((?: *\n)*)")


def _known(text: str, start: int) -> Iterable[Loss] | None:
    """Return what gets lost of an answer where that is known without Python-Markdown; None where it is not.

    That is so for prose, flat lists and fences with blank lines between them, as half of all answers
    are, and many times as fast.
    """
    reading = LineReading(text, start)
    label = _BELOW_LABEL.match(text, reading.behind_label)
    blocks = simple_blocks(text[label.end() :]) if label else None
    if label is None or blocks is None:
        return None
    is_glued = bool(blocks) and not label[1]
    if is_glued and not (text.startswith(">") and blocks[0].kind is BlockKind.TEXT):
        return None
    quoted = blocks[0].text.split("\n") if is_glued else []
    quotes = [reading.lost_quote(range(1, 1 + len(quoted)))] if any(map(is_markable, quoted)) else []
    return [*quotes, *(reading.lost_code() if any(block.kind is BlockKind.FENCE for block in blocks) else ())]


@memoized(64)
def _repaired(text: str, start: int) -> Mapping[tuple[LossKind, Span], Loss]:
    """Return the same, with what puts it right, by kind and place."""
    return {(lost.kind, lost.span): lost for lost in _verified(LineReading(text, start), _lost(text, start))}


_FAMILIES = (
    frozenset({LossKind.LIST_GLUED, LossKind.LIST_NESTED, LossKind.LIST_SIGN, LossKind.LIST, LossKind.LIST_IN_HTML}),
    frozenset({LossKind.CODE, LossKind.CODE_AS_HEADING, LossKind.CODE_IN_HTML}),
    frozenset({LossKind.TABLE, LossKind.TABLE_IN_HTML}),
    frozenset({LossKind.HEADING}),
    frozenset({LossKind.CODE_PASTED}),
    frozenset({LossKind.QUOTE_GLUED, LossKind.QUOTE_ABOVE, LossKind.QUOTE, LossKind.QUOTE_BELOW}),
)
"""What is put right at once."""

_MAX_TRIED = 10
"""Trying what puts one thing right reads the answer again, so of more than these none is tried alone."""


def _verified(before: "LineReading", found: Sequence[Loss]) -> Iterator[Loss]:
    """Yield what gets lost, with those edits only that put it right and nothing else wrong."""
    for family in _FAMILIES:
        alike = [lost for lost in found if lost.kind in family]
        repaired = [lost for lost in alike if lost.edits]
        is_all_right = bool(repaired) and before.is_repaired(repaired, family, len(alike))
        is_worth_trying = not is_all_right and 1 < len(repaired) <= _MAX_TRIED
        for lost in alike:
            if lost.edits and (is_all_right or (is_worth_trying and before.is_repaired([lost], family, len(alike)))):
                after = before.with_edits([lost])
                yield lost._replace(n_words=len(after.text.split()) - len(before.text.split()))
            else:
                yield lost._replace(edits=())
