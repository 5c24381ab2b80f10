"""Second room: `Article` → `Script`: roles, pauses, spoken Arabic."""

from __future__ import annotations


def normalise(line: str) -> str:
    """The line as it is spoken, in words without marks."""
    # Imported here: a door that only wants to print its help loads no rules.
    from tts_news.script.normalisation import normalise as say

    return say(line)
