from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ينال الفائز جائزة قدرها خمسة ملايين ريال.", "قَدْرُهَا خَمْسَةُ"),
        ("منح جائزة قدرها خمسة آلاف دينار.", "قَدْرُهَا خَمْسَةُ"),
        ("قدم منحة قدرها ثلاثة آلاف ريال.", "قَدْرُهَا ثَلَاثَةُ"),
        ("وينال غرامة قدرها أربعة آلاف درهم.", "قَدْرُهَا أَرْبَعَةُ"),
        ("رسم لوحة طولها ثلاثة أمتار.", "طُولُهَا ثَلَاثَةُ"),
        ("بطارية سعتها خمسة آلاف ملي أمبير", "سَعَتُهَا خَمْسَةُ"),
    ],
)
def test_a_clause_that_describes_begins_in_the_nominative(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("زار رجل بيته أمس.", "بَيْتَهُ أَمْسِ"),
        ("أعلن الوزير رفضه القرار.", "رَفْضَهُ الْقَرَارَ"),
        ("قضى في قريته خمسة أعوام.", "قَرْيَتِهِ خَمْسَةَ"),
        ("نشر الكاتب روايته الأولى.", "رِوَايَتَهُ الْأُولَى"),
        ("ألقى رجل خطابه أمس.", "خِطَابَهُ أَمْسِ"),
        ("افتتح الوزير مكتبه الجديد.", "مَكْتَبَهُ الْجَدِيدَ"),
    ],
)
def test_other_nouns_with_pronouns_are_left_alone(text: str, said: str) -> None:
    assert said in diacritise(text)
