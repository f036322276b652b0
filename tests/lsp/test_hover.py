"""Hover shows what is asked, what is there, and the size of a picture; and no markup from a file name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsp.client import Client, Json, capabilities, place
from markdown_it import MarkdownIt
from support.pictures import png, put_picture

PACK = """\
id: own
title: Own
images: {folder: figures}
script: {parts: 4}
questions:
  - {number: 1, topic: use_of_it, words: 5-20}
  - {number: 2, topic: results, words: 0-50, images: 2-3}
  - {number: 3, words: 4-, images: 1}
  - {number: 4}
"""

REPORT = """\
### Question 1
> What does it do?
>
> Answer:

--- question 1 fill here ---

It sorts.

### Question 2 (Anna)
> Show your results.
>
> Answer:

\U0001f4f7 ![one](figures/one.png), ![two](figures/tow.png), ![three](https://example.org/3.png)

### Question 3
> Why?
>
> Answer:

Because of that.

### Question 4
> Anything else?
>
> Answer:

No.
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client whose reports are judged by an invented pack."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.yaml").write_text(PACK, "utf-8")
    (folder / "figures").mkdir()
    (folder / "figures/one.png").write_bytes(png(n_extra=12_345 - len(png())))
    (folder / "figures/two.png").write_bytes(png(n_extra=999 - len(png())))
    with Client(folder, capabilities(), options={"settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.open_new(REPORT)
        client.eventually(True, lambda: client.at("hover", uri, 9, 5) is not None)  # The pack has been read.
        client.close(uri)
        yield client


@pytest.fixture(scope="module")
def report(own: Client) -> str:
    """The report above, open and judged by its pack."""
    uri = own.write_and_open("report.md", REPORT)
    expected = [
        "3:2-3:9 warning answer-too-short",
        "5:0-5:28 error leftover-marker",
        "14:35-14:50 error image-not-found",
        "14:62-14:87 warning image-remote",
        "19:2-19:9 error too-few-images",
        "19:2-19:9 warning answer-too-short",
        "19:2-19:9 information image-unused",
    ]
    own.expect_pulled(uri, expected)
    return uri


def hover(client: Client, uri: str, line: int, character: int) -> str:
    """Return a hover as text with its diagnostics, after checking that these are the diagnostics at that place."""
    answer = client.at("hover", uri, line, character)
    assert "markdown" == answer["contents"]["kind"]
    paragraphs = answer["contents"]["value"].split("\n\n")
    if paragraphs[-1].startswith("- "):
        # The question's name is the head of the hover.
        messages = {
            f"- {_WORDS[item['severity']]}: {re.sub('^Q[0-9]+: ', '', item['message'])}"
            for item in client.pull(uri)["items"]
        }
        said = paragraphs.pop().split("\n")
        assert messages >= {re.sub(r"\\(.)", r"\1", line) for line in said}
        paragraphs += [line.partition(":")[0] for line in said]
    return "\n".join(paragraphs)


_WORDS = {1: "error", 2: "warning", 3: "information", 4: "hint"}


def test_on_a_question_it_says_what_is_asked_and_what_is_there(own: Client, report: str) -> None:
    expected = """\
**Question 1: use\\_of\\_it**, needs work
2 words of 5-20 `████░░░░░░`
The course's script will count 8 words and 0 images (see `leftover-marker`).
- warning
- error"""
    assert expected == hover(own, report, 0, 5)


def test_it_names_the_pictures_that_are_there_and_those_that_are_not(own: Client, report: str) -> None:
    expected = """\
**Question 2: results**, needs work
4 words of up to 50 `░░░░░░░░░░`
3 images of 2-3 `██████████`: `figures/one.png`, `figures/tow.png` (not found), `https://example.org/3.png`
The course's script will count the same.
- error
- warning"""
    assert expected == hover(own, report, 9, 5)


def test_an_image_without_a_target_is_said_to_name_no_file(own: Client) -> None:
    uri = own.open_new(REPORT.replace("(figures/one.png)", "()").replace("(figures/tow.png)", "(#x)"))
    said = "\n3 images of 2-3 `██████████`: no file, no file, `https://example.org/3.png`\n"
    assert said in hover(own, uri, 9, 5)
    assert hover(own, uri, 14, 5).startswith("no file\n- error")


def test_a_finding_is_listed_wherever_it_has_a_place(own: Client) -> None:
    uri = own.write_and_open("untold.md", REPORT.replace("![three]", "![]").replace("No.", "![](figures/one.png)."))
    assert "\n- hint" in hover(own, uri, 9, 5)
    assert hover(own, uri, 25, 5).endswith("\n- hint"), "it stands at the image above"
    assert hover(own, uri, 28, 5).endswith("\n- hint")
    assert "- hint" not in hover(own, uri, 16, 5)


def test_a_limit_may_have_no_upper_bound(own: Client, report: str) -> None:
    expected = """\
**Question 3**, needs work
3 words of at least 4 `███████░░░`
0 images of 1 `░░░░░░░░░░`
The course's script will count the same.
- error
- warning
- information"""
    assert expected == hover(own, report, 16, 0)


def test_a_question_that_asks_nothing_is_just_counted(own: Client, report: str) -> None:
    assert "**Question 4**, ok\n1 word\nThe course's script will count the same." == hover(own, report, 25, 4)


@pytest.mark.parametrize(
    ("line", "character", "range_"),
    [
        (0, 0, "0:0-0:14"),
        (0, 14, "0:0-0:14"),
        (1, 3, "0:14-3:0"),
        (2, 0, "0:14-3:0"),
        (3, 2, "3:2-3:9"),
        (3, 9, "3:2-3:9"),
        (9, 20, "9:0-9:21"),
        (14, 3, "14:3-14:26"),
        (14, 24, "14:3-14:26"),
    ],
)
def test_it_says_of_which_place_it_speaks(line: int, character: int, range_: str, own: Client, report: str) -> None:
    assert range_ == place(own.at("hover", report, line, character)["range"])


@pytest.mark.parametrize(("line", "character"), [(5, 3), (7, 2), (8, 0), (14, 1), (99, 0)])
def test_in_an_answer_there_is_nothing_to_say(line: int, character: int, own: Client, report: str) -> None:
    assert own.at("hover", report, line, character) is None


def test_on_a_picture_it_shows_it_and_its_size(own: Client, report: str) -> None:
    uri = (own.folder / "figures/one.png").as_uri()
    expected = f"![preview]({uri}|width=320)\n`figures/one.png`, 12 kB, 3 \u00d7 4"
    own.eventually(expected, lambda: hover(own, report, 14, 10))


def test_on_a_picture_that_is_not_there_it_says_why(own: Client, report: str) -> None:
    assert "`figures/tow.png`\n- error" == hover(own, report, 14, 30)
    said = own.at("hover", report, 14, 30)["contents"]["value"].partition("\n\n")[2]
    assert said.startswith("- error: there is no file figures/tow.png beside the report")


def test_of_an_answer_that_may_be_left_out_nothing_is_asked(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK.replace("words: 4-, images: 1", "words: 0-"), "utf-8")
    with Client(tmp_path, capabilities(), options={"settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.eventually(True, lambda: client.at("hover", uri, 17, 5) is not None)  # The pack has been read.
        at_heading = client.at("hover", uri, 17, 5)["contents"]["value"]
        assert "**Question 3**, ok\n\n3 words\n\nThe course's script will count the same." == at_heading


def test_a_client_that_shows_problems_itself_gets_only_the_others(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    options = {"settings": {"pack": "own.yaml"}, "hoversProblems": True}
    with Client(tmp_path, capabilities(), options=options) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        at_heading = "**Question 3**, needs work\n3 words of at least 4 `███████░░░`\n0 images of 1 `░░░░░░░░░░`"
        script = "The course's script will count the same."
        both = f"{at_heading}\n{script}\n- error\n- warning"
        client.eventually(True, lambda: client.at("hover", uri, 16, 3) is not None)
        assert both == hover(client, uri, 16, 3)
        assert "`figures/tow.png`" == hover(client, uri, 14, 36)
        assert "`figures/tow.png`\n- error" == hover(client, uri, 14, 30)
        assert f"{at_heading}\n{script}" == hover(client, uri, 19, 4)


def test_a_hint_counts_as_shown_only_where_vs_code_draws_its_dots(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    settings = {"pack": "own.yaml", "severity": {"image-not-found": "hint"}}
    with Client(tmp_path, capabilities(), options={"settings": settings, "hoversProblems": True}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.eventually(True, lambda: client.at("hover", uri, 16, 3) is not None)
        path = REPORT.split("\n")[14].index("figures/tow.png") + 1  # The camera has two units.
        assert ["`figures/tow.png`"] * 3 == [hover(client, uri, 14, path + n) for n in range(3)]
        assert ["`figures/tow.png`\n- hint"] * 2 == [hover(client, uri, 14, path + n) for n in (-1, 3)]


def test_a_picture_elsewhere_is_not_looked_at(own: Client, report: str) -> None:
    assert "`https://example.org/3.png` is not a file beside the report\n- warning" == hover(own, report, 14, 70)


def test_a_picture_outside_the_folder_is_not_looked_at(own: Client) -> None:
    put_picture(own.folder.parent / "secret.png")
    uri = own.write_and_open("outside.md", REPORT.replace("figures/one.png", "../secret.png"))
    own.eventually("`../secret.png`\n- warning", lambda: hover(own, uri, 14, 10))


def test_the_script_may_refuse_the_whole_report(own: Client) -> None:
    uri = own.open_new(REPORT.replace("> Show your results.\n>\n> Answer:\n", "> Show your results.\n"))
    assert "\nThe course's script refuses this report: it finds 3 answers.\n" in hover(own, uri, 0, 5)


def test_in_what_is_no_report_and_in_a_pack_it_is_silent(own: Client) -> None:
    readme = own.open_new("# Question of life\n\n![one](figures/one.png)\n")
    assert own.at("hover", readme, 0, 4) is None
    assert own.at("hover", readme, 2, 4) is None
    pack = own.open((own.folder / "own.yaml").as_uri(), PACK)
    assert own.at("hover", pack, 4, 4) is None
    assert own.at("hover", "untitled:never-opened.md", 0, 0) is None


@pytest.mark.parametrize("formats", [None, [], ["plaintext"]])
def test_a_client_that_shows_no_markdown_gets_plain_text(formats: Json, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    takes = capabilities(textDocument__hover={"contentFormat": formats} if formats else {})
    with Client(tmp_path, takes, options={"settings": {"pack": "own.yaml"}}) as client:
        client.initialize()
        uri = client.write_and_open("report.md", REPORT)
        client.eventually(True, lambda: client.at("hover", uri, 0, 5) is not None)  # The pack has been read.
        assert "plaintext" == client.at("hover", uri, 0, 5)["contents"]["kind"]
        expected = [
            "Question 1: use_of_it, needs work",
            "2 words of 5-20 ████░░░░░░",
            "The course's script will count 8 words and 0 images (see leftover-marker).",
        ]
        client.eventually(expected, lambda: plain(client, uri, 0, 5)[:-1])
        problems = client.at("hover", uri, 0, 5)["contents"]["value"].split("\n\n")[-1].split("\n")
        assert ["- warning", "- error"] == [problem.partition(":")[0] for problem in problems]
        client.eventually(["figures/one.png"], lambda: plain(client, uri, 14, 10)[:-1])


def plain(client: Client, uri: str, line: int, character: int) -> list[str]:
    return str(client.at("hover", uri, line, character)["contents"]["value"]).split("\n\n")


SMUGGLED = [
    "%5Bclick%5D%28https:%2F%2Fevil.example%29.png",
    "![click](https://evil.example)",
    "&lt;a/href='https://evil.example'&gt;click&lt;/a&gt;",
    "%3Ca%20href=%27https:%2F%2Fevil.example%27%3Eclick%3C%2Fa%3E",
    "%3Chttps:%2F%2Fevil.example%3E",
    "www.evil.example/click.png",
    "figures/WWW.evil.example",
    "a/https:%2F%2Fevil.example",
    "me@evil.example",
    "mailto:me@evil.example",
    "a%60%5Bclick%5D%28https:%2F%2Fevil.example%29%60b.png",
    "a%0A%0A%5Bclick%5D%28https:%2F%2Fevil.example%29.png",
    "a%0D%0D%5Bclick%5D%28https:%2F%2Fevil.example%29.png",
    "a%0A%0A%23%20Heading",
    "a%5C%60%5Bclick%5D%28https:%2F%2Fevil.example%29",
    "a%E2%80%A8%E2%80%A9%C2%85%0B%0C%5Bclick%5D%28https:%2F%2Fevil.example%29",
    "**bold**_and_~~struck~~",
    "&#91;click](https://evil.example)",
]


@pytest.mark.parametrize("target", SMUGGLED)
def test_a_file_name_smuggles_nothing_in(target: str, own: Client) -> None:
    uri = own.open_new(REPORT.replace("(figures/one.png)", f"({target})"))
    for line, character in ((9, 5), (14, 5)):
        answer = own.at("hover", uri, line, character)
        for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(answer["contents"]["value"]):
            assert token.type.partition("_")[0] in ("paragraph", "inline", "bullet", "list")
            for child in token.children or ():
                assert child.type in ("text", "softbreak", "strong_open", "strong_close", "code_inline"), answer


@pytest.mark.parametrize("target", SMUGGLED)
def test_no_address_in_a_file_name_becomes_a_link(target: str, own: Client) -> None:
    """Some clients make links of bare addresses, but not if their characters are escaped."""
    uri = own.open_new(REPORT.replace("(figures/one.png)", f"({target})"))
    for line, character in ((9, 5), (14, 5)):
        value = own.at("hover", uri, line, character)["contents"]["value"]
        outside_code = "".join(value.split("`")[::2])
        for address in ("://", "www.", "WWW."):
            assert address not in outside_code
        assert "@" not in outside_code.replace("\\@", "")
