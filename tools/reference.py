"""Makes documents from the code: the reference of all checks, `packs.json`, and the schema of packs.

A test compares them with the committed files, and `UPDATE=1 pytest` writes them.
"""

import json
import re
from collections.abc import Iterable, Iterator

from report_ls.checks import Check, all_checks
from report_ls.packs.schema import SCHEMA

_HEAD = """\
<!-- Made from server/report_ls/checks by `UPDATE=1 pytest`: change it there. -->

# The checks

What report-ls finds, by code. A check has two severities: the *final* one counts before you hand in, the *draft* one
while you write. A rule pack can change any of them or switch a check off, for one question too:

```yaml
severities:
  answer-too-long: error
  answer-too-short@14: off
```

Where the last column says *yes*, `report-ls --fix` mends most of what the check finds; other fixes wait for you to
choose them.

"""


def rules_page() -> str:
    """Return `rules/README.md`: a table of all checks, then the page of each."""
    checks = all_checks()
    return _HEAD + "\n".join([*_table(checks), "", *(line for check in checks for line in _section(check))])


def packs_json(packs: Iterable[object]) -> str:
    """Return `rules/packs.json`: the data of all packs, read at every start because JSON is faster than YAML."""
    return "[\n" + ",\n".join(json.dumps(pack) for pack in packs) + "\n]\n"


def pack_schema() -> str:
    """Return `rules/pack.schema.json`."""
    return json.dumps(SCHEMA, indent=2) + "\n"


def _table(checks: Iterable[Check]) -> Iterator[str]:
    yield "| code | final | draft | finds | `--fix` |"
    yield "|---|---|---|---|---|"
    for check in checks:
        final, draft = (severity.word for severity in check.severity)
        title = check.title.replace("|", r"\|")
        yield f"| [{check.code}](#{check.code}) | {final} | {draft} | {title} | {'yes' if _is_fixed(check) else ''} |"


def _is_fixed(check: Check) -> bool:
    """Return whether the example shows the text after the fix, which it must if there is a safe fix."""
    return any(line.strip("`~") == "fixed" for line in check.page.split("\n"))


def _section(check: Check) -> Iterator[str]:
    title, _, rest = check.page.strip("\n").partition("\n")
    yield f"## {check.code}"
    yield ""
    yield title
    yield ""
    yield f"{_severity(check)}{_companions(check)}"
    yield from _deeper(rest.rstrip("\n").split("\n"))
    yield ""


def _severity(check: Check) -> str:
    final, draft = check.severity
    if final is draft and not check.less:
        return f"**{final.word.capitalize()}.**"
    in_draft = "" if final is draft else f", in a draft **{draft.word}**"
    less = re.sub(r"(?:^|(?<=, ))\w+", lambda word: f"**{word[0]}**", check.less)
    return f"**{final.word.capitalize()}**{in_draft}{f'; {less}' if less else ''}."


def _companions(check: Check) -> str:
    """Return sentences on how findings of the check are grouped, and which other checks it suppresses."""
    fewest = check.fewest_grouped
    how_many = "Several" if fewest == 2 else f"{fewest} or more"  # noqa: PLR2004 - two are several
    grouped = f" {how_many} in one report are one finding, at the first of them." if fewest else ""
    if not check.suppresses:
        return grouped
    codes = [f"[{code}](#{code})" for code in check.suppresses]
    listed = " and ".join(filter(None, (", ".join(codes[:-1]), codes[-1])))
    return f"{grouped} Where it finds something, the same question is not also reported for {listed}."


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def _deeper(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines of Markdown with each heading one level deeper; lines in a code fence are no headings."""
    fence = ""
    for line in lines:
        match = _FENCE.fullmatch(line)
        if not match:
            yield f"#{line}" if line.startswith("#") and not fence else line
            continue
        signs, info = match.groups()
        if not fence:
            fence = signs
        elif signs.startswith(fence) and not info.strip():
            fence = ""
        yield line
