"""`--init`: asks which files to write, to set up the project of the current folder."""

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
    """Offer the files that are missing in the project, and write those that the user wants."""
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
    """Ask the user whether to write a file."""
    print_results(f"{shown}: {offer.purpose}\n{'write' if offer.before is None else 'change'} it? [y/N] ")
    reply = sys.stdin.readline() if sys.stdin else ""
    if not reply.endswith("\n"):
        print_results("\n")
    return reply.strip().lower() in ("y", "yes")


def origin() -> Origin | None:
    """Return the repository that the installer has recorded for this program; None if it was installed otherwise."""
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - asked once in a project

    try:
        written = distribution("report-ls").read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    # The format of PEP 610.
    direct_url = json.loads(written or "{}")
    source = direct_url.get("vcs_info", {})
    return Origin(direct_url["url"], source["commit_id"]) if source.get("vcs") == "git" else None
