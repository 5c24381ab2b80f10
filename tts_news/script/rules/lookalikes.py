"""Letters of Persian, Urdu, Kurdish and the Maghreb that stand for an Arabic one, and the final ي that looks like ى.

A final ی is ي or ى by word (فی is في, علی is على), so the words that end in ى are a list: data/alif_maqsura.tsv.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import lazy
from tts_news.script.rules.patterns import words
from tts_news.script.rules.tables import rows

_LETTERS: Final = str.maketrans(
    {
        "ک": "ك",
        "ڪ": "ك",
        "ګ": "غ",
        "ڬ": "غ",
        "ڭ": "غ",
        "گ": "غ",
        "ڨ": "غ",
        "ڧ": "ق",
        "ڤ": "ف",
        "ڢ": "ف",
        "ڥ": "ف",
        "پ": "ب",
        "چ": "تش",
        "ڃ": "ج",
        "ڄ": "ج",
        "ژ": "ج",
        "ٹ": "ت",
        "ټ": "ت",
        "ٺ": "ت",
        "ٿ": "ت",
        "ڈ": "د",
        "ډ": "د",
        "ڊ": "د",
        "ڌ": "ذ",
        "ڑ": "ر",
        "ړ": "ر",
        "ڕ": "ر",
        "ږ": "ج",
        "ښ": "ش",
        "ڜ": "ش",
        "څ": "تس",
        "ځ": "دز",
        "ں": "ن",
        "ڼ": "ن",
        "ڻ": "ن",
        "ڵ": "ل",
        "ڷ": "ل",
        "ہ": "ه",
        "ھ": "ه",
        "ە": "ه",
        "ۀ": "ه",
        "ۂ": "ه",
        "ۃ": "ة",
        "ۆ": "و",
        "ۇ": "و",
        "ۈ": "و",
        "ۋ": "و",
        "ۏ": "و",
        "ۅ": "و",
        "ۉ": "و",
        "ێ": "ي",
        "ې": "ي",
        "ۑ": "ي",
        "ے": "ي",
        "ۓ": "ئ",
        "ۍ": "ي",
        "ٮ": "ب",
        "ٯ": "ق",
        "ڡ": "ف",
        "ٲ": "أ",
        "ٳ": "إ",
        "ٵ": "أ",
        "ٶ": "ؤ",
        "ٸ": "ئ",
        "ۊ": "و",
        "ڒ": "ر",
        "ۄ": "و",
        "\u06df": None,
        "ۥ": None,
        "ۦ": None,
        "ٴ": "ء",
    }
)
_ANY: Final = lazy("[\u066e-\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06ff]")
_FINAL: Final = lazy(rf"(?<![{ARABIC}ی])([{ARABIC}ی]{{0,40}})ی(?P<marks>[{MARKS}]{{0,3}})(?![{ARABIC}ی])")
_PREFIXES: Final = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")

# Egyptian typesetting writes a final ي without its dots. Only words that are nothing else are put right.
_UNDOTTED: Final = frozenset(
    plain(word)
    for word in words(
        "فى التى الذى اللتى هى الحالى الماضى الثانى التالى حوالى بالتالى وبالتالى المصرى السعودى العربى "
        "الإسرائيلى الفلسطينى الأمريكى الرئاسى القومى الدولى المحلى الوطنى الأهلى السياسى الاقتصادى "
        "الجارى الإماراتى السورى اللبنانى العراقى الأردنى الليبى السودانى الإيرانى التركى الروسى الأوروبى "
        "البرلمانى الإعلامى الصحفى الرياضى الدورى الحكومى المركزى الرسمى الأساسى الرئيسى الاجتماعى "
        "التعليمى الصحى الطبى العالمى الجامعى القانونى الأمنى العسكرى النووى المالى التجارى الصناعى "
        "الزراعى السياحى الفنى الثقافى الدينى الإسلامى المسيحى التليفزيونى السيسى مدبولى"
    )
)
_UNDOTTED_STYLE: Final = lazy(rf"(?<![{ARABIC}])[وف]?(?:فى|التى|الذى|هى|حوالى)(?![{ARABIC}])")
_FINAL_UNDOTTED: Final = lazy(rf"(?<![{ARABIC}])[{ARABIC}]{{1,40}}ى(?P<marks>[{MARKS}]{{0,2}})(?![{ARABIC}])")


_AND_IN: Final = lazy(rf"(?<![{ARABIC}])(?P<and>[وف])فى(?=[ ](?!ب)[{ARABIC}]+(?![{ARABIC}]|[ ]ب))")
"""وفى at the head of a clause is وفي, unless somebody keeps a promise by ب: وفى اللاعب بوعده."""


@lru_cache(maxsize=1)
def _alif_maqsura() -> frozenset[str]:
    return frozenset(plain(row[0])[:-1] for row in rows("alif_maqsura.tsv") if row[0].endswith("ى"))


def is_alif_maqsura(stem: str) -> bool:
    """Whether a word whose letters but the last are `stem` ends in ى."""
    known, stem = _alif_maqsura(), plain(stem)
    if stem in known:
        return True
    return any(
        stem.startswith(prefix) and len(stem) - len(prefix) >= 2 and stem[len(prefix) :] in known
        for prefix in _PREFIXES
    )


def _final(match: re.Match[str]) -> str:
    stem = match[1].replace("ی", "ي")
    return stem + ("ى" if is_alif_maqsura(stem) else "ي") + match["marks"]


def dotted_ya(text: str) -> str:
    """The text with the final ي that its typesetting writes without dots; nothing else changes, no place moves."""
    # One فى or التى in a line gives its typesetting away: there every final ى is a ي but for the words that end in it.
    text = _AND_IN.sub(r"\g<and>في", text)
    everywhere = bool(_UNDOTTED_STYLE.search(text))

    def dotted(match: re.Match[str]) -> str:
        word = match[0].removesuffix(match["marks"])
        key = plain(word)
        listed = key in _UNDOTTED or key.lstrip("وفبلك") in _UNDOTTED
        if listed or (everywhere and not is_alif_maqsura(key[:-1])):
            return f"{word[:-1]}ي{match['marks']}"
        return match[0]

    return _FINAL_UNDOTTED.sub(dotted, text)


def apply(text: str) -> str:
    """The text in Arabic letters only."""
    if _ANY.search(text):
        text = text.translate(_LETTERS)
        text = _FINAL.sub(_final, text) if "ی" in text else text
        text = text.replace("ی", "ي").replace("ۍ", "ي")
    return dotted_ya(text) if "ى" in text else text
