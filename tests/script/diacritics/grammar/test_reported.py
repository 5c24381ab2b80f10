from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("وقال الوزير إن المشروع اكتمل، وإن كلفته بلغت مليار دولار.", "وَإِنَّ كُلْفَتَهُ بَلَغَتْ"),
        ("أكد المدير أن العمل يسير، وأن باب التسجيل سيبقى مفتوحا.", "وَأَنَّ بَابَ التَّسْجِيلِ"),
    ],
)
def test_what_is_reported_next_is_reported_alike(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("قال إن عليه أن يسافر وأن يعود غدا.", "وَأَنْ يَعُودَ"),
        ("إن حضر الوزير بدأ اللقاء.", "إِنْ حَضَرَ"),
    ],
)
def test_a_verb_after_it_is_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
