"""A configuration says where it is wrong and what is allowed, is found from its report, and is changed in place."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from report_ls.base.diagnostic import STAGES, Severity
from report_ls.base.text import SourceText
from report_ls.data.error import DataError
from report_ls.data.toml import _entries, with_severity
from report_ls.files.text_files import relative
from report_ls.lsp.session import settings as editor
from report_ls.packs.pack import Pack
from report_ls.project.configuration import (
    FILES,
    SETTINGS,
    Configuration,
    load_configuration,
    merge_severities,
    pack_with_severities,
)
from report_ls.project.find_configuration import (
    Broken,
    ResolvedConfiguration,
    find_configuration,
    find_configurations_once,
)
from report_ls.project.packs import packs

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"
TOP = FILES["report-ls.toml"]
BELOW = FILES["pyproject.toml"]
SEVERITIES = "error, warning, information, hint, off"


def fault(text: str, table: tuple[str, ...] = TOP) -> str:
    with pytest.raises(DataError) as raised:
        load_configuration(text, "here.toml", table)
    return str(raised.value)


# Reading


def test_an_empty_file_configures_nothing() -> None:
    assert Configuration() == load_configuration("", "here.toml", TOP)


def test_all_that_can_be_configured_is_read() -> None:
    text = """\
pack = "dtu-mlops-2026-01"
stage = "auto"
template = "template/README.md"
[severity]
image-hidden = "error"
answer-too-long = "off"
"answer-too-short@14" = "hint"
"""
    severities = {"image-hidden": Severity.ERROR, "answer-too-long": None, "answer-too-short@14": Severity.HINT}
    expected = Configuration("dtu-mlops-2026-01", "auto", "template/README.md", severities)
    assert expected == load_configuration(text, "here.toml", TOP)
    below = re.sub(r"\[severity\]", "[tool.report-ls.severity]", f"[tool.other]\nstage = 5\n[tool.report-ls]\n{text}")
    assert expected == load_configuration(below, "here.toml", BELOW)


@pytest.mark.parametrize("text", ["", "tool = 5", "[tool]\n", "[tool.other]\nstag = 1", "[report-ls]\nstag = 1"])
def test_a_file_without_the_table_is_none(text: str) -> None:
    assert None is load_configuration(text, "here.toml", BELOW)


def test_a_table_that_is_empty_is_a_configuration() -> None:
    assert Configuration() == load_configuration("[tool.report-ls]\n", "here.toml", BELOW)


# What is wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('pack = "a"\nstag = "final"', '2:1: there is no key "stag" here, only {keys}; did you mean "stage"?'),
        ("  xyz = 1", '1:3: there is no key "xyz" here, only {keys}'),
        (
            '"answer-cut@1" = "off"',
            '1:1: there is no key "answer-cut@1" here, only {keys}; write a check in the table severity',
        ),
        ("[severities]", '1:2: there is no key "severities" here, only {keys}; did you mean "severity"?'),
        ("pack.name.first = 1", '1:1: {{"name": {{"first": 1}}}} is not the name of a pack or its file'),
        ("pack = 5", "1:8: 5 is not the name of a pack or its file"),
        ("template = []", "1:12: [] is not the name of a file"),
        ('stage =  "finl"  # soon', '1:10: "finl" is not one of auto, draft, final; did you mean "final"?'),
        ('stage = ""', '1:9: "" is not one of auto, draft, final'),
        ("stage = true", "1:9: true is not one of auto, draft, final"),
        ("stage = 2026-01-01", '1:9: "2026-01-01" is not one of auto, draft, final'),
        ('severity = "off"', '1:12: "off" is not a table'),
        ("[[severity]]\na = 1", '1:3: [{{"a": 1}}] is not a table'),
        (
            '[severity]\nunanswered = "hint"\nanswer-to-short = "off"',
            '3:1: there is no check "answer-to-short"; did you mean "answer-too-short"?',
        ),
        ('severity = {{ unanswered = "hint", qqq = "off" }}', '1:35: there is no check "qqq"'),
        ('severity."answer-to-short@4" = "off"', '1:1: there is no check "answer-to-short"; {nearest}'),
        (
            '[severity]\n"unanswered@x" = "off"',
            '2:1: "unanswered@x" names no question: write its number, such as unanswered@14',
        ),
        (
            '[severity]\n"unanswered@" = "off"',
            '2:1: "unanswered@" names no question: write its number, such as unanswered@14',
        ),
        ('[severity]\nunanswered = "of"', '2:14: "of" is not one of {words}; did you mean "off"?'),
        ("[severity]\nunanswered = false", "2:14: false is not one of {words}"),
        ("[severity]\nunanswered.x = 1", '2:1: {{"x": 1}} is not one of {words}'),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_is_allowed(text: str, expected: str) -> None:
    nearest = 'did you mean "answer-too-short"?'
    said = expected.format(keys=", ".join(SETTINGS), words=SEVERITIES, nearest=nearest)
    assert f"here.toml:{said}" == fault(text.format())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stage = final", '1:9: this is not TOML: invalid value; write a text in quotes, such as "final"'),
        ("stage", "1:6: this is not TOML: expected '=' after a key in a key/value pair"),
        ("\n[severity", "2:10: this is not TOML: expected ']' at the end of a table declaration"),
        ('stage = "final', "1:15: this is not TOML: unterminated string"),
        ('stage = "final"\r\nstage = "draft"', "2:16: this is not TOML: cannot overwrite a value"),
        ("a = " + "[" * 9999, "1:1: this is nested too deeply"),
        ("a = " + "1" * 9999, "1:1: a number in it is too long"),
        ("# ok\n" + "a." * 200 + "a = 1", "2:1: there are too many dots in this key: write tables"),
        ('k = {s = """\n""", ' + "a." * 200 + 'a = ""}', "2:1: there are too many dots in this key: write tables"),
        ("#" * 100_001, "1:1: this is too long: 100001 characters, and at most 100000 are read"),
    ],
    ids=[
        "no quotes",
        "no value",
        "no bracket",
        "no end",
        "twice",
        "deep",
        "long",
        "dots",
        "dots in quotes",
        "large",
    ],
)
def test_what_is_not_toml_is_said_with_its_place(text: str, expected: str) -> None:
    assert f"here.toml:{expected}" == fault(text)


def test_whoever_writes_the_wrong_table_is_told() -> None:
    expected = (
        f'here.toml:1:2: there is no key "tool" here, only {", ".join(SETTINGS)}; '
        "in this file, write the keys at the top, without [tool.report-ls]"
    )
    assert expected == fault('[tool.report-ls]\nstage = "final"')


def test_a_place_is_one_in_the_file_wherever_the_table_stands() -> None:
    text = '[tool.other]\nstag = """\nstag = 1\n"""\nx = [{stag = 1}]\n[tool.report-ls]\nstag = 1\n'
    assert "here.toml:7:1" == fault(text, BELOW).partition(": ")[0]
    assert "here.toml:1:8: 5 is not a table of settings" == fault("tool = {report-ls = 5}", BELOW).replace("21", "8")


# Above and below


def test_what_is_set_for_a_check_also_counts_where_a_question_had_its_own() -> None:
    below = {"unanswered": Severity.HINT, "unanswered@1": Severity.ERROR, "answer-cut@1": None}
    assert below == merge_severities(below, {})
    assert {"unanswered": None, "answer-cut@1": None} == merge_severities(below, {"unanswered": None})
    assert {**below, "unanswered@2": None} == merge_severities(below, {"unanswered@2": None})


def test_a_pack_with_other_severities_is_the_same_object_each_time() -> None:
    pack = Pack("ours", "Ours", severities={"unanswered@1": Severity.ERROR, "answer-cut@1": None})
    above = {"unanswered": Severity.HINT}
    expected = pack._replace(severities={"answer-cut@1": None, "unanswered": Severity.HINT})
    assert expected == pack_with_severities(pack, above)
    assert pack_with_severities(pack, above) is pack_with_severities(pack, dict(above))
    assert pack is pack_with_severities(pack, {})


# Changing


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[severity]\n"unanswered@3" = "off"\n'),
        ('stage = "draft"', 'stage = "draft"\n\n[severity]\n"unanswered@3" = "off"\n'),
        ('# Ours\r\nstage = "draft"\r\n', '# Ours\r\nstage = "draft"\r\n\r\n[severity]\r\n"unanswered@3" = "off"\r\n'),
        ("[severity] # ours\n\n# end", '[severity] # ours\n"unanswered@3" = "off"\n\n# end'),
        (
            '[severity]\n  answer-cut = "off" # why\n  # end',
            '[severity]\n  answer-cut = "off" # why\n  "unanswered@3" = "off"\n  # end',
        ),
        ('[severity]\n"unanswered@3"  =  "hint" # why', '[severity]\n"unanswered@3"  =  "off" # why'),
        ("[severity]\nunanswered\\u00403 = 1", None),
        ('[severity]\n"unanswered\\u00403" = "hint"', '[severity]\n"unanswered\\u00403" = "off"'),
        ("severity = {}  # none", 'severity = { "unanswered@3" = "off" }  # none'),
        ('severity = {answer-cut="off"}', 'severity = {answer-cut="off", "unanswered@3" = "off"}'),
        (
            'severity.answer-cut = "off"\nstage = "draft"',
            'severity.answer-cut = "off"\nseverity."unanswered@3" = "off"\nstage = "draft"',
        ),
        ('severity."unanswered@3" = """hint"""', 'severity."unanswered@3" = "off"'),
        ("severity = 5", None),
        ("[severity]\nunanswered = off", None),
        ("[[severity]]", None),
    ],
)
def test_a_severity_is_set_and_all_else_stays_as_it_is_written(before: str, after: str | None) -> None:
    edit = with_severity(before, TOP, "unanswered@3", "off")
    assert after == (SourceText(before).apply([edit]).text if edit else None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[project]\nname = "x"\n', '[project]\nname = "x"\n\n[tool.report-ls.severity]\nunanswered = "off"\n'),
        (
            '[tool.report-ls]\nstage = "draft"\n[tool.other]\nx = 1\n',
            '[tool.report-ls]\nstage = "draft"\n[tool.other]\nx = 1\n\n[tool.report-ls.severity]\nunanswered = "off"\n',
        ),
        (
            '[tool.report-ls.severity]\nanswer-cut = "off"\n\n[tool.other]\nseverity = {}\n',
            '[tool.report-ls.severity]\nanswer-cut = "off"\nunanswered = "off"\n\n[tool.other]\nseverity = {}\n',
        ),
        (
            '[tool]\nreport-ls.severity.answer-cut = "off"\n',
            '[tool]\nreport-ls.severity.answer-cut = "off"\nreport-ls.severity.unanswered = "off"\n',
        ),
        ("tool = {report-ls = {}}\n", None),
    ],
)
def test_a_severity_is_set_below_a_table_too(before: str, after: str | None) -> None:
    edit = with_severity(before, BELOW, "unanswered", "off")
    assert after == (SourceText(before).apply([edit]).text if edit else None)


BARE = st.text("ab-1", min_size=1, max_size=3)
KEYS = BARE | BARE.map('"{} #="'.format) | BARE.map("'{}.]'".format)
DOTTED = st.lists(KEYS, min_size=1, max_size=3).map(" . ".join)
SCALARS = st.sampled_from(
    ["1", "1.5", "true", "1979-05-27 07:32:00", '"a # b = [\\""', "'a = {'", '"""\na = "1"\n""""', "'''\n[b]\n'''"]
)


def arrays(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(values, max_size=3).map(lambda items: "[\n" + " , # [x\n".join(items) + "\n]")


def tables(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(DOTTED, values).map("= ".join), max_size=3)
    return pairs.map(lambda items: "{" + ", ".join(items) + " }")


INLINE = st.recursive(SCALARS, lambda values: arrays(values) | tables(values), max_leaves=6)
LINES = st.one_of(
    st.tuples(DOTTED, INLINE).map(" = ".join),
    DOTTED.map("[ {} ] # [c]".format),
    DOTTED.map("[[{}]]".format),
    st.just("# a = 1"),
    st.just(""),
)
TEXTS = st.lists(LINES, max_size=6).map("\n".join)


def paths(data: Any, above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:  # noqa: ANN401 - whatever TOML holds
    """Return where the data has values that are no tables."""
    if isinstance(data, dict):
        return {path for key, value in data.items() for path in paths(value, (*above, key))} or {above}
    if isinstance(data, list):
        return {above}.union(*(paths(item, above) for item in data if isinstance(item, dict)))
    return {above}


@given(TEXTS)
def test_every_key_is_found_where_it_is_written(text: str) -> None:
    try:
        data = tomli.loads(text)
    except ValueError:
        return
    entries = _entries(text)
    assert set() == paths(data) - {entry.path for entry in entries} - {()}
    for entry in entries:
        (written,) = paths(tomli.loads(f"{text[entry.key.start : entry.key.end]} = 0"))
        assert written == entry.path[-len(written) :]


@given(TEXTS)
def test_whatever_a_file_holds_a_severity_is_set_and_nothing_else_or_nothing_is_done(text: str) -> None:
    edit = with_severity(text, ("a", "b"), "unanswered", "off")
    if edit:
        after = tomli.loads(SourceText(text).apply([edit]).text)
        assert "off" == after["a"]["b"]["severity"].pop("unanswered")
        before = tomli.loads(text)
        before.setdefault("a", {}).setdefault("b", {}).setdefault("severity", {}).pop("unanswered", None)
        assert before == after


# Finding


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def stage_in(folder: Path) -> str:
    found = find_configuration(folder)
    assert isinstance(found, ResolvedConfiguration), found
    return found.configuration.stage


def broken(folder: Path) -> str:
    found = find_configuration(folder)
    assert isinstance(found, Broken)
    return str(found.error).removeprefix(relative(folder) + "/")


def test_the_nearest_counts(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    assert ResolvedConfiguration() == find_configuration(tmp_path / "a/b/c")
    path = write(tmp_path / "report-ls.toml", 'stage = "draft"')
    assert ResolvedConfiguration(path, Configuration(stage="draft")) == find_configuration(tmp_path / "a/b/c")
    write(tmp_path / "a/pyproject.toml", '[tool.report-ls]\nstage = "final"')
    write(tmp_path / "a/b/pyproject.toml", '[tool.other]\nstage = "draft"')
    assert ["draft", "final", "final", "final"] == [stage_in(tmp_path / place) for place in (".", "a", "a/b", "a/b/c")]
    write(tmp_path / "a/b/report-ls.toml", "")
    assert ["final", "", ""] == [stage_in(tmp_path / place) for place in ("a", "a/b", "a/b/c/../c")]


def test_in_a_run_each_folder_is_looked_into_once(tmp_path: Path) -> None:
    for name in ("a/b", "a/c"):
        (tmp_path / name).mkdir(parents=True)
    path = write(tmp_path / "report-ls.toml", 'stage = "draft"')
    find = find_configurations_once()
    drafts = ResolvedConfiguration(path, Configuration(stage="draft"))
    assert drafts == find(tmp_path / "a/b")
    path.unlink()
    own = write(tmp_path / "a/c/report-ls.toml", 'stage = "final"')
    finals = ResolvedConfiguration(own, Configuration(stage="final"))
    assert [drafts, drafts, finals] == [find(tmp_path / place) for place in ("a/b", "a", "a/c")]
    assert ResolvedConfiguration() == find_configuration(tmp_path / "a/b")


def test_in_one_folder_the_own_file_comes_first(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.report-ls]\nstage = "final"')
    write(tmp_path / "report-ls.toml", 'stage = "draft"')
    assert "draft" == stage_in(tmp_path)


@pytest.mark.parametrize("is_worktree", [True, False])
def test_nothing_above_the_repository_is_looked_at(is_worktree: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    write(tmp_path / "report-ls.toml", "stage = nonsense")
    if is_worktree:
        write(tmp_path / "a/.git", "gitdir: elsewhere")
    else:
        (tmp_path / "a/.git").mkdir(parents=True)
    (tmp_path / "a/b").mkdir()
    assert ResolvedConfiguration() == find_configuration(tmp_path / "a/b")
    write(tmp_path / "a/report-ls.toml", 'stage = "draft"')
    assert "draft" == stage_in(tmp_path / "a/b")


def test_a_folder_is_found_from_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "report-ls.toml", 'stage = "draft"')
    write(tmp_path / "a/report-ls.toml", 'stage = "final"')
    monkeypatch.chdir(tmp_path / "a")
    assert ["final", "draft"] == [stage_in(Path(place)) for place in ("", "..")]


def test_a_byte_order_mark_and_carriage_returns_are_no_mistake(tmp_path: Path) -> None:
    path = write(tmp_path / "report-ls.toml", b'\xef\xbb\xbfstage = "draft"\r\n\r\n[severity]\r\n')
    assert "draft" == stage_in(tmp_path)
    write(path, b"\xef\xbb\xbfstag = 1\r\n")
    assert broken(tmp_path).startswith('report-ls.toml:1:1: there is no key "stag"')


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'# \xc3\xb8\nstage = "J\xf8rn"', "2:11: this is not UTF-8 but Windows-1252: save it as UTF-8"),
        ('stage = "draft"'.encode("utf-16"), "1:1: this is not UTF-8 but UTF-16: save it as UTF-8"),
    ],
)
def test_another_encoding_is_said(data: bytes, expected: str, tmp_path: Path) -> None:
    write(tmp_path / "report-ls.toml", data)
    assert f"report-ls.toml:{expected}" == broken(tmp_path)


PINS = "dependencies = [" + ", ".join(f'"library-{n}==1.{n}.0.2"' for n in range(110)) + "]"


@pytest.mark.parametrize(
    "text",
    [
        "= nonsense",
        b"# J\xf8rn",
        '[project]\ndependencies = ["report-ls==0.1.0"]\n[tool.other]\n<<<<<<< HEAD\n',
        '[tool.poetry.dependencies]\nreport-ls = "^0.1"\n= nonsense',
        '[dependency-groups]\ndev = [\n["report-ls"],\n]\n[tool.uv.sources]\nreport-ls = {git = "x"}\n= nonsense',
        f"[tool.other]\n# report-ls\n{PINS}",
        "# [tool.report-ls]\n" + "#" * 100_000,
        b'# J\xf8rn\n[project]\ndependencies = ["report-ls"]\n[tool.other]\n',
    ],
    ids=["nonsense", "Latin-1", "conflict", "poetry", "uv", "pins", "large", "Latin-1 that installs it"],
)
def test_another_pyproject_may_be_as_it_likes(text: str | bytes, tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", text)
    assert ResolvedConfiguration() == find_configuration(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        f'[project]\n{PINS}\n[tool.report-ls]\nstage = "draft"',
        '[ tool . "report-ls" ] # ours\nstage = "draft"',
        '[tool]\nreport-ls.stage = "draft"',
        "[tool]\nreport-ls = {stage = 'draft'}",
        'tool.report-ls.stage = "draft"',
        'tool = {other = 1, report-ls = {stage = "draft"}}',
        '[tool.report-ls.severity]\n[tool.report-ls]\nstage = "draft"',
        '\ufeff[tool.report-ls]\r\nstage = "draft"\r\n',
        '[tool.report-ls]\nstage = "draft"\n[other]\n' + "a." * 199 + "a = 1",
    ],
)
def test_the_table_may_be_written_in_any_way(text: str, tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", text)
    assert "draft" == stage_in(tmp_path)


def test_one_that_names_report_ls_must_be_right(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.report-ls]\nstage = "draft"\n[= nonsense')
    assert "pyproject.toml:3:2: this is not TOML: invalid initial character for a key part" == broken(tmp_path)


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "report-ls.toml").mkdir()
    expected = "report-ls.toml:1:1: this must be a regular file: rename or remove it"
    assert expected == broken(tmp_path)
    (tmp_path / "report-ls.toml").rmdir()
    os.mkfifo(tmp_path / "report-ls.toml")
    assert expected == broken(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_nobody_may_read_is_said(tmp_path: Path) -> None:
    write(tmp_path / "report-ls.toml", "").chmod(0)
    expected = "report-ls.toml:1:1: permission denied: make it a file that can be read, or take it away"
    assert expected == broken(tmp_path)


def test_a_link_in_a_circle_is_as_good_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "report-ls.toml").symlink_to("report-ls.toml")
    assert ResolvedConfiguration() == find_configuration(tmp_path)


# What it names


PACK = "id: ours\ntitle: Ours\n"


def test_a_pack_is_named_by_its_id_or_by_a_file_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "report-ls.toml", 'pack = "generic"')
    generic = next(pack for pack in packs() if pack.id == "generic")
    found = find_configuration(tmp_path)
    assert isinstance(found, ResolvedConfiguration)
    assert generic == found.pack
    write(tmp_path / "report-ls.toml", 'pack = "packs/ours.yaml"')
    write(tmp_path / "packs/ours.yaml", PACK)
    (tmp_path / "below").mkdir()
    found = find_configuration(tmp_path / "below")
    assert isinstance(found, ResolvedConfiguration)
    assert found.pack
    assert "ours" == found.pack.id


def test_a_template_is_a_file_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path / "report-ls.toml", 'template = "course/form.md"')
    assert 'report-ls.toml:1:12: "course/form.md" is not a file in the folder of this configuration' == broken(tmp_path)
    template = write(tmp_path / "course/form.md", "")
    expected = ResolvedConfiguration(path, Configuration(template="course/form.md"), None, template)
    assert expected == find_configuration(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", ["secret.txt", "/etc/hostname", "group/../secret.txt"])
def test_a_configuration_that_leads_out_of_its_folder_is_not_quoted(name: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "group").mkdir()
    write(tmp_path / "secret.txt", "the tool.report-ls password = hunter2")
    (tmp_path / "group" / name).symlink_to(Path("..", place))
    found = find_configuration(tmp_path / "group")
    if place == "/etc/hostname" and name == "pyproject.toml":
        assert ResolvedConfiguration() == found, "it says nothing of report-ls"
    else:
        assert isinstance(found, Broken)
        where = relative(tmp_path / "group" / name)
        expected = f"{where}:1:1: a link that leads out of its folder is not followed: put the file itself here"
        assert expected == str(found.error)


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_configuration_that_leads_to_another_file_of_its_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path / "ours.toml", 'stage = "draft"')
    (tmp_path / "report-ls.toml").symlink_to("ours.toml")
    assert ResolvedConfiguration(tmp_path / "report-ls.toml", Configuration(stage="draft")) == find_configuration(
        tmp_path
    )


def test_a_configuration_of_any_size_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "report-ls.toml").open("wb") as file:
        file.truncate(10_000_000_000)
    found = find_configuration(tmp_path)
    assert isinstance(found, Broken)
    expected = "report-ls.toml:1:1: it is larger than 4 megabytes: make it a file that can be read, or take it away"
    assert str(found.error).endswith(expected)


@pytest.mark.parametrize(
    ("key", "name", "says"),
    [("pack", "{}/ours.yaml", "is no known pack, and "), ("template", "{}/form.md", "")],
)
def test_nothing_outside_its_folder_is_read(key: str, name: str, says: str, tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for file in ("ours.yaml", "form.md"):
        write(outside / file, PACK)
        write(inside / file, PACK)
    (inside / "link").symlink_to(outside)
    why = f"{says}leads out of the folder of this configuration: what it names must lie in it"
    column = len(key) + 4
    for place in ("../outside", "link", "link/../../outside", "/outside"):
        written = name.format(place)
        write(inside / "report-ls.toml", f"{key} = '{written}'")
        assert f'report-ls.toml:1:{column}: "{written}" {why}' == broken(inside)
    write(inside / "report-ls.toml", f"{key} = '{name.format('../inside')}'")
    assert isinstance(find_configuration(inside), ResolvedConfiguration)


def test_a_pack_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.report-ls]\npack = "dtu-mlops-2026-1"')
    expected = (
        'pyproject.toml:2:8: "dtu-mlops-2026-1" is no known pack, and is not a file in the folder of this '
        'configuration; did you mean "dtu-mlops-2026-01"?'
    )
    assert expected == broken(tmp_path)


def test_a_name_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    write(tmp_path / "report-ls.toml", 'pack = "a\\u0000b"')
    assert 'report-ls.toml:1:8: "a\\u0000b" is no known pack, and cannot be looked for' == broken(tmp_path)


def test_a_broken_pack_is_said_in_its_own_file(tmp_path: Path) -> None:
    write(tmp_path / "report-ls.toml", 'pack = "ours.yaml"')
    pack = write(tmp_path / "ours.yaml", "id: ours\n")
    found = find_configuration(tmp_path)
    assert isinstance(found, Broken)
    assert (pack, 'ours.yaml:1:1: the key "title" is missing here') == (found.path, broken(tmp_path))


# The page


def rows() -> list[tuple[str, str]]:
    cells = re.findall(r"(?m)^\| (`[a-z.A-Z]+`)? ?\| (`[a-z.A-Z]+`)? ?\|", PAGE.read_text("utf-8"))
    return [(first.strip("`"), second.strip("`")) for first, second in cells]


def test_the_page_lists_all_settings_of_the_file_and_of_the_editor_under_one_name() -> None:
    in_file, in_editor = zip(*rows(), strict=True)
    assert sorted(SETTINGS) == sorted(filter(None, in_file))
    assert sorted(f"reportLs.{name}" for name in editor.SETTINGS) == sorted(filter(None, in_editor))
    assert [] == [row for row in rows() if all(row) and row[1] != f"reportLs.{row[0]}"]


def test_the_page_names_all_words() -> None:
    page = PAGE.read_text("utf-8")
    assert set() == {word for word in (*STAGES, *SEVERITIES.split(", ")) if f"`{word}`" not in page}


def test_the_examples_of_the_page_are_right() -> None:
    own, below = re.findall(r"(?ms)^```toml\n(.*?)^```$", PAGE.read_text("utf-8"))
    expected = Configuration(stage="draft", severities={"image-hidden": Severity.WARNING, "answer-too-short@14": None})
    assert expected == load_configuration(own, "here.toml", TOP)
    assert expected == load_configuration(below, "here.toml", BELOW)
