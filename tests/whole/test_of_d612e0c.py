"""What version d612e0c wrote and read goes on to mean the same (docs/stability.md).

`of_d612e0c/` has a form, the pack that it drafted from it, a configuration and a report, and what it said of them: its
JSON with the configuration and with the pack alone, and its status notification. None of these files is ever rewritten.
"""

import json
import shutil
from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities
from support.command import Ran, run

_FILES = Path(__file__).parent / "of_d612e0c"
_STATUS = "reportLs/status"
_WORDINGS = "message", "title"
"""The only keys whose texts may change."""
_CONFIGURED_LINES = """\
report.md:13:1: hint group-number
report.md:23:1: error leftover-marker
report.md:37:96: information answer-too-long
report.md:49:27: error image-not-found
report.md:53:1: warning too-many-images
report.md:53:16: information image-example
report.md:61:3: warning answer-too-short
report.md:73:1: hint unanswered
"""
_ISOLATED_LINES = _CONFIGURED_LINES.replace("warning answer", "error answer").replace("hint unans", "error unans")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_FILES, tmp_path / "project"))


def _written(name: str) -> Json:
    return json.loads((_FILES / f"{name}.json").read_text("utf-8"))


def _as_then(then: Json, now: Json) -> Json:
    """Return what a consumer of then reads in what is written now: the keys it knows, and wordings as they are."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {
            key: then[key] if key in _WORDINGS and isinstance(value, str) else _as_then(then[key], value)
            for key, value in now.items()
            if key in then
        }
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [_as_then(*pair) for pair in zip(then, now, strict=True)]
    return now


def _check(folder: Path, *options: str) -> Ran:
    return run(folder, "--check", "report.md", "--format", "json", *options)


def _lines(document: Json) -> str:
    return "".join(
        f"{report['path']}:{start['line'] + 1}:{start['character'] + 1}: {finding['severity']} {finding['code']}\n"
        for report in document["reports"]
        for finding in report["diagnostics"]
        for start in [finding["range"]["start"]]
    )


def test_a_consumer_of_then_reads_what_a_configuration_and_its_pack_come_to_now(folder: Path) -> None:
    then, ran = _written("configured"), _check(folder)
    now = json.loads(ran.out)
    assert (1, "") == (ran.status, ran.err)
    assert then == _as_then(then, now)
    assert _CONFIGURED_LINES == _lines(then) == _lines(now)


def test_a_consumer_of_then_reads_what_a_pack_alone_comes_to_now(folder: Path) -> None:
    then, ran = _written("isolated"), _check(folder, "--isolated", "--pack", "sundials.yaml")
    now = json.loads(ran.out)
    assert (1, "") == (ran.status, ran.err)
    assert then == _as_then(then, now)
    assert _ISOLATED_LINES == _lines(then) == _lines(now)


def test_a_pack_of_then_fits_the_form_that_it_was_drafted_from(folder: Path) -> None:
    out = "sundials-2026: 6 questions, 3 with a limit of words, 1 with one of images\nform.md: fits\n"
    assert Ran(0, out, "") == run(folder, "--check-pack", "sundials.yaml", "form.md")


def test_a_configuration_of_then_is_obeyed_in_pyproject_toml_too(folder: Path) -> None:
    before = _check(folder).out
    text = (folder / "report-ls.toml").read_text("utf-8")
    (folder / "report-ls.toml").unlink()
    assert before != _check(folder).out
    table = "[tool.report-ls]\n" + text.replace("[severity]", "[tool.report-ls.severity]")
    (folder / "pyproject.toml").write_text(table, "utf-8")
    assert before == _check(folder).out


def test_a_baseline_of_then_silences_the_findings_of_then_and_no_other(folder: Path) -> None:
    ran = _check(folder, "--baseline", "configured.json")
    assert (0, "", "") == (ran.status, ran.err, _lines(json.loads(ran.out)))
    report = folder / "report.md"
    report.write_text(report.read_text("utf-8").replace("group nine", "TODO"), "utf-8")
    ran = _check(folder, "--baseline", "configured.json")
    assert (1, "", "report.md:13:1: warning note-to-self\n") == (ran.status, ran.err, _lines(json.loads(ran.out)))


def test_a_client_of_then_reads_the_status_of_now(folder: Path) -> None:
    with Client(folder, capabilities(), options={"status": True}) as client:
        client.initialize()
        uri = client.open((folder / "report.md").as_uri(), (folder / "report.md").read_text("utf-8"), version=4)
        then = _written("status") | {"uri": uri}
        client.until(lambda: [_as_then(then, now) for now in client.of(_STATUS)][-1:] == [then], "the status of then")
