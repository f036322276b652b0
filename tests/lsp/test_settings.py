"""Settings come by push or by pull; what is wrong in them is said in a sentence, and everything else is taken."""

from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities, pushing
from report_ls.base.diagnostic import Severity, Stage
from report_ls.lsp.session.settings import Settings, read_settings

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
NO_QUESTION = "names no question: write its number, such as unanswered@14"
DRAFT = [TOO_SHORT.format("hint"), UNANSWERED.format("hint")]


@pytest.mark.parametrize("data", [None, {}, {"pack": None, "stage": None, "hints": None, "severity": None}])
def test_what_is_not_set_is_as_the_default_has_it(data: Json) -> None:
    assert (Settings(), ()) == read_settings(data)


def test_every_setting_is_read() -> None:
    data = {
        "pack": "own.yaml",
        "stage": "draft",
        "hints": False,
        "severity": {"unanswered": "off", "answer-too-short@14": "information"},
        "trace": {"server": "verbose"},
    }
    severities = {"unanswered": None, "answer-too-short@14": Severity.INFORMATION}
    assert (Settings("own.yaml", Stage.DRAFT, severities, hints=False), ()) == read_settings(data)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (5, "reportLs: 5 is not a table of settings"),
        (["draft"], 'reportLs: ["draft"] is not a table of settings'),
        (True, "reportLs: true is not a table of settings"),
        ({"pack": 5}, "reportLs.pack: 5 is not the name of a pack or its file"),
        ({"pack": {}}, "reportLs.pack: {} is not the name of a pack or its file"),
        ({"stage": "finished"}, 'reportLs.stage: "finished" is not one of auto, draft, final'),
        ({"stage": ["draft"]}, 'reportLs.stage: ["draft"] is not one of auto, draft, final'),
        ({"hints": "no"}, 'reportLs.hints: "no" is not true or false'),
        ({"hints": 0}, "reportLs.hints: 0 is not true or false"),
        ({"severity": "off"}, 'reportLs.severity: "off" is not a table'),
        (
            {"severity": {"unanswerd": "off"}},
            'reportLs.severity: there is no check "unanswerd"; did you mean "unanswered"?',
        ),
        ({"severity": {"unanswered@": "off"}}, f'reportLs.severity: "unanswered@" {NO_QUESTION}'),
        ({"severity": {"unanswered@x": "off"}}, f'reportLs.severity: "unanswered@x" {NO_QUESTION}'),
        ({"severity": {"unanswered@²": "off"}}, f'reportLs.severity: "unanswered@²" {NO_QUESTION}'),
        (
            {"severity": {"unanswered": "none"}},
            'reportLs.severity: "none" is not one of error, warning, information, hint, off',
        ),
        (
            {"severity": {"unanswered": []}},
            "reportLs.severity: [] is not one of error, warning, information, hint, off",
        ),
        (
            {"severity": {"unanswered": None}},
            "reportLs.severity: null is not one of error, warning, information, hint, off",
        ),
        (
            {"stage": "x" * 1000},
            f'reportLs.stage: "{"x" * 59}... is not one of auto, draft, final',
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(data: Json, fault: str) -> None:
    assert (Settings(), (fault,)) == read_settings(data)


def test_what_is_right_beside_what_is_wrong_is_taken() -> None:
    data = {"stage": "final", "hints": 5, "severity": {"unanswered": "hint", "unanswerd": "off", "image-hidden": 3}}
    settings, faults = read_settings(data)
    assert Settings("", Stage.FINAL, {"unanswered": Severity.HINT}) == settings
    assert 3 == len(faults)


def test_settings_come_with_the_options_of_initialize(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(workspace__configuration=None), options={"settings": {"stage": "draft"}}) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        client.expect_pushed(uri, DRAFT)
        assert 1 == len(client.pushes(uri))
        assert [] == client.of("workspace/configuration")


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_client_that_does_not_answer_for_settings_pushes_them(wrapped: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    def settings(**values: Json) -> Json:
        return {"settings": {"reportLs": values} if wrapped else values}

    with Client(tmp_path, pushing(workspace__configuration=None)) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        client.expect_pushed(uri, FINAL)
        client.notify("workspace/didChangeConfiguration", settings(stage="draft"))
        client.expect_pushed(uri, DRAFT)
        client.notify("workspace/didChangeConfiguration", settings(severity={"answer-too-short@1": "information"}))
        client.expect_pushed(uri, [TOO_SHORT.format("information"), UNANSWERED.format("error")])
        client.notify("workspace/didChangeConfiguration", settings(severity={"answer-too-short": "off"}))
        client.expect_pushed(uri, [UNANSWERED.format("error")])
        client.notify("workspace/didChangeConfiguration", settings())
        client.expect_pushed(uri, FINAL)
        assert [] == client.of("window/logMessage")


def test_pushed_nonsense_leaves_the_server_as_it_is(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(workspace__configuration=None)) as client:
        client.initialize()
        nonsense: list[Json] = [None, 5, [], "x", {"reportLs": None}, {"reportLs": 5}, {"reportLs": []}, {"other": 5}]
        for settings in nonsense:
            client.notify("workspace/didChangeConfiguration", {"settings": settings})
            client.expect_pushed(client.open_new(REPORT), FINAL)
        assert [
            "reportLs: 5 is not a table of settings",
            "reportLs: [] is not a table of settings",
        ] == [params["message"] for params in client.of("window/logMessage")]


def test_settings_are_asked_for_and_again_when_they_change(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), settings={"stage": "draft"}) as client:
        client.initialize()
        client.wait_for("workspace/configuration")
        assert [{"items": [{"section": "reportLs"}]}] == client.of("workspace/configuration")
        uri = client.open_new(REPORT)
        client.expect_pushed(uri, DRAFT)
        client.settings = {"stage": "final", "severity": {"answer-too-short": "off"}}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.expect_pushed(uri, [UNANSWERED.format("error")])
        client.settings = None  # Nothing is set: everything stays.
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.wait_for("workspace/configuration", 3)
        client.expect_pushed(client.open_new(REPORT), [UNANSWERED.format("error")])


def test_wrong_settings_are_said_in_the_log_and_nowhere_else(tmp_path: Path) -> None:
    settings = {"stage": 5, "severity": {"unanswered": "hint", "nonsense": {}}, "pack": []}
    with Client(tmp_path, pushing(), settings=settings) as client:
        client.initialize()
        client.expect_pushed(client.open_new(REPORT), [TOO_SHORT.format("warning"), UNANSWERED.format("hint")])
        assert [
            {"type": 2, "message": "reportLs.pack: [] is not the name of a pack or its file"},
            {"type": 2, "message": "reportLs.stage: 5 is not one of auto, draft, final"},
            {"type": 2, "message": 'reportLs.severity: there is no check "nonsense"'},
        ] == client.of("window/logMessage")
        assert [] == client.of("window/showMessage")


def test_a_client_that_pulls_is_asked_to_pull_when_settings_change(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(), options={"settings": {"stage": "draft"}}) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        client.expect_pulled(uri, DRAFT)
        assert "result" in client.received[0], "nothing may be asked before initialize is answered"
        n_refreshes = len(client.of("workspace/diagnostic/refresh"))
        client.settings = {"stage": "final"}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.wait_for("workspace/diagnostic/refresh", n_refreshes + 1)
        client.wait_for("workspace/inlayHint/refresh")
        client.expect_pulled(uri, FINAL)


def test_it_is_told_of_changes_where_it_can_ask_to_be(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities()) as client:
        client.initialize()
        registrations = client.wait_for("client/registerCapability")["registrations"]
        assert {
            "id": "report-ls-settings",
            "method": "workspace/didChangeConfiguration",
            "registerOptions": {"section": "reportLs"},
        } in registrations
