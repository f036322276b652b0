"""Diagnostics: pushed or pulled, with only the properties that each client supports."""

from itertools import permutations
from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities, place, pushing, range_of
from report_ls.project.packs import rules_folder

REPORT = """\
### Question 1
> What does it do? Answer length: 5-20 words.
>
> Answer:

\U0001f4f7 \U0001f4f7 sorts photos of you and me. ---

### Question 2
> Show your result. Insert 1-2 images.
>
> Answer:

--- question 2 fill here ---

So it looks: \U0001f4f7 ![result](result.png)
"""

FOUND = [
    "5:34-5:37 information dashed-answer",
    "12:0-12:28 error leftover-marker",
    "14:26-14:36 error image-not-found: Q2: there is no file result.png beside the report: add it, or correct the name",
]


def test_they_are_pushed_to_a_client_that_does_not_ask(shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(REPORT, version=7)
    shared_pushed.expect_pushed(uri, FOUND, version=7)
    assert "diagnosticProvider" not in shared_pushed.server_capabilities


def test_they_are_answered_to_a_client_that_asks_and_not_pushed(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(), options={"status": True}) as client:
        client.initialize()
        assert {
            "identifier": "report-ls",
            "interFileDependencies": False,
            "workspaceDiagnostics": True,
            "workDoneProgress": True,
        } == client.server_capabilities["diagnosticProvider"]
        uri = client.open_new(REPORT)
        client.expect_pulled(uri, FOUND)
        client.change(uri, 2, (14, 0, 14, 0, "And: "))
        client.expect_pulled(uri, [*FOUND[:2], "14:31-14:41 error image-not-found"])
        client.until(lambda: [2] == [params["version"] for params in client.of("reportLs/status")][-1:], "the status")
        client.close(uri)
        client.expect_pulled(uri, [])
        client.stop()
        assert [] == client.of("textDocument/publishDiagnostics")


# The properties that each client supports

DASHES = "### Question 1\n> Why?\n>\n> Answer:\n\n--- Because of that. ---\n"
DASHES_FOUND: Json = {
    "range": range_of(5, 0, 5, 3),
    "message": "Q1: these dashes are left over from the template and count as words: delete them",
    "severity": 3,
    "code": "dashed-answer",
    "source": "report-ls",
}
PACK = """\
id: own
title: Own
questions: [{number: 1, topic: reason}]
"""


def own_pack(folder: Path, text: str = PACK) -> Json:
    """Write a pack and return the options that force it."""
    (folder / "own.yaml").write_bytes(text.encode())
    return {"settings": {"pack": "own.yaml"}}


def test_a_client_that_takes_everything_gets_everything(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), options=own_pack(tmp_path)) as client:
        client.initialize()
        uri = client.open_new(DASHES)
        item = client.expect_pushed(uri, ["5:0-5:3 information dashed-answer"])["diagnostics"][0]
        expected = DASHES_FOUND | {
            "codeDescription": {"href": f"{rules_folder().joinpath('README.md').as_uri()}#dashed-answer"},
            "tags": [1],
            "relatedInformation": [
                {"location": {"uri": uri, "range": range_of(5, 21, 5, 24)}, "message": "the dashes at the other end"}
            ],
            "data": {"question": 1},
        }
        assert expected == item


@pytest.mark.parametrize("is_pulling", [True, False])
def test_a_client_that_takes_nothing_gets_the_bare_diagnostic(is_pulling: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    pulling: Json = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    taken = pulling if is_pulling else {}
    with Client(tmp_path, taken, options=own_pack(tmp_path)) as client:
        client.initialize()
        uri = client.open_new(DASHES, version=3)
        expected = ["5:0-5:3 information dashed-answer"]
        if is_pulling:
            client.expect_pulled(uri, expected)
            items = client.pull(uri)["items"]
        else:
            pushed = client.expect_pushed(uri, expected)
            assert "version" not in pushed
            items = pushed["diagnostics"]
        assert [DASHES_FOUND] == items


def test_a_client_that_shows_no_other_places_is_told_their_lines(tmp_path: Path) -> None:
    taken = pushing(textDocument__publishDiagnostics__relatedInformation=None)
    picture = "![](https://example.org/1.png)"
    rest = f"> Why? Answer length: 1-20 words.\n>\n> Answer:\n\nSo: {picture}\n\n"
    answers = [f"### Question {number}\n{rest}" for number in range(1, 4)]
    with Client(tmp_path, taken) as client:
        client.initialize()
        said = "this image has no text: say in a few words what it shows"
        found = "5:4-5:7 hint image-text: "
        remote = [f"{line}:8-{line}:33 warning image-remote" for line in (5, 12, 19)]
        uri = client.open_new("".join(answers))
        client.expect_pushed(uri, [f"{found}{said} (3 places); also in lines 13 and 20", *remote])
        client.change(uri, 2, (12, 0, 12, 0, "\n"))
        remote[1:] = [f"{line}:8-{line}:33 warning image-remote" for line in (13, 20)]
        client.expect_pushed(uri, [f"{found}{said} (3 places); also in lines 14 and 21", *remote])
        client.change(uri, 3, f"{answers[0]}{picture}\n")
        remote = [remote[0], "7:4-7:29 warning image-remote"]
        client.expect_pushed(uri, [f"{found}Q1: {said} (2 places); also in line 8", *remote])
        client.change(uri, 4, answers[0].replace("So: ", f"So: {picture} "))
        remote = [remote[0], "5:39-5:64 warning image-remote"]
        client.expect_pushed(uri, [f"{found}Q1: {said} (2 places)", *remote])


def test_a_client_that_pulls_gets_everything_too(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(), options=own_pack(tmp_path)) as client:
        client.initialize()
        uri = client.open_new(DASHES)
        client.expect_pulled(uri, ["5:0-5:3 information dashed-answer"])
        keys = {
            "range",
            "message",
            "severity",
            "code",
            "source",
            "codeDescription",
            "tags",
            "relatedInformation",
            "data",
        }
        assert keys == set(client.pull(uri)["items"][0])


def test_the_page_of_each_code_is_there() -> None:
    page = rules_folder().joinpath("README.md").read_text("utf-8")
    assert "\n### dashed-answer\n" in page or "\n## dashed-answer\n" in page


@pytest.mark.parametrize(("explain", "href"), [("ours:/{code}.md", "ours:/dashed-answer.md"), (5, None)])
def test_a_client_may_show_the_page_of_a_code_in_its_own_way(explain: Json, href: str | None, tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(), options={"explain": explain}) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        client.expect_pulled(uri, FOUND)
        expected = href or f"{rules_folder().joinpath('README.md').as_uri()}#dashed-answer"
        hrefs = {item["code"]: item["codeDescription"]["href"] for item in client.pull(uri)["items"]}
        assert expected == hrefs["dashed-answer"]


def test_what_came_with_report_ls_is_no_report(shared_pushed: Client) -> None:
    """The page of the checks, which shows reports in fences, is no report; nor are other pages beside it."""
    page = rules_folder().joinpath("README.md")
    uri = shared_pushed.open(page.as_uri(), page.read_text("utf-8"))
    beside = shared_pushed.open(page.with_name("other.md").as_uri(), REPORT)
    elsewhere = shared_pushed.write_and_open("rules/README.md", page.read_text("utf-8"))
    shared_pushed.expect_pushed(shared_pushed.open_new(REPORT), FOUND)
    assert [[], [], []] == [shared_pushed.pushes(document) for document in (uri, beside, elsewhere)]


# Columns

UNITS = {"utf-8": (9, 4), "utf-16": (5, 2), "utf-32": (3, 1)}


@pytest.mark.parametrize("encoding", UNITS)
def test_columns_are_counted_as_was_agreed(encoding: str, tmp_path: Path) -> None:
    with Client(tmp_path, pushing(general__positionEncodings=[encoding, "utf-16"])) as client:
        client.initialize()
        assert encoding == client.server_capabilities["positionEncoding"]
        for newline in ("\n", "\r\n", "\r"):
            start, width = UNITS[encoding]
            text = "### Question 1\n> Show it. Insert 1-2 images.\n>\n> Answer:\n\n\U0001f4f7\U0001f4f7 ![a](a.png)\n"
            uri = client.open_new(text.replace("\n", newline))
            client.expect_pushed(uri, [f"5:{start + 5}-5:{start + 10} error image-not-found"])
            client.change(uri, 2, (5, width, 5, 2 * width, "x"), (5, width, 5, width + 1, "yz"))
            start += 2 - width
            client.expect_pushed(uri, [f"5:{start + 5}-5:{start + 10} error image-not-found"], version=2)


@pytest.mark.parametrize("offered", [None, [], ["utf-7", "utf-32"]])
def test_columns_are_utf_16_unless_something_else_is_known(offered: Json, tmp_path: Path) -> None:
    with Client(tmp_path, pushing(general__positionEncodings=offered)) as client:
        client.initialize()
        assert ("utf-32" if offered and "utf-32" in offered else "utf-16") == client.server_capabilities[
            "positionEncoding"
        ]


# Edits


def test_edits_are_made_one_after_the_other(shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(REPORT)
    shared_pushed.change(uri, 5, (12, 0, 14, 0, ""), (12, 0, 12, 0, "a\nb"), (12, 0, 13, 1, ""))
    shared_pushed.expect_pushed(uri, [FOUND[0], "12:26-12:36 error image-not-found"], version=5)
    shared_pushed.change(uri, 4, "", DASHES, {"range": range_of(5, 21, 5, 24), "rangeLength": 3, "text": ""})
    shared_pushed.change(uri, 0, {"text": REPORT})
    shared_pushed.expect_pushed(uri, FOUND, version=0)


@pytest.mark.parametrize("order", [*permutations((2, 3, 4))])
def test_edits_are_made_in_the_order_of_their_versions(order: tuple[int, ...], shared_pushed: Client) -> None:
    """Helix 25.01 sometimes sends the two edits of one key the other way round."""
    uri = shared_pushed.open_new(REPORT)
    edits: dict[int, Json] = {2: (12, 0, 14, 0, ""), 3: (12, 0, 12, 0, "ab"), 4: (12, 0, 12, 1, "")}
    for version in order:
        shared_pushed.change(uri, version, edits[version])
    shared_pushed.expect_pushed(uri, [FOUND[0], "12:27-12:37 error image-not-found"], version=4)
    shared_pushed.change(uri, 6, (12, 0, 12, 0, "c"))
    shared_pushed.change(uri, 7, REPORT)
    shared_pushed.change(uri, 5, "")
    shared_pushed.expect_pushed(uri, FOUND, version=7)


def test_edits_of_a_client_that_skips_versions_are_made_as_they_come(shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(REPORT)
    for version in range(3, 43, 2):
        shared_pushed.change(uri, version, (14, 0, 14, 0, "x"))
    shared_pushed.change(uri, 2, (14, 0, 14, 0, "xx"))
    shared_pushed.expect_pushed(uri, [*FOUND[:2], "14:48-14:58 error image-not-found"], version=2)


def test_of_many_edits_at_once_the_last_is_judged(shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(REPORT)
    for version in range(2, 102):
        shared_pushed.change(uri, version, (14, 0, 14, 0, "x"))
    shared_pushed.expect_pushed(uri, [*FOUND[:2], "14:126-14:136 error image-not-found"], version=101)
    versions = [params["version"] for params in shared_pushed.pushes(uri)]
    assert versions == sorted(set(versions))


def test_a_change_of_a_document_that_is_not_open_is_ignored(pushed: Client) -> None:
    pushed.change("untitled:never.md", 1, REPORT)
    pushed.save("untitled:never.md")
    pushed.close("untitled:never.md")
    uri = pushed.open_new(REPORT)
    pushed.expect_pushed(uri, FOUND)
    assert [] == pushed.pushes("untitled:never.md")
    pushed.stderr_expected = "report-ls: WARNING: a change of a document that is not open\n"


# Opening and closing documents


def test_in_markdown_that_is_no_report_it_is_silent(shared_pushed: Client) -> None:
    readme = shared_pushed.open_new("# A project\n\n![](nowhere.png)\n\n--- question 1 fill here ---\n")
    empty = shared_pushed.open_new("")
    report = shared_pushed.open_new(REPORT)
    shared_pushed.change(readme, 2, (0, 0, 0, 0, "Read this: "))
    shared_pushed.save(readme)
    shared_pushed.change(report, 2, (14, 0, 14, 0, "x"))
    shared_pushed.expect_pushed(report, [*FOUND[:2], "14:27-14:37 error image-not-found"], version=2)
    shared_pushed.close(readme)
    last = shared_pushed.open_new(REPORT)
    shared_pushed.expect_pushed(last, FOUND)
    assert [] == shared_pushed.pushes(readme)
    assert [] == shared_pushed.pushes(empty)


def test_what_is_no_report_has_no_diagnostics_to_pull(shared: Client) -> None:
    uri = shared.open_new("# A project\n")
    assert {"kind": "full", "resultId": "0", "items": []} == shared.pull(uri)
    assert {"kind": "full", "resultId": "0", "items": []} == shared.pull("untitled:never-opened.md")


def test_a_text_may_become_a_report_stop_and_become_one_again(shared_pushed: Client) -> None:
    """As when the whole text is cut and pasted back."""
    uri = shared_pushed.open_new("")
    shared_pushed.change(uri, 2, REPORT)
    shared_pushed.expect_pushed(uri, FOUND, version=2)
    shared_pushed.change(uri, 3, "")
    shared_pushed.expect_pushed(uri, [], version=3)
    shared_pushed.change(uri, 4, REPORT)
    shared_pushed.expect_pushed(uri, FOUND, version=4)


def test_they_are_cleared_on_close(shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(REPORT)
    shared_pushed.expect_pushed(uri, FOUND)
    shared_pushed.close(uri)
    shared_pushed.expect_pushed(uri, [])


def test_a_report_that_is_renamed_is_told_under_its_new_name_alone(shared_pushed: Client) -> None:
    uri = shared_pushed.write_and_open("renamed/report.md", REPORT)
    shared_pushed.expect_pushed(uri, FOUND)
    (shared_pushed.folder / "renamed/report.md").unlink()
    shared_pushed.close(uri)
    other = shared_pushed.write_and_open("renamed/final.md", REPORT)
    shared_pushed.expect_pushed(other, FOUND)
    assert [] == shared_pushed.pushes(uri)[-1]["diagnostics"]


def test_opening_again_what_is_open_starts_anew(shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(REPORT)
    shared_pushed.expect_pushed(uri, FOUND)
    shared_pushed.open(uri, "# No report any more\n")
    shared_pushed.expect_pushed(uri, [])


@pytest.mark.parametrize(
    ("opened", "other"),
    [
        ("file:///c%3A/Users/me/my%20report.md", "file:///C:/Users/me/my%20report.md"),
        ("file:///nowhere/r%C3%B8d%2Egr%C3%B8d.md", "file:///nowhere/r\u00f8d.gr\u00f8d.md"),
        ("file:///nowhere/a%28b%29.md", "file:///nowhere/a(b).md"),
        ("file://localhost/nowhere/a.md", "file:///nowhere/a.md"),
        ("file:///nowhere/b.md", "file://LOCALHOST/nowhere/b.md"),
    ],
)
def test_two_spellings_of_a_uri_are_one_document(opened: str, other: str, shared_pushed: Client) -> None:
    shared_pushed.open(opened, REPORT.replace("result.png", "~/a.png"))
    shared_pushed.expect_pushed(opened, [*FOUND[:2], "14:26-14:33 error image-not-found"])
    shared_pushed.change(other, 2, (14, 0, 14, 0, "x"))
    shared_pushed.expect_pushed(opened, [*FOUND[:2], "14:27-14:34 error image-not-found"], version=2)
    shared_pushed.close(other)
    shared_pushed.expect_pushed(opened, [])
    assert [] == shared_pushed.pushes(other)


# Pulling again


def test_what_has_not_changed_is_not_sent_again(shared: Client) -> None:
    uri = shared.open_new(REPORT)
    shared.expect_pulled(uri, FOUND)
    first = shared.pull(uri)
    assert "full" == first["kind"]
    assert {"kind": "unchanged", "resultId": first["resultId"]} == shared.pull(uri, first["resultId"])
    shared.change(uri, 2, (15, 0, 15, 0, "\nAnd more.\n"))
    assert {"kind": "unchanged", "resultId": first["resultId"]} == shared.pull(uri, first["resultId"])
    shared.change(uri, 3, (14, 0, 14, 0, "x"))
    second = shared.pull(uri, first["resultId"])
    assert "full" == second["kind"]
    assert first["resultId"] != second["resultId"]
    assert "full" == shared.pull(uri, "nonsense")["kind"]


def test_what_was_said_of_a_text_is_not_what_is_said_of_another(shared: Client) -> None:
    """A client may still have an id after the document was closed."""
    uri = shared.open_new(REPORT)
    shared.expect_pulled(uri, FOUND)
    first = shared.pull(uri)["resultId"]
    shared.close(uri)
    assert {"kind": "full", "resultId": "0", "items": []} == shared.pull(uri, first)
    shared.open(uri, REPORT.replace("result.png", "other.png"))
    report = shared.pull(uri, first)
    assert "full" == report["kind"]
    assert ["5:34-5:37", "12:0-12:28", "14:26-14:35"] == [place(item["range"]) for item in report["items"]]


# Stages

UNANSWERED = "### Question {}\n> Why? Answer length: 5-20 words.\n>\n> Answer:\n\n"


@pytest.mark.parametrize(("n_unanswered", "severity"), [(4, "error"), (5, "hint")])
def test_with_many_questions_to_answer_it_is_a_draft(n_unanswered: int, severity: str, shared_pushed: Client) -> None:
    uri = shared_pushed.open_new("".join(UNANSWERED.format(number + 1) for number in range(n_unanswered)))
    expected = [f"{5 * number + 3}:2-{5 * number + 3}:9 {severity} unanswered" for number in range(n_unanswered)]
    shared_pushed.expect_pushed(uri, expected)


# Packs

WORDS = "### Question 1\n> Why?\n>\n> Answer:\n\nBecause of that.\n"
ASKING_FIVE, ASKING_TWO = (f"id: own\ntitle: Own\nquestions: [{{number: 1, words: {n}-9}}]\n" for n in (5, 2))
TOO_SHORT = ["3:2-3:9 warning answer-too-short"]
BROKEN = "id: own\ntitle: Own\nquestions:\n  - {number: 1, word: 5}\n"
BROKEN_FOUND = (
    '3:16-4:0 error -: there is no key "word" here, only number, topic, title, given, unsure, words, images, prompts, '
    'whole, group-number, study-number, names, counts, links, mentions; did you mean "words"?'
)


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_a_broken_pack_shows_its_mistake_and_the_old_one_counts(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes, options=own_pack(tmp_path, ASKING_FIVE)) as client:
        is_pulling = "diagnosticProvider" in client.initialize()["capabilities"]

        def expect(expected: list[str]) -> None:
            if is_pulling:
                client.expect_pulled(uri, expected)
            else:
                client.expect_pushed(uri, expected)

        pack = (tmp_path / "own.yaml").as_uri()
        uri = client.open_new(WORDS)
        expect(TOO_SHORT)
        own_pack(tmp_path, BROKEN)
        client.save(uri)
        client.expect_pushed(pack, [BROKEN_FOUND])
        expect(TOO_SHORT)
        own_pack(tmp_path, "id: [")
        client.save(uri)
        client.until(lambda: len(client.pushes(pack)) == 2, "the other fault")
        expect(TOO_SHORT)
        own_pack(tmp_path, ASKING_TWO)
        client.save(uri)
        client.expect_pushed(pack, [])
        expect([])
        assert 3 == len(client.pushes(pack))


def test_a_pack_that_was_broken_from_the_start_is_not_used(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), options=own_pack(tmp_path, BROKEN)) as client:
        client.initialize()
        client.expect_pushed((tmp_path / "own.yaml").as_uri(), [BROKEN_FOUND])
        uri = client.open_new(REPORT)
        client.expect_pushed(uri, FOUND)
        client.settings = {}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.expect_pushed((tmp_path / "own.yaml").as_uri(), [])


@pytest.mark.parametrize("is_folder", [False, True])
def test_what_is_said_of_a_broken_pack_goes_with_it(is_folder: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    with Client(tmp_path, pushing(), options=own_pack(tmp_path, BROKEN)) as client:
        client.initialize()
        pack = tmp_path / "own.yaml"
        client.expect_pushed(pack.as_uri(), [BROKEN_FOUND])
        pack.unlink()
        if is_folder:
            pack.mkdir()
        client.save(client.open_new(REPORT))
        client.expect_pushed(pack.as_uri(), [])


def test_a_pack_that_is_not_there_is_a_word_in_the_log(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), settings={}) as client:
        client.initialize()
        for number, (name, message) in enumerate(
            (
                ("no-such-pack", "there is no pack and no file no-such-pack; the packs are dtu-mlops-2022-12"),
                ("no/such.yaml", "there is no pack and no file no/such.yaml; the packs are dtu-mlops-2022-12"),
                (".", ". cannot be read: "),
                ("a\0b.yaml", "a\0b.yaml cannot be read: embedded null byte"),
                ("\ud83d.yaml", "\ufffd.yaml cannot be read: "),
            )
        ):
            client.settings = {"pack": name}
            client.notify("workspace/didChangeConfiguration", {"settings": None})
            assert client.wait_for("window/logMessage", number + 1)["message"].startswith(f"reportLs.pack: {message}")
            client.expect_pushed(client.open_new(REPORT), FOUND)


def test_a_pack_by_its_id_is_used_whatever_the_report_looks_like(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), options={"settings": {"pack": "generic"}}) as client:
        client.initialize()
        client.expect_pushed(
            client.open_new(WORDS.replace("Because of that.", "--- question 1 fill here ---")),
            ["5:0-5:28 error unanswered"],
        )


def test_another_pack_judges_everything_anew(tmp_path: Path) -> None:
    own_pack(tmp_path, ASKING_FIVE)
    with Client(tmp_path, pushing(), settings={"pack": "own.yaml"}) as client:
        client.initialize()
        uri = client.open_new(WORDS)
        client.expect_pushed(uri, TOO_SHORT)
        client.settings = {}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.expect_pushed(uri, [])


# W8: documents without a folder

FILES = """\
### Question 1
> Show it. Insert 1-4 images.
>
> Answer:

![a](figures/one.png) ![b](/one.png) ![c](~/two.png) [d](three.png)
"""
ON_ONE_COMPUTER = (
    "5:42-5:51 error image-not-found: Q1: this picture is only on your own computer, so others do not see it: "
    "save it in figures/ and name it here"
)


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "git:/home/me/report.md?%7B%22ref%22%3A%22~%22%7D",
        "vscode-notebook-cell:/home/me/report.ipynb#W0sZmlsZQ",
        "buffer://12/report.md",
    ],
)
def test_nothing_is_said_of_files_where_there_is_no_folder(uri: str, shared_pushed: Client) -> None:
    shared_pushed.open(uri, FILES)
    found = "5:53-5:67 hint image-as-link: Q1: this is a link, so the picture does not show: write ! before the ["
    shared_pushed.expect_pushed(uri, [ON_ONE_COMPUTER, found])


def test_a_folder_that_is_not_there_holds_no_files(shared_pushed: Client) -> None:
    uri = shared_pushed.open_new(FILES)
    missing = [f"5:{place} error image-not-found" for place in ("5-5:20", "27-5:35")]
    shared_pushed.expect_pushed(uri, [*missing, ON_ONE_COMPUTER, "5:53-5:67 hint image-as-link"])


def test_the_folder_of_a_file_on_localhost_is_read(pushed: Client) -> None:
    pushed.folder.joinpath("figures").mkdir()
    pushed.folder.joinpath("figures/one.png").write_bytes(b"")
    uri = pushed.folder.joinpath("report.md").as_uri().replace("file:///", "file://localhost/")
    pushed.open(uri, FILES.replace(" ![b](/one.png) ![c](~/two.png) [d](three.png)", ""))
    pushed.expect_pushed(uri, ["5:5-5:20 error image-format: Q1: figures/one.png is empty: save the picture again"])
