"""How far a run has come, on stderr: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import typer

from tts_news.errors import TtsNewsError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.progress import Progress, TaskID


class Lines:
    """Plain lines: one a stage, and every failure. With `quiet` only failures."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def stage(self, name: str, subject: str) -> None:
        """A stage begins."""
        if not self._quiet:
            typer.echo(f"{name}: {subject}", err=True)

    def progress(self, done: int, total: int) -> None:
        """Said once, when the work is known."""
        if not self._quiet and total and done == total:
            typer.echo(f"  {total} takes spoken", err=True)

    def failed(self, subject: str, err: TtsNewsError) -> None:
        """An article failed."""
        typer.echo(f"failed: {subject}: {err}" if subject else f"failed: {err}", err=True)
        if err.hint:
            typer.echo(f"hint: {err.hint}", err=True)


class Bar(Lines):
    """A progress bar; failures stand above it."""

    _bar: Progress
    _task: TaskID

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task("", total=None)
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def stage(self, name: str, subject: str) -> None:
        """Name the stage in front of the bar."""
        self._bar.reset(self._task, description=f"{name} {subject[:40]}", total=None)

    def progress(self, done: int, total: int) -> None:
        """Move the bar."""
        self._bar.update(self._task, completed=done, total=total)

    def failed(self, subject: str, err: TtsNewsError) -> None:
        """An article failed."""
        self._bar.console.print(f"failed: {subject}: {err}", markup=False, highlight=False)


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
            write_file(self._file, json.dumps(facts).encode(), sync=False)


def reporter(*, quiet: bool, steps: Path | None = None) -> Lines:
    """Return what suits where stderr goes, or the file of `--steps`."""
    import sys

    if steps:
        return Steps(steps)
    return Bar() if sys.stderr.isatty() and not quiet else Lines(quiet=quiet)
