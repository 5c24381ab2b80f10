from __future__ import annotations

import pytest

from tts_news.script.rules import verses

LEFT_ALONE = [
    "سورة البقرة",
    "(الفقرة: 12)",
    "(البقرة الحلوب)",
]
REWRITTEN = [
    ("(المائدة: 32)", "، سورة المائدة، الآية اثنتان وثلاثون، "),
    ("[يوسف: 3]", "، سورة يوسف، الآية ثلاث، "),
    ("(آل عمران: 103-105)", "، سورة آل عمران، الآيات مئة وثلاث إلى مئة وخمس، "),
    ("﴿الكهف: 10﴾", "، سورة الكهف، الآية عشر، "),
    ("(النور: 30-31)", "، سورة النور، الآيتان ثلاثون وإحدى وثلاثون، "),
    ("(سورة الرعد: 11)", "، سورة الرعد، الآية إحدى عشرة، "),
    ("و[النحل: 90]", "، وسورة النحل، الآية تسعون، "),
    ("(طه، 25)", "، سورة طه، الآية خمس وعشرون، "),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert verses.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert verses.apply(text).split() == spoken.split()
