"""Measures how soon VS Code shows the first findings: a real VS Code, with the extension that users install.

`make bench-vscode` runs this and rewrites its part of `bench/RESULTS.md`. First run `tests/vscode/setup.sh`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

import results
from playwright.sync_api import sync_playwright
from vscode.editor import CHROMIUM, CHROMIUM_ARGUMENTS, EXTENSION, Editor, Installation
from vscode.project import PACK, write_project

_ROOT = Path(__file__).parent.parent
INSTALLED = Path(os.environ.get("REPORT_LS_VSCODE", _ROOT / ".vscode-test"))
"""Where `tests/vscode/setup.sh` puts VS Code."""
_TITLE = "## In VS Code"
_N_ROUNDS = 5
_MOST_SECONDS = 3
_IDLE = 5.0
"""Seconds after which a window is idle."""


def page(_folder: Path) -> Iterator[str]:
    """Measure, and yield the lines of the page."""
    _build()
    seconds, without = median(_rounds({})), median(_rounds({"PATH": "/nowhere"}))
    yield f"\n{_TITLE}\n"
    yield f"The example's report, opened in a window that has been idle for {_IDLE:g} seconds; median of {_N_ROUNDS}.\n"
    yield "| what | goal | measured | |"
    yield "|---|---|---|---|"
    reached = "reached" if seconds < _MOST_SECONDS else "not reached"
    yield f"| from the click to the first finding, s | under {_MOST_SECONDS} | {seconds:.1f} | {reached} |"
    yield f"| the same without Python, s | | {without:.1f} | |"
    yield f"| the package, MB | | {(EXTENSION / 'report-ls.vsix').stat().st_size / 1e6:.1f} | |"


def _build() -> None:
    """Build the extension."""
    os.environ["PATH"] = f"{INSTALLED / 'node' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([sys.executable, EXTENSION / "build.py"], check=True, stdout=sys.stderr)  # noqa: S603 - ours


def _rounds(environment: Mapping[str, str]) -> Sequence[float]:
    """Return the seconds from the click that opens a report to its first finding, each in a new window."""
    # The first run writes bytecode and is not counted.
    return [*_starts(environment)][1:]


def _starts(environment: Mapping[str, str]) -> Iterator[float]:
    installation = Installation(INSTALLED, EXTENSION / "report-ls.vsix")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        settings = {"reportLs.pack": PACK}
        with Editor(installation, chromium, settings=settings, environment=environment) as editor:
            write_project(editor.folder)
            for _ in range(1 + _N_ROUNDS):
                time.sleep(_IDLE)
                editor.press("Control+p")
                editor.pick_input.fill(str(editor.folder / "report.md"))
                row = editor.picks.filter(has_text="report.md").first
                row.wait_for()
                started = time.perf_counter()
                row.click()
                editor.squiggles.first.wait_for()
                yield time.perf_counter() - started
                editor.close_all()
                editor.page.reload(wait_until="domcontentloaded")
                editor.page.locator(".monaco-workbench .part.statusbar").wait_for()
        chromium.close()


if __name__ == "__main__":
    results.rewrite(page)
