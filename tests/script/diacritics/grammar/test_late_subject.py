from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("حلت ضيف شرف على المهرجان مدينة فاس.", "حَلَّتْ ضَيْفَ شَرَفٍ عَلَى الْمِهْرَجَانِ مَدِينَةُ"),
        ("شاركت في المعرض مئة دار نشر.", "مِئَةُ دَارِ نَشْرٍ"),
        ("وزعت في حفل الختام ثلاث جوائز.", "ثَلَاثُ جَوَائِزَ"),
        ("وقعت في المدينة حادثة سير.", "حَادِثَةُ سَيْرٍ"),
        ("شاركت في السباق أربع فرق.", "أَرْبَعُ"),
        ("وصلت إلى الميناء سفينة شحن.", "سَفِينَةُ شَحْنٍ"),
    ],
)
def test_the_subject_behind_a_phrase_is_nominative(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("صوت مجلس النواب على القانون.", "صَوَّتَ مَجْلِسُ"),
        ("عادت إلى بلادها بعد غياب.", "بَعْدَ غِيَابٍ"),
        ("فازت بالجائزة كاتبة شابة.", "كَاتِبَةٌ شَابَّةٌ"),
        ("ألغت الشركة الرحلات.", "الشَّرِكَةُ الرِّحْلَاتِ"),
        ("نشر في الصحيفة مقالة طويلة.", "مَقَالَةً طَوِيلَةً"),
        ("جاءت في المركز الثاني جامعة القاهرة.", "جَامِعَةُ الْقَاهِرَةِ"),
    ],
)
def test_other_sentences_are_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
