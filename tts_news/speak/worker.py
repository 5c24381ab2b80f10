"""One process that speaks: each voice is loaded once and stays warm; a bad take is tried again before it fails."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tts_news.errors import SpeakError
from tts_news.frozen import dataclass
from tts_news.sound import Take, Utterance, WordTime
from tts_news.speak.cache import TakeCache, encode
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.check import check
from tts_news.speak.engine import Engine, engine_class
from tts_news.speak.pace import Pace

if TYPE_CHECKING:
    from tts_news.speak.listener import Listener

SEEDS = 3
JOIN_S = 0.12  # silence where a bad take was split in two


@dataclass(frozen=True, slots=True)
class Job:
    """One take to be made: who says what, and under which key it goes into the cache.

    Attributes:
        key: See `cache.key_of`.
        voice: Who speaks.
        fingerprint: Of the voice: with another one its engine is loaded anew.
        utterance: What is said.
        pace: The voice's pace, where it is known: how long the take may last.
        takes: How many are made, of which the one that `listener` understands best is kept.
        listener: See `SpeakSettings.listener`.
    """

    key: str
    voice: VoiceSpec
    fingerprint: str
    utterance: Utterance
    pace: Pace | None = None
    takes: int = 1
    listener: str = ""


# By name of the model.
_LISTENERS: dict[str, Listener] = {}
# By name of the voice: the fingerprint it was loaded with, and the engine.
_ENGINES: dict[str, tuple[str, Engine]] = {}


def make_take(job: Job, cache: TakeCache) -> None:
    """Speak a job into the cache.

    Raises:
        SpeakError: The voice refused it, or none of its takes is fit to be heard.
    """
    cache.write_encoded(job.key, speak_job(job))


def speak_job(job: Job) -> bytes:
    """Return the bytes of a job's take file.

    Raises:
        SpeakError: The voice refused it, or none of its takes is fit to be heard.
    """
    engine = _engine(job)
    if job.takes > 1:
        return encode(best_take(engine, job, listener_of(job.listener)))
    return encode(speak_well(engine, job.utterance, job.voice, job.pace))


def listener_of(model: str) -> Listener:
    """Return the listener of a model, loaded once in a process.

    Raises:
        SpeakError: It cannot be loaded.
    """
    if model not in _LISTENERS:
        from tts_news.speak.listener import Listener

        _LISTENERS[model] = Listener(model)
    return _LISTENERS[model]


def best_take(engine: Engine, job: Job, listener: Listener) -> Take:
    """Return the take of a job that its listener understands best, the first of equals; after a perfect one, no more.

    Raises:
        SpeakError: None of them is fit to be heard; the fault of the first.
    """
    best: tuple[float, Take] | None = None
    first_fault: SpeakError | None = None
    for number in range(job.takes):
        asked = replace(job.utterance, seed=job.utterance.seed + number * SEEDS)
        try:
            take = speak_well(engine, asked, job.voice, job.pace)
        except SpeakError as err:
            first_fault = first_fault or err
            continue
        misheard = listener.misheard(take, job.utterance.text)
        if best is None or misheard < best[0]:
            best = misheard, take
        if not misheard:
            break
    if best is None:
        raise first_fault or SpeakError(f"{job.utterance.id}: no take")
    return best[1]


def _engine(job: Job) -> Engine:
    loaded = _ENGINES.get(job.voice.name)
    if loaded and loaded[0] == job.fingerprint:
        return loaded[1]
    engine = engine_class(job.voice)(job.voice)
    _ENGINES[job.voice.name] = job.fingerprint, engine
    return engine


def speak_well(engine: Engine, utterance: Utterance, spec: VoiceSpec, pace: Pace | None = None) -> Take:
    """Return a take that passes the check: spoken once, with other seeds if the voice samples, then in two halves.

    Raises:
        SpeakError: The fault of the first take; names the utterance.
    """
    first_fault: SpeakError | None = None
    for seed in range(utterance.seed, utterance.seed + (SEEDS if spec.seeded else 1)):
        try:
            return _checked(engine, replace(utterance, seed=seed), spec, pace)
        except SpeakError as err:
            first_fault = first_fault or err
    halves = split(utterance.text) if spec.seeded else ()
    if not halves:
        raise first_fault or SpeakError(f"{utterance.id}: no take")
    try:
        return join([_checked(engine, replace(utterance, text=half), spec, pace) for half in halves])
    except SpeakError as err:
        raise first_fault or err from err


def _checked(engine: Engine, utterance: Utterance, spec: VoiceSpec, pace: Pace | None) -> Take:
    take = engine.speak(utterance)
    check(take, utterance, spec, pace)
    return take


def split(text: str) -> tuple[str, ...]:
    """Return the text in two pieces, at the pause or else the space nearest to its middle; () if it has neither."""
    for pattern in (r"[،؛:.!؟]\s+", r"\s+"):
        cuts = [found.end() for found in re.finditer(pattern, text) if text[found.end() :].strip()]
        if cuts:
            cut = min(cuts, key=lambda place: abs(place - len(text) / 2))
            return text[:cut].strip(), text[cut:].strip()
    return ()


def join(takes: list[Take]) -> Take:
    """Return takes of one rate after each other, a short silence between, their word times moved along."""
    rate_hz = takes[0].rate_hz
    gap = np.zeros(round(JOIN_S * rate_hz), dtype=np.float32)
    pieces: list[np.ndarray] = []
    words: list[WordTime] = []
    at = 0
    for take in takes:
        if pieces:
            pieces.append(gap)
            at += len(gap)
        words += [WordTime(w.text, w.start_s + at / rate_hz, w.end_s + at / rate_hz) for w in take.words]
        pieces.append(take.samples)
        at += len(take.samples)
    return Take(np.concatenate(pieces), rate_hz, tuple(words))
