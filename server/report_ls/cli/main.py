"""Calls the module of the option that was given, and prints errors."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from report_ls import __version__
from report_ls.cli import check
from report_ls.cli.arguments import WrongUseError, help_text, read_arguments
from report_ls.cli.formats import say_error
from report_ls.cli.status import CANNOT_SAY, FOUND_NOTHING
from report_ls.cli.terminal import prepare_streams, print_results, say
from report_ls.files.text_files import reason


def run(arguments: Sequence[str]) -> int:
    """Run the command and return the exit status."""
    prepare_streams()
    try:
        return _run(arguments)
    except WrongUseError as error:
        say(f"report-ls: {error}")
    except OSError as error:
        say(f"report-ls: {reason(error)}")
    except Exception as error:  # noqa: BLE001 - an unexpected error must not look like a finding
        from traceback import format_exc  # noqa: PLC0415 - only a defect needs it

        say(*format_exc().splitlines(), f"report-ls failed because of a bug in it: {say_error(error)}")
    return CANNOT_SAY


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        say(*help_text().rstrip("\n").split("\n"))
        return CANNOT_SAY
    options = read_arguments(arguments)
    for name, answer in _ANSWERS.items():
        if getattr(options, name):
            return answer(options)
    paths = " ".join(options.paths) or "PATH"
    end = "-- " if any(path.startswith("-") for path in options.paths) else ""
    raise WrongUseError(f"did you mean --check? report-ls --check {end}{paths}")


def _help(_options: Namespace) -> int:
    print_results(help_text())
    return FOUND_NOTHING


def _version(_options: Namespace) -> int:
    print_results(f"report-ls {__version__}\n")
    return FOUND_NOTHING


def _lazily(module: str, name: str = "answer") -> Callable[[Namespace], int]:
    """Return a function that imports its module when it is called, so that `--check` does not wait for that."""

    def answer(options: Namespace) -> int:
        status: int = getattr(import_module(f"report_ls.cli.{module}"), name)(options)
        return status

    return answer


_ANSWERS: dict[str, Callable[[Namespace], int]] = {
    "help": _help,
    "version": _version,
    "explain": _lazily("explain"),
    "completion": _lazily("completions"),
    "list_packs": _lazily("packs", "answer_list"),
    "infer_pack": _lazily("packs", "answer_infer"),
    "check_pack": _lazily("packs", "answer_check"),
    "diff_packs": _lazily("packs", "answer_diff"),
    "init": _lazily("init"),
    "render": _lazily("render"),
    "handin": _lazily("handin"),
    "watch": _lazily("watch"),
    "check": check.answer,
    "fix": check.answer,
    "diff": check.answer,
}
"""The function of each option. Of several given, the first here counts: `--watch` before `--check` before `--fix`."""
