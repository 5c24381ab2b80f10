"""`GET /oembed?url=…`: what a page elsewhere needs to put an edition's player into itself.

Beside each edition lies the same as a file, `oembed.json`, for hosts that only have files.

Source: oembed.com, 2.2 and 2.3.
"""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tts_news.files import read_file
from tts_news.server.guard import fault

_FILE = "oembed.json"
_LARGEST = 100_000
_PAGE = re.compile(
    r"/?(?P<folder>([0-9]{4}-[0-9]{2}/)?[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+)(/((index|embed)\.html)?)?"
)


class OEmbed:
    """Answers for the editions of a show's folder."""

    def __init__(self, output: Path, base_url: str) -> None:
        self.output = output
        self.base = base_url.rstrip("/")

    async def answer(self, request: Request) -> Response:
        """`GET /oembed`."""
        asked = request.query_params
        if asked.get("format", "json") != "json":
            return fault(501, "only JSON is given", "not_implemented")
        if "url" not in asked:
            return fault(400, "url: the address of an edition is missing", "invalid_request")
        limits = [asked.get(name, "") for name in ("maxwidth", "maxheight")]
        if not all(re.fullmatch(r"[1-9][0-9]{0,5}|", limit, re.ASCII) for limit in limits):
            return fault(400, "maxwidth and maxheight are numbers of pixels", "invalid_request")
        width, height = (int(limit) if limit else 0 for limit in limits)
        folder = self._folder_of(asked["url"], request.headers.get("host", ""))
        facts = await asyncio.to_thread(self._facts, folder) if folder else None
        return JSONResponse(_within(facts, width, height)) if facts else fault(404, "no such edition", "not_found")

    def _folder_of(self, url: str, host: str) -> str:
        """Return the edition's folder that an address of ours means, "" for any other address."""
        if self.base and (url == self.base or url.startswith(f"{self.base}/")):
            path = url.removeprefix(self.base).partition("#")[0].partition("?")[0]
        else:
            try:
                parts = urlsplit(url)
            except ValueError:
                return ""
            if parts.scheme not in {"http", "https"} or not host or parts.netloc != host:
                return ""
            path = parts.path
        found = _PAGE.fullmatch(path)
        return found["folder"] if found else ""

    def _facts(self, folder: str) -> dict[str, object] | None:
        """Return what the edition's file says; a withdrawn edition has none."""
        try:
            found = json.loads(read_file(self.output / folder / _FILE, _LARGEST))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def _within(facts: dict[str, object], most_width: int, most_height: int) -> dict[str, object]:
    """Return the facts with the player no larger than it may be; 0 is any size."""
    from lxml import html

    sizes = {}
    for name, most in (("width", most_width), ("height", most_height)):
        own = facts.get(name)
        if isinstance(own, int) and most and most < own:
            sizes[name] = most
    if not sizes:
        return facts
    player = html.fromstring(str(facts.get("html", "")))
    for name, pixels in sizes.items():
        player.set(name, str(pixels))
    return facts | sizes | {"html": html.tostring(player, encoding="unicode")}
