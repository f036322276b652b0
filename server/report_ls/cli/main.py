"""Which module answers what is asked, and what is said where it cannot."""

from argparse import Namespace
from collections.abc import Callable, Sequence

from report_ls import __version__
from report_ls.cli import check, completions, explain, handin, packs, render, watch
from report_ls.cli.arguments import WrongUseError, help_text, read_arguments
from report_ls.cli.status import CANNOT_SAY, FOUND_NOTHING
from report_ls.cli.terminal import prepare_streams, print_results, say
from report_ls.files.text_files import reason


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask and return the exit status."""
    prepare_streams()
    try:
        return _run(arguments)
    except WrongUseError as error:
        say(f"report-ls: {error}")
    except OSError as error:
        say(f"report-ls: {reason(error)}")
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


def _init(options: Namespace) -> int:
    from report_ls.cli import init  # noqa: PLC0415 - asked once in a project

    return init.answer(options)


_ANSWERS: dict[str, Callable[[Namespace], int]] = {
    "help": _help,
    "version": _version,
    "explain": explain.answer,
    "completion": completions.answer,
    "list_packs": packs.answer_list,
    "infer_pack": packs.answer_infer,
    "check_pack": packs.answer_check,
    "diff_packs": packs.answer_diff,
    "init": _init,
    "render": render.answer,
    "handin": handin.answer,
    "watch": watch.answer,
    "check": check.answer,
    "fix": check.answer,
    "diff": check.answer,
}
"""What answers each option. The first counts: `--watch` takes `--check` beside it, and `--check` takes `--fix`."""
