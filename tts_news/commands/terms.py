"""A term that is added to the lexicon: what `lexicon add` does, by way of the parser or without it, see `plain`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tts_news.words import isolate, several

if TYPE_CHECKING:
    from tts_news.script.lexicon import Entry, Gender


def lexicon_path(config: Path | None) -> Path:
    """Return the show's lexicon.

    Raises:
        ConfigError: The configuration does not hold.
        UsageError: It names none.
    """
    from tts_news.config import load
    from tts_news.errors import UsageError

    path = load(config).script.lexicon
    if not path:
        raise UsageError("[script] lexicon is empty, so there is no lexicon to change", hint='lexicon = "lexicon.toml"')
    return Path(path)


def add(
    term: str,
    spoken: str | None,
    gender: str = "",
    scope: Sequence[str] = (),
    voices: Sequence[str] = (),
    config: Path | None = None,
) -> tuple[dict[str, object], str]:
    """Add a term, or those of a PLS file, to the show's lexicon; return what `lexicon add` prints, as facts and line.

    Raises:
        TtsNewsError: It cannot be said so, or the lexicon does not hold.
    """
    from tts_news.errors import UsageError
    from tts_news.script.lexicon import make_entry
    from tts_news.script.lexicon_file import add_entries

    path = lexicon_path(config)
    if gender not in {"", "m", "f"}:
        raise UsageError(f"gender is m or f, not '{gender}'", hint="leave it out when nothing counts the term")
    entries: tuple[Entry, ...]
    if spoken is None:
        if Path(term).suffix not in {".pls", ".xml"}:
            raise UsageError(f"how is '{term}' said?", hint=f'tts-news lexicon add "{term}" "…" in letters with marks')
        entries = read_terms(Path(term))
    else:
        counts_as: Gender = "f" if gender == "f" else "m" if gender else ""
        entries = (make_entry(term, spoken, counts_as, tuple(scope), "lexicon", tuple(voices)),)
    check_marks(entries, "lexicon")
    changed = add_entries(path, entries)
    added = len({entry.key for entry in entries}) - changed
    counts = (
        f"{several('{count} added', '{count} added', added)}, {several('{count} changed', '{count} changed', changed)}"
    )
    return {"file": path, "added": added, "changed": changed}, f"{isolate(str(path))}: {counts}"


def check_marks(entries: Iterable[Entry], place: str) -> None:
    """See that every letter of every term has its mark.

    Raises:
        ScriptError: One has not.
    """
    from tts_news.errors import ScriptError
    from tts_news.script.lexicon import unmarked

    for entry in entries:
        words = unmarked(entry)
        if words:
            raise ScriptError(
                f"{place}: '{entry.written}' is said '{entry.spoken}': «{words[0]}» has a letter without a mark",
                hint="put a vowel, sukun or shadda on every letter but the last; `tts-news diacritise` drafts it",
            )


def read_terms(path: Path) -> tuple[Entry, ...]:
    """Return the terms of a lexicon, ours or PLS.

    Raises:
        ScriptError: It does not hold.
    """
    from tts_news.script.lexicon import read_lexicon

    if path.suffix not in {".pls", ".xml"}:
        return read_lexicon(path)
    from tts_news.script.pls import read_pls

    return read_pls(path)
