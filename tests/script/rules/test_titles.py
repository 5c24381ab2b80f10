from __future__ import annotations

import pytest

from tts_news.script.rules import titles

LEFT_ALONE = [
    "5 د.ك",
    "ثلاثة م. في",
    "طول 5 م. والعرض",
    "الدكتور محمد",
    "أ ف ب",
]

REWRITTEN = [
    ("د. محمد", "الدكتور محمد"),
    ("د.محمد", "الدكتور محمد"),
    ("د/ محمد", "الدكتور محمد"),
    ("د. سعاد", "الدكتورة سعاد"),
    ("د. فاطمة", "الدكتورة فاطمة"),
    ("د. أسامة", "الدكتور أسامة"),
    ("د. نور الدين", "الدكتور نور الدين"),
    ("د. نور", "الدكتورة نور"),
    ("د. هناء", "الدكتورة هناء"),
    ("د. علاء", "الدكتور علاء"),
    ("وزيرة الصحة د. شلبي", "وزيرة الصحة الدكتورة شلبي"),
    ("م. خالد", "المهندس خالد"),
    ("أ. منى", "الأستاذة منى"),
    ("أ.د. أحمد", "الأستاذ الدكتور أحمد"),
    ("أ.م.د. زينب", "الأستاذة المساعدة الدكتورة زينب"),
    ("لد. محمد", "للدكتور محمد"),
    ("ود. نادية", "والدكتورة نادية"),
    ("ولد. نادية", "وللدكتورة نادية"),
    ("بم. سلوى", "بالمهندسة سلوى"),
    ("السيد/ محمود", "السيد محمود"),
    ("شارك د محمد", "شارك الدكتور محمد"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert titles.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert titles.apply(written).split() == spoken.split()
