"""What can be set about reading, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SourceKind = Literal[
    "auto", "html", "text", "urls", "feed", "jsonfeed", "opml", "sitemap", "wordpress", "wxr", "cms",
    "newsml", "nitf", "ninjs", "whatsapp", "telegram", "json",
    "docx", "odt", "epub", "mail", "rtf", "pdf", "office", "zip",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteRules:
    """CSS selectors for one site: what holds the article and what never belongs to it."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """`[read]` in tts-news.toml."""

    kind: SourceKind = "auto"
    limit: int = 0
    """Articles taken from one feed at most, newest first; 0 means all."""
    since: str = ""
    """ISO 8601 date; older feed entries are left out."""
    allow_private: bool = False
    """Whether URLs may lead to loopback, private, link-local or metadata addresses."""
    max_bytes: int = 10_000_000
    timeout_s: float = 9.0
    """For one page, all its redirects and retries together."""
    article_s: float = 60.0
    """Seconds one article may take from its address to its blocks; then its reading is ended, an error."""
    article_mb: int = 500
    """Megabytes that reading one article may take; a file that unpacks to more ends the process that reads it."""
    retries: int = 3
    """Further tries when the server is busy (429), failing (5xx) or the connection breaks."""
    cache_dir: str = ""
    """Where fetched pages are kept for conditional requests; "" is the user's cache folder, "off" keeps none."""
    parts: bool = False
    """Whether a text is made although the rest of it is behind a paywall or on further pages."""
    sites: dict[str, SiteRules] = field(default_factory=dict)
    """Rules by host name, e.g. [read.sites."example.com"]."""
