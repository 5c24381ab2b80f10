"""Telephone numbers and other long strings of digits, read digit by digit.

A number is a string of digits when it starts with + or 0, when it is long and stands for nothing counted, or after
هاتف, اتصل and their like. رقم 33 and المادة 140 stay quantities.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, MARKS
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import numerals
from tts_news.script.rules.patterns import any_of, words

_BEFORE: Final = rf"(?<![{ARABIC}A-Za-z0-9.,:/+-])"
_AFTER: Final = r"(?![0-9A-Za-z]|[.,:/-][0-9]|[ ]?%)"
_INTERNATIONAL: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.,:/-])\(?(?P<plus>\+|00)[ ]?(?P<number>\(?[0-9]{{1,15}}\)?(?:[-. "
    rf"()]{{1,2}}[0-9]{{1,14}}\)?){{0,7}})"
    rf"{_AFTER}"
)
_ZERO: Final = lazy(
    rf"{_BEFORE}(?P<clitic>[وفبل]?)(?P<number>\(?0[0-9]{{1,14}}\)?(?:[ -][0-9]{{2,14}}){{0,5}}){_AFTER}"
)
_TELEPHONES: Final = any_of(
    words(
        "هاتف الهاتف هاتفيا تلفون التلفون جوال الجوال موبايل الموبايل محمول المحمول فاكس الفاكس "
        "واتساب واتس الواتساب تليفون التليفون الساخن الموحد المجاني"
    )
)
_CALLS: Final = any_of(words("اتصل اتصلوا الاتصال بالاتصال للاتصال للتواصل تواصلوا للاستفسار للحجز"))
_CONNECTING: Final = (
    "(?:على|ب|بنا|بالرقم|الرقم|رقم|الرقمين|الأرقام|المجاني|الساخن|الطوارئ|المحمول|بالخط|التالي|التالية"
    "|عبر|ال|أحد|الموحد)"
)
_NUMBER: Final = (
    r"(?P<number>[0-9]{3,15}(?:[ ]?-[ ]?[0-9]{2,14}|[ ][0-9]{3,14}){0,5})"
    r"(?P<rest>(?:[ ]?(?:أو|و|،|/)[ ]?[0-9]{3,15}){0,4})"
)
_CALLED: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وفبلك]?(?:{_TELEPHONES}|{_CALLS})[{MARKS}]{{0,2}}"
    rf"(?:[ ]?:[ ]?|[ ](?:{_CONNECTING}[ ]?:?[ ]?){{1,4}})ب?){_NUMBER}{_AFTER}"
)
_TELEPHONE: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وفبلك]?{_TELEPHONES}[{MARKS}]{{0,2}}[ ])(?=[0-9]{{5}}|[0-9]{{3,4}}(?:[ ]?[.،)]|$))"
    rf"{_NUMBER}{_AFTER}"
)
"""With nothing between: a short number only at the end, since الهاتف 500 ريال is a price."""

_TOLL_FREE: Final = lazy(rf"{_BEFORE}(?P<number>[0-9]{{3,4}}-[0-9]{{3,4}}-[0-9]{{3,5}}){_AFTER}")
_IDENTITY: Final = (
    "(?:الهوية|هوية|حساب|الحساب|بطاقة|البطاقة|جواز|الجواز|السفر|الآيبان|آيبان|الرمز|رمز|كود|الكود|السجل|سجل|لوحة|اللوحة"
    "|الوطنية|الوطني|القومي|المدني|التجاري|الضريبي|البريدي"
    "|المرجعي|السري|التسلسلي|التسجيل|الملف|الطلب|المعاملة|القيد|العضوية)"
)
_CODE: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وفبل]?(?:ال)?(?:رمز|كود)[ ](?:التحقق|التفعيل|التأكيد|المرور|الدخول)[ ]?:?[ ]?)"
    rf"(?P<number>[0-9]{{4,10}}){_AFTER}"
)
_IDENTIFIED: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وفبلك]?(?:(?:ال)?رقم|برقم|(?:ال)?رمز|(?:ال)?كود)[{MARKS}]?"
    rf"(?:[ ]{_IDENTITY}){{0,3}}[ ]?:?[ ]?"
    rf"|(?<![{ARABIC}]){_IDENTITY}(?:[ ]{_IDENTITY}){{0,2}}[ ]?:[ ]?)(?P<number>[0-9]{{5,30}}){_AFTER}"
)
"""سجل 12000 إصابة counts: only رقم, رمز and a colon make a string of digits of it."""

_CARD: Final = lazy(rf"{_BEFORE}(?P<number>[0-9]{{4}}(?:[ -][0-9]{{4}}){{3}}){_AFTER}")
_IBAN: Final = lazy(
    r"(?<![A-Za-z0-9])(?P<land>[A-Z]{2})(?P<number>[0-9]{2}(?:[ ]?[0-9]{4}){3,7}(?:[ ]?[0-9]{1,3})?)(?![0-9A-Za-z])",
    needs=DIGITS,
)
_LONG: Final = lazy(rf"{_BEFORE}(?P<number>[0-9]{{10,40}}){_AFTER}")
_CALL_ON: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وفبل]?(?:اتصل|اتصلوا|الاتصال|بالاتصال|للاتصال|الخط|بالخط)[{MARKS}]?(?:[ "
    rf"][{ARABIC}]{{1,12}}){{0,3}}[ ](?:على|بالرقم|الرقم|رقم|برقم|ب|الساخن|بالساخن)[ ]?:?[ ]?)"
    rf"(?P<number>[0-9]{{3,15}}){_AFTER}"
)
_RESULT_OF: Final = lazy(r"[0-9]")


def _digits(text: str) -> str:
    """The digits one by one, in groups where the text has groups."""
    groups = re.findall("[0-9]+", text)
    return "، ".join(numerals.digits(group) for group in groups)


def _international(match: re.Match[str]) -> str:
    number = match["number"]
    if sum(char.isdigit() for char in number) < 6:
        return match[0]
    sign = "زائد" if match["plus"] == "+" else numerals.digits("00")
    return f"{sign} {_digits(number)}"


def _zero(match: re.Match[str]) -> str:
    # 05 and 0 are a padded figure and a nought; 007 and 0599 are strings.
    if len(match["number"]) < 3:
        return match[0]
    return match["clitic"] + _digits(match["number"])


def _called(match: re.Match[str]) -> str:
    rest = _RESULT_OF.search(match["rest"] or "")
    others = re.sub("[0-9]+", lambda other: numerals.digits(other[0]), match["rest"]).replace("/", "، ") if rest else ""
    return match["before"] + _digits(match["number"]) + others


def _long(match: re.Match[str]) -> str:
    number = match["number"]
    # A thousand millions written out is a quantity when it ends in noughts.
    return match[0] if number.endswith("000000") and len(number) < 19 else numerals.digits(number)


def accounts(text: str) -> str:
    """The text with bank account numbers said digit by digit, the letters of the country before them."""
    return _IBAN.sub(lambda match: f"{match['land']} {_digits(match['number'])}", text)


def apply(text: str) -> str:
    """The text with telephone numbers and long strings of digits said digit by digit."""
    if not _MAY_HOLD.search(text):
        return text
    if "+" in text or "00" in text:
        text = _INTERNATIONAL.sub(_international, text)
    text = _TELEPHONE.sub(_called, _CALLED.sub(_called, text))
    text = _CALL_ON.sub(lambda match: match["before"] + _digits(match["number"]), text)
    text = _CARD.sub(lambda match: _digits(match["number"]), text)
    text = _TOLL_FREE.sub(lambda match: _digits(match["number"]), text)
    for coded in (_CODE, _IDENTIFIED):
        text = coded.sub(lambda match: match["before"] + numerals.digits(match["number"]), text)
    text = _ZERO.sub(_zero, text)
    return _LONG.sub(_long, text)


_MAY_HOLD: Final = lazy(r"[0-9]{3}|[0-9][ -][0-9]{2}", needs=DIGITS)
