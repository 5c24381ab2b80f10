"""The one plug behind which every voice stands, and the table of what can be plugged in."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from tts_news.errors import SpeakError
from tts_news.extras import install_hint
from tts_news.sound import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "tts_news.engines"
"""The entry points by which other packages bring engines: `NAME = "module:Class"`."""
_LOG = logging.getLogger(__name__)


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
        "azure": "tts_news.speak.azure:AzureEngine",
        "house": "tts_news.speak.house:HouseEngine",
        "espeak": "tts_news.speak.espeak:EspeakEngine",
        "coqui": "tts_news.speak.coqui:CoquiEngine",
        "hts": "tts_news.speak.hts:HtsEngine",
        "openai": "tts_news.speak.openai:OpenAiEngine",
        "piper": "tts_news.speak.piper:PiperEngine",
        "sherpa": "tts_news.speak.sherpa:SherpaEngine",
        "tone": "tts_news.speak.tone:ToneEngine",
    }
)

# Engine → the module its extra (of the same name) brings.
EXTRAS: Mapping[str, str] = MappingProxyType({"coqui": "TTS", "hts": "pyopenjtalk", "sherpa": "sherpa_onnx"})


@lru_cache(maxsize=1)
def brought() -> Mapping[str, EntryPoint]:
    """Return the engines that other installed packages bring, by name; none of them replaces one of ours."""
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.value):
        if point.name in ENGINES or point.name in found:
            _LOG.warning("the engine %s of %s is left out: there is one of that name", point.name, point.value)
        else:
            found[point.name] = point
    return MappingProxyType(found)


def engine_names() -> list[str]:
    """Return the names of all engines, ours and those other packages bring."""
    return sorted({*ENGINES, *brought()})


def is_shareable(engine: Engine) -> bool:
    """Tell whether several threads may speak with one loaded voice at once: its class then says `shareable = True`."""
    return bool(getattr(engine, "shareable", False))


def speaks_elsewhere(spec: VoiceSpec) -> bool:
    """Tell whether a voice's engine only asks another machine to speak: its class then says `elsewhere = True`."""
    if spec.engine in ENGINES:
        return spec.engine in _ELSEWHERE
    return spec.engine in brought() and bool(getattr(engine_class(spec), "elsewhere", False))


_ELSEWHERE = frozenset({"azure", "openai"})


# Engine → the variables of which one must be set: a key, or the address of a server that wants none.
KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"azure": ("AZURE_SPEECH_KEY",), "openai": ("OPENAI_API_KEY", "OPENAI_BASE_URL")}
)


def missing_key(spec: VoiceSpec) -> str:
    """Return the variable that a voice of a server wants and that is not set; "" when nothing is missing."""
    wanted = KEYS.get(spec.engine, ())
    return "" if not wanted or spec.address or any(map(os.environ.get, wanted)) else wanted[0]


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
        return _brought_class(spec)
    extra = missing_extra(spec)
    if extra:
        raise SpeakError(f"the voice {spec.name} needs an extra", hint=install_hint(extra))
    module, _, name = target.partition(":")
    return cast("EngineClass", getattr(import_module(module), name))


def _brought_class(spec: VoiceSpec) -> EngineClass:
    point = brought().get(spec.engine)
    if point is None:
        raise SpeakError(
            f"voice {spec.name}: no engine is called {spec.engine!r}",
            hint=f"known engines: {', '.join(engine_names())}",
        )
    try:
        return cast("EngineClass", point.load())
    except (ImportError, AttributeError) as err:
        package = point.dist.name if point.dist else point.module
        raise SpeakError(
            f"voice {spec.name}: the engine {point.name} cannot be loaded: {err}", hint=f"reinstall {package}"
        ) from err
