"""Places on the globe: 31°30'N → 31 درجة و30 دقيقة شمالا, 46.7° شرقا."""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import DIGITS, lazy

_SIDES: Final = {"N": "شمالا", "S": "جنوبا", "E": "شرقا", "W": "غربا"}
_NUMBER: Final = r"[0-9]{1,3}(?:\.[0-9]{1,6})?"
_PLACE: Final = lazy(
    rf"(?<![0-9A-Za-z.])(?P<degrees>{_NUMBER})[ ]?°[ ]?(?:(?P<minutes>[0-5]?[0-9](?:\.[0-9]{{1,4}})?)[ ]?['’′][ ]?)?"
    r"(?:(?P<seconds>[0-5]?[0-9](?:\.[0-9]{1,4})?)[ ]?(?:[\"”″]|['’′]{2})[ ]?)?"
    rf"(?:(?P<side>[NSEW])(?![A-Za-z])|(?=(?:شمال|جنوب|شرق|غرب)ا?(?![{ARABIC}])))",
    needs=DIGITS,
)


_BOTH: Final = lazy(r"(?P<side>(?:شمال|جنوب)ا)[ ]?[,،/]?[ ](?=[0-9]{1,3}(?:\.[0-9]{1,6})? درجة)")
"""A latitude and the longitude behind it."""


def _place(match: re.Match[str]) -> str:
    parts = [f"{match['degrees']} درجة"]
    parts += [f"{match[name]} {unit}" for name, unit in (("minutes", "دقيقة"), ("seconds", "ثانية")) if match[name]]
    return f"{' و'.join(parts)} {_SIDES.get(match['side'], '')}"


def apply(text: str) -> str:
    """The text with its degrees, minutes and seconds of latitude and longitude in words that later rules read."""
    return _BOTH.sub(r"\g<side> و", _PLACE.sub(_place, text)) if "°" in text else text
