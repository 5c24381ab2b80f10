"""Tables, pictures' words and notes on page, EPUB and transcripts."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from publish.editions import LINES, Piece, Press, make_script, make_timeline

from tts_news.publish.page import write_page
from tts_news.publish.reading import Quotation, Reading, Tabular, lines_of, text_of
from tts_news.publish.settings import ShowSettings
from tts_news.publish.structure import make_reading
from tts_news.publish.transcripts import write_html, write_text
from tts_news.records import Cell, Figure, Note, Notes, Paragraph, Script, Table

TABLE = Table(
    caption="أسعار السمك",
    heads=("الصنف", "أقل سعر", "أعلى سعر"),
    rows=(
        (Cell("<السردين>", 0), Cell("12", 1), Cell("18", 2)),
        (Cell("", 0), Cell("-", 1), Cell("", 2)),
        (Cell("البوري", 0), Cell("45", 1, width=2)),
    ),
)
FIGURE = Figure("قارب يدخل المرفأ", "تصوير: س. ن.")
NOTES = Notes((Note("التقرير السنوي، ص 14.", "1"),), "المراجع")
ROWS: tuple[Piece, ...] = (
    ("table_row", "جدول: أسعار السمك، صفان.", "جَدْوَل، أَسْعَارُ السَّمَك، صَفَّان.", 1, "a1b2"),
    ("table_row", "السردين: أقل سعر 12", "السَّرْدِين، أَقَلُّ سِعْرٍ اِثْنَا عَشَر.", 1, "a1b2r1"),
    ("table_row", "أعلى سعر 18", "أَعْلَى سِعْرٍ ثَمَانِيَةَ عَشَر.", 1, "a1b2r1"),
    ("table_row", "البوري: 45", "البُورِي، خَمْسَةٌ وَأَرْبَعُون.", 1, "a1b2r2"),
)


@pytest.fixture
def script() -> Script:
    intro: Piece = ("intro", "افتتحت البلدية سوقا.", "اِفْتَتَحَتِ البَلَدِيَّةُ سُوقًا.", 0, "a1b1")
    last: Piece = ("closing", "كانت هذه نشرة المدينة.", "كَانَتْ هَذِهِ نَشْرَةَ المَدِينَة.", 2, "a1b4")
    lines: tuple[Piece, ...] = (("headline", *LINES[1][1:4], "a1b0"), intro, *ROWS, last)  # type: ignore[assignment]
    blocks = {"a1b1": Paragraph(""), "a1b2": TABLE, "a1b3": FIGURE, "a1b4": Paragraph(""), "a1b5": NOTES}
    return replace(make_script(lines=lines), blocks=blocks)


@pytest.fixture
def reading(script: Script) -> Reading:
    return make_reading(script, make_timeline(script))


def test_a_table_is_one_piece_and_what_is_for_the_eye_stands_in_its_place(reading: Reading) -> None:
    pieces = list(reading.pieces)
    assert [piece.kind for piece in pieces] == ["passage", "passage", "table", "picture", "passage", "notes"]
    table = pieces[2]
    assert isinstance(table, Tabular)
    assert [len(row) for row in table.rows] == [2, 0, 1]
    assert list(lines_of(pieces[3])) == []


def test_the_page_shows_a_real_table_whose_rows_are_followed(press: Press, script: Script, reading: Reading) -> None:
    _, episode = press.make(script)
    page = write_page(reading, episode, ShowSettings(title="نشرة"))
    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count("<tr") == 4
    assert '<th scope="col">أقل سعر</th>' in table
    assert '<th scope="row">&lt;السردين&gt;</th><td>12</td><td>18</td>' in table
    assert '<td colspan="2">45</td>' in table
    first, second, _, third = [line for line in reading.lines if line.role == "table_row"][:4]
    assert f'<tr data-t="{second.start_s:g}"' in table
    assert f'<tr data-t="{third.start_s:g}" data-e="{third.end_s:g}"' in table
    assert first.text.split()[0] in table.split("</caption>")[0]
    assert "<figcaption>قارب يدخل المرفأ <small>تصوير: س. ن.</small></figcaption>" in page
    assert "<li>1 التقرير السنوي، ص 14.</li>" in page
    assert page.index("</table>") < page.index("<figcaption>") < page.index("التقرير السنوي")


def test_transcripts_show_them_too(reading: Reading) -> None:
    html, text = write_html(reading), write_text(reading)
    assert '<th scope="row">البوري</th><td colspan="2">45</td>' in html
    assert "الصنف | أقل سعر | أعلى سعر\n<السردين> | 12 | 18" in text
    for shown in ("قارب يدخل المرفأ", "تصوير: س. ن.", "المراجع", "1 التقرير السنوي، ص 14."):
        assert shown in html
        assert shown in text


def test_the_books_overlay_finds_every_row_and_its_table_can_be_left(press: Press, script: Script) -> None:
    replace(press, books=("epub-audio",)).make(script)
    (book,) = press.output.glob("*/*.epub")
    with zipfile.ZipFile(Path(book)) as archive:
        documents = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xhtml", ".smil"))}
    html = "{http://www.w3.org/1999/xhtml}"
    ids = {
        element.get("id")
        for name, data in documents.items()
        if name.endswith("l")
        for element in etree.fromstring(data).iter()
    }
    texts = [
        text.get("src", "").partition("#")[2]
        for name, data in documents.items()
        if name.endswith(".smil")
        for text in etree.fromstring(data).iter("{http://www.w3.org/ns/SMIL}text")
    ]
    assert set(texts) <= ids
    assert len(texts) == len(set(texts)) == len(script.cues) - 1
    ops = "{http://www.idpf.org/2007/ops}"
    runs = [
        run
        for name, data in documents.items()
        if name.endswith(".smil")
        for run in etree.fromstring(data).iter("{http://www.w3.org/ns/SMIL}seq")
        if run.get(f"{ops}type") == "table"
    ]
    assert [len(run) for run in runs] == [3]
    assert runs[0].get(f"{ops}textref", "").partition("#")[2] in ids
    table = next(data for name, data in documents.items() if b"<table" in data)
    assert len(etree.fromstring(table).findall(f".//{html}tr")) == 4


def test_a_row_that_an_editor_added_is_shown_below_the_table(script: Script) -> None:
    cues = tuple(replace(cue, block="a1b2r9") if cue.block == "a1b2r2" else cue for cue in script.cues)
    changed = replace(script, cues=cues)
    reading = make_reading(changed, make_timeline(changed))
    assert "البوري: 45" in write_html(reading)


def test_who_is_quoted_stands_in_the_quote() -> None:
    said: Piece = ("quote", "هذا يوم جميل.", "هَذَا يَوْمٌ جَمِيل.", 0, "a1b1")
    by: Piece = ("quote", "رئيس البلدية", "رَئِيسُ البَلَدِيَّة.", 0, "a1b1c")
    script = make_script(lines=(said, by))
    (piece,) = make_reading(script, make_timeline(script)).pieces
    assert isinstance(piece, Quotation)
    assert ([text_of(verse) for verse in piece.verses], text_of(piece.cite)) == (["هذا يوم جميل."], "رئيس البلدية")
