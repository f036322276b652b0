"""What people do with the page: they open a report in any way, repair it, and keep it. The browser is a real one."""

import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from playwright.sync_api import expect
from support.pictures import png
from web.visitor import Visitor

ROOT = Path(__file__).parents[2]
EXAMPLE, COURSE = ROOT / "examples", ROOT / "web" / "example"

SUMMARY = """\
5 of 6 questions answered, 4 errors, 1 warning, 1 note
19 words short of the recommended lengths in 1 answer, 1 picture missing in 1 answer
data-for-beekeepers, final"""
ROWS = [
    "Question 1: the project, ok, 45 of 20–60 words",
    "Question 2: the data, needs work, 21 of 40–80 words",
    "warning: 21 words, but 40-80 are asked: 19 words are missing",
    "Question 3: the sensors, needs work, 42 of 20–60 words · 1 of 1–2 images",
    "error: there is no file figures/hives.jpg beside the report: did you mean figures/hives.png?",
    "error: this marker is left over from the template: delete it",
    "Question 4: an ordinary day, needs work, 25 words · 0 of 1–2 images",
    "error: this is a link, so the picture does not show: write ! before the [",
    "Question 5: the model, ok, 52 of 30–80 words",
    "information: these dashes are left over from the template and count as words: delete them; also in line 67",
    "Question 6: looking back, not answered, 0 of 30–80 words",
    "error: not answered yet (asked: 30-80 words)",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example with its course, as a student has it."""
    project = tmp_path / "exam work"
    shutil.copytree(EXAMPLE, project / "reports")
    shutil.copytree(COURSE, project / "reports", dirs_exist_ok=True)
    (project / ".git").mkdir()
    (project / ".git" / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    return project


def zipped(folder: Path) -> Path:
    path = folder.parent / "exam.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for file in sorted(folder.rglob("*")):
            packed.write(file, file.relative_to(folder.parent))
    return path


def fix(report: Path) -> None:
    command = [sys.executable, "-m", "report_ls", "--fix", "--fail-on", "never", str(report)]
    subprocess.run(command, check=True, capture_output=True)


def rows(visitor: Visitor) -> list[str | None]:
    return [row.get_attribute("aria-label") for row in visitor.rows.all()]


def test_the_example_is_judged_in_one_click(visitor: Visitor) -> None:
    visitor.try_example()
    expect(visitor.summary).to_have_text(SUMMARY)
    expect(visitor.rows).to_have_count(len(ROWS))
    assert rows(visitor) == ROWS


def test_a_fix_that_is_clicked_changes_the_text(visitor: Visitor) -> None:
    visitor.try_example()
    visitor.rows.filter(has_text="this is a link").click()
    expect(visitor.here).to_contain_text("this is a link, so the picture does not show: write ! before the [")
    visitor.click("show it as an image")
    expect(visitor.rows.filter(has_text="this is a link")).to_have_count(0)
    before = (EXAMPLE / "report.md").read_text("utf-8")
    assert visitor.text() == before.replace("[our dashboard]", "![our dashboard]")


def test_the_courses_page_follows_the_caret(visitor: Visitor) -> None:
    visitor.try_example()
    last = visitor.course_page.get_by_role("heading", name="Question 6")
    expect(last).not_to_be_in_viewport()
    visitor.rows.filter(has_text="not answered yet").click()
    expect(last).to_be_in_viewport()
    visitor.rows.filter(has_text="21 words, but 40-80 are asked").click()
    expect(last).not_to_be_in_viewport()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "figures/hives.jpg",
            """figures/hives.jpg

- error: there is no file figures/hives.jpg beside the report: did you mean figures/hives.png?""",
        ),
        (
            "### Question 1",
            "Question 1: the project, ok\n\n45 words of 20-60 ██████████\n\nThe course's script will count the same.",
        ),
        (
            "--- question 3 fill here ---",
            "Q3: this marker is left over from the template: delete itleftover-marker",
        ),
    ],
)
def test_what_the_mouse_points_at_is_explained(place: str, said: str, visitor: Visitor) -> None:
    visitor.try_example()
    visitor.point_at(place)
    expect(visitor.hover).to_have_text(said)
    visitor.page.mouse.move(0, 0)
    expect(visitor.hover).to_have_count(0)


def test_where_there_is_nothing_to_say_the_mouse_finds_nothing(visitor: Visitor) -> None:
    visitor.try_example()
    visitor.forget()
    visitor.point_at("Data for beekeepers")
    visitor.page.wait_for_function("() => window.said.some(({ id, result }) => id !== undefined && result === null)")
    expect(visitor.hover).to_have_count(0)


def test_the_courses_page_is_there_again_when_the_same_report_is_opened_again(visitor: Visitor) -> None:
    for _ in range(2):
        visitor.try_example()
        expect(visitor.course_page.get_by_role("heading", name="Question 6")).to_have_count(1)


def test_a_fix_is_chosen_by_keyboard(visitor: Visitor) -> None:
    visitor.try_example()
    visitor.rows.filter(has_text="this marker is left over").press("Enter")
    expect(visitor.here.get_by_role("button")).to_have_count(1)
    visitor.page.keyboard.press("Control+.")
    visitor.page.keyboard.press("Enter")
    expect(visitor.rows.filter(has_text="this marker is left over")).to_have_count(0)
    assert "--- question 3 fill here ---" not in visitor.text()


def test_fix_all_repairs_what_the_command_repairs(visitor: Visitor, folder: Path) -> None:
    visitor.try_example()
    expect(visitor.summary).to_have_text(SUMMARY)
    visitor.click("Fix all that is safe")
    expect(visitor.message).to_have_text("3 repaired.")
    report = folder / "reports" / "report.md"
    fix(report)
    assert visitor.text() == report.read_text("utf-8")


def test_nothing_is_left_that_is_safe_to_repair(visitor: Visitor, folder: Path) -> None:
    report = folder / "reports" / "report.md"
    fix(report)
    visitor.open_folder(folder)
    visitor.wait_until_judged()
    expect(visitor.summary).to_contain_text("5 of 6 questions answered, 2 errors, 1 warning")
    visitor.click("Fix all that is safe")
    expect(visitor.message).to_have_text("There is nothing that is safe to repair.")


def test_line_ends_stay_as_they_were(visitor: Visitor, folder: Path) -> None:
    report = folder / "reports" / "report.md"
    text = report.read_text("utf-8").replace("\n", "\r\n")
    report.write_bytes(text.encode())
    visitor.open_folder(folder)
    visitor.wait_until_judged()
    expect(visitor.summary).to_have_text(SUMMARY)
    assert visitor.text() == text


@pytest.mark.parametrize("way", ["picker", "drop", "zip", "dropped zip"])
def test_a_folder_is_opened_with_its_pictures(way: str, visitor: Visitor, folder: Path) -> None:
    (folder / "reports" / "figures" / "dashboard.png").write_bytes(png(13, 17))
    report = folder / "reports" / "report.md"
    report.write_text(report.read_text("utf-8").replace("[our dashboard]", "![our dashboard]"), "utf-8")
    {
        "picker": lambda: visitor.open_folder(folder),
        "drop": lambda: visitor.drop(folder),
        "zip": lambda: visitor.open_files(zipped(folder)),
        "dropped zip": lambda: visitor.drop(zipped(folder)),
    }[way]()
    expect(visitor.summary).to_contain_text("5 of 6 questions answered, 3 errors, 1 warning, 1 note")
    picture = visitor.course_page.get_by_alt_text("our dashboard")
    expect(picture).to_have_js_property("naturalWidth", 13)
    assert picture.get_attribute("src").startswith("blob:")


def test_a_page_asks_nobody_for_what_a_report_names(visitor: Visitor, folder: Path) -> None:
    report = folder / "reports" / "report.md"
    odd = (
        "![there](http://127.0.0.1:9/a.png) ![up](../../secret.png) ![none](figures/none.png)\n\n"
        '<img src="figures/no.png" srcset="figures/big.png 2x"> [a link](figures/notes.pdf)\n'
    )
    report.write_text(report.read_text("utf-8").replace("This is [our", f"{odd}\n\nThis is [our"), "utf-8")
    visitor.open_folder(folder)
    expect(visitor.course_page.get_by_title("figures/notes.pdf")).to_have_text("a link")
    visitor.course_page.get_by_title("figures/notes.pdf").click()
    shown = visitor.course_page.locator("img").evaluate_all("found => found.map(one => one.getAttribute('src'))")
    assert shown == [None] * 4
    # What was asked for is looked at when the visitor leaves.


def test_a_file_alone_says_what_is_not_known(visitor: Visitor) -> None:
    visitor.open_files(EXAMPLE / "report.md")
    expect(visitor.message).to_have_text("You opened one file: to have its pictures looked at too, open its folder.")
    expect(visitor.summary).to_contain_text("5 of 6 questions answered, 3 errors, 1 warning, 1 note")
    expect(visitor.summary).to_contain_text("2 checks are off")


def test_a_draft_is_judged_as_one(visitor: Visitor, folder: Path) -> None:
    visitor.open_folder(folder)
    visitor.wait_until_judged()
    expect(visitor.summary).to_have_text(SUMMARY)
    visitor.page.locator("#stage").select_option("draft")
    expect(visitor.summary).to_contain_text("data-for-beekeepers, draft")
    visitor.page.locator("#stage").select_option("final")
    expect(visitor.summary).to_have_text(SUMMARY)
    visitor.page.locator("#stage").select_option("auto")


def test_whether_it_is_pushed_is_not_known_and_never_no(visitor: Visitor, folder: Path) -> None:
    visitor.open_folder(folder)
    visitor.wait_until_judged()
    expect(visitor.summary).to_have_text(SUMMARY)
    visitor.click("Ready to hand in?")
    expect(visitor.dialog).to_contain_text(
        "?: committed and pushed: not known here, because this page does not look at git"
    )
    expect(visitor.dialog).to_contain_text("no: it is as you meant it")
    expect(visitor.dialog).not_to_contain_text("git repository")
    visitor.click("Close")


def test_a_class_is_seen_at_a_glance(visitor: Visitor, tmp_path: Path) -> None:
    text = (EXAMPLE / "report.md").read_text("utf-8")
    for name in "abcdefghijklmnopqr":
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "report.md").write_text(text, "utf-8")
    visitor.open_folder(tmp_path / "class")
    visitor.click("All reports")
    expect(visitor.dialog.locator("tbody tr")).to_have_count(18)
    expect(visitor.dialog.locator("tbody tr").first).to_contain_text("group 001")
    visitor.click("Close")
    visitor.page.locator("#reports").select_option("class/c/report.md")
    expect(visitor.summary).to_contain_text("5 of 6 questions answered")


def test_a_teacher_gets_the_pack_that_the_command_drafts(visitor: Visitor, tmp_path: Path) -> None:
    asked = "### Question 1\n\n> What did you do?\n>\n> Answer length: 5-10 words.\n>\n> Answer:\n"
    form = f"# Our course\n\n{asked}\n--- fill here ---\n"
    (tmp_path / "form.md").write_text(form, "utf-8")
    command = [sys.executable, "-m", "report_ls", "--infer-pack", "form.md"]
    drafted = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    visitor.click("For teachers")
    visitor.page.get_by_label("The empty form").fill(form)
    visitor.click("Draft a pack")
    expect(visitor.dialog.locator("pre")).to_have_text(drafted)
    with visitor.page.expect_download() as waiting:
        visitor.click("Download the pack")
    assert Path(waiting.value.path()).read_text("utf-8") == drafted
    visitor.page.get_by_label("The empty form").fill("Nothing.")
    visitor.click("Draft a pack")
    expect(visitor.dialog.get_by_role("status")).to_contain_text("report-ls: form.md: no headings")
    visitor.click("Close")


# What cannot be used gets a sentence


def test_a_file_that_is_no_text_is_refused(visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_bytes(b"\x89PNG\0\0")
    visitor.open_files(tmp_path / "report.md")
    expect(visitor.message).to_have_text("This file is no text: open your report, a file that ends in .md.")


def test_a_file_of_20_megabytes_is_refused(visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_bytes(b"a\n" * 10_000_000)
    visitor.open_files(tmp_path / "report.md")
    expect(visitor.message).to_have_text("This file has more than 4 MB: no report is that long.")


def test_a_file_that_is_no_report_is_said_to_be_none(visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n", "utf-8")
    visitor.open_files(tmp_path / "notes.md")
    expect(visitor.summary).to_have_text("This is no report: it has no questions such as “### Question 1”.")


def test_a_folder_without_a_report_is_said_to_have_none(visitor: Visitor, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("", "utf-8")
    visitor.open_folder(tmp_path)
    expect(visitor.message).to_have_text(
        "There is no report in it: no Markdown file has questions such as “### Question 1”."
    )


@pytest.mark.parametrize(("n_files", "is_refused"), [(5000, False), (5001, True)])
def test_a_folder_of_too_many_files_is_refused(
    n_files: int,
    is_refused: bool,  # noqa: FBT001 - a case
    visitor: Visitor,
    tmp_path: Path,
) -> None:
    for number in range(n_files - 1):
        (tmp_path / f"{number}.txt").touch()
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "one-more.txt").touch()
    shutil.copy(EXAMPLE / "report.md", tmp_path)
    visitor.open_folder(tmp_path)
    refusal = "There are more than 5,000 files in it: open the folder of your report alone."
    expect(visitor.message).to_have_text(refusal if is_refused else "")
    if not is_refused:
        expect(visitor.summary).to_contain_text("5 of 6 questions answered")


def test_a_broken_zip_is_refused(visitor: Visitor, folder: Path) -> None:
    path = zipped(folder)
    path.write_bytes(path.read_bytes()[:-40])
    visitor.open_files(path)
    expect(visitor.message).to_have_text("This zip file is broken: make it again, or open the folder.")


def test_a_zip_that_would_fill_the_memory_is_refused(visitor: Visitor, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bomb.zip", "w", ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"{number}.md", bytes(70_000_000))
    visitor.open_files(tmp_path / "bomb.zip")
    expect(visitor.message).to_have_text("This zip file holds more than 200 MB: open the folder of your report alone.")


# Other visits


def test_an_address_names_a_course(visitors: partial[Visitor]) -> None:
    with visitors(fragment="#pack=dtu-mlops-2025-01") as visitor:
        visitor.open_files(EXAMPLE / "report.md")
        expect(visitor.summary).to_contain_text("dtu-mlops-2025-01, ")
        expect(visitor.page.locator("#pack")).to_have_value("dtu-mlops-2025-01")


def test_without_a_network_it_goes_on(visitors: partial[Visitor]) -> None:
    with visitors() as visitor:
        ready = "() => navigator.serviceWorker.ready.then(({ active }) => active.state)"
        visitor.page.wait_for_function(f"{ready}.then(state => state === 'activated')")
        visitor.context.set_offline(True)
        visitor.page.reload()
        visitor.try_example()
        expect(visitor.summary).to_have_text(SUMMARY)
        visitor.context.set_offline(False)


def test_on_a_telephone_one_part_is_seen_at_a_time(visitors: partial[Visitor]) -> None:
    with visitors(width=400) as visitor:
        visitor.try_example()
        expect(visitor.summary).to_have_text(SUMMARY)
        expect(visitor.page.locator("#editor")).to_be_visible()
        visitor.click("Questions")
        expect(visitor.page.locator("#editor")).to_be_hidden()
        visitor.rows.filter(has_text="this marker is left over").click()
        expect(visitor.page.locator("#editor")).to_be_visible()
        visitor.click("Course's page")
        expect(visitor.page.locator("#page")).to_be_visible()
        expect(visitor.course_page.get_by_text("--- question 3 fill here ---")).to_be_in_viewport()
        width = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert width == 400
