"""The limits that a prompt names itself, in the words of the course's own forms."""

import re

from report_ls.base.memo import remembered
from report_ls.packs.limits import Limit

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
