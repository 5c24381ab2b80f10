"""How tables are said: size first, then every figure with its column and its unit."""

from __future__ import annotations

import pytest

from tts_news.records import Article, Cell, Heading, Omission, Paragraph, Table
from tts_news.script.outline import Line, outline
from tts_news.script.settings import ScriptSettings
from tts_news.script.shown import unsaid
from tts_news.script.tables import announce, say_rows


def table(*rows: tuple[str, ...], heads: tuple[str, ...] = (), caption: str = "") -> Table:
    cells = tuple(tuple(Cell(text, column) for column, text in enumerate(row)) for row in rows)
    return Table(caption=caption, heads=heads, rows=cells)


GOLD = table(
    ("عيار 24", "512.35", "508"),
    ("عيار 21", "448.30", "-"),
    heads=("العيار", "البيع", "الشراء"),
    caption="أسعار الجرام بالريال",
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (GOLD, "أسعار الجرام بالريال، صفان."),
        (table(("أ", "1"), heads=("المدينة", "المطر (ملم)")), "المدينة، المطر، صف واحد."),
        (table(*[("أ", "1")] * 3), "3 صفوف."),
        (table(*[("أ", "1")] * 11), "11 صفا."),
        (table(*[("أ", "1")] * 104, caption="النتائج:"), "النتائج، 104 صفوف."),
    ],
)
def test_what_a_table_is_about_and_its_size_come_first(said: Table, expected: str) -> None:
    assert announce(said) == expected


@pytest.mark.parametrize(
    ("heads", "caption", "expected"),
    [
        (("السنة", "السعر (دينار)", "الكمية"), "", "عام: السعر 12 دينار، الكمية 40"),
        (("السنة", "السعر بالدينار", "الكمية بآلاف الأطنان"), "", "عام: السعر 12 دينار، الكمية 40 ألف طن"),
        (("السنة", "النسبة %", "النسبة (%)"), "", "عام: النسبة 12%، النسبة 40%"),
        (("السنة", "البيع", "عدد الزبائن"), "الأسعار بالجنيه المصري", "عام: البيع 12 جنيه مصري، عدد الزبائن 40"),
        (("السنة", "2024", "2025"), "الصادرات بملايين الدولارات", "عام: 2024: 12 مليون دولار، 2025: 40 مليون دولار"),
        (("السنة", "دولار", "يورو"), "", "عام: 12 دولار، 40 يورو"),
        (("السنة", "الطول (كم)", "المدة (تقريبا)"), "", "عام: الطول 12 كم، المدة (تقريبا) 40"),
        (("السنة", "فاز", "خسر"), "نتائج الدوري (المجموعة الأولى)", "عام: فاز 12، خسر 40"),
    ],
)
def test_the_unit_of_a_head_or_caption_is_said_with_each_figure(
    heads: tuple[str, ...], caption: str, expected: str
) -> None:
    (row,) = say_rows(table(("عام", "12", "40"), heads=heads, caption=caption))
    assert row.text == expected


def test_a_value_that_is_more_than_a_figure_keeps_its_own_unit() -> None:
    (row,) = say_rows(table(("أ", "12 درهما", "مغلق", ""), heads=("س", "ص (دينار)", "ع (دينار)", "ق (دينار)")))
    assert row.text == "أ: ص 12 درهما، ع: مغلق"


def lines(*blocks: object, settings: ScriptSettings | None = None) -> list[Line]:
    article = Article("أسعار الذهب اليوم", blocks)  # type: ignore[arg-type]
    return outline([article], settings or ScriptSettings())


INTRO, REST = Paragraph("استقرت أسعار الذهب."), Paragraph("وقال التجار إن الإقبال محدود.")


def test_a_table_has_its_own_role_and_one_chapter() -> None:
    found = lines(INTRO, REST, GOLD, REST, REST, REST)
    rows = [line for line in found if line.role == "table_row"]
    assert [line.block for line in rows] == ["a1b3", "a1b3r1", "a1b3r2"]
    assert [line.text for line in rows][1:] == [
        "عيار 24: البيع 512.35 ريال، الشراء 508 ريال",
        "عيار 21: البيع 448.30 ريال",
    ]
    assert (rows[0].lead, rows[0].prefix) == ("جَدْوَلْ", "جدول: ")
    assert [mark.title for line in found for mark in line.marks] == [
        "أسعار الذهب اليوم",
        "وقال التجار إن الإقبال محدود",
        "أسعار الجرام بالريال",
        "وقال التجار إن الإقبال محدود",
        "وقال التجار إن الإقبال محدود",
    ]


def test_a_table_under_a_heading_or_without_a_caption_is_no_chapter() -> None:
    found = lines(INTRO, Heading("الأسعار"), GOLD, table(("أ", "1"), ("ب", "2")), REST)
    assert [mark.title for line in found for mark in line.marks] == ["أسعار الذهب اليوم", "الأسعار"]


def test_of_a_long_table_the_first_rows_are_said_and_the_rest_is_on_the_page() -> None:
    settings = ScriptSettings(table_rows=1)
    said = [line for line in lines(INTRO, GOLD, settings=settings) if line.role == "table_row"]
    assert [line.block for line in said] == ["a1b2", "a1b2r1", "a1b2e"]
    assert said[-1].text == "والجدول كاملا في صفحة الحلقة."
    shown = list(unsaid([Article("أسعار الذهب اليوم", (INTRO, GOLD))], settings))
    assert Omission("عيار 21: البيع 448.30 ريال", "the whole of a long table is on the page", shown=True) in shown


def test_a_table_for_the_eye_is_not_said() -> None:
    settings = ScriptSettings()
    quiet = Table(caption="الأسعار", heads=GOLD.heads, rows=GOLD.rows, sense="eye")
    assert not [line for line in lines(INTRO, quiet, settings=settings) if line.role == "table_row"]
    assert len([one for one in unsaid([Article("", (INTRO, quiet))], settings) if one.shown]) == 3


def test_a_heading_right_above_a_table_names_its_unit() -> None:
    rates = table(("الدولار", "0.708", "0.710"), heads=("العملة", "شراء", "بيع"))
    found = lines(INTRO, Heading("أسعار العملات بالدينار"), rates)
    assert found[-1].text == "الدولار: شراء 0.708 دينار، بيع 0.710 دينار"


@pytest.mark.parametrize(
    ("head", "expected"), [("مساء", "المنارة: مساء من 4 إلى 7، س 1"), ("النتيجة", "المنارة: النتيجة 4-7، س 1")]
)
def test_hours_are_hours_and_a_score_is_a_score(head: str, expected: str) -> None:
    (row,) = say_rows(table(("المنارة", "4-7", "1"), heads=("المكتبة", head, "س")))
    assert row.text == expected
