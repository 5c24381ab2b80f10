from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tts_news.config import load
from tts_news.errors import ScriptError, SpeakError
from tts_news.files import wav_head
from tts_news.records import Take, Utterance
from tts_news.server.manner import Manner
from tts_news.server.metrics import Metrics
from tts_news.server.speech import Speaker
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.engine import Engine, engine_class, is_shareable
from tts_news.speak.house import HouseEngine
from tts_news.speak.tone import ToneEngine

VOICES = Path(__file__).parents[1] / "voices"
TEXT = "افتتحت البلدية ثلاث حدائق جديدة."


class Company(ToneEngine):
    """A voice that speaks only when another request speaks with it at the same moment."""

    def __init__(self, spec: VoiceSpec) -> None:
        super().__init__(spec)
        self.meeting = threading.Barrier(2, timeout=30)

    def speak(self, utterance: Utterance) -> Take:
        self.meeting.wait()
        return super().speak(utterance)


class Loner(ToneEngine):
    """A voice that breaks when two requests speak with it at the same moment."""

    shareable = False

    def __init__(self, spec: VoiceSpec) -> None:
        super().__init__(spec)
        self.busy = threading.Lock()

    def speak(self, utterance: Utterance) -> Take:
        assert self.busy.acquire(blocking=False)
        try:
            return super().speak(utterance)
        finally:
            self.busy.release()


def speaker_with(kind: type[ToneEngine], tmp_path: Path) -> tuple[Speaker, Engine]:
    config = load(None, {"speak.voice": "tone", "speak.voices_dir": str(VOICES), "publish.output": str(tmp_path)})
    speaker = Speaker(config, Metrics())
    engine = speaker._engines["tone"] = kind(speaker.voices()["tone"])
    return speaker, engine


@pytest.mark.parametrize("kind", [Company, Loner])
def test_a_voice_is_shared_if_it_may_be_and_only_then(kind: type[ToneEngine], tmp_path: Path) -> None:
    speaker, engine = speaker_with(kind, tmp_path)
    cues = list(speaker.plan(TEXT, "tone"))
    with ThreadPoolExecutor(4) as pool:
        sounds = list(pool.map(lambda _: b"".join(speaker.stream(cues, Manner(), "wav")), range(4)))
    assert len(set(sounds)) == 1
    assert len(sounds[0]) > 10_000
    assert speaker._engines == {"tone": engine}


def test_the_first_sentence_is_there_before_the_second_is_read(tmp_path: Path) -> None:
    speaker, _ = speaker_with(ToneEngine, tmp_path)
    speaker.config = replace(speaker.config, script=replace(speaker.config.script, on_unreadable="stop"))
    cues = speaker.plan(f"{TEXT} ثم كتب \u0b95\u0bae\u0bbf في دفتره.", "tone")
    sound = speaker.stream(cues, Manner(), "wav")
    assert next(sound) == wav_head(24_000)
    assert len(next(sound)) > 10_000
    with pytest.raises(ScriptError):
        list(sound)


def test_what_cannot_be_begun_is_said_at_once(tmp_path: Path) -> None:
    speaker, _ = speaker_with(ToneEngine, tmp_path)
    with pytest.raises(SpeakError, match="there is no voice"):
        speaker.plan(TEXT, "nobody")


def test_a_warm_speaker_has_its_voice_loaded(tmp_path: Path) -> None:
    speaker, _ = speaker_with(ToneEngine, tmp_path)
    speaker._engines.clear()
    assert not speaker.is_warm
    speaker.warm()
    assert speaker.is_warm
    assert list(speaker._engines) == ["tone"]


def test_the_house_voice_says_the_same_alone_and_in_company() -> None:
    from tts_news.speak import catalogue
    from tts_news.speak.settings import SpeakSettings

    spec = catalogue.find(SpeakSettings())["rawi"]
    engine = engine_class(spec)(spec)
    assert isinstance(engine, HouseEngine)
    assert is_shareable(engine)
    lines = [Utterance(f"c{n}", text) for n, text in enumerate(["أَهْلًا بِكُم فِي النَّشْرَة.", "هَذَا خَبَرٌ ثَانٍ طَوِيل."] * 4)]
    alone = [engine.speak(line).samples.tobytes() for line in lines]
    with ThreadPoolExecutor(4) as pool:
        together = [take.samples.tobytes() for take in pool.map(engine.speak, lines)]
    assert together == alone
