"""Verses of the Quran: (البقرة: 185) → سورة البقرة الآية 185, [النساء: 59-60] → سورة النساء الآيتان 59 و60."""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.numerals import cardinal
from tts_news.script.rules.patterns import any_of

_SURAS: Final = (
    "الفاتحة البقرة آل_عمران النساء المائدة الأنعام الأعراف الأنفال التوبة يونس هود يوسف الرعد إبراهيم "
    "الحجر النحل الإسراء الكهف مريم طه "
    "الأنبياء الحج المؤمنون النور الفرقان الشعراء النمل القصص العنكبوت الروم لقمان السجدة الأحزاب سبأ "
    "فاطر يس الصافات ص الزمر "
    "غافر فصلت الشورى الزخرف الدخان الجاثية الأحقاف محمد الفتح الحجرات ق الذاريات الطور النجم القمر "
    "الرحمن الواقعة الحديد "
    "المجادلة الحشر الممتحنة الصف الجمعة المنافقون التغابن الطلاق التحريم الملك القلم الحاقة المعارج نوح "
    "الجن المزمل المدثر "
    "القيامة الإنسان المرسلات النبأ النازعات عبس التكوير الانفطار المطففين الانشقاق البروج الطارق الأعلى "
    "الغاشية الفجر البلد "
    "الشمس الليل الضحى الشرح التين العلق القدر البينة الزلزلة العاديات القارعة التكاثر العصر الهمزة "
    "الفيل قريش الماعون الكوثر "
    "الكافرون النصر المسد الإخلاص الفلق الناس"
)
_NAMES: Final = any_of(name.replace("_", " ") for name in _SURAS.split())
_NUMBERS: Final = r"(?P<first>[0-9]{1,3})(?:[ ]?(?P<joiner>[-–،,]|إلى|و)[ ]?(?P<last>[0-9]{1,3}))?"
_CITED: Final = lazy(
    rf"(?P<clitic>(?<![{ARABIC}])[وف])?[(\[{{﴿«][ ]?(?P<sura>(?:سورة[ ])?(?P<name>{_NAMES}))[ ]?[:،,/][ ]?"
    rf"(?:الآية[ ]|آية[ ]|الآيات[ ])?{_NUMBERS}[ ]?[)\]}}﴾»]"
)
_NAMED: Final = lazy(
    rf"(?P<sura>(?<![{ARABIC}])[وفبل]?سورة[ ](?P<name>{_NAMES}))[ ]?[:(][ ]?{_NUMBERS}(?![0-9])[ ]?\)?"
)


def _verses(match: re.Match[str]) -> str:
    first, last = int(match["first"]), match["last"]
    if not last:
        return f"الآية {cardinal(first, gender='f')}"
    second = cardinal(int(last), gender="f")
    if match["joiner"] in {"-", "–", "إلى"} and int(last) > first + 1:
        return f"الآيات {cardinal(first, gender='f', case='gen')} إلى {cardinal(int(last), gender='f', case='gen')}"
    return f"الآيتان {cardinal(first, gender='f')} و{second}"


def _cited(match: re.Match[str]) -> str:
    return f"، {match['clitic'] or ''}سورة {match['name']}، {_verses(match)}، "


def apply(text: str) -> str:
    """The text with its references to verses in words."""
    if not (_OPENS.search(text) and _MAY_HOLD.search(text)):
        return text
    text = _CITED.sub(_cited, text)
    return _NAMED.sub(lambda match: f"{match['sura']}، {_verses(match)} ", text)


_OPENS: Final = lazy(r"[(\[{﴿«:][^0-9]{0,30}[0-9]|سورة", needs=(*DIGITS, "سورة"))
_MAY_HOLD: Final = lazy(r"[:،,/(][ ]?(?:(?:ال)?آي[ةا]ت?[ ])?[0-9]{1,3}.{0,12}[)\]}﴾»]|سورة")
