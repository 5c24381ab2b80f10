"""What can be set about the show and its publishing, with its defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tts_news.disclosure import DISCLOSURE
from tts_news.errors import ConfigError, did_you_mean
from tts_news.frozen import dataclass
from tts_news.publish.colour import DEFAULT, check_colour

if TYPE_CHECKING:  # `config` brings them when there is something to check
    from annotated_types import Ge, Gt

Shard = Literal["", "month"]
BOOKS = ("epub", "epub-audio", "daisy")
"""What a book of an edition may be."""


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """`[show]` in tts-news.toml: the podcast the editions belong to."""

    title: str = "نشرة الأخبار"
    """Name of the show, in feed, pages and files."""
    author: str = ""
    """Who makes it."""
    description: str = ""
    """What it is about, for directories."""
    language: str = "ar"
    """Language of the feed and the pages, as a BCP 47 tag."""
    link: str = ""
    """The show's own web site; without it the address of the output folder."""
    base_url: str = ""
    """Where the output folder is served from; feed addresses are made from it."""
    email: str = ""
    """Address of the owner, which directories ask for."""
    category: str = "News"
    """Category of Apple's list."""
    explicit: bool = False
    """Whether the feed says that it is not for children."""
    commercial: bool = False
    """Whether the show earns money: then a voice whose licence forbids that is refused."""
    cover: str = ""
    """Picture of the show, square; "" takes cover.jpg or cover.png of the output folder, else one is drawn."""
    colour: str = DEFAULT
    """The accent of the pages, as #rrggbb; one that could not be read on paper is refused."""
    timezone: str = "UTC"
    """Time zone of dates and of the bulletin's hour, e.g. Asia/Riyadh."""
    funding: str = ""
    """Address where listeners can support the show."""
    licence: str = ""
    """What others may do with the sound: a name of the SPDX list (cc-by-4.0), or one of your own with `licence_url`."""
    licence_url: str = ""
    """Where the licence can be read."""
    locked: bool = True
    """Whether other hosts are asked not to import the feed."""
    update_frequency: str = ""
    """How often an edition comes out, as an RFC 5545 rule, e.g. FREQ=DAILY."""
    txt: str | Mapping[str, str] = ""
    """The feed's podcast:txt, e.g. to prove ownership: a text, or texts by their purpose (applepodcastsverify)."""
    websub_hub: str = ""
    """A WebSub hub that is told of every change of the feed, so that apps which listen to it need not look for one."""
    disclosure: str = DISCLOSURE
    """Said at the end of every edition and shown with it: that the voice is synthetic. "" says nothing; feed, page and
    files go on showing it."""

    def __post_init__(self) -> None:
        check_colour(self.colour)
        _ = self.zone
        for name in ("link", "funding", "licence_url"):
            if (value := getattr(self, name)) and not re.match(r"https?://[^/\s]", value):
                raise ConfigError(f"[show] {name} = {value!r} is no web address", hint="it begins with https://")
        if self.email and not re.fullmatch(r"[^@\s]+@[^@\s]+", self.email):
            raise ConfigError(f"[show] email = {self.email!r} is no address", hint="such as press@news.example")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone the show lives in.

        Raises:
            ConfigError: There is none of that name.
        """
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as err:
            from zoneinfo import available_timezones

            known = did_you_mean(self.timezone, sorted(available_timezones()))
            hint = known if known.startswith("did") else "e.g. Asia/Riyadh"
            raise ConfigError(f"[show] timezone: there is no zone {self.timezone!r}", hint=hint) from err

    @property
    def shown_disclosure(self) -> str:
        """What is shown where nothing has to be said: that a voice is synthetic is never left out."""
        return self.disclosure.strip() or DISCLOSURE


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """`[publish]` in tts-news.toml."""

    output: str = "output"
    """Folder the editions go to."""
    shard: Shard = ""
    """"month" puts new editions into a folder a month, YYYY-MM; those that stand stay where they are."""
    books: tuple[str, ...] = ("epub",)
    """Any of epub (the text), epub-audio (an EPUB that reads itself aloud) and daisy; the last two hold the sound once
    more, () makes none."""
    keep: Annotated[int, Ge(0)] = 0
    """Newest episodes kept in the feed; 0 means all."""
    keep_days: Annotated[int, Ge(0)] = 0
    """Episodes are kept in the feed until they are this many days older than the newest one; 0 means for ever."""
    page_size: Annotated[int, Gt(0)] = 300
    """Episodes on one page of the feed."""
    to: str = ""
    """Where `tts-news publish` copies the show: a folder, sftp://user@host/folder or s3://bucket/folder."""
    grace_days: Annotated[float, Ge(0)] = 7.0
    """Days that a file the show no longer has stays at its destination, for players with an older feed."""
