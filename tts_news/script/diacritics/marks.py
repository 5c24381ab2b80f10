"""The marks of Arabic and where they sit: a text taken apart into base characters and marks, and put together again.

Conventions of everything this package puts out:

- NFC order, so the short vowel stands before the shadda: "ّ" + "َ" is written U+064E U+0651.
- Tanwin of fath stands on the letter before its alif (كِتَابًا), never on the alif itself.
- Long-vowel letters (ا و ي ى), the alif of ال and any other hamzat wasl carry no mark; the lam of ال carries
  sukun before a moon letter and nothing before a sun letter, which carries shadda.
- The author's own marks are kept as they stand, whatever convention they follow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from tts_news.frozen import dataclass

FATHATAN: Final = "\u064b"
DAMMATAN: Final = "\u064c"
KASRATAN: Final = "\u064d"
FATHA: Final = "\u064e"
DAMMA: Final = "\u064f"
KASRA: Final = "\u0650"
SHADDA: Final = "\u0651"
SUKUN: Final = "\u0652"
DAGGER_ALIF: Final = "\u0670"

TANWIN: Final = frozenset((FATHATAN, DAMMATAN, KASRATAN))
SHORT_VOWELS: Final = frozenset((FATHA, DAMMA, KASRA))
HARAKAT: Final = TANWIN | SHORT_VOWELS | {SUKUN}

LONG_VOWEL_LETTERS: Final = frozenset("اوىي")

READINGS: Final[tuple[str, ...]] = (
    "",
    FATHATAN,
    DAMMATAN,
    KASRATAN,
    FATHA,
    DAMMA,
    KASRA,
    FATHATAN + SHADDA,
    DAMMATAN + SHADDA,
    KASRATAN + SHADDA,
    FATHA + SHADDA,
    DAMMA + SHADDA,
    KASRA + SHADDA,
    SUKUN,
)
"""What a letter can carry, in NFC order; the scores of every model are given in this order."""

READING_INDEX: Final = {marks: i for i, marks in enumerate(READINGS)}

# Tatweel stretches the line and is no letter; marks may stand on it.
TATWEEL: Final = "\u0640"


def is_mark(char: str) -> bool:
    """Return whether `char` is a mark on an Arabic letter (harakat, dagger alif, Quranic signs)."""
    return (
        "\u064b" <= char <= "\u065f"
        or char == DAGGER_ALIF
        or "\u0610" <= char <= "\u061a"
        or ("\u06d6" <= char <= "\u06ed" and unicodedata.category(char) == "Mn")
        or ("\u08d3" <= char <= "\u08ff" and char != "\u08e2")
    )


def is_letter(char: str) -> bool:
    """Return whether `char` is an Arabic letter (tatweel is none)."""
    return char != TATWEEL and unicodedata.category(char) == "Lo" and "\u0620" <= char <= "\u08c7"


@dataclass(frozen=True, slots=True)
class Apart:
    """A text taken apart: `bases[i]` carries `marks[i]`; `lead` is what stands before any base character."""

    lead: str
    bases: str
    marks: tuple[str, ...]


def take_apart(text: str) -> Apart:
    """Return `text` (made NFC first) as base characters and the marks on each of them."""
    lead = ""
    bases: list[str] = []
    marks: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if not is_mark(char):
            bases.append(char)
            marks.append("")
        elif bases:
            marks[-1] += char
        else:
            lead += char
    return Apart(lead, "".join(bases), tuple(marks))


def put_together(lead: str, bases: str, marks: Sequence[str]) -> str:
    """Return the text of `bases` with `marks`, in NFC: the inverse of `take_apart`."""
    return unicodedata.normalize("NFC", lead + "".join(map("".join, zip(bases, marks, strict=True))))


def strip(text: str) -> str:
    """Return `text` without marks on its letters, in NFC."""
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFC", text) if not is_mark(c)))


def allowed_readings(given: str) -> tuple[str, ...]:
    """Return the readings that agree with the author's marks on one letter; none when `given` must stay as it is.

    A lone shadda lets every vowel through, a lone dagger alif a fatha or nothing; a letter with a vowel, tanwin or
    sukun of its own is complete: what its author left out there was left out on purpose.
    """
    harakat = {c for c in given if c in HARAKAT}
    shadda = SHADDA in given
    if harakat:
        return ()
    if shadda:
        return tuple(r for r in READINGS if SHADDA in r)
    if DAGGER_ALIF in given:
        return ("", FATHA, FATHA + SHADDA)
    return () if given else READINGS


def merge(given: str, reading: str) -> str:
    """Return the author's marks together with those of `reading` that are not among them."""
    return given + "".join(c for c in reading if c not in given)
