"""The templates of everything that is read: `tts_news/publish/templates`, which the wheel carries.

What a stranger wrote is escaped wherever it stands, and cleaned as `show_text` does; a name that a template misspells
is an error and not an empty place. The same values give the same text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from tts_news.publish.captions import LONGEST, Caption, cut_line
from tts_news.publish.chapters import short_clock
from tts_news.publish.colour import lightened
from tts_news.publish.phrases import say_date, say_duration, say_size
from tts_news.publish.reading import Line, Piece, Tabular, lines_of, show_text, text_of
from tts_news.publish.settings import ShowSettings

if TYPE_CHECKING:
    from jinja2 import Environment

_LONGEST_FOLLOWED = 2 * LONGEST  # letters; ten lines of a phone at three times the size, which is what it shows


STYLES = ("palette.css", "page.css")
"""Of a page; the desk has the colours and faces of the first as well."""


def render(name: str, **values: object) -> str:
    """Return the template `name` filled with values."""
    return _environment().get_template(name).render(**values)


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


@cache
def digest_of_templates() -> str:
    """Return a hash of all templates and assets: a page that was made of others is made anew."""
    read = hashlib.sha256()
    for folder in ("assets", "templates"):
        for file in sorted(files("tts_news.publish").joinpath(folder).iterdir(), key=lambda file: file.name):
            if file.is_file():
                read.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return read.hexdigest()


def dress(show: ShowSettings, script: str = "page.js", styles: Sequence[str] = STYLES) -> dict[str, object]:
    """Return what a page's head carries: style and script as they are, the policy that lets them run, the accent."""
    text = read_asset(script)
    return {
        "style": Markup("".join(map(read_asset, styles))),  # noqa: S704 - ours, and holds nothing of a stranger's
        "script": Markup(text),  # noqa: S704
        "policy": Markup(policy(text)),  # noqa: S704
        "accent": show.colour,
        "accent_on_dark": lightened(show.colour),
    }


def make_environment(*packages: str) -> Environment:
    """Return the templates of packages, the first one's before the others': escaped, cleaned and strict."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


@cache
def _environment() -> Environment:
    environment = make_environment("tts_news.publish")
    environment.filters |= {
        "text": text_of,
        "name": line_name,
        "table_name": table_name,
        "seconds": seconds,
        "clock": short_clock,
        "period": _period,
        "npt": _play_time,
        "word_starts": _word_starts,
        "phrases": _phrases,
        "is_one_phrase": _is_one_phrase,
        "date": say_date,
        "duration": say_duration,
        "size": say_size,
    }
    return environment


def _clean(value: object) -> object:
    """Clean text; what is markup already was made of clean text."""
    return show_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def line_name(line: Line) -> str:
    """Return an XML name for a line: an editor's script may have other ids than ours."""
    return "t-" + re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}", line.id)


def table_name(piece: Piece) -> str:
    """Return an XML name for a table that something is said of, "" for what is none."""
    first = next(lines_of(piece), None) if isinstance(piece, Tabular) else None
    return f"table-{line_name(first)}" if first else ""


def seconds(time_s: float) -> str:
    """Return a time to the millisecond, however late it is, without zeros at its end."""
    return f"{time_s:.3f}".rstrip("0").rstrip(".")


def _period(time_s: float) -> str:
    """Return a time as HTML's `datetime` wants it."""
    whole = int(time_s)
    return f"PT{whole // 3600}H{whole // 60 % 60}M{whole % 60}S"


def _play_time(time_s: float) -> str:
    """Return a time as the books of the blind write it, e.g. 0:01:31.004."""
    ms = round(1000 * time_s)
    return f"{ms // 3_600_000}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _word_starts(phrase: Line | Caption) -> str:
    """Return when each word of a phrase begins, in milliseconds after the phrase."""
    return " ".join(str(round(1000 * (word.start_s - phrase.start_s))) for word in phrase.words)


def _phrases(line: Line) -> Sequence[Line | Caption]:
    """Return a line in the pieces in which it is followed while it sounds: a long one in those of its captions."""
    return cut_line(line) if len(line.text) > _LONGEST_FOLLOWED else (line,)


def _is_one_phrase(lines: Sequence[Line]) -> bool:
    """Tell whether lines are one piece of text that is followed as a whole."""
    return len(lines) == 1 and lines[0].heard and len(_phrases(lines[0])) == 1
