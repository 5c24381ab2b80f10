"""Signs that have a word (& + = × ° § %), and signs that have none and go.

It runs after the number rules, so what is left here stands outside any number, or between numbers already in words.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.script.rules.letters import ARABIC

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
    "#": " رقم ",
    "∆": " دلتا ",
    "Σ": " مجموع ",
}
_WORD: Final = re.compile("[ ]?[" + re.escape("".join(_WORDS)) + "][ ]?")
_EMPTY_BRACKETS: Final = re.compile(r"\([\s.،/-]{0,10}\)|\[[\s.،/-]{0,10}\]")
_LINE_NUMBER_SIGN: Final = re.compile(r"(?<![^\s])№[ ]?")
_BOTH: Final = re.compile(rf"(?<=[{ARABIC}])[ ]?/[ ]?(?=[{ARABIC}])")
_TOLD: Final = re.compile(r"[*_^~|\\•●▪◦·‣∙†‡¶⁂※°`´¨¯¬¦◆◇■□▲△▼▽★☆♪♫✓✔✗✘]+")
_LESS: Final = re.compile(r"[ ]?<[ ]?(?=[0-9])")
_MORE: Final = re.compile(r"[ ]?>[ ]?(?=[0-9])")
_ABOUT: Final = re.compile(r"(?<![^\s(])[~≈][ ]?(?=[0-9$€£])")
_APPROACH: Final = re.compile(r"[<>{}]+")
_NUMBER_SIGN_LEFT: Final = re.compile(r"(?<![0-9])[+](?![0-9 ])|(?<![A-Za-z0-9])#(?![0-9])")
_STARRED: Final = re.compile(r"(?<![^\s])[*]{1,3}(?=[^\s*])|(?<=[^\s*])[*]{1,3}(?![^\s.،؛:!؟])")
_MAY_HOLD: Final = re.compile(r"[^\w\s.،؛:؟!\"'()«»\[\]-]|[_°²³]")


def first(text: str) -> str:
    """The signs before a number that the number rules are to see as words: ~, < and >."""
    if not _MAY_HOLD.search(text):
        return text
    text = _ABOUT.sub("نحو ", text)
    return _MORE.sub(" أكثر من ", _LESS.sub(" أقل من ", text))


def apply(text: str) -> str:
    """The text with its signs said or, where they say nothing, gone."""
    if not _MAY_HOLD.search(text):
        return text
    text = _EMPTY_BRACKETS.sub("", text)
    text = _STARRED.sub("", text)
    text = _WORD.sub(lambda match: _WORDS[match[0].strip()], text)
    # A stroke between two words leaves open what it means; it is heard as a break.
    text = _BOTH.sub("، ", text)
    text = _TOLD.sub("، ", text)
    return _APPROACH.sub(" ", text).replace("/", " ")
