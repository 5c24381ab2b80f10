"""The edition that an article had before: its own, of an earlier release too, or another that it takes the place of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from tts_news import publish, read
from tts_news.config import Config
from tts_news.orders import newest_date
from tts_news.records import Article, Episode


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
