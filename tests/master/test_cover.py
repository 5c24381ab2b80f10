from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tts_news.errors import MasterError
from tts_news.master.cover import _shape, make_cover, show_cover, shrink_cover

if TYPE_CHECKING:
    from pathlib import Path


def _cut() -> bytes:
    file = BytesIO()
    Image.new("RGB", (1400, 1400)).save(file, "JPEG")
    return file.getvalue()[:4000]


CUT = _cut()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(
    "title", ["لا", "وزير خارجية اليابان يزور كوريا الجنوبية لتعزيز التعاون الأمني", "خبر " * 200, "خ" * 300, ""]
)
def test_a_cover_is_square_rgb_and_light_whatever_the_title(title: str) -> None:
    data = make_cover(title, "نشرة الأخبار", "2026-11-22")
    picture = opened(data)
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (1400, 1400), "RGB")
    assert len(data) < 300_000


def test_the_same_words_give_the_same_bytes() -> None:
    assert make_cover("خبر", "نشرة", "2026-11-22") == make_cover("خبر", "نشرة", "2026-11-22")


def test_title_show_and_date_all_show() -> None:
    whole = make_cover("خبر", "نشرة", "2026-11-22")
    assert (
        len({whole, make_cover("خبر", "نشرة", ""), make_cover("خبر", "", "2026-11-22"), make_cover("", "نشرة", "")})
        == 4
    )


def test_text_stays_inside_the_picture() -> None:
    picture = opened(make_cover("كلمة" * 60 + " خبر" * 90, "برنامج اسمه طويل جدا " * 5, "2026-11-22"))
    ground = picture.getpixel((5, 5))
    edges = [picture.getpixel((x, y)) for x in range(40) for y in range(0, 1400, 7)]
    assert all(abs(a - b) < 30 for pixel in edges for a, b in zip(pixel, ground, strict=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("كتاب", "\ufe8f\ufe8e\ufe98\ufedb"),
        ("لا", "\ufefb"),
        ("عام 2026", "2026 \ufee1\ufe8e\ufecb"),
        ("(لا)", "(\ufefb)"),
        ("«لا»", "«\ufefb»"),
        ("عمّان", "\ufee5\ufe8e\u0651\ufee4\ufecb"),
        ("مُدُن", "\ufee5\ufeaa\ufee3"),
        ("«G20» (7)", "(7) «G20»"),
    ],
)
def test_words_are_joined_and_run_from_right_to_left(text: str, shown: str) -> None:
    assert _shape(text) == shown


@pytest.mark.parametrize(
    ("size", "mode", "name", "side"),
    [
        ((3010, 3010), "L", "cover.jpg", 3000),
        ((2000, 1000), "RGB", "cover.jpg", 2000),
        ((600, 700), "RGB", "cover.png", 1400),
        ((1400, 1400), "RGBA", "cover.png", 1400),
        ((1400, 1400), "CMYK", "cover.jpg", 1400),
        ((1400, 1400), "L", "cover.jpg", 1400),
        ((1400, 1400), "P", "cover.gif", 1400),
    ],
)
def test_a_cover_that_directories_refuse_is_mended(
    tmp_path: Path, size: tuple[int, int], mode: str, name: str, side: int
) -> None:
    Image.new(mode, size).save(tmp_path / name)
    data = show_cover(tmp_path / name)
    picture = opened(data)
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (side, side), "RGB")


def test_nothing_of_a_mended_cover_is_cut_off(tmp_path: Path) -> None:
    Image.new("RGB", (1600, 800), "#ff0000").save(tmp_path / "cover.png")
    picture = opened(show_cover(tmp_path / "cover.png"))
    red = [picture.getpixel((800, y))[0] > 200 for y in (10, 395, 405, 1195, 1205, 1590)]
    assert red == [False, False, True, True, False, False]


@pytest.mark.parametrize("name", ["cover.jpg", "cover.png"])
def test_a_good_cover_stays_as_it_is(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (1500, 1500), "#123456").save(tmp_path / name)
    assert show_cover(tmp_path / name) == (tmp_path / name).read_bytes()


def test_a_cover_that_would_be_a_blur_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (599, 300)).save(tmp_path / "cover.png")
    with pytest.raises(MasterError, match="599 × 300") as caught:
        show_cover(tmp_path / "cover.png")
    assert "1400 to 3000" in caught.value.hint


def test_a_photograph_that_lies_on_its_side_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    Image.new("RGB", (1600, 800), "#ff0000").save(tmp_path / "cover.jpg", exif=exif)
    picture = opened(show_cover(tmp_path / "cover.jpg"))
    assert picture.getpixel((800, 20))[0] > 200
    assert picture.getpixel((20, 800))[0] < 100


def test_a_noisy_picture_is_made_light_enough() -> None:
    noise = BytesIO()
    Image.effect_noise((600, 600), 100).convert("RGB").save(noise, "PNG")
    assert len(make_cover("خبر", "نشرة", "", badge=noise.getvalue())) <= 300_000
    assert len(shrink_cover(noise.getvalue())) <= 25_000


def test_the_shows_picture_stands_in_the_corner_of_a_title_card() -> None:
    red = BytesIO()
    Image.new("RGB", (1400, 1400), "#ff0000").save(red, "PNG")
    card, plain = opened(make_cover("خبر", "نشرة", "", badge=red.getvalue())), opened(make_cover("خبر", "نشرة", ""))
    assert card.getpixel((250, 1200))[0] > 200
    assert plain.getpixel((250, 1200))[0] < 100
    assert all(abs(a - b) < 30 for a, b in zip(card.getpixel((1000, 200)), plain.getpixel((1000, 200)), strict=True))


@pytest.mark.parametrize(
    "data", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff" + bytes(50), CUT]
)
def test_what_is_no_picture_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "cover.jpg"
    path.write_bytes(data)
    with pytest.raises(MasterError, match=r"cover\.jpg"):
        show_cover(path)


def test_a_missing_cover_is_named(tmp_path: Path) -> None:
    with pytest.raises(MasterError, match=r"none\.jpg"):
        show_cover(tmp_path / "none.jpg")
