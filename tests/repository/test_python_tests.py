"""Tests are counted as pytest collects them: a real pytest is asked about the same files. Hostile files are unknown."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lsp.client import Client, capabilities, pushing, range_of
from report_ls.files.port import CountedTests
from report_ls.repository.apart import count_apart
from report_ls.repository.project_files import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, ProjectFiles
from report_ls.repository.python_tests import count_tests
from support.repositories import run_git

if shutil.which("git") is None:
    pytest.skip("there is no git", allow_module_level=True)

PARAMETRIZE = "import pytest\nparametrize = pytest.mark.parametrize\n"
FILES = {
    "functions": "def test_a(): pass\nasync def test_b(): pass\ndef testing(): pass\ndef helper(): pass\n",
    "classes": "class TestA:\n    def test_a(self): 1\n    def x(self): 1\nclass Other:\n    def test_b(self): 1\n",
    "initialised": "class TestA:\n    def __init__(self): pass\n    def test_a(self): pass\n",
    "test_cases": "from unittest import TestCase\nclass Hives(TestCase):\n    def test_a(self): pass\n",
    "inherited": "class A:\n    def test_a(self): 1\n    def test_b(x): 1\nclass TestA(A):\n    def test_b(self): 1\n",
    "twice": "def test_a(): pass\ndef test_a(): pass\n",
    "conditional": "if 1:\n    def test_a(): pass\ntry:\n    def test_b(): pass\nexcept OSError:\n    pass\n",
    "nested": "def outer():\n    def test_a(): pass\n",
    "strings": 's = """\ndef test_a(): pass\n"""\n# def test_b(): pass\ndef test_c(): assert s\n',
    "fixture": "import pytest\n@pytest.fixture\ndef test_data(): return 1\ndef test_a(test_data): pass\n",
    "listed": PARAMETRIZE + "@pytest.mark.parametrize('n', [1, 2, 3])\ndef test_a(n): pass\n",
    "stacked": PARAMETRIZE
    + "@parametrize('n', [1, 2])\n@parametrize(('a', 'b'), ((1, 2), (3, 4), (5, 6)))\ndef test_a(n, a, b): pass\n",
    "named": PARAMETRIZE + "CASES = [1, 2, 3, 4]\n@parametrize('n', CASES)\ndef test_a(n): pass\n",
    "ranged": PARAMETRIZE + "@parametrize('n', range(7))\ndef test_a(n): pass\n",
    "keyword": PARAMETRIZE + "@parametrize(argnames='n', argvalues=[1, 2])\ndef test_a(n): pass\n",
    "class_listed": PARAMETRIZE
    + "@parametrize('n', [1, 2])\nclass TestA:\n    def test_a(self, n): pass\n    def test_b(self, n): pass\n",
    "empty": PARAMETRIZE + "@parametrize('n', [])\ndef test_a(n): pass\n",
}
OPEN = {
    "made": PARAMETRIZE + "@parametrize('n', sorted({1, 2, 3}))\ndef test_a(n): pass\n",
    "starred": PARAMETRIZE + "MORE = [1, 2]\n@parametrize('n', [*MORE, 3])\ndef test_a(n): pass\n",
    "marked": PARAMETRIZE + "pytestmark = parametrize('n', [1, 2])\ndef test_a(n): pass\n",
    "fixed": "import pytest\n@pytest.fixture(params=[1, 2])\ndef one(request): return 1\ndef test_a(one): pass\n",
    "imported": "from test_functions import test_a, test_b\ndef test_c(): pass\n",
    "generated": "def pytest_generate_tests(metafunc):\n    metafunc.parametrize('n', [1, 2])\ndef test_a(n): pass\n",
    "based": "from test_inherited import A as Other\nclass TestA(Other):\n    def test_c(self): pass\n",
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """How many tests a real pytest finds in each of the files."""
    folder = tmp_path_factory.mktemp("collected")
    for name, text in (FILES | OPEN).items():
        (folder / f"test_{name}.py").write_text(text, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "-p",
        "no:cacheprovider",
        "--import-mode=prepend",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return Counter(re.findall(r"^test_(\w+)\.py::", done.stdout, re.MULTILINE))


@pytest.mark.parametrize("name", FILES)
def test_as_many_are_counted_as_pytest_finds(name: str, collected: Counter[str]) -> None:
    tests = count_tests({f"test_{name}.py": FILES[name]})
    assert tests
    assert (collected[name], False) == (tests.low, tests.is_open)


@pytest.mark.parametrize("name", OPEN)
def test_where_only_running_tells_the_number_is_open(name: str, collected: Counter[str]) -> None:
    tests = count_tests({f"test_{name}.py": OPEN[name]})
    assert tests
    assert tests.is_open
    assert 0 < tests.low <= collected[name]


def test_what_else_a_student_may_count_is_known() -> None:
    texts = {
        "tests/test_a.py": "def test_a():\n    assert 1\n    assert 2\ndef test_b():\n    assert 3\n",
        "tests/unit/test_b.py": "def test_c(): assert 1\n",
        "tests/unit/c_test.py": "def test_d(): assert 1\n",
        "tests/test_none.py": "def helper(): pass\n",
    }
    assert CountedTests(3, 4, 4, is_open=False, others=frozenset({1, 2, 4, 5})) == count_tests(texts)


DEEP = {
    "brackets": "x = " + "[" * 5000 + "]" * 5000,
    "minus": "x = " + "-" * 50_000 + "1",
    "sums": "x = " + "+".join("1" * 20_000),
    "dots": "x = a" + ".a" * 20_000,
    "branches": "if a: pass\n" + "elif a: pass\n" * 5000,
    "nonsense": "def test_a(:\n",
    "null": "x = 1\0\n",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_cannot_be_read_makes_all_unknown(text: str) -> None:
    assert count_tests({"test_a.py": "def test_a(): pass\n", "test_b.py": text}) is None


def test_long_lines_and_warnings_are_nothing() -> None:
    line = f"x = '{'a' * 1_000_000}'\ny = '\\d'\ndef test_a(): assert x is '1'\n"
    assert CountedTests(1, 1, 1, is_open=False, others=frozenset({1})) == count_tests({"test_a.py": line})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a test in git."""
    folder = tmp_path / "hives"
    for path in ("reports/README.md", "tests/test_a.py", "src/train.py"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("def test_a(): pass\n")
    run_git(folder, "init", "-q")
    run_git(folder, "add", ".")
    return folder


def number_in(folder: Path) -> int | None:
    tests = ProjectFiles(folder / "reports").tests()
    return tests and tests.low


def put(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"tests/test_{name}.py").write_text(text)
    run_git(folder, "add", "--all", ".")


def test_the_files_of_the_working_tree_are_read_that_git_tracks(project: Path) -> None:
    assert 1 == number_in(project)
    (project / "tests/test_a.py").write_text("def test_a(): pass\ndef test_b(): pass\n")
    (project / "tests/test_new.py").write_text("def test_c(): pass\n")
    assert 2 == number_in(project)
    put(project)
    assert 3 == number_in(project)
    (project / "tests/test_new.py").unlink()
    assert 2 == number_in(project)
    for folder in (".venv/lib", "node_modules/x", "build"):
        (project / folder).mkdir(parents=True)
        (project / folder / "test_other.py").write_text("def test_c(): pass\n")
    put(project)
    assert 2 == number_in(project)
    assert (ProjectFiles(project / "reports").tests(),) * 2 == (
        count_apart(project / "reports"),
        ProjectFiles(project).tests(),
    )


def test_nothing_is_known_where_there_is_no_test_or_no_git(project: Path, tmp_path: Path) -> None:
    (project / "tests/test_a.py").unlink()
    assert number_in(project) is None
    assert count_apart(tmp_path) is None


@pytest.mark.parametrize(
    "text", ["[tool.pytest.ini_options]\npython_files = 'check_*.py'\n", "[tool.pytest.ini_options]\ntestpaths = ['a']"]
)
def test_nothing_is_known_where_pytest_is_told_to_look_elsewhere(text: str, project: Path) -> None:
    (project / "pyproject.toml").write_text("[project]\nname = 'hives'\n")
    put(project)
    assert 1 == number_in(project)
    (project / "pyproject.toml").write_text(text)
    assert number_in(project) is None


def test_links_lead_nowhere(project: Path, tmp_path: Path) -> None:
    (tmp_path / "test_secret.py").write_text("def test_a(): pass\n" * 9)
    (project / "tests/test_link.py").symlink_to(tmp_path / "test_secret.py")
    (project / "tests/test_loop.py").symlink_to("test_loop.py")
    put(project, b="def test_b(): pass\n")
    assert 2 == number_in(project)
    shutil.rmtree(project / "tests")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "test_a.py").write_text("def test_a(): pass\ndef test_x(): pass\n")
    (project / "tests").symlink_to(outside)
    assert number_in(project) is None


def test_a_pipe_is_not_waited_for(project: Path) -> None:
    (project / "tests/test_a.py").unlink()
    os.mkfifo(project / "tests/test_a.py")
    assert number_in(project) is None


def test_each_limit_is_where_it_is_said(project: Path) -> None:
    def padded(n_bytes: int) -> str:
        test = "def test_x(): pass\n"
        return test + "#" * (n_bytes - len(test))

    put(project, a=padded(MAX_FILE_BYTES))
    assert 1 == number_in(project)
    put(project, a=padded(MAX_FILE_BYTES + 1))
    assert number_in(project) is None
    n_large = MAX_TOTAL_BYTES // MAX_FILE_BYTES
    put(project, **{f"large{i}": padded(MAX_FILE_BYTES) for i in range(n_large - 1)}, a=padded(MAX_FILE_BYTES))
    assert n_large == number_in(project)
    put(project, more="#")
    assert number_in(project) is None
    put(project, **{f"large{i}": "" for i in range(n_large - 1)}, a="def test_x(): pass\n")
    put(project, **{f"many{i}": "" for i in range(MAX_FILES - n_large - 1)})
    assert 1 == number_in(project)
    put(project, yet_another="")
    assert number_in(project) is None


REPORT = """\
### Question 7
> **How many tests did you implement?**
>
> Answer:

In total we have 9 tests.
"""
PACK = "{id: test, title: Test, questions: [{number: 7, counts: tests}]}"
SAID = "5:17-5:18 information test-count: Q7: 9 tests, but pytest would find %d in 1 file"


@pytest.mark.parametrize("takes", [capabilities, pushing])
def test_the_server_counts_them_and_sees_a_change(takes: object, project: Path) -> None:
    (project / "reports/pack.yaml").write_text(PACK)
    (project / "report-ls.toml").write_text('pack = "reports/pack.yaml"\nstage = "final"\n')
    is_pulling = takes is capabilities
    with Client(project / "reports", capabilities() if is_pulling else pushing()) as client:
        client.initialize()
        uri = client.write_and_open("README.md", REPORT)
        expect = client.expect_pulled if is_pulling else client.expect_pushed
        expect(uri, [SAID % 1])
        assert "pytest would find 1 in 1 file" in client.at("hover", uri, 0, 5)["contents"]["value"]
        (hint,) = client.about("inlayHint", uri, range=range_of(0, 0, 6, 0))
        assert "6 words · pytest: 1 in 1 file" == hint["label"]
        (project / "tests/test_a.py").write_text("def test_a(): pass\ndef test_b(): pass\n")
        client.change(uri, 2, (5, 24, 5, 25, "!"))
        expect(uri, [SAID % 2])
        client.stop()
