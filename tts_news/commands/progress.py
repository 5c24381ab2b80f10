"""How far a run has come, on stderr: a bar on a terminal, a line an article otherwise."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import typer

from tts_news.commands.outcomes import cost_lines
from tts_news.errors import TtsNewsError
from tts_news.words import isolate, say_error, translated

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

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
