"""The files beside a report, and what those of its repository hold: all that `Files` asks, answered from a disk."""

from collections.abc import Sequence
from pathlib import Path

from report_ls.files import git
from report_ls.files.disk import DiskFiles
from report_ls.files.opening import read_below, state_below
from report_ls.files.port import CountedTests, Tree

MAX_FILES = 400
MAX_FILE_BYTES = 200_000
"""Bytes of a file that is read."""
MAX_TOTAL_BYTES = 5_000_000
_CONFIGURATIONS = "pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini"
_OWN_NAMES = b"python_files", b"python_classes", b"python_functions", b"testpaths", b"--ignore", b"norecursedirs"
"""What makes pytest look elsewhere or for other names, so that nothing is known here."""


class ProjectFiles(DiskFiles):
    """The files beside a report on disk: `Files`."""

    def tests(self) -> CountedTests | None:
        """Return which tests pytest would find; None where that is not known: too much, or too odd, is not read."""
        now, tree = git.repository_state(self.root), self.tree()
        if now is None or tree is None:
            return None
        texts = _texts(now.top, _looked_at(tree))
        if not texts:
            return None
        from report_ls.repository.python_tests import count_tests  # noqa: PLC0415 - it imports Python's parser

        return count_tests(texts)


def _texts(top: Path, paths: Sequence[str]) -> dict[str, str] | None:
    """Return the texts of the tests among some files; None where they are too many or too odd."""
    texts: dict[str, str] = {}
    n_bytes = 0
    for path in paths if len(paths) <= MAX_FILES else ():
        content = read_below(top, path, MAX_FILE_BYTES)
        if content is None:
            continue  # It was deleted, and is still in the index.
        n_bytes += len(content)
        is_odd = path in _CONFIGURATIONS and any(name in content for name in _OWN_NAMES)
        if is_odd or len(content) > MAX_FILE_BYTES or n_bytes > MAX_TOTAL_BYTES:
            return None
        if path not in _CONFIGURATIONS:
            try:
                texts[path] = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                return None
    return texts


def files_of_tests(folder: Path) -> list[Path]:
    """Return the files that `tests` would read for the report of a folder."""
    now = git.repository_state(folder)
    tree = git.tree(now) if now else None
    return [now.top / path for path in _looked_at(tree)[:MAX_FILES]] if now and tree else []


State = tuple[git.RepositoryState, tuple[tuple[int, ...], ...]]
"""What tells one state of all that is read from another."""


def state(folder: Path) -> State | None:
    """Return the state of what `tests` would read for the report of a folder; None where it would read nothing."""
    now = git.repository_state(folder)
    tree = git.tree(now) if now else None
    if now is None or tree is None:
        return None
    return now, tuple(state_below(now.top, path) for path in _looked_at(tree)[:MAX_FILES])


def _looked_at(tree: Tree) -> list[str]:
    """Return the files that are read: the tests, and what says how pytest finds them."""
    tests = [path for path in tree.files if _may_hold_tests(path)]
    return sorted(tests, key=lambda path: (path.count("/"), path)) + [
        path for path in _CONFIGURATIONS if tests and path in tree.files
    ]


def _may_hold_tests(path: str) -> bool:
    """Say whether pytest looks for tests in a file."""
    folder, _, name = path.rpartition("/")
    is_named_so = name.endswith(".py") and (name.startswith("test_") or name.endswith("_test.py"))
    return is_named_so and not any(part.startswith(".") or part in _LEFT_OUT for part in folder.split("/"))


_LEFT_OUT = "build", "dist", "node_modules", "venv", "site-packages"
"""Folders that pytest does not enter, or that hold what others wrote."""
