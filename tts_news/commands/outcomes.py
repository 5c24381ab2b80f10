"""What a run tells of its editions: a line or JSON for each, and at the end how many and where. Loads no parser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tts_news.extras import short_path
from tts_news.words import is_arabic, isolate, several, translated

if TYPE_CHECKING:
    from tts_news.config import Config
    from tts_news.orders import Edition
    from tts_news.publish import Made
    from tts_news.records import EpisodeFile, VoiceInfo
    from tts_news.script.corrections import Unfitting


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is told of an edition that stands.

    Attributes:
        folder: Where it lies.
        title: What it is called.
        guid: Its guid.
        duration_s: Its length.
        files: Its files.
        chapters: How many it has.
        cues: How many its script has.
        states: How many sentences of its articles were spoken, skipped and so on.
        loudness_lufs: Of its sound.
        unchanged: Whether it stood already.
        corrections: How many corrections of editors are in it.
        unfitting: Those that no longer fit, each with the sentence that is nearest.
        sent: Characters that were sent to a server, by voice.
    """

    folder: Path
    title: str
    guid: str
    duration_s: float
    files: tuple[EpisodeFile, ...]
    chapters: int
    cues: int
    states: Mapping[str, int]
    loudness_lufs: float
    unchanged: bool
    corrections: int = 0
    unfitting: tuple[Mapping[str, str], ...] = ()
    sent: Mapping[str, int] = field(default_factory=dict)

    @property
    def sounds(self) -> list[str]:
        """The names of its sound files, an MP3 first."""
        from tts_news.publish.sounds import sounds_of

        return [file.name for file in sounds_of(self.files)]


def outcome_of(made: Edition) -> Outcome | None:
    """Return what is told of an edition, None where there is only a script, as after a dry run."""
    episode, mended = made.episode, made.mended
    if episode is None or made.folder is None:
        return None
    return Outcome(
        made.folder,
        episode.title,
        episode.guid,
        episode.duration_s,
        episode.files,
        len(episode.chapters),
        len(made.script.cues),
        Counter(entry.state for entry in episode.ledger),
        episode.loudness.integrated_lufs,
        made.unchanged,
        corrections=len(mended.fitting) if mended else 0,
        unfitting=tuple(_unfitting(mended.unfitting)) if mended else (),
        sent=made.sent,
    )


def _unfitting(found: Sequence[Unfitting]) -> Iterator[dict[str, str]]:
    """Yield corrections that no longer fit, as JSON has them."""
    for one in found:
        yield {"written": one.correction.written, "nearest": one.nearest}


def outcome_known(made: Made) -> Outcome:
    """Return the same of an edition that is known to stand as it would be made."""
    return Outcome(
        made.place,
        made.manifest["title"],
        made.manifest["guid"],
        made.manifest["duration_s"],
        made.files,
        len(made.manifest["chapters"]),
        made.cues,
        Counter(entry["state"] for entry in made.manifest["ledger"]),
        made.manifest["loudness"]["integrated_lufs"],
        unchanged=True,
    )


def corrections_of(made: Edition) -> dict[str, object]:
    """Return what a script calling us wants to know of editors' corrections: how many hold, and which no longer fit."""
    mended = made.mended
    return {
        "corrections": len(mended.fitting) if mended else 0,
        "unfitting": list(_unfitting(mended.unfitting)) if mended else [],
    }


def facts_of(told: Outcome, config: Config) -> dict[str, object]:
    """Return what a script calling us wants to know of an edition; names fixed, others build on them."""
    from tts_news.publish.embed import iframe
    from tts_news.publish.show import name_in

    mp3 = next((name for name in told.sounds if name.endswith(".mp3")), None)
    return {
        "edition": str(told.folder),
        "mp3": str(told.folder / mp3) if mp3 else None,
        "duration_s": round(told.duration_s, 3),
        "guid": told.guid,
        "unchanged": told.unchanged,
        "corrections": told.corrections,
        "unfitting": list(told.unfitting),
        "chapters": told.chapters,
        "cues": told.cues,
        **{state: told.states.get(state, 0) for state in ("spoken", "skipped", "failed")},
        "loudness_lufs": round(told.loudness_lufs, 2),
        "embed": iframe(told.title, name_in(Path(config.publish.output), told.folder), config.show),
    }


def facts_of_dry_run(made: Edition) -> dict[str, object]:
    """Return the same of an edition that was not made, with None for what there is not."""
    return {
        "edition": None,
        "mp3": None,
        "duration_s": None,
        "guid": None,
        "unchanged": False,
        **corrections_of(made),
        "chapters": len(made.script.chapters),
        "cues": len(made.script.cues),
        "spoken": 0,
        "skipped": len(made.script.omissions),
        "failed": 0,
        "loudness_lufs": None,
    }


def line_of(told: Outcome) -> str:
    """Return the line of an edition."""
    note = f"  {several('{count} correction', '{count} corrections', told.corrections)}" if told.corrections else ""
    note += f"  ({translated('unchanged')})" if told.unchanged else ""
    path = short_path(told.folder / told.sounds[0])  # not isolated: it is what a shell takes from the line
    return f"{path}  {clock(told.duration_s)}  {count_chapters(told.chapters)}{note}"


def line_of_dry_run(made: Edition) -> str:
    """Return the lines of an edition that was not made."""
    counts = f"{count_cues(len(made.script.cues))}, {count_chapters(len(made.script.chapters))}"
    line = f"{isolate(made.script.title)}: {counts} ({translated('dry run')})"
    return "\n".join((line, *cost_lines(made.costs)))


def summary_of(made: Sequence[Outcome], config: Config) -> list[str]:
    """Return what came of a run: editions, their length, what a paid voice was sent, and where to listen."""
    if not made:
        return []
    kept = sum(told.unchanged for told in made)
    parts = [several("{count} edition", "{count} editions", len(made)), clock(sum(told.duration_s for told in made))]
    if kept == len(made):
        parts.append(translated("nothing has changed"))
    elif kept:
        parts.append(several("{count} of them unchanged", "{count} of them unchanged", kept))
    return [("، " if is_arabic() else ", ").join(parts), *_sent(made, config), *_addresses(made, config)]


def count_chapters(count: int) -> str:
    """Return a number of chapters in words."""
    return several("{count} chapter", "{count} chapters", count)


def count_cues(count: int) -> str:
    """Return a number of cues in words."""
    return several("{count} cue", "{count} cues", count)


def clock(seconds: float) -> str:
    """Return a length as players show it: 2:40, or 1:02:40."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def _sent(made: Sequence[Outcome], config: Config) -> list[str]:
    """Return a line for each voice that was sent text to a server, with what that costs where the voice says it."""
    counts: Counter[str] = Counter()
    for told in made:
        counts.update(told.sent)
    prices: Mapping[str, float] = {}
    if counts:
        from tts_news.speak import catalogue

        prices = {name: spec.price for name, spec in catalogue.find(config.speak).items()}
    lines = []
    for voice, count in sorted(counts.items()):
        line = several("{count} character sent to {voice}", "{count} characters sent to {voice}", count, voice=voice)
        cost = count * prices.get(voice, 0.0) / 1_000_000
        lines.append(f"{line}  ≈ {cost:.2f}" if cost else line)
    return lines


def cost_lines(voices: Sequence[VoiceInfo]) -> Iterator[str]:
    """Yield for each voice of a server what it is sent at most, and about what that costs where the voice says it."""
    for voice in voices:
        line = several(
            "{count} character at most to {voice}",
            "{count} characters at most to {voice}",
            voice.characters,
            voice=voice.name,
        )
        yield f"{line}  ≈ {voice.cost:.2f}" if voice.cost else line


def _addresses(made: Sequence[Outcome], config: Config) -> list[str]:
    """Return where the page and the feed are: their addresses where the show has one, else their files."""
    from tts_news.publish.show import name_in

    base, output = config.show.base_url.strip(), Path(config.publish.output)
    lines = []
    if len(made) == 1:
        folder = made[0].folder
        page = f"{base.rstrip('/')}/{name_in(output, folder)}/" if base else short_path(folder / "index.html")
        lines.append(f"{translated('page')}  {isolate(page)}")
    else:
        page = f"{base.rstrip('/')}/" if base else short_path(output / "index.html")
        lines.append(f"{translated('pages')}  {isolate(page)}")
    if base:
        feed = f"{base.rstrip('/')}/feed.xml"
        lines.append(f"{translated('feed')}  {isolate(feed)}")
    return lines
