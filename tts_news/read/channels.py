"""Posts of channels and accounts as a person copies them: whose they are, what marks their headline, threads.

أخبار الميدان                        the channel's name is no headline
🔴 عاجل | انخفاض سعر البنزين         a label before a line marks the headline
مرصد الساحل / @sahelwatch            the name above a handle is the account's
1/ رصد المرصد …    2/ ويقول …        posts of a thread are counted, and the count is not said
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tts_news.arabic import has_arabic, is_closed
from tts_news.read.lines import Line
from tts_news.read.looks import Paste

# What desks put before an urgent or own story; only a separator behind it makes it a label: «عاجل |», «خاص:».
_LABEL = re.compile(r"^[^\w«\"(]{0,8}(?:عاجل(?:\s?جدا)?|خاص|حصري|حصريا|هام|متابعة|الآن)\s{0,2}[|:/‖–—-]{1,2}\s*(?=\S)")
_ALARM = re.compile("^[\U0001f534\U0001f6a8\u26a1\u203c\u2757\U0001f6d1]\ufe0f?[\\s|:]*(?=\\S)")
# WhatsApp's sign for bold type around a whole line, signs and pictures beside it.
_BOLD = re.compile(r"^[^\w*]{0,8}\*(?=\S)([^*\n]{8,250})\*[^\w*]{0,16}$")
_HANDLE = re.compile(r"^@[A-Za-z0-9_.]{2,40}$")
_COUNT = re.compile(r"^\(?(?P<number>\d{1,2})\s?/\s?(?P<of>\d{1,2})?\)?\s+(?=\S)")
_REACH = 6
"""How many lines into a paste the name of its channel and its headline are looked for."""


def unthread(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines without the counts of a thread: «1/», «2/7» and so on, one higher from post to post."""
    counts = {at: match for at, line in enumerate(lines) if (match := _COUNT.match(line.text))}
    numbers = [int(match["number"]) for match in counts.values()]
    totals = {match["of"] for match in counts.values()}
    rising = all(after == before + 1 for before, after in pairwise(numbers))
    if not numbers or numbers[0] != 1 or not rising or len(totals) > 1 or (len(numbers) == 1 and totals != {None}):
        return tuple(lines)
    return tuple(
        replace(line, text=line.text[counts[at].end() :]) if at in counts else line for at, line in enumerate(lines)
    )


def mark_channel(paste: Paste) -> None:
    """Find a headline that a label marks, and the account above a handle; the lines above such a headline go."""
    for at, line in enumerate(paste.lines[:_REACH]):
        if at and _HANDLE.match(line.whole) and paste.lines[at - 1].words <= 6:
            paste.account = paste.lines[at - 1].text
            paste.drop(at - 1, "the account's name")
            paste.drop(at, "the account's name")
        elif headline := _marked_headline(paste, at):
            paste.lines = (*paste.lines[:at], replace(line, bullet="", text=headline), *paste.lines[at + 1 :])
            paste.labelled = at
            return


def _marked_headline(paste: Paste, at: int) -> str:
    """Return the headline that a label or bold type marks line `at` as, without the mark; "" when none does."""
    line = paste.lines[at]
    if label := _label(paste, at):
        return line.whole[label.end() :].strip()
    bold = _BOLD.match(line.raw.strip()) if at <= 1 and at + 1 < len(paste.lines) else None
    return bold[1].strip() if bold and has_arabic(bold[1]) and not is_closed(bold[1]) else ""


def plain_headline(text: str) -> str:
    """Return the headline of a channel's post without its label and the signs around it."""
    match = _LABEL.match(text) or _ALARM.match(text)
    return text[match.end() :].strip() if match else text


def _label(paste: Paste, at: int) -> re.Match[str] | None:
    """Return the label that marks line `at` as the headline; a sign alone does where no other line bears it."""
    line = paste.lines[at]
    if not has_arabic(line.text) or line.words > 40 or (line.words >= 12 and line.text.endswith(".")):
        return None
    if label := _LABEL.match(line.whole):
        return label
    alarm = _ALARM.match(line.whole)
    signed = sum(_ALARM.match(other.whole) is not None for other in paste.lines)
    return alarm if alarm and signed == 1 and at <= 1 and at + 1 < len(paste.lines) else None
