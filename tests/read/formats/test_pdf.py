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
from tts_news.read.formats.pdfline import Glyph, build_lines, with_brackets_turned
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Heading, Paragraph

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
    assert "tts-news[documents]" in caught.value.hint


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
