"""قَالَ إِنَّ الْمَشْرُوعَ اكْتَمَلَ، وَإِنَّ كُلْفَتَهُ بَلَغَتْ: the second إن of reported speech is what the first one is.

After it stands a noun in the accusative, even where the letters could be a verb (كَلَّفَتْهُ). A verb of the present after
وأن makes it أَنْ, and is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from tts_news.script.diacritics.forms import Form, Forms
from tts_news.script.diacritics.grammar.cases import ACCUSATIVE, case_scores, settle_case
from tts_news.script.diacritics.grammar.words import Word, likeliest, penalties
from tts_news.script.diacritics.marks import FATHA, READING_INDEX, SHADDA
from tts_news.script.diacritics.scorer import Scores

_FIRST: Final = frozenset(["إن", "أن", "بأن", "لأن"])
_AGAIN: Final = {"وإن": "إن", "وأن": "أن"}
_EMPHATIC: Final = READING_INDEX[FATHA + SHADDA]


def join_reported(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Read وإن as the إنَّ before it in `scores`, shape (n, 14), with the noun it stands before."""
    emphatic = False
    for place, word in enumerate(words[:-1]):
        last = scores[word.end - 1]
        if word.letters in _AGAIN and emphatic:
            _join(word, words[place + 1], scores, forms)
        emphatic = emphatic or (word.letters in _FIRST and int(last.argmax()) == _EMPHATIC)


def _join(word: Word, after: Word, scores: Scores, forms: Forms) -> None:
    readings = forms.of(after.letters)
    nominal = [place for place, form in enumerate(readings) if _is_noun(form)]
    if not after.glued or not nominal or (after.form and after.form.kind in "Rr"):
        return
    last = scores[word.end - 1]
    last[_EMPHATIC] = last.max() + 1.0
    rows = scores[after.start : after.end]
    masks = penalties(after.letters, forms)[nominal]
    rows += masks[int(np.argmax((rows[None] + masks).max(axis=2).sum(axis=1)))]
    form, margin = likeliest(after.letters, rows, forms)
    noun = Word(after.letters, after.start, form, margin, after.glued)
    if case_scores(noun, scores)[ACCUSATIVE] < 0.0:
        settle_case(noun, scores, ACCUSATIVE)


def _is_noun(form: Form) -> bool:
    return form.kind in "NAX" and form.stem[0] in {0, 2}
