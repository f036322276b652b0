"""What `--init` offers to write into a project: values only, nothing is read or written here."""

import json
from collections.abc import Callable, Iterator

from attrs import frozen


@frozen
class Offer:
    """A file that could be written."""

    path: str
    """Seen from the top of the project."""
    purpose: str
    text: str | None
    """All that the file would hold; None where it has to stay as it is."""
    is_change: bool = False
    """There is such a file, and something is added to it."""
    advice: str = ""
    """What to do by hand where the file has to stay as it is."""


_CONFIGURATION = """\
# What holds for the reports in this folder and below. Severities: error, warning, information, hint or off,
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
      - run: python -m pip install report-ls=={version}
      - run: report-ls --check --fail-on error --format github --output markdown="$GITHUB_STEP_SUMMARY"
"""

_HOOK = """\
  - repo: local
    hooks:
      - id: report-ls
        name: report-ls
        entry: report-ls --check --fail-on error
        language: python
        additional_dependencies: [report-ls=={version}]
        pass_filenames: false
        always_run: true
"""

_EXTENSION = "report-ls.report-ls"


def offers(existing: Callable[[str], str | None], version: str) -> Iterator[Offer]:
    """Yield what could be written; `existing` returns the text of a file, None if there is none."""
    if existing("report-ls.toml") is None and "[tool.report-ls" not in (existing("pyproject.toml") or ""):
        yield Offer("report-ls.toml", "settings that hold for the whole group", _CONFIGURATION)
    workflow = ".github/workflows/report.yml"
    if existing(workflow) is None:
        yield Offer(workflow, "GitHub checks the report at every push", _WORKFLOW.format(version=version))
    yield from _recommendation(existing(".vscode/extensions.json"))
    yield from _hook(existing(".pre-commit-config.yaml"), _HOOK.format(version=version))


def _recommendation(text: str | None) -> Iterator[Offer]:
    path, purpose = ".vscode/extensions.json", "VS Code recommends the extension to everybody in the group"
    if _EXTENSION in (text or ""):
        return
    try:
        table = json.loads(text or "{}")
        recommended = table.setdefault("recommendations", [])
        recommended.append(_EXTENSION)
    except (ValueError, AttributeError):  # It may hold comments, which would be lost.
        yield Offer(path, purpose, None, advice=f'add "{_EXTENSION}" to its recommendations')
        return
    yield Offer(path, purpose, json.dumps(table, indent=2, ensure_ascii=False) + "\n", is_change=text is not None)


def _hook(text: str | None, hook: str) -> Iterator[Offer]:
    path, purpose = ".pre-commit-config.yaml", "pre-commit checks the report before each commit"
    if text is None:
        yield Offer(path, purpose, f"repos:\n{hook}")
    elif "report-ls" not in text:
        yield Offer(path, purpose, None, advice=f"add below its repos:\n{hook}")
