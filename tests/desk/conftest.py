"""A desk with one article on it, written once for all tests, and editors who have signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from accounts.browser import Browser
from databases import databases_closed
from starlette.applications import Starlette

from tts_news import speak, writing
from tts_news.accounts.records import Account, Role
from tts_news.config import Config, load
from tts_news.desk.drafts import Draft, Papers
from tts_news.desk.paper import dump_article, dump_readings
from tts_news.records import Article, Identity, Paragraph
from tts_news.script import dump_script
from tts_news.server.app import make_app

VOICES = Path(__file__).parents[1] / "voices"
HOSTILE = '<script>document.title="hit"</script><img src=x onerror=alert(1)> \u202eمقلوب'
ARTICLE = Article(
    "زيارة الوفد",
    (
        Paragraph("زار الوفد مدينة تشيهواهوا وأقام فيها 3 أيام."),
        Paragraph("قال الوزير إن العمل بدأ أمس. وأضاف أن المشروع كبير."),
    ),
    published="2026-11-28",
    identity=Identity("address", "", "https://news.example/1"),
)


@pytest.fixture(scope="module", autouse=True)
def _databases() -> Iterator[None]:
    with databases_closed():
        yield


def config_in(folder: Path, **settings: object) -> Config:
    flags = {
        "speak.voice": "tone",
        "speak.voices_dir": str(VOICES),
        "speak.cache_dir": str(folder / "takes"),
        "publish.output": str(folder / "out"),
        "script.lexicon": str(folder / "lexicon.toml"),
        "script.corrections": str(folder / "corrections.toml"),
    }
    return load(None, flags | settings, {})


def papers_of(article: Article, config: Config) -> Papers:
    casting = speak.cast_voices(config.speak)
    script, readings = writing.review_articles((article,), config, casting)
    return Papers(article=dump_article(article), script=dump_script(script), readings=dump_readings(readings))


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """The article as it is written, once for all tests."""
    return papers_of(ARTICLE, config_in(tmp_path_factory.mktemp("papers")))


@dataclass
class Editor:
    """Somebody at the desk, with the page of the article before her."""

    browser: Browser
    csrf: str
    draft: str

    def get(self, path: str = "", **headers: str) -> httpx.Response:
        return self.browser.get(f"/desk/drafts/{self.draft}{path}", **headers)

    def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> httpx.Response:
        """Send what the page's script sends."""
        known = {"accept": "application/json", "x-csrf-token": self.csrf}
        address = path if path.startswith("/") and path.startswith("/desk") else f"/desk/drafts/{self.draft}{path}"
        return self.browser.post(address, {"sent": "by the script"} | (fields or {}), **known | headers)

    def version(self, cue: str) -> str:
        return str(self.get("/news", accept="application/json").json()["versions"][cue])

    def mend(self, cue: str, **fields: str) -> httpx.Response:
        return self.post(f"/sentences/{cue}", {"version": self.version(cue)} | fields)


@dataclass
class Desk:
    """An application with one written article."""

    app: Starlette
    folder: Path
    draft: str

    def editor(self, name: str = "muna", role: Role = Role.PUBLISHER) -> Editor:
        store = self.app.state.accounts.store
        if store.find(name) is None:
            store.add_user(Account(name, role), "")
        browser = Browser(self.app)
        browser.take_session(store.open_session(name, "192.0.2.7"))
        page = browser.get("/desk").text
        return Editor(browser, page.partition('data-csrf="')[2].partition('"')[0], self.draft)


@pytest.fixture
def desk(tmp_path: Path, papers: Papers) -> Desk:
    app = make_app(config_in(tmp_path))
    draft = app.state.desk.drafts.add(Draft("", "article", "ready", ARTICLE.title, "-", by="muna"), papers)
    return Desk(app, tmp_path, draft)


@pytest.fixture
def muna(desk: Desk) -> Editor:
    """A publisher."""
    return desk.editor()


Add = Callable[[Article], str]


@pytest.fixture
def add(desk: Desk) -> Add:
    """Put another article on the desk, written."""
    config = config_in(desk.folder)

    def put(article: Article) -> str:
        draft = Draft("", "article", "ready", article.title, "-", by="muna")
        name: str = desk.app.state.desk.drafts.add(draft, papers_of(article, config))
        return name

    return put
