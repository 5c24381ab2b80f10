from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("التعاون الاقتصادي والتكنولوجي:", "التَّعَاوُنُ الِاقْتِصَادِيُّ وَالتِّكْنُولُوجِيُّ"),
        ("سدت الصخور الطريق الجبلي.", "الطَّرِيقَ الْجَبَلِيَّ"),
        ("دشنت شركة النقل الوطنية خطا جديدا للحافلات.", "شَرِكَةُ النَّقْلِ الْوَطَنِيَّةُ"),
    ],
)
def test_an_adjective_takes_the_case_of_its_noun(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("عقدت دار الكتب المصرية الأربعاء ندوة.", "دَارُ الْكُتُبِ الْمِصْرِيَّةُ"),
        ("بثت قناة محلية مقابلة مع الوزيرة.", "قَنَاةٌ مَحَلِّيَّةٌ مُقَابَلَةً"),
        ("خفض الوكيل أسعار الطرز العائلية بنحو الربع.", "الْعَائِلِيَّةِ"),
        ("قال وزير الخارجية السابق إنه مستعد.", "وَزِيرُ الْخَارِجِيَّةِ السَّابِقُ"),
    ],
)
def test_an_adjective_of_a_construct_and_an_object_are_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
