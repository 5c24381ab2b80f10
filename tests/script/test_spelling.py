"""Characters and keys by name."""

from __future__ import annotations

import unicodedata

import pytest

from tts_news.arabic import bare
from tts_news.script import normalise
from tts_news.script.signs import SIGNS
from tts_news.script.spelling import KEYS, name_character, name_key, spell
from tts_news.speak.phonemes import phonemise

TYPED = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآىةؤئپچڤگ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640 "
LATIN = "abcdefghijklmnopqrstuvwxyz"


def test_what_is_typed_tells_itself_apart() -> None:
    typed = TYPED + LATIN + "0123456789.,،;؛:!?؟'\"()[]{}<>/\\|-_=+*&^%$#@~`\n\t"
    names = {name_character(one, normalise) for one in typed}
    assert len(names) == len(set(typed))


@pytest.mark.parametrize("odd", ["李", "あ", "한", "ж", "Ω", "é", "ñ", "😀", "\u200f", "½", "ﷺ", "א", "क", "\u0001"])
def test_no_character_is_silent(odd: str) -> None:
    assert bare(name_character(odd, normalise)).strip()


def test_every_name_can_be_said_and_is_in_composed_letters() -> None:
    for name in (*SIGNS.values(), *KEYS.values(), *(name_character(one, normalise) for one in TYPED + LATIN)):
        assert unicodedata.is_normalized("NFC", name)
        assert phonemise(f"{name}.").phrases


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ب", [("ب", "باء")]),
        ("إن", [("إن", "ألف تحتها همزة، نون")]),
        ("A1", [("A1", "إيه كبير، واحد")]),
        ("é", [("é", "إي بعلامة")]),
        ("لا نعم", [("لا", "لام، ألف"), ("نعم", "نون، عين، ميم")]),
        (" ", [(" ", "مسافة")]),
        (".", [(".", "نقطة")]),
        ("p", [("p", "بي ثقيلة")]),
    ],
)
def test_a_text_is_spelled(text: str, names: list[tuple[str, str]]) -> None:
    assert [(word, bare(said)) for word, said in spell(text, normalise, capitals=True)] == names


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("a", "إيه"),
        ("A", "إيه"),
        ("control_a", "كنترول، إيه"),
        ("control_shift_F5", "كنترول، شفت، إف خمسة"),
        ("shift__", "شفت، شرطة سفلية"),
        ("_", "شرطة سفلية"),
        ("Page_Up", "صفحة إلى أعلى"),
        ("kp-5", "خمسه في لوحة الأرقام"),
        ("kp_enter", "إدخال في لوحة الأرقام"),
        ("double-quote", "علامة تنصيص"),
        ("ب", "باء"),
    ],
)
def test_a_key_has_a_name(key: str, name: str) -> None:
    assert bare(name_key(key, normalise)) == name
