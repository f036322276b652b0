"""Compares the results of two versions of report-ls on real reports.

    python tools/compare.py OLD NEW

OLD and NEW are revisions of this repository, or folders of checkouts. The reports are those of REPORT_LS_CORPUS, with
their older versions and the empty forms. They are written to disk once, in two layouts: in `tracked` each is in its
own git repository with one commit, in `plain` there is no git. The pictures and files beside a report are stubs
of the same name, type and size.

Both versions then judge the same files: with `--check` at each stage, `--diff`, `--fix` and `--handin`, and in the
server with the same texts open. Differences are printed as a diff for each text; then the exit status is 1.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(1, str(Path(__file__).parent.parent / "tests"))

from lsp.client import Client, drawn, place, pushing
from support.pictures import POINTER, gif, jpeg, png

from tools.versions import server_of

_STAGES = "final", "draft", "auto"
_LAYOUTS = "plain", "tracked"

Answers = dict[str, list[str]]
"""The answers of one version, in lines, by text and question."""


def main() -> int:
    """Compare, print the differences, and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("--only", metavar="NAME", default="", help="only texts whose name begins so, such as r07")
    parser.add_argument("--lines", metavar="N", type=int, default=100, help="print so many lines of differences")
    options = parser.parse_args()
    corpus = os.environ.get("REPORT_LS_CORPUS") or parser.error("REPORT_LS_CORPUS names no folder of real reports")
    with tempfile.TemporaryDirectory(prefix="report-ls-compare-") as name:
        folder = Path(name)
        texts = _lay_out(Path(corpus), folder / "old", options.only)
        # Hard links are safe: `--fix` replaces a file and never writes into it.
        shutil.copytree(folder / "old", folder / "new", copy_function=os.link)
        sys.stdout.write(f"{len(texts)} texts, in {len(_LAYOUTS)} layouts\n")
        sys.stdout.flush()
        with server_of(options.old) as old, server_of(options.new) as new, ThreadPoolExecutor(2) as pool:
            both = ((folder / "old", old), (folder / "new", new))
            tasks = [pool.submit(_answers, place, server, texts) for place, server in both]
            before, after = (task.result() for task in tasks)
    return _print_differences(before, after, options.lines)


# The reports on disk


def _lay_out(corpus: Path, folder: Path, only: str) -> list[str]:
    """Write all texts in all layouts and return the paths of the reports, relative to a layout."""
    texts = []
    for source, name in _sources(corpus):
        if name.startswith(only):
            texts.append(_write(source, folder / "plain", name))
    shutil.copytree(folder / "plain", folder / "tracked", copy_function=os.link)
    for report in texts:
        top = folder / "tracked" / Path(report).parts[0]
        for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "report"]):
            subprocess.run(["git", *_AUTHOR, *arguments], cwd=top, check=True)
    return texts


_AUTHOR = "-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false", "-c", "gc.auto=0"


def _sources(corpus: Path) -> Iterator[tuple[Path, str]]:
    """Yield each text with the name of its folder in a layout."""
    for report in sorted(corpus.glob("*/report.md")):
        yield report, report.parent.name
        for version in sorted(report.parent.glob("history/*.md")):
            yield version, f"{report.parent.name}-{version.stem}"
    for form in sorted(corpus.parent.glob("course/templates/*.md")):
        yield form, f"form-{form.stem}"


def _write(source: Path, layout: Path, name: str) -> str:
    """Write a text and the files beside it, and return its path relative to the layout."""
    kept = source.parent.parent if source.parent.name == "history" else source.parent
    tree = kept / "tree.json"
    place = json.loads(tree.read_bytes())["report"] if tree.exists() else "reports/README.md"
    report = layout / name / place
    report.parent.mkdir(parents=True)
    # A copy: `--fix` would see two hard links as one file.
    report.write_bytes(source.read_bytes())
    listed = kept / "files.json"
    for file in json.loads(listed.read_bytes()) if listed.exists() else ():
        _put_stub(report.parent / file["path"], layout.parent / "stubs" / kept.name / file["path"], file)
    return report.relative_to(layout).as_posix()


def _put_stub(path: Path, stub: Path, file: Mapping[str, Any]) -> None:
    if path.exists():
        return  # The report itself is listed too.
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_bytes(_content(file.get("content", "other"), file.get("size", 0)))
    path.parent.mkdir(parents=True, exist_ok=True)
    os.link(stub, path)


def _content(kind: str, size: int) -> bytes:
    """Return the bytes of a file of a kind: a valid picture, a pointer, or blank lines; about `size` bytes."""
    match kind:
        case "png":
            return png(n_extra=max(0, size - len(png())))
        case "jpeg":
            return jpeg(n_scanned=max(0, size - len(jpeg(n_scanned=0))))
        case "gif":
            return gif()
        case "git-lfs pointer":
            return POINTER
        case _:
            return b"\n" * size


# The answers


def _answers(folder: Path, server: Path, texts: Sequence[str]) -> Answers:
    said: Answers = {}
    python = ("env", f"PYTHONPATH={server}", sys.executable)
    for layout in _LAYOUTS:
        place = folder / layout

        def run(*arguments: str, place: Path = place) -> "subprocess.CompletedProcess[str]":
            command = [*python, "-m", "report_ls", *arguments]
            ran = subprocess.run(command, cwd=place, capture_output=True, encoding="utf-8", check=False)
            if "Traceback" in ran.stderr:
                raise RuntimeError(ran.stderr)
            return ran

        for stage in _STAGES:
            ran = run("--check", ".", "--names", "--format", "json", "--stage", stage)
            said |= _of_json(layout, f"--check --stage {stage}", ran.stdout)
        said |= _of_diff(layout, run("--diff", ".").stdout)
        for report in texts:
            if "-" not in Path(report).parts[0]:
                ran = run("--handin", report)
                said[f"{layout} {report} --handin"] = [f"exit {ran.returncode}", *ran.stdout.split("\n")]
        with Client(
            place, pushing(), options={"status": True}, program=python[0], command=(*python[1:], *_PATIENT)
        ) as client:
            client.stderr_expected = None
            client.initialize()
            for report in texts:
                for asked, lines in _of_document(client, place / report).items():
                    said[f"{layout} {report} {asked}"] = [line.replace(place.as_uri(), "") for line in lines]
        run("--fix", ".")
        for report in texts:
            said[f"{layout} {report} --fix"] = place.joinpath(report).read_text("utf-8", "replace").split("\n")
    return said


_PATIENT = (
    "-c",
    """
import sys
from contextlib import suppress
from importlib import import_module

# Wait for the disk, so that all files are known before the first diagnostics.
for name in ("report_ls.lsp.session.disk_thread", "report_ls.lsp.wire.worker"):
    with suppress(ModuleNotFoundError):
        module = import_module(name)
        module.PATIENCE = module.DISK_TIMEOUT_SECONDS = 60  # Older versions call it PATIENCE.

from report_ls.__main__ import main

sys.exit(main())
""",
)
"""A server that waits up to a minute for the disk."""


def _of_json(layout: str, asked: str, text: str) -> Answers:
    results = json.loads(text)
    said = {f"{layout} {report['path']} {asked}": _lines(report) for report in results.pop("reports")}
    return said | {f"{layout} {asked}": _lines(results)}


def _lines(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    return json.dumps(value, indent=0, ensure_ascii=False, sort_keys=True).split("\n")


def _of_diff(layout: str, text: str) -> Answers:
    said: Answers = {}
    report = ""
    for line in text.split("\n"):
        report = line.removeprefix("--- ") if line.startswith("--- ") and "/" in line else report
        said.setdefault(f"{layout} {report} --diff", []).append(line)
    return said


def _of_document(client: Client, path: Path) -> Answers:
    text = path.read_text("utf-8", "replace")
    uri = client.open(path.as_uri(), text)
    client.until(lambda: any(told["uri"] == uri for told in client.of("reportLs/status")), "the status")
    document = {"textDocument": {"uri": uri}}
    n_lines = text.count("\n") + 1
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": n_lines, "character": 0}}
    symbols = client.request("textDocument/documentSymbol", document)
    status = [told for told in client.of("reportLs/status") if told["uri"] == uri][-1]
    diagnostics = client.pushes(uri)[-1]["diagnostics"] if client.pushes(uri) else []
    said: Answers = {
        "server: diagnostics": drawn(diagnostics),
        "server: status": _lines({key: value for key, value in status.items() if key != "uri"}),
        "server: symbols": _lines(symbols),
        "server: hints": _lines(client.request("textDocument/inlayHint", {**document, "range": everything})),
        "server: actions": _actions(client, document, diagnostics),
    }
    headings = [number for number, line in enumerate(text.split("\n")) if line.startswith(("#", "> Answer"))]
    hovers = (
        (number, client.request("textDocument/hover", {**document, "position": {"line": number, "character": 3}}))
        for number in headings
    )
    said["server: hovers"] = [f"{number}: {json.dumps(hover, ensure_ascii=False)}" for number, hover in hovers]
    client.close(uri)
    client.received.clear()
    return said


def _actions(client: Client, document: dict[str, Any], diagnostics: Sequence[Any]) -> list[str]:
    lines = []
    for diagnostic in diagnostics:
        params = {**document, "range": diagnostic["range"], "context": {"diagnostics": [diagnostic]}}
        for action in client.request("textDocument/codeAction", params) or ():
            whole = action if "edit" in action else client.request("codeAction/resolve", action)
            told = {key: whole[key] for key in ("title", "kind", "isPreferred", "edit") if key in whole}
            written = json.dumps(told, ensure_ascii=False)
            lines.append(f"{place(diagnostic['range'])} {diagnostic.get('code')}: {written}")
    return lines


# The differences


def _print_differences(before: Answers, after: Answers, most: int) -> int:
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
    lines = [line for name in names for line in _differences(name, before.get(name, []), after.get(name, []))]
    sys.stdout.write("".join(f"{line}\n" for line in lines[:most]))
    if len(lines) > most:
        sys.stdout.write(f"... and {len(lines) - most} more lines\n")
    sys.stdout.write(f"{len(before)} answers compared, {len(names)} differ\n")
    return 1 if names else 0


def _differences(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    yield f"== {name}"
    for line in list(unified_diff(before, after, n=0, lineterm=""))[2:]:
        yield line[:300]


if __name__ == "__main__":
    sys.exit(main())
