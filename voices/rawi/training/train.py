"""Train the student on what the teacher said, and write it as `model.onnx`.

One command, seeded; stopped, it goes on from its last checkpoint when started again. The rate of learning is held, then
falls in a straight line to nothing at `--steps`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from network import Student, mask_of
from torch import nn
from tunes import tuned

from tts_news.speak.phonemes import Phrase, Tune, Word
from tts_news.speak.phonemes.syllables import syllabify
from tts_news.speak.traits import FRAME_TRAITS, PHONE_TRAITS, frame_rows, phone_rows

ORDER = 35
_WARM_STEPS = 200
_FRAMES_A_BATCH = 6000


@dataclass(frozen=True)
class Sample:
    """One phrase ready to learn from; arrays as in `traits`, targets float32, shape (f, 37): mgc, log F0, voicing."""

    phones: np.ndarray
    traits: np.ndarray
    frames: np.ndarray
    targets: np.ndarray


@dataclass(frozen=True)
class Scale:
    """Mean and deviation of each target, float32, shape (37,); voicing is left as it is."""

    mean: np.ndarray
    deviation: np.ndarray


def phrase_of(row: str, tune: Tune, place: int) -> Phrase:
    """A phrase from what was saved of it."""
    words = []
    for word in row.split(";"):
        phones = tuple(word.split())
        starts, stress = syllabify(phones)
        words.append(Word("", phones, starts, stress))
    return Phrase(tuple(words), tune, place)


def load_shard(path: Path) -> Iterator[Sample]:
    """The samples of one shard of teacher data."""
    with np.load(path) as data:
        rows, tunes, places, lengths = (data[k] for k in ("phones", "tunes", "places", "lengths"))
        frames, mgc, lf0 = (data[k] for k in ("frames", "mgc", "lf0"))
    at = first = 0
    for row, tune, place, length in zip(rows, tunes, places, lengths, strict=True):
        phrase = phrase_of(str(row), str(tune), int(place))
        phones = phone_rows(phrase)
        counts = frames[at : at + len(phones.phones)].astype(np.int64)
        at += len(counts)
        if (counts < 1).any() or counts.sum() != length:
            counts = repaired(counts, int(length))
        pitch = lf0[first : first + length].astype(np.float32)
        targets = np.concatenate(
            [
                mgc[first : first + length].astype(np.float32),
                tuned(bridged(pitch), counts, phrase)[:, None],
                (pitch > 0).astype(np.float32)[:, None],
            ],
            axis=1,
        )
        first += length
        yield Sample(phones.phones, phones.traits, counts, targets)


def repaired(counts: np.ndarray, length: int) -> np.ndarray:
    """Counts of at least one frame each that sum to the length; the longest phone gives what others lack."""
    counts = np.maximum(counts, 1)
    counts[np.argmax(counts)] += length - counts.sum()
    return counts


def bridged(lf0: np.ndarray) -> np.ndarray:
    """Log F0 with a straight line through voiceless stretches."""
    voiced = np.flatnonzero(lf0 > 0)
    if not len(voiced):
        return np.full_like(lf0, 4.8)
    return np.interp(np.arange(len(lf0)), voiced, lf0[voiced]).astype(np.float32)


def scale_of(samples: list[Sample]) -> Scale:
    """Mean and deviation over a spread of the samples."""
    rows = np.concatenate([sample.targets for sample in samples[:: max(1, len(samples) // 1500)]]).astype(np.float64)
    mean, deviation = rows.mean(0), rows.std(0)
    mean[-1], deviation[-1] = 0.0, 1.0
    return Scale(mean.astype(np.float32), deviation.astype(np.float32))


@dataclass(frozen=True)
class Batch:
    """Padded tensors of some samples."""

    phones: torch.Tensor
    traits: torch.Tensor
    phone_mask: torch.Tensor
    log_frames: torch.Tensor
    at: torch.Tensor
    places: torch.Tensor
    frame_mask: torch.Tensor
    targets: torch.Tensor


def collate(samples: list[Sample], scale: Scale) -> Batch:
    """Pad some samples to one length."""
    n, p = len(samples), max(len(s.phones) for s in samples)
    f = max(len(s.targets) for s in samples)
    phones, traits = np.zeros((n, p), np.int64), np.zeros((n, p, PHONE_TRAITS), np.float32)
    log_frames, at = np.zeros((n, p), np.float32), np.zeros((n, f), np.int64)
    places, targets = np.zeros((n, f, FRAME_TRAITS), np.float32), np.zeros((n, f, ORDER + 2), np.float32)
    for i, s in enumerate(samples):
        k, length = len(s.phones), len(s.targets)
        phones[i, :k], traits[i, :k], log_frames[i, :k] = s.phones, s.traits, np.log(s.frames)
        at[i, :length], places[i, :length] = frame_rows(s.frames)
        targets[i, :length] = (s.targets - scale.mean) / scale.deviation
    phone_mask = mask_of([len(s.phones) for s in samples], p)
    frame_mask = mask_of([len(s.targets) for s in samples], f)
    tensors = (torch.from_numpy(x) for x in (phones, traits, log_frames, at, places, targets))
    a, b, c, d, e, g = tensors
    return Batch(a, b, phone_mask, c, d, e, frame_mask, g)


def batches(samples: list[Sample], seed: int) -> Iterator[list[Sample]]:
    """Batches without end, of samples of like length, in an order the seed fixes."""
    order = np.random.default_rng(seed)
    while True:
        noisy = np.array([len(s.targets) for s in samples]) * order.uniform(0.8, 1.25, len(samples))
        groups: list[list[Sample]] = [[]]
        for i in np.argsort(noisy):
            longest = max(len(s.targets) for s in [*groups[-1], samples[i]])
            if groups[-1] and longest * (len(groups[-1]) + 1) > _FRAMES_A_BATCH:
                groups.append([])
            groups[-1].append(samples[i])
        for k in order.permutation(len(groups)):
            yield groups[k]


def loss_of(student: Student, batch: Batch, weights: torch.Tensor) -> tuple[torch.Tensor, dict[str, float]]:
    """The training loss and its parts."""
    log_frames, out = student(batch.phones, batch.traits, batch.at, batch.places, batch.phone_mask, batch.frame_mask)
    mask = batch.frame_mask
    total = mask.sum()
    error = (out - batch.targets)[..., :-1] * weights
    steps = (error[:, 1:] - error[:, :-1]) * mask[:, 1:]
    shape = (error.abs() * mask).sum() / total / (ORDER + 1)
    motion = steps.abs().sum() / total / (ORDER + 1)
    voicing = nn.functional.binary_cross_entropy_with_logits(out[..., -1:], batch.targets[..., -1:], reduction="none")
    voicing = (voicing * mask).sum() / total
    length = (((log_frames - batch.log_frames) ** 2) * batch.phone_mask[..., 0]).sum() / batch.phone_mask.sum()
    spread = (spread_of(out, mask) - spread_of(batch.targets, mask)).abs().mean()
    loss = shape + 0.5 * motion + 0.15 * voicing + 0.5 * length + 0.1 * spread
    parts = {"shape": shape, "motion": motion, "voicing": voicing, "length": length, "spread": spread}
    return loss, {name: part.item() for name, part in parts.items()}


def spread_of(rows: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """How far each parameter swings in each phrase (its deviation), which learning by means would flatten."""
    count = mask.sum(1)
    mean = (rows * mask).sum(1) / count
    return (((rows - mean[:, None]) ** 2 * mask).sum(1) / count + 1e-6).sqrt()[:, :-1]


def weights_of(scale: Scale) -> torch.Tensor:
    """How much each target counts: between all alike and as much as it moves the spectrum; F0 counts as much as c0."""
    root = np.sqrt(scale.deviation[:ORDER])
    weights = np.append(root / root.mean(), root.max() / root.mean())
    return torch.from_numpy(weights.astype(np.float32))


def rate_at(step: int, args: argparse.Namespace) -> float:
    """Learning rate at a step."""
    falling = (args.steps - step) / max(1, args.steps - args.hold)
    return args.rate * min(1.0, step / _WARM_STEPS, max(falling, 0.0))


def train(args: argparse.Namespace) -> None:
    """Train to `--steps` and export."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    samples = [s for path in sorted(args.data.glob("[0-9]*.npz")) for s in load_shard(path)]
    held, samples = samples[7::97], [s for i, s in enumerate(samples) if i % 97 != 7]
    print(f"{len(samples)} phrases, {sum(len(s.targets) for s in samples) / 360000:.2f} h", flush=True)
    student = Student()
    optimiser = torch.optim.AdamW(student.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01)
    average = torch.optim.swa_utils.AveragedModel(
        student, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998)
    )
    step, kept = 0, args.data / "checkpoint.pt"
    scale = scale_of(samples)
    if kept.exists():
        state = torch.load(kept, weights_only=False)
        student.load_state_dict(state["student"])
        optimiser.load_state_dict(state["optimiser"])
        average.load_state_dict(state["average"])
        step, scale = state["step"], state["scale"]
    weights, source = weights_of(scale), batches(samples, args.seed + step)
    began, seen = time.monotonic(), {}
    while step < args.steps:
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step + 1, args)
        loss, parts = loss_of(student, collate(next(source), scale), weights)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimiser.step()
        average.update_parameters(student)
        step += 1
        seen = {k: 0.98 * seen.get(k, v) + 0.02 * v for k, v in parts.items()}
        if step % 50 == 0:
            print(
                f"{step} {time.monotonic() - began:.0f} s {' '.join(f'{k} {v:.4f}' for k, v in seen.items())}",
                flush=True,
            )
        if step % args.every == 0 or step == args.steps:
            checked = checked_on(average.module, held, scale, weights)
            print(f"{step} held out: {' '.join(f'{k} {v:.4f}' for k, v in checked.items())}", flush=True)
            part = kept.with_suffix(".part")
            torch.save(
                {
                    "student": student.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "average": average.state_dict(),
                    "step": step,
                    "scale": scale,
                },
                part,
            )
            part.rename(kept)


@torch.no_grad()
def checked_on(student: nn.Module, held: list[Sample], scale: Scale, weights: torch.Tensor) -> dict[str, float]:
    """Mean parts of the loss on samples kept out of training."""
    rows = [loss_of(student, collate(held[i : i + 8], scale), weights)[1] for i in range(0, len(held), 8)]
    return {k: float(np.mean([row[k] for row in rows])) for k in rows[0]}


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that teacher.py filled")
    parser.add_argument("--steps", type=int, default=12000)
    parser.add_argument("--hold", type=int, default=6000, help="step from which the learning rate falls")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--every", type=int, default=500, help="steps between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=5)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
