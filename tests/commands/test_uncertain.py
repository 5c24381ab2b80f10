"""`tts-news script --uncertain`: the least sure first, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

TEXT = "زيارة الوفد\n\nزار الوفد مدينة تشيهواهوا وأقام فيها أيامًا.\n\nقال الوزير إن العمل بدأ.\n"
Call = Callable[..., tuple[int, str, str]]


def test_the_least_sure_comes_first_and_says_why(tts_news: Call, tmp_path: Path) -> None:
    (tmp_path / "خبر.txt").write_text(TEXT, encoding="utf-8")
    code, out, _ = tts_news("script", "--uncertain", "--json", "--quiet", "خبر.txt")
    cues = json.loads(out)["cues"]
    assert code == 0
    assert cues == sorted(cues, key=lambda cue: -cue["unsure"])
    assert "تشيهواهوا" in cues[0]["written"]
    assert "unknown" in cues[0]["doubts"]
    assert cues[0]["words"][0]["chance"] > 0.1
    code, out, _ = tts_news("script", "--uncertain", "--quiet", "خبر.txt")
    assert (code, out.index("تشيهواهوا") > 0) == (0, True)
    assert "a name or word no table knows" in out


def test_a_saved_script_does_not_know_and_nothing_is_saved(tts_news: Call, tmp_path: Path) -> None:
    (tmp_path / "خبر.txt").write_text(TEXT, encoding="utf-8")
    assert tts_news("script", "--uncertain", "خبر.txt", "-o", "s.json")[0] == 2
    assert tts_news("script", "خبر.txt", "-o", "s.json", "--quiet")[0] == 0
    code, _, err = tts_news("script", "--uncertain", "s.json", "--quiet")
    assert (code, "name the article itself" in err) == (2, True)
