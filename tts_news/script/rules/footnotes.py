"""Marks that point to a note: اكتمل[1], موعده [2] and a figure set high behind a word; nobody hears the foot of a page.

The square of a unit (م²) and a power (10⁶) are no notes: `powers` has had its turn.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import lazy
from tts_news.script.rules.nouns import find

_HIGH: Final = lazy(
    rf"(?<=[{ARABIC}.،؛؟!»\"”)\]])[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}(?:[،,][⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}){{0,4}}"
    r"|(?<=[0-9٠-٩])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"
)
_SQUARE: Final = lazy(
    rf"(?<=[{ARABIC}.،؛؟!»\"”)0-9])(?P<gap>[ ]?)(?:\[(?:\d{{1,3}}(?:[ ]?[،,–-][ ]?\d{{1,3}}){{0,4}}|[أ-ي]"
    rf"|ملاحظة[ ]\d{{1,3}}|بحاجة[ ]لمصدر"
    rf"|بحاجة[ ]إلى[ ]مصدر)\]){{1,6}}(?P<next>[ ](?P<word>[{ARABIC}]{{3,20}}))?"
)
_UNIT: Final = lazy(rf"(?<![{ARABIC}])(?:كم|كلم|م|سم|مم|ملم|متر|ث|ثا|ثانية)$")


_LABELLED: Final = lazy(
    rf"(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?(?:رقم|صفحة|مادة|فقرة|بند|جدول|شكل|ملحق|عدد|سورة|آية|فصل|باب|مرجع|صورة|هامش)$"
)
"""صفحة [45] names a page."""


def _high(match: re.Match[str]) -> str:
    """A figure set high behind the sign of a unit is a power, which `characters` and `units` read."""
    return match[0] if _UNIT.search(match.string, max(0, match.start() - 6), match.start()) else ""


def _square(match: re.Match[str]) -> str:
    """[2] behind a word is a note, but [3] كتب counts and صفحة [45] names."""
    if _LABELLED.search(match.string, max(0, match.start() - 16), match.start()):
        return match[0]
    digits = match[0].partition("[")[2].partition("]")[0]
    if match["gap"] and match["word"] and digits.isdecimal() and int(digits) > 2:
        found = find(match["word"], plural=3 <= int(digits) % 100 <= 10)
        if found is not None and found.known and not match["word"].startswith("ال"):
            return match[0]
    return match["next"] or ""


def apply(text: str) -> str:
    """The text without the marks of footnotes."""
    if "[" in text:
        text = _SQUARE.sub(_square, text)
    return _HIGH.sub(_high, text) if _FIGURES.search(text) else text


_FIGURES: Final = lazy("[⁰¹²³⁴⁵⁶⁷⁸⁹]", needs="⁰¹²³⁴⁵⁶⁷⁸⁹")
