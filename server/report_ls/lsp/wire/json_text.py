"""JSON as it is sent."""

import json
from typing import Any

JSON = dict[str, Any]
"""An object as it is sent."""


class JsonText(str):
    """JSON as it is sent: what has not changed since a keystroke is not written again."""

    __slots__ = ()


def written(said: JSON) -> JsonText:
    """Write an object down."""
    return JsonText(json.dumps(said))
