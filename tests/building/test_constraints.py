"""What developers install is locked, and the lock is what pyproject.toml asks for."""

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ASKED = [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
LOCKED = [
    Requirement(line) for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line[0] not in "# "
]


def test_every_version_that_is_locked_is_one_version() -> None:
    assert [] == [str(one) for one in LOCKED if not re.fullmatch(r"==[\w.]+", str(one.specifier))]


def test_all_that_the_project_asks_for_is_locked_in_a_version_that_it_allows() -> None:
    asked = [Requirement(one) for one in ASKED]
    fitting = {
        canonicalize_name(one.name)
        for one in asked
        for locked in LOCKED
        if locked.name == canonicalize_name(one.name)
        if one.specifier.contains(str(locked.specifier).removeprefix("=="))
    }
    assert {canonicalize_name(one.name) for one in asked} == fitting


def test_whatever_make_installs_of_the_project_is_locked() -> None:
    installs = re.findall(r"install (.*--editable.*)", (ROOT / "Makefile").read_text("utf-8"))
    assert installs
    assert [] == [one for one in installs if not one.startswith("--constraint constraints.txt ")]
