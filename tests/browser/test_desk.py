"""The desk in a browser, in Arabic, by keyboard alone: from a pasted text to an edition, its correction, its end."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from databases import databases_closed
from desk.conftest import ARTICLE, config_in, papers_of
from playwright.sync_api import Browser, Page, expect
from ports import free_port
from publish.editions import DATE, SHOW, VOICE
from publish.editions import Press as Printer
from starlette.applications import Starlette

from tts_news.accounts.records import Account, Role
from tts_news.desk.differences import Kind
from tts_news.desk.drafts import Draft, Papers
from tts_news.publish import open_edition
from tts_news.records import Article, Cue, Identity, Paragraph
from tts_news.script import dump_script, parse_script
from tts_news.script.corrections_file import load_corrections
from tts_news.server.app import make_app

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)  # a busy machine takes its time; what is right comes at once on a quiet one

TEXT = "زيارة الوفد إلى المدينة\n\nزار الوفد مدينة تشيهواهوا وأقام فيها أيامًا.\n\nقال الوزير إن العمل بدأ أمس."
LONG = Article(
    "مقالة طويلة",
    tuple(
        Paragraph(f"قال الوزير رقم {number} إن العمل في المدينة بدأ صباح أمس بحضور الأهالي.") for number in range(2, 52)
    ),
    published="2026-11-28",
    identity=Identity("address", "", "https://news.example/long"),
)


class Site:
    """A running server with one publisher in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = config_in(folder, **{"serve.warm": False, "speak.jobs": 1, "serve.port": free_port()})
        self.url = f"http://127.0.0.1:{self.config.serve.port}"
        (folder / "tts-news.toml").write_text(_settings(folder), encoding="utf-8")
        self.app: Starlette = make_app(self.config, folder / "tts-news.toml")
        store = self.app.state.accounts.store
        store.add_user(Account("muna", Role.PUBLISHER), "")
        self.session = store.open_session("muna", "127.0.0.1")
        settings = uvicorn.Config(self.app, port=self.config.serve.port, log_level="warning", proxy_headers=False)
        self.server = uvicorn.Server(settings)
        self.thread = threading.Thread(target=self.server.run)

    def page(self, browser: Browser, **options: object) -> Page:
        known = {"locale": "ar", "viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(**known | options)  # type: ignore[arg-type]
        name = f"tts-news-{self.config.serve.port}"
        context.add_cookies([{"name": name, "value": self.session, "url": self.url}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page


def _settings(folder: Path) -> str:
    """Return what the jobs of this show are run with: they are processes of their own."""
    speak = config_in(folder).speak
    tables = {
        "script": {"lexicon": "lexicon.toml", "corrections": "corrections.toml"},
        "speak": {"voice": "tone", "voices_dir": speak.voices_dir, "cache_dir": speak.cache_dir, "jobs": 1},
    }
    return "\n".join(
        f"[{table}]\n" + "\n".join(f"{name} = {json.dumps(value)}" for name, value in values.items())
        for table, values in tables.items()
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with databases_closed():
        running = Site(tmp_path_factory.mktemp("desk"))
        running.thread.start()
        while not running.server.started:
            time.sleep(0.05)
        yield running
        running.server.should_exit = True
        running.thread.join()


@pytest.fixture
def muna(site: Site, browser: Browser) -> Iterator[Page]:
    """The desk's first page; any fault of its script fails the test."""
    page, faults = site.page(browser), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Security Policy" in message.text else None)
    page.goto(f"{site.url}/desk")
    yield page
    page.context.close()
    assert not faults


@pytest.fixture(scope="module")
def long(site: Site) -> str:
    """An article of fifty sentences on the desk."""
    papers: Papers = papers_of(LONG, site.config)
    draft = Draft("", "article", "ready", LONG.title, "-", by="muna")
    return str(site.app.state.desk.drafts.add(draft, papers))


@pytest.fixture(scope="module")
def short(site: Site) -> str:
    """An article with a word in doubt on the desk."""
    draft = Draft("", "article", "ready", ARTICLE.title, "-", by="muna")
    return str(site.app.state.desk.drafts.add(draft, papers_of(ARTICLE, site.config)))


@pytest.fixture(scope="module")
def bulletin(site: Site, long: str, short: str) -> str:
    """A bulletin of two articles, with a third that could be added."""
    drafts = site.app.state.desk.drafts
    drafts.add(replace(drafts.find(short), title="خبر ثالث"), drafts.papers(short))
    choices = {"members": [long, short], "voices": {}}
    return str(drafts.add(Draft("", "bulletin", "ready", "نشرة الظهيرة", "", choices, by="muna"), Papers()))


@pytest.fixture(scope="module")
def corrected(site: Site) -> str:
    """An article that stands, with a change of every kind since."""
    article = replace(LONG, blocks=LONG.blocks[:8], identity=Identity("address", "", "https://news.example/stands"))
    papers = papers_of(article, site.config)
    script = parse_script(papers.script)
    printer = Printer(site.folder / "out", b"sound")
    with open_edition(printer.output, script, DATE) as edition:
        edition.commit(papers.script, printer.master(edition, script), (VOICE,), SHOW, books=())
    first, spoken, paused, voiced, written, _gone, *others = script.cues
    cues: tuple[Cue, ...] = (
        first,
        replace(spoken, spoken="كَلِمَةٌ أُخْرَى."),
        replace(paused, pause_s=2.0),
        replace(voiced, voice="other"),
        replace(written, written="نص آخر.", spoken="نَصٌّ آخَرْ."),
        *others[:-1],
        replace(others[-1], written="جملة زائدة."),
        replace(others[-1], id="c9999", written="وأخرى."),
    )
    changed = replace(papers, script=dump_script(replace(script, cues=cues)))
    return str(site.app.state.desk.drafts.add(Draft("", "article", "ready", "خبر قائم", "-", by="muna"), changed))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    wanted = page.locator(selector).first
    expect(wanted).to_be_visible()
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {selector}")


def press(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


def publish(page: Page) -> None:
    press(page, "#publish")
    expect(page.locator("#publish")).to_be_disabled()
    expect(page.locator("#bar .state.published")).to_be_visible(timeout=90_000)
    expect(page.locator("#publish")).to_be_enabled()


def check(page: Page) -> None:
    """Look for faults of accessibility; the script that looks is not one of the page's."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()


def test_an_article_goes_from_the_paste_to_the_listeners_and_back_by_keyboard(muna: Page, site: Site) -> None:
    tab_to(muna, "#text")
    muna.keyboard.insert_text(TEXT)
    press(muna, ".intake button")
    expect(muna.locator("#articles + form + .drafts .state.ready")).to_be_visible(timeout=60_000)
    press(muna, ".drafts h3 a")
    expect(muna.locator(".sentence")).to_have_count(4)
    # a name is mended, and heard
    muna.keyboard.press("n")
    expect(muna.locator(".sentence:focus")).to_contain_text("تشيهواهوا")
    for _ in range(4):
        muna.keyboard.press("ArrowLeft")
    expect(muna.locator(".word:focus")).to_contain_text("غير مؤكد")
    muna.keyboard.press("Enter")
    expect(muna.locator("#spoken-word")).to_be_focused()
    muna.keyboard.press("Control+a")
    muna.keyboard.insert_text("تْشِيوَاوَا")
    with muna.expect_response("**/sound.wav*") as sound:
        muna.keyboard.press("Enter")
    assert sound.value.headers["content-type"] == "audio/wav"
    expect(muna.locator("#status")).to_contain_text("تغيّرت الجملة")
    expect(muna.locator(".word.changed")).to_have_text("تْشِيوَاوَا")
    expect(muna.locator(".word.changed")).to_be_focused()
    assert [one.by for one in load_corrections(site.folder / "corrections.toml")] == ["muna"]
    # a bulletin of it is published
    muna.goto(f"{site.url}/desk")
    tab_to(muna, ".choose input")
    muna.keyboard.press("Space")
    tab_to(muna, "#bulletin-title")
    muna.keyboard.insert_text("نشرة الظهيرة")
    muna.keyboard.press("Enter")
    expect(muna.locator("h1")).to_have_text("نشرة الظهيرة")
    publish(muna)
    # the article itself, then its correction
    press(muna, ".members h3 a")
    publish(muna)
    muna.keyboard.press("Tab")
    tab_to(muna, ".sentence .open-mend")
    muna.keyboard.press("s")
    expect(muna.locator(".skipped")).to_have_count(1)
    press(muna, "#bar a[href$=changes]")
    expect(muna.locator(".difference")).to_have_count(1)
    muna.go_back()
    publish(muna)
    made = {
        json.loads(path.read_text("utf-8"))["title"]: path for path in (site.folder / "out").glob("2*/episode.json")
    }
    assert made.keys() == {"زيارة الوفد إلى المدينة", "نشرة الظهيرة"}
    manifest = made["زيارة الوفد إلى المدينة"]
    assert "left out by an editor" in manifest.read_text("utf-8")
    # and taken back
    press(muna, "#bar .withdraw summary")
    press(muna, "#bar .withdraw button")
    expect(muna.locator("#on-air")).to_be_visible()
    assert json.loads(manifest.read_text("utf-8"))["withdrawn"]


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_axe_finds_no_violation(site: Site, browser: Browser, short: str, scheme: str, language: str) -> None:
    page = site.page(browser, color_scheme=scheme, bypass_csp=True)
    page.goto(f"{site.url}/desk?lang={language}")
    check(page)
    page.goto(f"{site.url}/desk/drafts/{short}")
    page.locator(".word.level2").first.click()
    expect(page.locator("#spoken-word")).to_be_focused()
    check(page)
    page.keyboard.press("Escape")
    page.locator("#open-keys").click()
    check(page)
    page.context.close()


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_axe_finds_no_violation_beside_the_article(
    site: Site, browser: Browser, short: str, bulletin: str, corrected: str, scheme: str, language: str
) -> None:
    page = site.page(browser, color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 844})
    page.goto(f"{site.url}/desk?lang={language}")
    seen = {
        f"{bulletin}": ".members .draft",
        f"{corrected}/changes": ".differences",
        f"{short}/changes": ".fault",
        f"{short}/sentences/c0001": "form.mend",
        f"{short}/sentences/c0002?word=3": "#spoken-word",
    }
    for path, shown in seen.items():
        page.goto(f"{site.url}/desk/drafts/{path}")
        expect(page.locator(shown).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        check(page)
    page.goto(f"{site.url}/desk/drafts/{corrected}/changes")
    kinds = [str(one.get_attribute("class")).split()[1] for one in page.locator(".difference").all()]
    assert set(kinds) == set(get_args(Kind))
    page.context.close()


def test_fifty_sentences_fit_a_narrow_screen(site: Site, browser: Browser, long: str) -> None:
    page = site.page(browser, viewport={"width": 320, "height": 640})
    for path in ("/desk", f"/desk/drafts/{long}"):
        page.goto(site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator(".sentence")).to_have_count(52)
    page.locator(".word").first.click()
    expect(page.locator(".mend")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_what_another_editor_does_is_seen_and_what_is_being_typed_stays(
    site: Site, browser: Browser, long: str
) -> None:
    one, other = site.page(browser), site.page(browser)
    for page in (one, other):
        page.goto(f"{site.url}/desk/drafts/{long}")
    other.locator("#c0003 .open-mend").click()
    other.locator("#spoken").fill("قَالَ الْوَزِيرُ شَيْئًا آخَرْ.")
    one.locator("#c0003").focus()
    one.keyboard.press("s")
    expect(one.locator("#c0003.skipped")).to_be_visible()
    expect(other.locator("#status")).to_contain_text("محرر آخر", timeout=20_000)
    other.locator(".mend button[value=sentence]").click()
    expect(other.locator(".mend .fault")).to_be_visible()
    expect(other.locator("#spoken")).to_have_value("قَالَ الْوَزِيرُ شَيْئًا آخَرْ.")
    expect(other.locator("#c0003.skipped")).to_be_visible()
    other.locator(".mend button[value=sentence]").click()
    expect(other.locator("#c0003 .spoken")).to_contain_text("آخَرْ")
    one.keyboard.press("u")
    for page in (one, other):
        page.context.close()


def test_everything_can_be_done_without_the_script(site: Site, browser: Browser, long: str) -> None:
    page = site.page(browser, java_script_enabled=False)
    page.goto(f"{site.url}/desk/drafts/{long}")
    page.locator("#c0005 .open-mend").click()
    page.locator("#spoken").fill("قَالَ الْوَزِيرُ كَلِمَتَهْ.")
    page.locator("button[value=sentence]").click()
    expect(page.locator("#c0005 .spoken")).to_contain_text("كَلِمَتَهْ")
    page.locator("#undo").click()
    expect(page.locator("#c0005.corrected")).to_have_count(0)
    page.context.close()
