"""HMM voices (HTS), played by the engine inside pyopenjtalk-plus, from full-context labels of our own front end."""

from __future__ import annotations

import math

import numpy as np

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.hts_labels import label_lines
from tts_news.speak.phonemes import phonemise

_FULL_SCALE = 32768.0
_PEAK = 0.95


class HtsEngine:
    """An `.htsvoice` that was trained on the English HTS demo's label format."""

    version = "1"

    def __init__(self, spec: VoiceSpec) -> None:
        from pyopenjtalk import HTSEngine

        self._spec = spec
        models = [name for name in spec.model_files if name.endswith(".htsvoice")]
        if len(models) != 1:
            raise SpeakError(f"voice {spec.name}: it needs one .htsvoice file", hint="see its voice.toml")
        try:
            self._engine = HTSEngine(str(spec.folder / models[0]).encode())
        except RuntimeError as err:
            raise SpeakError(
                f"voice {spec.name}: {models[0]} cannot be loaded", hint=f"tts-news voices install {spec.name}"
            ) from err
        self.rate_hz = int(self._engine.get_sampling_frequency())

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance, a silence between its phrases; the engine tells no word times.

        Raises:
            SpeakError: A letter cannot be spoken, or the engine refused the labels.
        """
        pieces = []
        for phrase in phonemise(utterance.text).phrases:
            # The engine forgets both after every phrase.
            self._engine.set_speed(utterance.speed)
            self._engine.add_half_tone(12 * math.log2(utterance.pitch))
            try:
                pieces.append(self._engine.synthesize(label_lines([word.phones for word in phrase.words])))
            except RuntimeError as err:
                raise SpeakError(f"{utterance.id}: the HTS engine refused {utterance.text!r}") from err
        if not pieces:
            raise SpeakError(f"{utterance.id}: there is nothing to say in {utterance.text!r}")
        samples = (np.concatenate(pieces) / _FULL_SCALE).astype(np.float32)
        return Take(samples * np.float32(min(1.0, _PEAK / max(float(np.abs(samples).max()), 1e-6))), self.rate_hz)
