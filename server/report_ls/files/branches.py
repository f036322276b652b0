"""The branch that is checked out, and how much of it is pushed, as far as this computer knows."""

import re
from pathlib import Path

from report_ls.base.named_tuple import NamedTuple
from report_ls.files.git import ask


class Branch(NamedTuple):
    """The branch that is checked out, and what this computer knows of the one it is pushed to."""

    name: str
    upstream: str = ""
    """Such as `origin/main`; empty where there is none on another computer."""
    is_gone: bool = False
    """The upstream is configured, but this computer has no such branch."""
    n_ahead: int = 0
    """Commits that are not pushed."""
    n_behind: int = 0
    default: str = ""
    """The branch that a clone of the upstream's repository begins with, if this computer knows it."""


def branch(folder: Path) -> Branch | None:
    """Return the branch that is checked out; None without one, or before the first commit."""
    for is_head, ref, upstream, track in _refs(
        folder, "%(HEAD)%00%(refname)%00%(upstream)%00%(upstream:track)", "heads"
    ):
        if is_head == "*":
            remote = upstream.removeprefix("refs/remotes/") if upstream.startswith("refs/remotes/") else ""
            if not remote and (held := _holding(folder, ref.removeprefix("refs/heads/"))):
                return Branch(ref.removeprefix("refs/heads/"), held, default=_default(folder, held.partition("/")[0]))
            counts = {word: int(number) for word, number in re.findall(r"(ahead|behind) (\d+)", track)}
            return Branch(
                ref.removeprefix("refs/heads/"),
                remote,
                remote != "" and "gone" in track,
                counts.get("ahead", 0) if remote else 0,
                counts.get("behind", 0) if remote else 0,
                _default(folder, remote.partition("/")[0]) if remote else "",
            )
    return None


def remotes(folder: Path) -> frozenset[str]:
    """Return the names of the repositories elsewhere that this one knows."""
    return frozenset((ask(folder, "remote") or b"").decode("utf-8", "replace").split())


def _holding(folder: Path, name: str) -> str:
    """Return a branch of another computer that has all commits, such as `origin/main`; empty where none is known."""
    listed = ask(folder, "for-each-ref", "--contains", "HEAD", "--format=%(refname)", "refs/remotes") or b""
    refs = (ref.removeprefix("refs/remotes/") for ref in listed.decode("utf-8", "replace").split("\n"))
    held = sorted(ref for ref in refs if ref and not ref.endswith("/HEAD"))
    return next((ref for ref in held if ref.endswith(f"/{name}")), held[0] if held else "")


def _default(folder: Path, remote: str) -> str:
    for ref, target in _refs(folder, "%(refname)%00%(symref)", "remotes"):
        if ref == f"refs/remotes/{remote}/HEAD":
            return target.removeprefix("refs/remotes/")
    return ""


def _refs(folder: Path, fields: str, kind: str) -> list[list[str]]:
    listed = ask(folder, "for-each-ref", f"--format={fields}", f"refs/{kind}") or b""
    return [line.split("\0") for line in listed.decode("utf-8", "replace").split("\n") if line]
