"""The configuration of a report's folder is used as soon as it is saved, and code actions change it."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from lsp.client import Client, ErrorAnswer, Json, capabilities, drawn, edited, pushing, range_of
from report_ls.base.diagnostic import Severity
from report_ls.lsp.session.configurations import NOTHING, Configurations
from report_ls.lsp.wire.loop import ReadingLoop
from report_ls.lsp.wire.worker import DiskThread
from report_ls.project.configuration import load_configuration

REPORT = """\
### Question 1
> What does it do? Answer length: 5-20 words.
>
> Answer:

It sorts.

### Question 2
> Why? Answer length: 5-20 words.
>
> Answer:

--- question 2 fill here ---
"""

TOO_SHORT = "3:2-3:9 {} answer-too-short: Q1: 2 words, but 5-20 are asked: 3 words are missing"
UNANSWERED = "12:0-12:28 {} unanswered: Q2: not answered yet (asked: 5-20 words)"
FINAL = [TOO_SHORT.format("warning"), UNANSWERED.format("error")]
DRAFT = [TOO_SHORT.format("hint"), UNANSWERED.format("hint")]
PACK = "id: ours\ntitle: Ours\nquestions: [{number: 1, words: 5-20}, {number: 2}]\n"
UNASKED = "12:0-12:28 error unanswered: Q2: not answered yet"

UNKNOWN_KEY = (
    '0:0-1:0 error -: there is no key "stag" here, only pack, stage, template, severity; did you mean "stage"?'
)
CONTENT_MODIFIED = -32801


@pytest.fixture
def pushed(shared_pushed: Client, tmp_path: Path) -> Client:
    """A client that diagnostics are pushed to, in a new folder."""
    shared_pushed.folder = tmp_path
    return shared_pushed


@pytest.fixture
def pulling(shared: Client, tmp_path: Path) -> Client:
    """A client that pulls, in a new folder."""
    shared.folder = tmp_path
    return shared


def configure(client: Client, text: str, name: str = "report-ls.toml") -> str:
    """Write a file and notify the server; return its URI."""
    path = client.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    # Replaced in one step: a server that is still reading must not see an empty file.
    written = path.with_name(f"{path.name}.new")
    written.write_bytes(text.encode())
    written.replace(path)
    changed(client, path.as_uri())
    return path.as_uri()


def changed(client: Client, uri: str) -> None:
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})


# Using


def test_the_configuration_that_is_there_is_obeyed_at_once(pushed: Client) -> None:
    (pushed.folder / "report-ls.toml").write_text('stage = "draft"', "utf-8")
    uri = pushed.write_and_open("deep/er/report.md", REPORT)
    pushed.expect_pushed(uri, DRAFT)
    assert 1 == len(pushed.pushes(uri))


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_a_configuration_that_comes_changes_and_goes_is_obeyed(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes) as client:
        is_pulling = "diagnosticProvider" in client.initialize()["capabilities"]
        expect = client.expect_pulled if is_pulling else client.expect_pushed
        uri = client.write_and_open("report.md", REPORT)
        expect(uri, FINAL)
        configure(client, '[tool.report-ls]\nstage = "draft"', "pyproject.toml")
        expect(uri, DRAFT)
        own = configure(client, '[severity]\nanswer-too-short = "off"')
        expect(uri, FINAL[1:])
        configure(client, '[severity]\nunanswered = "hint"\n"unanswered@2" = "information"\n"answer-cut@1" = "off"')
        expect(uri, [FINAL[0], UNANSWERED.format("information")])
        (tmp_path / "report-ls.toml").unlink()
        changed(client, own)
        expect(uri, DRAFT)


def test_without_watching_it_is_read_when_a_report_is_saved(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(workspace__didChangeWatchedFiles=None)) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pushed(uri, FINAL)
        (tmp_path / "report-ls.toml").write_text('stage = "draft"', "utf-8")
        client.save(uri)
        client.expect_pushed(uri, DRAFT)


def test_each_report_has_the_configuration_of_its_folder(pushed: Client) -> None:
    one, two = (pushed.write_and_open(f"{name}/report.md", REPORT) for name in ("one", "two"))
    untitled = pushed.open("untitled:report.md", REPORT)
    configure(pushed, 'stage = "draft"', "one/report-ls.toml")
    pushed.expect_pushed(one, DRAFT)
    for uri in (two, untitled):
        pushed.expect_pushed(uri, FINAL)


def test_settings_override_the_configuration_but_auto_does_not(tmp_path: Path) -> None:
    (tmp_path / "report-ls.toml").write_text(
        'stage = "draft"\n[severity]\nunanswered = "warning"\n"answer-too-short@1" = "error"', "utf-8"
    )
    with Client(tmp_path, pushing(), settings={"stage": "auto", "pack": "", "severity": {}}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pushed(uri, [TOO_SHORT.format("error"), UNANSWERED.format("warning")])
        client.settings = {"stage": "final", "severity": {"answer-too-short": "information"}}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.expect_pushed(uri, [TOO_SHORT.format("information"), UNANSWERED.format("warning")])


def test_a_configured_pack_is_obeyed_and_read_again_when_it_changes(pushed: Client) -> None:
    uri = pushed.write_and_open("report.md", REPORT)
    configure(pushed, PACK, "ours.yaml")
    configure(pushed, 'pack = "ours.yaml"')
    pushed.expect_pushed(uri, [TOO_SHORT.format("warning"), UNASKED])
    configure(pushed, PACK.replace("5-20", "1-9"), "ours.yaml")
    pushed.expect_pushed(uri, [UNASKED])
    configure(pushed, "")
    pushed.expect_pushed(uri, FINAL)


def test_the_whole_workspace_obeys_it_too(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.md").write_text(REPORT, "utf-8")
    (tmp_path / "one/report-ls.toml").write_text('pack = "ours.yaml"\nstage = "draft"', "utf-8")
    (tmp_path / "one/ours.yaml").write_text(PACK, "utf-8")
    with Client(tmp_path, capabilities()) as client:
        client.initialize()
        one = [DRAFT[0], UNASKED.replace("error", "hint")]
        assert {"one": one, "two": FINAL, "three": FINAL} == judged(client)


def judged(client: Client, known: Sequence[Json] = ()) -> dict[str, list[str]]:
    """Return the diagnostics of all reports in the workspace, by folder."""
    items = client.request("workspace/diagnostic", {"previousResultIds": known})["items"]
    return {item["uri"].rpartition("/")[0].rpartition("/")[2]: drawn(item["items"]) for item in items}


def test_reports_of_a_broken_configuration_wait_until_it_is_fixed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.md").write_text(REPORT, "utf-8")
    with Client(tmp_path, capabilities()) as client:
        client.initialize()
        file = configure(client, "stag = 1", "one/report-ls.toml")
        assert {"two": FINAL} == judged(client)
        client.expect_pushed(file, [UNKNOWN_KEY])
        known = [{"uri": (tmp_path / "one/report.md").as_uri(), "value": "before it was broken"}]
        assert {"one": [], "two": FINAL} == judged(client, known), "what was said is taken back"
        uri = client.open((tmp_path / "one/report.md").as_uri(), REPORT)
        assert {"one": FINAL, "two": FINAL} == judged(client)
        assert 1 == len(client.pushes(file)), "the mistake stands there already"
        client.close(uri)
        assert {"one": [], "two": FINAL} == judged(client), "it is closed, and its configuration still broken"
        client.expect_pushed(file, [UNKNOWN_KEY])
        configure(client, 'stage = "draft"', "one/report-ls.toml")
        assert {"one": DRAFT, "two": FINAL} == judged(client)
        client.expect_pushed(file, [])


# Mistakes


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_a_broken_configuration_shows_its_mistake_and_the_old_counts(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes) as client:
        is_pulling = "diagnosticProvider" in client.initialize()["capabilities"]
        expect = client.expect_pulled if is_pulling else client.expect_pushed
        configure(client, 'stage = "draft"')
        uri = client.write_and_open("report.md", REPORT)
        expect(uri, DRAFT)
        file = configure(client, 'stag = "final"')
        client.expect_pushed(file, [UNKNOWN_KEY])
        expect(uri, DRAFT)
        configure(client, 'stag = "final"')
        configure(client, 'stage = "finl"')
        said = '0:8-1:0 error -: "finl" is not one of auto, draft, final; did you mean "final"?'
        client.expect_pushed(file, [said])
        assert 2 == len(client.pushes(file)), "what is shown already is not shown again"
        configure(client, 'stage = "final"')
        client.expect_pushed(file, [])
        expect(uri, FINAL)


def test_a_mistake_is_cleared_with_its_last_report_or_its_file(pushed: Client) -> None:
    one, two = (pushed.write_and_open(name, REPORT) for name in ("one.md", "two.md"))
    file = configure(pushed, "stag = 1")
    pushed.expect_pushed(file, [UNKNOWN_KEY])
    pushed.close(one)
    pushed.close(two)
    pushed.expect_pushed(file, [])
    assert 2 == len(pushed.pushes(file))
    pushed.write_and_open("one.md", REPORT)
    pushed.expect_pushed(file, [UNKNOWN_KEY])
    (pushed.folder / "report-ls.toml").unlink()
    changed(pushed, file)
    pushed.expect_pushed(file, [])


def test_one_mistake_of_two_folders_is_shown_once(pushed: Client) -> None:
    for name in ("one", "two"):
        pushed.write_and_open(f"{name}/report.md", REPORT)
    file = configure(pushed, "stag = 1")
    pushed.expect_pushed(file, [UNKNOWN_KEY])
    assert 1 == len(pushed.pushes(file))


def test_a_mistake_in_a_configured_pack_is_shown_in_the_pack(pushed: Client) -> None:
    uri = pushed.write_and_open("report.md", REPORT)
    pack = configure(pushed, PACK, "ours.yaml")
    file = configure(pushed, 'pack = "ours.yaml"')
    pushed.expect_pushed(uri, [TOO_SHORT.format("warning"), UNASKED])
    configure(pushed, "id: ours\n", "ours.yaml")
    pushed.expect_pushed(pack, ['0:0-1:0 error -: the key "title" is missing here'])
    assert [] == pushed.pushes(file)
    (pushed.folder / "ours.yaml").unlink()
    changed(pushed, pack)
    pushed.expect_pushed(pack, [])
    said = '0:7-1:0 error -: "ours.yaml" is no known pack, and is not a file in the folder of this configuration'
    pushed.expect_pushed(file, [said])
    pushed.expect_pushed(uri, [TOO_SHORT.format("warning"), UNASKED])


ASTRAL = "\U0001f600\u00e9"


@pytest.mark.parametrize(
    ("encoding", "n_units"), [("utf-8", 6), ("utf-16", 3), ("utf-32", 2)], ids=["utf-8", "utf-16", "utf-32"]
)
def test_the_columns_of_a_mistake_are_counted_as_the_client_does(encoding: str, n_units: int, tmp_path: Path) -> None:
    with Client(tmp_path, pushing(general__positionEncodings=[encoding])) as client:
        client.initialize()
        client.write_and_open("report.md", REPORT)
        file = configure(client, f'"{ASTRAL}" = 1 x')
        said = "this is not TOML: expected newline or end of document after a statement"
        client.expect_pushed(file, [f"0:{n_units + 7}-1:0 error -: {said}"])
        pack = configure(client, f'{{id: ours, title: "{ASTRAL}", no: 1}}', "ours.yaml")
        configure(client, 'pack = "ours.yaml"')
        client.expect_pushed(pack, [f"0:{n_units + 22}-1:0 error -"])


def test_the_next_edit_notices_a_changed_configuration(pushed: Client) -> None:
    uri = pushed.write_and_open("report.md", REPORT)
    pushed.expect_pushed(uri, FINAL)
    (pushed.folder / "report-ls.toml").write_text('stage = "draft"', "utf-8")
    pushed.change(uri, 2, (0, 14, 0, 14, " "))
    pushed.expect_pushed(uri, DRAFT)
    (pushed.folder / "report-ls.toml").write_text("stag = 1", "utf-8")
    pushed.change(uri, 3, (0, 14, 0, 15, ""))
    pushed.expect_pushed((pushed.folder / "report-ls.toml").as_uri(), [UNKNOWN_KEY])


# A slow disk


@pytest.mark.parametrize("asked_again", [False, True])
def test_a_busy_disk_is_not_waited_for_and_its_late_answer_counts(
    asked_again: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
) -> None:
    is_free, is_over = Event(), Event()

    def read(_size: int) -> bytes:
        is_over.wait()
        return b""

    loop = ReadingLoop(read)
    worker = DiskThread(loop)
    configurations = Configurations(loop, worker, loop.end, lambda _path, _error: None)
    worker.submit(is_free.wait)
    assert NOTHING == configurations.of(tmp_path)
    (tmp_path / "report-ls.toml").write_text('stage = "draft"', "utf-8")
    if asked_again:
        configurations.refresh()
    assert NOTHING == configurations.of(tmp_path)
    is_free.set()
    loop.run(lambda messages: messages.clear(), lambda: False, lambda: None)
    is_over.set()
    assert "draft" == configurations.of(tmp_path).configuration.stage


class _Held(DiskThread):
    """A disk that answers only when the test tells it to, in any order."""

    def __init__(self, loop: ReadingLoop) -> None:
        super().__init__(loop)
        self.asked: list[tuple[Callable[[], Any], Future[Any]]] = []

    def submit(self, call: Callable[[], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        self.asked.append((call, future))
        return future


def test_a_late_answer_of_the_disk_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    loop = ReadingLoop(lambda _size: b"")
    disk = _Held(loop)
    configurations = Configurations(loop, disk, lambda: None, lambda _path, _error: None)
    configurations.of(tmp_path)
    configurations.refresh(0)
    (first, late), (last, soon) = disk.asked
    before = first()
    (tmp_path / "report-ls.toml").write_text('stage = "draft"', "utf-8")
    soon.set_result(last())
    late.set_result(before)
    loop.run(lambda messages: messages.clear(), lambda: False, lambda: None)
    assert "draft" == configurations.of(tmp_path).configuration.stage
    assert 3 == len(disk.asked), "it is asked once more"


# Trust


def test_where_the_workspace_is_not_trusted_it_configures_nothing(tmp_path: Path) -> None:
    (tmp_path / "report-ls.toml").write_text("stag = 1", "utf-8")
    (tmp_path / "ours.yaml").write_text(PACK, "utf-8")
    settings = {"pack": "ours.yaml"}
    with Client(tmp_path, capabilities(), options={"trusted": False}, settings=settings) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pulled(uri, FINAL)
        configure(client, 'stage = "draft"')
        client.expect_pulled(uri, FINAL)
        (report,) = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
        assert FINAL == drawn(report["items"])
        assert [] == offered(client, uri, 3)
        assert [] == client.of("textDocument/publishDiagnostics")
        message = "reportLs.pack: ours.yaml is not read, because this folder is not trusted"
        assert {message} == {params["message"] for params in client.of("window/logMessage")}
        client.settings = {"pack": "generic", "stage": "draft"}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.expect_pulled(uri, DRAFT)


# Ignoring a check


def offered(client: Client, uri: str, line: int, only: Sequence[str] | None = None) -> list[Json]:
    """Return the actions that ignore a check."""
    context: Json = {"diagnostics": []} | ({} if only is None else {"only": only})
    answer = client.about("codeAction", uri, range=range_of(line, 2, line, 2), context=context)
    return [action for action in answer if action["title"].startswith("ignore ")]


def titles(actions: list[Json]) -> list[str]:
    return [action["title"] for action in actions]


def edit_of(client: Client, action: Json) -> Json:
    """Apply an action that ignores a check as a client does: make the edit, and then run the command."""
    resolved = client.request("codeAction/resolve", action) if "data" in action else action
    assert client.request("workspace/executeCommand", resolved["command"]) is None
    return resolved["edit"]


def apply(client: Client, edit: Json) -> tuple[str, str]:
    """Apply an edit of one file as a client does, and save the file; return its name and its text."""
    *creations, change = edit["documentChanges"]
    path = client.folder / change["textDocument"]["uri"].removeprefix(f"{client.folder.as_uri()}/")
    for creation in creations:
        assert {"kind": "create", "uri": change["textDocument"]["uri"]} == creation
        assert not path.exists()
        path.touch()
    text = edited(path.read_bytes().decode(), change["edits"])
    path.write_bytes(text.encode())
    changed(client, path.as_uri())
    return path.relative_to(client.folder).as_posix(), text


def test_a_client_that_cannot_ask_ignores_a_check_in_one_question(pulling: Client) -> None:
    uri = pulling.write_and_open("reports/report.md", REPORT)
    pulling.expect_pulled(uri, FINAL)
    (action,) = offered(pulling, uri, 12)
    assert "ignore unanswered in question 2 (report-ls.toml)" == action["title"]
    assert ("", None) == (action["kind"], action.get("isPreferred"))
    assert [pulling.pull(uri)["items"][1]] == action["diagnostics"]
    text = '[severity]\n"unanswered@2" = "off"\n'
    assert ("reports/report-ls.toml", text) == apply(pulling, edit_of(pulling, action))
    pulling.expect_pulled(uri, [FINAL[0], "10:2-10:9 warning answer-too-short"])


def test_they_are_no_quick_fixes_and_stand_last_and_each_once(pulling: Client) -> None:
    text = REPORT.replace("It sorts.", "--- question 1 fill here ---\n\nIt sorts.")
    uri = pulling.write_and_open("report.md", text)
    answer = pulling.about("codeAction", uri, range=range_of(0, 0, 99, 0), context={"diagnostics": []})
    assert [
        "delete the marker",
        "fix everything that is safe to fix",
        "ignore answer-too-short in question 1 (report-ls.toml)",
        "ignore leftover-marker in question 1 (report-ls.toml)",
        "ignore unanswered in question 2 (report-ls.toml)",
    ] == titles(answer)
    assert [] == offered(pulling, uri, 3, ["quickfix", "source"])


def test_a_check_is_ignored_in_the_question_at_the_cursor(pulling: Client) -> None:
    text = "".join(
        f"### Question {n}\n> Why? Say it in 5-20 words.\n>\n> Answer:\n\nA <config> is.\n\n" for n in (1, 2, 3)
    )
    uri = pulling.write_and_open("report.md", text)

    def ignoring(line: int) -> list[str]:
        return [title for title in titles(offered(pulling, uri, line)) if "html" in title]

    first, *rest = (f"ignore html-lost in question {n} (report-ls.toml)" for n in (1, 2, 3))
    assert [[first], *([offer] for offer in rest)] == [ignoring(line) for line in (5, 12, 19)]
    whole = pulling.about("codeAction", uri, range=range_of(0, 0, 99, 0), context={"diagnostics": []})
    assert [first, *rest] == [title for title in titles(whole) if "ignore html-lost" in title]


SCRIPT = "id: own\ntitle: Own\nscript: {parts: 2}\nquestions: [{number: 1, words: 9-20}, {number: 2}]\n"


@pytest.mark.parametrize("options", [{}, {"ignore": "our.ignore"}])
def test_what_the_course_s_script_enforces_is_never_ignored(options: Json, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(SCRIPT, "utf-8")
    text = "### Question 1\n> Who?\n> Answer:\n\n--- We. ---\n\n### Question 2\n> Why?\n>\n\nSo.\n"
    with Client(tmp_path, capabilities(), options={"settings": {"pack": "own.yaml"}} | options) as client:
        client.initialize()
        uri = client.write_and_open("report.md", text)
        found = ["warning answer-too-short", "information dashed-answer", "error answer-label"]
        client.expect_pulled(uri, [f"{place} {it}" for place, it in zip(SCRIPT_PLACES, found, strict=True)])
        assert [[], 1, []] == [offered(client, uri, 2), len(offered(client, uri, 4)), offered(client, uri, 7)]


SCRIPT_PLACES = "2:2-2:9", "4:0-4:3", "7:2-7:6"


@pytest.mark.parametrize("lacking", [{}, {"textDocument__codeAction__resolveSupport": None}])
def test_a_client_that_asks_gets_one_entry_and_then_the_edit(lacking: Json, tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(**lacking), options={"ignore": "our.ignore"}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pulled(uri, FINAL)
        (action,) = offered(client, uri, 12)
        assert ("ignore this check…", "", None) == (action["title"], action["kind"], action.get("edit"))
        if "data" in action:
            assert action == client.request("codeAction/resolve", action)
        command = action["command"]
        question = {"key": "unanswered@2", "what": "unanswered in question 2"}
        everywhere = {"key": "unanswered", "what": "unanswered in the whole report"}
        assert ("our.ignore", [uri, [question, everywhere]]) == (command["command"], command["arguments"])
        edit = ignore(client, uri, "unanswered")
        assert ("report-ls.toml", '[severity]\nunanswered = "off"\n') == apply(client, edit)
        client.expect_pulled(uri, [FINAL[0], "10:2-10:9 warning answer-too-short"])
        assert ignore(client, uri, "unanswered") is None, "it says so already"
        assert ignore(client, "untitled:never-opened.md", "unanswered") is None


def ignore(client: Client, uri: str, key: str) -> Json:
    """Request the edit that ignores a check."""
    return client.request("workspace/executeCommand", {"command": "reportLs.ignore", "arguments": [uri, key]})


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "report-ls.toml",
            '# ours\r\n[severity] # as agreed\r\n"answer-too-short@1" = "hint" # for now\r\n',
            '# ours\r\n[severity] # as agreed\r\n"answer-too-short@1" = "off" # for now\r\n',
        ),
        (
            "pyproject.toml",
            '[tool.report-ls]\nstage = "final"\n[tool.other] # x\n',
            (
                '[tool.report-ls]\nstage = "final"\n[tool.other] # x\n\n[tool.report-ls.severity]\n'
                '"answer-too-short@1" = "off"\n'
            ),
        ),
    ],
)
def test_a_configuration_that_is_there_is_changed(name: str, before: str, after: str, pulling: Client) -> None:
    configure(pulling, before, name)
    uri = pulling.write_and_open("deep/report.md", REPORT)
    pulling.eventually(True, lambda: any(name in title for title in titles(offered(pulling, uri, 3))))
    assert (name, after) == apply(pulling, edit_of(pulling, offered(pulling, uri, 3)[0]))
    pulling.expect_pulled(uri, FINAL[1:])


def test_a_pyproject_that_is_not_about_reports_stays_as_it_is(pulling: Client) -> None:
    configure(pulling, '[project]\nname = "x"\n', "pyproject.toml")
    uri = pulling.write_and_open("report.md", REPORT)
    assert {"report-ls.toml"} == {title.rpartition("(")[2].rstrip(")") for title in titles(offered(pulling, uri, 3))}


def test_it_is_not_offered_where_it_would_change_nothing(pulling: Client) -> None:
    untitled = pulling.open("untitled:report.md", REPORT)
    pulling.expect_pulled(untitled, FINAL)
    assert [] == offered(pulling, untitled, 3), "a report that is on no disk has no folder"
    uri = pulling.write_and_open("report.md", REPORT)
    configure(pulling, '[severity]\n"answer-too-short@1" = "hint"\n')
    pulling.expect_pulled(uri, [TOO_SHORT.format("hint"), FINAL[1]])
    assert ["ignore answer-too-short in question 1 (report-ls.toml)"] == titles(offered(pulling, uri, 3))
    file = configure(pulling, "stag = 1")
    pulling.expect_pushed(file, [UNKNOWN_KEY])
    assert [] == offered(pulling, uri, 3), "in a broken file nothing can be changed"


@pytest.mark.parametrize("key", ["answer-too-short", "answer-too-short@1"])
def test_it_is_not_offered_where_the_editor_s_own_settings_decide(key: str, tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(), settings={"severity": {key: "hint"}}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pulled(uri, [TOO_SHORT.format("hint"), FINAL[1]])
        assert [] == offered(client, uri, 3)
        assert 1 == len(offered(client, uri, 12))


def test_a_client_that_cannot_create_files_gets_offers_that_edit_one(tmp_path: Path) -> None:
    takes = capabilities(workspace__workspaceEdit=None, textDocument__codeAction__resolveSupport=None)
    with Client(tmp_path, takes) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pulled(uri, FINAL)
        assert [] == offered(client, uri, 3)
        file = configure(client, "")
        client.eventually(1, lambda: len(offered(client, uri, 3)))
        text = '[severity]\n"answer-too-short@1" = "off"\n'
        edit = {"range": range_of(0, 0, 0, 0), "newText": text}
        assert {"changes": {file: [edit]}} == edit_of(client, offered(client, uri, 3)[0])


def test_a_configuration_that_broke_after_an_offer_is_not_edited(pulling: Client) -> None:
    uri = pulling.write_and_open("report.md", REPORT)
    pulling.expect_pulled(uri, FINAL)
    (action,) = offered(pulling, uri, 3)
    (pulling.folder / "report-ls.toml").write_text("nonsense", "utf-8")
    refuses(pulling, action)


def refuses(client: Client, action: Json) -> None:
    with pytest.raises(ErrorAnswer) as raised:
        edit_of(client, action)
    expected = "already off in the configuration (save it), or the file cannot be read"
    assert (CONTENT_MODIFIED, expected) == (raised.value.code, raised.value.message)


def severities(text: str) -> Mapping[str, Severity | None]:
    """Return the settings of a valid configuration."""
    configuration = load_configuration(text, "report-ls.toml", ())
    return configuration.severities if configuration else {}


EAGER: Json = {"textDocument__codeAction__resolveSupport": None}
PLAIN: Json = {"workspace__workspaceEdit__documentChanges": None}


@pytest.mark.parametrize("lacking", [{}, EAGER, PLAIN, EAGER | PLAIN])
@pytest.mark.parametrize("before", [None, "", "stage = 'final'", '[severity]\nimage-text = "off"', "severity = {}\n"])
def test_two_checks_ignored_before_a_save_are_in_one_table(before: str | None, lacking: Json, tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(**lacking)) as client:
        client.initialize()
        path = tmp_path / "report-ls.toml"
        if before is not None:
            path.write_text(before, "utf-8")
        uri = client.write_and_open("report.md", REPORT)
        client.expect_pulled(uri, FINAL)
        text = before or ""
        for number, title in enumerate(("answer-too-short", "unanswered")):
            action = action_of(client, uri, title)
            if "data" in action:
                client.request("codeAction/resolve", action)  # Requested, but not applied.
            creations, edits = taken(edit_of(client, action), path)
            makes_files = not PLAIN.keys() <= lacking.keys()
            assert (makes_files and before is None and number == 0) == bool(creations)
            if creations:
                path.touch()  # The client creates the file at once, but its text is not saved yet.
            text = edited(text, edits)
            changed(client, path.as_uri())
        off = {"answer-too-short@1", "unanswered@2"}
        assert off == {key for key, severity in severities(text).items() if severity is None} - {"image-text"}
        again = offered(client, uri, 12)
        assert (EAGER.keys() <= lacking.keys()) == (again == [])
        for action in again:
            refuses(client, action)
        path.write_text(text, "utf-8")
        client.save(uri)
        client.expect_pulled(uri, ["10:2-10:9 warning answer-too-short"])
        configure(client, '[severity]\nunanswered = "off"\n')
        client.expect_pulled(uri, [FINAL[0], "10:2-10:9 warning answer-too-short"])
        _, edits = taken(edit_of(client, action_of(client, uri, "answer-too-short")), path)
        expected = '[severity]\nunanswered = "off"\n"answer-too-short@1" = "off"\n'
        assert expected == edited(path.read_text("utf-8"), edits), "what is on disk now counts"


def action_of(client: Client, uri: str, title: str) -> Json:
    return next(action for line in (3, 12) for action in offered(client, uri, line) if title in action["title"])


def taken(edit: Json, path: Path) -> tuple[list[Json], list[Json]]:
    """Return the files that an edit creates, and the changes that it makes in one of them."""
    if "changes" in edit:
        return [], edit["changes"][path.as_uri()]
    *creations, change = edit["documentChanges"]
    return creations, change["edits"]


def test_an_edit_that_is_only_looked_at_is_not_counted_on(pulling: Client) -> None:
    uri = pulling.write_and_open("report.md", REPORT)
    pulling.expect_pulled(uri, FINAL)
    (looked_at,), (done,) = offered(pulling, uri, 3), offered(pulling, uri, 12)
    edits = [pulling.request("codeAction/resolve", action)["edit"] for action in (looked_at, done)]
    assert ['[severity]\n"answer-too-short@1" = "off"\n', '[severity]\n"unanswered@2" = "off"\n'] == [
        creation_and(edit, pulling) for edit in edits
    ]


def creation_and(edit: Json, client: Client) -> str:
    (creation,), edits = taken(edit, client.folder / "report-ls.toml")
    assert "create" == creation["kind"]
    return edited("", edits)


def test_a_file_that_is_gone_since_it_was_saved_is_made_anew(pulling: Client) -> None:
    uri = pulling.write_and_open("report.md", REPORT)
    pulling.expect_pulled(uri, FINAL)
    apply(pulling, edit_of(pulling, action_of(pulling, uri, "answer-too-short")))
    pulling.expect_pulled(uri, FINAL[1:])
    (pulling.folder / "report-ls.toml").unlink()
    changed(pulling, (pulling.folder / "report-ls.toml").as_uri())
    pulling.expect_pulled(uri, FINAL)
    edit = edit_of(pulling, action_of(pulling, uri, "unanswered"))
    assert '[severity]\n"unanswered@2" = "off"\n' == creation_and(edit, pulling)


def test_an_open_configuration_is_edited_as_the_editor_shows_it(pulling: Client) -> None:
    file = configure(pulling, "")
    uri = pulling.write_and_open("report.md", REPORT)
    pulling.expect_pulled(uri, FINAL)
    shown = '# not yet saved\n[severity] # \U0001f4f7\nunanswered = "hint"\n'
    pulling.open(file, shown, version=7)
    (change,) = edit_of(pulling, offered(pulling, uri, 3)[0])["documentChanges"]
    assert {"uri": file, "version": 7} == change["textDocument"]
    assert shown + '"answer-too-short@1" = "off"\n' == edited(shown, change["edits"])
    pulling.change(file, 8, "")
    (change,) = edit_of(pulling, offered(pulling, uri, 3)[0])["documentChanges"]
    assert '[severity]\n"answer-too-short@1" = "off"\n' == edited("", change["edits"]), "it was taken back"
    pulling.change(file, 9, "severity")
    refuses(pulling, offered(pulling, uri, 3)[0])
    pulling.change(file, 10, "# mine\n")
    edit_of(pulling, offered(pulling, uri, 3)[0])
    pulling.close(file)
    (change,) = edit_of(pulling, offered(pulling, uri, 3)[0])["documentChanges"]
    assert {"uri": file, "version": None} == change["textDocument"], "all was thrown away"
    assert '[severity]\n"answer-too-short@1" = "off"\n' == edited("", change["edits"])
