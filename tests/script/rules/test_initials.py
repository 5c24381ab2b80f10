from __future__ import annotations

import pytest

from tts_news.script.rules import initials

LEFT_ALONE = [
    "قال (صلى الله عليه وسلم)",
    "سنة (1432 ه)",
    "قال أ. و قال",
    "القسم و المجموعة",
    "قال في الدار",
    "و السلام",
    "ب 60 ساعة",
    "5 د.ك",
]

REWRITTEN = [
    ("قمر (إم.بي.زد) هنا", "قمر (إم بي زد) هنا"),
    ("سهم «دانة ب» وسهم (مركز ن ف)", "سهم «دانة باء» وسهم (مركز نون فاء)"),
    ("المتهم (ب.ع)", "المتهم (باء عين)"),
    ("س. م. ع", "سين ميم عين"),
    ("جورج و. بوش", "جورج دبليو بوش"),
    ("جون ف. كينيدي", "جون إف كينيدي"),
    ("أ) أولا", "ألف،  أولا"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert initials.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert initials.apply(written).split() == spoken.split()


LETTERED = [
    ("فيتامين د", "فيتامين دال"),
    ("فيتامين د يقوي", "فيتامين دال يقوي"),
    ("المجموعة أ", "المجموعة ألف"),
    ("البند (ب)", "البند باء"),
    ("القسم و المجموعة", "القسم و المجموعة"),
    ("مادة ب 60 ساعة", "مادة ب 60 ساعة"),
]


@pytest.mark.parametrize(("written", "spoken"), LETTERED)
def test_the_letter_of_a_group_goes_by_its_name(written: str, spoken: str) -> None:
    assert initials.first(written) == spoken
