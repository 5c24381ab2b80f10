"""The marks an author wrote, carried over to the words that the rules made of the text."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tts_news.arabic import ARABIC_WORD, bare, plain, words
from tts_news.script.passives import complete_passive
from tts_news.script.rules.context import OPENERS

_ALIGNED = 600  # words of a sentence up to which marked words are aligned by longest common runs


def given_marks(text: str, said: str) -> Iterator[tuple[int, str]]:
    """Yield (place among the words of `said`, marked word) for every word that the author marked and the rules kept."""
    found = list(ARABIC_WORD.finditer(text))
    written = [match[0] for match in found]
    if not any(word != bare(word) for word in written):
        return
    letters, spoken = [bare(word) for word in written], words(said)
    if letters == spoken:
        pairs = {place: place for place in range(len(letters))}
    elif len(letters) <= _ALIGNED and len(spoken) <= 2 * _ALIGNED:
        blocks = difflib.SequenceMatcher(None, letters, spoken, autojunk=False).get_matching_blocks()
        pairs = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
    else:
        pairs = _by_occurrence(letters, spoken)
    for place, word in enumerate(written):
        if word != letters[place] and place in pairs:
            yield pairs[place], complete_passive(word, counted=_opens_clause_of_number(text, found, place))


def _opens_clause_of_number(text: str, found: Sequence[re.Match[str]], place: int) -> bool:
    """Whether a number follows a word that nothing before it governs: حيث أُسر 5, وأُسر 5, not بين أُسر 5."""
    if not text[found[place].end() :].lstrip()[:1].isdecimal():
        return False
    gap = text[found[place - 1].end() : found[place].start()] if place else "."
    before = plain(found[place - 1][0]) if place else ""
    return gap.strip() != "" or found[place][0][0] in "وف" or before in OPENERS


def _by_occurrence(letters: Sequence[str], spoken: Sequence[str]) -> dict[int, int]:
    """Pair the first, second, … occurrence of each word, for sentences too long for a better alignment."""
    places = defaultdict(list)
    for place, word in enumerate(spoken):
        places[word].append(place)
    seen: dict[str, int] = defaultdict(int)
    pairs = {}
    for place, word in enumerate(letters):
        if seen[word] < len(places[word]):
            pairs[place] = places[word][seen[word]]
        seen[word] += 1
    return pairs
