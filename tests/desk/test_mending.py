"""Sentences mended, undone and done again; two editors at once; what stays in the show's files."""

from __future__ import annotations

import pytest
from desk.conftest import Desk, Editor

from tts_news.accounts.records import Role
from tts_news.script.corrections_file import load_corrections
from tts_news.script.lexicon import read_lexicon

CITY = "c0002"


def spoken(editor: Editor, cue: str) -> str:
    """Return what is said, as the whole-sentence field shows it."""
    page = editor.get(f"/sentences/{cue}?part=form").text
    return page.partition('class="arabic">')[2].partition("</textarea>")[0]


def test_a_mended_word_is_a_correction_of_the_article_and_is_heard(desk: Desk, muna: Editor) -> None:
    before = spoken(muna, CITY)
    sound = muna.get(f"/sentences/{CITY}/sound.wav").content
    answer = muna.mend(CITY, do="word", word="3", spoken_word="تِشِيوَاوَا")
    assert answer.json()["message"] == "تغيّرت الجملة."
    (correction,) = load_corrections(desk.folder / "corrections.toml")
    assert correction.spoken == before.replace(before.split(" ")[3], "تِشِيوَاوَا") == spoken(muna, CITY)
    assert (correction.by, correction.article.key) == ("muna", "https://news.example/1")
    heard = muna.get(f"/sentences/{CITY}/sound.wav")
    assert heard.headers["content-type"] == "audio/wav"
    assert heard.content != sound
    assert "مُصلَحة" in muna.get(f"/sentences/{CITY}?part=line").text


def test_words_without_marks_and_figures_are_read_in_their_sentence(muna: Editor) -> None:
    muna.mend(CITY, do="sentence", spoken="وصل الوفد في 5 ديسمبر.")
    said = spoken(muna, CITY)
    assert said.startswith("وَصَلَ الْوَفْدُ")
    assert "5" not in said


def test_everything_is_taken_back_and_done_again_in_its_order(desk: Desk, muna: Editor) -> None:
    states = [muna.version(CITY)]
    for fields in (
        {"do": "word", "word": "0", "spoken_word": "زَارَتِ"},
        {"do": "sentence", "pause_s": "2,5"},
        {"do": "skip"},
    ):
        muna.mend(CITY, **fields)
        states.append(muna.version(CITY))
    assert len(set(states)) == 4
    other = desk.editor("sami", Role.EDITOR)  # the list of changes outlives a page
    for state in reversed(states[:-1]):
        answer = other.post("/undo").json()
        assert answer.get("at") == CITY, answer
        assert muna.version(CITY) == state
    assert not load_corrections(desk.folder / "corrections.toml")
    assert other.post("/undo").status_code == 400
    for state in states[1:]:
        muna.post("/redo")
        assert muna.version(CITY) == state
    muna.post("/undo")
    muna.mend("c0003", do="skip")
    assert muna.post("/redo").status_code == 400  # a new change ends what could be done again


def test_the_second_editor_sees_what_the_first_did_and_loses_nothing(desk: Desk, muna: Editor) -> None:
    sami = desk.editor("sami", Role.EDITOR)
    seen = sami.version(CITY)
    muna.mend(CITY, do="word", word="0", spoken_word="زَارَتِ")
    answer = sami.post(f"/sentences/{CITY}", {"version": seen, "do": "sentence", "spoken": "مَرَّ الْوَفْدُ بِالْمَدِينَةِ."})
    assert answer.status_code == 409
    assert "مَرَّ الْوَفْدُ بِالْمَدِينَةِ." in answer.json()["form"]
    assert "زَارَتِ" in spoken(sami, CITY)
    again = sami.mend(CITY, do="sentence", spoken="مَرَّ الْوَفْدُ بِالْمَدِينَةِ.")
    assert (again.status_code, spoken(muna, CITY)) == (200, "مَرَّ الْوَفْدُ بِالْمَدِينَةِ.")


def test_what_was_changed_elsewhere_is_not_taken_back_unseen(desk: Desk, muna: Editor) -> None:
    muna.mend(CITY, do="skip")
    path = desk.folder / "corrections.toml"
    path.write_text(path.read_text("utf-8").replace("skip = true", "pause_s = 3.0"), encoding="utf-8")
    assert muna.post("/undo").status_code == 409
    assert load_corrections(path)[0].pause_s == 3.0


def test_a_term_is_always_said_so_and_unlearnt_by_undo(desk: Desk, muna: Editor) -> None:
    muna.mend(CITY, do="always", term="تشيهواهوا", spoken_word="تْشِيوَاوَا")
    (entry,) = read_lexicon(desk.folder / "lexicon.toml")
    assert (entry.written, entry.spoken) == ("تشيهواهوا", "تْشِيوَاوَا")
    assert desk.app.state.desk.drafts.find(desk.draft).state == "queued"  # the script is written anew
    assert muna.mend(CITY, do="always", term="الوفد", spoken_word="وفد").status_code == 400
    assert muna.post("/undo").status_code == 200
    assert read_lexicon(desk.folder / "lexicon.toml") == ()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"do": "sentence", "spoken": "!!"}, ""),
        ({"do": "sentence", "pause_s": "soon"}, "الصمت ليس عدد ثوانٍ"),
        ({"do": "sentence", "pause_s": "61"}, ""),
        ({"do": "sentence", "voice": "nobody"}, "لا وجود لهذا الصوت"),
        ({"do": "word", "word": "99", "spoken_word": "نَعَمْ"}, "لا وجود لهذه الكلمة في الجملة"),
        ({"do": "always", "term": "", "spoken_word": "نَعَمْ"}, ""),
    ],
)
def test_what_cannot_be_said_changes_nothing(desk: Desk, muna: Editor, fields: dict[str, str], message: str) -> None:
    before = muna.version(CITY)
    answer = muna.mend(CITY, **fields)
    assert answer.status_code == 400
    assert message in answer.json()["message"]
    assert muna.version(CITY) == before
    assert not (desk.folder / "corrections.toml").exists()
