"""What the bytes of a picture say."""

import socket
from io import BytesIO
from pathlib import Path

import pytest
from report_ls.files.disk import DiskFiles
from report_ls.files.pictures import MAX_PICTURE_BYTES, read_dimensions, read_picture
from report_ls.files.port import Picture
from support.pictures import POINTER, gif, jpeg, png

PHOTO = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(), Picture(len(png()), "png")),
        (png(n_extra=200_000), Picture(len(png()) + 200_000, "png")),
        (jpeg(), Picture(len(jpeg()), "jpeg")),
        (jpeg(n_scanned=200_000), Picture(len(jpeg()) + 199_900, "jpeg")),
        (gif(), Picture(len(gif()), "gif")),
        (PHOTO, Picture(len(PHOTO), "heif")),
        (POINTER, Picture(len(POINTER), is_pointer=True)),
        (b"", Picture(0)),
        (b"<!DOCTYPE html>\n<html>Sign in</html>", Picture(36)),
        (b"A note to myself", Picture(16)),
        (bytes(70_000), Picture(70_000)),
    ],
)
def test_a_picture_is_known_by_its_content(data: bytes, expected: Picture) -> None:
    assert expected == read_picture(BytesIO(data))


@pytest.mark.parametrize("n_bytes", [8, 12, 20, 32, 45, 60, len(png()) - 12, len(png()) - 1])
def test_a_png_that_ends_too_soon_is_cut(n_bytes: int) -> None:
    assert Picture(n_bytes, "png", is_cut=True) == read_picture(BytesIO(png()[:n_bytes]))


@pytest.mark.parametrize("n_bytes", [3, 30, len(jpeg()) - 2, len(jpeg()) - 1])
def test_a_jpeg_that_ends_too_soon_is_cut(n_bytes: int) -> None:
    assert Picture(n_bytes, "jpeg", is_cut=True) == read_picture(BytesIO(jpeg()[:n_bytes]))


def test_a_long_jpeg_that_ends_too_soon_is_cut() -> None:
    assert read_picture(BytesIO(jpeg(n_scanned=300_000)[:-1])).is_cut


@pytest.mark.parametrize(("n_more", "is_cut"), [(0, True), (1, False)])
def test_of_a_jpeg_that_is_too_large_nobody_looks_for_the_end(n_more: int, is_cut: object, tmp_path: Path) -> None:
    with (tmp_path / "large.jpg").open("w+b") as file:
        file.write(jpeg()[:30])
        file.truncate(MAX_PICTURE_BYTES + n_more)  # Nothing is written, so it takes no room.
        file.seek(0)
        assert Picture(MAX_PICTURE_BYTES + n_more, "jpeg", is_cut=bool(is_cut)) == read_picture(file)


@pytest.mark.parametrize(("n_more", "is_read"), [(0, True), (1, False)])
def test_what_is_too_large_is_not_read_whole(n_more: int, is_read: object, tmp_path: Path) -> None:
    with (tmp_path / "large.png").open("wb") as file:
        file.truncate(MAX_PICTURE_BYTES + n_more)
    files = DiskFiles(tmp_path)
    assert is_read == (files.content("large.png") is not None)
    assert is_read == (files.digest("large.png") is not None)


@pytest.mark.parametrize("behind", [b"\0", b"\xff", b"text" * 100, bytes(200_000)])
def test_what_stands_behind_a_picture_does_no_harm(behind: bytes) -> None:
    for whole in (png(), jpeg(), jpeg(n_scanned=65_533 - len(jpeg(n_scanned=0)))):
        assert not read_picture(BytesIO(whole + behind)).is_cut


def test_a_png_whose_chunks_make_no_sense_is_not_judged() -> None:
    assert not read_picture(BytesIO(png()[:33] + b"\0\0\0\5\1\2\3\4" + bytes(9))).is_cut


@pytest.mark.parametrize("length", [b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"])
def test_a_chunk_that_claims_to_be_huge_is_not_read(length: bytes) -> None:
    assert read_picture(BytesIO(png()[:33] + length + b"IDAT" + bytes(9))).is_cut


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(640, 480), (640, 480)),
        (jpeg(800, 600), (800, 600)),
        (gif(), (7, 8)),
        (png()[:8], None),
        (jpeg()[:8], None),
        (PHOTO, None),
        (b"<svg width='3' height='4'/>", None),
        (b"http://example.org/a.png", None),
        (b"", None),
    ],
)
def test_the_head_tells_how_large_a_picture_is(
    data: bytes, expected: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No library may ask the network what a picture is.
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("a socket was opened"))
    assert expected == read_dimensions(BytesIO(data))
