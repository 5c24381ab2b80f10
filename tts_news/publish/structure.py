"""Script and timeline → Reading: the lines laid into the blocks they came from.

A block's kind is the article's (`Script.blocks`); what it reads is the cues', which an editor may have mended. Where a
script has no blocks, as in release 0.1 or written by hand, the roles of its cues say what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from tts_news.publish.align import align_words, spread_words
from tts_news.publish.reading import (
    Chapter,
    Endnotes,
    Item,
    Line,
    Listing,
    Passage,
    Picture,
    Piece,
    Quotation,
    Reading,
    Story,
    Tabular,
    show_text,
    text_of,
)
from tts_news.records import (
    Block,
    ChapterSpan,
    Cue,
    CueSpan,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Notes,
    Quote,
    Role,
    Script,
    Table,
    Timeline,
    WordTime,
)

_BLOCK = re.compile(r"a[0-9]+b[0-9]+")
_OWN_WORDS = re.compile(r"(opening|contents[0-9]*|closing|disclosure)")
_CONTENTS = re.compile(r"contents[0-9]+")
_LOWEST = 6
"""HTML has six ranks of headings."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A line and the block or part of one that it belongs to; what is for the eye alone may have no line."""

    name: str
    role: Role
    line: Line | None

    @property
    def root(self) -> str:
        """The block: "a1b3" of "a1b3i2"."""
        match = _BLOCK.match(self.name)
        return match[0] if match else self.name

    @property
    def path(self) -> tuple[str, ...]:
        """The way to an item: ("2", "1") of "a1b3i2i1"."""
        return tuple(re.findall("i([0-9]+)", self.name.removeprefix(self.root)))


def make_reading(script: Script, timeline: Timeline) -> Reading:
    """Return script and timeline as one."""
    duration, title = round(timeline.duration_s, 3), show_text(script.title)
    members = list(_members(script, {span.cue: span for span in timeline.cues}))
    headlines = [member for member in members if member.role == "headline"]
    alone = len({member.name for member in headlines}) == 1 and _text(headlines) == title
    stories = [
        Story(name, tuple(_pieces([member for _, member in run], script.blocks, alone=alone)))
        for name, run in groupby(zip(_stories(members), members, strict=True), lambda named: named[0])
    ]
    lines = tuple(member.line for member in members if member.line)
    return Reading(
        title, script.language, duration, tuple(stories), lines, _chapters(timeline.chapters, title, duration)
    )


def _text(members: Sequence[_Member]) -> str:
    return text_of([member.line for member in members if member.line])


def _chapters(spans: Sequence[ChapterSpan], title: str, duration: float) -> tuple[Chapter, ...]:
    """Return the chapters in order of time, contiguous, one for each start."""
    marks = sorted(spans, key=lambda mark: (mark.start_s, mark.level)) or [ChapterSpan(title, 0.0, duration)]
    kept: list[ChapterSpan] = []
    for mark in marks:
        if not kept or mark.start_s > kept[-1].start_s:
            kept.append(mark)
    ends = [round(mark.start_s, 3) for mark in kept[1:]] + [duration]
    return tuple(
        Chapter(show_text(mark.title) or title, round(mark.start_s, 3), end, mark.level, mark.url)
        for mark, end in zip(kept, ends, strict=True)
    )


def _members(script: Script, spans: Mapping[str, CueSpan]) -> Iterator[_Member]:
    """Yield what is shown: the cues in order, and what is for the eye alone after what stands above it."""
    before, after = _silent_blocks(script)
    for at, cue in enumerate(script.cues):
        for name in before.get(at, ()):
            yield from _silent(name, script.blocks[name])
        line = _make_line(cue, spans.get(cue.id))
        if line.text:
            member = _Member(cue.block or cue.id, cue.role, line)
            yield replace(member, line=replace(line, part=member.name.removeprefix(member.root)))
        for name in after.get(at, ()):
            yield from _silent(name, script.blocks[name])


def _make_line(cue: Cue, span: CueSpan | None) -> Line:
    text = show_text(cue.written)
    if span is None or span.end_s <= span.start_s:
        return Line(cue.id, cue.role, text, 0.0, 0.0, (), heard=False, language=cue.language)
    spoken = span.words or spread_words(cue.spoken.split(), span.start_s, span.end_s)
    words = align_words(text.split(), spoken, span.start_s, span.end_s)
    rounded = tuple(WordTime(word.text, round(word.start_s, 3), round(word.end_s, 3)) for word in words)
    return Line(
        cue.id,
        cue.role,
        text,
        round(span.start_s, 3),
        round(span.end_s, 3),
        rounded,
        language=cue.language,
        timing=span.timing,
    )


def _silent_blocks(script: Script) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return before and after which cue (by its place) each block stands that has none and is for the eye."""
    roots = [_Member(cue.block, cue.role, None).root for cue in script.cues]
    first = {root: at for at, root in reversed(list(enumerate(roots)))}
    last = {root: at for at, root in enumerate(roots)}
    openings = {root.partition("b")[0]: at for root, at in reversed(first.items()) if _BLOCK.fullmatch(root)}
    before: dict[int, list[str]] = {}
    after: dict[int, list[str]] = {}
    above: dict[str, int] = {}  # of each article, the last cue of what stands above
    for name, block in script.blocks.items():
        article = name.partition("b")[0]
        above.setdefault(article, last.get(f"{article}b0", -1))
        if name in last:
            above[article] = last[name]
        elif block.sense == "eye" or isinstance(block, Figure | Notes | Table):
            if above[article] >= 0:
                after.setdefault(above[article], []).append(name)
            elif article in openings:
                before.setdefault(openings[article], []).append(name)
    return before, after


def _silent(name: str, block: Block) -> Iterator[_Member]:
    """Yield what a block without a cue shows."""
    if isinstance(block, Figure | Notes | Table):
        yield _Member(name, "caption", None)
    elif isinstance(block, ListBlock):
        yield from _silent_items(name, block)
    else:
        role: Role = (
            "subheading" if isinstance(block, Heading) else "quote" if isinstance(block, Quote) else "paragraph"
        )
        if text := show_text(block.text):
            yield _Member(name, role, _for_eye(role, text))
        if isinstance(block, Quote) and block.cite.strip():
            yield _Member(f"{name}c", "quote", _for_eye("quote", show_text(block.cite)))


def _silent_items(name: str, block: ListBlock) -> Iterator[_Member]:
    for number, item in enumerate(block.items, 1):
        own = f"{name}i{number}"
        roles: tuple[tuple[Role, str], ...] = (("list_title", item.title), ("list_item", item.body))
        for role, text in roles:
            if shown := show_text(text):
                yield _Member(own, role, _for_eye(role, shown))
        if item.sublist:
            yield from _silent_items(own, item.sublist)


def _for_eye(role: Role, text: str) -> Line:
    return Line("", role, text, 0.0, 0.0, (), heard=False, for_eye=True)


def _stories(members: Sequence[_Member]) -> Iterator[str]:
    """Yield for each member the article it belongs to: "a2", or "" for the edition's own words."""
    name, headline = "", ""
    for number, member in enumerate(members):
        if _BLOCK.match(member.name):
            name = member.root.partition("b")[0]
        elif member.role == "headline":  # of a script without blocks
            name, headline = (name if member.name == headline else f"x{number}"), member.name
        elif member.role in {"opening", "closing"} or _OWN_WORDS.fullmatch(member.name):
            name = ""
        yield name


def _pieces(members: Sequence[_Member], blocks: Mapping[str, Block], *, alone: bool) -> Iterator[Piece]:
    """Yield the pieces of one article; `alone` when it is the only one, whose headline is the page's title."""
    titled = any(member.role == "headline" for member in members)
    base = 2 if titled and not alone else 1
    above: list[int] = []  # levels, as the source has them, of the headings that what comes stands under
    for name, group in groupby(members, lambda member: _place(member, blocks)):
        run = list(group)
        block = blocks.get(name) or _guess(run)
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
        yield from _piece(run, block, base, min(_LOWEST, base + len(above)))


def _place(member: _Member, blocks: Mapping[str, Block]) -> str:
    """Return what neighbours have in common that are one piece."""
    if member.role in {"list_title", "list_item", "quote"} or isinstance(
        blocks.get(member.root), Table | Notes | Figure
    ):
        return member.root
    return "contents-items" if _CONTENTS.fullmatch(member.name) else member.name


def _guess(run: Sequence[_Member]) -> Block | None:
    """Return a block of the kind that the roles tell of, where the script has none."""
    role = run[0].role
    if role in {"list_title", "list_item"}:
        return _guess_list(run)
    if role == "subheading":
        return Heading("")
    return Quote("") if role == "quote" else None


def _guess_list(run: Sequence[_Member], depth: int = 0) -> ListBlock:
    """Return a list of the shape that the names tell of: ordered where an item has its number in the text."""
    numbered = [bool(re.match(r"-?[0-9]+\.( |$)", _text([member]))) for member in run if len(member.path) <= depth + 1]
    return ListBlock(ordered=any(numbered), items=())


def _piece(run: Sequence[_Member], block: Block | None, base: int, rank: int) -> Iterator[Piece]:
    lines = tuple(member.line for member in run if member.line)
    if isinstance(block, Table):
        yield _tabular(block, lines)
    elif isinstance(block, ListBlock):
        yield _listing(run, block, 0)
    elif _CONTENTS.fullmatch(run[0].name):
        yield Listing(ordered=False, items=tuple(Item((), (line,)) for line in lines))
    elif isinstance(block, Figure):
        yield Picture(block, lines)
    elif isinstance(block, Notes):
        yield Endnotes(block, min(_LOWEST, base + 1))
    elif isinstance(block, Quote):
        cited = run[0].root + "c"
        yield Quotation(
            _verses(block, [member.line for member in run if member.line and member.name != cited]),
            tuple(member.line for member in run if member.line and member.name == cited),
        )
    else:
        for role, group in groupby(lines, lambda line: line.role):
            own = rank if isinstance(block, Heading) else base if role == "headline" else 0
            yield Passage(role, tuple(group), own)


def _listing(run: Sequence[_Member], block: ListBlock | None, depth: int) -> Listing:
    """Return the items in the order of their lines, each with the list inside it."""
    items: list[Item] = []
    for number, group in groupby(run, lambda member: member.path[depth] if len(member.path) > depth else ""):
        own, begun = _item_block(block, number), False
        for inside, part in groupby(group, lambda member: len(member.path) > depth + 1):
            members = list(part)
            if inside:
                listing = _listing(members, own.sublist if own else None, depth + 1)
                last = items.pop() if begun and items[-1].inside is None else Item((), ())
                items.append(replace(last, inside=listing))
            else:
                items += _items(members)
            begun = True
    ordered = block.ordered if block and block.items else _guess_list(run, depth).ordered
    return Listing(ordered, tuple(items))


def _item_block(block: ListBlock | None, number: str) -> ListItem | None:
    at = int(number) - 1 if number else -1
    return block.items[at] if block and 0 <= at < len(block.items) else None


def _items(members: Sequence[_Member]) -> Iterator[Item]:
    """Yield the item that neighbours of one name are: titles first, then text; a title after text begins another."""
    title: list[Line] = []
    body: list[Line] = []
    for member in members:
        if member.line and member.role == "list_title":
            if body:
                yield Item(tuple(title), tuple(body))
                title, body = [], []
            title.append(member.line)
        elif member.line:
            body.append(member.line)
    yield Item(tuple(title), tuple(body))


def _verses(quote: Quote, lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of a quotation by its lines in the source, as far as an editor's fit them."""
    wanted = [re.sub(r"\W", "", show_text(verse)) for verse in quote.text.split("\n")]
    sizes = list(accumulate(len(verse) for verse in wanted if verse))
    verses: list[list[Line]] = [[]]
    said = 0
    for line in lines:
        verses[-1].append(line)
        said += len(re.sub(r"\W", "", line.text))
        if said in sizes[:-1]:
            verses.append([])
    return tuple(tuple(verse) for verse in verses if verse)


def _tabular(table: Table, lines: Sequence[Line]) -> Tabular:
    """Return the table; only rows that say something are counted («r2»)."""
    said: dict[str, list[Line]] = {}
    for line in lines:
        said.setdefault(line.part, []).append(line)
    speaks = [bool(table.names_of(row) or table.values_of(row)) for row in table.grid()]
    numbers = accumulate(map(int, speaks))
    rows = tuple(
        tuple(said.get(f"r{number}", ())) if spoken else () for spoken, number in zip(speaks, numbers, strict=True)
    )
    taken = {line.id for row in rows for line in row}
    caption = tuple(line for line in lines if not line.part)
    return Tabular(table, caption, rows, tuple(line for line in lines if line.part and line.id not in taken))
