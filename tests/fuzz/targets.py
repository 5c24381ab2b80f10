"""What is fuzzed: everything that reads what somebody else wrote, each with what must hold whatever it is given.

A target takes bytes and returns when all is well: they were read, or refused with one of our errors. Anything else that
comes out is a finding: a foreign exception, one of our own lines that raised and was caught by the guard of `read/`, or
a wrong success (`WrongSuccessError`), such as half of a surrogate pair in an article or a take that is not the one that
was written. `scripts/fuzz.py` runs them under atheris; `test_targets.py` runs them on their seeds and on all that was
ever found, which lies under `found/`.
"""

from __future__ import annotations

import contextlib
import io
import json
import socket
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz import seeds
from tts_news.errors import ReadError, TtsNewsError
from tts_news.read.settings import ReadSettings, SourceKind
from tts_news.records import Article

if TYPE_CHECKING:
    from tts_news.server.store import JobStore

FOUND = Path(__file__).parent / "found"
_OWN = str(Path(__file__).parents[2] / "tts_news")


class WrongSuccessError(AssertionError):
    """Something was taken for good that is not."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed.

    Attributes:
        work: Reads the bytes; raises on a finding and on nothing else.
        seeds: Returns what the fuzzer begins with.
        tokens: Words it may put in, as an editor or an attacker would.
    """

    work: Callable[[bytes], None]
    seeds: Callable[[], tuple[bytes, ...]]
    tokens: tuple[str, ...] = ()


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Let nothing reach a network inside: links of a feed are looked up by nobody."""
    lookup, connect = socket.getaddrinfo, socket.socket.connect

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network while fuzzing")

    socket.getaddrinfo = refuse  # type: ignore[assignment]
    socket.socket.connect = refuse  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        socket.getaddrinfo = lookup
        socket.socket.connect = connect  # type: ignore[method-assign]


# ── read/ ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reader(kind: SourceKind) -> Callable[[bytes], None]:
    settings = ReadSettings(kind=kind, cache_dir="off", retries=0, timeout_s=0.2, limit=5)

    def work(data: bytes) -> None:
        try:
            for found in _read(data, settings):
                if isinstance(found, ReadError):
                    _look_behind(found)
                else:
                    _check_article(found)
        except ReadError as err:
            _look_behind(err)

    return work


def _read(data: bytes, settings: ReadSettings) -> Iterator[Article | ReadError]:
    from tts_news.read import read_source

    return read_source("-", settings, io.BytesIO(data))


def _look_behind(err: ReadError) -> None:
    """Raise what a guard caught if it came out of one of our own lines: those do not lean on the guard."""
    cause = err.__cause__
    if cause is None or isinstance(cause, TtsNewsError) or " cannot be read: " not in str(err):
        return
    trace = cause.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is not None and trace.tb_frame.f_code.co_filename.startswith(_OWN):
        raise cause


def _check_article(article: Article) -> None:
    from tts_news.arabic import count_arabic
    from tts_news.read.dump import kept_lines, to_values

    text = json.dumps(to_values(article), ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError as err:
        raise WrongSuccessError("half of a surrogate pair in an article") from err
    kept = "\n".join(line for _, line in kept_lines(article))
    if not count_arabic(kept):
        raise WrongSuccessError("an article without Arabic")
    if odd := sorted({c for c in kept if unicodedata.category(c) == "Cc" and c != "\n"}):
        raise WrongSuccessError(f"control characters in an article: {odd!r}")
    for date in filter(None, (article.published, article.modified)):
        import datetime as dt

        try:
            dt.datetime.fromisoformat(date)
        except ValueError as err:
            raise WrongSuccessError(f"a date that is none: {date!r}") from err


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _on_disk(name: str, use: Callable[[Path], None]) -> Callable[[bytes], None]:
    """Return work on a file of that name, in a folder of its own."""

    def work(data: bytes) -> None:
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            path = Path(folder) / "it" / name
            path.parent.mkdir()
            path.write_bytes(data)
            with contextlib.suppress(TtsNewsError):
                use(path)

    return work


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a disk would be the slowest part


def _script(data: bytes) -> None:
    from tts_news.script.serial import dump_script, parse_script

    try:
        made = parse_script(data.decode("utf-8", "replace"))
    except TtsNewsError:
        return
    again = parse_script(dump_script(made))
    if again != made:
        raise WrongSuccessError("a script that reads otherwise once it is written")
    dump_script(made).encode()


def _lexicon(path: Path) -> None:
    from tts_news.script.lexicon import Lexicon, read_lexicon

    entries = read_lexicon(path)
    Lexicon(entries)


def _lexicon_edit(path: Path) -> None:
    """Add an entry: all others must still be there, and the file must still be one."""
    from tts_news.script.lexicon import Entry, read_lexicon
    from tts_news.script.lexicon_file import add_entries

    before = read_lexicon(path)
    new = Entry("كلمة جديدة", "كَلِمَة جَدِيدَة")
    add_entries(path, [new])
    after = read_lexicon(path)
    lost = [entry for entry in before if entry not in after and (entry.written, entry.scope) != (new.written, ())]
    if lost or new not in after:
        raise WrongSuccessError(f"lost by adding another entry: {lost}")


def _pls(path: Path) -> None:
    from tts_news.script.pls import read_pls

    for entry in read_pls(path):
        if not entry.written.strip() or not entry.spoken.strip():
            raise WrongSuccessError("an entry that says nothing")


def _config(path: Path) -> None:
    from tts_news.config import in_force, load

    config = load(path, environ={})
    for name, value, origin in in_force(config):
        f"{name} = {value!r} ({origin})".encode()


def _voice(path: Path) -> None:
    from tts_news.speak.catalogue import load

    spec = load(path)
    for name in spec.model_files:
        here = (spec.folder / name).resolve()
        if spec.folder.resolve().parent not in here.parents:
            raise WrongSuccessError(f"a voice with a file elsewhere: {name!r}")
    repr(spec).encode("utf-8", "surrogatepass")


def _episode(path: Path) -> None:
    from tts_news.publish.manifest import dump_episode, load_episode, parse_episode

    made = load_episode(path)
    if parse_episode(dump_episode(made).encode("utf-8", "surrogatepass"), "again") != made:
        raise WrongSuccessError("a manifest that reads otherwise once it is written")
    for file in made.files:
        if Path(file.name).name != file.name or file.name.startswith("."):
            raise WrongSuccessError(f"a manifest with a file elsewhere: {file.name!r}")


def _jobs(path: Path) -> None:
    from tts_news.server.queue_file import STORE
    from tts_news.server.store import JobStore

    path.rename(path.parent / STORE)
    store = JobStore(path.parent)
    try:
        _work_off(store)
    except sqlite3.Error as err:  # damage that shows late: as the server does, begin anew
        if not store.mend(err):
            raise
        _work_off(store)
    finally:
        store.close()


def _work_off(store: JobStore) -> None:
    from tts_news.server.store import Outcome

    name = store.add("-", "نص", "", 1000, 1_000_000)
    for _ in range(8):
        job = store.take()
        if job is None:
            break
        store.finish(job.id, Outcome("done"))
        json.dumps(store.look(job.id))
    if name is not None and store.look(name) is None:
        raise WrongSuccessError("a job that was taken on and is not there")
    json.dumps(store.counts())


def _take(data: bytes) -> None:
    """A take that is read is the take that was written, to the byte: a damaged one counts as absent."""
    from tts_news.speak.cache import TakeCache, encode

    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        cache, key = TakeCache(Path(folder)), "ab" * 32
        path = cache.path(key)
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        take = cache.read(key)
        if take is not None and encode(take) != data:
            raise WrongSuccessError("a damaged take is believed")


def _texts(*texts: str) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(text.encode() for text in texts)


_MARKUP = ("<p>", "</p>", "<li>", "<ul>", "<ol start='", "<table>", "<td rowspan='", "<h1>", "<br>", "<blockquote>",
           "<article>", '<script type="application/ld+json">', "&#6;", "&#xD83D;", "&nbsp;", "http://[", "charset=idna",
           "<sup>", "<figure>", "<a href='", "<![CDATA[", "]]>", "\u202e", "\u200f", "٣", "،", "الوزير")  # fmt: skip
_FEED = (*_MARKUP, "<item>", "<entry>", "<link>", "<guid>", "<pubDate>", "<updated>", "<category>", "<dc:creator>",
         "<content:encoded>", "<description>", 'xmlns="', "<!ENTITY", "<?xml version='1.0' encoding='")  # fmt: skip
_JSON = ("{", "}", "[", "]", ":", ",", "null", "true", "1e999", "-1", "NaN", "\\ud83d", "\\u0000", '""')
_TOML = ("[[", "]]", "[", "]", "=", '"""', "'''", "nan", "inf", "1979-05-27", "0x", "\\u0000", "{", "}", "#")
_LINES = ("\n\n", "• ", "1. ", "# ", "اقرأ أيضا", "مقالات ذات صلة", "|", "#", "بقلم: ", "3 مايو 2026", "```", "> ",
          "***", "[](", "![", "\u2028", "\x0b", "\u0640", "«", "»", ": ")  # fmt: skip

TARGETS: dict[str, Target] = {
    "page": Target(_reader("html"), _texts(seeds.PAGE, seeds.PLAIN_PAGE), _MARKUP),
    "feed": Target(_reader("feed"), _texts(seeds.RSS, seeds.ATOM, seeds.RDF), _FEED),
    "wordpress": Target(_reader("wordpress"), _texts(seeds.WORDPRESS), (*_JSON, *_MARKUP)),
    "newsml": Target(_reader("newsml"), _texts(seeds.NEWSML), _FEED),
    "nitf": Target(_reader("nitf"), _texts(seeds.NITF), _FEED),
    "ninjs": Target(_reader("ninjs"), _texts(seeds.NINJS), (*_JSON, *_MARKUP)),
    "jsonfeed": Target(_reader("jsonfeed"), _texts(seeds.JSON_FEED), (*_JSON, *_MARKUP)),
    "telegram": Target(_reader("telegram"), _texts(seeds.TELEGRAM), (*_JSON, *_LINES)),
    "whatsapp": Target(_reader("whatsapp"), _texts(seeds.WHATSAPP), _LINES),
    "wxr": Target(_reader("wxr"), _texts(seeds.WXR), (*_FEED, "[caption]", "[/caption]", "[x a=1]")),
    "mail": Target(_reader("mail"), _texts(seeds.MAIL), (*_LINES, "Content-Type: multipart/mixed; boundary=x", "--x")),
    "rtf": Target(_reader("rtf"), _texts(seeds.RTF), ("{", "}", "\\par", "\\u1575?", "\\'c7", "\\deleted", "\\*")),
    "office": Target(_reader("office"), _texts(seeds.OFFICE), (*_MARKUP, "mso-list:l0 level9", "lst-kix_a-1")),
    "markdown": Target(_reader("text"), _texts(seeds.MARKDOWN), _LINES),
    "paste": Target(_reader("text"), _texts(seeds.PASTE), _LINES),
    "any": Target(
        _reader("auto"),
        _texts(seeds.PAGE, seeds.RSS, seeds.WORDPRESS, seeds.MARKDOWN, seeds.PASTE),
        (*_FEED, *_JSON, *_LINES),
    ),
    "script.json": Target(_script, _texts(seeds.SCRIPT), _JSON),
    "lexicon.toml": Target(_on_disk("lexicon.toml", _lexicon), _texts(seeds.LEXICON), _TOML),
    "lexicon-edit": Target(_on_disk("lexicon.toml", _lexicon_edit), _texts(seeds.LEXICON), (*_TOML, "[[term]]")),
    "pls": Target(_on_disk("it.pls", _pls), _texts(seeds.PLS), ("<lexeme>", "<grapheme>", "<alias>", "<phoneme>", "ʕ")),
    "tts-news.toml": Target(_on_disk("tts-news.toml", _config), _texts(seeds.CONFIG), _TOML),
    "voice.toml": Target(_on_disk("voice.toml", _voice), _texts(seeds.VOICE), _TOML),
    "episode.json": Target(_on_disk("episode.json", _episode), lambda: (seeds.episode(),), _JSON),
    "jobs": Target(_on_disk("jobs.sqlite", _jobs), lambda: (seeds.jobs(),), ("queued", "running", "CREATE TABLE")),
    "take": Target(_take, lambda: (seeds.take(),), ("ttsnews1", "rate_hz", "words", *_JSON)),
}
