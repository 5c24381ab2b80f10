"""How the items of an ordered list are announced: أولًا، ثانيًا، ثالثًا … to any length."""

from __future__ import annotations

from tts_news.arabic import bare

_FIRST = ("أَوَّلًا", "ثَانِيًا", "ثَالِثًا", "رَابِعًا", "خَامِسًا", "سَادِسًا", "سَابِعًا", "ثَامِنًا", "تَاسِعًا", "عَاشِرًا")
_TEENS = ("حَادِيَ", "ثَانِيَ", "ثَالِثَ", "رَابِعَ", "خَامِسَ", "سَادِسَ", "سَابِعَ", "ثَامِنَ", "تَاسِعَ")
_HAMZA = str.maketrans("أإآ", "ااا")
_LAST_ORDINAL = 99


def announcement(number: int, depth: int) -> str:
    """Return how item `number` of an ordered list is announced; digits are left to the number rules.

    The items of a list inside another (`depth` 1 and more) are points, so that the two counts are not mixed up.
    """
    if not 1 <= number <= _LAST_ORDINAL:
        return f"البند رقم {number}" if number >= 0 else f"البند رقم ناقص {-number}"
    if depth:
        return f"النقطة الـ{number}"
    if number <= len(_FIRST):
        return _FIRST[number - 1]
    if number < 20:
        return f"{_TEENS[number - 11]} عَشَرَ"
    return f"البند الـ{number}"


def is_announced(text: str, number: int) -> bool:
    """Return whether the item says its own number already: "أولا: …"."""
    if not 1 <= number <= len(_FIRST):
        return False
    first = bare(text).split()[:1]
    return bool(first) and first[0].strip("ـ:،,.-–").translate(_HAMZA) == bare(_FIRST[number - 1]).translate(_HAMZA)
