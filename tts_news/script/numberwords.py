"""Whether an Arabic word is part of a number in words, so that no pause is put inside one."""

from __future__ import annotations

_UNITS = "واحد واحدة اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثمانية ثماني ثمانيا تسع تسعة عشر عشرة أحد إحدى حادي الحادي الحادية"
_TENS = "عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين"
_HUNDREDS = "مئة مائة مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي"
_SCALES = "ألف ألفا ألفان ألفين ألفي آلاف مليون مليونا مليونان مليونين مليوني ملايين مليار مليارا ملياران مليارين ملياري مليارات بليون تريليون تريليونا تريليونات"
_PARTS = "نصف النصف ثلث الثلث ثلثي ربع الربع أرباع فاصل فاصلة بالمئة بالمائة"

_WORDS = frozenset(
    [*f"{_UNITS} {_TENS} {_HUNDREDS} {_SCALES} {_PARTS}".split()]
    + [unit + hundred for unit in ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "ثماني", "تسع") for hundred in ("مئة", "مائة")]
)


def is_number_word(word: str) -> bool:
    """Return whether the word (no marks) is a number word, with or without a clitic before it."""
    if word in _WORDS:
        return True
    for clitic in ("و", "ب", "ل", "ك", "ف", "ال", "وال", "بال", "لل", "وب", "ول"):
        if word.startswith(clitic) and word[len(clitic) :] in _WORDS:
            return True
    return False
