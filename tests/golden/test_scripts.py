"""Small articles → script JSON, reviewed by reading; `--rewrite-golden` writes them anew: read the diff.

The letters are compared, not the marks: which marks a word gets is the diacritiser's, and measured in tests/quality.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tts_news.arabic import bare
from tts_news.records import Article, Block, Casting, Heading, ListBlock, ListItem, Paragraph, Quote, Script
from tts_news.script import ScriptSettings, compose, dump_script, parse_script

HERE = Path(__file__).parent
NAMES = sorted(path.name.removesuffix(".article.json") for path in HERE.glob("*.article.json"))
CASTING = Casting("house", by_role={"quote": "second"}, max_letters={"house": 166})


def _list(data: dict[str, Any]) -> ListBlock:
    items = tuple(
        ListItem(item["title"], item["body"], _list(item["sublist"]) if "sublist" in item else None)
        for item in data["items"]
    )
    return ListBlock(data["ordered"], items, data.get("start", 1), data.get("reversed", False))


def _block(data: dict[str, Any]) -> Block:
    kind = data["kind"]
    if kind == "list":
        return _list(data)
    if kind == "heading":
        return Heading(data["text"], data["level"])
    return Quote(data["text"], data.get("cite", "")) if kind == "quote" else Paragraph(data["text"])


def article(name: str) -> Article:
    data = json.loads((HERE / f"{name}.article.json").read_text(encoding="utf-8"))
    blocks = tuple(map(_block, data.pop("blocks")))
    return Article(blocks=blocks, **{key: tuple(v) if isinstance(v, list) else v for key, v in data.items()})


def letters(script: Script) -> Script:
    """Return the script by its letters, without the blocks: those are the article's own, as the last test holds."""
    return replace(script, blocks={}, cues=tuple(replace(cue, spoken=bare(cue.spoken)) for cue in script.cues))


def check(name: str, script: Script, *, rewrite: bool) -> None:
    path = HERE / f"{name}.script.json"
    if rewrite:
        path.write_text(dump_script(replace(script, blocks={})), encoding="utf-8")
    expected = parse_script(path.read_text(encoding="utf-8"))
    assert letters(script) == letters(expected)


@pytest.mark.parametrize("name", NAMES)
def test_an_article_gives_the_script_that_was_read_and_approved(name: str, rewrite_golden: bool) -> None:
    settings = ScriptSettings(lexicon="", byline=True)
    check(name, compose([article(name)], settings, CASTING), rewrite=rewrite_golden)


def test_an_edition_of_two_articles_gives_the_script_that_was_read_and_approved(rewrite_golden: bool) -> None:
    settings = ScriptSettings(
        lexicon="", edition="نشرة المساء", opening="أهلا بكم في نشرة المساء.", closing="إلى اللقاء.", contents=True
    )
    script = compose([article("guide"), article("accident")], settings, CASTING)
    check("edition", script, rewrite=rewrite_golden)


def test_a_script_carries_the_blocks_of_its_articles_in_order() -> None:
    articles = [article("guide"), article("accident")]
    script = compose(articles, ScriptSettings(lexicon="", edition="نشرة المساء"), CASTING)
    assert list(script.blocks.values()) == [block for one in articles for block in one.blocks]
    assert parse_script(dump_script(script)).blocks == script.blocks
