"""From script and finished sound to the published edition: names, views, manifest, swap."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tts_news.errors import PublishError
from tts_news.publish.atomic import disk_errors
from tts_news.publish.manifest import make_ledger
from tts_news.publish.settings import ShowSettings
from tts_news.records import Episode, Mastered, Script, VoiceInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tts_news.publish.edition import EditionDraft

_SUMMARY_ROLES = frozenset({"intro"})
_SUMMARY_LETTERS = 1200  # a feed shows a few lines; Apple's limit for a description is 4000 bytes, 2 to a letter


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on an edition beside its content.

    Attributes:
        now: ISO 8601 time with zone of this making. The first making's time stays as `Episode.published`.
        show: The show the edition belongs to.
        recipe: Hash of all that decides the sound, computed by the pipeline; "" when it keeps none.
        notes: Sentences for listeners, added to those of earlier revisions.
    """

    now: str
    show: ShowSettings = field(default_factory=ShowSettings)
    recipe: str = ""
    notes: tuple[str, ...] = ()


def publish_edition(
    draft: EditionDraft,
    script: Script,
    mastered: Mastered,
    voices: Sequence[VoiceInfo],
    *,
    script_text: str,
    imprint: Imprint,
) -> Episode:
    """Complete the draft that holds the mastered sound, and put it in its place.

    Sound files get their final name with eight digits of their hash: a correction is a new file to every cache
    between us and the listener. A changed text counts as a revision and is said in the notes; a new voice or setting
    is not.

    Args:
        draft: From `open_edition`; the files of `mastered` lie in `draft.folder`.
        script: What was said.
        mastered: The finished sound and its timeline.
        voices: Every voice that spoke.
        script_text: The script as the script room writes it, for `script.json`.
        imprint: Time, recipe and notes.

    Returns:
        The manifest as written to `episode.json`.

    Raises:
        PublishError: It cannot be written, or `imprint.now` is no time with a zone. The old edition stands.
    """
    _check_time(imprint.now)
    try:
        with disk_errors(draft.place):
            for path in mastered.files.values():
                _rename_by_hash(path, draft)
            (draft.folder / "script.json").write_text(script_text, encoding="utf-8", newline="\n")
        episode = _make_episode(draft, script, mastered, tuple(voices), imprint)
        return draft.commit(episode)
    except UnicodeEncodeError as err:
        raise PublishError(f"text that is no Unicode in {draft.place.name}", hint="clean the source text") from err
    finally:
        draft.abandon()


def _make_episode(
    draft: EditionDraft, script: Script, mastered: Mastered, voices: tuple[VoiceInfo, ...], imprint: Imprint
) -> Episode:
    """Return the manifest without its files."""
    old = draft.previous
    corrected = old is not None and _texts(old) != [source.text_hash for source in script.sources]
    notes = (old.notes if old else ()) + imprint.notes
    if corrected:
        notes += (f"صُحّحت هذه الحلقة في {imprint.now[:10]}.",)
    return Episode(
        guid=draft.guid,
        slug=draft.slug,
        title=script.title,
        date=draft.place.name[:10],
        published=old.published if old else imprint.now,
        modified=imprint.now,
        language=script.language,
        duration_s=mastered.timeline.duration_s,
        files=(),
        voices=voices,
        loudness=mastered.loudness,
        chapters=mastered.timeline.chapters,
        ledger=make_ledger(script, mastered.timeline.cues),
        sources=script.sources,
        revision=(old.revision if old else 0) + corrected,
        notes=notes,
        summary=_summarise(script),
        recipe=imprint.recipe,
    )


def _texts(episode: Episode) -> list[str]:
    return [source.text_hash for source in episode.sources]


def _summarise(script: Script) -> str:
    """Return the intro as written; where there is none, the first paragraph; of several articles, their headlines."""
    if len(script.sources) > 1:
        return _cut([f"• {source.title}" for source in script.sources], "\n")
    intro = [cue for cue in script.cues if cue.role in _SUMMARY_ROLES]
    if not intro:
        body = [cue for cue in script.cues if cue.role == "paragraph"]
        intro = [cue for cue in body if cue.block == body[0].block]
    return _cut([cue.written for cue in intro], " ")


def _cut(pieces: list[str], joint: str) -> str:
    """Return as many whole pieces as fit a summary, with an ellipsis if that is not all; the full text is elsewhere."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece) + len(joint)
        if kept and length > _SUMMARY_LETTERS:
            return joint.join([*kept, "…"])
        kept.append(piece)
    return joint.join(kept)


def _rename_by_hash(path: Path, draft: EditionDraft) -> None:
    """Give a sound file of the draft its final name.

    Raises:
        OSError: It is not there or cannot be renamed.
        PublishError: It does not lie in the draft.
    """
    if path.parent.resolve() != draft.folder.resolve():
        raise PublishError(f"{path} does not lie in the edition's folder", hint="master into the draft's folder")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:8]
    path.rename(draft.folder / f"{draft.slug}.{digest}{path.suffix}")


def _check_time(now: str) -> None:
    """Refuse a time without zone: a feed's pubDate made from it would be a guess.

    Raises:
        PublishError: `now` is not ISO 8601 with a zone.
    """
    try:
        moment = datetime.fromisoformat(now)
    except ValueError as err:
        raise PublishError(f"{now!r} is no time", hint="write it as 2026-11-22T06:00:00+03:00") from err
    if moment.tzinfo is None:
        raise PublishError(f"{now!r} has no time zone", hint="write it as 2026-11-22T06:00:00+03:00")
