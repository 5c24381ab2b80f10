"""What may be given to a voice: Arabic letters, their marks and the signs of a pause."""

from __future__ import annotations

from tts_news.arabic import MARKS, PAUSES, count_letters
from tts_news.errors import ScriptError

_PAUSES = frozenset(f"{PAUSES} ")


def check_spoken(spoken: str, place: str, hint: str) -> None:
    """See that a voice can say a text.

    Args:
        spoken: The text.
        place: What it is of, for the message.
        hint: What to do when there is nothing to say.

    Raises:
        ScriptError: It holds no Arabic letter, or something that is none.
    """
    if not count_letters(spoken):
        raise ScriptError(f"{place}: spoken holds no Arabic letter", hint=hint)
    for character in spoken:
        if character not in _PAUSES and not _is_arabic(character):
            raise ScriptError(
                f"{place}: spoken holds '{character}', which no voice can say",
                hint=f"write it out in Arabic letters; pauses are {' '.join(PAUSES)}",
            )


def _is_arabic(character: str) -> bool:
    return (
        character in MARKS
        or "\u0621" <= character <= "\u063a"
        or "\u0641" <= character <= "\u064a"
        or character == "\u0671"
    )
