"""The outline of a report: its sections and questions, with their counts."""

from pathlib import Path

from lsp.client import Client, Json, capabilities, place, range_of

REPORT = """\
# Our report

## The group

> Who we are.

### Question 1
> Why? Answer length: 2-20 words.
> Answer:

\U0001f4f7 we sort.

### Question 2 (Anna)
> Insert 1-2 images.
> Answer:

--- question 2 fill here ---

## The work

### Question 3
> How? Answer length: 2-20 words.
> Answer:

Slowly.
"""


def flat(symbols: Json, depth: int = 0) -> list[str]:
    lines = []
    for symbol in symbols:
        kind = {3: "section", 8: "question"}[symbol["kind"]]
        detail = f" ({symbol['detail']})" if "detail" in symbol else ""
        places = f"{place(symbol['range'])}, {place(symbol['selectionRange'])}"
        lines.append(f"{'  ' * depth}{kind} {symbol['name']}{detail} {places}")
        lines += flat(symbol.get("children") or [], depth + 1)
    return lines


def test_questions_stand_in_their_sections(shared: Client) -> None:
    uri = shared.open_new(REPORT)
    assert [
        "section The group 2:0-18:0, 2:0-2:12",
        "  question Question 1 (ok, 3 / 2\u201320 words) 6:0-12:0, 6:0-6:14",
        "  question Question 2 (not answered, 0 words \u00b7 0 / 1\u20132 images) 12:0-18:0, 12:0-12:21",
        "section The work 18:0-25:0, 18:0-18:11",
        "  question Question 3 (needs work, 1 / 2\u201320 words) 20:0-25:0, 20:0-20:14",
    ] == flat(shared.about("documentSymbol", uri))


def test_without_sections_questions_stand_alone(shared: Client) -> None:
    uri = shared.open_new("### Question 1\r\n> Why? Answer length: 2-20 words.\r\n> Answer:\r\n\r\nSo.\r\n")
    assert ["question Question 1 (needs work, 1 / 2\u201320 words) 0:0-5:0, 0:0-0:14"] == flat(
        shared.about("documentSymbol", uri)
    )


def test_a_section_without_a_title_has_some_name(shared: Client) -> None:
    uri = shared.open_new("##\n\n### Question 1\n> Why? Answer length: 2-20 words.\n> Answer:\n\nSo.\n")
    assert "section" == shared.about("documentSymbol", uri)[0]["name"]


def test_every_range_holds_its_selection_and_its_children(shared: Client) -> None:
    def check(symbols: Json, outer: Json) -> None:
        for symbol in symbols:
            range_, selection = symbol["range"], symbol["selectionRange"]
            for inside, around in ((selection, range_), (range_, outer)):
                assert tuple(around["start"].values()) <= tuple(inside["start"].values())
                assert tuple(inside["end"].values()) <= tuple(around["end"].values())
            check(symbol.get("children") or [], range_)

    check(shared.about("documentSymbol", shared.open_new(REPORT)), range_of(0, 0, 99, 0))


def test_what_is_no_report_has_none(shared: Client) -> None:
    assert [] == shared.about("documentSymbol", shared.open_new("## A\n\n### B\n"))
    assert [] == shared.about("documentSymbol", "untitled:never-opened.md")


def test_a_client_that_knows_no_tree_gets_a_list(tmp_path: Path) -> None:
    takes = capabilities(textDocument__documentSymbol={})
    with Client(tmp_path, takes) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        assert [
            {
                "name": "Question 1 (3 / 2\u201320 words)",
                "kind": 8,
                "location": {"uri": uri, "range": range_of(6, 0, 6, 14)},
            },
            {
                "name": "Question 2 (0 words \u00b7 0 / 1\u20132 images)",
                "kind": 8,
                "location": {"uri": uri, "range": range_of(12, 0, 12, 21)},
            },
            {
                "name": "Question 3 (1 / 2\u201320 words)",
                "kind": 8,
                "location": {"uri": uri, "range": range_of(20, 0, 20, 14)},
            },
        ] == client.about("documentSymbol", uri)
