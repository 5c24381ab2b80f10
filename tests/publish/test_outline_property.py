"""The outline (headings, lists, tables, quotes) of page, transcript, EPUB and DAISY is that of random articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from publish.editions import SHOW

from tts_news.publish import daisy, epub
from tts_news.publish.page import write_page
from tts_news.publish.reading import Reading
from tts_news.publish.structure import make_reading
from tts_news.publish.templates import render
from tts_news.publish.transcripts import write_html
from tts_news.records import (
    Article,
    Block,
    Cell,
    ChapterSpan,
    Cue,
    CueSpan,
    Episode,
    EpisodeFile,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Loudness,
    Note,
    Notes,
    Paragraph,
    Post,
    Quote,
    Script,
    Table,
    Timeline,
)
from tts_news.script.outline import outline
from tts_news.script.settings import ScriptSettings

WORDS = ("خبر", "مدينة", "OpenAI", "<b>غامق</b>", "&amp;", "12", "الوزير", "قال", "]]>", '"')
SOUND = EpisodeFile("a.mp3", 1, "0" * 64, "audio")

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
items: st.SearchStrategy[ListItem] = st.deferred(
    lambda: st.builds(ListItem, st.one_of(st.just(""), words), words, st.one_of(st.none(), lists))
)
lists: st.SearchStrategy[ListBlock] = st.builds(
    lambda ordered, found: ListBlock(ordered=ordered, items=tuple(found)),
    st.booleans(),
    st.lists(items, min_size=1, max_size=3),
)
tables = st.builds(
    lambda caption, heads, rows: Table(
        caption=caption,
        heads=tuple(heads),
        rows=tuple(tuple(Cell(text, column) for column, text in enumerate(row)) for row in rows),
    ),
    st.one_of(st.just(""), words),
    st.tuples(words, words),
    st.lists(st.tuples(words, words), min_size=1, max_size=3),
)
quotes = st.builds(
    lambda verses, cite: Quote("\n".join(verses), cite),
    st.lists(words.map("بيت {}".format), min_size=1, max_size=3),
    st.one_of(st.just(""), words),
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, words, st.integers(2, 5)),
    st.builds(lambda text, time: Post(text, 2, time=time), words, st.just("14:02")),
    st.builds(Paragraph, words),
    lists,
    tables,
    quotes,
    st.builds(Figure, words, words),
    st.builds(lambda text: Notes((Note(text, "1"),), "المراجع"), words),
)
articles = st.lists(
    st.builds(Article, words, st.lists(blocks, min_size=1, max_size=8).map(tuple)), min_size=1, max_size=2
)


def script_of(found: list[Article]) -> Script:
    """Return the script of articles: the outline's lines as cues, unread."""
    title = found[0].title if len(found) == 1 else "نشرة"
    cues = tuple(
        Cue(f"c{number:04}", line.role, f"{line.prefix}{line.text}", "كَلَام", 0.4, "tone", 0, block=line.block)
        for number, line in enumerate(outline(found, ScriptSettings()))
    )
    named = {f"a{at}b{place}": block for at, one in enumerate(found, 1) for place, block in enumerate(one.blocks, 1)}
    return Script(" ".join(title.split()), cues, (), blocks=named)


def reading_of(found: list[Article]) -> Reading:
    """Return the reading: each cue sounds for a second, and chapters begin at every seventh, whatever stands there."""
    script = script_of(found)
    spans = tuple(CueSpan(cue.id, float(at), at + 0.9) for at, cue in enumerate(script.cues))
    end = float(len(spans))
    chapters = tuple(ChapterSpan("فصل", float(at), min(end, at + 7.0)) for at in range(0, len(spans), 7))
    return make_reading(script, Timeline(spans, chapters, end))


def expected(found: list[Article]) -> Iterator[object]:
    """Yield the outline of the articles."""
    several = len(found) > 1
    if several:
        yield "h1", "نشرة"
    for article in found:
        yield f"h{1 + several}", article.title
        above: list[int] = []
        for block in article.blocks:
            if isinstance(block, Heading):
                above = [*(level for level in above if level < block.level), block.level]
                time = f"{block.time} " if isinstance(block, Post) else ""
                yield f"h{min(6, 1 + several + len(above))}", time + block.text
            elif isinstance(block, Table):
                yield "table", block.heads, tuple(tuple(cell.text for cell in row) for row in block.rows)
            elif isinstance(block, ListBlock):
                yield listed(block)
            elif isinstance(block, Quote):
                yield "quote", tuple(block.text.split("\n")), block.cite
            elif isinstance(block, Notes):
                yield f"h{2 + several}", block.title
                yield "ul", (("", f"{block.notes[0].mark} {block.notes[0].words}", None),)


def listed(block: ListBlock) -> tuple[Any, ...]:
    found = tuple((one.title, one.body, listed(one.sublist) if one.sublist else None) for one in block.items)
    return ("ol" if block.ordered else "ul", found)


def outline_of(root: Any) -> Iterator[object]:
    """Yield the outline of a document, its elements without their namespace."""
    for element in root:
        if not isinstance(element.tag, str):
            continue
        tag = etree.QName(element).localname
        if re.fullmatch("h[1-6]", tag):
            yield tag, text(element)
        elif tag in {"ol", "ul"}:
            yield list_of(element)
        elif tag == "table":
            heads = tuple(text(one) for one in element.iter("{*}th") if one.get("scope") == "col")
            rows = [one for one in element.iter("{*}tr") if one.getparent().tag.endswith("tbody")]
            yield "table", heads, tuple(tuple(map(text, row)) for row in rows)
        elif tag == "blockquote":
            cites = [text(one) for one in element.iter("{*}cite")]
            verses = (one for one in element if one.tag.endswith("p") and one.find("{*}cite") is None)
            yield "quote", tuple(map(text, verses)), "".join(cites)
        else:
            yield from outline_of(element)


def list_of(element: Any) -> tuple[Any, ...]:
    found = []
    for item in element:
        inside = [one for one in item if etree.QName(one).localname in {"ol", "ul"}]
        titles = [text(one) for one in item if etree.QName(one).localname == "b"]
        for one in (*inside, *(one for one in item if etree.QName(one).localname == "b")):
            one.tail, kept = None, one.tail
            item.remove(one)
            if kept and kept.strip():
                item.text = (item.text or "") + kept
        body = text(item)
        title, body = (unnumbered("".join(titles)), body) if titles else ("", unnumbered(body))
        found.append((title, body, list_of(inside[0]) if inside else None))
    return (etree.QName(element).localname, tuple(found))


def unnumbered(shown: str) -> str:
    return re.sub(r"^[0-9]+\. ", "", shown)


def text(element: Any) -> str:
    for time in list(element.iter("{*}time")):
        time.text = ""
    return " ".join("".join(element.itertext()).split())


def views_of(reading: Reading) -> Iterator[list[object]]:
    """Yield the outline of each view."""
    page = html.fromstring(write_page(reading, EPISODE, SHOW))
    (heading,) = page.xpath("//header//h1")
    yield [("h1", text(heading)), *outline_of(page.xpath("//article")[0])]
    yield list(outline_of(html.fromstring(write_html(reading)).find("body")))
    book: list[object] = []
    for document in epub._documents(reading):
        chapter = render("epub/chapter.xhtml", document=document, language="ar", title=document.title)
        book += outline_of(etree.fromstring(chapter.encode()).find("{*}body"))
    yield book
    for version, name, body in (("2.02", "text.html", "body"), ("3", "text.xml", "bodymatter")):
        root = etree.fromstring(daisy._texts(reading, EPISODE, SHOW, version)[name].encode())  # type: ignore[arg-type]
        yield list(outline_of(as_html(root.find(f".//{{*}}{body}"))))


def as_html(body: Any) -> Any:
    """Return a DAISY text with HTML's names: DTBook has one kind of list, and its numbers stand in the text."""
    for element in body.iter("{*}list", "{*}strong"):
        tag = "b" if element.tag.endswith("strong") else {"ul": "ul", "pl": "ol"}[element.get("type")]
        element.tag = f"{{http://www.w3.org/1999/xhtml}}{tag}"
    return body


EPISODE = Episode(
    guid="g", slug="a", title="خبر", date="2026-11-22", published="2026-11-22T05:30:00+03:00",
    modified="2026-11-22T05:30:00+03:00", language="ar", duration_s=1.0, files=(SOUND,), voices=(),
    loudness=Loudness(-16.0, -2.0), chapters=(), ledger=(),
)  # fmt: skip


def check(found: list[Article]) -> None:
    wanted = list(expected(found))
    for shown in views_of(reading_of(found)):
        assert shown == wanted


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(articles)
def test_every_view_has_the_outline_of_the_article(found: list[Article]) -> None:
    check(found)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles)
def test_every_view_has_the_outline_of_the_article_two_hundred_times(found: list[Article]) -> None:
    check(found)
