"""The limits of this room: each is tested at the last value within it and at the first one beyond."""

from pathlib import Path

import pytest
from report_ls.project.configuration import _MAX_SHOWN_CHARACTERS, show
from report_ls.project.counts import _MAX_README_BYTES, _words_of_readme


@pytest.mark.parametrize("n_more", [0, 1])
def test_so_much_of_a_value_is_shown(n_more: int) -> None:
    written = f'"{"a" * (_MAX_SHOWN_CHARACTERS + n_more - 2)}"'
    assert (f"{written[:_MAX_SHOWN_CHARACTERS]}..." if n_more else written) == show(written[1:-1])


@pytest.mark.parametrize(("n_more", "expected"), [(0, ", 1 word in README.md"), (1, "")])
def test_words_of_a_readme_of_so_many_bytes_are_counted(n_more: int, expected: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    (tmp_path / "README.md").write_bytes(b"a" * (_MAX_README_BYTES + n_more))
    assert expected == _words_of_readme(tmp_path / "report.md", frozenset({"README.md"}))
