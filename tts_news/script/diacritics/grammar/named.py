"""مَدِينَةُ زُوَارَةَ: a name in ة takes no tanwin, and its genitive is a fatha.

A name is what the table of words does not know, right behind a noun or another name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.words import Word, neighbours
from tts_news.script.diacritics.marks import FATHA, KASRA, KASRATAN, READING_INDEX
from tts_news.script.diacritics.scorer import Scores
from tts_news.script.rules.numerals import is_number_word
from tts_news.script.rules.quantity import SCALE_NOUNS

_GENITIVE: Final = frozenset([READING_INDEX[KASRATAN], READING_INDEX[KASRA]])
_FATHA: Final = READING_INDEX[FATHA]


def close_names(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Put a fatha in `scores`, shape (n, 14), on the genitive of such names."""
    del forms
    for noun, name in neighbours(words):
        if name.form is not None or not name.letters.endswith("ة") or name.letters.startswith("ال"):
            continue
        # مَوْلُودِيَّةٌ is a noun made of an adjective; a number has no name behind it.
        if name.letters.endswith("ية") or noun.form is None or not noun.form.is_nominal or _counts(noun.letters):
            continue
        row = scores[name.end - 1]
        if not _counts(name.letters[1:]) and int(row.argmax()) in _GENITIVE:
            row[_FATHA] = row.max() + 1.0


def _counts(letters: str) -> bool:
    return is_number_word(letters) or letters in SCALE_NOUNS
