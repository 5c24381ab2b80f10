from __future__ import annotations

import pytest

from tts_news.script.rules import pauses

LEFT_ALONE = [
    "القاهرة، الرياض. هل؟ نعم!",
    "كلمة",
]

REWRITTEN = [
    ("(محدث) ثلاثة شهداء", "محدث، ثلاثة شهداء"),
    ("بحلول (الساعة الخامسة عصرا) انتهى", "بحلول الساعة الخامسة عصرا انتهى"),
    ('قال "نعم"', "قال نعم "),
    ("محمد (35 عاما) لاعب", "محمد، 35 عاما، لاعب"),
    ("مع (سي إن إن) أمس", "مع سي إن إن أمس"),
    ("صندوق النقد الدولي (صندوق النقد الدولي) قال", "صندوق النقد الدولي قال"),
    ("كلمة (واحدة)", "كلمة واحدة "),
    ("وصل الفريق (متأخرا كعادته!) وبدأ اللعب", "وصل الفريق، متأخرا كعادته، وبدأ اللعب"),
    ("سأل (من يدفع؟)", "سأل، من يدفع؟ "),
    ("انتظر... ثم رحل", "انتظر، ثم رحل"),
    ("انتهى...", "انتهى."),
    ("القاهرة - رويترز", "القاهرة، رويترز"),
    ("القاهرة – رويترز", "القاهرة، رويترز"),
    ("- بند أول", "بند أول"),
    ("عربي-إسرائيلي", "عربي إسرائيلي"),
    ("الأمن,الغذاء", "الأمن، الغذاء"),
    ("لماذا?!", "لماذا؟ "),
    ("نعم ; لا", "نعم؛ لا"),
    ('ل"حماس"', "لحماس "),
    ('ل"الجزيرة"', "للجزيرة "),
    ("-----", ""),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert pauses.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert pauses.apply(written).split() == spoken.split()
