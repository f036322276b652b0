"""In an editor, a form whose headings are the questions is a report as any other is."""

from pathlib import Path

from lsp.client import Client, pushing, range_of
from lsp.test_symbols import flat
from report_ls.authoring.titled_draft import titled_draft
from report_ls.base.text import SourceText

REPORT = """\
# Bees

<!-- report-ls: answers below ### headings, in place of "Write here" -->

## Home

### Hives

> Where? 2-5 words.

In a wood.

### Honey

Write here
"""


def test_hints_symbols_and_hover_know_its_titles(shared: Client) -> None:
    uri = shared.open_new(REPORT)
    hints = shared.about("inlayHint", uri, range=range_of(0, 0, 99, 0))
    assert [(6, 9, "3 / 2–5 words"), (12, 9, "0 words")] == [
        (hint["position"]["line"], hint["position"]["character"], hint["label"]) for hint in hints
    ]
    assert hints[0]["tooltip"] == "Question 1: Hives, ok. Words are counted: every piece between white space is one."
    assert [
        "section Home 4:0-15:0, 4:0-4:7",
        "  question Question 1: Hives (ok, 3 / 2–5 words) 6:0-12:0, 6:0-6:9",
        "  question Question 2: Honey (not answered, 0 words) 12:0-15:0, 12:0-12:9",
    ] == flat(shared.about("documentSymbol", uri))
    hover = shared.at("hover", uri, 6, 5)["contents"]["value"]
    assert ["**Question 1: Hives**, ok", "3 words of 2-5, as the question says `██████████`"] == hover.split("\n\n")


def test_a_configured_pack_of_titles_counts_while_the_user_types(tmp_path: Path) -> None:
    drafted = titled_draft(SourceText(REPORT.replace("In a wood.", "Write here")), "form.md")
    assert drafted is not None
    (tmp_path / "bees.yaml").write_text(drafted, "utf-8")
    (tmp_path / "report-ls.toml").write_text('pack = "bees.yaml"\nstage = "final"\n', "utf-8")
    with Client(tmp_path, pushing()) as client:
        client.initialize()
        uri = client.write_and_open("bees.md", REPORT.replace("<!--", "<!-- no "))
        client.expect_pushed(uri, ["14:0-14:10 error unanswered: Honey: not answered yet"])
        client.change(uri, 2, {"text": "# Bees\n\n## Honey\n\nPlenty.\n\n#### Hives\n\nIn a big wood.\n"})
        client.expect_pushed(uri, [], 2)
        client.change(uri, 3, {"text": "# Bees\n\n## Honey\n\nPlenty.\n\n#### Hives\n\nWood.\n"})
        client.expect_pushed(
            uri, ["6:0-6:10 warning answer-too-short: Hives: 1 word, but 2-5 are asked: 1 word is missing"], 3
        )
