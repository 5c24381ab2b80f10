from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [("حيث تمثل الزيارة خطوة نحو تجاوز التوترات وتحقيق شراكة.", "خُطْوَةً نَحْوَ تَجَاوُزِ")],
)
def test_an_adverb_that_nothing_governs_is_accusative(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("وصل من شرق آسيا أمس.", "مِنْ شَرْقِ"),
        ("خسر المنتخب المصري أمس أمام ضيفه.", "أَمْسِ أَمَامَ"),
        ("وصل من جنوب البلاد أمس.", "مِنْ جَنُوبِ"),
        ("يلتقيان في وسط الملعب.", "فِي وَسَطِ"),
    ],
)
def test_one_that_is_governed_is_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
