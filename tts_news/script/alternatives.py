"""The ways a word can be read: what an editor chooses from when the reader chose wrong."""

from __future__ import annotations

from typing import Final

from tts_news.arabic import bare
from tts_news.script.diacritics.forms import Form, load_forms
from tts_news.script.diacritics.marks import READINGS, put_together, take_apart

MOST: Final = 6


def alternatives(word: str) -> tuple[str, ...]:
    """Return other ways to read a word, each once, as the table of forms has them.

    Its case ending is left as it is; marks that a form leaves open are those of the word.

    Args:
        word: A spoken word with its marks; one that no table knows has none.
    """
    apart = take_apart(word)
    found = dict.fromkeys(
        put_together(apart.lead, apart.bases, _marks(form, apart.marks)) for form in load_forms().of(bare(word))
    )
    return tuple(form for form in found if form != word)[:MOST]


def _marks(form: Form, own: tuple[str, ...] | list[str]) -> list[str]:
    marks = []
    for readings, mark in zip(form.letters, own, strict=True):
        allowed = [READINGS[reading] for reading in readings]
        marks.append(mark if not allowed or mark in allowed else allowed[0])
    return marks
