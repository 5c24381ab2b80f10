"""How much of espeak-ng's Arabic a recogniser understands: read by itself, and from our phonemes, in one run.

    python -m benchmarks.espeak_reading --whisper whisper-base

Needs what `benchmarks/voice_intelligibility.py` needs to hear; the sentences are its own set that nobody tuned on.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.voice_intelligibility import UNSEEN, Sentence, distance, recogniser, save, written
from tts_news.records import Utterance
from tts_news.speak.catalogue import CARD, built_in, load
from tts_news.speak.espeak import EspeakEngine


def speaker(*, phonemes: bool) -> Callable[[Sentence, Path], None]:
    spec = load(built_in() / "espeak" / CARD)
    engine = EspeakEngine(replace(spec, options={**spec.options, "phonemes": phonemes}))

    def speak(sentence: Sentence, target: Path) -> None:
        take = engine.speak(Utterance(sentence.name, sentence.spoken))
        save(take.samples, take.rate_hz, target)

    return speak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whisper", type=Path, default=Path("whisper-base"))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--most", type=int, default=14, help="sentences")
    args = parser.parse_args()
    sentences = written("unseen", UNSEEN.read_text(encoding="utf-8"))[: args.most]
    hear = recogniser(args.whisper, args.threads)
    for name, speak in (("letters", speaker(phonemes=False)), ("phonemes", speaker(phonemes=True))):
        wrong = 0
        with tempfile.TemporaryDirectory() as folder:
            for sentence in sentences:
                target = Path(folder) / "said.wav"
                speak(sentence, target)
                heard = hear(target)
                print(f"{name}\t{sentence.reference}\t{heard[:120]}", flush=True)
                # On what it cannot follow the recogniser repeats itself without end: a lost sentence is lost once.
                wrong += min(distance(sentence.reference, heard), len(sentence.reference))
        letters = sum(len(sentence.reference) for sentence in sentences)
        print(f"{name}: {wrong / letters:.1%} of {letters} letters wrong")


if __name__ == "__main__":
    main()
