"""What the page shows and nobody says: captions, credits, notes, and the rows past the first of a long table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tts_news.records import Article, Block, Figure, ListBlock, Notes, Omission, Table
from tts_news.script.settings import ScriptSettings
from tts_news.script.tables import announce, say_rows

_PICTURE = "a picture's words are on the page"
_CREDIT = "a picture's credit is on the page"
_NOTES = "notes are on the page"
_LONG_TABLE = "the whole of a long table is on the page"
_HEAD = "the head of a column is on the page"
_EYE = "for the eye: it is on the page"


def is_heard(block: Block, settings: ScriptSettings) -> bool:
    """Return whether a block is for the ear."""
    if isinstance(block, Figure) and settings.figures != "auto":
        return settings.figures == "always" and bool(block.words)
    return block.sense != "eye"


def unsaid(articles: Sequence[Article], settings: ScriptSettings) -> Iterator[Omission]:
    """Yield the words of every block that are shown and not said, with the reason."""
    for number, article in enumerate(articles):
        for block in article.blocks:
            for text, reason in _shown(block, settings):
                if text:
                    yield Omission(text, reason, article=number, shown=True)


def _shown(block: Block, settings: ScriptSettings) -> Iterator[tuple[str, str]]:
    heard = is_heard(block, settings)
    if isinstance(block, Figure):
        said = block.words if heard else ""
        yield from ((text, _PICTURE) for text in dict.fromkeys((block.caption, block.alt)) if text != said)
        yield block.credit, _CREDIT
    elif isinstance(block, Table):
        rows = list(say_rows(block))
        said = " ".join([announce(block), *(row.text for row in rows)])
        yield from ((head, _HEAD) for head in block.heads if head not in said)
        for row in rows[settings.table_rows or len(rows) :] if heard else rows:
            yield row.text, _LONG_TABLE if heard else _EYE
    elif not heard:
        yield from ((text, _NOTES if isinstance(block, Notes) else _EYE) for text in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Notes):
        yield block.title
        yield from (f"{note.mark} {note.words}".strip() for note in block.notes)
    elif isinstance(block, ListBlock):
        for item in block.items:
            yield f"{item.title} {item.body}".strip()
            yield from _texts(item.sublist) if item.sublist else ()
    else:
        yield block.text
