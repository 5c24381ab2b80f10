"""The words of the doors in the reader's language: English as written, Arabic by `LANG=ar…` or `--lang ar` (gettext).

The terminal has one language a process, the desk one a request, which it names. A text that a door prints itself goes
through `translated` or `several`, in its pages as `_("…")`. Errors are written in English where they are
raised, as f-strings; the catalogue holds each as a template ("there is no file {name}"), which `scripts/words.py` finds
in the code. The door finds the template that a message was made from and fills its values into the Arabic one, so
that no room knows of languages. A message that no template fits is shown as it is.

Latin words and values stand in Arabic between the isolates of the Unicode bidirectional algorithm, so that a path does
not turn its line around. Source: UAX #9, FSI (U+2068) and PDI (U+2069).
"""

from __future__ import annotations

import gettext
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import Final

from tts_news.errors import TtsNewsError

DOMAIN: Final = "tts_news"
FOLDER: Final = Path(__file__).parent / "locale"
LANGUAGES: Final = ("en", "ar")
_FSI, _PDI = "\u2068", "\u2069"
_CONTEXT: Final = "\x04"  # stands in a catalogue between a context and its text
_PLACE: Final = re.compile(r"\{(\w+)\}")
# What has Latin letters, with the signs and digits that belong to it: `tts-news make`, [show] base_url, https://…
_LATIN: Final = re.compile(r"[`\[<'\"./@+#*~-]*[A-Za-z][!-~]*(?: [!-~]*[A-Za-z0-9<>=_\"'`\])][!-~]*)*")
_LEAST_LETTERS: Final = 4  # of a template's own words; one with fewer would fit nearly everything
_LONGEST: Final = 4000  # letters of a message that is looked up; beyond it is somebody's data
_DEEPEST: Final = 4  # messages within messages


def speak(language: str) -> None:
    """Choose the language of this process: "en" or "ar", "" for what the environment asks for.

    The parser looks its own words up with gettext: they are in our catalogue as well.
    """
    if language:
        os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)
    for found in (_catalogue, _templates):
        found.cache_clear()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, str(FOLDER), [language] if language else None, fallback=True)


def is_arabic(language: str = "") -> bool:
    """Return whether Arabic is spoken; `language`, here and below, is "en", "ar", or "" for that of this process."""
    return _catalogue(language).info().get("language") == "ar"


def isolate(text: str, language: str = "") -> str:
    """Return a text that keeps to its own direction, and turns nothing around it."""
    return f"{_FSI}{text}{_PDI}" if text and is_arabic(language) else text


def translated(text: str, *, language: str = "", context: str = "", **values: object) -> str:
    """Return a text of the door in the reader's language, values filled in for {name}.

    `context` tells words apart that English has one of: an article "published", she "published" it.
    """
    catalogue = _catalogue(language)
    told = catalogue.pgettext(context, text) if context else catalogue.gettext(text)
    return _filled(told, {name: str(value) for name, value in values.items()}, language)


def several(one: str, many: str, count: int, *, language: str = "", **values: object) -> str:
    """Return a text in the plural form that `count` asks for, of which Arabic has six; {count} is the number."""
    text = _catalogue(language).ngettext(one, many, count)
    return _filled(text, {"count": f"{count:,}", **{name: str(value) for name, value in values.items()}}, language)


def message(text: str, language: str = "", depth: int = 0) -> str:
    """Return a message of ours in the reader's language, as it is when it is none."""
    if not is_arabic(language) or not text or len(text) > _LONGEST or depth > _DEEPEST:
        return text
    plain = _catalogue(language).gettext(text)
    if plain != text:
        return _filled(plain, {}, language)
    for template, pieces, names in _templates(language):
        values = _split(text, pieces)
        if values is not None:
            told = {name: message(value, language, depth + 1) for name, value in zip(names, values, strict=True)}
            return _filled(_catalogue(language).gettext(template), told, language)
    return text


def say_error(err: TtsNewsError, subject: str = "") -> str:
    """Return an error and its hint, a line each."""
    head = f"{translated('failed')}: {isolate(subject)}" if subject else translated("error")
    lines = [f"{head}: {message(str(err))}"]
    if err.hint:
        lines.append(f"{translated('hint')}: {message(err.hint)}")
    return "\n".join(lines)


def show(err: TtsNewsError) -> None:
    """Print an error and its hint on stderr, a line each."""
    print(say_error(err), file=sys.stderr, flush=True)  # noqa: T201 - the doors print


@cache
def _templates(language: str) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Return the messages with values: each with its own words and the names between; the most telling first."""
    found = []
    for template in vars(_catalogue(language)).get("_catalog", ()):  # gettext gives its keys out in no other way
        if not isinstance(template, str) or _CONTEXT in template or not _PLACE.search(template):
            continue
        parts = _PLACE.split(template)
        pieces = tuple(parts[::2])
        if sum(letter.isalpha() for piece in pieces for letter in piece) >= _LEAST_LETTERS:
            found.append((template, pieces, tuple(parts[1::2])))
    return tuple(sorted(found, key=lambda one: -sum(map(len, one[1]))))


def _split(text: str, pieces: tuple[str, ...]) -> list[str] | None:
    """Return what stands between the pieces of a template, from the left; None when they are not all there."""
    if not text.startswith(pieces[0]) or not text.endswith(pieces[-1]):
        return None
    values, at, end = [], len(pieces[0]), len(text) - len(pieces[-1])
    for piece in pieces[1:-1]:
        found = text.find(piece, at, end)  # no words between two values: the second has it all
        if found < 0:
            return None
        values.append(text[at:found])
        at = found + len(piece)
    return [*values, text[at:end]] if at <= end else None


def _isolated(match: re.Match[str]) -> str:
    """Return a Latin run of an Arabic text between isolates, without the text's own stop or bracket at its end."""
    run = match[0]
    core = run.rstrip(".:,;")
    if core.endswith(")") and "(" not in core:
        core = core[:-1]
    return isolate(core, "ar") + run[len(core) :]


def _filled(template: str, values: dict[str, str], language: str) -> str:
    """Return a template with its values; in Arabic, values and Latin words keep to their own direction."""
    if not is_arabic(language):
        return _PLACE.sub(lambda match: values.get(match[1], match[0]), template)
    parts = _PLACE.split(template)
    for number, part in enumerate(parts):
        if number % 2:
            value = values.get(part, f"{{{part}}}")
            parts[number] = value if value.startswith(_FSI) else isolate(value, language)
        else:
            parts[number] = _LATIN.sub(_isolated, part)
    return "".join(parts)
