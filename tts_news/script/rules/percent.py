"""Percentages: %50, 50%, 50 % and 50 في المئة with decimals → خمسون بالمئة."""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import lazy
from tts_news.script.rules.clitics import CLITIC
from tts_news.script.rules.context import STAND_IN, spoken
from tts_news.script.rules.quantity import NUMBER, Quantity, say

_START: Final = rf"(?<![{ARABIC}A-Za-z0-9.])(?P<clitic>{CLITIC})[ ]?(?P<sign>[+-])?"
_AFTER: Final = lazy(rf"{_START}(?P<number>{NUMBER})[ ]?(?P<mark>[%‰])(?![0-9])")
_BEFORE: Final = lazy(rf"{_START}(?P<mark>[%‰])[ ]?(?P<number>{NUMBER})(?![0-9])")
_DOUBLED: Final = lazy(r"%[ ]?(?=(?:بالمئة|بالمائة|في المئة|في المائة))")
_ALONE: Final = lazy(r"[ ]?%")
_SIGNS: Final = {"+": "زائد ", "-": "سالب ", None: ""}
_RANGE: Final = lazy(rf"(?P<first>{NUMBER})[ ]?%[ ]?-[ ]?(?=%?[ ]?{NUMBER}[ ]?%?)")


def _percent(match: re.Match[str]) -> str:
    quantity, sign = Quantity.of(match["number"]), _SIGNS[match["sign"]]
    per = "بالمئة" if match["mark"] == "%" else "بالألف"
    return spoken(
        match.string,
        match.start("clitic"),
        match["clitic"],
        lambda case: f"{sign}{say(quantity, None, case)} {per}",
        f"{STAND_IN} {per}",
    )


def apply(text: str) -> str:
    """The text with its percentages in words."""
    if "%" not in text and "‰" not in text:
        return text
    text = _DOUBLED.sub(" ", _RANGE.sub(r"\g<first>% إلى ", text))
    text = _BEFORE.sub(_percent, _AFTER.sub(_percent, text))
    return _ALONE.sub(" بالمئة", text)
