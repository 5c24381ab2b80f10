from __future__ import annotations

import pytest

from tts_news.script.rules import emoji

LEFT_ALONE = [
    "خبر عادي بلا صور.",
    "3 * 5",
]

REWRITTEN = [
    ("عاجل 🔴", "عاجل"),
    ("👩👧 أسرة", " أسرة"),
    ("1⃣ أولا", "1 أولا"),
    ("شكرا :)", "شكرا "),
    ("أهلا 🇪🇬!", "أهلا!"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert emoji.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert emoji.apply(written).split() == spoken.split()
