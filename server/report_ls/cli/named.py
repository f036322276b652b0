"""Looks up the check, pack or file that an argument names. If it does not exist, the error names the nearest one."""

from pathlib import Path

from report_ls.base.text import SourceText
from report_ls.checks import Check, all_checks
from report_ls.cli.arguments import WrongUseError
from report_ls.data.error import DataError, nearest
from report_ls.files.paths import is_file
from report_ls.files.text_files import read_text, reason, relative
from report_ls.packs.pack import Pack
from report_ls.project.packs import load_pack, packs


def named_check(code: str) -> Check:
    """Return the check with a code. Raises `WrongUseError`, like all functions here."""
    checks = {check.code: check for check in all_checks()}
    if code not in checks:
        raise WrongUseError(f'there is no check "{code}"; the nearest is {nearest(code.lower(), checks, 0)}')
    return checks[code]


def named_pack(name: str) -> Pack:
    """Return the pack with an id or in a file."""
    try:
        pack = load_pack(name)
    except DataError as error:
        raise WrongUseError(str(error)) from None
    except OSError as error:
        raise WrongUseError(f"{name}: {reason(error)}") from None
    if pack is None:
        # The draft of a pack is usually in a file named after its id.
        file = next((file for ending in (".yaml", ".yml") if is_file(file := Path(f"{name}{ending}"))), None)
        if file:
            raise WrongUseError(f'there is no pack "{name}"; did you mean the file {relative(file)}?')
        near = nearest(name.lower(), [pack.id for pack in packs()], 0)
        raise WrongUseError(f'there is no pack "{name}"; the nearest is {near} (see report-ls --list-packs)')
    return pack


def named_text(path: Path) -> SourceText:
    """Return the text of a file."""
    try:
        return read_text(path)
    except OSError as error:
        raise WrongUseError(f"{relative(path)}: {reason(error)}") from None
