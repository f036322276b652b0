"""The README shows what `make demo` really prints, and names only what exists."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from support.generated import assert_generated

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
COMMAND = "report-ls --check --fail-on never examples/report.md"

FENCE = re.compile(r"(?ms)^(`{3,})[^\n]*$.*?^\1$")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
DEMO = re.compile(r"(?s)(<!-- demo: [^\n]*-->\n).*?(<!-- end of demo -->\n)")


def on_a_terminal(*arguments: str) -> str:
    """Return what report-ls prints on a terminal of 100 columns; it must succeed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "report_ls", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
    )
    os.close(theirs)
    written = b""
    try:
        while piece := os.read(ours, 65536):
            written += piece
    except OSError:  # On Linux this means that the other side has ended.
        pass
    os.close(ours)
    assert process.wait() == 0
    return written.decode().replace("\r\n", "\n")


def test_the_readme_shows_the_output_of_make_demo() -> None:
    output = on_a_terminal(*COMMAND.split()[1:])
    block = f"```console\n$ make demo\n{output}```\n"
    text = README.read_text("utf-8")
    assert len(DEMO.findall(text)) == 1
    assert_generated(README, DEMO.sub(lambda match: match[1] + block + match[2], text))


def test_make_demo_runs_the_command_whose_output_the_readme_shows() -> None:
    recipe = re.search(r"(?m)^demo:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"))
    assert recipe
    assert f"\t@$(BIN)/{COMMAND}\n" == recipe[1]


def test_every_file_that_a_page_links_to_exists() -> None:
    pages = [README, ROOT / "CONTRIBUTING.md", ROOT / "server" / "ARCHITECTURE.md", ROOT / "vscode-extension/README.md"]
    pages += (ROOT / "docs").rglob("*.md")
    missing = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", FENCE.sub("", page.read_text("utf-8")))
        if not (page.parent / target).exists()
    ]
    assert [] == missing


def test_every_option_that_is_named_exists() -> None:
    command = [sys.executable, "-m", "report_ls", "--help"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    shown = README.read_text("utf-8") + (ROOT / "CHANGELOG.md").read_text("utf-8")
    shown += "".join(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert set() == set(OPTION.findall(shown)) - set(OPTION.findall(done.stdout))
