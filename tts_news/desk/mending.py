"""Changing a draft, and taking a change back: sentences, terms of the lexicon, choices.

A change of a sentence is a correction in the show's `corrections.toml`, one of a term an entry of its `lexicon.toml`:
both hold whenever any article is read again. An editor who has not seen what another did meanwhile changes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tts_news.arabic import bare
from tts_news.config import Config
from tts_news.desk.drafts import Change, Draft, DraftStore
from tts_news.desk.sentences import Sentence
from tts_news.errors import ScriptError, UsageError
from tts_news.records import Correction, Identity
from tts_news.script.corrections_file import change_corrections, load_corrections
from tts_news.script.lexicon import Entry, make_entry, read_lexicon, term_key, unmarked
from tts_news.script.lexicon_file import add_entries, remove_entries
from tts_news.script.speakable import check_spoken

LONGEST_PAUSE_S = 60.0


class StaleError(UsageError):
    """Somebody else has changed it meanwhile."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What an editor asks for of a sentence; None leaves it as it is."""

    spoken: str | None = None
    pause_s: float | None = None
    voice: str | None = None
    skip: bool | None = None
    reset: bool = False


class Mender:
    """Changes drafts."""

    def __init__(self, config: Config, store: DraftStore) -> None:
        self.store = store
        self.corrections = Path(config.script.corrections) if config.script.corrections else None
        self.lexicon = Path(config.script.lexicon) if config.script.lexicon else None

    def known(self) -> tuple[Correction, ...]:
        """Return the show's corrections.

        Raises:
            ScriptError: The file does not hold.
        """
        return load_corrections(self.corrections)

    def mend(self, draft: Draft, sentence: Sentence, seen: str, mend: Mend, by: str) -> None:
        """Change a sentence here only.

        Args:
            draft: Whose sentence it is.
            sentence: As it is now.
            seen: The version the editor saw.
            mend: What is asked for.
            by: Who asks.

        Raises:
            StaleError: It has changed since.
            ScriptError: No voice can say it, or the corrections cannot be written.
        """
        if sentence.version != seen:
            raise StaleError("somebody else has changed this sentence meanwhile")
        if sentence.blank is None or self.corrections is None:
            raise ScriptError("nothing can be kept of this sentence", hint="set [script] corrections to a file")
        wanted = _mended(sentence, sentence.blank, mend, by)
        change = Change(
            "cue", sentence.cue.id, _dump(sentence.correction), _dump(None if _is_empty(wanted) else wanted), by
        )
        if change.before == change.after:
            return
        self._put_correction(change.before, wanted)
        self.store.note(draft.id, change)

    def _put_correction(self, before: str, wanted: Correction) -> None:
        """Write a correction where the one that was seen still stands."""
        path = self._corrections_path()
        seen = _change_of(before)

        def put(known: tuple[Correction, ...]) -> tuple[Correction, ...]:
            by_key = {one.key: one for one in known}
            found = by_key.get(wanted.key)
            if (found.change if found else None) != seen:
                raise StaleError("somebody else has changed this sentence meanwhile")
            kept = tuple(one for key, one in by_key.items() if key != wanted.key)
            return kept if _is_empty(wanted) else (*kept, wanted)

        change_corrections(path, put)

    def _corrections_path(self) -> Path:
        if self.corrections is None:
            raise ScriptError("the show keeps no corrections", hint="set [script] corrections to a file")
        return self.corrections

    def learn(self, draft: Draft, term: str, spoken: str, by: str) -> Entry:
        """Have a term always be said so, in every article.

        Raises:
            ScriptError: It cannot be said, has a letter without a mark, or the lexicon cannot be written.
        """
        if self.lexicon is None:
            raise ScriptError("the show has no lexicon", hint='set [script] lexicon = "lexicon.toml"')
        entry = make_entry(term, spoken, "", (), "lexicon", ())
        bare_words = unmarked(entry)
        if bare_words:
            raise ScriptError(f"«{bare_words[0]}» has a letter without a mark", hint="mark every letter but the last")
        old = self._entry(entry.written)
        change = Change("term", entry.written, _dump_entry(old), _dump_entry(entry), by)
        if change.before != change.after:
            add_entries(self.lexicon, [entry])
            self.store.note(draft.id, change)
        return entry

    def _entry(self, term: str) -> Entry | None:
        wanted = term_key(term)
        entries = read_lexicon(self.lexicon) if self.lexicon and self.lexicon.is_file() else ()
        return next((one for one in entries if one.written == wanted and not one.scope and not one.voices), None)

    def choose(self, draft: Draft, name: str, value: object, seen: str, by: str) -> None:
        """Change a choice of a draft: its voices, the members of a bulletin, its title.

        Raises:
            StaleError: It has changed since the editor saw it.
        """
        before = _json(draft.choices.get(name))
        if before != seen:
            raise StaleError("somebody else has changed this meanwhile")
        if _json(value) != before:
            self.store.set(draft.id, choices={**draft.choices, name: value})
            self.store.note(draft.id, Change("choice", name, before, _json(value), by))

    def undo(self, draft: Draft) -> Change:
        """Take the last change of a draft back.

        Raises:
            UsageError: There is none, or somebody has changed the same thing elsewhere since (a StaleError).
        """
        change = self.store.last(draft.id)
        if change is None:
            raise UsageError("there is nothing to take back")
        self._turn(draft, change, now=change.after, then=change.before)
        self.store.mark(change.number, undone=True)
        return change

    def redo(self, draft: Draft) -> Change:
        """Do again what was taken back last.

        Raises:
            UsageError: As `undo`.
        """
        change = self.store.next(draft.id)
        if change is None:
            raise UsageError("there is nothing to do again")
        self._turn(draft, change, now=change.before, then=change.after)
        self.store.mark(change.number, undone=False)
        return change

    def _turn(self, draft: Draft, change: Change, *, now: str, then: str) -> None:
        """Put what a change is about from one state into another, if it is in the first."""
        if change.subject == "cue":
            wanted = _correction(then) or _emptied(now)
            self._put_correction(now, wanted)
        elif change.subject == "term":
            if _dump_entry(self._entry(change.name)) != now:
                raise StaleError("the lexicon has changed meanwhile")
            self._put_entry(then, now)
        else:
            if _json(draft.choices.get(change.name)) != now:
                raise StaleError("somebody else has changed this meanwhile")
            self.store.set(draft.id, choices={**draft.choices, change.name: json.loads(then)})

    def _put_entry(self, then: str, now: str) -> None:
        if self.lexicon is None:
            raise ScriptError("the show has no lexicon", hint='set [script] lexicon = "lexicon.toml"')
        if (entry := _parse_entry(then)) is not None:
            add_entries(self.lexicon, [entry])
        elif (entry := _parse_entry(now)) is not None:
            remove_entries(self.lexicon, [entry.key])


def _mended(sentence: Sentence, blank: Correction, mend: Mend, by: str) -> Correction:
    """Return the correction that a sentence has after a mend.

    Raises:
        ScriptError: No voice can say it, or the pause is none.
    """
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    kept = replace(sentence.correction or blank, by=by, at=moment)
    if mend.reset:
        return replace(blank, by=by, at=moment)
    if mend.spoken is not None:
        spoken = " ".join(mend.spoken.split())
        if sentence.own.language == "ar":
            check_spoken(spoken, "what is said", "leave the sentence out instead")
        kept = replace(kept, spoken=spoken if spoken != sentence.own.spoken else None)
    if mend.pause_s is not None:
        if not 0 <= mend.pause_s <= LONGEST_PAUSE_S:
            raise ScriptError(f"a pause lasts 0 to {LONGEST_PAUSE_S:.0f} seconds")
        kept = replace(kept, pause_s=mend.pause_s if mend.pause_s != sentence.own.pause_s else None)
    if mend.voice is not None:
        kept = replace(kept, voice=mend.voice if mend.voice != sentence.own.voice else None)
    return kept if mend.skip is None else replace(kept, skip=mend.skip)


def _is_empty(correction: Correction) -> bool:
    return correction.change == (None, None, None, False)


def _dump(correction: Correction | None) -> str:
    return _json(asdict(correction) if correction else None)


def _correction(text: str) -> Correction | None:
    values: dict[str, Any] | None = json.loads(text)
    return Correction(**values | {"article": Identity(**values["article"])}) if values else None


def _change_of(text: str) -> tuple[str | None, float | None, str | None, bool] | None:
    found = _correction(text)
    return found.change if found else None


def _emptied(text: str) -> Correction:
    found = _correction(text)
    if found is None:
        raise UsageError("there is nothing to take back")
    return replace(found, spoken=None, pause_s=None, voice=None, skip=False)


def _dump_entry(entry: Entry | None) -> str:
    return _json(asdict(entry) if entry else None)


def _parse_entry(text: str) -> Entry | None:
    values: dict[str, Any] | None = json.loads(text)
    return Entry(**values | {"scope": tuple(values["scope"]), "voices": tuple(values["voices"])}) if values else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def seen_choice(draft: Draft, name: str) -> str:
    """Return a choice as a form carries it, so that another editor's change of it is noticed."""
    return _json(draft.choices.get(name))


def term_of(sentence: Sentence, place: int) -> str:
    """Return the letters of a spoken word, as its term in the lexicon is written.

    Raises:
        UsageError: There is no such word.
    """
    spoken = [piece.text for piece in sentence.pieces if piece.place == place]
    if not spoken:
        raise UsageError("there is no such word in the sentence")
    return bare(spoken[0])
