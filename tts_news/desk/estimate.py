"""How long an edition will be, and what it costs, before it is spoken."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tts_news.arabic import count_letters
from tts_news.records import Cue
from tts_news.speak.catalogue import VoiceSpec

LETTER_S = 0.139
"""Seconds for a letter of a voice that has not been heard yet: rawi's, over every eighth sentence of tests/quality/real
(40 sentences, 4,015 letters, 558 s)."""
_LEAST_LETTERS = 200
"""Of what a voice was heard to say before its own pace is believed."""
_SERVERS = frozenset(("openai", "azure"))


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an edition comes to.

    Attributes:
        duration_s: How long it will be, in seconds.
        letters: How many letters are spoken.
        sent: How many characters go to a voice's server, by its name: what such a voice is paid by.
        work_s: Seconds of work on one core of this machine for the voices that say what it takes, 0 if none does.
    """

    duration_s: float
    letters: int
    sent: Mapping[str, int]
    work_s: float


class Meter:
    """Learns the pace of voices from what they say. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])

    def note(self, cue: Cue, duration_s: float) -> None:
        """A voice has said a cue."""
        with self._lock:
            heard = self._heard[cue.voice]
            heard[0] += count_letters(cue.spoken)
            heard[1] += duration_s

    def letter_s(self, voice: str) -> float:
        """Return the seconds that a letter takes a voice."""
        with self._lock:
            letters, spoken_s = self._heard[voice]
        return spoken_s / letters if letters >= _LEAST_LETTERS else LETTER_S

    def estimate(self, cues: Iterable[Cue], voices: Mapping[str, VoiceSpec], speed: float) -> Estimate:
        """Return what cues come to.

        Args:
            cues: What will be said.
            voices: By name.
            speed: `[speak] speed`.
        """
        letters, sent = 0, Counter[str]()
        duration_s = work_s = 0.0
        for cue in cues:
            count, spec = count_letters(cue.spoken), voices.get(cue.voice)
            spoken_s = count * self.letter_s(cue.voice) / speed
            letters += count
            duration_s += spoken_s + cue.pause_s
            if spec and (spec.address or spec.engine in _SERVERS):
                sent[spec.name] += len(cue.spoken)
            elif spec:
                work_s += spoken_s * spec.work
        return Estimate(duration_s, letters, dict(sent), work_s)
