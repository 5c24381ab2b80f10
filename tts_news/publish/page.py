"""The page of an edition: one static file that plays, reads along and works without script.

Style and script (assets/page.css, page.js) hold nothing of a stranger's and are written into the page: it works opened
from a disk, where browsers refuse files beside a page. Its markup is templates/page.html.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from tts_news.publish.colour import lightened
from tts_news.publish.reading import Branch, Passage, Piece, Reading, contents, nest, show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.sounds import kind_of, sounds_of
from tts_news.publish.templates import render, seconds
from tts_news.records import DIGITAL_SOURCE_TYPE, SYNTHETIC_VOICE, Episode, EpisodeFile, VoiceInfo

_URGENT = 2  # of nine steps; IPTC calls the first a flash
_FILE_NAMES = {
    ".mp3": "الصوت (MP3)", ".m4a": "الصوت (M4A)", ".m4b": "كتاب صوتي (M4B)", ".opus": "الصوت (Opus)",
    ".ogg": "الصوت (Ogg)", ".flac": "الصوت (FLAC)", ".wav": "الصوت (WAV)", ".epub": "كتاب إلكتروني ناطق (EPUB)",
    "transcript.words.vtt": "النص الموقّت كلمةً كلمة (WebVTT)",
    ".vtt": "النص الموقّت (WebVTT)", ".srt": "النص الموقّت (SRT)", ".txt": "النص (TXT)",
}  # fmt: skip
SHORTCUTS = (
    (("Space", "K"), "بدء القراءة وإيقافها"),
    (("←", "J"), "رجوع 15 ثانية"),
    (("→", "L"), "تقدّم 15 ثانية"),
    (("P",), "القسم السابق"),
    (("N",), "القسم التالي"),
    (("Shift+S",), "الجملة السابقة"),
    (("S",), "الجملة التالية"),
    (("Shift+I",), "البند السابق"),
    (("I",), "البند التالي"),
    (("Shift+H",), "العنوان السابق"),
    (("H",), "العنوان التالي"),
    (("0",), "من البداية"),
    ((",",), "أبطأ"),
    ((".",), "أسرع"),
    (("-",), "تصغير النص"),
    (("=",), "تكبير النص"),
    (("M",), "العناوين والمقدّمات فقط"),
    (("F",), "تتبّع النص"),
    (("T",), "تغيير الألوان"),
    (("?",), "هذه المساعدة"),
)


def policy(script: str) -> str:
    """Return the page's content security policy: the script with this text, and no other host.

    Text that gets past the escaping still cannot run. Styles may be the reader's own: people restyle pages.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'self'; script-src 'sha256-{digest}'; style-src 'self' 'unsafe-inline'; "
        "media-src 'self' blob: file:; img-src 'self' data:; connect-src 'self' blob:; worker-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'none'"
    )


@cache
def read_asset(name: str) -> str:
    """Return a file of `tts_news/publish/assets`, which the wheel carries."""
    return files("tts_news.publish").joinpath("assets", name).read_text(encoding="utf-8")


def dress(show: ShowSettings, script: str = "page.js", style: str = "page.css") -> dict[str, object]:
    """Return what a page's head carries: style and script as they are, the policy that lets them run, the accent."""
    text = read_asset(script)
    return {
        "style": Markup(read_asset(style)),  # noqa: S704 - ours, and holds nothing of a stranger's
        "script": Markup(text),  # noqa: S704
        "policy": Markup(policy(text)),  # noqa: S704
        "accent": show.colour,
        "accent_on_dark": lightened(show.colour),
    }


@dataclass(frozen=True, slots=True)
class _Credit:
    """A voice as the page names it."""

    name: str
    credit: str
    language: str


def write_page(reading: Reading, episode: Episode, show: ShowSettings, folder: str = "") -> str:
    """Return the edition's page.

    Args:
        reading: What is read, and when it sounds.
        episode: The manifest with its files.
        show: The show the edition belongs to.
        folder: Name of the edition's folder, which the list of editions knows it by.
    """
    sound = next(iter(sounds_of(episode.files)), None)
    return render(
        "page.html",
        **dress(show),
        language=reading.language,
        reading=reading,
        episode=episode,
        show=show,
        folder=folder,
        stories=[_below_title(story.pieces) for story in reading.stories],
        branches=_branches(reading, sound.name) if sound else (),
        sound=sound,
        sound_type=kind_of(sound.name).media_type if sound else "",
        cover=next((file for file in episode.files if file.kind == "image"), None),
        downloads=list(_downloads(episode.files)),
        authors=list(dict.fromkeys(show_text(source.author) for source in episode.sources if source.author.strip())),
        places=list(dict.fromkeys(filter(None, (show_text(source.dateline) for source in episode.sources)))),
        urgent=any(0 < source.urgency <= _URGENT for source in episode.sources),
        rights=list(dict.fromkeys(filter(None, (show_text(source.rights) for source in episode.sources)))),
        origins=list(_origins(episode)),
        voices=[_credit(voice) for voice in episode.voices],
        synthetic=SYNTHETIC_VOICE,
        shortcuts=SHORTCUTS,
        facts=_about_sound(reading, episode, show),
    )


def _below_title(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without the one that stands in the page's heading."""
    return [piece for piece in pieces if not (isinstance(piece, Passage) and piece.rank == 1)]


def _branches(reading: Reading, sound: str) -> tuple[Branch, ...]:
    """Return the contents as links into the sound: they work without script as well."""
    entries = contents(reading)
    branches = [Branch(entry.title, f"{sound}#t={seconds(entry.start_s)}", entry.start_s) for entry in entries]
    return nest(branches, [entry.depth for entry in entries])


def _downloads(listed: Sequence[EpisodeFile]) -> Iterator[tuple[EpisodeFile, str]]:
    for file in listed:
        name = _FILE_NAMES.get(file.name) or _FILE_NAMES.get(file.name[file.name.rfind(".") :])
        if name and file.kind != "superseded":
            yield file, name


def _origins(episode: Episode) -> Iterator[tuple[str, str]]:
    """Yield where each article comes from: a name and an address, "" where it has none that can be followed."""
    for source in episode.sources:
        address = source.url if source.url.startswith(("https://", "http://")) else ""
        if address or source.site:
            yield source.site or source.title, address


def _credit(voice: VoiceInfo) -> _Credit:
    credit = " – ".join(filter(None, [show_text(voice.attribution), show_text(voice.licence)]))
    return _Credit(voice.name, credit, "ar" if re.search("[\u0600-\u06ff]", credit) else "en")


def _about_sound(reading: Reading, episode: Episode, show: ShowSettings) -> Markup | None:
    """Return what machines are told of the sound, as JSON-LD. Source: schema.org, AudioObject and digitalSourceType."""
    sound = next(iter(sounds_of(episode.files)), None)
    if sound is None:
        return None
    facts = {
        "@context": "https://schema.org",
        "@type": "AudioObject",
        "name": reading.title,
        "description": show_text(show.shown_disclosure),
        "contentUrl": sound.name,
        "encodingFormat": kind_of(sound.name).media_type,
        "contentSize": str(sound.size),
        "duration": f"PT{max(1, round(reading.duration_s))}S",
        "inLanguage": reading.language,
        "uploadDate": episode.published,
        "digitalSourceType": DIGITAL_SOURCE_TYPE,
        "isBasedOn": [show_text(s.url) for s in episode.sources if s.url.startswith(("https://", "http://"))],
    }
    told = {name: value for name, value in facts.items() if value}
    # A tag inside would end the element: no angle bracket is left in it.
    return Markup(json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704
