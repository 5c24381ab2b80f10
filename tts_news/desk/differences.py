"""What a draft changes against the edition that stands, sentence by sentence."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tts_news.errors import PublishError
from tts_news.publish.manifest import load_episode
from tts_news.publish.standing import Sought, find_standing
from tts_news.records import Cue, Episode, Script
from tts_news.script import parse_script

Kind = Literal["new", "gone", "written", "spoken", "pause", "voice"]
_LARGEST_SCRIPT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence that is not as it stands: what it was (None for a new one) and what it is (None when gone)."""

    kind: Kind
    before: Cue | None
    after: Cue | None


def find_edition_of(output: Path, script: Script) -> tuple[Path, Episode] | None:
    """Return the edition that stands of a draft's script, withdrawn or not, None if there is none.

    Raises:
        PublishError: A manifest is damaged.
    """
    place = find_standing(output, Sought(script.identity)) if script.identity else None
    return (place, load_episode(place)) if place else None


def standing_script(place: Path) -> Script | None:
    """Return the script that an edition was made of, None where it has none that can be read.

    Raises:
        PublishError: It is damaged.
    """
    path = place / "script.json"
    try:
        if path.stat().st_size > _LARGEST_SCRIPT:
            return None
        return parse_script(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as err:
        raise PublishError(f"cannot read {path.name} of {place.name}: {err}") from err


def differences(before: Sequence[Cue], after: Sequence[Cue]) -> list[Difference]:
    """Return what is not the same in two scripts, in the order in which it is heard."""
    match = difflib.SequenceMatcher(None, [cue.written for cue in before], [cue.written for cue in after], False)
    return [found for code in match.get_opcodes() for found in _between(code, before, after)]


def _between(code: tuple[str, int, int, int, int], before: Sequence[Cue], after: Sequence[Cue]) -> Iterator[Difference]:
    kind, a, b, c, d = code
    if kind == "equal":
        for old, new in zip(before[a:b], after[c:d], strict=True):
            yield from _changes(old, new)
        return
    both = min(b - a, d - c)
    for old, new in zip(before[a : a + both], after[c : c + both], strict=True):
        yield Difference("written", old, new)
    for old in before[a + both : b]:
        yield Difference("gone", old, None)
    for new in after[c + both : d]:
        yield Difference("new", None, new)


def _changes(old: Cue, new: Cue) -> Iterator[Difference]:
    if old.spoken != new.spoken:
        yield Difference("spoken", old, new)
    if old.pause_s != new.pause_s:
        yield Difference("pause", old, new)
    if old.voice != new.voice:
        yield Difference("voice", old, new)
