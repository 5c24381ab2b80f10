"""A dash before a number: a minus where something below nought is measured, else the dash of an aside or of a name.

«-12 منهم قصر-» is an aside, «القرنة -2» and «غراد -122» are names with a number, «(1830 -1962)» is a span; only
«بلغت -5 درجات» is below nought.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import months
from tts_news.script.rules.nouns import find
from tts_news.script.rules.numerals import cardinal
from tts_news.script.rules.patterns import BETWEEN_DAYS, any_of, words
from tts_news.script.rules.times import PERIOD_WORDS

_SPAN: Final = lazy(
    r"(?P<first>(?<![0-9.,:/-])[0-9]{3,4}(?:[ ]?[مه])?)(?:[ ]-|-[ ]"
    r"|[ ]-[ ])(?=(?P<second>[0-9]{3,4})(?:[ ]?[مه])?(?![0-9.,:/-]))"
)
_ASIDE: Final = lazy(rf"[ ]-[ ]?(?P<inside>[0-9][^-()\n]{{2,90}}?(?<=[{ARABIC}0-9%]))[ ]?-(?=[\s.،؛:!؟]|$)")
_BETWEEN_TWO: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وف]?(?:ما[ ])?(?:بين|تتراوح[ ]بين|يتراوح[ ]بين)[ ][0-9]{{1,4}})[ ][-–—][ ]"
    rf"(?=[0-9]{{1,4}}[ ][{ARABIC}])"
)
"""بين 13 – 7 درجات: what بين has is joined by و."""

_SIGNED: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])(?P<word>[{ARABIC}]{{2,20}})[\"»)]?[ ])-[ ]?"
    rf"(?P<rest>(?P<n>[0-9]{{1,5}})(?![0-9]*[.,:/-][0-9])(?:[ ]?(?P<unit>[%°]|[{ARABIC}]{{1,14}}|[A-Za-z]{{1,4}}))?)"
)
_BELOW: Final = any_of(
    words(
        "حرارة الحرارة درجة درجات بردا البرودة برودة الصفر سالب ناقص انكماش نمو النمو التضخم تضخم معدل "
        "فائدة الفائدة العائد تغير التغير "
        "المؤشر الرصيد رصيد فارق مئوية"
    )
)
_MEASURED: Final = lazy(rf"(?<![{ARABIC}])[وفبلك]?(?:ال)?{_BELOW}(?![{ARABIC}])")
_LED: Final = frozenset(words("إلى الى من عند بين نحو حوالي حتى دون تحت بلغ بلغت سجل سجلت يبلغ تبلغ عن على أو و بنسبة"))
_WINDOW: Final = 60
_BEHIND: Final = lazy(rf"[ ](?P<what>[{ARABIC}]{{2,16}}(?:[ ][{ARABIC}]{{2,16}})?)")


_COUNTED: Final = lazy(
    rf"(?P<between>{BETWEEN_DAYS})?(?<![0-9.,:/])[0-9]{{1,9}}[ ]"
    rf"(?P<what>[{ARABIC}]{{2,16}}(?:[ ][{ARABIC}]{{2,16}})?)[ ]$"
)
"""What stands before a dash that has room on both sides: 28 فبراير - 3 مارس, 20 دولارا - 30 دولارا."""


_OF_THEM: Final = lazy(rf"(?P<n>[0-9]{{1,6}})[ ](?=(?P<whom>منهم|منهن|بينهم|بينهن)(?![{ARABIC}]))")


def _aside(match: re.Match[str]) -> str:
    """The aside between pauses; the number that opens it is the subject of a sentence of its own."""
    opened = _OF_THEM.match(match["inside"])
    if opened is None:
        return f"، {match['inside']}،"
    number = cardinal(int(opened["n"]), gender="f" if opened["whom"].endswith("ن") else "m")
    return f"، {number} {match['inside'][opened.end() :]}،"


def _kind(text: str) -> str:
    """What a number belongs to, by the words behind it: a date, an hour of the day, or things of that name."""
    if months.at_start(text):
        return "date"
    word = text.partition(" ")[0]
    return "hour" if word in PERIOD_WORDS else word


def _joined(match: re.Match[str]) -> str | None:
    """Two dates, hours or numbers of one thing with what their dash says; None where it joins no such two."""
    near = match.string[max(0, match.start() - _WINDOW) : match.end("before")]
    first = _COUNTED.search(near)
    second = _BEHIND.match(match.string, match.end("n"))
    if first is None or second is None or match.string[match.end("before") :][:2] != "- ":
        return None
    if _kind(first["what"]) == _kind(second["what"]):
        return match["before"] + ("و" if first["between"] else "إلى ") + match["rest"]
    # Behind what was counted no name goes on: 12 شخصا - 5 نساء. Two words may be one: 3 صواريخ قدس - 1.
    return None if " " in first["what"] else f"{match['before'].rstrip()}، {match['rest']}"


def _signed(match: re.Match[str]) -> str:
    """The number of a name, beside it; a minus stays where the words before speak of what can be below nought."""
    unit = match["unit"] or ""
    if unit in {"%", "°"} or unit.startswith("درج") or match["word"] in _LED:
        return match[0]
    if (joined := _joined(match)) is not None:
        return joined
    around = match.string[max(0, match.start() - _WINDOW) : match.end() + 24]
    if _MEASURED.search(around):
        return match[0]
    if unit and 0 < int(match["n"]) <= 10 and not _counts(match["n"], unit):
        return f"{match['before']}{cardinal(int(match['n']))}{match['rest'][len(match['n']) :]}"
    return match["before"] + match["rest"]


def _counts(number: str, word: str) -> bool:
    """Whether a number up to ten counts the word behind it: 3 أشخاص, 2 طن; not سبوتنيك -5 للفئات, بوشهر -2 قريبا."""
    plural = int(number) > 2
    found = find(word, plural=plural)
    if not word[0].isalpha() or found is None or word.startswith("لل"):
        return False
    return found.form == "plural" if plural else found.known and not word.endswith("ا")


def _ranged(match: re.Match[str]) -> str:
    first, second = int(re.sub(r"\D", "", match["first"])), int(match["second"])
    return f"{match['first']}-" if 0 < second - first < 900 else match[0]


def apply(text: str) -> str:
    """The text with no dash before a number but a minus."""
    if not _MAY_HOLD.search(text):
        return text
    text = _SPAN.sub(_ranged, text)
    text = _ASIDE.sub(_aside, _BETWEEN_TWO.sub(r"\g<before> و", text))
    return _SIGNED.sub(_signed, text)


_MAY_HOLD: Final = lazy(r"[0-9 ]-[ ]?[0-9]|[0-9]-[ ]", needs=DIGITS)
