"""Ranges: 10-15 يوما → عشرة إلى خمسة عشر يوما, 60-70% → ستين إلى سبعين بالمئة, بين 5 و7 دول, من $10 إلى $15.

The first number takes the gender of what the second counts; the second is left to the rule for what it counts.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import money, units
from tts_news.script.rules.clitics import CLITIC, attach
from tts_news.script.rules.context import spoken
from tts_news.script.rules.nouns import Noun, find
from tts_news.script.rules.numerals import LIMIT, cardinal
from tts_news.script.rules.patterns import BETWEEN
from tts_news.script.rules.quantity import NUMBER, SCALE, Quantity, say

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case

_JOINER: Final = r"[ ]?-[ ]?|[ ](?:إلى|الى|حتى|أو|او)[ ](?:حوالي[ ]|نحو[ ])?|[ ]?و[ ]?"
_PAIR: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.,:/+-])(?P<clitic>{CLITIC})[ ]?(?P<sign>[$€£¥])?(?P<first>{NUMBER})(?![0-9])"
    rf"(?P<joiner>{_JOINER})"
    rf"(?P<sign2>[$€£¥])?(?P<second>{NUMBER})(?![0-9]|[.,:/-][0-9])(?:[ ]?(?P<scale>{SCALE}))?(?P<tail>[ ]?(?:%|°|"
    rf"[{ARABIC}²³./]{{1,24}}|[A-Za-z$€£²/]{{1,8}}))?"
)
_MONEY: Final = frozenset("$€£¥")
_BETWEEN: Final = lazy(rf"{BETWEEN}$")
_REPEATED: Final = lazy(
    rf"(?P<first>{NUMBER}[ ]?(?P<unit>[{ARABIC}°$€]{{1,6}}))[ ]?-[ ]?(?={NUMBER}[ ]?(?P=unit)(?![{ARABIC}]))"
)


_BELOW_ZERO: Final = lazy(
    rf"(?<![0-9A-Za-z{ARABIC}])-(?P<first>{NUMBER})(?P<joiner>[ ](?:إلى|الى|أو|و)[ ]?|[ ]?-[ ]?)-(?P<second>{NUMBER})"
    rf"(?P<unit>[ ]?(?:درجات|درجة|°[مC]?)(?:[ ]مئوية)?)(?![{ARABIC}])"
)


def _counted(match: re.Match[str]) -> Noun | None:
    """What the pair counts; None when it counts nothing that is written. Of a guess, only the gender holds."""
    tail = (match["tail"] or "").strip()
    if match["scale"]:
        return Quantity.of("1", match["scale"]).scale
    sign = match["sign"] or match["sign2"] or (tail if tail[:1] in _MONEY else "")
    if sign:
        return money.by_sign()[sign[:1]].noun
    word = re.sub(f"[{MARKS}./²³]", "", tail)
    unit = units.by_sign().get(tail)
    currency = money.by_name().get(plain(word)) or money.by_sign().get(tail)
    measured = (unit and unit.noun) or units.by_name().get(word) or (currency and currency.noun)
    if measured:
        return measured
    second = int(match["second"].partition(".")[0])
    found = None if not word or plain(word).startswith("ال") else find(word, plural=3 <= second % 100 <= 10)
    if found is None or not (found.known or plain(word).endswith(("ة", "ات", "ا"))):
        return None
    return found.noun if found.known else Noun("", found.noun.gender, "")


def _first(match: re.Match[str], case: Case) -> str:
    """The first number in words, in the gender of what is counted; one and two are the noun itself (يومين)."""
    quantity, noun = Quantity.of(match["first"]), _counted(match)
    if quantity.decimals:
        scaled = match["scale"] if quantity.has_named_part else ""
        return say(Quantity.of(match["first"], scaled or ""), None, case)
    if noun is not None and noun.singular and quantity.whole in (1, 2):
        return noun.singular if quantity.whole == 1 else noun.dual(case)
    return cardinal(quantity.whole, gender=noun.gender if noun else "m", case=case)


def _pair(match: re.Match[str]) -> str:
    joiner, between = match["joiner"], bool(_BETWEEN.search(match.string, max(0, match.start() - 12), match.start()))
    first = match["first"]
    if (
        (joiner.lstrip().startswith("و") and not between)
        or int(first.partition(".")[0]) >= LIMIT
        or (first[0] == "0" and first[1:2].isdigit())
    ):
        return match[0]
    percent = (match["tail"] or "").strip().startswith("%")
    if "-" in joiner and _counted(match) is None and not (percent or between or _ascending(match)):
        return match[0]
    if (priced := _priced(match, joiner, between=between)) is not None:
        return priced
    clitic = match["clitic"]
    within = "-" in joiner and not clitic and match.string.endswith(("إلى ", "الى "), 0, match.start())
    if "-" in joiner:
        joiner = " و" if between or within else " إلى "
    elif between and min(len(first), len(match["second"])) >= _LONG:
        joiner = "، و"
    if between or within:
        words = ("ما بين " if within else "") + attach(clitic, _first(match, "gen"))
    else:
        words = spoken(match.string, match.start("clitic"), clitic, partial(_first, match))
    sign = match["sign"] or match["sign2"] or ""
    rest = match.string[match.start("second") : match.end()]
    return f"{words}{' و' if joiner.strip() == 'و' else joiner}{sign}{rest}"


_LONG: Final = 5
"""Digits of two numbers that are heard as one without a pause: بين 89600، و89700."""


def _priced(match: re.Match[str], joiner: str, *, between: bool) -> str | None:
    """Two prices with their money each, where the first has decimals: بين 2.40 و2.70 جنيه. For `money` to say."""
    tail = (match["tail"] or "").strip()
    money_named = plain(re.sub(f"[{MARKS}.]", "", tail)) in money.by_name()
    if "." not in match["first"] or match["scale"] or match["sign"] or not money_named or not _ascending(match):
        return None
    said = (" و" if between else " إلى ") if "-" in joiner else joiner
    rest = match.string[match.start("second") : match.end()]
    return f"{match['clitic']}{match['first']} {tail}{said}{rest}"


def _ascending(match: re.Match[str]) -> bool:
    return float(match["first"]) < float(match["second"])


def apply(text: str) -> str:
    """The text with the first number of its ranges in words and a word where the hyphen was."""
    if not _MAY_HOLD.search(text):
        return text
    text = _BELOW_ZERO.sub(r"\g<first>\g<joiner>\g<second>\g<unit> تحت الصفر", text)
    return _PAIR.sub(_pair, _REPEATED.sub(r"\g<first> إلى ", text))


_MAY_HOLD: Final = lazy(r"[0-9][^0-9\n]{0,12}[-وأاإح][^0-9\n]{0,12}[0-9]", needs=DIGITS)
