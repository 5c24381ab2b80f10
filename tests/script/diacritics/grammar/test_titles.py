from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("نقل المعرفة", "نَقْلُ الْمَعْرِفَةِ"),
        ("حفظ البيانات الشخصية", "حِفْظُ الْبَيَانَاتِ"),
        ("دعم الزراعة المحلية", "دَعْمُ الزِّرَاعَةِ"),
        ("رفع الكفاءة", "رَفْعُ الْكَفَاءَةِ"),
        ("خفض كلفة الكهرباء", "خَفْضُ كُلْفَةِ الْكَهْرَبَاءِ"),
        ("تقاسمها شاعران.", "تَقَاسَمَهَا شَاعِرَانِ"),
        ("تصدرها فريق من الشمال.", "تَصَدَّرَهَا فَرِيقٌ"),
    ],
)
def test_a_title_is_a_verbal_noun_and_a_subject_makes_a_verb(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("نقل الوزير رسالة إلى نظيره.", "نَقَلَ الْوَزِيرُ"),
        ("نقل الخبرة إلى الشباب.", "نَقَلَ الْخِبْرَةَ"),
        ("تطويرها ممكن.", "تَطْوِيرُهَا مُمْكِنٌ"),
        ("تقسيمها ظالم.", "تَقْسِيمُهَا ظَالِمٌ"),
        ("تنفيذها مهمة صعبة.", "تَنْفِيذُهَا مُهِمَّةٌ"),
        ("فتح الطريق", "فَتْحُ الطَّرِيقِ"),
    ],
)
def test_what_follows_decides_otherwise(text: str, said: str) -> None:
    assert said in diacritise(text)
