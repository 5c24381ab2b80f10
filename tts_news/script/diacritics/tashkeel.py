"""The diacritisation model that ships inside piper-tts (libtashkeel by Musharraf Omer, MIT) as a scorer.

Of piper-tts only the model file and its three tables are used: its own Python reads one best mark a letter,
and leaves the last letter of a text unmarked.
"""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from tts_news.errors import ScriptError
from tts_news.extras import pip_hint
from tts_news.models import open_model
from tts_news.script.diacritics.marks import READING_INDEX, READINGS
from tts_news.script.diacritics.scorer import Scores, to_ids

# Below this a chance is rounding noise; the floor keeps a vote from being vetoed by one.
_LEAST_CHANCE: Final = 1e-7

_MODEL_FILES: Final = ("model.onnx", "input_id_map.json", "target_id_map.json", "hint_id_map.json")


class Tashkeel:
    """The model, ready to score. One thread: the same sums in the same order, whatever the machine."""

    def __init__(self, folder: Path) -> None:
        self._ids = _table(folder / "input_id_map.json")
        targets = {unicodedata.normalize("NFC", marks): i for marks, i in _table(folder / "target_id_map.json").items()}
        self._columns = [targets[reading] for reading in READINGS]
        self._hints = {
            unicodedata.normalize("NFC", marks): i for marks, i in _table(folder / "hint_id_map.json").items()
        }
        self._end = self._ids["."]
        self._session: Any = open_model(folder / "model.onnx")

    def scores(self, bases: str, given: Sequence[str]) -> Scores:
        """Return the log-probabilities of `READINGS` for each of `bases`; see `Scorer.scores`."""
        out = np.full((len(bases), len(READINGS)), -np.inf, np.float32)
        out[:, READING_INDEX[""]] = 0.0
        seen, places = to_ids(bases, self._ids, digit="#")
        if not seen:
            return out
        # Without a full stop after it the model leaves the last letter unmarked, as a reader who pauses would.
        seen.append(self._end)
        no_hint = self._hints[""]
        hints = [*(self._hints.get(given[place], no_hint) for place in places), no_hint]
        shape = (1, len(seen))
        # The output named "logits" holds probabilities: each row adds up to one.
        chances = self._session.run(
            ["logits"],
            {
                "char_inputs": np.array(seen, np.int64).reshape(shape),
                "diac_inputs": np.array(hints, np.int64).reshape(shape),
                "input_lengths": np.array([len(seen)], np.int64),
            },
        )[0][0, :-1, self._columns].T
        out[places] = np.log(np.maximum(chances, _LEAST_CHANCE))
        return out


def load_tashkeel() -> Tashkeel:
    """Return the model of the installed piper-tts.

    Raises:
        ScriptError: piper-tts is not installed, or carries no model any more.
    """
    spec = importlib.util.find_spec("piper")
    if spec is None or spec.origin is None:
        raise ScriptError("the diacritisation model is missing: piper-tts is not installed", hint=pip_hint(_NEEDS))
    folder = Path(spec.origin).parent / "tashkeel"
    missing = [name for name in _MODEL_FILES if not (folder / name).is_file()]
    if missing:
        raise ScriptError(f"the diacritisation model of piper-tts lacks {', '.join(missing)}", hint=pip_hint(_NEEDS))
    return Tashkeel(folder)


_NEEDS: Final = "piper-tts>=1.3"


def _table(path: Path) -> dict[str, int]:
    table: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    return table
