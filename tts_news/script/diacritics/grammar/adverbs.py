"""نَحْوَ, بَعْدَ, أَمَامَ: an adverb of place or time is accusative unless something makes it genitive.

That is a preposition before it, or a noun in construct with it. After a verb, a word with ال, a pronoun or a tanwin
there is none of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.cases import ACCUSATIVE, GENITIVE, case_scores, is_indefinite, settle_case
from tts_news.script.diacritics.grammar.words import Word
from tts_news.script.diacritics.scorer import Scores

_GOVERNORS: Final = frozenset("من إلى في على عن حتى منذ مذ عبر ذات غير كل بعض".split())
_LEAST_MARGIN: Final = 1.0


def free_adverbs(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make adverbs accusative in `scores`, shape (n, 14), where nothing before them makes them genitive."""
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        # أَمْسِ is built on its kasra.
        if word.letters == "أمس" or not (
            word.glued and after.glued and word.form and word.form.kind in "DN" and word.form.stem[0] == 0
        ):
            continue
        if not any(form.kind == "D" and form.stem == word.form.stem for form in forms.of(word.letters)):
            continue
        cases = case_scores(word, scores)
        if max(cases) == cases[GENITIVE] > cases[ACCUSATIVE] and _ends_its_phrase(before, scores):
            settle_case(word, scores, ACCUSATIVE)


def _ends_its_phrase(word: Word, scores: Scores) -> bool:
    """Return whether a word is no first part of a construct and no preposition."""
    form = word.form
    if form is None:
        return False
    has_pronoun = len(word.letters) > form.stem[1] and not word.letters.endswith("ا")
    if word.letters.removeprefix("و").removeprefix("ف") in _GOVERNORS or word.margin < _LEAST_MARGIN:
        return False
    return form.is_verb or (form.is_nominal and (form.definite or has_pronoun or is_indefinite(word, scores)))
