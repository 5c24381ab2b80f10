"""Office files, each written by another program's library."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import parse_xml as parse_ooxml
from ebooklib import epub
from odf import style, table, text
from odf.namespaces import TEXTNS
from odf.office import Annotation
from odf.opendocument import OpenDocumentText

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, ListBlock, ListItem, Note, Notes, Paragraph, Quote, Table

TITLE = "متاحف في الأقبية"
LEDE = "فتح ثلاثة شبان متاحف صغيرة في أقبية بيوت أجدادهم، والدخول إليها مجاني طوال العام."
MORE = "ويقول أحدهم إن الزوار يتركون أحيانا قطعا من بيوتهم."
UNHEARD = "تأكدوا من أعمارهم قبل النشر"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(path: Path) -> list[Article | ReadError]:
    return list(read_source(str(path), ReadSettings(cache_dir="off")))


def one(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def kinds(article: Article) -> list[str]:
    return [type(block).__name__ for block in article.blocks]


MARGIN = frozenset([f"header or footer of the page: {'صحيفة الضفاف'}"])


def unheard(article: Article) -> set[str]:
    """Return what the ledger says of what is not read; words between editors are counted and not repeated."""
    assert UNHEARD not in repr(article)
    kinds = {
        line.reason.removesuffix(" of the document, not repeated here")
        for line in article.dropped
        if line.text == f"{len(UNHEARD.split())} words"
    }
    return kinds | {f"{line.reason}: {line.text}" for line in article.dropped if line.reason.startswith("header")}


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def word(path: Path) -> Path:
    made = docx.Document()
    made.add_heading(TITLE, 0)
    made.add_paragraph("بقلم: سلمى الحداد")
    lede = made.add_paragraph(LEDE)
    made.add_comment(lede.runs, text=UNHEARD, author="المحرر", initials="م")
    lede._p.append(parse_ooxml(f"<w:del {W}><w:r><w:delText>{UNHEARD}</w:delText></w:r></w:del>"))
    lede._p.append(parse_ooxml(f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>{UNHEARD}</w:t></w:r>"))
    made.add_heading("ماذا فيها؟", 1)
    more = made.add_paragraph(MORE[:-1])
    more._p.append(parse_ooxml(f"<w:ins {W}><w:r><w:t> القديمة.</w:t></w:r></w:ins>"))
    for item in ("مفاتيح نحاسية قديمة", "صور بالأبيض والأسود"):
        made.add_paragraph(item, style="List Bullet")
    made.add_paragraph("البيت لا يموت ما دام فيه من يتذكر.", style="Quote")
    grid = made.add_table(rows=3, cols=2)
    for row, cells in enumerate((("المتحف", "الزوار"), ("قبو الزيتون", "1200"), ("قبو الساعات", "800"))):
        for column, cell in enumerate(cells):
            grid.cell(row, column).text = cell
    made.sections[0].header.paragraphs[0].text = "صحيفة الضفاف"
    made.core_properties.title = "Document1"
    made.core_properties.author = "PC-7"
    made.save(str(path))
    return path


def test_the_styles_of_word_are_roles_and_what_editors_struck_is_not_read(tmp_path: Path) -> None:
    article = one(word(tmp_path / "a"))
    assert (article.title, article.author) == (TITLE, "سلمى الحداد")
    assert kinds(article) == ["Paragraph", "Heading", "Paragraph", "ListBlock", "Quote", "Table"]
    assert article.blocks[0] == Paragraph(LEDE)
    assert article.blocks[2] == Paragraph(f"{MORE[:-1]} القديمة.")
    assert article.blocks[3] == ListBlock(
        False, (ListItem(body="مفاتيح نحاسية قديمة"), ListItem(body="صور بالأبيض والأسود"))
    )
    grid = article.blocks[5]
    assert isinstance(grid, Table)
    assert grid.heads == ("المتحف", "الزوار")
    assert UNHEARD not in repr(article.blocks)
    assert "صحيفة الضفاف" not in repr(article.blocks)
    assert unheard(article) == {*MARGIN, "comments", "deleted text", "hidden text"}


def test_footnotes_of_word_are_notes(tmp_path: Path) -> None:
    source = word(tmp_path / "a")
    target = tmp_path / "b"
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>أرشيف البلدية، 1921.</w:t></w:r></w:p></w:footnote>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                data = data.replace(LEDE, f'{LEDE}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>', 1)
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                data = data.replace(
                    "</Relationships>", f'<Relationship Id="f1" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                )
            new.writestr(name, data.encode("utf-8", "surrogateescape"))
        new.writestr("word/footnotes.xml", f"<w:footnotes {W}>{note}</w:footnotes>")
    article = one(target)
    (notes,) = (block for block in article.blocks if isinstance(block, Notes))
    assert [one.words for one in notes.notes] == ["أرشيف البلدية، 1921."]
    assert article.blocks[0] == Paragraph(LEDE)


# ── OpenDocument ─────────────────────────────────────────────────────────────────────────────────────────────────


def open_text(path: Path) -> Path:
    made = OpenDocumentText()
    title = style.Style(name="Title", family="paragraph")
    quotes = style.Style(name="Quotations", family="paragraph")
    own = style.Style(name="P1", family="paragraph", parentstylename="Quotations")
    for each in (title, quotes):
        made.styles.addElement(each)
    made.automaticstyles.addElement(own)
    changes = text.TrackedChanges()
    region = text.ChangedRegion(qattributes={(TEXTNS, "id"): "c1"}, check_grammar=False)
    deletion = text.Deletion()
    deletion.addElement(text.P(text=UNHEARD))
    region.addElement(deletion)
    changes.addElement(region)
    made.text.addElement(changes)
    made.text.addElement(text.P(stylename=title, text=TITLE))
    layout = style.PageLayout(name="L")
    made.automaticstyles.addElement(layout)
    page = style.MasterPage(name="Standard", pagelayoutname=layout)
    header = style.Header()
    header.addElement(text.P(text="صحيفة الضفاف"))
    page.addElement(header)
    made.masterstyles.addElement(page)
    lede = text.P(text=LEDE)
    comment = Annotation()
    comment.addElement(text.P(text=UNHEARD))
    lede.addElement(comment)
    note = text.Note(noteclass="footnote", id="n1")
    note.addElement(text.NoteCitation(text="1"))
    body = text.NoteBody()
    body.addElement(text.P(text="أرشيف البلدية، 1921."))
    note.addElement(body)
    lede.addElement(note)
    made.text.addElement(lede)
    made.text.addElement(text.H(outlinelevel=1, text="ماذا فيها؟"))
    made.text.addElement(text.P(text=MORE))
    listed = text.List()
    for words in ("مفاتيح نحاسية قديمة", "صور بالأبيض والأسود"):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        listed.addElement(item)
    made.text.addElement(listed)
    made.text.addElement(text.P(stylename=own, text="البيت لا يموت ما دام فيه من يتذكر."))
    grid = table.Table()
    for row in (("المتحف", "الزوار"), ("قبو الزيتون", "1200"), ("قبو الساعات", "800")):
        line = table.TableRow()
        for words in row:
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            line.addElement(cell)
        grid.addElement(line)
    made.text.addElement(grid)
    made.write(str(path))
    return path


def test_opendocument_is_read_as_word_is(tmp_path: Path) -> None:
    article = one(open_text(tmp_path / "a"))
    assert article.title == TITLE
    assert kinds(article) == ["Paragraph", "Heading", "Paragraph", "ListBlock", "Quote", "Table", "Notes"]
    assert article.blocks[0] == Paragraph(LEDE)
    assert article.blocks[4] == Quote("البيت لا يموت ما دام فيه من يتذكر.")
    grid, notes = article.blocks[5:]
    assert isinstance(grid, Table)
    assert grid.heads == ("المتحف", "الزوار")
    assert isinstance(notes, Notes)
    assert [one.words for one in notes.notes] == ["أرشيف البلدية، 1921."]
    assert unheard(article) == {*MARGIN, "comments", "deleted text"}


# ── books ────────────────────────────────────────────────────────────────────────────────────────────────────────


def book(path: Path) -> Path:
    made = epub.EpubBook()
    made.set_identifier("urn:difaf:7")
    made.set_title("كتاب الأقبية")
    made.set_language("ar")
    made.add_author("سلمى الحداد")
    made.add_metadata("DC", "rights", "© الضفاف")
    chapters = []
    for number, head in enumerate(("الفصل الأول: القبو", "الفصل الثاني: المفتاح"), 1):
        chapter = epub.EpubHtml(title=head, file_name=f"c{number}.xhtml", lang="ar")
        chapter.content = f"<html><body><h1>{head}</h1><p>{LEDE}</p><p>{MORE}</p></body></html>"
        made.add_item(chapter)
        chapters.append(chapter)
    made.toc = tuple(chapters)
    made.add_item(epub.EpubNcx())
    made.add_item(epub.EpubNav())
    made.spine = ["nav", *chapters]
    epub.write_epub(str(path), made)
    return path


def test_a_book_is_an_article_a_chapter(tmp_path: Path) -> None:
    first, second = read(book(tmp_path / "a"))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, second.title) == ("الفصل الأول: القبو", "الفصل الثاني: المفتاح")
    assert first.blocks == (Paragraph(LEDE), Paragraph(MORE))
    assert (first.author, first.site, first.rights, first.language) == ("سلمى الحداد", "كتاب الأقبية", "© الضفاف", "ar")
    assert first.identity != second.identity


# ── mail, RTF, pages of office programs ──────────────────────────────────────────────────────────────────────────


def letter(subtype: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"Fwd: {TITLE}"
    message["From"] = "مكتب الضفاف <press@example.org>"
    message["Date"] = "Fri, 20 Nov 2026 10:03:00 +0200"
    message["Message-ID"] = "<7@example.org>"
    if subtype == "plain":
        message.set_content(f"{LEDE}\n\n{MORE}\n\n> {UNHEARD}\n\n-- \nسلمى\nهاتف: 0096600000000\n")
    else:
        message.set_content("نص")
        quoted = f'<div class="gmail_quote"><p>{UNHEARD}</p></div>'
        message.add_alternative(f"<html><body><p>{LEDE}</p><p>{MORE}</p>{quoted}</body></html>", subtype="html")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="صورة.png")
    return message


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_message_is_read_without_what_it_quotes(tmp_path: Path, subtype: str) -> None:
    (tmp_path / "a").write_bytes(letter(subtype).as_bytes())
    article = one(tmp_path / "a")
    assert (article.title, article.site, article.published) == (TITLE, "مكتب الضفاف", "2026-11-20T10:03:00+02:00")
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))
    assert "صورة.png" in {line.text for line in article.dropped}
    assert article.identity is not None
    assert article.identity.key == "<7@example.org>"


def test_a_page_saved_as_mhtml_is_the_page(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "الصفحة"
    message["Snapshot-Content-Location"] = "https://example.org/7"
    page = f"<html><body><nav>الرئيسية</nav><article><h1>{TITLE}</h1><p>{LEDE}</p><p>{MORE}</p></article></body></html>"
    message.set_content(page, subtype="html")
    message.make_related()
    (tmp_path / "a").write_bytes(message.as_bytes())
    article = one(tmp_path / "a")
    assert (article.title, article.url) == (TITLE, "https://example.org/7")
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))


def rtf(*paragraphs: str) -> bytes:
    def escaped(words: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in words)

    hidden = f"{{\\*\\annotation {escaped(UNHEARD)}}}{{\\v {escaped(UNHEARD)}}}{{\\f1\\deleted {escaped(UNHEARD)}}}"
    body = "".join(f"\\pard\\rtlpar {escaped(words)}\\par\n" for words in paragraphs)
    head = f"{{\\header\\pard {escaped('صحيفة الضفاف')}\\par}}"
    return f"{{\\rtf1\\ansi\\ansicpg1256\\uc1{{\\fonttbl{{\\f0 Arial;}}}}{head}{body}{hidden}}}".encode()


def test_rtf_is_read_without_what_is_struck_or_hidden(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(rtf(TITLE, LEDE, MORE))
    article = one(tmp_path / "a")
    assert article.title == TITLE
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))
    assert unheard(article) == {*MARGIN, "comments", "deleted text", "hidden text"}


def test_footnotes_of_rtf_are_notes(tmp_path: Path) -> None:
    made = rtf(TITLE, LEDE, MORE).decode()
    note = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in "أرشيف البلدية، 1921.")
    mark = r"{\super\chftn}{\footnote\pard{\super\chftn} " + note + "}"
    (tmp_path / "a").write_text(made.replace("\\par\n", f"{mark}\\par\n", 1), encoding="ascii")
    article = one(tmp_path / "a")
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE), Notes((Note("أرشيف البلدية، 1921."),)))


def test_rtf_that_is_cut_off_is_not_half_an_article(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(rtf(TITLE, LEDE, MORE)[:-40])
    with pytest.raises(ReadError, match="cut off"):
        read(tmp_path / "a")


WORD_PAGE = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1256"><meta name=Generator
content="Microsoft Word 15"></head><body lang=AR-SA>
<div class=WordSection1><p class=MsoTitle dir=RTL><span>{TITLE}</span></p>
<p class=MsoNormal>{LEDE}<span class=MsoCommentReference><a href="#_msocom_1">[م1]</a></span><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·
</span><![endif]><span>مفاتيح نحاسية قديمة</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>· </span>صور بالأبيض والأسود</p>
<p class=MsoNormal>{MORE}<span style='display:none;mso-hide:all'>{UNHEARD}</span></p></div>
<div style='mso-element:comment-list'><p class=MsoCommentText>{UNHEARD}</p></div></body></html>"""
DOCS_PAGE = f"""<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"></head>
<body class="c9 doc-content"><p class="c4 title"><span>{TITLE}</span></p><p class="c2"><span>{LEDE}</span>
<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
<ul class="c1 lst-kix_abc-0 start"><li>مفاتيح نحاسية قديمة</li></ul>
<ul class="c1 lst-kix_abc-1 start"><li>من نحاس</li></ul><ul class="c1 lst-kix_abc-0"><li>صور بالأبيض والأسود</li></ul>
<p class="c2"><span>{MORE}</span></p><div class="c11"><p class="c12"><a href="#cmnt_ref1" id="cmnt1">[a]</a>
<span>{UNHEARD}</span></p></div></body></html>"""


@pytest.mark.parametrize(
    ("page", "charset"), [(WORD_PAGE, "windows-1256"), (DOCS_PAGE, "utf-8")], ids=["Word", "Google Docs"]
)
def test_pages_of_office_programs_are_the_document(tmp_path: Path, page: str, charset: str) -> None:
    (tmp_path / "a").write_bytes(page.encode(charset))
    article = one(tmp_path / "a")
    assert article.title == TITLE
    assert kinds(article) == ["Paragraph", "ListBlock", "Paragraph"]
    assert (article.blocks[0], article.blocks[2]) == (Paragraph(LEDE), Paragraph(MORE))
    listed = article.blocks[1]
    assert isinstance(listed, ListBlock)
    assert [item.body for item in listed.items] == ["مفاتيح نحاسية قديمة", "صور بالأبيض والأسود"]
    assert unheard(article) == ({"comments", "hidden text"} if page == WORD_PAGE else {"comments"})


def test_lists_of_google_docs_nest_by_their_level(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(DOCS_PAGE, encoding="utf-8")
    listed = one(tmp_path / "a").blocks[1]
    assert isinstance(listed, ListBlock)
    assert listed.items[0].sublist == ListBlock(False, (ListItem(body="من نحاس"),))


# ── hostile files ────────────────────────────────────────────────────────────────────────────────────────────────


def packed(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (packed(word__document_xml=b"<a>" + b" " * 40_000_000 + b"</a>"), "unpacks to more"),
        (packed(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "entities"),
        (packed(word__document_xml=b"<a><b></a>"), "damaged"),
        (packed(xl__workbook_xml=b"<a/>"), "is an Excel workbook"),
        (packed(ppt__presentation_xml=b"<a/>"), "is PowerPoint slides"),
        (packed(a__b_xml=b"<a/>"), "a zip file of a kind that is not known"),
        (b"PK\x03\x04word/document.xml" + b"x" * 200, "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old office program"),
    ],
    ids=["bomb", "entities", "broken", "a sheet", "slides", "any zip", "no zip", "an old file"],
)
def test_hostile_and_other_files_are_one_error(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(ReadError, match=message) as caught:
        read(tmp_path / "a")
    assert caught.value.hint


@pytest.mark.parametrize("make", [word, open_text, book])
def test_a_file_that_is_cut_off_is_an_error(tmp_path: Path, make: object) -> None:
    assert callable(make)
    path = make(tmp_path / "a")
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(ReadError, match="damaged"):
        read(path)
