"""The files that `--init` offers to write into a project. This module only computes: it reads and writes no file."""

import json
from collections.abc import Callable, Iterator

from report_ls.base.named_tuple import NamedTuple


class Origin(NamedTuple):
    """The git repository and the commit that this program was installed from."""

    address: str
    commit: str


class ProposedFile(NamedTuple):
    """A file that can be written."""

    path: str
    """The path, relative to the top of the project."""
    purpose: str
    text: str | None
    """The whole new text of the file; None if nothing can be written."""
    before: str | None = None
    """The whole old text of the file; None if there is no file yet."""
    advice: str = ""
    """If nothing can be written: why, and what to do by hand."""


_CONFIGURATION = """\
# Settings for the reports in this folder and below. Severities: error, warning, information, hint or off,
# for a check or for a check in one question, such as "answer-too-short@14" = "off".
[severity]
"""

_WORKFLOW = """\
name: report
on: push
permissions:
  contents: read
jobs:
  report:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install "git+{address}@{commit}"
      # While you write, damage only. For the last day, write final in the place of draft.
      - run: >-
          report-ls --check --stage draft --fail-on error
          --format github --output markdown="$GITHUB_STEP_SUMMARY"
"""

_HOOK = """\
  - repo: {address}
    rev: {commit}
    hooks:
      - id: report-ls
"""

_NO_ORIGIN = """\
It is not written: it must say from which repository report-ls comes, and yours was not installed from one.
  First run uv tool install git+ADDRESS@REVISION
"""

_EXTENSION = "report-ls.report-ls"


def offers(existing: Callable[[str], str | None], origin: Origin | None) -> Iterator[ProposedFile]:
    """Yield the files that can be written; `existing` returns the text of a file, None if there is no file.

    These files install report-ls from its `origin` and never from a package index, where another package may have the
    same name.
    """
    if existing("report-ls.toml") is None and "[tool.report-ls" not in (existing("pyproject.toml") or ""):
        yield ProposedFile("report-ls.toml", "settings for the whole group", _CONFIGURATION)
    yield from _workflow(existing(".github/workflows/report.yml"), origin)
    yield from _recommendation(existing(".vscode/extensions.json"))
    yield from _hook(existing(".pre-commit-config.yaml"), origin)


def _workflow(text: str | None, origin: Origin | None) -> Iterator[ProposedFile]:
    path, purpose = ".github/workflows/report.yml", "GitHub checks the report at every push"
    if text is not None:
        return
    if origin is None:
        yield ProposedFile(path, purpose, None, advice=_NO_ORIGIN)
        return
    yield ProposedFile(path, purpose, _WORKFLOW.format(address=origin.address, commit=origin.commit))


def _recommendation(text: str | None) -> Iterator[ProposedFile]:
    path, purpose = ".vscode/extensions.json", "VS Code recommends the extension to everybody in the group"
    if _EXTENSION in (text or ""):
        return
    try:
        table = json.loads(text or "{}")
        recommended = table.setdefault("recommendations", [])
        recommended.append(_EXTENSION)
    except (ValueError, AttributeError, RecursionError):  # It may have comments, which would be lost.
        advice = f'It is not changed: add "{_EXTENSION}" to its recommendations'
        yield ProposedFile(path, purpose, None, advice=advice)
        return
    yield ProposedFile(path, purpose, json.dumps(table, indent=2, ensure_ascii=False) + "\n", text)


def _hook(text: str | None, origin: Origin | None) -> Iterator[ProposedFile]:
    path, purpose = ".pre-commit-config.yaml", "pre-commit checks the report before each commit"
    if "report-ls" in (text or ""):
        return
    if origin is None:
        yield ProposedFile(path, purpose, None, advice=_NO_ORIGIN)
        return
    hook = _HOOK.format(address=origin.address, commit=origin.commit)
    if text is None:
        yield ProposedFile(path, purpose, f"repos:\n{hook}")
    else:
        yield ProposedFile(path, purpose, None, advice=f"It is not changed: add below its repos:\n{hook}")
