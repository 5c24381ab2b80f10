"""The process that a model of sherpa-onnx lives in: a model that is none ends it by `exit`, and not the press.

Source: sherpa-onnx, "Text-to-speech"; from its version 2.0 on it reads no text by espeak-ng any more and is given
phonemes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from tts_news.errors import SpeakError
from tts_news.processes import served
from tts_news.speak.sherpa_text import Spelling, letters_of, phonemes_of, read_tokens

# Models overshoot full scale now and then: this much is left free above what they call it.
HEADROOM = 0.7
_CLASSES = MappingProxyType(
    {
        "kokoro": "OfflineTtsKokoroModelConfig",
        "matcha": "OfflineTtsMatchaModelConfig",
        "supertonic": "OfflineTtsSupertonicModelConfig",
        "vits": "OfflineTtsVitsModelConfig",
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A model to be loaded: its family, its files by what sherpa-onnx calls them, how it is given its text."""

    family: str
    files: Mapping[str, Path]
    spelling: Spelling
    speaker: int = 0
    scales: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be said."""

    text: str
    speed: float
    seed: int
    language: str


class Model:
    """A loaded model."""

    def __init__(self, recipe: Recipe) -> None:
        """Load it.

        Raises:
            SpeakError: It cannot be loaded.
        """
        import sherpa_onnx

        self._recipe = recipe
        tokens = read_tokens(recipe.files["tokens"]) if "tokens" in recipe.files else frozenset()
        self._spelling = Spelling(
            recipe.spelling.voice, tokens, recipe.spelling.phones, recipe.spelling.dots, recipe.spelling.marks
        )
        files = {key: str(path) for key, path in recipe.files.items()}
        family = getattr(sherpa_onnx, _CLASSES[recipe.family])(**files, **recipe.scales)
        model = sherpa_onnx.OfflineTtsModelConfig(**{recipe.family: family}, num_threads=1)
        try:
            self._tts: Any = sherpa_onnx.OfflineTts(sherpa_onnx.OfflineTtsConfig(model=model))
            self.rate_hz = int(self._tts.sample_rate)
        except (RuntimeError, ValueError) as err:
            raise SpeakError(str(err)) from err
        speakers = max(1, int(self._tts.num_speakers))
        if not 0 <= recipe.speaker < speakers:
            raise SpeakError(f"its model has speakers 0 to {speakers - 1}, and no {recipe.speaker}")

    def say(self, order: Order) -> npt.NDArray[np.float32]:
        """Return what the model says, float32, shape (n,), in [-1, 1].

        Raises:
            SpeakError: It refused the text or gave no sound.
        """
        import sherpa_onnx

        how = sherpa_onnx.GenerationConfig()
        how.sid, how.speed = self._recipe.speaker, order.speed
        how.silence_scale = 1.0  # its own pauses stay as they are
        how.extra = {"seed": str(order.seed), "lang": order.language}
        text = ""
        if self._spelling.voice:
            how.phoneme_codepoints = [[ord(char) for char in said] for said in phonemes_of(order.text, self._spelling)]
        else:
            text = letters_of(order.text, self._spelling)
        try:
            heard = self._tts.generate(text, how)
        except (RuntimeError, ValueError) as err:
            raise SpeakError(str(err)) from err
        samples: npt.NDArray[np.float32] = np.asarray(heard.samples, dtype=np.float32)
        if not len(samples):
            raise SpeakError("it gave no sound")
        scaled: npt.NDArray[np.float32] = np.clip(samples * np.float32(HEADROOM), -1.0, 1.0)
        return scaled


def serve(descriptor: int) -> None:
    """Load the model that is asked for over a pipe, and say what is, until nobody asks any more."""
    with served(descriptor) as pipe, contextlib.suppress(EOFError, ConnectionError):
        try:
            model = Model(pipe.recv())
        except SpeakError as err:
            pipe.send(err)
            return
        pipe.send(model.rate_hz)
        while True:
            order: Order = pipe.recv()
            try:
                pipe.send(model.say(order))
            except SpeakError as err:
                pipe.send(err)
