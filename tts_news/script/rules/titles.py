"""Titles: د. أ. م. and their compounds are said in full before a name, in the feminine before a woman's.

A woman's name is one of data/feminine_names.tsv, or ends in ة or اء and is not one of the men's that do; a name that
tells nothing takes the gender of the office named before it (وزيرة الصحة د. فلان).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import lazy
from tts_news.script.rules.clitics import attach
from tts_news.script.rules.patterns import words
from tts_news.script.rules.tables import rows

_TITLES: Final = {
    "د": ("الدكتور", "الدكتورة"),
    "أ": ("الأستاذ", "الأستاذة"),
    "ا": ("الأستاذ", "الأستاذة"),
    "م": ("المهندس", "المهندسة"),
}
_RANKS: Final[tuple[tuple[str, str, str], ...]] = (
    (r"[أا][ ]?\.[ ]?م[ ]?\.[ ]?د", "الأستاذ المساعد الدكتور", "الأستاذة المساعدة الدكتورة"),
    (r"[أا][ ]?\.[ ]?د", "الأستاذ الدكتور", "الأستاذة الدكتورة"),
    (r"م[ ]?\.[ ]?د", "المدرس الدكتور", "المدرسة الدكتورة"),
    (r"م[ ]?\.[ ]?م", "المدرس المساعد", "المدرسة المساعدة"),
)
_MEN_IN_TA: Final = frozenset(
    plain(name)
    for name in words(
        "حمزة طلحة أسامة عبيدة قتادة معاوية حذيفة عكرمة عروة ربيعة خليفة عطية بركة سلامة جمعة حمادة شحاتة "
        "رفاعة أمية عنترة "
        "جبارة عبادة عقبة نعمة شحادة خزيمة حارثة سراقة مسلمة علقمة عمارة طه قدامة ثعلبة حنظلة عطا أبيه دحية "
        "عتيبة غنيمة "
        "سعادة رواحة جودة عرفة عودة"
    )
)
_MEN_IN_HAMZA: Final = frozenset(
    plain(name) for name in words("بهاء علاء ضياء عطاء لواء براء بهاءالدين سناءالدين ذكاء سخاء")
)
_NOT_NAMES: Final = frozenset(
    plain(word) for word in words("في من إلى على عن أن إن أو ثم كما قد هو هي هذا هذه التي الذي مع بين")
)
_FEMININE_BEFORE: Final = lazy(
    rf"(?<![{ARABIC}])[وفبلك]?(?:ال)?(?:وزيرة|سيدة|مديرة|باحثة|نائبة|خبيرة|رئيسة|أستاذة|طبيبة|كاتبة|ناشطة"
    rf"|محامية|مستشارة|عميدة|"
    rf"زميلة|أخصائية|استشارية|محاضرة|أمينة|مفوضة|سفيرة|ناطقة|متحدثة|مهندسة)[{MARKS}]?(?:[ "
    rf"][{ARABIC}]{{2,14}}){{0,3}}[ ،]{{1,2}}$"
)
_NEXT_NAME: Final = rf"(?P<gap>[ ]?)(?=(?:(?:د|م|أ)[ ]?[./][ ]?)?(?P<name>[{ARABIC}]{{3,20}}))"
_RANK: Final = lazy(
    rf"(?<![{ARABIC}0-9])(?<![0-9][ ])(?P<clitic>[وف]?[بل]?)"
    rf"(?P<rank>{'|'.join(f'(?:{rank})' for rank, _, _ in _RANKS)})[ ]?[./][ ]?{_NEXT_NAME}"
)
_TITLE: Final = lazy(rf"(?<![{ARABIC}0-9.])(?<![0-9][ ])(?P<clitic>[وف]?[بل]?)(?P<title>[دأام])[ ]?[./]{_NEXT_NAME}")
_BARE_DOCTOR: Final = lazy(rf"(?<![{ARABIC}0-9.])(?<![0-9][ ])(?P<clitic>)(?P<title>د)(?=[ ]){_NEXT_NAME}")
_SLASHED_TITLE: Final = lazy(
    rf"(?P<title>(?<![{ARABIC}])[وفبل]?(?:ال|لل)(?:سيد|سيدة|دكتور|دكتورة|أستاذ|أستاذة|مهندس|مهندسة|شيخ|حاج|حاجة"
    rf"|لواء|عميد|عقيد|مقدم|رائد|نقيب|فريق|"
    rf"مستشار|مستشارة|كابتن|آنسة|أنسة|أمير|سفير|محامي|طالب|طالبة|مواطن|شهيد|نائب|قاضي|وزير|فنان"
    rf"|فنانة))[{MARKS}]?[ ]?/[ ]?(?=[{ARABIC}])"
)
_MAY_HOLD: Final = lazy(rf"(?<![{ARABIC}])[وف]?[بل]?[دأام](?![{ARABIC}])")


@lru_cache(maxsize=1)
def _women() -> frozenset[str]:
    return frozenset(plain(row[0]) for row in rows("feminine_names.tsv"))


def is_feminine(name: str, before: str = "") -> bool:
    """Whether a given name is a woman's; `before`, the text up to it, decides for a name that is not known."""
    key = plain(name)
    if key in _women():
        return True
    if key.endswith("ة"):
        return key not in _MEN_IN_TA
    if key.endswith("اء"):
        return key not in _MEN_IN_HAMZA
    return bool(_FEMININE_BEFORE.search(before[-70:]))


def _titled(match: re.Match[str], masculine: str, feminine: str) -> str:
    if plain(match["name"]) in _NOT_NAMES:
        return match[0]
    woman = is_feminine(match["name"], match.string[: match.start()])
    if match.string.startswith((" الدين", " الله"), match.end("name")):  # نور الدين, هبة الله
        woman = plain(match["name"]) in {"هبة", "نعمت", "امة"}
    title = feminine if woman else masculine
    return f"{attach(match['clitic'], title)} "


def _title(match: re.Match[str]) -> str:
    return _titled(match, *_TITLES[match["title"]])


def _rank(match: re.Match[str]) -> str:
    for pattern, masculine, feminine in _RANKS:
        if re.fullmatch(pattern, match["rank"]):
            return _titled(match, masculine, feminine)
    return match[0]


def apply(text: str) -> str:
    """The text with its titles in full."""
    if "/" in text:
        text = _SLASHED_TITLE.sub(r"\g<title> ", text)
    if not _MAY_HOLD.search(text):
        return text
    text = _RANK.sub(_rank, text)
    # Twice: of م. د. فلان the first pass leaves the second title before the name.
    text = _TITLE.sub(_title, _TITLE.sub(_title, text))
    return _BARE_DOCTOR.sub(_title, text)
