from __future__ import annotations

import pytest

from tts_news.script.rules.unreadable import find, settle, spell

READABLE = ["قال، إن الأمر «انتهى»؟".replace("«", "").replace("»", ""), "الشَّمْسُ", "نعم! لا؛ حقا: أجل.", ""]


@pytest.mark.parametrize("text", READABLE)
def test_arabic_and_pauses_are_readable(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize("char", '5aé☂漢(-"%ـیپ\u200f\ufeff٣٪é\ufefb')
def test_anything_else_is_a_span(char: str) -> None:
    (span,) = find(f"قال {char} نعم")
    assert (span.start, span.end, span.text) == (4, 5, char)


def test_letters_and_digits_are_spellable_and_signs_are_not() -> None:
    assert [span.spellable for span in find("قال 5 FBI ☂")] == [True, True, False]


def test_spelling_says_digits_and_letters() -> None:
    assert spell("5 FBI").split() == ["خمسة", "إف", "بي", "آي"]


def test_auto_spells_letters_and_digits() -> None:
    settled = settle("قال 50 XKQ نعم")
    assert settled.text == "قال خمسة صفر إكس كيه كيو نعم"
    assert settled.stops == ()
    assert settled.dropped == ()


def test_auto_stops_at_a_sign() -> None:
    settled = settle("قال ☂ نعم")
    assert [span.text for span in settled.stops] == ["☂"]


def test_stop_stops_at_a_digit() -> None:
    assert [span.text for span in settle("قال 5 نعم", "stop").stops] == ["5"]


def test_skip_drops_and_says_what_it_dropped() -> None:
    settled = settle("قال 5 ☂ نعم", "skip")
    assert settled.text == "قال نعم"
    assert [span.text for span in settled.dropped] == ["5", "☂"]


def test_spell_says_what_it_can_and_drops_the_rest() -> None:
    settled = settle("قال 5 ☂ نعم", "spell")
    assert settled.text == "قال خمسة نعم"
    assert [span.text for span in settled.dropped] == ["☂"]


@pytest.mark.parametrize("policy", ["spell", "skip"])
def test_what_is_left_is_readable(policy: str) -> None:
    assert find(settle("a5☂漢 ب(ج) 7% ﻻ", policy).text) == ()  # type: ignore[arg-type]


def test_a_readable_text_is_untouched() -> None:
    assert settle("قال نعم.", "stop").text == "قال نعم."
