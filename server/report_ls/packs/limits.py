"""How many words or images are asked, and the limits that a prompt names itself."""

import re

from attrs import frozen

from report_ls.base.memo import remembered


@frozen
class Limit:
    """How many words or images are asked; without an upper bound `high` is None."""

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.high is None:
            return f"at least {self.low}"
        if self.low == 0:
            return f"up to {self.high}"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    def allows(self, number: int) -> bool:
        """Say whether a number is within the limit."""
        return self.low <= number and (self.high is None or number <= self.high)


def read_limit(written: str | int | None) -> Limit | None:
    """Return a limit as a pack writes it, such as 100-200, 100- or 1."""
    if written is None:
        return None
    low, dash, high = str(written).partition("-")
    return Limit(int(low), (int(high) if high else None) if dash else int(low))


ADD = r"(?:insert|include|upload|add|attach|show|provide|draw|paste|embed|submit|contain)s?"
"""A pattern for what a prompt says before the number of pictures that it asks for."""


_EACH = r"(?!\s*,?\s*(?:for\s+)?(?:each|every|per)\b)"


_WORDS_ASKED = re.compile(rf"answer\s+length[\s*_:]*(\d{{1,6}})\s*(?:-|–|to)\s*(\d{{1,6}})\s+words{_EACH}")


_IMAGES = "screenshots", "images", "figures", "pictures"


_IMAGES_ASKED = re.compile(
    rf"\b(?:{ADD}|with|words,?(?:\s+and)?)[\s*_>+]+(\d{{1,6}})\s*(?:-|–|to)\s*(\d{{1,6}})"
    rf"\s+(?:{'|'.join(_IMAGES)}){_EACH}"
)


@remembered(1024)
def limits_in(prompt: str) -> tuple[Limit | None, Limit | None]:
    """Return the limits that a prompt itself names: words, images."""
    prompt = prompt.lower()
    # Most prompts ask for no images, and to find that out word by word takes long.
    asks_images = any(word in prompt for word in _IMAGES)
    return _only_limit(_WORDS_ASKED, prompt), _only_limit(_IMAGES_ASKED, prompt) if asks_images else None


def _only_limit(pattern: re.Pattern[str], prompt: str) -> Limit | None:
    """Return the limit that a prompt names; None if there are several, or one that ends before it starts."""
    limits = {Limit(int(low), int(high)) for low, high in pattern.findall(prompt)}
    limit = limits.pop() if len(limits) == 1 else None
    return limit if limit and limit.low <= (limit.high or 0) else None
