"""The page of an edition: one static file that plays, reads along and works without script.

Everything a stranger wrote goes through `html.escape`. Style and script (assets/page.css, page.js) hold nothing of it
and are written into the page: it works opened from a disk, where browsers refuse files beside a page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby

from tts_news.publish.captions import LONGEST, Caption, cut_line
from tts_news.publish.chapters import short_clock
from tts_news.publish.phrases import say_date, say_duration
from tts_news.publish.reading import Line, Passage, Reading, Section, is_numbered, show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.shown import figure_markup, notes_markup, table_markup
from tts_news.publish.sounds import kind_of
from tts_news.records import DIGITAL_SOURCE_TYPE, SYNTHETIC_VOICE, Episode, EpisodeFile, Figure, Notes, Table


def policy(script: str) -> str:
    """Return the page's content security policy: the script with this text, and no other host.

    Text that gets past the escaping still cannot run. Styles may be the reader's own: people restyle pages.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'self'; script-src 'sha256-{digest}'; style-src 'self' 'unsafe-inline'; "
        "media-src 'self' blob: file:; img-src 'self' data:; connect-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def read_asset(name: str) -> str:
    """Return a file of `tts_news/publish/assets`, which the wheel carries."""
    return files("tts_news.publish").joinpath("assets", name).read_text(encoding="utf-8")


_SKIMMED = frozenset({"headline", "intro", "subheading", "list_title"})
_HEADINGS = frozenset({"headline", "subheading", "list_title"})
_LIST = frozenset({"list_title", "list_item"})
_LONGEST_FOLLOWED = 2 * LONGEST  # letters; ten lines of a phone at three times the size, which is what it shows
_FILE_NAMES = {
    ".mp3": "الصوت (MP3)", ".m4a": "الصوت (M4A)", ".m4b": "كتاب صوتي (M4B)", ".opus": "الصوت (Opus)",
    ".ogg": "الصوت (Ogg)", ".flac": "الصوت (FLAC)", ".wav": "الصوت (WAV)", ".epub": "كتاب إلكتروني ناطق (EPUB)",
    "transcript.words.vtt": "النص الموقّت كلمةً كلمة (WebVTT)",
    ".vtt": "النص الموقّت (WebVTT)", ".srt": "النص الموقّت (SRT)", ".txt": "النص (TXT)",
}  # fmt: skip


def write_page(reading: Reading, episode: Episode, show: ShowSettings) -> str:
    """Return the edition's page.

    Args:
        reading: What is read, and when it sounds.
        episode: The manifest with its files.
        show: The show the edition belongs to.
    """
    sound = next((file for file in episode.files if file.kind == "audio"), None)
    parts = [
        _head(reading, episode, show),
        '<body>\n<a class="skip" href="#text">انتقل إلى النص</a>',
        _header(reading, episode, show),
        "<main>",
        _player(sound) if sound else "",
        _contents(reading, sound.name if sound else ""),
        _text(reading),
        _files(episode.files),
        "</main>",
        _footer(episode, show),
        "</body>\n</html>",
    ]
    return "\n".join(filter(None, parts)) + "\n"


def _head(reading: Reading, episode: Episode, show: ShowSettings) -> str:
    style, script = read_asset("page.css"), read_asset("page.js")
    title, name = escape(reading.title), escape(show_text(show.title))
    summary = escape(show_text(episode.summary))
    data = (
        f'data-guid="{escape(episode.guid)}" data-duration="{reading.duration_s}" '
        f'data-title="{title}" data-show="{name}"'
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(reading.language)}" dir="rtl" {data}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(script)}">\n'
        f"<title>{title} – {name}</title>\n"
        + (f'<meta name="description" content="{summary}">\n' if summary else "")
        + _about_sound(reading, episode, show)
        + f'<link rel="icon" href="data:,">\n<style>\n{style}</style>\n<script>{script}</script>\n</head>'
    )


def _about_sound(reading: Reading, episode: Episode, show: ShowSettings) -> str:
    """Return what machines are told of the sound, as JSON-LD. Source: schema.org, AudioObject and digitalSourceType."""
    sound = next((file for file in episode.files if file.kind == "audio"), None)
    if sound is None:
        return ""
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
    text = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def _header(reading: Reading, episode: Episode, show: ShowSettings) -> str:
    spoken = _title_line(reading)
    title = _words(spoken, "headline") if spoken else escape(reading.title)
    authors = dict.fromkeys(show_text(source.author) for source in episode.sources if source.author.strip())
    facts = [f'<time datetime="{episode.date}">{say_date(episode.date)}</time>', say_duration(reading.duration_s)]
    facts.extend(escape(author) for author in authors)
    facts.append(SYNTHETIC_VOICE)
    # A correction is for those who have heard the mistake: before the text, not below it.
    notes = "".join(f"<p><strong>{escape(show_text(note))}</strong></p>\n" for note in episode.notes)
    return (
        f'<header>\n<p><a href="../index.html">{escape(show_text(show.title))}</a></p>\n<h1>{title}</h1>\n'
        f'<p class="quiet">{" · ".join(facts)}</p>\n{notes}</header>'
    )


def _title_line(reading: Reading) -> Line | None:
    """Return the line that says the page's title, which then stands in the heading and nowhere else."""
    return next((line for line in reading.lines if line.role == "headline" and line.text == reading.title), None)


def _player(sound: EpisodeFile) -> str:
    """Return the player: the browser's own until page.js puts ours in its place."""
    kind = "audio/mpeg" if sound.name.endswith(".mp3") else ""
    source = f'<source src="{sound.name}"' + (f' type="{kind}">' if kind else ">")
    speeds = "".join(
        f'<option value="{value:g}"{" selected" if value == 1 else ""}>{value:g}×</option>'
        for value in (0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3)
    )
    return f"""<section class="player" aria-labelledby="listen">
<h2 id="listen">الاستماع</h2>
<audio preload="metadata" controls>{source}<a href="{sound.name}">تنزيل الصوت</a></audio>
<p id="status" role="status"></p>
<div id="bar" class="bar" data-needs-script hidden>
<div class="seek"><input id="seek" type="range" min="0" max="0" step="1" value="0" aria-label="موضع القراءة">\
<p id="time" class="time"></p></div>
<div class="main">
<button type="button" id="previous-section">القسم السابق</button>
<button type="button" id="back" aria-label="رجوع 15 ثانية">رجوع 15</button>
<button type="button" id="play" class="play"><span id="play-label">تشغيل</span></button>
<button type="button" id="forward" aria-label="تقدّم 15 ثانية">تقدّم 15</button>
<button type="button" id="next-section">القسم التالي</button>
</div>
</div>
<div class="settings" data-needs-script hidden>
<div class="row">
<label>السرعة <select id="speed">{speeds}</select></label>
<button type="button" id="slower">أبطأ</button>
<button type="button" id="faster">أسرع</button>
<span class="row" id="items"><button type="button" id="previous-item">البند السابق</button>
<button type="button" id="next-item">البند التالي</button></span>
<span class="row" id="headlines"><button type="button" id="previous-headline">العنوان السابق</button>
<button type="button" id="next-headline">العنوان التالي</button></span>
<button type="button" id="skim" aria-pressed="false">العناوين والمقدّمات فقط</button>
<button type="button" id="follow" aria-pressed="true">تتبّع النص</button>
<button type="button" id="smaller">تصغير النص</button>
<button type="button" id="larger">تكبير النص</button>
<label>الألوان <select id="theme"><option value="auto">تلقائي</option><option value="light">فاتح</option>\
<option value="dark">داكن</option><option value="contrast">تباين عالٍ</option></select></label>
<button type="button" id="open-help">المساعدة والاختصارات</button>
</div>
</div>
{_HELP}
</section>"""


_KEYS = (
    (("Space", "K"), "بدء القراءة وإيقافها"),
    (("←", "J"), "رجوع 15 ثانية"),
    (("→", "L"), "تقدّم 15 ثانية"),
    (("P",), "القسم السابق"),
    (("N",), "القسم التالي"),
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
_HELP = (
    '<dialog id="help" aria-labelledby="help-title">\n<h2 id="help-title">اختصارات لوحة المفاتيح</h2>\n'
    "<p>تعمل بمكان المفتاح لا بحرفه، أيًّا كان تخطيط اللوحة. انقر أي كلمة في النص لتسمع منها.</p>\n"
    '<dl class="keys">\n'
    + "\n".join(
        f"<dt>{' أو '.join(f'<kbd>{escape(key)}</kbd>' for key in keys)}</dt><dd>{action}</dd>"
        for keys, action in _KEYS
    )
    + '\n</dl>\n<p class="row"><label><input type="checkbox" id="letters" checked> '
    "اختصارات الحروف والأرقام مفعّلة</label></p>\n"
    '<p><button type="button" id="close-help">إغلاق</button></p>\n</dialog>'
)


def _contents(reading: Reading, sound: str) -> str:
    """Return the chapters as links into the sound: they work without script as well."""
    if not sound or not reading.sections:
        return ""
    entries: list[str] = []
    for section in reading.sections:
        title, start = escape(section.title), _time(section.start_s)
        link = f'<a href="{sound}#t={start}" data-t="{start}" data-title="{title}">{title}</a>'
        entry = f'{link} <span class="time">{short_clock(section.start_s)}</span>'
        if section.level and entries:
            entries[-1] += f"<li>{entry}</li>\n"  # under its article: sections of different articles share names
        else:
            entries.append(f"{entry}\n")
    listed = "\n".join(
        f"<li>{head}<ol>\n{sections}</ol></li>" if sections else f"<li>{head}</li>"
        for head, _, sections in (entry.partition("\n") for entry in entries)
    )
    heading = '<h2 id="contents">الأقسام</h2>'
    return f'<nav class="contents" aria-labelledby="contents">\n{heading}\n<ol>\n{listed}\n</ol>\n</nav>'


def _text(reading: Reading) -> str:
    title = _title_line(reading)
    nested = sum(section.level == 0 for section in reading.sections) > 1
    parts = ['<article id="text" aria-labelledby="text-title">', '<h2 id="text-title">النص</h2>']
    for section in reading.sections:
        parts.extend(_section(section, 3 + (nested and section.level > 0), title, reading))
    return "\n".join([*parts, "</article>"])


def _section(section: Section, rank: int, title: Line | None, reading: Reading) -> Iterator[str]:
    """Yield a section with its heading: the spoken one where there is one, else the chapter's title."""
    passages = [passage for passage in section.passages if title is None or title not in passage.lines]
    if not passages:
        return
    heading = next((passage for passage in passages[:2] if passage.role in _HEADINGS), None)
    named = heading is not None or section.title != reading.title
    yield f'<{"section" if named else "div"} id="{section.id}">'
    if heading is None and section.title != reading.title:
        skim = "" if any(passage.role in _SKIMMED for passage in passages) else ' class="full"'
        yield f"<h{rank}{skim}>{escape(section.title)}</h{rank}>"
    body = _body_of(heading, passages)  # of an item whose title heads the section: a list of one is none
    for listed, group in groupby(passages, lambda passage: passage.role in _LIST and passage not in (heading, body)):
        if listed:
            yield _list(list(group))
        else:
            for passage in group:
                yield _passage(passage, rank if passage is heading else rank + 1)
    yield "</section>" if named else "</div>"


def _body_of(title: Passage | None, passages: Sequence[Passage]) -> Passage | None:
    """Return the list item that follows the title of its item; None when `title` is none or nothing follows."""
    if title is None or title.role != "list_title":
        return None
    after = passages[passages.index(title) + 1 :][:1]
    return next((passage for passage in after if passage.role == "list_item"), None)


def _passage(passage: Passage, rank: int) -> str:
    if passage.block is not None:
        return _shown(passage, rank)
    words = _words_of(passage)
    if passage.role in _HEADINGS:
        return f"<h{rank}>{words}</h{rank}>"
    if passage.role == "intro":
        return f'<p class="intro">{words}</p>'
    if passage.role == "quote":
        return f'<blockquote class="full"><p>{words}</p></blockquote>'
    name = {"byline": "byline full", "opening": "aside full"}.get(passage.role, "full")
    return f'<p class="{name}">{words}</p>'


def _shown(passage: Passage, rank: int) -> str:
    block = passage.block
    if isinstance(block, Table):
        return f'<div class="table full">\n{table_markup(block, passage, _say, _row_times)}\n</div>'
    if isinstance(block, Figure):
        return figure_markup(block, passage, _say).replace("<figure>", '<figure class="full">', 1)
    if isinstance(block, Notes):
        return f'<section class="notes full">\n{notes_markup(block, f"h{rank}")}\n</section>'
    return ""


def _say(lines: Sequence[Line]) -> str:
    return " ".join(_words(line, "") for line in lines)


def _row_times(lines: Sequence[Line]) -> str:
    """Return the times of a table's row: it is followed and skipped to as a whole."""
    heard = [line for line in lines if line.heard]
    if not heard:
        return ""
    return f' data-t="{_time(heard[0].start_s)}" data-e="{_time(heard[-1].end_s)}" data-stop="item"'


def _list(passages: Sequence[Passage]) -> str:
    """Return list titles and items as a list: an item follows its title in one entry, the items inside it follow too.

    Numbers are part of the text, since the voice says them: a list that has some gets no marks of its own.
    """
    depth = min(passage.depth for passage in passages)
    entries: list[str] = []
    skimmed: list[bool] = []  # what has a title stays in skim mode; an entry without one leaves no empty mark there
    titled = False
    for inside, group in groupby(passages, lambda passage: passage.depth > depth):
        for passage in () if inside else group:
            if passage.role == "list_title" or not titled:
                entries.append("")
                skimmed.append(passage.role == "list_title")
            titled = passage.role == "list_title"
            words = _words_of(passage)
            entries[-1] += f"<b>{words}</b>" if titled else f' <span class="full">{words}</span>'
        if inside:
            listed = _list(list(group))
            entries[-1:] = [f"{entries[-1]}\n{listed}\n" if entries else listed]
            skimmed = skimmed or [True]
            titled = False
    tags = ("<li>" if stays else '<li class="full">' for stays in skimmed)
    lines = "\n".join(f"{tag}{entry.strip()}</li>" for tag, entry in zip(tags, entries, strict=True))
    numbered = any(is_numbered(passage) for passage in passages if passage.depth == depth)
    tag, name = ("ol", "numbered") if numbered else ("ul", "")
    names = " ".join(filter(None, [name, "" if any(skimmed) else "full"]))
    return f"<{tag}" + (f' class="{names}"' if names else "") + f">\n{lines}\n</{tag}>"


def _words_of(passage: Passage) -> str:
    """Return the lines of a passage. The first of an item or headline is a stop for "next item", "next headline"."""
    stop = "item" if passage.role in _LIST else passage.role if passage.role == "headline" else ""
    first = next((line for line in passage.lines if line.heard), None)
    return " ".join(_words(line, stop if line is first else "") for line in passage.lines)


def _words(line: Line, stop: str) -> str:
    """Return a line as sentences whose words carry their times: `data-t` starts, `data-e` ends, in seconds.

    What is followed while it sounds must not fill a small screen: a long line is followed in the pieces its captions
    have, as wherever else it is read along.
    """
    language = f' lang="{escape(line.language)}"' if line.language != "ar" else ""
    if not line.heard:
        return f'<span class="unheard"{language}>{escape(line.text)}</span>'
    pieces: Sequence[Line | Caption] = cut_line(line) if len(line.text) > _LONGEST_FOLLOWED else (line,)
    stops = [f' data-stop="{stop}"' if stop else "", *[""] * (len(pieces) - 1)]
    return " ".join(
        f'<span data-t="{_time(piece.start_s)}" data-e="{_time(piece.end_s)}"{mark}{language}>'
        + " ".join(f'<span data-t="{_time(word.start_s)}">{escape(word.text)}</span>' for word in piece.words)
        + "</span>"
        for piece, mark in zip(pieces, stops, strict=True)
    )


def _time(seconds: float) -> str:
    """Return a time to the millisecond, however late it is, without zeros at its end."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _files(files: Sequence[EpisodeFile]) -> str:
    entries = []
    for file in files:
        name = _FILE_NAMES.get(file.name) or _FILE_NAMES.get(file.name[file.name.rfind(".") :])
        if name:
            entries.append(f'<li><a href="{file.name}" download>{name}</a>، {_size(file.size)}</li>')
    if not entries:
        return ""
    return (
        '<section aria-labelledby="files">\n<h2 id="files">للتنزيل</h2>\n<ul>\n'
        + "\n".join(entries)
        + "\n</ul>\n</section>"
    )


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} ميغابايت" if size >= 100_000 else f"{max(1, round(size / 1000))} كيلوبايت"


def _footer(episode: Episode, show: ShowSettings) -> str:
    lines = []
    for source in episode.sources:
        name = escape(show_text(source.site or source.title))
        if source.url.startswith(("https://", "http://")):
            lines.append(f'المصدر: <a href="{escape(source.url)}">{name}</a>')
        elif source.site:
            lines.append(f"المصدر: {name}")
    for voice in episode.voices:
        credit = " – ".join(filter(None, [show_text(voice.attribution), show_text(voice.licence)]))
        lines.append(f"{SYNTHETIC_VOICE}: <bdi>{escape(show_text(voice.name))}</bdi> <bdi>{escape(credit)}</bdi>")
    if show.author:
        lines.append(escape(show_text(show.author)))
    return "<footer>\n" + "\n".join(f"<p>{line}</p>" for line in lines) + "\n</footer>"
