"""The user learns that no pack knows the form, but not by a diagnostic, because the user cannot fix it."""

from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities, pushing, range_of
from report_ls.packs.limits import Limit
from support.course_scripts import Style, functions
from support.unknown_form import LIKE, SENTENCE


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path, capabilities(), options={"status": True})


def test_the_first_question_has_a_hint(client: Client) -> None:
    with client:
        client.initialize()
        uri = client.open_new(LIKE)
        hints = client.about("inlayHint", uri, range=range_of(0, 0, 99, 0))
        assert hints[0] == {
            "position": {"line": 2, "character": 14},
            "label": "new form",
            "tooltip": SENTENCE,
            "paddingLeft": True,
        }
        assert ["6 / 3\u201320 words", "3 words", "2 words \u00b7 0 / 1\u20132 images"] == [
            hint["label"] for hint in hints[1:]
        ]
        _, *rest = client.about("inlayHint", uri, range=range_of(3, 0, 18, 0))
        assert ["3 words"] == [hint["label"] for hint in rest]


def test_a_form_without_any_limit_has_another_hint(client: Client) -> None:
    with client:
        client.initialize()
        questions = (
            f"### Question {number}\n> What of {number} bees?\n>\n> Answer:\n\n{'Very ' * number}well.\n"
            for number in range(1, 6)
        )
        uri = client.open_new("\n".join(questions))
        hint, *rest = client.about("inlayHint", uri, range=range_of(0, 0, 99, 0))
        assert "lengths not judged" == hint["label"]
        assert [f"{number} words" for number in range(2, 7)] == [hint["label"] for hint in rest]
        sentence = "the questions name no numbers of words or pictures, so lengths are not checked"
        assert sentence == hint["tooltip"]
        client.until(lambda: [sentence] == [told["note"] for told in client.of("reportLs/status")], "the status")
        assert [("generic", None)] == [(told["pack"], told["nearest"]) for told in client.of("reportLs/status")]
        assert [] == client.of("window/logMessage")


def test_hover_says_where_a_limit_comes_from(client: Client) -> None:
    def said(line: int) -> list[str]:
        text: str = client.at("hover", uri, line, 5)["contents"]["value"]
        return text.split("\n\n")[1:3]

    with client:
        client.initialize()
        uri = client.open_new(LIKE)
        assert "6 words of 3-20, as the question says `██████████`" == said(2)[0]
        assert "3 words" == said(13)[0]
        assert ["2 words", "0 images of 1-2, as the question says `░░░░░░░░░░`"] == said(22)


def second(client: Client, uri: str) -> str:
    """Return what a hover says about the length of the second question."""
    text: str = client.at("hover", uri, 13, 5)["contents"]["value"]
    return text.split("\n\n")[1]


def test_hover_names_the_course_s_script(client: Client, tmp_path: Path) -> None:
    script = functions([(Limit(3, 20), None), (Limit(5, 9), None), (None, Limit(1, 2))], Style())
    (tmp_path / "report.py").write_text(script, "utf-8")
    with client:
        client.initialize()
        uri = client.write_and_open("report.md", LIKE)
        client.eventually("3 words of 5-9, as the course's script says `██████░░░░`", lambda: second(client, uri))


def test_a_script_that_comes_later_is_noticed(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "report.py"
    with client:
        client.initialize()
        uri = client.write_and_open("report.md", LIKE)
        assert "3 words" == second(client, uri)
        path.write_text(functions([(Limit(3, 20), None), (Limit(5, 9), None), (None, Limit(1, 2))], Style()), "utf-8")
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 1}]})
        client.eventually("3 words of 5-9, as the course's script says `██████░░░░`", lambda: second(client, uri))
        path.unlink()
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 3}]})
        client.eventually("3 words", lambda: second(client, uri))


def test_the_status_names_the_nearest_edition(client: Client) -> None:
    with client:
        client.initialize()
        client.open_new(LIKE)
        client.until(lambda: len(client.of("reportLs/status")) == 1, "the status")
        (told,) = client.of("reportLs/status")
        assert ("unknown", "dtu-mlops-2026-01", SENTENCE) == (told["pack"], told["nearest"], told["note"])


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_the_log_says_it_once_for_each_document(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes, options={"status": True}) as client:
        client.initialize()
        first, second = client.open_new(LIKE), client.open_new(LIKE)
        client.change(first, 2, (9, 0, 9, 0, "Well: "))
        client.change(first, 3, "# Notes\n")
        client.change(first, 4, LIKE)
        latest = {first: 4, second: 1}
        client.until(
            lambda: latest == {told["uri"]: told["version"] for told in client.of("reportLs/status")}, "both statuses"
        )
        client.stop()
        assert sorted(f"{uri}: {SENTENCE}" for uri in (first, second)) == sorted(
            params["message"] for params in client.of("window/logMessage") if params["type"] == 3
        )
