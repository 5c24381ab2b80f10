"""One process that speaks: each voice is loaded once and stays warm."""

from __future__ import annotations

from dataclasses import dataclass

from tts_news.records import Utterance
from tts_news.speak.cache import TakeCache
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.check import check
from tts_news.speak.engine import Engine, engine_class


@dataclass(frozen=True, slots=True)
class Job:
    """One take to be made: who says what, and under which key it goes into the cache."""

    key: str
    voice: VoiceSpec
    utterance: Utterance


_ENGINES: dict[str, Engine] = {}


def make_take(job: Job, cache: TakeCache) -> None:
    """Speak a job into the cache.

    Raises:
        SpeakError: The voice refused it, or its take is not fit to be heard.
    """
    take = _engine(job.voice).speak(job.utterance)
    check(take, job.utterance)
    cache.write(job.key, take)


def _engine(spec: VoiceSpec) -> Engine:
    engine = _ENGINES.get(spec.name)
    if engine is None:
        engine = _ENGINES[spec.name] = engine_class(spec)(spec)
    return engine
