from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("تعد الأولى من بين سبع محطات تعتزم الوزارة بناءها خلال العقد الحالي.", "تَعْتَزِمُ الْوِزَارَةُ بِنَاءَهَا"),
    ],
)
def test_the_first_of_two_accusatives_is_the_subject(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ومنح اللاعب زميله الكرة.", "وَمَنَحَ اللَّاعِبُ زَمِيلَهُ"),
    ],
)
def test_a_subject_that_is_one_stays(text: str, said: str) -> None:
    assert said in diacritise(text)
