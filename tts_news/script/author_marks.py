"""The marks an author wrote, carried over to the words that the rules made of the text."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tts_news.arabic import ARABIC_WORD, bare, words
from tts_news.script.passives import complete_passive

_ALIGNED = 600  # words of a sentence up to which marked words are aligned by longest common runs


def given_marks(text: str, said: str) -> Iterator[tuple[int, str]]:
    """Yield (place among the words of `said`, marked word) for every word that the author marked and the rules kept."""
    written = ARABIC_WORD.findall(text)
    if not any(word != bare(word) for word in written):
        return
    plain, spoken = [bare(word) for word in written], words(said)
    if plain == spoken:
        pairs = {place: place for place in range(len(plain))}
    elif len(plain) <= _ALIGNED and len(spoken) <= 2 * _ALIGNED:
        blocks = difflib.SequenceMatcher(None, plain, spoken, autojunk=False).get_matching_blocks()
        pairs = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
    else:
        pairs = _by_occurrence(plain, spoken)
    for place, word in enumerate(written):
        if word != plain[place] and place in pairs:
            yield pairs[place], complete_passive(word)


def _by_occurrence(plain: Sequence[str], spoken: Sequence[str]) -> dict[int, int]:
    """Pair the first, second, … occurrence of each word, for sentences too long for a better alignment."""
    places = defaultdict(list)
    for place, word in enumerate(spoken):
        places[word].append(place)
    seen: dict[str, int] = defaultdict(int)
    pairs = {}
    for place, word in enumerate(plain):
        if seen[word] < len(places[word]):
            pairs[place] = places[word][seen[word]]
        seen[word] += 1
    return pairs
