"""What a page's head tells search engines and those who share it: where it comes from, and what the sound is.

Source: schema.org (PodcastEpisode, AudioObject, NewsArticle, digitalSourceType); ogp.me.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from tts_news.publish.reading import Reading, show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.sounds import kind_of, sounds_of
from tts_news.records import DIGITAL_SOURCE_TYPE, Episode, EpisodeFile, Source

_SUMMARY_LETTERS = 300  # more of a description nobody shows


@dataclass(frozen=True, slots=True)
class About:
    """What the head of an edition's page says.

    Attributes:
        summary: The first lines of the edition.
        base: Where the show is served from, ending in "/"; "" while nobody knows.
        canonical: The address that the text belongs to: the article's own, where there is one.
        facts: JSON-LD, None without a sound.
    """

    summary: str
    base: str
    canonical: str
    facts: Markup | None


def tell_about(reading: Reading, episode: Episode, show: ShowSettings, folder: str) -> About:
    """Return what the page's head says of an edition."""
    base = f"{show.base_url.rstrip('/')}/" if show.base_url else ""
    addresses = list(dict.fromkeys(filter(None, map(address_of, episode.sources))))
    page = f"{base}{folder}/index.html" if base else ""
    return About(
        summary=_first_words(episode.summary),
        base=base,
        canonical=addresses[0] if len(episode.sources) == 1 and addresses else page,
        facts=_facts(reading, episode, show, f"{base}{folder}/" if base else "", page),
    )


def address_of(source: Source) -> str:
    """Return the address of an article, "" when it has none that can be followed."""
    return show_text(source.url) if source.url.startswith(("https://", "http://")) else ""


def _first_words(text: str) -> str:
    shown = show_text(text)
    return shown if len(shown) <= _SUMMARY_LETTERS else shown[:_SUMMARY_LETTERS].rpartition(" ")[0] + "…"


def _facts(reading: Reading, episode: Episode, show: ShowSettings, place: str, page: str) -> Markup | None:
    """Return the JSON-LD: the episode, its sound, and the articles it is made of."""
    sound = next(iter(sounds_of(episode.files)), None)
    if sound is None:
        return None
    length = f"PT{max(1, round(reading.duration_s))}S"
    articles = list(_articles(episode))
    cover = next((f"{place}{file.name}" for file in episode.files if file.kind == "image"), "")
    podcast = {
        "@type": "PodcastEpisode",
        "@id": "#episode",
        "name": reading.title,
        "url": page,
        "description": show_text(episode.summary),
        "datePublished": episode.published,
        "dateModified": episode.modified,
        "duration": length,
        "inLanguage": reading.language,
        "image": cover,
        "associatedMedia": {"@id": "#sound"},
        "partOfSeries": {"@type": "PodcastSeries", "name": show_text(show.title), "url": show.link or show.base_url},
        "isBasedOn": [{"@id": article["@id"]} for article in articles],
    }
    told = [_told(one) for one in (podcast, _sound(reading, episode, show, sound, place), *articles)]
    graph = {"@context": "https://schema.org", "@graph": told}
    # A tag inside would end the element: no angle bracket is left in it.
    return Markup(json.dumps(graph, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704


def _sound(reading: Reading, episode: Episode, show: ShowSettings, sound: EpisodeFile, place: str) -> dict[str, Any]:
    return {
        "@type": "AudioObject",
        "@id": "#sound",
        "name": reading.title,
        "description": show_text(show.shown_disclosure),
        "contentUrl": f"{place}{sound.name}",
        "encodingFormat": kind_of(sound.name).media_type,
        "contentSize": str(sound.size),
        "duration": f"PT{max(1, round(reading.duration_s))}S",
        "inLanguage": reading.language,
        "uploadDate": episode.published,
        "digitalSourceType": DIGITAL_SOURCE_TYPE,
        "transcript": f"{place}transcript.txt",
        "isBasedOn": list(filter(None, map(address_of, episode.sources))),
    }


def _articles(episode: Episode) -> Iterator[dict[str, Any]]:
    for source in episode.sources:
        address = address_of(source)
        if address:
            yield {
                "@type": "NewsArticle",
                "@id": address,
                "url": address,
                "headline": show_text(source.title),
                "datePublished": source.published,
                "dateModified": source.modified,
                "author": {"@type": "Person", "name": show_text(source.author)} if source.author.strip() else None,
                "publisher": {"@type": "Organization", "name": show_text(source.site)} if source.site.strip() else None,
                "audio": {"@id": "#sound"},
            }


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}
