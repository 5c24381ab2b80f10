"""Where syllables start and which one is stressed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tts_news.speak.phonemes.inventory import GEMINATES, LONG_VOWELS, VOWELS


def syllabify(phones: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """Starts of the syllables, and the index of the stressed one.

    A syllable starts with exactly one consonant; a geminate is written with the syllable it opens and closes the one
    before. Stress falls on a last syllable of two consonants after its vowel, or one after a long vowel; else on
    the last but one when it is heavy; else on the third from the end.
    Source: K. C. Ryding, A Reference Grammar of Modern Standard Arabic, 2005, ch. 2, section 5.
    """
    nuclei = [i for i, phone in enumerate(phones) if phone in VOWELS]
    if not nuclei:
        return (0,), 0
    starts = [0]
    starts += [max(nucleus - 1, before + 1) for before, nucleus in pairwise(nuclei)]
    return tuple(starts), _stressed(phones, nuclei)


def _stressed(phones: Sequence[str], nuclei: Sequence[int]) -> int:
    count = len(nuclei)
    tail = phones[nuclei[-1] + 1 :]
    weight = sum(2 if phone in GEMINATES else 1 for phone in tail) + (phones[nuclei[-1]] in LONG_VOWELS)
    if weight >= 2 and tail:
        return count - 1
    if count == 1:
        return 0
    if count == 2 or _heavy(phones, nuclei[-2], nuclei[-1]):
        return count - 2
    return count - 3


def _heavy(phones: Sequence[str], nucleus: int, following: int) -> bool:
    between = phones[nucleus + 1 : following]
    return phones[nucleus] in LONG_VOWELS or len(between) > 1 or any(p in GEMINATES for p in between)
