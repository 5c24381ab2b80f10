"""`--format` names sounds and books; what is asked for and could not be made is refused before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.cli import run
from tts_news.commands.loading import load_for_editions


@pytest.mark.parametrize(
    ("own", "asked", "books"),
    [
        (("epub",), [], ("epub",)),
        (("epub",), ["mp3", "daisy"], ("epub", "daisy")),
        ((), ["epub"], ("epub",)),
        ((), ["mp3"], ()),
        (("epub",), ["epub", "epub"], ("epub",)),
    ],
)
def test_a_book_is_added_to_those_of_the_show(
    tmp_path: Path, own: tuple[str, ...], asked: list[str], books: tuple[str, ...]
) -> None:
    (tmp_path / "t.toml").write_text(f"[publish]\nbooks = {list(own)}\n")
    assert load_for_editions(tmp_path / "t.toml", {}, None, asked, None).publish.books == books


@pytest.mark.parametrize(
    ("setting", "flags", "said"),
    [
        ('[show]\nwebsub_hub = "x"\n', [], "websub_hub"),
        ('[show]\ncover = "none.jpg"\n', [], "none.jpg"),
        ('[provenance]\ncertificate = "none.pem"\n', [], "the key is missing"),
        ("", ["--format", "opus", "--format", "daisy"], "needs the MP3"),
        ("[master]\nbitrate_kbps = {mp3 = 20}\n", [], "20 kbit/s"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], setting: str, flags: list[str], said: str
) -> None:
    (tmp_path / "t.toml").write_text(setting)
    assert run(["make", "no-such-article.md", "--config", str(tmp_path / "t.toml"), *flags]) > 0
    assert said in capfd.readouterr().err
