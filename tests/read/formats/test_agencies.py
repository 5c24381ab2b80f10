"""Agency formats, in the form in which the IPTC's own examples have them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.formats.agency import date_of, require_usable
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Figure, Heading, Identity, Paragraph, Quote

LEDE = "افتتح الوزير اليوم محطة لتحلية المياه على الساحل الشمالي."
MORE = "وتكفي المحطة مئة ألف نسمة بحسب الوزارة."
BODY = f"<p>{LEDE}</p><p>{MORE}</p>"


def read(tmp_path: Path, data: str, name: str = "item") -> list[Article | ReadError]:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    return list(read_source(str(path), ReadSettings(cache_dir="off", retries=0)))


def one(tmp_path: Path, data: str, name: str = "item") -> Article:
    (article,) = read(tmp_path, data, name)
    assert isinstance(article, Article), article
    return article


XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    f"<head><title>لا يقرأ</title></head><body>{BODY}</body></html></inlineXML>"
)


def g2(content: str = "", item: str = "", status: str = "stat:usable", kind: str = "ninat:text") -> str:
    content = content or XHTML
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-11-20T10:05:00Z</sent></header><itemSet>
<newsItem guid="urn:newsml:difaf.example:20261120:7" version="2" standard="NewsML-G2" xml:lang="ar">
<rightsInfo><copyrightHolder literal="الضفاف"/><copyrightNotice>© الضفاف 2026</copyrightNotice>
<usageTerms>للنشر بإذن</usageTerms></rightsInfo>
<itemMeta><itemClass qcode="{kind}"/><provider literal="x"><name>وكالة الضفاف</name></provider>
<versionCreated>2026-11-20T12:03:00+02:00</versionCreated><firstCreated>2026-11-20T11:03:00+02:00</firstCreated>
{item}<pubStatus qcode="{status}"/></itemMeta>
<contentMeta><urgency>3</urgency><creator><name>سلمى الحداد</name></creator><language tag="ar"/>
<subject qcode="medtop:1"><name xml:lang="en">water</name><name xml:lang="ar">مياه</name></subject>
<dateline>الميناء، 20 نوفمبر</dateline><by>بقلم سلمى الحداد</by><headline role="hld:sub">عنوان فرعي</headline>
<headline>افتتاح محطة لتحلية المياه</headline></contentMeta><contentSet>{content}</contentSet></newsItem>
</itemSet></newsMessage>"""


NITF = f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf xml:lang="ar"><head><title>لا يقرأ</title><docdata management-status="usable"><doc-id id-string="difaf.7"/>
<urgency ed-urg="4"/><date.issue norm="20261120T090300Z"/><date.release norm="20261120T090300Z"/>
<doc.copyright year="2026" holder="الضفاف"/></docdata></head><body><body.head>
<hedline><hl1>افتتاح محطة لتحلية المياه</hl1><hl2>تكفي مئة ألف نسمة</hl2></hedline>
<note noteclass="editorsnote"><body.content><p>يرجى حذف الاسم</p></body.content></note>
<byline>بقلم <person>سلمى الحداد</person><byttl>مراسلة</byttl></byline>
<dateline><location>الميناء</location></dateline></body.head><body.content><p lede="true">{LEDE}</p>
<hl2>ماذا بعد؟</hl2><p>{MORE}</p><bq><block><p>لن ينقطع الماء بعد اليوم.</p></block><credit>الوزير</credit></bq>
<media media-type="image"><media-reference source="a.jpg"/><media-caption><p>المحطة من الجو</p></media-caption></media>
<note><p>ملاحظة للمحررين</p></note>
<note noteclass="end"><p>تنشر النتائج غدا</p></note></body.content>
<body.end><tagline>س ح/ م ع</tagline></body.end></body></nitf>"""


def test_newsml_g2_gives_all_that_it_states(tmp_path: Path) -> None:
    article = one(tmp_path, g2())
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))
    assert (article.title, article.author) == ("افتتاح محطة لتحلية المياه", "سلمى الحداد")
    assert (article.published, article.modified) == ("2026-11-20T11:03:00+02:00", "2026-11-20T12:03:00+02:00")
    assert (article.dateline, article.urgency, article.language) == ("الميناء، 20 نوفمبر", 3, "ar")
    assert (article.rights, article.site) == ("© الضفاف 2026 للنشر بإذن", "وكالة الضفاف")
    assert article.categories == ("مياه",)
    assert article.identity == Identity("feed", f"file:{tmp_path.resolve()}", "urn:newsml:difaf.example:20261120:7")


def test_a_new_version_in_another_file_of_the_delivery_is_the_same_article(tmp_path: Path) -> None:
    assert one(tmp_path, g2(), "a.xml").identity == one(tmp_path, g2(), "b.xml").identity


def test_newsml_carries_nitf_and_plain_text_too(tmp_path: Path) -> None:
    nitf = f"<inlineXML><nitf xmlns='x'><body><body.content>{BODY}</body.content></body></nitf></inlineXML>"
    assert one(tmp_path, g2(nitf)).blocks == (Paragraph(LEDE), Paragraph(MORE))
    assert one(tmp_path, g2(f"<inlineData>{LEDE}\n\n{MORE}</inlineData>")).blocks == (Paragraph(LEDE), Paragraph(MORE))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"item": "<embargoed>2999-01-01T00:00:00Z</embargoed>"}, "under embargo until 2999"),
        ({"item": "<embargoed>soon</embargoed>"}, "no date"),
        ({"status": "stat:withheld"}, "not to be published"),
        ({"status": "stat:canceled"}, "not to be published"),
        ({"kind": "ninat:picture"}, "picture"),
        ({"content": "<remoteContent href='http://x/a.jpg'/>"}, "no text of its own"),
    ],
)
def test_what_must_not_or_cannot_be_published_is_an_error(
    tmp_path: Path, changes: dict[str, str], message: str
) -> None:
    (error,) = read(tmp_path, g2(**changes))
    assert isinstance(error, ReadError)
    assert message in str(error)


def test_an_embargo_that_is_over_does_not_count() -> None:
    now = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    require_usable("usable", "2026-11-20T09:00:00Z", "x", now)
    with pytest.raises(ReadError):
        require_usable("usable", "2026-11-20T11:00:00Z", "x", now)


@pytest.mark.parametrize("data", [g2(), NITF], ids=["NewsML", "NITF"])
def test_an_item_that_is_cut_off_is_not_half_an_article(tmp_path: Path, data: str) -> None:
    with pytest.raises(ReadError, match="broken"):
        read(tmp_path, data[: data.index("وتكفي")])


@pytest.mark.parametrize("data", [g2(), NITF], ids=["NewsML", "NITF"])
def test_entities_are_not_resolved(tmp_path: Path, data: str) -> None:
    bomb = data.replace("?>", '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1).replace(LEDE, f"{LEDE}&a;")
    with pytest.raises(ReadError, match="entities"):
        read(tmp_path, bomb)


def test_nitf_gives_all_that_it_states(tmp_path: Path) -> None:
    article = one(tmp_path, NITF)
    assert article.blocks[:4] == (
        Paragraph("تكفي مئة ألف نسمة"),
        Paragraph(LEDE),
        Heading("ماذا بعد؟", 3),
        Paragraph(MORE),
    )
    assert Quote("لن ينقطع الماء بعد اليوم.", "الوزير") in article.blocks
    assert any(isinstance(block, Figure) and block.caption == "المحطة من الجو" for block in article.blocks)
    assert "المحررين" not in str(article.blocks)
    assert "يرجى" not in str(article.blocks)
    assert (article.title, article.author, article.dateline) == ("افتتاح محطة لتحلية المياه", "سلمى الحداد", "الميناء")
    left_out = [(line.text, line.reason) for line in article.dropped]
    to_editors = "a note to editors, not repeated here"
    assert left_out[:3] == [
        *(("3 words", to_editors), ("2 words", to_editors), ("تنشر النتائج غدا", "a note of the agency"))
    ]
    assert (article.published, article.urgency) == ("2026-11-20T09:03:00+00:00", 4)
    assert (article.rights, article.language) == ("© 2026 الضفاف", "ar")


def test_newsml_of_the_first_kind_is_read(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        f"""<?xml version="1.0"?><NewsML><NewsItem><Identification><NewsIdentifier>
<PublicIdentifier>urn:newsml:x:1</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20261120T090300Z</FirstCreated><Status FormalName="Usable"/>
<Urgency FormalName="2"/></NewsManagement><NewsComponent><NewsLines><HeadLine>افتتاح محطة</HeadLine>
<ByLine>سلمى الحداد</ByLine><DateLine>الميناء</DateLine></NewsLines><ContentItem><DataContent>{BODY}</DataContent>
</ContentItem></NewsComponent></NewsItem></NewsML>""",
    )
    assert (article.title, article.author, article.dateline) == ("افتتاح محطة", "سلمى الحداد", "الميناء")
    assert (article.published, article.urgency) == ("2026-11-20T09:03:00+00:00", 2)
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))


NINJS = {
    "uri": "urn:ninjs:difaf:7",
    "type": "text",
    "versioncreated": "2026-11-20T12:03:00+02:00",
    "firstcreated": "2026-11-20T11:03:00+02:00",
    "pubstatus": "usable",
    "urgency": 3,
    "language": "ar-EG",
    "located": "الميناء",
    "byline": "بقلم سلمى الحداد",
    "headline": "افتتاح محطة لتحلية المياه",
    "body_html": BODY,
    "copyrightnotice": "© الضفاف",
    "usageterms": "للنشر بإذن",
    "subject": [{"code": "1", "name": "مياه"}],
}


@pytest.mark.parametrize("name", ["item.json", "item"])
def test_ninjs_gives_all_that_it_states_whatever_its_name(tmp_path: Path, name: str) -> None:
    article = one(tmp_path, json.dumps(NINJS), name)
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))
    assert (article.title, article.author) == ("افتتاح محطة لتحلية المياه", "سلمى الحداد")
    assert (article.published, article.dateline, article.urgency) == ("2026-11-20T11:03:00+02:00", "الميناء", 3)
    assert (article.rights, article.language, article.categories) == ("© الضفاف للنشر بإذن", "ar", ("مياه",))
    assert article.identity is not None
    assert article.identity.key == "urn:ninjs:difaf:7"


def test_ninjs_2_names_its_parts_by_role(tmp_path: Path) -> None:
    item = {
        "uri": "urn:ninjs:difaf:8",
        "headlines": [{"role": "short", "value": "قصير"}, {"role": "main", "value": "افتتاح محطة"}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": BODY}],
        "by": "سلمى الحداد",
    }
    article = one(tmp_path, json.dumps([item]))
    assert (article.title, article.author) == ("افتتاح محطة", "سلمى الحداد")
    assert article.blocks == (Paragraph(LEDE), Paragraph(MORE))


@pytest.mark.parametrize(
    "changes",
    [{"pubstatus": "canceled"}, {"embargoed": "2999-01-01T00:00:00Z"}, {"type": "picture"}, {"body_html": ""}],
)
def test_ninjs_that_must_not_or_cannot_be_published_is_an_error(tmp_path: Path, changes: dict[str, str]) -> None:
    (error,) = read(tmp_path, json.dumps(NINJS | changes))
    assert isinstance(error, ReadError)


@pytest.mark.parametrize(
    ("text", "date"),
    [("20261120T100300Z", "2026-11-20T10:03:00+00:00"), ("20261120", "2026-11-20"), ("soon", ""), ("", "")],
)
def test_dates_of_agencies(text: str, date: str) -> None:
    assert date_of(text) == date
