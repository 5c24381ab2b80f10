from __future__ import annotations

import pytest

from tts_news.errors import ReadError
from tts_news.read.page import read_page
from tts_news.read.settings import ReadSettings, SiteRules
from tts_news.records import Article, Heading, ListBlock, Paragraph, Quote

LEDE = "أعلنت البلدية صباح اليوم عن افتتاح حديقة جديدة في الحي الشرقي بعد عامين من العمل المتواصل على تجهيزها."
SECOND = "وقال رئيس البلدية إن الحديقة تضم ملاعب للأطفال ومسارات للمشي ومكتبة صغيرة تفتح أبوابها حتى المساء."
LAST = "ومن المقرر أن تنظم البلدية حفلا صغيرا في نهاية الأسبوع يحضره سكان الحي والأحياء المجاورة له."
TITLE = "حديقة جديدة في الحي الشرقي بعد انتظار طويل"


def page(body: str, head: str = "", *, h1: str = f"<h1>{TITLE}</h1>") -> str:
    return (
        f"<!DOCTYPE html><html lang='ar' dir='rtl'><head><title>{TITLE} - بوابة الضفاف</title>{head}</head>"
        f"<body><article>{h1}<div class='entry-content'><p>{LEDE}</p>{body}<p>{LAST}</p></div></article></body></html>"
    )


def read(html: str | bytes, url: str = "https://example.org/2026/park", **changes: object) -> Article:
    data = html.encode() if isinstance(html, str) else html
    return read_page(data, url, ReadSettings(**changes))  # type: ignore[arg-type]


def the_list(html: str) -> ListBlock:
    (block,) = [block for block in read(page(html)).blocks if isinstance(block, ListBlock)]
    return block


def test_an_ordered_list_keeps_start_and_direction() -> None:
    block = the_list("<p>الترتيب كما يلي:</p><ol start='5' reversed><li>الفريق الأول</li><li>الفريق الثاني</li></ol>")
    assert (block.ordered, block.start, block.reversed) == (True, 5, True)


def test_lists_in_lists_are_sublists() -> None:
    block = the_list("<ul><li>المعارض<ul><li>الفترة الأولى</li><li>الفترة الثانية</li></ul></li><li>الندوات</li></ul>")
    assert [item.body for item in block.items] == ["المعارض", "الندوات"]
    assert block.items[0].sublist is not None
    assert [item.body for item in block.items[0].sublist.items] == ["الفترة الأولى", "الفترة الثانية"]


@pytest.mark.parametrize(
    "item",
    [
        "<strong>الملاعب:</strong> ثلاثة ملاعب للأطفال",
        "<b>الملاعب</b>: ثلاثة ملاعب للأطفال",
        "<p><strong>الملاعب</strong></p><p>ثلاثة ملاعب للأطفال</p>",
        "الملاعب:<br>ثلاثة ملاعب للأطفال",
        "الملاعب: ثلاثة ملاعب للأطفال",
    ],
)
def test_an_item_with_a_title_is_title_and_body(item: str) -> None:
    block = the_list(f"<ul><li>{item}</li><li><strong>المكتبة:</strong> رفوف مفتوحة</li></ul>")
    assert (block.items[0].title, block.items[0].body) == ("الملاعب", "ثلاثة ملاعب للأطفال")


def test_a_definition_list_is_terms_and_definitions() -> None:
    block = the_list("<dl><dt>الملاعب</dt><dd>ثلاثة ملاعب مفروشة</dd><dt>المكتبة</dt><dd>رفوف مفتوحة</dd></dl>")
    assert [(item.title, item.body) for item in block.items] == [
        ("الملاعب", "ثلاثة ملاعب مفروشة"),
        ("المكتبة", "رفوف مفتوحة"),
    ]


def test_a_list_of_links_stays_when_the_sentence_before_it_announces_it() -> None:
    links = "".join(f"<li><a href='/{n}'>{name}</a></li>" for n, name in enumerate(("دبيان", "فيدورا", "أوبونتو")))
    assert len(the_list(f"<p>وهناك توزيعات مدعومة باستمرار، مثل:</p><ul>{links}</ul>").items) == 3
    blocks = read(page(f"<p>{SECOND}</p><ul>{links}</ul>")).blocks
    assert not any(isinstance(block, ListBlock) for block in blocks)


def test_paragraphs_with_bullets_are_a_list() -> None:
    block = the_list("<p>وتضم الحديقة:</p><p>– ملاعب واسعة للأطفال</p><p>– مسارات طويلة للمشي</p>")
    assert [item.body for item in block.items] == ["ملاعب واسعة للأطفال", "مسارات طويلة للمشي"]


def test_a_line_break_parts_paragraphs_only_after_a_sentence() -> None:
    blocks = read(page(f"<p>{SECOND}<br>وأضاف أن العمل<br>لم يتوقف يوما واحدا.</p>")).blocks
    assert blocks[1:3] == (Paragraph(SECOND), Paragraph("وأضاف أن العمل لم يتوقف يوما واحدا."))


def test_a_quote_has_its_source() -> None:
    blocks = read(
        page(f"<p>{SECOND} {SECOND}</p><blockquote><p>{SECOND}</p><cite>— رئيس البلدية</cite></blockquote>")
    ).blocks
    assert Quote(SECOND, "رئيس البلدية") in blocks


def test_an_article_wrapped_in_a_quote_is_no_quote() -> None:
    html = page("").replace("<div class='entry-content'>", "<div class='entry-content'><blockquote>")
    assert read(html).blocks == (Paragraph(LEDE), Paragraph(LAST))


def test_headings_keep_their_level_and_a_bold_line_is_one() -> None:
    blocks = read(page(f"<h3>من يستفيد؟ <a href='#x'>#</a></h3><p>{SECOND}</p><p><b>ماذا بعد ذلك</b></p>")).blocks
    assert [block for block in blocks if isinstance(block, Heading)] == [
        Heading("من يستفيد؟", 3),
        Heading("ماذا بعد ذلك", 3),
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class='related-posts'><h3>مواضيع</h3><a href='/x'>خبر آخر من المدينة</a></div>",
        "<p><a href='/x'>شاهد أيضا: خبر آخر من المدينة</a></p>",
        "<p>اقرأ أيضا: خبر آخر من المدينة</p>",
        "<div class='sharedaddy'><p>شارك هذا الخبر مع أصدقائك</p></div>",
        "<aside><p>خبر آخر من المدينة نفسها لا علاقة له بهذا الخبر من قريب أو بعيد أبدا.</p></aside>",
        "<p style='display:none'>نص مخفي لا يراه القارئ</p>",
        "<form><p>اشترك في النشرة</p></form>",
        "<p>المصدر: وكالات</p>",
        "<p>إعلان</p>",
    ],
)
def test_what_is_around_the_text_is_left_out(furniture: str) -> None:
    assert read(page(f"<p>{SECOND}</p>{furniture}")).blocks == (Paragraph(LEDE), Paragraph(SECOND), Paragraph(LAST))


def test_what_is_left_out_is_kept_with_its_reason() -> None:
    article = read(page("<div class='related-posts'><a href='/x'>خبر آخر من المدينة</a></div>"))
    assert ("خبر آخر من المدينة", "related articles") in [(line.text, line.reason) for line in article.dropped]


def test_the_headline_is_the_visible_one_though_the_page_calls_itself_the_home_page() -> None:
    og = "<meta property='og:{}' content='{}'>"
    head = og.format("title", "بوابة الضفاف | الصفحة الرئيسية") + og.format("site_name", "بوابة الضفاف")
    h1 = f"<h1 class='h1-off'>بوابة الضفاف</h1><h1 class='post-title entry-title'>{TITLE}</h1>"
    assert read(page("", head, h1=h1)).title == TITLE


def test_without_a_visible_headline_the_stated_one_loses_the_sites_name() -> None:
    assert read(page("", h1="")).title == TITLE


def test_a_date_is_taken_when_stated_and_never_guessed() -> None:
    assert read(page("")).published == ""
    modified = "<meta property='og:updated_time' content='2022-02-12T10:00:00+00:00'>"
    assert read(page("", modified), "https://example.org/2017/01/01/park").published == ""
    stated = (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-14T08:30:00+0300"}</script>'
    )
    assert read(page("", stated)).published == "2026-03-14T08:30:00+03:00"
    visible = f"<h1>{TITLE}</h1><div class='post-date'>السبت، 14 آذار/مارس 2026، آخر تحديث 14:00 (GMT+0300)</div>"
    assert read(page("", h1=visible)).published == "2026-03-14"


def test_the_page_says_who_wrote_it_where_and_under_what() -> None:
    head = (
        '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"BlogPosting",'
        '"author":[{"name":"سلمى"},{"name":"مازن"}],"articleSection":["محليات"],'
        '"publisher":{"name":"بوابة الضفاف"}}]}</script>'
        "<link rel='canonical' href='/2026/park?a=1'>"
    )
    article = read(page("", head))
    assert (article.author, article.categories, article.site) == ("سلمى، مازن", ("محليات",), "بوابة الضفاف")
    assert article.url == "https://example.org/2026/park?a=1"


def test_broken_metadata_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": broken</script><link rel="canonical" href="http://[bad">'
    assert read(page("", head)).title == TITLE


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6", "utf-8"])
@pytest.mark.parametrize("stated", [True, False], ids=["stated", "silent"])
def test_old_charsets_are_read(charset: str, stated: bool) -> None:
    head = f"<meta http-equiv='Content-Type' content='text/html; charset={charset}'>" if stated else ""
    data = page("", head).encode(charset)
    assert read(data).blocks == (Paragraph(LEDE), Paragraph(LAST))


def test_the_charset_of_the_header_wins_over_none() -> None:
    article = read_page(page("").encode("windows-1256"), "", ReadSettings(), charset="windows-1256")
    assert article.title == TITLE


def test_a_sites_own_rules_keep_drop_and_silence() -> None:
    html = page(
        "<div class='promo-x'><p>عرض خاص لقراء هذه الصفحة فقط حتى نهاية هذا الأسبوع من الشهر.</p></div>"
        "<p>خاص بالبوابة</p>"
    )
    rules = {"example.org": SiteRules(drop=(".promo-x",), phrases=("خاص بالبوابة",))}
    assert read(html, sites=rules).blocks == (Paragraph(LEDE), Paragraph(LAST))
    assert len(read(html).blocks) > 2
    keep = {"example.org": SiteRules(keep=(".entry-content",))}
    assert read(page(f"<p>{SECOND}</p>"), sites=keep).blocks == (Paragraph(LEDE), Paragraph(SECOND), Paragraph(LAST))


def test_a_sites_rules_are_for_that_site_alone() -> None:
    rules = {"other.org": SiteRules(drop=(".entry-content p",))}
    assert read(page(""), sites=rules).blocks == (Paragraph(LEDE), Paragraph(LAST))


def test_a_selector_that_does_not_hold_is_one_error() -> None:
    with pytest.raises(ReadError, match="selector"):
        read(page(""), sites={"example.org": SiteRules(drop=("p[",))})


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><body><nav><a href='/'>الرئيسية</a><a href='/b'>أخبار</a></nav></body></html>",
        "<html><body><div id='root'></div><script>var a = 'نص';</script></body></html>",
        "<html><body><main>"
        + "".join(
            f"<div><h2><a href='/{n}'>خبر من أخبار المدينة رقم {n}</a></h2><p>{SECOND}</p></div>" for n in range(8)
        )
        + "</main></body></html>",
        "<html><body><p>An English page with one عربي word only.</p></body></html>",
    ],
    ids=["empty", "menu", "script", "front", "english"],
)
def test_a_page_without_an_article_is_one_error(html: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(html, "https://example.org/news")
    assert caught.value.hint
