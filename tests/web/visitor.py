"""Somebody who has the page open in a real browser: what they do, and what the page and the network then show.

Whatever a visitor does, the page may ask for files of its own and for nothing else; leaving it is what looks.
"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, cast, final

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, expect

PATIENCE = 60.0
"""Seconds until a state that is waited for will no longer come."""

_LISTENING = """
window.said = [];
window.Worker = class extends Worker {
    constructor(...given) {
        super(...given);
        this.addEventListener("message", ({ data }) => data.kind === "said" && window.said.push(JSON.parse(data.text)));
    }
};
"""

expect.set_options(timeout=PATIENCE * 1000)


@final
class Visitor:
    """One visit; to be used in a `with` statement, which ends it."""

    def __init__(  # noqa: PLR0913 - each but the first three has its default
        self,
        browser: Browser,
        address: str,
        dist: Path,
        *,
        fragment: str = "",
        width: int = 1400,
        scheme: str = "light",
    ) -> None:
        self.address, self._dist = address, dist
        self.context = browser.new_context(
            viewport={"width": width, "height": 850},
            color_scheme=cast(Any, scheme),
            locale="en-US",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.page.add_init_script(_LISTENING)
        self._fragment = fragment
        self.asked: list[str] = []
        """The addresses of all requests, those of workers too."""
        self.faults: list[str] = []
        """What the page has thrown, and what its console and Python have complained of."""
        self.questions: list[str] = []
        """What the page has asked."""
        self.agrees = True
        """What it is answered."""
        self.page.on("dialog", self._answer)
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def _answer(self, dialog: Dialog) -> None:
        self.questions.append(dialog.message)
        (dialog.accept if self.agrees else dialog.dismiss)()

    def __enter__(self) -> "Visitor":
        self.page.goto(f"{self.address}{self._fragment}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.context.close()
        if kind is None:
            assert [] == self.faults
            own = {f"{self.address}{path.relative_to(self._dist).as_posix()}" for path in self._dist.rglob("*")}
            own |= {self.address}
            assert [] == [url for url in self.asked if url not in own and not url.startswith("blob:")]

    # What the page shows

    @property
    def summary(self) -> Locator:
        """The findings of the whole report."""
        return self.page.locator("#summary")

    @property
    def message(self) -> Locator:
        """What the page has to say."""
        return self.page.locator("#message")

    @property
    def rows(self) -> Locator:
        """The list of questions and problems, without that by kind."""
        return self.page.locator("#questions button:not(details *)")

    @property
    def here(self) -> Locator:
        """The findings on the caret's line."""
        return self.page.locator("#here")

    @property
    def hover(self) -> Locator:
        """The findings at the mouse pointer."""
        return self.page.locator(".cm-tooltip-hover")

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.locator("#dialog[open]")

    @property
    def course_page(self) -> Any:  # noqa: ANN401 - a frame's locator has no name of its own
        """The page that the course makes of the report."""
        return self.page.frame_locator("#page")

    # What a visitor does

    def click(self, name: str) -> None:
        """Click a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def try_example(self) -> None:
        """Open the example, and wait until it was judged."""
        self.forget()
        self.click("Try the example")
        self.wait_until_judged()

    def wait_until_judged(self) -> None:
        """Wait for the findings of the document that was opened last."""
        self.page.wait_for_function("() => window.said.some(({ method }) => method === 'reportLs/status')")

    def forget(self) -> None:
        """Forget the messages of the server until now."""
        self.page.evaluate("window.said = []")

    def open_files(self, *paths: Path | str) -> None:
        """Choose files."""
        self.forget()
        self.page.locator("#file").set_input_files([str(path) for path in paths])

    def open_folder(self, folder: Path) -> None:
        """Choose a folder."""
        self.forget()
        self.page.locator("#folder").set_input_files(str(folder))

    def drop(self, path: Path) -> None:
        """Drop a file or folder from the desktop."""
        self.forget()
        devtools = self.context.new_cdp_session(self.page)
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            devtools.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 400, "data": data})

    def point_at(self, text: str) -> None:
        """Move the mouse to the first line that holds a text."""
        self.page.mouse.move(0, 0)
        self.page.locator(".cm-content").press("Control+Home")
        line = self.page.locator(".cm-line", has_text=text).first
        line.scroll_into_view_if_needed()
        box = line.bounding_box()
        assert box
        for x in (60, 64):
            self.page.mouse.move(box["x"] + x, box["y"] + box["height"] / 2)

    def text(self) -> str:
        """Return the shown text, which is the text that is saved."""
        with self.page.expect_download() as waiting:
            self.click("Download")
        return Path(waiting.value.path()).read_bytes().decode()

    def diagnostics(self, path: str) -> Sequence[Any]:
        """Wait until a report was judged, and return what was last said of it."""
        uri = f"file:///project/{path}"
        script = """uri => window.said.filter(({ method, params }) =>
            method === "textDocument/publishDiagnostics" && params.uri === uri).at(-1)?.params.diagnostics"""
        self.page.wait_for_function(f"uri => ({script})(uri) !== undefined", arg=uri)
        return cast(Sequence[Any], self.page.evaluate(script, uri))
