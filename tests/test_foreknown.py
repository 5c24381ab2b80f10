"""What decides an edition is in the key by which it is known beforehand; what is not plain or whole is not known."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tts_news import foreknown, pipeline, publish
from tts_news.cli import run
from tts_news.commands.loading import load_for_editions
from tts_news.commands.outcomes import facts_of, outcome_of
from tts_news.commands.remaking import tell_unchanged
from tts_news.config import Config
from tts_news.errors import PublishError
from tts_news.files import open_database
from tts_news.foreknown import foresee, key_of, unchanged
from tts_news.mending import Mended
from tts_news.orders import Edition, Order, Silent
from tts_news.publish.catalogue import CATALOGUE, open_catalogue
from tts_news.publish.manifest import dump_episode
from tts_news.records import Article, Identity
from tts_news.script.serial import parse_script

VOICES = Path(__file__).parent / "voices"
TEXT = "# رصيف جديد\n\nافتتحت البلدية رصيفا جديدا.\n"
SETTINGS = f"""
[show]
base_url = "https://press.example/"
email = "press@press.example"
[speak]
voice = "tone"
voices_dir = "{VOICES}"
[publish]
books = []
"""
FILES = (
    *("script.lexicon", "script.corrections", "show.cover", "provenance.certificate", "provenance.key"),
    *("master.intro", "master.outro", "master.separator", "master.bed"),
)
Door = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of one article; nobody changes it."""
    folder = tmp_path_factory.mktemp("known")
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    (folder / "tts-news.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        here.setenv("TTS_NEWS_SPEAK_CACHE_DIR", str(folder / "takes"))
        assert run(["make", "a.md", "--output", "out"]) == 0
    (manifest,) = folder.glob("out/*/episode.json")
    os.utime(manifest, ns=(0, manifest.stat().st_mtime_ns - 10**10))  # one just written is read again by everybody
    with open_catalogue(folder / "out") as catalogue:
        catalogue.sweep()
    return folder


@pytest.fixture
def ours(show: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """The configuration of that show, its folder the one we stand in."""
    monkeypatch.chdir(show)
    monkeypatch.setenv("TTS_NEWS_SPEAK_CACHE_DIR", str(show / "takes"))
    return configured()


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A configuration whose files may be changed, and an article beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "tts-news.toml").write_text(SETTINGS, encoding="utf-8")
    for place in FILES:
        Path(place).write_bytes(place.encode())
    config = configured()
    for place in FILES:
        table, _, name = place.partition(".")
        config = replace(config, **{table: replace(getattr(config, table), **{name: str(tmp_path / place)})})
    return config


def configured(**flags: object) -> Config:
    return load_for_editions(None, {f"speak.{name}": value for name, value in flags.items()}, "out", None, None)


def key(config: Config, source: str = "a.md") -> str:
    found = key_of(source, config)
    assert found
    return found


# ── the key ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_has_the_same_key(mine: Config) -> None:
    assert key(mine) == key(mine)


def test_another_text_has_another_key(mine: Config) -> None:
    before = key(mine)
    Path("a.md").write_text(TEXT.replace("رصيفا", "رصيفين"), encoding="utf-8")
    assert key(mine) != before


def test_another_file_of_the_same_text_has_another_key(mine: Config, tmp_path: Path) -> None:
    shutil.copy("a.md", "b.md")
    assert len({key(mine), key(mine, "b.md"), key(mine, str(tmp_path / "a.md"))}) == 3


def test_the_same_path_in_another_folder_has_another_key(mine: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(mine)
    Path("there").mkdir()
    shutil.copy("a.md", "there")
    monkeypatch.chdir("there")
    assert key(mine) != before


def test_another_output_behind_the_same_path_has_another_key(mine: Config) -> None:
    before = key(mine)
    Path("elsewhere").mkdir()
    Path("out").symlink_to("elsewhere")
    assert key(mine) != before


def test_another_day_has_another_key(mine: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(mine)
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    clock = SimpleNamespace(datetime=SimpleNamespace(now=tomorrow.astimezone))
    monkeypatch.setattr(foreknown, "dt", clock)
    assert key(mine) != before


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("show", {"disclosure": ""}),
        ("read", {"parts": True}),
        ("script", {"pausal_forms": False}),
        ("speak", {"speed": 1.25}),
        ("master", {"formats": ("wav",)}),
        ("provenance", {"timestamp_url": "http://time.example"}),
        ("publish", {"books": ("epub",)}),
    ],
)
def test_another_setting_has_another_key(mine: Config, table: str, change: dict[str, Any]) -> None:
    assert key(replace(mine, **{table: replace(getattr(mine, table), **change)})) != key(mine)


@pytest.mark.parametrize("place", FILES)
def test_a_changed_or_missing_file_of_the_settings_has_another_key(mine: Config, place: str) -> None:
    before = key(mine)
    Path(place).write_bytes(place.encode()[::-1])
    changed = key(mine)
    Path(place).unlink()
    assert len({before, changed, key(mine)}) == 3


def test_option_variable_and_file_of_settings_have_keys_of_their_own(
    mine: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    del mine
    keys = {key(configured()), key(configured(voice="rawi")), key(configured(speed=1.5))}
    monkeypatch.setenv("TTS_NEWS_SPEAK_SPEED", "1.4")
    keys.add(key(configured()))
    monkeypatch.delenv("TTS_NEWS_SPEAK_SPEED")
    Path("tts-news.toml").write_text(f"{SETTINGS}[script]\nbyline = true\n", encoding="utf-8")
    keys.add(key(configured()))
    assert len(keys) == 5


# ── voices and program ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def voices(mine: Config, tmp_path: Path) -> Config:
    """The same with voices that may be changed; one is cast for headlines alone."""
    for name in ("tone", "other"):
        shutil.copytree(VOICES / "tone", tmp_path / "voices" / name)
        card = tmp_path / "voices" / name / "voice.toml"
        card.write_text(f'{card.read_text()}files = ["model"]\n', encoding="utf-8")
        card.with_name("model").write_bytes(b"model")
    return replace(mine, speak=replace(mine.speak, voices_dir=str(tmp_path / "voices"), voices={"headline": "other"}))


@pytest.mark.parametrize("name", ["tone", "other"])
def test_another_card_or_model_of_a_voice_has_another_key(voices: Config, name: str) -> None:
    keys = [key(voices)]
    Path("voices", name, "model").write_bytes(b"other")
    keys.append(key(voices))
    card = Path("voices", name, "voice.toml")
    card.write_text(f"{card.read_text()}gain_db = 3.0\n", encoding="utf-8")
    keys.append(key(voices))
    assert len(set(keys)) == 3


def test_a_voice_that_is_there_now_has_another_key(voices: Config) -> None:
    before = key(voices)
    card = Path("voices", "tone", "voice.toml")
    shutil.copytree(card.parent, "voices/third")
    there = key(voices)
    Path("voices/third/model").unlink()
    assert len({before, there, key(voices)}) == 3


def test_of_a_voice_that_is_gone_or_speaks_by_another_package_nothing_is_known(voices: Config) -> None:
    card = Path("voices", "other", "voice.toml")
    card.write_text(card.read_text().replace('engine = "tone"', 'engine = "humming"'), encoding="utf-8")
    assert key_of("a.md", voices) == ""
    shutil.rmtree(card.parent)
    assert key_of("a.md", voices) == ""


def test_rules_voices_and_models_of_this_program_are_in_the_key() -> None:
    paths = {Path(path).as_posix() for folder in foreknown._program()[2] for path, *_ in folder}  # type: ignore[attr-defined]
    for end in ("tts_news/script/rules/money.py", "script/data/seed_lexicon.tsv", "rawi/voice.toml", ".onnx"):
        assert any(path.endswith(end) for path in paths), end
    assert any("text2tashkeel" in path for path in paths)


def test_a_file_that_changed_came_or_went_is_another_state(tmp_path: Path) -> None:
    rule, deep = tmp_path / "rule.py", tmp_path / "deep" / "list.tsv"
    deep.parent.mkdir()
    rule.write_text("1")
    states = [sorted(foreknown._files(str(tmp_path)))]
    deep.write_text("1")
    states.append(sorted(foreknown._files(str(tmp_path))))
    rule.write_text("12")
    states.append(sorted(foreknown._files(str(tmp_path))))
    os.utime(rule, ns=(0, 1))
    states.append(sorted(foreknown._files(str(tmp_path))))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "rule.pyc").write_text("1")
    assert [states.count(state) for state in states] == [1, 1, 1, 1]
    assert sorted(foreknown._files(str(tmp_path))) == states[-1]


def test_a_library_that_was_installed_or_installed_anew_has_another_key(
    mine: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    keys = [key(mine)]
    (tmp_path / "site" / "reader-1.0.dist-info").mkdir(parents=True)
    keys.append(key(mine))
    os.utime(tmp_path / "site" / "reader-1.0.dist-info", ns=(0, 1))
    keys.append(key(mine))
    monkeypatch.setattr(sys, "version", "another Python")
    keys.append(key(mine))
    assert len(set(keys)) == 4


# ── what is not plain ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("source", ["-", "https://press.example/a.md", "no-such-file.md", "out", "script.json"])
def test_of_what_is_no_plain_file_nothing_is_known(mine: Config, source: str) -> None:
    Path("out").mkdir()
    Path("script.json").write_text("{}")
    assert key_of(source, mine) == ""


def test_of_inputs_that_are_said_to_be_something_and_of_a_cluster_nothing_is_known(mine: Config) -> None:
    assert key_of("a.md", replace(mine, read=replace(mine.read, kind="urls"))) == ""
    assert key_of("a.md", replace(mine, speak=replace(mine.speak, cluster="auto"))) == ""


@pytest.mark.parametrize(
    "change",
    [
        *({"edition": "نشرة"}, {"dry_run": True}, {"force": True}, {"replaces": "x"}),
        *({"day": "2026-11-29"}, {"whole": True}, {"everywhere": True}),
    ],
)
def test_a_run_that_differs_from_the_usual_is_not_kept(mine: Config, change: dict[str, Any]) -> None:
    assert foresee(["a.md"], mine, Order(ask=lambda *_: True)) is not None
    assert foresee(["a.md"], mine, Order(**change)) is None
    assert foresee(["a.md", "a.md"], mine, Order()) is None


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def kept(ours: Config, tmp_path: Path) -> tuple[Config, Edition, Article]:
    """A copy of the show of which nothing is known yet, with what a run would have made."""
    shutil.copytree(ours.publish.output, tmp_path / "out")
    config = replace(ours, publish=replace(ours.publish, output=str(tmp_path / "out")))
    (place,) = (path.parent for path in (tmp_path / "out").glob("*/episode.json"))
    script = parse_script((place / "script.json").read_text(encoding="utf-8"))
    edition = Edition(script, place, publish.load_episode(place), mended=Mended(script))
    article = Article("رصيف جديد", blocks=(), source="a.md", identity=Identity("file", "file:x", "رصيف جديد"))
    return config, edition, article


def noted(config: Config, *works: tuple[Any, Edition]) -> foreknown.Foreknown:
    found = foresee(["a.md"], config, Order())
    assert found
    for work, edition in works:
        found.note(work, edition)
    return found


def test_what_a_run_has_made_is_known_by_the_next(kept: tuple[Config, Edition, Article]) -> None:
    config, edition, article = kept
    assert unchanged("a.md", config) is None
    with noted(config, ((article,), edition)):
        pass
    made = unchanged("a.md", config)
    assert made is not None
    assert (made.place, made.cues) == (edition.folder, len(edition.script.cues))
    assert edition.episode is not None
    assert made.files == edition.episode.files
    assert made.manifest["recipe"] == edition.episode.recipe


def test_a_run_that_warned_is_not_known(kept: tuple[Config, Edition, Article]) -> None:
    config, edition, article = kept
    with noted(config, ((article,), edition)):
        logging.getLogger("tts_news.script").warning("a correction no longer fits")
    assert unchanged("a.md", config) is None


def test_a_run_that_failed_is_not_known(kept: tuple[Config, Edition, Article]) -> None:
    config, edition, article = kept
    with pytest.raises(PublishError), noted(config, ((article,), edition)):
        raise PublishError("the feed cannot be written")
    assert unchanged("a.md", config) is None


def test_a_file_of_several_articles_a_saved_script_and_none_are_not_known(
    kept: tuple[Config, Edition, Article],
) -> None:
    config, edition, article = kept
    for works in ([], [((article,), edition)] * 2, [(edition.script, edition)]):
        with noted(config, *works):
            pass
        assert unchanged("a.md", config) is None


@pytest.mark.parametrize("name", ["fitting", "unfitting", "by_hand", "taken_up"])
def test_what_an_editor_has_changed_is_not_known(kept: tuple[Config, Edition, Article], name: str) -> None:
    config, edition, article = kept
    changed: Any = "text" if name == "taken_up" else ("changed",)
    mended = replace(Mended(edition.script), **{name: changed})
    with noted(config, ((article,), replace(edition, mended=mended))):
        pass
    assert unchanged("a.md", config) is None


@pytest.mark.parametrize("kind", ["feed", "wordpress", "cms", "entry", "text", "bulletin", "older"])
def test_an_article_that_another_source_may_speak_for_is_not_known(
    kept: tuple[Config, Edition, Article], kind: Any
) -> None:
    config, edition, article = kept
    with noted(config, ((replace(article, identity=Identity(kind, "file:x", "1")),), edition)):
        pass
    assert unchanged("a.md", config) is None


def test_an_article_of_another_file_is_not_known(kept: tuple[Config, Edition, Article]) -> None:
    config, edition, article = kept
    with noted(config, ((replace(article, source="b.md"),), edition)):
        pass
    assert unchanged("a.md", config) is None


def test_what_changed_while_it_was_made_is_not_known(
    kept: tuple[Config, Edition, Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, edition, article = kept
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(TEXT, encoding="utf-8")
    with noted(config, ((article,), edition)):
        Path("a.md").write_text(f"{TEXT}\nجملة أخرى.\n", encoding="utf-8")
    assert unchanged("a.md", config) is None
    Path("a.md").write_text(TEXT, encoding="utf-8")
    assert unchanged("a.md", config) is None


# ── what stands ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def known(kept: tuple[Config, Edition, Article]) -> tuple[Path, Path]:
    """Output and folder of an edition that is known as "key"."""
    _, edition, _ = kept
    assert edition.folder is not None
    assert edition.episode is not None
    publish.keep_made(edition.folder.parent, edition.folder, "key", edition.episode.recipe)
    assert publish.find_made(edition.folder.parent, "key") is not None
    return edition.folder.parent, edition.folder


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_another_key_is_not_known(known: tuple[Path, Path]) -> None:
    assert publish.find_made(known[0], "") is None
    assert publish.find_made(known[0] / "nowhere", "key") is None


@pytest.mark.parametrize("pattern", ["*.mp3", "script.json", "index.html", "transcript.vtt", "episode.json"])
@pytest.mark.parametrize("damage", [_flip, lambda path: path.write_bytes(path.read_bytes()[:-1]), Path.unlink])
def test_a_changed_cut_or_missing_file_is_not_known(
    known: tuple[Path, Path], pattern: str, damage: Callable[[Path], object]
) -> None:
    (path,) = known[1].glob(pattern)
    damage(path)
    assert publish.find_made(known[0], "key") is None


def test_a_manifest_that_was_written_since_is_not_known(known: tuple[Path, Path]) -> None:
    manifest = known[1] / "episode.json"
    episode = publish.load_episode(manifest)
    manifest.write_text(dump_episode(replace(episode, notes=("صُحّح.",))), encoding="utf-8")
    assert publish.find_made(known[0], "key") is None


def test_two_editions_of_a_name_are_not_known(known: tuple[Path, Path]) -> None:
    shutil.copytree(known[1], known[1].with_name(f"2026-01-01-{known[1].name[11:]}"))
    assert publish.find_made(known[0], "key") is None


def test_a_renamed_edition_is_not_known(known: tuple[Path, Path]) -> None:
    known[1].rename(known[0] / "2026-01-01-another")
    assert publish.find_made(known[0], "key") is None


def test_without_its_catalogue_or_with_a_row_that_does_not_hold_nothing_is_known(known: tuple[Path, Path]) -> None:
    with closing(open_database(known[0] / CATALOGUE, busy_s=5)) as database:
        sha256 = hashlib.sha256((known[1] / "episode.json").read_bytes()).hexdigest()
        database.execute("INSERT OR REPLACE INTO known VALUES (?, ?, ?, 0)", (known[1].name, "key", sha256))
        database.commit()
    assert publish.find_made(known[0], "key") is None
    (known[0] / CATALOGUE).unlink()
    assert publish.find_made(known[0], "key") is None


def test_an_edition_of_another_recipe_or_a_withdrawn_one_is_not_kept(known: tuple[Path, Path]) -> None:
    publish.keep_made(known[1].parent, known[1], "other", "another recipe")
    assert publish.find_made(known[0], "other") is None
    episode = publish.load_episode(known[1])
    for change in ({"withdrawn": "2026-11-29T09:00:00+00:00"}, {"identity": None}):
        manifest = dump_episode(replace(episode, **change))
        (known[1] / "episode.json").write_text(manifest, encoding="utf-8")
        publish.keep_made(known[1].parent, known[1], "other", episode.recipe)
        assert publish.find_made(known[0], "other") is None
    assert publish.find_made(known[0], "key") is None


# ── the door ─────────────────────────────────────────────────────────────────────────────────────────────────────────

LOADED = """
import sys
from tts_news.cli import run
assert run(sys.argv[1:]) == 0
print(sorted(sys.modules))
"""
NOT_LOADED = ("numpy", "typer", "pydantic", "jinja2", "onnxruntime", "trafilatura", "httpx", "tts_news.pipeline")


def test_what_stands_unchanged_is_told_of_as_by_the_long_way_and_loads_little(show: Path) -> None:
    own = {**os.environ, "TTS_NEWS_SPEAK_CACHE_DIR": str(show / "takes")}

    def ran(*args: str) -> tuple[list[str], str]:
        line = [sys.executable, "-c", LOADED, "make", "a.md", "-o", "out", *args]
        done = subprocess.run(line, cwd=show, env=own, check=True, capture_output=True, text=True)
        return done.stdout.splitlines(), done.stderr

    short, told = ran()
    assert not [name for name in NOT_LOADED if f"'{name}'" in short[1]]
    long, said = ran("--verbose")
    assert "'tts_news.pipeline'" in long[1]
    assert short[0] == long[0]
    assert said.endswith(told)  # before it the long way names what it does
    assert short[0].endswith("(unchanged)")


def test_its_facts_are_those_of_the_long_way(ours: Config, show: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert tell_unchanged("a.md", output="out", as_json=True, quiet=True)
    out, err = capfd.readouterr()
    (edition,) = pipeline.make(["a.md"], ours, Silent(), Order())
    outcome = outcome_of(edition)
    assert outcome is not None
    assert json.loads(out) == facts_of(outcome, ours)
    assert err == ""
    assert show == Path.cwd()


def test_a_lost_feed_is_written_again_although_nothing_has_changed(show: Path, tmp_path: Path, tts_news: Door) -> None:
    for name in ("a.md", "tts-news.toml"):
        shutil.copy(show / name, tmp_path)
    assert tts_news("make", "a.md", "-o", "out")[0] == 0
    assert unchanged("a.md", configured()) is not None
    (tmp_path / "out" / "feed.xml").unlink()
    (tmp_path / "out" / "index.html").write_text("damaged")
    code, out, err = tts_news("make", "a.md", "-o", "out", "-q")
    assert (code, err) == (0, "")
    assert out.rstrip().endswith("(unchanged)")
    assert "<item>" in (tmp_path / "out" / "feed.xml").read_text()
    assert "رصيف جديد" in (tmp_path / "out" / "index.html").read_text()
