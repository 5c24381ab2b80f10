"""Roman numerals after a king, a pope, a century, a war or a chapter: a definite ordinal agreeing with the head noun.

الملكة إليزابيث II → الملكة إليزابيث الثانية. One letter (V, X, I) counts only right behind such
a name, and so do C, D, L and M.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import numerals
from tts_news.script.rules.patterns import any_of, words

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Gender

_FEMININE: Final = frozenset(
    plain(word)
    for word in words(
        "الملكة ملكة الإمبراطورة القيصرة الأميرة السلطانة الحرب حرب الدورة دورة الجولة المرحلة القمة النسخة "
        "المادة الجمهورية الأسرة "
        "السلالة الحملة السيمفونية الطبعة الدرجة الفئة الألفية المجموعة البطولة الثورة الخطة اللائحة الفقرة "
        "القناة المنطقة الخطوة "
        "اللجنة الولاية السوناتا الدفعة الاتفاقية النظرية الصفحة إليزابيث اليزابيث فيكتوريا كاترين كاثرين "
        "كاترينا ماري مارغريت "
        "مارغريته مارجريت كليوباترا إيزابيلا كريستينا بياتريكس فيلهلمينا"
    )
)
_MASCULINE: Final = frozenset(
    plain(word)
    for word in words(
        "القرن قرن القرنين القرون الفصل فصل البابا بابا الملك ملك الإمبراطور القيصر السلطان الأمير البطريرك "
        "الخديوي الجزء جزء المجلد الباب الكتاب "
        "القسم الملحق البند المشروع بول لويس هنري جورج إدوارد تشارلز شارل كارل كارلوس فيليب فيليبي فيليبه "
        "فريدريك فريدريش "
        "فريدريك نابليون بولس بنديكت بنديكتوس بندكت يوحنا بيوس ليو لاوون غريغوريوس إينوسنت كليمنت أدريان "
        "نيقولا نيكولاي نقولا "
        "ألكسندر بطرس إيفان رمسيس تحتمس أمنحتب بطليموس داريوس قورش ويليام وليام وليم ريتشارد جيمس ألبرت ليوبولد غوستاف "
        "هارالد أولاف كريستيان تواضروس شنودة كيرلس إغناطيوس مراد محمد سليم سليمان عبدالحميد الحميد المجيد "
        "عباس فؤاد فيصل غازي "
        "حسن الحسن الحسين عبدالله الله خوان فرديناند ألفونسو أومبرتو ايمانويل إيمانويل بيدرو مانويل أغسطس "
        "يوليوس النوع الطراز الجيل المستوى"
    )
)
_LETTERED: Final = frozenset(
    plain(word)
    for word in words(
        "المجموعة المنطقة الفئة القناة النوع الطراز الجيل المستوى الدرجة الخطة النسخة الصفحة الشركة المشروع"
    )
)
"""Heads that a single letter names (المنطقة C, النوع I): no numeral."""

_MISSIONS: Final = frozenset(plain(word) for word in words("المهمة مهمة الرحلة رحلة المركبة مركبة"))

_TOKEN: Final = lazy(
    rf"(?P<clitic>(?<![{ARABIC}])و?)(?:ال[ ]?)?(?<![A-Za-z0-9.&'/+-])(?P<roman>[IVXLCDM]{{1,9}}|[ivxlcdm]{{1,9}})"
    rf"(?![A-Za-z0-9&'/+]|-[A-Za-z0-9]|\.[A-Za-z])"
)
_VALID: Final = lazy("M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_HEAD: Final = lazy(rf"((?:[{ARABIC}]{{2,20}}[ ]{{1,2}}){{1,5}})(?:[IVXLCDM]{{1,9}}[ ])?[(\"«]?$")
_NUMBERED: Final = any_of(words("لويس هنري رمسيس تحتمس بطليموس أمنحتب"))
_KINGS: Final = lazy(
    rf"(?P<king>(?<![{ARABIC}])[وفبل]?{_NUMBERED})[ ](?P<n>[0-9]{{1,2}})(?![0-9{ARABIC}A-Za-z%]|[.,:/-][0-9])"
    rf"(?![ ][{ARABIC}]{{2,14}}(?:ا|ة|ات|ين)(?![{ARABIC}]))"
)


def _value(roman: str) -> int:
    values = [_VALUES[letter] for letter in roman.upper()]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _gender(words: list[str]) -> Gender | None:
    """The gender of the head noun, the nearest first; None when there is no head that takes a numeral."""
    found: Gender | None = None
    for word in reversed(words):
        key = plain(word)
        keys = {key, key.lstrip("وفبلك"), f"ال{key[2:]}" if key.startswith("لل") else key}
        if keys & _FEMININE:
            return "f"
        if keys & _MASCULINE:
            # A king's name says little beside الملكة or الحرب further up: الملكة إليزابيث, حرب لويس.
            found = found or "m"
    return found


_LATIN_HEAD: Final = lazy(rf"(?P<words>(?:[{ARABIC}]{{2,20}}[ ]{{1,2}}){{1,3}})[(\"«]?[A-Z][a-z]{{2,19}}[ ]$")


_LATIN_NAME: Final = lazy(r"(?<![A-Za-z])[A-Z][a-z]{2,19}[ ]$")
"""Lightning II, Fury III: its second and its third."""


def _after_latin(match: re.Match[str]) -> str:
    """المهمة Artemis II: the numeral of a name in Latin letters belongs to the Arabic noun before the name."""
    roman = match["roman"]
    if len(roman) > 1 and not set(roman) - set("IVX") and _LATIN_NAME.search(match.string, 0, match.start()):
        said = numerals.cardinal(_value(roman))
    else:
        said = match[0]
    head = _LATIN_HEAD.search(match.string[max(0, match.start() - 90) : match.start()])
    if not head or len(roman) == 1 or set(roman) - set("IVX"):
        return said
    nouns = head["words"].split()
    gender = _gender(nouns[-2:])
    if gender is None and plain(nouns[-1]).lstrip("وفبلك") in _MISSIONS:
        gender = "f"
    return match["clitic"] + numerals.ordinal(_value(roman), gender=gender, case="gen") if gender else said


def _roman(match: re.Match[str]) -> str:
    roman = match["roman"]
    if not _VALID.fullmatch(roman.upper()):
        return match[0]
    head = _HEAD.search(match.string[max(0, match.start() - 110) : match.start()])
    if not head:
        return _after_latin(match)
    words = head[1].split()
    gender = _gender(words)
    rare = len(roman) == 1 or bool(set(roman.upper()) & set("LCDM")) or roman.islower()
    single = len(roman) == 1
    if single and (roman.upper() in "CDLM" or plain(words[-1]).lstrip("وفبلك") in _LETTERED):
        return match[0]
    if rare and _gender(words[-2:]) is None:
        return match[0]
    return match["clitic"] + numerals.ordinal(_value(roman), gender=gender or "m", case="gen")


def apply(text: str) -> str:
    """The text with its Roman numerals as ordinals."""
    if _ANY.search(text):
        text = _TOKEN.sub(_roman, text)
    if _DIGIT.search(text):
        text = _KINGS.sub(
            lambda match: f"{match['king']} {numerals.ordinal(int(match['n']))}" if int(match["n"]) else match[0], text
        )
    return text


_ANY: Final = lazy("[IVXLCDMivxlcdm]")
_DIGIT: Final = lazy("[0-9]", needs=DIGITS)
