"""Where a voice breathes in a phrase that is too long for one breath and has no mark to pause at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tts_news.speak.phonemes import Phrase

_LONGEST = 20
_SHORTEST = 6
# Words one may breathe before: they open a new part of the sentence. Compared without marks.
_OPENERS = frozenset(
    "الذي التي الذين اللذين اللتين اللواتي أن أنّ إن لأن لكن ولكن حيث بينما فيما كما بعد قبل خلال منذ حتى عندما إذا ثم"
    " أو أم في من إلى على عن مع بسبب رغم وفق ضمن أمام نحو ضد بين قال وقال وأضاف وأكد إذ".split()
)
_MARKS = dict.fromkeys([*range(0x64B, 0x653), 0x670])


def breath_groups(phrase: Phrase) -> Iterator[Phrase]:
    """Yield the phrase in parts of at most twenty words; the last part keeps the tune, the others end in a breath."""
    words, place = phrase.words, phrase.place
    while len(words) > _LONGEST:
        cut = max(range(_SHORTEST, min(_LONGEST, len(words) - 2) + 1), key=lambda i: _fitness(words[i].text, i))
        yield replace(phrase, words=words[:cut], tune="breath", place=place)
        words, place = words[cut:], place + 1
    yield replace(phrase, words=words, place=place)


def _fitness(word: str, place: int) -> float:
    """How good it is to breathe before this word: before an opener or a و, and late rather than early."""
    bare = word.translate(_MARKS)
    kind = 2.0 if bare in _OPENERS else 1.5 if bare[:1] == "و" and len(bare) > 3 else 0.0
    return kind + place / _LONGEST
