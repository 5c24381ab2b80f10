"""Fractions: 1/2, 2/3, 3/4, and mixed numbers: 2 1/2. Scores, seasons, laws and dates are read by other rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, plain
from tts_news.patterns import lazy
from tts_news.script.rules import money, units
from tts_news.script.rules.clitics import CLITIC, attach
from tts_news.script.rules.context import case_at, in_case, spoken
from tts_news.script.rules.nouns import Noun, find
from tts_news.script.rules.numerals import cardinal, counted
from tts_news.script.rules.quantity import SCALE, Quantity

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case

PARTS: Final = {
    2: Noun("نصف", "m", "أنصاف"),
    3: Noun("ثلث", "m", "أثلاث"),
    4: Noun("ربع", "m", "أرباع"),
    5: Noun("خمس", "m", "أخماس"),
    6: Noun("سدس", "m", "أسداس"),
    7: Noun("سبع", "m", "أسباع"),
    8: Noun("ثمن", "m", "أثمان"),
    9: Noun("تسع", "m", "أتساع"),
    10: Noun("عشر", "m", "أعشار"),
}
"""The names of the parts, by denominator."""

_MIXED: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.,/:-])(?P<clitic>{CLITIC})[ ]?(?P<whole>[0-9]{{1,6}})(?:[ ]|[ ]?و[ ]?)"
    rf"(?P<top>[1-9])/(?P<bottom>[2-9]|10)(?![0-9/.,-])(?:[ ]?(?P<next>[{ARABIC}]{{1,20}}[²³]?))?"
)
_SIMPLE: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.,/:-])(?P<clitic>{CLITIC})[ ]?(?P<top>[0-9]{{1,3}})/(?P<bottom>[1-9][0-9]{{0,3}})"
    rf"(?![0-9/.,:-])(?P<next>[ ]?(?:[{ARABIC}]{{1,20}}[²³]?|[A-Za-z°]{{1,4}}|[$€£]))?"
)
_RATED: Final = lazy(r"(?<![0-9.,/:-])(?P<n>[0-9]{1,2}\.[0-9]{1,2})[ ]?/[ ]?(?P<of>5|10|20|100)(?![0-9/.,:-])")
"""8.2/10: how much of the best there is."""

_SCALE: Final = lazy(SCALE)
_DECIMALS: Final = {(1, 2): ".5", (1, 4): ".25", (3, 4): ".75"}
_GRADED: Final = lazy(
    rf"(?:تقييم|علامة|درجة|بدرجة|بتقييم|تقييما|علامته|نقاط|درجته|حصل|حصلت|نال|بعلامة)[ {ARABIC}]{{0,30}}$"
)


def _unit(sign: str) -> Noun | None:
    """The unit or currency that an abbreviation or symbol stands for."""
    unit, currency = units.by_sign().get(sign), money.by_sign().get(sign)
    return unit.noun if unit else currency.noun if currency else None


def _mixed(match: re.Match[str]) -> str:
    top, bottom = int(match["top"]), int(match["bottom"])
    if top >= bottom:
        return match[0]
    clitic, following = match["clitic"], match["next"] or ""
    tail = match[0][match.end("bottom") - match.start() :]
    whole = f"{clitic}{match['whole']}"
    if (top, bottom) in _DECIMALS:
        return f"{whole}{_DECIMALS[top, bottom]}{tail}"
    if _SCALE.fullmatch(following):  # ثلاثة ملايين وثلثا المليون
        scale = Quantity.of("1", following).scale
        part = _said(match, "و", construct=True)
        return f"{whole} {following} {part} ال{scale.singular}" if scale else match[0]
    found = find(following, plural=True) if following else None
    part = _said(match, "و")
    if _unit(following) is not None or (found is not None and found.known):
        return f"{whole} {following} {part}"
    return f"{whole} {part}{tail}"


def _said(match: re.Match[str], prefix: str, *, construct: bool = False) -> str:
    """A fraction with a prefix, in the case of the place where its match begins."""
    top, bottom = int(match["top"]), int(match["bottom"])
    case = case_at(match.string, match.start("clitic"), match["clitic"])
    return in_case(case, prefix, lambda case: say_fraction(top, bottom, case, construct=construct), _STAND_IN)


_STAND_IN: Final = "ثلث"


def say_fraction(top: int, bottom: int, case: Case, *, construct: bool = False) -> str:
    """A fraction below one, with a denominator from 2 to 10, in words: ثلث, ثلثان, ثلاثة أرباع."""
    part = PARTS[bottom]
    if top == 1:
        return part.singular
    if top == 2:
        return part.dual(case, construct=construct)
    return counted(top, part, case=case)


def _simple(match: re.Match[str]) -> str:
    top, bottom = int(match["top"]), int(match["bottom"])
    clitic, following = match["clitic"], match["next"] or ""
    before = match.string[max(0, match.start() - 50) : match.start()]
    unit = _unit(following.strip())
    if unit is not None and (top, bottom) in _DECIMALS:
        return f"{clitic}0{_DECIMALS[top, bottom]}{following}"  # 1/2 كغ: the rule for the unit says it
    if bottom in PARTS and 0 < top < bottom and not (_GRADED.search(before) or clitic.endswith("ال")):
        word = plain(following)
        construct = bool(word) and (
            word.startswith(("ال", "مساحة", "اعضاء", "سكان", "مقاعد", "عدد")) or word.endswith(("ه", "ها"))
        )
        part = _said(match, clitic, construct=construct or unit is not None)
        return f"{part} {unit.singular}" if unit else part + following
    if top == 24 and bottom == 7:
        hours = "أربع" if before.endswith(("مدار ", "مدى ")) else "أربعا"  # على مدار 24/7; يعمل 24/7
        return f"{attach(clitic, f'{hours} وعشرين ساعة في سبعة أيام')}{following}"
    if top <= bottom and bottom in (5, 10, 20, 100):
        whole = f" من {cardinal(bottom, case='gen')}"
        start = match.start("clitic")
        return spoken(match.string, start, clitic, lambda case: cardinal(top, case=case) + whole) + following
    return match[0]


def apply(text: str) -> str:
    """The text with its fractions in words."""
    if "/" not in text:
        return text
    text = _RATED.sub(r"\g<n> من \g<of>", text)
    return _SIMPLE.sub(_simple, _MIXED.sub(_mixed, text))
