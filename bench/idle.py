"""Measures a server with a class of 220 reports while nothing happens and its client asks every two seconds.

It measures the processor time of a minute, after all reports were judged once, with a client whose requests are
not held.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import documents
from session import Client, resident

_N_REPORTS, _N_POLLS, _PAUSE = 220, 30, 2
_GOAL = 0.5
_CAPABILITIES = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}


def page(folder: Path) -> Iterator[str]:
    """Measure in a folder, and yield the lines of the page."""
    place = folder / "idle"
    for number in range(_N_REPORTS):
        documents.write(place / f"group-{number}", seed=number)
    yield f"\n## A class of {_N_REPORTS} reports in an editor while nothing happens\n"
    yield f"Asked for all of them every {_PAUSE} seconds for a minute.\n"
    yield "| what | goal | measured | |"
    yield "|---|---|---|---|"
    seconds, megabytes = _measure(place)
    reached = "reached" if seconds <= _GOAL else "not reached"
    yield f"| processor time, s | at most {_GOAL} | {seconds:.2f} | {reached} |"
    yield f"| memory, MB | | {megabytes:.0f} | |"


def _measure(place: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "report_ls"]
    with subprocess.Popen(  # noqa: S603 - our own server
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=place
    ) as process:
        client = Client(process)
        params = {"processId": None, "rootUri": place.as_uri(), "capabilities": _CAPABILITIES}
        client.request("initialize", params)
        client.notify("initialized", {})
        answer = client.request("workspace/diagnostic", {"previousResultIds": []})
        known = [{"uri": item["uri"], "value": item["resultId"]} for item in answer["items"]]
        before = _processor_time(process.pid)
        for _ in range(_N_POLLS):
            time.sleep(_PAUSE)
            answer = client.request("workspace/diagnostic", {"previousResultIds": known})
            if [item["kind"] for item in answer["items"]] != ["unchanged"] * _N_REPORTS:
                raise RuntimeError("nothing has changed, and something else is said")
        figures = _processor_time(process.pid) - before, resident(process.pid)
        client.request("shutdown", None)
        client.notify("exit", None)
    return figures


def _processor_time(pid: int) -> float:
    """Return the seconds that a process has kept a core busy (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
