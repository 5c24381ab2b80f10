"""What can be set about the show and its publishing, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tts_news.publish.colour import DEFAULT, check_colour
from tts_news.records import DISCLOSURE

BOOKS = ("epub", "daisy")
"""What a book of an edition may be."""


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
    colour: str = DEFAULT
    """The accent of the pages, as #rrggbb; one that could not be read on paper is refused."""
    timezone: str = "UTC"
    funding: str = ""
    """Address where listeners can support the show."""
    licence: str = ""
    """What others may do with the sound: a name of the SPDX list (cc-by-4.0), or one of your own with `licence_url`."""
    licence_url: str = ""
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

    @property
    def shown_disclosure(self) -> str:
        """What is shown where nothing has to be said: that a voice is synthetic is never left out."""
        return self.disclosure.strip() or DISCLOSURE


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """`[publish]` in tts-news.toml."""

    output: str = "output"
    books: tuple[str, ...] = ("epub",)
    """Any of epub and daisy; each holds the sound once more, () makes none."""
    keep: int = 0
    """Newest episodes kept in the feed; 0 means all."""
    keep_days: int = 0
    """Episodes are kept in the feed until they are this many days older than the newest one; 0 means for ever."""
    page_size: int = 300
    """Episodes on one page of the feed."""
    to: str = ""
    """Where `tts-news publish` copies the show: a folder, sftp://user@host/folder or s3://bucket/folder."""
    grace_days: float = 7.0
    """Days that a file the show no longer has stays at its destination, for players with an older feed."""
