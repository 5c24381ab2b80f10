"""The marks of the names of Latin letters, and acronyms that must be said by them.

سي إن إن is CNN, and إن is the commonest particle of the news: a model that sees the letters reads إِنَّ. So acronyms are
known before the rules spell them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tts_news.arabic import PAUSES
from tts_news.patterns import CAPITALS, DIGITS, lazy

MARKED = {
    "إيه": "إِيهْ", "بي": "بِي", "سي": "سِي", "دي": "دِي", "إي": "إِي", "إف": "إِفْ", "جي": "جِي", "إتش": "إِتْشْ", "آي": "آيْ",
    "جيه": "جِيهْ", "كيه": "كِيهْ", "إل": "إِلْ", "إم": "إِمْ", "إن": "إِنْ", "أو": "أُو", "كيو": "كِيُو", "آر": "آرْ", "إس": "إِسْ",
    "تي": "تِي", "يو": "يُو", "في": "فِي", "دبليو": "دَبِلْيُو", "إكس": "إِكْسْ", "واي": "وَايْ", "زد": "زِدْ",
}  # fmt: skip
_FIGURES = {
    "تو": "تُو", "ثري": "ثْرِي", "فور": "فُورْ", "فايف": "فَايْفْ", "سيكس": "سِيكْسْ", "سفن": "سِفِنْ", "إيت": "إِيتْ", "ناين": "نَايْنْ",
}  # fmt: skip
"""English figures of formulas, which by themselves may be Arabic words (فور)."""

_WORDS_TOO = frozenset({"إن", "أو", "في", "بي", "إي"})
_ACRONYM = lazy(r"(?<![A-Za-z0-9.@#/_-])[A-Z](?:\.?[A-Z]){1,5}\.?(?![A-Za-z0-9@/_-])", needs=CAPITALS)
_CODE = lazy(
    r"(?<![A-Za-z0-9.@#/_-])(?:[A-Z]{1,5}-?[0-9][A-Z0-9]{0,8}(?:\.[0-9]{1,3}){0,3}|[A-Z]{1,4}(?:\.[0-9]{1,3}){1,4}"
    r"|(?:ISO|IEC) ?[0-9]{3,5}(?:[:/-][0-9]{4})?)(?![A-Za-z0-9@/_%-]|\.[0-9])",
    needs=DIGITS,
)
"""Letters and figures written as one: NO2, H5N1, XBB.1.5, ISO 9001:2015."""

_SHOUTED = lazy(r"[A-Z]{4,} \Z|\A [A-Z]{4,}(?![a-z])")
_NEAR_DIGIT = lazy(r"\d[ \u00a0]?\Z|\A[ \u00a0]?\d")
_REACH, _WORD = 2, 20


def marked_letter(word: str) -> str:
    """Return the marked name of a Latin letter; "" for a word that is none, or that may be an Arabic word as well."""
    return "" if word in _WORDS_TOO else MARKED.get(word, "")


def spelt_codes(text: str, normalise: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Yield the place of each code of letters and figures, its letter names marked and its numbers as they are."""
    for match in _CODE.finditer(text):
        names = normalise(match[0]).strip(PAUSES + " ").split()
        if names and names[0] in MARKED:
            spelt = " ".join(MARKED.get(name) or _FIGURES.get(name, name) for name in names)
            yield match.start(), match.end(), spelt


def spelt_acronyms(text: str, normalise: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Yield the place of each acronym that the rules spell by letter names, and its marked names.

    Next to a figure it may be a currency or a unit (20 USD), which the rules read together with it.
    """
    for match in _ACRONYM.finditer(text):
        before, after = text[max(0, match.start() - _REACH) : match.start()], text[match.end() : match.end() + _REACH]
        if _NEAR_DIGIT.search(before) or _NEAR_DIGIT.search(after):
            continue
        far = text[max(0, match.start() - _WORD) : match.start()], text[match.end() : match.end() + _WORD]
        if len(match[0]) > 3 and any(map(_SHOUTED.search, far)):
            continue  # BADR HARI: a name in capitals, which is read as a whole
        names = normalise(match[0]).strip(PAUSES + " ").split()
        if len(names) > 1 and all(name in MARKED for name in names):
            # A full stop after the last letter ends the sentence, or not: the rules are to see it.
            end = match.end() - match[0].endswith(".")
            yield match.start(), end, " ".join(MARKED[name] for name in names)
