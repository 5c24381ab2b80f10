"""One damma by the author makes a verb passive."""

from __future__ import annotations

import unicodedata

import pytest

from tts_news.arabic import bare
from tts_news.script.passives import complete_passive

LEFT_ALONE = [
    "كُتب", "دُول", "حُكم", "جُدد", "عُمان", "يُعلن", "تُعدّ", "أُسرة", "قُتِلَ", "مُدير", "سُوريا", "أُوروبا", "قُوى", "أُخرى", "لُبنان",
]  # fmt: skip
REWRITTEN = [
    ("نُقل", "نُقِلَ"),
    ("وقُتل", "وَقُتِلَ"),
    ("وُصفت", "وُصِفَت"),
    ("عُقد", "عُقِدَ"),
    ("قُتلوا", "قُتِلُوا"),
    ("سُجلت", "سُجِّلَت"),
    ("نُظمت", "نُظِّمَت"),
    ("أُعلن", "أُعْلِنَ"),
    ("وأُوقف", "وَأُوقِفَ"),
    ("وأُغلقت", "وَأُغْلِقَت"),
    ("أُصيب", "أُصِيبَ"),
    ("أُجري", "أُجْرِيَ"),
    ("اعتُقل", "اعْتُقِلَ"),
    ("انتُخبت", "انْتُخِبَت"),
    ("استُخدم", "اسْتُخْدِمَ"),
    ("فاستُدعي", "فَاسْتُدْعِيَ"),
]


@pytest.mark.parametrize("word", LEFT_ALONE)
def test_what_may_be_something_else_is_left_alone(word: str) -> None:
    assert complete_passive(word) == word


@pytest.mark.parametrize(("word", "passive"), REWRITTEN)
def test_a_passive_is_completed(word: str, passive: str) -> None:
    assert complete_passive(word) == unicodedata.normalize("NFC", passive)
    assert bare(complete_passive(word)) == bare(word)
