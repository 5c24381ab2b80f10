from __future__ import annotations

import pytest

from tts_news.script.rules import datelines

LEFT_ALONE = [
    "الكويت - 22 - 10 أغلقت",
    "فاز الفريق 3 - 1 (ودية) أمس",
    "الدوحة - 22 - 13 (قنا) أعلنت",
    "قال الوزير 12 موظفا (جددا) حضروا",
    "زار باريس 3 مارس (آذار) الماضي",
]
REWRITTEN = [
    ("الكويت - 22 - 10 (كونا) -- أغلقت", "الكويت، 22 أكتوبر، كونا: أغلقت"),
    ("الدوحة - 05 - 03 (قنا): أعلنت", "الدوحة، 5 مارس، قنا: أعلنت"),
    ("لوس أنجليس 16 نوفمبر 2022 (شينخوا) كشف", "لوس أنجليس، 16 نوفمبر 2022، شينخوا: كشف"),
    ("عمان، 7 تشرين الأول (بترا) - زار", "عمان، 7 تشرين الأول، بترا: زار"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert datelines.apply(text) == text


@pytest.mark.parametrize(("text", "said"), REWRITTEN)
def test_rewritten(text: str, said: str) -> None:
    assert datelines.apply(text) == said
