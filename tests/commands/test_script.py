"""`tts-news script` and `tts-news lexicon` as an editor uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

ARTICLE = """عنوان الخبر الأول في هذا اليوم

وصل 3 خبراء إلى مدينة زاغروبا يوم الأحد للمشاركة في المؤتمر العلمي السنوي الذي تنظمه الجامعة.

وقال رئيس الجامعة إن المؤتمر سيستمر أسبوعا كاملا، وإن نتائجه ستنشر قريبا.

وختم حديثه بشكر جميع المشاركين في أعمال هذا المؤتمر.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_the_table_shows_role_pause_written_and_spoken(tts_news: Run, article: Path) -> None:
    code, out, _ = tts_news("script", article, "-q")
    assert code == 0
    assert "c0002  intro  pause 0.80 s  tone" in out
    assert "written  وصل 3 خبراء" in out
    assert "== عنوان الخبر الأول في هذا اليوم" in out


def test_json_has_the_agreed_shape(tts_news: Run, article: Path) -> None:
    code, out, _ = tts_news("script", article, "--json")
    script = json.loads(out)
    assert code == 0
    assert {"title", "language", "cues", "chapters"} <= script.keys()
    assert {"id", "role", "written", "spoken", "pause_s", "voice", "chapter"} <= script["cues"][0].keys()
    assert {"title", "first_cue"} <= script["chapters"][0].keys()


def test_several_articles_are_a_line_of_json_each(tts_news: Run, article: Path) -> None:
    _, out, _ = tts_news("script", article, article, "--json")
    assert len([json.loads(line) for line in out.splitlines()]) == 2


def test_a_mended_script_is_read_again(tts_news: Run, article: Path, tmp_path: Path) -> None:
    saved = tmp_path / "script.json"
    assert tts_news("script", article, "-o", saved)[0] == 0
    data = json.loads(saved.read_text(encoding="utf-8"))
    data["cues"][1]["spoken"] = "كَلَامٌ آخَرْ."
    saved.write_text(json.dumps(data), encoding="utf-8")
    code, out, _ = tts_news("script", saved)
    assert code == 0
    assert "كَلَامٌ آخَرْ." in out


def test_a_slip_in_a_mended_script_is_a_one_line_error(tts_news: Run, article: Path, tmp_path: Path) -> None:
    saved = tmp_path / "script.json"
    tts_news("script", article, "-o", saved)
    saved.write_text(saved.read_text(encoding="utf-8").replace('"spoken": "', '"spoken": "5', 1), encoding="utf-8")
    code, out, err = tts_news("script", saved)
    assert (code, out) == (4, "")
    assert "error: cue c0001: spoken holds '5'" in err
    assert "Traceback" not in err


def test_one_file_holds_one_script(tts_news: Run, article: Path, tmp_path: Path) -> None:
    code, _, err = tts_news("script", article, article, "-o", tmp_path / "s.json")
    assert code == 2
    assert "several articles" in err


def test_an_edition_puts_them_into_one(tts_news: Run, article: Path, tmp_path: Path) -> None:
    code, _, _ = tts_news("script", article, article, "--edition", "النشرة", "-o", tmp_path / "s.json")
    assert code == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["title"] == "النشرة"


def test_an_unwritable_place_leaves_nothing_behind(tts_news: Run, article: Path, tmp_path: Path) -> None:
    code, _, err = tts_news("script", article, "-o", tmp_path / "no" / "s.json")
    assert code == 7
    assert "cannot write" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt"]


def test_unreadable_text_follows_the_option(tts_news: Run, article: Path) -> None:
    article.write_text(ARTICLE.replace("قريبا", "قريبا 中文"), encoding="utf-8")
    code, _, err = tts_news("script", article)
    assert code == 4
    assert "中文" in err
    code, out, _ = tts_news("script", article, "--on-unreadable", "skip")
    assert code == 0
    assert "left out: cannot be read aloud" in out


def test_the_lexicon_loop_changes_what_is_said(tts_news: Run, article: Path) -> None:
    assert tts_news("lexicon", "add", "زاغروبا", "زَغْرَبَا")[0] == 0
    assert "زَغْرَبَا" in tts_news("script", article)[1]
    assert "0 added, 1 changed" in tts_news("lexicon", "add", "زاغروبا", "زُغْرُوبَا")[1]
    assert tts_news("lexicon", "list")[1] == "زاغروبا\tزُغْرُوبَا\n"
    assert "1 term," in tts_news("lexicon", "check")[1]


def test_the_seed_is_listed_on_request(tts_news: Run) -> None:
    code, out, _ = tts_news("lexicon", "list", "--seed", "--json")
    assert code == 0
    assert len(json.loads(out)) >= 1000


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("lexicon", "add", "س"), 2),
        (("lexicon", "add", "س", "Seoul"), 4),
        (("lexicon", "add", "س", "س", "--gender", "x"), 2),
        (("lexicon", "add", "none.pls"), 4),
        (("lexicon", "check"), 4),
        (("lexicon", "check", "none.toml"), 4),
    ],
)
def test_a_slip_with_the_lexicon_is_a_one_line_error(tts_news: Run, args: tuple[str, ...], code: int) -> None:
    got, out, err = tts_news(*args)
    assert (got, out) == (code, "")
    assert err.startswith("error: ")
    assert "hint: " in err or got == 4
    assert "Traceback" not in err


def test_a_term_twice_in_a_lexicon_is_found(tts_news: Run, tmp_path: Path) -> None:
    term = '[[term]]\nwritten = "س"\nspoken = "س"\n'
    (tmp_path / "lexicon.toml").write_text(term + term, encoding="utf-8")
    code, _, err = tts_news("lexicon", "check")
    assert code == 4
    assert "twice" in err


def test_a_letter_without_a_mark_is_refused(tts_news: Run, tmp_path: Path) -> None:
    code, _, err = tts_news("lexicon", "add", "صفاقس", "صفاقس")
    assert (code, (tmp_path / "lexicon.toml").exists()) == (4, False)
    (tmp_path / "lexicon.toml").write_text('[[term]]\nwritten = "صفاقس"\nspoken = "صفاقس"\n', encoding="utf-8")
    code, _, err = tts_news("lexicon", "check")
    assert code == 4
    assert "without a mark" in err


def test_a_removed_term_is_said_by_the_model_again(tts_news: Run, article: Path) -> None:
    assert tts_news("lexicon", "add", "زاغروبا", "زَغْرَبَا")[0] == 0
    assert tts_news("lexicon", "add", "زاغروبا", "زِغْرِبَا", "--scope", "رياضة")[0] == 0
    assert "1 removed" in tts_news("lexicon", "remove", "زاغروبا", "--scope", "رياضة")[1]
    assert "زَغْرَبَا" in tts_news("script", article)[1]
    assert "1 removed" in tts_news("lexicon", "remove", "زَاغروبا")[1]
    assert "زَغْرَبَا" not in tts_news("script", article)[1]
    assert tts_news("lexicon", "remove", "زاغروبا")[0] == 4


def test_a_term_of_one_voice_is_said_by_that_voice_alone(tts_news: Run, article: Path) -> None:
    assert tts_news("lexicon", "add", "زاغروبا", "زَغْرَبَا")[0] == 0
    assert tts_news("lexicon", "add", "زاغروبا", "زِغْرِبَا", "--voice", "tone")[0] == 0
    assert "زِغْرِبَا" in tts_news("script", article)[1]
    assert "زَغْرَبَا" in tts_news("script", article, "--voice", "rawi")[1]


def test_a_term_can_be_heard(tts_news: Run, tmp_path: Path) -> None:
    assert tts_news("lexicon", "add", "زاغروبا", "زُغْرُوبَا")[0] == 0
    code, out, err = tts_news("lexicon", "test", "وصل إلى زاغروبا 13 خبيرا", "-o", tmp_path / "t.wav")
    assert (code, out) == (0, "")
    assert "زُغْرُوبَا ثَلَاثَةَ عَشَرَ خَبِيرَا" in err
    assert (tmp_path / "t.wav").stat().st_size > 10_000


def test_a_pls_lexicon_is_imported(tts_news: Run, tmp_path: Path) -> None:
    (tmp_path / "n.pls").write_text(
        '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="ar">'
        "<lexeme><grapheme>بغداد</grapheme><phoneme>baɣdaːd</phoneme></lexeme></lexicon>",
        encoding="utf-8",
    )
    assert "1 added" in tts_news("lexicon", "add", "n.pls")[1]
    assert tts_news("lexicon", "list")[1] == "بغداد\tبَغْدَاد\n"


def test_json_that_is_no_script_is_read_as_what_it_is(tts_news: Run, tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "title": "افتتاح مكتبة", "content_html": "<p>افتتحت البلدية مكتبة على رصيف الميناء.</p>"}
        ],
    }
    posts = tmp_path / "posts.json"
    posts.write_text(json.dumps(feed), encoding="utf-8")
    code, out, _ = tts_news("script", posts, "--json")
    assert code == 0
    assert json.loads(out)["title"] == "افتتاح مكتبة"


def test_json_that_nobody_reads_is_refused(tts_news: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"خبر": "افتتحت البلدية مكتبة على رصيف الميناء."}', encoding="utf-8")
    code, _, err = tts_news("script", tmp_path / "a.json")
    assert code == 3
    assert "JSON of a kind that is not known here" in err
