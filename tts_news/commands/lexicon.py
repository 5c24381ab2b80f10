"""`tts-news lexicon`: how names and terms are said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile

if TYPE_CHECKING:
    from tts_news.script.lexicon import Entry

app = typer.Typer(help="List, check and extend the show's pronunciation lexicon.", no_args_is_help=True)


def _path(config: Path | None) -> Path:
    from tts_news.config import load
    from tts_news.errors import UsageError

    path = load(config).script.lexicon
    if not path:
        raise UsageError("[script] lexicon is empty, so there is no lexicon to change", hint='lexicon = "lexicon.toml"')
    return Path(path)


@app.command("list")
def list_terms(
    config: ConfigFile = None,
    seed: Annotated[bool, typer.Option("--seed", help="Also list the names that come with the program.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the terms of the lexicon and how they are said."""
    import dataclasses
    import json

    from tts_news.script import lexicon

    entries = (*lexicon.seed(), *lexicon.read_lexicon(_path(config))) if seed else lexicon.read_lexicon(_path(config))
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(entry) for entry in entries], ensure_ascii=False))
        return
    for entry in entries:
        notes = [note for note in (entry.gender, ", ".join(entry.scope), entry.kind) if note]
        typer.echo("\t".join([entry.written, entry.spoken, *notes]))


@app.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Lexicons (TOML, or PLS as .pls or .xml); the show's.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Check that every term of the lexicon can be said and that none stands in it twice."""
    from tts_news.errors import ScriptError

    for path in files or [_path(config)]:
        if not path.is_file():
            raise ScriptError(f"there is no lexicon {path}", hint="`tts-news lexicon add TERM SPOKEN` begins one")
        entries = _read(path)
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for entry in entries:
            if (entry.written, entry.scope) in seen:
                raise ScriptError(f"{path}: '{entry.written}' stands in it twice", hint="keep one of the two")
            seen.add((entry.written, entry.scope))
        typer.echo(f"{path}: {len(entries)} term{'s' * (len(entries) != 1)}, all can be said")


@app.command("add")
def add(
    term: Annotated[str, typer.Argument(help="As it is written, or a PLS file (.pls, .xml) to import.")],
    spoken: Annotated[str | None, typer.Argument(help="As it is said: Arabic letters with their marks.")] = None,
    gender: Annotated[str, typer.Option(help="m or f: for the numbers that count it.")] = "",
    scope: Annotated[list[str] | None, typer.Option(help="Only in articles of this site or category.")] = None,
    config: ConfigFile = None,
) -> None:
    """Add a term to the show's lexicon, or change how it is said; or import a PLS lexicon."""
    from tts_news.errors import UsageError
    from tts_news.script.lexicon import make_entry, read_lexicon
    from tts_news.script.lexicon_file import add_entries

    path = _path(config)
    if gender not in {"", "m", "f"}:
        raise UsageError(f"gender is m or f, not '{gender}'", hint="leave it out when nothing counts the term")
    if spoken is None:
        if Path(term).suffix not in {".pls", ".xml"}:
            raise UsageError(f"how is '{term}' said?", hint=f'tts-news lexicon add "{term}" "…" in letters with marks')
        entries = _read(Path(term))
    else:
        entries = (
            make_entry(term, spoken, "f" if gender == "f" else "m" if gender else "", tuple(scope or ()), "lexicon"),
        )
    known = {(entry.written, entry.scope) for entry in read_lexicon(path)}
    add_entries(path, entries)
    changed = sum((entry.written, entry.scope) in known for entry in entries)
    typer.echo(f"{path}: {len(entries) - changed} added, {changed} changed")


def _read(path: Path) -> tuple[Entry, ...]:
    from tts_news.script.lexicon import read_lexicon
    from tts_news.script.pls import read_pls

    return read_pls(path) if path.suffix in {".pls", ".xml"} else read_lexicon(path)
