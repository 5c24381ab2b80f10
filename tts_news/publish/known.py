"""What a run has made, under a key of all that decides it: where nothing of that is another, nothing has to be read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tts_news.errors import PublishError
from tts_news.files import hash_file
from tts_news.publish.catalogue import open_catalogue
from tts_news.publish.manifest import MANIFEST, SCRIPT
from tts_news.publish.show import name_in
from tts_news.publish.standing import named_in
from tts_news.records import EpisodeFile, Identity

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Made:
    """An edition that stands and would be made again as it is.

    Attributes:
        place: Its folder.
        manifest: Its manifest as JSON has it: byte for byte the one that this program wrote.
        cues: How many cues its script has.
    """

    place: Path
    manifest: Mapping[str, Any]
    cues: int

    @property
    def files(self) -> tuple[EpisodeFile, ...]:
        """Its files."""
        return tuple(EpisodeFile(**facts) for facts in self.manifest["files"])


def find_made(output: Path, key: str) -> Made | None:
    """Return the edition that `keep_made` was told of; None where it has to be looked at closely.

    It is the one that stands for its article, its manifest is the one it had then, and every file of it, the script
    too, is the manifest's.
    """
    try:
        if not output.is_dir():
            return None
        with open_catalogue(output) as catalogue:
            found = catalogue.made_of(key)
            if found is None:
                return None
            place, data = output / found[0], (output / found[0] / MANIFEST).read_bytes()
            if hashlib.sha256(data).hexdigest() != found[1]:
                return None
            facts = json.loads(data)
            if named_in(catalogue, Identity(**facts["identity"]).text) != [place]:
                return None
        made = Made(place, facts, len(json.loads((place / SCRIPT).read_bytes())["cues"]))
        return made if all(_is_whole(place / file.name, file) for file in made.files) else None
    except (PublishError, OSError, ValueError):  # said by whoever looks closely
        return None


def _is_whole(path: Path, file: EpisodeFile) -> bool:
    return path.stat().st_size == file.size and hash_file(path) == file.sha256


def keep_made(output: Path, place: Path, key: str, recipe: str) -> None:
    """Keep that an edition of a show, if it is of this recipe, is what comes of all that a key stands for."""
    data = (place / MANIFEST).read_bytes()
    facts = json.loads(data)
    if facts.get("identity") and facts["recipe"] == recipe and not facts["withdrawn"]:
        with open_catalogue(output) as catalogue:
            catalogue.keep_made(name_in(output, place), key, hashlib.sha256(data).hexdigest())
