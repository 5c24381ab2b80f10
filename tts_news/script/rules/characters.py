"""One way to write each character: compatibility forms, invisible marks, tatweel, digits and separators.

Unicode's own NFKC does presentation forms and full-width characters, but it also turns 2½ into 21⁄2, كم² into كم2 and ﷼
into a word with a Persian letter: those are set aside first.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_letters
from typing import Final

from tts_news.arabic import LETTERS, MARKS
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.clitics import CLITIC

_SALUTE: Final = " صلى الله عليه وسلم "
_WORDS: Final = {
    "﷼": " ريال ",
    "ﷺ": _SALUTE,
    "\u0610": _SALUTE,
    "\u0611": " عليه السلام ",
    "\u0612": " رحمه الله ",
    "\u0613": " رضي الله عنه ",
    "ﷻ": " جل جلاله ",
    "\ufd40": " رحمه الله ",
    "\ufd41": " رضي الله عنه ",
    "\ufd42": " رضي الله عنها ",
    "\ufd43": " رضي الله عنهم ",
    "\ufd44": " رضي الله عنهما ",
    "\ufd45": " رضي الله عنهن ",
    "\ufd46": " صلى الله عليه وآله ",
    "\ufd47": " عليه السلام ",
    "\ufd48": " عليهم السلام ",
    "\ufd49": " عليهما السلام ",
    "\ufd4a": " عليه الصلاة والسلام ",
    "\ufd4b": " قدس سره ",
    "\ufd4c": " صلى الله عليه وآله وسلم ",
    "\ufd4d": " عليها السلام ",
    "\ufd4e": " تبارك وتعالى ",
    "\ufd4f": " رحمهم الله ",
    "﷽": " بسم الله الرحمن الرحيم ",
    "\ufdfe": " سبحانه وتعالى ",
    "\ufdff": " عز وجل ",
    "№": " رقم ",
    "℃": "°C",
    "℉": "°F",
    "Ω": "Ω",
    "㎡": "م²",
    "㎥": "م³",
    "㎢": "كم²",
    **dict.fromkeys("™℠®©℗", ""),
}
_DECIMALS: Final = {"½": ".5", "¼": ".25", "¾": ".75"}
"""After a whole number; other fractions, and these alone, are written with a stroke. The number rules read both."""

_SPECIAL: Final = lazy("[" + "".join(_WORDS) + "]")
_RIAL_FIRST: Final = lazy(r"﷼[ ]?(?P<amount>\d{1,15}(?:[.,٫٬]\d{1,9}){0,4})(?!\d)")
_FRACTION: Final = lazy(r"(?P<whole>\d?)(?P<gap> ?)(?P<sign>[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])")
_SQUARE: Final = lazy(r"(?<=(?<![A-Za-z])[a-zA-Z])²")
_CUBE: Final = lazy(r"(?<=(?<![A-Za-z])[a-zA-Z])³")
_AREA: Final = lazy(r"(?<=[مmMثs])²")
_VOLUME: Final = lazy(r"(?<=[مmM])³")
_THIN_THOUSANDS: Final = lazy(r"(?<!\d)\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,6}(?!\d)", needs="\u00a0\u2009\u202f")
_THIN: Final = lazy(r"[\u00a0\u2009\u202f]")
_INVISIBLE: Final = lazy(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufbb2-\ufbc2\ufdcf\ufe73\u06d6-\u06dd\u06df-\u06e8\u06ea-\u06ed\u0614-\u061a\u0653-\u065f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]+"
)
"""Soft hyphens, joiners, bidi marks, variation selectors, byte order marks, tags, and the signs of recitation."""

_CONTROL: Final = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
_PRIVATE: Final = lazy("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_LOOSE_MARK: Final = lazy(rf"(?<![ \u0640])[ \u0640]+(?=[{MARKS}])", needs=MARKS)
_CLITIC: Final = rf"(?<![{LETTERS}{MARKS}])(?P<clitic>[وف]?(?:وال|فال|بال|كال|ال|لل|[لبكس]))[{MARKS}]?\u0640{{1,40}}"
_LOOSE_CLITIC: Final = lazy(_CLITIC + r"[ \t]{0,4}[\"«“”'‘(\[]?[ \t]{0,2}(?=[^\s\u0640])(?P<article>ال)?")
_DIGIT: Final = lazy(r"(?![0-9])\d")
_SEPARATORS: Final = str.maketrans(
    {
        "٪": "%",
        "﹪": "%",
        "؍": "/",
        "⁄": "/",
        "º": "°",
        "∕": "/",
        "۔": ".",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "﹣": "-",
        "∶": ":",
        "’": "'",
        "‘": "'",
        "‛": "'",
        "`": "'",
        "´": "'",
        "ʼ": "'",
        "ʻ": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "″": '"',
        "ٱ": "ا",
        "\t": " ",
        "\u00a0": " ",
    }
)
_DECIMAL: Final = lazy(r"(?<=\d)٫(?=\d)", needs="٫")
_THOUSANDS: Final = lazy(r"(?<=\d)٬(?=\d)", needs="٬")
_COMMA_THOUSANDS: Final = lazy(r"(?<![\d،])\d{1,3}(?:،\d{3}){1,6}(?![\d،]|[ ](?:مليار|بليون|تريليون))", needs="،")
_GLUED_WORD: Final = lazy(
    rf"(?<=[0-9])(?=[{LETTERS}]{{3}}|[وف][0-9]|(?:من|في|عن)(?![{LETTERS}]))|(?<=[0-9]%)(?=[{LETTERS}]{{2}})",
    needs=DIGITS,
)
_GLUED_NUMBER: Final = lazy(
    rf"(?<![{LETTERS}{MARKS}])(?!{CLITIC}[0-9]|(?:كلم|كم|سم|مم)[23](?![0-9]))[{LETTERS}{MARKS}]{{2,40}}(?=[0-9])",
    needs=DIGITS,
)
_GLUED_LATIN: Final = lazy(
    rf"(?P<word>[{LETTERS}]{{4}})(?<!بال)(?<!وال)(?<!فال)(?<!كال)(?<!لل)(?P<latin>[A-Za-z]{{2}})", needs=ascii_letters
)
"""يدعمGPT: a missing space; بالGPT is written so."""

_NOUGHT_FOR_STOP: Final = lazy(rf"(?<=[{LETTERS}]{{3}})0$", needs=DIGITS)
"""A full stop that an Arabic keyboard made a nought: الرسمية0"""

_MADDA_FOR_TANWIN: Final = lazy(rf"(?<=[{LETTERS}]{{3}})آ(?![{LETTERS}])", needs="آ")
"""وزيرآً, whose last alif carries a tanwin and no madda."""

_DRAWN_DASH: Final = lazy(r"(?<=[0-9])[ ]?\u0640{1,3}[ ]?(?=[0-9])")
"""105 ـ 87: a tatweel that was typed for a dash."""

_DASH: Final = lazy(r"(?:(?<=\d)|(?<=\d[همـ%٪])|(?<=\dهـ))( ?)[–—―]( ?)(?=\d)", needs="–—―")


def _fraction(match: re.Match[str]) -> str:
    whole, gap, sign = match["whole"], match["gap"], match["sign"]
    if whole and sign in _DECIMALS:
        return whole + _DECIMALS[sign]
    return f"{whole}{' ' if whole else gap}{unicodedata.normalize('NFKC', sign).replace('⁄', '/')}"


def _clitic(match: re.Match[str]) -> str:
    clitic = match["clitic"]
    if not match["article"]:
        return clitic
    # لـ«الجزيرة» is للجزيرة; an article twice (الـ«الجزيرة») is said once.
    if clitic.endswith(("ال", "لل")):
        return clitic
    return clitic + "ل" if clitic.endswith("ل") else clitic + "ال"


def _compose(text: str) -> str:
    """NFKC, with squared and cubed metres kept as ² and ³."""
    text = _RIAL_FIRST.sub(r"\g<amount> ريال", text)
    text = _SPECIAL.sub(lambda match: _WORDS[match[0]], text)
    text = _FRACTION.sub(_fraction, text)
    text = _AREA.sub("\ue002", text)
    text = _VOLUME.sub("\ue003", text)
    text = _CUBE.sub(" تكعيب", _SQUARE.sub(" تربيع", text))
    text = unicodedata.normalize("NFKC", text)
    return text.replace("\ue002", "²").replace("\ue003", "³")


def apply(text: str) -> str:
    """The text in NFC with plain letters, ASCII digits and separators, and nothing invisible in it."""
    if text.isascii():
        return _CONTROL.sub(" ", text.replace("\t", " "))
    text = _PRIVATE.sub("", text)
    text = _THIN_THOUSANDS.sub(lambda match: _THIN.sub("", match[0]), text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_SEPARATORS))
    if not unicodedata.is_normalized("NFKC", text) or _SPECIAL.search(text):
        # The signs that NFKC makes anew (a thin space, a full-width %) are folded with the others below.
        text = _compose(text).translate(_SEPARATORS)
    text = _CONTROL.sub(" ", text)
    text = _DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), text)
    if "\u0640" in text:
        text = _DRAWN_DASH.sub("-", text)
        text = _LOOSE_CLITIC.sub(_clitic, text)
    text = _MADDA_FOR_TANWIN.sub("ا", text)
    text = _LOOSE_MARK.sub("", text).replace("\u0640", "")
    text = _THOUSANDS.sub(",", _DECIMAL.sub(".", text)).replace("٬", "،").replace("٫", "،")
    text = _COMMA_THOUSANDS.sub(lambda match: match[0].replace("،", ","), text)
    # 15رجلا, في2020: a missing space; ب15, ال15 and 15م are written so.
    text = _GLUED_LATIN.sub(r"\g<word> \g<latin>", _NOUGHT_FOR_STOP.sub(".", text))
    text = _GLUED_NUMBER.sub(r"\g<0> ", _GLUED_WORD.sub(" ", text))
    return _DASH.sub(r"\1-\2", text)
