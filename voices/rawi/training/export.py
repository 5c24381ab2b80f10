"""Write a checkpoint as `model.onnx`, with its scale, gains and phone list inside."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from network import OUTPUTS, Student
from onnx import numpy_helper
from torch import nn
from train import ORDER, Sample, Scale, collate, load_shard

from tts_news.speak.phonemes.inventory import PHONES
from tts_news.speak.traits import FRAME_TRAITS, PAUSE_TRAIT, PHONE_TRAITS, VOWEL_TRAIT

ALPHA = 0.55
ANALYSIS_HZ = 48_000
REFERENCE_HZ = 120.0  # log F0 is given over it
_TINY = 1e-6  # what there is none of (no vowel, no frame) must not divide by zero


class Voice(nn.Module):
    """The student with its outputs in their own units, for one phrase, said as fast, high and lively as asked."""

    def __init__(self, student: Student, scale: Scale, gain: np.ndarray) -> None:
        super().__init__()
        self.student = student
        mean = scale.mean.astype(np.float64)
        mean[ORDER] -= np.log(REFERENCE_HZ)
        self.register_buffer("mean_over_reference", torch.from_numpy(mean.astype(np.float32)))
        self.register_buffer("deviation", torch.from_numpy(scale.deviation * gain))

    def forward(
        self,
        phones: torch.Tensor,
        traits: torch.Tensor,
        at: torch.Tensor,
        places: torch.Tensor,
        speed: torch.Tensor,
        pitch: torch.Tensor,
        pitch_range: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Frames of each phone at the model's own pace, how much longer each is to be said, both of shape (phones,), and
        the frames of the sound at the model's own pace, shape (frames, 37).
        """
        log_frames, out = self.student(phones[None], traits[None], at[None], places[None])
        rows = out[0] * self.deviation + self.mean_over_reference
        # F0 swings about its middle over what is spoken.
        spoken = 1 - traits[at, PAUSE_TRAIT]
        # Over a reference and in float64: a rounding error of F0 would add up in the pulses' places.
        log_f0, spoken = rows[:, ORDER].double(), spoken.double()
        middle = (log_f0 * spoken).sum() / (spoken.sum() + _TINY)
        bent = (middle + (log_f0 - middle) * pitch_range.double() + torch.log(pitch.double())).float()
        rows = torch.cat([rows[:, :ORDER], bent[:, None], rows[:, ORDER + 1 :]], dim=1)
        # Whole frames first: what follows from them is then the same whatever rounds otherwise in the network.
        ends = torch.round(torch.cumsum(torch.exp(log_frames[0].double()), 0))
        lengths = torch.clamp(ends - torch.cat([torch.zeros_like(ends[:1]), ends[:-1]]), min=1.0)
        return lengths.long(), stretched(lengths, traits.double(), speed.double()), rows


def stretched(frames: torch.Tensor, traits: torch.Tensor, speed: torch.Tensor) -> torch.Tensor:
    """How much longer each phone becomes.

    The sum is 1 / speed; vowels give more than consonants, which carry the words.
    """
    vowel, pause = traits[:, VOWEL_TRAIT], traits[:, PAUSE_TRAIT]
    firm, soft = (frames * (1 - vowel - pause)).sum(), (frames * vowel).sum()
    steady = speed**-0.75
    give = torch.maximum(((firm + soft) / speed - firm * steady) / (soft + _TINY), 0.3 / speed)
    return pause / speed + vowel * give + (1 - vowel - pause) * steady


@torch.no_grad()
def gains(student: Student, samples: list[Sample], scale: Scale) -> np.ndarray:
    """How much more the teacher's parameters move than the student's, for each: learning by means flattens them."""
    theirs, ours = np.zeros(OUTPUTS), np.zeros(OUTPUTS)
    for sample in samples:
        batch = collate([sample], scale)
        _, out = student(batch.phones, batch.traits, batch.at, batch.places)
        theirs += batch.targets[0].numpy().var(0)
        ours += out[0].numpy().var(0)
    gain = np.sqrt(theirs / ours)
    # c0 is loudness and the last is the voicing decision: neither wants more contrast than the student gives it.
    gain[[0, OUTPUTS - 1]] = 1.0
    return np.clip(gain, 1.0, 1.5).astype(np.float32)


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    state = torch.load(args.data / "checkpoint.pt", weights_only=False)
    student = Student()
    student.load_state_dict({k.removeprefix("module."): v for k, v in state["average"].items() if k != "n_averaged"})
    student.eval()
    scale: Scale = state["scale"]
    shards = sorted(args.data.glob("[0-9]*.npz"))
    held = [*list(load_shard(shards[0]))[7::97], *list(load_shard(shards[-1]))[7::20]]
    gain = gains(student, held, scale)
    voice = Voice(student, scale, gain).eval()
    inputs = (
        torch.zeros(9, dtype=torch.int64),
        torch.zeros(9, PHONE_TRAITS),
        torch.zeros(31, dtype=torch.int64),
        torch.zeros(31, FRAME_TRAITS),
        torch.ones(()),
        torch.ones(()),
        torch.ones(()),
    )
    torch.onnx.export(
        voice,
        inputs,
        args.out,
        input_names=["phones", "traits", "at", "places", "speed", "pitch", "pitch_range"],
        output_names=["lengths", "stretch", "frames"],
        dynamic_axes={
            "phones": {0: "phone"}, "traits": {0: "phone"}, "at": {0: "frame"}, "places": {0: "frame"},
            "lengths": {0: "phone"}, "stretch": {0: "phone"}, "frames": {0: "frame"},
        },
        opset_version=17,
        dynamo=False,
    )  # fmt: skip
    finish(args.out, int(state["step"]))
    print(
        f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB, step {state['step']}, gains {np.round(gain, 2).tolist()}"
    )


def finish(path: Path, step: int) -> None:
    """Add what the engine must know, and check that the file is whole."""
    model = onnx.load(path)
    facts = {
        "phones": json.dumps(PHONES), "order": str(ORDER), "alpha": str(ALPHA), "analysis_hz": str(ANALYSIS_HZ),
        "reference_hz": str(REFERENCE_HZ),
        "step": str(step),
    }  # fmt: skip
    for key, value in facts.items():
        model.metadata_props.add(key=key, value=value)
    weights = sum(numpy_helper.to_array(x).size for x in model.graph.initializer)
    print(f"{weights / 1e6:.2f} M weights")
    onnx.checker.check_model(model)
    onnx.save(model, path)


if __name__ == "__main__":
    main()
