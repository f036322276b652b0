"""Pictures made of bytes, small and whole."""

import struct
import zlib
from pathlib import Path


def put_picture(path: Path) -> None:
    """Write a whole picture of the type that a name says."""
    path.write_bytes(jpeg() if path.suffix.lower() in (".jpg", ".jpeg") else png())


def png(width: int = 3, height: int = 4, *, n_extra: int = 0) -> bytes:
    """Return a black picture, with so many more bytes in a chunk of text."""
    rows = zlib.compress(bytes((width + 1) * height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"tEXt", b"\0" * n_extra), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def jpeg(width: int = 5, height: int = 6, *, n_scanned: int = 100) -> bytes:
    """Return what has the parts of a picture: a start, a frame, a scan of so many bytes and an end."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    scan = b"\1\1\0\0\x3f\0"
    return b"".join(
        (
            b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0",
            b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame,
            b"\xff\xda" + struct.pack(">H", len(scan) + 2) + scan,
            b"\x55" * n_scanned + b"\xff\xd9",
        )
    )


def gif(width: int = 7, height: int = 8) -> bytes:
    """Return the frame of a picture."""
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


POINTER = b"""\
version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
"""
