"""Exported chats: the messages without their stamps, names and attachments."""

from __future__ import annotations

import re

from tts_news.arabic import tidy
from tts_news.records import Dropped

# «[20/11/2026، 10:03:40 ص] Name: …» and «20/11/2026, 10:03 - Name: …», as WhatsApp writes them on its two systems.
_STAMP = re.compile(
    r"^[\u200e\u200f\u202a\u202c]*\[?(?P<stamp>[\d٠-٩]{1,4}[/.\-\u200f][\d٠-٩/.\-\u200f]{3,10}[،,]?\s+"
    r"[\d٠-٩]{1,2}:[\d٠-٩]{2}(?::[\d٠-٩]{2})?(?:\s?(?:[صم]|AM|PM))?)\]?\s?(?:[-–]\s)?(?P<name>[^:\n]{1,60}):\s?"
)
_NOTICE = re.compile(r"^[\u200e\u200f]*\[?[\d٠-٩]{1,4}[/.-][\d٠-٩/.-]{3,10}[،,]?\s+[\d٠-٩]{1,2}:[\d٠-٩]{2}[^:]*$")
_ATTACHED = re.compile(
    r"^\W*<?(?:المرفق|attached|تم استبعاد الوسائط|Media omitted|الوسائط غير مضمنة|صورة غير مضمنة|image omitted|"
    r"video omitted|audio omitted|sticker omitted|تم حذف هذه الرسالة|This message was deleted)[^\n]*$",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,300})(?<=\S)\*(?![\w*])")
_FEWEST = 2


def is_chat(text: str) -> bool:
    """Return whether a text is an exported chat: its first line has a stamp, and so have others."""
    lines = [line for line in text.split("\n") if tidy(line)]
    first = next((line for line in lines if not _NOTICE.match(line)), "")
    return _STAMP.match(first) is not None and sum(_STAMP.match(line) is not None for line in lines) >= _FEWEST


def read_chat(text: str) -> tuple[str, tuple[Dropped, ...]]:
    """Return the messages of a chat as paragraphs, and what stood around them; stars that make bold type go."""
    lines: list[str] = []
    dropped: list[Dropped] = []
    for line in text.split("\n"):
        match = _STAMP.match(line)
        if match:
            dropped.append(Dropped(tidy(match[0]), "stamp of a message"))
            lines.append("")
        elif _NOTICE.match(line) and tidy(line):
            dropped.append(Dropped(tidy(line), "notice of the chat"))
            continue
        rest = line[match.end() :] if match else line
        if _ATTACHED.match(rest):
            dropped.append(Dropped(tidy(rest), "attachment"))
        else:
            lines.append(_BOLD.sub(r"\1", rest))
    return "\n".join(lines), tuple(dropped)
