"""The ways a word can be read: what an editor chooses from when the reader chose wrong."""

from __future__ import annotations

from typing import Final

from tts_news.arabic import bare
from tts_news.script.diacritics.convention import show_sukun
from tts_news.script.diacritics.forms import Form, load_forms
from tts_news.script.diacritics.marks import READINGS, put_together, take_apart

MOST: Final = 6


def alternatives(word: str) -> tuple[str, ...]:
    """Return other ways to read a word, each once, as the table of forms has them; the least other first.

    Its case ending is left as it is; marks that a form leaves open are those of the word.

    Args:
        word: A spoken word with its marks; one that no table knows has none.
    """
    apart = take_apart(word)
    own = list(apart.marks)
    found: dict[str, int] = {}
    for form in load_forms().of(bare(word)):
        marks = show_sukun(apart.bases, _marks(form, own))
        other = put_together(apart.lead, apart.bases, marks)
        found.setdefault(other, sum(one != mark for one, mark in zip(own, marks, strict=True)))
    return tuple(form for form in sorted(found, key=found.__getitem__) if form != word)[:MOST]


def _marks(form: Form, own: list[str]) -> list[str]:
    marks = []
    for readings, mark in zip(form.letters, own, strict=True):
        allowed = [READINGS[reading] for reading in readings]
        marks.append(mark if not allowed or mark in allowed else allowed[0])
    return marks
