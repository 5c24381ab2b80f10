"""Which voices there are: one folder each, with a `voice.toml` that says what it is and may be used for.

Folders are looked for in the built-in `voices/`, the user's data folder, and the show's own voices folder; a later
one hides an earlier one of the same name.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tts_news.derived import derived
from tts_news.errors import SpeakError, did_you_mean
from tts_news.files import hash_file, name_fault, read_toml, stamp
from tts_news.frozen import dataclass
from tts_news.speak.settings import SpeakSettings
from tts_news.speak.trust import trust_of

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from tts_news.records import VoiceInfo

CARD = "voice.toml"
_LOG = logging.getLogger(__name__)
PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Download:
    """A file a voice needs and does not ship: where it lies, how long it is, its SHA-256.

    Where upstream states no SHA-256, `sha256` is "": the file is then taken as it comes over HTTPS, and only its
    size is checked if that is known (not 0).
    """

    name: str
    url: str
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """A voice as its `voice.toml` describes it.

    Attributes:
        name: The folder's name, by which the voice is chosen.
        engine: Key of `engine.ENGINES`.
        licence: SPDX identifier or URL.
        commercial: Whether the licence lets the sound be sold or put beside advertising.
        files: Model files in the folder, part of the fingerprint; those to be downloaded are added by themselves.
        consent: For a cloned voice, how the person whose voice it is agreed; required for cloning.
        licence_url: Where the licence can be read.
        max_letters: Longest utterance in base letters; 0 is no limit.
        pace_s: Least and most time a base letter takes at speed 1, in seconds: a take outside is not believed. None
            leaves that to what is learned of the voice's pace; see `pace`.
        seeded: The engine samples: another seed gives another take, and a bad one is worth trying again.
        work: Seconds of work for a second of sound on one core, measured by the voice's maker; 0 is not known.
        gain_db: How much louder than the show's other voices it is to be, once all have been made equally loud.
        about_mb: How large its files are about, in megabytes, where their sizes are not published.
        price: What its server asks for a million characters, in its owner's money; 0 is nothing, or not known.
        rank: Which voice is the default: the highest rank among those that are installed.
        options: The `[options]` table, for the engine alone.
        trust: What the user allows a voice that sends text to an address of its own: "" nothing, "text" to be spoken
            with, "key" the user's key of speech servers as well. Never taken from `voice.toml`; see `trust`.
        fault: Why the voice cannot be used: its `voice.toml` does not hold.
    """

    name: str
    engine: str
    folder: Path
    title: str = ""
    language: str = "ar"
    gender: str = ""
    rate_hz: int = 0
    licence: str = ""
    commercial: bool = False
    attribution: str = ""
    files: tuple[str, ...] = ()
    downloads: tuple[Download, ...] = ()
    max_letters: int = 0
    speed: float = 1.0
    pitch: float = 1.0
    gain_db: float = 0.0
    work: float = 0.0
    about_mb: float = 0.0
    price: float = 0.0
    pace_s: tuple[float, float] | None = None
    seeded: bool = False
    rank: int = 0
    sample: str = ""
    consent: str = ""
    licence_url: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    trust: str = ""
    fault: str = ""

    @property
    def address(self) -> str:
        """Where a voice that names a server of its own sends what it is asked to say; "" for all others."""
        return str(self.options.get("url") or "")

    def style_of(self, role: str) -> str:
        """Return the style that `[options.styles]` names for a role, "" for the voice's own way."""
        styles = self.options.get("styles")
        return str(styles.get(role, "")) if isinstance(styles, Mapping) else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Model files that are not there yet."""
        return tuple(name for name in self.model_files if not (self.folder / name).is_file())

    @property
    def model_files(self) -> tuple[str, ...]:
        """All files the engine reads: those that ship with the voice and those that are downloaded."""
        return tuple(dict.fromkeys((*self.files, *(download.name for download in self.downloads))))


def built_in() -> Path:
    """Return the folder of the voices that come with the package: inside the wheel, beside it in a checkout."""
    shipped = PACKAGE / "_voices"
    return shipped if shipped.is_dir() else PACKAGE.parent / "voices"


def user_folder() -> Path:
    """Return where a user's installed voices lie."""
    import platformdirs

    return platformdirs.user_data_path("tts-news") / "voices"


def find(settings: SpeakSettings) -> dict[str, VoiceSpec]:
    """Return every voice by name, best first; one whose `voice.toml` does not hold has a `fault` and stops no other."""
    folders = [built_in(), user_folder(), *([Path(settings.voices_dir).expanduser()] if settings.voices_dir else [])]
    found = {spec.name: spec for folder in folders for spec in _voices_of(folder)}
    found |= {
        name: replace(spec, trust=trust_of(name, spec.address, user_folder()))
        for name, spec in found.items()
        if spec.address
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1].rank, item[0])))


def _voices_of(folder: Path) -> tuple[VoiceSpec, ...]:
    cards = tuple(_cards(folder))
    specs = _loaded(folder, cards, tuple(map(stamp, cards))) if cards else ()
    for spec in specs:
        if spec.fault:
            _LOG.warning("%s", spec.fault)
    return specs


def _cards(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        # A hidden folder is a voice that is being installed or added.
        yield from sorted(card for card in folder.glob(f"*/{CARD}") if not card.parent.name.startswith("."))


@lru_cache(maxsize=16)
def _loaded(folder: Path, cards: tuple[Path, ...], _: object) -> tuple[VoiceSpec, ...]:
    """Return the voices of cards in the states that their stamps tell: a server asks for all of them at each sentence.

    A process that says one sentence finds them read and checked by the one before it.
    """
    try:
        packed = derived("voices", [folder, *cards], lambda: _pack(map(_load_or_fault, cards)))
    except TypeError:  # an option that JSON has no words for: a date
        return tuple(map(_load_or_fault, cards))
    return tuple(_unpack(json.loads(packed)))


def _load_or_fault(card: Path) -> VoiceSpec:
    try:
        return load(card)
    except SpeakError as err:
        return VoiceSpec(card.parent.name, "", card.parent, rank=-1, fault=str(err))


def _pack(specs: Iterable[VoiceSpec]) -> bytes:
    return json.dumps([asdict(spec) for spec in specs], default=os.fspath).encode()


def _unpack(packed: Iterable[Mapping[str, Any]]) -> Iterator[VoiceSpec]:
    for facts in packed:
        lists: dict[str, Any] = {
            "folder": Path(facts["folder"]),
            "files": tuple(facts["files"]),
            "downloads": tuple(Download(**download) for download in facts["downloads"]),
            "pace_s": tuple(facts["pace_s"]) if facts["pace_s"] else None,
        }
        yield VoiceSpec(**{**facts, **lists})


@cache
def _model() -> TypeAdapter[VoiceSpec]:
    from pydantic import TypeAdapter

    return TypeAdapter(VoiceSpec)


def load(card: Path) -> VoiceSpec:
    """Return the voice a `voice.toml` describes.

    Raises:
        SpeakError: It is not readable TOML, or a value has the wrong type.
    """
    from pydantic import ValidationError

    if not card.is_file():  # a named pipe would be waited at for ever
        raise SpeakError(f"the voice file {card} is no file")
    try:
        stated = {**read_toml(card), "name": card.parent.name, "folder": card.parent, "trust": "", "fault": ""}
        spec = _model().validate_python(stated)
    except ValidationError as err:
        first = err.errors()[0]
        raise SpeakError(f"{card}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from err
    except (OSError, ValueError) as err:
        raise SpeakError(f"cannot read the voice file {card}: {err}") from err
    wrong = [name for name in spec.files if not _is_within_voices(name)]
    wrong += [
        download.name
        for download in spec.downloads
        if len(Path(download.name).parts) != 1 or not _is_within_voices(download.name)
    ]
    if wrong:
        raise SpeakError(f"{card}: {wrong[0]!r} is no file of a voice", hint="files lie in the folder of their voice")
    return spec


def _is_within_voices(name: str) -> bool:
    """Whether a file lies in the voice's own folder, or in a sibling's: a second timbre shares its model."""
    parts = Path(name).parts
    if name_fault(name):
        return False
    return (len(parts) == 1 and parts[0] != "..") or (len(parts) == 3 and parts[0] == ".." and ".." not in parts[1:])


def choose(name: str, voices: Mapping[str, VoiceSpec]) -> VoiceSpec:
    """Return the voice called `name`; for "" the best one that needs no download.

    Raises:
        SpeakError: There is no such voice, or its files are not installed.
    """
    if not name:
        # What is said does not leave this machine unless the user names the voice that sends it.
        ready = [spec for spec in voices.values() if not spec.missing and spec.rank > 0 and not spec.address]
        if ready:
            return ready[0]
        raise SpeakError("no voice is installed", hint="reinstall tts-news, or name a folder with --config")
    spec = voices.get(name)
    if spec is None:
        raise SpeakError(f"there is no voice called {name!r}", hint=did_you_mean(name, voices))
    if spec.fault:
        raise SpeakError(f"the voice {name} cannot be used: {spec.fault}", hint=f"mend {spec.folder / CARD}")
    if spec.missing:
        raise SpeakError(f"the voice {name} is not installed", hint=f"tts-news voices install {name}")
    return spec


def check_trust(spec: VoiceSpec) -> None:
    """Refuse to speak with a voice whose address nobody has agreed to.

    Raises:
        SpeakError: It is such a voice; the hint says how to agree.
    """
    if spec.address and not spec.trust:
        raise SpeakError(
            f"the voice {spec.name} sends what it is to say to {spec.address}",
            hint=f"if you agree: tts-news voices trust {spec.name} (--with-key if it may have your key)",
        )


def info(spec: VoiceSpec, engine_version: str) -> VoiceInfo:
    """Return what the manifest states of a voice; its fingerprint changes with anything that changes its sound."""
    from tts_news.records import VoiceInfo

    return VoiceInfo(
        name=spec.name,
        engine=spec.engine,
        licence=spec.licence,
        commercial=spec.commercial,
        attribution=spec.attribution,
        fingerprint=_fingerprint(spec, engine_version),
        max_letters=spec.max_letters,
        gain_db=spec.gain_db,
    )


def _fingerprint(spec: VoiceSpec, engine_version: str) -> str:
    digest = hashlib.sha256(
        repr((spec.engine, engine_version, spec.rate_hz, spec.speed, spec.pitch, sorted(spec.options.items()))).encode()
    )
    for name in spec.model_files:
        digest.update(bytes.fromhex(hash_file(spec.folder / name)))
    return digest.hexdigest()
