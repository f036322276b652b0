"""What gets lost on the hand-in page, for the checks that say so."""

from collections.abc import Collection, Iterator

from report_ls.check import Context
from report_ls.checks._editing import keeps_verdict
from report_ls.diagnostic import Fix
from report_ls.handin import Loss, Lost, lost_in
from report_ls.report import Question
from report_ls.text import Edit


def lost(context: Context, losses: Collection[Loss]) -> Iterator[tuple[Question, Lost]]:
    """Yield what of some kinds gets lost in each answer; nothing where the course makes no such page."""
    if context.pack.handin != "python-markdown":
        return
    for question in context.report.questions:
        if not question.answer.is_empty:
            yield from ((question, found) for found in lost_in(question.answer) if found.loss in losses)


def mend(context: Context, question: Question, found: Lost, title: str) -> tuple[Fix, ...]:
    """Return the fix that shows on the page what gets lost; safe where it keeps the question's verdict."""
    edits, newline = found.edits, context.report.source.newline
    if newline != "\n":
        edits = tuple(Edit(edit.span, edit.text.replace("\n", newline)) for edit in edits)
    is_safe = keeps_verdict(context, question, question.answer.n_words + found.n_words)
    return (Fix(title, edits, safe=is_safe, preferred=is_safe),) if edits else ()
