"""The student: phones in, durations and spectral frames out."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from tts_news.speak.phonemes.inventory import PHONES
from tts_news.speak.traits import FRAME_TRAITS, PHONE_TRAITS

OUTPUTS = 37
_PHONE_WIDTH = 224
_FRAME_WIDTH = 320


def mask_of(lengths: Sequence[int], longest: int) -> torch.Tensor:
    """1 where a row has content: float32, shape (rows, longest, 1)."""
    return (torch.arange(longest)[None] < torch.tensor(lengths)[:, None]).float()[..., None]


class PhoneBlock(nn.Module):
    """Five phones seen at once, added to what was known."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Conv1d(width, width, 5, padding=2)
        self.out = nn.Linear(width, width)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Shape (batch, phones, width) in and out."""
        y = self.norm(x) if mask is None else self.norm(x) * mask
        y = self.mix(y.transpose(1, 2)).transpose(1, 2)
        return x + self.out(torch.relu(y))


class FrameBlock(nn.Module):
    """Seven frames seen channel by channel, then mixed across channels."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        # Flat in two dimensions: torch turns these tensors over for a Conv1d, which takes four times as long.
        self.near = nn.Conv2d(width, width, (1, 7), padding=(0, 3), groups=width)
        self.mix = nn.Linear(width, width)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Shape (batch, frames, width) in and out."""
        y = self.norm(x) if mask is None else self.norm(x) * mask
        y = self.near(y.transpose(1, 2)[:, :, None])[:, :, 0].transpose(1, 2)
        return x + self.mix(torch.relu(y))


class Student(nn.Module):
    """Phone encoder, duration head and frame decoder. Everything is local: a long phrase cannot drift."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(len(PHONES), _PHONE_WIDTH)
        self.tell = nn.Linear(PHONE_TRAITS, _PHONE_WIDTH)
        self.phone_blocks = nn.ModuleList(PhoneBlock(_PHONE_WIDTH) for _ in range(4))
        self.length = nn.Sequential(
            nn.LayerNorm(_PHONE_WIDTH), nn.Linear(_PHONE_WIDTH, 128), nn.ReLU(), nn.Linear(128, 1)
        )
        self.spread = nn.Sequential(nn.LayerNorm(_PHONE_WIDTH), nn.Linear(_PHONE_WIDTH, 2 * _FRAME_WIDTH))
        self.place = nn.Linear(FRAME_TRAITS, _FRAME_WIDTH)
        self.frame_blocks = nn.ModuleList(FrameBlock(_FRAME_WIDTH) for _ in range(4))
        self.out = nn.Sequential(nn.LayerNorm(_FRAME_WIDTH), nn.Linear(_FRAME_WIDTH, OUTPUTS))

    def forward(
        self,
        phones: torch.Tensor,
        traits: torch.Tensor,
        at: torch.Tensor,
        places: torch.Tensor,
        phone_mask: torch.Tensor | None = None,
        frame_mask: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Log frames of each phone, shape (batch, phones), and frames, shape (batch, frames, 37), as `Scale` has them."""
        x = self.embed(phones) + self.tell(traits)
        for block in self.phone_blocks:
            x = block(x, phone_mask)
        log_frames = self.length(x)[..., 0]
        wide = self.spread(x)
        index = at[..., None].expand(-1, -1, wide.shape[-1])
        steady, moving = torch.gather(wide, 1, index).chunk(2, dim=-1)
        y = steady + moving * torch.relu(self.place(places))
        for frame_block in self.frame_blocks:
            y = frame_block(y, frame_mask)
        return log_frames, self.out(y)
