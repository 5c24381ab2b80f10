"""The show's folder over HTTP."""

from __future__ import annotations

import asyncio
import os
import re
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from tts_news.errors import PublishError
from tts_news.publish.manifest import MANIFEST
from tts_news.publish.show import SHARD, load_entry
from tts_news.publish.sounds import SOUND_KINDS
from tts_news.server import ranges

_TYPES = {
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".m4b": "audio/mp4",
    ".opus": "audio/ogg",
    ".epub": "application/epub+zip",
    ".webmanifest": "application/manifest+json",
    "chapters.json": "application/json+chapters",
    "feed": "application/rss+xml; charset=utf-8",
}
_NAMED = {"embed": "embed.html"}
"""Addresses without a suffix: the latest edition's player."""
_HASHED = re.compile(r"\.[0-9a-f]{8}\.[a-z0-9]+\Z")

_FOLDER = re.compile(rf"({SHARD.pattern}/)?[0-9][^/]*")
_SOUND = re.compile(rf"(?P<folder>{_FOLDER.pattern})/(?P<name>(?P<slug>[^/]+)\.[0-9a-f]{{8}}(?P<suffix>\.[a-z0-9]+))")


class ShowFiles(StaticFiles):
    """The show's folder: byte ranges, HEAD, ETag by Starlette; our own types, and no name that begins with a dot."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Hide drafts, locks and the job store, behind a link as well; what cannot be read is not there."""
        if any(part.startswith(".") for part in Path(path).parts):
            return "", None
        try:
            full_path, found = super().lookup_path(_NAMED.get(path, path))
            real = Path(full_path).relative_to(Path(self.directory or "").resolve()) if found else Path()
        except (OSError, ValueError):  # a loop of links, a name too long, a folder that is closed to us, a NUL
            return "", None
        return ("", None) if any(part.startswith(".") for part in real.parts) else (full_path, found)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer 410 for what a withdrawn edition had: a player that asks again need not come back.

        The address of a sound that was corrected leads to the newest one.
        """
        if newest := await asyncio.to_thread(self._newest_sound, path):
            # 307 and not 308: the next correction has another name. Relative, whatever the folder is called outside.
            return RedirectResponse(newest, HTTPStatus.TEMPORARY_REDIRECT, {"cache-control": "no-cache"})
        try:
            response = await super().get_response(path, scope)
        except HTTPException as err:
            if err.status_code == HTTPStatus.NOT_FOUND and await asyncio.to_thread(self._is_withdrawn, path):
                raise HTTPException(HTTPStatus.GONE) from err
            raise
        if isinstance(response, RedirectResponse):  # to the same name with "/", on this host, whatever `Host` says
            response.headers["location"] = "/" + quote(scope["path"].strip("/")) + "/"
        return response

    def _newest_sound(self, path: str) -> str:
        """Return the name of the sound that stands where an earlier one is asked for, "" for any other file."""
        asked = _SOUND.fullmatch(path.replace(os.sep, "/"))
        if not asked or asked["suffix"] not in SOUND_KINDS:
            return ""
        place = Path(self.directory or "", asked["folder"])
        try:
            state = (place / MANIFEST).stat()
            sounds = _sounds_at(place, state.st_mtime_ns, state.st_size)
        except (OSError, PublishError, ValueError):  # no edition: whatever lies there is sent as it is
            return ""
        suffix, slug = asked["suffix"], asked["slug"]
        same = [sound for sound in sounds if sound.endswith(suffix) and _HASHED.sub("", sound) == slug]
        return same[0] if same and asked["name"] not in sounds else ""

    def _is_withdrawn(self, path: str) -> bool:
        folder = _FOLDER.match(path.replace(os.sep, "/"))
        try:
            return folder is not None and bool(load_entry(Path(self.directory or "", folder[0])).withdrawn)
        except (PublishError, ValueError):  # no edition; no name a folder can have
            return False

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return the file with its type; what has its hash in its name may be kept for ever, all else is asked anew."""
        _settle_ranges(scope, stat_result.st_size)
        response = super().file_response(full_path, stat_result, scope, status_code)
        name = Path(full_path).name
        kind = _TYPES.get(name) or _TYPES.get(Path(name).suffix)
        if re.fullmatch(r"feed(-[0-9]+)?\.xml", name):
            kind = _TYPES["feed"]
        if kind and response.status_code != HTTPStatus.NOT_MODIFIED:
            response.headers["content-type"] = kind
        response.headers["cache-control"] = "max-age=31536000, immutable" if _HASHED.search(name) else "no-cache"
        response.headers["x-content-type-options"] = "nosniff"
        return response


@lru_cache(maxsize=256)
def _sounds_at(place: Path, _modified_ns: int, _size: int) -> tuple[str, ...]:
    """Return the names of an edition's sounds; kept as long as its manifest is the same."""
    return tuple(sound.name for sound in load_entry(place).sounds)


def _settle_ranges(scope: Scope, size: int) -> None:
    """Leave in the request only ranges that can be sent; a `Range` that is malformed, doubled or not with GET goes."""
    headers = MutableHeaders(scope=scope)
    asked = headers.getlist("range")
    wanted = ranges.settle(asked[0], size) if len(asked) == 1 and scope["method"] == "GET" else None
    del headers["range"]
    if wanted:
        headers["range"] = wanted
    scope["headers"] = headers.raw
