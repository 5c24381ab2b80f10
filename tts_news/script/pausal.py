"""Pausal forms: how the last word before a pause is said.

Works on diacritised text, by its punctuation and at its end, and gives diacritised text for the voice (NFC), which
a phoneme front end reads letter by letter with no rule of its own for pauses:

- a final short vowel or tanwin of damm or kasr goes, and sukun stands in its place: كِتَابُ, كِتَابٍ → كِتَابْ;
  under a shadda nothing takes its place: مِصْرِيٌّ → مِصْرِيّ;
- tanwin of fath becomes the long vowel it stands before: كِتَابًا → كِتَابَا, هُدًى → هُدَى; where no alif is
  written, one is: مَاءً → مَاءَا;
- ة becomes ه with sukun, whatever it carried: مَدِينَةً → مَدِينَهْ;
- ي after kasra and و after damma are left as the long vowel: رَضِيَ → رَضِي; هُوَ and هِيَ stay as they are said.

Anything else stays: long vowels, sukun, bare letters, and every word that no pause follows.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tts_news.patterns import lazy
from tts_news.script.diacritics.marks import (
    DAMMA,
    FATHA,
    FATHATAN,
    KASRA,
    SHADDA,
    SHORT_VOWELS,
    SUKUN,
    TANWIN,
    put_together,
    take_apart,
)

# A word, quotes and brackets that close after it, and a pause mark or the end of the line.
_LAST_WORD: Final = lazy(r"[^\s.!?؟…،؛,;:»”\"')\]–—-]+(?=[»”\"')\]]*\s*(?:[.!?؟…،؛,;:–—]|\s-\s|$))", re.MULTILINE)

# Said in full even at a pause: their vowel is all that tells them from a long one.
_SAID_IN_FULL: Final = frozenset({"هُوَ", "هِيَ", "وَهُوَ", "وَهِيَ", "فَهُوَ", "فَهِيَ", "لَهُوَ", "لَهِيَ"})


def pausal(spoken: str) -> str:
    """Return a diacritised text with every word before a pause in its pausal form."""
    return _LAST_WORD.sub(lambda word: pausal_word(word.group()), unicodedata.normalize("NFC", spoken))


def pausal_word(word: str) -> str:
    """Return one diacritised word as it is said before a pause."""
    if word in _SAID_IN_FULL:
        return word
    apart = take_apart(word)
    bases, marks = apart.bases, list(apart.marks)
    if not bases:
        return word
    if bases[-1] == "ة":
        bases, marks[-1] = bases[:-1] + "ه", SUKUN
    elif FATHATAN in marks[-1] and bases[-1] in "اى":
        # Tanwin written on the alif itself: the letter before it carries the vowel.
        marks[-1] = ""
        if len(marks) > 1 and not SHORT_VOWELS.intersection(marks[-2]):
            marks[-2] = FATHA + marks[-2].replace(SUKUN, "")
    elif len(bases) > 1 and bases[-1] in "اى" and FATHATAN in marks[-2]:
        marks[-2] = marks[-2].replace(FATHATAN, FATHA)
    elif FATHATAN in marks[-1]:
        marks[-1] = marks[-1].replace(FATHATAN, FATHA)
        bases, marks = bases + "ا", [*marks, ""]
    else:
        marks[-1] = _silenced(bases, marks)
    return put_together(apart.lead, bases, marks)


def _silenced(bases: str, marks: list[str]) -> str:
    """Return the marks of the last letter without its vowel."""
    last = marks[-1]
    kept = "".join(c for c in last if c not in SHORT_VOWELS and c not in TANWIN)
    if kept == last or SHADDA in kept:
        return kept
    before = marks[-2] if len(marks) > 1 else ""
    if (bases[-1] == "ي" and KASRA in before) or (bases[-1] == "و" and DAMMA in before):
        return kept
    return kept + SUKUN
