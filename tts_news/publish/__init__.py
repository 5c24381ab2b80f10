"""Fifth room: the edition folder, transcripts, page and feed.

What the pipeline needs of it: `open_edition` for a folder to work in, whose `commit` makes it an edition;
`find_edition` to learn that nothing has to be done; `load_episode` to read a manifest back; `build_show` for feed and
index, `withdraw` to take an edition back, `check_show` for what a player would stumble over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts_news.exports import exports

if TYPE_CHECKING:
    from tts_news.publish.books import check_books
    from tts_news.publish.build import Built, build_show
    from tts_news.publish.edition import EditionDraft, adopt_edition, find_edited, find_edition, open_edition
    from tts_news.publish.feed import check_show_settings
    from tts_news.publish.feedcheck import Finding, check_show
    from tts_news.publish.holding import Bulletin, bulletins_with
    from tts_news.publish.known import Made, find_made, keep_made
    from tts_news.publish.manifest import load_episode
    from tts_news.publish.settings import PublishSettings, ShowSettings
    from tts_news.publish.standing import named_for
    from tts_news.publish.websub import tell_hub
    from tts_news.publish.withdrawal import find_folder_of, withdraw

__all__ = [
    "Built",
    "Bulletin",
    "EditionDraft",
    "Finding",
    "Made",
    "PublishSettings",
    "ShowSettings",
    "adopt_edition",
    "build_show",
    "bulletins_with",
    "check_books",
    "check_show",
    "check_show_settings",
    "find_edited",
    "find_edition",
    "find_folder_of",
    "find_made",
    "keep_made",
    "load_episode",
    "named_for",
    "open_edition",
    "tell_hub",
    "withdraw",
]

# Only what is asked for: `tts-news --help` reads this room's settings and must stay quick.
__getattr__ = exports(
    __name__,
    {
        "Built": "build",
        "Bulletin": "holding",
        "EditionDraft": "edition",
        "Finding": "feedcheck",
        "Made": "known",
        "PublishSettings": "settings",
        "ShowSettings": "settings",
        "adopt_edition": "edition",
        "build_show": "build",
        "bulletins_with": "holding",
        "check_books": "books",
        "check_show": "feedcheck",
        "check_show_settings": "feed",
        "find_edited": "edition",
        "find_edition": "edition",
        "find_folder_of": "withdrawal",
        "find_made": "known",
        "keep_made": "known",
        "load_episode": "manifest",
        "named_for": "standing",
        "open_edition": "edition",
        "tell_hub": "websub",
        "withdraw": "withdrawal",
    },
)
