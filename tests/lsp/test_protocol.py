"""The protocol: each request gets exactly one answer, and pygls' mistakes are corrected."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from lsp.client import PATIENCE, REAL, Client, ErrorAnswer, Json, call, capabilities, framed, pushing

REPORT = """\
### Question 1
> Show your result. Insert 1-2 images.
>
> Answer:

"""

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, REQUEST_CANCELLED = -32002, -32800


def not_found(line: int, start: int, path: str) -> str:
    place = f"{line}:{start}-{line}:{start + len(path)}"
    return f"{place} error image-not-found: Q1: there is no file {path} beside the report: add it, or correct the name"


# Beyond pygls


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\u0085", "\x0c", "\x0b", "\x1c"])
def test_a_character_that_python_calls_a_line_end_is_none(character: str, shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(f"{REPORT}a{character}b ![a](a.png)\nc{character}{character} ![a](d.png)\n")
    shared_pushed.expect_pushed(uri, [not_found(5, 9, "a.png"), not_found(6, 9, "d.png")], version=1)
    shared_pushed.change(
        uri, 2, (5, 9, 5, 10, "xe"), (6, 9, 6, 10, "fg"), (5, 3, 5, 3, f"{character} "), (0, 0, 0, 0, f"{character}\n")
    )
    expected = [not_found(6, 11, "xe.png"), not_found(7, 9, "fg.png")]
    shared_pushed.expect_pushed(uri, expected, version=2)


@pytest.mark.parametrize("place", [(5, 999, 5, 999), (5, 10, 999, 0), (999, 999, 1000, 0), (6, 0, 6, 0)])
def test_a_position_past_the_end_is_the_end(place: tuple[int, int, int, int], shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(f"{REPORT}![a](a.png")
    shared_pushed.change(uri, 2, (*place, ")"))
    shared_pushed.expect_pushed(uri, [not_found(5, 5, "a.png")], version=2)


def test_a_position_past_the_end_of_a_line_is_its_end(shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(f"{REPORT}![a](a.png\r\n".replace("\n", "\r\n") + "b\r\n")
    shared_pushed.change(uri, 2, (5, 999, 5, 9999, ")"))
    shared_pushed.expect_pushed(uri, [not_found(5, 5, "a.png")], version=2)


@pytest.mark.parametrize(
    "params",
    [
        None,
        {},
        [],
        5,
        "hover",
        {"textDocument": None, "position": {"line": 0, "character": 0}},
        {"textDocument": "untitled:a.md", "position": {"line": 0, "character": 0}},
        {"textDocument": {"uri": 5}, "position": "0:0"},
        {"textDocument": {"uri": "untitled:a.md"}, "position": {"line": -1, "character": 0}},
        {"textDocument": {"uri": "untitled:a.md"}, "position": {"line": "first", "character": 0}},
        {"textDocument": {"uri": "untitled:a.md"}},
    ],
)
def test_params_that_make_no_sense_are_refused(params: Json, shared: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        shared.request("textDocument/hover", params)
    assert INVALID_PARAMS == refusal.value.code
    assert "these are no params of textDocument/hover" == refusal.value.message


def test_a_notification_that_makes_no_sense_is_ignored_with_a_word(pushed: Client) -> None:
    uri = pushed.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
    for method in ("textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "$/cancelRequest"):
        pushed.notify(method, {"textDocument": 5})
    pushed.expect_pushed(uri, [not_found(5, 5, "a.png")])
    pushed.stderr_expected = (
        "report-ls: WARNING: ignored a notification that makes no sense: textDocument/didOpen\n"
        "report-ls: WARNING: ignored a notification that makes no sense: textDocument/didChange\n"
        "report-ls: WARNING: ignored a notification that makes no sense: textDocument/didClose\n"
        "report-ls: WARNING: ignored a notification that makes no sense: $/cancelRequest\n"
    )


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (b"Content-Length: ten\r\n\r\n{}", "a length that is no number: b' ten'"),
        (b"Where am I?\n", "a header line that does not end in CR LF: b'Where am I?'"),
        (b"a" * 5000, "a header without an end"),
        (b'{"jsonrpc": "2.0", "method": "exit"}', 'a body without a header: b\'{"jsonrpc": "2.0", "method": "exit"}\''),
        (b"[", "a body without a header: b'['"),
        (
            b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "two lengths: b'Content-Length: 2\\r\\nContent-Length: 3'",
        ),
        (
            b"Content-Length: 1000000000\r\n\r\n",
            "a header without a sensible Content-Length: b'Content-Length: 1000000000'",
        ),
        (
            b"Content-Length: 134217729\r\n\r\n",
            "a header without a sensible Content-Length: b'Content-Length: 134217729'",
        ),
    ],
)
def test_a_bad_frame_ends_the_server_with_a_word(frame: bytes, reason: str, tmp_path: Path) -> None:
    with Client(tmp_path, command=REAL) as client:
        client.initialize()
        client.write(frame)
        assert client.wait_for_end() == 1
        assert f"report-ls: ERROR: {reason}: the server cannot go on\n" == client.stderr()


def test_what_came_before_a_bad_frame_is_answered(tmp_path: Path) -> None:
    with Client(tmp_path, command=REAL) as client:
        client.initialize()
        params = {"textDocument": {"uri": "untitled:a.md"}, "position": {"line": 0, "character": 0}}
        number = client.ask("textDocument/hover", params)
        client.write(b"nonsense\r\n\r\n")
        assert client.wait_for_end() == 1
        assert client.answer(number) is None


# Defects put into the server, in place of defects that are still unknown.
DEFECT = """
from report_ls.lsp import server
from report_ls.lsp.features import diagnostics, hover
from report_ls.lsp.session import published_diagnostics, session
from report_ls.__main__ import main

def fail(*_):
    raise ValueError("a defect")

{patch}
raise SystemExit(main())
"""


@pytest.mark.parametrize(
    "patch",
    [
        "session.Session.did_open = fail",
        "session.Session.did_change = fail",
        "server.Server._ask_for_settings = fail",
        "session.Session.judge = fail",
        "published_diagnostics.as_sent = fail",
        "diagnostics.publish = fail",
    ],
)
def test_a_defect_shows_no_message_box_and_does_not_end_the_server(patch: str, tmp_path: Path) -> None:
    options = {"settings": {"pack": "own.yaml"}} if "load_pack" in patch else None
    with Client(
        tmp_path, pushing(), options=options, settings={}, command=("-c", DEFECT.format(patch=patch))
    ) as client:
        client.initialize()
        uri = client.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
        for version in range(2, 12):
            client.change(uri, version, (5, 0, 5, 0, "x"))
        client.eventually(
            True,
            lambda: (
                client.about("documentLink", "untitled:other.md") == [] and "ValueError: a defect" in client.stderr()
            ),
        )
        client.stderr_expected = None
        client.stop()
        assert [] == client.of("window/showMessage")


def test_a_defect_in_a_request_is_an_answer(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=("-c", DEFECT.format(patch="hover._of_question = fail"))) as client:
        client.initialize()
        uri = client.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
        with pytest.raises(ErrorAnswer, match="-32603: ValueError: a defect"):
            client.at("hover", uri, 0, 0)
        client.stderr_expected = None
        client.stop()
        assert "ValueError: a defect" in client.stderr()
        assert [] == client.of("window/showMessage")


def test_a_defect_in_a_check_is_logged_and_the_others_go_on(tmp_path: Path) -> None:
    patch = "from report_ls.checks import too_few_images; too_few_images.run = fail"
    with Client(tmp_path, pushing(), command=("-c", DEFECT.format(patch=patch))) as client:
        client.initialize()
        uri = client.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
        client.expect_pushed(uri, [not_found(5, 5, "a.png")])
        client.stderr_expected = None
        client.stop()
        assert "report-ls: ERROR: the check too-few-images failed" in client.stderr()


# The end


def test_exit_after_shutdown_is_success(tmp_path: Path) -> None:
    with Client(tmp_path, command=REAL) as client:
        client.initialize()
        assert client.request("shutdown") is None
        client.notify("exit")
        assert client.wait_for_end() == 0
        assert "" == client.stderr()


def test_exit_without_shutdown_is_failure(tmp_path: Path) -> None:
    with Client(tmp_path, command=REAL) as client:
        client.initialize()
        client.notify("exit")
        assert client.wait_for_end() == 1
        assert "" == client.stderr()


def test_exit_before_initialize_is_failure(tmp_path: Path) -> None:
    with Client(tmp_path, command=REAL) as client:
        client.notify("exit")
        assert client.wait_for_end() == 1
        assert "" == client.stderr()


def test_shutdown_and_exit_mind_no_params(tmp_path: Path) -> None:
    """As eglot sends them."""
    with Client(tmp_path, command=REAL) as client:
        client.initialize()
        assert client.request("shutdown", {}) is None
        client.notify("exit", [5])
        assert client.wait_for_end() == 0
        assert "" == client.stderr()


def test_everything_behind_exit_is_left_alone(tmp_path: Path) -> None:
    with Client(tmp_path, command=REAL) as client:
        client.initialize()
        client.request("shutdown")
        client.write(framed(call("exit")) + framed(call("shutdown") | {"id": 99}))
        assert client.wait_for_end() == 0
        assert "shutdown" not in [message.get("id") for message in client.received]


@pytest.mark.parametrize("n_edits", [0, 1, 200])
def test_a_server_whose_client_is_gone_ends(n_edits: int, tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=REAL) as client:
        client.initialize()
        uri = client.open("file:///nowhere/report.md", REPORT)
        for version in range(n_edits):
            client.change(uri, version, (5, 0, 5, 0, "x"))
        client.writer.close()
        assert client.wait_for_end() == 1


def test_a_server_whose_client_was_killed_ends(tmp_path: Path) -> None:
    """Both pipes break at once, while the server has much to say."""
    with subprocess.Popen(
        [sys.executable, "-m", "report_ls"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        item = {
            "uri": "file:///nowhere/a.md",
            "languageId": "markdown",
            "version": 1,
            "text": f"{REPORT}![a](a.png)" * 100,
        }
        hello: Json = {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}}
        messages = [call("initialize", hello) | {"id": 1}, call("initialized", {})]
        messages += [call("textDocument/didOpen", {"textDocument": item})] * 20
        process.stdin.write(b"".join(map(framed, messages)))
        process.stdout.close()
        process.stdin.close()
        assert process.wait(PATIENCE) == 1
        assert b"Traceback" not in process.stderr.read()


# Requests


@pytest.mark.parametrize(
    "method", ["textDocument/hower", "", "reportLs/nothing", "$/whatever", "window/showMessageRequest"]
)
def test_an_unknown_request_is_refused(method: str, shared: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        shared.request(method, {"a": 1})
    assert METHOD_NOT_FOUND == refusal.value.code


@pytest.mark.parametrize("method", ["initialized", "exit", "textDocument/didOpen", "$/cancelRequest", "$/setTrace"])
def test_a_notification_with_an_id_is_refused(method: str, shared: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        shared.request(method, {})
    assert INVALID_REQUEST == refusal.value.code
    assert f"{method} is a notification, and has no id" == refusal.value.message


def test_unknown_notifications_and_requests_without_an_id_are_ignored(pushed: Client) -> None:
    for method in ("workspace/whatever", "$/whatever", "", "textDocument/hover"):
        pushed.notify(method, {"a": [1]})
    uri = pushed.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
    pushed.expect_pushed(uri, [not_found(5, 5, "a.png")])
    pushed.stderr_expected = "report-ls: WARNING: ignored a notification that makes no sense: textDocument/hover\n"


def test_before_initialize_only_initialize_is_handled(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=REAL) as client:
        client.open("file:///nowhere/early.md", f"{REPORT}![a](a.png)")
        for method in ("textDocument/hover", "shutdown", "workspace/whatever"):
            with pytest.raises(ErrorAnswer) as refusal:
                client.request(method, {})
            assert NOT_INITIALIZED == refusal.value.code
        client.initialize()
        uri = client.open("file:///nowhere/late.md", f"{REPORT}![a](a.png)")
        client.expect_pushed(uri, [not_found(5, 5, "a.png")])
        assert [] == client.pushes("file:///nowhere/early.md")


def test_initialize_comes_once(shared: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        shared.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    assert INVALID_REQUEST == refusal.value.code


def test_initialize_may_be_tried_again_after_nonsense(tmp_path: Path) -> None:
    with Client(tmp_path, command=REAL) as client:
        nonsense: list[Json] = [None, [], {"capabilities": 5}]
        for params in nonsense:
            with pytest.raises(ErrorAnswer) as refusal:
                client.request("initialize", params)
            assert INVALID_PARAMS == refusal.value.code
        client.initialize()


def test_a_client_with_unknown_capabilities_is_served(tmp_path: Path) -> None:
    takes = pushing(
        textDocument__hover={"contentFormat": ["asciidoc", "markdown"]},
        textDocument__telepathy={"range": "far"},
        workspace__symbol={"symbolKind": {"valueSet": [1, 999]}},
        experimental={"a": 1},
        window=None,
    )
    with Client(tmp_path, takes, command=REAL) as client:
        client.initialize()
        uri = client.open_new(f"{REPORT}![a](a.png)")
        client.expect_pushed(uri, [not_found(5, 5, "a.png")], version=1)
        assert "markdown" == client.at("hover", uri, 0, 0)["contents"]["kind"]
        client.stderr_expected = (
            "report-ls: WARNING: ignored an unknown value: capabilities.workspace.symbol.symbolKind.valueSet.1\n"
            "report-ls: WARNING: ignored an unknown value: capabilities.textDocument.hover.contentFormat.0\n"
        )


def test_after_shutdown_requests_are_refused(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=REAL) as client:
        client.initialize()
        client.request("shutdown")
        for method in ("textDocument/hover", "shutdown", "initialize", "workspace/whatever"):
            with pytest.raises(ErrorAnswer) as refusal:
                client.request(method, {})
            assert INVALID_REQUEST == refusal.value.code
        client.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
        client.notify("exit")
        assert client.wait_for_end() == 0
        assert [] == client.pushes("file:///nowhere/report.md")
        assert "" == client.stderr()


def raw(client: Client, body: bytes) -> Json:
    """Send a body and return the answer that it gets under the id null."""
    n_received = len(client.received)
    client.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    client.until(lambda: len(client.received) > n_received, "an answer")
    answer = client.received[-1]
    assert {"jsonrpc", "id", "error"} == set(answer)
    assert answer["id"] is None
    return answer["error"]["code"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"hello",
        b'{"a": }',
        b"\xff\xfe",
        b'{"id": 1, "method": "\xe9"}',
        b"[" * 200_000,
        b"1" * 5000,
    ],
)
def test_what_is_no_json_is_refused(body: bytes, shared: Client) -> None:
    assert PARSE_ERROR == raw(shared, body)


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"5",
        b'"text"',
        b"null",
        b"true",
        b"NaN",
        b'[{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}]',
        b'{"method": 5, "id": 1}',
        b'{"method": ["exit"]}',
        b'{"jsonrpc": "2.0", "id": null, "method": "shutdown"}',
        b'{"jsonrpc": "2.0", "id": {}, "method": "shutdown"}',
        b'{"jsonrpc": "2.0", "id": [1], "method": "shutdown"}',
        b'{"jsonrpc": "2.0", "id": true, "method": "shutdown"}',
        b'{"jsonrpc": "2.0", "id": 1.5, "method": "shutdown"}',
    ],
)
def test_what_is_no_message_is_refused(body: bytes, shared: Client) -> None:
    assert INVALID_REQUEST == raw(shared, body)


@pytest.mark.parametrize("version", ["1.0", 2, None, {}])
def test_the_version_of_json_rpc_does_not_matter(version: Json, shared: Client) -> None:
    number = shared.new_id()
    params = {"textDocument": {"uri": "untitled:no.md"}, "position": {"line": 0, "character": 0}}
    shared.send({"jsonrpc": version, "id": number, "method": "textDocument/hover", "params": params})
    assert shared.answer(number) is None


@pytest.mark.parametrize("number", [0, -1, 1 << 60, "", "an id", "\ud83d", "0"])
def test_an_id_comes_back_as_it_was(number: Json, shared: Client) -> None:
    params = {"textDocument": {"uri": "untitled:no.md"}, "position": {"line": 0, "character": 0}}
    shared.send(call("textDocument/hover", params) | {"id": number})
    assert shared.answer(number) is None


def test_answers_to_nothing_are_ignored(pushed: Client) -> None:
    for answer in (
        {"id": 99, "result": None},
        {"id": "99", "error": {"code": 1, "message": "x"}},
        {"id": "99", "error": 5},
        {"id": None, "result": 5},
        {"id": {}, "result": 5},
        {"id": 1, "result": 5, "error": {"code": 1, "message": "x"}},
        {"id": 1},
        {},
    ):
        pushed.write(framed({"jsonrpc": "2.0"} | answer))
    uri = pushed.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
    pushed.expect_pushed(uri, [not_found(5, 5, "a.png")])
    pushed.stderr_expected = None


def test_a_client_that_refuses_what_it_is_asked_changes_nothing(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(), command=REAL) as client:
        error = ErrorAnswer({"code": METHOD_NOT_FOUND, "message": "never heard of it"})
        for method in (
            "workspace/configuration",
            "client/registerCapability",
            "workspace/diagnostic/refresh",
            "workspace/inlayHint/refresh",
        ):
            client.answers[method] = lambda _params: error
        client.initialize()
        client.wait_for("workspace/configuration")
        uri = client.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
        client.expect_pulled(uri, [not_found(5, 5, "a.png")])
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.wait_for("workspace/configuration", 2)
        client.expect_pulled(uri, [not_found(5, 5, "a.png")])


# Cancelling


def test_a_request_whose_cancellation_is_there_already_is_cancelled(shared: Client) -> None:
    number, other = shared.new_id(), shared.new_id()
    params = {"textDocument": {"uri": "untitled:no.md"}, "position": {"line": 0, "character": 0}}
    shared.send(
        call("textDocument/hover", params) | {"id": number},
        call("textDocument/hover", params) | {"id": other},
        call("$/cancelRequest", {"id": number}),
    )
    assert REQUEST_CANCELLED == shared.answer_message(number)["error"]["code"]
    assert shared.answer(other) is None


def test_a_cancellation_of_nothing_is_ignored(pushed: Client) -> None:
    numbers: list[Json] = [1, "1", {}, [], 99, 1.5, True, None]
    for number in numbers:
        pushed.notify("$/cancelRequest", {"id": number})
    assert pushed.about("documentLink", "untitled:no.md") == []
    pushed.stderr_expected = None


def test_a_cancellation_with_an_id_is_refused_and_cancels_nothing(shared: Client) -> None:
    number, other = shared.new_id(), shared.new_id()
    params = {"textDocument": {"uri": "untitled:no.md"}, "position": {"line": 0, "character": 0}}
    for _ in range(2):
        shared.send(
            call("textDocument/hover", params) | {"id": number}, call("$/cancelRequest", {"id": number}) | {"id": other}
        )
        assert shared.answer(number) is None
        assert INVALID_REQUEST == shared.answer_message(other)["error"]["code"]
        other = shared.new_id()


@pytest.mark.parametrize("token", [1, "1", None, {}, [], 1.5, True])
def test_progress_that_is_cancelled_goes_on(token: Json, pushed: Client) -> None:
    pushed.notify("window/workDoneProgress/cancel", {"token": token})
    assert pushed.about("documentLink", "untitled:no.md") == []


@pytest.mark.parametrize("method", ["workspace/willRenameFiles", "workspace/diagnostic", "workspace/executeCommand"])
@pytest.mark.parametrize("answer", [{"result": 5}, {"error": {"code": 1, "message": "x"}}, {"result": None}])
def test_a_response_does_not_answer_a_request_of_the_client(method: str, answer: Json, pulling: Client) -> None:
    uri = pulling.write_and_open("report.md", f"{REPORT}![a](a.png)")
    params = {
        "files": [{"oldUri": uri.replace("report.md", "a.png"), "newUri": uri.replace("report.md", "b.png")}],
        "previousResultIds": [],
        "command": "reportLs.handin",
        "arguments": [uri],
    }
    for _ in range(2):
        number = pulling.new_id()
        pulling.send(call(method, params) | {"id": number}, {"jsonrpc": "2.0", "id": number} | answer)
        assert pulling.answer(number) not in (None, 5)
    pulling.stderr_expected = None


def test_a_cancellation_that_comes_too_early_cancels_nothing_later(shared: Client) -> None:
    number = shared.new_id()
    shared.notify("$/cancelRequest", {"id": number})
    assert shared.about("documentLink", "untitled:no.md") == []
    params = {"textDocument": {"uri": "untitled:no.md"}, "position": {"line": 0, "character": 0}}
    shared.send(call("textDocument/hover", params) | {"id": number})
    assert shared.answer(number) is None


@pytest.mark.parametrize("method", ["textDocument/hover", "textDocument/diagnostic", "workspace/diagnostic"])
def test_a_thousand_cancelled_requests_are_answered_once_each(method: str, pulling: Client) -> None:
    uri = pulling.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
    params = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}, "previousResultIds": []}
    numbers = [pulling.new_id() for _ in range(1000)]
    pulling.send(
        *(call(method, params) | {"id": number} for number in numbers),
        *(call("$/cancelRequest", {"id": number}) for number in numbers),
    )
    answers = [pulling.answer_message(number) for number in numbers]
    codes = {answer["error"]["code"] for answer in answers if "error" in answer}
    assert codes <= {REQUEST_CANCELLED}
    assert 1000 == sum("id" in message and "method" not in message for message in pulling.received) - 1


# Text


@pytest.mark.parametrize("surrogate", ["\ud83d", "\udcf7\ud83d"])
def test_half_a_pair_of_surrogates_counts_as_a_character_like_others(surrogate: str, tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), options={"status": True}, command=REAL) as client:
        client.initialize()
        uri = client.open("file:///nowhere/report.md", f"{REPORT}{surrogate} ![a](a.png)\n")
        start = len(surrogate) + 6
        client.expect_pushed(uri, [not_found(5, start, "a.png")], version=1)
        client.change(uri, 2, (5, start, 5, start + 1, surrogate))
        # No half leaves the server: other programs refuse it.
        client.expect_pushed(uri, [not_found(5, start, f"{len(surrogate) * chr(0xFFFD)}.png")], version=2)
        client.at("hover", uri, 5, start)
        client.at("hover", uri, 0, 0)
        client.about("documentSymbol", uri)
        client.at("completion", uri, 5, start)
        wanted = client.pushes(uri)[-1]["diagnostics"][0]["range"]
        context: Json = {"diagnostics": [], "only": ["quickfix"]}
        assert client.about("codeAction", uri, range=wanted, context=context) == []


@pytest.mark.parametrize(
    "uri",
    [
        "file:///nowhere/\ud83d/report.md",
        "file:///nowhere/%00/report.md",
        "file:///nowhere/%ED%A0%BD.md",
        "file://[nowhere/report.md",
        "file:",
        "file://",
        "untitled:\ud83d",
        "\u2028",
        "",
        "vscode-vfs://github/a/report.md",
        f"file:///{'a' * 5000}/report.md",
    ],
)
def test_a_strange_uri_is_a_report_without_files(uri: str, shared_pushed: Client) -> None:
    without_name = "error image-not-found: Q1: this image names no file: write its path, such as figures/name.png"
    shared_pushed.open(uri, f"{REPORT}![a]()")
    shared_pushed.expect_pushed(uri, [f"5:5-5:5 {without_name}"])
    shared_pushed.at("hover", uri, 5, 5)
    shared_pushed.at("completion", uri, 5, 5)
    shared_pushed.save(uri)
    shared_pushed.change(uri, 2, f"{REPORT}![ab]()")
    shared_pushed.expect_pushed(uri, [f"5:6-5:6 {without_name}"])
    shared_pushed.close(uri)
    shared_pushed.expect_pushed(uri, [])


# Ways to start


def test_stdio_is_said_by_some_clients(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), command=("-m", "report_ls", "--stdio")) as client:
        client.initialize()
        uri = client.open("file:///nowhere/report.md", f"{REPORT}![a](a.png)")
        client.expect_pushed(uri, [not_found(5, 5, "a.png")])


def test_whatever_prints_does_not_print_between_messages(tmp_path: Path) -> None:
    patch = "session.Session.did_open = lambda *_: print('a stray word')"
    with Client(tmp_path, pushing(), command=("-c", DEFECT.format(patch=patch))) as client:
        client.initialize()
        client.open("file:///nowhere/report.md", REPORT)
        client.stderr_expected = "a stray word\n"


def tcp(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "report_ls", "--tcp", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def connect(process: "subprocess.Popen[str]") -> socket.socket:
    assert process.stderr
    said = process.stderr.readline()
    assert said.startswith("report-ls: listening on 127.0.0.1:")
    return socket.create_connection(("127.0.0.1", int(said.rpartition(":")[2])), timeout=60)


def answer_over(connection: socket.socket, message: Json) -> Json:
    connection.sendall(framed(message))
    with connection.makefile("rb") as answers:
        length = int(answers.readline().partition(b":")[2])
        while answers.readline() != b"\r\n":
            pass
        return json.loads(answers.read(length))


def test_tcp_serves_one_client_and_ends_with_it() -> None:
    with tcp("127.0.0.1:0") as process, connect(process) as connection:
        hello: Json = {"processId": None, "rootUri": None, "capabilities": {}}
        answer = answer_over(connection, call("initialize", hello) | {"id": 1})
        assert "report-ls" == answer["result"]["serverInfo"]["name"]
        assert {"jsonrpc": "2.0", "id": 2, "result": None} == answer_over(connection, call("shutdown") | {"id": 2})
        connection.sendall(framed(call("exit")))
        assert process.communicate(timeout=60) == ("", "")
        assert process.returncode == 0


def test_tcp_ends_when_its_client_is_gone() -> None:
    with tcp("127.0.0.1:0") as process:
        with connect(process) as connection:
            hello: Json = {"processId": None, "rootUri": None, "capabilities": {}}
            connection.sendall(framed(call("initialize", hello) | {"id": 1}))
        assert process.communicate(timeout=60) == ("", "")
        assert process.returncode == 1


def test_tcp_says_why_it_cannot_listen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port in (taken.getsockname()[1], 99999):
            with tcp(f"127.0.0.1:{port}") as process:
                output, said = process.communicate(timeout=60)
                assert said.startswith(f"report-ls: cannot listen on 127.0.0.1:{port}: ")
                assert ("", 1, 2) == (output, said.count("\n"), process.returncode)


@pytest.mark.parametrize("arguments", [(), ("localhost",), ("localhost:x",), (":",), (":2087",), ("localhost:\u00b2",)])
def test_tcp_says_how_it_is_written(arguments: tuple[str, ...]) -> None:
    with tcp(*arguments) as process:
        expected = "report-ls: --tcp takes HOST:PORT, such as 127.0.0.1:2087\n"
        assert process.communicate(timeout=60) == ("", expected)
        assert process.returncode == 2
