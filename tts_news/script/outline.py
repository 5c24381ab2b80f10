"""The outline of an edition: every line that will be said, in order, with its role and where chapters begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tts_news.arabic import count_letters
from tts_news.records import Article, Block, Heading, ListBlock, ListItem, Paragraph, Quote, Role
from tts_news.script.announce import announcement, is_announced
from tts_news.script.markup import parse_markup
from tts_news.script.settings import ScriptSettings

HEADLINE = "العنوان"
HEADLINE_AND_INTRO = "العنوان والمقدمة"
BODY = "تفاصيل الخبر"
POINTS = "أبرز النقاط"
CLOSING = "الخاتمة"
OPENING = "الافتتاح"
CONTENTS = "في هذه النشرة"
END = "الختام"

_TITLE_WORDS = 6  # words of a paragraph that name its chapter when nothing else does
_CLOSING_PARAGRAPHS = 2  # as many paragraphs after the last list are all of them the closing
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
    edition, -1 for what belongs to the edition itself; `last` marks the last line of an article another one follows.
    """

    role: Role
    text: str
    block: str
    article: int
    lead: str = ""
    prefix: str = ""
    marks: tuple[Mark, ...] = ()
    last: bool = False


def outline(articles: Sequence[Article], settings: ScriptSettings) -> list[Line]:
    """Return the lines of an edition of one or several articles."""
    several = len(articles) > 1
    lines: list[Line] = []
    if settings.opening.strip():
        lines.append(Line("opening", settings.opening, "opening", -1, marks=(Mark(OPENING),)))
    if several and settings.contents:
        lines += _contents(articles)
    for number, article in enumerate(articles):
        own = list(_article(article, number, settings, level=1 if several else 0))
        if several and own:
            chapter = Mark(_plain(article.title) or own[0].marks[0].title, 0, article.url)
            own[0] = replace(own[0], marks=(chapter, *own[0].marks))
            own[-1] = replace(own[-1], last=number + 1 < len(articles))
        lines += own
    if settings.closing.strip():
        lines.append(Line("closing", settings.closing, "closing", -1, marks=(Mark(END),)))
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


def _article(article: Article, number: int, settings: ScriptSettings, *, level: int) -> Iterator[Line]:
    blocks = article.blocks
    has_intro = bool(blocks) and isinstance(blocks[0], Paragraph)
    first = Mark(HEADLINE_AND_INTRO if has_intro else HEADLINE, level, article.url)
    prefix = f"a{number + 1}b"
    marks: tuple[Mark, ...] = (first,)
    if article.title.strip():
        yield Line("headline", article.title, f"{prefix}0", number, marks=marks)
        marks = ()
    if settings.byline and article.author.strip():
        yield Line("byline", f"بقلم: {article.author}", f"{prefix}0y", number, marks=marks)
        marks = ()
    plan = _Plan(blocks, level, has_intro=has_intro)
    for place, block in enumerate(blocks):
        for line in _block(block, f"{prefix}{place + 1}", number, plan.role(place), settings, level):
            begins = line.marks or plan.marks(place)
            # What opens the article opens its first chapter, whatever else begins there.
            yield replace(line, marks=marks or begins)
            marks = ()
            plan.begun(place)


class _Plan:
    """Which block has which role, and where the body, what follows a list, and the closing begin."""

    def __init__(self, blocks: Sequence[Block], level: int, *, has_intro: bool) -> None:
        self._blocks = blocks
        self._level = level
        self._body = 1 if has_intro else 0
        self._begun: set[int] = set()
        self._closing, self._closing_chapter = self._find_closing()

    def _find_closing(self) -> tuple[int, bool]:
        """Return where the closing begins (past the end: nowhere) and whether it is a chapter."""
        blocks, count = self._blocks, len(self._blocks)
        tail = count
        while tail > self._body and isinstance(blocks[tail - 1], Paragraph):
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
        if isinstance(block, Heading):
            return "subheading"
        if isinstance(block, Quote):
            return "quote"
        if place == 0 and self._body == 1:
            return "intro"
        return "closing" if place >= self._closing else "paragraph"

    def begun(self, place: int) -> None:
        self._begun.add(place)

    def marks(self, place: int) -> tuple[Mark, ...]:
        """Return the chapter that begins with the first line of a block, if one does."""
        if place in self._begun:
            return ()
        block = self._blocks[place]
        if isinstance(block, Heading):
            return (Mark(_plain(block.text), self._level),)
        if self._closing_chapter and place == self._closing:
            return (Mark(CLOSING, self._level),)
        if isinstance(block, ListBlock):
            under_heading = place > 0 and isinstance(self._blocks[place - 1], Heading)
            return () if under_heading else (Mark(POINTS, self._level),)
        if place > 0 and isinstance(self._blocks[place - 1], ListBlock):
            return (Mark(_opening_words(block.text), self._level),)
        return (Mark(BODY, self._level),) if place == self._body else ()


def _block(block: Block, name: str, article: int, role: Role, settings: ScriptSettings, level: int) -> Iterator[Line]:
    if isinstance(block, ListBlock):
        yield from _list(block, name, article, settings, level, depth=0)
        return
    if block.text.strip():
        yield Line(role, block.text, name, article)
    if isinstance(block, Quote) and block.cite.strip():
        yield Line("quote", block.cite, f"{name}c", article)


def _list(
    block: ListBlock, name: str, article: int, settings: ScriptSettings, level: int, *, depth: int
) -> Iterator[Line]:
    step = -1 if block.reversed else 1
    for place, item in enumerate(block.items):
        number = block.start + step * place
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
