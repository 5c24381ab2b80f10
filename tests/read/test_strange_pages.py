"""Pages, pastes and feeds as they really come, and what a careful editor would hear: one of each kind.

They stand in `strange_pages.txt` and `strange_texts.txt`: `=== what kind`, the input, `---`, what is read of it.
{ONE}, {TWO} and {LAST} are sentences that every article has; a page that begins with {STORY} stands between the first
and the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatch
from pathlib import Path

import pytest

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.page import read_page
from tts_news.read.refusals import refuse
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Figure, Heading, ListBlock, Notes, Paragraph, Post, Quote, Table

TITLE = "خط حافلات جديد يربط وسط المدينة بالضاحية الشرقية"
WORDS = {
    "TITLE": TITLE,
    "ONE": (
        "أعلنت وزارة النقل في بيان صدر اليوم افتتاح خط جديد للحافلات يربط وسط المدينة بالضاحية الشرقية، ويعمل الخط من "
        "السادسة صباحا حتى منتصف الليل."
    ),
    "TWO": (
        "وقال المدير العام للنقل سامي الحداد إن الخط يخدم نحو أربعين ألف راكب يوميا، وإن التذكرة ستبقى بسعرها الحالي "
        "حتى نهاية العام."
    ),
    "LAST": "وأضاف أن الوزارة تدرس إضافة خطين آخرين في الربيع المقبل إذا توفر التمويل اللازم من الحكومة المحلية.",
}


def cases(name: str) -> Iterator[object]:
    """Yield every input of a file beside what is to be read of it."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    filled = re.sub(r"\{([A-Z]+)\}", lambda match: WORDS.get(match[1], match[0]), text)
    for case in filled.split("\n=== ")[1:]:
        name, _, rest = case.partition("\n")
        page, _, expected = rest.partition("\n---\n")
        yield pytest.param(page, [line for line in expected.splitlines() if line], id=name)


@singledispatch
def lines(block: object) -> Iterator[str]:
    """Yield a block as lines."""
    raise NotImplementedError(block)


@lines.register
def _(block: Table) -> Iterator[str]:
    yield from ([f"table {block.caption}"] if block.caption else [])
    for row in block.grid():
        names = "، ".join(cell.text for cell in block.names_of(row))
        values = [f"{head} = {cell.text}".removeprefix(" = ") for head, cell in block.values_of(row)]
        yield " | ".join(["row", names, *values])


@lines.register
def _(block: ListBlock) -> Iterator[str]:
    for item in block.items:
        yield f"item {': '.join(filter(None, (item.title, item.body)))}"
        if item.sublist:
            yield from (f"  {line}" for line in lines(item.sublist))


@lines.register
def _(block: Post) -> Iterator[str]:
    yield f"post {block.time} {block.text}".strip()


@lines.register
def _(block: Heading) -> Iterator[str]:
    yield f"{block.part or f'h{block.level}'} {block.text}"


@lines.register
def _(block: Paragraph) -> Iterator[str]:
    yield f"{block.part or 'p'} {block.text}"


@lines.register
def _(block: Quote) -> Iterator[str]:
    yield f"quote {block.text.replace(chr(10), ' / ')} — {block.cite}".removesuffix(" — ")


@lines.register
def _(block: Figure) -> Iterator[str]:
    yield f"figure {' | '.join(filter(None, (block.caption, block.credit, block.alt)))}"


@lines.register
def _(block: Notes) -> Iterator[str]:
    yield from (f"note {note.mark} {note.words}".replace("  ", " ") for note in block.notes)


def told(article: Article) -> Iterator[str]:
    """Yield what an article holds as lines."""
    yield f"# {article.title}"
    yield from (f"{name} {fact}" for name, fact in (("by", article.author), ("missing", article.missing)) if fact)
    for block in article.blocks:
        yield from lines(block)


def read(page: str) -> list[str]:
    if page.startswith("{STORY}"):
        inside = page.removeprefix("{STORY}")
        page = f"<article><h1>{TITLE}</h1><p>{WORDS['ONE']}</p>{inside}<p>{WORDS['LAST']}</p></article>"
    if "<title>" not in page:
        page = f"<title>{TITLE}</title>{page}"
    try:
        article = read_page(f"<html lang=ar dir=rtl>{page}</html>".encode(), "", ReadSettings())
        refuse(article, "the page")
    except ReadError as err:
        return [f"refused {err}"]
    return list(told(article))


@pytest.mark.parametrize(("page", "expected"), tuple(cases("strange_pages.txt")))
def test_what_is_read_of_a_page(page: str, expected: list[str]) -> None:
    if page.startswith("{STORY}"):
        expected = [f"# {TITLE}", f"p {WORDS['ONE']}", *expected, f"p {WORDS['LAST']}"]
    assert read(page) == expected


@pytest.mark.parametrize(("text", "expected"), tuple(cases("strange_texts.txt")))
def test_what_is_read_of_a_text(tmp_path: Path, text: str, expected: list[str]) -> None:
    (tmp_path / "it").write_text(text, encoding="utf-8")
    (article,) = read_source(str(tmp_path / "it"), ReadSettings(cache_dir="off"))
    assert isinstance(article, Article), article
    assert list(told(article)) == expected
