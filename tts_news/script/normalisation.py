"""Written Arabic → spoken Arabic: the text rules in their order, then the cases that only a sentence tells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from tts_news.patterns import lazy
from tts_news.script.author_marks import given_marks
from tts_news.script.cases import decide
from tts_news.script.rules.order import RULES

if TYPE_CHECKING:
    from tts_news.script.diacritics import Diacritiser

_MARKS: Final = lazy("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_HARAKAT: Final = lazy("[\u064b-\u0652\u0670]")
_SPACES: Final = lazy(r"\s+")


def apply_rules(line: str, rules: Sequence[Callable[[str], str]] = RULES) -> str:
    """The line as it is spoken, on one line, with its author's marks and with its `undecided` numbers still open."""
    # The rules look for one space between words; a line break inside a line of text is no more than that.
    line = _SPACES.sub(" ", line)
    for rule in rules:
        line = rule(line)
    return _SPACES.sub(" ", line).strip()


def apply_rules_unmarked(line: str, rules: Sequence[Callable[[str], str]] = RULES) -> str:
    """The line in words without marks, its `undecided` numbers still open.

    The vowel marks go before the rules run, because a rule that looks for السّاعة before a number looks for its letters.
    """
    bare = _HARAKAT.sub("", unicodedata.normalize("NFC", line))
    return _MARKS.sub("", apply_rules(bare, rules))


def trace_rules(line: str, rules: Sequence[Callable[[str], str]] = RULES) -> tuple[str, ...]:
    """Return the names of the rules that change a line, in their order, each once."""
    line = _SPACES.sub(" ", _HARAKAT.sub("", unicodedata.normalize("NFC", line)))
    names: dict[str, None] = {}
    for rule in rules:
        changed = rule(line)
        if changed != line:
            names[name_of(rule)] = None
        line = changed
    return tuple(names)


def name_of(rule: Callable[[str], str]) -> str:
    """Return the name of a rule: that of its file."""
    return (rule.func if isinstance(rule, partial) else rule).__module__.rpartition(".")[2]


def normalise_keeping_marks(line: str) -> str:
    """The line as it is spoken, on one line, with the marks that its author wrote.

    Diacritisation starts from this: the author's own marks always stay.

    Raises:
        ScriptError: Only the sentence tells the case of a number, and the diacritisation model is not installed.
    """
    return decide(apply_rules(line), lambda _: {}, _load)


def normalise(line: str) -> str:
    """The line as it is spoken, in words without marks.

    Raises:
        ScriptError: Only the sentence tells the case of a number, and the diacritisation model is not installed.
    """
    return decide(apply_rules_unmarked(line), lambda said: dict(given_marks(line, said)), _load)


def _load() -> Diacritiser:
    # A line without such a number loads no model.
    from tts_news.script.diacritics import load_case_reader

    return load_case_reader()
