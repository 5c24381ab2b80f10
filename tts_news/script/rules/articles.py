"""Articles of law and numbered decisions: المادة 19/2 is its second paragraph, القرار 15/2023 number 15 of that year.

The numbers that stay in figures (رقم 33, المادة 140) are quantities or ordinals for the number rules.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, MARKS
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import numerals

LETTER_NAMES: Final = {
    "ا": "ألف",
    "أ": "ألف",
    "إ": "ألف",
    "ب": "باء",
    "ت": "تاء",
    "ث": "ثاء",
    "ج": "جيم",
    "ح": "حاء",
    "خ": "خاء",
    "د": "دال",
    "ذ": "ذال",
    "ر": "راء",
    "ز": "زاي",
    "س": "سين",
    "ش": "شين",
    "ص": "صاد",
    "ض": "ضاد",
    "ط": "طاء",
    "ظ": "ظاء",
    "ع": "عين",
    "غ": "غين",
    "ف": "فاء",
    "ق": "قاف",
    "ك": "كاف",
    "ل": "لام",
    "م": "ميم",
    "ن": "نون",
    "ه": "هاء",
    "و": "واو",
    "ي": "ياء",
}
"""The names of the Arabic letters."""

_DECISION: Final = (
    "(?:قرار|قانون|مرسوم|تعميم|قضية|دعوى|ملف|منشور|أمر|لائحة|طعن|بلاغ|محضر|اتفاقية|توصية|قرارين|قوانين|قرارات)"
)
_OF_YEAR: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وفبل]?(?:ال|لل|بال)?"
    rf"(?:{_DECISION}(?:[ ][{ARABIC}]{{3,16}}){{0,2}}[ ](?:ال)?رقم|{_DECISION}|رقم(?:[ ]ال[{ARABIC}]{{2,12}})?)"
    rf"[{MARKS}]{{0,2}}[ ]{{1,2}})"
    rf"(?P<number>[0-9]{{1,5}})[ ]?/[ ]?(?P<year>(?:19|20)[0-9]{{2}})(?![{ARABIC}A-Za-z0-9/])(?![-.,:][0-9])"
)
_PART: Final = lazy(
    rf"(?P<article>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?(?:مادة|المادتين|مواد)[{MARKS}]?[ ][0-9]{{1,3}})[ ]?/[ ]?"
    rf"(?P<part>[1-9][0-9]?(?![0-9])|[أابجدهوزحطي](?![{ARABIC}]))"
)
_PARTS: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?(?:المادتين|مواد|المادتان)[{MARKS}]?[ ])"
    r"(?P<list>[0-9]{1,4}(?:/[0-9]{1,2})?(?:[ ]?[،,و]{1,2}[ ]?[0-9]{1,4}(?:/[0-9]{1,2})?){1,12})(?![0-9/])"
)
"""المواد 230 و231 و234/2: the last is of two parts."""

_IN_LIST: Final = lazy(r"(?P<n>[0-9]{1,4})/(?P<part>[1-9][0-9]?)")
_LETTERED: Final = lazy(rf"(?<=[0-9])(?P<stroke>[ ]?/[ ]?)(?P<letter>[أابجدهوزحطي])(?![{ARABIC}0-9])", needs=DIGITS)
"""المخرج 13/ب, الفقرة 2/أ"""

_DASHED: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبل]?(?:ال|لل)?(?:رقم|{_DECISION}[ ]رقم|{_DECISION}|قيد|رخصة)[{MARKS}]?[ ])"
    r"(?P<parts>[0-9]{1,4}-[0-9]{1,5})(?![0-9/.,-])"
)
"""الأمر رقم 66-156: no range, a law by its year and its place in it."""

_CLAUSE: Final = lazy(rf"(?P<clause>(?<![{ARABIC}])(?:ال)?(?:فقرة|بند|مادة|م))[ ]?\.[ ]?(?=[0-9])", needs=DIGITS)


_SERIES: Final = lazy(
    rf"(?<![{ARABIC}0-9])(?<![0-9][ ])(?P<letter>[{''.join(LETTER_NAMES)}])[ ]?/[ ]?(?=[0-9]{{1,6}}(?![0-9/]))"
)
"""م/37: a royal decree; أ/15."""


_RESOLUTION: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?قرار[{MARKS}]?(?:[ ](?:ال)?رقم)?[ ][0-9]{{1,4}})[ ]?"
    r"\([ ]?(?P<year>(?:19|20)[0-9]{2})[ ]?\)",
    needs=DIGITS,
)
"""القرار 2728 (2024): the United Nations put the year behind the number."""


def _of_year(match: re.Match[str]) -> str:
    number, year = int(match["number"]), int(match["year"])
    said = numerals.cardinal(number, case="gen" if match["before"].strip().endswith("رقم") else "nom")
    return f"{match['before']}{said} لسنة {numerals.year(year, gender='f')}"


def _part(match: re.Match[str]) -> str:
    part = match["part"]
    said = numerals.ordinal(int(part), gender="f", case="gen") if part.isdigit() else LETTER_NAMES[part]
    return f"{match['article']} الفقرة {said}"


def _in_list(match: re.Match[str]) -> str:
    return f"{match['n']} الفقرة {numerals.ordinal(int(match['part']), gender='f', case='gen')}"


def _dashed(match: re.Match[str]) -> str:
    """The parts one by one; a nought that opens one is said, for it is a figure of a number that names."""
    said = [
        numerals.digits(part) if part[0] == "0" else numerals.cardinal(int(part), case="gen")
        for part in match["parts"].split("-")
    ]
    return match["head"] + "، ".join(said)


def apply(text: str) -> str:
    """The text with the strokes between article and paragraph, decision and year, in words."""
    if "/" in text:
        text = _PARTS.sub(lambda match: match["head"] + _IN_LIST.sub(_in_list, match["list"]), text)
        text = _PART.sub(_part, _OF_YEAR.sub(_of_year, text))
        text = _LETTERED.sub(lambda match: match["stroke"] + LETTER_NAMES[match["letter"]], text)
        text = _SERIES.sub(lambda match: f"{LETTER_NAMES[match['letter']]} ", text)
    if "-" in text:
        text = _DASHED.sub(_dashed, text)
    if "(" in text:
        text = _RESOLUTION.sub(r"\g<head> لعام \g<year>", text)
    return _CLAUSE.sub(r"\g<clause> ", text) if "." in text else text
