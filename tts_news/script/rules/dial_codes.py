"""Codes that are typed into a telephone: *700# is said with its star and its square, without which it is another."""

from __future__ import annotations

import re
from typing import Final

from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import numerals

_CODE: Final = lazy(r"(?<![0-9A-Za-z*#])[*#]{1,2}[0-9]{2,12}(?:[*#][0-9]{1,14}){0,4}#(?![0-9A-Za-z])", needs=DIGITS)
_TURNED: Final = lazy(r"(?<![0-9A-Za-z*#])#(?P<digits>[0-9]{2,6})\*(?![0-9A-Za-z*#])", needs=DIGITS)
"""#567* as it stands where a line runs from the right: *567#."""

_PART: Final = lazy("[*#]|[0-9]+")
_SIGNS: Final = {"*": "نجمة", "#": "مربع"}
_SHORT: Final = 3
"""Digits that are said as one number."""


def _say(match: re.Match[str]) -> str:
    return " ".join(_SIGNS.get(part) or _figures(part) for part in _PART.findall(match[0]))


def _figures(part: str) -> str:
    return numerals.cardinal(int(part)) if len(part) <= _SHORT and part[0] != "0" else numerals.digits(part)


def apply(text: str) -> str:
    """The text with its dial codes in words."""
    return _CODE.sub(_say, _TURNED.sub(r"*\g<digits>#", text)) if "#" in text else text
