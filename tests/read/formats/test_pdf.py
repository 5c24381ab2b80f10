"""PDFs as fpdf2 writes them, with the letters in the order of the page: right to left, in their joined forms."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import arabic_reshaper
import docx
import pytest
from bidi.algorithm import get_display
from fpdf import FPDF

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.formats.pdfgrid import Rule, _connected, _edges
from tts_news.read.formats.pdfline import Glyph, build_lines, with_brackets_turned
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Heading, Paragraph, Table

FONT = str(files("fontpkg_noto_kufi_arabic") / "files" / "NotoKufiArabic[wght].ttf")
TITLE = "محطة جديدة لتحلية المياه"
LEDE = (
    "افتتح الوزير اليوم (الجمعة) محطة لتحلية المياه على الساحل الشمالي، بكلفة 3.5 مليون دولار، وقال إن شركة "
    "Difaf Energy نفذتها في 18 شهرا بين عامي 2024 و2026، وإن إنتاجها يكفي مئة ألف نسمة."
)
MORE = (
    "وتعهدت الوزارة بإنشاء محطة ثانية جنوب المدينة خلال عامين، وأوضحت أن المياه المحلاة ستصل إلى القرى البعيدة "
    "للمرة الأولى، وأن سعر المتر المكعب لن يتغير قبل نهاية العام المقبل بحسب البيان."
)
LAST = "ويأمل الأهالي أن تنتهي بذلك أعوام من الانقطاع في الصيف."


class Printer:
    """Prints lines of Arabic where a test says, as a program without shaping of its own does."""

    def __init__(self) -> None:
        self.pdf = FPDF(format="A4")
        self.pdf.add_font("k", "", FONT)
        self.pdf.set_auto_page_break(False)

    def page(self) -> None:
        self.pdf.add_page()
        self.y = 30.0

    def line(self, words: str, size: float = 12, right: float = 195, y: float | None = None) -> None:
        self.pdf.set_font("k", size=size)
        shown = get_display(arabic_reshaper.reshape(words), base_dir="R")
        self.pdf.text(right - self.pdf.get_string_width(shown), self.y if y is None else y, shown)
        if y is None:
            self.y += size * 0.6

    def paragraph(self, words: str, width: int = 60, right: float = 195) -> None:
        line = ""
        for word in words.split():
            if len(f"{line} {word}") > width:
                self.line(line, right=right)
                line = word
            else:
                line = f"{line} {word}".strip()
        self.line(line, right=right)
        self.y += 5

    def write(self, path: Path) -> Path:
        self.pdf.output(str(path))
        return path


def one(path: Path) -> Article:
    (article,) = read_source(str(path), ReadSettings(cache_dir="off"))
    assert isinstance(article, Article), article
    return article


def test_lines_are_joined_and_mixed_lines_are_in_reading_order(tmp_path: Path) -> None:
    made = Printer()
    made.page()
    made.line(TITLE, size=22)
    made.paragraph(LEDE)
    made.line("ماذا بعد؟", size=16)
    made.paragraph(MORE)
    made.paragraph(LAST)
    article = one(made.write(tmp_path / "a"))
    assert article.title == TITLE
    assert article.blocks == (Paragraph(LEDE), Heading("ماذا بعد؟", 2), Paragraph(MORE), Paragraph(LAST))


def test_running_heads_and_page_numbers_go_and_a_sentence_goes_on_over_the_page(tmp_path: Path) -> None:
    made = Printer()
    words = MORE.split()
    for number, part in enumerate((f"{LEDE} {' '.join(words[:14])}", " ".join(words[14:])), 1):
        made.page()
        made.line("صحيفة الضفاف - العدد 12", size=8, y=10)
        made.line(str(number), size=8, right=105, y=290)
        if number == 1:
            made.line(TITLE, size=22)
        made.paragraph(part)
    article = one(made.write(tmp_path / "a"))
    assert article.title == TITLE
    assert article.blocks == (Paragraph(f"{LEDE} {MORE}"),)
    reasons = [line.text for line in article.dropped if line.reason == "running head or number of a page"]
    assert sorted(reasons) == ["1", "2", "صحيفة الضفاف - العدد 12", "صحيفة الضفاف - العدد 12"]


def test_columns_are_read_from_right_to_left(tmp_path: Path) -> None:
    made = Printer()
    made.page()
    made.line("محطة جديدة لتحلية المياه تكفي مئة ألف نسمة شمال المدينة", size=22)
    top = made.y
    made.paragraph(LEDE, width=38)
    made.y = top
    made.paragraph(MORE, width=38, right=95)
    article = one(made.write(tmp_path / "a"))
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))


def cells(article: Article) -> list[list[tuple[str, list[str]]]]:
    tables = (block for block in article.blocks if isinstance(block, Table))
    return [
        [
            (table.names_of(row)[0].text, [f"{head} {cell.text}" for head, cell in table.values_of(row)])
            for row in table.grid()
        ]
        for table in tables
    ]


def test_what_a_browser_prints_is_read_word_by_word_and_cell_by_cell() -> None:
    """Chromium sets some words of a line from left to right; one table is ruled, the other only aligned."""
    article = one(Path(__file__).parent / "printed_by_chromium.pdf")
    assert article.title == "أسعار الذهب ومواعيد القطارات"
    assert article.blocks[-1] == Paragraph(
        "ودعت الهيئة الركاب إلى الحجز قبل السفر بثلاثة أيام على الأقل (من الموقع أو من المحطات الرئيسية)."
    )
    stations = "بني سويف والمنيا وأسيوط وسوهاج وقنا والأقصر وأسوان ثم يعود من الطريق نفسه مساء اليوم التالي"
    assert cells(article) == [
        [
            ("عيار 24", ["السعر بالريال البيع 512.35", "السعر بالريال الشراء 509.10"]),
            ("عيار 21", ["السعر بالريال البيع 448.30"]),
        ],
        [
            ("الصباحية", ["الموعد 06:30", f"المحطات {stations}"]),
            ("المسائية", ["الموعد 18:45", "المحطات المنيا وأسيوط فقط"]),
        ],
    ]


ROWS = (("المدينة", "العظمى", "الصغرى"), ("القاهرة", "24", "15"), ("أسوان", "31", ""), ("دمياط", "20", "14"))
TOLD = [[("القاهرة", ["العظمى 24", "الصغرى 15"]), ("أسوان", ["العظمى 31"]), ("دمياط", ["العظمى 20", "الصغرى 14"])]]


@pytest.mark.parametrize("ruled", [True, False])
def test_rows_of_cells_are_a_table(tmp_path: Path, *, ruled: bool) -> None:
    made = Printer()
    made.page()
    made.line(TITLE, size=22)
    made.paragraph(LEDE)
    for row in ROWS:
        for column, words in enumerate(row):
            right = 190 - 35 * column
            made.line(words, right=right, y=made.y)
            if ruled:
                made.pdf.rect(right - 32, made.y - 5, 35, 8)
        made.y += 8
    made.y += 8
    made.paragraph(LAST)
    article = one(made.write(tmp_path / "a"))
    assert cells(article) == TOLD
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == [LEDE, LAST]


def test_a_box_around_text_and_a_list_with_numbers_are_no_tables(tmp_path: Path) -> None:
    made = Printer()
    made.page()
    made.paragraph(LEDE)
    made.pdf.rect(10, made.y - 6, 190, 20)
    made.paragraph(LAST)
    for number, words in enumerate(("المياه المحلاة", "القرى البعيدة", "سعر المتر المكعب"), 1):
        made.line(f"{number}.", y=made.y)
        made.line(words, right=180)
    assert cells(one(made.write(tmp_path / "a"))) == []


def test_a_word_is_spelled_as_its_letters_stand_whatever_their_order() -> None:
    letters = [("م", 40.0, 50.0), ("ُ", 42.0, 47.0), ("ه", 30.0, 40.0), ("م", 20.0, 30.0)]
    for placed in (letters, letters[::-1]):
        assert build_lines(glyphs(*placed))[0].text == "مُهم"


def test_a_scanned_pdf_says_that_ocr_is_not_here(tmp_path: Path) -> None:
    made = FPDF()
    made.add_page()
    made.rect(10, 10, 50, 50, style="F")
    made.output(str(tmp_path / "a"))
    with pytest.raises(ReadError, match="pictures") as caught:
        one(tmp_path / "a")
    assert "OCR" in caught.value.hint


def test_a_protected_pdf_and_a_damaged_one_are_one_error_each(tmp_path: Path) -> None:
    made = Printer()
    made.page()
    made.paragraph(LEDE)
    made.pdf.set_encryption("owner", "user")
    made.write(tmp_path / "a")
    with pytest.raises(ReadError, match="password"):
        one(tmp_path / "a")
    (tmp_path / "b").write_bytes(b"%PDF-1.7\n" + b"\x00garbage" * 50)
    with pytest.raises(ReadError, match="damaged"):
        one(tmp_path / "b")


def glyphs(*placed: tuple[str, float, float]) -> list[Glyph]:
    return [Glyph(left, right, 10, 20, 10, 800, char) for char, left, right in placed]


def test_the_letters_of_a_ligature_are_in_their_order() -> None:
    word = glyphs(("س", 30, 40), ("ا", 20, 30), ("ل", 20, 30), ("م", 10, 20))
    assert build_lines(word)[0].text == "سلام"


def test_glyphs_that_name_no_letters_are_an_error(tmp_path: Path) -> None:
    made = FPDF()
    made.add_font("k", "", FONT)
    made.set_text_shaping(False)
    made.add_page()
    made.set_font("k", size=12)
    made.text(20, 30, "\ue001\ue002\ue003 \ue004\ue005")
    made.output(str(tmp_path / "a"))
    with pytest.raises(ReadError):
        one(tmp_path / "a")


@pytest.mark.parametrize(
    ("module", "data"),
    [("pypdfium2", b"%PDF-1.7\n"), ("striprtf.striprtf", b"{\\rtf1 x}"), ("mammoth", b"")],
    ids=["PDF", "RTF", "Word"],
)
def test_without_the_extra_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, data: bytes
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a").write_bytes(data)
    if not data:
        docx.Document().save(str(tmp_path / "a"))
    with pytest.raises(ReadError, match="needs an extra") as caught:
        one(tmp_path / "a")
    assert "[documents]" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("اليوم )الجمعة( محطة", "اليوم (الجمعة) محطة"),
        ("اليوم (الجمعة) محطة", "اليوم (الجمعة) محطة"),
        ("1) أولا", "1) أولا"),
        ("قال »نعم« ثم", "قال «نعم» ثم"),
    ],
)
def test_mirrored_brackets_are_turned(text: str, turned: str) -> None:
    assert with_brackets_turned(text) == turned


def test_ruled_lines_that_touch_are_found_together_whatever_their_order() -> None:
    level = [Rule(10, 100, 10.0 * n, 10.0 * n) for n in range(1, 5)]
    upright = [Rule(10.0 + 45 * n, 10.0 + 45 * n, 10, 40) for n in range(3)]
    box = [Rule(300, 340, 300, 320)]
    for rules in ([*level, *upright, *box], [*upright, *box, *level], [*box, *level[::-1], *upright]):
        groups = {frozenset(group) for group in _connected(rules)}
        assert groups == {frozenset([*level, *upright]), frozenset(_edges(box[0]))}
