"""Signs by name, for who has to know what stands on a screen: nothing, some, most or all of them are said.

    name_signs("a.b (ج)", "some")     the text with names in it, and where in the written text each letter of it stood
    name_signs("الساعة 12:30", "all")   a sign inside a number, time or date is the number's: the rules read it

Source for the levels: the symbol tables of NVDA and Orca (some: signs that carry meaning; most: brackets, quotation
marks and strokes as well; all: the stops of a sentence too).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from tts_news.patterns import CAPITALS, lazy

Level = Literal["none", "some", "most", "all"]

_SOME: Final = {
    "#": "شَبَّاك", "@": "آتْ", "*": "نَجْمَة", "+": "زَائِد", "=": "يُسَاوِي", "/": "شَرْطَة مَائِلَة", "\\": "شَرْطَة عَكْسِيَّة",
    "%": "بِالْمِئَة", "‰": "بِالْأَلْف", "&": "عَلَامَةُ الْعَطْف", "$": "دُولَار", "€": "يُورُو", "£": "جُنَيْه إِسْتَرْلِينِي", "¥": "يِنّ",
    "^": "عَلَامَةُ الْأُسّ", "~": "تِلْدَة", "<": "أَصْغَرُ مِنْ", ">": "أَكْبَرُ مِنْ", "|": "خَطّ عَمُودِيّ", "°": "دَرَجَة",
    "©": "حُقُوقُ النَّشْر", "®": "عَلَامَة مُسَجَّلَة", "™": "عَلَامَة تِجَارِيَّة", "§": "فِقْرَة", "•": "نُقْطَةُ تَعْدَاد", "×": "ضَرْب",
    "÷": "قِسْمَة", "±": "زَائِد أَوْ نَاقِص", "≤": "أَصْغَرُ مِنْ أَوْ يُسَاوِي", "≥": "أَكْبَرُ مِنْ أَوْ يُسَاوِي", "≠": "لَا يُسَاوِي", "√": "جَذْر",
    "→": "سَهْم إِلَى الْيَمِين", "←": "سَهْم إِلَى الْيَسَار", "↑": "سَهْم إِلَى أَعْلَى", "↓": "سَهْم إِلَى أَسْفَل", "✓": "عَلَامَةُ صَحّ",
    "✔": "عَلَامَةُ صَحّ", "✗": "عَلَامَةُ خَطَأ", "✘": "عَلَامَةُ خَطَأ",
}  # fmt: skip
_MOST: Final = {
    "(": "فَتْحُ قَوْس", ")": "إِغْلَاقُ قَوْس", "[": "فَتْحُ قَوْس مَعْقُوف", "]": "إِغْلَاقُ قَوْس مَعْقُوف", "{": "فَتْحُ حَاضِنَة",
    "}": "إِغْلَاقُ حَاضِنَة", "«": "فَتْحُ تَنْصِيص", "»": "إِغْلَاقُ تَنْصِيص", "“": "فَتْحُ تَنْصِيص", "”": "إِغْلَاقُ تَنْصِيص",
    '"': "عَلَامَةُ تَنْصِيص", "_": "شَرْطَة سُفْلِيَّة", ":": "نُقْطَتَان", "؛": "فَاصِلَة مَنْقُوطَة", ";": "فَاصِلَة مَنْقُوطَة لَاتِينِيَّة",
    "-": "شَرْطَة", "–": "شَرْطَة مُتَوَسِّطَة", "—": "شَرْطَة طَوِيلَة", "`": "فَاصِلَة مَقْلُوبَة",
}  # fmt: skip
_ALL: Final = {
    ".": "نُقْطَة", "،": "فَاصِلَة", ",": "فَاصِلَة لَاتِينِيَّة", "!": "عَلَامَةُ تَعَجُّب", "؟": "عَلَامَةُ اسْتِفْهَام",
    "?": "عَلَامَةُ اسْتِفْهَام لَاتِينِيَّة", "…": "ثَلَاثُ نِقَاط", "'": "فَاصِلَة عُلْيَا", "’": "فَاصِلَة عُلْيَا", "‘": "فَاصِلَة عُلْيَا",
}  # fmt: skip
SIGNS: Final[Mapping[str, str]] = MappingProxyType({**_SOME, **_MOST, **_ALL})
"""Each sign and its name, marked; two of one shape in two scripts are told apart."""
CAPITAL: Final = "كَبِير"
"""What a capital letter is called."""
_UP_TO: Final = {"some": _SOME, "most": {**_SOME, **_MOST}, "all": SIGNS}
_PAUSING: Final = frozenset("،؛؟.!:,;?…")
_SIGN: Final = {level: lazy("[" + re.escape("".join(signs)) + "]") for level, signs in _UP_TO.items()}
# What the rules for numbers read as one: a sign in it has a meaning there, and is said by it.
_NUMBER: Final = lazy(r"[$€£¥+-]?\d(?:[.,:/٫٬-]?\d)*[%‰°]?")
_CAPITALS: Final = lazy(r"(?<![A-Z])[A-Z]", needs=CAPITALS)
# A mark of ours or a gloss for the eye in an article (<sub>, [pause], "(UN)") is text on a screen, and is heard.
_TAG: Final = lazy(r"<(?=[A-Za-z/!])")
_BRACKET: Final = lazy(r"[()\[\]]")
# Scripts that no rule reads are named, once a run.
_UNREAD: Final = {
    "صِينِيّ": "\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff", "يَابَانِيّ": "\u3040-\u30ff\u31f0-\u31ff",
    "كُورِيّ": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", "عِبْرِيّ": "\u0590-\u05ff",
    "هِنْدِيّ": "\u0900-\u097f", "تَامِيلِيّ": "\u0b80-\u0bff",
    "بَنْغَالِيّ": "\u0980-\u09ff", "تَايْلَنْدِيّ": "\u0e00-\u0e7f",
    "أَرْمَنِيّ": "\u0530-\u058f", "جُورْجِيّ": "\u10a0-\u10ff",
    "أَمْهَرِيّ": "\u1200-\u139f", "سُرْيَانِيّ": "\u0700-\u074f",
}  # fmt: skip
_RUN: Final = lazy("|".join(f"(?P<n{n}>[{part}]+(?:[ ]?[{part}]+)*)" for n, part in enumerate(_UNREAD.values())))


def script_of(character: str) -> str:
    """Return what a character of a script that no rule reads is: "صِينِيّ"; "" of any other."""
    found = _RUN.match(character)
    return _named(found) if found else ""


def name_signs(text: str, level: Level, *, capitals: bool = False) -> tuple[str, Places]:
    """Return a text as it stands on a screen, its signs up to a level by name, and where its letters came from.

    A sign that makes a pause stays behind its name. Nothing in it is a mark for the reader any more (`<sub>`).

    Args:
        text: What stands there.
        level: Which signs are said.
        capitals: Whether each run of capital letters is announced.
    """
    found = [(match.start(), match.end(), f" نَصّ {_named(match)} ") for match in _RUN.finditer(text)]
    found += [(match.start(), match.end(), " ") for match in _TAG.finditer(text)] if level == "none" else []
    if level in {"none", "some"}:
        found += [(match.start(), match.end(), "، ") for match in _BRACKET.finditer(text)]
    if level != "none":
        numbers = [match.span() for match in _NUMBER.finditer(text)]
        begins = [start for start, _ in numbers]
        for match in _SIGN[level].finditer(text):
            at = match.start()
            number = bisect_right(begins, at) - 1
            if number < 0 or at >= numbers[number][1]:
                found.append((at, match.end(), _name(text, at)))
    if capitals:
        found += [(match.start(), match.start(), f" {CAPITAL} ") for match in _CAPITALS.finditer(text)]
    return _replaced(text, sorted(found))


def _named(match: re.Match[str]) -> str:
    return tuple(_UNREAD)[int((match.lastgroup or "n0")[1:])]


def _name(text: str, at: int) -> str:
    sign = text[at]
    ends = at + 1 == len(text) or text[at + 1].isspace()
    return f" {SIGNS[sign]}{'.' if sign == '…' else sign} " if ends and sign in _PAUSING else f" {SIGNS[sign]} "


class Places:
    """Where the letters of a changed text stood in the written one; of one that was not changed unless told."""

    def __init__(self, pieces: Sequence[tuple[int, int, int]] = ((0, 0, 1),)) -> None:
        self._pieces = pieces
        self._begins = [changed for changed, _, _ in pieces]

    def written(self, place: int) -> int:
        """Return the place in the written text of a place in the changed one; a sign's for any within its name."""
        changed, written, step = self._pieces[bisect_right(self._begins, place) - 1]
        return written + step * (place - changed)


def _replaced(text: str, found: list[tuple[int, int, str]]) -> tuple[str, Places]:
    out: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = length = 0
    for start, end, name in found:
        if start < at:  # a sign within a run that has a name
            continue
        pieces += [(length, at, 1), (length + start - at, start, 0)]
        out += [text[at:start], name]
        length += start - at + len(name)
        at = end
    pieces.append((length, at, 1))
    return "".join([*out, text[at:]]), Places(pieces)
