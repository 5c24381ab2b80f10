"""The configuration: flag over environment over `tts-news.toml` over default. Nothing else reads TOML or `TTS_NEWS_*`.

Each room owns its settings (a frozen dataclass in its `settings.py`); here they are only filled and checked.

    [show]     ShowSettings        [script]   ScriptSettings      [master]   MasterSettings
    [read]     ReadSettings        [speak]    SpeakSettings       [publish]  PublishSettings
    [serve]    ServeSettings       [voices]   voice by role, the same as [speak.voices]
    [provenance] ProvenanceSettings

A variable is `TTS_NEWS_<TABLE>_<KEY>`, e.g. `TTS_NEWS_SPEAK_VOICE=espeak`; lists are separated by commas. The
variables of ALIASES have a shorter name, or one that other programs use.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping
from dataclasses import field, fields
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_origin, get_type_hints

from tts_news.errors import ConfigError, did_you_mean
from tts_news.files import name_fault, read_toml
from tts_news.frozen import dataclass
from tts_news.patterns import lazy

if TYPE_CHECKING:
    from tts_news.master.settings import MasterSettings, ProvenanceSettings
    from tts_news.publish.settings import PublishSettings, ShowSettings
    from tts_news.read.settings import ReadSettings
    from tts_news.script.settings import ScriptSettings
    from tts_news.server.settings import ServeSettings
    from tts_news.speak.settings import SpeakSettings

FILE_NAME = "tts-news.toml"
ENV_PREFIX = "TTS_NEWS_"
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "TTS_NEWS_VOICES_URL": "speak.voices_url",
        "TTS_NEWS_VOICE": "speak.voice",
        "TTS_NEWS_OUTPUT": "publish.output",
    }
)
PATHS = frozenset(
    """show.cover script.lexicon script.corrections speak.voices_dir speak.cache_dir read.cache_dir publish.output
    serve.access_log_file     serve.accounts
    master.intro master.outro master.separator master.bed
    provenance.certificate provenance.key""".split()
)
OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "master.formats": "--format",
        "read.kind": "--from",
        "publish.output": "--output",
        "speak.accept_licences": "--accept-licence",
    }
)
"""Options of the command line that are not called like their setting."""
# What Kubernetes sets for a service called tts-news.
_OF_A_CLUSTER = lazy(r"TTS_NEWS_(\w+_)?(SERVICE_(HOST|PORT\w*)|PORT(_\d+_(TCP|UDP)\w*)?)")
SECRETS = frozenset({"serve.keys", "provenance.key_pem"})


class _Tables(Mapping[str, type[Any]]):
    """The settings of each table; a table's room is loaded when it is looked up."""

    _places: Mapping[str, str] = MappingProxyType(
        {
            "show": "publish.settings:ShowSettings",
            "read": "read.settings:ReadSettings",
            "script": "script.settings:ScriptSettings",
            "speak": "speak.settings:SpeakSettings",
            "master": "master.settings:MasterSettings",
            "provenance": "master.settings:ProvenanceSettings",
            "publish": "publish.settings:PublishSettings",
            "serve": "server.settings:ServeSettings",
        }
    )

    def __getitem__(self, name: str) -> type[Any]:
        module, _, kind = self._places[name].partition(":")
        found: type[Any] = getattr(import_module(f"tts_news.{module}"), kind)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


TABLES: Mapping[str, type[Any]] = _Tables()


def _default(name: str) -> Any:
    """Return a table in which nothing is set."""
    return TABLES[name]()


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set, and where each value that is not the default came from.

    Attributes:
        folder: The show's folder: where the configuration file lies, or the working directory. Paths in the settings
            that `load` returns have been resolved against it.
        origins: "table.key" → "flag", the variable's name, or the file's path.
    """

    show: ShowSettings = field(default_factory=partial(_default, "show"))
    read: ReadSettings = field(default_factory=partial(_default, "read"))
    script: ScriptSettings = field(default_factory=partial(_default, "script"))
    speak: SpeakSettings = field(default_factory=partial(_default, "speak"))
    master: MasterSettings = field(default_factory=partial(_default, "master"))
    provenance: ProvenanceSettings = field(default_factory=partial(_default, "provenance"))
    publish: PublishSettings = field(default_factory=partial(_default, "publish"))
    serve: ServeSettings = field(default_factory=partial(_default, "serve"))
    folder: Path = field(default_factory=Path.cwd)
    origins: Mapping[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """Make a table that `load` left for later: one in which nothing is set."""
        if name not in TABLES:
            raise AttributeError(name)
        object.__setattr__(self, name, _resolve(name, _default(name), self.folder))
        return getattr(self, name)


def load(
    file: Path | None = None,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Config:
    """Return the configuration in force.

    Args:
        file: The configuration file; None looks for `tts-news.toml` in the working directory.
        flags: "table.key" → value, from the command line; None values are left out.
        environ: The environment; `os.environ` when None.

    Raises:
        ConfigError: The file cannot be read, or a name or value does not hold; names the place.
    """
    environ = os.environ if environ is None else environ
    found = _find_file(file, environ)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if found:
        _take(_read_file(found), str(found), values, origins)
    _take_environment(environ, values, origins)
    _take({k: v for k, v in (flags or {}).items() if v is not None}, "flag", values, origins)
    folder = found.parent.absolute() if found else Path.cwd()
    config: Config = object.__new__(Config)
    object.__setattr__(config, "folder", folder)
    object.__setattr__(config, "origins", MappingProxyType(origins))
    for name in dict.fromkeys(place.partition(".")[0] for place in values):
        own = {k.partition(".")[2]: v for k, v in values.items() if k.startswith(f"{name}.")}
        object.__setattr__(config, name, _resolve(name, _build(name, TABLES[name], own, origins), folder))
    return config


def read_secret(config: Config, variable: str, file: str, environ: Mapping[str, str] | None = None) -> str:
    """Return a secret that the configuration only names: from a variable of the environment, or a file.

    Raises:
        ConfigError: It is not there.
    """
    environ = os.environ if environ is None else environ
    if variable:
        if not environ.get(variable):
            raise ConfigError(f"the variable {variable} is not set, and a secret is to be in it")
        return environ[variable]
    path = config.folder / Path(file).expanduser()
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as err:
        raise ConfigError(f"cannot read the secret in {path}: {err}") from err


def _find_file(file: Path | None, environ: Mapping[str, str]) -> Path | None:
    named = file or (Path(environ["TTS_NEWS_CONFIG"]) if environ.get("TTS_NEWS_CONFIG") else None)
    if named:
        return named
    default = Path.cwd() / FILE_NAME
    return default if default.is_file() else None


def _read_file(path: Path) -> dict[str, Any]:
    """Return the file as {"table.key": value}, with `[voices]` as `speak.voices`."""
    try:
        tables = read_toml(path)
    except FileNotFoundError as err:
        raise ConfigError(f"there is no configuration file {path}") from err
    except (OSError, ValueError) as err:
        raise ConfigError(
            f"cannot read the configuration file {path}: {err}",
            hint="`tts-news config --example` prints one to begin from",
        ) from err
    if "voices" in tables:
        tables.setdefault("speak", {})["voices"] = tables.pop("voices")
    flat: dict[str, Any] = {}
    for name, table in tables.items():
        if name not in TABLES or not isinstance(table, dict):
            raise ConfigError(f"{path}: unknown table [{name}]", hint=did_you_mean(name, [*TABLES, "voices"]))
        flat |= {f"{name}.{key}": value for key, value in table.items()}
    return flat


def _take_environment(environ: Mapping[str, str], values: dict[str, Any], origins: dict[str, str]) -> None:
    if not any(name.startswith(ENV_PREFIX) for name in environ):
        return
    for variable, place in ALIASES.items():
        if variable in environ:
            _take({place: environ[variable]}, variable, values, origins)
    for name, kind in TABLES.items():
        for key in fields(kind):
            variable = f"{ENV_PREFIX}{name}_{key.name}".upper()
            if variable in environ:
                text = environ[variable]
                is_list = get_origin(hints_of(kind)[key.name]) is tuple
                value: object = tuple(x.strip() for x in text.split(",") if x.strip()) if is_list else text
                _take({f"{name}.{key.name}": value}, variable, values, origins)
    _check_variables(environ)


def _check_variables(environ: Mapping[str, str]) -> None:
    """Refuse a variable that names no setting although it begins as ours do: a slip would change nothing, unseen."""
    known = {f"{ENV_PREFIX}{name}_{key.name}".upper() for name, kind in TABLES.items() for key in fields(kind)}
    known |= {*ALIASES, f"{ENV_PREFIX}CONFIG"}
    for name in environ:
        if not name.startswith(ENV_PREFIX) or name in known or _OF_A_CLUSTER.fullmatch(name):
            continue
        hint = did_you_mean(name, known)
        ours = tuple(f"{ENV_PREFIX}{table}_".upper() for table in TABLES)
        if hint.startswith("did") or name.startswith(ours):
            raise ConfigError(
                f"{name}: no such setting", hint=hint if hint.startswith("did") else "`tts-news config` lists them"
            )


def _take(new: Mapping[str, object], origin: str, values: dict[str, Any], origins: dict[str, str]) -> None:
    values.update(new)
    origins.update(dict.fromkeys(new, origin))


def hints_of(kind: type[Any], *, bounds: bool = False) -> dict[str, Any]:
    """Return the type of each setting of a table, with the `bounds` it states if they are asked for."""
    import annotated_types

    return get_type_hints(kind, localns=vars(annotated_types), include_extras=bounds)


def _build(name: str, kind: type[Any], values: Mapping[str, Any], origins: Mapping[str, str]) -> Any:
    """Return the settings dataclass of one table, every value checked against its declared type."""
    known = {f.name: f.type for f in fields(kind)}
    checked: dict[str, Any] = {}
    for key, value in values.items():
        place = _place(name, key, origins[f"{name}.{key}"])
        if key not in known:
            raise ConfigError(f"{place}: no such setting", hint=did_you_mean(key, known))
        if type(value).__name__ == known[key] and _is_text(str(value)):  # as most are: nothing has to be loaded for it
            checked[key] = value
        elif known[key] == "tuple[str, ...]" and type(value) in (list, tuple) and {*map(type, value)} <= {str}:
            checked[key] = tuple(value)
        else:
            checked[key] = _checked(kind, key, value, place)
    return kind(**checked)


def _is_text(value: str) -> bool:
    """Return whether nothing in it is half a character, as in a variable that was no UTF-8."""
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def _checked(kind: type[Any], key: str, value: object, place: str) -> object:
    """Return a value as its setting has it, made of what the variable or the file has."""
    from pydantic import TypeAdapter, ValidationError

    try:
        checked: object = TypeAdapter(hints_of(kind, bounds=True)[key]).validate_python(value)
    except ValidationError as err:
        raise _refusal(place, value, err.errors()[0]) from err
    return checked


def _place(table: str, key: str, origin: str) -> str:
    """Return what a reader would look for: the option, the variable, or the file with table and key."""
    if origin == "flag":
        return OPTIONS.get(f"{table}.{key}", f"--{key.replace('_', '-')}")
    return origin if origin.startswith(ENV_PREFIX) else f"{origin}: [{table}] {key}"


def _refusal(place: str, value: object, fault: Any) -> ConfigError:
    """Return the error for a value that is not what its setting takes; `fault` is pydantic's."""
    given = fault["input"] if fault["loc"] else value
    where = "".join(f".{part}" for part in fault["loc"] if isinstance(part, str))
    if fault["type"] == "literal_error":
        known = [word.strip("' ") for word in fault["ctx"]["expected"].replace(" or ", ",").split(",")]
        return ConfigError(f"{place}{where}: there is no {given!r}", hint=did_you_mean(str(given), known))
    if fault["type"] == "value_error":  # a check of our own, which says it in its own words
        return ConfigError(f"{place}{where}: {fault['ctx']['error']}")
    reason = fault["msg"].removeprefix("Input should be ").partition(", ")[0].replace("tuple", "list")
    return ConfigError(f"{place}{where} = {given!r} does not hold", hint=f"it is to be {reason}")


def _resolve(name: str, settings: Any, folder: Path) -> Any:
    """Return the settings with their paths resolved; "" is none, and "off" turns a cache off."""
    places = [place.partition(".")[2] for place in PATHS if place.startswith(f"{name}.")]
    values = {key: getattr(settings, key) for key in places}
    found: dict[str, str] = {}
    for key, value in values.items():
        if fault := name_fault(value):
            raise ConfigError(f"[{name}] {key} = {value[:40]!r}…: {fault}", hint="choose another")
        try:
            found[key] = value if value in ("", "off") else str(folder / Path(value).expanduser())
        except RuntimeError as err:  # ~somebody, who has no home here
            raise ConfigError(f"[{name}] {key} = {value!r}: {err}", hint="write the path without ~") from err
    return dataclasses.replace(settings, **found)


def in_force(config: Config) -> list[tuple[str, object, str]]:
    """Return ("table.key", value, origin) for every setting, in the order of the tables."""
    return [
        (
            f"{name}.{key.name}",
            _shown(f"{name}.{key.name}", getattr(getattr(config, name), key.name)),
            config.origins.get(f"{name}.{key.name}", "default"),
        )
        for name, kind in TABLES.items()
        for key in fields(kind)
    ]


def _shown(place: str, value: object) -> object:
    """Return a value as it may be printed: secrets only as whether they are set."""
    return "(set)" if place in SECRETS and value else value
