"""`<say-as>`: each way of reading."""

from __future__ import annotations

import pytest

from tts_news.arabic import bare
from tts_news.errors import ScriptError
from tts_news.script import normalise
from tts_news.script.say_as import say_as


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("digits", "190", "واحد تسعه صفر"),
        ("telephone", "٠٥-٠", "صفر خمسه صفر"),
        ("characters", "ضع", "ضاد عين"),
        ("spell-out", "FBI 2", "إف بي آي اثنان"),
        ("ordinal", "3", "الثالث"),
        ("cardinal", "25", "خمسة وعشرون"),
        ("date", "5/6/2024", "الخامس من يونيو ألفين وأربعة وعشرين"),
    ],
)
def test_a_text_is_read_the_way_its_author_wants(kind: str, text: str, said: str) -> None:
    assert bare(say_as(kind, text, normalise)) == said


@pytest.mark.parametrize(("kind", "text"), [("digits", "كلمة"), ("ordinal", "كلمة"), ("poem", "كلمة")])
def test_what_does_not_fit_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ScriptError, match="say-as"):
        say_as(kind, text, normalise)
