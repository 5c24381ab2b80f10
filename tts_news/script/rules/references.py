"""Abbreviations that point somewhere by a number: ص 45, (د 90+2), (45'), ط/3, ت. 0100."""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import numerals
from tts_news.script.rules.patterns import words

_ADDED: Final = r"(?P<minute>[0-9]{1,3}(?:[ ]?\+[ ]?[0-9]{1,2})?)"
_BRACKETED_MINUTE: Final = lazy(
    rf"\([ ]?(?:د|ق|الدقيقة|دقيقة)[ .:]{{0,3}}{_ADDED}[ ]?\)|\([ ]?(?P<primed>[0-9]{{1,3}})[ ]?'[ ]?\)"
)
_PRIMED_MINUTE: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])(?:في|عند)[ ](?:ال)?)(?:د[ .]{{1,2}})(?P<minute>[0-9]{{1,3}})(?![0-9.,:/])"
)
_PAGE: Final = lazy(
    rf"(?<![{ARABIC}0-9])(?<![0-9][ ])(?:صص?[ ]?\.[ ]?(?=[0-9])|ص[ ]?(?=[0-9]{{1,4}}(?:[ ]?-[ ]?[0-9]{{1,4}})?[ "
    rf"]?(?:[)،.:؛]|$|(?<=[ ])من[ ])))"
)
_FLOOR: Final = lazy(rf"(?<![{ARABIC}0-9])(?<![0-9][ ])ط[ ]?[./][ ]?(?=[0-9])")
_EDITION: Final = lazy(rf"(?<![{ARABIC}0-9])(?<![0-9][ ])ط[ ]?(?=[1-9][0-9]?[ ]?[،,])")
"""ط2، بيروت: which edition a book is of."""

_TELEPHONE: Final = lazy(rf"(?<![{ARABIC}0-9])(?<![0-9][ ])(?:ت|هـ?|تل)[ ]?[.:/][ ]?(?=\+?[0-9]{{6}})")
_BRACKETED: Final = lazy(
    rf"(?P<before>(?P<word>[{ARABIC}]{{2,14}})[ ])\([ ]?(?P<n>[0-9]{{1,4}})[ ]?\)(?![.,:/-]?[0-9])", needs=DIGITS
)
_NUMBERED: Final = frozenset(
    plain(word)
    for word in words(
        "عدد رقم برقم الرقم المادة مادة للمادة بالمادة المادتين المواد البند بند الفقرة فقرة قانون القانون "
        "القرار قرار المرسوم لسنة سنة "
        "عام لعام العام نموذج بيان الطابق الدور الجولة الدورة الجلسة القناة الصفحة صفحة الفصل الباب الملحق "
        "المجموعة اللجنة القاعة"
    )
)
_MAY_HOLD: Final = lazy(
    rf"(?<![{ARABIC}])(?:د|ق|ص|صص|ط|ت|تل|الدقيقة|دقيقة)[ ]?[.:/]?[ ]?\+?[0-9]|[0-9][ ]?'", needs=DIGITS
)


def _minute(match: re.Match[str]) -> str:
    return f"(الدقيقة {match['minute'] or match['primed']})"


def _bracketed(match: re.Match[str]) -> str:
    """عدد (3) سيارات counts three; ثلاثة (3) says it twice."""
    if plain(match["word"]) in _NUMBERED:
        return f"{match['before']}{match['n']}"
    try:
        again = numerals.value(match["word"]) == int(match["n"])
    except ValueError:
        again = False
    return match["before"].rstrip() if again else match[0]


def apply(text: str) -> str:
    """The text with the short words before its page, minute, floor and telephone numbers in full."""
    if "(" in text:
        text = _BRACKETED.sub(_bracketed, text)
    if not _MAY_HOLD.search(text):
        return text
    text = _BRACKETED_MINUTE.sub(_minute, text)
    text = _PRIMED_MINUTE.sub(r"\g<before>الدقيقة \g<minute>", text)
    text = _TELEPHONE.sub("هاتف ", text)
    text = _EDITION.sub("الطبعة ", text)
    return _FLOOR.sub("الطابق ", _PAGE.sub("صفحة ", text))
