"""Offline means offline with the extras as well: an HTS voice speaks, and a recogniser in a folder listens.

A cluster is left out: its processes talk to each other, and Ray looks for a cloud around it when it starts one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyopenjtalk
import pytest
from offline.tracing import Trace, environment, namespace, read_trace, strace

TTS_NEWS = ("-m", "tts_news")
SPEAK = """
from pathlib import Path
from tts_news.records import Utterance
from tts_news.speak import catalogue
from tts_news.speak.hts import HtsEngine

assert len(HtsEngine(catalogue.load(Path("mei/voice.toml"))).speak(Utterance("c1", "نَعَمْ.")).samples)
"""
ARTICLE = "افتتاح محطة جديدة\n\nافتتح وزير الطاقة أمس محطة جديدة في جنوب البلاد.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "tmp").mkdir(parents=True)
    (tmp_path / "output").mkdir()
    return tmp_path / "home"


def traced(home: Path, *command: str, loaded: str = "onnxruntime") -> Trace:
    log = home / "tmp" / "trace"
    run = subprocess.run(
        [*namespace(), *strace(log), sys.executable, *command],
        cwd=home.parent,
        env=environment(home),
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return read_trace(log, home.parent, loaded)


def only_ours(trace: Trace, home: Path) -> None:
    assert trace.reached() == []
    assert trace.wrote(home / ".cache" / "tts-news", home / "tmp", home.parent / "output") == []


def test_an_hts_voice_reaches_nobody(home: Path) -> None:
    voice = home.parent / "mei"  # a Japanese one, which the package carries
    voice.mkdir(parents=True)
    shutil.copy(Path(pyopenjtalk.__file__).parent / "htsvoice" / "mei_normal.htsvoice", voice)
    (voice / "voice.toml").write_text(
        'engine = "hts"\nlanguage = "ja"\nlicence = "x"\nfiles = ["mei_normal.htsvoice"]\n'
    )
    only_ours(traced(home, "-c", SPEAK, loaded="pyopenjtalk"), home)


def test_a_recogniser_in_a_folder_reaches_nobody(home: Path, whisper: Path) -> None:
    model = home.parent / "whisper-base"
    shutil.copytree(whisper, model)
    (home.parent / "article.txt").write_text(ARTICLE, encoding="utf-8")
    only_ours(traced(home, *TTS_NEWS, "make", "article.txt"), home)
    (edition,) = (home.parent / "output").glob("*/episode.json")
    only_ours(traced(home, *TTS_NEWS, "verify", str(edition.parent), "--model", str(model), loaded="ctranslate2"), home)
