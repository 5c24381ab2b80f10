"""The show's index: every edition by its page, newest first, on static pages of a hundred."""

from __future__ import annotations

from collections.abc import Sequence

from tts_news.publish.page import dress
from tts_news.publish.settings import ShowSettings
from tts_news.publish.show import Entry
from tts_news.publish.templates import render

PER_PAGE = 100


def write_index(entries: Sequence[Entry], show: ShowSettings, cover: str, feed: str) -> dict[str, str]:
    """Return the pages of the index by file name: `index.html`, `index-2.html` and so on.

    Args:
        entries: The editions, newest first.
        show: The show.
        cover: File name of the cover, "" when there is none.
        feed: Address of the feed, "" when there is none.
    """
    count = max(1, -(-len(entries) // PER_PAGE))
    return {
        _name(number): _page(entries[number * PER_PAGE : (number + 1) * PER_PAGE], number, count, show, cover, feed)
        for number in range(count)
    }


def _name(number: int) -> str:
    return "index.html" if number == 0 else f"index-{number + 1}.html"


def _page(entries: Sequence[Entry], number: int, count: int, show: ShowSettings, cover: str, feed: str) -> str:
    return render(
        "index.html",
        **dress(show),
        language=show.language,
        show=show,
        cover="" if number else cover,
        feed=feed,
        number=number,
        newer=_name(number - 1) if number else "",
        older=_name(number + 1) if number + 1 < count else "",
        editions=[(entry, next(iter(entry.sounds), None), _summary(entry)) for entry in entries],
    )


def _summary(entry: Entry) -> list[str]:
    """Return the summary's paragraphs; of a bulletin there are several, a headline each."""
    return [line.removeprefix("• ") for line in entry.summary.splitlines() if line.strip()]
