"""`tts-news lexicon`: how names and terms are said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile, Voice
from tts_news.commands.results import print_result, to_json
from tts_news.commands.terms import add as add_terms
from tts_news.commands.terms import check_marks, lexicon_path, read_terms
from tts_news.words import isolate, several

Scope = Annotated[list[str] | None, typer.Option("--scope", help="Only in articles of this site or category.")]
VoiceScope = Annotated[list[str] | None, typer.Option("--voice", help="Only when this voice speaks.")]

app = typer.Typer(help="List, check and extend the show's pronunciation lexicon.", no_args_is_help=True)


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

    entries = (
        (*lexicon.seed(), *lexicon.read_lexicon(lexicon_path(config)))
        if seed
        else lexicon.read_lexicon(lexicon_path(config))
    )
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(entry) for entry in entries], ensure_ascii=False))
        return
    for entry in entries:
        notes = [note for note in (entry.gender, ", ".join(entry.scope), ", ".join(entry.voices), entry.kind) if note]
        typer.echo("\t".join([entry.written, entry.spoken, *notes]))


@app.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Lexicons (TOML, or PLS as .pls or .xml); the show's.")
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Check that every term can be said, that every letter has its mark and that no term stands there twice."""
    from tts_news.errors import ScriptError

    for path in files or [lexicon_path(config)]:
        if not path.is_file():
            raise ScriptError(f"there is no lexicon {path}", hint="`tts-news lexicon add TERM SPOKEN` begins one")
        entries = read_terms(path)
        seen = set()
        for entry in entries:
            if entry.key in seen:
                raise ScriptError(f"{path}: '{entry.written}' stands in it twice", hint="keep one of the two")
            seen.add(entry.key)
        check_marks(entries, str(path))
        fine = several("{count} term, it can be said", "{count} terms, all can be said", len(entries))
        print_result({"file": path, "terms": len(entries)}, f"{isolate(str(path))}: {fine}", as_json=as_json)


@app.command("add")
def add(
    term: Annotated[str, typer.Argument(help="As it is written, or a PLS file (.pls, .xml) to import.")],
    spoken: Annotated[str | None, typer.Argument(help="As it is said: Arabic letters with their marks.")] = None,
    gender: Annotated[str, typer.Option(help="m or f: for the numbers that count it.")] = "",
    scope: Scope = None,
    voice: VoiceScope = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Add a term to the show's lexicon, or change how it is said; or import a PLS lexicon."""
    facts, line = add_terms(term, spoken, gender, scope or (), voice or (), config)
    print_result(facts, line, as_json=as_json)


@app.command("remove")
def remove(
    term: Annotated[str, typer.Argument(help="As it is written.")],
    scope: Scope = None,
    voice: VoiceScope = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Take a term out of the show's lexicon: all its entries, or the one of a scope or voice."""
    from tts_news.errors import ScriptError
    from tts_news.script.lexicon import read_lexicon, term_key
    from tts_news.script.lexicon_file import remove_entries

    path = lexicon_path(config)
    wanted = term_key(term)
    keys = [
        entry.key
        for entry in read_lexicon(path)
        if entry.written == wanted
        and (not scope or entry.scope == tuple(scope))
        and (not voice or entry.voices == tuple(voice))
    ]
    if not keys:
        raise ScriptError(f"{path}: there is no '{term}' in it", hint="`tts-news lexicon list` prints what is")
    gone = remove_entries(path, keys)
    line = f"{isolate(str(path))}: {several('{count} removed', '{count} removed', gone)}"
    print_result({"file": path, "removed": gone}, line, as_json=as_json)


@app.command("test")
def say_term(
    term: Annotated[str, typer.Argument(help="A term, or a sentence that holds it.")],
    output: Annotated[str, typer.Option("--output", "-o", help="File of the sound, as in `say`; - is stdout.")] = "-",
    voice: Voice = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Say a term as an edition would, and print on stderr what is said."""
    from tts_news.config import load
    from tts_news.errors import UsageError
    from tts_news.saying import say
    from tts_news.script.line import Lines
    from tts_news.speak import catalogue

    if output == "-" and as_json:
        raise UsageError("sound and JSON cannot both go to stdout", hint="name a file: -o out.wav")
    settings = load(config)
    spec = catalogue.choose(voice or settings.speak.voice, catalogue.find(settings.speak))
    spoken = Lines(settings.script, spec.name).spoken(term)
    typer.echo(to_json({"term": term, "spoken": spoken, "voice": spec.name}) if as_json else spoken, err=not as_json)
    say(term, output, voice, 1.0, 1.0, None, config)
