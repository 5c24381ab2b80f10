"""Second room: `Article` → `Script`: roles, pauses, spoken Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts_news.script.settings import ScriptSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tts_news.records import Article, Casting, Correction, Cue, Script
    from tts_news.script.corrections import Corrected
    from tts_news.script.doubts import Reading

__all__ = [
    "ScriptSettings",
    "apply_corrections",
    "compose",
    "compose_cues",
    "diacritise",
    "dump_script",
    "load_corrections",
    "normalise",
    "parse_script",
    "review",
    "text_hash",
]

# Each function imports its module when it is called: a door that only wants to print its help loads no rules.


def compose(articles: Sequence[Article], settings: ScriptSettings, casting: Casting, disclosure: str = "") -> Script:
    """Return the script of an edition of one or several articles, and what is said of the voice after them.

    Raises:
        ScriptError: A setting or the lexicon does not hold, a sentence cannot be read and the settings say stop, or
            there is nothing to say at all.
    """
    from tts_news.script.composition import compose as compose_script

    return compose_script(articles, settings, casting, disclosure)


def review(
    articles: Sequence[Article], settings: ScriptSettings, casting: Casting, disclosure: str = ""
) -> tuple[Script, tuple[Reading, ...]]:
    """Return the script of `compose`, and of each of its cues how sure the reader was.

    Raises:
        ScriptError: As `compose`.
    """
    from tts_news.script.composition import review as review_script

    return review_script(articles, settings, casting, disclosure)


def compose_cues(articles: Sequence[Article], settings: ScriptSettings, casting: Casting) -> Iterator[Cue]:
    """Yield the cues of `compose`, each when its sentence has been read: the first is there while the rest waits.

    Raises:
        ScriptError: As `compose`; a sentence that cannot be read stops it when it is reached.
    """
    from tts_news.script.composition import compose_cues as compose_one_by_one

    return compose_one_by_one(articles, settings, casting)


def normalise(line: str) -> str:
    """The line as it is spoken, in words without marks."""
    from tts_news.script.normalisation import normalise as say

    return say(line)


def diacritise(line: str) -> str:
    """Return the same letters with all marks and case endings, in NFC; the author's own marks stay.

    Raises:
        ScriptError: The diacritisation model is not installed.
    """
    from tts_news.script.diacritics import load

    return load().diacritise([line])[0]


def dump_script(script: Script) -> str:
    """Return the script as JSON that an editor can read and mend."""
    from tts_news.script.serial import dump_script as dump

    return dump(script)


def text_hash(article: Article) -> str:
    """Return a hash of what is read aloud of an article, not of its dates: they change alone."""
    from tts_news.script.composition import text_hash as hash_text

    return hash_text(article)


def parse_script(text: str) -> Script:
    """Return the script that an edited JSON file holds.

    Raises:
        ScriptError: The file does not hold; names the cue and what is wrong with it.
    """
    from tts_news.script.serial import parse_script as parse

    return parse(text)


def load_corrections(path: Path | None) -> tuple[Correction, ...]:
    """Return what editors changed, of all articles of a show; a file that is not there holds nothing.

    Raises:
        ScriptError: The file cannot be read, or an entry does not hold.
    """
    from tts_news.script.corrections_file import load_corrections as load

    return load(path)


def apply_corrections(script: Script, corrections: Iterable[Correction]) -> Corrected:
    """Return a script as its editors want it said, with the corrections that fit it and those that no longer do.

    Raises:
        ScriptError: What is to be said is nothing a voice can say.
    """
    from tts_news.script.corrections import apply_corrections as apply

    return apply(script, corrections)
