"""The outline of an edition: every line that will be said, in order, with its role and where chapters begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tts_news.arabic import bare, count_letters
from tts_news.records import (
    Article,
    Block,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Part,
    Post,
    Quote,
    Role,
    Table,
)
from tts_news.script import tables
from tts_news.script.announce import announcement, is_announced
from tts_news.script.markup import parse_markup
from tts_news.script.posts import in_order, is_long
from tts_news.script.segment import sentences
from tts_news.script.settings import ScriptSettings
from tts_news.script.shown import is_heard

HEADLINE = "العنوان"
HEADLINE_AND_INTRO = "العنوان والمقدمة"
BODY = "تفاصيل الخبر"
POINTS = "أبرز النقاط"
CLOSING = "الخاتمة"
OPENING = "الافتتاح"
CONTENTS = "في هذه النشرة"
END = "الختام"

_PARTIAL = {
    "paywall": "هذا جزء من المقال، وبقيته للمشتركين في الموقع الذي نشره.",
    "pages": "هذه الصفحة الأولى من المقال، وبقيته في الموقع الذي نشره.",
}
_TITLE_WORDS = 6  # words of a paragraph that name its chapter when nothing else does
_CLOSING_PARAGRAPHS = 2  # as many paragraphs after the last list are all of them the closing
_ONE_LINE_SENTENCES = 5  # a single paragraph of as many sentences is a text without its line breaks
_PARAGRAPH_LETTERS = 300  # about half a minute: as long as a paragraph of the news
_RUNNING = frozenset[Role](("intro", "paragraph", "closing"))
_MARKED = re.compile(r"[<\[]")  # inline marks may run from one sentence into the next
_LONG_ITEM_LETTERS = 120  # about ten seconds: an untitled item of that length is worth a chapter of its own


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter that begins at a line."""

    title: str
    level: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Something to be said: a headline, a paragraph, an item.

    `lead` is said before the text and `prefix` is written before it (أولًا and "1."); `article` is its place in the
    edition, -1 for what belongs to the edition itself; `last` marks the last line of an article another one follows;
    `goes_on` one that ends in a comma and goes on in the next.
    """

    role: Role
    text: str
    block: str
    article: int
    lead: str = ""
    prefix: str = ""
    marks: tuple[Mark, ...] = ()
    last: bool = False
    goes_on: bool = False


def outline(
    articles: Sequence[Article], settings: ScriptSettings, cast: Collection[str] = (), disclosure: str = ""
) -> list[Line]:
    """Return the lines of an edition of one or several articles.

    Args:
        articles: What it is made of.
        settings: The script's settings.
        cast: The roles with a voice of their own.
        disclosure: What is said of the voice, after everything else; "" says nothing.
    """
    several = len(articles) > 1
    lines: list[Line] = []
    if settings.opening.strip():
        lines.append(Line("opening", settings.opening, "opening", -1, marks=(Mark(OPENING),)))
    if several and settings.contents:
        lines += _contents(articles)
    for number, article in enumerate(articles):
        own = _joined(_article(article, number, settings, cast, level=1 if several else 0))
        if several and own:
            chapter = Mark(_plain(article.title) or own[0].marks[0].title, 0, article.url)
            own[0] = replace(own[0], marks=(chapter, *own[0].marks))
            own[-1] = replace(own[-1], last=number + 1 < len(articles))
        lines += own
    if settings.closing.strip():
        lines.append(Line("closing", settings.closing, "closing", -1, marks=(Mark(END),)))
    if disclosure.strip():
        # No chapter begins with it: nobody jumps there.
        lines.append(Line("closing", disclosure, "disclosure", -1))
    return _told_apart(lines, articles) if several else lines


def _told_apart(lines: Sequence[Line], articles: Sequence[Article]) -> list[Line]:
    """Return the lines with the headline behind every section title that several articles share.

    Players list chapters flat: twenty times «تفاصيل الخبر» would tell nobody where they lead.
    """
    counts = Counter(mark.title for line in lines for mark in line.marks)

    def named(mark: Mark, line: Line) -> Mark:
        if counts[mark.title] < 2 or not mark.level or not articles[line.article].title.strip():
            return mark
        return replace(mark, title=f"{mark.title}: {_opening_words(articles[line.article].title)}")

    return [replace(line, marks=tuple(named(mark, line) for mark in line.marks)) for line in lines]


def _contents(articles: Sequence[Article]) -> Iterator[Line]:
    yield Line("opening", f"{CONTENTS}:", "contents", -1, marks=(Mark(CONTENTS),))
    for number, article in enumerate(articles, start=1):
        if article.title.strip():
            yield Line("opening", article.title, f"contents{number}", -1)


def _article(
    article: Article, number: int, settings: ScriptSettings, cast: Collection[str], *, level: int
) -> Iterator[Line]:
    prefix = f"a{number + 1}b"
    named = [(f"{prefix}{place}", block) for place, block in enumerate(article.blocks, 1) if is_heard(block, settings)]
    named = _in_paragraphs(in_order(named, settings.post_order))
    blocks = [block for _, block in named]
    has_intro = bool(blocks) and isinstance(blocks[0], Paragraph) and not blocks[0].part
    first = Mark(HEADLINE_AND_INTRO if has_intro else HEADLINE, level, article.url)
    marks: tuple[Mark, ...] = (first,)
    if article.title.strip():
        yield Line("headline", article.title, f"{prefix}0", number, marks=marks)
        marks = ()
    if settings.byline and article.author.strip():
        yield Line("byline", f"بقلم: {article.author}", f"{prefix}0y", number, marks=marks)
        marks = ()
    plan = _Plan(blocks, level, settings, has_intro=has_intro)
    for place, (name, block) in enumerate(named):
        above = blocks[place - 1] if place else None
        if isinstance(block, Table):
            own = _table(block, name, number, settings, above)
        else:
            own = _block(block, name, number, plan.role(place), settings, level, cast)
        for line in own:
            begins = line.marks or plan.marks(place)
            # What opens the article opens its first chapter, whatever else begins there.
            yield replace(line, marks=marks or begins)
            marks = ()
            plan.begun(place)
    if article.missing:
        yield Line("closing", _PARTIAL[article.missing], "", number)


def _in_paragraphs(named: list[tuple[str, Block]]) -> list[tuple[str, Block]]:
    """Return the blocks, a body of one line in paragraphs: a first sentence that opens it, and some at a time.

    A text that came without its line breaks would be one intro of forty sentences otherwise.
    """
    paragraphs = [block for _, block in named if isinstance(block, Paragraph)]
    if len(paragraphs) != 1 or paragraphs[0].part or _MARKED.search(paragraphs[0].text):
        return named
    text = paragraphs[0].text
    spans = sentences(text)
    if len(spans) < _ONE_LINE_SENTENCES:
        return named
    starts = [0, spans[1][0]]
    for start, _ in spans[2:]:
        if count_letters(text[starts[-1] : start]) >= _PARAGRAPH_LETTERS:
            starts.append(start)
    parts = [text[start:end].strip() for start, end in pairwise([*starts, len(text)])]
    return [
        (name, replace(block, text=part) if isinstance(block, Paragraph) else block)
        for name, block in named
        for part in (parts if isinstance(block, Paragraph) else [""])
    ]


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Return the lines of an article, those that end in a comma as going on in the next one."""
    own = list(lines)
    for place, (line, following) in enumerate(pairwise(own)):
        if {line.role, following.role} <= _RUNNING and line.text.rstrip().endswith(("،", ",")):
            own[place] = replace(line, goes_on=True)
    return own


class _Plan:
    """Which block has which role, and where the body, what follows a list, and the closing begin."""

    def __init__(self, blocks: Sequence[Block], level: int, settings: ScriptSettings, *, has_intro: bool) -> None:
        self._blocks = blocks
        self._level = level
        self._settings = settings
        self._body = 1 if has_intro else 0
        self._begun: set[int] = set()
        self._closing, self._closing_chapter = self._find_closing()

    def _find_closing(self) -> tuple[int, bool]:
        """Return where the closing begins (past the end: nowhere) and whether it is a chapter."""
        blocks, count = self._blocks, len(self._blocks)
        tail = count
        while tail > self._body and _is_plain(blocks[tail - 1]):
            tail -= 1
        size = count - tail
        before = blocks[tail - 1] if tail else None
        if isinstance(before, Heading) or any(isinstance(block, Heading) for block in blocks[:tail]):
            return (count - 1 if size > 1 else count), False
        if isinstance(before, ListBlock):
            return (tail if 0 < size <= _CLOSING_PARAGRAPHS else count - 1 if size else count), True
        return (count - 1 if size > 1 else count), True

    def role(self, place: int) -> Role:
        block = self._blocks[place]
        if isinstance(block, Heading | Paragraph) and block.part:
            return "question" if block.part == "question" else "answer"
        if isinstance(block, Heading):
            return "subheading"
        if isinstance(block, Quote):
            return "quote"
        if isinstance(block, Figure):
            return "caption"
        if place == 0 and self._body == 1:
            return "intro"
        return "closing" if place >= self._closing else "paragraph"

    def begun(self, place: int) -> None:
        self._begun.add(place)

    def marks(self, place: int) -> tuple[Mark, ...]:
        """Return the chapter that begins with the first line of a block, if one does."""
        if place in self._begun:
            return ()
        block, above = self._blocks[place], self._blocks[place - 1] if place else None
        title = ""
        if isinstance(block, Heading):
            title = self._heading_title(block, place)
        elif self._closing_chapter and place == self._closing:
            title = CLOSING
        elif isinstance(block, Table):
            title = self._table_title(place)
        elif isinstance(block, ListBlock):
            title = "" if isinstance(above, Heading) else POINTS
        elif isinstance(above, ListBlock):
            # What follows a table that is no chapter goes on with the chapter it stands in.
            goes_on = isinstance(above, Table) and not self._table_title(place - 1)
            title = "" if goes_on else _opening_words(block.text)
        elif place == self._body:
            title = BODY
        return (Mark(title, self._level),) if title else ()

    def _heading_title(self, block: Heading, place: int) -> str:
        if block.part and not self._settings.question_chapters:
            return BODY if place == self._body else ""
        if isinstance(block, Post) and not is_long(self._blocks, place, self._settings.post_chapter_letters):
            return ""
        return _plain(block.text) or (block.time if isinstance(block, Post) else "")

    def _table_title(self, place: int) -> str:
        block = self._blocks[place]
        if not isinstance(block, Table) or (place and isinstance(self._blocks[place - 1], Heading)):
            return ""
        return _plain(block.caption)


def _is_plain(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.part


def _block(
    block: Block,
    name: str,
    article: int,
    role: Role,
    settings: ScriptSettings,
    level: int,
    cast: Collection[str],
) -> Iterator[Line]:
    if isinstance(block, ListBlock):
        yield from _list(block, name, article, settings, level, depth=0)
    elif isinstance(block, Figure):
        yield Line(role, block.words, name, article)
    elif isinstance(block, Post):
        # The hour is said before the post's heading, and is its heading when it has none.
        text = block.text.strip() or block.time
        lead = block.time if block.text.strip() else ""
        if text:
            yield Line(role, text, name, article, lead, f"{lead} " if lead else "")
    elif isinstance(block, Heading | Paragraph) and block.part:
        yield _turn(block, block.part, name, article, role, cast)
    else:
        for text in block.text.split("\n") if isinstance(block, Quote) else (block.text,):
            if text.strip():
                yield Line(role, text, name, article)
        if isinstance(block, Quote) and block.cite.strip():
            yield Line("quote", block.cite, f"{name}c", article)


_PARTS: dict[Part, str] = {"question": "سؤال", "answer": "جواب"}
_LEADS: dict[Part, str] = {"question": "سُؤَالْ", "answer": "جَوَابْ"}
_TABLE = "جَدْوَلْ"


def _turn(block: Heading | Paragraph, part: Part, name: str, article: int, role: Role, cast: Collection[str]) -> Line:
    """Return a question or answer: named before it is said, unless its voice tells it apart."""
    label = block.label if isinstance(block, Paragraph) else ""
    if label and label not in _PARTS.values():
        return Line(role, block.text, name, article)
    text = block.text[len(label) :].lstrip(" :") if label else block.text
    if part in cast:
        return Line(role, text, name, article)
    return Line(role, text, name, article, _LEADS[part], f"{label}: " if label else "")


def _table(block: Table, name: str, article: int, settings: ScriptSettings, above: Block | None) -> Iterator[Line]:
    yield Line("table_row", tables.announce(block), name, article, _TABLE, f"{bare(_TABLE)}: ")
    rows = list(tables.say_rows(block, above.text if isinstance(above, Heading) else ""))
    said = rows if len(rows) <= (settings.table_rows or len(rows)) else rows[: settings.table_rows]
    for number, row in enumerate(said, 1):
        yield Line("table_row", row.text, f"{name}r{number}", article)
    if len(said) < len(rows):
        yield Line("table_row", tables.IN_FULL, f"{name}e", article)


def _list(
    block: ListBlock, name: str, article: int, settings: ScriptSettings, level: int, *, depth: int
) -> Iterator[Line]:
    step = -1 if block.reversed else 1
    for place, item in enumerate(block.items):
        number = block.numbers[place] if block.numbers else block.start + step * place
        lead = prefix = ""
        if block.ordered and not is_announced(item.title or item.body, number):
            lead, prefix = announcement(number, depth) if settings.announce_lists else "", f"{number}. "
        marks = () if depth else _item_marks(item, level)
        own = f"{name}i{place + 1}"
        for role, text in (("list_title", item.title), ("list_item", item.body)):
            if text.strip():
                yield Line(
                    "list_title" if role == "list_title" else "list_item", text, own, article, lead, prefix, marks
                )
                lead = prefix = ""
                marks = ()
        if item.sublist:
            yield from _list(item.sublist, own, article, settings, level, depth=depth + 1)


def _item_marks(item: ListItem, level: int) -> tuple[Mark, ...]:
    if item.title.strip():
        return (Mark(_plain(item.title), level),)
    return (Mark(_opening_words(item.body), level),) if count_letters(item.body) >= _LONG_ITEM_LETTERS else ()


def _opening_words(text: str) -> str:
    words = parse_markup(text).plain.split()
    return _plain(" ".join(words[:_TITLE_WORDS])) + ("…" if len(words) > _TITLE_WORDS else "")


def _plain(text: str) -> str:
    """Return a title without inline marks and without the colon, comma or full stop that ends it."""
    return " ".join(parse_markup(text).plain.split()).rstrip(" :،,؛.-–—")
