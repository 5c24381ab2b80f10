"""A recogniser that listens to takes: what it hears, and where in the sound each word of a known text lies.

Words are found by forced alignment: the text is given, and the recogniser's attention says when it is at which of its
letters. Source: A. Radford et al., Robust speech recognition via large-scale weak supervision, 2022, and the word
times of OpenAI's own program; both by faster-whisper (extra `verify`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tts_news.arabic import bare
from tts_news.errors import SpeakError
from tts_news.extras import install_hint
from tts_news.heard import distance, fold
from tts_news.patterns import lazy
from tts_news.sound import Take, WordTime
from tts_news.speak.word_times import written_times

if TYPE_CHECKING:
    import numpy.typing as npt

RATE_HZ = 16_000
LONGEST_S = 30.0  # Whisper hears that much at a time
_FRAMES_PER_S = 50
_NOT_SAID = lazy(r"[\W_]+")
LANGUAGE = "ar"


class Listener:
    """A Whisper model: a name, or the folder of a converted one."""

    def __init__(self, model: str) -> None:
        """Load it.

        Raises:
            SpeakError: The extra is missing, or there is no such model.
        """
        try:
            from faster_whisper import WhisperModel
        except ModuleNotFoundError as err:
            raise SpeakError("listening needs an extra", hint=install_hint("verify")) from err
        try:
            self._model: Any = WhisperModel(model, device="cpu", compute_type="int8")
        except (OSError, RuntimeError, ValueError) as err:
            raise SpeakError(
                f"the Whisper model {model} cannot be loaded: {err}", hint="offline? name a folder of a converted one"
            ) from err

    def hear(self, samples: npt.NDArray[np.float32]) -> str:
        """Return what is said in mono samples at `RATE_HZ`."""
        segments, _ = self._model.transcribe(samples, language=LANGUAGE, beam_size=3, condition_on_previous_text=False)
        return " ".join(segment.text.strip() for segment in segments)

    def misheard(self, take: Take, text: str) -> float:
        """Return the share of a text's letters that are heard otherwise in a take: 0 is understood."""
        wanted, got = ("".join(fold(one)) for one in (text, self.hear(at_rate(take, RATE_HZ))))
        return distance(wanted, got) / max(1, len(wanted))

    def words_of(self, take: Take, text: str) -> tuple[WordTime, ...]:
        """Return when each word of the text a take says sounds; () where that cannot be told.

        Args:
            take: The sound.
            text: What it says; its words are those between spaces.
        """
        if take.duration_s > LONGEST_S:
            return ()
        tokens = text.split()
        said = [word for token in tokens for word in _NOT_SAID.sub(" ", bare(token)).split()]
        found = self._aligned(at_rate(take, RATE_HZ), said)
        return written_times(tokens, found, take.duration_s)

    def _aligned(self, samples: npt.NDArray[np.float32], words: Sequence[str]) -> list[WordTime]:
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.tokenizer import Tokenizer

        if not words:
            return []
        features = self._model.feature_extractor(samples)
        tokenizer = Tokenizer(self._model.hf_tokenizer, self._model.model.is_multilingual, "transcribe", LANGUAGE)
        frames = min(features.shape[-1], round(len(samples) / RATE_HZ * 2 * _FRAMES_PER_S))
        heard = self._model.encode(pad_or_trim(features))
        (found,) = self._model.find_alignment(tokenizer, [tokenizer.encode(f" {' '.join(words)}")], heard, frames)
        return [WordTime(one["word"].strip(), float(one["start"]), float(one["end"])) for one in found]


def at_rate(take: Take, rate_hz: int) -> npt.NDArray[np.float32]:
    """Return a take's samples at another rate: its spectrum, cut or filled up."""
    n = round(len(take.samples) * rate_hz / take.rate_hz)
    spectrum = np.fft.rfft(take.samples)
    kept = np.zeros(n // 2 + 1, dtype=spectrum.dtype)
    common = min(len(spectrum), len(kept))
    kept[:common] = spectrum[:common]
    return np.asarray(np.fft.irfft(kept, n) * (n / max(1, len(take.samples))), dtype=np.float32)
