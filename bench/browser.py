"""Measures the page that runs report-ls in a browser: bytes of a first visit, and times in a real Chromium.

`make bench-page` measures only this, and rewrites its part of `bench/RESULTS.md`.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from gzip import compress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

import documents
import results
from playwright.sync_api import BrowserContext, sync_playwright
from report_ls.analysis.analyze import analyze
from report_ls.base.diagnostic import Stage
from report_ls.base.memo import clear_memos
from report_ls.files.disk import DiskFiles
from report_ls.files.text_files import read_text
from report_ls.packs.recognise import recognise
from report_ls.project.packs import packs
from report_ls.report.outline import outline

_ROOT = Path(__file__).parent.parent
_TITLE = "## In a browser"
_CHROMIUM = "/usr/bin/chromium"
_N_KEYS, _N_ROUNDS = 100, 5
_MOST_MEGABYTES, _MOST_TIMES = 8, 3
_TIMING = """
window.waits = [];
window.Worker = class extends Worker {
    sent = new Map();
    constructor(...given) {
        super(...given);
        this.addEventListener("message", ({ data }) => {
            const { method, params } = data.kind === "said" ? JSON.parse(data.text) : {};
            if (method === "textDocument/publishDiagnostics" && this.sent.has(params.version)) {
                window.waits.push(performance.now() - this.sent.get(params.version));
            }
        });
    }
    postMessage(message) {
        super.postMessage(message);
        const { method, params } = message.kind === "say" ? JSON.parse(message.text) : {};
        if (method === "textDocument/didChange") {
            this.sent.set(params.textDocument.version, performance.now());
        }
    }
};
"""


def page(folder: Path) -> Iterator[str]:
    """Measure in a folder, and yield the lines of the page."""
    subprocess.run([sys.executable, _ROOT / "web" / "build.py"], check=True, stdout=sys.stderr)  # noqa: S603 - ours
    dist = _ROOT / "web" / "dist"
    loaded = [path for path in dist.iterdir() if path.is_file() and not path.name.startswith("THIRD-PARTY")]
    sizes = [len(compress(path.read_bytes())) for path in loaded]
    report = documents.write(folder / "browser")
    cold, warm, keystroke = _in_chromium(dist, report.parent)
    native = _natively(report)
    megabytes, times = sum(sizes) / 1e6, keystroke / native
    yield f"\n{_TITLE}\n"
    yield "The page of `make page`, from a server on the same machine, with the report of 40 kB.\n"
    yield "| what | goal | measured | |"
    yield "|---|---|---|---|"
    reached = "reached" if megabytes <= _MOST_MEGABYTES else "not reached"
    yield f"| transferred on the first visit, MB | at most {_MOST_MEGABYTES} | {megabytes:.2f} | {reached} |"
    yield f"| from the address to the first diagnostics, first visit, s | | {cold:.1f} | |"
    yield f"| the same on the next visit, s | | {warm:.1f} | |"
    yield f"| keystroke, median of {_N_KEYS}, ms | | {keystroke:.1f} | |"
    reached = "reached" if times <= _MOST_TIMES else "not reached"
    against = "keystroke, against `analyze` of the whole report without a browser"
    yield f"| {against} | at most {_MOST_TIMES} | {times:.2f} | {reached} |"


def _in_chromium(dist: Path, folder: Path) -> tuple[float, float, float]:
    """Return the seconds of a first and of a second visit, and the milliseconds of a keystroke."""
    handler = partial(SimpleHTTPRequestHandler, directory=dist)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        chromium = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = chromium.new_context()
        context.add_init_script(_TIMING)
        cold, _ = _visit(context, address, folder)
        warm, keystroke = _visit(context, address, folder)
        chromium.close()
        server.shutdown()
    return cold, warm, keystroke


def _visit(context: BrowserContext, address: str, folder: Path) -> tuple[float, float]:
    started = time.perf_counter()
    visited = context.new_page()
    visited.goto(address)
    visited.locator("#folder").set_input_files(folder)
    visited.locator("#questions > li > button").first.wait_for(timeout=120_000)
    seconds = time.perf_counter() - started
    visited.wait_for_function("() => navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')")
    visited.locator(".cm-line", has_text=re.compile(r"^\w.{60}")).first.click()
    for number in range(1, _N_KEYS + 1):
        visited.keyboard.type("a")
        visited.wait_for_function("number => window.waits.length >= number", arg=number)
    milliseconds = median(visited.evaluate("window.waits"))
    visited.close(run_before_unload=False)
    return seconds, milliseconds


def _natively(report: Path) -> float:
    """Return the milliseconds that `analyze` takes for a report, with empty caches."""
    source = read_text(report)
    pack = recognise(outline(source.plain), packs())
    if pack is None:
        raise RuntimeError("the document is no report")
    times = []
    for _ in range(_N_ROUNDS):
        clear_memos()
        started = time.perf_counter()
        analyze(source, pack, DiskFiles(report.parent, report.name), Stage.FINAL)
        times.append(time.perf_counter() - started)
    return median(times) * 1e3


if __name__ == "__main__":
    results.rewrite(page)
