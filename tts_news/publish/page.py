"""The page of an edition: one static file that plays, reads along and works without script.

Style and script (assets) hold nothing of a stranger's and are written into the page: it works opened
from a disk, where browsers refuse files beside a page. Its markup is templates/page.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tts_news.publish.about import address_of, tell_about
from tts_news.publish.embed import follow_line, iframe
from tts_news.publish.reading import Branch, Passage, Piece, Reading, contents, nest, show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.show import way_up
from tts_news.publish.sounds import kind_of, sounds_of
from tts_news.publish.templates import dress, render, seconds
from tts_news.records import SYNTHETIC_VOICE, Episode, EpisodeFile, VoiceInfo

_URGENT = 2  # of nine steps; IPTC calls the first a flash
_FILE_NAMES = {
    ".mp3": "الصوت (MP3)", ".m4a": "الصوت (M4A)", ".m4b": "كتاب صوتي (M4B)", ".opus": "الصوت (Opus)",
    ".ogg": "الصوت (Ogg)", ".flac": "الصوت (FLAC)", ".wav": "الصوت (WAV)", ".epub": "كتاب إلكتروني (EPUB)",
    ".daisy202.zip": "كتاب ناطق للمكفوفين (DAISY 2.02)", ".daisy3.zip": "كتاب ناطق للمكفوفين (DAISY 3)",
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
        folder: The way from the show's folder to the edition's, which the list of editions knows it by.
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
        up=way_up(folder),
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
        about=tell_about(reading, episode, show, folder),
        iframe=iframe(reading.title, folder, show),
        follow_line=follow_line(folder, show),
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
        ends = (file.name, file.name[file.name.find(".") :], file.name[file.name.rfind(".") :])
        name = next((_FILE_NAMES[end] for end in ends if end in _FILE_NAMES), "")
        if name and file.kind != "superseded":
            yield file, name


def _origins(episode: Episode) -> Iterator[tuple[str, str]]:
    """Yield where each article comes from: a name and an address, "" where it has none that can be followed."""
    for source in episode.sources:
        address = address_of(source)
        if address or source.site:
            yield source.site or source.title, address


def _credit(voice: VoiceInfo) -> _Credit:
    credit = " – ".join(filter(None, [show_text(voice.attribution), show_text(voice.licence)]))
    return _Credit(voice.name, credit, "ar" if re.search("[\u0600-\u06ff]", credit) else "en")
