"""Grammar overrules the diacritiser where a clause has no room for the case it saw."""

from __future__ import annotations

import pytest

from tts_news.script.governed import allowed
from tts_news.script.rules.grammar import Case

KEPT: list[tuple[Case, str, str]] = [
    ("nom", "", "ثَلَاثَةٌ"),
    ("nom", "سِعْرُ الْبَرْمِيلِ", "ثَلَاثَةُ"),
    ("nom", "الْبَرْمِيلُ", "ثَلَاثَةُ"),
    ("nom", "قُتِلَ", "ثَلَاثَةُ"),
    ("nom", "قَالَ الْوَزِيرُ أَمْسِ قُتِلَ", "ثَلَاثَةُ"),
    ("nom", "أَعْلَنَ الْبَيَانُ أُصِيبُوا بَيْنَهُمْ", "ثَلَاثَةُ"),
    ("nom", "وَصَلَ سِعْرُ الذَّهَبِ عِيَارُ", "ثَلَاثَةٍ"),
    ("acc", "تَسَلَّمَ اللَّاجِئُونَ", "ثَلَاثَ"),
    ("acc", "وَمَنَحَ الْفَرِيقَ", "ثَلَاثَ"),
    ("acc", "رَمَّمَ الْأَهَالِي", "ثَلَاثَةَ"),
    ("acc", "تَكْفِي", "ثَلَاثَ"),
    ("gen", "فِي", "ثَلَاثَةِ"),
    ("nom", "انْطَلَقَتِ الدَّوْرَةُ", "الثَّالِثَةُ"),
    ("nom", "انْطَلَقَتِ الدَّوْرَةُ الْجَدِيدَةُ", "الثَّالِثَةُ"),
]
CHANGED: list[tuple[Case, str, str, Case]] = [
    ("nom", "ارْتَفَعَ الْبَرْمِيلُ", "ثَلَاثَةُ", "acc"),
    ("nom", "سَارَ الْمُتَظَاهِرُونَ", "ثَلَاثَةُ", "acc"),
    ("nom", "تَبْعُدُ مَدِينَةُ الرِّبَاطِ", "ثَلَاثَةُ", "acc"),
    ("acc", "حَضَرَ الْمُبَارَاةَ", "ثَلَاثَةَ", "nom"),
    ("acc", "دَخَلَ الْمَدِينَةُ", "ثَلَاثَةَ", "nom"),
    ("acc", "نَزَحَ", "ثَلَاثَةَ", "nom"),
    ("acc", "وَصَلَتْ", "ثَلَاثَ", "nom"),
    ("acc", "دَخَلَ إِلَى الْقِطَاعِ أَمْسِ", "ثَلَاثَ", "nom"),
    ("gen", "اسْتَقْبَلَ مَطَارُ قَرْطَاجَ مُنْذُ بِدَايَةِ شَهْرِ جُوَانَ", "ثَلَاثِ", "acc"),
    ("gen", "فِي الْبِلَادِ", "ثَلَاثَةِ", "nom"),
    ("nom", "تَنَالُ الْعَاصِمَةُ الْمَرْتَبَةُ", "الثَّالِثَةُ", "acc"),
    ("nom", "جَمَعَتِ الْمِنَصَّةُ الدُّولَارَاتُ", "الثَّلَاثَةُ", "acc"),
]


@pytest.mark.parametrize(("case", "before", "seen"), KEPT)
def test_a_case_the_clause_has_room_for_is_kept(case: Case, before: str, seen: str) -> None:
    assert allowed(case, before.split(), seen) == case


@pytest.mark.parametrize(("case", "before", "seen", "due"), CHANGED)
def test_a_case_the_clause_has_no_room_for_is_mended(case: Case, before: str, seen: str, due: Case) -> None:
    assert allowed(case, before.split(), seen) == due
