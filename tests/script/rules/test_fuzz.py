"""No text makes the rules run away, fail, or leave something that is not Arabic."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.work import cpu_growth
from tts_news.script import normalise
from tts_news.script.rules.order import RULES
from tts_news.script.rules.unreadable import find

UNITS = [
    "ا",
    "و",
    "5",
    "5 ",
    "0",
    "5,",
    "5.",
    "5-",
    "5/",
    "5:",
    "+5",
    " و5",
    "ال5",
    "a",
    "A",
    "A ",
    "a.",
    "a@",
    "@a.",
    "#",
    "#a_",
    "x.com/",
    "http://",
    "www.",
    "&",
    "&amp;",
    "&#",
    "<",
    "<a",
    "<a ",
    "</",
    "<!--",
    "<script>",
    "(",
    ")",
    "[",
    "((ا)",
    '"',
    "ـ",
    "لـ",
    "لـ ",
    ".",
    ". ",
    "-",
    " -",
    "–",
    "،",
    " ",
    "\u064b",
    "ا\u064b",
    "ی",
    "ى",
    "د. ",
    "أ.",
    "م.",
    "أ ف ",
    "ص",
    "مايو ",
    "مايو/",
    "5 مايو ",
    "5 و",
    "مايو-",
    "الساعة ",
    "الساعة 5",
    "الساعة 5 و",
    "صباحا ",
    "هاتف ",
    "هاتف 123 ",
    "اتصل على ",
    "XIV ",
    "الملك ",
    "الملك X",
    "$5 ",
    "5%",
    "5 كم ",
    "مليون ",
    "🔴",
    "½",
    "²",
    "10⁶",
    "\u200f",
    "Ω",
    "漢",
    "عام ",
    "عام 5",
    "1445ه ",
    "نسبة 5:",
    "المادة 5/",
]


@pytest.mark.parametrize("unit", UNITS)
def test_the_work_on_a_repeated_piece_grows_with_its_length_and_not_faster(unit: str) -> None:
    def work(size: int) -> None:
        text = (unit * size)[:size]
        for rule in RULES:
            text = rule(text)

    assert cpu_growth(work, 1_000) < 3


@pytest.mark.parametrize(
    "unit", ["قال 5 رجال إن F-16 في 5 مايو 2024. ", "الساعة 14:30 (أ ف ب) #غزة_الآن ", "ا" * 50 + " "]
)
def test_the_work_of_all_rules_grows_with_length_and_not_with_its_square(unit: str) -> None:
    assert cpu_growth(lambda repeats: normalise(unit * repeats), 100) < 3


PIECES = st.sampled_from(
    [*UNITS, "دول", "رجال", "الأهلي", "Google", "يناير", "محمد", "في", "من", "إلى", "%", "هـ", "م", "2024"]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map(" ".join))
def test_no_text_makes_a_rule_fail(text: str) -> None:
    normalise(text)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES.filter(lambda piece: piece != "漢"), max_size=12).map("".join))
def test_digits_latin_letters_and_signs_never_get_through(text: str) -> None:
    assert find(normalise(text)) == ()


def test_a_single_character_is_said_goes_or_is_found() -> None:
    for code in [*range(0x20, 0x250), *range(0x600, 0x700), *range(0x2000, 0x2100)]:
        said = normalise(f"قال {chr(code)} نعم")
        assert said.startswith("قال"), hex(code)
        assert "نعم" in said, hex(code)
