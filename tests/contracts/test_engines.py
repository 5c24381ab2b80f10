"""One contract, every engine that can be made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tts_news.records import Take, Utterance
from tts_news.speak import catalogue
from tts_news.speak.engine import Engine, engine_class
from tts_news.speak.settings import SpeakSettings

TEXT = "طَلَعَتِ الشَّمْسُ فِي الصَّبَاحِ، وَقَالَ الْوَزِيرُ."
VOICES = {
    name: spec
    for name, spec in catalogue.find(SpeakSettings(voices_dir=str(Path(__file__).parents[1] / "voices"))).items()
    if spec.rank or name == "tone"  # those that need nothing beyond the package
}


@pytest.fixture(scope="module", params=sorted(VOICES))
def engine(request: pytest.FixtureRequest) -> Engine:
    spec = VOICES[request.param]
    return engine_class(spec)(spec)


def say(engine: Engine, text: str = TEXT, **how: float) -> Take:
    return engine.speak(Utterance("c0001", text, **how))  # type: ignore[arg-type]


def test_sound_is_mono_float32_within_full_scale(engine: Engine) -> None:
    take = say(engine)
    assert take.samples.dtype == np.float32
    assert take.samples.ndim == 1
    assert take.rate_hz == engine.rate_hz
    assert 0.01 < np.abs(take.samples).max() <= 1.0


def test_the_same_text_gives_the_same_samples(engine: Engine) -> None:
    np.testing.assert_array_equal(say(engine).samples, say(engine).samples)


def test_another_text_gives_other_samples(engine: Engine) -> None:
    assert not np.array_equal(say(engine, "نَعَمْ.").samples, say(engine, "كَلَّا.").samples)


def test_twice_the_speed_is_about_half_as_long(engine: Engine) -> None:
    assert 0.35 < say(engine, speed=2.0).duration_s / say(engine).duration_s < 0.7


def test_every_word_has_its_time_in_order(engine: Engine) -> None:
    take = say(engine)
    assert [word.text for word in take.words] == TEXT.split()
    times = [time for word in take.words for time in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= take.duration_s + 1e-6


def test_one_letter_is_sound_too(engine: Engine) -> None:
    assert say(engine, "وَ.").duration_s > 0.05
