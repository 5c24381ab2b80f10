"""Does the file sound when its timeline says so, from first to last? Every cue is listened for in the decoded file."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
from listening import decoding
from tones import ToneTakes, article_script

from tts_news.master import master_edition
from tts_news.master.settings import MasterSettings
from tts_news.records import Tags

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

RATE_HZ = 4000
BLOCK_S = 0.005


def loudness_every_5_ms(path: Path) -> npt.NDArray[np.float32]:
    """The peak of each 5 ms of the decoded file, which is never held whole."""
    block = round(BLOCK_S * RATE_HZ)
    peaks = []
    with subprocess.Popen(decoding(path, RATE_HZ), stdout=subprocess.PIPE) as decoder:
        assert decoder.stdout is not None
        while data := decoder.stdout.read(block * 4 * 4096):
            whole = np.frombuffer(data, np.float32)
            peaks.append(np.abs(whole[: len(whole) // block * block]).reshape(-1, block).max(axis=1))
    assert decoder.returncode == 0
    return np.concatenate(peaks)


@pytest.mark.parametrize("name", ["mp3", "m4b"])
@pytest.mark.parametrize(
    ("articles", "sections", "seconds"), [(1, 4, 4.0), pytest.param(20, 12, 36.0, marks=pytest.mark.slow)]
)
def test_every_cue_and_chapter_is_heard_when_the_timeline_says(
    tmp_path: Path, name: str, articles: int, sections: int, seconds: float
) -> None:
    script = article_script(articles, sections)
    takes = ToneTakes(script, seconds=seconds)
    made = master_edition(script, takes, Tags("نشرة"), MasterSettings(formats=(name,)), tmp_path, "long")
    peaks = loudness_every_5_ms(made.files[name])
    sounding = peaks > peaks.max() * 0.01
    # 100 ms of silence before: only pauses are that long.
    quiet = np.convolve(sounding, np.ones(20), "full")[: len(sounding)] == 0
    onsets = np.flatnonzero(sounding[1:] & quiet[:-1]) + 1
    first = np.flatnonzero(sounding)[0]
    heard = np.concatenate([[first], onsets[onsets > first]]) * BLOCK_S
    said = np.array([span.start_s for span in made.timeline.cues])
    assert len(heard) == len(said)
    assert np.abs(heard - said).max() < 0.02
    starts = np.array([chapter.start_s for chapter in made.timeline.chapters])
    assert (heard[np.searchsorted(heard, starts)] - starts).max() < 0.05
