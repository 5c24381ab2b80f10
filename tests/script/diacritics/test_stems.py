from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from tts_news.script import diacritise
from tts_news.script.diacritics.marks import (
    DAMMA,
    FATHA,
    KASRA,
    READING_INDEX,
    READINGS,
    SHADDA,
    is_letter,
    take_apart,
)
from tts_news.script.diacritics.stems import Stems, load_stems


def best(stems: Stems, bases: str, wanted: dict[int, str] | None = None) -> list[str]:
    scores = np.zeros((len(bases), len(READINGS)), np.float32)
    for place, reading in (wanted or {}).items():
        scores[place, READING_INDEX[reading]] = 5.0
    stems.restrict(bases, scores)
    return [READINGS[i] for i in scores.argmax(axis=1)]


def test_a_stem_settles_its_letters_and_leaves_the_case_ending_open() -> None:
    marks = best(Stems(["بَنْدَر"]), "بندر", {0: KASRA, 2: KASRA, 3: DAMMA})
    assert marks == [FATHA, "", FATHA, DAMMA]


@pytest.mark.parametrize("prefix", ["و", "ب", "ال", "بال", "وال", "لل", "ولل", "ول"])
def test_a_stem_is_found_after_clitics_and_the_article(prefix: str) -> None:
    assert best(Stems(["كُونْغْرِس"]), prefix + "كونغرس")[len(prefix)] == DAMMA


def test_a_stem_with_its_article_is_found_after_lam() -> None:
    assert best(Stems(["الْقَيْرَوَان"]), "للقيروان")[2] == FATHA


def test_the_first_letter_may_take_the_shadda_of_a_sun_letter() -> None:
    assert best(Stems(["تِلِفِزْيُون"]), "التلفزيون", {2: FATHA + SHADDA})[2] in (KASRA, KASRA + SHADDA)


def test_part_of_a_longer_word_is_no_stem() -> None:
    assert best(Stems(["بَنْدَر"]), "بندرية", {0: KASRA})[0] == KASRA


def test_of_several_entries_the_likelier_one_is_read() -> None:
    stems = Stems(["تْوِيتَر", "تُوِيتَر"])
    assert best(stems, "تويتر", {0: DAMMA})[0] == DAMMA
    assert best(stems, "تويتر", {0: ""})[0] == ""


def test_an_entry_says_how_every_letter_but_the_last_is_read() -> None:
    for letters, stems in load_stems()._table.items():
        assert all(map(is_letter, letters)), letters
        for stem in stems:
            assert all(len(allowed) > 0 for allowed in stem[:-1]), letters


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("والتقى أوباما نظيره الفرنسي.", "أُوبَامَا"),
        ("وقال أردوغان إن بلاده مستعدة.", "دُوغَان"),
        ("ونشر ذلك على تويتر أمس.", "وِيتَر"),
        ("وعقد الكونغرس جلسة طارئة.", "الْكُونْغْرِس"),
    ],
)
def test_names_are_read_as_their_stems_say(text: str, said: str) -> None:
    assert said in unicodedata.normalize("NFC", diacritise(text))


def test_the_marks_of_the_author_win_over_a_stem() -> None:
    assert take_apart(diacritise("ونشر على تَويتر أمس.").split()[2]).marks[0] == FATHA


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("وعثر على الطائرة المفقودة.", "عُثِرَ عَلَى"),
        ("ولد في القاهرة.", "وُلِدَ فِي"),
        ("زار الوفد سلطنة عمان أمس.", "عُمَان"),
        ("وصل إلى العاصمة الأردنية عمان أمس.", "عَمَّان"),
        ("في شهر صفر من كل عام.", "صَفَر"),
        ("أقيمت أمسية الشعر النبطي في الحديقة.", "الشِّعْرِ"),
        ("شامبو يمنع تساقط الشعر.", "الشَّعْرِ"),
    ],
)
def test_a_homograph_is_settled_by_its_neighbour(text: str, said: str) -> None:
    assert unicodedata.normalize("NFC", said) in diacritise(text)


def test_a_homograph_without_its_neighbour_is_left_to_the_models() -> None:
    stems = Stems([], [("عُثِرَ", [], ["على"])])
    assert best(stems, "عثر على")[0] == DAMMA
    assert best(stems, "عثر الرجل", {0: FATHA})[0] == FATHA


def test_a_final_shadda_asks_for_a_vowel_with_shadda() -> None:
    assert best(Stems(["رَسْمِيّ"]), "رسمي", {3: ""})[3].endswith(SHADDA)
    assert unicodedata.normalize("NFC", "قِيَاسِيٍّ") in diacritise("ارتفع السعر إلى مستوى قياسي.")
