"""A test engine that makes mistakes audible: every text has its own pitch and length.

A swapped, doubled or lost segment is then found in the sound itself.
"""

from __future__ import annotations

import hashlib

import numpy as np

from tts_news.sound import Take, Utterance, WordTime
from tts_news.speak.catalogue import VoiceSpec

LETTER_S = 0.06
LEVEL = 0.25


def pitch_hz(text: str) -> float:
    """Return the tone of a text: 200 to 1,799 Hz, the same on every machine."""
    return 200.0 + int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) % 1600


class ToneEngine:
    """Speaks a text as a sine at `pitch_hz(text)`, `LETTER_S` long per character, a word time per word."""

    version = "1"
    shareable = True

    def __init__(self, spec: VoiceSpec) -> None:
        self.rate_hz = spec.rate_hz or 24_000

    def speak(self, utterance: Utterance) -> Take:
        """Return the tone of the utterance's text."""
        letter_s = LETTER_S / utterance.speed
        n = max(1, round(len(utterance.text) * letter_s * self.rate_hz))
        phase = 2 * np.pi * pitch_hz(utterance.text) * utterance.pitch * np.arange(n) / self.rate_hz
        words, at = [], 0
        for word in utterance.text.split():
            at = utterance.text.index(word, at)
            words.append(WordTime(word, at * letter_s, (at + len(word)) * letter_s))
            at += len(word)
        return Take((LEVEL * np.sin(phase)).astype(np.float32), self.rate_hz, tuple(words))
