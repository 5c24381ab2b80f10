"""The house voice sounds the same under the oldest onnxruntime we allow and under the one that is installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[3]
LARGEST_DIFFERENCE = 1e-4
SENTENCES = (
    "نَعَمْ.",
    "أَعْلَنَتِ الْوِزَارَةُ، الْيَوْمَ، خُطَّةً جَدِيدَةً لِلطَّاقَةِ الشَّمْسِيَّةِ.",
    "هَلْ وَصَلَ الْوَزِيرُ إِلَى بَيْرُوتَ؟",
    "قَالَ الْمُتَحَدِّثُ: إِنَّ الْمَدْرَسَةَ تَتَّسِعُ لِسِتِّمِئَةِ طَالِبٍ وَطَالِبَةٍ، وَإِنَّهَا سَتُفْتَحُ قَرِيبًا!",
    "ارْتَفَعَتْ أَسْعَارُ النِّفْطِ فِي الْأَسْوَاقِ الْعَالَمِيَّةِ بَعْدَ قَرَارِ خَفْضِ الْإِنْتَاجِ.",
    "حَذَّرَتِ الْأَرْصَادُ الْجَوِّيَّةُ مِنْ أَمْطَارٍ غَزِيرَةٍ وَرِيَاحٍ قَوِيَّةٍ فِي الْمَنَاطِقِ السَّاحِلِيَّةِ.",
)
SPEAK = """
import sys
import numpy as np
import onnxruntime
from tts_news.records import Utterance
from tts_news.speak import catalogue
from tts_news.speak.house import HouseEngine
from tts_news.speak.settings import SpeakSettings

folder, *sentences = sys.argv[1:]
engine = HouseEngine(catalogue.find(SpeakSettings())["rawi"])
speeds = (1.0, 2.0)
takes = [engine.speak(Utterance(f"c{n}", text, speed=s)).samples for n, text in enumerate(sentences) for s in speeds]
np.savez(f"{folder}/{onnxruntime.__version__}.npz", *takes)
print(onnxruntime.__version__)
"""


def oldest_allowed() -> str:
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    bound = next(found for need in needs if (found := re.match(r"onnxruntime>=([0-9.]+)", need)))
    return f"{bound[1]}.0" if bound[1].count(".") == 1 else bound[1]


def speak(folder: Path, packages: str) -> list[np.ndarray]:
    environment = {**os.environ, "PYTHONPATH": packages}
    command = [sys.executable, "-c", SPEAK, str(folder), *SENTENCES]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with np.load(folder / f"{done.stdout.strip()}.npz") as takes:
        return list(takes.values())


@pytest.fixture(scope="module")
def oldest(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    version, place = oldest_allowed(), str(tmp_path_factory.mktemp("onnxruntime"))
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        place,
        f"onnxruntime=={version}",
    ]
    subprocess.run(command, check=True)
    return version, place


def test_samples_differ_by_no_more_than_a_ten_thousandth(oldest: tuple[str, str], tmp_path: Path) -> None:
    version, place = oldest
    inherited = os.environ.get("PYTHONPATH", "")
    new, old = speak(tmp_path, inherited), speak(tmp_path, os.pathsep.join(filter(None, (place, inherited))))
    versions = {path.stem for path in tmp_path.glob("*.npz")}
    assert version in versions
    assert len(versions) == 2, "the installed onnxruntime is the oldest allowed: nothing was compared"
    assert [len(take) for take in new] == [len(take) for take in old]
    differences = [float(np.abs(a - b).max()) for a, b in zip(new, old, strict=True)]
    assert max(differences) <= LARGEST_DIFFERENCE, differences
