from __future__ import annotations

import pytest

from tts_news.script.rules import sport
from tts_news.script.rules.topic import Topic

LEFT_ALONE = [
    "سجل على ضيفه 25 نقطة",
    "المتصدر ن",
    "عمره (23) عاما",
    "اللاعب سامي (31)",
    "متصدر الهدافين سالم (12)",
    "الهدافون: سالم (12) وفؤاد (9)",
    "سالم (15 هدفا)، فؤاد (13)، حسن (8)",
    "أحرز سالم (20 نقطة) وفؤاد (11)",
    "قال الوزير سعيد (45)",
]
REWRITTEN = [
    ("تقدم 2 / صفر أمس", "تقدم 2-0 أمس"),
    ("أدرك سعيد التعادل (71)", "أدرك سعيد التعادل في الدقيقة 71"),
    ("العين 40 ن والوحدة 38ن", "العين 40 نقطة والوحدة 38 نقطة"),
    ("سجل الهدف رياض (18)", "سجل الهدف رياض في الدقيقة 18"),
    ("أحرزهما وليد (5 و77)", "أحرزهما وليد في الدقيقتين 5 و77"),
    ("أحرز فؤاد (10) و(90+3) الهدفين", "أحرز فؤاد في الدقيقة 10 وفي الدقيقة 90+3 الهدفين"),
    ("نال عمر بطاقة حمراء (71)", "نال عمر بطاقة حمراء في الدقيقة 71"),
    ("عادل النتيجة حسن (د 33)", "عادل النتيجة حسن في الدقيقة 33"),
    ("سجل أنس (1، 20، 63) ثلاثية", "سجل أنس في الدقائق 1 و20 و63 ثلاثية"),
]


def test_a_basketball_score_without_a_dash_is_told_by_its_article() -> None:
    text = "فاز على ضيفه نجوم الساحل 104 97 أمس"
    assert sport.apply(text) == text
    assert sport.rewrite(text, Topic(sport=True)) == "فاز على ضيفه نجوم الساحل 104-97 أمس"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert sport.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert sport.apply(text).split() == spoken.split()
