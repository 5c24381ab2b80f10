"""شَاعِرَانِ, مُهَنْدِسُونَ: the ن of the dual has a kasra and that of the sound plural a fatha, whatever the case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Form, Forms
from tts_news.script.diacritics.grammar.words import STRUCK, Word
from tts_news.script.diacritics.marks import FATHA, KASRA, READING_INDEX, READINGS
from tts_news.script.diacritics.scorer import Scores

_FATHA: Final = READING_INDEX[FATHA]
_KASRA: Final = READING_INDEX[KASRA]
_LEAST: Final = 5


def end_duals_and_plurals(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Settle the ن of duals and sound plurals in `scores`, shape (n, 14)."""
    for word in words:
        form = word.form
        if form is None or form.kind not in "NA" or form.number not in {"d", "p"} or form.stem[1] != len(word.letters):
            continue
        if form.stem[1] - form.stem[0] < _LEAST or not word.letters.endswith(("ان", "ون", "ين")):
            continue
        same = [other for other in forms.of(word.letters) if other.letters == form.letters and other.stem == form.stem]
        if all(other.number in {"d", "p"} for other in same) and _has_singular(word, form, forms):
            vowel = _vowel(word, scores)
            last = scores[word.end - 1]
            kept = last[vowel]
            last += STRUCK
            last[vowel] = kept


def _vowel(word: Word, scores: Scores) -> int:
    """Return what the ن carries: مُهَنْدِسِينَ and مُهَنْدِسَيْنِ are told apart by the letter before ي."""
    if word.letters.endswith("ون"):
        return _FATHA
    if word.letters.endswith("ان"):
        return _KASRA
    return _FATHA if KASRA in READINGS[int(scores[word.end - 3].argmax())] else _KASRA


def _has_singular(word: Word, form: Form, forms: Forms) -> bool:
    """Return whether the word without its last two letters is its singular; of قَوَانِين and شُؤُون it is not."""
    if form.number == "p" and word.letters.endswith("ان"):
        return False
    own = form.letters[form.stem[0] : -3]
    stem = word.letters[form.stem[0] : -2]
    singulars = (stem, stem[:-1] + "ة") if stem.endswith("ت") else (stem,)
    return any(
        other.is_nominal and other.stem[0] == 0 and _agree(other.letters[:-1], own)
        for singular in singulars
        for other in forms.of(singular)
    )


def _agree(first: Sequence[tuple[int, ...]], second: Sequence[tuple[int, ...]]) -> bool:
    return all(not one or not two or set(one) & set(two) for one, two in zip(first, second, strict=True))
