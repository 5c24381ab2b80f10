"""What can be set about the show and its publishing, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """`[show]` in tts-news.toml: the podcast the editions belong to."""

    title: str = "نشرة الأخبار"
    author: str = ""
    description: str = ""
    language: str = "ar"
    link: str = ""
    base_url: str = ""
    """Where the output folder is served from; feed addresses are made from it."""
    email: str = ""
    category: str = "News"
    explicit: bool = False
    commercial: bool = False
    cover: str = ""
    timezone: str = "UTC"
    funding: str = ""


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """`[publish]` in tts-news.toml."""

    output: str = "output"
    keep: int = 0
    """Newest episodes kept in the feed; 0 means all."""
