from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.formats.wxr import as_page
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Paragraph

LEDE = "يعود معرض الزهور إلى الحديقة العامة بعد انقطاع دام خمسة أعوام."
NEXT = "ويستمر المعرض أسبوعين."


def item(title: str, content: str, status: str = "publish", kind: str = "post", extra: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>https://example.org/?p=2</link><dc:creator>salma</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
        f"<wp:post_id>2</wp:post_id><wp:post_date>2026-11-20 12:03:00</wp:post_date>"
        f"<wp:post_date_gmt>2026-11-20 10:03:00</wp:post_date_gmt><wp:status>{status}</wp:status>"
        f'<wp:post_type>{kind}</wp:post_type><category domain="category" nicename="c">ثقافة</category>'
        f'<category domain="post_tag" nicename="t">وسم</category>{extra}</item>'
    )


def read(tmp_path: Path, *items: str) -> list[Article | ReadError]:
    path = tmp_path / "export.xml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- This is a WordPress eXtended RSS file -->\n<rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>الضفاف</title><link>https://example.org</link>'
        "<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>salma</wp:author_login>"
        "<wp:author_display_name><![CDATA[سلمى الحداد]]></wp:author_display_name></wp:author>"
        + "".join(items)
        + "</channel></rss>",
        encoding="utf-8",
    )
    return list(read_source(str(path), ReadSettings(cache_dir="off", retries=0)))


def test_a_published_post_is_read_with_what_the_export_says(tmp_path: Path) -> None:
    (article,) = read(tmp_path, item("معرض الزهور يعود", f"{LEDE}\n\n{NEXT}"))
    assert isinstance(article, Article)
    assert article.blocks == (Paragraph(LEDE), Paragraph(NEXT))
    assert (article.title, article.author, article.site) == ("معرض الزهور يعود", "سلمى الحداد", "الضفاف")
    assert (article.published, article.categories) == ("2026-11-20T10:03:00+00:00", ("ثقافة",))


@pytest.mark.parametrize(
    "other",
    [
        item("مسودة", LEDE, status="draft"),
        item("خاص", LEDE, status="private"),
        item("قادم", LEDE, status="future"),
        item("ينتظر", LEDE, status="pending"),
        item("صفحة", LEDE, kind="page"),
        item("صورة", LEDE, status="inherit", kind="attachment"),
        item("سري", LEDE, extra="<wp:post_password>x</wp:post_password>"),
    ],
)
def test_what_is_not_published_is_not_read(tmp_path: Path, other: str) -> None:
    (article,) = read(tmp_path, other, item("معرض الزهور يعود", LEDE))
    assert isinstance(article, Article)
    assert article.title == "معرض الزهور يعود"
    with pytest.raises(ReadError, match="without a published post"):
        read(tmp_path, other)


def test_shortcodes_are_not_read_and_what_they_hold_is(tmp_path: Path) -> None:
    content = (
        '[vc_row full="1"][vc_column]' + LEDE + "[/vc_column][/vc_row]\n\n"
        '[caption id="a" width="3"]<a href="x"><img src="1.jpg"/></a> ركن الصبار[/caption]\n\n'
        f'{NEXT}\n[gallery ids="1,2"]\n[embed]https://example.org/v[/embed]'
    )
    (article,) = read(tmp_path, item("معرض الزهور يعود", content))
    assert isinstance(article, Article)
    assert [block.text for block in article.blocks if isinstance(block, Paragraph)] == [LEDE, NEXT]


@pytest.mark.parametrize("text", ["قال حلف [NATO] أمس.", "وصل [1] ثم [2].", "كذا [sic]"])
def test_words_in_brackets_are_no_shortcodes(text: str) -> None:
    assert as_page(text) == f"<p>{text}</p>"


def test_an_export_that_is_cut_off_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    read(tmp_path, item("الأول", LEDE), item("الثاني", LEDE))
    whole = (tmp_path / "export.xml").read_bytes()
    path.write_bytes(whole[: whole.rindex("الحديقة".encode())])
    first, error = read_source(str(path), ReadSettings(cache_dir="off", retries=0))
    found = {type(first): first, type(error): error}
    assert isinstance(found[Article], Article)
    assert "cut off" in str(found[ReadError])
