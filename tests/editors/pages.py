"""What users are told to paste, read from the pages that tell them."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

_HEADING = re.compile(r"(?m)^#+ (.+)$")
_BLOCK = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")


def pasted(page: str, heading: str, language: str) -> str:
    """Return the first block in a language below a heading of a page in docs/editors, before the next heading."""
    text = (ROOT / "docs/editors" / page).read_text("utf-8")
    blocks = list(_BLOCK.finditer(text))
    headings = [
        match
        for match in _HEADING.finditer(text)
        if not any(block.start() < match.start() < block.end() for block in blocks)
    ]
    (start,) = (match.end() for match in headings if match[1] == heading)
    end = min((match.start() for match in headings if match.start() > start), default=len(text))
    return next(block[2] for block in blocks if block[1] == language and start < block.start() < end)
