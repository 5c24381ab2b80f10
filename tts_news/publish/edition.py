"""From script and finished sound to the published edition: names, views, manifest, swap.

    with open_edition(output, script, "2026-11-22") as draft:
        mastered = master_edition(script, takes, tags, settings, draft.folder, draft.stem)
        episode = draft.commit(dump_script(script), mastered, voices, show)

Leaving the block without a commit (an error, Ctrl-C) removes the draft and leaves the old edition as it was.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tts_news.errors import PublishError
from tts_news.publish.books import write_books
from tts_news.publish.clock import is_ahead, moment_after
from tts_news.publish.disk import disk_errors
from tts_news.publish.draft import FolderDraft, adopt_folder, find_folder, open_folder
from tts_news.publish.draft import find_edited as find_edited_script
from tts_news.publish.embed import EMBED, OEMBED, write_embed, write_oembed
from tts_news.publish.manifest import list_files, make_ledger
from tts_news.publish.page import write_page
from tts_news.publish.phrases import say_date
from tts_news.publish.standing import Sought, namesakes, seek
from tts_news.publish.structure import make_reading
from tts_news.publish.views import VIEWS
from tts_news.publish.withdrawal import find_folder_of
from tts_news.records import Episode, Identity, Mastered, Script, Source, VoiceInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from tts_news.publish.reading import Reading
    from tts_news.publish.settings import Shard, ShowSettings

_LOG = logging.getLogger(__name__)
_SUMMARY_LETTERS = 1200  # a feed shows a few lines; Apple's limit for a description is 4000 bytes, 2 to a letter


@dataclass(frozen=True, slots=True)
class EditionDraft:
    """An edition in the making, from `open_edition`."""

    script: Script
    draft: FolderDraft
    identity: Identity

    @property
    def folder(self) -> Path:
        """The folder to master into, on the file system of the output; its name means nothing."""
        return self.draft.folder

    @property
    def place(self) -> Path:
        """Where the edition will stand, e.g. output/2026-11-22-<slug>, or in a folder of its month."""
        return self.draft.place

    @property
    def stem(self) -> str:
        """ASCII stem for the sound files."""
        return self.draft.slug

    @property
    def date(self) -> str:
        """ISO date of the edition; a correction keeps the first one's."""
        return self.draft.place.name[:10]

    @property
    def previous(self) -> Episode | None:
        """Manifest of the edition that stands there now, None for a new one."""
        return self.draft.previous

    def commit(
        self,
        script_text: str,
        mastered: Mastered,
        voices: Sequence[VoiceInfo],
        show: ShowSettings,
        *,
        recipe: str = "",
        notes: tuple[str, ...] = (),
        books: Sequence[str] = ("epub",),
        by_hand: tuple[str, ...] = (),
        taken_up: str = "",
    ) -> Episode:
        """Complete the draft that holds the mastered sound, and put it in its place.

        Sound files get their final name with eight digits of their hash: a correction is a new file to every cache
        between us and the listener. A changed text counts as a revision and is said in the notes; a new voice or
        setting is not. Files that somebody put into the old edition's folder move along.

        Args:
            script_text: The script as the script room writes it, for `script.json`.
            mastered: The finished sound and its timeline; its files lie in `folder`.
            voices: Every voice that spoke.
            show: The show the edition belongs to.
            recipe: Hash of all that decides the sound; "" when the caller keeps none. See `find_edition`.
            notes: Sentences for listeners, added to those of earlier revisions.
            books: See `PublishSettings.books`.
            by_hand: See `Episode.by_hand`.
            taken_up: An edited `script.json` of the old edition that is in the new one, and need not be kept.

        Returns:
            The manifest as written to `episode.json`.

        Raises:
            PublishError: It cannot be written. The old edition stands, the draft is gone.
        """
        try:
            with disk_errors(self.place):
                for path in mastered.files.values():
                    _rename_by_hash(path, self.draft)
                _write(self.folder / "script.json", script_text)
                reading = make_reading(self.script, mastered.timeline)
                for name, view in VIEWS.items():
                    _write(self.folder / name, view(reading))
                episode = _make_episode(self, mastered, tuple(voices), show, recipe, notes)
                listed = replace(episode, files=list_files(self.folder), by_hand=by_hand)
                listed = write_books(self.folder, self.stem, books, reading, listed, show)
                _write_pages(self, reading, listed, show)
            return self.draft.commit(replace(episode, by_hand=by_hand), taken_up)
        except UnicodeEncodeError as err:  # half a surrogate pair; the reading room takes them out of articles
            raise PublishError(f"text that is no Unicode in {self.place.name}", hint="clean the source text") from err
        finally:
            self.draft.abandon()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.draft.abandon()


def _write_pages(edition: EditionDraft, reading: Reading, listed: Episode, show: ShowSettings) -> None:
    """Write the page, and the player for pages elsewhere with what tells them of it."""
    title, folder = reading.title, edition.draft.name
    player = write_embed(title, reading.duration_s, listed.files, reading.chapters, show)
    pages = {
        EMBED: player,
        OEMBED: write_oembed(title, folder, listed.files, show),
        "index.html": write_page(reading, listed, show, folder),
    }
    for name, text in pages.items():
        if text:
            _write(edition.folder / name, text)


def open_edition(output: Path, script: Script, date: str, replaces: str = "", shard: Shard = "") -> EditionDraft:
    """Return a draft of the script's edition, which knows the edition that stands there if this is a correction.

    An edition is found again by the script's identity, whatever title, address and date have become.

    Args:
        output: The show's folder; made if it is not there.
        script: What is going to be published.
        date: ISO date of the edition.
        replaces: An edition of another article that this one takes the place of, see `find_folder_of`; it keeps
            folder and guid.
        shard: See `PublishSettings.shard`.

    Raises:
        PublishError: The folder cannot be made or written, `date` is no date, or the article has an edition of its
            own besides the one it is to replace.
    """
    target = find_folder_of(output, replaces) if replaces else None
    sought = seek(script, date)
    draft = open_folder(output, script.title, date, sought, target, shard)
    if draft.previous is None:
        for other in namesakes(output, script.title, date):
            _LOG.warning("another edition of this title and day stands: %s (a correction of it says --replaces)", other)
    return EditionDraft(script, draft, sought.identity)


def find_edition(output: Path, script: Script, date: str, replaces: str = "") -> tuple[Path, Episode] | None:
    """Return folder and manifest of the script's edition, None if it is not there or not whole.

    When its `recipe` and the `text_hash` of its sources are those of the script, nothing has to be made.

    Raises:
        PublishError: Its manifest cannot be read, it was withdrawn, or as for `open_edition`.
    """
    return find_folder(output, seek(script, date), find_folder_of(output, replaces) if replaces else None)


def find_edited(output: Path, script: Script, date: str, replaces: str = "") -> tuple[Path, str] | None:
    """Return the `script.json` of the script's edition and its text, if somebody has edited it where it stands.

    Raises:
        PublishError: As for `open_edition`.
    """
    return find_edited_script(output, seek(script, date), find_folder_of(output, replaces) if replaces else None)


def adopt_edition(output: Path, identity: Identity, older: str) -> Episode | None:
    """Return the manifest of an article's edition; one that release 0.1 made learns whose it is.

    Args:
        output: The show's folder.
        identity: Who the article is.
        older: The name by which release 0.1 knew it: its address, else date and title.

    Raises:
        PublishError: The manifest is damaged, or cannot be written.
    """
    return adopt_folder(output, Sought(identity, older))


def _make_episode(
    edition: EditionDraft,
    mastered: Mastered,
    voices: tuple[VoiceInfo, ...],
    show: ShowSettings,
    recipe: str,
    notes: tuple[str, ...],
) -> Episode:
    """Return the manifest without its files."""
    script, old = edition.script, edition.previous
    corrected = old is not None and _texts(old.sources) != _texts(script.sources)
    published = old.published if old else _publication_time(script, edition.date, show)
    modified = old.modified if old else published
    notes = (old.notes if old else ()) + notes
    if corrected:
        modified = moment_after(published, modified)
        if is_ahead(modified):
            _LOG.warning(
                "%s: this machine's clock is behind what is public already; the correction is dated %s",
                edition.place.name,
                modified,
            )
        notes += (f"صُحِّحت هذه الحلقة في {say_date(modified)}.",)
    return Episode(
        guid=edition.draft.guid,
        slug=edition.stem,
        title=script.title,
        date=edition.date,
        published=published,
        modified=modified,
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
        recipe=recipe,
        identity=edition.identity,
    )


def _texts(sources: tuple[Source, ...]) -> list[str]:
    return [source.text_hash for source in sources]


def _publication_time(script: Script, date: str, show: ShowSettings) -> str:
    """Return when the edition came out, ISO 8601 with zone: its newest article's time, else the time of this making.

    A time that is stated is kept, so an archive has its order. A day alone is not midnight: everything of a day would
    be out before the day began, and what is newest would not come first. An article that is made on its day or the
    one after comes out now; an older one at this hour of its own day.
    """
    try:
        zone = ZoneInfo(show.timezone)
    except (ZoneInfoNotFoundError, ValueError) as err:
        raise PublishError(f"there is no time zone {show.timezone!r}", hint="e.g. Asia/Riyadh in [show]") from err
    stated = []
    for source in script.sources:
        try:
            moment = datetime.fromisoformat(source.published)
        except ValueError:  # none stated, or not ISO 8601
            continue
        if len(source.published) > len(date) and moment.date().isoformat() == date:
            stated.append(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    return max(stated, default=_made_on(date, zone)).isoformat(timespec="seconds")


def _made_on(date: str, zone: ZoneInfo) -> datetime:
    """Return this moment; for an edition of an older day, or of one to come, this hour of that day."""
    now = datetime.now(zone)
    day = datetime.fromisoformat(date).date()
    return now if timedelta(0) <= now.date() - day <= timedelta(days=1) else datetime.combine(day, now.timetz())


def _summarise(script: Script) -> str:
    """Return the intro as written; where there is none, the first paragraph; of several articles, their headlines."""
    if len(script.sources) > 1:
        return _cut([f"• {source.title}" for source in script.sources], "\n")
    intro = [cue for cue in script.cues if cue.role == "intro"]
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


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _rename_by_hash(path: Path, draft: FolderDraft) -> None:
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
