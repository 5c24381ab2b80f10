"""The real recogniser: whisper-base, from two packages, listens to an edition that the house voice has read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tts_news.cli import run

ARTICLE = (
    "افتتاح محطة جديدة للطاقة الشمسية\n\n"
    "افتتح وزير الطاقة أمس محطة جديدة لتوليد الكهرباء من أشعة الشمس في جنوب البلاد.\n\n"
    "وقال الوزير إن المشروع يوفر فرص عمل كثيرة لأبناء المنطقة.\n"
)
OTHER = "أعلنت لجنة التحكيم أسماء الفائزين بجوائز مهرجان السينما الدولي"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    assert run(["make", str(folder / "article.txt"), "--voice", "rawi", "--output", str(folder / "out")]) == 0
    return next((folder / "out").glob("*/episode.json")).parent


def test_the_words_of_an_edition_are_heard(edition: Path, whisper: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(edition), "--model", str(whisper), "--json", "--limit", "0.5"]) == 0
    passages = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert len(passages) >= 3
    # Whisper-base mishears a word in five of any Arabic voice; most of the words are there all the same.
    assert sum(one["errors"] for one in passages) < 0.5 * sum(one["words"] for one in passages)
    assert "الوزير" in " ".join(one["heard"] for one in passages)


def test_a_transcript_that_says_something_else_stands_out(
    edition: Path, whisper: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    transcript = edition / "transcript.json"
    whole = transcript.read_text(encoding="utf-8")
    changed = json.loads(whole)
    said = [one for one in changed["segments"] if "فرص" in one["body"]]
    for one in changed["segments"]:
        if one in said:
            one["body"] = OTHER
    transcript.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    try:
        run(["verify", str(edition), "--model", str(whisper), "--json"])
    finally:
        transcript.write_text(whole, encoding="utf-8")
    passages = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    worst = max(passages, key=lambda one: one["error_rate"])
    assert OTHER in worst["written"]


def test_an_edition_above_the_limit_fails(edition: Path, whisper: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(edition), "--model", str(whisper), "--limit", "0"]) == 7
    assert "is above 0.0%" in capfd.readouterr().err


@pytest.mark.parametrize("fault", ["empty", "truncated"])
def test_a_model_that_cannot_be_loaded_is_named(
    edition: Path, whisper: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], fault: str
) -> None:
    if fault == "truncated":
        for file in whisper.iterdir():
            (tmp_path / file.name).write_bytes(file.read_bytes()[:10_000])
    assert run(["verify", str(edition), "--model", str(tmp_path)]) == 5
    assert f"error: the Whisper model {tmp_path} cannot be loaded" in capfd.readouterr().err
