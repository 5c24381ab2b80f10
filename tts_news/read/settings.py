"""What can be set about reading, with its defaults."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import TYPE_CHECKING, Annotated, Literal

from tts_news.errors import ConfigError
from tts_news.frozen import dataclass

if TYPE_CHECKING:  # `config` brings them when there is something to check
    from annotated_types import Ge, Gt

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
    """What inputs are, when it cannot be told by their content."""
    limit: Annotated[int, Ge(0)] = 0
    """Articles taken from one feed at most, newest first; 0 means all."""
    since: str = ""
    """ISO 8601 date; older feed entries are left out."""
    allow_private: bool = False
    """Whether URLs may lead to loopback, private, link-local or metadata addresses."""
    max_bytes: Annotated[int, Gt(0)] = 10_000_000
    """Largest file or page that is read."""
    timeout_s: Annotated[float, Gt(0)] = 9.0
    """For one page, all its redirects and retries together."""
    article_s: Annotated[float, Gt(0)] = 60.0
    """Seconds one article may take from its address to its blocks; then its reading is ended, an error."""
    article_mb: Annotated[int, Gt(0)] = 500
    """Megabytes that reading one article may take; a file that unpacks to more ends the process that reads it."""
    retries: Annotated[int, Ge(0)] = 3
    """Further tries when the server is busy (429), failing (5xx) or the connection breaks."""
    cache_dir: str = ""
    """Where fetched pages are kept for conditional requests; "" is the user's cache folder, "off" keeps none."""
    parts: bool = False
    """Whether a text is made although the rest of it is behind a paywall or on further pages."""
    sites: dict[str, SiteRules] = field(default_factory=dict)
    """Rules by host name, e.g. [read.sites."example.com"]."""

    def __post_init__(self) -> None:
        _ = self.since_moment

    @property
    def since_moment(self) -> dt.datetime | None:
        """The moment that `since` names, in UTC where it names no zone; None when nothing is left out.

        Raises:
            ConfigError: It is no date.
        """
        if not self.since:
            return None
        try:
            moment = dt.datetime.fromisoformat(self.since)
        except ValueError as err:
            raise ConfigError(f"[read] since = {self.since!r} is no date", hint="write it as 2026-11-22") from err
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
