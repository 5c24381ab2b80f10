"""Abbreviations of firms, states, agencies and set phrases: إلخ, ج.م.ع, ذ.م.م, أ ف ب, (ص)."""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, END, LETTERS, START
from tts_news.patterns import lazy

_PHRASES: Final[tuple[tuple[str, str], ...]] = (
    (r"\([ ]?صل[ىي][ ]الله[ ]عليه[ ]وسلم[ ]?\)", " صلى الله عليه وسلم"),
    (rf"\([ ]?ص[ ]?\)|{START}صلعم{END}", " صلى الله عليه وسلم"),
    (r"\([ ]?(?:رض|ر)[ ]?\)", " رضي الله عنه"),
    (r"\([ ]?(?:ع|عليه السلام)[ ]?\)", " عليه السلام"),
    (r"\([ ]?(?:رح|ره|رحمه الله)[ ]?\)", " رحمه الله"),
    (r"\([ ]?عج[ ]?\)", " عجل الله فرجه"),
    (rf"{START}(?:إ|ا)لخ(?:{END}|(?=[.…]))[ ]?(?:\.{{1,4}}|…)?", "إلى آخره"),
    (rf"{START}ج[ ]?\.[ ]?م[ ]?\.[ ]?ع(?![{ARABIC}])\.?", "جمهورية مصر العربية"),
    (rf"{START}و[ ]?\.[ ]?م[ ]?\.[ ]?[أا](?![{ARABIC}])\.?", "الولايات المتحدة الأمريكية"),
    (rf"{START}[إأا][ ]?\.[ ]?ع[ ]?\.[ ]?م(?![{ARABIC}])\.?", "الإمارات العربية المتحدة"),
    (rf"{START}م[ ]?\.[ ]?ت[ ]?\.[ ]?ف(?![{ARABIC}])\.?", "منظمة التحرير الفلسطينية"),
    (rf"{START}ج[ ]?\.[ ]?ع[ ]?\.[ ]?س(?![{ARABIC}])\.?", "الجمهورية العربية السورية"),
    (rf"{START}ذ[ ]?\.[ ]?م[ ]?\.[ ]?م(?![{ARABIC}])\.?", "ذات مسؤولية محدودة"),
    (rf"{START}ش[ ]?\.[ ]?م[ ]?\.[ ]?م(?![{ARABIC}])\.?", "شركة مساهمة مصرية"),
    (rf"{START}ش[ ]?\.[ ]?م[ ]?\.[ ]?ل(?![{ARABIC}])\.?", "شركة مساهمة لبنانية"),
    (rf"{START}ش[ ]?\.[ ]?م[ ]?\.[ ]?ك(?:[ ]?\.[ ]?ع)?(?![{ARABIC}])\.?", "شركة مساهمة كويتية"),
    (rf"{START}ش[ ]?\.[ ]?م[ ]?\.[ ]?ب(?![{ARABIC}])\.?", "شركة مساهمة بحرينية"),
    (rf"{START}ش[ ]?\.[ ]?م[ ]?\.[ ]?ع(?:[ ]?\.[ ]?ع)?(?![{ARABIC}])\.?", "شركة مساهمة عامة"),
    (rf"{START}ش[ ]?\.[ ]?م(?![{ARABIC}])\.?(?![ ]?[{ARABIC}]\.)", "شركة مساهمة"),
    (rf"{START}ص[ ]?\.[ ]?ب(?![{ARABIC}])(?:[ ]?[.:])?[ ]?(?=(?P<box>[0-9])?)", "صندوق بريد "),
    (rf"{START}(?:ا|أ)(?:[ ]?\.[ ]?|[ ])ه(?=[ ]?[.)»\"]|$)", "انتهى"),
    (rf"(?<![{ARABIC}])ش[ ]?[./][ ]?(?=ال[{LETTERS}]{{3}})", "شارع "),
    (rf"{START}(?:ب)?(?:خصوص)?بخ(?=:)", "بخصوص"),
    (rf"{START}و/[ ]?أو{END}", "وأو"),
)
_AGENCIES: Final[tuple[tuple[str, str, str], ...]] = (
    ("[أا] ف ب", "وكالة فرانس برس", "فرانس برس"),
    ("د ب [أا]", "وكالة الأنباء الألمانية", "الأنباء الألمانية"),
    ("[أا] ش [أا]", "وكالة أنباء الشرق الأوسط", "أنباء الشرق الأوسط"),
    ("ي ب [أا]", "يونايتد برس إنترناشونال", "يونايتد برس إنترناشونال"),
    ("و م ع", "وكالة المغرب العربي للأنباء", "المغرب العربي للأنباء"),
    ("و [أا] ج", "وكالة الأنباء الجزائرية", "الأنباء الجزائرية"),
)
"""The letters of an agency; its name; its name after the word وكالة."""


def _agency_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    patterns = []
    for letters, full, short in _AGENCIES:
        parts = letters.split()
        spaced = r"(?:[ ]?\.[ ]?|[ ])".join(parts)
        tight = r"[ ]?\.?[ ]?".join(parts)
        after = rf"(?![{ARABIC}])(?!\.[{ARABIC}])"
        patterns += [
            (lazy(rf"(?P<before>(?<![{ARABIC}])[وفبل]?(?:ال|لل)?وكالة[ ][\"«(]{{1,2}}){tight}{after}\.?"), short),
            (lazy(rf"(?P<before>[(\[][ ]?){tight}{after}\.?(?=[ ]?[)\],،/-])"), full),
            (lazy(rf"(?P<before>(?<![{ARABIC}])[وفبل]?(?:ال|لل)?وكالة[ ][\"«(]?){spaced}{after}"), short),
        ]
        patterns.append((lazy(rf"(?P<before>(?<![{ARABIC}0-9.])(?<![0-9][ ])){spaced}{after}"), full))
    return tuple(patterns)


_AGENCY_PATTERNS: Final = (
    *_agency_patterns(),
    # Two letters are anybody's initials but behind the place at the head of a report: بيروت (أ ب).
    (
        lazy(
            rf"^(?P<before>[ ]?[(]?(?!إلى|الى|المتهم|المدعو)[{ARABIC}]{{3,15}}(?:[ ][{ARABIC}]{{3,15}})?[ ]?"
            rf"(?:[(]|[-–][ ]))"
            rf"[أا](?:[ ]?\.[ ]?|[ ])ب[ ]?\.?(?=[ ]?[)])"
        ),
        "وكالة أسوشيتد برس",
    ),
)


def _agencies(text: str) -> str:
    for pattern, name in _AGENCY_PATTERNS:
        text = pattern.sub(rf"\g<before>{name}", text)
    return text


_COMPILED: Final = tuple((lazy(pattern), words) for pattern, words in _PHRASES)
_MAY_HOLD: Final = lazy(
    rf"(?<![{ARABIC}])[{LETTERS}](?![{ARABIC}])|[(\[«\"][ ]?[{LETTERS}]{{2,4}}[ ]?[)\]»\"]|[اإ]لخ|صلعم"
    rf"|\([ ]?(?:رض|رح|ره|عج|صل|عليه)|و/|بخ:"
)
"""A letter that stands alone, or one of the phrases that have none."""


def apply(text: str) -> str:
    """The text with its abbreviations in full."""
    if not _MAY_HOLD.search(text):
        return text
    text = _agencies(text)
    for pattern, said in _COMPILED:
        text = pattern.sub(said, text)
    return text
