"""Every command that is shown works as it is in every shell; else no command is shown."""

import subprocess
import sys

import pytest
from report_ls.files.typed import typed


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["a.png"], "git add a.png"),
        (["reports/figures/a-b_c.png", "å.png"], "git add reports/figures/a-b_c.png å.png"),
        (["my b.png", "c.png"], 'git add "my b.png" c.png'),
        (["a(1).png"], 'git add "a(1).png"'),
        (["a&b;c.png"], 'git add "a&b;c.png"'),
        (["~.png", "#1.png", "*.png"], 'git add "~.png" "#1.png" "*.png"'),
        ([""], 'git add ""'),
    ],
)
def test_a_name_is_one_word(names: list[str], line: str) -> None:
    assert line == typed("git add", names)
    if sys.platform != "win32":
        printed = line.replace("git add", "printf '%s\\n'")
        said = subprocess.run(["/bin/sh", "-c", printed], capture_output=True, text=True, check=True)
        assert names == said.stdout.split("\n")[:-1]


@pytest.mark.parametrize("name", ["a\nb", "a$b", "a`b", 'a"b', "a'b", "a!b", "a%b%", "a\\b", "-a", "a\x1bb"])
def test_what_a_shell_would_read_otherwise_is_no_command(name: str) -> None:
    assert typed("git add", ["a.png", name]) is None
