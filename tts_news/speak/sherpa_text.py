"""What a model of sherpa-onnx is given to say: espeak-ng's phonemes or letters, all of them ones it has.

sherpa-onnx leaves out what is not among a model's tokens and tells nobody but its log: here that is an error, unless it
is a mark without a sound of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tts_news.errors import SpeakError
from tts_news.patterns import lazy
from tts_news.speak.espeak_phonemes import shadda_first

# espeak-ng puts a dot between syllables; to a model that was not taught so it is a full stop.
_SYLLABLE_DOT = lazy(r"\.(?=\S)")
_MARKS = lazy("[\u064b-\u0652\u0670]")
# Combining marks, modifier letters (stress, ˤ), signs and punctuation: without them the same word is said.
_SILENT = ("M", "Lm", "P", "S", "Z")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a model wants its text.

    Attributes:
        voice: Whose phonemes of espeak-ng it takes; "" for letters.
        tokens: Its symbols; empty where that is not known.
        phones: What it writes otherwise than espeak-ng.
        dots: Whether it was taught the dots between syllables.
        marks: Whether its letters have their vowel marks.
    """

    voice: str = ""
    tokens: frozenset[str] = frozenset()
    phones: Mapping[str, str] = field(default_factory=dict)
    dots: bool = False
    marks: bool = True


def read_tokens(path: Path) -> frozenset[str]:
    """Return the symbols of a tokens.txt: one a line with its number; the space's line has the number alone.

    Raises:
        SpeakError: It cannot be read, or holds nothing of the kind.
    """
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as err:
        raise SpeakError(f"{path.name} cannot be read: {err}") from err
    cut = [line.rstrip().rpartition(" ") for line in lines]
    if not cut or not all(number.isdecimal() for _, _, number in cut):
        raise SpeakError(f"{path.name} is no list of tokens")
    return frozenset(symbol or " " for symbol, _, _ in cut)


def phonemes_of(text: str, spelling: Spelling) -> list[str]:
    """Return a text as espeak-ng's phonemes, a string for each of its sentences.

    Raises:
        SpeakError: There is nothing to say in it, or the model has no sign for one of its sounds.
    """
    from piper.phonemize_espeak import EspeakPhonemizer

    sentences = EspeakPhonemizer().phonemize(spelling.voice, shadda_first(text))
    said = [sentence for phones in sentences if (sentence := _spelled("".join(phones), spelling))]
    if not any(char.isalpha() for sentence in said for char in sentence):
        raise SpeakError(f"there is nothing to say in {text!r}")
    return said


def letters_of(text: str, spelling: Spelling) -> str:
    """Return a text as a model of letters takes it.

    Raises:
        SpeakError: There is no letter in it, or the model lacks one of them.
    """
    bare = text if spelling.marks else _MARKS.sub("", text)
    said = _known(bare, spelling.tokens) if spelling.tokens else bare
    if not any(char.isalpha() for char in said):
        raise SpeakError(f"there is no letter to say in {text!r}")
    return said


def _spelled(phones: str, spelling: Spelling) -> str:
    for theirs, its in spelling.phones.items():
        phones = phones.replace(unicodedata.normalize("NFD", theirs), its)
    if not spelling.dots:
        phones = _SYLLABLE_DOT.sub("", phones)
    return _known(phones, spelling.tokens).strip()


def _known(text: str, tokens: frozenset[str]) -> str:
    """Return a text without the signs that are no tokens.

    Raises:
        SpeakError: What is no token is a sound or a letter.
    """
    kept = list(_kept(unicodedata.normalize("NFC", text), tokens))
    lost = sorted({char for char in kept if char not in tokens})
    if lost:
        raise SpeakError(f"the model has no {' '.join(lost)}, which {text!r} needs", hint="[options.phones] spells it")
    return "".join(kept)


def _kept(text: Iterable[str], tokens: frozenset[str]) -> Iterator[str]:
    for char in text:
        for part in char if char in tokens else unicodedata.normalize("NFD", char):
            if part in tokens or not unicodedata.category(part).startswith(_SILENT):
                yield part
