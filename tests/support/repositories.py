"""Repositories that a real git makes."""

import os
import subprocess
from pathlib import Path


def run_git(folder: Path, *arguments: str) -> str:
    """Do what a student does."""
    settings = {"user.name": "A Student", "user.email": "student@example.org", "init.defaultBranch": "main"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *options, *arguments],  # noqa: S607 - the one that the user has
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def write(folder: Path, *names: str) -> None:
    """Write files whose text is their name."""
    for name in names:
        folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(name).write_text(name, "utf-8")
