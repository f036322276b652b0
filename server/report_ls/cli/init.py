"""`--init`: the dialogue that sets up the project of the current folder."""

import json
import sys
from argparse import Namespace

from report_ls.cli.arguments import WrongUseError
from report_ls.cli.offers import Origin, ProposedFile, offers
from report_ls.cli.status import FOUND_NOTHING
from report_ls.cli.terminal import print_results
from report_ls.files.paths import leads_out
from report_ls.files.text_files import put_text, read_text, relative, top_of_repository


def answer(_options: Namespace) -> int:
    """Offer what is missing in the project, and write what is answered with yes."""
    top = top_of_repository()

    def existing(name: str) -> str | None:
        path = top / name
        if leads_out(path, top):
            raise WrongUseError(f"{relative(path)}: a link that leads out of the project is not followed")
        return read_text(path).text if path.exists() else None

    offered = [*offers(existing, origin())]
    if not offered:
        print_results(f"nothing to write: {relative(top)} has all that --init could add\n")
    for offer in offered:
        path = top / offer.path
        shown = relative(path)
        if offer.text is None:
            print_results(f"{shown}: {offer.purpose}\n  {offer.advice.rstrip()}\n")
        elif _is_wanted(offer, shown):
            put_text(path, offer.text, offer.before)
            print_results(f"  {shown} is written\n")
    return FOUND_NOTHING


def _is_wanted(offer: ProposedFile, shown: str) -> bool:
    """Ask whether a file is to be written."""
    print_results(f"{shown}: {offer.purpose}\n{'write' if offer.before is None else 'change'} it? [y/N] ")
    said = sys.stdin.readline() if sys.stdin else ""
    if not said.endswith("\n"):
        print_results("\n")
    return said.strip().lower() in ("y", "yes")


def origin() -> Origin | None:
    """Return what the installer has written down of this program; None where it did not come from a repository."""
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - asked once in a project

    try:
        written = distribution("report-ls").read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    # As PEP 610 says.
    said = json.loads(written or "{}")
    source = said.get("vcs_info", {})
    return Origin(said["url"], source["commit_id"]) if source.get("vcs") == "git" else None
