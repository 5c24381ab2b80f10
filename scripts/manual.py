"""Write the parts of the manual that the code says: verbs in both languages, and settings.

`python scripts/manual.py` writes them anew; tests/test_manual.py fails when they are stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tts_news import words  # noqa: E402 - of this checkout
from tts_news.commands.example import describe  # noqa: E402
from tts_news.config import ALIASES  # noqa: E402

TITLES = {"en": "Every verb", "ar": "كل الأوامر"}
SAYS = {
    "en": "What `tts-news VERB --help` says, written from the code.",
    "ar": "ما يقوله `tts-news VERB --help`، مكتوبًا من الشيفرة نفسها.",
}


def pages() -> dict[Path, str]:
    """Return every written page by its file."""
    made = {ROOT / "docs" / "settings.md": settings()}
    for language, path in (("en", "docs/verbs.md"), ("ar", "docs/ar/verbs.md")):
        words.speak(language)
        made[ROOT / path] = verbs(language)
    words.speak("en")
    return made


def verbs(language: str) -> str:
    """Return the page of all verbs."""
    from tts_news.parser import make_command

    lines = [f"# {TITLES[language]}", "", SAYS[language], ""]
    command = make_command()
    for name, one in command.commands.items():
        lines += _verb(one, f"tts-news {name}", 2)
    return "\n".join(lines).rstrip() + "\n"


def _verb(command: Any, path: str, level: int) -> Iterator[str]:
    yield f"{'#' * level} {path}"
    yield ""
    yield _plain(command.help)
    yield ""
    rows = [(_usage(one), _plain(getattr(one, "help", ""))) for one in command.params if "--help" not in one.opts]
    if rows:
        yield "| | |"
        yield "|---|---|"
        yield from (f"| `{usage}` | {about} |" for usage, about in rows)
        yield ""
    for name, one in getattr(command, "commands", {}).items():
        yield from _verb(one, f"{path} {name}", level + 1)


def _usage(param: Any) -> str:
    if param.param_type_name == "argument":
        return (param.metavar or param.name).upper().replace("|", "\\|")
    flag = getattr(param, "is_flag", False)
    return ", ".join(param.opts) + ("" if flag else " …")


def _plain(text: str | None) -> str:
    """Return help as one line of a table; isolates are for terminals."""
    cleaned = (text or "").replace("\u2068", "").replace("\u2069", "").replace("\f", " ")
    return " ".join(cleaned.split()).replace("|", "\\|").replace("<", "&lt;")


def settings() -> str:
    """Return the page of all settings."""
    short = {place: variable for variable, place in ALIASES.items()}
    lines = [
        "# Every setting",
        "",
        "Written from the code; `tts-news config --example` prints them as a file. Each may be set by a variable,",
        "`TTS_NEWS_<TABLE>_<KEY>`: `TTS_NEWS_SPEAK_VOICE=rawiya`; lists are separated by commas.",
    ]
    table = ""
    for one in describe():
        if one.table != table:
            table = one.table
            lines += ["", f"## [{table}]", "", "| | takes | default | |", "|---|---|---|---|"]
        alias = short.get(f"{table}.{one.key}")
        about = _plain(one.about) + (f" Also `{alias}`." if alias else "")
        lines.append(f"| `{one.key}` | {_plain(one.takes)} | `{one.default}` | {about} |")
    return "\n".join([*lines, "", "`[voices]` is the same as `voices` in `[speak]`: a voice by role."]) + "\n"


if __name__ == "__main__":
    for place, text in pages().items():
        place.write_text(text, encoding="utf-8")
