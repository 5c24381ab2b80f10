"""Open numbers: how they stand in a text, and that a text without one is not touched."""

from __future__ import annotations

from tts_news.script.rules.undecided import OpenNumber, is_open, nominative, parts, replaced

NUMBER = OpenNumber("ثلاثة أهداف", "خمسة وعشرون هدفا", "خمسة وعشرين هدفا", "خمسة وعشرين هدفا")


def test_an_open_number_keeps_its_forms() -> None:
    text = f"سجل {NUMBER.written()} أمس"
    assert is_open(text)
    assert parts(text) == ["سجل ", NUMBER, " أمس"]
    assert nominative(text) == "سجل خمسة وعشرون هدفا أمس"
    assert replaced(text, lambda number: number.form("acc")) == "سجل خمسة وعشرين هدفا أمس"


def test_a_number_that_is_the_same_in_every_case_is_not_open() -> None:
    assert OpenNumber("ثلاثة كتب", "خمسة كتب", "خمسة كتب", "خمسة كتب").written() == "خمسة كتب"


def test_a_text_without_one_stays_as_it_is() -> None:
    assert nominative("سجل هدفا") == "سجل هدفا"
    assert parts("سجل هدفا") == ["سجل هدفا"]
    assert not is_open("سجل هدفا")
