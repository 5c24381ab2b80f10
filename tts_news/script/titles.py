"""What a chapter is called: words of the article, short enough for a player's list."""

from __future__ import annotations

from tts_news.script.markup import parse_markup

_WORDS = 6  # that name a chapter when nothing else does
_LETTERS = 60  # a longer heading names its chapter by its first clause: players cut titles anywhere


def plain_title(text: str) -> str:
    """Return a title without inline marks and without the colon, comma or full stop that ends it."""
    return " ".join(parse_markup(text).plain.split()).rstrip(" :،,؛.-–—")


def short_title(title: str) -> str:
    """Return a title that a player has room for: the first clause of one that is a sentence, or its first words."""
    if len(title) <= _LETTERS:
        return title
    clause = max(title.rfind(sign, 0, _LETTERS) for sign in ("،", ":", "؛", ".", "؟", "!", " – ", " - "))
    if clause >= _LETTERS // 4:
        return title[: clause + (title[clause] in "؟!")].rstrip(" :،؛.-–")
    return title[: title.rfind(" ", 0, _LETTERS)].rstrip() + "…" if " " in title[:_LETTERS] else title


def opening_words(text: str) -> str:
    """Return the first words of a text, which name a chapter when nothing else does."""
    words = parse_markup(text).plain.split()
    return plain_title(" ".join(words[:_WORDS])) + ("…" if len(words) > _WORDS else "")
