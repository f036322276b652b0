"""How much of a form's checklist is known again in a report."""

from report_ls.base.memo import memoized
from report_ls.packs.pack import Box
from report_ls.report.fingerprints import begins_with


@memoized(2)
def n_known(text: str, boxes: tuple[Box, ...]) -> int:
    """Return how many lines of a text begin as items do, whatever became of their boxes."""
    labels = {(wording.words, wording.fingerprint) for box in boxes for wording in box.label}
    lines = [line for line in text.split("\n") if line.strip()]
    return sum(begins_with(line, labels) for line in lines)
