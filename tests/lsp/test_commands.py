"""The commands: the next problem, a summary, and the stage."""

from pathlib import Path

import pytest
from lsp.client import Client, ErrorAnswer, Json, capabilities, pushing, range_of

REPORT = """\
### Question 1
> Why? Answer length: 2-20 words.
> Answer:

Because.

### Question 2 \U0001f4f7
> Insert 1-2 images.
> Answer:

\U0001f4f7 ![one](one.png)

### Question 3
> How? Answer length: 2-20 words.
> Answer:
"""
FOUND = [
    "2:2-2:9 warning answer-too-short",
    "10:10-10:17 error image-not-found",
    "14:2-14:9 error unanswered",
]
DRAFT = ["2:2-2:9 hint answer-too-short", "10:10-10:17 error image-not-found", "14:2-14:9 hint unanswered"]
INVALID_PARAMS = -32602


def run(client: Client, command: str, *arguments: Json) -> Json:
    return client.request("workspace/executeCommand", {"command": f"reportLs.{command}", "arguments": list(arguments)})


def test_the_commands_are_offered(shared: Client) -> None:
    expected = [
        f"reportLs.{name}"
        for name in ("fixAll", "handin", "ignore", "nextProblem", "page", "setStage", "summary", "switchedOff", "top")
    ]
    assert expected == sorted(shared.server_capabilities["executeCommandProvider"]["commands"])


PROBLEMS = """\
### Question 1
> Why? Answer length: 2-20 words.
> Answer:

Because.

### Question 2 \U0001f4f7
> Insert 1-2 images.
> Answer:

\U0001f4f7 ![](one.png)

### Question 3
> How? Answer length: 2-20 words.
> Answer:

### Question 4
> Show it. Insert 1-2 images. Answer length: 9-20 words.
> Answer:

None.

### Question 5
> Who?
> Answer:

--- We. ---

### Question 6
> Why? Answer length: 2-20 words.
> Answer:

Because.
"""
PLACES = [
    "2:2-2:9 warning answer-too-short",
    "10:3-10:6 hint image-text",
    "10:7-10:14 error image-not-found",
    "14:2-14:9 error unanswered",
    "18:2-18:9 error too-few-images",
    "18:2-18:9 warning answer-too-short",
    "26:0-26:3 information dashed-answer",
    "30:2-30:9 warning answer-too-short",
]
IN_ORDER = [(10, 7), (18, 2), (14, 2), (2, 2), (30, 2), (26, 0)]
"""Errors, unanswered questions, warnings, information; the two problems on line 18 are one step."""
IN_A_DRAFT = [(10, 7), (18, 2), (14, 2), (26, 0)]


def gone_to(client: Client, uri: str, line: int, character: int, count: int) -> list[tuple[int, int]]:
    """Go from a position to so many problems, one after the other, and return where they start."""
    places = []
    for _ in range(count):
        found = run(client, "nextProblem", uri, {"line": line, "character": character})
        assert {"uri", "range", "message"} == set(found)
        start = found["range"]["start"]
        shown = {"uri": uri, "takeFocus": True, "selection": {"start": start, "end": start}}
        # The server answers after this request.
        assert shown == client.of("window/showDocument")[-1]
        line, character = start["line"], start["character"]
        places.append((line, character))
    return places


@pytest.mark.parametrize(
    ("line", "character", "expected"),
    [
        (0, 0, [*IN_ORDER, IN_ORDER[0]]),
        (10, 6, IN_ORDER),
        (10, 3, IN_ORDER),  # At a hint.
        (10, 7, IN_ORDER[1:]),
        (10, 8, IN_ORDER[1:]),
        (18, 3, IN_ORDER),
        (99, 99, IN_ORDER),
        (14, 2, IN_ORDER[3:]),
        (30, 2, [IN_ORDER[5], IN_ORDER[0]]),
    ],
)
def test_the_worst_problem_after_the_cursor_comes_first(
    line: int, character: int, expected: list[tuple[int, int]], shared: Client
) -> None:
    uri = shared.open_new(PROBLEMS)
    shared.expect_pulled(uri, PLACES)
    assert expected == gone_to(shared, uri, line, character, len(expected))


def test_in_a_draft_what_is_not_answered_is_gone_to_and_no_other_hint(tmp_path: Path) -> None:
    severities = {"answer-too-short": "hint", "image-text": "hint", "unanswered": "hint"}
    with Client(tmp_path, capabilities(), settings={"severity": severities}) as client:
        client.initialize()
        uri = client.open_new(PROBLEMS)
        client.expect_pulled(uri, [_as_hint(place) if place.split()[2] in severities else place for place in PLACES])
        assert [*IN_A_DRAFT, IN_A_DRAFT[0]] == gone_to(client, uri, 0, 0, 5)


def _as_hint(place: str) -> str:
    return place.replace("error", "hint").replace("warning", "hint")


def test_each_place_of_a_group_is_gone_to(shared: Client) -> None:
    answered = "### Question {0}\n> Why {1}?\n>\n> Answer:\n\nBecause {1}.\n\n"
    marker = "--- question {0} fill here ---\n\n"
    parts = [answered.format(n, n * "a") + (marker.format(n) if n < 5 else "") for n in range(1, 10)]
    uri = shared.open_new("".join(parts))
    message = "this marker is left over from the template: delete it (4 places)"
    shared.expect_pulled(uri, [f"7:0-7:28 error leftover-marker: {message}"])
    assert [(7, 0), (16, 0), (25, 0), (34, 0), (7, 0)] == gone_to(shared, uri, 0, 0, 5)


def test_what_it_says_is_the_problem(shared: Client) -> None:
    uri = shared.open_new(REPORT)
    expected = {
        "uri": uri,
        "range": range_of(10, 10, 10, 17),
        "message": "there is no file one.png beside the report: add it, or correct the name",
    }
    assert expected == run(shared, "nextProblem", uri, {"line": 6, "character": 0})


def test_a_client_that_shows_no_documents_is_only_answered(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(window__showDocument=None)) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        assert 10 == run(client, "nextProblem", uri)["range"]["start"]["line"]
        client.stop()
        assert [] == client.of("window/showDocument")


def test_without_problems_there_is_no_next_one(shared: Client) -> None:
    uri = shared.open_new("### Question 1\n> Why? Answer length: 2-20 words.\n> Answer:\n\nBecause of that.\n")
    assert run(shared, "nextProblem", uri) is None
    assert run(shared, "nextProblem", shared.open_new("# No report\n")) is None
    assert run(shared, "nextProblem", "untitled:never-opened.md") is None


def test_the_summary_is_a_table(shared: Client) -> None:
    expected = """\
| Question | Words | Images | State |
|---|---|---|---|
| Question 1 | 1 / 2\u201320 words |  | needs work |
| Question 2 | 2 words | 1 / 1\u20132 images | needs work |
| Question 3 | 0 / 2\u201320 words |  | not answered |
"""
    assert expected == run(shared, "summary", shared.open_new(REPORT))
    assert run(shared, "summary", shared.open_new("# No report\n")) is None
    assert run(shared, "summary", "untitled:never-opened.md") is None


def test_whether_it_can_be_handed_in_is_said_in_markdown(shared: Client) -> None:
    uri = shared.write_and_open("hand/in.md", REPORT)
    missing = "there is no file one.png beside the report: add it, or correct the name \\[image-not-found\\]"
    expected = f"""\
# Not ready to hand in

- **no**: the course gets it
  - **no**: line 15: error: Q3: not answered yet (asked: 2-20 words) \\[unanswered\\]
  - **?**: not a git repository: report-ls cannot tell whether the course has the report
- **no**: it is as you meant it
  - **no**: line 11: error: Q2: {missing}
- 1 word short of the recommended lengths in 1 answer
  - question 1: 1 word short
"""
    assert expected == run(shared, "handin", uri)
    shared.change(uri, 2, "### Question 1\n> Why? Answer length: 2-20 words.\n> Answer:\n\nBecause of that.\n")
    expected = """\
# Not ready to hand in

- **no**: the course gets it
  - **no**: the text in the editor is not saved
  - **?**: not a git repository: report-ls cannot tell whether the course has the report
- **yes**: it is as you meant it
"""
    assert expected == run(shared, "handin", uri)
    assert run(shared, "handin", shared.open("untitled:in.md", REPORT)) is None, "it is not on disk"
    assert run(shared, "handin", shared.write_and_open("hand/notes.md", "# No report\n")) is None


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_the_stage_is_set_until_settings_say_otherwise(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes) as client:
        expect = (
            client.expect_pulled
            if "diagnosticProvider" in client.initialize()["capabilities"]
            else client.expect_pushed
        )
        uri = client.open_new(REPORT)
        expect(uri, FOUND)
        assert run(client, "setStage", "draft") is True
        expect(uri, DRAFT)
        assert run(client, "setStage", "final") is True
        expect(uri, FOUND)
        assert run(client, "setStage", "draft") is True
        assert run(client, "setStage", "auto") is True
        expect(uri, FOUND)
        assert run(client, "setStage", "draft") is True
        client.settings = {"stage": "auto"}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.wait_for("workspace/configuration", 2)
        expect(uri, FOUND)


def test_a_stage_that_does_not_exist_is_not_set(shared: Client) -> None:
    assert run(shared, "setStage", "finished") is False
    assert run(shared, "setStage", "") is False
    shared.expect_pulled(shared.open_new(REPORT), FOUND)


@pytest.mark.parametrize("command", ["handin", "nextProblem", "summary"])
@pytest.mark.parametrize("argument", [None, 5, {}, [], "nonsense", {"uri": "untitled:x.md"}, True])
def test_arguments_that_make_no_sense_find_nothing(command: str, argument: Json, shared: Client) -> None:
    assert run(shared, command, argument) is None


@pytest.mark.parametrize("position", [None, 5, "0:0", {}, {"line": "0"}, {"line": -1, "character": 0}, {"line": 0.5}])
def test_a_position_that_makes_no_sense_is_the_start(position: Json, shared: Client) -> None:
    assert 10 == run(shared, "nextProblem", shared.open_new(REPORT), position)["range"]["start"]["line"]


@pytest.mark.parametrize("command", ["handin", "nextProblem", "summary", "setStage"])
def test_without_arguments_nothing_happens(command: str, shared: Client) -> None:
    assert shared.request("workspace/executeCommand", {"command": f"reportLs.{command}"}) in (None, False)


@pytest.mark.parametrize(
    ("command", "arguments"),
    [("nothing", []), ("summary", ["a", "b"]), ("setStage", ["draft", 5]), ("summary", []), ("switchedOff", [])],
)
def test_what_is_no_command_is_refused(command: str, arguments: list[Json], shared: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        run(shared, command, *arguments)
    assert INVALID_PARAMS == refusal.value.code


def test_all_that_is_safe_is_fixed_and_counted(shared: Client) -> None:
    uri = shared.write_and_open("fixed.md", PROBLEMS)
    answer = run(shared, "fixAll", uri)
    assert 1 == answer["mended"]
    (change,) = answer["edit"]["documentChanges"]
    assert uri == change["textDocument"]["uri"]
    assert ["", ""] == [edit["newText"] for edit in change["edits"]]
    nothing = shared.write_and_open("nothing.md", REPORT)
    assert {"edit": None, "mended": 0} == run(shared, "fixAll", nothing)
    assert run(shared, "fixAll", shared.open_new("# No report\n")) is None


PAGE = """\
# Report

### Question 1
> Why? Answer length: 1-20 words.
> Answer:

Because <b>we</b> can.

### Question 2
> How? Answer length: 2-20 words.
> Answer:

<!-- nobody
reads this -->

Well.
"""


def test_the_page_is_a_rehearsal(tmp_path: Path) -> None:
    pack = "{id: own, title: Own, handin: python-markdown, questions: [{number: 1}, {number: 2, words: 9-20}]}\n"
    (tmp_path / "own.yaml").write_text(pack, "utf-8")
    with Client(tmp_path, capabilities(), options={"settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", PAGE)
        client.eventually(True, lambda: "html" in run(client, "page", uri))
        html = run(client, "page", uri)["html"]
        assert "<title>report.md, a rehearsal</title>" in html
        assert '<p>Because <b>we</b> can.<span id="L7"></span></p>' in html
        assert '<span class="count open">6 of 9–20 words</span>' in html
        assert '<span class="lost" title="not on the page">&lt;!-- nobody\nreads this --&gt;</span>' in html
        assert run(client, "page", "file:///none.md") is None


def test_where_no_page_is_known_that_is_said(shared: Client) -> None:
    uri = shared.write_and_open("paged.md", REPORT)
    assert {"why": "paged.md: report-ls does not know its hand-in page; choose its course and edition"} == run(
        shared, "page", uri
    )
