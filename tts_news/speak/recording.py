"""`Script` → takes: chooses the voices, has the missing takes made, and hands them on from the cache one at a time."""

from __future__ import annotations

import logging
import shutil
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import get_args

from tts_news.errors import SpeakError, did_you_mean
from tts_news.extras import install_hint
from tts_news.patterns import lazy
from tts_news.records import Casting, Cue, Role, Script, Take, Utterance, VoiceInfo
from tts_news.speak import catalogue
from tts_news.speak.cache import TakeCache, key_of, open_cache
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.engine import engine_class, speaks_elsewhere
from tts_news.speak.executors import Executor, choose_executor
from tts_news.speak.limit import Hold, keep_within
from tts_news.speak.pace import SENTENCES, Pace, learn
from tts_news.speak.settings import SpeakSettings
from tts_news.speak.worker import Job, listener_of

_LOG = logging.getLogger(__name__)
ROLES: tuple[str, ...] = get_args(Role)
_LANGUAGE = lazy(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _ignore(made: int, wanted: int) -> None:
    del made, wanted


def cast_voices(settings: SpeakSettings, *, commercial: bool = False) -> Casting:
    """Return who says what, every named voice checked to be here and allowed.

    Raises:
        SpeakError: A voice is unknown or not installed, or its licence forbids a commercial show.
    """
    voices = catalogue.find(settings)
    default = catalogue.choose(settings.voice, voices)
    for key in settings.voices:
        if key not in ROLES and not _LANGUAGE.fullmatch(key):
            raise SpeakError(
                f"[voices] {key}: neither a role nor a language",
                hint=did_you_mean(key, ROLES),
            )
    chosen = {key: catalogue.choose(name, voices) for key, name in settings.voices.items()}
    specs = (default, *chosen.values())
    for spec in {spec.name: spec for spec in specs}.values():
        _check_licence(spec, settings, commercial=commercial)
        engine_class(spec)  # an extra that is missing is known before anything is read
        catalogue.check_trust(spec)
    return Casting(
        default=default.name,
        by_role={role: spec.name for role, spec in chosen.items() if role in ROLES},
        by_language={tag: spec.name for tag, spec in chosen.items() if tag not in ROLES},
        max_letters={spec.name: spec.max_letters for spec in specs if spec.max_letters},
    )


def _check_licence(spec: VoiceSpec, settings: SpeakSettings, *, commercial: bool) -> None:
    if commercial and not spec.commercial and spec.name not in settings.accept_licences:
        raise SpeakError(
            f"the voice {spec.name} may not be used in a commercial show: its licence is {spec.licence}",
            hint=f"choose another voice, or go on with --accept-licence {spec.name}",
        )


def voices_of(script: Script, settings: SpeakSettings, *, commercial: bool = False) -> tuple[VoiceInfo, ...]:
    """Return every voice that a script names, by name; an edited script may name others than were cast.

    Raises:
        SpeakError: A voice is unknown or not installed, or its licence forbids a commercial show.
    """
    voices = catalogue.find(settings)
    specs = [catalogue.choose(name, voices) for name in sorted({cue.voice for cue in script.cues})]
    for spec in specs:
        _check_licence(spec, settings, commercial=commercial)
    return tuple(_with_cost(catalogue.info(spec, engine_class(spec).version), spec, script) for spec in specs)


def _with_cost(info: VoiceInfo, spec: VoiceSpec, script: Script) -> VoiceInfo:
    """Return what is stated of a voice with what it costs to have a script spoken, where that is done elsewhere."""
    if not speaks_elsewhere(spec):
        return info
    characters = sum(len(cue.spoken) for cue in script.cues if cue.voice == spec.name)
    return replace(info, characters=characters, cost=round(characters * spec.price / 1_000_000, 4))


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Recording:
    """All takes of a script, in the cache. Iterating reads them one at a time; see `records.Takes`."""

    cues: tuple[Cue, ...]
    keys: tuple[str, ...]
    cache: TakeCache
    sent: Mapping[str, int] = field(default_factory=dict)
    """Characters that were sent to a server for it, by voice: what one pays for."""
    hold: Hold | None = None
    """Its takes stay in the cache as long as it is there."""

    def __len__(self) -> int:
        return len(self.cues)

    def __iter__(self) -> Iterator[tuple[Cue, Take]]:
        for cue, key in zip(self.cues, self.keys, strict=True):
            take = self.cache.read(key)
            if take is None:
                raise SpeakError(f"{cue.id}: its take is gone from the cache {self.cache.folder}", hint="run again")
            yield cue, take


def record(
    script: Script,
    settings: SpeakSettings,
    progress: Callable[[int, int], None] = _ignore,
    executor: Executor | None = None,
) -> Recording:
    """Speak a script: takes that are not in the cache are made, the others are kept.

    Args:
        script: What to say, and who says it; a cue without a voice goes to the default one.
        settings: Voices, speed, workers, cache.
        progress: Called with (takes made, takes to make).
        executor: Where they are made; what the settings choose when None.

    Raises:
        SpeakError: A voice is unknown or refuses a cue, or the cache cannot be written.
    """
    infos = {info.name: info for info in voices_of(script, settings)}
    voices = catalogue.find(settings)
    specs = {name: catalogue.choose(name, voices) for name in {cue.voice for cue in script.cues}}
    jobs = [job_of(cue, specs[cue.voice], infos[cue.voice].fingerprint, settings) for cue in script.cues]
    _check_listener(jobs, settings)
    cache, lent = open_cache(settings), ""
    held = Hold(cache)
    missing = _missing(jobs, cache)
    if missing and not cache.is_writable():
        _LOG.warning("the take cache %s cannot be written: what is spoken now is spoken again next time", cache.folder)
        lent = mkdtemp(prefix="tts-news-takes-")
        cache = TakeCache(Path(lent), reserve=cache.folder)
    progress(0, len(missing))
    paces = _paces(missing, settings, cache, executor)
    missing = [replace(job, pace=paces.get(job.voice.name)) for job in missing]
    recording = Recording(script.cues, tuple(job.key for job in jobs), cache, _sent(missing), held)
    if lent:
        weakref.finalize(recording, shutil.rmtree, lent, ignore_errors=True)
    (executor or choose_executor(settings, missing)).run(missing, cache, lambda made: progress(made, len(missing)))
    if settings.align:
        _align(jobs, cache, settings.listener)
    if not lent and (missing or settings.cache_max_gb):
        keep_within(cache, settings.cache_max_gb, (job.key for job in missing))
    return recording


def _align(jobs: Sequence[Job], cache: TakeCache, model: str) -> None:
    """Note in Arabic takes that say nothing of their words when each sounds, as far as that can be found."""
    for job in {job.key: job for job in jobs}.values():
        take = cache.read(job.key) if job.utterance.language.startswith("ar") else None
        if take and not take.words and (words := listener_of(model).words_of(take, job.utterance.text)):
            cache.write(job.key, replace(take, words=words, aligned=True))


def _check_listener(jobs: Sequence[Job], settings: SpeakSettings) -> None:
    """Raise before anything is spoken where somebody is to listen and nobody can; tell whose takes are all alike.

    Raises:
        SpeakError: The extra is missing.
    """
    if (settings.align or any(job.takes > 1 for job in jobs)) and find_spec("faster_whisper") is None:
        raise SpeakError("[speak] takes and align need an extra", hint=install_hint("verify"))
    if settings.takes > 1:
        for name in sorted({job.voice.name for job in jobs if not job.voice.seeded}):
            _LOG.warning("takes: %s says the same text the same way every time, so one take is made", name)


def _sent(jobs: Sequence[Job]) -> Mapping[str, int]:
    """Return how many characters jobs send to servers, by voice."""
    counts = Counter[str]()
    for job in jobs:
        if speaks_elsewhere(job.voice):
            counts[job.voice.name] += len(job.utterance.text)
    return dict(counts)


def job_of(cue: Cue, spec: VoiceSpec, fingerprint: str, settings: SpeakSettings) -> Job:
    """Return what a cue's take is made from, and where it lies in the cache."""
    utterance = Utterance(
        id=cue.id,
        text=cue.spoken,
        speed=spec.speed * settings.speed,
        pitch=spec.pitch * settings.pitch,
        language=cue.language,
        style=spec.style_of(cue.role),
    )
    if not spec.seeded or settings.takes == 1:
        return Job(key_of(utterance, fingerprint), spec, fingerprint, utterance)
    chosen = f"{fingerprint} best of {settings.takes} by {settings.listener}"
    return Job(
        key_of(utterance, chosen), spec, fingerprint, utterance, takes=settings.takes, listener=settings.listener
    )


def _paces(
    jobs: list[Job], settings: SpeakSettings, cache: TakeCache, executor: Executor | None
) -> dict[str, Pace | None]:
    """Return the paces of the voices, which say the sentences of `pace` for it if the cache does not hold them.

    A voice that states its own bounds, speaks another language or cannot say all of the sentences has none.
    """
    samples = {job.voice.name: _samples(job) for job in jobs}
    while True:
        missing = _missing([sample for one in samples.values() for sample in one], cache)
        try:
            (executor or choose_executor(settings, missing)).run(missing, cache, lambda _: None)
            break
        except SpeakError as err:
            refused = [name for name in samples if str(err).startswith(f"{name}, sample")]
            if not refused:
                raise
            samples.pop(refused[0])  # whether it refuses the script's own cues is another matter
    return {name: _learned(one, cache) for name, one in samples.items()}


def _samples(job: Job) -> list[Job]:
    if job.voice.pace_s or not job.voice.language.startswith("ar"):
        return []
    asked = [Utterance(f"{job.voice.name}, sample {number}", text) for number, text in enumerate(SENTENCES, 1)]
    return [Job(key_of(one, job.fingerprint), job.voice, job.fingerprint, one) for one in asked]


def _learned(samples: list[Job], cache: TakeCache) -> Pace | None:
    durations_s = [take.duration_s for job in samples if (take := cache.read(job.key))]
    return learn(durations_s) if len(durations_s) == len(SENTENCES) else None


def _missing(jobs: list[Job], cache: TakeCache) -> list[Job]:
    """Return the jobs whose take is not in the cache, each key once."""
    by_key = {job.key: job for job in jobs}
    return [job for key, job in by_key.items() if not cache.has(key)]
