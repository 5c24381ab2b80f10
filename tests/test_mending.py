"""An editor's work outlives whatever is made of the article afterwards, through the door, with the tone voice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Door = Callable[..., tuple[int, str, str]]

TEXT = "# رصيف جديد في الميناء\n\nافتتحت البلدية رصيفا جديدا.\n\nوصل الوفد إلى كييف صباح اليوم. {}\n\nانتهى الخبر.\n"
KYIV = "وصل الوفد إلى كييف صباح اليوم."
SPOKEN = "وَصَلَ الْوَفْدُ إِلَى كُويِيفَ صَبَاحَ الْيَوْمْ."


class Show:
    """A show in a folder of its own, an article in it, and a user at the command line."""

    def __init__(self, door: Door, folder: Path) -> None:
        self.door, self.folder = door, folder
        self.article = folder / "a.md"
        self.output = folder / "output"
        self.write("وقال الوزير إن المدينة بخير.")

    def write(self, sentence: str, *, title: str = "") -> None:
        """Write the article with this sentence in it."""
        text = TEXT.format(sentence)
        self.article.write_text(text.replace("رصيف جديد في الميناء", title) if title else text, encoding="utf-8")

    def make(self, *args: object, code: int = 0) -> tuple[dict[str, Any], str]:
        """Run `make --json` and return what it printed of the edition, and stderr."""
        done, out, err = self.door("make", *args, "--json")
        assert done == code, err
        return json.loads(out) if out else {}, err

    def mend(self, path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
        """Edit a saved script."""
        data = json.loads(path.read_text(encoding="utf-8"))
        change(data)
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        return path

    def said(self, edition: str) -> list[str]:
        """Return what is spoken in an edition."""
        return [cue["spoken"] for cue in json.loads(Path(edition, "script.json").read_text(encoding="utf-8"))["cues"]]


@pytest.fixture
def show(tts_news: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    monkeypatch.setenv("TTS_NEWS_MASTER_FORMATS", "wav")  # no encoder: what is tested is what is said
    monkeypatch.setenv("TTS_NEWS_PUBLISH_BOOKS", "")
    return Show(tts_news, tmp_path)


def say(text: str) -> Callable[[dict[str, Any]], object]:
    """Return the change that has the sentence about Kyiv said like this."""
    return lambda data: next(cue for cue in data["cues"] if cue["written"] == KYIV).update(spoken=text)


def test_a_mend_outlives_the_article_and_is_named_when_its_sentence_changes(
    show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    first, _ = show.make(show.article)
    assert (first["corrections"], first["unfitting"]) == (0, [])
    saved = Path(first["edition"], "script.json")
    show.mend(saved, say(SPOKEN))
    made, err = show.make(saved)
    assert SPOKEN in show.said(made["edition"])
    assert "1 correction applied" in err
    assert not Path(made["edition"], "script.edited.json").exists()
    again, _ = show.make(show.article)  # the same script: nothing is made
    assert (again["unchanged"], again["corrections"]) == (True, 1)
    show.write("وقال الوزير كلاما آخر.")
    made, _ = show.make(show.article)
    assert SPOKEN in show.said(made["edition"])
    show.article.write_text(show.article.read_text(encoding="utf-8").replace("صباح اليوم", "مساء اليوم"), "utf-8")
    made, _ = show.make(show.article)
    assert made["unfitting"] == [{"written": KYIV, "nearest": "وصل الوفد إلى كييف مساء اليوم."}]
    assert [KYIV in record.message for record in caplog.records] == [True]
    assert KYIV in (show.folder / "corrections.toml").read_text(encoding="utf-8")


def test_a_script_edited_where_it_stands_is_taken_up_and_a_damaged_one_stops_the_run(show: Show) -> None:
    first, _ = show.make(show.article)
    saved = Path(first["edition"], "script.json")
    show.mend(saved, lambda data: data["cues"].pop(2))
    made, _ = show.make(show.article)
    assert len(show.said(made["edition"])) == len(json.loads(saved.read_text(encoding="utf-8"))["cues"])
    episode = json.loads(Path(made["edition"], "episode.json").read_text(encoding="utf-8"))
    left_out = [entry for entry in episode["ledger"] if entry["text"] == KYIV]
    assert [(entry["state"], entry["reason"]) for entry in left_out] == [("skipped", "left out by an editor")]
    assert not Path(made["edition"], "script.edited.json").exists()
    saved.write_text('{"cues": [', encoding="utf-8")
    _, err = show.make(show.article, code=4)
    assert "was edited and does not hold" in err
    assert "hint: mend it" in err
    assert saved.read_text(encoding="utf-8") == '{"cues": ['
    show.make(show.article, "--force")
    assert Path(made["edition"], "script.edited.json").is_file()


def test_what_no_correction_holds_is_not_undone_unasked(show: Show) -> None:
    first, _ = show.make(show.article)
    saved = Path(first["edition"], "script.json")
    new = {"id": "new", "role": "paragraph", "written": "زيادة.", "spoken": "زِيَادَهْ.", "pause_s": 0.5}
    show.mend(saved, lambda data: data["cues"].insert(3, new))
    _, err = show.make(show.article, code=4)
    assert "1 added sentence" in err
    made, _ = show.make(saved)
    assert "زِيَادَهْ." in show.said(made["edition"])
    show.write("وقال الوزير كلاما آخر.")
    _, err = show.make(show.article, code=4)
    assert "1 added sentence" in err
    assert "--force" in err
    assert "زِيَادَهْ." in show.said(made["edition"])
    forced, _ = show.make(show.article, "--force")
    assert "زِيَادَهْ." not in show.said(forced["edition"])


@pytest.mark.slow
def test_a_script_that_is_saved_is_not_written_over_an_editors_work(show: Show) -> None:
    path = show.folder / "script.json"
    assert show.door("script", show.article, "-o", path)[0] == 0
    assert show.door("script", show.article, "-o", path)[0] == 0
    show.mend(path, say(SPOKEN))
    code, out, err = show.door("script", show.article, "-o", path)
    assert (code, out) == (2, "")
    assert "1 mended sentence" in err
    assert SPOKEN in path.read_text(encoding="utf-8")
    assert show.door("make", path)[0] == 0
    assert show.door("script", show.article, "-o", path)[0] == 0  # what was mended is in the new one too
    assert SPOKEN in path.read_text(encoding="utf-8")
    path.write_text("[]", encoding="utf-8")
    assert show.door("script", show.article, "-o", path)[0] == 2
    assert show.door("script", show.article, "-o", path, "--force")[0] == 0


@pytest.mark.slow
def test_a_script_of_release_0_1_keeps_what_is_said_otherwise_today(
    show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    first, _ = show.make(show.article)
    path = show.folder / "old.json"
    path.write_text(Path(first["edition"], "script.json").read_text(encoding="utf-8"), encoding="utf-8")
    show.mend(path, lambda data: (say(SPOKEN)(data), data.pop("composed"), data.pop("blocks")))
    show.make(path)
    assert "1 sentence, read otherwise today" in caplog.text
    made, _ = show.make(show.article, "--force")
    assert SPOKEN in show.said(made["edition"])


@pytest.mark.slow
def test_a_bulletin_that_holds_a_changed_article_is_named_and_made_again_when_asked(show: Show) -> None:
    other = show.folder / "b.md"
    other.write_text("# افتتاح متحف جديد\n\nافتتح المتحف أبوابه أمس.\n", encoding="utf-8")
    first, _ = show.make(show.article)
    saved = show.mend(Path(first["edition"], "script.json"), say(SPOKEN))
    bulletin, _ = show.make(saved, other, "--edition", "نشرة")  # a mended script beside an article
    assert SPOKEN in show.said(bulletin["edition"])
    assert KYIV in (show.folder / "corrections.toml").read_text(encoding="utf-8")
    show.write("وقال الوزير كلاما آخر.")
    _, err = show.make(show.article, code=9)
    assert f"1 bulletin left as it is: {Path(bulletin['edition']).name}" in err
    assert "كَلَامًا" not in " ".join(show.said(bulletin["edition"]))
    code, out, _ = show.door("make", show.article, "--json", "--everywhere")
    assert (code, len(out.splitlines())) == (0, 2)
    assert "كَلَامًا" in " ".join(show.said(bulletin["edition"]))
    code, out, err = show.door("withdraw", first["edition"])
    assert (code, "withdrawn" in out) == (9, True)
    assert Path(bulletin["edition"]).name in err
    assert show.door("withdraw", Path(first["edition"]).name, "--everywhere")[0] == 0
    assert SPOKEN not in show.said(bulletin["edition"])
    (source,) = json.loads(Path(bulletin["edition"], "episode.json").read_text(encoding="utf-8"))["sources"]
    assert (source["title"], len(source["text_hash"])) == ("افتتاح متحف جديد", 64)


@pytest.mark.slow
def test_an_article_whose_headline_changed_stops_before_its_mends_are_lost(show: Show) -> None:
    first, _ = show.make(show.article)
    show.make(show.mend(Path(first["edition"], "script.json"), say(SPOKEN)))
    show.write("وقال الوزير إن المدينة بخير.", title="رصيف جديد في الميناء القديم")
    _, err = show.make(show.article, code=4)
    assert "when its headline was «رصيف جديد في الميناء»" in err
    assert "--replaces EDITION" in err
    made, _ = show.make(show.article, "--replaces", Path(first["edition"]).name)
    assert made["edition"] == first["edition"]
    assert SPOKEN in show.said(made["edition"])


@pytest.mark.slow
def test_a_cue_is_said_as_it_would_be_made_now(show: Show) -> None:
    first, _ = show.make(show.article)
    saved = show.mend(Path(first["edition"], "script.json"), say(SPOKEN))
    name = next(cue["id"] for cue in json.loads(saved.read_text("utf-8"))["cues"] if cue["written"] == KYIV)
    assert show.door("say", "--cue", first["edition"], name, "-o", show.folder / "now.wav")[0] == 0
    assert not (show.folder / "corrections.toml").exists()  # it was only listened to
    assert show.door("say", SPOKEN, "-o", show.folder / "text.wav")[0] == 0
    assert (show.folder / "now.wav").read_bytes() == (show.folder / "text.wav").read_bytes()
    code, _, err = show.door("say", "--cue", first["edition"], "c0099", "-o", show.folder / "x.wav")
    assert (code, "has no cue c0099" in err) == (2, True)


@pytest.mark.slow
def test_corrections_are_listed_with_their_fit_and_dropped(show: Show) -> None:
    first, _ = show.make(show.article)
    show.make(show.mend(Path(first["edition"], "script.json"), say(SPOKEN)))
    code, out, _ = show.door("corrections", "list", "--json")
    listed = json.loads(out)
    assert (code, listed["fit"], listed["written"], listed["spoken"]) == (0, "fits", KYIV, SPOKEN)
    assert listed["edition"] == Path(first["edition"]).name
    show.article.write_text(show.article.read_text("utf-8").replace("صباح اليوم", "مساء اليوم"), "utf-8")
    show.make(show.article)
    code, out, _ = show.door("corrections", "list", "--unfitting")
    assert "no longer fits" in out
    assert "now      وصل الوفد إلى كييف مساء اليوم." in out
    assert show.door("corrections", "drop", "00000000")[0] == 2
    assert show.door("corrections", "drop")[0] == 2
    assert show.door("corrections", "drop", listed["name"])[0] == 0
    assert show.door("corrections", "list") == (0, "", "")
