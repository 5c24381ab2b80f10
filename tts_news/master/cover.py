"""The cover: made from title and date when none is given, and put into the form players want."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from tts_news.errors import MasterError
from tts_news.files import read_file
from tts_news.master.id3 import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SIDE = 1400
"""Pixels: the least Apple takes."""
MAX_SIDE = 3000
"""The most it takes."""
_LEAST_SIDE = 600
"""Of a picture that may be made larger; one of fewer pixels would be a blur."""
_LARGEST_FILE = 50_000_000
MAX_BYTES = 300_000
"""A streaming player fetches the whole tag, cover included, before it shows a chapter."""
_MAX_SMALL_BYTES = 25_000
"""Of a chapter's title card; there may be forty of them in a tag."""
_INK = "#f7f3ea"
_GROUND = "#12343b"
_ACCENT = "#e1b168"
_LEADING = 1.55
"""Line height: Arabic needs room for dots below one line and hamzas above the next."""
_MAX_TITLE = 300
_EM = 100
"""Size at which words are measured; widths grow in proportion."""
_SMALLEST = 40
"""Below it nothing can be read on the picture as players show it."""


def make_cover(title: str, show: str, date: str, side: int = SIDE, badge: bytes = b"") -> bytes:
    """Return a square JPEG with the show's name, the title and the date, set from right to left.

    Args:
        title: What it is the cover of.
        show: Name of the show.
        date: ISO date, "" for none.
        side: Pixels.
        badge: The show's own cover, which stands small in the corner.
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (SIDE, SIDE), _GROUND)
    draw = ImageDraw.Draw(image)
    margin = SIDE // 12
    draw.rectangle((SIDE - margin // 3, 0, SIDE, SIDE), fill=_ACCENT)
    right, width = SIDE - margin, SIDE - 2 * margin
    _paragraph(draw, show, (right, margin), (width, 2 * margin), 64, _ACCENT)
    title = shorten(title, _MAX_TITLE)
    lines, size = _fit(title, width, SIDE - 6 * margin, 150)
    height = round(len(lines) * size * _LEADING)
    _paragraph(draw, title, (right, (SIDE - height) // 2 + margin // 2), (width, SIDE - 6 * margin), 150, _INK)
    _paragraph(draw, _spoken_date(date), (right, SIDE - margin - 70), (width, margin), 56, _ACCENT)
    if badge:
        mark = Image.open(io.BytesIO(badge)).convert("RGB").resize((3 * margin, 3 * margin), Image.Resampling.LANCZOS)
        image.paste(mark, (margin, SIDE - 4 * margin))
    if side != SIDE:
        image = image.resize((side, side), Image.Resampling.LANCZOS)
    return _jpeg(image, MAX_BYTES if side == SIDE else _MAX_SMALL_BYTES)


def show_cover(path: Path) -> bytes:
    """Return a show's picture as directories take it: a square of 1,400 to 3,000 pixels, RGB, JPEG or PNG.

    One that is so already is returned as it is. Any other is mended: nothing is cut off, borders are added.

    Raises:
        MasterError: It cannot be read, is no picture, or too small to be looked at; names the file.

    Source: Apple Podcasts, artwork requirements.
    """
    from PIL import Image, ImageOps

    data = _read(path)
    picture = _open(data, path)
    width, height = picture.size
    if width == height and SIDE <= width <= MAX_SIDE and picture.mode == "RGB" and picture.format in {"JPEG", "PNG"}:
        return data
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    longest = max(upright.size)
    if longest < _LEAST_SIDE:
        raise MasterError(
            f"the cover {str(path)!r} has {width} × {height} pixels: too few to be looked at",
            hint=f"give a square of {SIDE} to {MAX_SIDE} pixels",
        )
    side = min(MAX_SIDE, max(SIDE, longest))
    upright = ImageOps.contain(upright, (side, side), Image.Resampling.LANCZOS)
    ground = Image.new("RGB", (side, side), _GROUND)
    ground.paste(upright, ((side - upright.width) // 2, (side - upright.height) // 2), upright)
    return _save(ground, 90)


def shrink_cover(jpeg: bytes) -> bytes:
    """Return a cover of 600 pixels, or fewer where the picture is restless, for where every byte counts."""
    from PIL import Image

    return _jpeg(Image.open(io.BytesIO(jpeg)).convert("RGB").resize((600, 600)), _MAX_SMALL_BYTES)


def _read(path: Path) -> bytes:
    try:
        return read_file(path, _LARGEST_FILE)
    except (OSError, ValueError) as err:
        raise MasterError(f"the cover {str(path)!r} cannot be read: {err}", hint="see cover in [show]") from err


def _open(data: bytes, path: Path) -> Any:
    """Return a stranger's picture, decoded.

    Raises:
        MasterError: It is none.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
        raise MasterError(
            f"the cover {str(path)!r} is not a picture that can be read",
            hint=f"give a JPEG or PNG, a square of {SIDE} to {MAX_SIDE} pixels",
        ) from err
    return picture


def _jpeg(image: Any, most_bytes: int) -> bytes:
    """Return the picture as a JPEG light enough: of lower quality, then of fewer pixels."""
    steps = ((SIDE, 88), (SIDE, 80), (SIDE, 70), (SIDE, 60), (SIDE, 45), (1000, 50), (700, 50), (600, 30), (300, 40))
    for side, quality in steps:
        data = _save(image if image.width <= side else image.resize((side, side)), quality)
        if len(data) <= most_bytes:
            break
    return data


def _save(image: Any, quality: int) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality, optimize=True, subsampling=0 if quality > 80 else 2)
    return stream.getvalue()


def _paragraph(draw: Any, text: str, top_right: tuple[int, int], room: tuple[int, int], size: int, colour: str) -> None:
    """Draw the text from its top right corner downwards, no larger than `size` and no larger than the room there is."""
    lines, size = _fit(text, *room, size)
    for number, line in enumerate(lines):
        place = top_right[0], top_right[1] + round(number * size * _LEADING)
        draw.text(place, _shape(line), font=_font(size), fill=colour, anchor="ra")


def _fit(text: str, width: int, height: int, size: int) -> tuple[list[str], int]:
    """Return the lines of the text and the largest size at which they fit; a text far too long ends in an ellipsis."""
    words = text.split()
    while size > _SMALLEST:
        if all(_width(word, size) <= width for word in words):
            lines = _wrap(words, width, size)
            if len(lines) * size * _LEADING <= height:
                return lines, size
        size = max(_SMALLEST, size - 6)
    lines = _wrap([part for word in words for part in _broken(word, width, size)], width, size)
    most = max(1, int(height / (size * _LEADING)))
    return ([*lines[: most - 1], lines[most - 1] + "…"] if len(lines) > most else lines), size


def _wrap(words: Sequence[str], width: int, size: int) -> list[str]:
    """Return the words in lines."""
    lines: list[str] = []
    room = 0.0
    space = _width("ا ا", size) - 2 * _width("ا", size)
    for word in words:
        own = _width(word, size)
        if lines and own + space <= room:
            lines[-1] += f" {word}"
            room -= own + space
        else:
            lines.append(word)
            room = width - own
    return lines


def _broken(word: str, width: int, size: int) -> list[str]:
    """Return a word in parts that fit a line."""
    letters = max(1, int(len(word) * width / max(_width(word, size), 1) * 0.9))
    return [word] if _width(word, size) <= width else [word[at : at + letters] for at in range(0, len(word), letters)]


def _width(text: str, size: int) -> float:
    return _width_in_ems(text) * size


@lru_cache(maxsize=1024)
def _width_in_ems(text: str) -> float:
    return float(_font(_EM).getlength(_shape(text))) / _EM


_PAIRS = "()[]{}«»‹›"
_STAND_INS = "❶❷❸❹❺❻❼❽❾❿"
_VOWELS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0652\u0670")
"""Left out: a headline needs none. The shadda stays: it is what tells Amman from Oman."""
_RLM = "\u200f"
# Brackets and quotation marks always belong to the Arabic around them: a Latin name in guillemets must not take one of
# them along to its side. Stand-ins and not the marks themselves: releases of python-bidi differ in mirroring.
_HIDE = {ord(mark): _RLM + other + _RLM for mark, other in zip(_PAIRS, _STAND_INS, strict=True)}
_SHOW = {ord(other): _PAIRS[number ^ 1] for number, other in enumerate(_STAND_INS)} | {ord(_RLM): None}


@lru_cache(maxsize=64)
def _font(size: int) -> Any:
    from PIL import ImageFont

    file = resources.files("fontpkg_noto_kufi_arabic") / "files" / "NotoKufiArabic[wght].ttf"
    # The basic engine and our own shaping: the other one needs a system library that is not on every machine.
    font = ImageFont.truetype(io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([600])
    return font


def _shape(text: str) -> str:
    """Return the text as letters in their joined forms, from left to right as they are drawn."""
    import arabic_reshaper
    from bidi import get_display

    reshaper = arabic_reshaper.ArabicReshaper({"delete_harakat": False, "shift_harakat_position": False})
    marked = reshaper.reshape("".join(letter for letter in text if letter not in _VOWELS)).translate(_HIDE)
    return str(get_display(marked, base_dir="R")).translate(_SHOW)


_MONTHS = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)


def _spoken_date(date: str) -> str:
    """Return an ISO date as it is written in Arabic, e.g. 22 نوفمبر 2026; anything else as it is."""
    parts = date[:10].split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and 1 <= int(parts[1]) <= 12:
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return date
