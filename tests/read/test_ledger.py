"""The word account: every word of a source is in the article (for the ear or the eye) or left out with a reason.

`shapes` makes pages and pastes in which no word occurs twice, so one that is lost is found. By hand, and in the full
run, five thousand pages and five hundred pastes are counted: `pytest -m slow tests/read/test_ledger.py`.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import pytest
from lxml import html as lxml_html
from read.shapes import WORD, Maker

from tts_news.errors import ReadError
from tts_news.read.inputs import read_text
from tts_news.read.page import read_page
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

SEEDS = {"pages": 40, "pastes": 40}
FULL = {"pages": 5_000, "pastes": 500}


def words_of(article: Article) -> set[str]:
    """Return the words of everything that an article holds, what was left out included."""
    assert all(line.reason for line in article.dropped)
    return set(re.findall(WORD, json.dumps(asdict(article), ensure_ascii=False)))


def visible_words(page: str) -> set[str]:
    """Return the words that a reader of the page finds, as another walk over the tree sees them."""
    tree = lxml_html.document_fromstring(page)
    for unseen in list(tree.iter("script", "style", "noscript", "template", "head")):
        unseen.drop_tree()
    descriptions = [image.get("alt") or "" for image in tree.iter("img")]
    return set(re.findall(WORD, " ".join([*tree.itertext(), *descriptions])))


def lost_of_pages(count: int) -> dict[int, set[str]]:
    lost = {}
    for seed in range(1, count + 1):
        page = Maker(seed).page()
        try:
            article = read_page(page.encode(), "", ReadSettings())
        except ReadError:
            continue  # refused as a whole, with the reason
        if missing := visible_words(page) - words_of(article):
            lost[seed] = missing
    return lost


def lost_of_pastes(count: int) -> dict[int, set[str]]:
    lost = {}
    for seed in range(1, count + 1):
        paste = Maker(seed).paste()
        try:
            article = read_text(paste)
        except ReadError:
            continue
        if missing := set(re.findall(WORD, paste)) - words_of(article):
            lost[seed] = missing
    return lost


def test_no_word_of_a_page_is_lost() -> None:
    assert lost_of_pages(SEEDS["pages"]) == {}


def test_no_word_of_a_paste_is_lost() -> None:
    assert lost_of_pastes(SEEDS["pastes"]) == {}


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_word_of_five_thousand_pages_is_lost() -> None:
    assert lost_of_pages(FULL["pages"]) == {}


@pytest.mark.slow
def test_no_word_of_five_hundred_pastes_is_lost() -> None:
    assert lost_of_pastes(FULL["pastes"]) == {}


def test_the_account_would_find_a_word_that_is_lost() -> None:
    page = Maker(1).page()
    whole = read_page(page.encode(), "", ReadSettings())
    assert visible_words(page) - words_of(Article(whole.title, whole.blocks))


def test_front_matter_descriptions_and_unused_notes_of_markdown_are_in_the_account() -> None:
    front = "---\ntitle: الحديقة الجديدة\nlayout: قالب عريض\n---\n\n"
    text = f"{front}افتتحت البلدية الحديقة. ![قارب أزرق](a.jpg)\n\n[^2]: حاشية يتيمة\n"
    article = read_text(text)
    everything = json.dumps(asdict(article), ensure_ascii=False)
    assert [words for words in ("قالب عريض", "قارب أزرق", "حاشية يتيمة") if words not in everything] == []
    pasted = read_text("الحديقة الجديدة\n\nافتتحت البلدية الحديقة. ![قارب أزرق](a.jpg)\n")
    assert ("قارب أزرق", "a picture's description") in [(line.text, line.reason) for line in pasted.dropped]
