from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("افتتح وزير النقل مساء أمس الجسر الجديد أمام السيارات.", "الْجِسْرَ الْجَدِيدَ"),
        ("غادر العاصمة صباح اليوم وفد المفاوضين.", "الْعَاصِمَةَ صَبَاحَ الْيَوْمِ وَفْدُ"),
        ("يحمي القانون المعدل أصحاب العمل.", "الْقَانُونُ الْمُعَدَّلُ أَصْحَابَ"),
        ("استقبل ميناء صحار أكبر سفينة في تاريخه.", "أَكْبَرَ سَفِينَةٍ"),
    ],
)
def test_the_first_phrase_behind_a_verb_is_its_subject_and_the_next_its_object(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("فاز الفريق الضيف بهدفين.", "الْفَرِيقُ الضَّيْفُ"),
        ("وصل الشيخ صالح إلى المدينة.", "الشَّيْخُ صَالِحٌ"),
        ("تسقط أمطار غزيرة على السواحل.", "أَمْطَارٌ غَزِيرَةٌ"),
        ("تجسد الممثلة الشابة شخصية طبيبة.", "الْمُمَثِّلَةُ الشَّابَّةُ"),
        ("غطت الثلوج قمم الجبال.", "الثُّلُوجُ"),
        ("لقي شخصان مصرعهما وأصيب ثمانية آخرون.", "ثَمَانِيَةٌ آخَرُونَ"),
    ],
)
def test_adjectives_names_and_numbers_are_no_objects(text: str, said: str) -> None:
    assert said in diacritise(text)
