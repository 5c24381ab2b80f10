"""The pronunciation lexicon: terms and how they are said, found in one pass over a text, with their clitics.

`lexicon.toml`, in the show's folder:

    [[term]]
    written = "OpenAI"
    spoken = "أُوبِن إِيه آي"
    gender = "f"             # optional: m or f, for the numbers that count it
    scope = ["tech"]         # optional: only in articles of these sites or categories
    voices = ["salma"]       # optional: only when one of these voices speaks

A term of Arabic letters is looked up after the marks were put on, so that it changes the words it names and no other;
any other term (Latin letters, digits, signs) is taken out of the text before the rules see it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from tts_news.arabic import LETTERS, MARKS, bare, clusters, merge_marks
from tts_news.errors import ScriptError
from tts_news.files import parse_toml, read_file, stamp
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.data_files import data_file
from tts_news.script.plain_lexicon import is_plain, plain_entries
from tts_news.script.rules.nouns import is_listed

Gender = Literal["", "m", "f"]
SEED = "seed_lexicon.tsv"
DEFAULT_NAME = "lexicon.toml"
_MOST_BYTES = 20_000_000

_SPOKEN = lazy(rf"[{LETTERS}{MARKS}]+(?:[ ،][{LETTERS}{MARKS}]+| ،)*")
_ARABIC_ONLY = lazy(rf"[{LETTERS}]+(?: [{LETTERS}]+)*")
_HAMZAS = frozenset("أإآ")
_HAMZA = str.maketrans("أإآ", "ااا")
_SHORTENED = str.maketrans("\u064b\u064c\u064d", "\u064e\u064f\u0650")
_DIPTOTE = str.maketrans("\u064b\u064c\u064d\u0650", "\u064e\u064f\u064e\u064e")
_PLACES = frozenset(["country", "capital", "city", "continent"])
_SHORT_VOWELS = frozenset("\u064e\u064f\u0650")
_SHADDA = "\u0651"
_LENGTHENS = {"و": "\u064f", "ي": "\u0650"}
_CLITIC_MARKS = {"و": "وَ", "ف": "فَ", "ب": "بِ", "ل": "لِ", "ك": "كَ", "س": "سَ"}
_SUN = frozenset("تثدذرزسشصضطظلن")
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك", "س", "وس", "فس")
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "وبال", "وكال", "فبال", "فكال")
_LAM_ARTICLES = ("لل", "ولل", "فلل")
_LONGEST_PREFIX = 4
_VERB_HEADS = frozenset("يتنأ")
_LOOSE_LETTERS = 5
"""A shorter word with a clitic is not looked up without its hamza: كابل is a cable, not ك + أبل."""
_TATWEEL = "\u0640"
_TOKEN = lazy(rf"[{LETTERS}{MARKS}]+|\u0640+|[^\W\d_\u0640]+|\d+|\S", re.UNICODE)
_SHAPE = 'an entry is [[term]], written = "…", spoken = "…"'


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, how it is said, and where that holds.

    `scope` are sites or categories, `voices` names of voices; empty is everywhere and all of them.
    """

    written: str
    spoken: str
    gender: Gender = ""
    scope: tuple[str, ...] = ()
    kind: str = ""
    voices: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """What tells two entries apart: of one term in one place for one voice there is one pronunciation."""
        return self.written, self.scope, self.voices

    @property
    def is_arabic(self) -> bool:
        """Whether the term is Arabic letters only, so that the rules leave it as it is."""
        return _ARABIC_ONLY.fullmatch(self.written) is not None


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in `tokens[first:last]`; `prefix` is the clitics written before it, e.g. "وال"."""

    first: int
    last: int
    prefix: str
    entry: Entry

    @property
    def spoken(self) -> str:
        """How the term is said with its clitics."""
        return attach(self.prefix, self.entry.spoken)


class Lexicon:
    """Terms by their tokens. Later entries win over earlier ones with the same written form."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple({entry.key: entry for entry in entries}.values())
        self.by_voice = any(entry.voices for entry in self.entries)
        """Whether some entry holds for some voices only."""
        among_words: list[_Term] = []
        before_rules: list[_Term] = []
        for entry in reversed(self.entries):
            is_arabic = entry.is_arabic
            tokens = tuple(entry.written.split(" ")) if is_arabic else _tokens(entry)
            (among_words if is_arabic and not entry.gender else before_rules).append((tokens, entry))
        self._arabic, self._other = _index(among_words), _index(before_rules)
        self._scopes = {scope.casefold() for entry in self.entries for scope in entry.scope}
        self._by_place: dict[frozenset[str], Lexicon] = {}
        self._by_voice: dict[str, Lexicon] = {}

    def for_places(self, places: Iterable[str]) -> Lexicon:
        """Return the part that holds in an article of these sites and categories."""
        if not self._scopes:
            return self
        here = frozenset(self._scopes.intersection(place.casefold() for place in places))
        if here not in self._by_place:
            held = (e for e in self.entries if not e.scope or not here.isdisjoint(s.casefold() for s in e.scope))
            self._by_place[here] = Lexicon(held)
        return self._by_place[here]

    def for_voice(self, voice: str) -> Lexicon:
        """Return the part that holds when this voice speaks; what names the voice wins over what names none."""
        if not self.by_voice:
            return self
        if voice not in self._by_voice:
            held = [entry for entry in self.entries if not entry.voices or voice in entry.voices]
            self._by_voice[voice] = Lexicon(sorted(held, key=lambda entry: bool(entry.voices)))
        return self._by_voice[voice]

    def in_words(self, words: Sequence[str]) -> list[Match]:
        """Return the Arabic terms among vowelless words, longest first, none overlapping."""
        return list(_matches(words, self._arabic, None))

    def in_text(self, text: str) -> list[tuple[int, int, Match]]:
        """Return the terms that the rules must not see, with the places they stand in."""
        if not self._other:
            return []
        found = list(_TOKEN.finditer(text))
        spans = [match.span() for match in found]
        tokens = [bare(match[0]).casefold() for match in found]
        return [
            (spans[match.first][0], spans[match.last - 1][1], match) for match in _matches(tokens, self._other, spans)
        ]


_Term = tuple[tuple[str, ...], Entry]
_Index = dict[str, list[_Term]]


def _index(terms: Sequence[_Term]) -> _Index:
    """Return terms by first token, longest first; a hamza that the text leaves off an alif is found all the same.

    Of two with the same tokens the first counts.
    """
    index: _Index = {}
    seen: set[tuple[str, ...]] = set()
    loose = [
        (tuple(token.translate(_HAMZA) for token in tokens), entry)
        for tokens, entry in terms
        if not _HAMZAS.isdisjoint(entry.written)
    ]
    for term in (*terms, *loose):
        tokens = term[0]
        if tokens and tokens not in seen:
            seen.add(tokens)
            index.setdefault(tokens[0], []).append(term)
    for candidates in index.values():
        if len(candidates) > 1:
            candidates.sort(key=lambda candidate: -len(candidate[0]))
    return index


def _tokens(entry: Entry) -> tuple[str, ...]:
    """Return the tokens of a term that is not Arabic words alone, as `in_text` sees them."""
    return tuple(match[0].casefold() for match in _TOKEN.finditer(bare(entry.written)))


def _matches(tokens: Sequence[str], index: _Index, spans: list[tuple[int, int]] | None) -> Iterator[Match]:
    place = 0
    while place < len(tokens):
        match = _longest(tokens, place, index, spans)
        if match is None:
            place += 1
            continue
        yield match
        place = match.last


def _longest(tokens: Sequence[str], place: int, index: _Index, spans: list[tuple[int, int]] | None) -> Match | None:
    best: Match | None = None
    for prefix, stem, skip in _stems(tokens, place, spans):
        for wanted, entry in index.get(stem, ()):
            last = place + skip + len(wanted)
            if best is not None and last <= best.last:
                break
            rest = tuple(tokens[place + skip + 1 : last])
            if (
                rest == wanted[1:]
                and (not prefix or _takes(entry, prefix, tokens[place], stem))
                and (spans is None or _standing(tokens, place + skip, last, spans, wanted))
            ):
                best = Match(place, last, prefix, entry)
                break
    return best


def _stems(tokens: Sequence[str], place: int, spans: list[tuple[int, int]] | None) -> Iterator[tuple[str, str, int]]:
    """Yield (prefix, first token of the term, tokens the prefix takes): the bare token first, then without clitics."""
    token = tokens[place]
    yield "", token, 0
    for size in range(1, min(_LONGEST_PREFIX, len(token) - 1) + 1):
        prefix, stem = token[:size], token[size:]
        if prefix in _CLITICS or prefix in _ARTICLES:
            yield prefix, stem, 0
        elif prefix in _LAM_ARTICLES:
            yield prefix, stem, 0
            yield prefix[:-1], "ال" + stem, 0
    glued = spans is not None and place + 1 < len(tokens) and spans[place][1] == spans[place + 1][0]
    if glued and (token in _CLITICS or token in _ARTICLES or token in _LAM_ARTICLES):
        yield token, tokens[place + 1], 1


def _takes(entry: Entry, prefix: str, token: str, stem: str) -> bool:
    """Whether a term can have these clitics before it, rather than the word being another one: باب is no ب + آب."""
    if entry.is_arabic and is_listed(token):
        return False
    if prefix.endswith("س"):
        return stem[0] in _VERB_HEADS
    if entry.kind and prefix in _ARTICLES and entry.is_arabic:
        return False  # a name of the seed has its article or takes none: السورية is no ال + سورية
    return len(stem) >= _LOOSE_LETTERS or not entry.is_arabic or bare(entry.written).startswith(stem)


def _standing(
    tokens: Sequence[str], first: int, last: int, spans: list[tuple[int, int]], wanted: tuple[str, ...]
) -> bool:
    """Whether the term stands by itself in the text: no letter or digit glued to it, gaps only where it has spaces."""
    before = tokens[first - 1] if first > 0 and spans[first - 1][1] == spans[first][0] else ""
    after = tokens[last] if last < len(tokens) and spans[last - 1][1] == spans[last][0] else ""
    if wanted[0].isalnum() and before.isalnum() and before.strip(_TATWEEL) and before not in _CLITIC_SET:
        return False
    return not (wanted[-1].isalnum() and after.isalnum())


_CLITIC_SET = frozenset((*_CLITICS, *_ARTICLES, *_LAM_ARTICLES))


def attach(prefix: str, spoken: str) -> str:
    """Return the marked word(s) with their clitics, marked as they are said: وال + شَمْس → وَالشَّمْس.

    A prefix that ends in ال or لل puts the article before the word; لِ before ال becomes لِل.
    """
    if not prefix:
        return spoken
    article = prefix.endswith(("ال", "لل"))
    clitics = prefix[: -2 if prefix.endswith("ال") else -1] if article else prefix
    if article:
        spoken = ("ل" if prefix.endswith("لل") else "ال") + _after_article(spoken)
    elif clitics.endswith("ل") and spoken.startswith("ال"):
        spoken = spoken[1:]
    marked = "".join(_CLITIC_MARKS[letter] for letter in clitics)
    return unicodedata.normalize("NFC", marked + spoken)


def _after_article(spoken: str) -> str:
    """Return the lam's sukun before a moon letter, or the shadda of a sun letter after the lam."""
    letter, marks = next(clusters(spoken))
    if letter not in _SUN:
        return "\u0652" + spoken
    rest = spoken[1 + len(marks) :]
    return letter + marks + ("" if "\u0651" in marks else "\u0651") + rest


def named(match: Match, read: str) -> str:
    """Return how a term found among words is said, given how the model marked them; see `with_ending`.

    A place name without ال takes no tanwin, and fatha for kasra: بَيْنَ طُوكْيُو وَسِيُولَ.
    """
    said = with_ending(match.spoken, read)
    entry = match.entry
    if entry.kind in _PLACES and " " not in entry.written and not entry.written.startswith("ال"):
        said = said[:-1] + said[-1].translate(_DIPTOTE)
    return said


def with_ending(spoken: str, read: str) -> str:
    """Return the lexicon's form with the case ending of the model on the last letter, where the lexicon leaves it open.

    `read` is the same words as the model marked them; where their letters differ, the lexicon's form stands.
    """
    said, seen = spoken.split(" "), read.split(" ")
    if len(said) != len(seen):
        return spoken
    # The parts of a name lean on each other: tanwin there is the model's mistake.
    seen = [*(word.translate(_SHORTENED) for word in seen[:-1]), seen[-1]]
    parts = list(map(_word_with_ending, said, seen))
    for place in range(1, len(parts)):
        # بن has the case of the name before it: مُحَمَّدُ بْنُ سَلْمَان.
        if bare(parts[place]) == "بن" and parts[place - 1][-1] in _SHORT_VOWELS:
            parts[place] = "بْن" + parts[place - 1][-1]
    return unicodedata.normalize("NFC", " ".join(parts))


def _word_with_ending(said: str, seen: str) -> str:
    letters = bare(said)
    if not letters or letters != bare(seen):
        return said
    said_clusters, seen_clusters = list(clusters(said)), list(clusters(seen))
    if len("".join(letter + marks for letter, marks in said_clusters)) != len(said):
        return said
    (last, marks), before = said_clusters[-1], said_clusters[-2][1] if len(said_clusters) > 1 else ""
    lengthens = (last, before[:1]) in {("ي", "\u0650"), ("و", "\u064f")} or last in "اى"
    if lengthens and not marks:
        return said
    ending = merge_marks(last + marks, last + seen_clusters[-1][1])
    return "".join(letter + marks for letter, marks in said_clusters[:-1]) + ending


@cache
def seed() -> tuple[Entry, ...]:
    """Return the names that ship with the package: countries, capitals, leaders, agencies, companies, clubs."""
    path = data_file(SEED)
    if not path.is_file():
        return ()
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            term, spoken, _, kind = (*line.split("\t"), "", "")[:4]
            entries.append(Entry(term, spoken, kind=kind))
    return tuple(entries)


def load_lexicon(path: Path | None) -> Lexicon:
    """Return the seed lexicon with the show's own on top; a `lexicon.toml` that is not there is an empty one.

    Raises:
        ScriptError: The file cannot be read, or an entry does not hold; names the entry.
    """
    return _loaded(path, stamp(path) if path else None)


@lru_cache(maxsize=4)
def _loaded(path: Path | None, _: object) -> Lexicon:
    """Return the lexicon of a file in the state of its stamp; kept, for a server asks for it at each sentence."""
    return Lexicon((*seed(), *read_lexicon(path))) if path else Lexicon(seed())


def read_lexicon(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a lexicon file in its order.

    Raises:
        ScriptError: As `load_lexicon`.
    """
    try:
        text = read_text(path)
    except FileNotFoundError as err:
        if path.name == DEFAULT_NAME:
            return ()
        raise ScriptError(f"there is no lexicon {path}", hint="[script] lexicon in tts-news.toml names it") from err
    return parse_lexicon(text, str(path))


def read_text(path: Path) -> str:
    """Return a lexicon's text with the line breaks of this house.

    Raises:
        FileNotFoundError: It is not there.
        ScriptError: It cannot be read, is no file, too large or no UTF-8.
    """
    try:
        text = read_file(path, _MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as err:
        raise ScriptError(f"cannot read the lexicon {path}: {err}", hint=_SHAPE) from err
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_lexicon(text: str, name: str) -> tuple[Entry, ...]:
    """Return the entries of a lexicon's text; `name` is for messages.

    Raises:
        ScriptError: As `load_lexicon`.
    """
    if is_plain(text):
        return tuple(Entry(*term, voices=voices) for term, voices in plain_entries(text))
    try:
        tables = parse_toml(text)
    except ValueError as err:
        raise ScriptError(f"{name}: {err}", hint=_SHAPE) from err
    terms = tables.pop("term", [])
    if tables or not isinstance(terms, list):
        raise ScriptError(f"{name}: unknown table [{next(iter(tables), 'term')}]", hint="entries are [[term]] tables")
    return tuple(_entry(term, f"{name}: term {number}") for number, term in enumerate(terms, start=1))


@cache
def _term() -> Any:
    """Return the model of a term; pydantic is loaded when there is one to check."""
    from pydantic import BaseModel, ConfigDict

    class Term(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        written: str
        spoken: str
        gender: Gender = ""
        scope: str | list[str] = ""
        voices: str | list[str] = ""

    return Term


def _entry(term: Any, place: str) -> Entry:
    from pydantic import ValidationError

    try:
        read = _term().model_validate(term)
    except ValidationError as err:
        first = err.errors()[0]
        raise ScriptError(f"{place}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from err
    return make_entry(read.written, read.spoken, read.gender, _names(read.scope), place, _names(read.voices))


def _names(value: str | list[str]) -> tuple[str, ...]:
    return tuple(filter(None, [value] if isinstance(value, str) else value))


def make_entry(
    written: str, spoken: str, gender: Gender, scope: tuple[str, ...], place: str, voices: tuple[str, ...] = ()
) -> Entry:
    """Return a checked entry.

    Raises:
        ScriptError: The term is empty, or its pronunciation is not Arabic letters with marks.
    """
    written = term_key(written)
    spoken = " ".join(unicodedata.normalize("NFC", spoken).split())
    if not any(character.isalnum() for character in written):
        raise ScriptError(f"{place}: '{written}' has no letter or digit", hint=_SHAPE)
    if len(written) > 200 or len(spoken) > 400:
        raise ScriptError(f"{place}: '{written[:40]}…' is too long for a term", hint=_SHAPE)
    if not _SPOKEN.fullmatch(spoken):
        raise ScriptError(
            f"{place}: '{written}' is said '{spoken}', which is not Arabic letters, marks and spaces only",
            hint="write it as it is said, in Arabic letters with their marks",
        )
    return Entry(written, spoken, gender, scope, voices=voices)


def term_key(written: str) -> str:
    """Return a term as the lexicon keeps it: no marks, single spaces, NFC."""
    return " ".join(bare(unicodedata.normalize("NFC", written)).split())


def unmarked(entry: Entry) -> list[str]:
    """Return the words of a pronunciation in which a letter lacks the mark that would tell how it is said.

    The last letter of a word may be bare (its case ending is the sentence's), and so may what is bare by nature: long
    vowels, hamzat wasl, ة, and the lam of ال before a sun letter.
    """
    return [word for word in re.split("[ ،]+", entry.spoken) if _lacks_a_mark(word)]


def _lacks_a_mark(word: str) -> bool:
    found = list(clusters(word))
    letters = [letter for letter, _ in found]
    for place, (letter, marks) in enumerate(found[:-1]):
        before = found[place - 1][1] if place else ""
        doubled = place + 1 < len(found) and _SHADDA in found[place + 1][1]
        lengthens = _LENGTHENS.get(letter, "") in before and place > 0
        if marks.strip(_SHADDA) or letter in "اىآٱة" or (letter == "ل" and doubled) or (letter in "وي" and lengthens):
            continue
        if letters[place + 1] in "اى" and not found[place + 1][1]:
            continue  # nothing but fatha stands before a long alif
        return True
    return False
