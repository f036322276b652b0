"""What gets lost on the hand-in page, for the checks that say so."""

from collections.abc import Collection, Iterator, Mapping

from report_ls.base.diagnostic import Fix, Fixes
from report_ls.checks._context import Context, Finding
from report_ls.checks._editing import keeps_verdict
from report_ls.course.losses import Loss, LossKind
from report_ls.course.page_losses import lost_in, with_verified_fix
from report_ls.report.report import Question


def is_made(context: Context) -> bool:
    """Say whether the course makes a page of the report, as this module knows it."""
    return context.pack.handin == "python-markdown"


def lost(context: Context, losses: Collection[LossKind]) -> Iterator[tuple[Question, Loss]]:
    """Yield what of some kinds gets lost in each answer; nothing where the course makes no such page."""
    if not is_made(context):
        return
    for question in context.report.questions:
        if not question.answer.is_empty:
            yield from ((question, found) for found in lost_in(question.answer) if found.kind in losses)


def find(context: Context, messages: Mapping[LossKind, str], title: str, *, unasked: bool = True) -> Iterator[Finding]:
    """Yield what gets lost of the kinds for which there is a message, with the fix of a title."""
    for question, found in lost(context, messages):
        yield Finding(
            found.span, messages[found.kind], question, fixes_for(context, question, found, title, unasked=unasked)
        )


def fixes_for(context: Context, question: Question, found: Loss, title: str, *, unasked: bool = True) -> Fixes:
    """Return the fix that shows on the page what gets lost.

    It is safe where it keeps the question's verdict, unless it is nothing to be done unasked.
    """

    def make() -> Iterator[Fix]:
        done = with_verified_fix(question.answer, found)
        edits = tuple(map(context.report.source.to_source_edit, done.edits))
        keeps = keeps_verdict(context, question, done.n_words)
        if edits:
            yield Fix(title, edits, safe=keeps and unasked, preferred=keeps)

    return Fixes(make)
