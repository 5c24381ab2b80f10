"""The sentences of a draft as an editor sees them: what is written and said, how sure that is, what was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tts_news.arabic import bare, word_spans, words
from tts_news.records import Correction, Cue, Script
from tts_news.script.corrections import apply_corrections, corrections_by_cue
from tts_news.script.doubts import Reading, Word

SURE, UNSURE = 0.12, 0.3
"""Of a word's chance to be wrong: from the first it is shown as less sure, from the second as unsure."""
_UNSURE = 2  # the level of a word that is


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece of what is said: a word with how sure it is (`level` 0 to 2), or what stands between two."""

    text: str
    place: int = -1
    level: int = 0
    word: Word | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A cue on the desk.

    Attributes:
        number: Its place in the script, from 1.
        cue: As it is said now.
        own: As it was composed.
        blank: An empty correction of it, None where none can be kept.
        correction: The one there is.
        reading: How it came to be said so.
    """

    number: int
    cue: Cue
    own: Cue
    blank: Correction | None
    correction: Correction | None
    reading: Reading

    @property
    def version(self) -> str:
        """What tells an editor's state of the sentence from a later one."""
        change = self.correction.change if self.correction else None
        text = json.dumps([self.own.spoken, self.own.pause_s, self.own.voice, change])
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def skipped(self) -> bool:
        """Whether it is not said at all."""
        return self.correction is not None and self.correction.skip

    @property
    def settled(self) -> bool:
        """Whether an editor has said how it is said."""
        return self.skipped or (self.correction is not None and self.correction.spoken is not None)

    @property
    def unsure(self) -> float:
        """About how many of its words are wrong; none once an editor has settled it."""
        return 0.0 if self.settled else self.reading.unsure

    @property
    def latin(self) -> bool:
        """Whether it has words in Latin letters that nobody has settled."""
        return self.reading.latin and not self.settled

    @property
    def doubtful(self) -> bool:
        """Whether an editor should look at it: something in it is unsure."""
        return self.latin or any(_level(word) == _UNSURE for word in self._known)

    @property
    def _known(self) -> tuple[Word, ...]:
        """How sure each of its words is, none where an editor said them or they are no longer those."""
        own = self.reading.words
        return () if self.settled or len(own) != len(words(self.cue.spoken)) else own

    @property
    def pieces(self) -> tuple[Spoken, ...]:
        """What is said, word by word, with what stands between."""
        text, known = self.cue.spoken, self._known
        spans, was = word_spans(text), words(self.own.spoken)
        moved = len(spans) != len(was)
        pieces: list[Spoken] = []
        last = 0
        for place, (start, end) in enumerate(spans):
            if start > last:
                pieces.append(Spoken(text[last:start]))
            form = text[start:end]
            changed = self.settled and (moved or was[place] != form)
            word = known[place] if known else None
            pieces.append(Spoken(form, place, _level(word), word, changed))
            last = end
        return (*pieces, Spoken(text[last:])) if last < len(text) else tuple(pieces)


def _level(word: Word | None) -> int:
    chance = word.chance_of_error if word else 0.0
    return (chance >= SURE) + (chance >= UNSURE)


def sentences_of(
    script: Script, readings: Sequence[Reading], corrections: Iterable[Correction], voices: Mapping[str, str]
) -> tuple[Sentence, ...]:
    """Return the sentences of a composed script, with what editors changed of them.

    Args:
        script: As it was composed.
        readings: Of its cues, in their order.
        corrections: Any number, of any articles.
        voices: Who says what, by role, where this draft has its own.
    """
    known = corrections_by_cue(script, corrections)
    by_cue = {reading.cue: reading for reading in readings}
    found = []
    for number, cue in enumerate(with_voices(script, voices).cues, 1):
        blank, correction = known.get(cue.id, (None, None))
        reading = by_cue.get(cue.id, Reading(cue.id, ()))
        found.append(Sentence(number, _corrected(cue, correction), cue, blank, correction, reading))
    return tuple(found)


def _corrected(cue: Cue, correction: Correction | None) -> Cue:
    if correction is None:
        return cue
    return replace(
        cue,
        spoken=cue.spoken if correction.spoken is None else correction.spoken,
        pause_s=cue.pause_s if correction.pause_s is None else correction.pause_s,
        voice=cue.voice if correction.voice is None else correction.voice,
    )


def with_voices(script: Script, voices: Mapping[str, str]) -> Script:
    """Return a script with the voices of some roles changed; what is said in another language keeps its own."""
    if not any(voices.values()):
        return script
    cues = (
        replace(cue, voice=voices[cue.role]) if cue.language == "ar" and voices.get(cue.role) else cue
        for cue in script.cues
    )
    return replace(script, cues=tuple(cues))


def finished(script: Script, corrections: Iterable[Correction], voices: Mapping[str, str]) -> Script:
    """Return a script as it is to be spoken: its voices chosen, its corrections applied.

    Raises:
        ScriptError: What an editor wrote is nothing a voice can say.
    """
    return apply_corrections(with_voices(script, voices), corrections).script


def in_order_of_doubt(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return sentences, the least sure first, those of equal doubt in their order."""
    return sorted(sentences, key=lambda sentence: (-round(sentence.unsure, 2), sentence.number))


def letters_of(sentence: Sentence) -> str:
    """Return the letters of what is said, for looking up terms."""
    return bare(sentence.cue.spoken)
