"""`Article` → plain values for JSON, in the shape that DESIGN fixes for `tts-news read --json`."""

from __future__ import annotations

from collections.abc import Iterator

from tts_news.records import Article, Block, Figure, Heading, ListBlock, Notes, Paragraph, Post, Quote, Table


def to_values(article: Article) -> dict[str, object]:
    """Return an article as dicts, lists and strings.

    Every block has all keys, so that a reader needs no special cases. The items of sublists stand in the same list as
    their parents, in reading order, with their `depth`.
    """
    return {
        "title": article.title,
        "categories": list(article.categories),
        "author": article.author,
        "published": article.published,
        "modified": article.modified,
        "url": article.url,
        "site": article.site,
        "language": article.language,
        "missing": article.missing,
        "blocks": [_block(block) for block in article.blocks],
        "dropped": [{"text": line.text, "reason": line.reason} for line in article.dropped],
        "source": article.source,
        "dateline": article.dateline,
        "rights": article.rights,
        "urgency": article.urgency,
    }


def _block(block: Block) -> dict[str, object]:
    values: dict[str, object] = {"kind": "paragraph", "text": "", "level": 0, "ordered": False, "items": [], "cite": ""}
    values["sense"] = block.sense
    if isinstance(block, ListBlock):
        return values | _list(block)
    if isinstance(block, Figure):
        return values | {
            "kind": "figure",
            "text": block.text,
            "caption": block.caption,
            "credit": block.credit,
            "alt": block.alt,
        }
    if isinstance(block, Notes):
        notes = [{"mark": note.mark, "text": note.words} for note in block.notes]
        return values | {"kind": "notes", "text": block.text, "title": block.title, "notes": notes}
    values["text"] = block.text
    if isinstance(block, Heading):
        posted = {"time": block.time} if isinstance(block, Post) else {}
        kind = "post" if isinstance(block, Post) else "heading"
        return values | {"kind": kind, "level": block.level, "part": block.part} | posted
    if isinstance(block, Paragraph):
        return values | {"part": block.part, "label": block.label}
    return values | {"kind": "quote", "cite": block.cite}


def _list(block: ListBlock) -> dict[str, object]:
    items = [{"title": title, "body": body, "depth": depth} for title, body, depth in flat_items(block)]
    if isinstance(block, Table):
        cells = [
            [{"text": cell.text, "column": cell.column, "width": cell.width, "height": cell.height} for cell in row]
            for row in block.rows
        ]
        facts = {"caption": block.caption, "heads": list(block.heads), "rows": cells, "row_names": block.row_names}
        return {"kind": "table", "items": items, **facts}
    facts = {"ordered": block.ordered, "start": block.start, "reversed": block.reversed, "numbers": list(block.numbers)}
    return {"kind": "list", "items": items, **facts}


def flat_items(block: ListBlock, depth: int = 0) -> Iterator[tuple[str, str, int]]:
    """Yield (title, body, depth) of a list's items and their sublists' items, in reading order."""
    for item in block.items:
        yield item.title, item.body, depth
        if item.sublist:
            yield from flat_items(item.sublist, depth + 1)


def kept_lines(article: Article) -> Iterator[tuple[str, str]]:
    """Yield (what it is, text) for everything of an article that is kept, in reading order."""
    if article.title:
        yield "headline", article.title
    for block in article.blocks:
        if isinstance(block, ListBlock):
            yield from _list_lines(block)
        elif isinstance(block, Notes):
            yield from ((f"note ({block.sense})", f"{note.mark} {note.words}".strip()) for note in block.notes)
        else:
            yield _line(block)


def _list_lines(block: ListBlock, depth: int = 0) -> Iterator[tuple[str, str]]:
    is_table = isinstance(block, Table)
    if isinstance(block, Table):
        yield "table", block.caption or "، ".join(filter(None, block.heads))
    for place, item in enumerate(block.items):
        mark = "row" if is_table else f"item {block.number_of(place)}" if block.ordered else "item"
        yield f"{'  ' * (depth + is_table)}{mark}", ": ".join(part for part in (item.title, item.body) if part)
        if item.sublist:
            yield from _list_lines(item.sublist, depth + 1)


def _line(block: Heading | Paragraph | Quote | Figure) -> tuple[str, str]:
    if isinstance(block, Figure):
        return f"figure ({block.sense})", " · ".join(filter(None, (block.words, block.credit)))
    if isinstance(block, Heading):
        return f"heading {block.level}", block.text
    if isinstance(block, Paragraph):
        return block.part or "paragraph", block.text
    return "quote", f"{block.text} ({block.cite})" if block.cite else block.text
