from __future__ import annotations

import subprocess
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from listening import FFMPEG, decode
from tones import ToneTakes, article_script

from tts_news.errors import MasterError
from tts_news.master import master_edition
from tts_news.master.loudness import KWeighting, gated_loudness, step_powers
from tts_news.master.settings import MasterSettings
from tts_news.master.show_sound import load_show_sound
from tts_news.records import Tags

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = MasterSettings()


def jingle(path: Path, seconds: float = 2.0, channels: int = 1, rate_hz: int = 32_000, level: float = 0.1) -> str:
    """A chord nothing else in these tests has."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    sound = level * (np.sin(2 * np.pi * 3000 * time) + np.sin(2 * np.pi * 2500 * time))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.repeat((sound * 32_767).astype("<i2"), channels).tobytes())
    return str(path)


def lufs(samples: np.ndarray) -> float:
    return gated_loudness(step_powers(KWeighting(44_100).filter(samples), 4410))


@pytest.mark.parametrize("level", [0.005, 0.4])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_jingle_comes_out_mono_at_the_files_rate_as_loud_as_the_speech(
    tmp_path: Path, level: float, channels: int
) -> None:
    settings = replace(SETTINGS, intro=jingle(tmp_path / "in.wav", level=level, channels=channels))
    sound = load_show_sound(settings)
    assert list(sound) == ["intro"]
    assert len(sound["intro"]) == pytest.approx(2 * 44_100, abs=50)
    assert lufs(sound["intro"]) == pytest.approx(-16, abs=0.1)


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "ogg", "flac", "opus", "aiff", "mkv"])
def test_any_format_ffmpeg_reads_will_do(tmp_path: Path, suffix: str) -> None:
    source = jingle(tmp_path / "a:b.wav")
    path = tmp_path / f"jingle: نغمة.{suffix}"
    subprocess.run([FFMPEG, "-v", "error", "-i", f"file:{source}", "-strict", "-2", f"file:{path}"], check=True)
    sound = load_show_sound(replace(SETTINGS, separator=str(path)))["separator"]
    assert len(sound) == pytest.approx(2 * 44_100, abs=4000)
    assert lufs(sound) == pytest.approx(-16, abs=0.1)


def silent(path: Path) -> str:
    return jingle(path, level=0.0)


def text(path: Path) -> str:
    path.write_text("هذا ليس صوتا")
    return str(path)


def empty_file(path: Path) -> str:
    path.write_bytes(b"")
    return str(path)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (text, "no audio"),
        (empty_file, "no audio"),
        (lambda path: jingle(path, channels=8), "8 channels"),
        (lambda path: jingle(path, channels=3), "3 channels"),
        (lambda path: jingle(path, seconds=0), "0 s long"),
        (silent, "silent"),
        (lambda path: jingle(path, seconds=601, rate_hz=4000), "longer than 10 minutes"),
        (str, "no file"),
    ],
)
@pytest.mark.parametrize("name", ["intro", "bed"])
def test_a_jingle_that_cannot_be_used_is_named(tmp_path: Path, make: object, what: str, name: str) -> None:
    path = make(tmp_path / "jingle.wav")
    with pytest.raises(MasterError, match=f"{what}") as caught:
        load_show_sound(replace(SETTINGS, **{name: path}))
    assert "jingle.wav" in str(caught.value)
    assert name in str(caught.value)


def test_an_edition_has_its_intro_separators_and_outro_at_their_places(tmp_path: Path) -> None:
    path = jingle(tmp_path / "jingle.wav", seconds=1.0)
    script = article_script(articles=3, sections=1)
    settings = replace(SETTINGS, formats=("wav",), intro=path, separator=path, outro=path)
    folder = tmp_path / "out"
    folder.mkdir()
    made = master_edition(script, ToneTakes(script), Tags("نشرة"), settings, folder, "news")
    samples = decode(made.files["wav"])
    frames = samples[: len(samples) // 4410 * 4410].reshape(-1, 4410)
    spectra = np.abs(np.fft.rfft(frames * np.hanning(4410)))
    chord = (spectra[:, 295:306].max(axis=1) > 20) & (spectra[:, 245:256].max(axis=1) > 20)
    starts = np.flatnonzero(np.diff(chord.astype(int), prepend=0) == 1) / 10
    assert len(starts) == 4
    spans = {span.cue: span for span in made.timeline.cues}
    assert starts[0] == 0
    for start, source in zip(starts[1:3], script.sources[1:], strict=True):
        assert 1.0 < spans[source.first_cue].start_s - start < 2.6
    assert starts[3] > made.timeline.cues[-1].end_s
    assert made.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert made.timeline.chapters[0].start_s == 0
