"""How sure the reader was of what it says, word by word: what an editor should look at first, and why.

What a composition knows anyway is kept here when somebody asks for it: the lead of the diacritiser's vote, words that
no table knows, numbers whose case only the model told, hamzas that were restored, words in Latin letters, and the
rules that changed what was written. `make` asks for none of it.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Literal

from tts_news.arabic import bare
from tts_news.frozen import dataclass
from tts_news.patterns import lazy

Doubt = Literal["margin", "unknown", "case", "hamza", "latin"]
"""Why a word may be wrong: the models nearly read it otherwise; no table knows it (a name, perhaps); the model alone
told the case of a number; its hamza was restored; it was written in Latin letters."""
Origin = Literal["model", "author", "lexicon"]
"""Who decided how a word is said."""

SMALL_LEAD_NATS = 5.0
"""A lead below this is doubted: a tenth of all words, which hold half of the errors; see `chance_of_error`."""
_LATIN = lazy("[A-Za-z\u00c0-\u024f]{2,}")
# Rules that only tidy: what they change is not heard.
_SILENT_RULES = frozenset(
    ("characters", "lookalikes", "pauses", "dashes", "brackets", "markdown", "html_tags", "glosses", "joined_names")
)


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word and how sure it is.

    Attributes:
        spoken: With its marks.
        lead_nats: How much likelier its marks are than the next best ones; infinite where nothing was voted on.
        origin: Who decided.
        doubts: Why it may be wrong.
    """

    spoken: str
    lead_nats: float = math.inf
    origin: Origin = "model"
    doubts: tuple[Doubt, ...] = ()

    @property
    def chance_of_error(self) -> float:
        """About how likely it is wrong, 0 to 1; what somebody decided is believed."""
        return 0.0 if self.origin != "model" else chance_of_error(self.lead_nats, self.doubts)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a cue came to be said as it is said: its words in order, and the rules that changed what was written."""

    cue: str
    words: tuple[Word, ...]
    rules: tuple[str, ...] = ()
    latin: bool = False

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """All that there is to doubt in the cue, each once."""
        found = dict.fromkeys(doubt for word in self.words for doubt in word.doubts)
        return (*found, *(("latin",) if self.latin and "latin" not in found else ()))

    @property
    def unsure(self) -> float:
        """About how many of its words are wrong: an editor's minute is worth most where this is highest."""
        return sum(word.chance_of_error for word in self.words) + (_LATIN_ERRORS if self.latin else 0.0)


# On the 470 sentences of tests/quality/real, 8,549 words: wrong are 53 % of those with a lead near 0, 38 % from 1 to 2
# nats, 24 from 3 to 5, 14 from 5 to 8, 4 from 8 to 12, 1.6 from 12 to 20; of unknown ones about twice as many at each
# lead. Numbers whose case was told and restored words are wrong as often as others (5 %), whatever their lead.
# `python benchmarks/doubts.py` prints the table.
_AT_NONE, _PER_NAT, _UNKNOWN = 0.15, 0.3, 0.8
_LEAST_TOLD = 0.05
_LATIN_ERRORS = 0.3


def chance_of_error(lead_nats: float, doubts: Collection[Doubt]) -> float:
    """Return about how likely a word is wrong, given the lead of its marks and what else there is to doubt."""
    logit = _AT_NONE - _PER_NAT * min(lead_nats, 100.0) + (_UNKNOWN if "unknown" in doubts else 0.0)
    told = _LEAST_TOLD if "case" in doubts or "hamza" in doubts else 0.0
    return max(1 / (1 + math.exp(-logit)), told)


def doubts_of(word: str, lead_nats: float, *, told: bool, respelt: Collection[str]) -> tuple[Doubt, ...]:
    """Return what there is to doubt in a word that the models read.

    Args:
        word: As it is said.
        lead_nats: See `Word`.
        told: Whether it begins a number whose case the model alone told.
        respelt: The words of the sentence whose letters were restored.
    """
    found: list[Doubt] = []
    letters = bare(word)
    if lead_nats < SMALL_LEAD_NATS:
        found.append("margin")
    if lead_nats < math.inf and is_unknown(letters):
        found.append("unknown")
    if told:
        found.append("case")
    if letters in respelt:
        found.append("hamza")
    return tuple(found)


def is_unknown(letters: str) -> bool:
    """Return whether no table knows a word: it may well be a name."""
    from tts_news.script.diacritics.forms import load_forms

    return len(letters) > 1 and not load_forms().of(letters)


def holds_latin(written: str) -> bool:
    """Return whether there are words in Latin letters in what is written."""
    return _LATIN.search(written) is not None


def heard_rules(names: Collection[str]) -> tuple[str, ...]:
    """Return the rules among `names` whose work is heard."""
    return tuple(name for name in dict.fromkeys(names) if name not in _SILENT_RULES)
