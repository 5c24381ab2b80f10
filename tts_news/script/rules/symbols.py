"""Signs that have a word (& + = × ° § %), and signs that have none and go.

It runs after the number rules, so what is left here stands outside any number, or between numbers already in words.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.numerals import is_number_word

_WORDS: Final = {
    "&": " و",
    "+": " زائد ",
    "=": " يساوي ",
    "×": " في ",
    "÷": " على ",
    "±": " زائد أو ناقص ",
    "°": " درجة ",
    "º": " درجة ",
    "§": " فقرة ",
    "%": " بالمئة ",
    "‰": " بالألف ",
    "≈": " نحو ",
    "≠": " لا يساوي ",
    "≤": " أصغر من أو يساوي ",
    "≥": " أكبر من أو يساوي ",
    "∞": " ما لا نهاية ",
    "√": " جذر ",
    "$": " دولار ",
    "€": " يورو ",
    "£": " جنيه إسترليني ",
    "¥": " ين ",
    "₪": " شيكل ",
    "₺": " ليرة تركية ",
    "₽": " روبل ",
    "₹": " روبية ",
    "₿": " بيتكوين ",
    "¢": " سنت ",
    "²": " تربيع ",
    "³": " تكعيب ",
    "µ": " ميكرو ",
    "μ": " ميكرو ",
    "@": " آت ",
    "#": " ",
    "∆": " دلتا ",
    "Σ": " مجموع ",
}
_WORD: Final = lazy("[ ]?[" + re.escape("".join(_WORDS)) + "][ ]?")
_EMPTY_BRACKETS: Final = lazy(r"\([\s.،/-]{0,10}\)|\[[\s.،/-]{0,10}\]")
_LINE_NUMBER_SIGN: Final = lazy(r"(?<![^\s])№[ ]?")
_BOTH: Final = lazy(rf"(?<=[{ARABIC}])[ ]?/[ ]?(?=[{ARABIC}])")
_TOLD: Final = lazy(r"[*_^~|\\•●▪◦·‣∙†‡¶⁂※°`´¨¯¬¦◆◇■□▲△▼▽★☆♪♫✓✔✗✘]+")
_BY: Final = lazy(r"(?<=[0-9])[ ]?[xX×*][ ]?(?=[0-9])")
_LENGTH: Final = r"[0-9]{1,4}(?:\.[0-9]{1,2})?"
_SIZES: Final = lazy(
    rf"(?:\([ ]?)?(?<![0-9./-])(?P<sizes>{_LENGTH}(?:[ ]?/[ ]?{_LENGTH}){{2}}"
    rf"|{_LENGTH}(?:[ ]في[ ]{_LENGTH}){{1,2}}(?=[ ]?\)))"
    rf"(?:[ ]?\))?[ ]?(?=(?:ملم|مم|سم|ملليمتر|مليمتر|سنتيمتر|متر|بوصة|بكسل|بيكسل)(?![{ARABIC}]))",
    needs=DIGITS,
)
"""(176.3/76.4/8.5) ملم: so much by so much, and the unit behind the bracket is theirs."""

_SCALED: Final = lazy(r"(?<![A-Za-z0-9$€£.,])(?P<n>[0-9]{1,4}(?:\.[0-9]{1,2})?)(?P<scale>[kK]|M|bn|B)(?![A-Za-z0-9])")
_SCALES: Final = {"k": "ألف", "K": "ألف", "M": "مليون", "bn": "مليار", "B": "مليار"}
_STROKE: Final = lazy("[ ]?/[ ]?")
_REPEATED: Final = lazy(r"([=+#&%$@*_~^|\\<>/-])\1{2,200}|={2,200}")
_LOOSE_PLUS: Final = lazy(r"(?:^|(?<=[.،؛:!؟…]))[ ]{0,2}\+[ ](?=\D)")
"""A plus that adds nothing to nothing marks an item: «... + آخر الأخبار»."""

_PLUS_AND: Final = lazy(rf"(?<![{ARABIC}])(?P<one>[{ARABIC}]{{1,30}})[ ]\+[ ](?=(?P<two>[{ARABIC}]{{2,20}}))")
_PLUS_LAST: Final = lazy(r"[ ]?\+[ ]?(?=[.…،؛:!؟)]|$)")
"""A plus before nothing: «حجز الفندق +…»."""

_AND_OR: Final = lazy(rf"(?<![{ARABIC}])و[ ]?/[ ]?(?:[أا]و)(?![{ARABIC}])")
_APERTURE: Final = lazy(r"(?<![A-Za-z])f/(?=[0-9])")
_LESS: Final = lazy(r"[ ]?<[ ]?(?=[0-9])")
_MORE: Final = lazy(r"[ ]?>[ ]?(?=[0-9])")
_ABOUT: Final = lazy(r"(?<![^\s(])[~≈][ ]?(?=[0-9$€£])")
_APPROACH: Final = lazy(r"[<>{}]+")
_NUMBER_SIGN_LEFT: Final = lazy(r"(?<![0-9])[+](?![0-9 ])|(?<![A-Za-z0-9])#(?![0-9])")
_STARRED: Final = lazy(r"(?<![^\s])[*]{1,3}(?=[^\s*])|(?<=[^\s*])[*]{1,3}(?![^\s.،؛:!؟])")
_LATIN_BESIDE: Final = lazy("[0-9][ ]?[kKMbBxX×*]", needs=DIGITS)
_MAY_HOLD: Final = lazy(r"[(\[][\s.،/-]{0,10}[)\]]|[^\w\s.،؛:؟!\"'()«»\[\]-]|[_°²³]")


_SQUARED: Final = lazy(rf"(?P<per>[ ]?/[ ]?)?(?<![{ARABIC}])(?P<unit>كلم|كم|م|سم|مم)(?P<power>[²³])")
_SQUARED_UNITS: Final = {"كلم": "كيلومتر", "كم": "كيلومتر", "م": "متر", "سم": "سنتيمتر", "مم": "مليمتر"}
_PER_HOUR: Final = lazy(r"(?<=متر)[ ]?/[ ]?(?:ال)?(?=(?:ساعة|ثانية|دقيقة))")
_WATT_HOURS: Final = lazy(r"(?<=واط)[ ]?/[ ]?(?=ساعة)")


_AND_MORE: Final = lazy(
    rf"(?<![0-9A-Za-z.,+])(?P<n>[0-9][0-9.,]{{0,12}})\+(?=[ ](?!(?:في|من|على|إلى|عن|درجة)[ ])[{ARABIC}]{{2}})"
)
_BRANDED: Final = lazy(rf"(?<=[{ARABIC}]{{3}})\+(?=$|[\s.،؛:!؟)»\"])")
"""أوبك+, ديزني+: the sign stays a part of the name."""

_MORE_THAN: Final = lazy(rf"(?<![^\s(])\+(?=[1-9][0-9.,]{{2,6}}[ ](?!درجة)(?:ألف|مليون|مليار|[{ARABIC}]{{3}}))")
"""30+ دولة, +5000 موظف: more than that many."""


def _squared(match: re.Match[str]) -> str:
    per = " لكل " if match["per"] else ""
    return f"{per}{_SQUARED_UNITS[match['unit']]} {'مربع' if match['power'] == '²' else 'مكعب'}"


def _and(match: re.Match[str]) -> str:
    """Two things listed with a plus (صور + فيديو); numbers are added up."""
    return match[0] if is_number_word(match["one"]) or is_number_word(match["two"]) else f"{match['one']} و"


def _scaled(match: re.Match[str]) -> str:
    if match[0] in {"4K", "8K"}:  # of a screen
        return match[0]
    return f"{match['n']} {_SCALES[match['scale']]}"


def first(text: str) -> str:
    """The signs beside a number that the number rules are to see as words: ~, <, >, 5x5 and 100k."""
    if _LATIN_BESIDE.search(text):
        text = _SCALED.sub(_scaled, _BY.sub(" في ", text))
    if "/" in text or ")" in text:
        text = _SIZES.sub(lambda match: f"{_STROKE.sub(' في ', match['sizes'])} ", text)
    if not _MAY_HOLD.search(text):
        return text
    text = _AND_OR.sub(" أو ", text)
    text = _BRANDED.sub(" بلس", text)
    text = _MORE_THAN.sub("أكثر من ", _AND_MORE.sub(r"أكثر من \g<n>", text))
    text = _WATT_HOURS.sub(" ", _PER_HOUR.sub(" في ال", _REPEATED.sub(" ", text)))
    text = _LOOSE_PLUS.sub(" ", _APERTURE.sub("f ", _ABOUT.sub("نحو ", text)))
    return _MORE.sub(" أكثر من ", _LESS.sub(" أقل من ", text))


def apply(text: str) -> str:
    """The text with its signs said or, where they say nothing, gone."""
    if not _MAY_HOLD.search(text):
        return text
    text = _SQUARED.sub(_squared, text)
    text = _EMPTY_BRACKETS.sub("", text)
    text = _STARRED.sub("", text)
    text = _PLUS_LAST.sub("", _PLUS_AND.sub(_and, text))
    text = _WORD.sub(lambda match: _WORDS[match[0].strip()], text)
    # A stroke between two words leaves open what it means; it is heard as a break.
    text = _BOTH.sub("، ", text)
    text = _TOLD.sub("، ", text)
    return _APPROACH.sub(" ", text).replace("/", " ")
