"""The bed: music under opening and headlines that steps back while someone speaks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tts_news.master.layout import Layout
    from tts_news.records import Role

Samples = npt.NDArray[np.float32]

ROLES: frozenset[Role] = frozenset({"opening", "headline"})
OPEN = 10 ** (-9 / 20)
"""Level in the gaps, against the loudness of the speech."""
DUCKED = 10 ** (-20 / 20)
"""Level under speech. 20 LU down: WCAG 2.2, 1.4.7 asks for background at least 20 dB under speech."""
_FADE_S = 0.3
_SHORT_GAP_S = 0.7
"""In a gap shorter than this the bed stays down: coming up only to go down again is restless."""
_CLEAR_S = 0.12
"""Kept free of music before the next cue: a tenth of a second before the chapter that may start there."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A stretch of the file that has the bed; its level is straight lines through `points` (samples) and `levels`."""

    start: int
    end: int
    points: npt.NDArray[np.float64]
    levels: npt.NDArray[np.float64]


def stretches(layout: Layout, roles: Sequence[Role]) -> tuple[Stretch, ...]:
    """Return where the bed plays: under each run of headline cues and the pause after it, never across a chapter start.

    Args:
        layout: Where the cues are.
        roles: Their roles, in order.
    """
    found: list[Stretch] = []
    run: list[int] = []
    opening = {start for _, start in layout.chapters}
    fade = round(_FADE_S * layout.rate_hz)
    for number, role in enumerate(roles):
        start = layout.starts[number]
        starts_chapter = any(start - fade < place <= start for place in opening)
        if run and (role not in ROLES or starts_chapter):
            found.append(_stretch(layout, run, start))
            run = []
        if role in ROLES:
            run.append(number)
    if run:
        found.append(_stretch(layout, run, layout.total))
    return tuple(found)


def _stretch(layout: Layout, run: Sequence[int], following: int) -> Stretch:
    """Return the stretch of one run of cues that ends before sample `following` and before the next jingle."""
    rate = layout.rate_hz
    fade, clear = round(_FADE_S * rate), round(_CLEAR_S * rate)
    last = layout.starts[run[-1]] + layout.lengths[run[-1]]
    jingles = [jingle.start for jingle in layout.jingles if jingle.start >= last]
    start = layout.starts[run[0]]
    end = max(last, min([following, *jingles]) - clear)
    points, levels = [start, start + fade], [0.0, DUCKED]
    for here, after in pairwise(run):
        silent, speaks = layout.starts[here] + layout.lengths[here], layout.starts[after]
        if speaks - silent >= _SHORT_GAP_S * rate:
            points += [silent, silent + fade, speaks - fade, speaks]
            levels += [DUCKED, OPEN, OPEN, DUCKED]
    if end - last >= 2 * fade:
        points += [last, last + fade, end - fade, end]
        levels += [DUCKED, OPEN, OPEN, 0.0]
    else:
        points += [max(points[-1], last - fade), end]
        levels += [DUCKED, 0.0]
    return Stretch(start, end, np.array(points, np.float64), np.array(levels, np.float64))


def mix_bed(pieces: Iterator[Samples], bed: Samples, plan: Sequence[Stretch]) -> Iterator[Samples]:
    """Yield the same pieces with the bed added where the plan has it; it starts anew in every stretch."""
    now = 0
    waiting = list(plan)
    for piece in pieces:
        mixed = piece
        end = now + len(piece)
        while waiting and waiting[0].end <= now:
            waiting.pop(0)
        for stretch in waiting:
            if stretch.start >= end:
                break
            places = np.arange(max(now, stretch.start), min(end, stretch.end))
            level = np.interp(places, stretch.points, stretch.levels).astype(np.float32)
            mixed = mixed.copy() if mixed is piece else mixed
            mixed[places - now] += bed[(places - stretch.start) % len(bed)] * level
        yield mixed
        now = end
