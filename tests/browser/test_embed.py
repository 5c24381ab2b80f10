"""The player in pages elsewhere, on an origin of its own; the front page; what works without a network."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import Ranges
from playwright.sync_api import FrameLocator, Page, expect
from publish.editions import LINES, SHOW, make_script, make_timeline

from tts_news.publish.build import build_show
from tts_news.publish.embed import follow_line, iframe
from tts_news.publish.settings import PublishSettings
from tts_news.records import Script

pytestmark = pytest.mark.browser

SPANS = {span.cue: span for span in make_timeline(make_script()).cues}
ARTICLE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>مقال</title>
<link rel="icon" href="data:,"></head><body><main><h1>مقال</h1>
{line}
<article><h2>افتتاح <b>3</b> حدائق جديدة</h2><p>افتتحت البلدية 3 حدائق بكلفة 12.5 مليون دولار.</p>
<p>وقال المدير : «الافتتاح عند 10:30 صباحًا».</p></article></main></body></html>"""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    handler = functools.partial(Ranges, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def show(publish: Callable[[Script], Path]) -> Iterator[tuple[str, Path]]:
    """Serve a show of one edition; returns its address and the edition's folder."""
    place = publish(make_script()).parent
    build_show(place.parent, SHOW, PublishSettings())
    with serving(place.parent) as address:
        yield address, place


@pytest.fixture
def elsewhere(show: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bool], str]]:
    """Serve an article on another origin, which holds the player: by one line that follows along, or as a frame."""
    address, place = show
    here = replace(SHOW, base_url=f"{address}/")
    folder = tmp_path_factory.mktemp("press")
    with serving(folder) as origin:

        def make(follows: bool) -> str:
            line = follow_line(place.name, here) if follows else iframe("خبر", place.name, here)
            line = line.replace("<script ", '<script data-article="article" ')
            (folder / "index.html").write_text(ARTICLE.replace("{line}", line), encoding="utf-8")
            return f"{origin}/index.html"

        yield make


def player(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def sound(page: Page, script: str) -> object:
    (frame,) = [frame for frame in page.frames if "embed" in frame.url]
    return frame.evaluate(f"(() => {{ const audio = document.querySelector('audio'); {script} }})()")


def test_every_control_of_the_frame_works(open_page: Callable[..., Page], elsewhere: Callable[[bool], str]) -> None:
    page = open_page(elsewhere(False), waits=False)
    frame = player(page)
    frame.get_by_role("button", name="تشغيل").click()
    expect(frame.get_by_role("button", name="إيقاف مؤقت")).to_be_visible()
    frame.get_by_role("button", name="إيقاف مؤقت").click()
    frame.get_by_label("السرعة").select_option("1.5")
    assert sound(page, "return audio.playbackRate") == 1.5
    frame.get_by_label("الأقسام").select_option(index=2)
    start = make_timeline(make_script()).chapters[2].start_s
    assert float(str(sound(page, "audio.pause(); return audio.currentTime"))) == pytest.approx(start, abs=0.6)
    sound(page, "audio.currentTime = 5")
    expect(frame.get_by_role("slider")).to_have_attribute("aria-valuetext", "0:05 من 0:16")
    frame.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(frame.get_by_role("slider")).to_have_attribute("aria-valuetext", "0:06 من 0:16")
    expect(frame.get_by_role("link", name="النص")).to_have_attribute("href", "index.html#text")


def test_the_articles_own_paragraphs_are_followed_and_nothing_in_them_is_moved(
    open_page: Callable[..., Page], elsewhere: Callable[[bool], str]
) -> None:
    page = open_page(elsewhere(True), waits=False)
    before = page.locator("article").inner_html()
    player(page).get_by_role("button", name="تشغيل").wait_for()
    for cue, text in (("c0001", "افتتاح 3 حدائق جديدة"), ("c0003", "وقال المدير : «الافتتاح عند 10:30 صباحًا")):
        middle = (SPANS[cue].start_s + SPANS[cue].end_s) / 2
        sound(page, f"audio.currentTime = {middle}; return audio.play()")
        lit = "[...CSS.highlights.get('tts-news-phrase')].map(String).join('|')"
        page.wait_for_function(f"text => {lit} === text", arg=text)
        assert page.evaluate("[...CSS.highlights.get('tts-news-word')].length") == 1
        sound(page, "audio.pause()")
    page.wait_for_function("() => CSS.highlights.get('tts-news-phrase').size === 0")
    assert page.locator("article").inner_html() == before


def test_a_stranger_cannot_light_up_the_page(open_page: Callable[..., Page], elsewhere: Callable[[bool], str]) -> None:
    page = open_page(elsewhere(True), waits=False)
    player(page).get_by_role("button", name="تشغيل").wait_for()
    page.evaluate("postMessage({ttsNews: 'time', time: 1, playing: true}, '*')")
    page.wait_for_timeout(200)
    assert page.evaluate("CSS.highlights.get('tts-news-phrase').size") == 0


@pytest.mark.parametrize("width", [280, 320, 640])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_player_is_120_pixels_high_and_accessible(
    open_page: Callable[..., Page], show: tuple[str, Path], width: int, theme: str
) -> None:
    address, place = show
    page = open_page(f"{address}/{place.name}/embed.html?theme={theme}")
    page.set_viewport_size({"width": width, "height": 120})
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        width,
        120,
    ]
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    is_dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 26)"
    assert is_dark == (theme == "dark")


def test_without_script_the_frame_plays_and_leads_to_the_text(
    open_page: Callable[..., Page], show: tuple[str, Path]
) -> None:
    address, _ = show
    page = open_page(f"{address}/embed.html", java_script_enabled=False)
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("link", name="النص")).to_be_visible()


def test_the_front_page_finds_and_plays_editions(open_page: Callable[..., Page], show: tuple[str, Path]) -> None:
    address, place = show
    page = open_page(f"{address}/index.html", waits=False)
    page.get_by_label("ابحث في الحلقات").fill("مدرسة")
    expect(page.get_by_role("status")).to_have_text("لا حلقة بهذا البحث")
    page.get_by_label("ابحث في الحلقات").fill("إفتتاح حدايق")
    expect(page.get_by_role("status")).to_have_text("عدد الحلقات: 1")
    page.get_by_role("button", name="شغّل الحلقات تباعًا").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.1")
    expect(page.locator("#now")).to_have_text(LINES[1][1])
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("link", name=LINES[1][1]).click()
    page.locator("#editions > summary").click()
    expect(page.get_by_role("navigation", name="حلقات أخرى").get_by_role("link")).to_have_count(1)
    assert place.name in page.url


def test_a_saved_edition_is_heard_without_a_network(open_page: Callable[..., Page], show: tuple[str, Path]) -> None:
    """Pages ask for it over https only; here the same worker is registered by hand."""
    address, place = show
    page = open_page(f"{address}/{place.name}/index.html")
    page.evaluate("navigator.serviceWorker.register('../sw.js').then(() => navigator.serviceWorker.ready)")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.evaluate(
        "caches.open('tts-news')"
        ".then(cache => cache.addAll(['index.html', document.querySelector('audio').currentSrc]))"
    )
    page.context.set_offline(True)
    page.reload()
    page.wait_for_function("() => document.querySelector('audio').readyState > 0")
    page.evaluate("document.querySelector('audio').currentTime = 9")
    page.keyboard.press(" ")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 9.2")
    page.context.set_offline(False)
