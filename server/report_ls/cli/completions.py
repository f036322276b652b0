"""`--completion`: the script that completes the options in a shell."""

from argparse import Namespace
from pathlib import Path

from report_ls.cli.status import FOUND_NOTHING
from report_ls.cli.terminal import print_results
from report_ls.files.text_files import read_text


def answer(options: Namespace) -> int:
    """Print the script for a shell."""
    print_results(completion(options.completion))
    return FOUND_NOTHING


def completion(shell: str) -> str:
    """Return the script that completes the command's options in a shell."""
    return read_text(Path(__file__).parents[1] / "completions" / f"report-ls.{shell}").text
