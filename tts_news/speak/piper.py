"""Piper voices: VITS models in ONNX, spoken by piper-tts.

Piper would diacritise Arabic itself, with a model of its own; what comes here has its marks already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tts_news.errors import SpeakError
from tts_news.sound import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.espeak_phonemes import shadda_first
from tts_news.speak.onnx_faults import onnx_faults

if TYPE_CHECKING:
    from piper import PiperVoice

_PEAK = 0.9


class PiperEngine:
    """A piper voice. Its noise is off by default, so that the same text gives the same samples.

    Options: `speaker` (number), `noise` and `noise_w` (0 to 1; sampled from `seed`, but only within one process the
    same).
    """

    version = "1"

    def __init__(self, spec: VoiceSpec) -> None:
        from piper import PiperVoice

        self._spec = spec
        models = [name for name in spec.model_files if name.endswith(".onnx")]
        if len(models) != 1 or f"{models[0]}.json" not in spec.model_files:
            raise SpeakError(
                f"voice {spec.name}: piper needs MODEL.onnx and MODEL.onnx.json", hint="see its voice.toml"
            )
        try:
            self._voice: PiperVoice = PiperVoice.load(spec.folder / models[0])
        except _faults() as err:
            raise SpeakError(
                f"voice {spec.name}: {models[0]} cannot be loaded: {err}", hint=f"tts-news voices install {spec.name}"
            ) from err
        if not self._voice.config.espeak_voice.startswith(spec.language):
            raise SpeakError(
                f"voice {spec.name}: its model speaks {self._voice.config.espeak_voice}, not {spec.language}"
            )
        self._voice.use_tashkeel = False
        self.rate_hz = self._voice.config.sample_rate

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance; piper knows no word times.

        Raises:
            SpeakError: Piper refused it, or was asked for another pitch than its own.
        """
        from piper import SynthesisConfig

        if utterance.pitch != 1.0:
            raise SpeakError(f"{utterance.id}: the voice {self._spec.name} has one pitch", hint="leave the pitch at 1")
        options = self._spec.options
        how = SynthesisConfig(
            speaker_id=int(str(options["speaker"])) if "speaker" in options else None,
            length_scale=self._voice.config.length_scale / utterance.speed,
            noise_scale=float(str(options.get("noise", 0.0))),
            noise_w_scale=float(str(options.get("noise_w", 0.0))),
            volume=_PEAK,
        )
        text = shadda_first(utterance.text)  # espeak-ng gives piper its phonemes
        try:
            chunks = [chunk.audio_float_array for chunk in self._voice.synthesize(text, how)]
        except _faults() as err:
            raise SpeakError(f"{utterance.id}: piper refused {utterance.text!r}: {err}") from err
        if not chunks:
            raise SpeakError(f"{utterance.id}: piper gave no sound for {utterance.text!r}")
        return Take(np.concatenate(chunks).astype(np.float32), self.rate_hz)


def _faults() -> tuple[type[Exception], ...]:
    """Return what piper-tts raises for a broken model, a broken configuration or a text it cannot take."""
    return (*onnx_faults(), OSError, KeyError, ValueError, TypeError, AttributeError)
