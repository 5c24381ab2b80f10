"""A voice of recorded words: an engine for tts-news in a package of its own."""

from __future__ import annotations

import zipfile

import numpy as np

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance, WordTime
from tts_news.speak.catalogue import VoiceSpec

_GAP_S = 0.08
_MARKS = ".،؛:!؟«»()"


class ClipsEngine:
    """Says what its `words.npz` holds: an array a word, float32 at the voice's `rate_hz`; anything else is refused."""

    version = "1"
    shareable = True  # nothing is kept between two utterances

    def __init__(self, spec: VoiceSpec) -> None:
        if not spec.rate_hz:
            raise SpeakError(f"voice {spec.name}: its voice.toml states no rate_hz")
        self._name, self.rate_hz = spec.name, spec.rate_hz
        try:
            with np.load(spec.folder / "words.npz", allow_pickle=False) as words:
                self._words = {word: words[word].astype(np.float32) for word in words.files}
        except (OSError, ValueError, EOFError, AttributeError, zipfile.BadZipFile) as err:
            raise SpeakError(f"voice {spec.name}: words.npz cannot be read: {err}") from err

    def speak(self, utterance: Utterance) -> Take:
        """Return the words one after the other, each with its time.

        Raises:
            SpeakError: A word was never recorded, or another speed or pitch is asked for.
        """
        if utterance.speed != 1.0 or utterance.pitch != 1.0:
            raise SpeakError(f"{utterance.id}: the voice {self._name} has one speed and one pitch")
        pieces: list[np.ndarray] = []
        times: list[WordTime] = []
        at = 0
        gap = np.zeros(round(_GAP_S * self.rate_hz), np.float32)
        for token in utterance.text.split():
            clip = self._words.get(token.strip(_MARKS))
            if clip is None:
                raise SpeakError(f"{utterance.id}: {self._name} has no recording of {token!r}")
            times.append(WordTime(token, at / self.rate_hz, (at + len(clip)) / self.rate_hz))
            pieces += [clip, gap]
            at += len(clip) + len(gap)
        return Take(np.concatenate(pieces or [gap]), self.rate_hz, tuple(times))
