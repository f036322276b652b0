"""The text of Python without comments, without strings but plain words, and nowhere deep enough to fill the stack."""

import re

from report_ls.base.regex import regex

MAX_DEPTH = 100
"""Names and signs between two commas or lines, and branches in all: nothing in the tree can be deeper."""


def bare(text: str) -> str | None:
    """Return a text of Python with its strings emptied and its comments gone; None where it is nested too deep."""
    plain = _LITERAL.sub(_emptied, re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")))
    return None if _is_deep(plain) else plain


_LITERAL = regex(
    r"""\#[^\n]*|(?P<prefix>(?<!\w)[rbuft]{1,2})?(?P<quotes>\"{3}|'{3}|["'])"""
    r"""(?P<content>(?:(?!(?P=quotes))[^\\]|\\.?)*)(?P<end>(?P=quotes)?)""",
    re.DOTALL | re.IGNORECASE,
)
_PLAIN = regex(r"[\w .:-]{0,40}")
_NUMBERED = regex(r"[\w .-]{0,40}\{\w+(?: ?\+ ?\d+)?\}[\w .-]{0,40}")


def _emptied(literal: re.Match[str]) -> str:
    """Return a string as it is if it is a plain word, else an empty one; of a comment nothing is left.

    So nothing is in a string that could be deep or odd, and all brackets and commas are those of the script.
    """
    prefix, quotes, content, end = literal.group("prefix", "quotes", "content", "end")
    if quotes is None:
        return ""
    if not end or (len(quotes) == 1 and "\n" in content):
        return '"'  # It does not end, and neither Python nor this reads any further.
    prefix = (prefix or "").lower()
    if prefix in ("", "r", "u") and _PLAIN.fullmatch(content):
        return f'"{content}"'
    if prefix in ("f", "fr", "rf") and _NUMBERED.fullmatch(content):
        return f'f"{content}"'
    return '""'


_TOKEN = regex(
    r"""(?P<blank>"[^"\n]*"|[ \t\f]+|\\\n)|(?P<word>\w+)|(?P<open>[(\[{])|(?P<close>[)\]}])"""
    r"""|(?P<comma>[,;])|(?P<line>\n)|."""
)


def _is_deep(plain: str) -> bool:
    """Say whether something in a script is nested so deep that it could fill the stack."""
    # For each open bracket, what it holds since the last comma.
    counts = [0]
    n_branches = 0
    for token in _TOKEN.finditer(plain):
        match token.lastgroup:
            case "blank":
                continue
            case "comma":
                counts[-1] = 0
            case "line":
                counts[-1] = 0 if len(counts) == 1 else counts[-1]
            case "close" if len(counts) > 1:
                counts.pop()
            case kind:
                n_branches += token[0] == "elif"
                counts[-1] += 1
                if kind == "open":
                    counts.append(0)
        if n_branches + sum(counts) > MAX_DEPTH:
            return True
    return False
