"""Code actions: one fix, all of a kind, all safe fixes; edits are sent on request if the client can ask for them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsp.client import Client, ErrorAnswer, Json, capabilities, edited, pushing, range_of
from report_ls.report.fingerprints import fingerprint
from support.pictures import put_picture
from support.repositories import run_git

CONTENT_MODIFIED = -32801

REPORT = """\
### Question 1
> What does it do? Answer length: 2-20 words.
> Answer:

--- question 1 fill here ---

It sorts photos.

### Question 2
> Show it. Insert 1-2 images.
> Answer:

--- question 2 fill here ---

Here: ![one](figures/On.png)

### Question 3
> Why? Answer length: 2-20 words.
> Answer:

--- Because we can. ---

### Question 4
> Show more. Insert 1-2 images.
> Answer:

Here is [one](figures/one.png) to look at.
"""
FIXED = """\
### Question 1
> What does it do? Answer length: 2-20 words.
> Answer:

It sorts photos.

### Question 2
> Show it. Insert 1-2 images.
> Answer:

Here: ![one](figures/On.png)

### Question 3
> Why? Answer length: 2-20 words.
> Answer:

Because we can.

### Question 4
> Show more. Insert 1-2 images.
> Answer:

Here is [one](figures/one.png) to look at.
"""
FOUND = [
    "4:0-4:28 error leftover-marker",
    "12:0-12:28 error leftover-marker",
    "14:13-14:27 error image-not-found",
    "20:0-20:3 information dashed-answer",
    "26:8-26:30 error image-as-link",
]
MARKERS = "fix all 2 of this kind (leftover-marker)"
ALL = "fix everything that is safe to fix"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client that resolves, with one picture."""
    folder = tmp_path_factory.mktemp("actions")
    (folder / "figures").mkdir()
    put_picture(folder / "figures/one.png")
    with Client(folder, capabilities()) as client:
        client.initialize()
        yield client


@pytest.fixture
def uri(client: Client) -> str:
    """The report above, open in a new file."""
    return opened(client)


def opened(client: Client, text: str = REPORT) -> str:
    uri = client.write_and_open(f"report-{client.new_id()}.md", text)
    if "diagnosticProvider" in client.server_capabilities:
        client.expect_pulled(uri, FOUND)
    else:
        client.expect_pushed(uri, FOUND)
    return uri


def actions(client: Client, uri: str, line: int, start: int = 0, end: int = 0, **context: Json) -> list[Json]:
    answer = client.about(
        "codeAction", uri, range=range_of(line, start, line, end), context={"diagnostics": [], **context}
    )
    return fixes(answer)


def fixes(answer: list[Json]) -> list[Json]:
    """Return actions without those that ignore a check: these are the last, and test_configurations.py tests them."""
    found = [action for action in answer if not action["title"].startswith("ignore ")]
    assert found == answer[: len(found)]
    return found


def titles(actions: list[Json]) -> list[str]:
    return [action["title"] for action in actions]


def resolved(client: Client, action: Json) -> Json:
    """Request and return the edit of an action."""
    assert "edit" not in action
    answer = client.request("codeAction/resolve", action)
    assert action == {key: value for key, value in answer.items() if key != "edit"}
    return answer["edit"]


def after(edit: Json, text: str = REPORT) -> str:
    (change,) = edit["documentChanges"]
    return edited(text, change["edits"])


def test_it_says_what_kinds_there_are(client: Client) -> None:
    expected = {"codeActionKinds": ["quickfix", "source.fixAll.report-ls"], "resolveProvider": True}
    assert expected == client.server_capabilities["codeActionProvider"]


def test_a_problem_is_fixed_at_its_place(client: Client, uri: str) -> None:
    fix, *_ = actions(client, uri, 4, 3)
    assert ("delete the marker", "quickfix", True) == (fix["title"], fix["kind"], fix["isPreferred"])
    assert [client.pull(uri)["items"][0]] == fix["diagnostics"]
    edit = resolved(client, fix)
    assert {"uri": uri, "version": 1} == edit["documentChanges"][0]["textDocument"]
    assert REPORT.replace("--- question 1 fill here ---\n\n", "") == after(edit)


def test_all_of_a_kind_are_fixed_at_once(client: Client, uri: str) -> None:
    kind = next(action for action in actions(client, uri, 12, 3) if action["title"] == MARKERS)
    assert ("quickfix", None) == (kind["kind"], kind.get("isPreferred"))
    expected = REPORT.replace("--- question 1 fill here ---\n\n", "").replace("--- question 2 fill here ---\n\n", "")
    assert expected == after(resolved(client, kind))


def test_everything_safe_is_fixed_at_once_and_nothing_else(client: Client, uri: str) -> None:
    (everything,) = actions(client, uri, 0, only=["source.fixAll"])
    assert (ALL, "source.fixAll.report-ls") == (everything["title"], everything["kind"])
    assert "diagnostics" not in everything
    edit = resolved(client, everything)
    assert FIXED == after(edit)
    lines = sorted({edit["range"]["start"]["line"] for edit in edit["documentChanges"][0]["edits"]})
    assert [4, 12, 20] == lines, "what stays is not touched, so that the cursor stays too"


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (None, ["delete the marker", MARKERS, ALL]),
        (["quickfix"], ["delete the marker", MARKERS]),
        (["source"], [ALL]),
        (["source.fixAll"], [ALL]),
        (["source.fixAll.report-ls"], [ALL]),
        ([""], ["delete the marker", MARKERS, ALL]),
        (["quickfix.other"], []),
        (["source.fixAll.other", "refactor"], []),
        (["refactor", "quickfix"], ["delete the marker", MARKERS]),
    ],
)
def test_a_client_may_want_some_kinds_only(only: Json, expected: list[str], client: Client, uri: str) -> None:
    context = {} if only is None else {"only": only}
    assert expected == titles(actions(client, uri, 4, 3, **context))


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        (0, 0, 14, [ALL]),
        (4, 28, 28, ["delete the marker", MARKERS, ALL]),
        (6, 0, 0, [ALL]),
        (14, 20, 20, ["correct the path to figures/one.png", ALL]),
        (20, 20, 23, ["delete the dashes", ALL]),
        (26, 8, 9, ["show it as an image", ALL]),
    ],
)
def test_what_is_offered_depends_on_the_place(  # noqa: PLR0913, PLR0917 - a case
    line: int, start: int, end: int, expected: list[str], client: Client, uri: str
) -> None:
    assert expected == titles(actions(client, uri, line, start, end))


def shown(*places: str, source: str | None = "report-ls") -> list[Json]:
    """Return diagnostics that a client shows, with only the properties that the server reads."""
    ranges = [range_of(*map(int, re.split("[:-]", place))) for place in places]
    return [{"range": range_, "source": source} for range_ in ranges]


@pytest.mark.parametrize(
    ("line", "start", "diagnostics", "expected"),
    [
        (26, 0, shown("26:8-26:30"), ["show it as an image", ALL]),
        (26, 42, shown("26:8-26:30"), ["show it as an image", ALL]),
        (4, 28, shown("4:0-4:28"), ["delete the marker", MARKERS, ALL]),
        (14, 0, shown("14:13-14:27", source="other"), [ALL]),
        (14, 0, shown("14:13-14:27", source=None), [ALL]),
        (14, 0, shown("14:13-14:27", "26:8-26:30", "12:0-12:28"), ["correct the path to figures/one.png", ALL]),
        (6, 0, shown("4:0-4:28", "12:0-12:28"), [ALL]),
        (26, 0, [{**shown("26:8-26:30")[0], "severity": 0, "tags": [-1]}], ["show it as an image", ALL]),
    ],
)
def test_a_line_is_fixed_where_the_client_shows_findings_on_it(  # noqa: PLR0913, PLR0917 - a case
    line: int, start: int, diagnostics: Json, expected: list[str], client: Client, uri: str
) -> None:
    assert expected == titles(actions(client, uri, line, start, start, diagnostics=diagnostics))


def test_a_finding_at_a_place_is_fixed_alone(client: Client) -> None:
    uri = client.open_new(REPORT.replace("Here is", "At [one](figures/one.png) and"))
    diagnostics = shown("26:3-26:25", "26:30-26:52")
    one = "show it as an image"
    both = f"{one}, in all 2 places"
    assert [one, both, ALL] == titles(actions(client, uri, 26, 8, 8, diagnostics=diagnostics))
    assert [one, both, one, ALL] == titles(actions(client, uri, 26, 0, 0, diagnostics=diagnostics))


def test_only_what_is_certain_is_preferred(client: Client, uri: str) -> None:
    guess, *_ = actions(client, uri, 14, 20)
    assert ("correct the path to figures/one.png", None) == (guess["title"], guess.get("isPreferred"))
    link, *_ = actions(client, uri, 26, 8)
    assert ("show it as an image", True) == (link["title"], link["isPreferred"])
    assert REPORT.replace("[one](figures/one.png) to", "![one](figures/one.png) to") == after(resolved(client, link))


def test_over_a_whole_report_all_fixes_are_offered(client: Client, uri: str) -> None:
    answer = client.about("codeAction", uri, range=range_of(0, 0, 99, 0), context={"diagnostics": []})
    assert [
        "delete the marker",
        MARKERS,
        "delete the marker",
        "correct the path to figures/one.png",
        "delete the dashes",
        "show it as an image",
        ALL,
    ] == titles(fixes(answer))


@pytest.mark.parametrize(
    ("where", "code", "expected"),
    [
        ("12:0-12:28", "leftover-marker", ["delete the marker"]),
        ("14:13-14:27", "image-not-found", ["correct the path to figures/one.png"]),
        ("2:2-2:9", "answer-too-short", []),
    ],
)
def test_a_client_that_names_one_finding_and_the_whole_report_gets_one_fix(
    where: str, code: str, expected: list[str], client: Client, uri: str
) -> None:
    """Kate 22.12 asks so for Quick Fix, and then makes the edits of all that it gets, one over the other."""
    whole, named = range_of(0, 0, REPORT.count("\n"), 0), [{**shown(where)[0], "code": code}]
    assert expected == titles(client.about("codeAction", uri, range=whole, context={"diagnostics": named}))
    for more in ({"triggerKind": 1}, {"only": ["source.fixAll"]}):
        asked = client.about("codeAction", uri, range=whole, context={"diagnostics": named, **more})
        assert ALL in titles(asked)


def test_a_report_without_problems_offers_nothing(client: Client) -> None:
    good = client.open_new("### Question 1\n> Why? Answer length: 2-20 words.\n> Answer:\n\nBecause of that.\n")
    assert [] == actions(client, good, 0)
    assert [] == actions(client, client.open_new("# No report\n"), 0)
    assert [] == actions(client, "untitled:never-opened.md", 0)


# Edits on request


def test_after_an_edit_an_old_action_is_refused(client: Client, uri: str) -> None:
    fix, *_ = actions(client, uri, 4, 3)
    client.change(uri, 2, (0, 14, 0, 14, " (Anna)"))
    with pytest.raises(ErrorAnswer) as refusal:
        client.request("codeAction/resolve", fix)
    assert (CONTENT_MODIFIED, "the text has changed since") == (refusal.value.code, refusal.value.message)


def test_an_action_of_a_document_that_was_opened_again_is_refused(client: Client, uri: str) -> None:
    """The version and the index of the fix are the same, but the text has changed."""
    fix, *_ = actions(client, uri, 4, 3)
    client.close(uri)
    client.open(uri, f"\n{REPORT}")
    with pytest.raises(ErrorAnswer, match="the text has changed since"):
        client.request("codeAction/resolve", fix)


def test_when_a_picture_has_come_an_old_action_is_refused(client: Client, uri: str) -> None:
    """Text and version are the same, but the fixes have changed."""
    link, *_ = actions(client, uri, 26, 8)
    path = client.folder / "figures/On.png"
    put_picture(path)
    client.save(uri)
    client.expect_pulled(uri, [found for found in FOUND if "image-not-found" not in found])
    with pytest.raises(ErrorAnswer, match="the text has changed since"):
        client.request("codeAction/resolve", link)
    path.unlink()


@pytest.mark.parametrize(
    "data", [None, 5, {}, {"uri": 5}, {"uri": "untitled:never-opened.md"}, {"uri": None, "moment": [], "key": {}}]
)
def test_an_action_that_was_not_offered_is_refused(data: Json, client: Client) -> None:
    with pytest.raises(ErrorAnswer) as refusal:
        client.request("codeAction/resolve", {"title": "x", "data": data})
    assert CONTENT_MODIFIED == refusal.value.code


@pytest.mark.parametrize("key", [None, [], ["fix"], ["fix", 99, 0], ["all", 0], {"fix": 0}, "all"])
def test_an_action_of_another_key_is_refused(key: Json, client: Client, uri: str) -> None:
    fix, *_ = actions(client, uri, 4, 3)
    fix["data"]["key"] = key
    with pytest.raises(ErrorAnswer) as refusal:
        client.request("codeAction/resolve", fix)
    assert CONTENT_MODIFIED == refusal.value.code


# Clients with few capabilities


def test_a_client_that_cannot_wait_gets_the_edits_at_once(tmp_path: Path) -> None:
    takes = pushing(
        textDocument__codeAction={"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        workspace__workspaceEdit={},
    )
    with Client(tmp_path, takes) as client:
        client.initialize()
        assert "resolveProvider" not in {
            key: value for key, value in client.server_capabilities["codeActionProvider"].items() if value
        }
        uri = opened(client)
        fix, kind, everything = actions(client, uri, 4, 3)
        assert "isPreferred" not in fix
        assert "data" not in fix
        assert REPORT.replace("--- question 1 fill here ---\n\n", "") == edited(REPORT, fix["edit"]["changes"][uri])
        assert "question 2 fill here" not in edited(REPORT, kind["edit"]["changes"][uri])
        assert FIXED == edited(REPORT, everything["edit"]["changes"][uri])


@pytest.mark.parametrize("resolving", [None, {"properties": ["command"]}])
def test_a_client_that_cannot_resolve_edits_gets_them_at_once(resolving: Json, tmp_path: Path) -> None:
    with Client(tmp_path, pushing(textDocument__codeAction__resolveSupport=resolving)) as client:
        client.initialize()
        uri = opened(client)
        fix, *_ = actions(client, uri, 4, 3)
        assert REPORT.replace("--- question 1 fill here ---\n\n", "") == after(fix["edit"])


def test_a_client_that_knows_commands_only_gets_no_actions(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(textDocument__codeAction={})) as client:
        client.initialize()
        assert "codeActionProvider" not in client.server_capabilities


PACK = """\
id: own
title: Own
script: {parts: 2}
questions: [{number: 1}, {number: 2}]
"""
LOW = "### Question 1\n> Who?\n> Answer:\n\nWe.\n\n## Question 2\n> Why?\n> Answer:\n\nSo.\n"


ASKED = "### Question 1\n> **Why do you count wasps?**\n>\n> Answer:\n\n"
OTHER = "### Question 2\n> **Where do they live?**\n>\n> Answer:\n\nin a hole\n"
FORM = """\
id: own
title: Own
questions: [{number: 1, prompts: ["88b251303f6b"]}, {number: 2, prompts: [c1a0eef55152]}]
"""


def test_the_template_is_restored_without_asking_for_confirmation(tmp_path: Path) -> None:
    form, text = ASKED + OTHER, ASKED.replace("wasps", "bees") + "because they sting\n\n" + OTHER
    (tmp_path / "own.yaml").write_text(FORM, "utf-8")
    (tmp_path / "form.md").write_text(form, "utf-8")
    (tmp_path / "report-ls.toml").write_text('template = "form.md"\n', "utf-8")
    with Client(tmp_path, capabilities(), options={"settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", text)
        client.expect_pulled(uri, ["1:4-1:25 information prompt-changed"])
        client.eventually(["put the question back as it was"], lambda: titles(actions(client, uri, 1, 6)))
        edit = resolved(client, *actions(client, uri, 1, 6))
        assert text.replace("bees", "wasps") == after(edit, text)
        assert {"documentChanges"} == {key for key, value in edit.items() if value is not None}
        (change,) = edit["documentChanges"][0]["edits"]
        assert {"range", "newText"} == set(change)


PROMPTS = "Why do you count wasps?", "Where do they live?", "What do they eat?", "Who counts them?"
WASPS = "\n".join(f"### Question {n}\n> {prompt}\n>\n> Answer:\n\nso\n" for n, prompt in enumerate(PROMPTS, start=1))


def of_own_pack(client: Client, text: str, found: list[str]) -> str:
    """Open a report of an invented course, with its form beside it, in the client's folder."""
    questions = [{"number": n, "prompts": [fingerprint(prompt)]} for n, prompt in enumerate(PROMPTS, start=1)]
    (client.folder / "own.yaml").write_text(json.dumps({"id": "own", "title": "Own", "questions": questions}), "utf-8")
    (client.folder / "form.md").write_text(WASPS, "utf-8")
    (client.folder / "report-ls.toml").write_text('template = "form.md"\npack = "own.yaml"\n', "utf-8")
    uri = client.write_and_open("report.md", text)
    client.expect_pulled(uri, found)
    return uri


def test_a_prompt_is_put_back_alone_or_with_the_others(pulling: Client) -> None:
    text = WASPS.replace("wasps", "bees").replace("eat", "drink")
    uri = of_own_pack(pulling, text, ["1:2-1:23 information prompt-changed"])
    alone = "put the question back as it was"
    for line, fixed in ((1, text.replace("bees", "wasps")), (15, text.replace("drink", "eat"))):
        one, both = actions(pulling, uri, line, 6)
        assert [alone, f"{alone}, in all 2 places"] == titles([one, both])
        assert fixed == after(resolved(pulling, one), text)
        assert after(resolved(pulling, both), text) == WASPS


def test_linked_pictures_are_shown_alone_or_together(client: Client) -> None:
    links = ["[a](figures/a.png)", "[b](figures/b.png)", "[c](figures/c.png)"]
    questions = (f"### Question {n}\n> {prompt} Insert 1 image.\n> Answer:\n\n" for n, prompt in enumerate(PROMPTS, 1))
    text = "\n".join(f"{question}{link}\n" for question, link in zip(questions, links, strict=False))
    for name in "abc":
        put_picture(client.folder / "figures" / f"{name}.png")
    uri = client.open_new(text)
    client.expect_pulled(uri, [f"{line}:0-{line}:18 error image-as-link" for line in (4, 10, 16)])
    for line, link in zip((4, 10, 16), links, strict=True):
        one, three = actions(client, uri, line, 6)
        assert ["show it as an image", "show it as an image, in all 3 places"] == titles([one, three])
        assert text.replace(link, f"!{link}") == after(resolved(client, one), text)
        assert text.replace("[", "![") == after(resolved(client, three), text)


def test_a_fix_is_offered_only_at_its_own_of_two_equal_numbers(pulling: Client) -> None:
    text = WASPS.replace("Question 4", "Question 3")
    wrong, twice = "22:2-22:17 information prompt-changed", "21:0-21:14 error question-duplicate"
    uri = of_own_pack(pulling, text, [twice, wrong])
    assert [] == actions(pulling, uri, 14, 6)
    (second,) = actions(pulling, uri, 21, 6)
    assert after(resolved(pulling, second), text) == WASPS


def test_all_of_a_kind_holds_the_one_under_the_cursor(client: Client) -> None:
    """A marker between words of code may be meant, so no fix of it is safe."""
    question, marker = "> Why? Answer length: 1-20 words.\n> Answer:\n\n", "--- question 1 fill here ---"
    answers = (f"We ran `grep {marker} x` here.", f"{marker}\n\nSo.", f"{marker}\n\nThus.")
    text = "\n".join(f"### Question {n}\n{question}{answer}\n" for n, answer in enumerate(answers, start=1))
    uri = client.open_new(text)
    client.expect_pulled(
        uri,
        ["4:13-4:41 error leftover-marker", "10:0-10:28 error leftover-marker", "18:0-18:28 error leftover-marker"],
    )
    assert ["delete the marker", ALL] == titles(actions(client, uri, 4, 15))
    assert ["delete the marker", MARKERS, ALL] == titles(actions(client, uri, 10, 15))
    assert text.replace(f"\n{marker}\n", "") == after(resolved(client, actions(client, uri, 10, 15)[1]), text)


def test_two_number_signs_become_three_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    with Client(tmp_path, capabilities(), options={"settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.open_new(LOW)
        client.expect_pulled(uri, ["6:0-6:13 error question-missing"])
        (fix,) = actions(client, uri, 6, 3)
        assert ("give the heading three number signs", True) == (fix["title"], fix["isPreferred"])
        edit = resolved(client, fix)
        assert LOW.replace("\n## ", "\n### ") == after(edit, LOW)
        assert "changeAnnotations" not in edit


@pytest.mark.parametrize("where", ["git", "configuration"])
def test_a_changed_prompt_is_restored_from_a_copy(where: str, tmp_path: Path) -> None:
    form, text = ASKED + OTHER, ASKED.replace("wasps", "bees") + "because they sting\n\n" + OTHER
    (tmp_path / "own.yaml").write_text(FORM, "utf-8")
    if where == "git":
        path = tmp_path / "report.md"
        for content in ("# To do\n", form, text):
            path.write_text(content, "utf-8")
            run_git(tmp_path, "init", "-q")
            run_git(tmp_path, "add", ".")
            run_git(tmp_path, "commit", "-qm", "More")
    else:
        (tmp_path / "form.md").write_text(form, "utf-8")
        (tmp_path / "report-ls.toml").write_text('template = "form.md"\n', "utf-8")
    with Client(tmp_path, capabilities(), options={"settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", text)
        client.expect_pulled(uri, ["1:4-1:25 information prompt-changed"])
        client.eventually(["put the question back as it was"], lambda: titles(actions(client, uri, 1, 6)))
        (fix,) = actions(client, uri, 1, 6)
        assert text.replace("bees", "wasps") == after(resolved(client, fix), text)


def test_columns_of_edits_are_the_client_s(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(general__positionEncodings=["utf-8"])) as client:
        client.initialize()
        text = "### Question 1\n> Insert 1-2 images.\n> Answer:\n\n\U0001f4f7 [one](one.png)\n"
        uri = client.open_new(text)
        client.expect_pulled(uri, ["4:5-4:19 error image-as-link"])
        fix, *_ = actions(client, uri, 4, 6)
        assert [{"range": range_of(4, 5, 4, 5), "newText": "!"}] == resolved(client, fix)["documentChanges"][0]["edits"]


GROUP = """\
### Question 1
> Why? Answer length: 2-20 words.
> Answer:

--- Because we can. ---

### Question 2
> Why? Answer length: 2-20 words.
> Answer:

--- Because we want. ---
"""


TOGETHER = "delete the dashes, in all 2 places"


@pytest.mark.parametrize(("line", "words"), [(4, "Because we can."), (10, "Because we want.")])
def test_of_a_group_each_place_is_fixed_alone_or_all_together(line: int, words: str, client: Client) -> None:
    uri = client.open_new(GROUP)
    client.expect_pulled(uri, ["4:0-4:3 information dashed-answer"])
    alone, together, everything = actions(client, uri, line, 1)
    assert [("delete the dashes", True), (TOGETHER, None), (ALL, None)] == [
        (action["title"], action.get("isPreferred")) for action in (alone, together, everything)
    ]
    assert GROUP.replace(f"--- {words} ---", words) == after(resolved(client, alone), GROUP)
    assert GROUP.replace("--- ", "").replace(" ---", "") == after(resolved(client, together), GROUP)


def test_of_pictures_to_insert_it_is_the_one_that_was_offered(client: Client) -> None:
    """A picture that was added meanwhile changes no diagnostic, but it changes which picture to insert."""
    text = "### Question 1\n> Insert 1-2 images.\n> Answer:\n\nNone, as yet.\n"
    uri = client.write_and_open("insert/report.md", text)
    (client.folder / "insert/figures").mkdir()
    put_picture(client.folder / "insert/figures/two.png")
    client.save(uri)
    client.eventually(["insert figures/two.png"], lambda: titles(actions(client, uri, 2, 3)))
    (fix,) = actions(client, uri, 2, 3)
    expected = text.replace("as yet.", "as yet.\n\n![two](figures/two.png)")
    assert expected == after(resolved(client, fix), text)
    put_picture(client.folder / "insert/figures/one.png")
    client.save(uri)
    both = ["insert figures/one.png", "insert figures/two.png"]
    client.eventually(both, lambda: titles(actions(client, uri, 2, 3)))
    with pytest.raises(ErrorAnswer, match="the text has changed since"):
        client.request("codeAction/resolve", fix)


def test_a_fix_of_several_mistakes_is_offered_once(tmp_path: Path) -> None:
    fence = "```\n![](figures/one.png)\n![](figures/two.png)\n```\n"
    with Client(tmp_path, pushing(), options={"settings": {"pack": "dtu-mlops-2026-01"}}) as client:
        client.initialize(capabilities=pushing(workspace__configuration=None))
        uri = client.write_and_open("report.md", f"### Question 8\n> Show it. Insert 2 images.\n> Answer:\n\n{fence}")
        missing, hidden = "0:0-0:14 error question-missing", "warning image-hidden"
        checklist = "0:0-0:14 warning checklist-missing"
        short = "2:2-2:9 warning answer-too-short"
        client.expect_pushed(uri, [missing, missing, checklist, short, f"5:0-5:20 {hidden}", f"6:0-6:20 {hidden}"])
        place = {"range": range_of(5, 0, 6, 20), "context": {"diagnostics": [], "only": ["quickfix"]}}
        both = [
            action for action in client.about("codeAction", uri, **place) if not action["title"].startswith("ignore ")
        ]
        assert ["make the image visible"] == titles(both)
        for line in (5, 6):
            (one,) = actions(client, uri, line, only=["quickfix"])
            assert line == one["diagnostics"][0]["range"]["start"]["line"]
            assert resolved(client, both[0]) == resolved(client, one)


ANSWER = "### Question 1\n> Show it. Insert 1-2 images.\n> Answer:\n\n![one](figures/one.png)\n"


@pytest.mark.parametrize("lacking", [{}, {"textDocument__codeAction__resolveSupport": None}])
@pytest.mark.parametrize("options", [{}, {"type": "our.type"}])
def test_a_command_of_git_is_typed_by_a_client_that_can(options: Json, lacking: Json, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "figures").mkdir(parents=True)
    put_picture(folder / "figures" / "one.png")
    run_git(tmp_path, "init", "-q")
    (folder / "README.md").write_text(ANSWER, "utf-8")
    run_git(folder, "add", "README.md")
    with Client(folder, capabilities(**lacking), options=options) as client:
        client.initialize()
        uri = client.write_and_open("README.md", ANSWER)
        client.expect_pulled(uri, ["4:7-4:22 warning image-untracked"])
        quick = actions(client, uri, 4, 8, 8, only=["quickfix"])
        command = "git add reports/figures/one.png"
        arguments = [[uri, command]] if options else []
        assert arguments == [action["command"]["arguments"] for action in quick]
        for action in quick:
            assert f"type {command} into a terminal\u2026" == action["title"]
            assert "edit" not in action
            if "data" in action:
                assert action == client.request("codeAction/resolve", action)
        tops = (
            client.request("workspace/executeCommand", {"command": "reportLs.top", "arguments": [document]})
            for document in (uri, "untitled:never-opened.md")
        )
        assert [str(tmp_path.resolve()), None] == [*tops]
