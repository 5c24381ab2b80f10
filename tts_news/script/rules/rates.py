"""Rates: 12 ملغ/ل → 12 ملغ في اللتر, 500 دينار/م² → 500 دينار للمتر المربع, 8 م/ث² in the second squared.

The unit before the stroke is left to the rule that reads it with its number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tts_news.arabic import ARABIC, plain
from tts_news.patterns import lazy
from tts_news.script.rules import money, units
from tts_news.script.rules.quantity import SCALE

_TIMES_OF: Final = {
    **dict.fromkeys(("س", "سا", "ساعة", "الساعة", "h", "hr"), "الساعة"),
    **dict.fromkeys(("د", "دقيقة", "الدقيقة", "min"), "الدقيقة"),
    **dict.fromkeys(("ث", "ثا", "ثانية", "الثانية", "s", "sec"), "الثانية"),
    **dict.fromkeys(("ث²", "ثا²", "ثانية²", "s²"), "الثانية المربعة"),
    **dict.fromkeys(("يوم", "اليوم"), "اليوم"),
    **dict.fromkeys(("أسبوع", "الأسبوع"), "الأسبوع"),
    **dict.fromkeys(("شهر", "الشهر"), "الشهر"),
    **dict.fromkeys(("سنة", "السنة"), "السنة"),
}
_WHOLE_THINGS: Final = (
    "برميل",
    "طن",
    "كيلوغرام",
    "أونصة",
    "أوقية",
    "هكتار",
    "شخص",
    "فرد",
    "متر",
    "كيلومتر",
    "لتر",
    "ميل",
    "مليلتر",
    "ديسيلتر",
)


@lru_cache(maxsize=1)
def _divisors() -> dict[str, str]:
    """What may stand behind the stroke, and how it is said with its article."""
    table = {name: f"ال{name}" for name in _WHOLE_THINGS}
    for sign, unit in units.by_sign().items():
        if "/" not in sign and not unit.adjective.startswith("في") and "درجة" not in unit.noun.singular:
            adjective = unit.adjective and f" ال{unit.adjective}{'ة' if unit.noun.gender == 'f' else ''}"
            table.setdefault(sign, f"ال{unit.noun.singular}{adjective}")
    return {**table, **_TIMES_OF}


@lru_cache(maxsize=1)
def _rate() -> re.Pattern[str]:
    divisors = "|".join(map(re.escape, sorted(_divisors(), key=len, reverse=True)))
    return re.compile(
        rf"(?P<head>(?<![0-9A-Za-z.,])(?:(?<![{ARABIC}])|(?<=(?<![{ARABIC}])[وفبل]))[0-9][0-9.,]{{0,20}}[ ]?"
        rf"(?:{SCALE}[ ])?(?P<unit>[{ARABIC}]{{1,18}}[²³]?"
        rf"|[A-Za-zµμ]{{1,4}}[²³]?|[$€£])(?:[ ](?P<adjective>[{ARABIC}]{{4,12}}))?)[ ]?/[ ]?"
        rf"(?P<per>{divisors})(?![{ARABIC}A-Za-z0-9²³])"
    )


_HOURS: Final = frozenset({"ساعة", "الساعة", "س", "h"})
_PER_HUNDRED: Final = lazy(rf"(?<=[{ARABIC}])[ ]?/[ ]?(?=100[ ]?(?:كم|كلم|كيلومتر))")


def _said(match: re.Match[str]) -> str:
    unit = match["unit"]
    if f"{unit}/{match['per']}" in units.by_sign() or (unit.endswith(("واط", "وات")) and match["per"] in _HOURS):
        return match[0]  # كم/س has a line of its own in the table, and kilowatts are taken times hours
    per = _divisors()[match["per"]]
    if plain(unit) in money.by_name() or unit in money.by_sign():
        return f"{match['head']} لل{per.removeprefix('ال')}"
    return f"{match['head']} في {per}"


_POWER: Final = lazy(
    rf"(?P<unit>[0-9][ ]?(?:{SCALE}[ ])?(?:م|سم|كم|كلم|ملم))[ ]?(?P<power>[23])[ ]?/(?=[ ]?[{ARABIC}])", needs="/"
)
"""50 مليون م3/يوم, whose letter and figure `characters` has parted."""

_LOOSE: Final = lazy(rf"(?<=[{ARABIC}])[ ]?/[ ]?(?=(?:ساعة|ثانية|دقيقة)(?![{ARABIC}]))", needs="/")
"""كلم/ ساعة"""


def apply(text: str) -> str:
    """The text with what one thing is of another said between them."""
    if "/" not in text:
        return text
    text = _POWER.sub(lambda match: f"{match['unit']}{'²' if match['power'] == '2' else '³'}/", _LOOSE.sub("/", text))
    text = _PER_HUNDRED.sub(" لكل ", text)
    return _rate().sub(_said, text) if _MAY_HOLD.search(text) else text


_MAY_HOLD: Final = lazy(rf"[{ARABIC}A-Za-z²³$€£][ ]?/[ ]?[{ARABIC}A-Za-z]")
