"""Learn the detail that averaging took away, from pairs, with an objective that does not average.

    python detail.py --said said --out detail.onnx

A net of convolutions sees what the house voice means by a phrase and learns two things: what a natural reader makes of it on
average, and, by flow matching, how what the reader says lies about that average. Only the second is kept: from noise (seeded)
it draws a course of detail that fits the sounds, in a few steps, and that is laid over the house voice's own parameters.
Source: Y. Lipman et al., Flow matching for generative modeling, ICLR 2023.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from pairs import ORDER, Pair, cut_at_random, pairs
from torch import nn

STACK = 2
"""Rows seen at once: the net runs at 10 ms, what it draws is finer."""
DRAWN = STACK * (ORDER + 1)
SEEN = STACK * (ORDER + 1)
_WIDTH, _BLOCKS, _SPAN = 112, 6, 7
_CUT, _BATCH = 150, 8


class Block(nn.Module):
    """Seven steps of time seen channel by channel, then mixed, added to what was known."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.near = nn.Conv2d(width, width, (1, _SPAN), padding=(0, _SPAN // 2), groups=width)
        self.mix = nn.Sequential(nn.Linear(width, 2 * width), nn.GLU())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Shape (batch, steps, width) in and out."""
        y = self.near(self.norm(x).transpose(1, 2)[:, :, None])[:, :, 0].transpose(1, 2)
        return x + self.mix(y)


class Stack(nn.Module):
    """Rows in, rows out."""

    def __init__(self, inputs: int, outputs: int, blocks: int) -> None:
        super().__init__()
        self.into = nn.Linear(inputs, _WIDTH)
        self.blocks = nn.Sequential(*(Block(_WIDTH) for _ in range(blocks)))
        self.out = nn.Sequential(nn.LayerNorm(_WIDTH), nn.Linear(_WIDTH, outputs))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Shape (batch, steps, inputs) in, (batch, steps, outputs) out."""
        return self.out(self.blocks(self.into(x)))


class Detail(nn.Module):
    """The flow: where drawn detail moves at a time between noise (0) and speech (1)."""

    def __init__(self) -> None:
        super().__init__()
        self.mean = Stack(SEEN, DRAWN, 3)
        self.flow = Stack(SEEN + DRAWN + 1, DRAWN, _BLOCKS)

    def forward(self, drawn: torch.Tensor, seen: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """Velocity, shape (batch, steps, DRAWN); `at` has shape (batch,)."""
        when = at[:, None, None].expand(-1, drawn.shape[1], 1)
        return self.flow(torch.cat([drawn, seen, when], dim=2))


class Scales(nn.Module):
    """Mean and deviation of what is seen, deviation of what is drawn."""

    seen_mean: torch.Tensor
    seen_deviation: torch.Tensor
    spoken_mean: torch.Tensor
    spoken_deviation: torch.Tensor

    def __init__(self, data: list[Pair]) -> None:
        super().__init__()
        plain, spoken = np.concatenate([p.plain for p in data]), np.concatenate([p.spoken for p in data])
        tremor = np.concatenate([p.tremor for p in data])
        rows = {
            "seen_mean": plain.mean(0), "seen_deviation": plain.std(0),
            "spoken_mean": np.append(spoken.mean(0), 0), "spoken_deviation": np.append(spoken.std(0), tremor.std()),
        }  # fmt: skip
        for name, row in rows.items():
            self.register_buffer(name, torch.from_numpy(row.astype(np.float32)))

    @classmethod
    def kept(cls, state: dict[str, torch.Tensor]) -> Scales:
        """Those that were saved."""
        scales = cls.__new__(cls)
        nn.Module.__init__(scales)
        for name, row in state.items():
            scales.register_buffer(name, row)
        return scales


def seen_of(plain: np.ndarray, voiced: np.ndarray, scales: Scales) -> np.ndarray:
    """What the net sees of rows, stacked: float32, shape (n // STACK, SEEN)."""
    rows = (plain - scales.seen_mean.numpy()) / scales.seen_deviation.numpy()
    return _stacked(np.column_stack([rows, voiced]).astype(np.float32))


def _spoken_of(pair: Pair, scales: Scales) -> np.ndarray:
    rows = np.column_stack([pair.spoken, pair.tremor])
    return _stacked(((rows - scales.spoken_mean.numpy()) / scales.spoken_deviation.numpy()).astype(np.float32))


def _stacked(rows: np.ndarray) -> np.ndarray:
    count = len(rows) // STACK
    return np.ascontiguousarray(rows[: count * STACK]).reshape(count, -1)


def losses(net: Detail, seen: torch.Tensor, spoken: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """How far the average is off, and how far the flow."""
    average = net.mean(seen)
    rest = spoken - average.detach()
    noise, at = torch.randn_like(rest), torch.rand(len(rest))
    drawn = noise + at[:, None, None] * (rest - noise)
    return ((spoken - average) ** 2).mean(), ((net(drawn, seen, at) - (rest - noise)) ** 2).mean()


def train(args: argparse.Namespace) -> None:
    """Train for so many minutes and save."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    data = pairs(args.said)
    held, data = data[3::20], [p for i, p in enumerate(data) if i % 20 != 3]
    scales, net, random = Scales(data), Detail(), np.random.default_rng(args.seed)
    kept = [[(seen_of(p.plain, p.voiced, scales), _spoken_of(p, scales)) for p in part] for part in (data, held)]
    kept = [[row for row in part if len(row[0]) > _CUT] for part in kept]
    print(f"{len(data)} phrases, {sum(len(p.plain) for p in data) / 12000:.1f} min", flush=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01)
    ema = torch.optim.swa_utils.get_ema_multi_avg_fn(0.998)
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=ema)
    began, step, sums = time.monotonic(), 0, np.zeros(2)
    while step < args.steps:
        for group in optimiser.param_groups:
            group["lr"] = args.rate * min(1.0, step / 100, 2.5 * (1 - step / args.steps))
        parts = losses(net, *cut_at_random(kept[0], random, _BATCH, _CUT))
        optimiser.zero_grad()
        sum(parts).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        average.update_parameters(net)
        step, sums = step + 1, 0.98 * sums + 0.02 * np.array([part.item() for part in parts])
        if step % 100 == 0 or step == args.steps:
            with torch.no_grad():
                tested = losses(average.module, *cut_at_random(kept[1], np.random.default_rng(1), 64, _CUT))
            seen = f"{sums.round(4)} held out {[round(part.item(), 4) for part in tested]}"
            print(f"{step} {time.monotonic() - began:.0f} s {seen}", flush=True)
            torch.save({"net": average.module.state_dict(), "scales": scales.state_dict(), "step": step}, args.out)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--said", type=Path, required=True, help="the folder that readers.py filled")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=5)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
