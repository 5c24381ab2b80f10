"""The one plug behind which every voice stands, and the table of what can be plugged in."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Protocol, cast

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec


class Engine(Protocol):
    """A loaded voice. Made once per process, used from one thread at a time unless `is_shareable` says otherwise."""

    rate_hz: int

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance as mono float32 samples in [-1, 1] at `rate_hz`, never empty.

        Raises:
            SpeakError: The voice refused it; names the utterance.
        """
        ...


class EngineClass(Protocol):
    """What the registry names: a class whose `version` changes whenever the same text would sound different."""

    version: str

    def __call__(self, spec: VoiceSpec) -> Engine:
        """Load the voice.

        Raises:
            SpeakError: It cannot be loaded; says what to do.
        """
        ...


# Strings, so that listing voices imports none of them.
ENGINES: Mapping[str, str] = MappingProxyType(
    {
        "house": "tts_news.speak.house:HouseEngine",
        "espeak": "tts_news.speak.espeak:EspeakEngine",
        "coqui": "tts_news.speak.coqui:CoquiEngine",
        "hts": "tts_news.speak.hts:HtsEngine",
        "openai": "tts_news.speak.openai:OpenAiEngine",
        "piper": "tts_news.speak.piper:PiperEngine",
        "tone": "tts_news.speak.tone:ToneEngine",
    }
)

# Engine → the module its extra (of the same name) brings.
EXTRAS: Mapping[str, str] = MappingProxyType({"coqui": "TTS", "hts": "pyopenjtalk"})


def is_shareable(engine: Engine) -> bool:
    """Tell whether several threads may speak with one loaded voice at once: its class then says `shareable = True`."""
    return bool(getattr(engine, "shareable", False))


# Engines that only ask another machine to speak.
ELSEWHERE = frozenset({"openai"})


def missing_extra(spec: VoiceSpec) -> str:
    """Return the extra that a voice's engine needs and that is not installed; "" when nothing is missing."""
    module = EXTRAS.get(spec.engine)
    return spec.engine if module and find_spec(module) is None else ""


def engine_class(spec: VoiceSpec) -> EngineClass:
    """Return the engine class a voice names, importing it.

    Raises:
        SpeakError: No engine has that name, or what it needs is not installed.
    """
    target = ENGINES.get(spec.engine)
    if target is None:
        raise SpeakError(
            f"voice {spec.name}: no engine is called {spec.engine!r}",
            hint=f"known engines: {', '.join(sorted(ENGINES))}",
        )
    extra = missing_extra(spec)
    if extra:
        raise SpeakError(f"the voice {spec.name} needs an extra", hint=f"pip install 'tts-news[{extra}]'")
    module, _, name = target.partition(":")
    return cast("EngineClass", getattr(import_module(module), name))
