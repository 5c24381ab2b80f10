"""How far a run has come, on stderr: a bar on a terminal, a line an article otherwise; at the end what came of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import typer

from tts_news.errors import TtsNewsError
from tts_news.extras import short_path
from tts_news.words import is_arabic, isolate, say_error, several, translated

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from tts_news.config import Config
    from tts_news.orders import Edition
    from tts_news.records import VoiceInfo

_OF_A_BAR = 36  # cells that the bar, the percentage and the time left take


class Lines:
    """Plain lines: one an article, and every failure; with `verbose` one a stage, with `quiet` only failures."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._at = ""
        self._told = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def source(self, number: int, total: int) -> None:
        """Another input of the run begins."""
        self._at = translated("{number} of {total}", number=number, total=total) if total > 1 else ""

    def stage(self, name: str, subject: str) -> None:
        """A stage begins; what is being read is not known by its title yet, and stands in no line of its own."""
        if self._quiet or (not self._verbose and (name == "reading" or subject == self._told)):
            return
        self._told = subject
        parts = (self._at, translated(name) if self._verbose else "", isolate(subject))
        typer.echo("  ".join(part for part in parts if part), err=True)

    def progress(self, done: int, total: int) -> None:
        """The stage has done that much of its work: a bar's business."""

    def costs(self, voices: Sequence[VoiceInfo]) -> None:
        """Servers are about to be sent what these voices say; what is kept of earlier runs is not sent again."""
        if not self._quiet:
            for line in cost_lines(voices):
                self.tell(line, err=True)

    def failed(self, subject: str, err: TtsNewsError) -> None:
        """An article failed."""
        self.tell(say_error(err, subject), err=True)

    def tell(self, text: str, *, err: bool = False) -> None:
        """Print a line, on stdout if it is a result."""
        typer.echo(text, err=err)

    def sum_up(self, lines: list[str]) -> None:
        """Print what came of the run."""
        for line in () if self._quiet else lines:
            self.tell(line, err=True)


class Bar(Lines):
    """A progress bar; results and failures stand above it."""

    _bar: Progress
    _task: TaskID

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(20), TaskProgressColumn())
        self._bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task("", total=None)
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def stage(self, name: str, subject: str) -> None:
        """Name the stage and the article in front of the bar, as far as the terminal is wide."""
        from rich.cells import set_cell_size
        from rich.text import Text

        head = "  ".join(part for part in (self._at, translated(name)) if part)
        room = self._bar.console.width - _OF_A_BAR - Text(head).cell_len - 2
        title = subject if Text(subject).cell_len <= room else f"{set_cell_size(subject, max(room - 1, 0)).rstrip()}…"
        self._bar.reset(self._task, description=f"{head}  {isolate(title)}", total=None)

    def progress(self, done: int, total: int) -> None:
        """Move the bar."""
        self._bar.update(self._task, completed=done, total=total)

    def tell(self, text: str, *, err: bool = False) -> None:
        """Print a line where the bar stood, and the bar under it."""
        self._bar.stop()
        typer.echo(text, err=err)
        self._bar.start()


class Steps(Lines):
    """A file that says at every moment how far the run is, for whoever runs us; failures are lines."""

    def __init__(self, file: Path) -> None:
        super().__init__(quiet=True)
        self._file = file
        self._stage = ""

    def stage(self, name: str, subject: str) -> None:  # noqa: ARG002 - whoever runs us knows what it is
        """A stage begins."""
        self._stage = name
        self.progress(0, 0)

    def progress(self, done: int, total: int) -> None:
        """Write it down; a full disk is the run's trouble, not this file's."""
        import json
        from contextlib import suppress

        from tts_news.files import write_file

        with suppress(OSError):
            facts = {"stage": self._stage, "done": done, "total": total}
            write_file(self._file, json.dumps(facts).encode(), sync=False, noticed=False)


def reporter(*, quiet: bool, verbose: bool = False, steps: Path | None = None) -> Lines:
    """Return what suits where stderr goes, or the file of `--steps`."""
    if steps:
        return Steps(steps)
    if sys.stderr.isatty() and not quiet and not verbose:
        return Bar()
    return Lines(quiet=quiet, verbose=verbose)


class Summary:
    """What came of a run: editions, their length, what a paid voice was sent, and where to listen."""

    def __init__(self) -> None:
        self._made: list[Edition] = []

    def add(self, edition: Edition) -> None:
        """Count an edition in."""
        self._made.append(edition)

    def lines(self, config: Config) -> list[str]:
        """Return the summary; nothing where nothing was made, as after a dry run."""
        made = [edition for edition in self._made if edition.episode]
        if not made:
            return []
        length_s = sum(edition.episode.duration_s for edition in made if edition.episode)
        kept = sum(edition.unchanged for edition in made)
        parts = [several("{count} edition", "{count} editions", len(made)), clock(length_s)]
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


def _sent(made: list[Edition], config: Config) -> list[str]:
    """Return a line for each voice that was sent text to a server, with what that costs where the voice says it."""
    counts: Counter[str] = Counter()
    for edition in made:
        counts.update(edition.sent)
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


def _addresses(made: list[Edition], config: Config) -> list[str]:
    """Return where the page and the feed are: their addresses where the show has one, else their files."""
    base, output = config.show.base_url.strip(), Path(config.publish.output)
    lines = []
    if len(made) == 1 and (folder := made[0].folder):
        page = f"{base.rstrip('/')}/{folder.name}/" if base else short_path(folder / "index.html")
        lines.append(f"{translated('page')}  {isolate(page)}")
    else:
        page = f"{base.rstrip('/')}/" if base else short_path(output / "index.html")
        lines.append(f"{translated('pages')}  {isolate(page)}")
    if base:
        feed = f"{base.rstrip('/')}/feed.xml"
        lines.append(f"{translated('feed')}  {isolate(feed)}")
    return lines
