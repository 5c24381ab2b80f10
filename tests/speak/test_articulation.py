"""What is laid over the model: stress, firm beginnings, words that stand apart, short vowels kept short."""

from __future__ import annotations

import numpy as np
import pytest

from tts_news.speak.articulation import accent, height, lengthening, softening
from tts_news.speak.house import phrases_said
from tts_news.speak.phonemes.inventory import PHONES
from tts_news.speak.traits import Ints, PhoneRows, phone_rows


def rows_of(text: str) -> PhoneRows:
    (phrase,) = phrases_said(text)
    return phone_rows(phrase)


def ten_frames_each(rows: PhoneRows) -> Ints:
    return np.full(len(rows.phones), 10, np.int64)


@pytest.mark.parametrize(
    ("text", "factors"),
    [
        # Stress lies on the syllable before the last when it is heavy, else on the one before that.
        ("كَاتِبُنَا", {"k": 1.1, "aa": 1.0, "t": 1.05, "i": 0.86 * 1.05, "b": 1.0, "u": 0.86, "n": 1.0}),
        ("كِتَابٌ", {"k": 1.1, "i": 0.86, "t": 1.05, "aa": 1.05, "b": 1.0, "ua": 0.86, "n": 1.0}),
    ],
)
def test_beginnings_and_stress_are_longer_and_short_vowels_shorter(text: str, factors: dict[str, float]) -> None:
    rows = rows_of(text)
    found: dict[str, float] = {}
    for phone, factor in zip(rows.phones, lengthening(rows), strict=True):
        found.setdefault(PHONES[phone], float(factor))
    assert {phone: found[phone] for phone in factors} == pytest.approx(factors)


def test_pauses_keep_their_length() -> None:
    factors = lengthening(rows_of("كِتَابٌ جَدِيدٌ"))
    assert factors[0] == factors[-1] == 1


def test_f0_is_highest_on_the_stressed_vowel_and_left_alone_far_from_it() -> None:
    rows = rows_of("كِتَابٌ")
    added = accent(rows, ten_frames_each(rows))
    vowel = [PHONES[phone] for phone in rows.phones].index("aa")
    assert vowel * 10 <= added.argmax() < (vowel + 1) * 10
    assert 0.8 * 1.5 < added.max() / (np.log(2) / 12) < 1.5
    assert added[:10] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("text", ["كِتَابٌ", "أَ", "كِتَابٌ جَدِيدٌ فِي الْمَكْتَبَةِ الْكَبِيرَةِ"])
@pytest.mark.parametrize("frames", [1, 3, 40])
def test_there_is_a_value_for_every_frame(text: str, frames: int) -> None:
    rows = rows_of(text)
    counts = np.full(len(rows.phones), frames, np.int64)
    assert accent(rows, counts).shape == softening(rows, counts).shape == (frames * len(counts),)
    assert lengthening(rows).shape == counts.shape


def test_sound_is_softer_where_two_words_meet_and_nowhere_else() -> None:
    rows = rows_of("كِتَابٌ جَدِيدٌ لَنَا")
    taken = softening(rows, ten_frames_each(rows))
    starts = [i for i in range(2, len(rows.words) - 1) if rows.words[i] != rows.words[i - 1]]
    assert len(starts) == 2
    for start in starts:
        edge = start * 10
        assert taken[edge - 1] == pytest.approx(taken[edge])
        assert 0.35 < taken[edge] < 0.4
        assert taken[edge - 8] < 0.001
    assert taken[:20].max() < 0.001
    assert taken[-20:].max() < 0.001


def test_a_word_alone_is_not_softened() -> None:
    rows = rows_of("عَاجِلٌ")
    assert not softening(rows, ten_frames_each(rows)).any()


def highest_at(text: str) -> list[float]:
    """Mean height of each third of a phrase, in semitones."""
    (phrase,) = phrases_said(text)
    rows = phone_rows(phrase)
    third = np.array_split(height(phrase, rows, ten_frames_each(rows)), 3)
    return [float(part.mean() * 12 / np.log(2)) for part in third]


def test_a_question_for_a_word_begins_high_and_comes_down() -> None:
    first, middle, last = highest_at("مَتَى يَصِلُ الْوَفْدُ؟")
    assert first > middle > last
    assert first == pytest.approx(2.1, abs=0.2)
    assert highest_at("هَلْ يَصِلُ الْوَفْدُ؟") == highest_at("يَصِلُ الْوَفْدُ.") == [0, 0, 0]


def test_what_is_quoted_lies_higher_and_a_parenthesis_lower() -> None:
    first, _, last = highest_at("قَالَ لَنَا «سَوْفَ نُغَادِرُ»")
    assert first == pytest.approx(0, abs=0.1)
    assert last == pytest.approx(1, abs=0.2)
    assert highest_at("(وَهُوَ عُضْوٌ)") == pytest.approx([-1.5] * 3)
