from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("تقاسمها شاعران.", "شَاعِرَانِ"),
        ("وصل مهندسان إلى الموقع.", "مُهَنْدِسَانِ"),
        ("رحب المشاركون بالقرار.", "الْمُشَارِكُونَ"),
        ("التقى المراسلين أمس.", "الْمُرَاسِلِينَ"),
        ("اتفق الجانبان على الهدنة.", "الْجَانِبَانِ"),
        ("انسحب لاعبان من المباراة.", "لَاعِبَانِ"),
    ],
)
def test_the_noon_of_dual_and_plural_has_its_vowel(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("نشر قوانين جديدة.", "قَوَانِينَ"),
        ("بحث الوزير شؤون الأسرة.", "شُؤُونَ"),
        ("عاد من لبنان أمس.", "لُبْنَانَ"),
        ("في بستان كبير", "بُسْتَانٍ"),
        ("عن إنسان بسيط", "إِنْسَانٍ"),
        ("في عيون الناس", "عُيُونِ"),
    ],
)
def test_other_words_in_noon_are_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
