"""What a course's script holds answers against, read from its text: the limits and how many answers it expects.

The script is data. Nothing of it is imported or run: its table of limits is read from the tree of
its text, and whatever is not understood makes all of it unsure, because half a table is a guess. A
text that could fill memory or the stack is not read at all.
"""

from collections.abc import Mapping

from report_ls.base.memo import memoized
from report_ls.base.named_tuple import NamedTuple
from report_ls.packs.limits import Limit


class ScriptLimits(NamedTuple):
    """What a course's script expects of a report."""

    n_answers: int
    limits: Mapping[int, tuple[Limit | None, Limit | None]]
    """By the question's number: words, images."""

    def __hash__(self) -> int:
        # The table has none, and hardly ever are two scripts known.
        return hash(self.n_answers)


@memoized(16)
def script_limits(text: str) -> ScriptLimits | None:
    """Return what a script holds answers against; None where that is unsure, or the text is no such script."""
    # Most files of this name are another program, and reading a tree takes long.
    if len(text) > MAX_SCRIPT_CHARACTERS or _LABEL not in text:
        return None
    # Few folders hold a script, and few reports need it.
    from report_ls.data.python_text import bare  # noqa: PLC0415
    from report_ls.packs._script_table import read_table  # noqa: PLC0415

    plain = bare(text)
    table = read_table(plain, _LABEL) if plain is not None else None
    return ScriptLimits(len(table), dict(enumerate(table, 1))) if table else None


MAX_SCRIPT_CHARACTERS = 50_000
"""The longest script that is read: four times the longest known one."""
_LABEL = "Answer:"
"""What the script splits a report at."""
