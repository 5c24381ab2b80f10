"""The outline of an edition: every line that will be said, in order, with its role and where chapters begin.

A chapter is called by words of the article: its headline, a heading, else the first words that are heard in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from tts_news.arabic import bare, count_letters
from tts_news.patterns import lazy
from tts_news.records import (
    Article,
    Block,
    ChapterKind,
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
from tts_news.script.posts import in_order, is_long
from tts_news.script.segment import sentences
from tts_news.script.settings import ScriptSettings
from tts_news.script.shown import is_heard
from tts_news.script.titles import opening_words, plain_title, short_title

CONTENTS = "في هذه النشرة"

_PARTIAL = {
    "paywall": "هذا جزء من المقال، وبقيته للمشتركين في الموقع الذي نشره.",
    "pages": "هذه الصفحة الأولى من المقال، وبقيته في الموقع الذي نشره.",
}
_CLOSING_PARAGRAPHS = 2  # as many paragraphs after the last list are all of them the closing
_ONE_LINE_SENTENCES = 5  # a single paragraph of as many sentences is a text without its line breaks
_PARAGRAPH_LETTERS = 300  # about half a minute: as long as a paragraph of the news
_RUNNING = frozenset[Role](("intro", "paragraph", "closing"))
_MARKED = lazy(r"[<\[]")  # inline marks may run from one sentence into the next
_LONG_ITEM_LETTERS = 120  # about ten seconds: an untitled item of that length is worth a chapter of its own


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter that may begin at a line; `kind` and `rank` as in `ChapterMark`."""

    title: str
    level: int = 0
    url: str = ""
    kind: ChapterKind = "section"
    rank: int = 1


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
        lines.append(_frame("opening", settings.opening))
    if several and settings.contents:
        lines += _contents(articles)
    for number, article in enumerate(articles):
        own = _joined(_article(article, number, settings, cast, level=1 if several else 0))
        if own:
            own[0] = replace(own[0], marks=(_first_mark(article, own[0], several=several),))
            own[-1] = replace(own[-1], last=number + 1 < len(articles))
        lines += own
    if settings.closing.strip():
        lines.append(_frame("closing", settings.closing))
    if disclosure.strip():
        # No chapter begins with it: nobody jumps there.
        lines.append(Line("closing", disclosure, "disclosure", -1))
    return _told_apart(lines, articles) if several else lines


def _frame(role: Literal["opening", "closing"], text: str) -> Line:
    return Line(role, text, role, -1, marks=(Mark(opening_words(text), kind="part"),))


def _first_mark(article: Article, line: Line, *, several: bool) -> Mark:
    """Return the chapter that an article begins with, whatever else begins with its first line."""
    if title := plain_title(article.title):
        return Mark(title if several else short_title(title), 0, article.url)
    own = line.marks[0] if line.marks else Mark(opening_words(line.text), kind="section" if several else "part")
    return replace(own, level=0, url=article.url)


def _told_apart(lines: Sequence[Line], articles: Sequence[Article]) -> list[Line]:
    """Return the lines with the headline behind every section title that several articles share.

    Players list chapters flat: twenty times «خلفية» would tell nobody where they lead.
    """
    counts = Counter(mark.title for line in lines for mark in line.marks)

    def named(mark: Mark, line: Line) -> Mark:
        if counts[mark.title] < 2 or not mark.level or not articles[line.article].title.strip():
            return mark
        return replace(mark, title=f"{mark.title}: {opening_words(articles[line.article].title)}")

    return [replace(line, marks=tuple(named(mark, line) for mark in line.marks)) for line in lines]


def _contents(articles: Sequence[Article]) -> Iterator[Line]:
    yield Line("opening", f"{CONTENTS}:", "contents", -1, marks=(Mark(CONTENTS, kind="part"),))
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
    if article.title.strip():
        yield Line("headline", article.title, f"{prefix}0", number)
    if settings.byline and article.author.strip():
        yield Line("byline", f"بقلم: {article.author}", f"{prefix}0y", number)
    plan = _Plan(blocks, level, settings, has_intro=has_intro)
    for place, (name, block) in enumerate(named):
        above = blocks[place - 1] if place else None
        if isinstance(block, Table):
            own = _table(block, name, number, settings, above)
        else:
            own = _block(block, name, number, plan.role(place), settings, level, cast)
        for line in own:
            yield replace(line, marks=plan.marks(place, line))
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
        self._ranks = _ranks(blocks)
        self._closing, self._closing_chapter = self._find_closing()
        self._first_points, self._rest = self._find_points()

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

    def _find_points(self) -> tuple[int, frozenset[int]]:
        """Return where the first list of an article without headings begins, -1: nowhere, and where its text goes on.

        The chapter of a list or table would hold what follows it, too, if that had none of its own.
        """
        if self._ranks:
            return -1, frozenset()
        lists = [at for at, block in enumerate(self._blocks) if isinstance(block, ListBlock)]
        first = next((at for at in lists if not isinstance(self._blocks[at], Table)), -1)
        named = {at for at, block in enumerate(self._blocks) if isinstance(block, Table) and block.caption.strip()}
        titled = [at for at in lists if at == first or at in named]
        return first, frozenset(at + 1 for at in titled)

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

    def marks(self, place: int, line: Line) -> tuple[Mark, ...]:
        """Return the chapters that may begin with a line of a block: the block's, and the line's own."""
        if place in self._begun:
            return line.marks
        self._begun.add(place)
        block, above = self._blocks[place], self._blocks[place - 1] if place else None
        if isinstance(block, Heading) and (title := self._heading_title(block, place)):
            kind: ChapterKind = "post" if isinstance(block, Post) else "section"
            return (Mark(short_title(title), self._level, kind=kind, rank=self._ranks[place]),)
        if isinstance(block, ListBlock) and isinstance(above, Heading):
            return ()  # the heading's own list: a chapter that begins with its first item would lack its heading
        if not self._begins_part(block, place):
            return line.marks
        caption = plain_title(block.caption) if isinstance(block, Table) else ""
        return (Mark(short_title(caption) or opening_words(line.text), self._level, kind="part"), *line.marks)

    def _begins_part(self, block: Block, place: int) -> bool:
        """Tell whether a chapter begins with a block that names none."""
        if self._closing_chapter and place == self._closing:
            return True
        if isinstance(block, Table):
            return not self._ranks and bool(block.caption.strip())
        if isinstance(block, ListBlock):
            return self._first_points == place
        if isinstance(block, Heading) and not block.part:
            return False
        return place in self._rest or place == self._body

    def _heading_title(self, block: Heading, place: int) -> str:
        if block.part and not self._settings.question_chapters:
            return ""
        if isinstance(block, Post):
            is_long_enough = is_long(self._blocks, place, self._settings.post_chapter_letters)
            return (plain_title(block.text) or block.time) if is_long_enough else ""
        above = self._blocks[place - 1] if place else None
        if isinstance(above, Heading) and not isinstance(above, Post) and self._ranks[place - 1] < self._ranks[place]:
            return ""  # the heading above it has no text of its own: it opens this one
        return plain_title(block.text)


def _ranks(blocks: Sequence[Block]) -> dict[int, int]:
    """Return the rank of each heading by its place: 1, and one more for each heading that it stands under."""
    ranks: dict[int, int] = {}
    above: list[int] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            ranks[place] = len(above)
    return ranks


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
    for place, item in enumerate(block.items):
        number = block.number_of(place)
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
        return (Mark(short_title(plain_title(item.title)), level, kind="item"),)
    return (
        (Mark(opening_words(item.body), level, kind="item"),) if count_letters(item.body) >= _LONG_ITEM_LETTERS else ()
    )
