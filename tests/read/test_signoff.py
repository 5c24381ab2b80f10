from __future__ import annotations

import pytest

from tts_news.read.inputs import read_text
from tts_news.read.signoff import sign_off_from, trim_sign_off
from tts_news.records import Dropped, Paragraph

BODY = [
    "افتتح أمير المنطقة اليوم جسر الوادي الجديد الذي يربط شرق المدينة بغربها.",
    "وبلغت كلفة الجسر 80 مليون ريال، واستغرق بناؤه عامين.",
]


@pytest.mark.parametrize(
    "below",
    [
        ["خ.ر/ن.د (ط ب ع)"],
        ["ل ك/ط س ن"],
        ["--(مدارك) ز ك/ ل و", "18/11/2026 12:24:10"],
        ["/ضفة/"],
        ["// انتهى //", "17:42ت م", "0142"],
        ["- زك -", "مدى/سليم واصف"],
        ["(النهاية) / ز ح ع / ه س ص"],
        ["انتهى/ح ك"],
        ["#ضفاف#"],
        ["يتبع/ق"],
        ["ض ف ا/ م"],
        ["** 1417 ** 2342"],
        ["-انتهى-", "للاستفسارات الإعلامية:", "هاتف: 0096600000000", "نبذة عن الشركة: تأسست قبل عشرة أعوام."],
    ],
)
def test_a_sign_off_is_told_by_its_shape(below: list[str]) -> None:
    assert sign_off_from(BODY + below) == len(BODY)


@pytest.mark.parametrize(
    "last",
    [
        "هل من مزيد؟",
        "قال لا.",
        "ما هو",
        "في يد من",
        "2025",
        "انتهى.",
        "(صورة من الجو للجسر الجديد)",
        "وفي 2025 بلغ 80.",
        "• مصر / تونس",
        "17:42",
        "شكرا",
    ],
)
def test_a_last_line_of_words_stays(last: str) -> None:
    assert sign_off_from([*BODY, last]) == len(BODY) + 1


def test_what_stands_above_the_text_is_no_sign_off() -> None:
    assert sign_off_from(["/ضفة/", *BODY]) == 3
    assert sign_off_from(["عنوان", "-انتهى-", *BODY]) == 4


def test_a_sign_off_behind_the_last_sentence_is_taken_off() -> None:
    blocks, dropped = trim_sign_off((Paragraph(f"{BODY[1]} /ضفة/"),))
    assert (blocks, dropped) == ((Paragraph(BODY[1]),), (Dropped("/ضفة/", "sign-off"),))
    whole = (Paragraph(f"{BODY[1]} وقال لا"),)
    assert trim_sign_off(whole) == (whole, ())


def test_a_paste_ends_above_its_sign_off() -> None:
    article = read_text("\n\n".join(["الأمير يفتتح جسر الوادي", *BODY, "/ضفة/", "زك/ ل م"]))
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == BODY
    assert {line.text for line in article.dropped if line.reason == "sign-off"} == {"/ضفة/", "زك/ ل م"}
