"""Latin (and Greek and Cyrillic) words and names: the lexicon, letter names for acronyms, English words by their
sounds, and transliteration for the rest.

The lexicon is data/latin.tsv. Arabic prefixes written onto a Latin word stay on what it
is read as (الـBBC → البي بي سي).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from tts_news.arabic import ARABIC
from tts_news.patterns import lazy
from tts_news.script.rules.clitics import CLITIC, attach
from tts_news.script.rules.pronunciation import parts, say_english, sounds
from tts_news.script.rules.tables import rows
from tts_news.script.rules.transliteration import spell, transliterate

_SCRIPT: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff\u0370-\u03ff\u0400-\u052f\u0300-\u036f"
)
"""Letters of the Latin, Greek and Cyrillic scripts and their accents, for use inside [...]."""

_WORD: Final = rf"[{_SCRIPT}](?:[{_SCRIPT}']|\.(?=[{_SCRIPT}](?:\.|(?![{_SCRIPT}])))){{0,60}}\+?"
_RUN: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])(?P<clitic>{CLITIC})(?P<space>[ ]?))?(?P<run>(?<![{_SCRIPT}]){_WORD}(?:(?:[ -]"
    rf"|[ ]?[&/][ ]?){_WORD}){{0,30}}\.?)"
)
_TOKEN: Final = lazy(rf"{_WORD}|[&/]")
_ABBREVIATED: Final = lazy(
    r"(?<![A-Za-z])(?P<word>Dr|Mr|Mrs|Ms|St|Prof|Jr|Sr|Gen|Sen|Gov|vs|Inc|Ltd|Co|Corp)\.(?=[ ,،]|[ ]?[A-Za-z])"
)
_GENERATION: Final = lazy(rf"(?<![A-Za-z])Gen(?=[ ](?:[0-9]|Z(?![A-Za-z])|[{ARABIC}]))")
"""Gen 5: a generation, where no name follows that would make it a general."""

_RATING: Final = lazy(
    rf"(?<=[{ARABIC}\"«(][ ])(?P<grade>[A-D]{{1,3}})-(?=[ ]?[\"»).،]|[ ]|$)|(?<=[\"«(])"
    rf"(?P<quoted>[A-D]{{1,3}})-(?=[\"»)])"
)
_ANY: Final = lazy(f"[{_SCRIPT}]")
_LONGEST: Final = 4
"""Words of the longest entry of the lexicon."""

_VOWEL: Final = lazy("[AEIOUY]")
_CLUSTER: Final = lazy(
    "[^AEIOUY]{3}|^[^AEIOUY]{2}(?<!BR)(?<!CR)(?<!DR)(?<!TR)(?<!PR)(?<!GR)(?<!ST)(?<!SP)(?<!CH)(?<!SH)(?<!BL)"
    "(?<!FL)(?<!PL)"
)
_SOUNDING: Final = lazy("[^AEIOUY][AEIOU][^AEIOUY](?:[AEIOUY]|[^AEIOUY])")
"""Four letters that a reader says as a word: RICO, BADR."""

_LETTER_JOINED: Final = lazy(r"-[A-Z](?![A-Za-z])")
_SYLLABLE: Final = lazy("[^AEIOUY][AEIOUY]{1,2}[^AEIOUY]")
_SIGNS: Final = {"&": "آند", "/": ""}
_CAMEL: Final = lazy(r"(?<=[A-Z]{3})(?=[A-Z][a-z]{3})|(?<=[a-z]{2})(?=[A-Z])|(?<=[A-Z][a-z])(?<!Mc)(?=[A-Z][a-z]{2})")


class _Lexicon(NamedTuple):
    exact: dict[str, str]
    folded: dict[str, str]
    joined: dict[str, str]


def _key(words: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[.\-]", " ", bare.replace("'", "")).split())


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    joined: dict[str, str] = {}
    for latin, arabic, kind in rows("latin.tsv"):
        key = _key(latin)
        exact.setdefault(key, arabic)
        shouted = len(key) <= 5 and key.isupper() and kind != "word"
        if not shouted:
            folded.setdefault(key.casefold(), arabic)
        if " " in key and len(key) >= 8:  # handles and hashtags: elonmusk
            joined.setdefault(key.casefold().replace(" ", ""), arabic)
    return _Lexicon(exact, folded, joined)


def look_up(words: str) -> str | None:
    """What the lexicon says for words written in Latin letters, None when they are not in it."""
    lexicon, key = _lexicon(), _key(words)
    found = lexicon.exact.get(key)
    if found is None:
        found = lexicon.exact.get(key.replace(" ", "")) if "." in words else None
    # A word all in capitals is an acronym first: IT, US, WHO are not it, us, who.
    if found is None and not (key.isupper() and len(key) <= 3):
        folded = key.casefold()
        found = lexicon.folded.get(folded) or (lexicon.joined.get(folded) if " " not in folded else None)
    return found


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    if not letters.isupper():
        return False
    if len(letters) <= 3 or not _VOWEL.search(letters):
        return True
    if sounds(letters.lower()) and (len(letters) > 4 or _SOUNDING.fullmatch(letters)):
        return False  # GLORY, RICO: a word in capitals
    return len(letters) == 4 or (len(letters) <= 6 and bool(_CLUSTER.search(letters)))


def say_word(word: str) -> str:
    """One word that is in no lexicon: letter names for an acronym, transliteration for the rest."""
    bare = word.rstrip("+")
    plus = " بلس" if word.endswith("+") else ""
    if bare.isascii() and _is_acronym(bare):
        return spell(bare) + plus
    if bare.endswith(("s", "'s")) and len(bare) > 2 and _is_acronym(bare.removesuffix("s").removesuffix("'")):
        return spell(bare.removesuffix("s")) + plus
    parts = _CAMEL.sub(" ", bare.replace("'", "").replace(".", " ")).split()
    if len(parts) > 1:
        return " ".join(look_up(part) or say_word(part) for part in parts) + plus
    return (_english(bare) or transliterate(bare) or spell(bare)) + plus


def _english(word: str) -> str:
    """An English word, or two written as one, by their sounds; "" for a word that is not English."""
    if not word.isascii():
        return ""
    halves = parts(word)
    return " ".join(look_up(half) or say_english(half) for half in halves) if halves else say_english(word)


def _is_said(word: str, run: str, end: int) -> bool:
    """Whether capitals are a word: CAR-T is hyphenated to a letter, which nobody does to an acronym that is spelt."""
    hyphenated = _LETTER_JOINED.match(run, end) is not None and len(word) >= 3
    return hyphenated and word.isupper() and _SYLLABLE.search(word) is not None and bool(sounds(word.lower()))


def _is_shouted_name(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether a word and the one beside it are a name in capitals: BADR HARI."""
    near = [token[0] for token in (*tokens[max(0, index - 1) : index], *tokens[index : index + 2])]
    return sum(map(_could_be_name, near)) > 1 and _could_be_name(tokens[index][0])


def _could_be_name(word: str) -> bool:
    return len(word) > 3 and word.isalpha() and word.isupper() and look_up(word) is None and _is_sounding(word)


def _is_sounding(word: str) -> bool:
    return _SYLLABLE.search(word) is not None and _CLUSTER.search(word) is None


@lru_cache(maxsize=4096)
def say(run: str) -> str:
    """A run of Latin words in Arabic, the longest entries of the lexicon first."""
    tokens = list(_TOKEN.finditer(run))
    said: list[str] = []
    index = 0
    while index < len(tokens):
        for length in range(min(_LONGEST + 1, len(tokens) - index), 0, -1):
            words = run[tokens[index].start() : tokens[index + length - 1].end()]
            found = look_up(words)
            if found is not None:
                said.append(found)
                index += length
                break
        else:
            word = tokens[index][0]
            if _is_shouted_name(tokens, index):
                word = word.capitalize()
            spoken = say_english(word) if _is_said(word, run, tokens[index].end()) else say_word(word)
            said.append(_SIGNS.get(word, spoken))
            index += 1
    return " ".join(word for word in said if word)


def foreign_words(text: str) -> frozenset[str]:
    """Return the Arabic words that the Latin words of a text are read as: no Arabic case ending goes with them."""
    runs = [match["run"].rstrip(".") for match in _RUN.finditer(text)] if _ANY.search(text) else []
    return frozenset(word for run in runs for word in say(run).split())


def _run(match: re.Match[str]) -> str:
    clitic, space, run = match["clitic"] or "", match["space"] or "", match["run"]
    abbreviated = run.endswith(".") and "." in run[:-1]
    end = "." if run.endswith(".") and not abbreviated else ""
    words = say(run.rstrip("."))
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    glue = " " if before and (before.isalnum() or before in "%)") and not clitic else ""
    after = match.string[match.end() : match.end() + 1]
    tail = " " if after.isalnum() else ""
    if not clitic:
        return f"{glue}{space}{words}{end}{tail}"
    return attach(clitic, words) + end + tail


def apply(text: str) -> str:
    """The text with its Latin, Greek and Cyrillic words in Arabic letters."""
    if not _ANY.search(text):
        return text
    text = _GENERATION.sub("جين", text)
    text = _RATING.sub(lambda match: f"{match['grade'] or match['quoted']} سالب", text)
    return _RUN.sub(_run, _ABBREVIATED.sub(r"\g<word>", text))
