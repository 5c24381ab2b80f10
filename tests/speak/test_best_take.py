"""The best of several takes: which is kept, whose are made, and what has to be there for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.speak.test_worker import ASKED, SAMPLING, Moody
from tts_news.errors import SpeakError
from tts_news.records import ChapterMark, Cue, Script, Take, WordTime
from tts_news.speak import record
from tts_news.speak.cache import TakeCache
from tts_news.speak.recording import job_of
from tts_news.speak.settings import SpeakSettings
from tts_news.speak.worker import Job, best_take

CUE = Cue("c0000", "paragraph", "خبر", "خَبَرٌ أَوَّلُ.", 0.3, "tone", 0)


class Judge:
    """A listener that misheard its takes by given shares."""

    def __init__(self, shares: Sequence[float]) -> None:
        self.shares = list(shares)
        self.heard: list[Take] = []

    def misheard(self, take: Take, text: str) -> float:
        assert text == ASKED.text
        self.heard.append(take)
        return self.shares[len(self.heard) - 1]


@pytest.mark.parametrize(
    ("shares", "kept", "made"),
    [((0.3, 0.1, 0.2), 1, 3), ((0.2, 0.2, 0.2), 0, 3), ((0.0, 0.1, 0.2), 0, 1), ((0.5, 0.0, 0.0), 1, 2)],
)
def test_the_take_that_is_understood_best_is_kept(shares: Sequence[float], kept: int, made: int) -> None:
    judge, engine = Judge(shares), Moody(bad_seeds=0)
    take = best_take(engine, Job("k", SAMPLING, "f", ASKED, takes=3), judge)  # type: ignore[arg-type]
    assert take is judge.heard[kept]
    assert len(engine.asked) == made
    assert len({seed for _, seed in engine.asked}) == made


def test_a_take_that_is_unfit_is_none_and_only_none_at_all_is_an_error() -> None:
    judge = Judge((0.3, 0.3))
    best_take(Moody(bad_seeds=3), Job("k", SAMPLING, "f", ASKED, takes=3), judge)  # type: ignore[arg-type]
    assert len(judge.heard) == 2
    with pytest.raises(SpeakError, match="c1"):
        best_take(Moody(bad_seeds=99), Job("k", SAMPLING, "f", ASKED, takes=3), Judge(()))  # type: ignore[arg-type]


def test_only_a_voice_that_samples_has_several_takes_and_they_are_kept_apart() -> None:
    settings = SpeakSettings(takes=3)
    plain, chosen = job_of(CUE, SAMPLING, "f", SpeakSettings()), job_of(CUE, SAMPLING, "f", settings)
    assert (plain.takes, chosen.takes) == (1, 3)
    keys = {plain.key, chosen.key, job_of(CUE, SAMPLING, "f", replace(settings, listener="base")).key}
    assert len(keys) == 3
    always = replace(SAMPLING, seeded=False)
    assert job_of(CUE, always, "f", settings) == job_of(CUE, always, "f", SpeakSettings())


@pytest.fixture
def without_whisper(monkeypatch: pytest.MonkeyPatch) -> None:
    find: Callable[[str], object] = lambda _: None  # noqa: E731 - what importlib has, and nothing is found
    monkeypatch.setattr("tts_news.speak.recording.find_spec", find)


@pytest.mark.usefixtures("without_whisper")
def test_who_is_to_listen_has_to_be_there_before_anything_is_spoken(tone: SpeakSettings) -> None:
    script = Script("عنوان", (CUE,), (ChapterMark("عنوان", "c0000"),))
    with pytest.raises(SpeakError, match="takes and align") as caught:
        record(script, replace(tone, align=True))
    assert "[verify]" in caught.value.hint


@pytest.mark.usefixtures("without_whisper")
def test_a_voice_that_never_varies_says_so(tone: SpeakSettings, caplog: pytest.LogCaptureFixture) -> None:
    script = Script("عنوان", (CUE,), (ChapterMark("عنوان", "c0000"),))
    with caplog.at_level(logging.WARNING):
        record(script, replace(tone, takes=3))
    assert "takes: tone says the same text the same way every time" in caplog.text


def test_the_cache_keeps_who_told_the_times(tmp_path: Path) -> None:
    cache, words = TakeCache(tmp_path), (WordTime("نَعَمْ", 0.0, 0.5),)
    for aligned in (True, False):
        cache.write("ab" * 32, Take(np.zeros(100, np.float32), 100, words, aligned=aligned))
        kept = cache.read("ab" * 32)
        assert kept is not None
        assert (kept.words, kept.aligned) == (words, aligned)
