"""HMM voices (HTS), played by the engine inside pyopenjtalk-plus, from full-context labels of our own front end."""

from __future__ import annotations

import math
import re

import numpy as np

from tts_news.errors import SpeakError
from tts_news.files import open_file
from tts_news.sound import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.hts_labels import label_lines
from tts_news.speak.phonemes import phonemise

# How a voice's header names the labels it was trained on; those of our front end have the English demo's form.
_LABELS = re.compile(rb"FULLCONTEXT_FORMAT:(\S+)")
_OURS = b"HTS_TTS_ENG"
_ENDS = re.compile(rb"\d-(\d+)")
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
        _check_file(spec, models[0])
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


def _check_file(spec: VoiceSpec, model: str) -> None:
    """Raise for what is no whole HTS voice, on which the engine would crash, and for a voice of another language.

    Source: hts_engine_API 1.10, HTS_modelset.c: a header of sections, the last of which names places in the data.
    """
    try:
        with open_file(spec.folder / model) as file:
            content = file.read()
    except OSError as err:
        raise SpeakError(f"voice {spec.name}: cannot read {model}: {err.strerror}") from err
    header, mark, data = content.partition(b"[DATA]\n")
    ends = [int(end) for end in _ENDS.findall(header.partition(b"[POSITION]")[2])]
    if not mark or not content.startswith(b"[GLOBAL]") or not ends or max(ends) >= len(data):
        raise SpeakError(
            f"voice {spec.name}: {model} cannot be loaded: it is no whole HTS voice",
            hint=f"tts-news voices install {spec.name}",
        )
    labels = _LABELS.search(header)
    if spec.language.startswith("ar") and labels and labels[1] != _OURS:
        # Its trees ask for other labels than we give, and it would babble.
        raise SpeakError(
            f"voice {spec.name}: {model} was trained on the labels {labels[1].decode(errors='replace')}, not on Arabic",
            hint="an Arabic HTS voice has the labels of the English demo",
        )
