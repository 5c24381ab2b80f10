"""Numbers that name and do not count: المرسوم رقم 2.18.75, ISO 9001:2015, الفصل 02, XBB.1.5.

The parts of a dotted number are said one by one with نقطة between them; a nought that only fills a place is not said.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import money, units
from tts_news.script.rules.nouns import find
from tts_news.script.rules.numerals import cardinal, digits
from tts_news.script.rules.patterns import any_of, words

_DOTTED: Final = lazy(r"(?<![0-9A-Za-z.,:/+-])(?P<parts>[0-9]{1,4}(?:\.[0-9]{1,4}){2,5})(?![0-9A-Za-z,:/%-]|\.[0-9])")
_GROUPS: Final = lazy(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,5}")
_DATE: Final = lazy(
    r"(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])\.[0-9]{1,2}"
)
_LETTERED: Final = lazy(
    r"(?<![A-Za-z0-9.@/_-])(?P<letters>[A-Z]{1,4})(?:\.(?P<parts>[0-9]{1,3}(?:\.[0-9]{1,3}){0,4})|-?(?P<glued>[0-9]{1,3}"
    r"(?:\.[0-9]{1,3}){2,4})|-(?P<joined>[0-9]{1,3}\.[0-9]{1,2}))(?P<more>(?:\.?[A-Z]){0,3})(?![A-Za-z0-9%/_-]|\.[0-9])"
)
_VERSIONED: Final = any_of(
    words(
        "إصدار الإصدار إصدارها نسخة النسخة نسخته نسختها بند البند فقرة الفقرة أندرويد ويندوز آندرويد "
        "التحديث تحديث برنامج الطراز طراز"
    )
)
_VERSION: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:لل)?{_VERSIONED}[{MARKS}]?(?:[ ](?:رقم"
    rf"|ال[{ARABIC}]{{3,12}}))?[ ])(?P<parts>[0-9]{{1,2}}\.[0-9]{{1,2}})"
    r"(?![0-9A-Za-z,:/%-]|\.[0-9]|[ ]?(?:%|مليون|مليار|ألف|تريليون))"
)
_LAW: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?(?:قانون|ظهير|مرسوم|دورية)[{MARKS}]?(?:[ ]ال[{ARABIC}]{{3,12}})?"
    rf"(?:[ ]رقم)?[ ])(?P<parts>[0-9]{{1,3}}\.[0-9]{{2,3}})(?![0-9A-Za-z,:/%-]|\.[0-9])"
)
"""القانون رقم 12.90, as the Maghreb numbers its laws: no decimal."""

_STANDARD: Final = lazy(
    rf"(?P<name>(?<![A-Za-z{ARABIC}])(?:ISO(?:/IEC)?|IEC|EN|GMP|HACCP|[وفبل]?(?:ال)?(?:[آأ]?يزو|آيزو|أيزو"
    rf"|ايزو)))[ ]?[:-]?[ ]?"
    r"(?P<one>[0-9]{3,5})(?:[ ]?[:/-][ ]?(?P<two>[0-9]{4,5}))?(?![0-9]|[.,][0-9])"
)
_YEARS: Final = range(1985, 2100)
_PADDED: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:(?:ال|لل)?(?:فصل|باب|حلقة|جزء|جولة|درس|مجموعة|مرحلة|مشهد|لوحة|قسم|وحدة|بند|محور|مبحث|"
    rf"خطوة|نصيحة|صفحة|غرفة|قاعة|طابق|دورة|عدد|مباراة|سورة|آية|مادة|فقرة|ملحق|مركز|يوم))[{MARKS}]?[ ]?:?[ ](?:رقم[ ])?)"
    r"(?P<definite>ال)?0{1,2}(?P<n>[1-9][0-9]{0,2})(?![0-9]|[.,:/-][0-9]|[ ]?%)"
)
_COUNTING: Final = lazy(
    rf"(?<![0-9A-Za-z{ARABIC}.,:/+-])(?P<clitic>[وفبل]?)0(?P<n>[1-9])(?![0-9.,:/-])"
    rf"(?P<rest>(?:[ ]?(?:و|-|إلى|الى|أو)[ ]?0?[1-9][0-9]?)?[ ](?P<word>[{ARABIC}]{{3,20}}))"
)
"""03 قتلى و05 جرحى, بين 03 و09 درجات: a nought before what is counted fills a place."""

_LABEL: Final = lazy(r"^(?P<lead>[ ]{0,4})0{1,2}(?P<n>[1-9][0-9]?)(?P<tail>(?:[ ]?[.):/–-])?(?:[ ]+\D.{0,2000})?)$")


def _points(parts: str) -> str:
    """Parts with a nought before them figure by figure, the others as numbers."""
    said = [
        digits(part) if part[0] == "0" and len(part) > 1 else cardinal(int(part), case="gen")
        for part in parts.split(".")
    ]
    return " نقطة ".join(said)


def _dotted(match: re.Match[str]) -> str:
    parts = match["parts"]
    return match[0] if _GROUPS.fullmatch(parts) or _DATE.fullmatch(parts) else _points(parts)


def _lettered(match: re.Match[str]) -> str:
    more = " ".join(match["more"].replace(".", ""))
    return (
        f"{match['letters']} {_points(match['parts'] or match['glued'] or match['joined'])}{f' {more}' if more else ''}"
    )


def _standard(match: re.Match[str]) -> str:
    """The number of a standard and the year of its edition, whichever stands first."""
    one, two = int(match["one"]), int(match["two"] or 0)
    if one in _YEARS and two and two not in _YEARS:
        one, two = two, one
    edition = f" إصدار {cardinal(two, case='gen')}" if two in _YEARS else f" {cardinal(two)}" if two else ""
    return f"{match['name']} {cardinal(one)}{edition}"


def _counting(match: re.Match[str]) -> str:
    counted = plain(match["word"])
    found = find(match["word"], plural=True) or find(match["word"], plural=False)
    known = (found is not None and found.known) or counted in money.by_name() or match["word"] in units.by_name()
    rest = _FILLED.sub("", match["rest"])
    return f"{match['clitic']}{match['n']}{rest}" if known and not counted.startswith("ال") else match[0]


_FILLED: Final = lazy("(?<![0-9])0(?=[1-9])", needs="0")
_NOUGHT: Final = lazy(r"(?<![0-9.,])0[0-9]")
_NAMED: Final = lazy(r"[A-Z][.-]?[0-9]|ISO|IEC|EN|GMP|HACCP|يزو")
_LEGAL: Final = lazy("قانون|ظهير|مرسوم|دورية")
_EDITION: Final = lazy("إصدار|نسخ|بند|فقر|ندرويد|ويندوز|تحديث|برنامج|طراز")
_POINTED: Final = lazy(r"[0-9]\.[0-9]{1,4}\.[0-9]")


def apply(text: str) -> str:
    """The text with the numbers of laws, editions, standards and labels in words or without what only fills them up."""
    if not _MAY_HOLD.search(text):
        return text
    text = _LABEL.sub(r"\g<lead>\g<n>\g<tail>", text)
    if _NOUGHT.search(text):
        text = _PADDED.sub(lambda match: f"{match['head']}{match['definite'] or ''}{match['n']}", text)
        text = _COUNTING.sub(_counting, text)
    if _NAMED.search(text):
        text = _LETTERED.sub(_lettered, _STANDARD.sub(_standard, text))
    if _LEGAL.search(text):
        text = _LAW.sub(lambda match: match["head"] + _points(match["parts"]), text)
    if _EDITION.search(text):
        text = _VERSION.sub(lambda match: match["head"] + _points(match["parts"]), text)
    return _DOTTED.sub(_dotted, text) if _POINTED.search(text) else text


_MAY_HOLD: Final = lazy(
    r"[0-9A-Z]\.[0-9]|(?<![0-9.,])0[0-9]|ISO|IEC|EN|يزو", needs=(*DIGITS, "ISO", "IEC", "EN", "يزو")
)
