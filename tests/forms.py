"""Empty forms as another edition may hand them out: with another label, another marker, other headings."""

import re
from collections.abc import Iterator
from itertools import product

_LABELS = ("> Answer:", "> answer:", "> **Answer**", "**Answer:**", "> Your answer:", "")
_MARKERS = (
    "--- question {} fill here ---",
    "--- question {} fill here --- (be brief)",
    "--- write your answer to question {} here ---",
    "--- your answer here ---",
    "--- {} ---",
    "> --- question {} fill here ---",
    "```\nquestion {} fill here\n```",
    "![a picture](figures/A.PNG)",
    "* your answer (blÃ¥ {})",
    "",
)


def changed_forms(form: str) -> Iterator[str]:
    """Yield a form, with `> Answer:` and the usual marker in each question, in many other ways."""
    for index, (label, marker) in enumerate(product(_LABELS, _MARKERS)):
        text = re.sub(r"^> Answer:", label, form, flags=re.MULTILINE)
        text = re.sub(r"^--- question (\d+) fill here ---", marker.replace("{}", r"\\1"), text, flags=re.MULTILINE)
        if index % 3 == 0:
            text = re.sub(r"^### Question", "## Question", text, flags=re.MULTILINE)
            text = re.sub(r"^([-*]) \[ \]", r"\1 []", text, flags=re.MULTILINE)
        yield text
