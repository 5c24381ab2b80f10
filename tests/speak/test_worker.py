from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance, WordTime
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.tone import ToneEngine
from tts_news.speak.worker import join, speak_well, split

ASKED = Utterance("c1", "قَالَ الْوَزِيرُ، إِنَّ الْأَمْرَ حُسِمْ.")
SAMPLING = VoiceSpec("v", "tone", Path(), seeded=True)


class Moody(ToneEngine):
    """A tone engine that fails for some seeds and for long texts, as sampling voices do."""

    def __init__(self, bad_seeds: int, longest: int = 1000) -> None:
        super().__init__(SAMPLING)
        self.bad_seeds, self.longest = bad_seeds, longest
        self.asked: list[tuple[str, int]] = []

    def speak(self, utterance: Utterance) -> Take:
        self.asked.append((utterance.text, utterance.seed))
        take = super().speak(utterance)
        bad = utterance.seed < self.bad_seeds or len(utterance.text) > self.longest
        return Take(
            take.samples * np.linspace(0 if bad else 1, 0, len(take.samples), dtype=np.float32),
            take.rate_hz,
            take.words,
        )


def test_a_bad_take_is_spoken_again_with_another_seed() -> None:
    engine = Moody(bad_seeds=2)
    speak_well(engine, ASKED, SAMPLING)
    assert [seed for _, seed in engine.asked] == [0, 1, 2]


def test_a_take_that_stays_bad_is_spoken_in_two_halves() -> None:
    engine = Moody(bad_seeds=0, longest=30)
    take = speak_well(engine, ASKED, SAMPLING)
    assert [text for text, _ in engine.asked[3:]] == list(split(ASKED.text))
    assert [word.text for word in take.words] == ASKED.text.split()
    starts = [word.start_s for word in take.words]
    assert starts == sorted(starts)


def test_a_voice_that_cannot_fails_by_name() -> None:
    with pytest.raises(SpeakError, match="c1"):
        speak_well(Moody(bad_seeds=99), ASKED, SAMPLING)


def test_a_voice_that_does_not_sample_is_asked_once() -> None:
    engine = Moody(bad_seeds=99)
    with pytest.raises(SpeakError):
        speak_well(engine, ASKED, VoiceSpec("v", "tone", Path()))
    assert len(engine.asked) == 1


def test_a_text_is_split_at_the_pause_nearest_to_its_middle() -> None:
    assert split(ASKED.text) == ("قَالَ الْوَزِيرُ،", "إِنَّ الْأَمْرَ حُسِمْ.")
    assert split("كَلِمَةٌ أُخْرَى") == ("كَلِمَةٌ", "أُخْرَى")
    assert split("كَلِمَةْ.") == ()


def test_joined_takes_keep_every_sample_and_move_the_words() -> None:
    one = Take(np.ones(1000, np.float32), 1000, (WordTime("أ", 0.0, 1.0),))
    both = join([one, one])
    assert both.duration_s == pytest.approx(2.12)
    assert both.words[1] == WordTime("أ", pytest.approx(1.12), pytest.approx(2.12))  # type: ignore[arg-type]
