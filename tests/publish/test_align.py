from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.work import growth
from tts_news.publish.align import align_words, spread_words
from tts_news.records import WordTime


def said(text: str) -> list[WordTime]:
    """Say a word a second."""
    return [WordTime(word, float(at), at + 1.0) for at, word in enumerate(text.split())]


def spans(written: str, spoken: str) -> list[tuple[str, float, float]]:
    words = said(spoken)
    return [(word.text, word.start_s, word.end_s) for word in align_words(written.split(), words, 0.0, len(words))]


@pytest.mark.parametrize(
    ("written", "spoken", "expected"),
    [
        ("وقال المدير", "وَقَالَ المُدِيرُ", [(0, 1), (1, 2)]),
        ("إلى المدينة.", "اِلَى المَدِينَةِ", [(0, 1), (1, 2)]),
        ("افتتح 3 حدائق", "اِفْتَتَحَ ثَلَاثَ حَدَائِق", [(0, 1), (1, 2), (2, 3)]),
        ("بكلفة 12.5 مليون", "بِكُلْفَةِ اِثْنَيْ عَشَرَ فَاصِلَةُ خَمْسَةِ مَلَايِين", [(0, 1), (1, 5), (5, 6)]),
        ("عام 1967 كان", "عَامَ أَلْفٍ وَتِسْعِمِئَةٍ وَسَبْعَةٍ وَسِتِّينَ كَانَ", [(0, 1), (1, 5), (5, 6)]),
        ("نسبة 50% فقط", "نِسْبَةُ خَمْسِينَ فِي المِئَةِ فَقَط", [(0, 1), (1, 4), (4, 5)]),
        ("طوله 5 كم تقريباً", "طُولُهُ خَمْسَةُ كِيلُومِتْرَاتٍ تَقْرِيباً", [(0, 1), (1, 2), (2, 3), (3, 4)]),
        ("نحو 250 $ شهرياً", "نَحْوَ مِئَتَيْنِ وَخَمْسِينَ دُولَاراً شَهْرِيّاً", [(0, 1), (1, 3), (3, 4), (4, 5)]),
        ("اليوم - وغداً", "اليَوْمَ وَغَداً", [(0, 1), (1, 1), (1, 2)]),
        ("عبد الله وصل", "عَبْدُاللهِ وَصَلَ", [(0, None), (None, 1), (1, 2)]),
        ("د. سامي هنا", "الدُّكْتُور سَامِي هُنَا", [(0, 1), (1, 2), (2, 3)]),
        ("12-3 14:30", "اِثْنَا عَشَرَ ثَلَاثَة", [(0, None), (None, 3)]),
        ("كلمة", "كَلِمَة زَائِدَة أُخْرَى", [(0, 1)]),
        ("مرة ثم مرة", "مَرَّةً ثُمَّ مَرَّة", [(0, 1), (1, 2), (2, 3)]),
        ("— ﷺ —", "صَلَّى اللهُ عَلَيْهِ وَسَلَّم", [(0, 0), (0, 4), (4, 4)]),
    ],
)
def test_written_words_get_the_times_of_their_spoken_words(
    written: str, spoken: str, expected: list[tuple[float | None, float | None]]
) -> None:
    found = spans(written, spoken)
    assert [word for word, _, _ in found] == written.split()
    for (word, begin, end), (want_begin, want_end) in zip(found, expected, strict=True):
        assert want_begin is None or begin == want_begin, (word, found)
        assert want_end is None or end == want_end, (word, found)


def test_words_of_a_voice_without_times_share_the_cue_by_letters() -> None:
    found = spread_words(["أب", "مدرسة"], 2.0, 5.0)
    assert [(word.start_s, word.end_s) for word in found] == [(2.0, 3.0), (3.0, 5.0)]


def test_unknown_spoken_words_fall_back_to_letters() -> None:
    assert [word.start_s for word in align_words(["أب", "أم"], [WordTime("،", 0, 1)], 0.0, 4.0)] == [0.0, 2.0]


def test_times_outside_the_cue_are_brought_into_it() -> None:
    found = align_words(["أ", "ب"], [WordTime("أ", -1.0, 2.0), WordTime("ب", 1.0, 9.0)], 0.5, 3.0)
    assert [(word.start_s, word.end_s) for word in found] == [(0.5, 2.0), (2.0, 3.0)]


word_lists = st.lists(st.sampled_from(["من", "إلى", "12", "-", "مدينة", "و", "3.5%", "كتاب", "US"]), max_size=14)


@given(word_lists, word_lists)
def test_every_word_has_a_time_and_time_never_goes_back(written: list[str], spoken: list[str]) -> None:
    found = align_words(written, said(" ".join(spoken)), 0.0, float(len(spoken)))
    assert [word.text for word in found] == written
    clock = [time for word in found for time in (word.start_s, word.end_s)]
    assert clock == sorted(clock)
    assert all(0.0 <= time <= len(spoken) for time in clock)


@pytest.mark.parametrize("word", ["كلمة", "7"])
def test_a_hostile_cue_costs_in_proportion_to_its_length(word: str) -> None:
    assert growth(lambda size: align_words([word] * size, said("كلام " * size), 0.0, float(size)), 400) < 2
