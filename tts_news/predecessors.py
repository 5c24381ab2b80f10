"""The edition that an article had before: its own, of an earlier release too, or another that it takes the place of."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from tts_news import publish, read
from tts_news.config import Config
from tts_news.errors import PublishError
from tts_news.orders import newest_date
from tts_news.records import Article, Episode

_LOG = logging.getLogger(__name__)

_GIVEN: Final = ("feed", "wordpress", "cms")  # kinds of names that a system gives, and may give again
# Of the long words of the shorter text: two reports of one event share a quarter, a rewritten one keeps most.
_SHARED: Final = 0.5


def text_of_edition(article: Article, config: Config) -> str:
    """Return the `text_hash` that an article's edition was made of, "" if there is none.

    An edition of release 0.1 learns by it whose it is.

    Raises:
        PublishError: Its manifest is damaged, or cannot be written.
    """
    if article.identity is None:
        return ""
    older = article.url or f"{newest_date((article.published,), config)} {article.title}"
    episode = publish.adopt_edition(Path(config.publish.output), article.identity, older)
    return episode.sources[0].text_hash if episode and episode.sources else ""


def find_replaced(article: Article, names: Sequence[str], config: Config) -> str:
    """Return the edition among `names` that an article takes the place of; "" if none is.

    It has the article's address, or its title and day; or comes from the same source and has most of its sentences:
    then its headline was corrected.

    Raises:
        PublishError: There is no edition of such a name, or its manifest is damaged.
    """
    output, date = Path(config.publish.output), newest_date((article.published,), config)
    for name in names:
        episode = publish.load_episode(publish.find_folder_of(output, name))
        addresses = {read.normalise_address(source.url) for source in episode.sources if source.url}
        if read.normalise_address(article.url) in addresses or (episode.title, episode.date) == (article.title, date):
            return name
        if _was_retitled(article, episode):
            return name
    return ""


def told_apart(article: Article, config: Config) -> Article:
    """Return an article under a name that is no other article's: systems give an old one's guid or number again.

    When headline, address and most words are others than those of the edition that bears the name, it is another
    article, and would take its place under a public "corrected". It goes by its next name, as one of two entries does
    that have one guid in one feed.
    """
    who = article.identity
    if who is None or who.kind not in _GIVEN:
        return article
    try:
        episode = publish.named_for(Path(config.publish.output), who)
    except PublishError:  # said where its edition is looked for
        return article
    if episode is None or len(episode.sources) != 1 or not _is_another(article, episode):
        return article
    _LOG.warning(
        "%s calls «%s» what it called «%s» before: they are two articles", who.scope, article.title, episode.title
    )
    return replace(article, identity=read.next_name(article))


def _is_another(article: Article, episode: Episode) -> bool:
    source = episode.sources[0]
    is_moved = read.normalise_address(source.url) != read.normalise_address(article.url) or not article.url
    if source.title == article.title or not is_moved:
        return False
    old = _long_words(entry.text for entry in episode.ledger)
    new = _long_words(_words_in([asdict(block) for block in article.blocks]))
    return len(old & new) < _SHARED * min(len(old), len(new))


def _long_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w{4,}", text)}


def _was_retitled(article: Article, episode: Episode) -> bool:
    """Return whether an edition is of the same source as an article and has most of its sentences.

    Asked of articles that have no other name than their headline: of two ids or addresses each is its own article.
    """
    who = article.identity
    known = [source.identity for source in episode.sources if source.identity]
    if (
        who is None
        or who.kind not in ("file", "entry")
        or (who.kind, who.scope) not in {(one.kind, one.scope) for one in known}
    ):
        return False
    text = " ".join(" ".join(_words_in([asdict(block) for block in article.blocks])).split())
    said = [entry.text for entry in episode.ledger if entry.state == "spoken" and entry.text != episode.title]
    return bool(said) and 2 * sum(one in text for one in said) > len(said)


def _words_in(value: object) -> Iterator[str]:
    """Yield the texts in nested lists and tables of plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words_in(part)
