"""What the user named → articles: a path, a URL or "-", of a kind that its content tells, not its name."""

from __future__ import annotations

import datetime as dt
import os
import select
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import BinaryIO

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.encoding import decode
from tts_news.read.guard import guarded
from tts_news.read.identity import identify_document, identify_text, without_credentials
from tts_news.read.kinds import guess_kind, lister_of, name_zip, reader_of
from tts_news.read.markdown import descriptions, is_markdown, read_markdown, strip_inline
from tts_news.read.paste import MOST_CHARACTERS, read_paste
from tts_news.read.refusals import refuse
from tts_news.read.settings import ReadSettings, SourceKind
from tts_news.records import Article

_PIPE_S = 30.0  # in which something must come out of a pipe
_MAGIC = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"RIFF", "a sound or picture file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


def read_source(
    source: str, settings: ReadSettings, stdin: BinaryIO | None = None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the articles of a source; a broken entry of a feed is yielded as its error and the rest goes on.

    Args:
        source: A path, an http(s) URL, or "-" for standard input.
        settings: `[read]` of the configuration.
        stdin: Where "-" reads from, or what `read_pipe` found; None is the process's own standard input.
        passed: How many of the source's articles to pass over unread.

    Raises:
        ReadError: The source as a whole cannot be read, or holds no Arabic article.
    """
    found = _articles(source, settings, stdin, passed)
    name = "standard input" if source == "-" else source
    while True:
        with guarded(name):
            result = next(found, None)
        if result is None:
            return
        yield result


def _articles(
    source: str, settings: ReadSettings, stdin: BinaryIO | None, passed: int
) -> Iterator[Article | ReadError]:
    since = settings.since_moment
    if settings.kind == "wordpress" and is_url(source):
        from tts_news.read.wordpress import read_site

        posts = (_fit(found, source) for found in read_site(source, settings, since, passed))
        yield from map(_without_credentials, posts)
        return
    document = _load(source, settings, stdin)
    kind = settings.kind if settings.kind != "auto" else guess_kind(document)
    if lister := lister_of(kind):
        yield from _follow(lister(document), settings, passed)
        return
    for number, found in enumerate(_read(document, kind, settings, since, passed), passed):
        fit = _fit(found, document.name)
        # An article that the user says is handed over is who it says it is, through a pipe as well.
        is_handed = settings.kind == "cms" and isinstance(fit, Article) and fit.identity is not None
        yield _without_credentials(fit if is_handed else _identified(fit, document, number))


def _fit(found: Article | ReadError, name: str) -> Article | ReadError:
    """Return what was read, or why it is no Arabic article after all."""
    if isinstance(found, Article):
        try:
            refuse(found, found.source or name)
        except ReadError as err:
            return err
    return found


def _follow(addresses: Sequence[str], settings: ReadSettings, passed: int) -> Iterator[Article | ReadError]:
    """Yield the articles behind addresses; one that cannot be read is its error. A list in a list is not followed.

    An address with one article is passed over unread; how many a feed has is not known before it is read.
    """
    each = replace(settings, kind="auto")
    for address in addresses:
        for found in _behind(address, each, passed):
            if passed:
                passed -= 1
            elif found is not None:
                yield found


def _behind(address: str, settings: ReadSettings, passed: int) -> Iterator[Article | ReadError | None]:
    """Yield what an address of a list holds, None for an article that need not be read."""
    try:
        with guarded(address):
            document = _load(address, settings, None)
            kind = guess_kind(document)
        if lister_of(kind):
            yield ReadError(f"{address} is a list of addresses in a list", hint="name it by itself")
        elif passed and reader_of(kind) is None:
            yield None
        else:
            yield from _articles_of(document, kind, settings)
    except ReadError as err:
        yield err


def _articles_of(document: Document, kind: SourceKind, settings: ReadSettings) -> Iterator[Article | ReadError]:
    found = _read(document, kind, settings, settings.since_moment, 0)
    for number in count():
        with guarded(document.name):
            one = next(found, None)
        if one is None:
            return
        yield _without_credentials(_identified(_fit(one, document.name), document, number))


def _identified(found: Article | ReadError, document: Document, number: int) -> Article | ReadError:
    """Return an article of a document with who it is; what came through a pipe is itself, whatever it says it is."""
    if isinstance(found, ReadError):
        return found
    if document.name == "-":
        return replace(found, identity=identify_text(document.data, number))
    return replace(found, identity=found.identity or identify_document(found, document.name, document.url))


def _without_credentials(found: Article | ReadError) -> Article | ReadError:
    if isinstance(found, ReadError):
        return found
    return replace(found, url=without_credentials(found.url), source=without_credentials(found.source))


def _read(
    document: Document, kind: SourceKind, settings: ReadSettings, since: dt.datetime | None, passed: int
) -> Iterator[Article | ReadError]:
    if kind == "json":
        raise ReadError(
            f"{document.name} is JSON of a kind that is not known here",
            hint="known are WordPress posts, JSON Feed and scripts of tts-news; docs/read.md lists all",
        )
    if kind == "zip":
        raise ReadError(
            f"{document.name} is {name_zip(document.data)}: of such files only .docx, .odt and .epub are read",
            hint="unpack it and name the articles in it; save sheets and slides as PDF",
        )
    if reader := reader_of(kind):
        yield from reader(document, settings, since, passed)
    elif passed:
        return
    elif kind == "html":
        from tts_news.read.page import read_page

        article = read_page(document.data, document.url, settings, charset=document.charset, source=document.name)
        yield replace(article, source=document.name)
    else:
        yield read_text(decode(document.data, document.charset), document.name)


def read_text(text: str, source: str = "") -> Article:
    """Return the article of pasted text or Markdown.

    Raises:
        ReadError: There is none.
    """
    if len(text) <= MOST_CHARACTERS and is_markdown(text):
        return read_markdown(text, source)
    if len(text) > MOST_CHARACTERS:
        return read_paste(text, source)
    article = read_paste(strip_inline(text), source)
    return replace(article, dropped=(*article.dropped, *descriptions(text)))


def is_url(source: str) -> bool:
    """Return whether the source is an http(s) address."""
    return source.lower().startswith(("http://", "https://"))


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _load(source: str, settings: ReadSettings, stdin: BinaryIO | None) -> Document:
    if is_url(source):
        from tts_news.read.fetch import fetch

        page = fetch(source, settings)
        document = Document(page.body, source, url=page.url, charset=page.charset)
    elif source == "-" or stdin:
        name = "standard input" if source == "-" else source
        document = Document(_take(stdin or sys.stdin.buffer, name, settings.max_bytes), source)
    else:
        document = Document(_read_file(source, settings.max_bytes), source)
    _refuse_empty_or_binary(document)
    return document


def read_pipe(source: str, settings: ReadSettings) -> bytes | None:
    """Return what comes out of a pipe named as a source, None if it is none: another process could not open it.

    Raises:
        ReadError: Nobody writes to it, or it holds too much.
    """
    try:
        is_pipe = not is_url(source) and Path(source).is_fifo()
    except (OSError, ValueError):
        return None
    return _read_file(source, settings.max_bytes) if is_pipe else None


def _read_file(source: str, max_bytes: int) -> bytes:
    try:
        path = Path(source)
        if path.is_dir():
            raise ReadError(f"{source} is a directory", hint=f"name the articles in it, e.g. {path.name or '.'}/*.txt")
        with _open(path, source) as file:
            return _take(file, source, max_bytes)
    except FileNotFoundError as err:
        raise ReadError(
            f"there is no file {source}", hint="an address starts with https://, and - reads standard input"
        ) from err
    except PermissionError as err:
        raise ReadError(f"{source} may not be read", hint="check the permissions of the file") from err
    except (OSError, ValueError) as err:
        # ValueError: a NUL in the name.
        raise ReadError(f"cannot read {source!r}: {err}", hint="name a file, or - for standard input") from err


def _open(path: Path, source: str) -> BufferedReader:
    """Open a file, or a pipe that somebody writes to: `<(command)` of a shell is one.

    Raises:
        OSError: It cannot be opened.
        ReadError: It is a device, or a pipe to which nobody writes, which would be waited at for ever.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode) or _is_written(descriptor, mode):
        os.set_blocking(descriptor, True)
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    what = "a pipe to which nobody writes" if stat.S_ISFIFO(mode) else "a device"
    raise ReadError(f"{source} is {what}, not an article", hint="name a file, or - for standard input")


def _is_written(descriptor: int, mode: int) -> bool:
    """Return whether it is a pipe into which something comes, or whose writer has been there and gone."""
    return stat.S_ISFIFO(mode) and bool(select.select([descriptor], [], [], _PIPE_S)[0])


def _take(file: BinaryIO, name: str, max_bytes: int) -> bytes:
    data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ReadError(
            f"{name} is larger than {max_bytes:,} bytes",
            hint="no article is; if this one is, raise max_bytes under [read]",
        )
    return data


def _refuse_empty_or_binary(document: Document) -> None:
    data = document.data
    name = "standard input" if document.name == "-" else document.name
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise ReadError(f"{name} is empty", hint="paste or name an article with some text in it")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            f"{name} is a file of an old office program", hint="save it as .docx, .odt or PDF and read that"
        )
    if data.startswith((b"PK\x03\x04", b"%PDF-")):
        return
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{name} is {what}, not an article", hint="give a page, pasted text, Markdown or a feed")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    odd = sum(data.count(byte) for byte in _CONTROL_BYTES)
    if odd > max(2, len(data) // 100):
        raise ReadError(f"{name} holds binary data, not text", hint="give a page, pasted text, Markdown or a feed")


_CONTROL_BYTES = [bytes([code]) for code in (*range(9), *range(14, 32), 127)]
