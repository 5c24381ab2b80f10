"""The pronouns ه هم هما هن take the colour of what stands before them: فِي تَارِيخِهِمْ, but تَارِيخُهُمْ and تَارِيخَهُمْ.

The model reads ending and pronoun letter by letter and can part them (تَارِيخِهُمْ): here the likeliest pair wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.words import STRUCK, Word
from tts_news.script.diacritics.marks import DAMMA, KASRA, READING_INDEX, READINGS, SHADDA
from tts_news.script.diacritics.scorer import Scores

_PRONOUNS: Final = frozenset(["ه", "هم", "هما", "هن"])
_KASRAS: Final = [index for index, reading in enumerate(READINGS) if reading.replace(SHADDA, "") == KASRA]
_OTHERS: Final = [index for index in range(len(READINGS)) if index not in _KASRAS]
_I: Final = READING_INDEX[KASRA]
_U: Final = READING_INDEX[DAMMA]


def colour_pronouns(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Strike from `scores`, shape (n, 14), pronouns in another colour than the letter before them."""
    del forms
    for word in words:
        if (
            word.form is None
            or word.letters[word.form.stem[1] :] not in _PRONOUNS
            or word.letters[word.form.stem[1] - 1] in "اوىي"
        ):
            continue
        before, own = scores[word.ending], scores[word.ending + 1]
        with_kasra = float(before[_KASRAS].max() + own[_I])
        without = float(before[_OTHERS].max() + own[_U])
        wrong, right = (_OTHERS, _I) if with_kasra > without else (_KASRAS, _U)
        before[wrong] += STRUCK
        own[right] = own.max() + 1.0
