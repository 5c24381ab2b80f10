"""One contract, every engine that can be made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.speak import catalogue
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.engine import Engine
from tts_news.speak.settings import SpeakSettings
from tts_news.testing import EngineContract

VOICES = {
    name: spec
    for name, spec in catalogue.find(SpeakSettings(voices_dir=str(Path(__file__).parents[1] / "voices"))).items()
    if spec.rank or name == "tone"  # those that need nothing beyond the package
}


class TestEngines(EngineContract):
    @pytest.fixture(scope="class", params=sorted(VOICES))
    @classmethod
    def spec(cls, request: pytest.FixtureRequest) -> VoiceSpec:
        return VOICES[request.param]

    def test_one_letter_is_sound_too(self, engine: Engine) -> None:
        assert self.say(engine, "وَ.").duration_s > 0.05
