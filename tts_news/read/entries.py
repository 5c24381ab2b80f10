"""What feeds and WordPress have in common: entries with HTML in them → articles, a broken one apart from the rest."""

from __future__ import annotations

import datetime as dt
import html as entities
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from tts_news.arabic import count_arabic, count_words, ends_sentence, key, tidy
from tts_news.errors import ReadError
from tts_news.read.channels import plain_headline
from tts_news.read.dates import clean_iso
from tts_news.read.guard import guarded
from tts_news.read.identity import Stated, identify_entries, newest_of_each, with_credentials
from tts_news.read.page import read_fragment, read_page
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Dropped, Heading, Identity, IdentityKind, ListBlock, Paragraph

# A description of that many words in two paragraphs is no summary: generators exist that put the article there.
_FEWEST_WORDS = 60
# Drupal's own class names of the body field; its feeds carry the whole node in `description`.
_BODY = re.compile(r"class=[\"'][^\"'<>]{0,300}\bfield(?:--name-body|-name-body|-body)\b")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_PARTED = re.compile(r"<(?:p|br|div|li|h[1-6])\b", re.IGNORECASE)
# «… [&#8230;]», «… قراءة المزيد»: what follows the words that are there.
_CUT = re.compile(
    r"(?:\[\s?(?:…|\.{3})\s?\]|…|\.{3}|\b(?:ا?ل?مزيد|(?:[إا]?قرأ|قراءة|لقراءة|تابع|متابعة|لمتابعة|أكمل|استكمال)"
    r"\s(?:(?:ال)?(?:مزيد|قراءة|خبر|مقال|مقالة|تقرير|تفاصيل|موضوع)|بقية\s\w{1,12}))|\b(?:read|continue|full)\s(?:the\s)?"
    r"(?:full\s)?(?:more|reading|story|article|post))[\s»›←→>]*$",
    re.IGNORECASE,
)
# What WordPress adds below each entry of a feed.
_FOOTER = re.compile(
    r"(?:The post|ظهرت المقالة)\s.{1,400}?(?:appeared first on|(?:ظهرت )?أولا[ًّ]? (?:على|في)).{0,200}$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: `content` and `summary` are HTML, `published` and `modified` ISO 8601 or ""."""

    title: str
    link: str
    content: str = ""
    summary: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    categories: tuple[str, ...] = ()
    site: str = ""
    language: str = "ar"
    complete: bool = False
    """Whether `content` is known to be the whole article."""
    guid: str = ""
    """What the feed calls it: guid, Atom id, number of the post."""
    dateline: str = ""
    rights: str = ""
    urgency: int = 0
    dropped: tuple[Dropped, ...] = ()
    """What its format holds beside the text."""


Raw = TypeVar("Raw")


def take_entries(raws: Iterable[Raw], take: Callable[[Raw], Entry], source: str) -> Iterator[Entry | ReadError]:
    """Yield the entries of a feed, each as `take` reads it; one that cannot be read is its error."""
    for number, raw in enumerate(raws, 1):
        try:
            with guarded(f"entry {number} of {source}"):
                entry = _tidied(take(raw))
        except ReadError as err:
            yield err
        else:
            yield entry


def _tidied(entry: Entry) -> Entry:
    """Return the entry without invisible characters and controls in what is said or shown of it as it stands."""
    return replace(
        entry,
        title=tidy(entry.title),
        author=tidy(entry.author),
        categories=tuple(filter(None, map(tidy, entry.categories))),
        site=tidy(entry.site),
        dateline=tidy(entry.dateline),
        rights=tidy(entry.rights),
    )


def join_link(base: str, link: str) -> str:
    """Return a link of an entry as an address, "" for what is none: its text is read all the same."""
    try:
        address = with_credentials(urljoin(base, link), base) if link else ""
        _ = urlsplit(address).port  # looked at because it is only checked when it is asked for
    except ValueError:
        return ""
    return address


def read_entries(
    entries: Iterable[Entry | ReadError],
    settings: ReadSettings,
    since: dt.datetime | None,
    source: str,
    origin: tuple[IdentityKind, str],
    passed: int = 0,
) -> Iterator[Article | ReadError]:
    """Yield the entries as articles, newest first, as many as the settings allow, each article once.

    `origin` is the kind of the entries' own names and the scope in which they hold; the `passed` first are left out.
    """
    whole: list[Entry] = []
    broken: list[ReadError] = []
    for found in entries:
        if isinstance(found, ReadError):
            broken.append(found)
        else:
            whole.append(found)
    chosen = [(entry, who) for entry, who in _identified(whole, origin) if since is None or _is_since(entry, since)]
    listed: list[tuple[Entry, Identity] | ReadError] = [*broken, *chosen[: settings.limit or None]]
    for one in listed[passed:]:
        yield one if isinstance(one, ReadError) else _article(*one, settings, source)


def _article(entry: Entry, identity: Identity, settings: ReadSettings, source: str) -> Article | ReadError:
    name = entry.title or entry.link or source
    try:
        with guarded(name):
            return replace(_read(entry, settings, name), source=source, identity=identity)
    except ReadError as err:
        return ReadError(f"{source}: {name}: {err}", hint=err.hint)


def moment(iso: str) -> dt.datetime | None:
    """Return an ISO date as a moment; a date without a zone counts as UTC. None when there is none."""
    if not iso:
        return None
    value = dt.datetime.fromisoformat(iso)
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def _is_since(entry: Entry, since: dt.datetime) -> bool:
    when = moment(entry.published or entry.modified)
    # An undated entry may be new: better read twice than never.
    return when is None or when >= since


def _identified(entries: list[Entry], origin: tuple[IdentityKind, str]) -> list[tuple[Entry, Identity]]:
    """Return the entries, newest first, with who they are; of one that is listed twice the newest."""
    entries = sorted(entries, key=_age)
    said = (Stated(e.guid, e.link, e.title, e.published, f"{e.content}\n{e.summary}") for e in entries)
    identities = identify_entries(tuple(said), *origin)
    return [(entries[place], identities[place]) for place in newest_of_each(identities)]


def _age(entry: Entry) -> tuple[float, float]:
    whens = (moment(entry.published or entry.modified), moment(entry.modified))
    first, last = (-when.timestamp() if when else 0.0 for when in whens)
    return first, last


def _read(entry: Entry, settings: ReadSettings, name: str) -> Article:
    own = entry.content or entry.summary
    if own and (is_whole(entry) or not entry.link):
        return article_of(entry, own, name)
    if not entry.link:
        raise ReadError(f"{name} has neither text nor a link", hint="")
    try:
        with guarded(entry.link):
            article = _from_link(entry, settings)
    except ReadError as err:
        if not own:
            raise
        return _in_place_of_link(entry, own, name, str(err), err)
    if own and _words(own) > _words_of(article):
        return _in_place_of_link(entry, own, name, f"{entry.link} holds less than the feed")
    return article


def _in_place_of_link(entry: Entry, own: str, name: str, why: str, err: ReadError | None = None) -> Article:
    """Return the entry's own text, marked as what it is: there may be more behind its link.

    Raises:
        ReadError: It has no text of its own either.
    """
    try:
        article = article_of(entry, own, name)
    except ReadError:
        if err:
            raise err from None
        raise
    marked = Dropped(entry.link, f"the text behind this link was not read, this is the feed's own: {why}")
    return replace(article, dropped=(*article.dropped, marked))


def is_whole(entry: Entry) -> bool:
    """Return whether the entry carries its article: then its link is not followed, however short it is.

    Content is the whole text unless it says that it is not: it breaks off, or it is short and the same as the summary.
    A summary is a summary, unless it is a body by name, or several paragraphs long and does not break off.
    """
    content, summary = _plain(entry.content), _plain(entry.summary)
    if entry.complete and content:
        return True
    if content:
        repeats = content == summary and count_words(content) < _FEWEST_WORDS
        return not repeats and not _breaks_off(content)
    if _BODY.search(entry.summary):
        return True
    parts = len(_PARTED.findall(entry.summary))
    return count_words(summary) >= _FEWEST_WORDS and parts >= 2 and not _breaks_off(summary)


def _breaks_off(text: str) -> bool:
    return _CUT.search(_FOOTER.sub("", text[-600:]).rstrip()) is not None


def _plain(html: str) -> str:
    """Return the words of HTML on one line."""
    return " ".join(entities.unescape(_TAG.sub(" ", html)).split())


def _words(html: str) -> int:
    return count_words(_plain(html))


def _words_of(article: Article) -> int:
    return sum(count_words(text) for text in _texts(article.blocks))


def _begins_like(line: str, title: str) -> bool:
    """Return whether a line is the headline, which a channel's feed may have cut short («…»)."""
    cut = title.removesuffix("...").removesuffix("…").rstrip()
    if key(line) == key(cut):
        return True
    return cut != title and len(key(cut)) > 20 and key(line).startswith(key(cut)) and not ends_sentence(line)


def article_of(entry: Entry, html: str, name: str) -> Article:
    """Return the article of an entry whose whole text is `html`.

    Raises:
        ReadError: It holds no Arabic.
    """
    blocks, dropped = read_fragment(html, name)
    last = blocks[-1] if len(blocks) > 1 else None
    if isinstance(last, Paragraph) and _FOOTER.match(last.text):
        blocks, dropped = blocks[:-1], (*dropped, Dropped(last.text, "where it appeared first"))
    title = plain_headline(entry.title)
    first = blocks[0] if len(blocks) > 1 else None
    if isinstance(first, Paragraph) and title and _begins_like(plain_headline(first.text), title):
        title = plain_headline(first.text)
        blocks, dropped = blocks[1:], (*dropped, Dropped(first.text, "repeats the headline"))
    if not blocks or not any(count_arabic(text) for text in _texts(blocks)):
        raise ReadError(f"{name} holds no Arabic text")
    return Article(
        title=title,
        blocks=blocks,
        categories=entry.categories,
        author=entry.author,
        published=entry.published,
        modified=entry.modified,
        url=entry.link,
        site=entry.site,
        language=entry.language,
        dropped=(*entry.dropped, *dropped),
        dateline=entry.dateline,
        rights=entry.rights,
        urgency=entry.urgency,
    )


def _texts(blocks: Iterable[object]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, ListBlock):
            yield from (f"{item.title} {item.body}" for item in block.items)
        elif isinstance(block, Paragraph | Heading):
            yield block.text
        else:
            yield str(getattr(block, "text", ""))


def _from_link(entry: Entry, settings: ReadSettings) -> Article:
    article = fetch_page(entry.link, settings)
    return replace(
        article,
        title=entry.title or article.title,
        author=article.author or entry.author,
        published=article.published or entry.published,
        categories=article.categories or entry.categories,
        site=article.site or entry.site,
    )


def fetch_page(url: str, settings: ReadSettings) -> Article:
    """Return the article of a page, fetched.

    Raises:
        ReadError: It cannot be reached, or holds no Arabic article.
    """
    from tts_news.read.fetch import fetch

    page = fetch(url, settings)
    return read_page(page.body, page.url, settings, charset=page.charset, source=url)


def plain(html: str) -> str:
    """Return a short piece of HTML (a title, a name) as text on one line."""
    return tidy(" ".join(entities.unescape(re.sub(r"<[^<>]{0,500}>", "", entities.unescape(html))).split()))


def iso_of(text: str) -> str:
    """Return a date of a feed (RFC 822 or ISO 8601) as ISO 8601, "" when it is neither."""
    from email.utils import parsedate_to_datetime

    text = tidy(text)
    if iso := clean_iso(text):
        return iso
    try:
        return clean_iso(parsedate_to_datetime(text).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


__all__ = ["Dropped", "Entry", "iso_of", "join_link", "moment", "plain", "read_entries", "take_entries"]
