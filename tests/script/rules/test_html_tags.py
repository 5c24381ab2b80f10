from __future__ import annotations

import pytest

from tts_news.script.rules import html_tags

LEFT_ALONE = [
    "قال الوزير: 5 < 10 و12 > 3",
    "AT&T شركة",
    "كتب بين <<قوسين>>",
]

REWRITTEN = [
    ("قال quot;نعمquot; ثم", 'قال "نعم" ثم'),
    ("قال &quot;نعم&quot;", 'قال "نعم"'),
    ("&amp;quot;نعم&amp;quot;", '"نعم"'),
    ("<b>ال</b>كتاب", "الكتاب"),
    ("سطر<br/>سطر", "سطر سطر"),
    ("<script>var a = 1</script>نص", " نص"),
    ("<!-- تعليق -->نص", " نص"),
    ("100 م<sup>2</sup>", "100 م²"),
    ('<p class="x">نص</p>', " نص "),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert html_tags.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert html_tags.apply(written).split() == spoken.split()
