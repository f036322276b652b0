"""What checks reports elsewhere does what the documents say: the action, the job, the hook and what `--init` writes.

As far as that can be run without GitHub and GitLab: their steps and scripts, in their shell.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import frozen
from report_ls import __version__
from report_ls.cli.arguments import make_parser
from support.pictures import put_picture
from support.repositories import run_git

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
WORKFLOW, LAST_STEP, JOB, HOOK = map(yaml.safe_load, re.findall(r"(?ms)^```yaml\n(.*?)^```", PAGE))
ADDRESS = "https://github.com/<OWNER>/report-ls"

REPORT = "### Question 1\n> Why? Answer length: 1-9 words.\n>\n> Answer:\n\n{answer}\n"
WRONG = REPORT.format(answer="![a](figures/none.png)")
RIGHT = REPORT.format(answer="Because we can.")

NO_REPORT = ".: no report found in this folder or below; name the file if there is one\n"
EMPTY = """\
# Data for anglers

### Question 1
> Where do you fish? Answer length: 3-20 words.
>
> Answer:

--- question 1 fill here ---

### Question 2
> Show your lake. Insert 1-2 images. Answer length: 3-20 words.
>
> Answer:

--- question 2 fill here ---
"""
BEGUN = EMPTY.replace("--- question 1 fill here ---", "Elsewhere.")
DAMAGED = BEGUN.replace("--- question 2 fill here ---", "![The lake](figures/lake.png) It is round and cold.")
FINISHED = DAMAGED.replace("Elsewhere.", "In a lake behind the school.")


@frozen
class Done:
    """What a script came to."""

    status: int
    out: str
    err: str


def run_script(script: str, environment: Mapping[str, str], folder: Path) -> Done:
    """Run a script as the runners of GitHub and GitLab do."""
    command = ["bash", "-e", "-c", script]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def run_step(step: Mapping[str, Any], environment: Mapping[str, str], folder: Path, values: Mapping[str, str]) -> Done:
    """Run a step of the action, with values for its expressions."""
    written = {
        name: re.sub(r"\$\{\{ (\S+) \}\}", lambda match: values[match[1]], text)
        for name, text in step.get("env", {}).items()
    }
    return run_script(step["run"], {**environment, **written}, folder)


def put_in_the_way(folder: Path) -> None:
    """Write files with the names of Python's modules."""
    for module in ("json", "pip", "report_ls", "venv"):
        (folder / f"{module}.py").write_text("raise SystemExit('this is no module')\n", "utf-8")


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a user who has git, bash and this Python, and no report-ls."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT", "PYTHON"))}
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {**kept, **identity, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit"))}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory, outside: dict[str, str]) -> dict[str, str]:
    """The environment of a job whose first step, the installation, has run; its outputs lie in GITHUB_OUTPUT."""
    temporary = tmp_path_factory.mktemp("runner")
    environment = {
        **outside,
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTION_PATH": str(ROOT),
        **{name: str(temporary / name) for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")},
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    put_in_the_way(temporary)
    done = run_step(INSTALL, environment, temporary, {})
    assert 0 == done.status, done.err
    return environment


def run_check(runner: Mapping[str, str], folder: Path, outputs: Path, **inputs: str) -> Done:
    """Run the action's second step in a folder; what it tells GitHub lies in the other."""
    values = {f"inputs.{name}": str(given["default"]) for name, given in ACTION["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in inputs.items()}
    for line in Path(runner["GITHUB_OUTPUT"]).read_text("utf-8").splitlines():
        name, _, value = line.partition("=")
        values[f"steps.{INSTALL['id']}.outputs.{name}"] = value
    files = {name: str(outputs / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        Path(file).write_bytes(b"")
    # What the job has on its PATH does not matter, and is not enough.
    return run_step(CHECK, {**runner, **files, "PATH": os.defpath}, folder, values)


@pytest.mark.slow
def test_the_other_steps_of_a_job_keep_their_own_programs(runner: dict[str, str]) -> None:
    added, variables = (Path(runner[name]) for name in ("GITHUB_PATH", "GITHUB_ENV"))
    folders = added.read_text("utf-8").splitlines() if added.exists() else []
    later = os.pathsep.join([*folders, runner["PATH"]])
    for program in ("python", "python3", "pip", "pytest"):
        assert shutil.which(program, path=runner["PATH"]) == shutil.which(program, path=later)
    assert not variables.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "status", "outputs", "annotations"),
    [
        (WRONG, 1, "reports=1\nerrors=1\nwarnings=0\n", 1),
        (RIGHT, 0, "reports=1\nerrors=0\nwarnings=0\n", 0),
    ],
    ids=["wrong", "right"],
)
def test_the_action_annotates_counts_and_summarises(  # noqa: PLR0913, PLR0917 - cases
    runner: dict[str, str], tmp_path: Path, text: str, status: int, outputs: str, annotations: int
) -> None:
    (tmp_path / "report.md").write_text(text, "utf-8")
    put_in_the_way(tmp_path)
    done = run_check(runner, tmp_path, tmp_path, path="report.md")
    assert (status, "") == (done.status, done.err)
    assert annotations == done.out.count("::error file=report.md,line=6")
    assert outputs == (tmp_path / "GITHUB_OUTPUT").read_text("utf-8")
    assert (tmp_path / "GITHUB_STEP_SUMMARY").read_text("utf-8").startswith("|")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["--fail-on=never", "--output=csv=found.csv", "--fix", "--", "-h", "--version"])
def test_the_path_of_the_action_is_no_option(runner: dict[str, str], tmp_path: Path, path: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "report.md").write_text(WRONG, "utf-8")
    annotation = f"::error file={path},title=cannot be read::there is no such file\n"
    said = f"{path}: there is no such file\n"
    assert Done(2, annotation, said) == run_check(runner, project, tmp_path, path=path)
    (project / path).write_text(WRONG, "utf-8")
    done = run_check(runner, project, tmp_path, path=path)
    assert (1, "") == (done.status, done.err)
    assert done.out.startswith(f"::error file={path},line=6,")
    assert {path, "report.md"} == {file.name for file in project.iterdir()}
    assert WRONG == (project / path).read_text("utf-8")


@pytest.mark.parametrize("name", ["stage", "fail-on"])
def test_the_inputs_take_what_the_command_takes(name: str) -> None:
    actions = make_parser()._actions  # noqa: SLF001 - argparse has no other way to ask
    (choices,) = (action.choices or () for action in actions if f"--{name}" in action.option_strings)
    *first, last = choices
    given = ACTION["inputs"][name]
    assert f"{', '.join(first)} or {last}." == given["description"].partition(": ")[2]
    assert given["default"] in choices
    *first, last = (f"`{choice}`" for choice in choices)
    assert f"`{name}` ({', '.join(first)} or {last}; default `{given['default']}`)" in " ".join(PAGE.split())


# A project, from before its report is begun until it is finished


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a repository that holds this one as it is, with the tag of its version."""
    folder = tmp_path_factory.mktemp("published")
    names = run_git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, names):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    run_git(folder, "init", "-q")
    run_git(folder, "add", "--force", ".")
    run_git(folder, "commit", "-qm", "All")
    run_git(folder, "tag", f"v{__version__}")
    return folder.as_uri()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, outside: dict[str, str], published: str) -> dict[str, str]:
    """The environment of a job on GitLab whose first line, the installation, has run."""
    folder = tmp_path_factory.mktemp("gitlab")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    environment = {**outside, "PATH": os.pathsep.join([str(folder / "venv/bin"), outside["PATH"]])}
    install = JOB["report"]["script"][0].replace(ADDRESS, published)
    done = run_script(install, environment, folder)
    assert 0 == done.status, done.err
    return environment


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository that holds no report yet."""
    folder = tmp_path / "project"
    folder.mkdir()
    run_git(folder, "init", "-q")
    (folder / "README.md").write_text("# Lakes\n\nWe count fish.\n", "utf-8")
    return folder


def write_report(project: Path, text: str) -> None:
    (project / "reports").mkdir(exist_ok=True)
    (project / "reports/README.md").write_text(text, "utf-8")


def put_lake(project: Path) -> None:
    (project / "reports/figures").mkdir()
    put_picture(project / "reports/figures/lake.png")


@pytest.mark.slow
def test_the_action_is_green_until_something_is_damaged(runner: dict[str, str], project: Path, tmp_path: Path) -> None:
    assert {"uses": f"<OWNER>/report-ls@v{__version__}"} == WORKFLOW["jobs"]["report"]["steps"][-1]
    (last,) = LAST_STEP
    summary = tmp_path / "GITHUB_OUTPUT"
    assert Done(0, "", NO_REPORT) == run_check(runner, project, tmp_path)
    assert "reports=0\nerrors=0\nwarnings=0\n" == summary.read_text("utf-8")
    assert 2 == run_check(runner, project, tmp_path, **last["with"]).status
    for text in (EMPTY, BEGUN):
        write_report(project, text)
        assert 0 == run_check(runner, project, tmp_path).status
        assert "reports=1\nerrors=0\nwarnings=0\n" == summary.read_text("utf-8")
        assert 1 == run_check(runner, project, tmp_path, **last["with"]).status
    write_report(project, DAMAGED)
    assert 1 == run_check(runner, project, tmp_path).status
    assert "reports=1\nerrors=1\nwarnings=0\n" == summary.read_text("utf-8")
    put_lake(project)
    write_report(project, FINISHED)
    assert Done(0, "", "") == run_check(runner, project, tmp_path)
    assert Done(0, "", "") == run_check(runner, project, tmp_path, **last["with"])


@pytest.mark.slow
def test_the_job_is_green_until_something_is_damaged(installed: dict[str, str], project: Path) -> None:
    _, check = JOB["report"]["script"]
    (found,) = (project / name for name in JOB["report"]["artifacts"]["reports"].values())
    final = check.replace("--stage draft", "--stage final")
    assert Done(0, "", NO_REPORT) == run_script(check, installed, project)
    assert [] == yaml.safe_load(found.read_text("utf-8"))
    assert 2 == run_script(final, installed, project).status
    for text in (EMPTY, BEGUN):
        write_report(project, text)
        assert 0 == run_script(check, installed, project).status
        assert 1 == run_script(final, installed, project).status
    write_report(project, DAMAGED)
    assert 1 == run_script(check, installed, project).status
    put_lake(project)
    write_report(project, FINISHED)
    said = "reports/README.md: generic, {}: 2 of 2 questions answered; no problems found\n"
    assert Done(0, said.format("draft"), "") == run_script(check, installed, project)
    assert Done(0, said.format("final"), "") == run_script(final, installed, project)
    assert [] == yaml.safe_load(found.read_text("utf-8"))


def commit(project: Path, environment: Mapping[str, str]) -> Done:
    """Commit all that is there, as far as the hooks let it."""
    return run_script("git add . && git commit -qm More", environment, project)


def install_hooks(project: Path, environment: Mapping[str, str], text: str) -> None:
    """Do what pre-commit's page says: write its file, then install it."""
    (project / ".pre-commit-config.yaml").write_text(text, "utf-8")
    done = run_script(f'"{sys.executable}" -m pre_commit install', environment, project)
    assert 0 == done.status, done.out + done.err


def assert_commits_stop_at_damage_only(project: Path, environment: Mapping[str, str]) -> None:
    """Commit a report from before it is begun until it is finished."""
    assert 0 == commit(project, environment).status
    for text in (EMPTY, BEGUN):
        write_report(project, text)
        assert 0 == commit(project, environment).status
    (project / "train.py").write_text("print('fish')\n", "utf-8")
    assert 0 == commit(project, environment).status
    write_report(project, DAMAGED)
    done = commit(project, environment)
    assert 1 == done.status
    assert "reports/README.md:15:13: error: Q2: there is no file figures/lake.png" in done.out + done.err
    assert "4" == run_git(project, "rev-list", "--count", "HEAD").strip()
    put_lake(project)
    assert 0 == commit(project, environment).status
    write_report(project, FINISHED)
    assert 0 == commit(project, environment).status
    assert "" == run_git(project, "status", "--porcelain")


@pytest.mark.slow
def test_the_hook_stops_a_commit_only_if_something_is_damaged(
    outside: dict[str, str], published: str, project: Path
) -> None:
    (repository,) = HOOK["repos"]
    assert {"repo": ADDRESS, "rev": f"v{__version__}", "hooks": [{"id": "report-ls"}]} == repository
    install_hooks(project, outside, yaml.safe_dump({"repos": [{**repository, "repo": published}]}))
    assert_commits_stop_at_damage_only(project, outside)
    # And on the last day:
    (arguments,) = re.findall("`(args: .*?)`", PAGE)
    hook = {"id": "report-ls", **yaml.safe_load(arguments)}
    install_hooks(project, outside, yaml.safe_dump({"repos": [{**repository, "repo": published, "hooks": [hook]}]}))
    assert 0 == commit(project, outside).status
    write_report(project, BEGUN)
    assert 1 == commit(project, outside).status


@pytest.mark.slow
def test_what_init_writes_works(installed: dict[str, str], published: str, project: Path, tmp_path: Path) -> None:
    done = run_script("printf 'y\\ny\\ny\\ny\\n' | report-ls --init", installed, project)
    assert (0, "", 4) == (done.status, done.err, done.out.count(" is written\n"))
    (revision,) = run_git(Path(published.removeprefix("file://")), "rev-parse", "HEAD").split()
    text = (project / ".pre-commit-config.yaml").read_text("utf-8")
    assert {"repos": [{"repo": published, "rev": revision, "hooks": [{"id": "report-ls"}]}]} == yaml.safe_load(text)
    install_hooks(project, installed, text)
    assert_commits_stop_at_damage_only(project, installed)

    workflow = yaml.safe_load((project / ".github/workflows/report.yml").read_text("utf-8"))
    install, check = (step["run"] for step in workflow["jobs"]["report"]["steps"] if "run" in step)
    assert f'python -m pip install "git+{published}@{revision}"' == install
    job = {**installed, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    assert 0 == run_script(install, job, project).status
    for text, status in ((EMPTY, 0), (BEGUN, 0), (FINISHED.replace("lake.png", "lakes.png"), 1), (FINISHED, 0)):
        write_report(project, text)
        done = run_script(check, job, project)
        assert (status, "") == (done.status, done.err)
        assert (tmp_path / "summary.md").read_text("utf-8").startswith("|")
    shutil.rmtree(project / "reports")
    assert Done(0, "", NO_REPORT) == run_script(check, job, project)


BY_NAME = re.compile(
    r"""(?x) (?: \b (?: pip | pipx | tool | add | uv ) \ (?: install | run ) | \b uvx | additional_dependencies: )
    (?: [^\n]*? [\s'"\[] )? report-ls (?! [\w.] ) | report-ls (?: \[ [\w,]+ \] )? [=~<>]="""
)
"""What makes an installer look for our name on an index."""


@pytest.mark.parametrize(
    "text",
    [
        "python -m pip install report-ls=={version}",
        "$ python3 -m pip install --user report-ls",
        "(with `pip install 'report-ls[watch]'`)",
        "additional_dependencies: [report-ls]",
        "`uvx report-ls --check`",
        "uv tool install report-ls",
        "report-ls[watch]>=0.1",
    ],
)
def test_a_name_on_an_index_is_seen(text: str) -> None:
    assert BY_NAME.search(text)


def test_every_place_names_one_address_and_one_version_and_no_name_on_an_index() -> None:
    kinds = "md", "yml", "yaml", "toml", "py", "ts", "json"
    names = run_git(ROOT, "ls-files", "-z", "--", *(f"*.{kind}" for kind in kinds)).split("\0")
    texts = {name: (ROOT / name).read_text("utf-8") for name in names if name and not name.startswith("tests/")}
    text = "\n".join(texts.values())
    assert {ADDRESS} == set(re.findall(r"\w+://[^\s\"]+/report-ls\b", text))
    revisions = re.findall(r"/report-ls(?:@|\n +rev: )([^\s\"]+)", text)
    assert [f"v{__version__}"] * 10 == revisions
    assert {} == {name: found.group() for name, one in texts.items() if (found := BY_NAME.search(one))}
