"""In a draft the question that somebody is writing at waits until it is saved, or another one is written at."""

from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities, pushing

REPORT = "".join(
    f"### Question {n}\n> What is {n * 'a'}? Answer length: 3-5 words.\n>\n> Answer:\n\n{answer}\n"
    for n, answer in enumerate(["One.\n", "Two words.\n", "", "", "", "", ""], 1)
)
WAITING = [f"{line}:2-{line}:9 hint unanswered" for line in (17, 23, 29, 35, 41)]


@pytest.mark.parametrize("takes", [capabilities(), pushing()])
def test_what_is_written_at_waits(takes: Json, tmp_path: Path) -> None:
    with Client(tmp_path, takes) as client:
        is_pulling = "diagnosticProvider" in client.initialize()["capabilities"]
        uri = client.open_new(REPORT)

        def expect(first: str, second: str) -> None:
            found = [f"3:2-3:9 {first} answer-too-short", f"10:2-10:9 {second} answer-too-short", *WAITING]
            (client.expect_pulled if is_pulling else client.expect_pushed)(uri, found)

        expect("warning", "warning")
        client.change(uri, 2, (5, 3, 5, 3, " t"))
        expect("hint", "warning")
        client.change(uri, 3, (12, 0, 12, 0, "x"))
        expect("warning", "hint")
        client.save(uri)
        expect("warning", "warning")
        client.change(uri, 4, (5, 5, 5, 5, "wo"), (12, 1, 12, 1, "y"))
        expect("warning", "hint")
        client.change(uri, 5, REPORT)
        expect("warning", "warning")
