from __future__ import annotations

import pytest

from tts_news.script.rules import lookalikes

LEFT_ALONE = [
    "على إلى حتى مستشفى مصطفى",
    "الدعوى القضائية",
    "قال في كلمته",
]

REWRITTEN = [
    ("فى شتى المجالات", "في شتى المجالات"),
    ("يعنى ذلك فى الواقع", "يعني ذلك في الواقع"),
    ("فی", "في"),
    ("علی", "على"),
    ("إلی", "إلى"),
    ("وعلی", "وعلى"),
    ("مستشفی المدینة", "مستشفى المدينة"),
    ("بالمستشفی", "بالمستشفى"),
    ("پاکستان", "باكستان"),
    ("گوگل", "غوغل"),
    ("چاد", "تشاد"),
    ("ڤيينا", "فيينا"),
    ("الحکومة ہنا", "الحكومة هنا"),
    ("مدرسۃ", "مدرسة"),
    ("فى", "في"),
    (
        "قال فى الحفل الذى أقيم على المسرح الكبير إن مستشفى قنا خالى",
        "قال في الحفل الذي أقيم على المسرح الكبير إن مستشفى قنا خالي",
    ),
    ("السيسى", "السيسي"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert lookalikes.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert lookalikes.apply(written).split() == spoken.split()
