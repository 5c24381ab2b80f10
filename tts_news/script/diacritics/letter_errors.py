"""Diacritic errors per letter: two spellings of one sound count as the same.

What sounds the same: sukun or nothing; a short vowel or nothing before the long vowel it belongs to; tanwin on its
alif or before it; any mark or none on an alif, on إ (always kasra) and on the lam of ال before a sun letter, and the
shadda of that sun letter. Whatever is left counts, case endings too. A text whose letters differ is wrong throughout.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from tts_news.script.diacritics.marks import (
    DAGGER_ALIF,
    DAMMA,
    FATHA,
    FATHATAN,
    HARAKAT,
    KASRA,
    SHADDA,
    SHORT_VOWELS,
    SUKUN,
    TANWIN,
    is_letter,
    is_mark,
    strip,
    take_apart,
)

SUN = frozenset("تثدذرزسشصضطظلن")
LONG = {"ا": FATHA, "ى": FATHA, "و": DAMMA, "ي": KASRA}


@dataclass(frozen=True, slots=True)
class Errors:
    """Wrong letters, all letters, and how many of the wrong ones are the last of their word."""

    wrong: int = 0
    letters: int = 0
    endings: int = 0

    def __add__(self, other: Errors) -> Errors:
        return Errors(self.wrong + other.wrong, self.letters + other.letters, self.endings + other.endings)

    @property
    def rate(self) -> float:
        """Return the share of wrong letters."""
        return self.wrong / max(1, self.letters)


def errors(reference: str, got: str) -> Errors:
    """Return the letter errors of `got`; only letters and their marks count, not spaces and punctuation."""
    words, said = _words(reference), _words(got)
    if list(map(strip, words)) != list(map(strip, said)):
        letters = sum(map(len, map(strip, words)))
        return Errors(letters, letters, 0)
    total = Errors()
    for wanted, word in zip(words, said, strict=True):
        right, heard = sound(wanted), sound(word)
        wrong = [i for i, (a, b) in enumerate(zip(right, heard, strict=True)) if a != b]
        total += Errors(len(wrong), len(right), sum(i == len(right) - 1 for i in wrong))
    return total


def _words(text: str) -> list[str]:
    spaced = "".join(c if is_letter(c) or is_mark(c) else " " for c in unicodedata.normalize("NFC", text))
    return [word for word in spaced.split() if any(map(is_letter, word))]


def sound(word: str) -> list[frozenset[str]]:
    """Return what is heard on each letter of a word, as a set of marks."""
    apart = take_apart(word)
    kept = [(base, set(mark)) for base, mark in zip(apart.bases, apart.marks, strict=True) if is_letter(base)]
    bases = [base for base, _ in kept]
    marks = [{FATHA if c == DAGGER_ALIF and not mark & HARAKAT else c for c in mark} - {SUKUN} for _, mark in kept]
    for i, base in enumerate(bases):
        if base in "اى" and i and FATHATAN in marks[i]:
            marks[i - 1] = (marks[i - 1] - {FATHA}) | {FATHATAN}
        if base in "اىآٱإ":
            marks[i] = set()
    for i, following in enumerate(bases[1:]):
        if following in LONG and bases[i] not in "اىآ" and not marks[i] & (TANWIN | SHORT_VOWELS) and not marks[i + 1]:
            marks[i].add(LONG[following])
    for i in range(1, len(bases) - 2):
        after_article = bases[i] == "ل" and not marks[i] and i < 4 and bases[i - 1] in "ال"
        if after_article and bases[i + 1] in SUN and marks[i + 1] & SHORT_VOWELS:
            marks[i + 1].add(SHADDA)
    return [frozenset(mark - {DAGGER_ALIF}) for mark in marks]
