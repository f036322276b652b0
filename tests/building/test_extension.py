"""What the VS Code extension says again that the program says already is the same; nothing here needs VS Code."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from report_ls import __version__
from report_ls.base.diagnostic import Severity, Stage
from report_ls.base.text import SourceText
from report_ls.checks import all_checks
from report_ls.files.targets import PICTURES
from report_ls.lsp.session.settings import Settings, read_settings
from report_ls.project.find_configuration import ResolvedConfiguration
from report_ls.project.judge import Choices, Terms, terms
from report_ls.report.outline import outline
from support.generated import assert_generated

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "vscode-extension"
PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
MANIFEST = json.loads((EXTENSION / "package.json").read_text("utf-8"))
SETTINGS = MANIFEST["contributes"]["configuration"]["properties"]

LOOKS = json.loads((EXTENSION / "test" / "looks.json").read_text("utf-8"))

# What the server does not read: which Python it is, and how much of the conversation is logged.
OWN = {"reportLs.interpreter", "reportLs.trace.server"}


def test_the_settings_are_those_of_the_server_with_its_defaults() -> None:
    assert {"reportLs.pack", "reportLs.stage", "reportLs.severity", "reportLs.hints"} == set(SETTINGS) - OWN
    defaults = {name.removeprefix("reportLs."): setting["default"] for name, setting in SETTINGS.items()}
    assert (Settings(), ()) == read_settings(defaults)


def test_what_a_setting_may_be_is_what_the_server_takes() -> None:
    for stage in SETTINGS["reportLs.stage"]["enum"]:
        assert () == read_settings({"stage": stage})[1]
    assert {"auto", *(stage.value for stage in Stage)} == set(SETTINGS["reportLs.stage"]["enum"])
    severities = dict.fromkeys(SETTINGS["reportLs.severity"]["properties"], "off")
    assert dict.fromkeys(severities) == read_settings({"severity": severities})[0].severities


def test_the_severities_are_those_of_the_checks() -> None:
    manifest: dict[str, Any] = json.loads(json.dumps(MANIFEST))
    severity = {"type": "string", "enum": [*(one.word for one in Severity), "off"]}
    manifest["contributes"]["configuration"]["properties"]["reportLs.severity"] |= {
        "properties": {check.code: severity | {"description": check.title} for check in all_checks()},
        "patternProperties": {"^[a-z0-9-]+@[0-9]+$": severity},
    }
    assert_generated(EXTENSION / "package.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def test_the_titles_in_the_report_view_are_those_of_the_checks() -> None:
    titles = {check.code: check.title for check in all_checks()}
    assert_generated(EXTENSION / "src" / "titles.json", json.dumps(titles, indent=2, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("row", LOOKS, ids=[row["what"] for row in LOOKS])
def test_what_is_judged_looks_like_a_report(row: dict[str, Any]) -> None:
    decided = terms(outline(SourceText(row["text"]).plain), Path("notes.md"), ResolvedConfiguration(), Choices())
    assert row["judged"] == isinstance(decided, Terms)
    assert row["looks"] >= row["judged"]


def test_the_extension_has_the_version_of_the_program() -> None:
    assert MANIFEST["version"] == __version__


def test_pictures_are_the_same_files() -> None:
    (listed,) = re.findall(r"PICTURES = (\[.*\]);", (EXTENSION / "src" / "figure.ts").read_text("utf-8"))
    assert list(PICTURES) == json.loads(listed)


def test_the_extension_carries_every_library_that_the_program_needs() -> None:
    (needed,) = re.findall(r"^dependencies = \[\n(.*?)^\]", PROJECT, re.MULTILINE | re.DOTALL)
    carried = (EXTENSION / "requirements.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==[0-9.]+$", carried, re.MULTILINE)) | {"pyyaml"}
    assert {"pygls"} < set(re.findall(r'^ +"([a-z0-9-]+)', needed.lower(), re.MULTILINE)) <= pinned


def test_the_problem_matcher_reads_each_line_that_the_command_prints() -> None:
    def checked(form: str) -> str:
        command = [sys.executable, "-m", "report_ls", "--check", "examples/report.md", "--format", form]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout

    (matcher,) = MANIFEST["contributes"]["problemMatchers"]
    (task,) = re.findall(r"```json\n(.+?)```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.DOTALL)
    documented = json.loads(task)["problemMatcher"]
    assert {name: matcher[name] for name in documented} == documented
    pattern = matcher["pattern"]
    groups = [pattern[name] for name in ("file", "line", "column", "severity", "message", "code")]
    expected = []
    for found in json.loads(checked("json"))["reports"][0]["diagnostics"]:
        start = found["range"]["start"]
        where = "examples/report.md", str(start["line"] + 1), str(start["character"] + 1)
        expected.append((*where, found["severity"], f"Q{found['question']}: {found['message']}", found["code"]))
    matches = [re.search(pattern["regexp"], line) for line in checked("lines").splitlines()]
    assert expected == [match and match.group(*groups) for match in matches]


def test_pasted_pictures_land_beside_the_reports_that_the_command_finds() -> None:
    destinations = MANIFEST["contributes"]["configurationDefaults"]["markdown.copyFiles.destination"]
    assert {"**/report.md", "**/reports/README.md", "**/report/README.md"} == set(destinations)
    assert {"figures/"} == set(destinations.values())
