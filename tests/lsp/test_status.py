"""How far each question is, for status bars; only for clients that asked for it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities, pushing, range_of

REPORT = """\
### Question 1
> Why? Answer length: 2-20 words.
> Answer:

We sort.

### Question 2 \U0001f4f7
> Insert 1-2 images.
> Answer:

![one](figures/one.png)

### Question 3
> How? Answer length: 2-20 words.
> Answer:
"""


@pytest.mark.parametrize("takes", [capabilities(), pushing(), {}])
def test_a_client_that_asked_is_told_after_each_analysis(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes, options={"status": True}) as client:
        client.initialize()
        uri = client.open_new(REPORT, version=4)
        expected = {
            "uri": uri,
            "version": 4,
            "pack": "generic",
            "nearest": None,
            "note": "",
            "folder": "figures",
            "extensions": [],
            "off": [],
            "stage": "final",
            "counts": {"error": 2, "warning": 0, "information": 0, "hint": 0},
            "answered": [2, 3],
            "missing": [],
            "waiting": 0,
            "lengths": {
                "text": "",
                "words": {"short": 0, "over": 0},
                "images": {"short": 0, "over": 0},
                "questions": [],
            },
            "counted": [],
            "questions": [
                {
                    "number": 1,
                    "topic": "",
                    "state": "ok",
                    "words": 2,
                    "images": 0,
                    "progress": "2 words ✓",
                    "counts": "2 of 2–20 words",
                    "range": range_of(0, 0, 0, 14),
                    "answer": {"line": 4, "character": 0},
                },
                {
                    "number": 2,
                    "topic": "",
                    "state": "wrong",
                    "words": 1,
                    "images": 1,
                    "progress": "1 word · 1 image ✓",
                    "counts": "1 word · 1 of 1–2 images",
                    "range": range_of(6, 0, 6, 17),
                    "answer": {"line": 10, "character": 0},
                },
                {
                    "number": 3,
                    "topic": "",
                    "state": "unanswered",
                    "words": 0,
                    "images": 0,
                    "progress": "0 words, 2 to go",
                    "counts": "0 of 2–20 words",
                    "range": range_of(12, 0, 12, 14),
                    "answer": {"line": 15, "character": 0},
                },
            ],
        }
        client.until(lambda: client.of("reportLs/status")[-1:] == [expected], "the status")
        client.change(uri, 9, (15, 0, 15, 0, "\nWell.\n"))
        client.until(lambda: [9] == [told["version"] for told in client.of("reportLs/status")][-1:], "the next status")
        told = client.of("reportLs/status")[-1]
        assert {"error": 1, "warning": 1, "information": 0, "hint": 0} == told["counts"]
        assert ["ok", "wrong", "wrong"] == [question["state"] for question in told["questions"]]
        assert told["lengths"] == {
            "text": "1 word short of the recommended lengths in 1 answer",
            "words": {"short": 1, "over": 0},
            "images": {"short": 0, "over": 0},
            "questions": [{"number": 3, "words": -1, "images": 0}],
        }


@pytest.mark.parametrize("options", [None, {"status": 1}, ["status"]])
def test_others_are_told_nothing(options: Json, tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), options=options) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        client.expect_pushed(uri, ["10:7-10:22 error image-not-found", "14:2-14:9 error unanswered"])
        client.stop()
        assert [] == client.of("reportLs/status")


def test_the_status_says_once_that_a_text_is_no_report(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), options={"status": True}) as client:
        client.initialize()
        none = client.open_new("# No report\n")
        client.change(none, 2, {"text": "# Still none\n"})
        report = client.open_new(REPORT)
        client.until(lambda: report in {told["uri"] for told in client.of("reportLs/status")}, "the report's status")
        told = [(told["uri"], told["pack"], len(told["questions"])) for told in client.of("reportLs/status")]
        assert [(none, None, 0)] == [status for status in told if status[0] == none]
        assert {(report, "generic", 3)} == {status for status in told if status[0] == report}


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_what_is_no_report_any_more_has_no_questions(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes, options={"status": True}) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        client.wait_for("reportLs/status")
        client.change(uri, 2, "# Notes\n")
        nothing = {
            "uri": uri,
            "version": 2,
            "pack": None,
            "nearest": None,
            "note": "",
            "folder": None,
            "extensions": [],
            "off": [],
            "stage": None,
            "counts": {"error": 0, "warning": 0, "information": 0, "hint": 0},
            "answered": [0, 0],
            "missing": [],
            "waiting": 0,
            "lengths": None,
            "counted": [],
            "questions": [],
        }
        client.until(lambda: client.of("reportLs/status")[-1] == nothing, "an empty status")
        client.change(uri, 3, "# More notes\n")
        client.change(uri, 4, REPORT)
        client.until(lambda: client.of("reportLs/status")[-1]["version"] == 4, "the status of a report")
        assert [2, 4] == [told["version"] for told in client.of("reportLs/status") if told["version"] > 1]


def test_what_is_switched_off_is_said(tmp_path: Path) -> None:
    (tmp_path / "report-ls.toml").write_text(
        '[severity]\nmojibake = "off"\n"unanswered@3" = "off"\nimage-text = "hint"\n', "utf-8"
    )
    settings = {"severity": {"image-unused": "off"}}
    with Client(tmp_path, capabilities(), options={"status": True}, settings=settings) as client:
        client.initialize()
        client.write_and_open("report.md", REPORT)
        expected = ["image-unused", "mojibake", "unanswered@3"]
        client.until(lambda: [told["off"] for told in client.of("reportLs/status")][-1:] == [expected], "the status")


def test_the_folder_of_pictures_is_that_of_the_pack(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        '{id: ours, title: Ours, images: {folder: "our plates/2027/", extensions: [png]}}\n', "utf-8"
    )
    settings = {"pack": "ours.yaml"}
    with Client(tmp_path, capabilities(), options={"status": True}, settings=settings) as client:
        client.initialize()
        client.open_new(REPORT)
        client.until(lambda: [told["pack"] for told in client.of("reportLs/status")][-1:] == ["ours"], "the status")
        told = client.of("reportLs/status")[-1]
        assert ("our plates/2027", ["png"]) == (told["folder"], told["extensions"])


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_what_the_course_counts_is_said(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(COUNTING, "utf-8")
    for name in ("report.md", "scale.py", "weigh.py"):
        (tmp_path / name).write_text("", "utf-8")
    for command in (("init", "-q"), ("add", "scale.py", "report.md")):
        subprocess.run(("git", "-C", tmp_path, *command), check=True)  # noqa: S607 - the one of the user
    boxes = "* [x] We have scales\n" + "* [ ] We have bees\n" * 4 + "\n"
    with Client(tmp_path, pushing(), options={"status": True}, settings={"pack": "ours.yaml"}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", boxes + REPORT)

        def is_told(n_ticked: int) -> None:
            counts = [
                f"{n_ticked} of 5 boxes of the checklist are ticked",
                "the course's scraper (as of January 2026) counts 1 script",
            ]
            client.until(lambda: [counts] == [told["counted"] for told in client.of("reportLs/status")][-1:], "counts")

        is_told(1)
        client.change(uri, 2, (1, 0, 1, 19, "* [x] We have bees\n"))
        is_told(2)


COUNTING = """\
id: ours
title: Ours
checklist: [{key: scales, label: [{words: 3, fingerprint: "0123456789ab"}]}]
scraper: {since: 2026-01, report: report.md, counts: [{noun: script, holds: [.py]}]}
"""

ASKED = """\
id: asked
title: Asked
questions:
  - {number: 1, topic: bread, words: 2-3}
  - {number: 2, topic: cheese, words: 2-3, images: 1-2}
  - {number: 3, topic: salt}
  - {number: 4, topic: butter, words: 2-}
  - {number: 5, topic: cream, words: 0-3}
  - {number: 6, topic: jam, words: 0-}
"""


@pytest.mark.parametrize(
    ("number", "answer", "progress"),
    [
        (1, "", "0 words, 2 to go"),
        (1, "one", "1 word, 1 to go"),
        (1, "one two", "2 words ✓"),
        (1, "one two three", "3 words ✓"),
        (1, "one two three four", "4 words, 1 too many"),
        (1, "one\n\n![two](a.png)", "2 words ✓ · 1 image"),
        (2, "one two", "2 words ✓ · 0 images, 1 to go"),
        (2, "one\n\n![two](a.png)", "2 words ✓ · 1 image ✓"),
        (2, "![a](a.png)\n![a](a.png)\n![a](a.png)", "3 words ✓ · 3 images, 1 too many"),
        (3, "", "0 words"),
        (3, "--- question 3 fill here ---", "not answered"),
        (3, "one", "1 word"),
        (4, "one", "1 word, 1 to go"),
        (4, "one two three four", "4 words ✓"),
        (5, "--- question 5 fill here ---", "not answered"),
        (5, "", "0 words ✓"),
        (5, "one", "1 word ✓"),
        (6, "one", "1 word ✓"),
    ],
)
def test_of_each_answer_is_said_what_is_there_and_what_is_to_go(
    number: int, answer: str, progress: str, tmp_path: Path
) -> None:
    (tmp_path / "asked.yaml").write_text(ASKED, "utf-8")
    settings = {"pack": "asked.yaml"}
    with Client(tmp_path, capabilities(), options={"status": True}, settings=settings) as client:
        client.initialize()
        client.open_new(f"### Question {number}\n> Why?\n> Answer:\n\n{answer}\n")
        client.until(lambda: [told["pack"] for told in client.of("reportLs/status")][-1:] == ["asked"], "the status")
        told = client.of("reportLs/status")[-1]
        assert [progress] == [question["progress"] for question in told["questions"]]
        if number == 6:
            assert ["1 word"] == [question["counts"] for question in told["questions"]]
        assert [int(told["questions"][0]["state"] != "unanswered"), 6] == told["answered"]
        missing = {1: "bread", 2: "cheese", 3: "salt", 4: "butter", 5: "cream", 6: "jam"}
        del missing[number]
        assert missing == {question["number"]: question["topic"] for question in told["missing"]}


@pytest.mark.parametrize(
    ("below", "line"),
    [
        ("\n\nWe sort.\n", 4),
        ("\n\n\n\n  We sort.\n", 6),
        ("\n\n--- question 1 fill here ---\n", 4),
        ("\n\n\n\n### Question 2\n> Answer:\n", 4),
        ("\n\n", 4),
        ("\r\n\r\n\r\n", 4),
        ("\n", 3),
    ],
)
def test_the_place_of_an_answer_is_where_one_goes_on_writing(below: str, line: int, tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(), options={"status": True}) as client:
        client.initialize()
        client.open_new(f"### Question 1\n> Answer length: 2-20 words.\n> Answer:{below}")
        client.wait_for("reportLs/status")
        place = client.of("reportLs/status")[-1]["questions"][0]["answer"]
        assert {"line": line, "character": 2 if "  " in below else 0} == place
