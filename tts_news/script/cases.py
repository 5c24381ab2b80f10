"""The case of a number, read off its sentence.

The diacritiser reads the sentence with «ثلاثة» where the number is, whose letters are the same in every case, and the
vowel it puts at its end is the number's case. A text without an open number is never read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from tts_news.arabic import bare, word_spans, words
from tts_news.patterns import lazy
from tts_news.script.diacritics.forms import load_forms
from tts_news.script.governed import allowed, is_name
from tts_news.script.rules.grammar import Case
from tts_news.script.rules.undecided import OpenNumber, nominative, parts, replaced, shows_case

if TYPE_CHECKING:
    from tts_news.script.diacritics import Diacritiser

STOOD_IN: Final = "\ue013"
"""Stands before a stand-in in a sentence whose cases are asked for."""

_CASES: Final[dict[str, Case]] = {
    "\u064c": "nom",
    "\u064f": "nom",
    "\u064d": "gen",
    "\u0650": "gen",
    "\u064b": "acc",
    "\u064e": "acc",
}
_PASSIVE: Final = lazy(
    "(?:[وف]\u064e)?(?:[\u0621-\u064a]\u064f.*\u0650\u0651?ي?[\u0621-\u064a]\u064e(?:ت[\u064e-\u0652]?)?|[يت]\u064f.*\u064e\u0651?[\u0621-\u064a]\u064f"
    "|أ\u064f[\u0621-\u0652]{3,}(?<!ة)\u064e)"
)
"""A verb read in the passive (دُمِّرَتْ, أُصِيبَ, يُنْتَظَرُ, of which أُسَرَ is a slip): the number right after it is its
subject, never its object.
"""
_BEFORE, _AFTER = 12, 4
"""How many words around a number are read: the verb of a far object is among them, and time is saved."""
_CLAUSE_END: Final = lazy(r"[،,:()\[\]«»\"-]")
_SENTENCE: Final = lazy("[^.؟!؛]+[.؟!؛]*")


def decide(text: str, given: Callable[[str], Mapping[int, str]], load: Callable[[], Diacritiser]) -> str:
    """Return the text with every open number in the case its sentence asks for.

    Args:
        text: What the text rules made of a line.
        given: From the line without marks, the words that its author marked, by their places.
        load: Gives the diacritiser. Like `given` called only when a number is open.
    """
    if not shows_case(text):
        return nominative(text)
    asked = ask(text, given(nominative(text)))
    sentences = [sentence for sentence in _SENTENCE.findall(asked) if STOOD_IN in sentence]
    return close(text, chain.from_iterable(read_cases(sentences, load())))


def ask(text: str, shown: Mapping[int, str] | None = None) -> str:
    """Return the text with stand-ins for its open numbers, as `read_cases` takes it.

    Args:
        text: What the rules made of a line.
        shown: What the diacritiser is to see for a word, by its place among those of the `nominative` text.
    """
    if not shown:
        return replaced(text, lambda number: STOOD_IN + number.stand_in)
    out: list[str] = []
    place = 0
    for part in parts(text):
        if isinstance(part, OpenNumber):
            place += len(words(part.nom))
            out.append(STOOD_IN + part.stand_in)
            continue
        end = 0
        for start, until in word_spans(part):
            out += [part[end:start], shown.get(place, part[start:until])]
            place, end = place + 1, until
        out.append(part[end:])
    return "".join(out)


def close(text: str, cases: Iterable[Case]) -> str:
    """Return the text with its open numbers in the given cases, one for each."""
    return close_with_places(text, cases)[0]


def close_with_places(text: str, cases: Iterable[Case]) -> tuple[str, dict[int, Case]]:
    """Return `close`, and the case of each of its numbers by the place of the first word."""
    one_by_one = iter(cases)
    case: Case = "nom"
    out: list[str] = []
    places: dict[int, Case] = {}
    count = 0
    for part in parts(text):
        if isinstance(part, OpenNumber):
            seen = next(one_by_one)
            case = case if part.joined else seen
            out.append(part.form(case))
            places[count] = case
        else:
            out.append(part)
        count += len(words(out[-1]))
    return "".join(out), places


def read_cases(asked: Sequence[str], diacritiser: Diacritiser) -> list[list[Case]]:
    """Return the cases that a diacritiser sees in sentences, one for each stand-in, in order."""
    near = [_near(sentence) for sentence in asked]
    marked = diacritiser.diacritise([sentence.replace(STOOD_IN, "") for sentence in near])
    return [_cases(sentence, words(read)) for sentence, read in zip(near, marked, strict=True)]


def _near(sentence: str) -> str:
    """Return the part of a sentence around its stand-ins: what is further away decides nothing and costs time."""
    spans = word_spans(sentence)
    places = [place for place, (start, end) in enumerate(spans) if STOOD_IN in sentence[start:end]]
    first, last = max(0, places[0] - _BEFORE), min(len(spans), places[-1] + 1 + _AFTER)
    return sentence[spans[first][0] : spans[last - 1][1] if last < len(spans) else len(sentence)]


def _cases(asked: str, read: Sequence[str]) -> list[Case]:
    """Return the case of each stand-in of a sentence, from what the diacritiser read."""
    cases: list[Case] = []
    spans = word_spans(asked)
    for place, before in _clauses(asked, spans, read):
        seen = " ".join(read[place : place + 2])
        start, until = spans[place]
        cases += [_allowed(_case(read[place]), before, seen)] * asked.count(STOOD_IN, start, until)
    return cases


def _clauses(asked: str, spans: Sequence[tuple[int, int]], read: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the place of each word with a stand-in, and the words before it in its clause.

    Behind a bracket the clause goes on that it stands in: قضى الشاعر (1020 م) 30 عاما.
    """
    end = 0
    before: list[str] = []
    around: list[list[str]] = []
    for place, ((start, until), word) in enumerate(zip(spans, read, strict=False)):
        for sign in _CLAUSE_END.findall(asked, end, start):
            if sign == "(":
                around.append(before)
            before = around.pop() if sign == ")" and around else []
        end = until
        if STOOD_IN in asked[start:until]:
            yield place, tuple(before)
        before.append(word)


def _allowed(case: Case, before: Sequence[str], seen: str) -> Case:
    told_of = len(before) == 2 and is_name(before[0])  # ليبيا تخصص 3 مليارات: not it is given, it gives
    if case == "acc" and before and not told_of and _is_passive(before[-1]):
        return "nom"
    return allowed(case, before, seen)


def _is_passive(word: str) -> bool:
    forms = load_forms().of(bare(word))
    # The marks of تُونِسَ are those of a passive.
    return _PASSIVE.fullmatch(word) is not None and (not forms or any(form.is_verb for form in forms))


def _case(word: str) -> Case:
    """Return the case that the last letter of a marked word shows; nominative when it shows none."""
    last = next((char for char in reversed(word) if char in _CASES or bare(char)), "")
    return _CASES.get(last, "nom")
