"""The cover: made from title and date when none is given, and put into the form players want."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from tts_news.errors import MasterError
from tts_news.master.id3 import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SIDE = 1400
"""Pixels: the least Apple takes."""
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


def make_cover(title: str, show: str, date: str, side: int = SIDE) -> bytes:
    """Return a square JPEG with the show's name, the title and the date, set from right to left."""
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
    if side != SIDE:
        image = image.resize((side, side), Image.Resampling.LANCZOS)
    return _jpeg(image, MAX_BYTES if side == SIDE else _MAX_SMALL_BYTES)


def read_cover(path: Path) -> bytes:
    """Return the user's picture as a square JPEG of at most 1,400 pixels; nothing is cut off, borders are added.

    Raises:
        MasterError: It cannot be read or is no picture; names the file.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as opened:
                picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
        raise MasterError(
            f"the cover {str(path)!r} is not a picture that can be read", hint="give a JPEG or PNG, best 1400 × 1400"
        ) from err
    side = min(SIDE, max(picture.size))
    picture = ImageOps.contain(picture, (side, side))
    ground = Image.new("RGB", (max(side, 600),) * 2, _GROUND)
    ground.paste(picture, ((ground.width - picture.width) // 2, (ground.height - picture.height) // 2), picture)
    return _jpeg(ground, MAX_BYTES)


def _jpeg(image: Any, most_bytes: int) -> bytes:
    """Return the picture as a JPEG light enough: of lower quality, then of fewer pixels."""
    for side, quality in ((SIDE, 88), (SIDE, 80), (SIDE, 70), (SIDE, 60), (SIDE, 45), (1000, 50), (700, 50), (600, 30)):
        stream = io.BytesIO()
        picture = image if image.width <= side else image.resize((side, side))
        picture.save(stream, "JPEG", quality=quality, optimize=True, subsampling=0 if quality > 80 else 2)
        if stream.tell() <= most_bytes:
            break
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
