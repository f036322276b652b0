"""The pictures of the documents: the tests make them, so they are true."""

import os
from pathlib import Path

from playwright.sync_api import FloatRect, Page

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "docs" / "images"
WALKTHROUGH = ROOT / "vscode-extension" / "media"


def picture(page: Page, path: Path, clip: FloatRect | None = None) -> None:
    """Make a picture of the page as it is; kept with UPDATE=1 only, because no two are the same to the last bit."""
    assert path.exists() or os.environ.get("UPDATE") == "1", f"{path.name} is not there: UPDATE=1 pytest makes it"
    data = page.screenshot(animations="disabled", caret="initial", clip=clip)
    if os.environ.get("UPDATE") == "1":
        path.write_bytes(data)
