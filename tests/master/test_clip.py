from __future__ import annotations

import numpy as np
import pytest
from tones import article_script, speak

from tts_news.errors import MasterError
from tts_news.master.clip import clean, clip_length, make_clip, trim
from tts_news.records import Take

CUE = article_script().cues[0]


def test_silence_around_the_voice_is_cut_and_its_edges_kept() -> None:
    take = speak("نص", 24_000, 1.0, silence_s=0.5)
    kept = trim(CUE, take)
    first, last = kept.start, kept.end
    assert 0.47 <= first / 24_000 <= 0.5
    assert 1.5 <= last / 24_000 <= 1.57


def test_silence_inside_the_voice_stays() -> None:
    one = speak("نص", 24_000, 0.5).samples
    gap = np.concatenate([one, np.zeros(24_000, np.float32), one])
    kept = trim(CUE, Take(gap, 24_000))
    assert (kept.end - kept.start) / 24_000 > 2.0


def test_a_soft_consonant_before_the_voice_is_kept() -> None:
    take = speak("نص", 24_000, 1.0, level=0.5)
    samples = take.samples.copy()
    samples[1200:2400] = 0.004 * np.random.default_rng(1).standard_normal(1200)  # 42 dB under the voice
    assert trim(CUE, Take(samples, 24_000)).start <= 1200


def test_a_clip_starts_and_ends_at_nothing() -> None:
    take = Take(np.ones(24_000, np.float32), 24_000)
    clip = make_clip(take, trim(CUE, take), 44_100)
    assert clip[0] == 0
    assert abs(clip[-1]) < 0.001
    assert np.abs(np.diff(clip)).max() < 0.01


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 24_000, 44_100, 48_000])
def test_the_length_of_a_clip_is_known_from_the_cut(rate_hz: int) -> None:
    take = speak("نص", rate_hz, 0.777)
    kept = trim(CUE, take)
    assert len(make_clip(take, kept, 44_100)) == clip_length(kept, rate_hz, 44_100)


def test_a_take_of_one_sample_is_a_clip() -> None:
    take = Take(np.array([0.5], np.float32), 24_000)
    assert len(make_clip(take, trim(CUE, take), 44_100)) == 2


@pytest.mark.parametrize(
    ("samples", "what"),
    [
        (np.zeros(0, np.float32), "no sound"),
        (np.zeros(1000, np.float32), "silent"),
        (np.full(1000, 1e-5, np.float32), "silent"),
        (np.array([0.1, np.nan] * 500, np.float32), "no number"),
        (np.array([0.1, np.inf] * 500, np.float32), "no number"),
        (np.zeros((10, 2), np.float32), "no sound"),
    ],
)
def test_a_take_that_cannot_be_used_is_named(samples: np.ndarray, what: str) -> None:
    with pytest.raises(MasterError, match=f"{CUE.id}.*{what}"):
        trim(CUE, clean(CUE, Take(samples, 24_000)))


def test_an_offset_and_a_drift_are_taken_out_and_the_voice_is_left() -> None:
    take = speak("نص", 24_000, 2.0)
    drift = np.concatenate([np.zeros(6000), 0.05 * np.hanning(30_000), np.zeros(len(take.samples) - 36_000)])
    cleaned = clean(CUE, Take((take.samples + 0.1 + drift).astype(np.float32), 24_000, take.words))
    assert np.abs(cleaned.samples - clean(CUE, take).samples).max() < 0.002
    assert abs(cleaned.samples.mean()) < 1e-4
    assert cleaned.words == take.words
    assert trim(CUE, cleaned).start == trim(CUE, clean(CUE, take)).start


@pytest.mark.parametrize(("hz", "kept_db"), [(10, -27.9), (50, -3.0), (80, -0.7), (200, 0.0), (5000, 0.0)])
def test_only_what_lies_under_every_voice_is_taken_out(hz: float, kept_db: float) -> None:
    tone = np.sin(2 * np.pi * hz * np.arange(48_000) / 24_000).astype(np.float32)
    cleaned = clean(CUE, Take(tone, 24_000)).samples[24_000:]
    assert 20 * np.log10(np.abs(cleaned).max()) == pytest.approx(kept_db, abs=0.1)


def test_a_long_take_is_cleaned_as_a_short_one() -> None:
    long = np.random.default_rng(3).standard_normal(600_000).astype(np.float32) * np.float32(0.1)
    whole, part = clean(CUE, Take(long, 24_000)).samples, clean(CUE, Take(long[:200_000], 24_000)).samples
    assert np.array_equal(whole[:200_000], part)
