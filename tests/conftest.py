"""What holds for all tests: nobody is hurried, nobody waits for ever, and where it is forbidden nobody is skipped."""

import os
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A machine that is busy is no defect. Generated texts are the same in each run, so that a change is only held against
# itself; with REPORT_LS_SEARCH=1 new ones are looked for.
_IS_SEARCH = os.environ.get("REPORT_LS_SEARCH") == "1"
settings.register_profile("unhurried", deadline=None, derandomize=not _IS_SEARCH)
settings.load_profile("unhurried")

# What a shell starts in the background ignores Ctrl-C, and hands that on: what tests interrupt would never end.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What a test keeps for a next run is no other test's, and does not come to those who run the tests.
_CACHE = tempfile.TemporaryDirectory()
os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = _CACHE.name


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A browser without a window: one for all tests, as there can be no second one in a process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - few tests need it
    from vscode.editor import CHROMIUM, CHROMIUM_ARGUMENTS  # noqa: PLC0415 - likewise

    if not Path(CHROMIUM).exists():
        pytest.skip(f"NOT TESTED: what a browser shows. There is no {CHROMIUM}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


_SECONDS_OF_A_SLOW_TEST = 1200


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give slow tests more time than pyproject.toml gives all."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.timeout(_SECONDS_OF_A_SLOW_TEST))


# With REPORT_LS_REQUIRE=1 everything that tests need is at hand, as `.ci/run` installs it: a test that was skipped for
# want of something, and says NOT TESTED, is a failure. One that is skipped for another reason, as when root runs it,
# stays skipped.
_IS_ALL_AT_HAND = os.environ.get("REPORT_LS_REQUIRE") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not _IS_ALL_AT_HAND or not report.skipped:
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if "NOT TESTED" in reason:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} may not be skipped here: {reason}"
