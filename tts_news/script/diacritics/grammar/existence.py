"""Only words there are: of اِفْتَتَحَ and اُفْتُتِحَ the vote, letter by letter, can make اِفْتُتَحَ, which is none.

A word the table of forms knows is read as one of its forms, the likeliest, as long as that costs little: the table is
large and not complete, and a reading that all models are sure of may be one it lacks.
"""

from __future__ import annotations

from typing import Final

from tts_news.patterns import lazy
from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.words import penalties
from tts_news.script.diacritics.scorer import Scores

# Found on every second of the clean prompts of the Arabic Speech Corpus: from 3 to 10 nothing moves by more than 0.02.
MOST_LOSS: Final = 8.0
"""How much less likely (nats) the form may be than what the models would read."""

_WORD: Final = lazy(r"[\u0621-\u063a\u0641-\u064a]{3,}")


def keep_to_words(bases: str, scores: Scores, forms: Forms) -> None:
    """Strike from `scores`, shape (n, 14), the readings of known words that no form of them has."""
    for word in _WORD.finditer(bases):
        if not forms.of(word.group()):
            continue
        rows = scores[word.start() : word.end()]
        masks = penalties(word.group(), forms)
        sums = (rows[None] + masks).max(axis=2).sum(axis=1)
        best = int(sums.argmax())
        if 0.0 < float(rows.max(axis=1).sum() - sums[best]) < MOST_LOSS:
            rows += masks[best]
