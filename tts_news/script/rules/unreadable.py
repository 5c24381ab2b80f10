"""The last check: what a voice is to say holds only Arabic letters, their marks and the punctuation of a pause.

    find("بنسبة 5 ☂")      the spans that hold anything else
    settle(text, "auto")   the text as the policy leaves it, the spans that stop it, and the spans that went

Policies: "spell" says letters and digits by their names and drops the rest; "skip" drops all of it; "stop" stops at
anything; "auto" spells letters and digits and stops at anything else. What was dropped is returned, for the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.rules import numerals
from tts_news.script.rules.latin import apply as say_latin
from tts_news.script.rules.undecided import SIGNS

if TYPE_CHECKING:
    from tts_news.script.settings import Unreadable as Policy

_SPAN: Final = lazy(rf"[^{ARABIC} ،.؟!؛:\n{SIGNS}]+")
_SPELLABLE: Final = lazy("[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]")
_DIGITS: Final = lazy("[0-9]+")
_SPACES: Final = lazy("[ ]{2,}")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that cannot be said: `text[start:end]`. `spellable` when it is letters and digits only."""

    start: int
    end: int
    text: str
    spellable: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """A text after the check: `stops` is empty or the text must not be spoken; `dropped` went without being said."""

    text: str
    stops: tuple[Span, ...] = ()
    dropped: tuple[Span, ...] = ()


def find(text: str) -> tuple[Span, ...]:
    """The spans of the text that are not Arabic letters, marks, spaces or pauses, in order."""
    if _SPAN.search(text) is None:
        return ()
    return tuple(
        Span(match.start(), match.end(), match[0], all(_SPELLABLE.match(char) or char in " '" for char in match[0]))
        for match in _SPAN.finditer(text)
    )


def spell(text: str) -> str:
    """Letters and digits by their names, anything else as it is."""
    return say_latin(_DIGITS.sub(lambda match: f" {numerals.digits(match[0])} ", text)).strip()


def settle(text: str, policy: Policy = "auto") -> Settled:
    """The text as the policy leaves it.

    Args:
        text: What the rules made of a sentence.
        policy: "stop", "skip", "spell" or "auto" (see above).
    """
    spans = find(text)
    if not spans:
        return Settled(text)
    pieces: list[str] = []
    stops: list[Span] = []
    dropped: list[Span] = []
    at = 0
    for span in spans:
        pieces.append(text[at : span.start])
        at = span.end
        spelt = spell(span.text) if policy in {"spell", "auto"} else ""
        if policy == "stop" or (policy == "auto" and (not span.spellable or find(spelt))):
            stops.append(span)
            pieces.append(span.text)
        elif not spelt or find(spelt):
            kept = _SPAN.sub("", spelt).strip()
            pieces.append(f" {kept} " if kept else "")
            dropped.append(span)
        else:
            pieces.append(f" {spelt} ")
    pieces.append(text[at:])
    return Settled(_SPACES.sub(" ", "".join(pieces)).strip(), tuple(stops), tuple(dropped))
