from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Paragraph

LEDE = "انطلقت صباح اليوم حملة لتنظيف الشاطئ الشمالي بمشاركة مئتي متطوع."
MORE = "وجمع المتطوعون أربعة أطنان من البلاستيك."
IPHONE = "[20/11/2026، {clock}:40 {half}] {who}: {text}"
COPIED = "[{clock} {half}، 20/11/2026] {who}: {text}"
ANDROID = "20/11/2026, {clock} - {who}: {text}"


def read(tmp_path: Path, text: str, **changes: object) -> list[Article | ReadError]:
    path = tmp_path / "_chat.txt"
    path.write_text(text, encoding="utf-8")
    return list(read_source(str(path), ReadSettings(cache_dir="off", **changes)))  # type: ignore[arg-type]


def line(form: str, clock: str, text: str, who: str = "مراسل الساحل") -> str:
    return form.format(clock=clock, half="ص", who=who, text=text)


@pytest.mark.parametrize("form", [IPHONE, ANDROID, COPIED, "\u200e" + IPHONE])
def test_messages_of_one_sender_are_one_report(tmp_path: Path, form: str) -> None:
    chat = "\n".join(
        [
            line(form, "10:03", f"*حملة لتنظيف الشاطئ*\n\n{LEDE}"),
            line(form, "10:04", "\u200e<المرفق: 0012-PHOTO.jpg>"),
            line(form, "10:06", MORE),
        ]
    )
    (article,) = read(tmp_path, chat)
    assert isinstance(article, Article)
    assert article.title == "حملة لتنظيف الشاطئ"
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))
    assert article.published.startswith("2026-11-20T10:03")
    assert "<المرفق: 0012-PHOTO.jpg>" in {one.text for one in article.dropped}


def test_another_sender_a_long_pause_and_a_bold_line_begin_another_report(tmp_path: Path) -> None:
    chat = "\n".join(
        [
            line(IPHONE, "10:03", f"*الأول*\n{LEDE}"),
            line(IPHONE, "10:05", f"*الثاني*\n{LEDE}"),
            line(IPHONE, "10:06", f"*الثالث*\n{LEDE}", who="ليلى"),
            line(IPHONE, "10:07", "شكرا لكم", who="المحرر"),
            line(IPHONE, "11:50", f"*الرابع*\n{LEDE}", who="ليلى"),
        ]
    )
    articles = [one for one in read(tmp_path, chat) if isinstance(one, Article)]
    assert [article.title for article in articles] == ["الأول", "الثاني", "الثالث", "الرابع"]
    assert ("شكرا لكم", "chatter") in {(one.text, one.reason) for one in articles[0].dropped}


def test_signs_of_type_are_not_read_and_struck_words_are_out(tmp_path: Path) -> None:
    (article,) = read(tmp_path, line(IPHONE, "10:03", f"{LEDE} وقال *المدير* إن _الشاطئ_ مفتوح ~غدا~ اليوم للجميع."))
    assert isinstance(article, Article)
    assert "وقال المدير إن الشاطئ مفتوح اليوم للجميع." in str(article.blocks).replace("  ", " ")


def test_notices_of_the_program_are_listed(tmp_path: Path) -> None:
    notice = "[20/11/2026، 09:00:00 ص] الرسائل والمكالمات مشفرة تماما بين الطرفين."
    (article,) = read(tmp_path, f"{notice}\n{line(IPHONE, '10:03', LEDE + ' ' + MORE)}")
    assert isinstance(article, Article)
    assert "a notice of the chat" in {one.reason for one in article.dropped}
    assert "مشفرة" not in str(article.blocks)


def test_chatter_alone_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="chat without a report"):
        read(tmp_path, line(IPHONE, "10:03", "صباح الخير"))
