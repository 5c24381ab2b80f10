"""Years: oblique and masculine after عام, feminine after سنة, oblique when bare; seasons say both years.

A bare year is four figures from 1000 to 2199 that no thousands separator splits and no noun follows that it counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.nouns import find
from tts_news.script.rules.numerals import year
from tts_news.script.rules.patterns import any_of
from tts_news.script.rules.quantity import SCALE

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Gender

_YEAR: Final = r"(?:1[0-9]{3}|2[01][0-9]{2})"
_UNITS: Final = "كم|كلم|كغ|كغم|كلغ|غ|غم|جم|ملغ|ملغم|ملجم|مغ|سم|ملم|مم|مل|متر|طن|م"
_NOT_MORE: Final = rf"(?![0-9A-Za-z%]|[.,٫٬][0-9]|[ ]?[%$€£]|[ ]?{SCALE}|[ ]?(?:{_UNITS})(?![{ARABIC}]))"
_ADJECTIVES: Final = any_of(
    (
        "المالي المالية الدراسي الدراسية الجامعي الجامعية الجاري الجارية الحالي الحالية الماضي الماضية المقبل "
        "المقبلة القادم "
        "القادمة الميلادي الميلادية الهجري الهجرية الزراعي التأميني الكروي الرياضي الانتخابي"
    ).split()
)
_AFTER_WORD: Final = lazy(
    rf"(?<![{ARABIC}])(?P<before>(?:[وفبلك]|ال|[وفبك]ال|لل|ول|وب){{0,2}}(?P<word>عام|سنة|عامي|سنتي|أعوام|سنوات"
    rf"|عامين|العامين|موسم|موسمي|الموسم)"
    rf"[{MARKS}]{{0,2}}(?:[ ]{_ADJECTIVES})?[ ]?[:(]?[ ]?)(?P<years>[0-9]{{2,4}}(?:[ ]?(?:[/-]|،|(?:إلى|الى|حتى"
    rf"|أو)[ ]?|و[ ]?)[ ]?[0-9]{{2,4}}(?![0-9])){{0,6}}){_NOT_MORE}"
    rf"(?P<next>[ ][{ARABIC}]{{2,20}})?"
)
_SEASON: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.,:/-])(?P<clitic>[وفبل]?)[ ]?(?P<first>(?:19|20)[0-9]{{2}})[ ]?(?P<sep>[/-])[ ]?"
    rf"(?P<second>(?:19|20)?[0-9]{{2}})(?![0-9/:.-])"
)
_SPAN: Final = lazy(
    rf"(?<![{ARABIC}])(?P<before>(?:بين|من)[ ])(?P<first>{_YEAR})(?P<joiner>[ ](?:و|إلى[ ]|الى[ ]|حتى[ ])(?:عام"
    rf"[ ])?)(?P<second>{_YEAR}){_NOT_MORE}(?P<next>[ ][{ARABIC}]{{2,20}})?"
)
_BARE: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.,:/+$€£%-])(?<![0-9%][ ])(?P<clitic>(?<![{ARABIC}])[وفبلك]?)[ ]?"
    rf"(?P<year>{_YEAR}){_NOT_MORE}(?![/:-][0-9])(?P<next>[ ][{ARABIC}]{{2,20}})?"
)
_PART: Final = lazy(r"[0-9]{2,4}")
_LOW, _HIGH = 1800, 2100
_COUNTING: Final = frozenset(
    plain(word)
    for word in "نحو حوالي حوالى قرابة زهاء أكثر أقل بلغ بلغت عدد مقتل إصابة قتل اعتقال رقم بقيمة بمبلغ مبلغ مسافة كل "
    "بنحو لنحو يبلغ تبلغ بلغت بلغ تجاوز تجاوزت على نقطة مقابل بوينغ إيرباص".split()
)
_WORD_BEFORE: Final = lazy(rf"([{ARABIC}]{{1,20}})[ ]{{1,2}}[وفبلك]?[ ]?$")


def _full(short: str, first: str) -> str:
    """24 after 2023 is 2024."""
    return first[:2] + short if len(short) == 2 and len(first) == 4 else short


def _counts(following: str | None, *, hundreds: bool = False) -> bool:
    """Whether the word after a number is a noun that it counts."""
    if not following:
        return False
    word = plain(following.strip())
    if word.startswith("ال") or len(word) < 3:
        return False
    found = find(word, plural=False)
    if found is not None and not found.known:
        # A word nobody listed, in the accusative that 11 to 99 and no year asks for: 1950 تلميحا.
        accusative = re.search("\u064b|[^اى]ا$", following.strip()) is not None
        return len(word) > 4 and (accusative or (hundreds and word.endswith("ة")))
    return found is not None and found.known and (found.form == "singular") and word not in _SINGULAR_NOT_COUNTED


_SINGULAR_NOT_COUNTED: Final = frozenset(
    plain(word)
    for word in "رئيس مقتل إصابة انطلاق انتخاب إعلان وفق حين إثر بمشاركة بداية نهاية موعد قرار حكم نظام".split()
)


def _after_word(match: re.Match[str]) -> str:
    word, text = plain(match["word"]), match["years"]
    gender: Gender = "f" if word.startswith("سن") else "m"
    numbers = _PART.findall(text)
    if len(numbers) == 1 and _counts(match["next"]) and len(numbers[0]) < 4:
        return match[0]
    if word in {"موسم", "موسمي", "الموسم"} and len(numbers) == 1 and len(numbers[0]) < 4:
        return match[0]
    first = numbers[0]
    said = _PART.sub(lambda one: year(int(_full(one[0], first)), gender=gender), text)
    season = "موسم" in word or (len(numbers) == 2 and "/" in text)
    said = re.sub(r"[ ]?[/-][ ]?", "، " if season else " إلى ", said)
    before = match["before"].replace("(", "")
    return f"{before}{said}{match['next'] or ''}"


def _season(match: re.Match[str]) -> str:
    first, second = match["first"], _full(match["second"], match["first"])
    if not 0 < int(second) - int(first) < 200 or (len(match["second"]) == 2 and int(second) - int(first) != 1):
        return match[0]
    between = "، " if match["sep"] == "/" else " إلى "
    return f"{match['clitic']}{year(int(first))}{between}{year(int(second))}"


def _span(match: re.Match[str]) -> str:
    if _counts(match["next"]):
        return match[0]
    first, second = year(int(match["first"])), year(int(match["second"]))
    return f"{match['before']}{first}{match['joiner']}{second}{match['next'] or ''}"


def _bare(match: re.Match[str]) -> str:
    number = int(match["year"])
    before = _WORD_BEFORE.search(match.string, max(0, match.start() - 24), match.start("year"))
    last = plain(before[1]) if before else ""
    if _counts(match["next"], hundreds=number % 100 == 0) or last in _COUNTING or not _LOW <= number <= _HIGH:
        return match[0]
    # رؤية 2030, مونديال 2022: a name before it is in construct with it; nothing leaves it nominative.
    alone = (
        not match["clitic"]
        and not last
        and not _LATIN_BEFORE.search(match.string, max(0, match.start() - 2), match.start())
    )
    return f"{match['clitic']}{year(number, case='nom' if alone else 'gen')}{match['next'] or ''}"


def apply(text: str) -> str:
    """The text with its years in words."""
    if not _MAY_HOLD.search(text):
        return text
    text = _AFTER_WORD.sub(_after_word, _FISCAL.sub(_fiscal, text))
    return _BARE.sub(_bare, _SPAN.sub(_span, _SEASON.sub(_season, text)))


_LATIN_BEFORE: Final = lazy("[A-Za-z][ ]?$")
_YEAR_OF: Final = "(?:19|20)[0-9]{2}"
_FISCAL: Final = lazy(
    rf"(?<![0-9./-])(?P<one>{_YEAR_OF})[/-](?P<two>{_YEAR_OF})[ ]?[-–][ ]?(?P<three>{_YEAR_OF})[/-](?P<four>{_YEAR_OF})"
    r"(?![0-9/-]|\.[0-9])",
    needs=DIGITS,
)
"""2015-2016 - 2019-2020: from one year of account to another."""


def _fiscal(match: re.Match[str]) -> str:
    one, two, three, four = (year(int(match[part])) for part in ("one", "two", "three", "four"))
    return f"{one}، {two} إلى {three}، {four}"


_MAY_HOLD: Final = lazy(rf"[0-9]{{3}}|(?:عام|سن|موسم)[{ARABIC}]{{0,6}}[ ][{ARABIC} ]{{0,12}}[0-9]", needs=DIGITS)
