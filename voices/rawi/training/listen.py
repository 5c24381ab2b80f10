"""What the predictors say of an experiment, on the tuning half of the sentences.

    python listen.py --nisqa nisqa_tts.tar shipped
    python listen.py --nisqa nisqa_tts.tar teacher --teacher ara_norm_ziad_hts.htsvoice
    python listen.py --nisqa nisqa_tts.tar read copied smoothed --reader joe
    python listen.py --nisqa nisqa_tts.tar detail --net detail.pt --share 0.7
    python listen.py --nisqa nisqa_tts.tar model --model model.onnx

Wants what `benchmarks/voice_naturalness.py` wants, and with `--whisper` what `benchmarks/voice_intelligibility.py` wants.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from detail import DRAWN, STACK, Detail, Scales, seen_of
from pairs import ALPHA, CONTOUR_ROWS, ORDER, analysed, on_our_axis
from readers import READERS
from scipy.ndimage import gaussian_filter1d
from teacher import Teacher
from train import bridged, repaired
from tunes import tuned

from tests.quality.acoustics import acoustics
from tts_news.records import Utterance
from tts_news.speak.breath import breath_groups
from tts_news.speak.catalogue import CARD, VoiceSpec, built_in, load
from tts_news.speak.house import HouseEngine, _Spoken
from tts_news.speak.phonemes import Phrase, phonemise
from tts_news.speak.vocoder import HOP_S, RATE_HZ, Timbre, Track, Vocoder

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
from voice_intelligibility import Sentence, Tally, recogniser, save
from voice_naturalness import predictors, read, sentences

Say = Callable[[Sentence], np.ndarray]
_SMOOTH_ROWS = 3
"""Deviation of the bell that `smoothed` glides by: 15 ms."""


def timbre_of(spec: VoiceSpec) -> Timbre:
    """A voice's own levers."""
    numbers = {name: float(spec.options.get(name, 0)) for name in ("tilt_db", "dispersion_ms")}
    return Timbre(
        float(spec.options.get("warp", 1)), **numbers, dispersion_curve=int(spec.options.get("dispersion_curve", 0))
    )


class TeacherVoice(HouseEngine):
    """The teacher's parameters in place of the student's: what more learning from this teacher could reach."""

    def __init__(self, spec: VoiceSpec, teacher: Path) -> None:
        super().__init__(spec)
        self._teacher, self._now = Teacher(teacher), (np.empty(0), np.empty(0))

    def _parameters(self, phrase: Phrase, utterance: Utterance) -> _Spoken:
        with tempfile.TemporaryDirectory() as folder:
            said = self._teacher.say(phrase, Path(folder))
        frames, pitch = said.frames.astype(np.int64), said.lf0.astype(np.float32)
        if (frames < 1).any() or frames.sum() != len(pitch):
            frames = repaired(frames, len(pitch))
        log_f0 = tuned(bridged(pitch), frames, phrase) - np.log(self._reference_hz)
        rows = np.column_stack([said.mgc, log_f0, np.where(pitch > 0, 1, -1)]).astype(np.float32)
        self._now = frames, rows
        return super()._parameters(phrase, utterance)

    def _run(self, *_: object) -> list[np.ndarray]:
        frames, rows = self._now
        return [frames, np.full(len(frames), 1 / self._own_pace), rows.copy()]


class DetailedVoice(HouseEngine):
    """The house voice with drawn detail laid over its parameters.

    Args:
        spec: The voice.
        net: What `detail.py` saved.
        share: How much of the detail is laid on.
        steps: Steps from noise to detail.
    """

    def __init__(self, spec: VoiceSpec, net: Path, share: float, steps: int = 8) -> None:
        super().__init__(spec)
        kept = torch.load(net, weights_only=True)
        self._net, self._scales = Detail(), Scales.kept(kept["scales"])
        self._net.load_state_dict(kept["net"])
        self._share, self._steps = share, steps
        self._vocoder = Vocoder(ORDER, ALPHA, RATE_HZ, timbre_of(spec))

    def _parameters(self, phrase: Phrase, utterance: Utterance) -> _Spoken:
        spoken = super()._parameters(phrase, utterance)
        mgc, voiced = on_our_axis(spoken.track.mgc), spoken.track.voiced
        first, last = round(spoken.ends_s[0] / HOP_S), round(spoken.ends_s[-2] / HOP_S)
        last -= (last - first) % STACK
        drawn = self._share * self._drawn(seen_of(mgc[first:last], voiced[first:last], self._scales))
        f0_hz = spoken.track.f0_hz.copy()
        mgc[first:last] += drawn[:, :ORDER]
        f0_hz[first:last] *= np.exp(drawn[:, ORDER])
        return dataclasses.replace(spoken, track=Track(mgc, f0_hz, voiced))

    @torch.no_grad()
    def _drawn(self, seen: np.ndarray) -> np.ndarray:
        noise = np.random.default_rng(len(seen)).standard_normal((1, len(seen), DRAWN)).astype(np.float32)
        rows = torch.from_numpy(noise)
        for step in range(self._steps):
            rows = (
                rows + self._net(rows, torch.from_numpy(seen)[None], torch.full((1,), step / self._steps)) / self._steps
            )
        return rows[0].numpy().reshape(-1, ORDER + 1) * self._scales.spoken_deviation.numpy()


def of_voice(engine: HouseEngine) -> Say:
    """Sentences as an engine says them."""
    return lambda one: engine.speak(Utterance(one.name, one.spoken)).samples


def of_reader(name: str, change: Callable[[Track], Track] | None, timbre: Timbre) -> Say:
    """Sentences as a reader says them: its own sound, or its parameters, changed, through our vocoder."""
    reader, vocoder = READERS[name](), Vocoder(ORDER, ALPHA, RATE_HZ, timbre)

    def say(one: Sentence) -> np.ndarray:
        groups = [group for phrase in phonemise(one.spoken).phrases for group in breath_groups(phrase)]
        sound = np.concatenate([reader.say(group).samples for group in groups])
        return sound if change is None else vocoder.sound(change(analysed(sound)), 1)

    return say


def glided(track: Track) -> Track:
    """The same with a spectrum that glides, as averages do."""
    return dataclasses.replace(track, mgc=gaussian_filter1d(track.mgc, _SMOOTH_ROWS, axis=0))


def steadied(track: Track) -> Track:
    """The same with the contour of F0 alone, without its tremor."""
    return dataclasses.replace(track, f0_hz=np.exp(gaussian_filter1d(np.log(track.f0_hz), CONTOUR_ROWS)))


def makers(args: argparse.Namespace) -> dict[str, Callable[[], Say]]:
    """What each word of the command line stands for."""
    spec = load(built_in() / args.voice / CARD)
    other = dataclasses.replace(spec, options={**spec.options, "model": str(args.model)})
    spread = dataclasses.replace(timbre_of(spec), warp=1.0, tilt_db=args.tilt)
    return {
        "shipped": lambda: of_voice(HouseEngine(spec)),
        "teacher": lambda: of_voice(TeacherVoice(spec, args.teacher)),
        "detail": lambda: of_voice(DetailedVoice(spec, args.net, args.share)),
        "model": lambda: of_voice(HouseEngine(other)),
        "read": lambda: of_reader(args.reader, None, spread),
        "copied": lambda: of_reader(args.reader, lambda track: track, spread),
        "smoothed": lambda: of_reader(args.reader, glided, spread),
        "steadied": lambda: of_reader(args.reader, steadied, spread),
    }


def main() -> None:
    """Print a line for each thing asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+")
    parser.add_argument("--nisqa", type=Path, required=True)
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--sentences", type=int, default=20)
    parser.add_argument("--voice", default="rawi")
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--reader", choices=sorted(READERS), default="joe")
    parser.add_argument("--net", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--tilt", type=float, default=0.0, help="dB of brightness given to a reader's parameters")
    parser.add_argument("--whisper", type=Path, help="count letter errors too; the recogniser is joined in this folder")
    args = parser.parse_args()
    said, predict, known = sentences(args.half, args.sentences), predictors(args.nisqa), makers(args)
    hear = recogniser(args.whisper, 1) if args.whisper else None
    for what in args.what:
        say, tally = known[what](), Tally()
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / f"{one.name}.wav" for one in said]
            for one, target in zip(said, files, strict=True):
                save(say(one), RATE_HZ, target)
                if hear:
                    tally.add(one.reference, hear(target))
            nisqa, distillmos = predict(files)
            sound = [acoustics(*read(path)) for path in files]
            change, bright = (np.mean([getattr(one, name) for one in sound]) for name in ("change", "bright_db"))
        letters = f" letters {tally.rates()['cer']:.2%}" if hear else ""
        print(
            f"{what:10} {nisqa:.2f} {distillmos:.2f} change {change:.3f} 4-8 kHz {bright:.1f} dB{letters}", flush=True
        )


if __name__ == "__main__":
    main()
