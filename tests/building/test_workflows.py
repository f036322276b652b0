"""The workflows of this repository: they publish the tagged version, built with pinned tools."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from report_ls import __version__

ROOT = Path(__file__).parents[2]
WORKFLOWS = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / ".github/workflows").glob("*.yml")}
FILES = [*WORKFLOWS.values(), {"jobs": {"action": yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]}}]
STEPS: list[dict[str, Any]] = [step for file in FILES for job in file["jobs"].values() for step in job["steps"]]
RELEASE = WORKFLOWS["release.yml"]["jobs"]


def test_every_workflow_may_only_read_unless_a_job_says_more() -> None:
    assert all({"contents": "read"} == workflow["permissions"] for workflow in WORKFLOWS.values())
    jobs = {name: job for workflow in WORKFLOWS.values() for name, job in workflow["jobs"].items()}
    more = {name: job["permissions"] for name, job in jobs.items() if "permissions" in job}
    assert {"pypi": {"id-token": "write"}, "deploy": {"pages": "write", "id-token": "write"}} == more


def test_every_action_is_a_commit() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert [] == [name for name in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name)]


def test_no_token_is_left_beside_the_sources() -> None:
    checkouts = [step for step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all({"persist-credentials": False} == step.get("with") for step in checkouts)


def test_the_page_that_is_put_on_the_web_is_the_one_that_is_built() -> None:
    page = WORKFLOWS["page.yml"]
    build, deploy = page["jobs"]["build"]["steps"], page["jobs"]["deploy"]
    assert "make page" in [step.get("run") for step in build]
    (uploaded,) = [step["with"]["path"] for step in build if "upload-pages-artifact" in step.get("uses", "")]
    assert ROOT / uploaded == ROOT / "web" / "dist"
    assert (ROOT / uploaded).parent.is_dir()
    assert ("build", "github-pages") == (deploy["needs"], deploy["environment"]["name"])
    (deployed,) = deploy["steps"]
    assert f"${{{{ steps.{deployed['id']}.outputs.page_url }}}}" == deploy["environment"]["url"]


def test_no_expression_is_part_of_a_script() -> None:
    assert [] == [step["run"] for step in STEPS if "${{" in step.get("run", "")]


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "status"), [(f"v{__version__}", 0), (f"v{__version__}.1", 1), (__version__, 1)])
def test_a_tag_that_names_another_version_publishes_nothing(tag: str, status: int) -> None:
    checks = [step["run"] for step in RELEASE["build"]["steps"] if "GITHUB_REF_NAME" in step.get("run", "")]
    assert 1 == len(checks)
    assert all(job["needs"] == "build" for name, job in RELEASE.items() if name != "build")
    environment = {"GITHUB_REF_NAME": tag, "PATH": os.environ["PATH"]}
    done = subprocess.run(["bash", "-e", "-c", checks[0]], cwd=ROOT, env=environment, capture_output=True, check=False)  # noqa: S607
    said = "" if status == 0 else f"the tag is {tag}, and report_ls.__version__ is {__version__}\n"
    assert (status, said) == (done.returncode, done.stderr.decode())


def test_the_marketplaces_get_it_from_programs_that_are_locked() -> None:
    steps = RELEASE["marketplaces"]["steps"]
    assert "npm ci" in [step.get("run") for step in steps]
    with_secrets = [step["run"] for step in steps if "secrets." in str(step.get("env"))]
    assert ["vsce", "ovsx"] == [re.findall(r"^npm exec --no -- (\w+) ", run)[0] for run in with_secrets]
