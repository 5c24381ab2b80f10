"""`Article` → plain values for JSON, in the shape that DESIGN fixes for `tts-news read --json`."""

from __future__ import annotations

from collections.abc import Iterator

from tts_news.records import Article, Block, Heading, ListBlock, Paragraph


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
        "blocks": [_block(block) for block in article.blocks],
        "dropped": [{"text": line.text, "reason": line.reason} for line in article.dropped],
        "source": article.source,
    }


def _block(block: Block) -> dict[str, object]:
    values: dict[str, object] = {"kind": "paragraph", "text": "", "level": 0, "ordered": False, "items": [], "cite": ""}
    if isinstance(block, ListBlock):
        items = [{"title": title, "body": body, "depth": depth} for title, body, depth in flat_items(block)]
        return values | {
            "kind": "list",
            "ordered": block.ordered,
            "start": block.start,
            "reversed": block.reversed,
            "items": items,
        }
    if isinstance(block, Heading):
        return values | {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return values | {"text": block.text}
    return values | {"kind": "quote", "text": block.text, "cite": block.cite}


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
            for number, (title, body, depth) in enumerate(flat_items(block), 1):
                mark = f"item {number}" if block.ordered and not depth else "item"
                yield f"{'  ' * depth}{mark}", ": ".join(part for part in (title, body) if part)
        elif isinstance(block, Heading):
            yield f"heading {block.level}", block.text
        elif isinstance(block, Paragraph):
            yield "paragraph", block.text
        else:
            yield "quote", f"{block.text} ({block.cite})" if block.cite else block.text
