"""The records of the phoneme front end."""

from __future__ import annotations

from typing import Literal

from tts_news.frozen import dataclass

Tune = Literal["stop", "comma", "list", "colon", "question", "asking", "exclamation", "ellipsis", "breath", "none"]
"""How a phrase ends: by the mark written after it; "none" is the end of the text without a mark, "list" a comma after
one of several short items, "asking" the end of a question that falls, "breath" a place inside a long phrase where a
speaker takes breath."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it sounds in its place.

    Attributes:
        text: The word as written, with its marks.
        phones: Its phones; none is a pause.
        syllables: First phone of each syllable, as indexes into `phones`. Consonants before the first vowel belong
            to the first syllable.
        stress: Index into `syllables` of the stressed one.
        quoted: Whether it stands in quotation marks.
    """

    text: str
    phones: tuple[str, ...]
    syllables: tuple[int, ...]
    stress: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words said in one breath.

    Attributes:
        words: In order.
        tune: What they end in.
        place: How many phrases of the same sentence come before.
        aside: Whether it stands in parentheses.
    """

    words: tuple[Word, ...]
    tune: Tune
    place: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Phonemes:
    """A text as phrases of words."""

    phrases: tuple[Phrase, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order."""
        return tuple(word for phrase in self.phrases for word in phrase.words)

    def spell(self) -> str:
        """The phones as one line: phones by spaces, words by " + "."""
        return " + ".join(" ".join(word.phones) for word in self.words)
