"""Where everything goes: cue by cue, pause by pause, to the sample."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from tts_news.errors import MasterError
from tts_news.master.chaptering import choose_chapters
from tts_news.master.settings import Fineness
from tts_news.records import ChapterMark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tts_news.records import Cue, Script

ONSET_S = 0.02
"""A cue that opens a chapter sounds this long after the chapter's whole second: near enough to be the chapter's
start (50 ms are allowed), far enough that a player which seeks a little late does not cut the first sound."""
_CHAPTER_PAUSE_S = 0.15
"""Least silence before a chapter, so that it starts in one even where the script asks for no pause."""
_TAIL_S = 0.4
"""Silence after the last sound, so that no player swallows the end of the last word."""
_GAP_S = 0.25
"""Silence between a jingle and speech."""


@dataclass(frozen=True, slots=True)
class Jingle:
    """A piece of show sound at its place in the file."""

    name: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The plan of the finished file; all positions in samples.

    Attributes:
        rate_hz: Rate of the finished file.
        starts: First sample of each clip, in cue order.
        lengths: Length of each clip.
        jingles: Intro, separators and outro, in order of time.
        chapters: Marks that made it into the file with their first sample, in order of time.
        total: Length of the file.
    """

    rate_hz: int
    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    jingles: tuple[Jingle, ...]
    chapters: tuple[tuple[ChapterMark, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A cue and its clip, in samples of the finished file: its length, and how much of it is silence at both ends."""

    cue: Cue
    length: int
    lead: int = 0
    tail: int = 0


def plan(
    script: Script,
    spoken: Sequence[Spoken],
    sound: Mapping[str, int],
    rate_hz: int,
    min_chapter_s: float,
    fineness: Fineness = "sections",
) -> Layout:
    """Return the layout.

    Args:
        script: Gives chapter marks and where articles start.
        spoken: The cues that have sound, in order.
        sound: Lengths in samples of the show sound there is: any of "intro", "separator", "outro".
        rate_hz: Rate of the finished file.
        min_chapter_s: A chapter that would be shorter joins the one before it, unless it begins with a heading.
        fineness: Which marks become chapters, see `choose_chapters`.
    """
    kept = choose_chapters(_marks(script, spoken), _begins_s(spoken, rate_hz), fineness, min_chapter_s)
    openings = _article_openings(script, spoken)
    starts: list[int] = []
    jingles: list[Jingle] = []
    chapters: list[tuple[ChapterMark, int]] = []
    now = 0
    if "intro" in sound:
        jingles.append(Jingle("intro", 0, sound["intro"]))
        now = sound["intro"] + round(_GAP_S * rate_hz)
    pause = 0
    for number, piece in enumerate(spoken):
        if number in openings and "separator" in sound:
            now += max(pause // 2, round(_GAP_S * rate_hz))
            jingles.append(Jingle("separator", now, sound["separator"]))
            now += sound["separator"]
            pause = max(pause // 2, round(_GAP_S * rate_hz))
        # The silence that came with the clips counts: what is heard between two cues is the pause the script asks for.
        start = now + max(0, pause - piece.lead)
        if number in kept:
            start = max(start, now + round(_CHAPTER_PAUSE_S * rate_hz) if number else 0)
            second = ceil(start / rate_hz) if number else 0
            # The first chapter is the file's start, whatever the intro; later ones are whole seconds inside the pause.
            start = max(start, second * rate_hz + round(ONSET_S * rate_hz))
            chapters.append((kept[number], second * rate_hz))
        starts.append(start)
        now = start + piece.length
        pause = max(0, round(piece.cue.pause_s * rate_hz) - piece.tail)
    if "outro" in sound:
        now += max(pause, round(_GAP_S * rate_hz))
        jingles.append(Jingle("outro", now, sound["outro"]))
        now += sound["outro"]
    total = now + round(_TAIL_S * rate_hz)
    return Layout(rate_hz, tuple(starts), tuple(p.length for p in spoken), tuple(jingles), tuple(chapters), total)


def _marks(script: Script, spoken: Sequence[Spoken]) -> list[tuple[int, ChapterMark]]:
    """Return the chapter marks with the number of the cue they start at, in order; the first cue always has one.

    A mark whose first cue has no sound moves to the next cue that has. Of two marks on one cue the first stands: it is
    the article's own, and a section without a sound of its own has nothing to jump to.
    """
    sounding, places = _sounding(script, spoken), _places(script)
    placed = ((bisect_left(sounding, places[mark.first_cue]), mark) for mark in script.chapters)
    marks = sorted(((at, mark) for at, mark in placed if at < len(sounding)), key=lambda placed: placed[0])
    if not marks:
        return [(0, ChapterMark(script.title, spoken[0].cue.id))]
    first = marks[0][0]
    return [(0 if at == first else at, mark) for at, mark in marks]


def _begins_s(spoken: Sequence[Spoken], rate_hz: int) -> list[float]:
    """Return about when each cue begins, before jingles and chapters move it, and last when everything ends."""
    lengths = (piece.length / rate_hz + piece.cue.pause_s for piece in spoken)
    return list(accumulate(lengths, initial=0.0))


def _article_openings(script: Script, spoken: Sequence[Spoken]) -> set[int]:
    """Return the numbers of the cues at which a second or later article starts."""
    sounding, places = _sounding(script, spoken), _places(script)
    # An article of which nothing could be said has no first cue.
    firsts = [source.first_cue for source in script.sources[1:] if source.first_cue]
    return {at for at in (bisect_left(sounding, places[cue]) for cue in firsts) if 0 < at < len(sounding)}


def _sounding(script: Script, spoken: Sequence[Spoken]) -> list[int]:
    """Return the place in the script of each cue that has sound."""
    places = _places(script)
    return [places[piece.cue.id] for piece in spoken]


def _places(script: Script) -> dict[str, int]:
    """Return the place in the script of each cue.

    Raises:
        MasterError: A chapter or article starts at a cue that is not there: someone has edited the script by hand.
    """
    places = {cue.id: place for place, cue in enumerate(script.cues)}
    wanted = [*(mark.first_cue for mark in script.chapters), *(source.first_cue for source in script.sources)]
    for cue_id in wanted:
        if cue_id and cue_id not in places:
            raise MasterError(
                f"the script names a chapter or article that starts at cue {cue_id!r}, which it does not have",
                hint="mend the script file: `first_cue` must be the id of one of its cues",
            )
    return places
