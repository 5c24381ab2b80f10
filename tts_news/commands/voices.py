"""`tts-news voices`: which voices there are, and fetching, hearing, adding and removing them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile, Quiet
from tts_news.commands.results import print_result
from tts_news.extras import install_hint
from tts_news.words import isolate, translated

if TYPE_CHECKING:
    from tts_news.speak.catalogue import VoiceSpec
    from tts_news.speak.settings import SpeakSettings

app = typer.Typer(help="List, install, hear, add and remove voices.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A voice of `tts-news voices list`.")]
MEGABYTE = 1_000_000


def _voices(config: Path | None) -> tuple[SpeakSettings, dict[str, VoiceSpec]]:
    from tts_news.config import load
    from tts_news.speak import catalogue

    settings = load(config).speak
    return settings, catalogue.find(settings)


def _named(name: str, voices: dict[str, VoiceSpec]) -> VoiceSpec:
    from tts_news.errors import SpeakError, did_you_mean

    if name not in voices:
        raise SpeakError(f"there is no voice called {name!r}", hint=did_you_mean(name, voices))
    return voices[name]


def _state(spec: VoiceSpec) -> str:
    from tts_news.speak.engine import missing_extra, missing_key

    if spec.fault:
        return "broken"
    extra = missing_extra(spec)
    if extra or spec.missing:
        return f"needs [{extra}]" if extra else "not installed"
    if spec.address and not spec.trust:
        return "not trusted"
    return "needs a key" if missing_key(spec) else "ready"


def _use(spec: VoiceSpec) -> str:
    return "any use" if spec.commercial else "non-commercial"


@app.command("list")
def list_voices(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the voices, best first: whether they are ready, engine, language, gender, use, licence, size, speed."""
    _, voices = _voices(config)
    if as_json:
        typer.echo(json.dumps([_facts(spec) for spec in voices.values()], ensure_ascii=False))
        return
    rows = [_row(spec) for spec in voices.values()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        typer.echo("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


def _row(spec: VoiceSpec) -> tuple[str, ...]:
    size = _size(spec)
    return (
        spec.name,
        _state(spec),
        spec.engine,
        spec.language,
        spec.gender or "-",
        _use(spec),
        spec.licence.removeprefix("https://").partition("/")[0] or "-",
        f"{size / MEGABYTE:.0f} MB" if size else "-",
        f"{1 / spec.work:.0f}x" if spec.work else "-",
        spec.title,
    )


def _size(spec: VoiceSpec) -> float:
    """Bytes of all model files; what its maker says where not all are known."""
    sizes = list(_sizes(spec))
    return sum(sizes) if sizes and all(sizes) else max(sum(sizes), spec.about_mb * MEGABYTE)


def _sizes(spec: VoiceSpec) -> Iterator[int]:
    """Bytes of each model file: of what is there, else what its `voice.toml` says of the download."""
    stated = {download.name: download.size for download in spec.downloads}
    for name in spec.model_files:
        path = spec.folder / name
        yield path.stat().st_size if path.is_file() else stated.get(name, 0)


@app.command()
def show(name: Name, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Show all that is known of a voice, and its card."""
    spec = _named(name, _voices(config)[1])
    if as_json:
        typer.echo(json.dumps(_facts(spec), ensure_ascii=False))
        return
    for key, value in _facts(spec).items():
        if value not in ("", (), [], {}, 0, None) and key != "downloads":
            typer.echo(f"{key:12}  {value}")
    for file in spec.downloads:
        size = f"{file.size / MEGABYTE:.1f} MB" if file.size else "size not known"
        typer.echo(
            f"{'download':12}  {file.name}, {size}, SHA-256 {file.sha256 or 'not published'}\n{'':12}  {file.url}"
        )
    card = spec.folder / "README.md"
    if card.is_file():
        typer.echo(f"\n{card.read_text(encoding='utf-8').strip()}")


def _facts(spec: VoiceSpec) -> dict[str, object]:
    return {
        **dataclasses.asdict(spec),
        "folder": str(spec.folder),
        "installed": not spec.missing,
        "state": _state(spec),
        "size": int(_size(spec)),
    }


@app.command()
def install(
    name: Name,
    accept_licence: Annotated[
        bool, typer.Option("--accept-licence", help="You have read the voice's non-commercial licence and agree.")
    ] = False,
    config: ConfigFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Fetch the files of a voice, verify them and make it usable; a broken download goes on where it stopped.

    A voice that is installed already is verified, and fetched again where its files have changed.
    """
    import os

    from tts_news.errors import SpeakError
    from tts_news.speak.catalogue import CARD, load
    from tts_news.speak.engine import engine_class, missing_extra
    from tts_news.speak.install import install as fetch

    settings, voices = _voices(config)
    spec = _named(name, voices)
    agreed = accept_licence or (spec.engine == "coqui" and os.environ.get("COQUI_TOS_AGREED") == "1")
    if spec.missing and not spec.commercial and not agreed:
        raise SpeakError(
            f"the voice {name} is not free for every use: {spec.licence} {spec.licence_url}".rstrip(),
            hint=f"if you agree to it: tts-news voices install {name} --accept-licence",
        )
    shown: dict[str, int] = {}

    def report(file: str, there: int, size: int) -> None:
        tenth = there * 10 // size if size else there // (50 * MEGABYTE)
        if not quiet and shown.get(file) != tenth:
            shown[file] = tenth
            typer.echo(
                f"{file}: {there / MEGABYTE:.1f}" + (f" of {size / MEGABYTE:.1f} MB" if size else " MB"), err=True
            )

    installed = fetch(spec, settings.voices_url, report)
    for file, sha256 in installed.trusted.items():
        typer.echo(f"{file}: no SHA-256 is published; taken as it came, and no other from now on: {sha256}", err=True)
    if spec.engine == "coqui" and "model" in spec.options:
        engine_class(spec)(spec)  # coqui-tts fetches the models of its own list when they are first loaded
    elif extra := missing_extra(spec):
        typer.echo(f"{name} speaks with an extra: {install_hint(extra)}", err=True)
    state = _state(load(installed.folder / CARD))
    facts = {"name": name, "state": state, "folder": installed.folder}
    print_result(facts, f"{name}  {translated(state)}  {isolate(str(installed.folder))}", as_json=as_json)


@app.command()
def remove(name: Name, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Delete the files of an installed voice."""
    from tts_news.errors import SpeakError
    from tts_news.speak.install import remove as delete

    if not delete(_named(name, _voices(config)[1])):
        raise SpeakError(
            f"the voice {name} came with tts-news or the show's folder and stays", hint="tts-news voices show"
        )
    print_result({"name": name, "removed": True}, f"{name}  {translated('removed')}", as_json=as_json)


@app.command("try")
def try_voices(
    names: Annotated[list[str] | None, typer.Argument(help="Voices to hear; all that are installed when none.")] = None,
    text: Annotated[str, typer.Option(help="What they say; each voice's own sample when not given.")] = "",
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder the WAV files go to.")] = Path(),
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Let voices speak a sample sentence into NAME.wav."""
    from tts_news.errors import SpeakError
    from tts_news.speak import catalogue
    from tts_news.speak.sample import write_sample

    _, voices = _voices(config)
    for name in names or [name for name, spec in voices.items() if _state(spec) == "ready"]:
        spec = catalogue.choose(name, voices)
        try:
            path, sound_s, work_s = write_sample(spec, text, output)
        except SpeakError as err:
            if names:
                raise
            typer.echo(f"{name}: {err}", err=True)
            continue
        facts = {"name": name, "file": path, "duration_s": round(sound_s, 3), "work_s": round(work_s, 3)}
        made = translated("{sound} s, made in {work} s", sound=f"{sound_s:.1f}", work=f"{work_s:.2f}")
        print_result(facts, f"{isolate(str(path))}  {made}", as_json=as_json)


@app.command()
def compare(
    text: Annotated[str, typer.Argument(help="What all of them say; numbers and vowels are seen to as `say` does.")],
    names: Annotated[list[str] | None, typer.Argument(help="Voices; all that are ready when none.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder the page and the sounds go to.")] = Path(),
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Let voices say one sentence and write a page to listen to them side by side."""
    from tts_news.config import load
    from tts_news.errors import SpeakError, UsageError
    from tts_news.publish.comparison import Spoken, write_comparison
    from tts_news.script.line import Lines
    from tts_news.speak import catalogue
    from tts_news.speak.sample import write_sample

    settings = load(config)
    voices = catalogue.find(settings.speak)
    heard: list[Spoken] = []
    for name in names or [name for name, spec in voices.items() if _state(spec) == "ready"]:
        spec = catalogue.choose(name, voices)
        try:
            path, sound_s, work_s = write_sample(spec, Lines(settings.script, name).spoken(text), output)
        except SpeakError as err:
            if names:
                raise
            typer.echo(f"{name}: {err}", err=True)
            continue
        facts = (spec.title, spec.gender, spec.licence, spec.commercial)
        heard.append(Spoken(name, *facts, path.name, round(sound_s, 1), round(work_s, 2)))
    if not heard:
        raise UsageError("no voice could say it", hint="tts-news voices list")
    page = write_comparison(text, heard, output)
    print_result({"page": page, "voices": [one.name for one in heard]}, str(page), as_json=as_json)


@app.command()
def trust(
    name: Name,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="It may also be sent your key, OPENAI_API_KEY or AZURE_SPEECH_KEY.")
    ] = False,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Let a voice send what it is to say to the server it names."""
    from tts_news.speak.catalogue import user_folder
    from tts_news.speak.trust import trust as note

    spec = _named(name, _voices(config)[1])
    note(spec.name, spec.address, user_folder(), with_key=with_key)
    granted = "may speak through {address}, with your key" if with_key else "may speak through {address}"
    facts = {"name": name, "address": spec.address, "with_key": with_key}
    print_result(facts, f"{name}  {translated(granted, address=spec.address)}", as_json=as_json)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Lower-case ASCII letters, digits, - and _.")],
    files: Annotated[list[Path] | None, typer.Argument(help="Model files, or a reference recording.")] = None,
    engine: Annotated[str, typer.Option(help="coqui, piper, hts, openai, azure, ...")] = "",
    licence: Annotated[str, typer.Option(help="SPDX identifier or URL of the voice's licence.")] = "",
    commercial: Annotated[bool, typer.Option("--commercial", help="The licence allows commercial use.")] = False,
    attribution: Annotated[str, typer.Option(help="Whom to name.")] = "",
    consent: Annotated[str, typer.Option(help="For a cloned voice: how its owner agreed to it.")] = "",
    option: Annotated[list[str] | None, typer.Option(help="KEY=VALUE for the engine, e.g. speaker=Salim.")] = None,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="The server in --option url=… may be sent your key.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add a voice of your own: a piper or VITS checkpoint, an HTS voice, a recording to clone, a server's voice."""
    from tts_news.errors import UsageError
    from tts_news.speak.adding import add as write
    from tts_news.speak.catalogue import user_folder
    from tts_news.speak.trust import trust as note

    pairs = [pair.partition("=") for pair in option or ()]
    if not licence or any(not middle for _, middle, _ in pairs):
        raise UsageError("a voice needs --licence, and options are KEY=VALUE", hint="tts-news voices add --help")
    values: dict[str, str | bool] = {
        "engine": engine,
        "licence": licence,
        "commercial": commercial,
        "attribution": attribution,
        "consent": consent,
    }
    spec = write(name, values, {key: value for key, _, value in pairs}, files or [])
    if spec.address:  # who types an address has named it
        note(spec.name, spec.address, user_folder(), with_key=with_key)
    facts = {"name": spec.name, "state": "ready", "folder": spec.folder}
    print_result(facts, f"{spec.name}  {translated('ready')}  {isolate(str(spec.folder))}", as_json=as_json)
