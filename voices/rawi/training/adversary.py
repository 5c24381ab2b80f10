"""Train the last layers of the house voice anew, against an adversary that knows how natural detail moves.

    python adversary.py --said said --out model.onnx

The student learned means, so its parameters glide. Here its last block and its output go on learning with another aim: a
small net that has heard a natural reader say the same phrases in the same time must not tell the movement of one from that
of the other, while what is slower than a sound stays as it was. Whatever came out would cost nothing at run time.
Source: X. Mao et al., Least squares generative adversarial networks, ICCV 2017; feature matching as in K. Kumar et al.,
MelGAN, NeurIPS 2019.
"""

from __future__ import annotations

import argparse
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from network import OUTPUTS, FrameBlock
from onnx import numpy_helper
from pairs import HOUSE, ORDER, cut_at_random, pairs
from torch import nn
from train import phrase_of

from tts_news.speak.catalogue import CARD, built_in, load
from tts_news.speak.traits import frame_rows, phone_rows

MODEL = built_in() / "rawi" / "model.onnx"
_HIDDEN = "/student/frame_blocks.2/Add_output_0"
_MIX, _OUT = "/student/frame_blocks.3/mix/MatMul", "/student/out/out.1/MatMul"
_WIDTH = 320
_SLOW = 15
"""Frames of the bell below which nothing moves: 150 ms from end to end."""
_CUT, _BATCH = 150, 8
_MATCH, _HOLD = 2.0, 4.0


class Head(nn.Module):
    """The student's last block and its output, with the weights that are shipped."""

    def __init__(self, model: onnx.ModelProto, contrast: float) -> None:
        super().__init__()
        self.block = FrameBlock(_WIDTH)
        self.out = nn.Sequential(nn.LayerNorm(_WIDTH), nn.Linear(_WIDTH, OUTPUTS))
        found = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in model.graph.initializer}
        weights = places_of(model)
        for name, row in self.named_parameters():
            value = found[weights[name]]
            row.data.copy_((value.T if weights[name].startswith("onnx::") else value).reshape(row.shape))
        bent = torch.from_numpy(np.where(np.arange(ORDER) < 2, 1.0, contrast).astype(np.float32))
        self.scale = found["deviation"][:ORDER] * bent
        self.mean = found["mean_over_reference"][:ORDER] * bent
        self.axis = torch.from_numpy(HOUSE.astype(np.float32))

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        """Hidden frames, shape (batch, frames, 320), to the mel-cepstrum on our axis, shape (batch, frames, ORDER)."""
        rows = self.out(self.block(hidden, None))[..., :ORDER]
        return (rows * self.scale + self.mean) @ self.axis


def places_of(model: onnx.ModelProto) -> dict[str, str]:
    """Name in the graph of each parameter of the head."""
    weights = {node.name: node.input[1] for node in model.graph.node if node.op_type == "MatMul"}
    names = {f"block.{part}": f"student.frame_blocks.3.{part}" for part in (
        "norm.weight", "norm.bias", "near.weight", "near.bias", "mix.bias"
    )}  # fmt: skip
    names |= {f"out.{part}": f"student.out.{part}" for part in ("0.weight", "0.bias", "1.bias")}
    return names | {"block.mix.weight": weights[_MIX], "out.1.weight": weights[_OUT]}


class Adversary(nn.Module):
    """Judges how frames move, knowing what the house voice meant by them."""

    def __init__(self) -> None:
        super().__init__()
        widths = (2 * ORDER, 96, 96, 96)
        self.layers = nn.ModuleList(
            nn.Conv1d(a, b, 5, padding=2 * 2**i, dilation=2**i) for i, (a, b) in enumerate(pairwise(widths))
        )
        self.last = nn.Conv1d(widths[-1], 1, 3, padding=1)

    def forward(self, moved: torch.Tensor, meant: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """A verdict for each frame, 1 for spoken, and what led to it."""
        x, seen = torch.cat([moved, meant], dim=2).transpose(1, 2), []
        for layer in self.layers:
            x = nn.functional.leaky_relu(layer(x), 0.2)
            seen.append(x)
        return self.last(x), seen


def slow(rows: torch.Tensor) -> torch.Tensor:
    """What is slower than a sound, shape as given."""
    bell = torch.hann_window(_SLOW + 2, periodic=False)[1:-1]
    bell = (bell / bell.sum()).expand(rows.shape[2], 1, -1)
    padded = nn.functional.pad(rows.transpose(1, 2), (_SLOW // 2, _SLOW // 2), mode="replicate")
    return nn.functional.conv1d(padded, bell, groups=rows.shape[2]).transpose(1, 2)


def material(folder: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """Hidden frames of the student in the reader's time, and the reader's mel-cepstrum, every 10 ms."""
    model = onnx.load(MODEL)
    model.graph.output.append(onnx.helper.make_empty_tensor_value_info(_HIDDEN))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    one = {name: np.array(1, np.float32) for name in ("speed", "pitch", "pitch_range")}
    found = []
    for path, pair in zip(sorted(folder.glob("[0-9]*.npz")), pairs(folder), strict=True):
        with np.load(path) as data:
            phrase = phrase_of(str(data["phones"]), str(data["tune"]), int(data["place"]))
            frames = np.maximum(np.diff(np.rint(data["ends_s"] * 100), prepend=0), 1).astype(np.int64)
        rows, (at, places) = phone_rows(phrase), frame_rows(frames)
        feeds = {"phones": rows.phones, "traits": rows.traits, "at": at, "places": places, **one}
        hidden = session.run([_HIDDEN], feeds)[0][0][frames[0] :]
        spoken = pair.spoken[::2]
        count = min(len(hidden), len(spoken))
        found.append((hidden[:count], spoken[:count]))
    return found


def train(args: argparse.Namespace) -> None:
    """Train and write the model with the head it came to."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    model, random = onnx.load(MODEL), np.random.default_rng(args.seed)
    contrast = float(load(built_in() / "rawi" / CARD).options["contrast"])
    head, shipped, adversary = Head(model, contrast), Head(model, contrast), Adversary()
    rows = [row for row in material(args.said) if len(row[0]) > _CUT]
    deviation = torch.from_numpy(np.concatenate([spoken for _, spoken in rows]).std(0))
    learn = torch.optim.Adam(head.parameters(), lr=args.rate, betas=(0.5, 0.9))
    judge = torch.optim.Adam(adversary.parameters(), lr=2 * args.rate, betas=(0.5, 0.9))
    began, seen = time.monotonic(), np.zeros(4)
    for step in range(1, args.steps + 1):
        hidden, spoken = cut_at_random(rows, random, _BATCH, _CUT)
        with torch.no_grad():
            meant = shipped(hidden)
            shown = (meant - meant.mean((0, 1))) / deviation
        said = head(hidden)
        true, false = ((x - slow(x)) / deviation for x in (spoken, said))
        verdict = [adversary(x, shown)[0] for x in (true, false.detach())]
        against = ((verdict[0] - 1) ** 2).mean() + (verdict[1] ** 2).mean()
        judge.zero_grad()
        against.backward()
        judge.step()
        (judged, ours), (_, theirs) = adversary(false, shown), adversary(true, shown)
        fooled = ((judged - 1) ** 2).mean()
        match = sum((a.mean((0, 2)) - b.mean((0, 2))).abs().mean() for a, b in zip(ours, theirs, strict=True))
        held = ((slow(said) - slow(meant)) / deviation).abs().mean()
        learn.zero_grad()
        (fooled + _MATCH * match + _HOLD * held).backward()
        learn.step()
        seen = 0.98 * seen + 0.02 * np.array([x.item() for x in (against, fooled, match, held)])
        if step % 100 == 0:
            swing = [x.std().item() for x in (true, false, (meant - slow(meant)) / deviation)]
            print(f"{step} {time.monotonic() - began:.0f} s {seen.round(3)} swing {np.round(swing, 3)}", flush=True)
        if step % 1000 == 0:
            write(model, head, args.out.with_stem(f"{args.out.stem}-{step}"))
    write(model, head, args.out)


def write(model: onnx.ModelProto, head: Head, target: Path) -> None:
    """The shipped model with this head."""
    names, learned = places_of(model), dict(head.named_parameters())
    mine = {names[name]: row.detach().numpy() for name, row in learned.items()}
    out = onnx.ModelProto()
    out.CopyFrom(model)
    for one in out.graph.initializer:
        if one.name in mine:
            value = mine[one.name].T if one.name.startswith("onnx::") else mine[one.name]
            shape = tuple(one.dims)
            one.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value).reshape(shape), one.name))
    onnx.save(out, target)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--said", type=Path, required=True, help="the folder that readers.py filled")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=5)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
