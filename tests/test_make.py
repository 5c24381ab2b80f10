"""The whole way, through the door, with the tone voice: what a newsroom would do and what can go wrong with it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mutagen.id3 import ID3

EXAMPLES = Path(__file__).parents[1] / "examples"
ARTICLE = EXAMPLES / "solar-farm.txt"
BOILERPLATE = ("اظهر المزيد", "مقالات ذات صلة", "اترك تعليق", "الحقول الإلزامية", "زر الذهاب", "إغلاق", "اقتصادالطاقة")
TITLES = ("خفض كلفة الكهرباء", "توفير فرص العمل", "نقل المعرفة", "تخزين الطاقة", "شبكة النقل")
Door = Callable[..., tuple[int, str, str]]


def plain(text: str) -> str:
    return re.sub("[\u064b-\u0652]", "", text)


@pytest.fixture
def edition(tts_news: Door, tmp_path: Path) -> Path:
    code, out, _ = tts_news("make", ARTICLE, "--json", "--output", tmp_path / "out")
    assert code == 0
    return Path(json.loads(out)["edition"])


def test_one_command_makes_a_chaptered_mp3_and_prints_where_it_is(tts_news: Door, tmp_path: Path) -> None:
    code, out, err = tts_news("make", ARTICLE, "--output", tmp_path / "out")
    assert code == 0
    mp3 = Path(out.split("  ")[0])
    assert mp3.suffix == ".mp3"
    assert mp3.is_file()
    assert re.search(r"  \d+:\d\d  \d+ chapters$", out.rstrip())
    assert "speaking" in err


def test_chapters_are_headline_items_and_closing(edition: Path) -> None:
    tags = ID3(next(edition.glob("*.mp3")))
    chapters = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
    titles = [str(frame.sub_frames["TIT2"]) for frame in chapters]
    for wanted in TITLES[:3]:
        assert wanted in titles
    assert len(tags.getall("CTOC")) == 1
    assert tags.getall("CTOC")[0].child_element_ids == [frame.element_id for frame in chapters]
    assert str(tags["TLAN"]) == "ara"


def test_every_word_of_the_article_is_written_and_none_of_the_boilerplate_is_spoken(edition: Path) -> None:
    cues = json.loads((edition / "script.json").read_text(encoding="utf-8"))["cues"]
    spoken = plain(" ".join(cue["spoken"] for cue in cues))
    assert not [phrase for phrase in BOILERPLATE if phrase in spoken]
    body = ARTICLE.read_text(encoding="utf-8").split("اظهر المزيد")[0].replace("اقتصادالطاقة", "")
    written = re.sub(r"\W+", " ", " ".join(cue["written"] for cue in cues))
    lost = [word for word in re.findall(r"\w+", body) if word not in written.split() and not word.isdigit()]
    assert lost == []


def test_no_digit_reaches_the_voice(edition: Path) -> None:
    cues = json.loads((edition / "script.json").read_text(encoding="utf-8"))["cues"]
    assert not [cue["spoken"] for cue in cues if re.search(r"[0-9A-Za-z%$]", cue["spoken"])]


def test_the_ledger_knows_every_line(edition: Path) -> None:
    ledger = json.loads((edition / "episode.json").read_text(encoding="utf-8"))["ledger"]
    assert {entry["state"] for entry in ledger} == {"spoken", "skipped"}
    assert all(entry["reason"] for entry in ledger if entry["state"] == "skipped")
    assert all(entry["cue"] for entry in ledger if entry["state"] == "spoken")
    known = re.sub(r"\W+", " ", " ".join(entry["text"] for entry in ledger))
    for line in ARTICLE.read_text(encoding="utf-8").splitlines():
        for word in re.findall(r"[^\W\d]+", line):
            assert word in known


def test_the_same_command_twice_gives_the_same_bytes(tts_news: Door, tmp_path: Path) -> None:
    sounds = []
    for name in ("one", "two"):
        os.environ["TTS_NEWS_SPEAK_CACHE_DIR"] = str(tmp_path / f"takes-{name}")
        code, out, _ = tts_news("make", ARTICLE, "--json", "--output", tmp_path / name)
        assert code == 0
        sounds.append(Path(json.loads(out)["mp3"]).read_bytes())
    assert sounds[0] == sounds[1]


def test_an_edition_that_is_the_same_is_kept_unless_forced(tts_news: Door, tmp_path: Path) -> None:
    command = ("make", ARTICLE, "--output", tmp_path / "out")
    _, first, _ = tts_news(*command)
    _, again, err = tts_news(*command)
    assert again.rstrip() == f"{first.rstrip()}  (unchanged)"
    assert "mastering" not in err
    _, forced, err = tts_news(*command, "--force")
    assert forced == first
    assert "mastering" in err


def test_a_dry_run_writes_nothing(tts_news: Door, tmp_path: Path) -> None:
    code, out, _ = tts_news("make", ARTICLE, "--dry-run", "--output", tmp_path / "out")
    assert code == 0
    assert "dry run" in out
    assert not (tmp_path / "out").exists()


def test_standard_input_is_an_article_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tts_news", "make", "-", "--dry-run"],
        input=ARTICLE.read_bytes(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert "محطة" in done.stdout.decode()


def test_a_mended_script_can_be_made_into_sound(tts_news: Door, edition: Path, tmp_path: Path) -> None:
    script = json.loads((edition / "script.json").read_text(encoding="utf-8"))
    script["cues"][0]["spoken"] = "عُنْوَانٌ جَدِيدْ."
    script["cues"][0]["voice"] = ""
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")
    code, out, err = tts_news("make", mended, "--json", "--output", tmp_path / "mended")
    assert code == 0, err
    assert json.loads(out)["cues"] == len(script["cues"])


def test_several_articles_make_an_edition_each_or_one_together(tts_news: Door, tmp_path: Path) -> None:
    both = (ARTICLE, EXAMPLES / "football-final.txt")
    _, out, _ = tts_news("make", *both, "--json", "--output", tmp_path / "apart")
    assert len(out.splitlines()) == 2
    code, out, _ = tts_news("make", *both, "--json", "--edition", "نشرة الصباح", "--output", tmp_path / "together")
    assert code == 0
    (line,) = out.splitlines()
    script = json.loads((Path(json.loads(line)["edition"]) / "script.json").read_text(encoding="utf-8"))
    assert script["title"] == "نشرة الصباح"


def test_one_broken_article_does_not_stop_the_others(tts_news: Door, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"")
    code, out, err = tts_news("make", tmp_path / "broken.txt", ARTICLE, "--json", "--output", tmp_path / "out")
    assert code == 9
    assert len(out.splitlines()) == 1
    assert "broken.txt" in err


def bad_inputs(folder: Path) -> dict[str, tuple[str, int]]:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "english.txt").write_text("A story.\n\nIt holds no Arabic at all, not a word of it.\n")
    (folder / "folder").mkdir()
    return {
        "missing.txt": ("missing.txt", 3),
        "empty.txt": ("empty", 3),
        "folder": ("folder", 3),
        "binary.txt": ("binary", 3),
        "english.txt": ("Arabic", 3),
    }


def test_bad_input_is_one_line_with_a_hint_and_a_code_and_leaves_nothing(tts_news: Door, tmp_path: Path) -> None:
    for name, (said, wanted) in bad_inputs(tmp_path).items():
        code, out, err = tts_news("make", tmp_path / name, "--quiet", "--output", tmp_path / "out")
        lines = [line for line in err.splitlines() if line.startswith(("error: ", "hint: "))]
        assert code == wanted, name
        assert out == ""
        assert said in err, name
        assert [line.split(":")[0] for line in lines] == ["error", "hint"], err
        assert "Traceback" not in err
        assert not (tmp_path / "out").exists(), name


def test_an_unknown_voice_names_those_there_are(tts_news: Door, tmp_path: Path) -> None:
    code, _, err = tts_news("make", ARTICLE, "--voice", "nobody", "--output", tmp_path / "out")
    assert code == 5
    assert "nobody" in err
    assert "espeak" in err
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written_is_named(tts_news: Door, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    code, _, err = tts_news("make", ARTICLE, "--output", tmp_path / "out")
    assert code == 7
    assert str(tmp_path / "out") in err
    assert "hint: " in err


def test_a_usage_error_has_code_2(tts_news: Door) -> None:
    assert tts_news("make")[0] == 2
    assert tts_news("make", ARTICLE, "--no-such-flag")[0] == 2


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    story = ARTICLE.read_text(encoding="utf-8").split("اظهر")[0]
    (tmp_path / "long.txt").write_text(
        story + "\n\n".join(f"{story[90:400]} {n}." for n in range(60)), encoding="utf-8"
    )
    command = [sys.executable, "-m", "tts_news", "make", "long.txt", "--voice", "rawi", "--output", "out"]
    environ = {**os.environ, "TTS_NEWS_SPEAK_CACHE_DIR": str(tmp_path / "takes")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environ) as run:
        assert run.stderr is not None
        while not run.stderr.readline().startswith("speaking"):
            assert run.poll() is None
        time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        rest = run.stderr.read()
    assert run.returncode == 130
    assert "Traceback" not in rest
    assert [path for path in (tmp_path / "out").rglob("*") if path.suffix == ".mp3"] == []


def test_the_opening_names_show_edition_and_date(tts_news: Door, tmp_path: Path) -> None:
    (tmp_path / "tts-news.toml").write_text(
        '[show]\ntitle = "إذاعتنا"\n[script]\nopening = "{edition} من {show} ليوم {date}."\n', encoding="utf-8"
    )
    script = tmp_path / "script.json"
    code, _, err = tts_news("script", ARTICLE, "-o", script)
    assert code == 0, err
    first = json.loads(script.read_text(encoding="utf-8"))["cues"][0]
    assert first["role"] == "opening"
    assert "من إذاعتنا ليوم" in first["written"]


def test_markdowns_signs_are_not_part_of_the_title(tts_news: Door) -> None:
    code, out, err = tts_news("make", EXAMPLES / "book-fair.md", "--dry-run")
    assert code == 0, err
    assert out.startswith("معرض الكتاب")


def test_a_part_of_a_text_is_made_when_asked_for_and_says_that_it_is_one(tts_news: Door, tmp_path: Path) -> None:
    teaser = tmp_path / "teaser.html"
    teaser.write_text(
        "<html lang=ar><body><article><h1>سر الخلطة</h1><p>في زقاق ضيق خلف السوق يعمل عطار لا يكتب وصفاته أبدا.</p>"
        "<p>يقول إن جده أوصاه بأن يحفظ المقادير.</p><div class=paywall><p>هذا المحتوى للمشتركين فقط. اشترك الآن.</p>"
        "</div></article></body></html>",
        encoding="utf-8",
    )
    code, out, err = tts_news("make", teaser, "--output", tmp_path / "out")
    assert (code, out) == (3, "")
    assert "behind a paywall" in err
    assert not (tmp_path / "out").exists()
    code, out, _ = tts_news("make", teaser, "--parts", "--json", "--output", tmp_path / "out")
    assert code == 0
    cues = json.loads((Path(json.loads(out)["edition"]) / "script.json").read_text(encoding="utf-8"))["cues"]
    assert cues[-1]["written"] == "هذا جزء من المقال، وبقيته للمشتركين في الموقع الذي نشره."
