"""Fifth room: the edition folder, transcripts, page and feed.

What the pipeline needs of it: `open_edition` for a folder to work in, whose `commit` makes it an edition;
`find_edition` to learn that nothing has to be done; `load_episode` to read a manifest back.
"""

from tts_news.publish.edition import EditionDraft, find_edition, open_edition
from tts_news.publish.manifest import load_episode

__all__ = ["EditionDraft", "find_edition", "load_episode", "open_edition"]
