from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts_news.publish.slug import make_slug, transliterate

SAFE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("افتتاح ثلاث حدائق", "afttah-thlath-hdayq"),
        ("الخَبَرُ الأوّل", "alkhbr-alawl"),  # marks go, the letters stay
        ("غزّة 2026: ٣ قرارات", "ghza-2026-3-qrarat"),
        ("Café Ünïted", "cafe-united"),
        ("ﷺ", "sla-allh-alyh-wslm"),  # one character that stands for many
        ("مـــدينة", "mdyna"),
        ("😀😀", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("\u202egnp.exe\u202c", "gnp-exe"),
        ("", ""),
    ],
)
def test_a_title_becomes_ascii_words(title: str, name: str) -> None:
    assert transliterate(title) == name


@pytest.mark.parametrize(
    "title",
    ["<script>alert(1)</script>", "]]>", "\x00\n\r", "م" * 5000, "😀", "..", "con", "a/b\\c", "-rf", "\ud800"],
)
def test_a_hostile_title_gives_a_plain_short_name(title: str) -> None:
    name = make_slug(title, title)
    assert SAFE.fullmatch(name)
    assert len(name) <= 49


@given(st.text())
def test_every_text_gives_a_plain_short_name(title: str) -> None:
    assert SAFE.fullmatch(make_slug(title, "key"))


def test_a_long_title_is_cut_at_a_word() -> None:
    assert transliterate("خبر " * 40).split("-") == ["khbr"] * 8


def test_the_hash_depends_on_the_key_alone() -> None:
    assert make_slug("عنوان", "k")[-8:] == make_slug("آخر", "k")[-8:] != make_slug("عنوان", "l")[-8:]
