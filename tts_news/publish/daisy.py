"""The edition as a DAISY book, for libraries of the blind and the players they lend: 2.02 and 3.

Written here and not by `anemone-daisy-maker`, which was tried: it makes paragraphs of list items and table cells,
leaves out what is for the eye, and sets no direction.

Source: DAISY 2.02 Specification (2001); ANSI/NISO Z39.86-2005 with DTBook 2005-3.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lxml import etree
from markupsafe import Markup

from tts_news.publish.archive import add_file, add_text
from tts_news.publish.clips import Clip, clips_of, row_names, stretch
from tts_news.publish.reading import Reading, show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.templates import render
from tts_news.records import SYNTHETIC_VOICE, Episode

Version = Literal["2.02", "3"]
VERSIONS: Mapping[Version, str] = {"2.02": ".daisy202.zip", "3": ".daisy3.zip"}
"""What is made, with the end of each book's name."""
_HEADINGS = tuple(f"h{rank}" for rank in range(1, 7))
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
# What XHTML 1.0 and DTBook do not know, and what it is there.
_OLDER = {"section": "div", "figure": "div", "figcaption": "p", "footer": "p"}
_DTBOOK = {"figcaption": "p", "footer": "p", "b": "strong", "span": "sent"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that can be jumped to: its level without gaps, where it sounds, its number, what stands under it."""

    title: str
    level: int
    clip: Clip
    order: int
    under: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every file of the book says of it."""

    title: str
    language: str
    guid: str
    date: str
    creator: str
    publisher: str
    narrator: str
    disclosure: str


def write_daisy(path: Path, reading: Reading, episode: Episode, show: ShowSettings, version: Version) -> bool:
    """Write the edition as a zipped DAISY book to `path`; returns False when it has no MP3 or nothing that sounds.

    Args:
        path: The book; the sound lies in the same folder.
        reading: What is read, and when it sounds.
        episode: The manifest with its files.
        show: The show the edition belongs to.
        version: Which DAISY.

    Raises:
        OSError: It cannot be written.
    """
    sound = next((file.name for file in episode.files if file.kind == "audio" and file.name.endswith(".mp3")), None)
    texts = _texts(reading, episode, show, version)
    if sound is None or not texts:
        return False
    with zipfile.ZipFile(path, "w") as book:
        for name, text in texts.items():
            add_text(book, name, text)
        add_file(book, "sound.mp3", path.with_name(sound))
    return True


def _texts(reading: Reading, episode: Episode, show: ShowSettings, version: Version) -> dict[str, str]:
    """Return the files of a book but its sound, by name; none when nothing sounds."""
    pieces = tuple(reading.pieces)
    clips = stretch(clips_of(pieces, row_names(reading)), first=True, end_s=reading.duration_s)
    if not clips:
        return {}
    heading = "" if reading.title_lines else reading.title
    body = etree.fromstring(render("daisy/pieces.xhtml", pieces=pieces, heading=heading))
    headings = _headings(body, clips)
    facts: dict[str, object] = {
        "book": _imprint(reading, episode, show),
        "clips": clips,
        "headings": headings,
        "depth": max(one.level for one in headings),
        "total": reading.duration_s,
    }
    return _daisy_2(body, facts) if version == "2.02" else _daisy_3(body, facts, clips)


def _imprint(reading: Reading, episode: Episode, show: ShowSettings) -> Imprint:
    publisher = show_text(show.author or show.title)
    authors = dict.fromkeys(show_text(source.author) for source in episode.sources)
    voices = "، ".join(voice.name for voice in episode.voices)
    return Imprint(
        title=reading.title or episode.slug,
        language=reading.language,
        guid=episode.guid,
        date=episode.date,
        creator="، ".join(filter(None, authors)) or publisher,
        publisher=publisher,
        narrator=f"{SYNTHETIC_VOICE}: {voices}" if voices else SYNTHETIC_VOICE,
        disclosure=show.shown_disclosure,
    )


def _daisy_2(body: etree._Element, facts: Mapping[str, object]) -> dict[str, str]:
    """Return the files of a DAISY 2.02 book but its sound. The body is used up."""
    for element in body.iter(*_OLDER):
        element.tag = _OLDER[element.tag]
    return {
        "ncc.html": render("daisy/ncc.html", **facts),
        "text.html": render("daisy/text.html", body=_markup(body), **facts),
        "content.smil": render("daisy/content.smil", **facts),
        "master.smil": render("daisy/master.smil", **facts),
    }


def _daisy_3(body: etree._Element, facts: Mapping[str, object], clips: Iterable[Clip]) -> dict[str, str]:
    """Return the files of a DAISY 3 book but its sound. The body is used up."""
    etree.strip_tags(body, "div", "section", "figure", "small")
    for element in body.iter(*_DTBOOK, "ul", "ol"):
        if element.tag in {"ul", "ol"}:
            # "pl": the numbers of a list stand in its text, as the voice says them.
            element.set("type", "ul" if element.tag == "ul" else "pl")
            element.tag = "list"
        else:
            element.tag = _DTBOOK[element.tag]
        if language := element.get("lang"):
            del element.attrib["lang"]
            element.set(_XML, language)
    heard = {clip.line for clip in clips}
    for element in body.iter("sent", "tr"):
        if element.get("id") in heard:
            element.set("smilref", f"content.smil#p-{element.get('id')}")
    headings = facts["headings"]
    return {
        "package.opf": render("daisy/package.opf", **facts),
        "navigation.ncx": render("daisy/navigation.ncx", tree=_nest(headings), **facts),  # type: ignore[arg-type]
        "navigation.res": render("daisy/navigation.res"),
        "content.smil": render("daisy/dtbook.smil", **facts),
        "text.xml": render("daisy/dtbook.xml", body=_markup(_levels(body)), **facts),
    }


def _headings(body: etree._Element, clips: Sequence[Clip]) -> tuple[Heading, ...]:
    """Return the headings that sound, and the edition's title where nothing says it; their levels are set in the body.

    Older players refuse a heading two levels below the one before: each is at most one deeper.
    """
    by_line = {clip.line: clip for clip in clips}
    found: list[Heading] = []
    open_ranks: list[int] = []
    for element in body.iter(*_HEADINGS):
        rank = int(element.tag[1:])
        while open_ranks and open_ranks[-1] >= rank:
            open_ranks.pop()
        open_ranks.append(rank)
        element.tag = f"h{len(open_ranks)}"
        lines = [line for line in element.iter("span") if line.get("id")]
        clip = next((by_line[str(line.get("id"))] for line in lines if line.get("id") in by_line), None)
        if clip is None and not lines and not found:
            clip = clips[0]
        if clip:
            title = " ".join("".join(map(str, element.itertext())).split())
            found.append(Heading(title, len(open_ranks), clip, len(found) + 1))
    return tuple(found)


def _nest(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return headings as a tree: each holds those after it that are deeper, up to the next that is not."""
    tree: list[Heading] = []
    at = 0
    while at < len(headings):
        first = headings[at]
        end = next((n for n in range(at + 1, len(headings)) if headings[n].level <= first.level), len(headings))
        tree.append(replace(first, under=_nest(headings[at + 1 : end])))
        at = end
    return tuple(tree)


def _levels(body: etree._Element) -> etree._Element:
    """Return the body as DTBook has it: what stands under a heading stands in its level."""
    matter = etree.Element("bodymatter")
    places = [matter]
    for block in list(body):
        if block.tag in _HEADINGS:
            depth = int(str(block.tag)[1:])
            places = places[:depth]
            places.append(etree.SubElement(places[-1], f"level{depth}"))
        elif len(places) == 1:  # words before the first heading
            places.append(etree.SubElement(matter, "level1"))
        places[-1].append(block)
    return matter


def _markup(element: etree._Element) -> Markup:
    return Markup(etree.tostring(element, encoding="unicode"))  # noqa: S704 - a tree: all text in it is escaped
