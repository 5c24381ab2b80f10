"""Dates in figures: 15/3/2024, 3-4-2021, 2024-03-15 and what stands around them.

A numeric date is day/month/year; year first is ISO. A year of the 1300s or 1400s, or a هـ behind it, makes it Hijri.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, MARKS
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import eras, months, numerals
from tts_news.script.rules.clitics import SPACED_CLITIC, attach
from tts_news.script.rules.patterns import any_of, words

_BEFORE: Final = rf"(?<![{ARABIC}A-Za-z0-9.,:/+-])"
_AFTER: Final = rf"(?![{ARABIC}A-Za-z0-9/])(?![-.,:][0-9])"
_ERA: Final = rf"(?:[ ]?(?P<era>(?:م|ه)(?![{ARABIC}])))?"
_SEP: Final = r"[ ]?(?P<sep>[/\\.-])[ ]?"

_DMY: Final = lazy(
    rf"{_BEFORE}(?P<clitic>{SPACED_CLITIC})(?P<day>[0-9]{{1,2}}){_SEP}(?P<month>[0-9]{{1,2}})[ ]?(?P=sep)[ ]?"
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_ERA}{_AFTER}"
)
_YMD: Final = lazy(
    rf"{_BEFORE}(?P<clitic>{SPACED_CLITIC})(?P<year>[0-9]{{4}}){_SEP}(?P<month>[0-9]{{1,2}})[ ]?(?P=sep)[ ]?"
    rf"(?P<day>[0-9]{{1,2}}){_ERA}{_AFTER}"
)
_STAMP: Final = lazy(
    r"(?<![0-9-])(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:T|[ ](?=[0-9:]{8}(?![0-9])))"
    r"(?P<time>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?(?![0-9A-Za-z])"
)
_NAMED: Final = lazy(
    rf"(?<![0-9{ARABIC}.,:/-])(?P<day>[0-9]{{1,2}})[ ]?(?P<sep>[/-])[ ]?(?P<month>[{ARABIC}]{{3,12}})[ ]?(?P=sep)[ ]?"
    r"(?P<year>[0-9]{4})(?![0-9/-])",
    needs=DIGITS,
)
"""16/ديسمبر/2020"""

_DATE_WORDS: Final = any_of(
    words(
        "يوم بتاريخ تاريخ الموافق الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت مساء صباح ليلة "
        "فجر ظهر اليوم غدا "
        "أمس يومي أحداث هجمات هجوم اعتداءات"
    )
)
_DM: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وبل]?{_DATE_WORDS}[{MARKS}]{{0,2}}[ ]{{1,2}})(?P<clitic>{SPACED_CLITIC})"
    rf"(?P<day>[0-9]{{1,2}})[ ]?[/-][ ]?(?P<month>[0-9]{{1,2}}){_AFTER}"
)
_CLOCK: Final = lazy(r"(?<=(?:19|20)[0-9]{2})[ ](?=[0-2]?[0-9]:[0-5][0-9](?![0-9:]))", needs=":")
"""20 يناير 2026 12:29: the hour of a stamp."""

_DM_IN_BRACKETS: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وبل]?{any_of(words('الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت'))}"
    r"[ ]{1,2})[(][ ]?(?=[0-9]{1,2}[ ]?[/-][ ]?[0-9]{1,2}[ ]?[)])(?P<date>[0-9/ -]+)[)]",
    needs=DIGITS,
)
"""الإثنين (1-9): the day of the week has its date in brackets."""

_DM_AFTER: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وف]?(?:في|منذ|حتى|قبل|بعد|[بل]?(?:ال)?(?:جلسة|موعد|ذكرى))[ ])"
    rf"(?P<clitic>)(?P<day>1[3-9]|2[0-9]|3[01])/"
    rf"(?P<month>0?[1-9]|1[0-2]){_AFTER}(?![ ]?[%٪])"
)
"""في 21/3: no fraction and no score, because the first number is the greater and can be a day alone."""

_SHARED_YEAR: Final = lazy(
    rf"{_BEFORE}(?P<clitic>{SPACED_CLITIC})(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})"
    r"(?P<joiner>[ ]?-[ ]?|[ ](?:إلى|الى|حتى)[ ]|[ ](?=و))(?=و?[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}(?![0-9]))"
)
"""من 1/9 إلى 30/9/2024: the year stands once."""

_MY: Final = lazy(rf"{_BEFORE}(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)[0-9]{{2}}){_ERA}{_AFTER}")
_DAYS: Final = lazy(
    rf"{_BEFORE}(?P<clitic>{SPACED_CLITIC})(?P<first>[0-9]{{1,2}})[ ]?-[ ]?"
    rf"(?=(?P<second>[0-9]{{1,2}})/[0-9]{{1,2}}/[0-9]{{4}}(?![0-9]))"
)
"""19-22/2/1435: days of one month."""

_BETWEEN: Final = lazy(
    r"(?P<first>(?<![0-9])[0-9]{1,2}(?P<sep>[/.])[0-9]{1,2}(?P=sep)[0-9]{2,4}[ ]?م?)[ ]?-[ ]?"
    r"(?=[0-9]{1,2}(?P=sep)[0-9]{1,2}(?P=sep)[0-9]{2,4})"
)
_HIJRI_YEARS: Final = range(1300, 1500)
_PIVOT: Final = 50
"""A year of two digits up to here is of this century."""


def _full_year(written: str, sep: str) -> int | None:
    if len(written) == 4:
        return int(written)
    # 3.5.12 may be a version; 15/3/24 and 15-3-24 are dates.
    if sep == ".":
        return None
    short = int(written)
    return short + (2000 if short <= _PIVOT else 1900)


def _say(match: re.Match[str], day: int, month: int, year: int | None, month_set: str) -> str:
    if month > 12 >= day:  # 3/15/2024, the American way round
        day, month = month, day
    if year is None or not (1 <= day <= 31 and 1 <= month <= 12 and 622 <= year <= 2200):
        return match[0]
    era = match["era"] or ""
    hijri = era == "ه" or (not era and year in _HIJRI_YEARS)
    name = months.names()["hijri" if hijri else month_set, month]
    words = attach(match["clitic"], numerals.ordinal(day, case="gen"))
    return f"{words} من {name} {numerals.year(year)}{eras.say_era('ه' if hijri else era)}"


def _stamp(match: re.Match[str]) -> str:
    zone = match["zone"] or ""
    if zone in {"Z", "+0000", "+00:00"}:
        said = " بتوقيت غرينتش"
    elif zone:
        hours = int(zone[1:3])
        sign = "زائد" if zone[0] == "+" else "ناقص"
        said = f" بتوقيت غرينتش {sign} {numerals.cardinal(hours)}"
    else:
        said = ""
    return f"{match['date']} الساعة {match['time']}{said}"


def _days(match: re.Match[str]) -> str:
    first = int(match["first"])
    if not 0 < first < int(match["second"]) <= 31:
        return match[0]
    return f"{attach(match['clitic'], numerals.ordinal(first, case='gen'))} إلى "


def _named(match: re.Match[str]) -> str:
    return f"{match['day']} {match['month']} {match['year']}" if months.find(match["month"]) else match[0]


def rewrite(text: str, months_of: str = "gregorian") -> str:
    """The text with its numeric dates in words.

    Args:
        text: Text after `characters`.
        months_of: The month names to read with: gregorian, levant, maghreb or morocco.
    """
    text = _DM_IN_BRACKETS.sub(r"\g<before>\g<date>", _NAMED.sub(_named, text))
    text = _CLOCK.sub("، الساعة ", text)
    if not _MAY_HOLD.search(text):
        return text
    month_set = months_of

    def full(match: re.Match[str]) -> str:
        year = _full_year(match["year"], match["sep"])
        return _say(match, int(match["day"]), int(match["month"]), year, month_set)

    def day_and_month(match: re.Match[str]) -> str:
        day, month = int(match["day"]), int(match["month"])
        following = match.string[match.end() : match.end() + 16].split()
        spans_days = bool(following) and months.find(following[0].rstrip("،.؛:؟!")) is not None  # يومي 2-3 مايو
        if spans_days or not (1 <= day <= 31 and 1 <= month <= 12):
            return match[0]
        words = attach(match["clitic"], numerals.ordinal(day, case="gen"))
        return f"{match['before']}{words} من {months.names()[month_set, month]}"

    def shared_year(match: re.Match[str]) -> str:
        day, month = int(match["day"]), int(match["month"])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match[0]
        words = attach(match["clitic"], numerals.ordinal(day, case="gen"))
        joiner = " إلى " if "-" in match["joiner"] else match["joiner"]
        return f"{words} من {months.names()[month_set, month]}{joiner}"

    def month_and_year(match: re.Match[str]) -> str:
        name = months.names()[month_set, int(match["month"])]
        return f"{name} {numerals.year(int(match['year']))}{eras.say_era(match['era'] or '')}"

    text = _SHARED_YEAR.sub(shared_year, _DAYS.sub(_days, text))
    text = _BETWEEN.sub(r"\g<first> إلى ", _STAMP.sub(_stamp, text))
    text = _DMY.sub(full, _YMD.sub(full, text))
    return _MY.sub(month_and_year, _DM_AFTER.sub(day_and_month, _DM.sub(day_and_month, text)))


_MAY_HOLD: Final = lazy(r"[0-9][ ]?[/\\.-][ ]?[0-9]", needs=DIGITS)


def apply(text: str) -> str:
    """The text with its numeric dates in words, with the month names يناير to ديسمبر."""
    return rewrite(text)
