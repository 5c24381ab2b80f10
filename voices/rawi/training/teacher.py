"""What the teacher says of a phrase: its parameters every 10 ms and how long each phone lasts.

The library of hts_engine (Debian's `libhtsengine1`) makes them; no sound is made, which would take nine tenths of the
time. The low-pass stream is not kept: it has one filter a state for all phones, which the vocoder knows by heart.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import itertools
import random
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from text import ASKING, Writer

from tts_news.errors import SpeakError
from tts_news.speak.breath import breath_groups
from tts_news.speak.hts_labels import label_lines
from tts_news.speak.phonemes import Phrase, phonemise

VOICE_URL = (
    "https://raw.githubusercontent.com/linuxscout/festival-tts-arabic-voices/83bdf2f/"
    "voices/ara_norm_ziad_hts/hts/ara_norm_ziad_hts.htsvoice"
)
VOICE_SHA256 = "b9fb096ffc939646ae8ac169be4bb14d6fca9b3894cf246818d6782b90c058cc"
ORDER = 35
HOP_S = 0.010
_TICK_S = 1e-7
_LOTS = (
    ("stop", 9),
    ("comma", 5),
    ("list", 2),
    ("breath", 2),
    ("colon", 1),
    ("exclamation", 1),
    ("ellipsis", 1),
    ("question", 1),
)
NEWS_TEXT = Path(__file__).with_name("news.txt")
_VOICELESS = -1e9


@dataclass(frozen=True)
class Said:
    """A phrase as the teacher says it, silence at both ends included.

    Attributes:
        phrase: The phonemes.
        frames: 10 ms frames of each phone, shape (phones + 2,), summing to len(mgc).
        mgc: Mel-cepstrum (alpha 0.55 at 48 kHz, c0 first), float16, shape (n, 35).
        lf0: Natural log of F0 in Hz, 0 where voiceless, float16, shape (n,).
    """

    phrase: Phrase
    frames: np.ndarray
    mgc: np.ndarray
    lf0: np.ndarray


class Teacher:
    """The voice, loaded; `HTS_engine.h` says what is called here."""

    # The library's structure is smaller; its size is not asked for anywhere.
    _ENGINE_BYTES = 65536
    _MGC, _LF0 = 0, 1

    def __init__(self, voice: Path) -> None:
        self._library = ctypes.CDLL("libHTSEngine.so.1")
        self._c = ctypes.CDLL(None)
        self._c.fopen.restype = ctypes.c_void_p
        self._engine = ctypes.create_string_buffer(self._ENGINE_BYTES)
        self._library.HTS_Engine_initialize(self._engine)
        names = (ctypes.c_char_p * 1)(str(voice).encode())
        if not self._library.HTS_Engine_load(self._engine, names, ctypes.c_size_t(1)):
            raise ValueError(f"no voice of hts_engine: {voice}")

    def say(self, phrase: Phrase, folder: Path) -> Said:
        """The parameters of one phrase; `folder` takes temporary files."""
        lines = [line.encode("ascii") for line in label_lines([word.phones for word in phrase.words])]
        rows = (ctypes.c_char_p * len(lines))(*lines)
        library, engine = self._library, self._engine
        if not library.HTS_Engine_generate_state_sequence_from_strings(engine, rows, ctypes.c_size_t(len(lines))):
            raise ValueError(f"the teacher refused {lines[0]!r}")
        library.HTS_Engine_generate_parameter_sequence(engine)
        # Stopped before it begins, the third step only lays the parameters out and makes no sound.
        library.HTS_Engine_set_stop_flag(engine, ctypes.c_char(1))
        library.HTS_Engine_generate_sample_sequence(engine)
        mgc = self._saved(folder / "mgc", library.HTS_Engine_save_generated_parameter, ctypes.c_size_t(self._MGC))
        lf0 = self._saved(folder / "lf0", library.HTS_Engine_save_generated_parameter, ctypes.c_size_t(self._LF0))
        marks = self._saved(folder / "dur", library.HTS_Engine_save_label)
        library.HTS_Engine_refresh(engine)
        return as_said(phrase, np.frombuffer(mgc, np.float32), np.frombuffer(lf0, np.float32), marks.decode("ascii"))

    def _saved(self, target: Path, save: Any, *which: ctypes.c_size_t) -> bytes:
        file = ctypes.c_void_p(self._c.fopen(str(target).encode(), b"wb"))
        save(self._engine, *which, file)
        self._c.fclose(file)
        return target.read_bytes()


def as_said(phrase: Phrase, mgc: np.ndarray, lf0: np.ndarray, marks: str) -> Said:
    """The teacher's frames, every other of its 5 ms ones."""
    mgc, lf0 = mgc.reshape(-1, ORDER)[::2], lf0[::2]
    ends = np.array([int(line.split()[1]) for line in marks.splitlines()])
    frames = np.rint(ends * _TICK_S / HOP_S).astype(int)
    frames[-1] = len(mgc)
    voiced = np.where(lf0 > _VOICELESS, lf0, 0.0)
    return Said(phrase, np.diff(frames, prepend=0).astype(np.int16), mgc.astype(np.float16), voiced.astype(np.float16))


def corpus_lines(sentences: Path, split: str) -> list[str]:
    """The corpus's prompts of one split ("train" or "test") that our front end reads without complaint."""
    rows = [line.split("\t") for line in sentences.read_text(encoding="utf-8").splitlines()[1:]]
    return [text.replace("-", " ").replace(".", " ") for _, kind, text in rows if kind == split]


def phrases_of(line: str) -> tuple[Phrase, ...]:
    """The phrases of a line, none when it is not vowelled Arabic."""
    try:
        return phonemise(line).phrases
    except SpeakError as err:
        print(f"left out: {err}", file=sys.stderr)
        return ()


def _shard(voice: Path, phrases: list[Phrase], target: Path) -> float:
    """Have the phrases said and save them as one .npz; return the seconds of speech in it."""
    teacher = Teacher(voice)
    with tempfile.TemporaryDirectory() as name:
        said = [teacher.say(phrase, Path(name)) for phrase in phrases]
    rows = [";".join(" ".join(word.phones) for word in one.phrase.words) for one in said]
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(
            file,
            phones=np.array(rows),
            tunes=np.array([one.phrase.tune for one in said]),
            places=np.array([one.phrase.place for one in said]),
            frames=np.concatenate([one.frames for one in said]),
            lengths=np.array([len(one.mgc) for one in said]),
            mgc=np.concatenate([one.mgc for one in said]),
            lf0=np.concatenate([one.lf0 for one in said]),
        )
    part.rename(target)
    return sum(len(one.mgc) for one in said) * HOP_S


def _texts(sentences: Path | None, seed: int) -> Iterator[Phrase]:
    """Phrases without end: news sentences as they are, then prompts and made-up phrases with marks and places by lot."""
    for line in NEWS_TEXT.read_text(encoding="utf-8").splitlines():
        for phrase in phrases_of(line):
            yield from breath_groups(phrase)
    lots = random.Random(seed)
    for line in itertools.chain(corpus_lines(sentences, "train") if sentences else (), Writer(seed).phrases()):
        for phrase in phrases_of(line):
            tune = "question" if line.split()[0] in ASKING else lots.choices(*zip(*_LOTS, strict=True))[0]
            yield replace(phrase, tune=tune, place=lots.choice((0, 0, 0, 1, 1, 2, 3)))


def generate(args: argparse.Namespace) -> None:
    """Fill the folder with shards until there are enough hours; shards that are there are kept."""
    args.out.mkdir(parents=True, exist_ok=True)
    source = _texts(args.sentences, args.seed)
    with ProcessPoolExecutor(args.jobs) as pool:
        seconds, number = 0.0, 0
        while seconds < args.hours * 3600:
            jobs = []
            for _ in range(args.jobs):
                phrases = list(itertools.islice(source, args.shard))
                target = args.out / f"{number:04d}.npz"
                number += 1
                if target.exists():
                    with np.load(target) as kept:
                        seconds += float(kept["lengths"].sum()) * HOP_S
                else:
                    jobs.append(pool.submit(_shard, args.voice, phrases, target))
            seconds += sum(job.result() for job in jobs)
            print(f"{number} shards, {seconds / 3600:.2f} h", flush=True)


def main() -> None:
    """Read the command line and make the teacher speak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", type=Path, required=True, help=f"the teacher's voice file, from {VOICE_URL}")
    parser.add_argument("--sentences", type=Path, help="the corpus's prompts, id, split and text by tabs; optional")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shard", type=int, default=100)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    digest = hashlib.sha256(args.voice.read_bytes()).hexdigest()
    if digest != VOICE_SHA256:
        parser.error(f"{args.voice} is another file than the teacher of this voice")
    generate(args)


if __name__ == "__main__":
    main()
