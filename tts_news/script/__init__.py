"""Second room: `Article` → `Script`: roles, pauses, spoken Arabic."""

from __future__ import annotations


def normalise(line: str) -> str:
    """The line as it is spoken, in words without marks."""
    # Imported here: a door that only wants to print its help loads no rules.
    from tts_news.script.normalisation import normalise as say

    return say(line)


def diacritise(line: str) -> str:
    """Return the same letters with all marks and case endings, in NFC; the author's own marks stay.

    Raises:
        ScriptError: The diacritisation model is not installed.
    """
    from tts_news.script.diacritics import load

    return load().diacritise([line])[0]
