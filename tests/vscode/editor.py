"""A real VS Code, with the extension that users install, and a browser that shows it.

Nothing here sleeps: whoever waits lets the browser wait for a state of the page, or looks at the disk again and again
until it is reached, and fails after a generous time.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, final
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

PATIENCE = 90.0
"""Seconds until a state that is waited for will no longer come."""

_TRIES = 10
TRY_MS = PATIENCE / _TRIES * 1000
"""Milliseconds after which a user does again what had no effect."""

_WIDE = 400

EXTENSION = Path(__file__).parents[2] / "vscode-extension"

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

SETTINGS: Mapping[str, Any] = {
    "breadcrumbs.enabled": False,
    "chat.disableAIFeatures": True,
    "editor.hover.delay": 100,
    "editor.minimap.enabled": False,
    "editor.stickyScroll.enabled": False,
    "editor.wordWrap": "on",
    "extensions.ignoreRecommendations": True,
    "files.autoSave": "off",
    "files.simpleDialog.enable": True,
    "git.enabled": False,
    "security.workspace.trust.enabled": False,
    "telemetry.telemetryLevel": "off",
    "terminal.integrated.gpuAcceleration": "off",
    "workbench.colorTheme": "Default Light Modern",
    "workbench.enableExperiments": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
}

expect.set_options(timeout=PATIENCE * 1000)


@final
class Installation:
    """VS Code as `setup.sh` installs it, and the extension to install in it."""

    def __init__(self, folder: Path, vsix: Path) -> None:
        self.node = folder / "node" / "bin" / "node"
        self.program = folder / "code-server" / "node_modules" / "code-server" / "out" / "node" / "entry.js"
        self.vsix = vsix


@final
class Editor:
    """One VS Code on one folder; to be used in a `with` statement, which ends it."""

    def __init__(
        self,
        installation: Installation,
        browser: Browser,
        *,
        settings: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        pixels: float = 1,
    ) -> None:
        self._installation = installation
        self._browser = browser
        self._pixels = pixels
        self._resources = ExitStack()
        # Short: it holds sockets, whose names have at most 107 characters.
        self._home = Path(tempfile.mkdtemp(prefix="vsc-"))
        self._resources.callback(shutil.rmtree, self._home, ignore_errors=True)
        self.folder = self._home / "thesis"
        """The folder that is open."""
        user = self._home / "data" / "User"
        for folder in (self.folder, user, self._home / "home"):
            folder.mkdir(parents=True)
        (user / "settings.json").write_text(json.dumps({**SETTINGS, **(settings or {})}), "utf-8")
        self._environment = {**self._hermetic(), **(environment or {})}
        self.page: Page

    def __enter__(self) -> "Editor":
        with self._resources:
            self._install()
            address = self._serve()
            context = self._browser.new_context(
                viewport={"width": 1280, "height": 800},
                device_scale_factor=self._pixels,
                locale="en-US",
                reduced_motion="reduce",
                permissions=["clipboard-read", "clipboard-write"],
            )
            self._resources.callback(context.close)
            self.page = context.new_page()
            self.page.set_default_timeout(PATIENCE * 1000)
            self.page.goto(f"{address}/?folder={quote(str(self.folder))}", wait_until="domcontentloaded")
            self.page.locator(".monaco-workbench .part.statusbar").wait_for()
            self._resources = self._resources.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._resources:
            if kind is not None:
                print(self.log())  # noqa: T201 - pytest shows it with the failure

    # Its processes

    def _hermetic(self) -> dict[str, str]:
        """Return an environment in which nothing of this machine's user shows."""
        home = str(self._home / "home")
        own = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "XDG_CACHE_HOME": home}
        own |= {"XDG_RUNTIME_DIR": str(self._home), "TMPDIR": str(self._home)}
        # Not the login shell's environment; and no shop of extensions.
        own |= {"VSCODE_CLI": "1", "EXTENSIONS_GALLERY": '{"serviceUrl": ""}'}
        return {**{name: value for name, value in os.environ.items() if not name.startswith("VSCODE")}, **own}

    def _command(self, *arguments: str) -> list[str]:
        installation, home = self._installation, self._home
        places = ["--user-data-dir", str(home / "data"), "--extensions-dir", str(home / "extensions")]
        return [str(installation.node), str(installation.program), *places, *arguments]

    def _install(self) -> None:
        command = self._command("--install-extension", str(self._installation.vsix))
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "successfully installed" in done.stdout, done.stdout + done.stderr

    def _serve(self) -> str:
        """Start VS Code's server and return its address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{probe.getsockname()[1]}"
        said = self._resources.enter_context((self._home / "server.log").open("wb"))
        quiet = ("telemetry", "update-check", "getting-started-override", "proxy")
        flags = [*(f"--disable-{name}" for name in quiet), "--ignore-last-opened"]
        command = self._command("--auth", "none", "--bind-addr", place, *flags)
        server = subprocess.Popen(
            command,
            env=self._environment,
            cwd=self._home,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._resources.callback(_end, server)
        address = f"http://{place}"
        eventually(lambda: server.poll() is not None or _is_well(address), "VS Code's server")
        assert server.poll() is None, (self._home / "server.log").read_text("utf-8")
        return address

    def log(self) -> str:
        """Return what the extension and its server have logged."""
        files = sorted((self._home / "data" / "logs").glob("**/report-ls.report-ls/*.log"))
        return "\n".join(file.read_text("utf-8") for file in files)

    # Its surfaces

    @property
    def squiggles(self) -> Locator:
        """The underlined text."""
        return self.page.locator(".editor-instance [class*=squiggly]")

    @property
    def status_bar(self) -> Locator:
        """The extension's item in the status bar."""
        return self.page.locator('[id="report-ls.report-ls.report-ls.report"]')

    @property
    def problems(self) -> Locator:
        """The rows of the Problems panel, without those of files."""
        return self.page.locator(".markers-panel .monaco-list-row[aria-level='2']")

    @property
    def view(self) -> Locator:
        """The rows of the Report view."""
        return self.view_pane.locator(".monaco-list-row")

    @property
    def view_pane(self) -> Locator:
        """The Report view."""
        return self.page.locator('[id="workbench.view.extension.reportLs"]')

    @property
    def hover(self) -> Locator:
        """What shows at a place that the mouse points at."""
        return self.page.locator(".monaco-editor .monaco-hover:not(.hidden)")

    @property
    def menu(self) -> Locator:
        """The rows of the list of quick-fixes."""
        return self.page.locator(".action-widget .monaco-list-row.action")

    @property
    def picks(self) -> Locator:
        """The rows of a quick pick."""
        return self.page.locator(".quick-input-widget .quick-input-list .monaco-list-row")

    @property
    def pick_input(self) -> Locator:
        """Where one types into a quick pick."""
        return self.page.locator(".quick-input-widget .quick-input-box input")

    @property
    def notification(self) -> Locator:
        """The notifications that are up."""
        return self.page.locator(".notifications-toasts .notification-toast")

    # What a user does

    def press(self, keys: str) -> None:
        """Press a key, such as `Control+s`."""
        self.page.keyboard.press(keys)

    def open(self, path: str) -> None:
        """Open a file, of the folder or with its whole path."""
        folder, _, name = path.rpartition("/")
        label = f"{name} {folder}".rstrip()
        # Behind it stands where VS Code has it from, and perhaps that it is not saved.
        labels = (f'[aria-label="{label}"]', f'[aria-label^="{label},"]', f'[aria-label^="{label} unsaved changes"]')
        tab = self.page.locator(f'.tab.active[data-resource-name="{name}"]')

        def choose() -> None:
            self._choose("Control+p", str(self.folder / path), ", ".join(labels))
            tab.wait_for(timeout=TRY_MS)

        again_and_again(choose)

    def run(self, title: str) -> None:
        """Run a command of the palette."""
        again_and_again(lambda: self._choose("F1", f">{title}", f'[aria-label^="{title}"]'))

    def pick(self, text: str) -> None:
        """Choose a row of the quick pick that is up."""
        row = self.picks.filter(has_text=text).first
        row.wait_for()
        row.click()

    def go_to(self, line: int, character: int = 0) -> None:
        """Put the cursor somewhere; both count from 0."""

        def go() -> None:
            self.press("Control+g")
            self.pick_input.fill(f":{line + 1}:{character + 1}", timeout=TRY_MS)
            self.press("Enter")
            place = f"Ln {line + 1}, Col {character + 1}"
            expect(self.page.locator("#status\\.editor\\.selection")).to_contain_text(place, timeout=TRY_MS)

        again_and_again(go)

    def _choose(self, keys: str, text: str, selector: str) -> None:
        """Open a quick pick, type a text, and choose the first row that a CSS selector names.

        This may fail: a page that is being loaded swallows keys, and closes the pick when it takes the focus.
        """
        self.press(keys)
        self.pick_input.fill(text, timeout=TRY_MS)
        self.picks.and_(self.page.locator(selector)).first.click(timeout=TRY_MS)

    def fix(self, part: str = "") -> None:
        """Choose the first quick-fix where the cursor is, or the first whose title holds a text."""
        self.open_menu()
        titles = self.menu.all_inner_texts()
        for _ in range([part in title for title in titles].index(True)):
            self.press("ArrowDown")
        self.press("Enter")
        self.menu.first.wait_for(state="hidden")

    def open_menu(self) -> None:
        """Open the list of quick-fixes."""
        self._ask_for_fixes(self.menu.first)

    def expect_no_fix(self) -> None:
        """Ask for quick fixes where there is none, and check that VS Code says so."""
        self._ask_for_fixes(self.page.locator(".monaco-editor .message", has_text="No code actions available"))

    def _ask_for_fixes(self, answer: Locator) -> None:
        """Ask until the answer is there; VS Code drops the wish when new diagnostics arrive while it asks for them."""

        def ask() -> None:
            self.press("Control+.")
            answer.wait_for(timeout=TRY_MS)

        again_and_again(ask)

    def show_hover(self, text: str) -> None:
        """Show what is said where the cursor is until it holds a text; a hover that is up stays as it was."""

        def show() -> None:
            self.press("Escape")
            self.press("Control+k")
            self.press("Control+i")
            expect(self.hover).to_contain_text(text, timeout=TRY_MS)

        again_and_again(show)

    def write(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.insert_text(text)

    def expect_text(self, expected: str, path: str = "report.md") -> None:
        """Wait until the file that is being edited has been changed, and save it until it holds a text."""
        changed = self.page.locator(".tab.active.dirty")
        changed.wait_for()

        def is_saved() -> bool:
            if changed.count():  # Perhaps by an earlier change only.
                self.press("Control+s")
            return expected == self.text(path)

        eventually(is_saved, expected)
        changed.wait_for(state="detached")

    def open_view(self) -> None:
        """Open the Report view, in a side bar that is wide enough for its words."""
        self.run("View: Show Report")
        self.view.first.wait_for()
        side_bar = self.page.locator(".part.sidebar").bounding_box()
        assert side_bar
        if side_bar["width"] < _WIDE:
            right = side_bar["x"] + side_bar["width"]
            self._drag(right, side_bar["y"] + side_bar["height"] / 3, _WIDE - side_bar["width"], 0)

    def _drag(self, x: float, y: float, right: float, down: float) -> None:
        """Drag the element at a place of the page."""
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + right / 8, y + down / 8, steps=4)
        mouse.move(x + right, y + down, steps=4)
        mouse.up()
        mouse.move(x + 300, y - 10)  # Away: a border that is pointed at is drawn in another colour.

    def expect_typed(self, line: str) -> None:
        """Wait until a line is typed behind the prompt of the terminal that is up."""
        typed = re.compile("[#$].*" + re.escape(line).replace(r"\ ", "."))
        expect(self.page.locator(".terminal-wrapper.active .xterm-rows")).to_contain_text(typed)

    def watch_status(self) -> Callable[[], list[str]]:
        """Note all that the extension's item in the status bar says from now on, however shortly."""
        item = self.status_bar.element_handle()
        self.page.evaluate(
            """item => {
                window.said = [item.innerText];
                const note = () => window.said.push(item.innerText);
                new MutationObserver(note).observe(item, { subtree: true, childList: true, characterData: true });
            }""",
            item,
        )
        return lambda: [str(text) for text in self.page.evaluate("window.said")]

    def close_all(self) -> None:
        """Close all editors and discard unsaved changes."""
        self.press("Escape")
        tabs = self.page.locator(".tabs-container .tab")
        while n_tabs := tabs.count():
            self.run("View: Revert and Close Editor")
            expect(tabs).to_have_count(n_tabs - 1)

    def text(self, path: str = "report.md") -> str:
        """Return a file of the folder."""
        return (self.folder / path).read_text("utf-8")

    def point_at(self, place: Locator) -> None:
        """Move the mouse to the middle of something."""
        box = place.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x - 4, y)
        self.page.mouse.move(x, y)

    def line(self, text: str) -> Locator:
        """Return the line in view that holds a text."""
        # VS Code draws spaces as such that do not break.
        return self.page.locator(".view-line", has_text=re.compile(re.escape(text).replace(r"\ ", ".")))


def eventually(is_reached: Callable[[], bool], what: str) -> None:
    """Look again and again until a state is reached that no page shows."""
    deadline = time.monotonic() + PATIENCE
    while not is_reached():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)  # Not to wait for something, but to leave the processor to it.


def again_and_again(action: Callable[[], None]) -> None:
    """Do something until it has its effect."""
    for _ in range(_TRIES - 1):
        with suppress(PlaywrightTimeoutError, AssertionError):
            action()
            return
    action()


def _is_well(address: str) -> bool:
    with suppress(URLError, OSError), urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310 - it is ours
        return bool(answer.status == 200)
    return False


def _end(server: subprocess.Popen[bytes]) -> None:
    """End a process with all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        server.wait(5)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
