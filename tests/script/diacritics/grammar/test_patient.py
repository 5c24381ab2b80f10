from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("وأن باب التسجيل سيفتح في سبتمبر.", "سَيُفْتَحُ فِي"),
    ],
)
def test_a_verb_without_its_object_is_passive_where_the_models_doubt(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("الوزير يعمل في مكتبه.", "يَعْمَلُ فِي"),
        ("القطار يصل في السادسة.", "يَصِلُ فِي"),
        ("النهر يصب في البحر.", "يَصُبُّ فِي"),
        ("الفريق يلعب في القاهرة.", "يَلْعَبُ فِي"),
        ("المدير يشرف على العمل.", "يُشْرِفُ عَلَى"),
        ("الرئيس يصل إلى العاصمة.", "يَصِلُ إِلَى"),
    ],
)
def test_a_verb_that_needs_none_is_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
