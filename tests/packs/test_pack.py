"""A wrong pack is answered with its place and what is allowed; a report gets the pack of its edition."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from report_ls.base.diagnostic import Severity
from report_ls.base.text import SourceText
from report_ls.data.error import DataError
from report_ls.data.yaml import read
from report_ls.packs.limits import Limit
from report_ls.packs.pack import Ask, ExamplePicture, Origin, Pack, PromptWording
from report_ls.packs.pack_file import _first_fault
from report_ls.packs.prompt_limits import images_in, words_in
from report_ls.packs.recognise import recognise
from report_ls.packs.schema import SCHEMA
from report_ls.project.packs import parse_pack, read_pack
from report_ls.report.fingerprints import fingerprint, prompt_fingerprint
from report_ls.report.form import Filler, Form
from report_ls.report.outline import outline
from report_ls.report.report import read_report

RULES = Path(__file__).parents[2] / "rules"

FULL = """\
# A comment does no harm.
id: pottery-2031
title: Pottery for engineers
since: 2031-02
marker: "<< {number} >>"
fillers: [{words: 2, fingerprint: 0123456789ab}]
sections: ["001122334455"]
collects: all/reports/
images:
  folder: pictures/
  extensions: [png, gif]
  examples: [{bytes: 7, sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}]
script: {parts: 2, cut: 7}
handin: python-markdown
handin-cut: 5
severities:
  answer-too-short: off
  answer-too-long@2: "off"
  too-few-images: hint
questions:
  - {number: 1, topic: clay, words: 100-200, images: 1}
  - number: 2
    words: 50-
    images: 0-3
    prompts: ["aabbccddeeff"]
    whole: [{words: 3, fingerprint: ffeeddccbbaa}]
    group-number: ["##"]
    study-number: ["s##", "###"]
    names: members
  - number: 3
"""


def test_every_key_of_a_pack_is_read() -> None:
    expected = Pack(
        id="pottery-2031",
        title="Pottery for engineers",
        since="2031-02",
        form=Form(
            marker="<< {number} >>",
            fillers=(Filler(2, "0123456789ab"),),
            sections=frozenset({"001122334455"}),
            expected_answers=2,
            skipped_characters=7,
        ),
        collects="all/reports",
        folder="pictures",
        extensions=("png", "gif"),
        examples=(ExamplePicture(7, "0123456789abcdef" * 4),),
        handin="python-markdown",
        page_skips_characters=5,
        asks=(
            Ask(1, "clay", Limit(100, 200), Limit(1, 1)),
            Ask(
                2,
                "",
                Limit(50, None),
                Limit(0, 3),
                ("aabbccddeeff",),
                (PromptWording(3, "ffeeddccbbaa"),),
                ("##",),
                ("s##", "###"),
                names_members=True,
            ),
            Ask(3),
        ),
        severities={"answer-too-short": None, "answer-too-long@2": None, "too-few-images": Severity.HINT},
    )
    assert expected == parse_pack(FULL, "pottery.yaml")


def test_a_pack_needs_no_more_than_an_id_and_a_title() -> None:
    assert Pack(id="a", title="b") == parse_pack("id: a\ntitle: b\n", "a.yaml")


def test_a_folder_may_be_one_in_another() -> None:
    pack = parse_pack("id: a\ntitle: b\nimages: {folder: report/my.figures}\n", "a.yaml")
    assert ("report/my.figures", "report/my.figures", ()) == (pack.folder, pack.picture_folder, pack.extensions)


def test_without_images_there_is_no_rule_of_them() -> None:
    pack = parse_pack("id: a\ntitle: b\n", "a.yaml")
    assert (None, "figures", ()) == (pack.folder, pack.picture_folder, pack.extensions)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert parse_pack(FULL, "a.yaml") == parse_pack("\ufeff" + FULL.replace("\n", "\r\n"), "a.yaml")


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_packs_of_this_project_load_and_are_named_like_their_files(path: Path) -> None:
    assert path.stem == parse_pack(path.read_text("utf-8"), str(path)).id


START = "id: a\ntitle: b\n"
QUESTION_KEYS = (
    "number, topic, title, given, unsure, words, images, prompts, whole, group-number, study-number, names, counts, "
    "links, mentions"
)
KEYS = (
    "id, title, since, marker, fillers, opening, tolerance, unsure, sections, collects, images, script, handin, "
    "handin-cut, scraper, checklist, severities, questions"
)
A_LIMIT = "expected a limit such as 100-200, 100- (no upper bound), 1 (exactly one) or ~750 (about)"

WRONG = {
    # Not YAML.
    "a colon in a text": ("id: a: b\n", "1:6: this is not YAML: mapping values are not allowed in this context"),
    "an open bracket": (
        START + "questions: [\n",
        "4:1: this is not YAML: did not find expected node content while parsing a flow node",
    ),
    "an open quote": (
        "id: 'a\n",
        "2:1: this is not YAML: found unexpected end of stream while scanning a quoted scalar",
    ),
    "a tab before a key": (
        START + "images:\n\tfolder: x\n",
        "4:1: this is not YAML: found character that cannot start any token while scanning for the next token",
    ),
    "a control character": (START + "marker: é\x07\n", "3:10: this is not YAML: there is a control character"),
    "half of a surrogate pair": ("id: \ud800\n", "1:5: this is not YAML: there is a control character"),
    "an alias of nothing": ("id: *a\n", "1:5: a pack has no aliases; write out what *a stands for"),
    # YAML, but no pack.
    "an empty file": ("", "1:1: this file is empty; a pack needs at least the keys id and title"),
    "a file of comments": ("# soon\n", "1:1: this file is empty; a pack needs at least the keys id and title"),
    "a list at the top": (
        "# mine\n- a\n",
        "2:1: a pack is a table of keys, such as id: my-course; this is a list",
    ),
    "a text at the top": ("hello\n", '1:1: a pack is a table of keys, such as id: my-course; this is "hello"'),
    "two documents": (START + "---\n" + START, "3:1: a pack is one document; this line starts another"),
    "a key that stands twice": (START + "title: c\n", '3:1: the key "title" is here twice'),
    "a list as a key": (START + "? [a]\n: b\n", "3:3: a key is a word, not a table or a list"),
    # Keys.
    "an unknown key": (START + "colour: red\n", f'3:1: there is no key "colour" here, only {KEYS}'),
    "a misspelt key": (
        START + "qestions: []\n",
        f'3:1: there is no key "qestions" here, only {KEYS}; did you mean "questions"?',
    ),
    "a misspelt key of a question": (
        START + "questions:\n  - number: 1\n    word: 1-2\n",
        f'5:5: there is no key "word" here, only {QUESTION_KEYS}; did you mean "words"?',
    ),
    "a pattern that would take its time": (
        START + "questions: [{number: 1, study-number: [(s+)+#]}]\n",
        '3:40: expected a number such as s######: letters, then a # for each digit; found "(s+)+#"',
    ),
    "a merge key": (START + "<<: {}\n", f'3:1: there is no key "<<" here, only {KEYS}'),
    "a missing title": ("# mine\nid: a\n", '2:1: the key "title" is missing here'),
    "a question without a number": (START + "questions:\n  - {words: 1-2}\n", '4:5: the key "number" is missing here'),
    "a script without its parts": (START + "script: {cut: 1}\n", '3:1: the key "parts" is missing here'),
    # Types.
    "a number for an id": (
        "id: 2031\ntitle: b\n",
        "1:1: expected lower-case words joined by dashes; found 2031 (in quotes it would be one)",
    ),
    "a number for a title": ("id: a\ntitle: 2031\n", "2:1: expected a text; found 2031 (in quotes it would be one)"),
    "a truth for a title": ("id: a\ntitle: true\n", "2:1: expected a text; found true (in quotes it would be one)"),
    "nothing for a title": ("id: a\ntitle:\n", "2:1: expected a text; found nothing"),
    "a text for a table": (START + "images: figures\n", '3:1: expected a table (key: value); found "figures"'),
    "a text for a list": (START + "sections: none\n", '3:1: expected a list ([a, b]); found "none"'),
    "a table for a list": (START + "questions: {number: 1}\n", "3:1: expected a list ([a, b]); found a table"),
    "a number for a question": (START + "questions: [1, 2]\n", "3:13: expected a table (key: value); found 1"),
    "a word for a number": (
        START + "questions:\n  - {number: one}\n",
        '4:6: expected a whole number; found "one"',
    ),
    "a fraction for a number": (
        START + "questions:\n  - {number: 1.5}\n",
        "4:6: expected a whole number; found 1.5",
    ),
    "a truth for a number": (START + "script: {parts: true}\n", "3:10: expected a whole number; found true"),
    "digits for a fingerprint": (
        START + "sections: [aabbccddeeff, 123456789012]\n",
        "3:26: expected a fingerprint: twelve of 0-9 and a-f; found 123456789012 (in quotes it would be one)",
    ),
    # Values.
    "an id with a space": (
        "id: my course\ntitle: b\n",
        '1:1: expected lower-case words joined by dashes; found "my course"',
    ),
    "the id of forms that no pack knows": (
        "title: b\nid: unknown\n",
        "2:1: unknown is the id of every form that no pack knows: choose another",
    ),
    "a year for a month": (START + "since: 2031\n", "3:1: expected a month such as 2026-01; found 2031"),
    "a thirteenth month": (START + "since: 2031-13\n", '3:1: expected a month such as 2026-01; found "2031-13"'),
    "a month before the first": (START + "since: 2031-00\n", '3:1: expected a month such as 2026-01; found "2031-00"'),
    "a day for a month": (START + "since: 2031-02-01\n", '3:1: expected a month such as 2026-01; found "2031-02-01"'),
    "a marker without words": (
        START + "marker: '{}'\n",
        '3:1: expected a text with words in it, such as TODO: your answer; found "{}"',
    ),
    "a short fingerprint": (
        START + "sections: [abc]\n",
        '3:12: expected a fingerprint: twelve of 0-9 and a-f; found "abc"',
    ),
    "an extension with its dot": (
        START + "images: {extensions: [.png]}\n",
        '3:23: expected an extension such as png: lower case, without the dot; found ".png"',
    ),
    "no extension": (
        START + "images: {extensions: []}\n",
        "3:10: this list is empty: name at least one, or leave out the key",
    ),
    "a folder that leads out": (
        START + "images: {folder: x/../../y}\n",
        '3:10: expected a folder beside the report, such as figures; found "x/../../y"',
    ),
    "a folder that leads nowhere": (
        START + "images: {folder: x/./y}\n",
        '3:10: expected a folder beside the report, such as figures; found "x/./y"',
    ),
    "a folder of Windows": (
        START + "images: {folder: 'x\\..\\y'}\n",
        '3:10: expected a folder beside the report, such as figures; found "x\\..\\y"',
    ),
    "a hash that is none": (
        START + "images: {examples: [{bytes: 7, sha256: abc}]}\n",
        '3:32: expected the SHA-256 of a file: 64 of 0-9 and a-f; found "abc"',
    ),
    "a limit in words": (START + "questions:\n  - number: 1\n    words: some\n", f'5:5: {A_LIMIT}; found "some"'),
    "a limit as a list": (START + "questions:\n  - number: 1\n    words: [1, 2]\n", f"5:5: {A_LIMIT}; found a list"),
    "a limit without a start": (
        START + "questions:\n  - number: 1\n    words: -9\n",
        "5:5: expected 0 or more; found -9",
    ),
    "a limit backwards": (
        START + "questions:\n  - number: 1\n    images: 3-1\n",
        "5:5: 3-1 ends before it starts",
    ),
    "a question that stands twice": (
        START + "questions:\n  - number: 7\n  - number: 7\n",
        "5:5: question 7 is here twice",
    ),
    "a negative question": (START + "questions:\n  - number: -1\n", "4:5: expected 0 or more; found -1"),
    "a script of no parts": (START + "script: {parts: 0}\n", "3:10: expected 1 or more; found 0"),
    "an unknown severity": (
        START + "severities:\n  unanswered: eror\n",
        '4:3: expected one of error, warning, information, hint, off; found "eror"; did you mean "error"?',
    ),
    "a truth for a severity": (
        START + "severities: {unanswered: false}\n",
        "3:14: expected one of error, warning, information, hint, off; found false",
    ),
    "a misspelt code": (
        START + "severities:\n  unanswered: hint\n  answer-to-long@2: off\n",
        '5:3: there is no check "answer-to-long"; did you mean "answer-too-long"?',
    ),
    "a code of nothing": (START + "severities: {xyz: hint}\n", '3:14: there is no check "xyz"'),
    "a code in capitals": (
        START + "severities: {Unanswered: hint}\n",
        '3:14: expected a code such as answer-too-short or answer-too-short@14; found "Unanswered"',
    ),
    "an unknown hand-in": (
        START + "handin: off\n",
        '3:1: expected one of python-markdown; found "off"',
    ),
    "a long text in a wrong place": (
        START + "sections: >\n" + "  a long text\n" * 9,
        '3:1: expected a list ([a, b]); found "a long text a long text a long text a lo..."',
    ),
    # What could run code or fill the memory.
    "a tag of Python": (
        "id: a\ntitle: !!python/object/apply:os.system [ls]\n",
        "2:8: a pack has no tags; leave out !!python/object/apply:os.system",
    ),
    "a tag of our own": ("id: !mine a\n", "1:5: a pack has no tags; leave out !mine"),
    "an alias in place of a key": (
        START + "&a b: 1\n*a : 2\n",
        "4:1: a pack has no aliases; write out what *a stands for",
    ),
    "a list that holds itself": (
        START + "sections: &a [*a]\n",
        "3:15: a pack has no aliases; write out what *a stands for",
    ),
    "a billion laughs": (
        "a: &a [ha, ha]\n"
        + "".join(
            f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]\n"
            for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
        ),
        "2:8: a pack has no aliases; write out what *a stands for",
    ),
    "a million brackets": (START + "sections: " + "[" * 1_000_000, "3:27: this is nested deeper than any pack is"),
    "a million tables": (START + "images: " + "{a: " * 1_000_000, "3:73: this is nested deeper than any pack is"),
    "brackets, and what is not YAML": (
        START + "sections: " + "[" * 20 + "@",
        "3:27: this is nested deeper than any pack is",
    ),
    "an alias, and what is not YAML": (
        START + "sections: *a @",
        "3:11: a pack has no aliases; write out what *a stands for",
    ),
    "a deep staircase": (
        START + "sections:\n" + "".join(" " * depth + "-\n" for depth in range(1, 200)),
        "20:18: this is nested deeper than any pack is",
    ),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_pack_is_refused_at_its_place(text: str, expected: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_pack(text, "my.yaml")
    assert f"my.yaml:{expected}" == str(caught.value)


@given(st.text(st.sampled_from("ab:-?#&*!|>'\"%@`{}[], \n\t~1.\x00\ufeff")))
def test_any_text_is_a_pack_or_is_refused_at_a_place_in_it(text: str) -> None:
    lines = (START + text).count("\n") + 1
    try:
        parse_pack(START + text, "my.yaml")
        place = 1, 1
    except DataError as error:
        place = error.line, error.column
    assert (1, 1) <= place <= (lines, len(START + text) + 1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("off", "off"),
        ("no", "no"),
        ("2026-01-01", "2026-01-01"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("'12'", "12"),
        ("0o17", "0o17"),
        ("010", 10),
        ("9" * 5000, float("inf")),
        ("1e3", 1000.0),
        ("True", True),
        ("false", False),
        ("~", None),
        ("Null", None),
        ("", None),
        ("''", ""),
    ],
)
def test_words_without_quotes_mean_what_they_mean_to_an_editor(written: str, expected: object) -> None:
    assert {"key": expected} == read(f"key: {written}\n", "my.yaml")[0]


# The schema, as an editor applies it and as we do.

VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


# Whole numbers written as 1.0 are left out: JSON Schema takes them for whole, we do not.
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 400),
    st.just(0.5),
    st.sampled_from(["", "off", "hint", "1-2", "1-", "-1", "12", "png", "a-b", "aabbccddeeff", "{number}", "2026-01"]),
    st.text(max_size=3),
)
KEYS_SEEN = st.sampled_from(
    ["id", "words", "number", "parts", "cut", "prompts", "folder", "unanswered@3", "X", "since"]
)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS_SEEN, inner, max_size=2), max_leaves=4
)


@given(st.data())
def test_a_changed_pack_is_valid_for_us_where_it_is_valid_for_an_editor(data: st.DataObject) -> None:
    pack = read(FULL, "my.yaml")[0]
    for _ in range(data.draw(st.integers(0, 2))):
        container = data.draw(st.sampled_from(list(_containers(pack))))
        key = data.draw(st.sampled_from(sorted(container)) if container else st.just(None))
        kind = data.draw(st.sampled_from(["replace", "delete", "add"]))
        if kind == "add":
            container[data.draw(KEYS_SEEN)] = data.draw(ANYTHING)
        elif key is not None and kind == "replace":
            container[key] = data.draw(ANYTHING)
        elif key is not None:
            del container[key]
    assert VALIDATOR.is_valid(pack) == (_first_fault(pack, SCHEMA, ()) is None)


def _containers(value: object) -> Iterator[dict[str, Any]]:
    """Yield every table of some data."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _containers(inner)


# Limits.


def test_a_limit_reads_as_an_author_writes_it() -> None:
    limits = Limit(100, 200), Limit(50, None), Limit(0, 50), Limit(1, 1), Limit(0, None)
    assert ["100-200", "at least 50", "up to 50", "1", "any"] == [str(limit) for limit in limits]


def test_a_limit_allows_its_bounds() -> None:
    assert [False, True, True, False] == [Limit(2, 3).allows(number) for number in (1, 2, 3, 4)]
    assert [False, True] == [Limit(2, None).allows(number) for number in (1, 1_000_000)]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("> Recommended answer length: 50-100 words", (Limit(50, 100), None)),
        ("> **Answer length:** 50 to 100 words.", (Limit(50, 100), None)),
        ("> answer length 50–100 words", (Limit(50, 100), None)),
        ("> Show 1 to 2 images of it.", (None, Limit(1, 2))),
        ("> Recommended answer length: 5-9 words\n> + 2-3 screenshots", (Limit(5, 9), Limit(2, 3))),
        ("> Describe the years 1990-2000 in your own words", (None, None)),
        ("> Answer length: 100-50 words", (None, None)),
        ("> Answer length: 10-20 words, or answer length: 30-40 words", (None, None)),
        ("> Answer length: 50-100 words for each bird", (None, None)),
        ("> Use at least 100 but no more than 250 words, and at most 9 images.", (Limit(100, 250), Limit(0, 9))),
        ("> Answer length: 1,500-2,000 words", (Limit(1500, 2000), None)),
        ("> Which of the 2-3 images above do you like?", (None, None)),
        ("> Insert **1-2 images** of it.", (None, Limit(1, 2))),
        ("> Insert 2-1 images. Add 3 to 4 images.", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_prompt_names_its_limits(prompt: str, expected: tuple[Limit | None, Limit | None]) -> None:
    assert expected == (words_in(prompt), images_in(prompt))


def test_a_pack_with_questions_says_what_each_asks_and_one_without_reads_the_prompt() -> None:
    text = "### Question 1\n> Which clay?\n>\n> Answer length: 5-9 words\n>\n> Answer:\n\nRed.\n"
    question = read_report(SourceText(text), Form()).questions[0]
    listed = Pack(id="a", title="a", asks=(Ask(1, "clay", Limit(1, 2)),))
    unlisted = Pack(id="b", title="b", asks=(Ask(2, "kiln", Limit(1, 2)),))
    asked = [pack.ask(question) for pack in (listed, unlisted, Pack(id="c", title="c"))]
    assert [
        Ask(1, "clay", Limit(1, 2)),
        Ask(1),
        Ask(1, "", Limit(5, 9), words_from=Origin.QUESTION, images_from=Origin.QUESTION),
    ] == asked


# Choosing the edition.

SPRING = [
    "Which clay did you dig, and where?",
    "How did you glaze the bowl?",
    "What did the kiln do to it?",
    "Who broke the first one?",
    "Would you drink from it?",
]
"""The questions of an invented course; its autumn edition rewords two prompts and has one more question."""
AUTUMN = [SPRING[0], "Which glaze, and why that one?", SPRING[2], SPRING[3], "Would you sell it?", "What is it worth?"]


def pack_of(name: str, since: str, prompts: list[str], words: Limit) -> Pack:
    asks = tuple(Ask(n, "", words, None, (prompt_fingerprint(prompt),)) for n, prompt in enumerate(prompts, 1))
    sections = frozenset(map(fingerprint, ("Clay", "Fire", "People")))
    return Pack(id=name, title=name, since=since, form=Form(sections=sections), asks=asks)


def question_text(number: int, prompt: str, length: str = "10-20") -> str:
    return (
        f"### Question {number}\n\n> **{prompt}**\n>\n> Recommended answer length: {length} words.\n>\n> Answer:\n\n"
        f"--- question {number} fill here ---\n\n"
    )


def report_text(prompts: list[str], length: str = "10-20") -> str:
    return "# Our bowl\n\n" + "".join(question_text(n, prompt, length) for n, prompt in enumerate(prompts, 1))


SPRING_PACK = pack_of("spring", "2031-02", SPRING, Limit(10, 20))
AUTUMN_PACK = pack_of("autumn", "2031-09", AUTUMN, Limit(10, 20))
STRICT_PACK = pack_of("strict", "2031-03", SPRING, Limit(30, 40))
GENERIC = Pack(id="generic", title="any form")
PACKS = (GENERIC, STRICT_PACK, SPRING_PACK, AUTUMN_PACK)


def chosen(text: str, packs: tuple[Pack, ...] = PACKS) -> str | None:
    pack = recognise(outline(text), packs)
    assert pack == recognise(outline(text), packs[::-1]), "the order of the packs must not matter"
    return pack.id if pack else None


def test_a_copy_of_a_template_is_judged_by_its_edition() -> None:
    assert "spring" == chosen(report_text(SPRING))
    assert "autumn" == chosen(report_text(AUTUMN))


def test_of_two_editions_with_the_same_prompts_the_limits_decide() -> None:
    assert "strict" == chosen(report_text(SPRING, "30-40"))


def test_of_two_editions_that_fit_equally_the_number_of_questions_decides() -> None:
    longer = pack_of("longer", "2030-01", [*SPRING, "And then?"], Limit(10, 20))
    no_longer_there = report_text([*SPRING[:4], "(we deleted this)", "(and this)"])
    assert "longer" == chosen(no_longer_there, (longer, SPRING_PACK))


def test_of_two_editions_that_fit_in_everything_the_newer_is_taken() -> None:
    older = pack_of("older", "2030-01", SPRING, Limit(10, 20))
    assert "spring" == chosen(report_text(SPRING), (older, SPRING_PACK))


def test_a_report_keeps_its_edition_when_questions_are_deleted() -> None:
    text = "".join(question_text(n, AUTUMN[n - 1]) for n in (1, 2, 5))
    assert "autumn" == chosen(text)


def test_a_report_keeps_its_edition_when_questions_are_invented() -> None:
    assert "spring" == chosen(report_text([*SPRING, "What else happened?", "And what did not?"]))


def test_a_formatter_may_rewrite_the_prompts() -> None:
    text = report_text(AUTUMN).replace("**", "__").replace(".\n>\n> Answer", ". Answer").replace("you ", "you\n> ")
    assert "autumn" == chosen(text)


def test_a_report_whose_prompts_were_deleted_is_known_by_its_sections() -> None:
    titles = ("Clay", "Fire", "People")
    text = "".join(f"## {title}\n\n### Question {n}\n\n> Answer:\n\nYes.\n\n" for n, title in enumerate(titles, 1))
    assert "strict" == chosen(text), "the newest of those with most nearly as many questions"
    assert None is chosen(text.replace("## Fire", "## Water"))


def test_two_prompts_of_a_template_are_too_few_to_make_a_report_its_copy() -> None:
    text = report_text([*SPRING[:2], "Why?"])
    assert "generic" == chosen(text)
    assert None is chosen(text, (SPRING_PACK,))


def test_a_course_of_two_questions_has_reports_too() -> None:
    small = pack_of("small", "2031-01", SPRING[:2], Limit(10, 20))
    assert "small" == chosen(report_text(SPRING[:2]), (small, GENERIC))


def test_a_form_of_an_unknown_course_is_judged_by_the_limits_it_names() -> None:
    assert "generic" == chosen(report_text(["What is a monad?", "Why is it one?"]))
    assert None is chosen(report_text(["What is a monad?", "Why is it one?"]), (SPRING_PACK, AUTUMN_PACK))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\n\nNothing to see.\n",
        "# FAQ\n\n### Question 1\n\nIs it free? Yes.\n\n### Question 2\n\nIs it good? Also.\n",
        "# FAQ\n\n## Question 1: is it free?\n\n> Answer: yes, between 5-10 words long.\n",
        "The recommended answer length: 50-100 words.\n",
        "# FAQ\n\n### Question 1\n\n> Max. 200 words.\n\nSo it is.\n\n### Question 2\n\n> Is it free?\n\nYes.\n",
        "# FAQ\n\n" + "".join(f"### Question {n}\n\n> Is it {n}?\n\nYes.\n\n" for n in range(1, 9)),
        "# Notes\n\n> Lovely birds, these.\n\n## 1.2.0\n\n> Between 5 and 10 words, they said.\n\nAnswer: no.\n",
    ],
    ids=[
        *("nothing", "notes", "an FAQ", "an FAQ with labels", "a sentence about limits"),
        *("an FAQ with a limit", "a long FAQ", "notes with quotes"),
    ],
)
def test_what_is_no_report_has_no_pack(text: str) -> None:
    assert None is chosen(text)


@given(st.text(st.sampled_from("#> Question12Answer:\nlength5-9words"), max_size=200))
def test_any_text_can_be_asked_for_its_pack(text: str) -> None:
    assert chosen(text) in {None, "generic"}


def test_a_pack_is_the_same_object_while_its_text_stays(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("id: own\ntitle: Own\n", "utf-8")
    before = read_pack(path)
    assert read_pack(path) is before
    path.write_text("id: own\ntitle: Other\n", "utf-8")
    assert read_pack(path).title == "Other"
