"""Dates with a month name: the day is a definite ordinal, then من and the month, then the year.

12 مايو 2023 → الثاني عشر من مايو ألفين وثلاثة وعشرين. Days in a list or a range that ends in a month are ordinals too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tts_news.arabic import ARABIC, END
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import eras, months, numerals
from tts_news.script.rules.clitics import SPACED_CLITIC, attach
from tts_news.script.rules.patterns import BETWEEN_DAYS, any_of

_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
_BEFORE: Final = rf"(?<![{ARABIC}A-Za-z0-9:/+-])(?<![0-9][.,])"
_SEPARATOR: Final = r"(?:[ ]?[-/][ ]?|[ ]?،[ ]?|[ ](?:إلى|الى|حتى|أو|او)[ ](?:يوم[ ])?)|[ ](?=و)"
_DAYS: Final = rf"(?:{SPACED_CLITIC}){_DAY}(?:(?:{_SEPARATOR})(?:{SPACED_CLITIC}){_DAY}){{0,6}}"
_LIST_ITEM: Final = lazy(rf"(?P<before>{_SEPARATOR})?(?P<clitic>{SPACED_CLITIC})(?P<day>[0-9]{{1,2}})")
_OF_MONTH: Final = (
    r"(?P<month_word>(?:من[ ])?(?:هذا[ ]الشهر|(?:ذات|نفس|كل|ذلك)[ ](?:ال)?شهر|الشهر)|الجاري(?!ة)|(?:ال)?حالي(?!ة))"
)

_OF_A_MONTH: Final = ("شهر", "الجاري", "حالي")
"""One of them is in whatever `_OF_MONTH` matches."""


@lru_cache(maxsize=64)
def _dated(names: tuple[str, ...]) -> re.Pattern[str]:
    month = any_of(names)
    return re.compile(
        rf"{_BEFORE}(?P<days>{_DAYS})[ ]{{0,3}}(?:(?P<of>من[ ]{{1,3}})?(?P<shahr>شهر[ ]{{1,3}})?"
        rf"(?P<month>{month}(?:[ ]{{1,2}}{month})?)|{_OF_MONTH}){END}"
        rf"(?P<tail>{eras.YEAR_TAIL})?"
    )


@lru_cache(maxsize=64)
def _monthly(names: tuple[str, ...]) -> re.Pattern[str]:
    month = any_of(names)
    return re.compile(
        rf"(?<![{ARABIC}A-Za-z0-9])(?P<clitic>[وفبلك]{{0,2}})(?P<month>{month}){END}(?P<tail>{eras.YEAR_TAIL})"
    )


_AMERICAN: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9])(?P<words>[{ARABIC}]{{2,16}}(?:[ ][{ARABIC}]{{2,16}})?)[ ]{{1,2}}"
    rf"(?P<day>{_DAY})[ ]?[،,][ ]?"
    rf"(?P<year>(?:19|20)[0-9]{{2}}){END}"
)
"""مايو 15، 2023, as translated agency copy has it."""


_BETWEEN: Final = lazy(rf"{BETWEEN_DAYS}$")


def _is_between(match: re.Match[str]) -> bool:
    """Whether بين stands before the first of two dates, which و joins then: بين 9 - 11 يوليو."""
    return _BETWEEN.search(match.string, max(0, match.start() - 12), match.start()) is not None


def _ordinals(days: str, *, is_between: bool) -> str:
    """10 و12 → العاشر والثاني عشر; 3-5 → الثالث إلى الخامس, after بين الثالث والخامس."""
    words = []
    for item in _LIST_ITEM.finditer(days):
        before = item["before"] or ""
        dash = " و" if is_between else " إلى "
        joiner = dash if "-" in before else "، " if "/" in before else before
        words.append(joiner + attach(item["clitic"], numerals.ordinal(int(item["day"]), case="gen")))
    return "".join(words)


def _needs_proof(month: str) -> bool:
    # 5 صفر is a score more often than a day of the month Safar.
    found = months.find(month)
    return found is not None and found == ("hijri", 2)


def _genitive(month: str) -> str:
    return re.sub(r"^ذ[وا](?= )", "ذي", month)


def _date(match: re.Match[str]) -> str:
    tail = match["tail"] or ""
    days = _ordinals(match["days"], is_between=_is_between(match))
    if match["month_word"]:
        word = match["month_word"]
        joiner = "" if word.startswith(("من", "ال", "حالي")) and not word.startswith("الشهر") else "من "
        return f"{days} {joiner}{word}{eras.say_tail(tail)}"
    if _needs_proof(match["month"]) and not (match["of"] or match["shahr"] or tail):
        return match[0]
    return f"{days} من {match['shahr'] or ''}{_genitive(match['month'])}{eras.say_tail(tail)}"


def _month_and_year(match: re.Match[str]) -> str:
    return f"{match['clitic']}{match['month']}{eras.say_tail(match['tail'])}"


def _american_date(match: re.Match[str]) -> str:
    found = months.at_end(match["words"])
    if found is None:
        return match[0]
    before = match["words"].removesuffix(found[1])
    day = numerals.ordinal(int(match["day"]), case="gen")
    rest, _, clitic = before.rpartition(" ")
    space = " " if " " in before else ""
    return f"{rest}{space}{attach(clitic, day)} من {found[1]} {numerals.year(int(match['year']))}"


_ENGLISH: Final = lazy(
    rf"(?<![A-Za-z0-9])(?:(?P<first>{_DAY})(?:st|nd|rd|th)?[ ])?(?P<month>(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?"
    rf"|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))\.?"
    rf"(?:[ ](?P<second>{_DAY})(?:st|nd|rd|th)?)?(?:,?[ ](?P<year>(?:19|20)[0-9]{{2}}))?(?![A-Za-z0-9])"
)
"""Jan 5, 2024; 5 January; March 2024."""
_ENGLISH_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _in_arabic(match: re.Match[str]) -> str:
    day = match["first"] or match["second"]
    if not (day or match["year"]) or (match["first"] and match["second"]):
        return match[0]
    month = months.names()["gregorian", _ENGLISH_MONTHS.index(match["month"][:3].lower()) + 1]
    return " ".join(part for part in (day, month, match["year"]) if part)


_OF_IT: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وف]?(?:حتى|إلى|الى|يوم|في|من)[ ])(?P<day>{_DAY})(?=[ ]منه(?![{ARABIC}]))"
)
"""حتى 28 منه: of the month that was named."""

_YEARISH: Final = lazy(r"[0-9]{3}|[0-9][ ]?[هق]")
_NUMBER: Final = lazy(r"[0-9]", needs=DIGITS)
_TWO_CALENDARS: Final = lazy(r"(?P<first>(?<![0-9])1[34][0-9]{2}[ ]?ه?|[0-9][ ]?م)[ ]?/[ ]?(?=[0-9])")
"""1445 هـ/27 مارس 2024, رمضان 1442 / 2021: one day in two calendars."""


_SPAN: Final = lazy(
    rf"(?P<first>(?<![0-9])[0-9]{{1,2}}[ ](?P<month>[{ARABIC}]{{2,16}}(?:[ ][{ARABIC}]{{2,16}}){{0,3}}?)(?:[ ](?:19"
    rf"|20)[0-9]{{2}}[ ]?م?)?)[ ]?[-–—][ ]?"
    rf"(?=[0-9]{{1,2}}[ ](?P<other>[{ARABIC}]{{2,16}}(?:[ ][{ARABIC}]{{2,16}})?))"
)
"""28 فبراير - 3 مارس: the dash between two dates."""


def _spanned(match: re.Match[str]) -> str:
    month = " ".join(match["month"].split()[:2])
    if months.at_start(month) is None or months.at_start(match["other"]) is None:
        return match[0]
    joiner = " و" if _is_between(match) else " إلى "
    return f"{match['first']}{joiner}"


def apply(text: str) -> str:
    """The text with every date that names its month in words."""
    if not _NUMBER.search(text):
        return text
    text = _ENGLISH.sub(_in_arabic, text)
    text = _TWO_CALENDARS.sub(r"\g<first>، ", text)
    text = _SPAN.sub(_spanned, text)
    text = _AMERICAN.sub(_american_date, text)
    names = months.present_in(text)
    if names or any(word in text for word in _OF_A_MONTH):
        text = _dated(names).sub(_date, text)
        names = months.present_in(text)
    text = _OF_IT.sub(lambda match: match["before"] + numerals.ordinal(int(match["day"]), case="gen"), text)
    return _monthly(names).sub(_month_and_year, text) if names and _YEARISH.search(text) else text
