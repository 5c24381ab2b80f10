"""بَيْنَ الْعَاشِرَةِ صَبَاحًا وَالسَّادِسَةِ مَسَاءً: of the two that بين stands before the second is genitive like the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.cases import GENITIVE, settle_case
from tts_news.script.diacritics.grammar.words import Word
from tts_news.script.diacritics.scorer import Scores

_BETWEEN: Final = frozenset(["بين", "وبين", "فبين"])
_LEAST_MARGIN: Final = 1.0
_FAR: Final = 7
"""How many words on the second may stand."""


def join_between(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make the second word after بين genitive in `scores`, shape (n, 14)."""
    del forms
    for place, word in enumerate(words):
        if word.letters not in _BETWEEN:
            continue
        for second in words[place + 1 : place + _FAR]:
            if not second.glued:
                break
            form = second.form
            if second is not words[place + 1] and second.letters.startswith("و") and form is not None and form.stem[0]:
                if (
                    form.kind in "NAX"
                    and second.margin >= _LEAST_MARGIN
                    and second.letters[: form.stem[0]] in {"و", "وال"}
                ):
                    settle_case(second, scores, GENITIVE)
                break
