from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import unfold
from playwright.sync_api import Page, expect
from publish.editions import LINES, SHOW, make_script, make_timeline

from tts_news.publish.build import build_show
from tts_news.publish.captions import make_captions
from tts_news.publish.settings import PublishSettings
from tts_news.publish.structure import make_reading
from tts_news.records import Script

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
Publish = Callable[[Script], Path]

TIMELINE = make_timeline(make_script())
STARTS = [chapter.start_s for chapter in TIMELINE.chapters]
SPANS = {span.cue: span for span in TIMELINE.cues}
HOSTILE = '<script>document.title="hit"</script><img src=x onerror=alert(1)> ]]> "\'&amp; \u202eمقلوب'
BULLETIN = (
    ("headline", "الخبر الأول", "الخَبَرُ الأَوَّل", 0, "a0b0"),
    ("paragraph", "نص الخبر الأول طويل جدا.", "نَصُّ الخَبَرِ الأَوَّلِ طَوِيلٌ جِدّاً.", 0, "a0b1"),
    ("headline", "الخبر الثاني", "الخَبَرُ الثَّانِي", 1, "a1b0"),
    ("intro", "مقدمة الخبر الثاني.", "مُقَدِّمَةُ الخَبَرِ الثَّانِي.", 1, "a1b1"),
    ("paragraph", "نص الخبر الثاني.", "نَصُّ الخَبَرِ الثَّانِي.", 1, "a1b2"),
    ("headline", "الخبر الثالث", "الخَبَرُ الثَّالِث", 2, "a2b0"),
)


def now(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def go(page: Page, seconds: float) -> None:
    page.evaluate("t => { document.querySelector('audio').currentTime = t }", seconds)
    page.wait_for_function("t => Math.abs(document.querySelector('audio').currentTime - t) < 0.01", arg=seconds)


def is_paused(page: Page) -> bool:
    return bool(page.evaluate("document.querySelector('audio').paused"))


def rate(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').playbackRate"))


def lit(page: Page) -> str:
    """Return the word that is lit up; words have no elements of their own."""
    return str(page.evaluate("[...CSS.highlights.get('word')].map(String).join('|')"))


def reload(page: Page) -> None:
    page.reload()
    unfold(page)


def wait_at(page: Page, seconds: float) -> None:
    page.wait_for_function("t => Math.abs(document.querySelector('audio').currentTime - t) < 0.02", arg=seconds)


def test_the_play_button_plays_and_pauses_and_says_which(page: Page) -> None:
    button = page.get_by_role("button", name="تشغيل", exact=True)
    button.click()
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.2")
    page.get_by_role("button", name="إيقاف مؤقت", exact=True).click()
    assert is_paused(page)
    expect(button).to_be_visible()


def test_back_and_forward_move_fifteen_seconds(page: Page) -> None:
    page.get_by_role("button", name="تقدّم 15 ثانية").click()
    wait_at(page, 15.0)
    page.get_by_role("button", name="رجوع 15 ثانية").click()
    wait_at(page, 0.0)


def test_section_buttons_go_to_chapter_starts(page: Page) -> None:
    page.get_by_role("button", name="القسم التالي").click()
    wait_at(page, STARTS[1])
    page.get_by_role("button", name="القسم التالي").click()
    wait_at(page, STARTS[2])
    page.get_by_role("button", name="القسم السابق").click()
    wait_at(page, STARTS[1])


def test_previous_section_first_goes_to_the_start_of_the_one_heard(page: Page) -> None:
    go(page, STARTS[1] + 2.5)
    page.get_by_role("button", name="القسم السابق").click()
    wait_at(page, STARTS[1])


def test_item_buttons_go_to_list_items(page: Page) -> None:
    page.get_by_role("button", name="البند التالي").click()
    wait_at(page, SPANS["c0006"].start_s)
    page.get_by_role("button", name="البند التالي").click()
    wait_at(page, SPANS["c0008"].start_s)
    page.get_by_role("button", name="البند السابق").click()
    wait_at(page, SPANS["c0006"].start_s)


def test_headline_buttons_are_there_for_bulletins_only(page: Page, open_page: OpenPage, publish: Publish) -> None:
    expect(page.get_by_role("button", name="العنوان التالي")).to_be_hidden()
    bulletin = open_page(publish(make_script("نشرة الظهيرة", BULLETIN, url="")))
    go(bulletin, 0.2)
    bulletin.get_by_role("button", name="العنوان التالي").click()
    spans = make_timeline(make_script("", BULLETIN)).cues
    wait_at(bulletin, spans[2].start_s)
    bulletin.get_by_role("button", name="العنوان السابق").click()
    wait_at(bulletin, spans[0].start_s)


def test_the_slider_seeks_and_says_the_time(page: Page) -> None:
    slider = page.get_by_role("slider")
    slider.focus()
    go(page, 5.0)
    page.keyboard.press("ArrowRight")
    wait_at(page, 6.0)
    expect(slider).to_have_attribute("aria-valuetext", "0:06 من 0:16")


def test_the_speed_is_set_and_kept_between_visits(page: Page) -> None:
    page.get_by_label("السرعة").select_option("2.5")
    assert rate(page) == 2.5
    page.get_by_role("button", name="أسرع").click()
    page.get_by_role("button", name="أسرع").click()
    page.get_by_role("button", name="أسرع").click()
    assert rate(page) == 3.0
    reload(page)
    assert rate(page) == 3.0
    for _ in range(12):
        page.get_by_role("button", name="أبطأ").click()
    assert rate(page) == 0.5


def test_the_text_size_is_set_and_kept(page: Page) -> None:
    size = "Number.parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="تكبير النص").click()
    page.get_by_role("button", name="تكبير النص").click()
    reload(page)
    assert page.evaluate(size) == pytest.approx(1.5 * before)
    page.get_by_role("button", name="تصغير النص").click()
    assert page.evaluate(size) == pytest.approx(1.25 * before)


def test_the_index_has_the_colours_and_size_chosen_on_a_page(page: Page, tmp_path: Path) -> None:
    build_show(tmp_path / "output", SHOW, PublishSettings())
    page.get_by_label("الألوان").select_option("contrast")
    page.get_by_role("button", name="تكبير النص").click()
    page.get_by_role("link", name=SHOW.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SHOW.title)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"


def test_the_theme_is_set_and_kept(page: Page) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("الألوان").select_option("contrast")
    reload(page)
    assert page.evaluate(paper) == "rgb(0, 0, 0)"
    expect(page.get_by_label("الألوان")).to_have_value("contrast")
    page.get_by_label("الألوان").select_option("dark")
    assert page.evaluate(paper) not in {light, "rgb(0, 0, 0)"}


@pytest.mark.parametrize(
    ("key", "begin", "end"),
    [
        ("ArrowRight", 0.0, 15.0),
        ("ArrowLeft", 15.5, 0.5),
        ("l", 0.0, 15.0),
        ("j", 16.0, 1.0),
        ("n", 0.0, STARTS[1]),
        ("p", STARTS[2] + 0.5, STARTS[1]),
        ("i", 0.0, SPANS["c0006"].start_s),
        ("Shift+I", 16.0, SPANS["c0008"].start_s),
        ("0", 9.0, 0.0),
    ],
)
def test_every_moving_key_moves(page: Page, key: str, begin: float, end: float) -> None:
    go(page, begin)
    page.keyboard.press(key)
    wait_at(page, end)


def test_headline_keys_move_in_a_bulletin(open_page: OpenPage, publish: Publish) -> None:
    page = open_page(publish(make_script("نشرة الظهيرة", BULLETIN, url="")))
    spans = make_timeline(make_script("", BULLETIN)).cues
    go(page, spans[1].start_s)
    page.keyboard.press("h")
    wait_at(page, spans[2].start_s)
    go(page, spans[4].end_s)
    page.keyboard.press("Shift+H")
    wait_at(page, spans[2].start_s)


def test_the_other_keys_do_what_their_buttons_do(page: Page) -> None:
    for key in (" ", "k"):
        page.keyboard.press(key)
        page.wait_for_function("() => !document.querySelector('audio').paused")
        page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('audio').paused")
    page.keyboard.press(".")
    assert rate(page) == 1.25
    page.keyboard.press(",")
    assert rate(page) == 1.0
    page.keyboard.press("=")
    assert page.evaluate("document.documentElement.dataset.size") == "125"
    page.keyboard.press("-")
    assert page.evaluate("document.documentElement.dataset.size") == "100"
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.keyboard.press("m")
    expect(page.get_by_role("status")).to_have_text("العناوين والمقدّمات فقط: مفعّل")
    expect(page.get_by_role("button", name="العناوين والمقدّمات فقط")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("f")
    expect(page.get_by_role("status")).to_have_text("تتبّع النص: متوقف")
    expect(page.get_by_role("button", name="تتبّع النص")).to_have_attribute("aria-pressed", "false")


def test_keys_work_on_an_arabic_keyboard(page: Page) -> None:
    page.evaluate(
        "document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'ى', code: 'KeyN', bubbles: true, cancelable: true}))"
    )
    wait_at(page, STARTS[1])


def test_letter_keys_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("Shift+?")
    page.get_by_label("اختصارات الحروف والأرقام مفعّلة").uncheck()
    page.keyboard.press("Escape")
    reload(page)
    page.keyboard.press("n")
    page.keyboard.press("ArrowRight")
    wait_at(page, 15.0)


def test_the_help_sheet_names_every_key_and_gives_the_focus_back(page: Page) -> None:
    opener = page.get_by_role("button", name="المساعدة والاختصارات")
    opener.click()
    sheet = page.get_by_role("dialog", name="اختصارات لوحة المفاتيح")
    expect(sheet).to_be_visible()
    keys = set(sheet.locator("kbd").all_inner_texts())
    assert keys == {*"KJLPNSIH0,.-=MFT?", "Space", "←", "→", "Shift+S", "Shift+I", "Shift+H"}
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.get_by_role("button", name="إغلاق").click()
    expect(sheet).to_be_hidden()


@pytest.mark.parametrize("cue", sorted(SPANS))
def test_sentence_and_word_are_highlighted_while_they_sound(page: Page, cue: str) -> None:
    line = next(line for line in make_reading(make_script(), TIMELINE).lines if line.id == cue)
    for one in [word for word in line.words if word.end_s > word.start_s]:
        go(page, (one.start_s + one.end_s) / 2)
        expect(page.locator("[data-e][aria-current]")).to_have_text(line.text)
        assert lit(page) == one.text


def test_the_page_follows_the_sentence_unless_told_not_to(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 700})
    page.emulate_media(reduced_motion="reduce")
    go(page, SPANS["c0010"].start_s + 0.1)
    expect(page.locator("[data-e][aria-current]")).to_be_in_viewport()
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.keyboard.press("f")
    go(page, SPANS["c0009"].start_s + 0.1)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0


LONG = " ".join(["تأكل وزارة التعليم حوالي %30 من إجمالي الميزانية، حيث يضاهي غلافها نظيراتها"] * 3)


def test_in_a_long_sentence_what_is_highlighted_is_what_the_caption_shows(
    open_page: OpenPage, publish: Publish
) -> None:
    script = make_script("خبر", (("headline", "خبر", "خَبَر", 0, "a0b0"), ("paragraph", LONG, LONG, 0, "a0b1")))
    page = open_page(publish(script))
    for caption in make_captions(make_reading(script, make_timeline(script))):
        go(page, (caption.start_s + caption.end_s) / 2)
        expect(page.locator("[data-e][aria-current]")).to_have_text(caption.text)


def test_the_word_stays_in_view_at_the_largest_text_on_the_smallest_screen(
    open_page: OpenPage, publish: Publish
) -> None:
    script = make_script("خبر", (("headline", "خبر", "خَبَر", 0, "a0b0"), ("paragraph", LONG, LONG, 0, "a0b1")))
    page = open_page(publish(script))
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("document.documentElement.dataset.size = '300'")
    (_, line) = make_reading(script, make_timeline(script)).lines
    for one in line.words:
        go(page, (one.start_s + one.end_s) / 2)
        assert lit(page) == one.text
        box = page.evaluate(
            "(([range]) => { const {y, height} = range.getBoundingClientRect(); return {y, height} })"
            "([...CSS.highlights.get('word')])"
        )
        bar = page.locator("#bar").bounding_box()
        assert bar
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= bar["y"] + 1


def test_a_page_just_opened_does_not_scroll(page: Page) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0


def test_nothing_is_lit_up_before_it_plays(page: Page) -> None:
    page.wait_for_timeout(200)
    expect(page.locator("[aria-current]")).to_have_count(0)
    assert lit(page) == ""
    page.keyboard.press(" ")
    expect(page.locator("[data-e][aria-current]")).to_have_count(1)


def test_sentences_are_reached_and_played_by_keyboard(page: Page) -> None:
    stops = page.locator("article [tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_text(LINES[4][1])
    expect(stops).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    assert SPANS["c0003"].start_s - 0.01 <= now(page) < SPANS["c0003"].start_s + 1.5


def test_a_sentence_is_one_text_for_a_screen_reader(page: Page) -> None:
    assert page.evaluate("[...document.querySelectorAll('article [data-e]')].every(e => e.childNodes.length === 1)")


def test_the_buttons_run_the_way_the_slider_runs(page: Page) -> None:
    names = ("previous-section", "back", "play", "forward", "next-section")
    lefts = [page.locator(f"#{name}").bounding_box() for name in names]
    assert [box["x"] for box in lefts if box] == sorted(box["x"] for box in lefts if box)


def test_one_sentence_forward_and_back(page: Page) -> None:
    page.get_by_role("button", name="الجملة التالية").click()
    wait_at(page, SPANS["c0001"].start_s)
    page.keyboard.press("s")
    wait_at(page, SPANS["c0002"].start_s)
    page.keyboard.press("Shift+S")
    wait_at(page, SPANS["c0001"].start_s)


def test_the_timer_stops_at_the_end_of_the_section(page: Page) -> None:
    go(page, STARTS[1] - 0.6)
    page.get_by_label("التوقف بعد").select_option("section")
    page.get_by_role("button", name="تشغيل", exact=True).click()
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert STARTS[1] <= now(page) < STARTS[1] + 0.4
    expect(page.get_by_label("التوقف بعد")).to_have_value("")


def test_the_timer_stops_after_its_minutes(page: Page) -> None:
    page.clock.install()
    page.get_by_label("التوقف بعد").select_option("5")
    page.get_by_role("button", name="تشغيل", exact=True).click()
    page.clock.fast_forward(240_000)  # the clock runs on by itself as well, however slow the machine is
    assert not is_paused(page)
    page.clock.fast_forward(60_000)
    page.wait_for_function("() => document.querySelector('audio').paused")


def test_a_link_to_this_moment_is_copied(page: Page) -> None:
    page.evaluate(
        "Object.defineProperty(navigator, 'share', {value: undefined});"
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => { window.copied = text }}})"
    )
    go(page, 7.5)
    page.get_by_role("button", name="رابط من هذا الموضع").click()
    expect(page.get_by_role("status")).to_have_text("نُسخ الرابط")
    assert page.evaluate("window.copied") == f"{page.url}#t=7"


def test_the_text_begins_on_the_first_screen_of_a_phone(open_page: OpenPage, publish: Publish) -> None:
    page = open_page(publish(make_script()))
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    top = page.get_by_text("افتتحت البلدية").bounding_box()
    bar = page.locator("#bar").bounding_box()
    assert top
    assert bar
    assert top["y"] + top["height"] < bar["y"]


def test_a_click_on_a_word_plays_from_there(page: Page) -> None:
    box = page.evaluate(
        "(() => { const node = [...document.querySelectorAll('article span')].find(e => e.textContent.includes('12.5'))"
        ".firstChild; node.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});"
        " const at = node.data.indexOf('12.5'), range = document.createRange(); range.setStart(node, at);"
        " range.setEnd(node, at + 4); const {x, y, width, height} = range.getBoundingClientRect();"
        " return [x + width / 2, y + height / 2] })()"
    )
    page.mouse.click(*box)
    begin = next(word.start_s for word in SPANS["c0002"].words if word.text == "اِثْنَيْ")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    assert begin - 0.01 <= now(page) < begin + 1.5


def test_a_chapter_link_plays_from_its_start(page: Page) -> None:
    link = page.get_by_role("navigation").get_by_role("link", name="مسارات للمشي")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    assert STARTS[3] - 0.01 <= now(page) < STARTS[3] + 1.5
    expect(link).to_have_attribute("aria-current", "true")
    assert page.url.endswith("index.html")


def test_the_page_resumes_where_it_was_left(page: Page) -> None:
    go(page, 9.5)
    page.keyboard.press(" ")
    page.keyboard.press(" ")
    left = now(page)
    reload(page)
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0")
    assert now(page) == pytest.approx(left, abs=0.1)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"تُستأنف القراءة من 0:(09|1\d)"))


def test_a_time_in_the_address_wins_over_the_place_left(page: Page, open_page: OpenPage) -> None:
    again = open_page(page.url + "#t=7.5")
    wait_at(again, 7.5)
    again.evaluate("location.hash = '#t=3'")
    wait_at(again, 3.0)


def test_nothing_is_announced_over_the_voice(page: Page) -> None:
    status = page.get_by_role("status")
    page.keyboard.press("n")
    expect(status).to_have_text("التفاصيل")
    page.keyboard.press(" ")
    expect(status).to_have_text("")
    page.keyboard.press("n")
    page.keyboard.press(".")
    page.wait_for_timeout(200)
    expect(status).to_have_text("")
    page.keyboard.press(" ")
    expect(status).to_have_text("السرعة 1.25")


def test_skim_mode_shows_and_plays_headlines_and_intros_only(open_page: OpenPage, publish: Publish) -> None:
    page = open_page(publish(make_script("نشرة الظهيرة", BULLETIN, url="")))
    page.get_by_role("button", name="العناوين والمقدّمات فقط").click()
    expect(page.get_by_text("نص الخبر الأول طويل جدا.")).to_be_hidden()
    expect(page.get_by_text("مقدمة الخبر الثاني.")).to_be_visible()
    spans = make_timeline(make_script("", BULLETIN)).cues
    heard = page.evaluate(
        """() => new Promise(done => {
            const audio = document.querySelector('audio'), times = [];
            audio.addEventListener('pause', () => done(times));
            audio.addEventListener('ended', () => done(times));
            setInterval(() => times.push(audio.currentTime), 30);
            audio.play();
        })"""
    )
    body = [time for time in heard for span in (spans[1], spans[4]) if span.start_s + 0.2 < time < span.end_s]
    assert not body
    assert any(spans[5].start_s < time < spans[5].end_s for time in heard)
    page.get_by_role("button", name="العناوين والمقدّمات فقط").click()
    expect(page.get_by_text("نص الخبر الأول طويل جدا.")).to_be_visible()


def test_without_script_there_are_sound_chapters_and_the_whole_text(open_page: OpenPage, publish: Publish) -> None:
    page = open_page(publish(make_script()), java_script_enabled=False)
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    links = page.get_by_role("navigation").get_by_role("link")
    expect(links).to_have_count(len(STARTS))
    targets = [link.get_attribute("href") or "" for link in links.all()]
    assert [float(target.split(".mp3#t=")[1]) for target in targets] == STARTS
    text = " ".join(page.locator("body").inner_text().split())
    assert all(written in text for _, written, _, _, _ in LINES)


def test_a_host_without_byte_ranges_can_be_seeked(open_page: OpenPage, publish: Publish, plain_host: str) -> None:
    page = open_page(f"{plain_host}/{publish(make_script()).parent.name}/index.html")
    page.get_by_role("button", name="تقدّم 15 ثانية").click()
    wait_at(page, 15.0)


VIEWS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}},
    "zoom": {"viewport": {"width": 320, "height": 256}},  # 1280 × 1024 at 400 %
    "contrast": {"contrast": "more"},
    "forced": {"forced_colors": "active"},
}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation(page: Page, view: str) -> None:
    options = dict(VIEWS[view])
    page.set_viewport_size(options.pop("viewport", {"width": 1000, "height": 900}))
    page.emulate_media(**options)
    go(page, SPANS["c0003"].start_s + 0.1)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_no_violation_in_any_theme(page: Page, theme: str) -> None:
    page.get_by_label("الألوان").select_option(theme)
    page.get_by_role("button", name="المساعدة والاختصارات").click()
    assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize("size", ["100", "300"])
@pytest.mark.parametrize("view", ["phone", "zoom"])
def test_a_small_screen_scrolls_one_way_only(page: Page, view: str, size: str) -> None:
    page.set_viewport_size(VIEWS[view]["viewport"])  # type: ignore[arg-type]
    page.evaluate("size => { document.documentElement.dataset.size = size }", size)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", ["100", "150", "300"])
def test_the_bar_never_covers_most_of_the_screen(page: Page, size: str) -> None:
    page.evaluate("size => { document.documentElement.dataset.size = size }", size)
    for width, height in ((320, 640), (320, 256), (375, 667), (640, 450), (500, 600), (768, 1024), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        covered = page.evaluate(
            "(() => { const bar = document.getElementById('bar');"
            " return getComputedStyle(bar).position === 'fixed' ? bar.offsetHeight / innerHeight : 0 })()"
        )
        assert covered < 0.4, (width, height)


@pytest.mark.parametrize("width", [320, 360, 390, 768])
def test_the_bar_keeps_its_height_when_sound_begins(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    height = page.locator("#bar").evaluate("bar => bar.offsetHeight")
    page.get_by_role("button", name="تشغيل", exact=True).click()
    expect(page.get_by_role("button", name="إيقاف مؤقت", exact=True)).to_be_visible()
    assert page.locator("#bar").evaluate("bar => bar.offsetHeight") == height
    labels = page.locator(".main button span").evaluate_all("labels => labels.map(label => label.offsetHeight)")
    assert len(set(labels)) == 1  # each on one line


def test_focus_is_not_hidden_behind_the_bar(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 700})
    for link in page.get_by_role("link").all()[1:]:
        link.focus()
        assert page.evaluate(
            "document.activeElement.getBoundingClientRect().bottom"
            " <= document.getElementById('bar').getBoundingClientRect().top + 1"
        )


def test_print_shows_text_and_no_controls(page: Page) -> None:
    page.get_by_role("button", name="العناوين والمقدّمات فقط").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="تشغيل", exact=True)).to_be_hidden()
    expect(page.get_by_role("navigation", name="الأقسام")).to_be_hidden()
    expect(page.get_by_text("وقال المدير:")).to_be_visible()


def test_motion_stops_when_the_reader_wants_it(page: Page) -> None:
    moving = (
        "[...document.querySelectorAll('*')]"
        ".filter(e => Number.parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0


def test_a_hostile_title_is_only_text(open_page: OpenPage, publish: Publish) -> None:
    lines = (("headline", HOSTILE, "كَلَام", 0, "a0b0"), ("paragraph", HOSTILE, "كَلَام", 0, "a0b1"))
    page = open_page(publish(make_script(HOSTILE, lines, url='javascript:alert("x")')))
    assert page.title().startswith('<script>document.title="hit"</script>')
    assert page.locator("img:not(.cover), article script").count() == 0
    assert page.get_by_role("heading", level=1).inner_text().startswith("<script>")
    assert "javascript:" not in page.content().split("<body>")[1]
    expect(page.locator("h1 img")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_css("direction", "rtl")


def test_a_line_without_sound_is_marked(open_page: OpenPage, publish: Publish) -> None:
    lines = (("headline", "خبر", "خَبَر", 0, "a0b0"), ("paragraph", "بلا صوت.", "", 0, "a0b1"))
    page = open_page(publish(make_script("خبر", lines)))
    mark = page.locator(".unheard").evaluate("e => getComputedStyle(e, '::after').content")
    assert "لم تُقرأ" in mark
