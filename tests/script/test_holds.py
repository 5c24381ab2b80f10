"""Stand-ins carry words through the rules and come out as they went in."""

from __future__ import annotations

from tts_news.script import normalise
from tts_news.script.holds import Held, Hold, Holds

HOLD = Hold("زَاكْس", "زاكس")


def test_a_stand_in_passes_through_every_rule() -> None:
    holds = Holds()
    for gender in ("", "m", "f"):
        word = holds.stand_in(HOLD, gender)
        assert holds.find(normalise(word)) == Held("", HOLD, "")
        said = normalise(f"وصل {word}، ثم 25 {word} و3 {word} في 5/6/2024 مع لـ{word}").split()
        assert sum(holds.find(part.strip("،.")) is not None for part in said) == 4


def test_the_same_words_have_the_same_stand_in() -> None:
    holds = Holds()
    assert holds.stand_in(HOLD) == holds.stand_in(Hold("زَاكْس", "زاكس"))
    assert holds.stand_in(HOLD) != holds.stand_in(Hold("أ", "أ"))


def test_twenty_thousand_words_have_as_many_stand_ins() -> None:
    holds = Holds()
    words = [holds.stand_in(Hold(str(n), str(n))) for n in range(20_000)]
    assert len(set(words)) == len(words)
    assert all(held is not None and held.hold.spoken == str(n) for n, held in enumerate(map(holds.find, words)))


def test_clitics_and_an_ending_are_told_from_the_stand_in() -> None:
    holds = Holds()
    word = holds.stand_in(HOLD)
    assert holds.find(f"وبال{word}") == Held("وبال", HOLD, "")
    assert holds.find(f"{word}ان") == Held("", HOLD, "ان")


def test_an_ordinary_word_stands_for_itself() -> None:
    assert Holds().find("كتاب") is None
    assert Holds().find("ظغظبببببب") is None
