"""Signs by name: what stands on a screen, heard."""

from __future__ import annotations

import unicodedata

import pytest

from tts_news.arabic import bare
from tts_news.script.signs import CAPITAL, SIGNS, Level, name_signs


@pytest.mark.parametrize("level", ["none", "some", "most", "all"])
@pytest.mark.parametrize(
    "text", ["الساعة 12:30", "بلغ 3.5%", "+5", "في 2026-11-28", "$1,200", "٢٥٪", "كلمة", "", "جملة أولى"]
)
def test_what_the_rules_for_numbers_read_is_left_to_them(text: str, level: Level) -> None:
    assert name_signs(text, level)[0] == text


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        ("a.b_c", "none", "a.b_c"),
        ("a+b_c.", "some", "a زائد b_c."),
        ("a+b_c.", "most", "a زائد b شرطة سفلية c."),
        ("a+b_c.", "all", "a زائد b شرطة سفلية c نقطة."),
        ("user@host.net", "all", "user آت host نقطة net"),
        ("قال: «نعم»", "most", "قال نقطتان: فتح تنصيص نعم إغلاق تنصيص"),
        ("زر (محدد)", "none", "زر ، محدد،"),
        ("<sub> [pause 3s]", "none", "sub> ، pause 3s،"),
        ("<b>", "some", "أصغر من b أكبر من"),
        ("كتب 李白 و 杜 甫", "none", "كتب نص صيني و نص صيني"),
        ("هل؟ نعم…", "all", "هل علامة استفهام؟ نعم ثلاث نقاط."),
    ],
)
def test_signs_up_to_the_level_are_named(text: str, level: Level, said: str) -> None:
    assert " ".join(bare(name_signs(text, level)[0]).split()) == said


def test_a_capital_is_announced_once_a_run() -> None:
    shown, _ = name_signs("Ab BBC c", "none", capitals=True)
    assert shown.split() == [CAPITAL, "Ab", CAPITAL, "BBC", "c"]


@pytest.mark.parametrize("level", ["none", "some", "most", "all"])
def test_every_word_of_the_changed_text_knows_its_place_in_the_written_one(level: Level) -> None:
    text = "Ab (x_y) + 12:30 قال: «نعم» 李白 آخر."
    shown, places = name_signs(text, level, capitals=True)
    for word in ("Ab", "12:30", "قال", "نعم", "آخر"):
        assert text.startswith(word, places.written(shown.index(word)))
    assert places.written(shown.index(" نَصّ") + 3) == text.index("李")


def test_names_are_composed_letters() -> None:
    assert all(unicodedata.is_normalized("NFC", name) for name in SIGNS.values())
