"""What git makes of a file's content: its id, and what it keeps in its place."""

from hashlib import sha1, sha256


def is_object(object_id: str, content: bytes) -> bool:
    """Say whether a file's content is that of an object, whatever line ends git put into the file."""
    versions = content, content.replace(b"\r\n", b"\n")
    return any(object_id == _object_id(version, len(object_id)) for version in versions)


def _object_id(content: bytes, n_digits: int) -> str:
    blob = b"blob %d\0" % len(content) + content
    if n_digits == 64:  # noqa: PLR2004 - the digits of a SHA-256
        return sha256(blob).hexdigest()
    return sha1(blob, usedforsecurity=False).hexdigest()


def lfs_pointer(content: bytes) -> bytes:
    """Return what git keeps of a file that Git LFS keeps elsewhere."""
    lines = (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256(content).hexdigest()}\nsize {len(content)}\n"
    )
    return lines.encode()
