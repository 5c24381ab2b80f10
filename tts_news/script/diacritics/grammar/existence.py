"""Only words there are: of اِفْتَتَحَ and اُفْتُتِحَ the vote, letter by letter, can make اِفْتُتَحَ, which is none.

A word the table of forms knows is read as one of its forms, the likeliest, as long as that costs little: the table is
large and not complete, and a reading that all models are sure of may be one it lacks.

Of two readings of one kind of word the press has one more often (مُتَّهَم, not مُتَّهِم): that counts as well, less than the
sentence does. Which kind a word is, verb or noun, active or passive, the sentence alone tells.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from tts_news.patterns import lazy
from tts_news.script.diacritics.forms import UNCOUNTED, Form, Forms
from tts_news.script.diacritics.grammar.words import penalties
from tts_news.script.diacritics.scorer import Scores

# Found on every second of the clean prompts of the Arabic Speech Corpus: from 3 to 10 nothing moves by more than 0.02.
# With the verbs of `tools/object_forms.py` 12 mends 7 words of tests/quality/real and breaks one; 18 breaks 11.
MOST_LOSS: Final = 12.0
"""How much less likely (nats) the form may be than what the models would read."""

_WORD: Final = lazy(r"[\u0621-\u063a\u0641-\u064a]{3,}")


# Chosen on one half of tests/quality/real, confirmed on the other.
WEIGHT_OF_COMMONNESS: Final = 1.2
_UNCOUNTED_AS: Final = 7
_ABSENT_NOUN_AS: Final = 8
"""A noun nobody counted may be counted under another vowel: وَسَاطَة and وِسَاطَة are one. Of verbs vowels do not count."""
_LEAST_COMMON_VERB: Final = 3
_CLOSED: Final = frozenset("PD")
_VERBS: Final = frozenset("VvFfRrI")


def keep_to_words(bases: str, scores: Scores, forms: Forms) -> None:
    """Strike from `scores`, shape (n, 14), the readings of known words that no form of them has."""
    for word in _WORD.finditer(bases):
        readings = forms.of(word.group())
        if not readings:
            continue
        rows = scores[word.start() : word.end()]
        masks = penalties(word.group(), forms)
        sums = (rows[None] + masks).max(axis=2).sum(axis=1)
        best = int(sums.argmax())
        lost = float(rows.max(axis=1).sum() - sums[best])
        if lost >= MOST_LOSS:
            continue
        chosen = _commoner(readings, sums, best)
        if lost > 0.0 or sums[chosen] < sums[best]:
            rows += masks[chosen]


def _commoner(readings: tuple[Form, ...], sums: npt.NDArray[np.float32], best: int) -> int:
    """Return the place of the reading to take for the likeliest one: among those of its kind a commoner one."""
    if len(readings) == 1 or any(
        form.kind in _CLOSED and total == sums[best] for form, total in zip(readings, sums, strict=True)
    ):
        return best
    alike = [place for place, form in enumerate(readings) if _is_alike(form, readings[best])]
    return max(alike, key=lambda place: sums[place] + WEIGHT_OF_COMMONNESS * _commonness(readings[place]))


def _is_alike(form: Form, other: Form) -> bool:
    same_kind = form.kind == other.kind if form.kind in _VERBS else other.kind not in _VERBS | _CLOSED
    # وَزَّعَتْ begins with a و of its own, وَزَعَتْ has one before it.
    same_stem = form.stem[1] == other.stem[1] if form.kind == "V" else form.stem == other.stem
    return same_kind and form.kind not in _CLOSED and same_stem


def _commonness(form: Form) -> int:
    if form.kind in _VERBS:
        return _UNCOUNTED_AS if form.commonness == UNCOUNTED else max(form.commonness, _LEAST_COMMON_VERB)
    return {UNCOUNTED: _UNCOUNTED_AS, 0: _ABSENT_NOUN_AS}.get(form.commonness, form.commonness)
