"""Vowelled Modern Standard Arabic to phonemes, with words, syllables, stress and the tune of each phrase.

The text is read as it is marked: a case ending that is written is said, so pausal forms are the business of
whoever prepares the text. A letter that carries no mark is read without a vowel where Arabic allows that, and is
an error where it does not: an unvowelled word is never guessed at.

Phones are those of the table in `inventory`; `Phonemes.spell` prints them.
"""

from __future__ import annotations

from tts_news.speak.phonemes.joining import count_words, phonemise
from tts_news.speak.phonemes.shapes import Phonemes, Phrase, Tune, Word

__all__ = ["Phonemes", "Phrase", "Tune", "Word", "count_words", "phonemise"]
