"""What Telegram Desktop exports of a channel (`result.json`, `messages.html`) → an article a post, newest first.

Source: Telegram Desktop, export schema («Machine-readable JSON»). A chat of people is no channel and is refused: who
wrote there did not publish. Signs of type are entities of their own: no star or underscore has to be guessed at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from tts_news.arabic import count_words, has_arabic, tidy
from tts_news.errors import ReadError
from tts_news.read.dates import clean_iso
from tts_news.read.document import Document
from tts_news.read.formats.jsonfeed import as_object, list_in, load_json, text_in
from tts_news.read.formats.telegrampage import load_page
from tts_news.read.guard import guarded
from tts_news.read.identity import scope_of
from tts_news.read.paste import read_paste
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Dropped, Identity

_FEWEST_WORDS = 10
_UNSAID = frozenset(("strikethrough", "custom_emoji", "bot_command"))


def read_channel(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the posts of an exported channel, newest first, behind the `passed` first.

    Raises:
        ReadError: It is no channel, or has no post with some text.
    """
    is_page = document.data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    export = load_page(document) if is_page else as_object(load_json(document))
    kind = text_in(export, "type")
    if "channel" not in kind:
        raise ReadError(
            f"{document.name} is a Telegram export of a {kind.replace('_', ' ') or 'whole account'}, not of a channel",
            hint="export one channel, or copy the messages you mean and read those",
        )
    posts = [post for post in list_in(export, "messages") if _is_post(post)]
    if since:
        posts = [post for post in posts if _moment(post) is None or _aware(post) >= since]
    if not posts:
        raise ReadError(
            f"{document.name} is a channel without a post of {_FEWEST_WORDS} words of Arabic",
            hint="export its messages",
        )
    posts.sort(key=lambda post: text_in(post, "date"), reverse=True)
    for post in islice(posts[: settings.limit or None], passed, None):
        try:
            with guarded(f"post {post.get('id')} of {document.name}"):
                article = _article(post, export, document.name)
        except ReadError as err:
            yield err
        else:
            yield article


def _is_post(post: object) -> bool:
    if not isinstance(post, dict) or post.get("type") != "message":
        return False
    text = "".join(words for words, _ in _pieces(post))
    return has_arabic(text) and count_words(text) >= _FEWEST_WORDS


def _pieces(post: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the text of a post in pieces, each with what it is («plain», «bold», «link» …)."""
    text = post.get("text_entities") or post.get("text")
    for piece in text if isinstance(text, list) else [text]:
        if isinstance(piece, str):
            yield piece, "plain"
        elif isinstance(piece, dict):
            yield text_in(piece, "text"), text_in(piece, "type")


def _article(post: dict[str, Any], export: dict[str, Any], source: str) -> Article:
    pieces = list(_pieces(post))
    text = "".join(words for words, kind in pieces if kind not in _UNSAID)
    first, _, rest = text.strip().partition("\n")
    bold = "".join(words for words, kind in pieces if kind == "bold").strip()
    headed = bool(first.strip()) and bold.startswith(first.strip()) and bool(rest.strip())
    article = read_paste(f"# {first.strip()}\n\n{rest}" if headed else text, source)
    name = text_in(export, "name")
    unsaid = (Dropped(tidy(words), kind) for words, kind in pieces if kind in _UNSAID and tidy(words))
    when = _moment(post)
    return replace(
        article,
        published=clean_iso(when.isoformat()) if when else "",
        author=article.author or text_in(post, "author"),
        site=name,
        identity=Identity("feed", scope_of(source), f"{export.get('id') or name} {post.get('id')}"),
        dropped=(*article.dropped, *unsaid),
    )


def _moment(post: dict[str, Any]) -> dt.datetime | None:
    """Return when a post was sent, in UTC where the export says so, else by the clock of who exported it."""
    stamp = text_in(post, "date_unixtime")
    if stamp.isdecimal() and len(stamp) <= 11:
        return dt.datetime.fromtimestamp(int(stamp), dt.UTC)
    try:
        return dt.datetime.fromisoformat(text_in(post, "date"))
    except ValueError:
        return None


def _aware(post: dict[str, Any]) -> dt.datetime:
    when = _moment(post) or dt.datetime.min.replace(tzinfo=dt.UTC)
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
