"""Rules for all tests: time limits are generous but finite, and with REPORT_LS_REQUIRE=1 a skipped test fails."""

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

# A busy machine is no defect, so there is no deadline. Generated texts are the same in each run, so that a failure is
# due to a change; with REPORT_LS_SEARCH=1 the tests generate new ones.
_IS_SEARCH = os.environ.get("REPORT_LS_SEARCH") == "1"
settings.register_profile("unhurried", deadline=None, derandomize=not _IS_SEARCH)
settings.load_profile("unhurried")

# Processes that a shell starts in the background ignore Ctrl-C, and so do their children: tests that press it would
# wait forever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# They assert, and tests of other folders may import them first.
pytest.register_assert_rewrite("lsp.client", "vscode.editor", "web.visitor")

# The tests have their own cache folder, separate from that of the user who runs them.
_CACHE = tempfile.TemporaryDirectory()
os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = _CACHE.name


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A headless browser: one for all tests, because a process cannot have two."""
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
    """Give slow tests a longer timeout than the one in pyproject.toml."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.timeout(_SECONDS_OF_A_SLOW_TEST))


# With REPORT_LS_REQUIRE=1 all programs that tests need are installed, as by `.ci/run`: then a test that is skipped
# because something is missing, and says NOT TESTED, is a failure. A test that is skipped for another reason, such as
# running as root, stays skipped.
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
