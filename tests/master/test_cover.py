from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tts_news.errors import MasterError
from tts_news.master.cover import _shape, make_cover, read_cover

if TYPE_CHECKING:
    from pathlib import Path


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


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
    ("size", "side"), [((3000, 3000), 1400), ((1400, 1400), 1400), ((2000, 1000), 1400), ((300, 200), 600)]
)
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "CMYK", "P"])
def test_any_picture_becomes_a_square_jpeg(tmp_path: Path, size: tuple[int, int], side: int, mode: str) -> None:
    path = tmp_path / ("cover.tiff" if mode == "CMYK" else "cover.png")
    Image.new(mode, size).save(path)
    data = read_cover(path)
    assert opened(data).size == (side, side)
    assert opened(data).mode == "RGB"
    assert len(data) < 300_000


def test_a_noisy_picture_is_made_light_enough(tmp_path: Path) -> None:
    Image.effect_noise((1400, 1400), 100).convert("RGB").save(tmp_path / "cover.png")
    assert len(read_cover(tmp_path / "cover.png")) <= 300_000


@pytest.mark.parametrize(
    "data", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff" + bytes(50)]
)
def test_what_is_no_picture_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "cover.jpg"
    path.write_bytes(data)
    with pytest.raises(MasterError, match=r"cover\.jpg"):
        read_cover(path)


def test_a_missing_cover_is_named(tmp_path: Path) -> None:
    with pytest.raises(MasterError, match=r"none\.jpg"):
        read_cover(tmp_path / "none.jpg")
