"""How far each question is, for status bars; only for clients that asked for it."""

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
            "stage": "final",
            "counts": {"error": 2, "warning": 0, "information": 0, "hint": 0},
            "waiting": 0,
            "lengths": {
                "text": "",
                "words": {"short": 0, "over": 0},
                "images": {"short": 0, "over": 0},
                "questions": [],
            },
            "questions": [
                {
                    "number": 1,
                    "topic": "",
                    "state": "ok",
                    "words": 2,
                    "images": 0,
                    "range": range_of(0, 0, 0, 14),
                },
                {
                    "number": 2,
                    "topic": "",
                    "state": "wrong",
                    "words": 1,
                    "images": 1,
                    "range": range_of(6, 0, 6, 17),
                },
                {
                    "number": 3,
                    "topic": "",
                    "state": "unanswered",
                    "words": 0,
                    "images": 0,
                    "range": range_of(12, 0, 12, 14),
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


def test_the_status_says_once_of_what_is_no_report_that_it_is_none(tmp_path: Path) -> None:
    with Client(tmp_path, pushing(), options={"status": True}) as client:
        client.initialize()
        none = client.open_new("# No report\n")
        client.change(none, 2, {"text": "# Still none\n"})
        report = client.open_new(REPORT)
        client.until(lambda: report in {told["uri"] for told in client.of("reportLs/status")}, "the report's status")
        told = [(told["uri"], told["pack"], len(told["questions"])) for told in client.of("reportLs/status")]
        assert [(none, None, 0)] == [one for one in told if one[0] == none]
        assert {(report, "generic", 3)} == {one for one in told if one[0] == report}


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
            "stage": None,
            "counts": {"error": 0, "warning": 0, "information": 0, "hint": 0},
            "waiting": 0,
            "lengths": None,
            "questions": [],
        }
        client.until(lambda: client.of("reportLs/status")[-1] == nothing, "an empty status")
        client.change(uri, 3, "# More notes\n")
        client.change(uri, 4, REPORT)
        client.until(lambda: client.of("reportLs/status")[-1]["version"] == 4, "the status of a report")
        assert [2, 4] == [told["version"] for told in client.of("reportLs/status") if told["version"] > 1]


def test_the_folder_of_pictures_is_that_of_the_pack(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text('{id: ours, title: Ours, images: {folder: "our plates/2027/"}}\n', "utf-8")
    settings = {"pack": "ours.yaml"}
    with Client(tmp_path, capabilities(), options={"status": True}, settings=settings) as client:
        client.initialize()
        client.open_new(REPORT)
        client.until(lambda: [told["pack"] for told in client.of("reportLs/status")][-1:] == ["ours"], "the status")
        assert "our plates/2027" == client.of("reportLs/status")[-1]["folder"]
