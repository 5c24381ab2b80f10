"""`tts-news say` and `tts-news phonemes`, through the door."""

from __future__ import annotations

import io
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import mutagen
import numpy as np
import pytest
from master.listening import decode

Run = Callable[..., tuple[int, str, str]]
TEXT = "وَصَلَ الْوَزِيرُ إِلَى بَيْرُوتَ."


class Stdin(io.TextIOWrapper):
    """Stdin that holds given bytes."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


def length_s(path: Path) -> float:
    with wave.open(str(path)) as sound:
        assert sound.getnchannels() == 1
        assert sound.getsampwidth() == 2
        return sound.getnframes() / sound.getframerate()


def test_a_text_becomes_a_wav_file(tts_news: Run, tmp_path: Path) -> None:
    code, out, err = tts_news("say", TEXT, "-o", tmp_path / "a.wav")
    assert (code, out, err) == (0, "", "")
    assert length_s(tmp_path / "a.wav") > 0.5
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


@pytest.mark.parametrize("line", ["* * *", "😀", "|---|---|", "()"])
def test_a_line_of_signs_alone_is_a_short_silence(tts_news: Run, tmp_path: Path, line: str) -> None:
    code, out, err = tts_news("say", line, "-o", tmp_path / "a.wav")
    assert (code, out, err) == (0, "", "")
    with wave.open(str(tmp_path / "a.wav")) as sound:
        frames = sound.readframes(sound.getnframes())
    assert 0.1 < length_s(tmp_path / "a.wav") < 0.6
    assert not any(frames)


@pytest.mark.parametrize("form", ["mp3", "m4a", "opus", "flac"])
def test_the_suffix_names_the_format(tts_news: Run, tmp_path: Path, form: str) -> None:
    assert tts_news("say", TEXT, "-o", tmp_path / "a.wav")[0] == 0
    code, out, err = tts_news("say", TEXT, "-o", tmp_path / f"a.{form}")
    assert (code, out, err) == (0, "", "")
    heard = mutagen.File(tmp_path / f"a.{form}")
    assert type(heard).__name__ == {"mp3": "MP3", "m4a": "MP4", "opus": "OggOpus", "flac": "FLAC"}[form]
    assert heard.info.length == pytest.approx(length_s(tmp_path / "a.wav"), abs=0.08)
    assert "صوت مولَّد آليًّا" in str(heard.tags)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.wav", f"a.{form}"])


def test_a_voice_is_as_loud_in_an_mp3_as_in_a_wav(tts_news: Run, tmp_path: Path) -> None:
    for form in ("wav", "mp3"):
        assert tts_news("say", TEXT, "-o", tmp_path / f"a.{form}", "--voice", "rawi")[0] == 0
    loud = [np.sqrt(np.mean(decode(tmp_path / f"a.{form}") ** 2)) for form in ("wav", "mp3")]
    assert 20 * np.log10(loud[1] / loud[0]) == pytest.approx(0, abs=0.15)


def test_the_house_voice_says_it_with_numbers_and_without_marks(tts_news: Run, tmp_path: Path) -> None:
    code, _, err = tts_news("say", "فاز الفريق بـ3 أهداف في 2024", "-o", tmp_path / "a.wav", "--voice", "rawi")
    assert (code, err) == (0, "")
    assert 2 < length_s(tmp_path / "a.wav") < 8


def test_speed_shortens_it(tts_news: Run, tmp_path: Path) -> None:
    for name, speed in (("one", 1), ("two", 2)):
        assert tts_news("say", TEXT, "-o", tmp_path / f"{name}.wav", "--voice", "rawi", "--speed", speed)[0] == 0
    assert length_s(tmp_path / "two.wav") == pytest.approx(length_s(tmp_path / "one.wav") / 2, rel=0.15)


def test_pitch_changes_the_sound_and_not_its_length(tts_news: Run, tmp_path: Path) -> None:
    for name, pitch in (("one", 1), ("two", 1.2)):
        assert tts_news("say", TEXT, "-o", tmp_path / f"{name}.wav", "--voice", "rawi", "--pitch", pitch)[0] == 0
    assert length_s(tmp_path / "one.wav") == length_s(tmp_path / "two.wav")
    assert (tmp_path / "one.wav").read_bytes() != (tmp_path / "two.wav").read_bytes()


def test_stdin_is_read_and_its_lines_are_joined(tts_news: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(f"{TEXT}\n\n{TEXT}\n".encode()))
    assert tts_news("say", "-", "-o", tmp_path / "two.wav")[0] == 0
    assert tts_news("say", TEXT, "-o", tmp_path / "one.wav")[0] == 0
    one = length_s(tmp_path / "one.wav")
    assert length_s(tmp_path / "two.wav") == pytest.approx(2 * one + 0.6, abs=0.05)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((TEXT, "-o", "a.ogg"), 2),
        ((TEXT, "-o", "a"), 2),
        ((TEXT, "-o", "missing/a.mp3"), 5),
        (("  ", "-o", "a.wav"), 2),
        ((TEXT, "-o", "a.wav", "--speed", "9"), 2),
        ((TEXT, "-o", "missing/a.wav"), 5),
        ((TEXT, "-o", "a.wav", "--voice", "nobody"), 5),
    ],
)
def test_what_cannot_be_said_fails_and_leaves_no_file(
    tts_news: Run, tmp_path: Path, args: tuple[str, ...], code: int
) -> None:
    assert tts_news("say", *args)[0] == code
    assert list(tmp_path.iterdir()) == []


def test_phonemes_answers_a_line_for_a_line(tts_news: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin("فِي الصِّينِ\n\nقَالَ\n".encode()))
    assert tts_news("phonemes") == (0, "f i + SS ii n i\n\nq aa l a\n", "")


def test_phonemes_names_the_line_and_the_letter(tts_news: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin("قَالَ\nكتب\n".encode()))
    code, out, err = tts_news("phonemes")
    assert (code, out) == (5, "q aa l a\n")
    assert "line 2" in err
    assert "'ك'" in err
    assert "hint:" in err


def test_the_first_line_is_heard_before_the_second_is_written(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from tts_news.cli import main; main()", "say", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=tmp_path) as said:
        assert said.stdin is not None
        assert said.stdout is not None
        assert said.stderr is not None
        said.stdin.write(f"{TEXT}\n".encode())
        said.stdin.flush()
        assert said.stdout.read(4) == b"RIFF"
        assert len(said.stdout.read(20_000)) == 20_000
        said.stdin.write("وَصَلَ".encode("utf-16") + b"\n")
        said.stdin.close()
        rest = said.stdout.read()
        assert said.wait() == 2
        assert b"stdin is not UTF-8" in said.stderr.read()
    assert len(rest) > 1000
