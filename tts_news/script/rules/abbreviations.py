"""Abbreviations of titles, firms, states and set phrases, and initials said by their letters' names.

د. أ. م. are titles only before a name, and take the feminine before a woman's (د. سعاد → الدكتورة سعاد).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tts_news.script.rules.articles import LETTER_NAMES
from tts_news.script.rules.letters import ARABIC, END, LETTERS, MARKS, START, plain, words
from tts_news.script.rules.tables import rows

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
    (rf"{START}ت[ ]?\.[ ]?د(?![{ARABIC}])\.?(?=[ ][0-9])", "تليفون"),
    (rf"{START}(?:ا|أ)[ ]?\.?[ ]?ه(?=[ ]?[.)»\"]|$)", "انتهى"),
    (rf"{START}ص[ ]?\.[ ]?(?=[0-9])|(?<=[ (،])ص[ ]?(?=[0-9]{{1,4}}[ ]?[-)،.:])", "صفحة "),
    (rf"(?<![{ARABIC}])ش[ ]?[./][ ]?(?=ال[{LETTERS}]{{3}})", "شارع "),
    (rf"(?<![{ARABIC}])ط[ ]?[./][ ]?(?=[0-9])", "الطابق "),
    (r"\([ ]?(?:د|الدقيقة)[ .]{0,2}(?P<minute>[0-9]{1,3}(?:[ ]?\+[ ]?[0-9]{1,2})?)[ ]?\)", r"(الدقيقة \g<minute>)"),
    (r"\([ ]?(?P<minute2>[0-9]{1,3}(?:[ ]?\+[ ]?[0-9]{1,2})?)[ ]?'[ ]?\)", r"(الدقيقة \g<minute2>)"),
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
    ("[أا] ب", "وكالة أسوشيتد برس", "أسوشيتد برس"),
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
            (re.compile(rf"(?P<before>[(\[][ ]?){tight}{after}\.?(?=[ ]?[)\],،/-])"), full),
            (re.compile(rf"(?P<before>(?<![{ARABIC}])[وفبل]?(?:ال|لل)?وكالة[ ][\"«(]?){spaced}{after}"), short),
        ]
        if len(parts) == 3:  # two letters alone may be anybody's initials
            patterns.append((re.compile(rf"(?P<before>(?<![{ARABIC}0-9.])(?<![0-9][ ])){spaced}{after}"), full))
    return tuple(patterns)


_AGENCY_PATTERNS: Final = _agency_patterns()
_FOREIGN_INITIALS: Final = {
    "ج": "جي",
    "ف": "إف",
    "و": "دبليو",
    "ب": "بي",
    "ر": "آر",
    "س": "إس",
    "ك": "كيه",
    "ل": "إل",
    "ن": "إن",
    "ه": "إتش",
    "ت": "تي",
    "إ": "إي",
    "آ": "إيه",
}
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
        "رحمة سعادة خضيرة بخيتة مرسية شعلة رواحة أنيسة جودة عرفة عودة عجرمة دهمة"
    )
)
_MEN_IN_HAMZA: Final = frozenset(
    plain(name) for name in words("بهاء علاء ضياء عطاء لواء براء بهاءالدين سناءالدين ذكاء سخاء")
)
_NOT_NAMES: Final = frozenset(
    plain(word) for word in words("في من إلى على عن أن إن أو ثم كما قد هو هي هذا هذه التي الذي مع بين")
)
_FEMININE_BEFORE: Final = re.compile(
    rf"(?<![{ARABIC}])[وفبلك]?(?:ال)?(?:وزيرة|سيدة|مديرة|باحثة|نائبة|خبيرة|رئيسة|أستاذة|طبيبة|كاتبة|ناشطة"
    rf"|محامية|مستشارة|عميدة|"
    rf"زميلة|أخصائية|استشارية|محاضرة|أمينة|مفوضة|سفيرة|ناطقة|متحدثة|مهندسة)[{MARKS}]?(?:[ "
    rf"][{ARABIC}]{{2,14}}){{0,3}}[ ،]{{1,2}}$"
)
_NEXT_NAME: Final = rf"(?P<gap>[ ]?)(?=(?:(?:د|م|أ)[ ]?[./][ ]?)?(?P<name>[{ARABIC}]{{3,20}}))"
_RANK: Final = re.compile(
    rf"(?<![{ARABIC}0-9])(?<![0-9][ ])(?P<clitic>[وفبل]?)"
    rf"(?P<rank>{'|'.join(f'(?:{rank})' for rank, _, _ in _RANKS)})[ ]?[./][ ]?{_NEXT_NAME}"
)
_TITLE: Final = re.compile(rf"(?<![{ARABIC}0-9.])(?<![0-9][ ])(?P<clitic>[وفبل]?)(?P<title>[دأام])[ ]?[./]{_NEXT_NAME}")
_BARE_DOCTOR: Final = re.compile(rf"(?<![{ARABIC}0-9.])(?<![0-9][ ])(?P<clitic>)(?P<title>د)(?=[ ]){_NEXT_NAME}")
_SLASHED_TITLE: Final = re.compile(
    rf"(?P<title>(?<![{ARABIC}])[وفبل]?(?:ال|لل)(?:سيد|سيدة|دكتور|دكتورة|أستاذ|أستاذة|مهندس|مهندسة|شيخ|حاج|حاجة"
    rf"|لواء|عميد|عقيد|مقدم|رائد|نقيب|فريق|"
    rf"مستشار|مستشارة|كابتن|آنسة|أنسة|أمير|سفير|محامي|طالب|طالبة|مواطن|شهيد|نائب|قاضي|وزير|فنان"
    rf"|فنانة))[{MARKS}]?[ ]?/[ ]?(?=[{ARABIC}])"
)
_INITIALS: Final = re.compile(
    rf"(?<![{ARABIC}0-9.])(?<![0-9][ ])(?P<letters>[{LETTERS}](?:[ ]?\.[ ]?[{LETTERS}](?![{ARABIC}])){{1,5}})"
    rf"(?![{ARABIC}])(?P<dot>[ ]?\.)?"
)
_MIDDLE_INITIAL: Final = re.compile(
    rf"(?<=[{ARABIC}][ ])(?P<letter>[{''.join(_FOREIGN_INITIALS)}])[ ]?\.(?=[ ][{ARABIC}]{{3}})"
)
_LETTERED: Final = re.compile(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?(?:فيتامين|مجموعة|فقرة|بند|فئة|نوع|خطة|مستوى|قاعة|مبنى|بوابة"
    rf"|فرع|فصيلة|زمرة|نموذج|ملحق|منطقة|"
    rf"سيناريو|جزء|درجة|صف|الوبائي|الفيروسي|الكبد|صالة|شريحة|طراز|قسم|باب)(?:ات)?[{MARKS}]?[ ])"
    rf"[\"«(]?(?P<letter>[أابتثجحدهوزطيكسصعف])[\"»)]?(?![{ARABIC}./])(?![ ][0-9])"
)
_MAY_HOLD: Final = re.compile(rf"(?<![{ARABIC}])[{LETTERS}]{{1,2}}(?![{ARABIC}])|[./(]|(?:إ|ا)لخ|صلعم")


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
    title = feminine if is_feminine(match["name"], match.string[: match.start()]) else masculine
    clitic = match["clitic"]
    if clitic == "ل":
        return f"لل{title[2:]} "
    return f"{clitic}{title} "


def _title(match: re.Match[str]) -> str:
    return _titled(match, *_TITLES[match["title"]])


def _rank(match: re.Match[str]) -> str:
    for pattern, masculine, feminine in _RANKS:
        if re.fullmatch(pattern, match["rank"]):
            return _titled(match, masculine, feminine)
    return match[0]


def _initials(match: re.Match[str]) -> str:
    letters = [letter for letter in match["letters"] if letter not in ". "]
    if any(letter not in LETTER_NAMES for letter in letters):
        return match[0]
    rest = match.string[match.end() :]
    end = "." if match["dot"] and not rest.strip() else ""
    return " ".join(LETTER_NAMES[letter] for letter in letters) + end


def _agencies(text: str) -> str:
    for pattern, name in _AGENCY_PATTERNS:
        text = pattern.sub(rf"\g<before>{name}", text)
    return text


_COMPILED: Final = tuple((re.compile(pattern), words) for pattern, words in _PHRASES)


_ENUMERATOR: Final = re.compile(
    rf"^[ ]{{0,4}}[(]?(?P<letter>[{''.join(LETTER_NAMES)}])(?:[)]|[ ]?[-–][ ])(?=[ ]?[{LETTERS}])"
)


def apply(text: str) -> str:
    """The text with its abbreviations in full."""
    if not _MAY_HOLD.search(text):
        return text
    text = _agencies(text)
    for pattern, said in _COMPILED:
        text = pattern.sub(said, text)
    text = _LETTERED.sub(lambda match: match["head"] + LETTER_NAMES[match["letter"]], text)
    text = _SLASHED_TITLE.sub(r"\g<title> ", text)
    text = _ENUMERATOR.sub(lambda match: f"{LETTER_NAMES[match['letter']]}، ", text)
    text = _RANK.sub(_rank, text)
    text = _TITLE.sub(_title, text)
    text = _TITLE.sub(_title, text)  # م. د. فلان: the first pass leaves the second title before the name
    text = _BARE_DOCTOR.sub(_title, text)
    text = _MIDDLE_INITIAL.sub(lambda match: _FOREIGN_INITIALS[match["letter"]], text)
    return _INITIALS.sub(_initials, text)
