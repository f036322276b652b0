"""`--explain`: the page of a check."""

from argparse import Namespace

from report_ls.base.diagnostic import Stage
from report_ls.cli.named import named_check
from report_ls.cli.status import FOUND_NOTHING
from report_ls.cli.terminal import print_results


def answer(options: Namespace) -> int:
    """Print the page of a check, below its code and severities."""
    check = named_check(options.explain)
    final, draft = (check.severity_at(stage).word for stage in (Stage.FINAL, Stage.DRAFT))
    severity = final if final == draft else f"{final}, while a draft {draft}"
    print_results(f"{check.code} ({severity})\n\n{check.page.rstrip()}\n")
    return FOUND_NOTHING
