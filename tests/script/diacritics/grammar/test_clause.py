from __future__ import annotations

import numpy as np
import pytest

from tts_news.script import diacritise
from tts_news.script.diacritics.forms import load_forms
from tts_news.script.diacritics.grammar.clause import name_subject_and_object
from tts_news.script.diacritics.grammar.words import words_of
from tts_news.script.diacritics.marks import READING_INDEX, READINGS, take_apart


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


@pytest.mark.parametrize(
    ("read", "said"),
    [("غَادَرَ الوَزِيرِ", "غَادَرَ الوَزِيرُ"), ("غَادَرَ السَّفِينَةِ", "غَادَرَ السَّفِينَةَ"), ("صَوتُ الوَزِيرِ", "صَوتُ الوَزِيرِ")],
)
def test_right_behind_the_verb_that_opens_a_sentence_stands_no_genitive(read: str, said: str) -> None:
    apart = take_apart(read)
    scores = np.full((len(apart.bases), len(READINGS)), -5.0, np.float32)
    for row, marks in zip(scores, apart.marks, strict=True):
        row[[READING_INDEX[vowel] for vowel in "\u064e\u064f\u0650"]] = -4.0
        row[READING_INDEX[marks]] = 0.0
    name_subject_and_object(words_of(apart.bases, scores, load_forms()), scores, load_forms())
    best = (READINGS[int(row.argmax())] for row in scores)
    assert "".join(map("".join, zip(apart.bases, best, strict=True))) == said
