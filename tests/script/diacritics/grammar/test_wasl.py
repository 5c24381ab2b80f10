from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("قلت الأمطار هذا العام.", "قَلَّتِ الْأَمْطَارُ"),
        ("لا تهمل الجرح الصغير.", "تُهْمِلِ الْجُرْحَ"),
        ("اشرب الماء كثيرا.", "شْرَبِ الْمَاءَ"),
        ("لم يبلغ الفريق النهائي.", "لَمْ يَبْلُغِ الْفَرِيقُ"),
        ("ألغت الشركة الرحلات.", "أَلْغَتِ الشَّرِكَةُ"),
        ("بلغت الحرارة أربعين درجة.", "بَلَغَتِ الْحَرَارَةُ"),
    ],
)
def test_a_verb_takes_a_kasra_before_hamzat_wasl(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("عادت إلى بلادها بعد غياب.", "عَادَتْ إِلَى"),
        ("نشرت صحيفة محلية خبرا.", "نَشَرَتْ صَحِيفَةٌ"),
        ("أثبت الفحص سلامة اللاعب.", "أَثْبَتَ الْفَحْصُ"),
        ("يعمل المصنع ليلا.", "يَعْمَلُ الْمَصْنَعُ"),
        ("لن يقبل الوزير العرض.", "لَنْ يَقْبَلَ الْوَزِيرُ"),
        ("لم يحضر أحد.", "لَمْ يَحْضُرْ أَحَدٌ"),
    ],
)
def test_other_endings_are_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
