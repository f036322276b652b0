"""Inlay hints show the counts of each question at its answer label, if the settings ask for them."""

from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities, range_of

PACK = """\
id: own
title: Own
questions:
  - {number: 1, topic: purpose, words: 5-20}
  - {number: 2, words: 0-200, images: 1-3}
  - {number: 3, words: 4-, images: 1}
  - {number: 4}
"""
REPORT = """\
### Question 1
> What does it do?
> Answer:

It sorts photos.

### Question 2
> **Answer:** here

![one](figures/one.png) and ![two](figures/two.png)

### Question 3
> Why?
> Answer:

Why not ask somebody else?

### Question 4
> Anything else?

No label, no hint.
"""
HOW = "Words are counted: every piece between white space is one."


def hint(line: int, character: int, label: str, tooltip: str) -> Json:
    return {
        "position": {"line": line, "character": character},
        "label": label,
        "tooltip": f"{tooltip} {HOW}",
        "paddingLeft": True,
    }


def test_counts_stand_behind_the_labels(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    with Client(tmp_path, capabilities(), options={"settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.open_new(REPORT)

        def hints(range_: Json) -> Json:
            return client.about("inlayHint", uri, range=range_)

        expected = [
            hint(2, 9, "3 / 5\u201320 words", "Question 1: purpose, needs work."),
            hint(7, 11, "5 / up to 200 words \u00b7 2 / 1\u20133 images", "Question 2, needs work."),
            hint(13, 9, "5 / at least 4 words \u00b7 0 / 1 image", "Question 3, needs work."),
        ]
        client.eventually(expected, lambda: hints(range_of(0, 0, 99, 0)))
        assert expected[1:2] == hints(range_of(7, 0, 12, 0))
        assert expected[:1] == hints(range_of(2, 9, 2, 9))
        assert [] == hints(range_of(3, 0, 5, 0))
        client.change(uri, 2, (4, 0, 4, 0, "Well: "))
        expected[0] = hint(2, 9, "4 / 5\u201320 words", "Question 1: purpose, needs work.")
        assert expected == hints(range_of(0, 0, 99, 0))


def test_without_a_limit_only_the_count_is_shown(shared: Client) -> None:
    uri = shared.open_new("### Question 1\n> Insert 1-2 images.\n> Answer:\n\nNone.\n")
    expected = [hint(2, 9, "1 word \u00b7 0 / 1\u20132 images", "Question 1, needs work.")]
    assert expected == shared.about("inlayHint", uri, range=range_of(0, 0, 9, 0))


def test_a_setting_turns_them_off_and_on(tmp_path: Path) -> None:
    with Client(tmp_path, capabilities(), settings={"hints": False}) as client:
        client.initialize()
        uri = client.open_new("### Question 1\n> Insert 1-2 images.\n> Answer:\n\nNone.\n")
        client.eventually([], lambda: client.about("inlayHint", uri, range=range_of(0, 0, 9, 0)))
        n_refreshes = len(client.of("workspace/inlayHint/refresh"))
        client.settings = {"hints": True}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.wait_for("workspace/inlayHint/refresh", n_refreshes + 1)
        assert 1 == len(client.about("inlayHint", uri, range=range_of(0, 0, 9, 0)))


def test_what_is_no_report_has_none(shared: Client) -> None:
    uri = shared.open_new("> Answer:\n\nNone.\n")
    assert [] == shared.about("inlayHint", uri, range=range_of(0, 0, 9, 0))
    assert [] == shared.about("inlayHint", "untitled:never-opened.md", range=range_of(0, 0, 9, 0))


@pytest.mark.parametrize("takes", [{}, {"textDocument": {}}])
def test_a_client_without_inlay_hints_gets_none(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes) as client:
        client.initialize()
        assert "inlayHintProvider" not in client.server_capabilities
