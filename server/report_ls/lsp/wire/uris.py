"""URIs: which file one means, and when two mean the same."""

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
    """Return what two spellings of one URI share: `file:///c%3A/x` and `file:///C:/x` are one file."""
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
    """Return the file of a URI; None for what is not on disk, and cannot be."""
    uri = _OF_THIS_COMPUTER.sub("file:///", uri, count=1)
    try:
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if path and sys.platform == "emscripten":
            # A drive of Windows is a folder there, and what is on a network is nowhere.
            path = f"/{path}" if path[1:2] == ":" else path.removeprefix("//")
        is_one = path is not None and Path(path).is_absolute() and b"\0" not in os.fsencode(path)
        return Path(path) if path and is_one else None
    except ValueError:
        return None
