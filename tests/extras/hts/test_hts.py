"""The real HTS engine on the voice that its package carries: a Japanese one, so the sound is no Arabic, but sound."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pyopenjtalk
import pytest

from tts_news.errors import SpeakError
from tts_news.records import Utterance
from tts_news.speak import catalogue
from tts_news.speak.hts import HtsEngine
from tts_news.speak.settings import SpeakSettings

TEXT = "طَلَعَتِ الشَّمْسُ فِي الصَّبَاحِ."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "mei"
    place.mkdir()
    shutil.copy(Path(pyopenjtalk.__file__).parent / "htsvoice" / "mei_normal.htsvoice", place)
    (place / "voice.toml").write_text(
        'engine = "hts"\nlanguage = "ja"\nlicence = "x"\nfiles = ["mei_normal.htsvoice"]\n'
    )
    return place


def engine(folder: Path) -> HtsEngine:
    return HtsEngine(catalogue.load(folder / "voice.toml"))


def test_it_speaks_the_same_samples_every_time(folder: Path) -> None:
    voice = engine(folder)
    first = voice.speak(Utterance("c1", TEXT))
    assert first.rate_hz == 48_000
    assert 0.01 < np.abs(first.samples).max() <= 1.0
    np.testing.assert_array_equal(first.samples, voice.speak(Utterance("c2", TEXT)).samples)


def test_speed_and_pitch_change_the_sound_of_every_phrase(folder: Path) -> None:
    voice = engine(folder)
    plain = voice.speak(Utterance("c1", TEXT))
    assert voice.speak(Utterance("c1", TEXT, speed=2.0)).duration_s < 0.7 * plain.duration_s
    assert not np.array_equal(voice.speak(Utterance("c1", TEXT, pitch=1.3)).samples, plain.samples)


@pytest.mark.parametrize("length", [8, 300, 2000, 50_000, -1])
def test_a_truncated_voice_is_an_error_that_names_it(folder: Path, length: int) -> None:
    """The engine would crash, and take the process with it."""
    model = folder / "mei_normal.htsvoice"
    model.write_bytes(model.read_bytes()[:length])
    with pytest.raises(SpeakError, match="voice mei"):
        engine(folder)


@pytest.mark.parametrize("content", [b"", b"<html>login</html>", bytes(5000)])
def test_what_is_no_voice_is_an_error_that_names_it(folder: Path, content: bytes) -> None:
    (folder / "mei_normal.htsvoice").write_bytes(content)
    with pytest.raises(SpeakError, match="voice mei"):
        engine(folder)


def test_a_voice_of_another_language_is_refused(folder: Path) -> None:
    card = folder / "voice.toml"
    card.write_text(card.read_text().replace('"ja"', '"ar"'))
    with pytest.raises(SpeakError, match=r"voice mei: .* HTS_TTS_JPN, not on Arabic"):
        engine(folder)


def test_a_voice_whose_model_is_missing_is_not_installed(folder: Path) -> None:
    (folder / "mei_normal.htsvoice").unlink()
    voices = catalogue.find(SpeakSettings(voices_dir=str(folder.parent)))
    with pytest.raises(SpeakError, match="mei is not installed"):
        catalogue.choose("mei", voices)
