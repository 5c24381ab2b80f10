"""One way of writing what models write in several: sukun shown or not, marks on letters that bear none.

Nothing here changes how a word sounds. The conventions themselves are listed in `marks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.patterns import lazy
from tts_news.script.diacritics.marks import (
    DAGGER_ALIF,
    DAMMA,
    FATHA,
    FATHATAN,
    KASRA,
    LONG_VOWEL_LETTERS,
    SHADDA,
    SUKUN,
    is_letter,
)

# Alifs that lengthen, open a word or are silent, and the alif that holds its own long vowel.
_NEVER_SUKUN: Final = frozenset("اىآٱة")
_BARE_BY_NATURE: Final = frozenset("اىآٱوي")
_WORD: Final = lazy(r"[\u0620-\u063f\u0641-\u064a\u0671-\u06d3]+")
_VOWEL_OF: Final = {"و": DAMMA, "ي": KASRA}


def show_sukun(bases: str, marks: Sequence[str]) -> list[str]:
    """Return the marks with sukun on every consonant that has no vowel, and on no letter that only lengthens one.

    و and ي after a fatha or an alif are consonants there (يَوْم, مَايْكِل). A bare letter right before one with
    shadda is left bare: it is the lam of ال before a sun letter; and so is
    one before an alif with tanwin (شُكراً).
    """
    shown = list(marks)
    for place, base in enumerate(bases):
        mark = shown[place]
        if mark not in ("", SUKUN) or not is_letter(base):
            continue
        before = shown[place - 1] if place and is_letter(bases[place - 1]) else ""
        after = shown[place + 1] if place + 1 < len(bases) else ""
        if base in _NEVER_SUKUN or (FATHATAN in after and bases[place + 1] in "اى"):
            shown[place] = ""
        elif base in LONG_VOWEL_LETTERS:
            after_alif = place > 0 and bases[place - 1] == "ا" and not before
            shown[place] = SUKUN if after_alif or _is_glide(base, before) else ""
        elif mark == "" and SHADDA not in after:
            shown[place] = SUKUN
    return shown


def finished(bases: str, given: Sequence[str]) -> list[int]:
    """Return the places of the bare letters in words whose author put every mark there is to put.

    Such a word is said as it is written: كُوبَا needs no mark on its و. A word with a bare last consonant waits for its
    case ending.
    """
    places: list[int] = []
    for word in _WORD.finditer(bases):
        bare = [place for place in range(*word.span()) if not given[place]]
        if len(bare) < len(word.group()) and all(_may_be_bare(bases, given, place, word.end()) for place in bare):
            places += bare
    return places


def _may_be_bare(bases: str, given: Sequence[str], place: int, end: int) -> bool:
    # The lam of ال before a sun letter; any other letter before a shadda has a vowel of its own (وتُعدّ).
    return bases[place] in _BARE_BY_NATURE or (bases[place] == "ل" and place + 1 < end and SHADDA in given[place + 1])


def _is_glide(base: str, before: str) -> bool:
    """Return whether a vowelless و or ي closes a diphthong (after fatha) rather than lengthens a vowel."""
    return FATHA in before and DAGGER_ALIF not in before and _VOWEL_OF[base] not in before
