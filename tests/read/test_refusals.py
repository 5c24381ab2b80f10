"""What is no article is refused, by name; what only looks like it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from read.test_page import LAST, LEDE, SECOND, TITLE, page, read

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.languages import foreign_language
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Paragraph

PERSIAN = (
    "آغاز هفته کتاب در شیراز. مراسم آغاز هفته کتاب روز یکشنبه با حضور صدها نفر در کتابخانه مرکزی برگزار شد و تا "
    "پایان هفته ادامه دارد. به گفته مدیر کتابخانه، این برنامه برای کودکان است."
)
URDU = (
    "شہر میں نئے باغ کا افتتاح کیا گیا ہے۔ میئر نے کہا کہ یہ باغ بچوں کے لیے بنایا گیا ہے اور اس میں ایک چھوٹا "
    "کتب خانہ بھی ہے جو شام تک کھلا رہتا ہے۔"
)
PASHTO = (
    "په ښار کې د نوي باغ پرانیسته وشوه. ښاروال وویل چې دا باغ د ماشومانو لپاره جوړ شوی دی او په کې یو کوچنی "
    "کتابتون هم شته چې تر ماښامه خلاص وي."
)
KURDISH = (
    "لە شارەکەدا باخێکی نوێ کرایەوە. سەرۆکی شارەوانی گوتی ئەم باخە بۆ منداڵانە و کتێبخانەیەکی بچووکیشی تێدایە کە "
    "تا ئێوارە کراوەیە."
)
ARABIC = f"{LEDE} {SECOND} {LAST}"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PERSIAN, "Persian"),
        (URDU, "Urdu"),
        (PASHTO, "Pashto"),
        (KURDISH, "Kurdish"),
        (ARABIC, ""),
        (ARABIC.replace("ك", "ک").replace("ي", "ی"), ""),
        (f"{ARABIC} وقال بالفارسية «این باغ برای کودکان است» ثم ابتسم.", ""),
        ("من پاريس إلى گلميم: رحلة في القطار مع الفنان چارلي.", ""),
        ("قصيدة", ""),
    ],
)
def test_a_language_is_told_by_its_words_and_letters(text: str, language: str) -> None:
    assert foreign_language(text) == language


def article_of(tmp_path: Path, text: str, name: str) -> Article:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    (found,) = read_source(str(file), ReadSettings())
    if isinstance(found, ReadError):
        raise found
    return found


def simple(title: str, *paragraphs: str, form: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html lang=ar><head><title>{title}</title></head><body><nav><a href='/'>الرئيسية</a></nav>"
        f"<article><h1>{title}</h1>{body}{form}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (simple("404", "عذرا، الصفحة التي تبحث عنها غير موجودة أو نقلت إلى رابط آخر.", "جرب البحث."), "an error page"),
        (
            simple("لم يتم العثور على الصفحة", "ربما حذفت، أو تغير عنوانها. حدث خطأ غير متوقع في الموقع اليوم."),
            "an error page",
        ),
        (
            simple("لحظة من فضلك", "نتحقق من أنك إنسان. قد يستغرق هذا بضع ثوان، ثم نعيدك إلى الصفحة."),
            "a check for robots",
        ),
        (
            simple("الميدان", "نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتحسين الخدمة وعرض إعلانات تهمك أنت وحدك."),
            "a notice about cookies",
        ),
        (
            simple("الميدان", "سجل الدخول إلى حسابك لتتابع أخبارك المفضلة، أو أنشئ حسابا جديدا مجانا الآن."),
            "a log-in page",
        ),
        (
            simple(
                "أهلا بك",
                "اكتب بريدك لتصل إلى أخبارك المفضلة كل صباح في دقيقة واحدة فقط.",
                form="<input type=password>",
            ),
            "a log-in page",
        ),
    ],
)
def test_pages_that_are_no_article_are_refused_by_name(tmp_path: Path, html: str, kind: str) -> None:
    with pytest.raises(ReadError, match=kind):
        article_of(tmp_path, html, "page.html")


def test_a_check_for_robots_that_was_pasted_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="a check for robots"):
        article_of(tmp_path, "لحظة من فضلك\n\nنتحقق من أنك إنسان. قد يستغرق هذا بضع ثوان.\n", "paste.txt")


@pytest.mark.parametrize("name", ["page.html", "paste.txt"])
@pytest.mark.parametrize("text", [PERSIAN, URDU])
def test_other_languages_are_refused_whatever_the_page_says(tmp_path: Path, name: str, text: str) -> None:
    source = simple("عنوان", text) if name.endswith("html") else text
    with pytest.raises(ReadError, match="not in Arabic"):
        article_of(tmp_path, source, name)


def test_a_page_with_a_sentence_of_arabic_is_refused(tmp_path: Path) -> None:
    english = "The new park opened on Sunday after two years of work, the mayor said, and it stays open until dark."
    with pytest.raises(ReadError):
        article_of(tmp_path, simple("New park", english, english, f"«{LEDE}»", english, english, english), "page.html")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("لماذا تظهر صفحة الخطأ 404؟", "تظهر هذه الصفحة حين يطلب المتصفح عنوانا لا وجود له على خادم الموقع منذ مدة."),
        (
            "خبراء: احذفوا ملفات تعريف الارتباط",
            "ينصح خبراء بحذف هذه الملفات مرة في الشهر على الأقل حفاظا على الخصوصية.",
        ),
    ],
)
def test_articles_about_such_pages_are_read(title: str, text: str) -> None:
    assert read(simple(title, text, LEDE, SECOND, LAST)).title == title


def test_a_list_of_articles_is_refused_wherever_it_lies() -> None:
    teasers = "".join(
        f"<div><h2><a href='/news/{n}'>خبر {name} من أخبار المدينة اليوم</a></h2><p>{SECOND}</p></div>"
        for n, name in enumerate("أول ثان ثالث رابع خامس سادس سابع ثامن تاسع عاشر آخر جديد".split())
    )
    with pytest.raises(ReadError, match="a list of articles"):
        read(
            f"<html lang=ar><body><main><h1>أخبار</h1>{teasers}</main></body></html>",
            "https://example.org/2026-11-20-news",
        )


WALL = "<h3>أكمل القراءة مع اشتراك الميدان</h3><p>هذا المحتوى متاح للمشتركين فقط.</p><p>لديك حساب؟ سجل الدخول</p>"


@pytest.mark.parametrize("wall", [f"<div class='paywall'>{WALL}</div>", WALL])
def test_a_wall_is_left_out_and_the_text_is_known_to_be_a_part(wall: str) -> None:
    article = read(
        f"<html lang=ar><body><article><h1>{TITLE}</h1><p>{LEDE}</p><p>{SECOND}</p>{wall}</article></body></html>"
    )
    assert article.blocks == (Paragraph(LEDE), Paragraph(SECOND))
    assert article.missing == "paywall"


def test_paid_text_that_a_publisher_calls_paywall_is_text() -> None:
    article = read(page(f"<div class='paywall'><p>{SECOND}</p></div>"))
    assert article.blocks == (Paragraph(LEDE), Paragraph(SECOND), Paragraph(LAST))
    assert article.missing == ""


@pytest.mark.parametrize(
    ("link", "missing"),
    [
        ("<link rel=next href='/2026/park?page=2'>", "pages"),
        ("<link rel=next href='https://example.org/2026/park/2'>", "pages"),
        ("<link rel=next href='/2026/another-article-of-the-day'>", ""),
        ("<link rel=prev href='/2026/park?page=2'>", ""),
        ("<link rel=next href='http://[half'>", ""),
    ],
)
def test_a_text_on_several_pages_is_a_part(link: str, missing: str) -> None:
    assert read(page(f"<p>{SECOND}</p>", link)).missing == missing
