"""A voice for tests: every text has its own pitch, so a swapped, doubled or lost cue is found in the sound."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tts_news.records import ChapterMark, Cue, Script, Source, Take, WordTime

if TYPE_CHECKING:
    from collections.abc import Iterator


def pitch_hz(text: str) -> float:
    """A pitch between 200 and 1,200 Hz that belongs to the text."""
    return 200.0 + int.from_bytes(hashlib.sha256(text.encode()).digest()[:2], "big") % 1000


def speak(text: str, rate_hz: int, seconds: float, level: float = 0.2, silence_s: float = 0.1) -> Take:
    """A syllabic tone with silence around it."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)
    # A voice does not start at once; where one does, the master's own fades are tested.
    ramp = np.clip(np.minimum(time, time[::-1]) / 0.02, 0, 1) if silence_s else 1.0
    tone = level * swell * ramp * np.sin(2 * np.pi * pitch_hz(text) * time)
    quiet = np.zeros(round(silence_s * rate_hz))
    samples = np.concatenate([quiet, tone, quiet]).astype(np.float32)
    spoken = text.split()
    each = seconds / len(spoken)
    words = tuple(
        WordTime(word, silence_s + number * each, silence_s + (number + 1) * each) for number, word in enumerate(spoken)
    )
    return Take(samples, rate_hz, words)


@dataclass(frozen=True)
class ToneTakes:
    """Takes of a script, made anew on every pass as a cache would hand them out."""

    script: Script
    rate_hz: int = 24_000
    seconds: float = 4.0
    levels: tuple[tuple[str, float], ...] = ()
    missing: frozenset[str] = frozenset()
    silence_s: float = 0.1

    def __iter__(self) -> Iterator[tuple[Cue, Take]]:
        levels = dict(self.levels)
        for cue in self.script.cues:
            if cue.id not in self.missing:
                seconds = self.seconds * (0.5 if cue.role == "list_title" else 1.0)
                yield cue, speak(cue.spoken, self.rate_hz, seconds, levels.get(cue.voice, 0.2), self.silence_s)

    def __len__(self) -> int:
        return len(self.script.cues) - len(self.missing)


_PAUSES = {"headline": 1.0, "list_title": 0.5, "closing": 0.8}


def article_script(articles: int = 1, sections: int = 4, cues: int = 3, voice: str = "tone") -> Script:
    """A script in the shape the script room makes: headline and intro, then sections; several articles nest them."""
    made: list[Cue] = []
    marks: list[ChapterMark] = []
    sources: list[Source] = []
    several = articles > 1

    def add(role: str, text: str, mark: int) -> None:
        number = len(made)
        made.append(
            Cue(
                id=f"c{number:04d}",
                role=role,
                written=text,
                spoken=text,
                pause_s=_PAUSES.get(role, 0.35),
                voice=voice,
                chapter=mark,
            )
        )

    for article in range(articles):
        first = f"c{len(made):04d}"
        title = f"عنوان الخبر رقم {article + 1}"
        marks.append(ChapterMark(title, first, 0, f"https://example.org/{article}"))
        sources.append(Source(title, f"{article:064d}", first))
        add("headline", title, len(marks) - 1)
        add("intro", f"مقدمة الخبر {article + 1}", len(marks) - 1)
        for section in range(sections):
            marks.append(ChapterMark(f"القسم {section + 1} من الخبر {article + 1}", f"c{len(made):04d}", int(several)))
            add("list_title", f"القسم {section + 1} من {article + 1}", len(marks) - 1)
            for number in range(cues):
                add("paragraph", f"جملة {number} في القسم {section} من الخبر {article}", len(marks) - 1)
    return Script("نشرة التجربة", tuple(made), tuple(marks), sources=tuple(sources))
