"""Powers: 10^6 and 10⁶ → عشرة أس ستة, 3×10^4 → ثلاثة في عشرة أس أربعة, م^2 → م²; 20 م/ث² per second squared.

A power lost changes a value a millionfold, so it comes before whatever takes a high figure for a note.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import lazy
from tts_news.script.rules.numerals import cardinal

_HIGH: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_HIGH_POWER: Final = lazy(
    rf"(?<![0-9٠-٩.,٫])(?P<base>[0-9٠-٩]{{1,3}}(?:[.,٫][0-9٠-٩]{{1,4}})?)(?P<sign>[⁻⁺]?)(?P<n>[{_HIGH}]{{1,3}})"
)
_CARET: Final = lazy(
    r"(?<![0-9٠-٩.,٫])(?P<base>[0-9٠-٩]{1,6}(?:[.,٫][0-9٠-٩]{1,4})?)[ ]?(?:\^|\*\*)[ ]?[({]?(?P<sign>[-−+]?)"
    r"(?P<n>[0-9٠-٩]{1,3})[)}]?\^?(?![0-9٠-٩])"
)
_UNIT: Final = lazy(
    rf"(?P<unit>(?<![{ARABIC}A-Za-z])(?:كلم|كم|سم|ملم|مم|م|ثا|ث|متر|km|cm|mm|m"
    rf"|s))[ ]?\^[ ]?[({{]?(?P<n>[23٢٣])[)}}]?\^?"
)
_TIMES: Final = lazy(r"(?<=[0-9٠-٩])[ ]?[xX×*·⋅][ ]?(?=(?:10|١٠)[ ]?(?:\^|\*\*|⁻|[⁰¹²³⁴⁵⁶⁷⁸⁹]))")
_MAY_HOLD: Final = lazy(rf"[\^{_HIGH}]|\*\*", needs="^⁰¹²³⁴⁵⁶⁷⁸⁹*")


def _power(match: re.Match[str]) -> str:
    """The power in words: the base in words as well, for it counts nothing."""
    base = unicodedata.normalize("NFKC", match["base"])
    # 120² with a base nobody raises is a number and the mark of a note.
    if match["n"][0] in _HIGH and not match["sign"] and base not in _BASES:
        return match[0]
    n = int(unicodedata.normalize("NFKC", match["n"]))
    sign = "سالب " if match["sign"] in {"⁻", "-", "−"} else ""
    return f"{cardinal(int(base)) if base.isdecimal() else base} أس {sign}{cardinal(n)}"


_BASES: Final = frozenset({"10", "2", "١٠", "٢"})


def apply(text: str) -> str:
    """The text with its powers in words, and the powers of units as ² and ³."""
    if not _MAY_HOLD.search(text):
        return text
    text = _UNIT.sub(lambda match: match["unit"] + ("²" if match["n"] in "2٢" else "³"), text)
    text = _TIMES.sub(" في ", text)
    return _CARET.sub(_power, _HIGH_POWER.sub(_power, text))
