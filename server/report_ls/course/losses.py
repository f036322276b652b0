"""What of an answer can get lost on the page that is handed in."""

from enum import Enum

from report_ls.base.named_tuple import NamedTuple
from report_ls.base.spans import Edit, Span


class LossKind(Enum):
    """What becomes of a piece of an answer."""

    CODE = "code in a fence is run-on text"
    CODE_AS_HEADING = "a line of code in a fence is a heading"
    CODE_PASTED = "a line of code outside a fence is a heading"
    LIST_GLUED = "a list right under a text is part of it"
    LIST_NESTED = "an inner list is part of the outer one"
    LIST_SIGN = "a list numbered 1) is run-on text"
    LIST = "a list is something else, for another reason"
    LIST_IN_HTML = "a list inside HTML is run-on text"
    CODE_IN_HTML = "code in a fence inside HTML is run-on text"
    TABLE = "a table is run-on text"
    TABLE_IN_HTML = "a table inside HTML is run-on text"
    HEADING = "a line of text is a heading"
    QUOTE_GLUED = "the answer right under its label is part of the label's quote"
    QUOTE_ABOVE = "an empty line of the label's quote is right above the answer"
    QUOTE = "the answer is written as a quote"
    QUOTE_BELOW = "the answer begins beside its label, and all that follows is written as quotes, or is quoted"


class Loss(NamedTuple):
    """A piece of an answer that the page shows as something else."""

    kind: LossKind
    span: Span
    """Where it begins: a piece of a line."""
    edits: tuple[Edit, ...] = ()
    """What may put it right, and does if it comes from `with_verified_fix`; empty where nothing certain does."""
    n_words: int = 0
    """How many words these edits then add; below zero where they take some away."""

    def shift(self, offset: int) -> "Loss":
        """Return the same, `offset` code points further on."""
        edits = tuple(Edit(edit.span.shift(offset), edit.text) for edit in self.edits)
        return Loss(self.kind, self.span.shift(offset), edits, self.n_words)
