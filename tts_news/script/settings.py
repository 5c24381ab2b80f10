"""What can be set about the script, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Annotated, Literal

from tts_news.errors import ConfigError, did_you_mean
from tts_news.frozen import dataclass

if TYPE_CHECKING:  # `config` brings them when there is something to check
    from annotated_types import Ge

Unreadable = Literal["stop", "skip", "spell", "auto"]
Figures = Literal["auto", "always", "never"]
PostOrder = Literal["page", "newest", "oldest"]
MonthSet = Literal["gregorian", "levant", "maghreb", "morocco"]

PAUSES_S: Mapping[str, float] = {
    "opening": 0.9,
    "headline": 0.9,
    "byline": 0.7,
    "intro": 0.8,
    "subheading": 0.6,
    "paragraph": 0.7,
    "list_title": 0.4,
    "list_item": 0.5,
    "table_row": 0.6,
    "question": 0.5,
    "answer": 0.7,
    "caption": 0.7,
    "quote": 0.7,
    "closing": 1.2,
    "sentence": 0.35,
    "comma": 0.15,
    "breath": 0.05,
    "article": 1.5,
}
"""Silence after each role; between sentences of one block ("sentence"), between pieces of one sentence cut at a comma
("comma") or where there is no punctuation ("breath"), and after an article that another one follows ("article")."""


@dataclass(frozen=True, slots=True)
class ScriptSettings:
    """`[script]` in tts-news.toml."""

    pauses_s: Mapping[str, float] = field(default_factory=dict)
    """Overrides of PAUSES_S by role."""
    on_unreadable: Unreadable = "auto"
    """"auto" spells letters and digits out and stops at anything else."""
    pausal_forms: bool = True
    """Whether words before a pause lose their case endings, as newsreaders do."""
    restore_hamza: bool = True
    """Whether hamza, ة and ي are said where the author left them out: ارسلت as أرسلت."""
    announce_lists: bool = True
    """Whether items of a numbered list are said with their numbers."""
    months: MonthSet = "gregorian"
    """Month names for numeric dates: gregorian (يناير), levant (كانون الثاني), maghreb (جانفي), morocco (غشت)."""
    lexicon: str = "lexicon.toml"
    """The show's own names and terms; see `tts-news lexicon`."""
    corrections: str = "corrections.toml"
    """What editors changed; "" keeps nothing of it."""
    max_letters: Annotated[int, Ge(0)] = 0
    """Longest cue in base letters; 0 leaves it to the voice."""
    edition: str = ""
    """Title of an edition that holds several articles; "" takes the first article's."""
    opening: str = ""
    """Said before everything else, e.g. "{edition} من {show} ليوم {date}."; "" says nothing."""
    closing: str = ""
    """Said after everything else."""
    contents: bool = False
    """Whether an edition of several articles begins with their headlines."""
    byline: bool = False
    """Whether the author is named after the headline."""
    latin_language: str = ""
    """Language whose voice says words in Latin letters, e.g. "en"; "" says them in Arabic letters."""
    figures: Figures = "auto"
    """Whether captions are said: "auto" says those that carry the story (a photo story, an infographic)."""
    table_rows: Annotated[int, Ge(0)] = 30
    """Rows of a table that are said; of a longer one the first, and where the rest is. 0 says all."""
    post_order: PostOrder = "page"
    """Order of the posts of a live page: as the page has them, or the newest or the oldest first."""
    post_chapter_letters: Annotated[int, Ge(0)] = 0
    """A post of a live page is a chapter from this length on, in base letters; 0 makes each a chapter."""
    question_chapters: bool = False
    """Whether the questions of an interview or a list of questions and answers are chapters."""

    def __post_init__(self) -> None:
        for role, seconds in self.pauses_s.items():
            if role not in PAUSES_S:
                raise ConfigError(f"[script.pauses_s] {role}: no such role", hint=did_you_mean(role, PAUSES_S))
            if not 0 <= seconds <= 60:
                raise ConfigError(f"[script.pauses_s] {role} = {seconds}: a pause lasts 0 to 60 seconds")
