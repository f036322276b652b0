"""URIs: which file a URI means, and whether two URIs mean the same file."""

import os
import re
import sys
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pygls.uris import to_fs_path

from report_ls.base.regex import regex

_OF_THIS_COMPUTER = regex("file://localhost/", re.IGNORECASE)


@lru_cache(4096)
def key(uri: str) -> str:
    """Return the same key for all spellings of one URI, such as `file:///c%3A/x` and `file:///C:/x`."""
    uri = _OF_THIS_COMPUTER.sub("file:///", uri, count=1)
    if not uri.startswith("file:"):
        return uri
    try:
        host, path = urlsplit(uri).netloc.lower(), unquote(urlsplit(uri).path)
    except ValueError:
        return uri
    if path[2:3] == ":":
        path = path[:1] + path[1].lower() + path[2:]
    return f"file://{host}{path}"


def path_of(uri: str) -> Path | None:
    """Return the path of a URI's file; None if no file on disk can have this URI."""
    uri = _OF_THIS_COMPUTER.sub("file:///", uri, count=1)
    try:
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if path and sys.platform == "emscripten":
            # In a browser a drive of Windows is a folder. A network path becomes relative, so it means no file.
            path = f"/{path}" if path[1:2] == ":" else path.removeprefix("//")
        is_path = path is not None and Path(path).is_absolute() and b"\0" not in os.fsencode(path)
        return Path(path) if path and is_path else None
    except ValueError:
        return None
