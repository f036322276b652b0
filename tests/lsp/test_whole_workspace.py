"""All reports of a folder, also those that are not open: one by one, with progress, and only what has changed."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from lsp.client import INLINE, Client, Json, call, capabilities, drawn, pushing
from lsp.driver import Driver
from report_ls.lsp.features import workspace_diagnostics
from report_ls.lsp.features.workspace_diagnostics import MAX_SHARE_OF_A_CORE, MIN_REST_SECONDS
from support.pictures import put_picture

REPORT = "### Question 1\n> Why? Answer length: 2-20 words.\n> Answer:\n\nBecause.\n"
FOUND = ["2:2-2:9 warning answer-too-short: Q1: 1 word, but 2-20 are asked: 1 word is missing"]
PICTURE = "### Question 1\n> Insert 1-2 images.\n> Answer:\n\n![one](figures/one.png)\n"
REQUEST_CANCELLED = -32800


def write(folder: Path, name: str, text: str = REPORT) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path.as_uri()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client for all tests."""
    with Client(tmp_path_factory.mktemp("workspace"), capabilities()) as client:
        client.initialize()
        yield client


@pytest.fixture
def client(server: Client, tmp_path: Path) -> Client:
    """The client, in a folder of its own that holds two reports, and Markdown that is none."""
    write(tmp_path, "a/report.md")
    write(tmp_path, "b/report.md", PICTURE)
    write(tmp_path, "README.md", "# A course\n")
    write(tmp_path, "node_modules/x/report.md")
    move(server, server.folder, tmp_path)
    server.folder = tmp_path
    server.received.clear()
    return server


def move(client: Client, old: Path | None, new: Path | None) -> None:
    """Take a folder out of the workspace and another one in."""
    removed, added = ([{"uri": path.as_uri(), "name": path.name}] if path else [] for path in (old, new))
    client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": added, "removed": removed}})


def pull(client: Client, known: dict[str, str] | None = None, **tokens: Json) -> dict[str, Json]:
    """Pull all reports after something may have changed; return them by their place in the folder."""
    client.notify("workspace/didChangeWatchedFiles", {"changes": []})
    return pull_again(client, known, **tokens)


def pull_again(client: Client, known: dict[str, str] | None = None, **tokens: Json) -> dict[str, Json]:
    """Pull all reports while nothing tells of a change."""
    ids = [{"uri": uri, "value": value} for uri, value in (known or {}).items()]
    items = client.request("workspace/diagnostic", {"previousResultIds": ids, **tokens})["items"]
    return by_name(client, items)


def by_name(client: Client, items: list[Json]) -> dict[str, Json]:
    return {item["uri"].removeprefix(f"{client.folder.as_uri()}/"): item for item in items}


def ids(reports: dict[str, Json]) -> dict[str, str]:
    return {report["uri"]: report["resultId"] for report in reports.values()}


def test_every_report_of_the_folder_is_judged(client: Client) -> None:
    reports = pull(client)
    assert ["a/report.md", "b/report.md"] == list(reports)
    assert {"kind", "uri", "version", "items", "resultId"} == set(reports["a/report.md"])
    assert FOUND == drawn(reports["a/report.md"]["items"])
    assert ["4:7-4:22 error image-not-found"] == drawn(reports["b/report.md"]["items"], [""])
    assert {"full"} == {report["kind"] for report in reports.values()}


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = pull(client)
    second = pull(client, ids(first))
    assert {"unchanged"} == {report["kind"] for report in second.values()}
    assert ids(first) == ids(second)
    (client.folder / "b/figures").mkdir()
    put_picture(client.folder / "b/figures/one.png")
    third = pull(client, ids(first))
    assert ("unchanged", "full") == (third["a/report.md"]["kind"], third["b/report.md"]["kind"])
    assert [] == third["b/report.md"]["items"]


def test_what_only_a_file_s_bytes_tell_is_told(client: Client) -> None:
    text = REPORT.replace("Because.", "Because of K\u00f8ge.")
    (client.folder / "a/report.md").write_bytes(text.encode("cp1252"))
    found = ["4:12-4:13 error not-utf8: the file is not UTF-8, it looks like Windows-1252: save it as UTF-8"]
    assert found == drawn(pull(client)["a/report.md"]["items"])


def test_clients_may_write_uris_otherwise(client: Client) -> None:
    first = ids(pull(client))
    second = pull(client, {uri.replace("report.md", "report%2Emd"): value for uri, value in first.items()})
    assert {"unchanged"} == {report["kind"] for report in second.values()}


@pytest.mark.parametrize("is_deleted", [True, False])
def test_what_is_no_report_any_more_is_cleared(is_deleted: bool, client: Client) -> None:  # noqa: FBT001 - a case
    first = ids(pull(client))
    if is_deleted:
        (client.folder / "a/report.md").unlink()
    else:
        write(client.folder, "a/report.md", "# Nothing\n")
    second = pull(client, first)
    expected: Json = {
        "kind": "full",
        "uri": (client.folder / "a/report.md").as_uri(),
        "items": [],
        "resultId": "0",
        "version": None,
    }
    assert expected == second["a/report.md"]
    assert ["b/report.md"] == list(pull(client, ids(second)))


def test_an_open_report_is_judged_as_it_is_in_the_editor(client: Client) -> None:
    uri = client.open((client.folder / "a/report.md").as_uri(), REPORT.replace("Because.", "Because of that."), 5)
    report = pull(client)["a/report.md"]
    assert ([], 5) == (report["items"], report["version"])
    assert report["resultId"] == client.pull(uri)["resultId"]
    assert "unchanged" == pull(client, {uri: report["resultId"]})["a/report.md"]["kind"]
    client.close(uri)
    assert FOUND == drawn(pull(client, {uri: report["resultId"]})["a/report.md"]["items"])


@pytest.mark.parametrize("becomes", ["renamed", "deleted", "no report"])
def test_a_closed_report_that_is_gone_is_cleared_unasked(becomes: str, client: Client) -> None:
    """VS Code forgets a document when it is closed, and goes on showing what it was told of it."""
    path = client.folder / "a/report.md"
    uri = client.open(path.as_uri(), REPORT)
    client.expect_pulled(uri, FOUND)
    if becomes == "renamed":
        path.rename(client.folder / "a/final.md")
    elif becomes == "deleted":
        path.unlink()
    else:
        path.write_text("# Nothing\n", "utf-8")
    client.close(uri)
    told = {name: drawn(report["items"], [""]) for name, report in pull(client).items()}
    picture = {"b/report.md": ["4:7-4:22 error image-not-found"]}
    other = {"a/final.md": ["2:2-2:9 warning answer-too-short"]} if becomes == "renamed" else {}
    assert {"a/report.md": [], **picture, **other} == told
    assert {*picture, *other} == set(pull(client)), "it is said once"


def test_a_report_outside_the_workspace_is_cleared_when_closed(
    client: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    uri = write(tmp_path_factory.mktemp("elsewhere"), "report.md")
    for _ in range(2):
        client.open(uri, REPORT)
        client.expect_pulled(uri, FOUND)
        assert uri not in [report["uri"] for report in pull(client).values()], "an open one is asked for"
        client.close(uri)
        (cleared,) = [report for report in pull(client, {uri: "0"}).values() if report["uri"] == uri]
        assert ([], "0", "full") == (cleared["items"], cleared["resultId"], cleared["kind"])
        assert uri not in [report["uri"] for report in pull(client).values()]


def test_neither_a_link_out_of_the_folder_nor_a_huge_file_is_judged(client: Client, tmp_path: Path) -> None:
    write(tmp_path, "inside/real.md")
    move(client, tmp_path, tmp_path / "inside")
    client.folder = tmp_path / "inside"
    (tmp_path / "inside/out.md").symlink_to("../a/report.md")
    (tmp_path / "inside/in.md").symlink_to("real.md")
    with (tmp_path / "inside/data.md").open("wb") as file:
        file.truncate(1_500_000_000)
    assert ["in.md", "real.md"] == sorted(pull(client))


def test_what_is_opened_again_is_not_cleared(client: Client) -> None:
    uri = client.open((client.folder / "a/report.md").as_uri(), REPORT)
    client.expect_pulled(uri, FOUND)
    client.close(uri)
    client.open(uri, REPORT)
    assert FOUND == drawn(pull(client)["a/report.md"]["items"])


def test_a_request_that_is_cancelled_has_cleared_nothing(
    client: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for index in range(300):
        write(client.folder, f"many/{index}/report.md")
    uri = write(tmp_path_factory.mktemp("elsewhere"), "report.md")
    client.open(uri, REPORT)
    client.expect_pulled(uri, FOUND)
    client.close(uri)
    number = client.ask("workspace/diagnostic", {"previousResultIds": [], "partialResultToken": "partial"})
    client.wait_for("$/progress")
    client.notify("$/cancelRequest", {"id": number})
    assert REQUEST_CANCELLED == client.answer_message(number)["error"]["code"]
    assert [[]] == [report["items"] for report in pull(client).values() if report["uri"] == uri]


def test_an_open_document_elsewhere_is_left_alone(client: Client) -> None:
    uri = client.open_new(REPORT)
    known = {uri: client.pull(uri)["resultId"]}
    assert uri not in [report["uri"] for report in pull(client, known).values()]


def test_each_report_is_sent_when_it_is_judged_and_progress_told(client: Client) -> None:
    assert {} == pull(client, partialResultToken="partial", workDoneToken=7)
    progress = client.of("$/progress")
    partial = [params["value"]["items"] for params in progress if "partial" == params["token"]]
    assert [1, 1] == [len(items) for items in partial]
    reports = by_name(client, [items[0] for items in partial])
    assert FOUND == drawn(reports["a/report.md"]["items"])
    assert [
        {"kind": "begin", "title": "report-ls", "percentage": 0},
        {"kind": "report", "message": "1 of 2 reports, a/report.md", "percentage": 50},
        {"kind": "report", "message": "2 of 2 reports, b/report.md", "percentage": 100},
        {"kind": "end"},
    ] == [params["value"] for params in progress if params["token"] == 7]


def test_without_tokens_there_is_no_progress(client: Client) -> None:
    pull(client)
    assert [] == client.of("$/progress")


def test_an_empty_folder_has_no_reports(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities()) as client:
        client.initialize(workspaceFolders=None)
        assert {} == pull(client, workDoneToken="work")
        assert ["begin", "end"] == [params["value"]["kind"] for params in client.of("$/progress")]


def test_without_a_folder_there_are_no_reports(tmp_path: Path) -> None:
    write(tmp_path, "a/report.md")
    with Client(tmp_path, capabilities()) as client:
        client.initialize(workspaceFolders=None, rootUri=None)
        assert {} == pull(client)


def test_a_folder_that_comes_later_is_looked_at(client: Client, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    uri = write(other, "report.md")
    pull(client)
    n_refreshes = len(client.of("workspace/diagnostic/refresh"))
    move(client, None, other)
    client.wait_for("workspace/diagnostic/refresh", n_refreshes + 1)
    assert uri in [report["uri"] for report in pull(client).values()]
    move(client, other, None)
    assert uri not in [report["uri"] for report in pull(client).values()]


def test_settings_count_here_too(tmp_path: Path) -> None:
    write(tmp_path, "a/report.md")
    with Client(tmp_path, capabilities(), options={"settings": {"severity": {"answer-too-short": "hint"}}}) as client:
        client.initialize()
        assert ["2:2-2:9 hint answer-too-short"] == drawn(pull(client)["a/report.md"]["items"], [""])


def test_strange_files_do_not_stop_other_reports(client: Client) -> None:
    (client.folder / "c").mkdir()
    (client.folder / "c/gone.md").symlink_to("nowhere.md")
    (client.folder / "c/round").symlink_to(".")
    (client.folder / "c/bytes.md").write_bytes(f"# Ours\n{REPORT}".encode("utf-16"))
    (client.folder / "c/caf\udce9.md").write_bytes(REPORT.encode())
    (client.folder / "c/folder.md").mkdir()
    assert ["a/report.md", "b/report.md", "c/bytes.md", "c/caf%E9.md"] == list(pull(client))


def test_it_can_be_cancelled(client: Client) -> None:
    for index in range(300):
        write(client.folder, f"many/{index}/report.md")
    known = ids(pull(client))
    previous = [{"uri": uri, "value": value} for uri, value in known.items()]
    client.notify("workspace/didChangeWatchedFiles", {"changes": []})
    params = {"previousResultIds": previous, "partialResultToken": "partial", "workDoneToken": "work"}
    number = client.ask("workspace/diagnostic", params)
    client.wait_for("$/progress")
    client.notify("$/cancelRequest", {"id": number})
    assert REQUEST_CANCELLED == client.answer_message(number)["error"]["code"]
    assert known == ids(pull(client))
    assert {"work"} == {params["token"] for params in client.of("$/progress")}, "what was not reached has not vanished"


def test_a_report_in_two_folders_is_judged_once(client: Client) -> None:
    move(client, None, client.folder / "a")
    items = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert ["a/report.md", "b/report.md"] == list(by_name(client, items))
    assert 2 == len(items)
    move(client, client.folder / "a", None)


COUNTING = """
from report_ls.lsp.features import workspace_diagnostics as feature
analyze = feature.analyze
def counted(*arguments):
    with open("analysed", "a", encoding="utf-8") as file:
        file.write(arguments[0].text[:14] + "\\n")
    return analyze(*arguments)
feature.analyze = counted
from report_ls.__main__ import main
raise SystemExit(main())
"""


def test_what_has_not_changed_is_not_judged_again(tmp_path: Path) -> None:
    (tmp_path / "a/figures").mkdir(parents=True)
    write(tmp_path, "a/report.md", PICTURE)
    write(tmp_path, "b/report.md")
    counted = tmp_path / "analysed"
    with Client(tmp_path, capabilities(), command=("-c", COUNTING)) as client:
        client.initialize()
        known = ids(pull(client))
        for _ in range(3):
            assert {"unchanged"} == {report["kind"] for report in pull(client, known).values()}
        assert FOUND == drawn(pull(client)["b/report.md"]["items"])
        assert 2 == len(counted.read_text("utf-8").splitlines())
        put_picture(tmp_path / "a/figures/one.png")
        assert [] == drawn(pull(client)["a/report.md"]["items"])
        assert 3 == len(counted.read_text("utf-8").splitlines())
        write(tmp_path, "b/report.md", REPORT.replace("Because.", "Because we can."))
        assert [] == drawn(pull(client)["b/report.md"]["items"])
        write(tmp_path, "report-ls.toml", '[severity]\nimage-unused = "off"\n')
        pull(client)
        assert 6 == len(counted.read_text("utf-8").splitlines())


def resting(seconds: float) -> tuple[str, ...]:
    """Return how to start a server that rests so long between two looks at the disk."""
    return (
        "-c",
        COUNTING.replace(
            "analyze = feature.analyze\n", f"feature.MIN_REST_SECONDS = {seconds}\nanalyze = feature.analyze\n"
        ),
    )


def resting_inline(seconds: float) -> tuple[str, ...]:
    """Return the same of the server without threads."""
    flag, program = INLINE
    rests = f"from report_ls.lsp.features import workspace_diagnostics\nworkspace_diagnostics.REST = {seconds}\n"
    return flag, program.replace("loop, frames =", f"{rests}loop, frames =")


def events(client: Client) -> dict[str, Callable[[], object]]:
    """Return what tells the server that something may have changed."""
    uri = f"{client.folder.as_uri()}/c/report.md"

    def save() -> None:
        client.open(uri, REPORT)
        client.save(uri)

    def close() -> None:
        client.open(uri, REPORT)
        client.close(uri)

    return {
        "watched": partial(client.notify, "workspace/didChangeWatchedFiles", {"changes": []}),
        "saved": save,
        "closed": close,
        "folders": partial(move, client, None, client.folder / "d"),
        "settings": partial(client.notify, "workspace/didChangeConfiguration", {"settings": {}}),
    }


@pytest.mark.parametrize("event", ["watched", "saved", "closed", "folders", "settings"])
def test_the_disk_rests_until_something_happens(event: str, tmp_path: Path) -> None:
    write(tmp_path, "a/report.md")
    with Client(tmp_path, capabilities(), command=resting(3600)) as client:
        client.initialize()
        known = ids(pull_again(client))
        write(tmp_path, "a/report.md", REPORT.replace("Because.", "Because we can."))
        write(tmp_path, "b/report.md")
        again = pull_again(client, known)
        assert {"a/report.md": "unchanged"} == {name: report["kind"] for name, report in again.items()}
        client.settings = {"stage": "final"}
        events(client)[event]()
        if event == "settings":
            client.wait_for("workspace/configuration", 2)
            client.pull(f"{tmp_path.as_uri()}/none.md")  # Its answer comes behind that of the settings.
        found = {name: drawn(report["items"]) for name, report in pull_again(client, known).items()}
        assert {"a/report.md": [], "b/report.md": FOUND} == {
            name: found[name] for name in ("a/report.md", "b/report.md")
        }


def test_without_any_event_the_disk_is_looked_at_when_it_has_rested(tmp_path: Path) -> None:
    write(tmp_path, "a/report.md")
    with Client(tmp_path, capabilities(), command=resting(0)) as client:
        client.initialize()
        assert FOUND == drawn(pull_again(client)["a/report.md"]["items"])
        write(tmp_path, "a/report.md", REPORT.replace("Because.", "Because we can."))
        client.eventually([], lambda: drawn(pull_again(client)["a/report.md"]["items"]))


def test_an_open_report_is_current_also_while_the_disk_rests(tmp_path: Path) -> None:
    uri = write(tmp_path, "a/report.md")
    with Client(tmp_path, capabilities(), command=resting(3600)) as client:
        client.initialize()
        assert FOUND == drawn(pull_again(client)["a/report.md"]["items"])
        client.open(uri, REPORT.replace("Because.", "Because we can."))
        report = pull_again(client)["a/report.md"]
        assert ([], 1) == (report["items"], report["version"])


@pytest.mark.parametrize("server_that_rests", [resting, resting_inline], ids=["threads", "inline"])
@pytest.mark.parametrize("rest", [0, 3600])
def test_a_request_is_held_until_there_is_something_new(
    rest: float, server_that_rests: Callable[[float], tuple[str, ...]], tmp_path: Path
) -> None:
    write(tmp_path, "a/report.md")
    write(tmp_path, "b/report.md")
    with Client(tmp_path, capabilities(), command=server_that_rests(rest)) as client:
        client.initialize()
        known = ids(pull_again(client))
        held = ask_to_hold(client, known)
        for _ in range(3):
            client.notify("workspace/didChangeWatchedFiles", {"changes": []})
            pull_again(client)
        assert held not in [message.get("id") for message in client.received]
        assert [] == client.of("$/progress")
        write(tmp_path, "b/report.md", REPORT.replace("Because.", "Because we can."))
        if rest:
            client.notify("workspace/didChangeWatchedFiles", {"changes": []})
        assert {"items": []} == client.answer(held)
        told = [item for params in client.of("$/progress") for item in params["value"]["items"]]
        assert {"a/report.md": "unchanged", "b/report.md": "full"} == {
            name: report["kind"] for name, report in by_name(client, told).items()
        }


def ask_to_hold(client: Client, known: dict[str, str]) -> Json:
    ids = [{"uri": uri, "value": value} for uri, value in known.items()]
    return client.ask("workspace/diagnostic", {"previousResultIds": ids, "partialResultToken": "held"})


def test_a_held_request_can_be_cancelled_and_is_answered_at_shutdown(tmp_path: Path) -> None:
    write(tmp_path, "a/report.md")
    with Client(tmp_path, capabilities(), command=resting(3600)) as client:
        client.initialize()
        known = ids(pull_again(client))
        cancelled, held = ask_to_hold(client, known), ask_to_hold(client, known)
        client.notify("$/cancelRequest", {"id": cancelled})
        assert REQUEST_CANCELLED == client.answer_message(cancelled)["error"]["code"]
        end = client.new_id()
        client.send(call("shutdown") | {"id": end}, call("exit"))
        assert 0 == client.wait_for_end()
        assert REQUEST_CANCELLED == client.answer_message(held)["error"]["code"]
        assert client.answer(end) is None


def test_a_request_that_is_being_answered_is_answered_at_shutdown(client: Client) -> None:
    for index in range(100):
        write(client.folder, f"many/{index}/report.md")
    with Client(client.folder, capabilities()) as other:
        other.initialize()
        number, end = other.new_id(), other.new_id()
        asked = call("workspace/diagnostic", {"previousResultIds": []}) | {"id": number}
        other.send(asked, call("shutdown") | {"id": end}, call("exit"))
        assert 0 == other.wait_for_end()
        assert REQUEST_CANCELLED == other.answer_message(number)["error"]["code"]


def test_while_it_works_others_are_answered(client: Client) -> None:
    for index in range(100):
        write(client.folder, f"many/{index}/report.md")
    uri = client.open_new(REPORT)
    number = client.ask("workspace/diagnostic", {"previousResultIds": []})
    client.expect_pulled(uri, FOUND)
    assert number not in [message.get("id") for message in client.received]
    assert 102 == len(client.answer(number)["items"])


def test_a_client_that_does_not_pull_is_not_offered_it(tmp_path: Path) -> None:
    with Client(tmp_path, pushing()) as client:
        client.initialize()
        assert "diagnosticProvider" not in client.server_capabilities


@pytest.mark.parametrize("share_of_a_core", [0.0, 2 * MAX_SHARE_OF_A_CORE])
def test_the_rest_between_looks_at_the_disk_grows_with_their_cost(
    share_of_a_core: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for so long that it would take a share of a core if it came again after each shortest rest."""
    clock, cost = [1000.0], MIN_REST_SECONDS * share_of_a_core
    monkeypatch.setattr(workspace_diagnostics, "monotonic", lambda: clock[0])
    worked = count(0.0, cost)  # It is asked before and after each look.
    monkeypatch.setattr(workspace_diagnostics, "process_time", lambda: next(worked))
    rest = max(MIN_REST_SECONDS, cost / MAX_SHARE_OF_A_CORE)
    write(tmp_path, "a/report.md")
    takes = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    with Driver(takes, tmp_path) as driver:

        def found() -> list[str]:
            answer = driver.request("workspace/diagnostic", {"previousResultIds": []})
            return [str(Path(item["uri"]).parent.name) for item in answer["items"]]

        assert ["a"] == found()
        # What is new may change again soon.
        clock[0] += MIN_REST_SECONDS
        assert ["a"] == found()
        write(tmp_path, "b/report.md")
        clock[0] += rest - 0.125
        assert ["a"] == found()
        clock[0] += 0.125
        assert ["a", "b"] == found()


def test_after_a_defect_the_request_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("this is broken")

    monkeypatch.setattr(workspace_diagnostics, "analyze", broken)
    write(tmp_path, "a/report.md")
    takes = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    with Driver(takes, tmp_path) as driver:
        with pytest.raises(ValueError, match="this is broken"):  # A real loop logs it.
            driver.send(call("workspace/diagnostic", {"previousResultIds": []}) | {"id": "all"})
        driver.settle()
        (answer,) = driver.answers["all"]
        assert REQUEST_CANCELLED == answer["error"]["code"]
