"""The models rawi V3 and V1 that ship inside text2tashkeel (TigreGotico, Apache-2.0) as scorers.

They read letters without their hamza and give hamza and marks together, so left alone they respell words.
Here only the classes that agree with the hamza as written count: the letters cannot change.
"""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from tts_news.errors import ScriptError
from tts_news.extras import pip_hint
from tts_news.models import open_model
from tts_news.script.diacritics.marks import (
    DAGGER_ALIF,
    FATHA,
    HARAKAT,
    READING_INDEX,
    READINGS,
    SHADDA,
    is_letter,
    is_mark,
)
from tts_news.script.diacritics.scorer import KNOWN_AS, Scores

_MODEL: Final = "rawi_v3.int8.onnx"
_VOCABULARY: Final = "rawi_v2.vocab.json"
_OLD_MODEL: Final = "rawi.int8.onnx"
_OLD_VOCABULARY: Final = "rawi.vocab.json"
_NEEDS: Final = "text2tashkeel>=0.1"

# Added to every chance: what the model calls impossible must not veto a vote.
_LEAST_CHANCE: Final = 1e-6

_HAMZAS: Final = ("", "\u0653", "\u0654", "\u0655")


class _Model:
    """A model file with its tables. One thread: the same sums in the same order, whatever the machine."""

    def __init__(self, model: Path, vocabulary: Path, heads: Sequence[str]) -> None:
        tables = json.loads(vocabulary.read_text(encoding="utf-8"))
        self._ids: dict[str, int] = tables["char_to_idx"]
        classes: dict[str, int] = tables["diac_to_idx"]
        self.by_hamza = np.stack([_class_to_reading(classes, hamza) for hamza in _HAMZAS])
        self._heads = list(heads)
        self._session: Any = open_model(model)

    def run(self, bases: str) -> tuple[list[int], list[int], list[Scores]]:
        """Return the places of the letters, the hamza on each (an index into `_HAMZAS`), and what the heads say."""
        seen: list[int] = []
        letters: list[bool] = []
        places: list[int] = []
        hamzas: list[int] = []
        for place, char in enumerate(bases.translate(KNOWN_AS)):
            plain = unicodedata.normalize("NFD", char)
            known = self._ids.get(plain[0])
            if known is None:
                continue
            seen.append(known)
            letters.append(is_letter(char))
            if letters[-1]:
                places.append(place)
                hamzas.append(_HAMZAS.index(plain[1:]) if plain[1:] in _HAMZAS else 0)
        if not places:
            return [], [], []
        # Without a full stop after it the model guesses more endings wrong.
        ids = np.array([*seen, self._ids["."]], np.int64).reshape(1, -1)
        return places, hamzas, [out[0, :-1][letters] for out in self._session.run(self._heads, {"input": ids})]


class OldRawi:
    """The first of the family, one head for all: weaker by itself, and wrong in other places."""

    def __init__(self, folder: Path) -> None:
        self._model = _Model(folder / _OLD_MODEL, folder / _OLD_VOCABULARY, ["output"])

    def scores(self, bases: str, given: Sequence[str]) -> Scores:
        """Return the log-probabilities of `READINGS` for each of `bases`, deaf to `given`; see `Scorer.scores`."""
        del given
        out = _unmarked(bases)
        places, hamzas, heads = self._model.run(bases)
        if places:
            out[places] = _logs(_by_reading(heads[0], self._model.by_hamza[hamzas]))
            # It writes what a hamzat wasl sounds like where a text begins: اِفْتَتَحَ.
            out[[place for place in places if bases[place] == "ا"]] = _unmarked("ا")
        return out


class Rawi:
    """The third of the family, ready to score."""

    def __init__(self, folder: Path) -> None:
        self._model = _Model(folder / _MODEL, folder / _VOCABULARY, ["presence", "value"])

    def scores(self, bases: str, given: Sequence[str]) -> Scores:
        """Return the log-probabilities of `READINGS` for each of `bases`, deaf to `given`; see `Scorer.scores`."""
        del given
        out = _unmarked(bases)
        places, hamzas, heads = self._model.run(bases)
        if places:
            presence, value = heads
            out[places] = self._read(presence, value, np.array(hamzas))
        return out

    def alifs(self, bases: str) -> Scores:
        """Return the chance of each spelling of an alif for each of `bases`, shape (n, 4): see `hamza.Speller`."""
        out = np.zeros((len(bases), len(_HAMZAS)), np.float32)
        places, _, heads = self._model.run(bases)
        if not places:
            return out
        presence, value = heads
        spelt = np.einsum("nc,hcr->nh", _chances(value), self._model.by_hamza)
        there = 1.0 / (1.0 + np.exp(-presence[:, None]))
        spelt *= there
        spelt[:, 0] += 1.0 - there[:, 0]
        out[places] = spelt
        return out

    def _read(self, presence: Scores, value: Scores, hamzas: Any) -> Scores:
        """Return log-probabilities from the model's two heads: is there a mark (or hamza), and which."""
        readings = _by_reading(value, self._model.by_hamza[hamzas])
        # A letter with hamza always has "a mark" to this model: there the second head says it all.
        bare = hamzas == 0
        marked = readings[bare]
        marked[:, READING_INDEX[""]] = 0.0
        there = 1.0 / (1.0 + np.exp(-presence[bare, None]))
        marked *= there / marked.sum(axis=1, keepdims=True)
        marked[:, READING_INDEX[""]] = 1.0 - there[:, 0]
        readings[bare] = marked
        return _logs(readings)


def _unmarked(bases: str) -> Scores:
    out = np.full((len(bases), len(READINGS)), -np.inf, np.float32)
    out[:, READING_INDEX[""]] = 0.0
    return out


def _chances(value: Scores) -> Scores:
    chances: Scores = np.exp(value - value.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    return chances


def _by_reading(value: Scores, allowed: Scores) -> Scores:
    """Return the chances of the readings, from those of a head's classes that go with the hamza of each letter."""
    readings: Scores = np.einsum("nc,ncr->nr", _chances(value), allowed) + 1e-12
    readings /= readings.sum(axis=1, keepdims=True)
    return readings


def _logs(readings: Scores) -> Scores:
    readings = readings + _LEAST_CHANCE
    logs: Scores = np.log(readings / readings.sum(axis=1, keepdims=True))
    return logs


def _class_to_reading(classes: dict[str, int], hamza: str) -> Scores:
    """Return a 0/1 matrix, shape (classes, readings): which classes are which reading of a letter with `hamza`."""
    matrix = np.zeros((max(classes.values()) + 1, len(READINGS)), np.float32)
    for marks, column in classes.items():
        if not all(map(is_mark, marks)) or "".join(c for c in marks if c in _HAMZAS) != hamza:
            continue
        harakat = "".join(dict.fromkeys(c for c in marks if c in HARAKAT))
        if DAGGER_ALIF in marks and not harakat:
            harakat = FATHA
        reading = harakat + (SHADDA if SHADDA in marks else "")
        if reading in READING_INDEX:
            matrix[column, READING_INDEX[reading]] = 1.0
    return matrix


def load_rawi() -> Rawi:
    """Return the model of the installed text2tashkeel.

    Raises:
        ScriptError: text2tashkeel is not installed, or carries no such model any more.
    """
    return _loaded(_folder(_MODEL, _VOCABULARY))


def load_old_rawi() -> OldRawi:
    """Return the first model of the family; see `load_rawi`."""
    return OldRawi(_folder(_OLD_MODEL, _OLD_VOCABULARY))


def _folder(*names: str) -> Path:
    """Return the folder of the models, which has all these files.

    Raises:
        ScriptError: text2tashkeel is not installed, or carries no such files any more.
    """
    spec = importlib.util.find_spec("text2tashkeel")
    if spec is None or spec.origin is None:
        raise ScriptError("a diacritisation model is missing: text2tashkeel is not installed", hint=pip_hint(_NEEDS))
    folder = Path(spec.origin).parent / "models"
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        lacking = ", ".join(missing)
        raise ScriptError(f"the diacritisation model of text2tashkeel lacks {lacking}", hint=pip_hint(_NEEDS))
    return folder


@cache
def _loaded(folder: Path) -> Rawi:
    """Return the model of a folder, loaded once: the vote and the hamzas ask it."""
    return Rawi(folder)
