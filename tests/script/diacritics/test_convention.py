from __future__ import annotations

import unicodedata

import pytest

from tts_news.script.diacritics.convention import show_sukun
from tts_news.script.diacritics.marks import put_together, take_apart


def shown(text: str) -> str:
    apart = take_apart(text)
    return put_together(apart.lead, apart.bases, show_sukun(apart.bases, apart.marks))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("عَن خُطَّةٍ", "عَنْ خُطَّةٍ"),
        ("الحُكُومَةُ", "الْحُكُومَةُ"),
        ("بَيتٌ", "بَيْتٌ"),
        ("يَومٌ", "يَوْمٌ"),
        ("لُبنَان", "لُبْنَانْ"),
        ("شَأنٌ", "شَأْنٌ"),
        ("فِيْ", "فِي"),
        ("اْلْبَيْتُ", "الْبَيْتُ"),
        ("مُوْسَى", "مُوسَى"),
        ("مَايكِل", "مَايْكِلْ"),
    ],
)
def test_rewritten(before: str, after: str) -> None:
    assert shown(before) == unicodedata.normalize("NFC", after)


@pytest.mark.parametrize("text", ["الرَّئِيسُ", "لِلشَّعْبِ", "هٰذَا", "فِي", "ذُو", "عَلَى", "مُدَّةً", "آسِيَا", "كِتَابًا"])
def test_left_alone(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert shown(text) == text
