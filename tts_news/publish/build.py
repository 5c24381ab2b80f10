"""The show's own files (feed and its pages, index, cover), made anew from the manifests, written where they differ."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tts_news.errors import PublishError
from tts_news.files import lock_folder, read_file, recover, write_file
from tts_news.publish.disk import disk_errors
from tts_news.publish.embed import EMBED, FOLLOW, write_embed
from tts_news.publish.feed import FEED, check_base, make_show_guid, write_feed
from tts_news.publish.index import write_app, write_index, write_list
from tts_news.publish.settings import PublishSettings, ShowSettings
from tts_news.publish.show import Entry, keep_newest, list_entries
from tts_news.publish.templates import read_asset

_OURS = re.compile(r"feed-[0-9]+\.xml|index-[0-9]+\.html|cover\.[0-9a-f]{8}\.(jpg|png)")
_LARGEST_COVER = 32_000_000  # bytes; a square of 3000 pixels as PNG has ten
_COVERS = ("cover.jpg", "cover.png")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: how many episodes are in the feed, and which files it wrote or removed."""

    episodes: int
    pages: int
    written: tuple[str, ...]
    removed: tuple[str, ...]


def build_show(
    output: Path,
    show: ShowSettings,
    settings: PublishSettings,
    cover: Callable[[Path | None], bytes] | None = None,
    without: str = "",
) -> Built:
    """Write feed and index from the manifests in `output`. Without `show.base_url` there is an index and no feed.

    Each file is replaced whole, the feed last: a reader never finds a feed whose pages or cover are not there yet.

    Args:
        output: The show's folder.
        show: The show.
        settings: The `keep` rules and the page size.
        cover: Gives the show's cover (JPEG or PNG) from the picture that is there, and draws one where there is none.
        without: Folder name of an edition to leave out: it is about to be withdrawn.

    Raises:
        PublishError: A manifest is damaged, the base address is none, or the folder cannot be written.
    """
    base = check_base(show) if show.base_url else ""
    with disk_errors(output), lock_folder(output):
        recover(output)
        entries = [entry for entry in list_entries(output) if entry.folder != without]
        files: dict[str, bytes] = {}
        name = _place_cover(output, show, cover, files)
        index = write_index(entries, show, name, f"{base}{FEED}" if base else "")
        files |= {page: text.encode() for page, text in (index | _companions(entries, show, name)).items()}
        kept = keep_newest(entries, settings)
        feed = _write_pages(kept, show, settings.page_size, _keep_guid(output, base), name) if base else {}
        files |= dict(reversed(feed.items()))
        written = tuple(page for page, data in files.items() if _write(output / page, data))
        removed = _remove_stale(output, files)
    return Built(len(kept), len(feed), written, removed)


def _companions(entries: Sequence[Entry], show: ShowSettings, cover: str) -> dict[str, str]:
    """Return what stands beside the index: the list of editions, the latest one's player, what pages elsewhere load."""
    files = {
        "editions.json": write_list(entries),
        FOLLOW: read_asset(FOLLOW),
        "sw.js": read_asset("sw.js"),
        "manifest.webmanifest": write_app(show, cover),
    }
    if entries:
        latest = entries[0]
        chapters = sorted(latest.chapters, key=lambda chapter: chapter.start_s)
        files[EMBED] = write_embed(latest.title, latest.duration_s, latest.files, chapters, show, f"{latest.folder}/")
    return files


def _write_pages(entries: Sequence[Entry], show: ShowSettings, size: int, guid: str, cover: str) -> dict[str, bytes]:
    """Return the pages of the feed by name, the first one first.

    The first page holds the newest `size` episodes. The older pages are cut from the oldest episode on and numbered
    so: with a new episode only the first two pages change, and a host or reader keeps the others.
    """
    size = max(1, size)
    older = list(reversed(entries[size:]))
    chunks = [older[start : start + size] for start in range(0, len(older), size)]
    names = [FEED, *(f"feed-{number}.xml" for number in range(len(chunks), 0, -1))]
    contents = [list(entries[:size]), *(list(reversed(chunk)) for chunk in reversed(chunks))]
    pages = {}
    for at, (name, content) in enumerate(zip(names, contents, strict=True)):
        links = [("self", name)]
        if len(names) > 1:  # Source: RFC 5005, 3 (paged feeds)
            links += [("first", names[0]), ("last", names[-1])]
            links += [("previous", names[at - 1])] if at else []
            links += [("next", names[at + 1])] if at + 1 < len(names) else []
        pages[name] = write_feed(content, show, guid, cover, links)
    return pages


def _keep_guid(output: Path, base: str) -> str:
    """Return the guid of the feed that is there, whatever its address was; a new one for a new feed."""
    try:
        with (output / FEED).open(encoding="utf-8", errors="replace") as file:
            found = re.search(r"<podcast:guid>([0-9a-f-]{36})</podcast:guid>", file.read(20_000))
    except FileNotFoundError:
        found = None
    return found[1] if found else make_show_guid(base)


def _place_cover(
    output: Path, show: ShowSettings, cover: Callable[[Path | None], bytes] | None, files: dict[str, bytes]
) -> str:
    """Return the file name of the cover, adding it to `files`; "" when there is none.

    The configured one, else `cover.jpg` or `cover.png` that somebody put into the folder, else the one that was drawn
    before, else a new drawing. Players and directories keep a cover by its address: a new one has a new name.

    Raises:
        PublishError: The cover cannot be read or is neither JPEG nor PNG.
    """
    drawn = [path for path in sorted(output.glob("cover.*")) if _OURS.fullmatch(path.name)]
    own = [output / name for name in _COVERS if (output / name).is_file()]
    path = Path(show.cover).expanduser() if show.cover else next(iter(own + drawn), None)
    if path is None and cover is None:
        return ""
    try:
        data = cover(path) if cover else read_file(path, _LARGEST_COVER) if path else b""
    except (OSError, ValueError) as err:
        raise PublishError(f"cannot read the cover {path}: {err}", hint="see cover in [show]") from err
    kind = "png" if data.startswith(b"\x89PNG") else "jpg"
    if kind == "jpg" and not data.startswith(b"\xff\xd8"):
        raise PublishError(f"the cover {path} is neither JPEG nor PNG", hint="1400 to 3000 pixels, square")
    name = f"cover.{hashlib.sha256(data).hexdigest()[:8]}.{kind}"
    files[name] = data
    return name


def _write(path: Path, data: bytes) -> bool:
    """Write a file unless it holds that already; an unchanged feed keeps its date for conditional requests."""
    if path.is_file() and path.read_bytes() == data:
        return False
    with disk_errors(path):
        write_file(path, data)
    return True


def _remove_stale(output: Path, files: dict[str, bytes]) -> tuple[str, ...]:
    """Remove pages of an earlier, longer feed or index, and the cover before this one."""
    stale = sorted(path for path in output.iterdir() if _OURS.fullmatch(path.name) and path.name not in files)
    for path in stale:
        path.unlink()
    return tuple(path.name for path in stale)
