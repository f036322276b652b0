"""What is written on the page is not lost: it is saved where it was opened, where the browser can, or asked about.

The browser's own windows to choose in cannot be driven; what they return is a folder of the browser's own file system
for pages, which is written like any other.
"""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect
from web.visitor import Visitor

EXAMPLE = Path(__file__).parents[2] / "examples" / "report.md"
LINK, PICTURE = "[our dashboard]", "![our dashboard]"

_FILL = """async ([top, files]) => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(top, { recursive: true }).catch(() => undefined);
    window.opfs = await root.getDirectoryHandle(top, { create: true });
    window.opfsFile = async (path, options) => {
        const folders = path.split("/");
        const name = folders.pop();
        let place = window.opfs;
        for (const folder of folders) {
            place = await place.getDirectoryHandle(folder, options);
        }
        return place.getFileHandle(name, options);
    };
    window.opfsWrite = async (path, text) => {
        const stream = await (await window.opfsFile(path, { create: true })).createWritable();
        await stream.write(text);
        await stream.close();
    };
    for (const [path, text] of Object.entries(files)) {
        await window.opfsWrite(path, text);
    }
    window.showDirectoryPicker = async () => window.opfs;
    window.showOpenFilePicker = async () => [await window.opfsFile("report.md")];
}"""


class Kept:
    """A folder in the browser's own file system."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor

    def fill(self, **files: str) -> None:
        """Put files into it, and nothing else; a file of Markdown has its name without the ending."""
        named = {f"{name.replace('__', '/')}.md": text for name, text in files.items()}
        self._visitor.page.evaluate(_FILL, ["exam work", named])

    def text(self, path: str = "report.md") -> str:
        """Return a file of it."""
        script = "async path => (await (await window.opfsFile(path)).getFile()).text()"
        return str(self._visitor.page.evaluate(script, path))

    def write(self, text: str, path: str = "report.md") -> None:
        """Write a file of it, as another program does."""
        self._visitor.page.evaluate("([path, text]) => window.opfsWrite(path, text)", [path, text])

    def open(self, what: str = "Open a folder") -> None:
        """Choose it, or the file `report.md` of it."""
        self._visitor.forget()
        self._visitor.click(what)
        self._visitor.wait_until_judged()


@pytest.fixture
def kept(visitor: Visitor) -> Kept:
    """A folder that the page may write."""
    return Kept(visitor)


@pytest.fixture
def asked(visitor: Visitor) -> Iterator[list[str]]:
    """What the page asks in this test; it is told no."""
    visitor.questions.clear()
    visitor.agrees = False
    yield visitor.questions
    visitor.agrees = True


def example() -> str:
    return EXAMPLE.read_text("utf-8")


def repair(visitor: Visitor) -> None:
    """Repair the link that should be a picture."""
    visitor.rows.filter(has_text="this is a link").click()
    visitor.click("show it as an image")
    expect(visitor.rows.filter(has_text="this is a link")).to_have_count(0)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["report", "reports__README", "report.md__report"])
def test_a_report_of_a_folder_is_saved_where_it_was(
    name: str, line_end: str, visitor: Visitor, kept: Kept, asked: list[str]
) -> None:
    text, path = example().replace("\n", line_end), f"{name.replace('__', '/')}.md"
    kept.fill(**{name: text, "notes": "# Notes\n"})
    kept.open()
    repair(visitor)
    visitor.click("Save")
    expect(visitor.message).to_have_text("Saved.")
    assert text.replace(LINK, PICTURE) == kept.text(path)
    assert "# Notes\n" == kept.text("notes.md")
    kept.open()
    assert visitor.text() == text.replace(LINK, PICTURE)
    assert [] == asked


def test_a_file_alone_is_saved_where_it_was_and_again(visitor: Visitor, kept: Kept, asked: list[str]) -> None:
    kept.fill(report=example())
    kept.open("Open a file or zip")
    repair(visitor)
    visitor.click("Save")
    expect(visitor.message).to_have_text("Saved.")
    visitor.page.locator(".cm-content").press("Control+End")
    visitor.page.keyboard.type("Added.")
    visitor.click("Save")
    expect(visitor.message).to_have_text("Saved.")
    assert example().replace(LINK, PICTURE) + "Added." == kept.text()
    assert [] == asked


def test_what_another_program_has_written_is_not_written_over(visitor: Visitor, kept: Kept, asked: list[str]) -> None:
    kept.fill(report=example())
    kept.open()
    repair(visitor)
    kept.write("Mine.\n")
    visitor.click("Save")
    expect(visitor.message).to_have_text(
        "Not saved: another program has changed the file since you opened it, so download yours."
    )
    assert "Mine.\n" == kept.text()
    assert visitor.text() == example().replace(LINK, PICTURE)
    assert [] == asked


def test_where_the_browser_may_not_write_it_says_so(visitor: Visitor, kept: Kept) -> None:
    kept.fill(report=example())
    kept.open()
    repair(visitor)
    refusal = "new DOMException('The user said no.', 'NotAllowedError')"
    visitor.page.evaluate(
        f"""() => {{
            window.createWritable = FileSystemFileHandle.prototype.createWritable;
            FileSystemFileHandle.prototype.createWritable = () => Promise.reject({refusal});
        }}"""
    )
    visitor.click("Save")
    expect(visitor.message).to_have_text(
        "Not saved: the browser may not write there, so download it (NotAllowedError: The user said no.)."
    )
    visitor.page.evaluate("() => { FileSystemFileHandle.prototype.createWritable = window.createWritable; }")
    assert example() == kept.text()
    assert visitor.text() == example().replace(LINK, PICTURE)


def test_who_chooses_nothing_keeps_what_is_there(visitor: Visitor, kept: Kept, asked: list[str]) -> None:
    kept.fill(report=example())
    kept.open()
    repair(visitor)
    visitor.page.evaluate(
        "() => { window.showDirectoryPicker = () => Promise.reject(new DOMException('none', 'AbortError')); }"
    )
    visitor.click("Open a folder")
    expect(visitor.message).to_have_text("")
    assert visitor.text() == example().replace(LINK, PICTURE)
    assert [] == asked


def test_what_was_written_in_a_report_is_there_when_one_comes_back(
    visitor: Visitor, kept: Kept, asked: list[str]
) -> None:
    kept.fill(a__report=example(), b__report=example())
    kept.open()
    repair(visitor)
    visitor.page.locator("#reports").select_option("exam work/b/report.md")
    expect(visitor.rows.filter(has_text="this is a link")).to_have_count(1)
    visitor.page.locator("#reports").select_option("exam work/a/report.md")
    expect(visitor.rows.filter(has_text="this is a link")).to_have_count(0)
    visitor.click("Save")
    expect(visitor.message).to_have_text("Saved.")
    assert example().replace(LINK, PICTURE) == kept.text("a/report.md")
    assert example() == kept.text("b/report.md")
    assert [] == asked


@pytest.mark.parametrize("is_shown", [True, False])
def test_what_is_not_kept_is_asked_about_before_it_is_gone(
    is_shown: bool,  # noqa: FBT001 - a case
    visitor: Visitor,
    kept: Kept,
    asked: list[str],
) -> None:
    kept.fill(a__report=example(), b__report=example())
    kept.open()
    repair(visitor)
    if not is_shown:
        visitor.page.locator("#reports").select_option("exam work/b/report.md")
        expect(visitor.rows.filter(has_text="this is a link")).to_have_count(1)
    visitor.click("Try the example")
    expect(visitor.message).to_have_text("")
    visitor.page.locator("#reports").select_option("exam work/a/report.md")
    assert visitor.text() == example().replace(LINK, PICTURE)
    assert ["You have not saved or downloaded what you changed. Open another report all the same?"] == asked


def test_a_zip_that_is_dropped_is_never_written_over(visitor: Visitor, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "exam.zip", "w") as packed:
        packed.writestr("report.md", example())
    visitor.drop(tmp_path / "exam.zip")
    visitor.wait_until_judged()
    expect(visitor.page.get_by_role("button", name="Save", exact=True)).to_be_hidden()
    (tmp_path / "report.md").write_text(example(), "utf-8")
    visitor.drop(tmp_path / "report.md")
    expect(visitor.page.get_by_role("button", name="Save", exact=True)).to_be_visible()
