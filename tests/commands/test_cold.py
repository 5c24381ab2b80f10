"""What a command that says one sentence loads and compiles: counted, so that the next version starts as quickly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COUNTING = """
import json, sys
from re import _compiler
from tts_news import patterns
compiled = []
compile_ = _compiler.compile

def noting(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] in ("re", "__main__", patterns.__name__):
        frame = frame.f_back
    if frame.f_globals["__name__"].startswith("tts_news"):
        compiled.append(len(pattern))
    return compile_(pattern, flags)

_compiler.compile = noting
from tts_news import compiled as kept
kept.Programs.compile = lambda self, pattern, flags: sys.modules["re"].compile(pattern, flags)
from tts_news.cli import run
found = []
for text in ("قال الرئيس إن الاجتماع سيعقد غدا في القاهرة.", "قال الوزير إن 25 شخصا حضروا."):
    assert run(["say", text, "-o", "a.wav"]) == 0
    found.append({"patterns": len(compiled), "letters": sum(compiled), "modules": sorted(sys.modules)})
print(json.dumps(found))
"""
NOT_FOR_A_SENTENCE = (
    *("typer", "pydantic", "annotated_types", "tts_news.records", "tts_news.parser", "tts_news.server.settings"),
    *("tts_news.publish.settings", "tts_news.read.settings", "importlib.metadata"),
    *("statistics", "email"),
    *("tts_news.read.inputs", "tts_news.script.composition", "tts_news.master.encoder"),
    *("tts_news.publish.edition", "tts_news.commands.make", "num2words", "lxml", "httpx", "PIL", "rich"),
)


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """The counts after a sentence without a number, and after one with a number."""
    folder = tmp_path_factory.mktemp("cold")
    voices = Path(__file__).parents[1] / "voices"
    (folder / "tts-news.toml").write_text(f"[speak]\nvoice = 'tone'\nvoices_dir = '{voices}'\n")
    own = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    counting = [sys.executable, "-c", COUNTING]
    for _ in range(2):  # the first keeps what it works out
        done = subprocess.run(counting, capture_output=True, text=True, check=True, cwd=folder, env=own)
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_a_sentence_without_a_number_compiles_few_patterns(cold: list[dict[str, object]]) -> None:
    assert cold[0]["patterns"] <= 70
    assert cold[0]["letters"] <= 4_000


def test_a_number_compiles_its_own_and_the_words_of_its_text(cold: list[dict[str, object]]) -> None:
    assert cold[1]["patterns"] <= 130
    assert cold[1]["letters"] <= 35_000
    assert "num2words" not in cold[1]["modules"]  # type: ignore[operator] - what it says of a group is kept


def test_a_sentence_loads_nothing_of_other_rooms(cold: list[dict[str, object]]) -> None:
    assert not [name for name in NOT_FOR_A_SENTENCE if name in cold[0]["modules"]]  # type: ignore[operator]


def test_the_settings_of_a_show_load_no_records() -> None:
    code = "import sys, tts_news.publish.settings; sys.exit('tts_news.records' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_term_is_added_without_the_parser(tmp_path: Path) -> None:
    code = (
        "import sys; from tts_news.cli import run; run(['lexicon', 'add', 'XQ', 'إِكْس'])\n"
        "sys.exit(' '.join({'typer', 'pydantic', 'numpy', 'email'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stderr.strip() == ""
    assert "1 added" in done.stdout
    assert 'written = "XQ"' in (tmp_path / "lexicon.toml").read_text(encoding="utf-8")
