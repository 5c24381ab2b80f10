from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("زار وزير خارجية اليابان كوريا الجنوبية في خطوة تهدف إلى تعزيز التعاون.", "الْجَنُوبِيَّةَ"),
        ("سدت الصخور الطريق الجبلي.", "الطَّرِيقَ الْجَبَلِيَّ"),
        ("زار رئيس وزراء النرويج تونس العاصمة في جولة قصيرة.", "تُونِسَ الْعَاصِمَةَ"),
        ("افتتحت الوزارة المعرض", "الْوِزَارَةُ الْمَعْرِضَ"),
    ],
)
def test_a_second_nominative_that_nothing_explains_is_the_object(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("فاز الفريق الضيف بهدفين.", "الْفَرِيقُ الضَّيْفُ"),
        ("زار وزير الخارجية سامح شكري القاهرة.", "سَامِحُ"),
        ("قال الوزير السابق إن الخطة فشلت.", "الْوَزِيرُ السَّابِقُ"),
        ("هل تنجح الوساطة الجديدة في وقف الحرب؟", "الْوَسَاطَةُ الْجَدِيدَةُ"),
        ("عادت الحياة إلى المدينة.", "الْحَيَاةُ إِلَى الْمَدِينَةِ"),
    ],
)
def test_what_may_be_said_of_the_subject_is_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
