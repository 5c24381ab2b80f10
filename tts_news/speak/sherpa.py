"""Voices of sherpa-onnx: Kokoro and its kin, VITS (piper's, MMS), Matcha and Supertonic, by one class; a voice is data.

A model's files are told apart by their names: `model.int8.onnx` is the `model`, `tokens.txt` are the `tokens`. The
library ends its process when it meets a model it does not like, so each voice lives in a process of its own, which is
started again should it die.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Mapping
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Any, BinaryIO

from tts_news.errors import SpeakError
from tts_news.patterns import lazy
from tts_news.processes import Process
from tts_news.sound import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.sherpa_process import Order, Recipe
from tts_news.speak.sherpa_text import Spelling

LOAD_S, SPEAK_S = 180.0, 300.0  # a model of 80 million weights on a busy machine; beyond that it hangs
LAST_WORDS_S = 2.0
# Family → the files it must have and those it may have, as sherpa-onnx's configuration calls them.
_FILES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "kokoro": (("model", "voices", "tokens"), ("lexicon",)),
        "vits": (("model", "tokens"), ("lexicon",)),
        "matcha": (("acoustic_model", "vocoder", "tokens"), ("lexicon",)),
        "supertonic": (
            (
                *("duration_predictor", "text_encoder", "vector_estimator", "vocoder"),
                *("tts_json", "unicode_indexer", "voice_style"),
            ),
            (),
        ),
    }
)
_SUPERTONIC_NAMES = MappingProxyType({"tts_json": "tts", "voice_style": "voice"})
_NOISE = MappingProxyType({"vits": ("noise_scale", "noise_scale_w"), "matcha": ("noise_scale",)})
_WHERE = lazy(r"^\S+:\w+:\d+ ")


class SherpaEngine:
    """A model of sherpa-onnx. The same text gives the same samples: noise is off unless the voice wants it.

    Options: `family` (kokoro, vits, matcha, supertonic), `espeak` (the voice of espeak-ng whose phonemes it takes;
    none: letters), `[options.phones]` (what it writes otherwise than espeak-ng), `dots` (whether it was taught the
    dots between syllables, as piper's are), `marks` (false: its alphabet has none), `speaker` (a number), `noise` and
    `noise_w` (0 to 1), and the name of any file that is not told by its own, such as `model`.
    """

    version = "1"

    def __init__(self, spec: VoiceSpec) -> None:
        self._spec = spec
        self._recipe = _recipe(spec)
        self._guard = _Guard()
        weakref.finalize(self, self._guard.close)
        self.rate_hz = self._load()

    def _load(self) -> int:
        what = f"voice {self._spec.name} cannot be loaded"
        return int(self._guard.start(self._recipe, what, f"tts-news voices show {self._spec.name}"))

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance; sherpa-onnx tells no word times.

        Raises:
            SpeakError: The model refused it, lacks one of its sounds, died of it or takes too long; or another pitch
                than its own was asked for.
        """
        if utterance.pitch != 1.0:
            raise SpeakError(f"{utterance.id}: the voice {self._spec.name} has one pitch", hint="leave the pitch at 1")
        if not self._guard.is_alive():
            self._load()
        order = Order(utterance.text, utterance.speed, utterance.seed, utterance.language)
        return Take(self._guard.ask(order, SPEAK_S, f"{utterance.id}: voice {self._spec.name}"), self.rate_hz)


class _Guard:
    """The process of a model, and what it complains of: only its last words are kept."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._complaints: BinaryIO = TemporaryFile("a+b")  # noqa: SIM115 - as long as the voice

    def is_alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def start(self, recipe: Recipe, what: str, hint: str) -> Any:
        """Start the process and return what it answers to the recipe.

        Raises:
            SpeakError: The model cannot be loaded; begins with `what`.
        """
        self._end()
        self._complaints.truncate(0)
        self._process = Process("tts_news.speak.sherpa_process", self._complaints)
        return self.ask(recipe, LOAD_S, what, hint)

    def ask(self, order: object, limit_s: float, what: str, hint: str = "") -> Any:
        """Return what the process answers.

        Raises:
            SpeakError: It refused, died or took longer than `limit_s`; begins with `what`.
        """
        if self._process is None:
            raise SpeakError(f"{what}: its process has ended", hint=hint)
        pipe = self._process.pipe
        try:
            pipe.send(order)
            if not pipe.poll(limit_s):
                self._end()
                raise SpeakError(f"{what}: it takes longer than {limit_s:.0f} s", hint=hint)
            found = pipe.recv()
        except (EOFError, ConnectionError) as err:
            self._process.has_ended(LAST_WORDS_S)
            self._end()
            raise SpeakError(f"{what}: {self._last_words() or 'its process died'}", hint=hint) from err
        if isinstance(found, SpeakError):
            said = self._last_words() if str(found) == "it gave no sound" else ""
            raise SpeakError(f"{what}: {': '.join(filter(None, (str(found), said)))}", hint=found.hint or hint)
        return found

    def _last_words(self) -> str:
        """Return the last line that the library wrote, without the line of its source that it came from."""
        self._complaints.seek(0)
        lines = [line for line in self._complaints.read().decode(errors="replace").splitlines() if line.strip()]
        return _WHERE.sub("", lines[-1].strip())[:300] if lines else ""

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.end()

    def close(self) -> None:
        """End the process."""
        self._end()
        self._complaints.close()


def _recipe(spec: VoiceSpec) -> Recipe:
    """Return what is to be loaded for a voice.

    Raises:
        SpeakError: Its `voice.toml` names no family that is known, or files are missing.
    """
    options = spec.options
    family = str(options.get("family", ""))
    if family not in _FILES:
        raise SpeakError(
            f"voice {spec.name}: no family of models is called {family!r}", hint=f"family = {', '.join(_FILES)}"
        )
    phones = options.get("phones", {})
    if not isinstance(phones, Mapping):
        raise SpeakError(f"voice {spec.name}: [options.phones] is no table", hint='"ħ" = "h" spells one as another')
    spelling = Spelling(
        voice=str(options.get("espeak", "")),
        phones={str(theirs): str(its) for theirs, its in phones.items()},
        dots=_is_on(options.get("dots", family == "vits")),
        marks=_is_on(options.get("marks", True)),
    )
    return Recipe(family, _files(spec, family), spelling, int(_number(spec, "speaker")), _scales(spec, family))


def _files(spec: VoiceSpec, family: str) -> Mapping[str, Any]:
    by_role = {re.split(r"[.]", name.rpartition("/")[2])[0]: name for name in spec.model_files}
    nets = [name for name in spec.model_files if name.endswith(".onnx")]
    if len(nets) == 1:
        by_role["model"] = nets[0]
    needed, further = _FILES[family]
    told = {role: by_role.get(_SUPERTONIC_NAMES.get(role, role), "") for role in needed + further}
    named = {role: str(spec.options.get(role) or name) for role, name in told.items()}
    files = {role: spec.folder / name for role, name in named.items() if name}
    lacking = [role for role in needed if role not in files] + [
        path.name for path in files.values() if not path.is_file()
    ]
    if lacking:
        raise SpeakError(
            f"voice {spec.name}: a {family} model has {', '.join(needed)}, and there is no {lacking[0]}",
            hint=f"tts-news voices show {spec.name}",
        )
    return files


def _scales(spec: VoiceSpec, family: str) -> Mapping[str, float]:
    options = dict(zip(_NOISE.get(family, ()), ("noise", "noise_w"), strict=False))
    return {scale: _number(spec, option) for scale, option in options.items()}


def _number(spec: VoiceSpec, option: str) -> float:
    stated = spec.options.get(option, 0)
    try:
        return float(str(stated))
    except ValueError as err:
        raise SpeakError(f"voice {spec.name}: {option} = {stated!r} is no number") from err


def _is_on(value: object) -> bool:
    return str(value).lower() not in {"false", "0", "no", ""}
