"""What the fuzzer begins with: small inputs in the shapes that systems print, one of each kind of part."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from pathlib import Path

import numpy as np

from tts_news.records import Take, WordTime
from tts_news.speak.cache import encode

SENTENCE = "قال الوزير إن الحكومة ستعمل على ذلك في الأيام المقبلة وفق الخطة رقم 14 المعلنة يوم 3/5/2026."
OTHER = "وأضافت المتحدثة أن 12 ألف طالب سيستفيدون من المنحة بنسبة 3.5% خلال العام الدراسي الجديد."

PAGE = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>افتتاح الحديقة | المدينة</title>
<link rel="canonical" href="https://city.example/2026/garden"><meta property="og:title" content="افتتاح الحديقة">
<meta property="og:site_name" content="المدينة"><meta property="article:published_time" content="2026-05-03T09:00:00+03:00">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"افتتاح الحديقة",
"author":[{{"@type":"Person","name":"سلمى"}}],"datePublished":"2026-05-03","articleSection":["محليات"]}}</script></head>
<body><header class="site-header"><nav><ul><li><a href="/">الرئيسية</a></li></ul></nav></header>
<main><article class="post"><h1 class="entry-title">افتتاح الحديقة</h1><div class="meta"><time datetime="2026-05-03">3 مايو 2026</time>
<span class="author">سلمى الحداد</span></div><figure><img src="a.jpg" alt="صورة"><figcaption>الحديقة - أ ف ب</figcaption></figure>
<p>{SENTENCE}</p><p><strong>{OTHER}</strong></p><h2>ماذا بعد؟</h2><ol start="3"><li value="7">أولا: {OTHER}</li><li>ثانيا</li></ol>
<blockquote><p>{SENTENCE}</p><cite>الوزير</cite></blockquote><table><caption>الأسعار</caption><thead><tr><th>السلعة</th><th>السعر</th></tr></thead>
<tbody><tr><td rowspan="2">الخبز</td><td>12.5</td></tr><tr><td colspan="2">10<sup>6</sup></td></tr></tbody></table>
<p>{SENTENCE}<a href="#fn1">[1]</a></p><p>اقرأ أيضا: <a href="/x">خبر آخر</a></p><ul class="tags"><li>#اقتصاد</li></ul></article>
<aside class="related"><h3>مقالات ذات صلة</h3><a href="/y">رابط إلى خبر آخر</a></aside></main><footer>جميع الحقوق محفوظة © 2026</footer></body></html>"""

PLAIN_PAGE = (
    f"<html><body><h1>خبر</h1><div>{SENTENCE}<br><br>{OTHER}<br>• بند<br>• بند ثان</div><p>{SENTENCE}</p></body></html>"
)

RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>المدينة</title>
<link>https://city.example/</link><item><title>خبر &amp; آخر</title><link>https://city.example/1</link><guid isPermaLink="false">17</guid>
<pubDate>Sun, 22 Nov 2026 09:00:00 +0000</pubDate><dc:creator>سلمى</dc:creator><category>اقتصاد</category><description>مقتطف [&#8230;]</description>
<content:encoded><![CDATA[<p>{SENTENCE}</p><p>{OTHER}</p><ul><li>بند</li></ul>]]></content:encoded></item>
<item><title>ثان&nbsp;خبر</title><description>&lt;p&gt;{SENTENCE}&lt;/p&gt;</description><pubDate>2026-11-21</pubDate></item></channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>المدينة</title><id>urn:x:1</id><updated>2026-11-22T09:00:00Z</updated>
<entry><title type="html">خبر &lt;b&gt;مهم&lt;/b&gt;</title><id>tag:city.example,2026:1</id><link rel="alternate" href="/1"/><updated>2026-11-22T09:00:00Z</updated>
<author><name>سلمى</name></author><category term="a" label="اقتصاد"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SENTENCE}</p><p>{OTHER}</p></div></content></entry></feed>"""

RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>المدينة</title></channel>
<item rdf:about="x"><title>خبر</title><link></link><description>{SENTENCE} {OTHER}</description></item></rdf:RDF>"""

WORDPRESS = json.dumps(
    [
        {
            "id": 17,
            "date": "2026-05-03T12:00:00",
            "date_gmt": "2026-05-03T09:00:00",
            "modified_gmt": "2026-05-03T10:00:00",
            "link": "https://city.example/garden/",
            "title": {"rendered": "افتتاح &#8220;الحديقة&#8221;"},
            "content": {"rendered": f"<p>{SENTENCE}</p>\n<h2>عنوان</h2><p>{OTHER}</p>", "protected": False},
            "excerpt": {"rendered": "<p>مقتطف</p>"},
            "_embedded": {
                "author": [{"name": "سلمى"}],
                "wp:term": [[{"name": "محليات", "taxonomy": "category"}], [{"name": "x", "taxonomy": "post_tag"}]],
            },
        }
    ],
    ensure_ascii=False,
)

MARKDOWN = f"""---
title: "افتتاح الحديقة"
author: سلمى
date: 2026-05-03
categories: [محليات, بيئة]
---

# افتتاح الحديقة

{SENTENCE} [رابط](https://city.example "عنوان") و**غامق** و`رمز`.

## ماذا بعد؟

3. {OTHER}
   - بند في بند
4. بند

> {SENTENCE}

| السلعة | السعر |
|---|---|
| الخبز | 12.5 |

عنوان آخر
=========

{OTHER}[^1]

[^1]: حاشية <sup>2</sup> &#6;
"""

PASTE = f"""الرئيسية | أخبار | رياضة
اقتصاد > محليات
افتتاح الحديقة
3 مايو 2026 - 09:00
بقلم: سلمى الحداد
{SENTENCE}

{OTHER}
اقرأ أيضا
خبر آخر عن المدينة
• بند أول
• بند ثان: {OTHER}
1. {SENTENCE}
2) ثانيا
#اقتصاد #مياه
{SENTENCE}
مقالات ذات صلة
خبر
شارك هذا المقال
جميع الحقوق محفوظة © 2026
"""

SCRIPT = json.dumps(
    {
        "title": "افتتاح الحديقة",
        "language": "ar",
        "cues": [
            {"id": "0001", "role": "headline", "written": "افتتاح الحديقة", "spoken": "اِفْتِتَاحُ الْحَدِيقَهْ.",
             "pause_s": 0.9, "voice": "rawi", "chapter": 0, "language": "ar", "block": "t"},
            {"id": "0002", "role": "paragraph", "written": "قال الوزير.", "spoken": "قَالَ الْوَزِيرْ.", "pause_s": 0.5},
        ],
        "chapters": [{"title": "افتتاح", "first_cue": "0001", "level": 0, "url": ""}],
        "omissions": [{"text": "x", "reason": "no Arabic", "failed": False, "article": 0}],
        "sources": [{"title": "افتتاح", "text_hash": "ab", "first_cue": "0001", "url": "https://city.example/1",
                     "categories": ["محليات"], "dropped": [{"text": "شارك", "reason": "button"}]}],
    },
    ensure_ascii=False,
    indent=1,
)  # fmt: skip

LEXICON = """# أسماء
[[term]]
written = "ياسمين"
spoken = "يَاسَمِين"
gender = "f"
scope = ["sport", "city.example"]

[[term]]
written = 'GPT-4'
spoken = "جِي بِي تِي أَرْبَعَة"
scope = ""
"""

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="ar">
<lexeme><grapheme>ياسمين</grapheme><grapheme>Yasmin</grapheme><phoneme>jaːsamiːn</phoneme></lexeme>
<lexeme><grapheme>UNDP</grapheme><alias>بَرْنَامَجُ الْأُمَم</alias><phoneme alphabet="ipa" prefer="true">ħaqq ʕaðˤiːm</phoneme></lexeme></lexicon>"""

CONFIG = """[show]
title = "نشرة المدينة"
author = "المدينة"
timezone = "Asia/Riyadh"
commercial = false

[read]
limit = 3
since = "2026-11-22"
timeout_s = 9.5
[read.sites."city.example"]
keep = ["article"]
drop = [".related", "#x"]
phrases = ["تابعنا"]

[speak]
voice = "rawi"
speed = 1.05

[voices]
headline = "rawiya"

[publish]
output = "output"
"""

VOICE = """title = "نغمة"
engine = "piper"
language = "ar"
gender = "male"
rate_hz = 22050
licence = "CC0-1.0"
commercial = true
files = ["model.onnx"]
pace_s = [0.03, 0.2]
rank = 3

[[downloads]]
name = "model.onnx"
url = "https://voices.example/model.onnx"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
size = 12

[options]
speaker = 2
"""


def take() -> bytes:
    """Return a take file of 0.1 s with two words."""
    sound = np.sin(np.arange(800, dtype=np.float32) / 9) * np.float32(0.3)
    return encode(Take(sound, 8000, (WordTime("قال", 0.0, 0.04), WordTime("الوزير", 0.05, 0.1))))


def jobs() -> bytes:
    """Return a jobs database with a job in each state."""
    from tts_news.server.store import JobStore, Outcome

    with tempfile.TemporaryDirectory() as name:
        store = JobStore(Path(name))
        for number in range(4):
            store.add("-" if number % 2 else f"https://city.example/{number}", SENTENCE, "rawi", 9, 1_000_000)
        for state in ("done", "failed"):
            job = store.take()
            assert job is not None
            store.finish(job.id, Outcome(state, [{"edition": "x"}], "" if state == "done" else "error: x"))
        store.take()
        store.close()
        base = sqlite3.connect(store.path)
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.execute("PRAGMA journal_mode=DELETE")
        base.execute("PRAGMA page_size=512")  # the fuzzer cuts off what is longer than its longest input
        base.execute("VACUUM")
        base.close()
        return store.path.read_bytes()


def episode() -> bytes:
    """Return a manifest with a voice, a file, chapters and every kind of entry in its ledger."""
    from tts_news.publish.manifest import dump_episode
    from tts_news.records import ChapterSpan, Episode, EpisodeFile, LedgerEntry, Loudness, Source, VoiceInfo

    made = Episode(
        guid="0b6a2c1e-5d0c-5b5e-9f51-6f3c8a1d2b7e",
        slug="2026-11-22-garden",
        title="افتتاح الحديقة",
        date="2026-11-22",
        published="2026-11-22T09:00:00+03:00",
        modified="2026-11-22T10:00:00+03:00",
        language="ar",
        duration_s=12.5,
        files=(
            EpisodeFile(
                "garden.1a2b3c4d.mp3", 99, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "audio"
            ),
        ),
        voices=(VoiceInfo("rawi", "house", "GPL-3.0-or-later", commercial=True, attribution="", fingerprint="f0"),),
        loudness=Loudness(-16.0, -1.5),
        chapters=(ChapterSpan("افتتاح", 0.0, 12.5, 0, "https://city.example/1"),),
        ledger=(LedgerEntry("spoken", SENTENCE, "c1"), LedgerEntry("skipped", "x", reason="no Arabic")),
        sources=(Source("خبر", "ab", "c1", "سلمى", "2026-11-22"),),
        notes=("صُحِّحت هذه الحلقة",),
    )
    return dump_episode(made).encode()


NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf xml:lang="ar"><head><docdata><urgency ed-urg="3"/>
<doc-id id-string="x.1"/><date.issue norm="20261120T090300Z"/></docdata></head><body><body.head><hedline><hl1>افتتاح الحديقة</hl1>
</hedline><byline>بقلم سلمى</byline><dateline><location>المدينة</location></dateline></body.head><body.content><p>{SENTENCE}</p>
<bq><block><p>{OTHER}</p></block><credit>الوزير</credit></bq><note><p>للمحررين</p></note></body.content></body></nitf>"""
NEWSML = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:x:1" xml:lang="ar"><itemMeta>
<itemClass qcode="ninat:text"/><versionCreated>2026-11-20T12:03:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><urgency>3</urgency><headline>افتتاح الحديقة</headline><by>سلمى</by></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{SENTENCE}</p><p>{OTHER}</p></body></html></inlineXML></contentSet></newsItem>
</itemSet></newsMessage>"""
NINJS = json.dumps({"uri": "urn:x:1", "headline": "افتتاح الحديقة", "body_html": f"<p>{SENTENCE}</p>", "urgency": 3})
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "المدينة",
        "items": [{"id": "1", "content_html": SENTENCE}],
    }
)
TELEGRAM = json.dumps(
    {
        "name": "المدينة",
        "type": "public_channel",
        "id": 7,
        "messages": [{"id": 1, "type": "message", "date": "2026-11-20T10:03:00", "text": ["🔴 عاجل | ", SENTENCE]}],
    }
)
WHATSAPP = (
    f"[20/11/2026، 10:03:40 ص] سلمى: *عنوان*\n{SENTENCE}\n[20/11/2026، 10:04:00 ص] سلمى: <المرفق: 1.jpg>\n"
    f"20/11/2026, 10:06 - سلمى: {OTHER}\n"
)
WXR = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>المدينة</title><item><title>افتتاح</title><content:encoded><![CDATA[{SENTENCE}

[caption id="a"]<img src="1"/> صورة[/caption][gallery ids="1"]]]></content:encoded><wp:post_id>1</wp:post_id>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"""
MAIL = (
    "From: =?utf-8?b?2LPZhNmF2Yk=?= <a@x.example>\nSubject: =?utf-8?b?2KfZgdiq2KrYp9it?=\nMIME-Version: 1.0\n"
    f"Message-ID: <1@x>\nDate: Fri, 20 Nov 2026 10:03:00 +0200\nContent-Type: text/plain; charset=utf-8\n\n{SENTENCE}\n"
    f"\n{OTHER}\n> مقتبس\n-- \nسلمى\n"
)
RTF = "{\\rtf1\\ansi\\uc1 " + "".join(f"\\u{ord(letter)}?" for letter in SENTENCE) + "\\par{\\v hidden}\\par}"
OFFICE = f"""<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><p class=MsoTitle>افتتاح</p><p>{SENTENCE}</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>أولا</p><p style='mso-list:l0 level2 lfo1'>ثانيا</p>
<p>{OTHER}<a href="#_msocom_1">[a]</a></p><div style='mso-element:comment-list'>تعليق</div></body></html>"""
