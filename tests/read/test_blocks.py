"""What a page holds beside running text: notes, exponents, pictures, posts, questions, verse, struck-out words."""

from __future__ import annotations

import pytest
from read.test_page import LAST, LEDE, SECOND, page, read

from tts_news.read.inputs import read_text
from tts_news.records import Block, Figure, Heading, ListBlock, Note, Notes, Paragraph, Post, Quote


def between(html: str) -> tuple[Block, ...]:
    """Return the blocks that the reader makes of a piece of a page between two paragraphs."""
    return read(page(html)).blocks[1:-1]


def left_out(html: str) -> dict[str, str]:
    return {line.text: line.reason for line in read(page(html)).dropped}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("بعد ست سنوات من العمل<sup>1</sup> وفق البيان.", "بعد ست سنوات من العمل وفق البيان."),
        ("وبلغت الكلفة مليونا<sup>[2]</sup> أو أكثر.", "وبلغت الكلفة مليونا أو أكثر."),
        ("يعود إلى قرن مضى<sup>(3)</sup> أو أكثر.", "يعود إلى قرن مضى أو أكثر."),
        ("كانت مهددة<sup><a href='#n5'>[*5]</a></sup> بالسقوط.", "كانت مهددة بالسقوط."),
        ("شارك 120 عاملا<a href='#fn6' role='doc-noteref'>6</a> فيه.", "شارك 120 عاملا فيه."),
        ("شاركوا فيه<a href='#fn7'>[7]</a> منذ سنة.", "شاركوا فيه منذ سنة."),
        ("مستمر منذ عام 2019<sup>8</sup> حتى اليوم.", "مستمر منذ عام 2019 حتى اليوم."),
        ("زاره في 2025<sup><a href='#n10'>10</a></sup> كثيرون جدا.", "زاره في 2025 كثيرون جدا."),
        ("تهاجر اللقالق كل خريف[٤]، ثم تعود.", "تهاجر اللقالق كل خريف، ثم تعود."),
        ("الدخول مجاني<sup><a href='#cmnt1'>[a]</a></sup> للجميع.", "الدخول مجاني للجميع."),
    ],
)
def test_the_marks_of_notes_are_not_read_and_not_lost(html: str, text: str) -> None:
    assert between(f"<p>{html}</p>") == (Paragraph(text),)
    assert "the mark of a note" in left_out(f"<p>{html}</p>").values()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("على مساحة 250 م<sup>2</sup> تقريبا.", "على مساحة 250 م² تقريبا."),
        ("حجمه 40 كم<sup>٣</sup> من الماء.", "حجمه 40 كم³ من الماء."),
        ("ينتج 10<sup>6</sup> قطعة في السنة.", "ينتج 10⁶ قطعة في السنة."),
        ("أي 3×10<sup>-4</sup> جسيم في اللتر.", "أي 3×10⁻⁴ جسيم في اللتر."),
        ("وكثافته 90 نسمة/كم<sup>2</sup> فقط.", "وكثافته 90 نسمة/كم² فقط."),
        ("وهو غاز CO<sub>2</sub> في الهواء.", "وهو غاز CO₂ في الهواء."),
        ("بلغت الحرارة 25<sup>o</sup> صباحا.", "بلغت الحرارة 25° صباحا."),
        ("يقع في 20<sup>th</sup> Street هناك.", "يقع في 20th Street هناك."),
        ("المادة [8] من القانون الجديد تسري.", "المادة [8] من القانون الجديد تسري."),
    ],
)
def test_exponents_and_indices_are_part_of_the_number(html: str, text: str) -> None:
    assert between(f"<p>{html}</p>") == (Paragraph(text),)


def test_notes_and_references_are_for_the_eye() -> None:
    by_heading = between(
        "<h2>المراجع</h2><ol><li>↑ التقرير السنوي 2021، ص 14.</li><li>بيان الوزارة.</li></ol><h2>تتمة</h2>"
    )
    assert by_heading[0] == Notes((Note("التقرير السنوي 2021، ص 14.", "1"), Note("بيان الوزارة.", "2")), "المراجع")
    assert by_heading[1] == Heading("تتمة")
    by_role = between("<section role='doc-endnotes'><h2>الهوامش</h2><ol><li>المرجع نفسه، صفحة 41.</li></ol></section>")
    assert by_role == (Notes((Note("المرجع نفسه، صفحة 41.", "1"),), "الهوامش"),)
    assert by_role[0].sense == "eye"


def test_notes_of_markdown_are_notes() -> None:
    article = read_text(f"# الحديقة\n\n{LEDE}[^1]\n\n~~سبعون شخصا~~ {SECOND}\n\n[^1]: بيان البلدية، ص 3.\n")
    assert article.blocks == (Paragraph(LEDE), Paragraph(SECOND), Notes((Note("بيان البلدية، ص 3.", "1"),)))
    assert ("سبعون شخصا", "struck out") in {(line.text, line.reason) for line in article.dropped}


def test_what_is_struck_out_is_not_read_and_what_is_put_in_is() -> None:
    html = (
        "<p>أصيب <del>سبعون شخصا</del> <ins>سبعة أشخاص</ins> في الحادث.</p><del><p>فقرة محذوفة كلها من النص.</p></del>"
    )
    assert between(html) == (Paragraph("أصيب سبعة أشخاص في الحادث."),)
    assert left_out(html) == left_out(html) | {"سبعون شخصا": "struck out", "فقرة محذوفة كلها من النص.": "struck out"}


@pytest.mark.parametrize("hiding", ["hidden", "aria-hidden='true'", "style='display:none'"])
def test_hidden_sentences_are_not_read(hiding: str) -> None:
    unseen = "وهذه جملة طويلة مخفية لا يراها القارئ على الصفحة ولا يجوز أن يسمعها المستمع في الحلقة أبدا."
    assert between(f"<p>{SECOND}</p><p {hiding}>{unseen}</p>") == (Paragraph(SECOND),)
    assert left_out(f"<p {hiding}>{unseen}</p>")[unseen] == "hidden"


@pytest.mark.parametrize(
    ("html", "figure"),
    [
        (
            "<figure><img src='a.jpg' alt='قارب أزرق'><figcaption>قارب يدخل المرفأ. تصوير: س. ن.</figcaption></figure>",
            Figure("قارب يدخل المرفأ", "تصوير: س. ن.", "قارب أزرق"),
        ),
        (
            "<figure><img src='a.jpg' alt=''><figcaption>قارب يدخل المرفأ (رويترز)</figcaption></figure>",
            Figure("قارب يدخل المرفأ", "رويترز"),
        ),
        (
            "<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>قارب يدخل المرفأ</p></div>",
            Figure("قارب يدخل المرفأ"),
        ),
        ("<p><img src='a.jpg' alt='قارب يدخل المرفأ'></p>", Figure(alt="قارب يدخل المرفأ")),
        (
            (
                "<figure><img alt='IMG_2.jpg'>"
                "<figcaption>التعليق على الصورة، قارب <small>EPA</small></figcaption></figure>"
            ),
            Figure("قارب", "EPA"),
        ),
    ],
)
def test_a_pictures_words_are_for_the_eye(html: str, figure: Figure) -> None:
    assert between(f"<p>{SECOND}</p>{html}") == (Paragraph(SECOND), figure)
    assert figure.sense == "eye"


def test_captions_that_are_the_story_are_for_the_ear_too() -> None:
    captions = [
        "يصل أول قارب عند الثالثة فجرا محملا بالسردين إلى رصيف السوق القديم قرب الجمارك.",
        "يبدأ المزاد بعد ساعة كاملة، ولا يستغرق أكثر من عشر دقائق في أيام الصيد الوفير.",
        "ثم تفرغ الصناديق على عجل وتغسل الأرض بماء البحر قبل أن يصل أول الزبائن إلى السوق.",
    ]
    story = "".join(f"<figure><img src='a.jpg'><figcaption>{text}</figcaption></figure>" for text in captions)
    html = (
        f"<html lang=ar><body><article><h1>صور: سوق السمك</h1><p>أمضى مصورنا ليلة.</p>{story}</article></body></html>"
    )
    assert [block.sense for block in read(html).blocks if isinstance(block, Figure)] == ["both"] * 3


def test_a_live_page_is_posts_with_their_hours() -> None:
    posts = "".join(
        f"<li><div class='time'>{time}</div>{head}<div><p>{text}</p><p>وستعيد فتحه بعد انحسار الرياح.</p></div></li>"
        for time, head, text in (
            ("14:02", "<h2>إغلاق الميناء</h2>", "أغلقت السلطات الميناء أمام السفن الصغيرة حتى إشعار آخر."),
            ("قبل 40 دقيقة", "", "انقطعت الكهرباء عن ثلاث قرى جنوب المدينة."),
        )
    )
    html = (
        f"<html lang=ar><body><article><h1>مباشر: العاصفة تصل إلى الساحل</h1><ul>{posts}</ul></article></body></html>"
    )
    article = read(html)
    assert [type(block) for block in article.blocks] == [Post, Paragraph, Paragraph, Post, Paragraph, Paragraph]
    assert [(post.time, post.text) for post in article.blocks if isinstance(post, Post)] == [
        ("14:02", "إغلاق الميناء"),
        ("", ""),
    ]
    assert "قبل 40 دقيقة" in {line.text for line in article.dropped}


ASKED = (
    Heading("كم رسوم الرخصة؟", 3, part="question"),
    Paragraph("أربعون دينارا لخمس سنوات، وتدفع إلكترونيا.", part="answer"),
    Heading("هل يلزم فحص النظر؟", 3, part="question"),
    Paragraph("نعم، في أي مركز معتمد.", part="answer"),
)


@pytest.mark.parametrize(
    "html",
    [
        (
            "<div class='acc-title' role=button><a href='#'>{0}</a></div><div hidden><p>{1}</p></div>"
            "<div class='acc-title' role=button><a href='#'>{2}</a></div><div hidden><p>{3}</p></div>"
        ),
        (
            "<h3><button aria-expanded=false aria-controls=a>{0}</button></h3><div id=a hidden><p>{1}</p></div>"
            "<h3><button aria-expanded=false aria-controls=b>{2}</button></h3><div id=b hidden><p>{3}</p></div>"
        ),
        (
            "<div class=card><h3><button data-toggle=collapse data-target='#a'>{0}</button></h3>"
            "<div id=a class=collapse>{1}</div></div><div class=card><h3><button data-target='#b'>{2}</button></h3>"
            "<div id=b class=collapse>{3}</div></div>"
        ),
        "<details><summary>{0}</summary><p>{1}</p></details><details><summary>{2}</summary><p>{3}</p></details>",
        "<dl><dt>{0}</dt><dd>{1}</dd><dt>{2}</dt><dd>{3}</dd></dl>",
        "<ul><li><b>{0}</b><br>{1}</li><li><b>{2}</b><br>{3}</li></ul>",
    ],
)
def test_a_list_of_questions_is_questions_and_answers(html: str) -> None:
    texts = [block.text for block in ASKED]  # type: ignore[union-attr]
    found = [block for block in between(html.format(*texts)) if not isinstance(block, ListBlock)]
    assert [(type(b), b.text, getattr(b, "part", "")) for b in found] == [  # type: ignore[union-attr]
        (type(b), b.text, b.part)
        for b in ASKED  # type: ignore[union-attr]
    ]


def test_an_interview_names_question_and_answer() -> None:
    html = (
        "<p>س: من أين جاءت الفكرة؟</p><p>ج: انسكب الفنجان على الورقة.</p><p>س: وكم تعيش اللوحة؟</p><p>ج: عشر سنوات.</p>"
    )
    assert between(html) == (
        Paragraph("سؤال: من أين جاءت الفكرة؟", "question", "سؤال"),
        Paragraph("جواب: انسكب الفنجان على الورقة.", "answer", "جواب"),
        Paragraph("سؤال: وكم تعيش اللوحة؟", "question", "سؤال"),
        Paragraph("جواب: عشر سنوات.", "answer", "جواب"),
    )


def test_speakers_who_take_turns_keep_their_names() -> None:
    turns = (
        ("دينا كمال", "من أين جاءت فكرة الرسم بالقهوة؟"),
        ("حسن يونس", "انسكب الفنجان على الورقة فأعجبني اللون."),
        ("دينا كمال", "وكم تعيش اللوحة؟"),
        ("حسن يونس", "عشر سنوات إن حفظت من الشمس."),
    )
    blocks = between("".join(f"<p>{name}: {text}</p>" for name, text in turns))
    assert [(b.part, b.label) for b in blocks if isinstance(b, Paragraph)] == [
        ("question", "دينا كمال"),
        ("answer", "حسن يونس"),
    ] * 2


def test_an_explainers_questions_stay_headings_with_chapters() -> None:
    html = f"<h2>ما المطلوب؟</h2><p>{SECOND}</p><h2>متى يبدأ العمل؟</h2><p>{SECOND}</p>"
    assert [block.part for block in between(html) if isinstance(block, Heading)] == ["", ""]


def test_an_embedded_post_is_a_quote_of_who_posted_it() -> None:
    html = (
        "<blockquote class='twitter-tweet'><p>ستعود المياه خلال ست ساعات، ونعتذر من الأهالي.</p>"
        "&mdash; مصلحة المياه (@water) <a href='https://x'>20 نوفمبر 2026</a></blockquote>"
    )
    assert between(html) == (Quote("ستعود المياه خلال ست ساعات، ونعتذر من الأهالي.", "مصلحة المياه"),)
    assert "details of an embedded post" in left_out(html).values()


def test_an_embedded_post_that_only_names_itself_is_left_out() -> None:
    html = (
        "<blockquote class='instagram-media'><p><a href='https://i'>منشور تمت مشاركته بواسطة فلان</a></p></blockquote>"
    )
    assert between(f"<p>{SECOND}</p>{html}") == (Paragraph(SECOND),)
    assert "an embedded post" in left_out(html).values()


def test_a_quote_has_one_source() -> None:
    html = "<blockquote><p>لن ننتظر طويلا هذه المرة.</p><p>العمل بدأ فعلا.</p><p>— وزير الأشغال</p></blockquote>"
    assert between(html) == (Quote("لن ننتظر طويلا هذه المرة."), Quote("العمل بدأ فعلا.", "وزير الأشغال"))


def test_lines_of_verse_are_one_quote() -> None:
    html = (
        "<div class='poem'>سلام على دار خلت من أهلها *** وباب طويل الصمت<br>وحيا بها من كان يوما ضيفها *** ثم رحل</div>"
    )
    assert between(html) == (Quote("سلام على دار خلت من أهلها، وباب طويل الصمت\nوحيا بها من كان يوما ضيفها، ثم رحل"),)


def test_the_years_of_a_chronology_head_their_events() -> None:
    events = (("1906", "افتتاح الخط الأول للترام."), ("1965 – 1967", "إزالة القضبان كلها."))
    html = "".join(f"<div><span>{year}</span><p>{event}</p></div>" for year, event in events)
    assert between(html) == (
        Heading("1906", 3),
        Paragraph("افتتاح الخط الأول للترام."),
        Heading("1965 – 1967", 3),
        Paragraph("إزالة القضبان كلها."),
    )


def test_a_heading_directly_above_a_list_stays() -> None:
    points = "<h2>ما المطلوب؟</h2><ul><li>وقف الضخ صيفا.</li><li>إصلاح الشبكات.</li></ul>"
    html = f"<html lang=ar><body><h1>خطة لإنقاذ البحيرة</h1><p>{LEDE}</p>{points}<p>{LAST}</p></body></html>"
    assert Heading("ما المطلوب؟") in read(html).blocks


def test_items_keep_the_numbers_the_page_gives_them() -> None:
    (block,) = between("<ol start=4><li>تحديث رقم الهاتف.</li><li value=7>تأكيد العنوان.</li></ol>")
    assert isinstance(block, ListBlock)
    assert (block.start, block.numbers) == (4, (4, 7))


def test_an_editors_comment_in_a_document_is_never_shown() -> None:
    html = (
        f"<p>{SECOND}<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup></p>"
        "<div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>تأكدوا من أعمارهم قبل النشر</span></p></div>"
    )
    assert between(html) == (Paragraph(SECOND),)
    assert "a comment on the text" in left_out(html).values()
