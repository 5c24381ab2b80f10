"""Brackets, quotes and strokes around a number: «(14) طالبة» counts, «(28) إبريل» is a day, «/40 كم/» stands aside.

A number that its noun follows is freed of its brackets, so that every later rule sees them side by side. Where brackets
hold something else (a minute, a note, the number of a verse) they stay.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import money, months, units
from tts_news.script.rules.clitics import CLITIC
from tts_news.script.rules.nouns import find
from tts_news.script.rules.numerals import is_number_word
from tts_news.script.rules.quantity import SCALE

_NUMBER: Final = r"[0-9]{1,3}(?:[.,٬،][0-9]{3}){1,4}|[0-9]{1,15}(?:[.,][0-9]{1,3})?"
_ENCLOSED: Final = lazy(
    rf"(?P<clitic>(?<![{ARABIC}A-Za-z0-9]){CLITIC}[ ]?)?(?P<open>[(\[«\"“])[ ]?(?P<number>{_NUMBER})[ ]?[)\]»\"”]"
    rf"(?P<percent>[ ]?[%])?(?:[ ]?(?P<scale>{SCALE}))?(?P<gap>[ ]?)(?P<word>[{ARABIC}]{{1,24}}[²³]?)?"
)
_HALF: Final = lazy(rf"(?<![{ARABIC}A-Za-z0-9])(?P<before>[وف]?(?:[بك]?ال|لل|[بلك])(?:{_NUMBER}))[ ]?[)\]»\"”]")
"""ب21» of بـ«21»: with the tatweel the opening sign has gone already."""

_TURNED: Final = lazy(rf"(?<![(0-9])\)(?P<number>{_NUMBER}[ ]?%?)\)", needs=DIGITS)
"""و)45.2) of an author whose first bracket was turned."""

_SPAN: Final = lazy(
    r"\([ ]?(?P<one>[0-9]{1,4}(?:\.[0-9]{1,2})?)(?:[ ]?[-–][ ]?|[ ]:[ ])"
    r"(?P<two>[0-9]{1,4}(?:\.[0-9]{1,2})?)[ ]?\)"
    rf"[ ]?(?P<unit>[{ARABIC}]{{1,12}})",
    needs=DIGITS,
)
"""(1.75 - 2.25) متر, (30 : 40) كم/س: from so much to so much of the unit behind the bracket."""


def _span(match: re.Match[str]) -> str:
    unit = match["unit"]
    if not (unit in units.by_sign() or unit in units.by_name()) or float(match["one"]) >= float(match["two"]):
        return match[0]
    return f"{match['one']}-{match['two']} {unit}"


_SIDES: Final = {"(": ")", "[": "]", "«": "»", '"': '"', "“": "”"}
_AMOUNT: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وفبل]?(?:بنسبة|نسبته|نسبتها|قدره|قدرها|قيمته|قيمتها|مبلغ|مقداره|مقدارها|بمبلغ|بقيمة|بواقع|بنحو|يبلغ|تبلغ|بلغ|بلغت|نحو|حوالي|عدد"
    rf"|إلى|من|على|في|خلال|بعد|قبل|لمدة"
    rf"|منذ)[ ]?)\([ ]?(?P<inside>[0-9][0-9.,]{{0,18}}[ ]?%?(?:[ ][{ARABIC}.]{{1,16}}){{1,3}}"
    rf"|[0-9][0-9.,]{{0,18}}[ ]?%)[ ]?\)"
)
_CLOCK: Final = lazy(
    rf"(?P<word>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)ساعة[{MARKS}]?[ ])[(\[«\"][ ]?(?P<time>[0-9]{{1,2}}(?:[:.][0-9]{{2}})?)"
    rf"[ ]?[)\]»\"]"
)
_MINUTES_AGAIN: Final = lazy(
    rf"(?P<time>(?<![{ARABIC}])[وفبلك]?(?:(?:ال|لل)ساعة|تمام)[{MARKS}]?[ ][0-9]{{1,2}}:[0-5][0-9])[ ]"
    rf"(?:دقيقة|دقائق)(?![{ARABIC}])(?![ ]و)"
)
_STROKES: Final = lazy(
    rf"(?<![^\s0-9])(?<![0-9][ ])/[ ]?(?P<inside>(?=[{ARABIC}0-9])[^/\n()]{{2,80}}?)[ ]?/"
    r"(?=$|[\s.،؛:!؟])"
)
_EQUALS: Final = lazy(r"\([ ]?=[ ]?(?=\D)")


_ON_PREFIX: Final = lazy(rf"(?P<clitic>(?<![{ARABIC}])[وف]?[بلك])[ ]?\([ ]?(?P<inside>[0-9][^()\n]{{0,40}}?)[ ]?\)")
"""يمتد ل(800 م): the prefix needs what is in the brackets."""


_REACHED: Final = lazy(
    rf"(?P<verb>(?<![{ARABIC}])[وف]?[يت]?(?:بلغ|بلغت|ناهز|ناهزت|تجاوز|تجاوزت|بلغوا|قارب|قاربت|سجل|سجلت)[ ]"
    rf"(?:[{ARABIC}]{{2,10}}(?:هم|ها|هن|ه)[ ])?)"
    rf"\([ ]?(?P<number>{_NUMBER}[ ]?%?)[ ]?\)"
)
"""بلغ (346,214): the brackets set apart what the verb needs."""

_RANGE: Final = lazy(
    rf"[(\[][ ]?(?P<range>[0-9]{{1,6}}[ ]?[-–][ ]?[0-9]{{1,6}})[ ]?[)\]][ ](?P<word>[{ARABIC}]{{3,16}})", needs=DIGITS
)
"""بحوالي (2-3) درجات"""

_APPOSED: Final = lazy(
    rf"(?P<amount>[0-9](?:[ ]?{SCALE})?[ ](?P<unit>[{ARABIC}]{{1,16}}))[ ][\"“”][ ]"
    rf"(?P<inside>[{ARABIC}]+(?:[ ][{ARABIC}0-9]+){{1,5}})[ ][\"“”]",
    needs=('"', "“", "”"),
)
"""Words in quotes, with room inside, behind what a number measures: بطول 600 متر ” المرحلة الثانية “ stands apart."""


def _apposed(match: re.Match[str]) -> str:
    unit = match["unit"]
    measured = unit in units.by_sign() or unit in units.by_name() or plain(unit) in money.by_name()
    return f"{match['amount']} ({match['inside']})" if measured else match[0]


def _freed(match: re.Match[str]) -> str:
    """A number without its brackets where what follows is what it counts, measures or dates."""
    if match["open"] and _SIDES[match["open"]] not in match[0][match[0].index(match["number"]) :]:
        return match[0]
    tail = match[0][match.end("percent") - match.start() :] if match["percent"] else ""
    clitic, number, word = (match["clitic"] or "").rstrip(), match["number"], match["word"] or ""
    if match["percent"]:
        return f"{clitic}{number}{match['percent']}{tail}"
    if match["scale"] or _belongs(number, word, match):
        scale = f" {match['scale']}" if match["scale"] else ""
        # The word is looked at again: it may be the noun of a bracket of its own.
        return f"{clitic}{number}{scale}{f' {word}' if word else match['gap']}"
    if clitic.rstrip():
        return f"{clitic}{number}{match['gap']}{word}"
    return match[0]


def _freed_range(match: re.Match[str]) -> str:
    """A range without its brackets before what it counts."""
    first, second = re.findall("[0-9]+", match["range"])
    rises = int(first) < int(second)  # (3 - 1) is a result
    return f"{match['range']} {match['word']}" if rises and _belongs(second, match["word"], match) else match[0]


def _belongs(number: str, word: str, match: re.Match[str]) -> bool:
    """Whether the word is counted or measured by the number, or is the month of which it is a day."""
    bare = plain(word.rstrip("²³"))
    if not bare:
        return False
    following = match.string[match.end("word") : match.end("word") + 16].partition("،")[0]
    month = months.at_start(f"{word}{following}".rstrip()) or months.find(word)
    if month or word in units.by_sign() or word in units.by_name() or bare in money.by_name() or bare in _OTHERS:
        return True
    if bare.startswith("ال") or len(bare) < 3 or bare in _NEVER or is_number_word(word):
        return False
    plural = 3 <= int(re.sub(r"\D", "", number)) % 100 <= 10
    found = find(word, plural=plural)
    if found is not None and found.known:
        return found.form == "plural" or not plural or bare.endswith("ا")
    # A noun nobody listed counts by its form: the tanwin or ة that 11 to 99 ask for, the plural after 3 to 10.
    return found is not None and bare.endswith(("ات", "ة") if plural else ("ا", "ة")) and bare[0] not in "وفبل"


_OTHERS: Final = frozenset(map(plain, ("آخرون", "آخرين", "أخرى", "أخريات", "منهم", "منهن", "منها")))
"""They stand for what was counted before: (12) آخرون."""

_NEVER: Final = frozenset(plain(word) for word in "ثم عام سنة يوم قرب شمال جنوب شرق غرب عند حين وهو وهي".split())


def apply(text: str) -> str:
    """The text with the numbers that stand in brackets, quotes or strokes beside what they count."""
    if "/" in text:
        text = _STROKES.sub(r"(\g<inside>)", text)
    if "=" in text:
        text = _EQUALS.sub("(أي ", text)
    text = _APPOSED.sub(_apposed, text)
    if not _MAY_HOLD.search(text):
        return text
    if ")" in text:
        text = _TURNED.sub(r"(\g<number>)", text)
    if "(" in text:
        text = _SPAN.sub(_span, text)
        text = _ON_PREFIX.sub(r"\g<clitic>\g<inside>", text)
    text = _CLOCK.sub(r"\g<word>\g<time>", text)
    text = _MINUTES_AGAIN.sub(r"\g<time>", text)
    text = _RANGE.sub(_freed_range, text)
    text = _REACHED.sub(r"\g<verb>\g<number>", text)
    text = _AMOUNT.sub(r"\g<before>\g<inside>", text)
    return _HALF.sub(r"\g<before>", _ENCLOSED.sub(_freed, text))


_MAY_HOLD: Final = lazy(r"[()\[«\"“][ ]?[0-9]|[0-9][ ]?[)\]»]|[0-9]:[0-9]{2}[ ]دقي", needs=DIGITS)
