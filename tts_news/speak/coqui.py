"""Voices of coqui-tts: XTTS with its studio speakers or a cloned one, and VITS checkpoints.

The model is called directly: coqui-tts's own splitter breaks after every colon and after «د.», and adds a silence of
its own after each piece. Sentences come here already split, with their pauses decided.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tts_news.errors import SpeakError
from tts_news.patterns import lazy
from tts_news.sound import Take, Utterance, WordTime
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.torchaudio_shim import ensure_torchaudio

# What coqui-tts and torch raise for a broken checkpoint, an unknown speaker or a text they cannot take.
FOREIGN = (
    *(RuntimeError, ValueError, KeyError, IndexError, AssertionError, AttributeError, TypeError, OSError, EOFError),
    pickle.UnpicklingError,
)
MARKS = lazy("[\u064b-\u0652\u0670]")
ARABIC = frozenset("ابتدرسعفقكلمنهوي")
PUNCTUATION = frozenset(" .,!?:;-()،؛؟«»…")
# XTTS goes on talking after closing quotes and some final stops.
_XTTS_TAIL = lazy(r"[\s\"'«».؟!،؛:…]+$")
TEMPERATURE = 0.7  # below about 0.6 words are cut and long pauses appear; above 0.75 it invents words


class CoquiEngine:
    """A coqui-tts model. Options: `model` (coqui's own name), `speaker`, `reference` (a recording), `marks`, `device`.

    One engine a process and one thread an engine: XTTS keeps state on the model while it speaks.
    """

    version = "1"

    def __init__(self, spec: VoiceSpec) -> None:
        self._spec = spec
        options = spec.options
        if options.get("reference") and not spec.consent:
            raise SpeakError(
                f"voice {spec.name}: a cloned voice needs the consent of its owner",
                hint='say how it was given: consent = "..." in its voice.toml',
            )
        with _translated(f"voice {spec.name} cannot be loaded", hint=f"tts-news voices show {spec.name}"):
            synthesizer = _load(spec)
        self._model: Any = synthesizer.tts_model
        self.rate_hz = int(synthesizer.output_sample_rate)
        self._speaker = str(options["speaker"]) if "speaker" in options else None
        _check_language(spec, self._model)
        if hasattr(self._model, "get_conditioning_latents"):
            with _translated(f"voice {spec.name}: its speaker cannot be loaded", hint="see speaker and reference"):
                self._latents = self._condition()
            self._say: Callable[[Utterance, str], Take] = self._say_xtts
        else:
            self._length_scale = float(getattr(self._model, "length_scale", 1.0))
            self._say = self._say_vits

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance; VITS knows word times, XTTS does not.

        Raises:
            SpeakError: The model refused it, holds no such letter, or ran on.
        """
        if utterance.pitch != 1.0:
            raise SpeakError(f"{utterance.id}: the voice {self._spec.name} has one pitch", hint="leave the pitch at 1")
        text = utterance.text if self._spec.options.get("marks", True) else MARKS.sub("", utterance.text)
        if not any(char.isalpha() for char in text):
            # Nothing guards the models against an empty text: XTTS makes seconds of noise of it.
            raise SpeakError(f"{utterance.id}: there is no letter to say in {utterance.text!r}")
        self._seed(utterance)
        with _translated(f"{utterance.id}: coqui-tts refused {utterance.text!r}"):
            return self._say(utterance, text)

    def _seed(self, utterance: Utterance) -> None:
        """Make the next call repeatable: the seed follows from the text, so the order of cues does not matter."""
        import torch

        digest = hashlib.sha256(f"{utterance.seed} {utterance.text}".encode()).digest()
        torch.manual_seed(int.from_bytes(digest[:4]))

    def _condition(self) -> tuple[Any, Any]:
        """Return XTTS's latents of the speaker, computed once."""
        reference = self._spec.options.get("reference")
        if reference:
            path = self._spec.folder / Path(str(reference)).name
            latents = self._model.get_conditioning_latents(audio_path=[str(path)])
            return latents[0], latents[1]
        speakers: Mapping[str, Mapping[str, Any]] = self._model.speaker_manager.speakers
        name = self._speaker or next(iter(speakers))
        if name not in speakers:
            raise SpeakError(f"voice {self._spec.name}: no speaker {name!r}", hint=f"speakers: {', '.join(speakers)}")
        speaker = speakers[name]
        return speaker["gpt_cond_latent"], speaker["speaker_embedding"]

    def _say_xtts(self, utterance: Utterance, text: str) -> Take:
        said = self._model.inference(
            _XTTS_TAIL.sub("", text), utterance.language, *self._latents, temperature=TEMPERATURE, speed=utterance.speed
        )
        codes = said["gpt_latents"].shape[1] * utterance.speed
        if codes >= self._model.gpt.max_gen_mel_tokens - 1:
            raise SpeakError(
                f"{utterance.id}: XTTS ran on to its limit: {utterance.text!r}", hint="shorten the sentence"
            )
        return Take(_samples(said["wav"]), self.rate_hz)

    def _say_vits(self, utterance: Utterance, text: str) -> Take:
        known = self._model.tokenizer.characters.vocab
        lost = sorted({char for char in text if char not in known and char not in PUNCTUATION})
        if lost:
            # coqui-tts would leave them out and say nothing of it.
            raise SpeakError(f"{utterance.id}: the voice {self._spec.name} has no {' '.join(lost)}: {utterance.text!r}")
        # Its `speed` argument is accepted and does nothing.
        self._model.length_scale = self._length_scale / utterance.speed
        said = self._model.synthesize(text, **({"speaker": self._speaker} if self._speaker else {}))
        samples = _samples(said["wav"])
        return Take(samples, self.rate_hz, self._vits_words(text, said["outputs"].get("durations"), len(samples)))

    def _vits_words(self, text: str, durations: Any, n: int) -> tuple[WordTime, ...]:
        """Return word times from the frames each token lasts; () when tokens and letters cannot be told together."""
        if durations is None:
            return ()
        frames = np.asarray(durations, dtype=np.float64).reshape(-1)
        shown = [char for char in text if char in self._model.tokenizer.characters.vocab]
        blanks = len(frames) == 2 * len(shown) + 1
        if not blanks and len(frames) != len(shown):
            return ()
        ends_s = np.cumsum(frames) * (n / self.rate_hz / max(frames.sum(), 1e-9))
        at = iter(ends_s[1::2] if blanks else ends_s)
        words: list[WordTime] = []
        before = 0.0
        for word in text.split():
            ends = [float(next(at)) for char in word if char in self._model.tokenizer.characters.vocab]
            words.append(WordTime(word, before, ends[-1] if ends else before))
            before = float(next(at, np.float64(words[-1].end_s)))  # the space
        return tuple(words)


def _samples(wav: Any) -> np.ndarray:
    samples = np.asarray(wav.detach().cpu() if hasattr(wav, "detach") else wav, dtype=np.float32).reshape(-1)
    return np.clip(samples, -1.0, 1.0)


def _load(spec: VoiceSpec) -> Any:
    """Return coqui-tts's synthesizer of the voice: files of its own folder, or a model of coqui-tts's list."""
    ensure_torchaudio()
    from TTS.api import TTS

    name = spec.options.get("model")
    if name:
        _require_agreement(spec)
        return _on_device(TTS(str(name), progress_bar=False), spec).synthesizer
    config = spec.folder / "config.json"
    is_xtts = (spec.folder / "vocab.json").is_file()
    model = spec.folder if is_xtts else spec.folder / "model.pth"
    if not config.is_file() or not (spec.folder / "model.pth").is_file():
        raise SpeakError(f"voice {spec.name}: coqui-tts needs model.pth and config.json", hint=f"in {spec.folder}")
    return _on_device(TTS(model_path=str(model), config_path=str(config), progress_bar=False), spec).synthesizer


def _check_language(spec: VoiceSpec, model: Any) -> None:
    """Raise for a model of other languages: it would leave out what it does not know, or read it as another one."""
    tongue = spec.language.split("-")[0]
    if hasattr(model, "get_conditioning_latents"):
        spoken = [str(one) for one in getattr(model.config, "languages", ())]
        if tongue not in spoken:
            raise SpeakError(
                f"voice {spec.name}: its model does not speak {tongue}", hint=f"it has {', '.join(spoken)}"
            )
    elif tongue == "ar" and ARABIC.difference(model.tokenizer.characters.vocab):
        raise SpeakError(
            f"voice {spec.name}: its model has no Arabic letters",
            hint="a VITS model that was trained on letters speaks",
        )


def _on_device(tts: Any, spec: VoiceSpec) -> Any:
    device = spec.options.get("device")
    return tts.to(str(device)) if device else tts


def _require_agreement(spec: VoiceSpec) -> None:
    """coqui-tts would ask on the terminal and wait; a press must not."""
    if not spec.commercial and os.environ.get("COQUI_TOS_AGREED") != "1":
        raise SpeakError(
            f"voice {spec.name}: its licence wants your agreement: {spec.licence} {spec.licence_url}".rstrip(),
            hint="if you agree, set COQUI_TOS_AGREED=1",
        )


@contextmanager
def _translated(what: str, hint: str = "") -> Iterator[None]:
    try:
        yield
    except SpeakError:
        raise
    except ModuleNotFoundError:
        raise  # the registry says which extra to install
    except Exception as err:
        # tokenizers raises the bare class for a vocabulary that it cannot read.
        if not isinstance(err, FOREIGN) and type(err) is not Exception:
            raise
        first_line = str(err).partition("\n")[0]  # torch goes on with advice to programmers
        raise SpeakError(f"{what}: {type(err).__name__}: {first_line}", hint=hint) from err
