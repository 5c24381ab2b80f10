"""`tts-news config --example`: the file of all settings is theirs, and changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from tts_news.commands.example import describe, example
from tts_news.config import TABLES, load

Door = Callable[..., tuple[int, str, str]]


def test_the_example_names_every_setting_says_what_it_is_and_changes_nothing(tmp_path: Path) -> None:
    settings = list(describe())
    assert {one.table for one in settings} == set(TABLES)
    assert [f"{one.table}.{one.key}" for one in settings if not one.about] == []
    (tmp_path / "empty.toml").touch()
    defaults = load(tmp_path / "empty.toml", environ={})
    text = example()
    set_ = re.sub(r"^#(?=\w+ = )", "", text, flags=re.MULTILINE).partition("#[voices]")[0]
    for content, origins in ((text, 0), (set_, len(settings))):
        file = tmp_path / "tts-news.toml"
        file.write_text(content, encoding="utf-8")
        loaded = load(file, environ={})
        assert len(loaded.origins) == origins
        for table in TABLES:
            assert getattr(loaded, table) == getattr(defaults, table)


def test_the_verb_prints_it(tts_news: Door) -> None:
    assert tts_news("config", "--example") == (0, example() + "\n", "")
    code, out, _ = tts_news("config", "--example", "--json")
    assert code == 0
    assert len(json.loads(out)) == len(list(describe()))
