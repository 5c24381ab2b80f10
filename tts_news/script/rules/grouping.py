"""One way to write a number: 1,250 and 1.250.000 and 10 000 without their separators, 4,8 with a dot.

Groups of three digits are thousands; one or two digits after a comma are decimals; a lone 1.250 is a decimal unless
people or things that come whole are counted.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC

_START: Final = r"(?<![0-9.,،'])(?<![0-9][ ])"
_COMMAS: Final = re.compile(rf"{_START}[1-9][0-9]{{0,2}}(?:[,،'][0-9]{{3}}){{1,7}}(?![0-9]|[,،'][0-9])")
_DOTS: Final = re.compile(
    rf"{_START}[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{2,7}}(?![0-9]|\.[0-9])(?:,(?P<decimals>[0-9]{{1,2}})(?![0-9,]))?"
)
_MIXED: Final = re.compile(rf"{_START}(?P<whole>[1-9][0-9]{{0,2}}\.[0-9]{{3}}),(?P<decimals>[0-9]{{1,2}})(?![0-9,.])")
_SPACES: Final = re.compile(
    rf"{_START}(?<![0-9][-/:])[1-9][0-9]{{0,2}}(?:[ ][0-9]{{3}}){{1,6}}(?![0-9]|[ ][0-9]|[-/:][0-9])"
)
_DECIMAL_COMMA: Final = re.compile(
    r"(?<![0-9.,،])(?P<whole>[0-9]{1,15})[,،](?P<decimals>[0-9]{1,2}|[0-9]{4,9})(?![0-9]|[,،.][0-9])"
)
_ZERO_COMMA: Final = re.compile(r"(?<![0-9.,،])0[,،](?P<decimals>[0-9]{1,9})(?![0-9]|[,،.][0-9])")
_BARE_DOT: Final = re.compile(rf"(?<![0-9A-Za-z.{ARABIC}])\.(?=[0-9])")
_WHOLE_THINGS: Final = (
    "شخص نسمة لاجئ نازح جندي مقاتل متظاهر مواطن عنصر ضابط شرطي طالب عامل موظف قتيل جريح مصاب إصابة حالة وفاة "
    "أسرة عائلة "
    "منزل وحدة سيارة مركبة شركة مشجع متفرج سائح زائر مهاجر سجين معتقل ناخب صوت مقعد وظيفة فرصة طفل امرأة مدني مسلح "
    "مستوطن حاج كتاب نسخة قطعة شاحنة رحلة مفقود شهيد متطوع موقوف مشارك مترشح مرشح تلميذ أستاذ معلم طبيب ممرض "
    "مسافر راكب "
    "مستفيد متبرع فلاح عائد محتج ساكن سكن وثيقة ملف طلب توقيع هدف صاروخ قذيفة غارة خيمة"
).replace(" ", "|")
_DOT_OF_PEOPLE: Final = re.compile(
    rf"{_START}(?P<whole>[1-9][0-9]{{0,2}})\.(?P<rest>[0-9]{{3}})(?=[ ](?:{_WHOLE_THINGS})ا?ً?(?![{ARABIC}]))"
)
_DOT_OF_MONEY: Final = re.compile(
    rf"{_START}(?P<whole>[1-9][0-9]{{1,2}})\.(?P<rest>[0-9]{{3}})(?=[ ](?:دولار|يورو|جنيه|درهم|ليرة)ا?ً?(?!"
    rf"[{ARABIC}]))"
)
"""Of currencies of a hundred subunits; a single figure before the dot may be a rate of exchange (1.085 دولار)."""

_DOT_THOUSANDS: Final = re.compile(rf"{_START}(?P<whole>[1-9][0-9]{{0,2}})\.000(?![0-9]|\.[0-9])")
"""Nobody writes three noughts of decimals: 100.000 is a hundred thousand."""

_LETTER_DECIMAL: Final = re.compile(
    r"(?<![0-9.,،/:-])(?P<decimals>[0-9]{1,2})ر(?P<whole>[0-9]{1,4})(?![0-9]|[.,،/:-][0-9])"
)
"""Agencies write the decimal separator as ر, the decimals first: عمق 5ر19 كيلومترا is 19.5."""

_MAY_HOLD: Final = re.compile(r"[0-9][,،.' ][0-9]|\.[0-9]")
_SEPARATOR: Final = re.compile("[,،' .]")


def _joined(match: re.Match[str]) -> str:
    return _SEPARATOR.sub("", match[0])


def _dots(match: re.Match[str]) -> str:
    whole = match[0].partition(",")[0].replace(".", "")
    return f"{whole}.{match['decimals']}" if match["decimals"] else whole


def join_spaces(text: str) -> str:
    """The text with 10 000 as 10000: a rule of its own, because `phones` would take the 000 for digits."""
    return _SPACES.sub(_joined, text) if _MAY_HOLD.search(text) else text


def apply(text: str) -> str:
    """The text with its numbers as plain digits and a dot before decimals."""
    text = _LETTER_DECIMAL.sub(r"\g<whole>.\g<decimals>", text)
    if not _MAY_HOLD.search(text):
        return text
    text = _COMMAS.sub(_joined, text)
    text = _MIXED.sub(lambda match: f"{match['whole'].replace('.', '')}.{match['decimals']}", _DOTS.sub(_dots, text))
    text = _DOT_THOUSANDS.sub(r"\g<whole>000", text)
    text = _DOT_OF_PEOPLE.sub(r"\g<whole>\g<rest>", text)
    text = _DOT_OF_MONEY.sub(r"\g<whole>\g<rest>", text)
    text = _ZERO_COMMA.sub(r"0.\g<decimals>", text)
    text = _DECIMAL_COMMA.sub(r"\g<whole>.\g<decimals>", text)
    return _BARE_DOT.sub("0.", text)
