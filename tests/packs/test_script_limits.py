"""A course's script tells its limits exactly or not at all, and nothing of it runs."""

import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_ls.data.python_text import MAX_DEPTH
from report_ls.packs.limits import Limit
from report_ls.packs.script_limits import MAX_SCRIPT_CHARACTERS, ScriptLimits, script_limits
from support.course_scripts import SHAPES, STYLES, TABLE, Asked, Style, both, functions, objects

Shape = Callable[[Sequence[Asked], Style], str]


def expected(table: Sequence[Asked]) -> ScriptLimits:
    """Return what a script with some table says."""
    return ScriptLimits(len(table), dict(enumerate(table, 1)))


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_table_is_read_exactly_however_it_is_written(shape: Shape, style: Style) -> None:
    text = shape(TABLE, style)
    compile(text, "report.py", "exec")
    assert expected(TABLE) == script_limits(text)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_two_changes_at_once_are_read_as_well(shape: Shape) -> None:
    for one, other in combinations(STYLES, 2):
        text = shape(TABLE, both(STYLES[one], STYLES[other]))
        compile(text, "report.py", "exec")
        assert expected(TABLE) == script_limits(text), (one, other)


_LIMIT = st.none() | st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda two: Limit(min(two), max(two)))
_ASKED = st.tuples(_LIMIT, _LIMIT)


@given(st.sampled_from([*SHAPES]), st.sampled_from([*STYLES]), st.sampled_from([*STYLES]), st.lists(_ASKED, min_size=2))
def test_any_table_is_read_exactly(shape: str, one: str, other: str, table: list[Asked]) -> None:
    assert expected(table) == script_limits(SHAPES[shape](table, both(STYLES[one], STYLES[other])))


def test_a_limit_without_a_bound_has_the_default_of_its_parameter() -> None:
    text = objects([(Limit(10, 20), None)] * 2, Style()).replace("max: int = Field(ge=0)", "max: int | None = None")
    text = text.replace("min: int = Field(ge=0)", "min: int = Field(default=3, ge=0)")
    open_end = text.replace("WordLimit(min=10, max=20)", "WordLimit(min=10)", 1)
    assert expected([(Limit(10, None), None), (Limit(10, 20), None)]) == script_limits(open_end)
    assert expected([(Limit(3, 20), None), (Limit(10, 20), None)]) == script_limits(
        text.replace("WordLimit(min=10, max=20)", "WordLimit(max=20)", 1)
    )


OLD, NEW = functions(TABLE, Style()), objects(TABLE, Style())
FIRST_OLD, FIRST_NEW = "partial(word_limit, min=10, max=20)", "WordLimit(min=10, max=20)"

CHANGES = {
    "another number of answers": ("!= 6", "!= 7"),
    "no number of answers": ("!= 6", "< 6"),
    "two numbers of answers": ("    if len(found) != 6:", "    assert len(found) == 7\n    if len(found) != 6:"),
    "another label": ('split("Answer:")', 'split("Reply:")'),
    "no split": ('text.split("Answer:")', "re.split('Answer:', text)"),
    "second table": ("    if len(found)", "    rules = rules\n    if len(found)"),
    "table below a condition": (
        "    if len(found)",
        "    if text:\n        rules = [no_limit, no_limit]\n    if len(found)",
    ),
    "table that is changed": ("    if len(found)", "    rules[1] = None\n    if len(found)"),
    "table that is taken away": ("    if len(found)", "    del rules\n    if len(found)"),
    "table that loses a rule": ("    if len(found)", "    rules.pop()\n    if len(found)"),
    "table that somebody else has": ("    if len(found)", "    other = rules\n    if len(found)"),
    "table that is given away": ("    if len(found)", "    spoil(rules)\n    if len(found)"),
    "part of the table": ("    if len(found)", "    print(rules[1:])\n    if len(found)"),
    "table in a loop": ("    if len(found)", "    for rules in ():\n        pass\n    if len(found)"),
    "table that is global": ("def check():", "def check():\n    global rules"),
    "code that is run": ("def check():", "def check():\n    exec('rules = []')"),
    "attribute that is set": ("def check():", "def check():\n    setattr(re, 'x', 1)"),
    "anything imported": ("import re\n", "import re\nfrom os.path import *\n"),
    "check that is defined twice": ("if __name__", "def check():\n    pass\n\nif __name__"),
    "null byte": ("import re\n", "import re\0\n"),
    "string without an end": ("import re\n", 'import re\nx = "\n'),
    "long string without an end": ("    check()\n", '    check()\n"""'),
    "syntax of tomorrow": ("import re\n", "import re\nlet x be 5\n"),
    "one rule that is not known": ("10, max=20", "10, max=20, unit=3"),
    "number that is no number": ("max=20", "max=20.0"),
    "number that is true": ("min=10", "min=True"),
    "number that is computed": ("max=20", "max=2 * 10"),
    "number below zero": ("min=10", "min=-10"),
    "number that is not known": ("max=20", "max=LONG"),
    "number with two meanings": ("max=20", "max=LONG"),
    "end before the start": ("max=20", "max=9"),
    "end that is missing": ("min=10, max=20", "min=10"),
    "limits from elsewhere": ("min=10, max=20", "**limits"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("text", [OLD, NEW], ids=SHAPES)
def test_what_is_not_understood_is_unsure(text: str, change: tuple[str, str]) -> None:
    assert change[0] in text
    changed = text.replace(*change).replace("import re\n", "import re\nLONG = 1\nLONG = 2\n", "LONG" in change[1])
    assert script_limits(changed) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("class WordLimit", "class PictureLimit(Rule):\n    pass\n\n\nclass WordLimit"),
        ("class Rule", "WordLimit = int\n\n\nclass Rule"),
        ("def check():", "def check():\n    WordLimit.__call__ = print"),
        ("def check():", "def check(WordLimit):\n    pass"),
        ("words = answer.split()", "words = answer"),
        ("words = answer.split()", 'words = answer.split(" ")'),
        ("return True", "return len(answer) < 5"),
        ('"question_2"', '"question_3"'),
        ('"question_2"', '"question_1"'),
        ('"question_2"', '"the second"'),
        ('"question_2"', "None"),
        ('"question_2": ', "**more, "),
        ("WordLimit(min=10, max=20)", "None"),
        ("WordLimit(min=10, max=20)", "WordLimit"),
        ("WordLimit(min=10, max=20)", "words(min=10, max=20)"),
        ("WordLimit(min=10, max=20)", "WordLimit(min=10, max=20) if text else NoLimit()"),
        ("WordLimit(min=10, max=20)", "[WordLimit(min=10, max=20), WordLimit(min=1, max=2)]"),
        ("min=10, max=20", "min=10, min_length=20"),
        ("WordLimit", "CharacterLimit"),
        ("WordLimit", "WordAndPictureLimit"),
    ],
)
def test_a_name_that_could_mean_something_else_is_unsure(before: str, after: str) -> None:
    assert before in NEW
    assert script_limits(NEW.replace(before, after)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Answer:",
        "print('Answer:')\n",
        '"""A reader of reports."""\n\nrows = [1, 2, 3]\nassert len(rows) == 3\nparts = text.split("Answer:")\n',
        "rules = [None, None, lambda words: 10 <= words <= 20]\nfound = text.split('Answer:')\n",
        "rules = []\nfound = 'x'.split('Answer:')\nassert len(found) == len(rules)\nprint(*zip(rules))\n",
    ],
)
def test_another_program_is_unsure(text: str) -> None:
    assert script_limits(text) is None


@pytest.mark.parametrize(
    ("above", "below", "is_read"),
    [
        ("try:", "except ValueError:\n    raise", True),
        ("with open(__file__):", "", True),
        ('if __name__ == "__main__":', "", True),
        ("if len(SEPARATOR) > 5:", "", False),
        ("for _ in range(2):", "", False),
        ("while True:", "    break", False),
        ("class Limits:", "", False),
    ],
)
def test_a_table_is_where_it_is_made_exactly_once(above: str, below: str, *, is_read: bool) -> None:
    text = objects(TABLE, Style(is_at_top=True))
    start = text.index("rules = {")
    end = text.index("\n}\n", start) + 3
    moved = f"{text[:start]}{above}\n{indent(text[start:end], '    ')}{below}\n{text[end:]}"
    compile(moved, "report.py", "exec")
    assert script_limits(moved) == (expected(TABLE) if is_read else None)


def test_partial_is_that_of_functools() -> None:
    assert script_limits(OLD.replace("from functools import", "from elsewhere import")) is None
    whole = OLD.replace("from functools import partial", "import functools").replace("partial(", "functools.partial(")
    assert expected(TABLE) == script_limits(whole)


def test_a_byte_order_mark_and_odd_strings_do_not_matter() -> None:
    odd = r"""x = f"{a!r:>{width}} {b[0]}"
y = '\d \201c'
z = rb"\"["
w = '''(" [' {'''
v = (1,
)"""
    assert expected(TABLE) == script_limits(f"\ufeff{NEW}{odd}\n")


def test_several_names_for_one_rule_are_read() -> None:
    text = NEW.replace("def check():\n", "short = WordLimit(min=10, max=20)\n\n\ndef check():\n")
    assert expected(TABLE) == script_limits(text.replace(": WordLimit(min=10, max=20)", ": short"))
    pair = "[WordLimit(min=30, max=45), PictureLimit(min=1, max=3)]"
    named = NEW.replace("def check():\n", f"pair = {pair}\n\n\ndef check():\n").replace(f"limits={pair}", "limits=pair")
    assert expected(TABLE) == script_limits(named)
    for change in ("pair.name = 1", "pair.append(NoLimit())", "pair[0] = NoLimit()", "pair[0].max = 1"):
        assert script_limits(named.replace("def check():\n", f"def check():\n    {change}\n")) is None


# Hostile ones


DEEP = {
    "brackets": lambda n: "[" * (n - 2) + "]" * (n - 2),
    "signs": lambda n: "-" * (n - 3) + "1",
    "words": lambda n: "not " * (n - 3) + "1",
    "sums": lambda n: "1" + "+1" * ((n - 3) // 2),
    "attributes": lambda n: "a" + ".a" * ((n - 3) // 2),
    "calls": lambda n: "a" + "()" * (n - 3),
    "choices": lambda n: "1 if 1 else " * ((n - 3) // 4) + "1",
    "sums on many lines": lambda n: "1" + "\\\n+1" * ((n - 3) // 2),
    "sums in brackets": lambda n: "(1" + "\n+1" * ((n - 4) // 2) + ")",
}


@pytest.mark.parametrize("deep", DEEP.values(), ids=DEEP)
def test_what_is_deep_is_not_read(deep: Callable[[int], str]) -> None:
    assert expected(TABLE) == script_limits(f"{NEW}\nx = {deep(MAX_DEPTH)}\n")
    for n in (MAX_DEPTH + 4, 10_000):
        assert script_limits(f"{NEW}\nx = {deep(n)}\n") is None


def test_many_branches_are_deep() -> None:
    branches = "\nif 1:\n    pass\n" + "elif 1:\n    pass\n" * (MAX_DEPTH - 3)
    assert expected(TABLE) == script_limits(NEW + branches)
    assert script_limits(NEW + branches + "elif 1:\n    pass\n" * 4) is None


def test_what_is_long_is_not_read() -> None:
    filled = NEW + "#" * (MAX_SCRIPT_CHARACTERS - len(NEW))
    assert expected(TABLE) == script_limits(filled)
    assert script_limits(f"{filled}#") is None


@pytest.mark.parametrize(
    "piece",
    [
        '\n\\"""',
        '\\"',
        "'",
        '"""',
        "x='",
        "f'{",
        "#",
        "\\\n",
        "(",
        ")",
        "a=[b]\n",
        "a=[NoLimit()]\n",
        "\t",
        "if 1:\n ",
        "a,",
        "@a\n",
        "0",
        "\0",
    ],
)
def test_no_text_is_hard(piece: str) -> None:
    many = piece * (MAX_SCRIPT_CHARACTERS // len(piece) - len(NEW))
    for text in (many + NEW, NEW + many, f"{NEW}\nx = '{many}"):
        assert script_limits(text[:MAX_SCRIPT_CHARACTERS]) in (None, expected(TABLE))


def test_names_that_stand_for_one_another_come_to_an_end() -> None:
    layers = "".join(f"r{n} = [{f'r{n + 1}, ' * 50}]\n" for n in range(12))
    for text in (f"{NEW}\n{layers}r12 = [NoLimit()]\n", f"{NEW}\nr = [r]\na = b\nb = a\nc = [a]\n"):
        assert script_limits(text) in (None, expected(TABLE))


def test_nothing_of_it_runs_and_nothing_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(sys, "addaudithook", ran.append)
    text = f"import sys\nsys.addaudithook('ran')\nimport no_such_module\n{NEW}"
    assert expected(TABLE) == script_limits(text)
    assert ran == []
