"""A script without some of its cues: what began with them begins with the next ones, and the ledger knows of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from tts_news.patterns import lazy
from tts_news.records import ChapterMark, Cue, Omission, Script
from tts_news.script.titles import opening_words

_ARTICLE = lazy(r"a([1-9][0-9]{0,5})b")
_NUMBER = lazy(r"^[0-9]{1,6}\. ")
_OWN = lazy(r"opening|contents[0-9]*|closing|disclosure")


def leave_out(script: Script, names: Collection[str], reason: str) -> Script:
    """Return a script without these cues: they stand among the omissions, chapters begin with what comes next.

    The pause at a paragraph's end stays when its last sentence goes.
    """
    names = set(names)
    firsts = [source.first_cue for source in script.sources]
    numbers = articles_of_cues(script.cues, firsts)
    gone = [(cue, number) for cue, number in zip(script.cues, numbers, strict=True) if cue.id in names]
    if not gone:
        return script
    kept: list[Cue] = []
    for cue in script.cues:
        if cue.id not in names:
            kept.append(cue)
        elif kept and kept[-1].block == cue.block:
            kept[-1] = replace(kept[-1], pause_s=max(kept[-1].pause_s, cue.pause_s))
    heirs = heirs_of(script.cues, firsts, {cue.id for cue in kept})
    chapters = move_chapters(script.chapters, heirs, kept)
    return replace(
        script,
        cues=_in_chapters(kept, chapters),
        chapters=chapters,
        omissions=(*script.omissions, *(Omission(cue.written, reason, article=max(at, 0)) for cue, at in gone)),
        sources=tuple(
            replace(source, first_cue=heirs.get(source.first_cue, source.first_cue)) for source in script.sources
        ),
    )


def articles_of_cues(cues: Sequence[Cue], first_cues: Sequence[str]) -> list[int]:
    """Return for each cue the number of its article, -1 for the edition's own lines.

    A cue's block says it; one that an editor added without a block belongs to the article it stands in.
    """
    firsts = {first: number for number, first in enumerate(first_cues) if first}
    at, found = -1, []
    for cue in cues:
        at = firsts.get(cue.id, at)
        match = _ARTICLE.match(cue.block)
        if match and int(match[1]) <= len(first_cues):
            at = int(match[1]) - 1
            found.append(at)
        else:
            found.append(-1 if _OWN.fullmatch(cue.block) else at)
    return found


def heirs_of(cues: Sequence[Cue], first_cues: Sequence[str], kept: Collection[str]) -> dict[str, str]:
    """Return for each cue that is no longer there the next one of its article that is, "" when there is none."""
    next_of: dict[int, str] = {}
    heirs: dict[str, str] = {}
    for cue, number in reversed(list(zip(cues, articles_of_cues(cues, first_cues), strict=True))):
        if cue.id in kept:
            next_of[number] = cue.id
        else:
            heirs[cue.id] = next_of.get(number, "")
    return heirs


def move_chapters(
    chapters: Iterable[ChapterMark], heirs: Mapping[str, str], cues: Iterable[Cue]
) -> tuple[ChapterMark, ...]:
    """Return chapters whose first cues are gone at the next ones; of two alike that begin together the later stays.

    Args:
        chapters: Some may begin with cues that are gone.
        heirs: See `heirs_of`.
        cues: Those that are there. A chapter called by its first words is called by the first of these: what an editor
            left out stands in no list of chapters.
    """
    texts = {cue.id: cue.written for cue in cues}

    def moved_up(mark: ChapterMark) -> ChapterMark:
        heir = heirs.get(mark.first_cue, mark.first_cue)
        if heir in {mark.first_cue, ""} or mark.kind not in {"part", "item"}:
            return replace(mark, first_cue=heir)
        return replace(mark, first_cue=heir, title=opening_words(_NUMBER.sub("", texts[heir])))

    moved = [moved_up(mark) for mark in chapters]
    latest = {(mark.first_cue, mark.level, mark.kind): mark for mark in moved if mark.first_cue}
    return tuple(mark for mark in moved if latest.get((mark.first_cue, mark.level, mark.kind)) is mark)


def _in_chapters(cues: Iterable[Cue], chapters: Sequence[ChapterMark]) -> tuple[Cue, ...]:
    """Return the cues with the number of the chapter each is in."""
    starts = {mark.first_cue: number for number, mark in enumerate(chapters)}
    at, found = 0, []
    for cue in cues:
        at = starts.get(cue.id, at)
        found.append(replace(cue, chapter=at))
    return tuple(found)
