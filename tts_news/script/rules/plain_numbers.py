"""Every number that no other rule has said: masculine, in the case of its place; signs between numbers as words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.clitics import CLITIC
from tts_news.script.rules.context import spoken
from tts_news.script.rules.numerals import LIMIT, digits
from tts_news.script.rules.quantity import NUMBER, Quantity, say

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case

_NUMBER: Final = lazy(
    rf"(?P<clitic>(?<![{ARABIC}A-Za-z0-9]){CLITIC}(?=[ ]?[+-]?[0-9]))?(?P<gap>[ ]?)(?P<sign>(?<!"
    rf"[0-9A-Za-z{ARABIC}])[+-])?(?P<number>{NUMBER})"
)
_SIGNS: Final = {"+": "زائد ", "-": "سالب ", None: "", "": ""}
_BETWEEN: Final = (
    (lazy(r"(?<=[0-9])[ ]?(?:\+)[ ]?(?=[0-9])"), " زائد "),
    (lazy(r"(?<=[0-9])[ ]?[x×*][ ]?(?=[0-9])"), " في "),
    (lazy(r"(?<=[0-9])[ ]?÷[ ]?(?=[0-9])"), " على "),
    (lazy(r"(?<=[0-9])[ ]?=[ ]?(?=[0-9])"), " يساوي "),
    (lazy(r"(?<=[0-9])[ ]?/[ ]?(?=[0-9])"), " على "),
    (lazy(r"(?<=[0-9])[ ]?:[ ]?(?=[0-9])"), " إلى "),
    (lazy(r"(?<=[0-9])[ ]?-[ ]?(?=[0-9])"), "، "),
)


def _say(match: re.Match[str]) -> str:
    clitic, number, text = match["clitic"] or "", match["number"], match.string
    sign = _SIGNS[match["sign"]]
    words = spoken(text, match.start(), clitic, lambda case: sign + _words(number, case))
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    lead = match["gap"] if not clitic else ""
    if not lead and not clitic and before and (before.isalpha() or before == "."):
        lead = " "
    return f"{lead}{words}{' ' if after.isalnum() else ''}"


def _words(number: str, case: Case) -> str:
    whole, _, decimals = number.partition(".")
    if int(whole) >= LIMIT or (len(whole) > 1 and whole[0] == "0"):
        return digits(whole) + (f" فاصل {digits(decimals)}" if decimals else "")
    return say(Quantity.of(number), None, case)


_DIGIT: Final = lazy("[0-9]", needs=DIGITS)


def apply(text: str) -> str:
    """The text with all its remaining numbers in words."""
    if not _DIGIT.search(text):
        return text
    for pattern, word in _BETWEEN:
        text = pattern.sub(word, text)
    return _NUMBER.sub(_say, text)
