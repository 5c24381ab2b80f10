"""How a text is to be said: an article's paragraphs, what stands on a screen, letters one by one, a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tts_news import script
from tts_news.errors import SpeakError
from tts_news.records import Article, Casting, Cue, Paragraph
from tts_news.script.settings import ScriptSettings
from tts_news.script.signs import Level, Places, name_signs
from tts_news.script.spelling import name_key, spell

Reading = Literal["text", "characters", "key"]
_SHORT = 3
"""A text of so few characters that says nothing (a dash, an emoji) is spelled where nothing may be lost."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What a request wants beside a text, a voice and a format.

    Attributes:
        reading: As a text, as characters by name, or as the name of a key ("control_a").
        punctuation: Up to which level signs are said; "" is an article, which is read with its inline marks.
        capitals: Whether capital letters are announced.
        speed: 1.0 is the voice's own pace.
        pitch: 1.0 is the voice's own pitch.
    """

    reading: Reading = "text"
    punctuation: Level | Literal[""] = ""
    capitals: bool = False
    speed: float = 1.0
    pitch: float = 1.0


def shown(text: str, manner: Manner) -> tuple[str, Places]:
    """Return the text that is read, signs by name if they are to be, and where it stood in the written one."""
    if manner.reading == "text" and manner.punctuation:
        return name_signs(text, manner.punctuation, capitals=manner.capitals)
    return text, Places()


def compose(text: str, manner: Manner, settings: ScriptSettings, casting: Casting) -> Iterator[Cue]:
    """Yield the cues of a text, each read when it is asked for.

    Raises:
        SpeakError: There is nothing to say.
        ScriptError: Something cannot be read; when its sentence is reached.
    """
    if manner.reading != "text":
        return _spelled(text, manner, casting)
    read, _ = shown(text, manner)
    if not manner.punctuation:
        return _cues(read, settings, casting)
    # What no rule reads is left out rather than keep the rest of a screen from being heard; scripts are named above.
    return _heard(text, _cues(read, replace(settings, on_unreadable="skip"), casting), manner, casting)


def _cues(text: str, settings: ScriptSettings, casting: Casting) -> Iterator[Cue]:
    paragraphs = tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())
    if not paragraphs:
        raise SpeakError("there is nothing to say", hint="send some text as input")
    return script.compose_cues([Article("", paragraphs)], settings, casting)


def _heard(text: str, cues: Iterator[Cue], manner: Manner, casting: Casting) -> Iterator[Cue]:
    """Yield the cues; a few signs that are none are spelled."""
    said = False
    for cue in cues:
        said = said or bool(cue.block)
        yield cue
    if not said and len(text.split()) == 1 and len(text.strip()) <= _SHORT:
        yield from _spelled(text.strip(), manner, casting)


def _spelled(text: str, manner: Manner, casting: Casting) -> Iterator[Cue]:
    """Yield a cue a word, its characters by name; or the one of a key."""
    if manner.reading == "key":
        named = [(text, name_key(text.strip(), script.normalise))] if text.strip() else []
    else:
        named = list(spell(text, script.normalise, capitals=manner.capitals))
    for number, (written, names) in enumerate(named):
        yield Cue(f"c{number:04}", "paragraph", written, f"{names}.", 0.0, casting.default, 0, block="a1b1")
