"""What lies right at a limit: words that are just so much alike, a process that is waited for just so long."""

import subprocess
from typing import Any

import pytest


def words_alike(similarity: float) -> tuple[str, str, str]:
    """Return a word, one that is just so similar to it, and one that is less so; as difflib measures it."""
    n_signs = 10
    n_alike = round(similarity * n_signs)
    assert n_alike == similarity * n_signs, "so that there is a word that is just as similar"
    alike, less = ("a" * n + "b" * (n_signs - n) for n in (n_alike, n_alike - 1))
    return "a" * n_signs, alike, less


def seconds_waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let no process answer from now on, and return a list of the times that `subprocess` is told to wait."""
    waited: list[float] = []

    def never_answers(arguments: list[str], *, timeout: float, **_: Any) -> bytes:  # noqa: ANN401 - as subprocess has it
        waited.append(timeout)
        raise subprocess.TimeoutExpired(arguments, timeout)

    monkeypatch.setattr(subprocess, "check_output", never_answers)
    return waited
