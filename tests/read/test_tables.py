"""Tables of pages and Markdown: every value keeps its row and its column, whatever spans the cells have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tts_news.read.inputs import read_text
from tts_news.read.page import read_fragment
from tts_news.records import Cell, Heading, ListBlock, Paragraph, Table

BEFORE = "<p>نشرت دائرة الإحصاء أرقام الربع الثالث، وجاءت أعلى من توقعات المحللين في معظم القطاعات.</p>"
AFTER = "<p>وتنشر الدائرة الأرقام النهائية في منتصف الشهر المقبل على موقعها في الشبكة.</p>"


def tables(html: str) -> list[Table]:
    return [block for block in read_fragment(BEFORE + html + AFTER)[0] if isinstance(block, Table)]


def rows(html: str) -> list[tuple[str, str]]:
    return [(item.title, item.body) for table in tables(html) for item in table.items]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            "<thead><tr><th>القطاع<th>النمو<th>العاملون</thead><tr><td>الصناعة<td>3.1%<td>41,200",
            [("الصناعة", "النمو 3.1%، العاملون 41,200")],
            id="thead",
        ),
        pytest.param(
            "<tr><th>المدينة<th>القراء<tr><td>طرابلس<td>512",
            [("طرابلس", "512")],
            id="two columns need no head",
        ),
        pytest.param(
            "<tr><td>الصنف<td>أقل سعر<td>أعلى سعر<tr><td>السردين<td>12<td>18<tr><td>البوري<td>45<td>60",
            [("السردين", "أقل سعر 12، أعلى سعر 18"), ("البوري", "أقل سعر 45، أعلى سعر 60")],
            id="a first row that reads as a head",
        ),
        pytest.param(
            "<tr><td><b>الخط</b><td><b>من</b><td><b>إلى</b><tr><td>الأول<td>الجامعة<td>السوق",
            [("الأول", "من: الجامعة، إلى: السوق")],
            id="a first row in bold",
        ),
        pytest.param(
            "<tr><td>عمّان<td>12°<td>غائم<tr><td>إربد<td>9°<td>ماطر",
            [("عمّان", "12°، غائم"), ("إربد", "9°، ماطر")],
            id="no head",
        ),
        pytest.param(
            "<tr><th><th>2024<th>2025<tr><th>الصادرات<td>120<td>135",
            [("الصادرات", "2024: 120، 2025: 135")],
            id="years head their columns and stay apart from the figures",
        ),
        pytest.param(
            "<tr><th>اليوم<th>المباراة<th>النتيجة<tr><td rowspan=2>الخميس<td>النصر - الوحدة<td>3-1"
            "<tr><td>الهلال - القلعة<td>0-0<tr><td>الجمعة<td colspan=2>تأجلت",
            [("الخميس، النصر - الوحدة", "3-1"), ("الخميس، الهلال - القلعة", "0-0"), ("الجمعة", "تأجلت")],
            id="a name over several rows, a value over several columns",
        ),
        pytest.param(
            "<tr><th>الحي<th>صباحا<th>ظهرا<th>مساء<tr><td>الشرقي<td>9<td><td>18<tr><td>الغربي<td colspan=2>8<td>-",
            [("الشرقي", "صباحا 9، مساء 18"), ("الغربي", "صباحا وظهرا 8")],
            id="empty cells move nothing",
        ),
        pytest.param(
            "<tr><th rowspan=2>المدرسة<th colspan=2>العام 2024<th colspan=2>العام 2025"
            "<tr><th>ذكور<th>إناث<th>ذكور<th>إناث<tr><td>المنارة<td>12<td>15<td>14<td>18",
            [("المنارة", "العام 2024 ذكور 12، العام 2024 إناث 15، العام 2025 ذكور 14، العام 2025 إناث 18")],
            id="two rows of heads",
        ),
        pytest.param(
            "<tr><th>#<th>الفريق<th>لعب<th>النقاط<tr><td>1<td>النصر<td>9<td>22<tr><td>2<td>الأهلي<td>9<td>19",
            [("1، النصر", "لعب 9، النقاط 22"), ("2، الأهلي", "لعب 9، النقاط 19")],
            id="a column that counts the rows",
        ),
        pytest.param(
            "<tr><th>الخط<th>المحطات<tr><td>الأول<br>السريع<td><p>الجامعة</p><p>المستشفى</p>"
            "<tr><td>الثاني<td><ul><li>السوق<li>الملعب</ul>",
            [("الأول، السريع", "الجامعة، المستشفى"), ("الثاني", "السوق، الملعب")],
            id="lines in a cell",
        ),
        pytest.param(
            "<tr><th id=a>الشهر<th id=b>المطر<th id=c>الحرارة<tr><th id=m headers=a>آذار<td headers='m b'>12"
            "<td headers='m c'>19",
            [("آذار", "المطر 12، الحرارة 19")],
            id="heads named by each cell",
        ),
        pytest.param(
            "<tr><th scope=row>الطول<td>4 كيلومترات<tr><th scope=row>الكلفة<td>12 مليون دينار",
            [("الطول", "4 كيلومترات"), ("الكلفة", "12 مليون دينار")],
            id="heads of rows only",
        ),
        pytest.param(
            "<tr><th>البند<th>العدد<th>الكلفة<tr><td>مقاعد<td>40<td>800<tfoot><tr><td colspan=2>المجموع<td>800",
            [("مقاعد", "العدد 40، الكلفة 800"), ("المجموع", "800")],
            id="a total",
        ),
    ],
)
def test_every_value_follows_the_name_of_its_column(html: str, expected: list[tuple[str, str]]) -> None:
    assert rows(f"<table>{html}</table>") == expected


def test_a_caption_is_the_tables_own() -> None:
    (table,) = tables("<table><caption>أسعار الوقود</caption><tr><th>الصنف<th>السعر<tr><td>سولار<td>0.74</table>")
    assert (table.caption, table.heads, table.row_names) == ("أسعار الوقود", ("الصنف", "السعر"), 1)


def test_heads_in_the_middle_begin_another_table() -> None:
    html = (
        "<table><tr><th>الفريق<th>لعب<th>فاز<tr><td>النصر<td>3<td>2<tr><th>المدينة<th>عدد السكان<th>المساحة"
        "<tr><td>طرابلس<td>12<td>18</table>"
    )
    assert rows(html) == [("النصر", "لعب 3، فاز 2"), ("طرابلس", "عدد السكان 12، المساحة 18")]


@pytest.mark.parametrize(
    "html",
    [
        "<table role=presentation><tr><td><p>وقال المدير إن العمل مستمر.</p><td><p>ولم يحدد موعدا.</p></table>",
        "<table><tr><td><h2>ما الجديد؟</h2><p>وقال المدير إن العمل مستمر.</p><td>ولم يحدد موعدا.</table>",
        "<table><tr><td><table><tr><td>وقال المدير إن العمل مستمر.</table><td>ولم يحدد موعدا.</table>",
        "<table><tr><td>وقال المدير إن العمل مستمر.<tr><td>ولم يحدد موعدا.</table>",
    ],
)
def test_a_table_that_lays_out_a_page_is_its_content(html: str) -> None:
    blocks, _ = read_fragment(BEFORE + html + AFTER)
    texts = [block.text for block in blocks if isinstance(block, Paragraph | Heading)]
    assert not any(isinstance(block, ListBlock) for block in blocks)
    assert "وقال المدير إن العمل مستمر." in texts
    assert "ولم يحدد موعدا." in texts


def test_a_markdown_table_is_a_table() -> None:
    article = read_text(
        "# أرقام الربع الثالث\n\nنشرت دائرة الإحصاء أرقام الربع الثالث اليوم.\n\n"
        "| القطاع | النمو | العاملون |\n|---|---|---|\n| الصناعة | 3.1% | 41,200 |\n| الزراعة | | 18,900 |\n"
    )
    (table,) = [block for block in article.blocks if isinstance(block, Table)]
    assert [(item.title, item.body) for item in table.items] == [
        ("الصناعة", "النمو 3.1%، العاملون 41,200"),
        ("الزراعة", "العاملون 18,900"),
    ]


def test_spans_without_end_are_bounded() -> None:
    (table,) = tables("<table><tr><th>أ<th>ب<th>ج<tr><td rowspan=9999 colspan=1>سنة<td colspan=9999>1<td>2</table>")
    assert table.columns <= 202
    assert len(table.grid()) == 1


def test_each_row_of_a_table_is_looked_at_a_few_times_however_many_there_are() -> None:
    looks = 0

    class Row(tuple[Cell, ...]):
        __slots__ = ()

        def __iter__(self) -> Iterator[Cell]:
            nonlocal looks
            looks += 1
            return super().__iter__()

    rows = tuple(Row((Cell(f"مدينة {at}", 0), Cell(str(at), 1))) for at in range(50))
    assert len(Table(heads=("المدينة", "السعر"), rows=rows).items) == len(rows)
    assert looks <= 3 * len(rows)
