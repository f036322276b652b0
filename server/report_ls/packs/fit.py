"""How well a form fits an edition: what of its questions is the same, and what makes it another form."""

from report_ls.base.named_tuple import NamedTuple

_MIN_ELSEWHERE = 2
"""So many questions that are elsewhere, or ask another length, are no slip of a student.

Of 3,125 limits that real reports name 3,124 are those of their edition.
"""
_QUESTIONS_PER_NEW_ONE = 6
"""More than one in so many questions that no edition asks make another form; of real reports none has that many."""


class Fit(NamedTuple):
    """What of the questions of a form differs from an edition; numbers are those of the form."""

    same: tuple[int, ...]
    """Asked likewise, whatever their number and limit."""
    moved: tuple[int, ...]
    """Those of them that have another number."""
    differs: tuple[int, ...]
    """Those of them whose own sentence names another limit."""
    new: tuple[int, ...]
    """The edition does not ask them, or in other words."""
    exchanged: tuple[int, ...]
    """Those of the new ones whose own sentence names another limit than the edition's question of that number.

    No student of whom we know wrote both anew.
    """
    has_other_count: bool
    """The numbers run from 1 on without a gap, and there are more of them or fewer."""

    @property
    def is_other(self) -> bool:
        """Say whether the form is not that of the edition, but for the number of questions alone."""
        n_questions = len(self.same) + len(self.new)
        is_elsewhere = len(self.moved) >= _MIN_ELSEWHERE or len(self.differs) >= _MIN_ELSEWHERE
        return is_elsewhere or bool(self.exchanged) or _QUESTIONS_PER_NEW_ONE * len(self.new) > n_questions

    @property
    def is_doubtful(self) -> bool:
        """Say whether it may be another form, as far as the files beside the report tell."""
        return self.is_other or self.has_other_count or bool(self.differs)
