"""What the bytes of a picture say: its kind, its size, whether it is whole.

The home of puremagic and imagesize, which are imported when first used. Only open files and bytes
come in here: imagesize would fetch a name that looks like an address from the network.
"""

from io import SEEK_END, BytesIO
from typing import BinaryIO

from report_ls.files.port import Picture

_HEAD_BYTES = 65_536
"""Bytes from which a picture's kind and size are told."""
_MAX_CHUNKS = 100_000
_CHUNK_OPENING_BYTES = 8
"""Bytes of the length and the name of a chunk of a PNG."""
MAX_PICTURE_BYTES = 100_000_000
"""Bytes of a file that is read whole: GitHub takes no larger one."""
_POINTER = b"version https://git-lfs.github.com/spec/"
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"
_MEASURED = ("png", "jpeg", "gif", "webp", "bmp", "tiff")


def read_picture(file: BinaryIO) -> Picture:
    """Read what an open file says of itself. Raises `OSError`."""
    head = file.read(_HEAD_BYTES)
    n_bytes = file.seek(0, SEEK_END)
    if head.startswith(_POINTER):
        return Picture(n_bytes, is_pointer=True)
    kind = _kind(head)
    is_cut = (head.startswith(_PNG) and _is_cut_png(head, file, n_bytes)) or (
        head.startswith(_JPEG) and _is_cut_jpeg(file, n_bytes)
    )
    return Picture(n_bytes, kind, is_cut)


def read_dimensions(file: BinaryIO) -> tuple[int, int] | None:
    """Return the width and height of an open picture in pixels, if its head tells them. Raises `OSError`."""
    head = file.read(_HEAD_BYTES)
    if _kind(head) not in _MEASURED:
        return None
    import imagesize  # noqa: PLC0415 - it imports all of Python's web client

    width, height = imagesize.get(BytesIO(head))
    return (width, height) if width > 0 and height > 0 else None


def _kind(head: bytes) -> str | None:
    # Nearly every picture is one of these two, and needs no library to be known.
    if head.startswith(_PNG):
        return "png"
    if head.startswith(_JPEG):
        return "jpeg"
    if not head:
        return None
    import puremagic  # noqa: PLC0415 - it reads the signatures of all there is

    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return None
    kinds = (match.mime_type.removeprefix("image/") for match in found if match.mime_type.startswith("image/"))
    return next((kind.removeprefix("x-ms-").partition("+")[0] for kind in kinds), None)


def _is_cut_png(head: bytes, file: BinaryIO, n_bytes: int) -> bool:
    """Say whether a PNG ends before its last chunk does; bytes that are no chunk are not judged."""
    place = len(_PNG)
    for _ in range(_MAX_CHUNKS):
        opening = head[place : place + _CHUNK_OPENING_BYTES]
        if len(opening) < _CHUNK_OPENING_BYTES:
            file.seek(place)
            opening = file.read(_CHUNK_OPENING_BYTES)
        if len(opening) < _CHUNK_OPENING_BYTES:
            return True
        if not opening[4:].isalpha():
            return False
        place += 12 + int.from_bytes(opening[:4], "big")
        if place > n_bytes:
            return True
        if opening[4:] == b"IEND":
            return False
    return False


def _is_cut_jpeg(file: BinaryIO, n_bytes: int) -> bool:
    """Say whether a JPEG has no end; cameras put other things behind it, and one that is too large is not judged."""
    file.seek(max(n_bytes - _HEAD_BYTES, 0))
    if n_bytes > MAX_PICTURE_BYTES or _JPEG_END in file.read(_HEAD_BYTES):
        return False
    file.seek(0)
    last = b""
    while block := file.read(_HEAD_BYTES):
        if _JPEG_END in last + block:
            return False
        last = block[-1:]
    return True
