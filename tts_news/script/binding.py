"""Articles taken out of scripts and put into others: a bulletin keeps what of it has not changed, to the letter.

A saved script knows what was composed and what it has become; both are bound in the same way, so that what an editor
changed in it can still be told afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tts_news.patterns import lazy
from tts_news.records import (
    Article,
    Block,
    ChapterMark,
    Composed,
    Correction,
    Cue,
    Omission,
    Paragraph,
    Script,
    Source,
)
from tts_news.script.corrections import corrections_of, identity_of, is_untouched, own_script, remember
from tts_news.script.leaving_out import articles_of_cues
from tts_news.script.titles import opening_words

_LAST = frozenset({"closing", "disclosure"})
_BLOCK = lazy(r"a([1-9][0-9]{0,5})b")
_CONTENTS = lazy(r"contents([1-9][0-9]{0,5})")


def article_of(script: Script, number: int) -> tuple[Article, bool]:
    """Return the article that a script was composed of, and whether it is that very one.

    A script of release 0.1 does not hold its article, and an editor may have changed its blocks: what is returned then
    is made of its cues.

    Args:
        script: The script.
        number: Which of its articles, from 0.
    """
    source, prefix = script.sources[number], f"a{number + 1}b"
    blocks = tuple(block for name, block in script.blocks.items() if name.startswith(prefix))
    article = Article(
        source.title,
        blocks,
        source.categories,
        source.author,
        source.published,
        source.modified,
        source.url,
        source.site,
        script.language,
        source.dropped,
        identity=source.identity,
        missing=source.missing,
        dateline=source.dateline,
        rights=source.rights,
        urgency=source.urgency,
    )
    from tts_news.script import text_hash

    if text_hash(article) == source.text_hash:
        return article, True
    texts: dict[str, list[str]] = {}
    for cue, at in zip(script.cues, articles_of_cues(script.cues, _firsts(script)), strict=True):
        if at == number and cue.role not in {"headline", "byline"}:
            texts.setdefault(cue.block or cue.id, []).append(cue.written)
    return replace(article, blocks=tuple(Paragraph(" ".join(written)) for written in texts.values())), False


def with_article(script: Script, number: int, part: Script, of: int = 0) -> Script:
    """Return a script with one of its articles as it stands in another script.

    Args:
        script: The script; a bulletin, say.
        number: Which of its articles gives way, from 0.
        part: The script that has the article as it is to be.
        of: Which of that one's articles it is.
    """
    source = part.sources[of]
    blocks = {
        name: block for name, block in script.blocks.items() if not name.startswith(f"a{number + 1}b")
    } | _of_article(part.blocks, of, number)
    was = None
    if script.composed and part.composed:
        was = _exchanged(_composed_layer(script), number, _composed_layer(part), of, source)
    layer = _exchanged(_layer(script), number, _layer(part), of, source)
    sources = (*script.sources[:number], source, *script.sources[number + 1 :])
    kept = _kept_corrections(script, {number}) + _kept_corrections(part, set(range(len(part.sources))) - {of})
    return _bound(replace(script, sources=sources, blocks=_in_order(blocks)), layer, was, kept, script, part)


def without_article(script: Script, number: int) -> Script:
    """Return a script without one of its articles; there is another one.

    Args:
        script: The script.
        number: Which of its articles goes, from 0.
    """
    left = [at for at in range(len(script.sources)) if at != number]
    blocks: dict[str, Block] = {}
    for now, at in enumerate(left):
        blocks |= _of_article(script.blocks, at, now)
    was = _dropped(_composed_layer(script), number) if script.composed else None
    sources = tuple(script.sources[at] for at in left)
    bare = replace(script, sources=sources, blocks=blocks)
    return _bound(bare, _dropped(_layer(script), number), was, _kept_corrections(script, {number}), script)


# ── one state of a script ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Layer:
    """What of a script changes with its articles, in one of its states: as composed, or as an editor left it."""

    cues: tuple[Cue, ...]
    chapters: tuple[ChapterMark, ...]
    omissions: tuple[Omission, ...]
    firsts: tuple[str, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """The article of each cue, -1 for the edition's own lines."""
        return dict(zip((cue.id for cue in self.cues), articles_of_cues(self.cues, self.firsts), strict=True))


def _layer(script: Script) -> _Layer:
    return _Layer(script.cues, script.chapters, script.omissions, tuple(_firsts(script)))


def _composed_layer(script: Script) -> _Layer:
    own = own_script(script)
    return _layer(own or script)


def _firsts(script: Script) -> list[str]:
    return [source.first_cue for source in script.sources]


def _exchanged(layer: _Layer, number: int, part: _Layer, of: int, source: Source) -> _Layer:
    """Return a layer with the cues of an article from another layer in the place of its own."""
    numbers, others = layer.numbers, part.numbers
    new = [
        replace(cue, id=f"{number}.{cue.id}", block=_renamed(cue.block, of, number))
        for cue in part.cues
        if others[cue.id] == of
    ]
    old = [cue for cue in layer.cues if numbers[cue.id] == number]
    if new and number + 1 < len(layer.firsts):
        new[-1] = replace(new[-1], pause_s=max(new[-1].pause_s, _pause_after(layer, number, numbers)))
    cues: list[Cue] = []
    for cue in layer.cues:
        if numbers[cue.id] != number:
            cues.append(_announced(cue, number, new))
        elif old and cue.id == old[0].id:
            cues += new
    if not old:
        cues = _inserted(cues, numbers, number, new)
    chapters = [mark for mark in layer.chapters if numbers.get(mark.first_cue) != number]
    several = len(layer.firsts) > 1
    marks = [mark for mark in part.chapters if others.get(mark.first_cue) == of]
    if several:
        marks = _under_article(marks, source, new, chapters, alone=len(part.firsts) == 1)
    chapters += [replace(mark, first_cue=f"{number}.{mark.first_cue}") for mark in marks]
    omissions = [one for one in layer.omissions if one.article != number]
    omissions += [replace(one, article=number) for one in part.omissions if one.article == of]
    firsts = list(layer.firsts)
    firsts[number] = f"{number}.{part.firsts[of]}" if part.firsts[of] else ""
    return _Layer(tuple(cues), tuple(chapters), tuple(omissions), tuple(firsts))


def _pause_after(layer: _Layer, number: int, numbers: Mapping[str, int]) -> float:
    """Return the pause before the article that follows; where nothing is left of this one, that between others."""
    last = {numbers[cue.id]: cue.pause_s for cue in layer.cues}
    between = [pause_s for at, pause_s in last.items() if 0 <= at < len(layer.firsts) - 1]
    return last.get(number, max(between, default=0.0))


def _inserted(cues: list[Cue], numbers: Mapping[str, int], number: int, new: list[Cue]) -> list[Cue]:
    """Return cues with those of an article that had none: before the next article, or the edition's last words."""
    at = next((place for place, cue in enumerate(cues) if numbers[cue.id] > number), None)
    if at is None:
        at = 1 + max((place for place, cue in enumerate(cues) if cue.block not in _LAST), default=-1)
    return [*cues[:at], *new, *cues[at:]]


def _announced(cue: Cue, number: int, new: Sequence[Cue]) -> Cue:
    """Return a line of the contents that announces an article with the words of its headline."""
    head = next((one for one in new if one.role == "headline"), None)
    if head is None or cue.block != f"contents{number + 1}":
        return cue
    return replace(cue, written=head.written, spoken=head.spoken)


def _under_article(
    marks: Sequence[ChapterMark], source: Source, new: Sequence[Cue], others: Sequence[ChapterMark], *, alone: bool
) -> list[ChapterMark]:
    """Return an article's chapters as those of one of several: its own above them, told apart from the others'."""
    first = new[0].id.partition(".")[2] if new else ""
    inside = [replace(mark, level=1) for mark in marks if (mark.first_cue != first if alone else mark.level)]
    taken = {mark.title.partition(": ")[0] for mark in others}
    words = opening_words(source.title)
    named = [
        replace(mark, title=f"{mark.title}: {words}") if words and mark.title in taken else mark for mark in inside
    ]
    if not new:
        return named
    title = source.title.rstrip(" :،,؛.-–—") or (marks[0].title if marks else "")
    return [ChapterMark(title, first, 0, source.url), *named]


def _dropped(layer: _Layer, number: int) -> _Layer:
    """Return a layer without an article, those behind it numbered anew."""
    numbers = layer.numbers
    cues = [
        replace(cue, block=_moved_up(cue.block, number))
        for cue in layer.cues
        if numbers[cue.id] != number and cue.block != f"contents{number + 1}"
    ]
    omissions = [
        replace(one, article=one.article - (one.article > number)) for one in layer.omissions if one.article != number
    ]
    left = {cue.id for cue in cues}
    chapters = tuple(mark for mark in layer.chapters if mark.first_cue in left)
    return _Layer(tuple(cues), chapters, tuple(omissions), (*layer.firsts[:number], *layer.firsts[number + 1 :]))


def _moved_up(block: str, number: int) -> str:
    for pattern, form in ((_BLOCK, "a{}b"), (_CONTENTS, "contents{}")):
        match = pattern.match(block)
        if match and int(match[1]) > number + 1:
            return form.format(int(match[1]) - 1) + block[match.end() :]
    return block


def _renamed(block: str, old: int, new: int) -> str:
    prefix = f"a{old + 1}b"
    return f"a{new + 1}b{block.removeprefix(prefix)}" if block.startswith(prefix) else block


def _of_article(blocks: Mapping[str, Block], old: int, new: int) -> dict[str, Block]:
    return {_renamed(name, old, new): block for name, block in blocks.items() if name.startswith(f"a{old + 1}b")}


def _in_order(blocks: Mapping[str, Block]) -> dict[str, Block]:
    """Return blocks in the order of their articles; within one they stand as they stood."""

    def article(name: str) -> int:
        match = _BLOCK.match(name)
        return int(match[1]) if match else 0

    return {name: blocks[name] for name in sorted(blocks, key=article)}


# ── the whole again ──────────────────────────────────────────────────────────────────────────────────────────────


def _bound(
    script: Script, layer: _Layer, was: _Layer | None, corrections: Iterable[Correction], *parts: Script
) -> Script:
    """Return a script of its layers, cues numbered anew and the same in both."""
    names: dict[str, str] = {}
    for cue in (*(was.cues if was else ()), *layer.cues):
        names.setdefault(cue.id, f"c{len(names) + 1:04d}")
    layer = _numbered(layer, names)
    sources = tuple(replace(one, first_cue=first) for one, first in zip(script.sources, layer.firsts, strict=True))
    whole = replace(script, cues=layer.cues, chapters=layer.chapters, omissions=layer.omissions, sources=sources)
    if was is None:
        return replace(whole, composed=None)
    was = _numbered(was, names)
    rest = remember(whole).rest if all(map(is_untouched, parts)) else "changed"
    composed = Composed(was.cues, was.chapters, was.omissions, was.firsts, rest, tuple(corrections))
    return replace(whole, composed=composed)


def _numbered(layer: _Layer, names: Mapping[str, str]) -> _Layer:
    marks: dict[str, list[ChapterMark]] = {}
    for mark in layer.chapters:
        marks.setdefault(mark.first_cue, []).append(replace(mark, first_cue=names[mark.first_cue]))
    chapters = [mark for cue in layer.cues for mark in sorted(marks.get(cue.id, ()), key=lambda mark: mark.level)]
    starts = {mark.first_cue: number for number, mark in enumerate(chapters)}
    cues, at = [], 0
    for cue in layer.cues:
        at = starts.get(names[cue.id], at)
        cues.append(replace(cue, id=names[cue.id], chapter=at))
    firsts = tuple(names.get(first, "") for first in layer.firsts)
    return _Layer(tuple(cues), tuple(chapters), layer.omissions, firsts)


def _kept_corrections(script: Script, gone: set[int]) -> tuple[Correction, ...]:
    """Return the corrections that are in a script, without those of some of its articles."""
    if script.composed is None:
        return ()
    names = {who.text for at, source in enumerate(script.sources) if at in gone and (who := identity_of(source))}
    mine = corrections_of(script, script.composed.corrections)
    return tuple(correction for key, correction in mine.items() if key[0] not in names or key[1] == "edition")
