"""The whole way, through the door, with the tone voice: what a newsroom would do and what can go wrong with it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3

from tests.read.server import answer, serve
from tests.read.test_feeds import item, rss
from tests.read.test_identity import POST, page
from tts_news.records import DISCLOSURE

EXAMPLES = Path(__file__).parents[1] / "examples"
ARTICLE = EXAMPLES / "solar-farm.txt"
BOILERPLATE = ("اظهر المزيد", "مقالات ذات صلة", "اترك تعليق", "الحقول الإلزامية", "زر الذهاب", "إغلاق", "اقتصادالطاقة")
TITLES = ("خفض كلفة الكهرباء", "توفير فرص العمل", "نقل المعرفة", "تخزين الطاقة", "شبكة النقل")
Door = Callable[..., tuple[int, str, str]]


def plain(text: str) -> str:
    return re.sub("[\u064b-\u0652]", "", text)


HARBOUR = "# رصيف جديد في الميناء\n\nافتتحت البلدية صباح اليوم رصيفا جديدا في الميناء القديم.\n\n{}\n"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A short article, where what it says is not the point."""
    path = tmp_path / "harbour.md"
    path.write_text(HARBOUR.format("وحضر الحفل 300 شخص."), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The sample's sound, made in a process of its own; what that printed, and told."""
    folder = tmp_path_factory.mktemp("sample")
    voice = {"VOICE": "tone", "VOICES_DIR": str(Path(__file__).parent / "voices"), "CACHE_DIR": str(folder / "takes")}
    run = subprocess.run(
        [sys.executable, "-m", "tts_news", "make", ARTICLE, "--verbose", "--output", "out"],
        cwd=folder,
        env={**os.environ, **{f"TTS_NEWS_SPEAK_{name}": value for name, value in voice.items()}},
        capture_output=True,
        check=True,
        text=True,
    )
    return folder / run.stdout.split("  ")[0], run.stdout, run.stderr


@pytest.fixture(scope="module")
def edition(made: tuple[Path, str, str]) -> Path:
    """The sample's edition, to be looked at."""
    return made[0].parent


def test_one_command_makes_a_chaptered_mp3_and_prints_where_it_is(made: tuple[Path, str, str]) -> None:
    mp3, out, err = made
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


def test_the_same_command_twice_gives_the_same_bytes(tts_news: Door, tmp_path: Path, harbour: Path) -> None:
    sounds = []
    for name in ("one", "two"):
        os.environ["TTS_NEWS_SPEAK_CACHE_DIR"] = str(tmp_path / f"takes-{name}")
        code, out, _ = tts_news("make", harbour, "--json", "--output", tmp_path / name)
        assert code == 0
        sounds.append(Path(json.loads(out)["mp3"]).read_bytes())
    assert sounds[0] == sounds[1]


def test_an_edition_that_is_the_same_is_kept_unless_forced(tts_news: Door, tmp_path: Path, harbour: Path) -> None:
    command = ("make", harbour, "--verbose", "--output", tmp_path / "out")
    _, first, _ = tts_news(*command)
    _, again, err = tts_news(*command)
    assert again.rstrip() == f"{first.rstrip()}  (unchanged)"
    assert "mastering" not in err
    _, forced, err = tts_news(*command, "--force")
    assert forced == first
    assert "mastering" in err


def test_a_dry_run_says_what_a_server_would_be_sent_and_what_that_costs(
    tts_news: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "voices" / "far").mkdir(parents=True)
    (tmp_path / "voices" / "far" / "voice.toml").write_text('engine = "openai"\nlicence = "x"\nprice = 10000\n')
    monkeypatch.setenv("TTS_NEWS_SPEAK_VOICES_DIR", str(tmp_path / "voices"))
    code, out, _ = tts_news("make", ARTICLE, "--dry-run", "--voice", "far")
    assert code == 0
    found = re.search(r"([\d,]+) characters at most to far  ≈ ([\d.]+)", out)
    assert found
    assert float(found[2]) == pytest.approx(int(found[1].replace(",", "")) / 100, abs=0.01)


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


def test_a_mended_script_can_be_made_into_sound(tts_news: Door, harbour: Path, tmp_path: Path) -> None:
    _, out, _ = tts_news("make", harbour, "--json", "--output", tmp_path / "out")
    edition = Path(json.loads(out)["edition"])
    script = json.loads((edition / "script.json").read_text(encoding="utf-8"))
    script["cues"][0]["spoken"] = "عُنْوَانٌ جَدِيدْ."
    script["cues"][0]["voice"] = ""
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")
    code, out, err = tts_news("make", mended, "--json", "--output", tmp_path / "mended")
    assert code == 0, err
    assert json.loads(out)["cues"] == len(script["cues"])


def test_several_articles_make_an_edition_each_or_one_together(tts_news: Door, harbour: Path, tmp_path: Path) -> None:
    (tmp_path / "bridge.md").write_text("# جسر جديد على النهر\n\nيربط الجسر بين ضفتي المدينة.\n", encoding="utf-8")
    both = (harbour, tmp_path / "bridge.md")
    _, out, _ = tts_news("make", *both, "--json", "--output", tmp_path / "apart")
    assert len(out.splitlines()) == 2
    code, out, _ = tts_news("make", *both, "--json", "--edition", "نشرة الصباح", "--output", tmp_path / "together")
    assert code == 0
    (line,) = out.splitlines()
    script = json.loads((Path(json.loads(line)["edition"]) / "script.json").read_text(encoding="utf-8"))
    assert script["title"] == "نشرة الصباح"


def test_one_broken_article_does_not_stop_the_others(tts_news: Door, harbour: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"")
    code, out, err = tts_news("make", tmp_path / "broken.txt", harbour, "--json", "--output", tmp_path / "out")
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


def test_a_json_file_of_any_size_is_refused_without_being_held(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.write(b'{"cues": [')
        file.truncate(6_000_000_000)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000,) * 2);"
        "from tts_news.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "make", "--dry-run", large]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (run.returncode, "Traceback" in run.stderr) == (3, False), run.stderr
    assert "larger than" in run.stderr


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


@pytest.mark.parametrize("target", ["out", "nowhere"])
def test_an_output_that_is_a_link_to_itself_or_nowhere_is_named(tts_news: Door, tmp_path: Path, target: str) -> None:
    (tmp_path / "out").symlink_to(target)
    code, _, err = tts_news("make", ARTICLE, "--output", tmp_path / "out")
    assert (code, err.count("\n")) == (7, 2)
    assert err.startswith(f"error: cannot write {tmp_path / 'out'}")


def test_a_usage_error_has_code_2(tts_news: Door) -> None:
    assert tts_news("make")[0] == 2
    assert tts_news("make", ARTICLE, "--no-such-flag")[0] == 2


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    story = ARTICLE.read_text(encoding="utf-8").split("اظهر")[0]
    (tmp_path / "long.txt").write_text(story + "\n\n".join(f"{story[90:400]} {n}." for n in range(6)), encoding="utf-8")
    # Whoever runs the tests in the background has SIGINT ignored, and children inherit that.
    door = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); import tts_news.cli as door"
    begin = [sys.executable, "-c", f"{door}; sys.exit(door.main())"]
    command = [*begin, "make", "long.txt", "--verbose", "--voice", "rawi", "--output", "out"]
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
    said = [cue["written"] for cue in cues[-2:]]
    assert said == ["هذا جزء من المقال، وبقيته للمشتركين في الموقع الذي نشره.", DISCLOSURE]


# ── whose an edition is ──────────────────────────────────────────────────────────────────────────────────────────


def published(output: Path) -> list[dict[str, Any]]:
    """Return the manifests of a show, oldest folder first."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(output.glob("*/episode.json"))]


def test_two_files_of_one_title_and_day_are_two_editions_unless_one_replaces_the_other(
    tts_news: Door, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("one.md", "other.md", "third.md")]
    for number, path in enumerate(paths):
        path.write_text(HARBOUR.format(f"هذا هو النص رقم {number}."), encoding="utf-8")
    for path in paths[:2]:
        assert tts_news("make", path, "--output", tmp_path / "out")[0] == 0
    first, second = published(tmp_path / "out")
    assert (first["revision"], second["revision"]) == (0, 0)
    assert first["guid"] != second["guid"]
    code, out, err = tts_news("make", paths[2], "--json", "--output", tmp_path / "out", "--replaces", first["guid"])
    assert code == 0, err
    replaced = {episode["guid"]: episode for episode in published(tmp_path / "out")}
    assert replaced.keys() == {first["guid"], second["guid"]}
    assert replaced[first["guid"]]["revision"] == 1
    assert replaced[second["guid"]] == second
    assert "رقم 2" in str(replaced[first["guid"]]["ledger"])
    code, again, _ = tts_news("make", paths[2], "--output", tmp_path / "out")
    assert "(unchanged)" in again
    assert Path(json.loads(out)["edition"]).name in again


def test_a_file_that_was_corrected_keeps_its_edition_from_wherever_it_is_named(
    tts_news: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "texts").mkdir()
    path = tmp_path / "texts" / "one.md"
    path.write_text(HARBOUR.format("نص."), encoding="utf-8")
    tts_news("make", path, "--output", tmp_path / "out")
    path.write_text(HARBOUR.format("نص مصحح."), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "texts")
    assert tts_news("make", "../texts/one.md", "--output", "../out")[0] == 0
    (episode,) = published(tmp_path / "out")
    assert episode["revision"] == 1
    assert str(tmp_path) not in json.dumps(episode)


def test_a_mended_script_keeps_its_edition_whatever_it_is_called_now(tts_news: Door, tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text(HARBOUR.format("نص."), encoding="utf-8")
    _, out, _ = tts_news("make", path, "--json", "--output", tmp_path / "out")
    saved = Path(json.loads(out)["edition"]) / "script.json"
    script = json.loads(saved.read_text(encoding="utf-8"))
    script["title"] = "عنوان جديد"
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")
    code, again, err = tts_news("make", mended, "--json", "--output", tmp_path / "out")
    assert code == 0, err
    assert json.loads(again)["edition"] == json.loads(out)["edition"]
    (episode,) = published(tmp_path / "out")
    assert (episode["title"], episode["revision"]) == ("عنوان جديد", 0)


def test_a_bulletin_of_one_title_and_day_is_one_edition(tts_news: Door, tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    for text in ("نص.", "نص آخر."):
        path.write_text(HARBOUR.format(text), encoding="utf-8")
        assert tts_news("make", path, "--edition", "نشرة", "--output", tmp_path / "out")[0] == 0
    assert tts_news("make", path, "--output", tmp_path / "out")[0] == 0
    bulletin, article = sorted(published(tmp_path / "out"), key=lambda episode: bool(episode["title"] != "نشرة"))
    assert (bulletin["identity"]["kind"], bulletin["revision"]) == ("bulletin", 1)
    assert (article["identity"]["kind"], article["revision"]) == ("file", 0)
    assert bulletin["sources"][0]["identity"] == article["identity"]


def test_what_cannot_be_replaced_is_said_before_anything_is_spoken(tts_news: Door, tmp_path: Path) -> None:
    both = (ARTICLE, EXAMPLES / "football-final.txt")
    (tmp_path / "out").mkdir()
    code, _, err = tts_news("make", ARTICLE, "--output", tmp_path / "out", "--replaces", "no-such")
    assert code == 7
    assert "no-such" in err
    code, _, err = tts_news("make", *both, "--output", tmp_path / "out", "--replaces", "x")
    assert code == 2
    assert "one article" in err
    code, _, err = tts_news("make", ARTICLE, "--output", tmp_path / "out", "--replaces", "x", "--replaces", "y")
    assert code == 2
    assert "one edition" in err
    assert "speaking" not in err
    assert not published(tmp_path / "out")


def test_a_clients_text_corrects_no_sites_article(tts_news: Door, tmp_path: Path) -> None:
    link = "https://city.example/news/harbour"
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item("خبر", "09 Jan 2022 08:00:00 +0000", link=link)), encoding="utf-8")
    assert tts_news("make", feed, "--output", tmp_path / "out")[0] == 0
    (first,) = published(tmp_path / "out")
    command = [sys.executable, "-m", "tts_news", "make", "--quiet", "--output", str(tmp_path / "out"), "-"]
    sent = json.dumps([POST], ensure_ascii=False).encode()  # what a job's client may send; the job is this command
    subprocess.run(command, input=sent, check=True, cwd=tmp_path, capture_output=True)
    kept = {episode["guid"]: episode for episode in published(tmp_path / "out")}
    assert len(kept) == 2
    assert kept[first["guid"]] == first


def test_user_names_and_passwords_are_in_nothing_that_is_published(tts_news: Door, tmp_path: Path) -> None:
    with serve(lambda _request, send: send(answer(page(""), Content_Type="text/html"))) as server:
        url = server.url.replace("://", "://ali:hush%21secret@")
        for edition in ("", "نشرة"):
            flags = ["--allow-private", "--on-unreadable", "skip", "--output", tmp_path / "out", "--edition", edition]
            code, out, err = tts_news("make", f"{url}/a", *flags)
            assert code == 0, err
            assert "hush" not in out + err
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(files) > 20
    unpacked = [data for path in files for data in _contents(path)]
    assert server.url.encode() in b"".join(unpacked)
    assert not [data for data in unpacked if b"hush" in data or b"h\0u\0s\0h" in data or b"\0h\0u\0s\0h" in data]


def _contents(path: Path) -> list[bytes]:
    """Return what a file holds, and what the files in an archive hold."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]
