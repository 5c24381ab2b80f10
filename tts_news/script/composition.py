"""Articles → Script: the outline read sentence by sentence, as cues with their pauses, chapters and ledger."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tts_news.arabic import PAUSES, bare, count_letters, words
from tts_news.errors import ScriptError, SilenceError
from tts_news.patterns import lazy
from tts_news.records import Article, Casting, ChapterMark, Cue, Omission, Script, Source
from tts_news.script.doubts import Reading, Word
from tts_news.script.lexicon import Lexicon, load_lexicon
from tts_news.script.line_rules import restore_hamza, rules_for, trace_for
from tts_news.script.markup import parse_markup
from tts_news.script.outline import Line, Mark, outline
from tts_news.script.reading import Reader, Said, Sentence, decided
from tts_news.script.rules.topic import Topic
from tts_news.script.settings import PAUSES_S, ScriptSettings
from tts_news.script.shown import unsaid

if TYPE_CHECKING:
    from tts_news.script.diacritics import Weighed

MAX_LETTERS = 240
"""Longest cue of any voice: about 20 s of speech. Captions and read-along want no longer ones."""

SILENT = "nothing in it can be said"
# Control characters other than white space, bidi embeddings, overrides and isolates, byte order marks.
_UNSEEN = lazy("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
RESPELT = "its letters are restored; it is said as"
UNREADABLE = "cannot be read aloud"
GLOSS = "stands for the eye alone"


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A line of the outline with its sentences; `early_s` is a pause asked for before them."""

    line: Line
    reader: Reader
    lead: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]
    early_s: float


@dataclass(slots=True)
class _Draft:
    """The script as far as it is written."""

    casting: Casting
    pauses_s: Mapping[str, float]
    max_letters: int
    cues: list[Cue] = field(default_factory=list)
    chapters: list[ChapterMark] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    waiting: tuple[Mark, ...] = ()
    readings: list[Reading] = field(default_factory=list)


def compose(articles: Sequence[Article], settings: ScriptSettings, casting: Casting, disclosure: str = "") -> Script:
    """Return the script of an edition of one or several articles.

    Args:
        articles: What it is made of.
        settings: The script's settings.
        casting: Who says what.
        disclosure: What is said of the voice, after everything else; "" says nothing.

    Raises:
        ScriptError: A setting or the lexicon does not hold, a sentence cannot be read and the settings say stop, or
            there is nothing to say at all (a SilenceError).
    """
    return _compose(articles, settings, casting, disclosure, _marks)[0]


def review(
    articles: Sequence[Article], settings: ScriptSettings, casting: Casting, disclosure: str = ""
) -> tuple[Script, tuple[Reading, ...]]:
    """Return the script of `compose`, and of each of its cues how sure the reader was.

    Raises:
        ScriptError: As `compose`.
    """
    return _compose(articles, settings, casting, disclosure, _weigh)


_Marker = Callable[[list[str]], Sequence["Weighed"]]


def _marks(shown: list[str]) -> Sequence[Weighed]:
    from tts_news.script.diacritics import Weighed, load

    return [Weighed(marked) for marked in load().diacritise(shown)]


def _weigh(shown: list[str]) -> Sequence[Weighed]:
    from tts_news.script.diacritics import load

    return load().weigh(shown)


def _compose(
    articles: Sequence[Article], settings: ScriptSettings, casting: Casting, disclosure: str, mark: _Marker
) -> tuple[Script, tuple[Reading, ...]]:
    pauses_s = pause_table(settings)
    prepared, marked = _marked(_prepare(articles, settings, casting, disclosure), mark)
    draft = _Draft(casting, pauses_s, settings.max_letters)
    firsts: dict[int, str] = {}
    for line in prepared:
        before = len(draft.cues)
        _write_line(draft, line, marked)
        if len(draft.cues) > before:
            firsts.setdefault(line.line.article, draft.cues[before].id)
    if max(firsts, default=-1) < 0:  # greetings and what is said of the voice are no edition
        raise SilenceError(f"{_name(articles)}: there is nothing to say", hint="the article has no Arabic sentence")
    sources = tuple(_source(article, firsts.get(place, "")) for place, article in enumerate(articles))
    title = settings.edition or next((article.title for article in articles if article.title), draft.cues[0].written)
    script = Script(
        title=_title(title),
        cues=tuple(draft.cues),
        chapters=tuple(draft.chapters),
        language=articles[0].language or "ar",
        omissions=(*draft.omissions, *unsaid(articles, settings)),
        sources=sources,
        blocks={
            f"a{number}b{place}": block
            for number, article in enumerate(articles, 1)
            for place, block in enumerate(article.blocks, 1)
        },
    )
    return script, tuple(draft.readings)


def compose_cues(articles: Sequence[Article], settings: ScriptSettings, casting: Casting) -> Iterator[Cue]:
    """Yield the cues of `compose`, each when its sentence has been read: the first is there while the rest waits.

    Before a sentence that says nothing the pause is that between sentences, wherever it stands.

    Raises:
        ScriptError: As `compose`; a sentence that cannot be read stops it when it is reached.
    """
    draft = _Draft(casting, pause_table(settings), settings.max_letters)
    begun = []
    for line, reader in _cast(articles, settings, casting, ""):
        with _named(articles, line):
            begun.append((line, reader, *reader.begin(line.text, undivided=line.role == "headline")))
    laters_s = [early_s for _, _, early_s, _, _ in begun[1:]] + [0.0]
    for (line, reader, _, count, sentences), later_s in zip(begun, laters_s, strict=True):
        rest, lead = line, tuple(reader.prepare(line.lead)[1]) if line.lead else ()
        for number in range(1, count + 1):
            with _named(articles, line):
                one = _Prepared(rest, reader, lead, (next(sentences),), 0.0)
            done = len(draft.cues)
            (one,), marked = _marked([one], _marks)
            _write_line(draft, one, marked, more=number < count)
            if later_s and number == count and len(draft.cues) > done:
                draft.cues[-1] = replace(draft.cues[-1], pause_s=draft.cues[-1].pause_s + later_s)
            rest, lead = replace(line, lead="", prefix="", marks=()), ()
            yield from draft.cues[done:]


def pause_table(settings: ScriptSettings) -> Mapping[str, float]:
    """Return the seconds of silence after each role and cut."""
    return {**PAUSES_S, **settings.pauses_s}


# Fields that came later count only where they say something, so that an article of before has its hash of before.
_NO_CHANGE = {"sense": ("both",), "part": ("",), "label": ("",), "numbers": ((),)}


def _stated(fields: list[tuple[str, object]]) -> dict[str, object]:
    return {name: value for name, value in fields if value not in _NO_CHANGE.get(name, ())}


def text_hash(article: Article) -> str:
    """Return the SHA-256 of an article's title and blocks: it changes when what is said may change, and only then."""
    blocks = [asdict(block, dict_factory=_stated) for block in article.blocks]
    text = json.dumps([article.title, blocks], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _prepare(
    articles: Sequence[Article], settings: ScriptSettings, casting: Casting, disclosure: str
) -> list[_Prepared]:
    lines = []
    for line, reader in _cast(articles, settings, casting, disclosure):
        lead = reader.prepare(line.lead)[1] if line.lead else []
        with _named(articles, line):
            early_s, sentences = reader.prepare(line.text, undivided=line.role == "headline")
        lines.append(_Prepared(line, reader, tuple(lead), tuple(sentences), early_s))
    return lines


def _cast(
    articles: Sequence[Article], settings: ScriptSettings, casting: Casting, disclosure: str
) -> Iterator[tuple[Line, Reader]]:
    """Yield the lines of the outline, each with its reader: that of its article and voice."""
    spoken_here = {tag.partition("-")[0].lower() for tag in casting.by_language}
    if settings.latin_language and settings.latin_language.partition("-")[0].lower() not in spoken_here:
        raise ScriptError(
            f"[script] latin_language = {settings.latin_language!r}: no voice says it",
            hint=f'give it one under [voices], e.g. {settings.latin_language} = "NAME"; see `tts-news voices list`',
        )
    cast = {role for role, voice in casting.by_role.items() if voice}
    outlined = outline(articles, settings, cast, disclosure)
    lexicon = load_lexicon(Path(settings.lexicon) if settings.lexicon else None)
    lexicons = {place: lexicon.for_places(_places(article)) for place, article in enumerate(articles)}
    lexicons[-1] = lexicon
    topics = {place: _topic(outlined, place) for place in lexicons}
    readers: dict[tuple[int, str], Reader] = {}
    for line in outlined:
        voice = _voice_of_role(casting, line.role) if lexicon.by_voice else ""
        if (line.article, voice) not in readers:
            own = lexicons[line.article].for_voice(voice)
            readers[line.article, voice] = _reader(topics[line.article], own, settings, casting)
        yield line, readers[line.article, voice]


@contextmanager
def _named(articles: Sequence[Article], line: Line) -> Iterator[None]:
    """Name the article in which a line cannot be read."""
    try:
        yield
    except ScriptError as err:
        article = articles[line.article] if line.article >= 0 else None
        where = article.title or article.source if article else f"the edition's {line.role}"
        raise ScriptError(f"{where}: {err}" if where else str(err), hint=err.hint) from err


def _marked(lines: list[_Prepared], mark: _Marker) -> tuple[list[_Prepared], Iterator[Weighed]]:
    """Return the lines with their numbers decided, and their sentences with all marks."""
    lines = _decided(lines)
    shown = [line.reader.shown(sentence) for line in lines for sentence in (*line.lead, *line.sentences)]
    return lines, iter(mark(shown))


def _decided(lines: list[_Prepared]) -> list[_Prepared]:
    """Return the lines with the numbers in the cases that their sentences ask for, all read at once."""
    told = iter(decided([(line.reader, each) for line in lines for each in (*line.lead, *line.sentences)]))
    return [
        replace(line, lead=tuple(islice(told, len(line.lead))), sentences=tuple(islice(told, len(line.sentences))))
        for line in lines
    ]


def _topic(lines: Sequence[Line], article: int) -> Topic:
    """Return what an article is about: nothing that its rules need to know, for lines of the edition itself."""
    from tts_news.script.rules.topic import NO_TOPIC, topic_of

    return NO_TOPIC if article < 0 else topic_of("\n".join(line.text for line in lines if line.article == article))


def _reader(topic: Topic, lexicon: Lexicon, settings: ScriptSettings, casting: Casting) -> Reader:
    return Reader(
        rules_for(settings.months, topic),
        lexicon,
        on_unreadable=settings.on_unreadable,
        pausal_forms=settings.pausal_forms,
        latin_language=settings.latin_language,
        restore=restore_hamza if settings.restore_hamza else None,
        languages=[tag.partition("-")[0].lower() for tag in casting.by_language],
        trace=trace_for(settings.months, topic),
    )


def _places(article: Article) -> tuple[str, ...]:
    host = article.url.partition("://")[2].partition("/")[0].removeprefix("www.")
    return (article.site, host, *article.categories)


def _write_line(draft: _Draft, prepared: _Prepared, marked: Iterator[Weighed], *, more: bool = False) -> None:
    """Append the cues of a line; takes what the diacritiser made of its sentences off `marked`.

    `more` says that these are not all of its sentences.
    """
    line, reader = prepared.line, prepared.reader
    draft.waiting = _waiting(draft.waiting, line.marks)
    if prepared.early_s and draft.cues:
        draft.cues[-1] = replace(draft.cues[-1], pause_s=draft.cues[-1].pause_s + prepared.early_s)
    voice = _voice_of_role(draft.casting, line.role)
    limit = min(filter(None, (draft.max_letters, draft.casting.max_letters.get(voice, 0), MAX_LETTERS)))
    lead = [piece for sentence in prepared.lead for piece in _finished(reader, sentence, next(marked), limit)]
    said: list[Said] = []
    for number, sentence in enumerate(prepared.sentences, start=1):
        line_marked = next(marked)
        goes_on = line.goes_on and not more and number == len(prepared.sentences)
        place = max(line.article, 0)
        if sentence.is_silent:
            draft.omissions.append(Omission(sentence.written, SILENT, article=place))
        else:
            dropped = [text for segment in sentence.segments for text in segment.dropped]
            reason = f"{UNREADABLE}; left out of «{sentence.written}»"
            draft.omissions += [Omission(text, reason, article=place) for text in dropped]
            unsaid = [text for segment in sentence.segments for text in segment.glosses]
            reason = f"{GLOSS}; left out of «{sentence.written}»"
            draft.omissions += [Omission(text, reason, article=place) for text in unsaid]
            for was, now in dict.fromkeys(pair for segment in sentence.segments for pair in segment.respelt):
                draft.omissions.append(Omission(was, f"{RESPELT} «{now}»", article=place, shown=True))
            said += _finished(reader, sentence, line_marked, limit, goes_on=goes_on)
    said = _with_lead(line, lead, said, limit)
    for place, piece in enumerate(said):
        _append(draft, line, voice, piece, is_last=not more and place == len(said) - 1)


def _finished(reader: Reader, sentence: Sentence, marked: Weighed, limit: int, *, goes_on: bool = False) -> list[Said]:
    return reader.finish(sentence, marked.marked, limit, goes_on=goes_on, leads=marked.leads_nats)


def _voice_of_role(casting: Casting, role: str) -> str:
    return casting.by_role.get(role) or casting.default


def _waiting(waiting: tuple[Mark, ...], new: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Return what chapters may begin with the next cue: of one level and kind the latest, the higher level first."""
    latest = {(mark.level, mark.kind): mark for mark in (*waiting, *new)}
    return tuple(sorted(latest.values(), key=lambda mark: mark.level))


def _with_lead(line: Line, lead: Sequence[Said], said: list[Said], limit: int) -> list[Said]:
    """Return the pieces of an item with its announcement before them, in the same cue when that has room."""
    if not said or not (line.prefix or line.lead):
        return said
    if not line.lead:
        return [replace(said[0], written=line.prefix + said[0].written), *said[1:]]
    # أولًا is said with its tanwin even before a pause; what the rules and the model made is in its pausal form.
    announced = (
        f"{line.lead}:" if line.lead != bare(line.lead) else f"{' '.join(p.spoken for p in lead).rstrip(PAUSES)}:"
    )
    first = said[0]
    settled = tuple(Word(word, origin="lexicon") for word in words(announced)) if first.words else ()
    if count_letters(announced) + count_letters(first.spoken) > limit or first.language != "ar":
        return [Said(line.prefix.strip() or line.lead, announced, "comma", words=settled), *said]
    spoken = f"{announced} {first.spoken}"
    return [replace(first, written=line.prefix + first.written, spoken=spoken, words=settled + first.words), *said[1:]]


def _append(draft: _Draft, line: Line, voice: str, piece: Said, *, is_last: bool) -> None:
    name = f"c{len(draft.cues) + 1:04d}"
    for mark in draft.waiting:
        draft.chapters.append(ChapterMark(_nfc(mark.title), name, mark.level, mark.url, mark.kind, mark.rank))
    draft.waiting = ()
    pause_s = draft.pauses_s[line.role if is_last and not line.goes_on else piece.after]
    if is_last and line.last:
        pause_s = max(pause_s, draft.pauses_s["article"])
    if piece.language != "ar":
        voice = _voice_of_language(draft.casting, piece.language) or voice
    draft.readings.append(Reading(name, piece.words, piece.rules, piece.latin))
    draft.cues.append(
        Cue(
            id=name,
            role=line.role,
            written=_nfc(piece.written),
            spoken=piece.spoken,
            pause_s=round(pause_s if piece.pause_s is None else piece.pause_s, 3),
            voice=voice,
            chapter=len(draft.chapters) - 1,
            language=piece.language,
            block=line.block,
        )
    )


def _voice_of_language(casting: Casting, language: str) -> str:
    by_language = {tag.lower(): voice for tag, voice in casting.by_language.items()}
    return by_language.get(language) or by_language.get(language.partition("-")[0], "")


def _source(article: Article, first_cue: str) -> Source:
    return Source(
        title=_title(article.title),
        text_hash=text_hash(article),
        first_cue=first_cue,
        author=article.author,
        published=article.published,
        modified=article.modified,
        url=article.url,
        site=article.site,
        categories=article.categories,
        dropped=article.dropped,
        identity=article.identity,
        dateline=article.dateline,
        rights=article.rights,
        urgency=article.urgency,
        missing=article.missing,
    )


def _name(articles: Sequence[Article]) -> str:
    return " · ".join(article.title or article.source for article in articles) or "no article"


def _title(text: str) -> str:
    """Return a title as it is read: in NFC, on one line, without inline marks."""
    return _nfc(parse_markup(text).plain)


def _nfc(text: str) -> str:
    """Return text in NFC on one line, without control characters and without what turns the direction of writing."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
