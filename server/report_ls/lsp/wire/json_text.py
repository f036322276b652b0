"""JSON as it is sent."""

import json
from typing import Any

JSON = dict[str, Any]
"""An object as it is sent."""


class Written(str):
    """JSON as it is sent: what has not changed since a keystroke is not written again."""

    __slots__ = ()


def written(said: JSON) -> Written:
    """Write an object down."""
    return Written(json.dumps(said))
