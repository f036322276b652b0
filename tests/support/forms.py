"""Empty forms as another edition may hand them out: with other headings, another label, another marker."""

import re
from collections.abc import Iterator
from itertools import product

TRIGGER_CHARACTERS = (("###", "##"), ("##", "##"), ("##", "#"), ("#", "#"), ("####", "##"), ("####", "###"))
"""Those of a question, and of a section."""
TITLES = ("", ": Herons", " - What they do (optional)")
LABELS = (
    *("> Answer:", "> Your Answer:", "**Answer:**", "> answer:", "> Answer", "> **Answer**", "> Your answer:"),
    *("> **Your answer:**", "Answer", "**Answer**", "_Your answer_", ""),
)
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
    for index, (marker, label, title, signs) in enumerate(product(_MARKERS, LABELS, TITLES, TRIGGER_CHARACTERS)):
        text = re.sub(r"^--- question (\d+) fill here ---", marker.replace("{}", r"\1"), form, flags=re.MULTILINE)
        text = changed_form(text, label, title, signs)
        if index % 3 == 0:
            text = re.sub(r"^([-*]) \[ \]", r"\1 []", text, flags=re.MULTILINE)
        yield text


def changed_form(form: str, label: str, title: str, signs: tuple[str, str]) -> str:
    """Return a form with another label, a title behind each number, and other signs before questions and sections."""
    question, section = signs
    # Outside the quote a label has a blank line above it.
    text = re.sub(r"^> Answer:", label if label.startswith(">") else f"\n{label}", form, flags=re.MULTILINE)
    text = re.sub(r"^## ", f"{section} ", text, flags=re.MULTILINE)
    return re.sub(r"^### (Question \d+)", rf"{question} \1{title}", text, flags=re.MULTILINE)
