"""Page templates in the manner of the systems Arabic news is published with, furniture and all; the text is `stories`.

Each template returns (html, strings that must not be spoken). The class names are those the systems really print: they
are facts about them. Wordings of the furniture are the common ones of Arabic pages.
"""

from __future__ import annotations

import html
from collections.abc import Callable

from pages.stories import BRIEF, GUIDE, TIMELINE, WATER, Story

Page = tuple[str, tuple[str, ...]]

OTHERS = (
    "أسعار الخضار ترتفع في أسواق العاصمة مع بداية الأسبوع",
    "الأرصاد تحذر من موجة برد جديدة تصل مساء الخميس",
    "جامعة الشمال تفتح باب التسجيل لبرامج الماجستير",
    "بلدية الميناء تبدأ أعمال صيانة الجسر القديم",
)


def esc(text: str) -> str:
    return html.escape(text, quote=False)


def body(story: Story, *, bold_titles: bool = True, inserts: dict[int, str] | None = None) -> str:
    """Print the blocks as WordPress and its like do; `inserts` go in before the block of that number."""
    parts: list[str] = []
    for at, (kind, value) in enumerate(story.blocks):
        parts.append((inserts or {}).get(at, ""))
        if isinstance(value, str):
            inner = f"<p>{esc(value)}</p>" if kind == "quote" else esc(value)
            tag = "blockquote" if kind == "quote" else kind
            parts.append(f"<{tag}>{inner}</{tag}>")
            continue
        assert isinstance(value, list)
        items = []
        for item in value:
            if isinstance(item, tuple):
                title = f"<strong>{esc(item[0])}:</strong>" if bold_titles else f"{esc(item[0])}:"
                items.append(f"<li>{title} {esc(item[1])}</li>")
            else:
                items.append(f"<li>{esc(item)}</li>")
        parts.append(f"<{kind}>{''.join(items)}</{kind}>")
    return "\n".join(parts)


def links(tag: str = "li", cls: str = "") -> str:
    return "".join(f'<{tag} class="{cls}"><a href="/x{i}">{esc(t)}</a></{tag}>' for i, t in enumerate(OTHERS))


def head(story: Story, site: str, *, ld: bool = True, og: bool = True, title: str = "{title} - {site}") -> str:
    parts = [f"<title>{esc(title.format(title=story.title, site=site))}</title>"]
    if og:
        parts.append(
            f'<meta property="og:title" content="{html.escape(story.title)}"><meta property="og:type" content="article">'
        )
        parts.append(f'<meta property="og:site_name" content="{html.escape(site)}">')
    if ld:
        author = f',"author":{{"@type":"Person","name":"{story.author}"}}' if story.author else ""
        parts.append(
            '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"'
            + story.title.replace('"', '\\"')
            + f'","datePublished":"{story.day}T08:30:00+03:00","articleSection":"{story.section}"{author}}}</script>'
        )
    return "<head><meta charset='utf-8'>" + "".join(parts) + "</head>"


MENU = (
    "<nav class='main-menu'><ul>"
    + "".join(
        f"<li><a href='/c'>{name}</a></li>"
        for name in ("الرئيسية", "سياسة", "اقتصاد", "رياضة", "ثقافة", "فيديو", "من نحن")
    )
    + "</ul></nav>"
)
COOKIES = (
    "<div id='cookie-notice'><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك في موقعنا وتحليل عدد الزيارات، وباستمرارك في "
    "التصفح فإنك توافق على ذلك.</p><button>موافق</button></div>"
)
FOOT = "<footer><p>جميع الحقوق محفوظة © بوابة الضفاف 2026</p><a href='/p'>سياسة الخصوصية</a></footer>"
COMMENTS = (
    "<div id='respond' class='comment-respond'><h3>اترك تعليقاً</h3><form><p>لن يتم نشر عنوان بريدك الإلكتروني. الحقول "
    "الإلزامية مشار إليها بـ *</p><label>التعليق *</label><textarea></textarea></form></div>"
)
COMMON = ("جميع الحقوق محفوظة", "سياسة الخصوصية", *OTHERS)


def tagdiv(story: Story) -> Page:
    """WordPress, the Newspaper theme."""
    text = body(story, inserts={2: "<div class='td-a-rec td-a-rec-id-content_inline'>إعلان</div>"})
    return (
        f"""<!DOCTYPE html><html dir="rtl" lang="ar">{head(story, "بوابة الضفاف", title="{title} | {site}")}<body class="single single-post">
        <div class="td-header-wrap"><a class="td-main-logo">بوابة الضفاف</a>{MENU}</div>
        <article class="td-post-template-default post has-post-thumbnail"><div class="td-crumb-container"><span><a href="/">الرئيسية</a></span> &gt; <span>{story.section}</span></div>
        <ul class="td-category"><li class="entry-category"><a href="/c">{story.section}</a></li></ul><header class="td-post-title"><h1 class="entry-title">{esc(story.title)}</h1>
        <div class="td-module-meta-info"><div class="td-post-author-name">بواسطة <a href="/a">{story.author or "المحرر"}</a> - <span class="td-post-date"><time class="entry-date updated" datetime="{story.day}T08:30:00+03:00">14 مارس، 2026</time></span></div><div class="td-post-views">1250</div></div></header>
        <div class="td-post-sharing-top"><div class="td-social-sharing-button"><span>مشاركة</span></div>Facebook Twitter WhatsApp</div>
        <div class="td-post-featured-image"><figure><img src="a.jpg"><figcaption class="wp-caption-text">صورة أرشيفية من مكتب المحافظة</figcaption></figure></div>
        <div class="td-post-content tagdiv-type">{text}</div>
        <footer><div class="td-post-source-tags"><ul class="td-tags"><li>الوسوم</li><li><a href="/t">زراعة</a></li></ul></div>
        <div class="td-post-next-prev"><span>المقال السابق</span><a href="/1">{OTHERS[0]}</a></div>
        <div class="author-box-wrap"><div class="td-author-name">{story.author}</div><div class="td-author-description">صحفي من بوابة الضفاف يكتب في شؤون المجتمع منذ عشر سنوات وحاز جوائز عدة.</div></div></footer></article>
        <div class="td_block_wrap td_block_related_posts"><h4>مقالات ذات صلة<a>المزيد عن المؤلف</a></h4>{links("div", "td-module-title")}</div>{COMMENTS}{FOOT}</body></html>""",
        (
            *COMMON,
            "صورة أرشيفية من مكتب",
            "مقالات ذات صلة",
            "صحفي من بوابة الضفاف",
            "اترك تعليقاً",
            "إعلان\n",
            "WhatsApp",
        ),
    )


def aljazeera(story: Story) -> Page:
    """A large broadcaster's own system: deck in the header, inserts in the text, captions everywhere."""
    insert = f"""<div class="more-on"><h2 class="more-on__heading">اقرأ أيضا</h2><p>list of 2 items</p><ul class="more-on__list"><li class="more-on__item"><span class="screen-reader-text">list 1 of 2</span><h3><a href="/1">{OTHERS[0]}</a></h3></li><li><span class="screen-reader-text">list 2 of 2</span><h3><a href="/2">{OTHERS[1]}</a></h3></li></ul><p>end of list</p></div>"""
    photo = """<div class="wp-block-image"><figure class="aligncenter"><img src="b.jpg"><figcaption>العمال يصلون إلى الموقع صباح السبت (رويترز)</figcaption></figure></div>"""
    return (
        f"""<!doctype html><html lang="ar" dir="rtl">{head(story, "قناة الضفاف")}<body><div id="root"><header class="site-header container"><div class="site-logo"><h1 class="screen-reader-text">قناة الضفاف</h1></div>{MENU}</header>
        <main id="main-content-area"><div class="l-col--8"><div class="breadcrumbs"><a>أخبار</a>|<a>{story.section}</a></div><header class="article-header"><h1>{esc(story.title)}</h1><p class="article__subhead"><em>{esc(story.deck)}</em></p></header>
        <figure class="article-featured-image"><img src="a.jpg"><figcaption>منظر عام للوادي كما يبدو من الجهة الشمالية (الفرنسية)</figcaption></figure>
        <div class="article-info-block"><div class="article-author-name"><a class="author-link" href="/a">{story.author}</a></div><div class="article-dates"><span class="screen-reader-text">Published On 14/3/2026</span><span aria-hidden="true">14/3/2026</span></div><div class="article-social">شارِكْ<button>حفظ</button></div></div>
        <div class="wysiwyg wysiwyg--all-content css-1vkfgk0" aria-live="polite">{body(story, inserts={3: insert, 5: photo})}</div>
        <div class="article-source"><span>المصدر: </span><span>قناة الضفاف</span></div><section class="related-topics"><h2>ذات صلة</h2>{links()}</section></div></main>{FOOT}</div></body></html>""",
        (
            *COMMON,
            "اقرأ أيضا",
            "list of 2",
            "end of list",
            "العمال يصلون إلى الموقع",
            "منظر عام للوادي",
            "Published On",
            "شارِكْ",
            "المصدر:",
        ),
    )


def bbc(story: Story) -> Page:
    """A publisher with generated class names: nothing to go by but tags, roles and words."""
    insert = f"""<section role="region" aria-labelledby="recommendations-heading"><strong id="recommendations-heading">قصص مقترحة</strong><a href="#end-of-recommendations">تخطى قصص مقترحة وواصل القراءة</a><ul role="list">{links()}</ul><p tabindex="-1" id="end-of-recommendations">قصص مقترحة نهاية</p></section>"""
    photo = """<figure class="bbc-1qn0xuy"><div><img src="p.jpg"><p role="text"><span>صدر الصورة، </span>EPA-EFE</p></div><figcaption class="bbc-k13oom"><span>التعليق على الصورة، </span><p>مزارعون في طريقهم إلى الحقول قبل شروق الشمس</p></figcaption></figure>"""
    promo = """<section role="region"><p>يستحق الانتباه</p><p>شرح معمق لقصة بارزة من أخبار اليوم، لمساعدتك على فهم أهم الأحداث حولك وأثرها على حياتك</p><a href="/p">الحلقات</a><p>يستحق الانتباه نهاية</p></section>"""
    plain = (
        body(story, inserts={2: photo, 4: insert, 6: promo})
        .replace("<p>", '<div dir="rtl" class="bbc-19j92fr"><p dir="rtl" class="bbc-1y32vyc">')
        .replace("</p>", "</p></div>")
    )
    return (
        f"""<!DOCTYPE html><html dir="rtl" lang="ar">{head(story, "إذاعة الضفاف")}<body><header role="banner"><a href="/ar"><span>إذاعة الضفاف</span></a>{COOKIES}<nav role="navigation"><ul><li><a>الشرق الأوسط</a></li><li><a>علوم</a></li></ul></nav></header>
        <main role="main" class="bbc-fa0wmp"><div class="bbc-1cvxiy9"><h1 id="content" tabindex="-1" class="bbc-14gqcmb e1p3vdyi0">{esc(story.title)}</h1></div>
        <section role="region" aria-label="معلومات"><ul><li><span>الكاتب, </span>{story.author}</li><li><span>الصفة, </span>إذاعة الضفاف</li></ul></section><div><time datetime="{story.day}">14 مارس/ آذار 2026</time></div>{plain}
        <section aria-labelledby="related-content-heading" role="region" data-e2e="related-content-heading"><h2 id="related-content-heading">مواضيع ذات صلة</h2>{links()}</section></main>
        <section aria-label="الأكثر قراءة"><h2>الأكثر قراءة</h2><ol>{links()}</ol></section>{FOOT}</body></html>""",
        (
            *COMMON,
            "قصص مقترحة",
            "صدر الصورة",
            "التعليق على الصورة",
            "مزارعون في طريقهم",
            "شرح معمق",
            "يستحق الانتباه",
            "ملفات تعريف",
            "الأكثر قراءة",
            "الكاتب,",
        ),
    )


def youm7(story: Story) -> Page:
    """An Egyptian daily: paragraphs are `<div>`, byline and date in plain words, promotions as bold links."""
    text = (
        body(
            story,
            bold_titles=False,
            inserts={2: f"<div><strong><a href='/1'>اقرأ أيضا: {OTHERS[0]}</a></strong></div>"},
        )
        .replace("<p>", "<div style='text-align:justify'>")
        .replace("</p>", "</div>")
    )
    return (
        f"""<html xmlns="http://www.w3.org/1999/xhtml" dir="rtl" lang="ar">{head(story, "صحيفة الضفة", ld=False, title="{title} - {site}")}<body><div id="header"><div class="logo"><a>صحيفة الضفة</a></div>{MENU}</div>
        <div class="leftCol"><div class="articleCont"><div class="breadcumb"><a>{story.section}</a></div><div class="articleHeader"><h1>{esc(story.title)}</h1><span class="newsStoryDate">السبت، 14 مارس 2026 01:14 م</span></div>
        <div class="img-cont"><img src="a.jpg" alt="صورة"><span class="img-caption">مقر الوزارة - أرشيفية</span></div><span class="writeBy">كتب {story.author}</span>
        <div id="articleBody">{text}</div><div class="tags"><h3>الموضوعات المتعلقة</h3>{links("h4")}</div></div>
        <div class="commentsDiv"><h3>التعليقات 0</h3><p>لا تعليقات</p></div></div><div class="rightCol"><div class="mostRead"><h3>الأكثر قراءة</h3>{links()}</div></div>{FOOT}</body></html>""",
        (*COMMON, "مقر الوزارة", "كتب سلمى", "كتب مازن", "اقرأ أيضا", "الموضوعات المتعلقة", "لا تعليقات"),
    )


def rt(story: Story) -> Page:
    """A broadcaster with a summary box, «read more» blocks and a source line as the last paragraph."""
    insert = f"""<div class="read-more"><div class="read-more__title">إقرأ المزيد</div><p class="read-more__link"><a href="/1">{OTHERS[1]}</a></p></div>"""
    return (
        f"""<!DOCTYPE html><html lang="ar" dir="rtl">{head(story, "وكالة المرفأ", ld=False, title="{title} - {site}")}<body><div class="header"><a class="header__logo">وكالة المرفأ</a>{MENU}</div>
        <div class="layout"><div class="article article_article-page"><div class="article__date">تاريخ النشر:14.03.2026 | 08:30 GMT | {story.section}</div><h1 class="article__heading heading">{esc(story.title)}</h1><div class="article__cover"><img src="c.jpg"><div class="article__cover-credit">Sputnik</div></div>
        <div class="article__text text">{body(story, inserts={3: insert})}<p>المصدر: وكالة المرفأ</p><p><strong>تابعوا وكالة المرفأ على <a href="#">تلغرام</a></strong></p></div>
        <div class="article__share">شارك <a>فيسبوك</a><a>تويتر</a></div><div class="article__trends"><span>التعليقات</span></div></div><div class="card-list"><h2>الأخبار الأكثر قراءة</h2>{links("div", "card__header")}</div></div>{FOOT}</body></html>""",
        (*COMMON, "إقرأ المزيد", "المصدر:", "تلغرام", "Sputnik", "تاريخ النشر"),
    )


def hespress(story: Story) -> Page:
    """A Moroccan portal: readers' comments are long, well-written paragraphs right below the article."""
    comments = "".join(
        f"<li class='comment'><div class='comment-body'><span class='fn'>قارئ {n}</span><div class='comment-text'><p>{t}</p></div></div></li>"
        for n, t in enumerate(
            (
                "أنا من سكان المنطقة وأقول إن الكلام كثير والأفعال قليلة، وقد سمعنا مثل هذه الوعود من قبل ولم نر منها شيئا على الأرض.",
                "شكرا للكاتب على هذا المقال الجميل، وأتمنى من المسؤولين أن يقرؤوا التعليقات ويردوا عليها بشفافية كاملة.",
            )
        )
    )
    return (
        f"""<!DOCTYPE html><html lang="ar" dir="rtl">{head(story, "المغرب اليوم الجديد", title="{title}")}<body class="post-template-default"><header id="masthead">{MENU}</header><div class="container">
        <article class="post"><header class="header-post-content"><h1 class="post-title">{esc(story.title)}</h1></header><figure class="post-thumbnail"><img src="a.jpg"><figcaption>صورة: المغرب اليوم الجديد</figcaption></figure>
        <section class="header-infos"><span class="author"><a href="/a">{story.author or "هيئة التحرير"}</a></span><span class="date-post">السبت 14 مارس 2026 - 08:30</span></section><div class="share-post"><ul><li>فيسبوك</li></ul></div>
        <div class="article-content">{body(story)}</div><section class="box-tags"><a>زراعة</a><a>مياه</a></section></article>
        <div id="comments" class="comments-area"><div class="comments-title">تعليقات الزوار</div><p class="comments-rules">التعليقات المنشورة لا تعبر عن رأي المغرب اليوم الجديد، وإنما تعبر عن رأي أصحابها</p><ul class="comment-list">{comments}</ul>{COMMENTS}</div></div>
        <aside class="sidebar"><h3>الأكثر قراءة</h3>{links()}</aside>{FOOT}</body></html>""",
        (*COMMON, "أنا من سكان المنطقة", "شكرا للكاتب", "التعليقات المنشورة", "صورة: المغرب"),
    )


def blogger(story: Story) -> Page:
    """Blogger: text in one `<div>`, parted by `<br>` alone; the headline is an `<h3>`."""
    lines: list[str] = []
    for kind, value in story.blocks:
        if isinstance(value, str):
            lines.append(f"<b>{esc(value)}</b>" if kind in ("h2", "h3") else esc(value))
        else:
            assert isinstance(value, list)
            flat = [f"{i[0]}: {i[1]}" if isinstance(i, tuple) else i for i in value]
            mark = (lambda n: f"{n}- ") if kind == "ol" else (lambda _: "• ")
            lines.append("<br />".join(mark(n) + esc(i) for n, i in enumerate(flat, 1)))
    text = "<br /><br />".join(lines)
    return (
        f"""<!DOCTYPE html><html dir="rtl" lang="ar">{head(story, "مدونة الضفاف", ld=False, og=False, title="{site}: {title}")}<body><div id="header"><h1 class="title"><a href="/">مدونة الضفاف</a></h1><p class="description">خواطر وأخبار من القرية</p></div>
        <div id="main"><div class="date-outer"><h2 class="date-header"><span>السبت، 14 مارس 2026</span></h2><div class="post hentry"><h3 class="post-title entry-title">{esc(story.title)}</h3>
        <div class="post-body entry-content" id="post-body-71"><div dir="rtl" style="text-align: right;" trbidi="on">{text}</div></div>
        <div class="post-footer"><span class="post-author vcard">مرسلة بواسطة <span class="fn">{story.author}</span></span> <span class="post-timestamp">في 8:30 ص</span> <span class="share-button-link-text">إرسال بالبريد الإلكتروني</span></div></div></div>
        <div id="comments"><h4>هناك تعليق واحد:</h4><p class="comment-content">مقال جميل جدا وننتظر منك المزيد من المواضيع التي تهم أهل القرية.</p></div><div class="blog-pager">رسالة أحدث رسالة أقدم الصفحة الرئيسية</div></div>
        <div class="sidebar"><h2>المشاركات الشائعة</h2><ul>{links()}</ul></div>{FOOT}</body></html>""",
        (*COMMON, "مقال جميل جدا", "مرسلة بواسطة", "إرسال بالبريد", "رسالة أحدث", "خواطر وأخبار"),
    )


def drupal(story: Story) -> Page:
    """Drupal: fields in fields; related nodes are articles of their own with a teaser."""
    teaser = "".join(
        f"<div class='views-row'><article class='node node--type-article node--view-mode-teaser'><h2 class='node__title'><a href='/{i}'>{t}</a></h2><div class='field--name-field-summary'><p>تفاصيل الخبر في هذا التقرير الذي يتابع آخر ما استجد في الموضوع من مصادر متعددة.</p></div></article></div>"
        for i, t in enumerate(OTHERS)
    )
    return (
        f"""<!DOCTYPE html><html lang="ar" dir="rtl">{head(story, "وكالة السهل", ld=False, title="{title} | {site}")}<body class="path-node page-node-type-article"><a href="#main-content" class="visually-hidden focusable skip-link">تجاوز إلى المحتوى الرئيسي</a><header class="header" role="banner"><div class="site-name">وكالة السهل</div>{MENU}</header>
        <main role="main"><a id="main-content"></a><div class="region region-content"><div class="block block-core block-page-title-block"><h1 class="page-header"><span class="field field--name-title field--type-string">{esc(story.title)}</span></h1></div>
        <article class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">أضيف بواسطة <span class="field--name-uid">{story.author}</span> في <span class="field--name-created">14 مارس 2026</span></div></footer>
        <div class="node__content"><div class="field field--name-field-image"><img src="a.jpg"></div><div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{body(story)}</div><div class="field field--name-field-tags"><div class="field__label">الكلمات الدلالية</div><a>زراعة</a></div></div></article>
        <div class="views-element-container block"><h2>موضوعات ذات صلة</h2><div class="view-content">{teaser}</div></div></div></main>{FOOT}</body></html>""",
        (*COMMON, "تفاصيل الخبر في هذا", "الكلمات الدلالية", "أضيف بواسطة", "موضوعات ذات صلة"),
    )


def elementor(story: Story) -> Page:
    """WordPress with Elementor: every paragraph a widget in its own nest of containers."""
    widgets = "".join(
        f'<div class="elementor-element elementor-widget elementor-widget-text-editor" data-widget_type="text-editor.default"><div class="elementor-widget-container">{part}</div></div>'
        for part in body(story).split("\n")
        if part
    )
    return (
        f"""<!DOCTYPE html><html dir="rtl" lang="ar">{head(story, "منصة الضفاف", title="{title} - {site}")}<body class="elementor-page"><header class="elementor elementor-location-header">{MENU}</header>
        <div class="elementor elementor-location-single post"><div class="elementor-widget elementor-widget-theme-post-title"><h1 class="elementor-heading-title elementor-size-default">{esc(story.title)}</h1></div><div class="elementor-widget-post-info"><ul class="elementor-inline-items"><li><span class="elementor-icon-list-text">{story.author}</span></li><li><time>14 مارس، 2026</time></li></ul></div>
        <div class="elementor-widget-theme-post-content"><section class="elementor-section"><div class="elementor-container">{widgets}</div></section></div>
        <div class="elementor-widget elementor-widget-share-buttons"><div>Facebook</div><div>Twitter</div></div><div class="elementor-widget-posts"><h2>قد يعجبك أيضا</h2>{links("article")}</div></div>{COMMENTS}{FOOT}</body></html>""",
        (*COMMON, "قد يعجبك", "Facebook", "اترك تعليقاً"),
    )


def agency(story: Story) -> Page:
    """A state agency: one `<div>` with `<br>`, a dateline, the agency's sign at the end."""
    text = "<br><br>".join(
        esc(value)
        if isinstance(value, str)
        else "<br>".join(f"- {i[0]}: {i[1]}" if isinstance(i, tuple) else f"- {i}" for i in value)  # type: ignore[attr-defined]
        for _, value in story.blocks
    )
    return (
        f"""<!DOCTYPE html><html lang="ar">{head(story, "وكالة أنباء السهل", ld=False, og=False, title="{title}")}<body dir="rtl"><div class="top">{MENU}</div><div class="container"><div class="row"><div class="col-md-8"><div class="news-details"><h2 class="news-title">{esc(story.title)}</h2><div class="news-date">تاريخ النشر: 14/03/2026 08:30 ص</div><div class="news-body">{text}</div><div class="news-share">شارك الخبر</div></div></div><div class="col-md-4"><h3>آخر الأخبار</h3>{links("div")}</div></div></div>{FOOT}</body></html>""",
        (*COMMON, "شارك الخبر", "آخر الأخبار"),
    )


def oldtable(story: Story) -> Page:
    """A page of 2005: layout tables, `<font>`, no classes at all."""
    cells = "".join(f"<tr><td><a href='/{i}'>{t}</a></td></tr>" for i, t in enumerate(OTHERS))
    return (
        f"""<HTML><HEAD><TITLE>{esc(story.title)}</TITLE></HEAD><BODY DIR=RTL><TABLE WIDTH=100%><TR><TD COLSPAN=2><A HREF="/">الرئيسية</A> | <A HREF="/s">سياسة</A> | <A HREF="/e">اقتصاد</A> | <A HREF="/r">رياضة</A></TD></TR>
        <TR><TD VALIGN=top WIDTH=70%><H1><FONT COLOR=navy>{esc(story.title)}</FONT></H1><FONT SIZE=2>14/3/2026</FONT>{body(story, bold_titles=False)}</TD><TD VALIGN=top><B>أخبار أخرى</B><TABLE>{cells}</TABLE></TD></TR>
        <TR><TD COLSPAN=2>جميع الحقوق محفوظة © بوابة الضفاف 2005 سياسة الخصوصية</TD></TR></TABLE></BODY></HTML>""",
        COMMON,
    )


def react(story: Story) -> Page:
    """A page rendered on the server by a JavaScript framework: utility classes, paragraphs in wrappers, ads between."""
    text = body(
        story,
        inserts={
            2: '<div class="flex justify-center my-4"><span class="text-xs text-gray-400">إعلان</span></div>',
            4: f'<a href="/1" class="block border rounded p-4 my-4"><span class="text-red-600">شاهد أيضا</span><h4 class="font-bold">{OTHERS[2]}</h4></a>',
        },
    )
    return (
        f"""<!DOCTYPE html><html lang="ar" dir="rtl">{head(story, "ضفاف بلس")}<body><div id="__next"><div class="fixed top-0 overflow-hidden w-full"><div class="flex items-center"><a href="/">ضفاف بلس</a>{MENU}</div></div>
        <div class="container mx-auto overflow-hidden"><div class="grid grid-cols-12"><div class="col-span-8"><span class="text-sm">{story.section}</span><h1 class="text-4xl font-bold">{esc(story.title)}</h1><div class="flex text-sm"><span>{story.author}</span><span>نُشر في: 14 مارس 2026: 08:30 ص</span><span>آخر تحديث: 14 مارس 2026: 09:10 ص</span><span>3 دقائق للقراءة</span></div><div class="flex gap-2"><button>نسخ الرابط</button><span>استمع للمقال</span></div>
        <div class="prose lg:prose-xl hidden:no">{text}</div><div class="flex flex-wrap gap-2"><a href="/t">#مياه</a><a href="/t">#زراعة</a></div></div><div class="col-span-4"><h3>يتصدر الآن</h3>{links("div", "border-b py-2")}</div></div></div>{FOOT}</div></body></html>""",
        (*COMMON, "شاهد أيضا", "إعلان\n", "نسخ الرابط", "استمع للمقال", "دقائق للقراءة", "آخر تحديث", "يتصدر الآن"),
    )


SITES: dict[str, Callable[[Story], Page]] = {
    make.__name__: make
    for make in (tagdiv, aljazeera, bbc, youm7, rt, hespress, blogger, drupal, elementor, agency, oldtable, react)
}
STORIES = {"water": WATER, "guide": GUIDE, "brief": BRIEF, "timeline": TIMELINE}
