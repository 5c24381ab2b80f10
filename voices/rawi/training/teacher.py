"""What the teacher says of a phrase: its parameters every 10 ms and how long each phone lasts.

`hts_engine` (Debian's `htsengine`) plays the voice; only its parameter streams are kept. The low-pass stream is not:
it has one filter a state for all phones, which the vocoder knows by heart.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from text import Writer

from tts_news.errors import SpeakError
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


def say(voice: Path, phrase: Phrase, folder: Path) -> Said:
    """The teacher's parameters for one phrase; `folder` takes its temporary files."""
    words = [word.phones for word in phrase.words]
    (folder / "lab").write_text("\n".join(label_lines(words)) + "\n", encoding="ascii")
    command = ["hts_engine", "-m", voice, "-om", "mgc", "-of", "lf0", "-od", "dur", "lab"]
    subprocess.run(list(map(str, command)), cwd=folder, check=True, capture_output=True)
    mgc = np.fromfile(folder / "mgc", np.float32).reshape(-1, ORDER)[::2]
    lf0 = np.fromfile(folder / "lf0", np.float32)[::2]
    ends = np.array([int(line.split()[1]) for line in (folder / "dur").read_text(encoding="ascii").splitlines()])
    marks = np.rint(ends * _TICK_S / HOP_S).astype(int)
    marks[-1] = len(mgc)
    voiced = np.where(lf0 > _VOICELESS, lf0, 0.0)
    return Said(phrase, np.diff(marks, prepend=0).astype(np.int16), mgc.astype(np.float16), voiced.astype(np.float16))


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
    with tempfile.TemporaryDirectory() as name:
        said = [say(voice, phrase, Path(name)) for phrase in phrases]
    rows = [";".join(" ".join(word.phones) for word in one.phrase.words) for one in said]
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(
            file,
            phones=np.array(rows),
            frames=np.concatenate([one.frames for one in said]),
            lengths=np.array([len(one.mgc) for one in said]),
            mgc=np.concatenate([one.mgc for one in said]),
            lf0=np.concatenate([one.lf0 for one in said]),
        )
    part.rename(target)
    return sum(len(one.mgc) for one in said) * HOP_S


def _texts(sentences: Path | None, seed: int) -> Iterator[Phrase]:
    if sentences:
        for line in corpus_lines(sentences, "train"):
            yield from phrases_of(line)
    for line in Writer(seed).phrases():
        yield from phrases_of(line)


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
    parser.add_argument("--hours", type=float, default=6.0)
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
