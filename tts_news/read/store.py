"""Pages as they were when they were last fetched, so that the server may answer «not modified» (RFC 9110, 13.1)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from tts_news.files import sweep, write_file

_MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """A page in the store. `url` is where redirects had led to."""

    url: str
    charset: str
    etag: str
    modified: str
    digest: str


class PageStore:
    """A folder of pages by address. A store that cannot be read or written is an empty one: fetching goes on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _paths(self, url: str) -> tuple[Path, Path]:
        name = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{name}.json", self._folder / f"{name}.body"

    def get(self, url: str) -> tuple[Stored, bytes] | None:
        """Return what is stored for an address, None when nothing is, or when it is damaged."""
        head, body = self._paths(url)
        try:
            stored = Stored(**json.loads(head.read_text(encoding="utf-8")))
            data = body.read_bytes()
        except (OSError, ValueError, TypeError):
            return None
        return (stored, data) if hashlib.sha256(data).hexdigest() == stored.digest else None

    def put(self, url: str, stored: Stored, data: bytes) -> None:
        """Store a page, whole or not at all; the oldest go when there are too many."""
        head, body = self._paths(url)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file(body, data, sync=False)
            write_file(head, json.dumps(asdict(stored)).encode(), sync=False)
            sweep(self._folder)
            heads = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
            for old in heads[: max(0, len(heads) - _MOST_PAGES)]:
                old.unlink(missing_ok=True)
                old.with_suffix(".body").unlink(missing_ok=True)
        except OSError:
            return
