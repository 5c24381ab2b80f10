"""What a screen reader says of page, index and player, from the first word to the last: `virtual-screen-reader` reads.

The package is fetched by npm.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from publish.editions import LINES, SHOW, make_script

from tts_news.publish.build import build_show
from tts_news.publish.settings import PublishSettings
from tts_news.records import Script

pytestmark = pytest.mark.browser

READER = "@guidepup/virtual-screen-reader"
VERSION = "0.33.0"
READ = """async ([source, most]) => {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { virtual } = await import(address);
  await virtual.start({ container: document.body });
  for (let at = 0; at < most && (await virtual.lastSpokenPhrase()) !== "end of document"; at += 1) await virtual.next();
  const heard = await virtual.spokenPhraseLog();
  await virtual.stop();
  return heard;
}"""
CONTROL = re.compile(r"(button|slider|combobox|searchbox|checkbox|radio|link|textbox|spinbutton|switch)\b,? ?(.*)")
SENTENCES = [" ".join(written.split()) for _, written, _, _, _ in LINES if len(written.split()) > 2]


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the screen reader's script."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("a screen reader is fetched by npm: apt-get install npm, or deselect with -m 'not browser'")
    folder = tmp_path_factory.mktemp("npm")
    order = [npm, "install", "--silent", "--no-save", "--no-package-lock", "--ignore-scripts", "--prefix", str(folder)]
    subprocess.run([*order, f"{READER}@{VERSION}"], check=True, timeout=300)
    return (folder / "node_modules" / READER / "lib" / "esm" / "index.browser.js").read_text(encoding="utf-8")


@pytest.fixture
def hear(browser: Browser, reader: str) -> Callable[[Path], list[str]]:
    """Return all that is said of a page."""

    def read(path: Path) -> list[str]:
        context = browser.new_context(viewport={"width": 1000, "height": 900}, bypass_csp=True)  # the reader is ours
        page = context.new_page()
        page.goto(path.as_uri())
        heard: list[str] = page.evaluate(READ, [reader, 1000])
        context.close()
        assert heard[-1] == "end of document"
        return [" ".join(phrase.split()) for phrase in heard]

    return read


@pytest.fixture
def place(publish: Callable[[Script], Path]) -> Path:
    """Return the folder of an edition whose show is built."""
    place = publish(make_script()).parent
    build_show(place.parent, SHOW, PublishSettings())
    return place


def names_of(heard: list[str]) -> list[tuple[str, str]]:
    """Return the controls that are reached, each with its name."""
    return [found.groups() for phrase in heard if (found := CONTROL.fullmatch(phrase))]  # type: ignore[misc]


def test_each_sentence_of_the_article_is_heard_once_and_as_a_whole(
    hear: Callable[[Path], list[str]], place: Path
) -> None:
    heard = hear(place / "index.html")
    said = Counter(phrase for phrase in heard if not phrase.startswith("end"))
    body = " ".join(heard[heard.index("article, النص") :])
    for sentence in SENTENCES[1:]:  # the first is the headline: the masthead's
        assert body.count(sentence) == 1, sentence
    assert [phrase for phrase in said if phrase.startswith("heading") and LINES[1][1] in phrase] == [
        f"heading, {LINES[1][1]}, level 1"
    ]
    words = {word for sentence in SENTENCES for word in sentence.split()}
    assert not words & {phrase for phrase in said if " " not in phrase}


@pytest.mark.parametrize("name", ["index.html", "embed.html", "../index.html"])
def test_every_control_has_a_name(hear: Callable[[Path], list[str]], place: Path, name: str) -> None:
    controls = names_of(hear(place / name))
    assert len(controls) > 3
    assert not [kind for kind, said in controls if not re.search(r"\w", said)]


def test_a_title_of_the_front_page_is_heard_once(hear: Callable[[Path], list[str]], place: Path) -> None:
    heard = hear(place.parent / "index.html")
    assert [phrase for phrase in heard if phrase == f"link, {LINES[1][1]}"] == [f"link, {LINES[1][1]}"]
    assert not [phrase for phrase in heard if phrase.startswith("image") and LINES[1][1] in phrase]


def test_the_player_elsewhere_is_short_to_hear(hear: Callable[[Path], list[str]], place: Path) -> None:
    heard = hear(place / "embed.html")
    assert sum(LINES[1][1] in phrase and not phrase.startswith("option") for phrase in heard) == 1
    assert {kind for kind, _ in names_of(heard)} >= {"button", "slider", "combobox", "link"}
