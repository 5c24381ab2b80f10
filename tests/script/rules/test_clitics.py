from __future__ import annotations

import re

import pytest

from tts_news.script.rules.clitics import CLITIC, SPACED_CLITIC, attach, is_oblique

ATTACHED = [
    ("", "الخامس", "الخامس"),
    ("و", "الخامس", "والخامس"),
    ("ب", "الخامس", "بالخامس"),
    ("ل", "الخامس", "للخامس"),
    ("ول", "الخامس", "وللخامس"),
    ("ال", "الخامس", "الخامس"),
    ("ال", "بي بي سي", "البي بي سي"),
    ("بال", "بي بي سي", "بالبي بي سي"),
    ("لل", "بي بي سي", "للبي بي سي"),
    ("لل", "الخامس", "للخامس"),
    ("ب ", "ستين", "بستين"),
    ("وال", "الخامس", "والخامس"),
]


@pytest.mark.parametrize(("clitic", "words", "joined"), ATTACHED)
def test_prefixes_are_put_on(clitic: str, words: str, joined: str) -> None:
    assert attach(clitic, words) == joined


def test_a_preposition_makes_the_oblique() -> None:
    assert is_oblique("وب")
    assert is_oblique("لل")
    assert not is_oblique("وال")
    assert not is_oblique("")


@pytest.mark.parametrize("clitic", ["و", "ف", "ب", "ل", "ك", "ال", "بال", "لل", "وال", "ول", "فب", ""])
def test_every_prefix_is_matched(clitic: str) -> None:
    assert re.fullmatch(f"{CLITIC}5", f"{clitic}5")
    assert re.fullmatch(f"{SPACED_CLITIC}5", f"{clitic}5")
