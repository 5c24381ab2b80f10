"""Shorthand of sport: 15 ن → 15 نقطة, سامي (23) → سامي في الدقيقة 23, (61 و64) → في الدقيقتين 61 و64.

A bare number in brackets is a minute only behind a name, in a clause that tells of a goal, a card or a penalty.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.ordinals import HEADS
from tts_news.script.rules.patterns import any_of, words
from tts_news.script.rules.topic import NO_TOPIC, Topic

_POINTS: Final = lazy(rf"(?<![0-9A-Za-z.,:/-])(?P<n>(?:[وب]?)[0-9]{{1,3}})[ ]?ن(?![{ARABIC}])(?![ ]?\.[ ]?[{ARABIC}])")
_EVENTS: Final = any_of(
    words(
        "سجل سجلت سجله سجلها سجلهما سجلا أحرز أحرزت أحرزه أحرزها أحرزهما هدف هدفا هدفي هدفين الهدفين "
        "الهدف أهداف الأهداف هدفه ثنائية هاتريك ثلاثية أهدر أهدرت أضاع أضاعت "
        "ركلة ضربة جزاء بطاقة البطاقة إنذار طرد طُرد بدلا بديلا استبدل عادل التعادل تقدم افتتح التسجيل "
        "النتيجة ضاعف عزز قلص سدد نال حصل أضاف اختتم صفراء حمراء"
    )
)
_EVENT: Final = lazy(rf"(?<![{ARABIC}])[وفلب]?(?:ال|لل)?{_EVENTS}(?![{ARABIC}])")
_MINUTE: Final = r"(?:120|1[01][0-9]|[1-9][0-9]?)(?![0-9])(?:[ ]?\+[ ]?[1-9][0-9]?)?"
_MARK: Final = r"(?:[دق][ .:]{0,3})?"
_PENALTY: Final = r"(?:[ ](?:من[ ])?(?:[ضر][ .]{0,2}ج[ .]{0,2}|(?:ركلة|ضربة)[ ]جزاء))?"
_MINUTES: Final = lazy(
    rf"(?:(?P<name>(?<![{ARABIC}])[{ARABIC}]{{2,20}}[\"»]?)[ ]?"
    rf"|(?<=[ ])(?P<and>و))\([ ]?(?P<minutes>{_MARK}{_MINUTE}{_PENALTY}"
    rf"(?:(?:[ ]?[،,][ ]?و?|[ ]و[ ]?|[ ]?-[ ]?){_MARK}{_MINUTE}{_PENALTY}){{0,4}})[ ]?\)(?=$|[\s.،؛:!؟])"
)
"""(د 12، د 45+2) and (78 ض.ج), of which the minute came from a penalty."""

_PAIR: Final = lazy(r"[1-9][ ]?-[ ]?[1-9]")
"""No minutes but a score: حسم التعادل (2-2)."""

_EXTRA: Final = lazy(r"(?<![^\s])\([ ]?(?P<minute>(?:45|90|105|120)[ ]?\+[ ]?[1-9][0-9]?)[ ]?\)(?=$|[\s.،؛:!؟])")
_LED: Final = lazy(rf"^(?P<lead>[ ]{{0,4}})(?:[دق][ .]{{0,2}}(?P<one>{_MINUTE})|(?P<two>{_MINUTE})[ ]?')[ ]?(?=[:–-])")
"""A line of a running report: «د 45+2: هدف», «23': ركنية»."""

_ONE: Final = lazy(rf"(?P<minute>{_MINUTE})(?P<penalty>{_PENALTY})")
_TALLY: Final = lazy(
    rf"(?<![{ARABIC}])[وفبل]?(?:ال)?(?:هداف|هدافا|هدافي|هدافين|هدافون|صدارة|ترتيب|رصيد|برصيد|متقدما[ ]على"
    rf"|متفوقا[ ]على)(?![{ARABIC}])"
)
"""A table of scorers counts goals, not minutes."""

_COUNTED: Final = lazy(rf"\([ ]?[0-9]{{1,3}}[ ](?!دقيق|د[ .)])[{ARABIC}]")
"""The first of a row says what is counted, «بنزيمة (15 هدفا)، صلاح (8)»: the others count the same."""

_SCORERS: Final = lazy(r"\([ ]?[0-9]{1,3}[ ]?\)[^()]{1,60}\([ ]?[0-9]{1,3}[ ]?\)")
"""Two in a row, in an article of sport: the line under a result."""

_CLAUSE: Final = lazy(r"[.!؟؛]")
_NOT_NAMES: Final = frozenset(
    words(
        "المادة مادة رقم عدد الفقرة البند القرار قانون القانون سنة عام العدد المجموعة الجولة الصفحة رقمه "
        "عمره العمر الدور قائمة"
    )
)
_NUMBERED: Final = lazy(f"[وف]?(?:[بك]?ال|لل){any_of(HEADS)}")
"""A noun that goes by a number is followed by its own: بالدقيقة (41), النقطة (14)."""

_SEVERAL: Final = lazy("[وف]?(?:[بك]?ال|لل)دق(?:يقتين|يقتان|ائق)")


def _minutes(match: re.Match[str], topic: Topic) -> str:
    """The minutes of a scorer, where the clause before them tells of something that has a minute."""
    name, inside = match["name"] or "", match["minutes"]
    several = _SEVERAL.fullmatch(name) is not None
    if name in _NOT_NAMES or _NUMBERED.fullmatch(name) or _PAIR.fullmatch(inside):
        return match[0]
    if not (several or inside[0] in "دق" or _tells(match.string, match.start("minutes"), topic)):
        return match[0]
    minutes = [
        one["minute"].replace(" ", "") + (" من ركلة جزاء" if one["penalty"] else "") for one in _ONE.finditer(inside)
    ]
    if several:
        return f"{name} {' و'.join(minutes)}"
    noun = {1: "الدقيقة", 2: "الدقيقتين"}.get(len(minutes), "الدقائق")
    lead = f"{name} " if name else match["and"]
    return f"{lead}في {noun} {' و'.join(minutes)}"


def _tells(text: str, until: int, topic: Topic) -> bool:
    clause = _CLAUSE.split(text[max(0, until - 160) : until])[-1]
    if _TALLY.search(clause) or _COUNTED.search(clause):
        return False
    return _EVENT.search(clause) is not None or (topic.sport and _SCORERS.search(text) is not None)


_MAY_POINT: Final = lazy(rf"[0-9][ ]?ن(?![{ARABIC}])", needs=DIGITS)
_MAY_TIME: Final = lazy(r"\([ ]?(?:[دق][ .:]{0,3})?[0-9]", needs=DIGITS)
_MAY_LEAD: Final = lazy(r"^[ ]{0,4}(?:[دق][ .]{0,2})?[0-9]", needs=DIGITS)


_WEIGHT: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?(?:وزن|فئة|وزني)[ ])(?P<sign>[+-])[ ]?"
    r"(?=[0-9]{2,3}[ ]?(?:كلغ|كجم|كغ|كغم|كيلو))",
    needs="+-",
)
"""A class of judo or boxing: وزن -58 كلغ is below that, +87 above."""

_NIL: Final = lazy(rf"(?<![0-9.,:/-])(?P<n>[1-9][0-9]?)[ ]?[-/][ ]?صفر(?![{ARABIC}])")
"""3 / صفر"""

_GAME: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])(?:ضيفه|مضيفه|نظيره|على|أمام)(?:[ ][{ARABIC}]{{2,14}}){{1,4}}[ ])"
    r"(?P<one>[5-9][0-9]|1[0-9]{2})[ ](?P<two>[5-9][0-9]|1[0-9]{2})(?![0-9]|[.,:/-][0-9]|[ ][0-9])"
)
"""باكس 119 95: the score of a basketball match, as agencies print it."""


def rewrite(text: str, topic: Topic = NO_TOPIC) -> str:
    """The text with the shorthand of sport in words that later rules read."""
    if topic.sport:
        text = _GAME.sub(r"\g<before>\g<one>-\g<two>", text)
    text = _WEIGHT.sub(lambda match: match["head"] + ("فوق " if match["sign"] == "+" else "تحت "), text)
    if "صفر" in text:
        text = _NIL.sub(r"\g<n>-0", text)
    if _MAY_POINT.search(text):
        text = _POINTS.sub(r"\g<n> نقطة", text)
    if _MAY_LEAD.search(text):
        text = _LED.sub(lambda match: f"{match['lead']}الدقيقة {match['one'] or match['two']}", text)
    if not _MAY_TIME.search(text):
        return text
    return _EXTRA.sub(r"(الدقيقة \g<minute>)", _MINUTES.sub(lambda match: _minutes(match, topic), text))


def apply(text: str) -> str:
    """The text with the shorthand of sport in words that later rules read."""
    return rewrite(text)
