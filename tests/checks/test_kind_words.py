"""No message accuses: it says what was found, and never why the student wrote it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from support.modules import PACKAGE

_HARSH = re.compile(r"\b(?:false|dishonest|forg[eo]t|fake|proof|claim)", re.IGNORECASE)
_SUITES = Path(__file__).parent
_MARK = re.compile(r"[ \t]*(?:\^+…?|…|\||\$) (?:error|warning|information|hint|related): (.*)")


def _texts() -> Iterator[tuple[str, str]]:
    """Yield each text in the code of what speaks to people, but for what a module or a function says of itself."""
    for room in ("checks", "packs", "project", "repository", "cli", "lsp"):
        for path in sorted((PACKAGE / room).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                    yield path.name, node.value


def test_no_text_of_the_program_accuses() -> None:
    texts = list(_texts())
    assert len(texts) > 1000
    # A value of a setting and the script of a page say it to programs.
    spoken = [(name, text.replace("true or false", "")) for name, text in texts if " " in text and "const " not in text]
    harsh = [(name, text) for name, text in spoken if _HARSH.search(text)]
    assert [] == harsh


def test_no_message_of_a_suite_accuses() -> None:
    lines = [line for path in sorted(_SUITES.glob("*.md")) for line in path.read_text("utf-8").splitlines()]
    messages = [mark[1] for line in lines if (mark := _MARK.fullmatch(line))]
    assert len(messages) > 1000
    assert [] == [message for message in messages if _HARSH.search(message)]
