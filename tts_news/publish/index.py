"""The show's index: every edition by its page, newest first, on static pages of a hundred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from tts_news.publish.page import policy, read_asset
from tts_news.publish.phrases import say_date, say_duration
from tts_news.publish.reading import show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.show import Entry

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
    title = escape(show_text(show.title))
    head = f"{title} – صفحة {number + 1}" if number else title
    description = escape(show_text(show.description))
    alternate = (
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{escape(feed)}">\n' if feed else ""
    )
    script = read_asset("page.js")  # the colours and the text size that a reader has chosen on an edition's page
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(show.language)}" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(script)}">\n<title>{head}</title>\n'
        + (f'<meta name="description" content="{description}">\n' if description else "")
        + f'{alternate}<link rel="icon" href="data:,">\n<style>\n{read_asset("page.css")}</style>\n'
        f"<script>{script}</script>\n</head>",
        '<body>\n<a class="skip" href="#editions">انتقل إلى الحلقات</a>',
        f"<header>\n<h1>{head}</h1>",
    ]
    if cover and not number:
        parts.append(f'<p><img src="{cover}" alt="غلاف {title}" width="240" height="240"></p>')
    if description:
        parts.append(f"<p>{description}</p>")
    if feed:
        parts.append(f'<p><a href="{escape(feed)}">اشترك عبر رابط البودكاست (RSS)</a></p>')
        # Most browsers show a feed as source text: the address is what a player's "add by URL" wants.
        parts.append(f'<p class="quiet">العنوان لتطبيقات البودكاست: <bdi dir="ltr">{escape(feed)}</bdi></p>')
    parts.append('</header>\n<main id="editions">\n<h2>الحلقات</h2>')
    parts.append(_list(entries) if entries else "<p>لا حلقات بعد.</p>")
    parts.append("</main>")
    if count > 1:
        parts.append(_turn(number, count))
    author = escape(show_text(show.author or show.title))
    parts.append(f"<footer>\n<p>{author}</p>\n</footer>\n</body>\n</html>\n")
    return "\n".join(parts)


def _list(entries: Sequence[Entry]) -> str:
    items = []
    for entry in entries:
        sound = next(iter(entry.sounds), None)
        title = escape(show_text(entry.title))
        date = f'<time datetime="{escape(entry.date)}">{say_date(entry.date)}</time>'
        lines = [
            f'<li>\n<h3><a href="{entry.folder}/index.html">{title}</a></h3>',
            f'<p class="quiet">{date} · {say_duration(entry.duration_s)}</p>',
        ]
        lines.extend(_summary(entry.summary))
        if sound:
            lines.append(f'<p><a href="{entry.folder}/{sound.name}">الصوت مباشرة: {title}</a></p>')
        items.append("\n".join([*lines, "</li>"]))
    return '<ol class="episodes">\n' + "\n".join(items) + "\n</ol>"


def _summary(summary: str) -> Iterator[str]:
    """Yield the summary; that of a bulletin, a headline a line, as a list."""
    lines = [escape(show_text(line)) for line in summary.splitlines() if line.strip()]
    if len(lines) > 1:
        yield "<ul>" + "".join(f"<li>{line.removeprefix('• ')}</li>" for line in lines) + "</ul>"
    else:
        yield from (f"<p>{line}</p>" for line in lines)


def _turn(number: int, count: int) -> str:
    links = []
    if number:
        links.append(f'<a rel="prev" href="{_name(number - 1)}">الأحدث</a>')
    if number + 1 < count:
        links.append(f'<a rel="next" href="{_name(number + 1)}">الأقدم</a>')
    return f'<nav class="contents" aria-label="صفحات الحلقات">\n<p>{" · ".join(links)}</p>\n</nav>'
