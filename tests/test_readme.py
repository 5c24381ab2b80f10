"""The two READMEs say the same, and what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    "coqui-tts": "TTS",
    "piper-tts": "piper",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
    "Ray": "ray",
    "sherpa-onnx": "sherpa_onnx",
}


def commands(text: str) -> list[str]:
    """Return the lines of the code blocks, without comments."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = (re.sub(r"(^|\s+)#(?![0-9a-f]{6}).*", "", line).strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line]


def links(text: str) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("README")]


@pytest.fixture(scope="module")
def readmes() -> tuple[str, str]:
    english, arabic = (ROOT / name for name in ("README.md", "README.ar.md"))
    return english.read_text(encoding="utf-8"), arabic.read_text(encoding="utf-8")


def test_both_have_the_same_commands_and_links(readmes: tuple[str, str]) -> None:
    english, arabic = readmes
    assert commands(english) == commands(arabic)
    assert links(english) == links(arabic)
    assert len(commands(english)) > 30


def test_every_link_leads_somewhere(readmes: tuple[str, str]) -> None:
    assert [link for link in links(readmes[0]) if not (ROOT / link).exists()] == []


def test_each_library_named_is_imported_in_the_file_named(readmes: tuple[str, str]) -> None:
    rows = re.findall(r"^\| ([\w-]+) \| [^|]+ \| (\[.*\)) \|$", readmes[0], re.MULTILINE)
    assert {"coqui-tts", "pydub", "num2words", "typer"} <= {name for name, _ in rows}
    for name, places in rows:
        module = MODULES.get(name, name)
        for place in links(places):
            text = (ROOT / place).read_text(encoding="utf-8")
            assert re.search(rf"^\s*(?:import|from) {module}\b", text, re.MULTILINE), (name, place)


def test_no_text_sends_anybody_to_an_index_that_does_not_have_us() -> None:
    named = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("voices/*/README.md")]
    assert [str(path) for path in named if re.search(r"pip install ['\"]?tts-news", path.read_text("utf-8"))] == []
    for path in ROOT.glob("tts_news/**/*.py"):
        assert not re.search(r"pip install ['\"]?tts-news", path.read_text("utf-8")), path
