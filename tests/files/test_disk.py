"""`DiskFiles` reads exactly what is on disk, and nothing outside the report's folder."""

import os
import shutil
import stat
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from report_ls.base.text import DecodedAs
from report_ls.data.error import DataError
from report_ls.files.disk import DiskFiles, describe_picture
from report_ls.files.paths import is_folder, markdown_below
from report_ls.files.port import Picture, Tracking
from report_ls.files.text_files import MAX_TEXT_BYTES, decode, read_text, relative, relative_below, write_text
from report_ls.project.packs import load_pack, packs
from support.pictures import png

REPORT = """\
### Question 1
> What does it do? Answer length: 5-20 words.
>
> Answer:
"""

NOT_FOR_ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read and write everything")


def make(folder: Path, *paths: str, text: str = REPORT) -> None:
    """Make files with a text, and the folders above them."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


@pytest.mark.parametrize(
    ("data", "text", "misread"),
    [
        (b"", "", None),
        (b"one\r\ntwo\rthree\n", "one\r\ntwo\rthree\n", None),
        ("Kj\u00f8lbro \U0001f4f7".encode(), "Kj\u00f8lbro \U0001f4f7", None),
        (b"\xef\xbb\xbfone", "\ufeffone", None),
        ("\ufeffKj\u00f8lbro".encode("utf-16-le"), "\ufeffKj\u00f8lbro", DecodedAs(0, "UTF-16")),
        ("\ufeffKj\u00f8lbro".encode("utf-16-be"), "\ufeffKj\u00f8lbro", DecodedAs(0, "UTF-16")),
        ("\ufeffone".encode("utf-16-le") + b"!", "\ufeffone\ufffd", DecodedAs(0, "UTF-16")),
        (
            "Kj\u00f8lbro \u201cphotos\u201d".encode("cp1252"),
            "Kj\u00f8lbro \u201cphotos\u201d",
            DecodedAs(2, "Windows-1252"),
        ),
        (b"\xc3\xb8 \xf8\x81", "\u00c3\u00b8 \u00f8\x81", DecodedAs(3, "Latin-1")),
        (b"\x00\x1a", "\x00\x1a", None),
    ],
)
def test_every_file_is_some_text(data: bytes, text: str, misread: DecodedAs | None, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_bytes(data)
    for read in (decode(data), read_text(path)):
        assert (text, misread) == (read.text, read.misread)


def test_a_text_is_written_as_it_is(tmp_path: Path) -> None:
    make(tmp_path, "report.md")
    write_text(tmp_path / "report.md", "\ufeffKj\u00f8lbro\r\ntwo\rthree\n", REPORT)
    assert (tmp_path / "report.md").read_bytes() == b"\xef\xbb\xbfKj\xc3\xb8lbro\r\ntwo\rthree\n"
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_file_that_is_written_keeps_its_permissions(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    make(tmp_path, "report.md")
    path.chmod(mode)
    kept = stat.S_IMODE(path.stat().st_mode)
    write_text(path, "new", REPORT)
    assert stat.S_IMODE(path.stat().st_mode) == kept


def test_a_link_that_is_written_stays_a_link(tmp_path: Path) -> None:
    make(tmp_path, "reports/README.md")
    link = tmp_path / "report.md"
    link.symlink_to("reports/README.md")
    write_text(link, "new", REPORT)
    assert link.is_symlink()
    assert (tmp_path / "reports/README.md").read_bytes() == b"new"


def test_a_text_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    make(tmp_path, "report.md")
    with pytest.raises(UnicodeEncodeError):
        write_text(tmp_path / "report.md", "half a pair: \ud83d", REPORT)
    assert (tmp_path / "report.md").read_bytes() == REPORT.encode()
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]


@NOT_FOR_ROOT
def test_a_read_only_file_is_not_written(tmp_path: Path) -> None:
    make(tmp_path, "report.md")
    (tmp_path / "report.md").chmod(0o444)
    with pytest.raises(PermissionError, match="it is read-only"):
        write_text(tmp_path / "report.md", "new", REPORT)
    assert (tmp_path / "report.md").read_bytes() == REPORT.encode()


@pytest.mark.parametrize("there", ["", f"{REPORT}\nsaved\n", REPORT[:-1]])
def test_a_text_never_takes_the_place_of_another_than_it_was_made_from(there: str, tmp_path: Path) -> None:
    make(tmp_path, "report.md", text=there)
    with pytest.raises(OSError, match="it was saved meanwhile, so run this again"):
        write_text(tmp_path / "report.md", "new", REPORT)
    assert {"report.md": there} == {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}


def test_a_file_that_is_written_keeps_its_other_names(tmp_path: Path) -> None:
    make(tmp_path, "report.md")
    (tmp_path / "other.md").hardlink_to(tmp_path / "report.md")
    for text, before in (("longer" * 1000, REPORT), ("short", "longer" * 1000)):
        write_text(tmp_path / "report.md", text, before)
        assert {"report.md": text, "other.md": text} == {path.name: path.read_text() for path in tmp_path.iterdir()}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give a file away")
@pytest.mark.parametrize("mode", [0o640, 0o4755])
def test_root_leaves_a_file_to_its_owner(mode: int, tmp_path: Path) -> None:
    make(tmp_path, "report.md")
    os.chown(tmp_path / "report.md", 4242, 2424)
    (tmp_path / "report.md").chmod(mode)
    write_text(tmp_path / "report.md", "new", REPORT)
    status = (tmp_path / "report.md").stat()
    assert (4242, 2424, mode) == (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode))


def test_a_file_is_read_up_to_a_size(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_bytes(b"a" * MAX_TEXT_BYTES)
    assert len(read_text(tmp_path / "report.md").text) == MAX_TEXT_BYTES
    (tmp_path / "report.md").write_bytes(b"a" * (MAX_TEXT_BYTES + 1))
    with pytest.raises(OSError, match="it is larger than 4 megabytes"):
        read_text(tmp_path / "report.md")


@pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
def test_what_is_no_file_is_not_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is not a file"):
        read_text(tmp_path / name)


def test_a_path_is_shown_as_seen_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert relative(Path()) == "."
    assert relative(Path("reports", "README.md")) == "reports/README.md"
    assert relative(tmp_path / "here" / "report.md") == "report.md"
    assert relative(tmp_path / "there" / "report.md") == "../there/report.md"


@pytest.mark.parametrize("folder", ["", ".", "..", "class", "../there", "../here", "{top}", "{top}/here", "/"])
def test_paths_below_a_folder_are_shown_likewise(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    place = Path(folder.format(top=tmp_path))
    show = relative_below(place)
    for name in ("report.md", "a b/report.md", "x/y/report.md"):
        assert relative(place / name) == show(place / name)
    assert relative(Path("elsewhere.md")) == show(Path("elsewhere.md"))


def test_the_files_of_a_folder_are_those_on_disk(tmp_path: Path) -> None:
    make(tmp_path, "report.md", "figures/a.png", "figures/B.PNG", "figures/old/c.png", "figures/.hidden.png")
    files = DiskFiles(tmp_path)
    assert files.files("") == {"report.md"}
    assert files.folders("") == {"figures"}
    assert files.files("figures") == {"a.png", "B.PNG", ".hidden.png"}
    assert files.folders("figures") == {"old"}
    assert files.files("figures/old") == {"c.png"}
    assert files.folders("figures/old") == set()


@pytest.mark.parametrize(
    "folder",
    [
        "Figures",
        "figures/",
        "/figures",
        "./figures",
        "figures/../figures",
        "figures//old",
        "figures/a.png",
        "nowhere",
        ".",
        "..",
        "../beside",
        "/",
        "//",
        "C:\\",
        "figures\\old",
        "figures\0",
    ],
)
def test_a_folder_in_another_spelling_is_empty(folder: str, tmp_path: Path) -> None:
    make(tmp_path, "beside/a.png", "here/figures/a.png", "here/figures/old/c.png")
    files = DiskFiles(tmp_path / "here")
    assert files.files(folder) | files.folders(folder) == set()


def test_an_absolute_folder_is_empty(tmp_path: Path) -> None:
    make(tmp_path, "here/a.png", "here/tmp/b.png")
    assert DiskFiles(tmp_path / "here").files(str(tmp_path / "here")) == set()


def test_a_report_without_a_folder_has_no_files(tmp_path: Path) -> None:
    assert DiskFiles(tmp_path / "nowhere").files("") == set()


def test_the_current_folder_has_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "figures/a.png")
    monkeypatch.chdir(tmp_path)
    assert DiskFiles(Path("report.md").parent).files("figures") == {"a.png"}


def test_a_link_to_a_folder_inside_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "pictures/a.png", "pictures/old/b.png")
    (tmp_path / "figures").symlink_to("pictures")
    assert DiskFiles(tmp_path).files("figures") == {"a.png"}
    assert DiskFiles(tmp_path).files("figures/old") == {"b.png"}


def test_a_link_to_a_folder_outside_is_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "secrets/key.png", "secrets/deeper/key.png", "here/report.md")
    (tmp_path / "here/figures").symlink_to("../secrets")
    files = DiskFiles(tmp_path / "here")
    assert files.folders("") == {"figures"}
    assert files.files("figures") | files.folders("figures") == set()
    assert files.files("figures/deeper") == set()


def test_a_report_in_a_linked_folder_has_the_files_there(tmp_path: Path) -> None:
    make(tmp_path, "there/figures/a.png")
    (tmp_path / "here").symlink_to("there")
    assert DiskFiles(tmp_path / "here").files("figures") == {"a.png"}


def walk(files: DiskFiles, folder: str = "") -> list[str]:
    """Return all folders that can be reached."""
    below = [f"{folder}/{name}" if folder else name for name in sorted(files.folders(folder))]
    return below + [path for one in below for path in walk(files, one)]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    make(tmp_path, "a/one.png", "b/two.png")
    (tmp_path / "a/to-b").symlink_to("../b")
    (tmp_path / "b/to-a").symlink_to("../a")
    (tmp_path / "a/up").symlink_to("..")
    (tmp_path / "a/itself").symlink_to("itself")
    (tmp_path / "a/nowhere.png").symlink_to("nowhere")
    files = DiskFiles(tmp_path)
    assert walk(files) == [
        "a",
        "b",
        "a/to-b",
        "a/up",
        "a/to-b/to-a",
        "b/to-a",
        "b/to-a/to-b",
        "b/to-a/up",
    ]
    assert files.files("a") == {"one.png"}
    assert files.files("a/to-b") == {"two.png"}
    assert files.files("a/to-b/to-a") == set()


def test_a_folder_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "figures/a.png")
    files = DiskFiles(tmp_path)
    assert files.files("figures") == {"a.png"}
    make(tmp_path, "figures/b.png")
    assert files.files("figures") == {"a.png"}
    assert DiskFiles(tmp_path).files("figures") == {"a.png", "b.png"}


@NOT_FOR_ROOT
def test_a_folder_nobody_may_look_into_is_empty(tmp_path: Path) -> None:
    make(tmp_path, "figures/a.png")
    (tmp_path / "figures").chmod(0)
    try:
        assert DiskFiles(tmp_path).files("figures") == set()
        assert not is_folder(tmp_path / "figures/deeper")
        assert list(markdown_below(tmp_path)) == []
    finally:
        (tmp_path / "figures").chmod(0o700)


def test_the_packs_come_sorted_by_id() -> None:
    ids = [pack.id for pack in packs()]
    assert ids == sorted(ids)
    assert {"dtu-mlops-2026-01", "generic"} <= set(ids)


def test_of_an_unknown_course_no_rule_of_pictures_is_known() -> None:
    (generic,) = (pack for pack in packs() if pack.id == "generic")
    assert (None, ()) == (generic.folder, generic.extensions)


def test_a_pack_is_loaded_by_its_id_or_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "ours.yaml", text="id: ours\ntitle: Our course\n")
    monkeypatch.chdir(tmp_path)
    assert [load_pack(pack.id) for pack in packs()] == list(packs())
    for name in ("ours.yaml", "./ours.yaml", str(tmp_path / "ours.yaml")):
        pack = load_pack(name)
        assert pack is not None
        assert pack.title == "Our course"
    assert load_pack("ours") is None


def test_a_wrong_pack_says_where_it_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "ours.yaml", text="id: ours\ntitle: 5\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match=r"^ours\.yaml:2:1: "):
        load_pack("ours.yaml")


def test_a_pack_that_is_not_there_cannot_be_read() -> None:
    with pytest.raises(FileNotFoundError):
        load_pack("nowhere/ours.yaml")


def test_a_picture_says_what_it_is_and_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "figures/a.png")
    path = tmp_path / "figures" / "a.png"
    path.write_bytes(png())
    os.utime(path, ns=(10**18, 10**18))
    picture, digest = Picture(len(png()), "png"), sha256(png()).hexdigest()
    assert (picture, digest) == (
        DiskFiles(tmp_path).picture("figures/a.png"),
        DiskFiles(tmp_path).digest("figures/a.png"),
    )
    # With the same size and time it is taken for the same.
    path.write_bytes(bytes(len(png())))
    os.utime(path, ns=(10**18, 10**18))
    assert picture == DiskFiles(tmp_path).picture("figures/a.png")
    os.utime(path, ns=(10**18, 10**18 + 1))
    assert Picture(len(png())) == DiskFiles(tmp_path).picture("figures/a.png")
    assert digest != DiskFiles(tmp_path).digest("figures/a.png")


def test_the_size_of_a_file_is_told_without_opening_it(tmp_path: Path) -> None:
    make(tmp_path, "figures/a.png")
    path = tmp_path / "figures" / "a.png"
    for n_bytes in (0, 7):
        path.write_bytes(bytes(n_bytes))
        path.chmod(0)
        assert DiskFiles(tmp_path).n_bytes("figures/a.png") == n_bytes
        path.chmod(0o600)
    assert DiskFiles(tmp_path).n_bytes("figures/b.png") is None


def test_nobody_looks_into_what_is_not_listed(tmp_path: Path) -> None:
    here = tmp_path / "here"
    make(here, "a.png", "figures/b.png")
    make(tmp_path, "secret.png", "other/c.png")
    (here / "link.png").symlink_to(tmp_path / "secret.png")
    (here / "others").symlink_to(tmp_path / "other")
    (here / "own.png").symlink_to(here / "a.png")
    (here / "to itself.png").symlink_to(here / "to itself.png")
    os.mkfifo(here / "pipe.png")
    (here / "to pipe.png").symlink_to(here / "pipe.png")
    files = DiskFiles(here)
    seen = Picture(5)
    names = [
        "link.png",
        "others/c.png",
        "../secret.png",
        str(tmp_path / "secret.png"),
        "A.png",
        "figures",
        "",
        "gone.png",
    ]
    names += ["pipe.png", "to pipe.png", "to itself.png", "https://example.org/a.png"]
    (here / "a.png").write_bytes(b"bytes")
    assert seen == files.picture("a.png") == files.picture("own.png")
    assert {None} == {
        said for name in names for said in (files.picture(name), files.digest(name), files.tracking(name))
    }


def test_a_picture_that_becomes_a_pipe_or_a_link_is_not_waited_for(tmp_path: Path) -> None:
    make(tmp_path, "here/a.png", "here/b.png", "secret.png")
    files = DiskFiles(tmp_path / "here")
    assert {"a.png", "b.png"} == files.files("")
    (tmp_path / "here/a.png").unlink()
    os.mkfifo(tmp_path / "here/a.png")
    (tmp_path / "here/b.png").unlink()
    (tmp_path / "here/b.png").symlink_to(tmp_path / "secret.png")
    assert {None} == {said for name in ("a.png", "b.png") for said in (files.picture(name), files.content(name))}


def test_the_script_is_the_text_beside_the_report(tmp_path: Path) -> None:
    here = tmp_path / "here"
    make(here, "report.md", "deeper/report.py", "Report.py")
    assert DiskFiles(here).script() == ""
    make(here, "report.py", text="caf\u00e9 = 1\r\n")
    assert DiskFiles(here).script() == "caf\u00e9 = 1\r\n"
    assert DiskFiles(here, is_trusted=False).script() == ""
    for text in ("#" * 199_998 + "\u00e9", ""):
        make(here, "report.py", text=text)
        assert DiskFiles(here).script() == text
    make(here, "report.py", text="#" * 199_999 + "\u00e9")
    assert DiskFiles(here).script() == ""
    (here / "report.py").write_bytes(b"caf\xe9 = 1")
    assert DiskFiles(here).script() == ""


def test_a_script_is_no_pipe_and_no_link_that_leads_out(tmp_path: Path) -> None:
    here = tmp_path / "here"
    make(here, "tools/report.py", text="inside = 1")
    make(tmp_path, "report.py", text="outside = 1")
    place = here / "report.py"
    place.symlink_to("tools/report.py")
    assert DiskFiles(here).script() == "inside = 1"
    place.unlink()
    place.symlink_to(tmp_path / "report.py")
    assert DiskFiles(here).script() == ""
    place.unlink()
    place.symlink_to("report.py")
    assert DiskFiles(here).script() == ""
    place.unlink()
    os.mkfifo(place)
    assert DiskFiles(here).script() == ""
    place.unlink()
    place.mkdir()
    assert DiskFiles(here).script() == ""


@NOT_FOR_ROOT
def test_a_picture_nobody_may_read_is_not_known_until_somebody_may(tmp_path: Path) -> None:
    make(tmp_path, "a.png", text="")
    (tmp_path / "a.png").chmod(0)
    assert DiskFiles(tmp_path).picture("a.png") is None
    (tmp_path / "a.png").chmod(0o600)
    assert Picture(0) == DiskFiles(tmp_path).picture("a.png")


def test_a_picture_is_described_in_words(tmp_path: Path) -> None:
    tmp_path.joinpath("a.png").write_bytes(png(640, 480, n_extra=48_000))
    tmp_path.joinpath("b.png").write_bytes(b"")
    assert describe_picture(tmp_path, "a.png") == "48 kB, 640 \u00d7 480"
    assert describe_picture(tmp_path, "b.png") == "0 B"
    assert describe_picture(tmp_path, "c.png") is None
    for n_bytes, words in ((999, "999 B"), (1000, "1 kB"), (1_999_999, "1 MB"), (3 * 10**9, "3 GB")):
        with tmp_path.joinpath("b.png").open("wb") as file:
            file.truncate(n_bytes)
        assert words == describe_picture(tmp_path, "b.png")


def test_what_git_knows_is_told_of_the_file_itself(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    folder = tmp_path / "report"
    make(folder, "report.md", "pictures/a.png", "new.png", "old.png", "gone.png")
    (folder / "figures").symlink_to(folder / "pictures")
    (folder / ".gitignore").write_text("old*\n", "utf-8")

    def said() -> list[Tracking | None]:
        names = ("pictures/a.png", "figures/a.png", "new.png", "old.png", "gone too.png")
        return [DiskFiles(folder).tracking(name) for name in names]

    assert [None] * 5 == said()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)  # noqa: S607
    assert [None] * 5 == said(), "a folder of which nothing is tracked"
    subprocess.run(["git", "add", "report/report.md", "report/pictures"], cwd=tmp_path, check=True)  # noqa: S607
    tracked, untracked, ignored = Tracking
    assert [tracked, tracked, untracked, ignored, None] == said()
    subprocess.run(["git", "add", "-f", "."], cwd=tmp_path, check=True)  # noqa: S607
    assert [tracked, tracked, tracked, tracked, None] == said()
