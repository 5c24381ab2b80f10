"""A PDF with a text layer → an article. PDFium, the engine of Chromium, gives the letters and where they stand.

A PDF holds glyphs at places and nothing else: order, words, lines, paragraphs and roles are read off the places.

1. letters → lines: from right to left, figures and Latin words in them from left to right (`pdfline`);
2. lines → columns, from right to left, below lines that run over all of them;
3. what stands at the same height of several pages, and numbers of pages, goes;
4. lines → paragraphs: by gaps, indents, size of type and where a line ends;
5. the largest type is the title, type larger than the text's a heading.
"""

from __future__ import annotations

import datetime as dt
import html
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from tts_news.arabic import count_arabic, count_words, ends_sentence, key, tidy
from tts_news.errors import ReadError
from tts_news.extras import install_hint
from tts_news.read.document import Document
from tts_news.read.formats.pdfgrid import Grid, Rule, find_grids
from tts_news.read.formats.pdfline import Glyph, TextLine, build_lines, with_brackets_turned
from tts_news.read.manuscript import read_manuscript
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Dropped

_MOST_PAGES: Final = 400
_MOST_GLYPHS: Final = 1_000_000
_MOST_UNREADABLE: Final = 0.05
_SIGNS: Final = "\r\n\t\x00\x02\xa0\xad"
"""What PDFium puts between letters: ends of lines, and U+0002 for a hyphen at one."""
_BOLD: Final = 1.5
"""How many times the usual weight of type bold type has: PDFium takes it from the breadth of its stems."""
_MARGIN: Final = 0.12
"""The part of a page's height, from its top or bottom, in which running heads and numbers stand."""
_PAGE_NUMBER: Final = re.compile(
    r"^\W*(?:(?:صفحة|ص|page)\W*)?[\d٠-٩]{1,4}(?:\W*(?:من|of|/)\W*[\d٠-٩]{1,4})?\W*$", re.IGNORECASE
)
_ITEM: Final = re.compile(r"^(?:[•●▪■◦‣·►▶✓✔❖◆]|[-–—]\s|\(?[\d٠-٩]{1,2}\s*[.)–-]\s)")
_HYPHEN: Final = re.compile(r"(?<=[A-Za-z])[-\u2010\u00ad]$")


def read_pdf(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the article of a PDF.

    Raises:
        ReadError: It is damaged, protected, only scanned, or its letters cannot be told; or the extra is missing.
    """
    del settings, since
    if passed:
        return
    pages = _pages(document)
    lines = [line for page in pages for line in page]
    if not any(count_arabic(line.text) for line in lines):
        raise ReadError(
            f"{document.name} has no Arabic text in it: its pages are pictures, or in another language",
            hint="recognising scanned pages (OCR) is not done here: run an OCR program first",
        )
    kept, dropped = _without_heads(pages)
    article = read_manuscript(_as_html(kept), document.name)
    yield replace(article, dropped=(*dropped, *article.dropped), source=document.name)


def _pages(document: Document) -> list[list[TextLine]]:
    try:
        import pypdfium2 as pdfium
    except ModuleNotFoundError as err:
        raise ReadError(f"{document.name} is a PDF, which needs an extra", hint=install_hint("documents")) from err
    try:
        with pdfium.PdfDocument(document.data) as opened:
            if len(opened) > _MOST_PAGES:
                raise ReadError(f"{document.name} has {len(opened)} pages", hint="print the article's pages alone")
            pages = [_in_reading_order(_lines(page, document.name)) for page in opened]
    except pdfium.PdfiumError as err:
        protected = "password" in str(err).lower()
        raise ReadError(
            f"{document.name} is {'protected by a password' if protected else f'damaged: {err}'}",
            hint="save it without a password" if protected else "save or fetch it again",
        ) from err
    return pages


def _lines(page: Any, name: str) -> list[TextLine]:
    """Return the lines of a page, a table as one of them."""
    grids, glyphs = find_grids(_glyphs(page, name), _rules(page))
    return [*grids, *build_lines(glyphs)]


def _rules(page: Any) -> list[Rule]:
    """Return the lines and boxes that are drawn on a page; heights count from the top."""
    from pypdfium2 import raw

    height = max(1.0, page.get_height())
    boxes = (path.get_bounds() for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]))
    return [Rule(left, right, height - top, height - bottom) for left, bottom, right, top in boxes]


def _glyphs(page: Any, name: str) -> list[Glyph]:
    """Return the glyphs of a page in PDFium's order; heights count from the top as a share of the page."""
    from pypdfium2 import raw

    text = page.get_textpage()
    count, height = text.count_chars(), max(1.0, page.get_height())
    if count > _MOST_GLYPHS:
        raise ReadError(f"{name} holds more letters than any article", hint="print the article's pages alone")
    found: list[Glyph] = []
    weights: list[int] = []
    matrix = raw.FS_MATRIX()
    for at in range(count):
        char = chr(raw.FPDFText_GetUnicode(text, at)).replace("\x02", "-")
        left, bottom, right, top = text.get_charbox(at, loose=True)
        # Browsers write large type and scale the page down to it.
        scale = math.hypot(matrix.b, matrix.d) if raw.FPDFText_GetMatrix(text, at, matrix) else 1.0
        size = raw.FPDFText_GetFontSize(text, at) * (scale or 1.0)
        weights.append(raw.FPDFText_GetFontWeight(text, at))
        found.append(Glyph(left, right, height - top, height - bottom, size, height, char))
    text.close()
    odd = sum(not (one.char.isprintable() or one.char in _SIGNS) or "\ue000" <= one.char <= "\uf8ff" for one in found)
    if odd > _MOST_UNREADABLE * count:
        raise ReadError(f"{name} does not say which letters its glyphs are", hint="export it again, or copy the text")
    usual = median([weight for weight in weights if weight > 0] or [1])
    return [replace(one, bold=weight >= _BOLD * usual) for one, weight in zip(found, weights, strict=True)]


# ── columns, heads, paragraphs ───────────────────────────────────────────────────────────────────────────────────


def _in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of a page: bands from top to bottom, in each the columns from right to left."""
    if not lines:
        return []
    width = max(line.right for line in lines) - min(line.left for line in lines)
    ordered: list[TextLine] = []
    band: list[TextLine] = []
    for line in sorted(lines, key=lambda one: (round(one.top), -one.right)):
        if line.right - line.left > 0.6 * width:
            ordered += [*_by_column(band), line]
            band = []
        else:
            band.append(line)
    return [*ordered, *_by_column(band)]


def _by_column(band: Sequence[TextLine]) -> list[TextLine]:
    columns: list[list[TextLine]] = []
    reach = 0.0
    for line in sorted(band, key=lambda one: -one.right):
        if columns and line.right > reach:
            columns[-1].append(line)
            reach = min(reach, line.left)
        else:
            columns.append([line])
            reach = line.left
    if any(len(column) < 2 for column in columns):
        return list(band)
    return [line for column in columns for line in sorted(column, key=lambda one: one.top)]


def _without_heads(pages: Sequence[Sequence[TextLine]]) -> tuple[list[TextLine], tuple[Dropped, ...]]:
    """Return the lines without running heads and numbers of pages, and those with the reason."""
    seen = Counter(where for page in pages for where in {_place(line) for line in page if _in_margin(line)})
    kept: list[TextLine] = []
    dropped: list[Dropped] = []
    for line in (line for page in pages for line in page):
        repeated = _in_margin(line) and seen[_place(line)] > 1
        if repeated or (_in_margin(line) and _PAGE_NUMBER.match(line.text)):
            dropped.append(Dropped(line.text, "running head or number of a page"))
        else:
            kept.append(line)
    return kept, tuple(dropped)


def _place(line: TextLine) -> tuple[str, int]:
    """Return the words of a line, numbers alike, and its height, for comparing it over pages."""
    return re.sub(r"[\d٠-٩]+", "#", key(line.text)), round(line.top / 12)


def _in_margin(line: TextLine) -> bool:
    return line.top < _MARGIN * line.page_height or line.bottom > (1 - _MARGIN) * line.page_height


def _as_html(lines: Sequence[TextLine]) -> str:
    """Return lines as paragraphs and headings; the largest type on the first lines is the title."""
    body = _body_size(lines)
    parts: list[tuple[str, float]] = []
    before: TextLine | None = None
    for line in lines:
        if isinstance(line, Grid):
            parts.append((line.as_html, 0.0))
        elif before is not None and parts and _goes_on(before, line, lines, body):
            words, size = parts[-1]
            joined = _HYPHEN.sub("", words) + line.text if _HYPHEN.search(words) else f"{words} {line.text}"
            parts[-1] = (joined, size)
        else:
            parts.append((line.text, line.size))
        before = line
    largest = max((size for _, size in parts[:4]), default=body)
    html_parts: list[str] = []
    titled = largest <= 1.15 * body
    for words, size in parts:
        if not size:  # a table
            html_parts.append(words)
            continue
        text = html.escape(with_brackets_turned(tidy(words)))
        if not titled and size >= 0.99 * largest:
            html_parts.append(f'<p class="title">{text}</p>')
            titled = True
        elif size > 1.15 * body and count_words(text) <= 25:
            html_parts.append(f"<h2>{text}</h2>")
        else:
            html_parts.append(f"<p>{text}</p>")
    return "\n".join(html_parts)


def _body_size(lines: Sequence[TextLine]) -> float:
    """Return the size of type that most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _goes_on(before: TextLine, line: TextLine, lines: Sequence[TextLine], body: float) -> bool:
    """Return whether a line belongs to the paragraph of the one before it."""
    if isinstance(before, Grid) or isinstance(line, Grid):
        return False
    if abs(before.size - line.size) > 0.1 * body or _ITEM.match(line.text):
        return False
    column = [one for one in lines if one.size == line.size and one.right > line.left and one.left < line.right]
    right, left = max(one.right for one in column), min(one.left for one in column)
    filled = before.left - left < 0.15 * (right - left)
    below = 0 <= line.top - before.top < 40 * body
    if not below:  # the next column or page: a sentence that has not ended goes on there
        return not ends_sentence(before.text) and line.size <= 1.15 * body
    gaps = [b.top - a.top for a, b in pairwise(column) if 0 < b.top - a.top < 3 * body]
    wide = bool(gaps) and line.top - before.top > 1.35 * median(gaps) + 1
    indented = right - line.right > 0.8 * body and right - before.right < 0.4 * body
    return not wide and not indented and (filled or not ends_sentence(before.text))
