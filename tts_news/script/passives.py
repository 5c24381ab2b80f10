"""A single damma by its author makes a verb passive: نُقل is نُقِلَ, أُعلن is أُعْلِنَ, اعتُقل is اعْتُقِلَ.

News writes that one mark because the word would be misread without it; a model that reads vowelless text does not know
what it means. Only the patterns that leave no choice are completed, nouns that are written with the damma are not
(كُتب، دُول، حُكم), and the present tense is left to the model (يُعلن is both).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from tts_news.patterns import lazy
from tts_news.script.data_files import data_file

_DAMMA, _KASRA, _FATHA, _SUKUN, _SHADDA = "\u064f", "\u0650", "\u064e", "\u0652", "\u0651"
_STRONG = "بتثجحخدذرزسشصضطظعغفقكلمنهءؤئأ"
_HEAD = r"(?P<head>[وف]?)"
_TAIL = r"(?P<tail>ت|وا|)"
_FIRST = lazy(rf"{_HEAD}(?P<a>[{_STRONG}و]){_DAMMA}(?P<b>[{_STRONG}])(?P<c>[{_STRONG}ي]){_TAIL}")
# The derived forms, and what becomes of their letters.
_DERIVED = (
    (rf"أ{_DAMMA}(?P<a>[{_STRONG}])ي(?P<c>[{_STRONG}])", rf"أ{_DAMMA}\g<a>{_KASRA}ي\g<c>"),
    (rf"أ{_DAMMA}و(?P<a>[{_STRONG}])(?P<c>[{_STRONG}])", rf"أ{_DAMMA}و\g<a>{_KASRA}\g<c>"),
    (
        rf"أ{_DAMMA}(?P<a>[{_STRONG}])(?P<b>[{_STRONG}])(?P<c>[{_STRONG}ي])",
        rf"أ{_DAMMA}\g<a>{_SUKUN}\g<b>{_KASRA}\g<c>",
    ),
    (
        rf"ا(?P<a>[{_STRONG}])ت{_DAMMA}(?P<b>[{_STRONG}])(?P<c>[{_STRONG}ي])",
        rf"ا\g<a>{_SUKUN}ت{_DAMMA}\g<b>{_KASRA}\g<c>",
    ),
    (
        rf"است{_DAMMA}(?P<a>[{_STRONG}])(?P<b>[{_STRONG}])(?P<c>[{_STRONG}ي])",
        rf"اس{_SUKUN}ت{_DAMMA}\g<a>{_SUKUN}\g<b>{_KASRA}\g<c>",
    ),
)
_FORMS = tuple((lazy(_HEAD + pattern + _TAIL), template) for pattern, template in _DERIVED)


def complete_passive(word: str, *, counted: bool = False) -> str:
    """Return the word with the marks that its author's one damma implies; any other word as it is.

    Args:
        word: As its author marked it.
        counted: Whether a number follows in a place where a clause begins: «أُسر 5 جنود» has room for a verb only.
    """
    first = _FIRST.fullmatch(word)
    if first:
        root = first["a"] + first["b"] + first["c"]
        if root in _roots()["nouns"] and not first["tail"] and not counted:
            return word
        doubled = _SHADDA if root in _roots()["second_form"] else ""
        return _ended(first, f"{first['a']}{_DAMMA}{first['b']}{_KASRA}{doubled}{first['c']}")
    for pattern, template in _FORMS:
        match = pattern.fullmatch(word)
        if match:
            return _ended(match, match.expand(template))
    return word


def _ended(match: re.Match[str], stem: str) -> str:
    """Return the stem with its clitic and its ending: the vowel of the ending follows from it."""
    head, tail = match["head"], match["tail"]
    closed = {"": _FATHA, "ت": f"{_FATHA}ت", "وا": f"{_DAMMA}وا"}[tail]
    return unicodedata.normalize("NFC", (head + _FATHA if head else "") + stem + closed)


@cache
def _roots() -> dict[str, frozenset[str]]:
    """Return the nouns written with a damma, and the roots whose passive doubles its second letter."""
    path = data_file("passives.tsv")
    roots: dict[str, set[str]] = {"nouns": set(), "second_form": set()}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, words = line.split("\t")
            roots[name].update(words.split())
    return {name: frozenset(words) for name, words in roots.items()}
