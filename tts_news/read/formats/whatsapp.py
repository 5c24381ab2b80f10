"""An exported WhatsApp chat → what a correspondent sent in it: messages one after another are one report.

The export has no fixed form: the phone's language and region write the stamp. What is fixed is «stamp sender: text»,
and that a message goes on over the lines below until the next stamp. A report is the messages of one sender with at
most half an hour between two of them; a line all in bold begins the next one. Chatter of a few words is left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tts_news.arabic import count_words, has_arabic, tidy
from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.encoding import decode
from tts_news.read.identity import scope_of, short
from tts_news.read.kinds import CHAT_STAMP
from tts_news.read.paste import read_paste
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Dropped, Identity

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# «<المرفق: 0012-PHOTO.jpg>», «<Media omitted>», «IMG-20261120-WA0001.jpg (file attached)», «image omitted».
_MEDIA = re.compile(
    r"<[^<>]{1,200}>|\S{1,200}\.(?:jpe?g|png|webp|mp4|opus|ogg|m4a|pdf|docx?|vcf)\s?\([^()]{1,60}\)"
    r"|(?:image|video|audio|sticker|GIF|document|Contact card) omitted|(?:تم استبعاد|لم يتم إدراج)[^\n]{1,60}",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500})(?<=\S)\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,500})(?<=\S)_(?![\w_])")
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)[^~\n]{1,500}(?<=\S)~(?![\w~])")
_HEADLINE = re.compile(r"^\s*\*(?=\S)([^*\n]{1,300})(?<=\S)\*\s*$")
_LONGEST_GAP = dt.timedelta(minutes=30)
_FEWEST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its stamp with the sender's name, who sent it, when (None for no real time), and its text.

    A notice of the program has no sender.
    """

    stamp: str
    sender: str
    when: dt.datetime | None
    text: str


def read_chat(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the reports of a chat, oldest first, behind the `passed` first.

    Raises:
        ReadError: Nothing in it is as long as a report.
    """
    messages = tuple(split_messages(decode(document.data, document.charset)))
    reports, chatter = group_reports(messages)
    if since:
        reports = [report for report in reports if report[0].when is None or report[0].when.astimezone() >= since]
    if not reports:
        raise ReadError(
            f"{document.name} is a chat without a report in it: no message has {_FEWEST_WORDS} words of Arabic",
            hint="copy the text you mean and read that",
        )
    for number, report in enumerate(islice(reports[: settings.limit or None], passed, None), passed):
        try:
            article = read_report(report, document.name)
        except ReadError as err:
            yield ReadError(f"{document.name}: message of {report[0].sender}: {err}", hint=err.hint)
        else:
            yield replace(article, dropped=(*article.dropped, *(chatter if not number else ())))


def split_messages(text: str) -> Iterator[Message]:
    """Yield the messages of an exported chat, notices of the program among them."""
    stamps = list(CHAT_STAMP.finditer(text))
    for at, stamp in enumerate(stamps):
        end = stamps[at + 1].start() if at + 1 < len(stamps) else len(text)
        sender, colon, words = text[stamp.end() : end].partition(": ")
        if not colon or "\n" in sender or len(sender) > 100:
            yield Message(tidy(stamp[0]), "", _moment(stamp), text[stamp.end() : end].strip())
        else:
            name = _INVISIBLE.sub("", sender).strip(" ~")
            yield Message(tidy(f"{stamp[0]}{name}:"), name, _moment(stamp), words.strip())


def _moment(stamp: re.Match[str]) -> dt.datetime | None:
    """Return when a message was sent by the sender's phone, None for no real time; day first, as in Arabic."""
    day_text, clock = stamp["day"] or stamp["day2"], stamp["clock"] or stamp["clock2"]
    first, month, last = (int(part) for part in re.findall(r"\d+", day_text.translate(_DIGITS)))
    day, year = (last, first) if first > 31 else (first, last)
    hour, minute, *_ = (int(part) for part in re.findall(r"\d+", clock.translate(_DIGITS)))
    half = clock.casefold()
    if "م" in half or "p" in half:
        hour = hour % 12 + 12
    elif "ص" in half or "a" in half:
        hour %= 12
    try:
        return dt.datetime(year + 2000 if year < 100 else year, month, day, hour, minute)  # noqa: DTZ001 - none stated
    except ValueError:
        return None


def group_reports(messages: Sequence[Message]) -> tuple[list[tuple[Message, ...]], list[Dropped]]:
    """Return messages as reports, and those that belong to none with the reason."""
    groups: list[list[Message]] = []
    chatter: list[Dropped] = []
    for message in messages:
        if not message.sender:
            chatter.append(Dropped(f"{message.stamp} {tidy(clean(message.text))}", "a notice of the chat"))
            continue
        if not groups or not _goes_on(groups[-1][-1], message):
            groups.append([])
        groups[-1].append(message)
    reports: list[tuple[Message, ...]] = []
    for group in groups:
        if sum(count_words(clean(one.text)) for one in group if has_arabic(one.text)) >= _FEWEST_WORDS:
            reports.append(tuple(group))
        else:
            chatter += [Dropped(one.stamp, "stamp of a message") for one in group]
            chatter += [Dropped(tidy(clean(one.text)), "chatter") for one in group if tidy(clean(one.text))]
    return reports, chatter


def _goes_on(last: Message, message: Message) -> bool:
    """Return whether a message belongs to the report of the one before it."""
    if message.sender != last.sender or _HEADLINE.match(message.text.split("\n", 1)[0]):
        return False
    return not last.when or not message.when or message.when - last.when <= _LONGEST_GAP


def clean(text: str) -> str:
    """Return a message without attachments, struck words and the signs of bold and italic type."""
    text = _STRUCK.sub("", _MEDIA.sub("", _INVISIBLE.sub("", text)))
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text)).strip()


def read_report(report: Sequence[Message], source: str) -> Article:
    """Return a report as an article: its first line in bold is the headline, and who sent it when.

    Raises:
        ReadError: There is no article in it.
    """
    first, _, rest = report[0].text.strip().partition("\n")
    bold = _HEADLINE.match(_INVISIBLE.sub("", first))
    begin = f"# {bold[1]}\n\n{clean(rest)}" if bold else clean(report[0].text)
    text = "\n\n".join(part for part in (begin, *(clean(one.text) for one in report[1:])) if part)
    article = read_paste(text, source)
    when = report[0].when
    return replace(
        article,
        identity=Identity("feed", scope_of(source), short(f"{report[0].sender} {when}")) if when else None,
        published=article.published or (when.isoformat(timespec="minutes") if when else ""),
        dropped=(*article.dropped, *(found for one in report for found in _around(one))),
    )


def _around(message: Message) -> Iterator[Dropped]:
    """Yield what of a message is not said: its stamp, its attachments, what its sender struck out."""
    yield Dropped(message.stamp, "stamp of a message")
    text = _INVISIBLE.sub("", message.text)
    yield from (Dropped(match[0], "an attachment") for match in _MEDIA.finditer(text))
    yield from (Dropped(match[0].strip("~"), "struck out") for match in _STRUCK.finditer(text))
