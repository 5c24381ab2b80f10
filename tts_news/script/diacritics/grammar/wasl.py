"""اِشْرَبِ الْمَاءَ, قَلَّتِ الْأَمْطَارُ: a verb that ends in a vowelless consonant takes a kasra before hamzat wasl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.words import Word, neighbours
from tts_news.script.diacritics.marks import KASRA, READING_INDEX, READINGS, SUKUN
from tts_news.script.diacritics.scorer import Scores

_KASRA: Final = READING_INDEX[KASRA]


def link_to_wasl(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Put a kasra in `scores`, shape (n, 14), under the last consonant of such verbs."""
    del forms
    for verb, after in neighbours(words):
        if verb.form is None or not verb.form.is_verb or after.letters[0] != "ا" or verb.letters[-1] in "اىوي":
            continue
        last = scores[verb.end - 1]
        if verb.form.stem[1] == len(verb.letters) and READINGS[int(last.argmax())] in ("", SUKUN):
            last[_KASRA] = last.max() + 1.0
