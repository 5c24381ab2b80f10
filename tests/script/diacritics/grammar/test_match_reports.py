from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("وتقدم الوحدة بهدف مبكر قبل أن يدرك الاتحاد التعادل.", "وَتَقَدَّمَ الْوَحْدَةُ بِهَدَفٍ"),
        ("ثم تقدم الشعلة بنقطتين في الدقيقة الأخيرة.", "تَقَدَّمَ الشُّعْلَةُ"),
    ],
)
def test_before_a_club_and_a_goal_stands_what_happened(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("تقدم القناة تغطية المباراة وهدف الفوز.", "تُقَدِّمُ الْقَنَاةُ"),
        ("وتقدم الشركة خدمة جديدة.", "وَتُقَدِّمُ الشَّرِكَةُ"),
    ],
)
def test_who_gives_something_still_gives_it(text: str, said: str) -> None:
    assert said in diacritise(text)
