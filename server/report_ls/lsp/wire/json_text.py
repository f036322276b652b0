"""JSON in the form in which it is sent."""

import json
from typing import Any

JSON = dict[str, Any]
"""A JSON object."""


class JsonText(str):
    """JSON that is written already: parts that have not changed since the last keystroke are not written again."""

    __slots__ = ()


def written(value: JSON) -> JsonText:
    """Return an object as JSON text."""
    return JsonText(json.dumps(value))
