from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("قلت نسبة البطالة في الربع الثالث.", "قَلَّتْ نِسْبَةُ"),
        ("قلت الأمطار هذا العام.", "قَلَّتِ الْأَمْطَارُ"),
    ],
)
def test_a_verb_with_a_subject_after_it_is_third_person(text: str, said: str) -> None:
    assert diacritise(text).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [("قلت للوزير إن الأمر انتهى.", "قُلْتُ"), ("قلت ذلك أمس.", "قُلْتُ ذَلِكَ")],
)
def test_a_verb_without_one_is_left_alone(text: str, said: str) -> None:
    assert diacritise(text).startswith(said)
