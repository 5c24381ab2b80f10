"""What editors changed, applied to a script whenever its articles are read again, and found in one they mended.

A correction belongs to a sentence as it is written. Where the sentence stands, its sound is the editor's; where it has
changed, the correction is given back as no longer fitting, with the sentence that is most like it. None is dropped.
"""

from __future__ import annotations

import difflib
import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tts_news.arabic import bare
from tts_news.patterns import lazy
from tts_news.records import ChapterMark, Composed, Correction, CorrectionKey, Cue, Identity, Script, Source
from tts_news.script.leaving_out import articles_of_cues, leave_out
from tts_news.script.speakable import check_spoken

__all__ = ["Corrected", "Correction", "Unfitting", "apply_corrections", "corrections_between", "corrections_of"]

LEFT_OUT = "left out by an editor"
_SIMILAR = 0.6  # of difflib's ratio: half of a sentence's letters in their order
_CONTENTS = lazy(r"contents([1-9][0-9]{0,5})")
_EDITION = "edition"


@dataclass(frozen=True, slots=True)
class Unfitting:
    """A correction whose sentence is not there, and the present sentence most like it, "" when none is."""

    correction: Correction
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A script with the corrections that fit it applied, and those of its articles that do not."""

    script: Script
    fitting: tuple[Correction, ...] = ()
    unfitting: tuple[Unfitting, ...] = ()


def apply_corrections(script: Script, corrections: Iterable[Correction]) -> Corrected:
    """Return the script as its editors want it said; corrections of other articles are none of its business.

    A sentence that was left out stands among the omissions. The script knows afterwards what was composed
    (`Script.composed`); one that knows it already, a saved one, is corrected by what was composed then: sentences that
    an editor took out do not shift the count of equal ones.

    Args:
        script: A composed script, or a saved one.
        corrections: Any number, of any articles; of two of one sentence the later one holds.

    Raises:
        ScriptError: What is to be said is nothing a voice can say; names the sentence.
    """
    own = own_script(script) or script
    composed = script.composed if own is not script and script.composed else remember(script)
    places = list(_places(own))
    cues = {place.key: place.cue.id for place in places}
    mine = corrections_of(script, corrections)
    fitting = {cues[key]: correction for key, correction in mine.items() if key in cues}
    texts = {cue.id: _nfc(cue.written) for cue in own.cues}
    mended = [
        _mended(cue, fitting[cue.id]) if cue.id in fitting and texts[cue.id] == _nfc(cue.written) else cue
        for cue in script.cues
    ]
    known = replace(
        script,
        cues=tuple(_in_contents(mended, places, fitting)),
        # Scripts are published: who changed what and when is the newsroom's own.
        composed=replace(composed, corrections=tuple(replace(one, by="", at="") for one in fitting.values())),
    )
    skipped = {cue for cue, correction in fitting.items() if correction.skip}
    lost = [(key, correction) for key, correction in mine.items() if key not in cues]
    return Corrected(leave_out(known, skipped, LEFT_OUT), tuple(fitting.values()), tuple(_unfitting(lost, places)))


def corrections_between(own: Script, mended: Script, by: str = "", at: str = "") -> tuple[Correction, ...]:
    """Return what an editor changed in a script, in the script's order.

    Args:
        own: What was composed.
        mended: What an editor made of it. Cues go together by id and text, else by text; those that are new, moved or
            written otherwise are no corrections of a sentence: see `beyond`.
        by: Who changed it.
        at: ISO 8601 time of the change.
    """
    here = _paired(own, mended)
    found = []
    for place, blank in _blanks(own, by, at):
        now = here.get(place.cue.id)
        change = _difference(blank, place.cue, now) if now else replace(blank, skip=True)
        if change != blank:
            found.append(change)
    return tuple(found)


def corrections_by_cue(
    own: Script, corrections: Iterable[Correction]
) -> dict[str, tuple[Correction, Correction | None]]:
    """Return for each cue that a correction can be of, by its id, an empty correction of it and the one there is.

    Args:
        own: What was composed.
        corrections: Any number, of any articles.
    """
    present = corrections_of(own, corrections)
    return {place.cue.id: (blank, present.get(place.key)) for place, blank in _blanks(own)}


def edits_of(saved: Script, by: str = "", at: str = "") -> tuple[Correction, ...]:
    """Return what an editor changed in a saved script since it was saved; one that changes nothing takes one back.

    Args:
        saved: A script that knows what was composed, see `own_script`.
        by: Who changed it.
        at: ISO 8601 time of the change.
    """
    own = own_script(saved)
    if own is None or saved.composed is None:
        return ()
    before = {cue.id: cue for cue in apply_corrections(own, saved.composed.corrections).script.cues}
    then = corrections_of(saved, saved.composed.corrections)
    here = _paired(own, saved)
    found = []
    for place, blank in _blanks(own, by, at):
        was, now = before.get(place.cue.id), here.get(place.cue.id)
        if now is None:
            found += [replace(blank, skip=True)] if was else []
            continue
        known = then.get(place.key, blank) if was else blank
        change = _since(_difference(blank, place.cue, now), known, was or place.cue, now)
        if was is None or change.change != known.change:
            found.append(change)
    return tuple(found)


def _since(change: Correction, known: Correction, was: Cue, now: Cue) -> Correction:
    """Return a change in which what the editor has not touched is as it was known: the rest may be ours."""
    return replace(
        change,
        spoken=known.spoken if _nfc(now.spoken).strip() == _nfc(was.spoken).strip() else change.spoken,
        pause_s=known.pause_s if now.pause_s == was.pause_s else change.pause_s,
        voice=known.voice if now.voice in {"", was.voice} else change.voice,
    )


def beyond(saved: Script) -> tuple[str, ...]:
    """Return, a few words each, what an editor changed in a saved script that no correction of a sentence holds."""
    own = own_script(saved)
    if own is None or saved.composed is None:
        return ("it does not say what was composed",)
    pairs = _paired(own, saved)
    known = {cue.id for cue in pairs.values()}
    kept = [cue for cue in own.cues if cue.id in pairs]
    added = sum(cue.id not in known for cue in saved.cues)
    rewritten = sum(_nfc(cue.written) != _nfc(pairs[cue.id].written) for cue in kept)
    order = {cue.id: place for place, cue in enumerate(saved.cues)}
    places = [order[pairs[cue.id].id] for cue in kept]
    left = leave_out(own, {cue.id for cue in own.cues} - pairs.keys(), LEFT_OUT)
    facts = {
        _counted(added, "added sentence"): added > 0,
        _counted(rewritten, "sentence written otherwise"): rewritten > 0,
        "another order": places != sorted(places),
        "other chapters": not added and places == sorted(places) and _titles(left.chapters) != _titles(saved.chapters),
        "another title, or other blocks or sources": not is_untouched(saved),
    }
    return tuple(fact for fact, holds in facts.items() if holds)


def is_untouched(saved: Script) -> bool:
    """Return whether what no cue or chapter of a saved script holds (title, blocks, sources) is as it was saved."""
    return saved.composed is not None and saved.composed.rest in {"", _rest(saved)}


def remember(script: Script) -> Composed:
    """Return what a script is before an editor has seen it."""
    firsts = tuple(source.first_cue for source in script.sources)
    return Composed(script.cues, script.chapters, script.omissions, firsts, _rest(script))


def _rest(script: Script) -> str:
    """Return a hash of what no cue or chapter of a script holds."""
    sources = [replace(source, first_cue="") for source in script.sources]
    parts = (script.title, script.language, sources, list(script.blocks.items()), script.identity)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def own_script(script: Script) -> Script | None:
    """Return a saved script as it was composed, None where it does not know."""
    was = script.composed
    if was is None or len(was.first_cues) != len(script.sources):
        return None
    sources = tuple(
        replace(source, first_cue=first) for source, first in zip(script.sources, was.first_cues, strict=True)
    )
    return replace(
        script, cues=was.cues, chapters=was.chapters, omissions=was.omissions, sources=sources, composed=None
    )


def corrections_of(script: Script, corrections: Iterable[Correction]) -> dict[CorrectionKey, Correction]:
    """Return the corrections of a script's articles and of the edition itself, by their keys in this script.

    Of two with one key the later one is returned.
    """
    names: defaultdict[tuple[str, str, str], list[Source]] = defaultdict(list)
    for source in script.sources:
        if (who := source.identity) is not None:
            names[who.kind, who.scope, who.key].append(source)
    edition = _edition(script)
    found: dict[CorrectionKey, Correction] = {}
    for correction in corrections:
        who, key = correction.article, correction.key
        if correction.role == _EDITION:
            if edition and who in (edition, script.identity):
                found[edition.text, *key[1:]] = correction
            continue
        for source in names.get((who.kind, who.scope, who.key), ()):
            name = identity_of(source)
            if name and (who in (name, source.identity) or not (name.date and who.date)):
                found[name.text, *key[1:]] = correction
    return found


def short_name(correction: Correction) -> str:
    """Return eight digits that name a correction on the command line and in addresses."""
    return hashlib.sha256(repr(correction.key).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def identity_of(source: Source) -> Identity | None:
    """Return who an article is to those who correct it.

    A file without a date is of the day it is read on: tomorrow it has another identity, and is the same file with the
    same headline.
    """
    who = source.identity
    return replace(who, date="") if who and who.kind == "file" and not source.published else who


def _edition(script: Script) -> Identity | None:
    """Return whose the edition's own lines are: the only article's, or the bulletin's."""
    return next(
        (identity_of(source) for source in script.sources if source.identity == script.identity), script.identity
    )


# ── sentences and their places ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Place:
    """A cue, whose it is (None for nobody's whom we know), and the key that a correction of it has."""

    cue: Cue
    article: Identity | None
    key: CorrectionKey


def _places(script: Script) -> Iterator[_Place]:
    """Yield the cues of a script with their keys, those of the edition's own lines as well."""
    seen: Counter[tuple[str, str, str]] = Counter()
    names = [identity_of(source) for source in script.sources]
    edition = _edition(script)
    numbers = articles_of_cues(script.cues, [source.first_cue for source in script.sources])
    for cue, number in zip(script.cues, numbers, strict=True):
        article = edition if number < 0 else names[number]
        role = _EDITION if number < 0 else "headline" if cue.role == "headline" else "body"
        key = (article.text if article else f"{number}", role, _nfc(cue.written))
        yield _Place(cue, article, (*key, seen[key]))
        seen[key] += 1


def _blanks(own: Script, by: str = "", at: str = "") -> Iterator[tuple[_Place, Correction]]:
    """Yield the places of the cues that a correction can be of, each with one that changes nothing yet."""
    for place in _places(own):
        if place.article is not None:
            _, part, written, nth = place.key
            role = _EDITION if part == _EDITION else place.cue.role
            yield place, Correction(place.article, written, nth, role=role, by=by, at=at)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# ── applying ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _mended(cue: Cue, correction: Correction) -> Cue:
    """Return a cue as a correction wants it.

    Raises:
        ScriptError: No voice can say it.
    """
    spoken = cue.spoken if correction.spoken is None else _nfc(correction.spoken).strip()
    if correction.spoken is not None and cue.language == "ar":
        check_spoken(spoken, f"the correction of «{cue.written[:60]}»", "`skip = true` leaves the sentence out")
    return replace(
        cue,
        spoken=spoken,
        pause_s=cue.pause_s if correction.pause_s is None else correction.pause_s,
        voice=cue.voice if correction.voice is None else correction.voice,
    )


def _in_contents(cues: Sequence[Cue], places: Sequence[_Place], fitting: Mapping[str, Correction]) -> list[Cue]:
    """Return the cues with headlines said in the bulletin's list of contents as they are said before their articles."""
    heads = {
        place.cue.block: correction.spoken
        for place in places
        if place.cue.role == "headline" and (correction := fitting.get(place.cue.id)) and correction.spoken
    }
    texts = {place.cue.block: place.cue.written for place in places if place.cue.role == "headline"}

    def as_headline(cue: Cue) -> Cue:
        match = _CONTENTS.fullmatch(cue.block)
        block = f"a{match[1]}b0" if match else ""
        if cue.id in fitting or block not in heads or bare(cue.written) != bare(texts[block]):
            return cue
        return replace(cue, spoken=heads[block] or cue.spoken)

    return [as_headline(cue) for cue in cues]


def _unfitting(lost: Sequence[tuple[CorrectionKey, Correction]], places: Iterable[_Place]) -> Iterator[Unfitting]:
    """Yield the corrections whose sentences are gone, each with the sentence of its article that is most like it."""
    by_article: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    for place in places if lost else ():
        by_article[place.key[0], place.key[1] == _EDITION].append(place.key[2])
    for key, correction in lost:
        close = difflib.get_close_matches(correction.written, by_article[key[0], key[1] == _EDITION], 1, _SIMILAR)
        yield Unfitting(correction, close[0] if close else "")


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _difference(blank: Correction, own: Cue, now: Cue) -> Correction:
    spoken = _nfc(now.spoken).strip()
    return replace(
        blank,
        spoken=spoken if spoken != _nfc(own.spoken).strip() else None,
        pause_s=now.pause_s if now.pause_s != own.pause_s else None,
        voice=now.voice if now.voice and now.voice != own.voice else None,  # an empty one is whoever is cast
    )


def _paired(own: Script, mended: Script) -> dict[str, Cue]:
    """Return for each cue of `own`, by its id, the cue of `mended` that is its; none for one that was taken out."""
    by_id = {cue.id: cue for cue in mended.cues}
    pairs = {
        cue.id: by_id[cue.id]
        for cue in own.cues
        if cue.id in by_id and _nfc(by_id[cue.id].written) == _nfc(cue.written)
    }
    taken = {cue.id for cue in pairs.values()}
    free = {place.key: place.cue for place in _places(mended) if place.cue.id not in taken}
    for place in _places(own):
        if place.cue.id not in pairs and place.key in free:
            pairs[place.cue.id] = free.pop(place.key)
    taken = {cue.id for cue in pairs.values()}
    for cue in own.cues:
        if cue.id not in pairs and cue.id in by_id and cue.id not in taken:
            pairs[cue.id] = by_id[cue.id]
    return pairs


def _titles(chapters: Iterable[ChapterMark]) -> list[tuple[str, str, int]]:
    return [(mark.title, mark.first_cue, mark.level) for mark in chapters]


def _counted(number: int, what: str) -> str:
    return f"{number} {what if number == 1 else what.replace('sentence', 'sentences')}"
