"""Articles → Script: every word is spoken or accounted for, every setting changes what comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tts_news.arabic import LETTERS, MARKS, PAUSES, bare, count_letters
from tts_news.errors import ConfigError, ScriptError, SilenceError
from tts_news.records import DISCLOSURE, Article, Casting, Heading, ListBlock, ListItem, Paragraph, Quote, Script
from tts_news.script import ScriptSettings, compose, compose_cues, dump_script, parse_script
from tts_news.script.composition import text_hash

P = Paragraph
HOUSE = Casting("house")
SPEAKABLE = re.compile(rf"[{LETTERS}{MARKS}{PAUSES} ]+")


@pytest.fixture
def plain(tmp_path: Path) -> ScriptSettings:
    """The defaults, with a lexicon of the test's own that is not there yet."""
    return ScriptSettings(lexicon=str(tmp_path / "lexicon.toml"))


def article(*blocks: object, title: str = "عنوان الخبر", **fields: object) -> Article:
    return Article(title, tuple(blocks), **fields)  # type: ignore[arg-type]


def script_of(blocks: Sequence[object], settings_: ScriptSettings, casting: Casting = HOUSE) -> Script:
    return compose([article(*blocks)], settings_, casting)


def spoken(blocks: Sequence[object], settings_: ScriptSettings, casting: Casting = HOUSE) -> list[str]:
    return [bare(cue.spoken) for cue in script_of(blocks, settings_, casting).cues[1:]]


NEWS = article(
    P("قال د. سامي النجار إن 3 دول ستشارك في القمة. وأضاف: «سننجح!»"),
    P("ارتفعت الأسعار بنسبة 3.5% عام 2024."),
    Heading("التفاصيل", 2),
    ListBlock(ordered=True, items=(ListItem("الأمن:", "نص أول."), ListItem("", "نص بلا عنوان، 25 كم."))),
    Quote("لا بديل عن الحوار.", "وزير الخارجية"),
    P("انتهى الخبر"),
)


def test_a_cue_holds_arabic_letters_marks_and_pauses_only(plain: ScriptSettings) -> None:
    for cue in compose([NEWS], plain, HOUSE).cues:
        assert SPEAKABLE.fullmatch(cue.spoken), cue
        assert cue.spoken[-1] in PAUSES


def test_every_written_word_is_in_exactly_one_cue(plain: ScriptSettings) -> None:
    script = compose([NEWS], plain, HOUSE)
    written = " ".join(cue.written for cue in script.cues)
    source = (
        "عنوان الخبر قال د. سامي النجار إن 3 دول ستشارك في القمة. وأضاف: «سننجح!» ارتفعت الأسعار بنسبة 3.5% عام 2024. "
        "التفاصيل 1. الأمن: نص أول. 2. نص بلا عنوان، 25 كم. لا بديل عن الحوار. وزير الخارجية انتهى الخبر"
    )
    assert written == source


def test_cues_that_come_one_by_one_are_those_of_the_script(plain: ScriptSettings) -> None:
    text = "افتتح الوزير 25 مدرسة، ثم زار المستشفى. وقال: [pause 2s] إن العمل مستمر! فهل يكفي؟"
    blocks = (
        P(text),
        P("[pause 1s] ووصل 3 من الوزراء"),
        ListBlock(ordered=True, items=(ListItem("أول البنود"), ListItem("ثاني البنود"))),
    )
    whole = script_of(blocks, plain).cues
    one_by_one = compose_cues([article(*blocks)], plain, HOUSE)
    assert tuple(one_by_one) == whole


def test_a_script_survives_being_saved(plain: ScriptSettings) -> None:
    script = compose([NEWS], plain, HOUSE)
    assert parse_script(dump_script(script)) == script


def test_the_same_article_gives_the_same_script(plain: ScriptSettings) -> None:
    assert compose([NEWS], plain, HOUSE) == compose([NEWS], plain, HOUSE)


def test_ids_are_unique_and_chapters_are_in_order(plain: ScriptSettings) -> None:
    script = compose([NEWS], plain, HOUSE)
    ids = [cue.id for cue in script.cues]
    assert len(set(ids)) == len(ids)
    starts = [ids.index(chapter.first_cue) for chapter in script.chapters]
    assert starts == sorted(starts)
    assert [cue.chapter for cue in script.cues] == [
        max(n for n, start in enumerate(starts) if start <= place) for place in range(len(ids))
    ]


def test_a_source_knows_its_article(plain: ScriptSettings) -> None:
    source = compose([replace(NEWS, url="https://example.com/a", site="المثال")], plain, HOUSE).sources[0]
    assert (source.first_cue, source.url, source.site) == ("c0001", "https://example.com/a", "المثال")
    assert source.text_hash == text_hash(NEWS)


def test_the_hash_changes_with_the_text_and_not_with_the_date() -> None:
    assert text_hash(replace(NEWS, modified="2026-01-01")) == text_hash(NEWS)
    assert text_hash(replace(NEWS, blocks=NEWS.blocks[:-1])) != text_hash(NEWS)
    assert text_hash(article(P("نص"))) != text_hash(article(Quote("نص")))


# pauses


def test_pauses_follow_role_sentence_and_comma(plain: ScriptSettings) -> None:
    table = {"headline": 2.0, "intro": 3.0, "sentence": 0.7, "comma": 0.4, "breath": 0.1}
    long = "قال الوزير إن المشروع اكتمل في موعده، مؤكدا أن العمل الجديد يبدأ غدا صباحا وأن الجميع مستعدون لذلك تماما"
    script = script_of([P(f"جملة أولى. {long}.")], replace(plain, pauses_s=table, max_letters=45))
    assert [cue.pause_s for cue in script.cues] == [2.0, 0.7, 0.4, 0.1, 3.0]


@pytest.mark.parametrize("table", [{"title": 1.0}, {"intro": -1.0}, {"intro": 90.0}, {"intro": float("nan")}])
def test_a_pause_that_does_not_hold_is_refused(plain: ScriptSettings, table: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match="pauses_s"):
        replace(plain, pauses_s=table)


def test_articles_of_one_edition_are_further_apart(plain: ScriptSettings) -> None:
    script = compose([article(P("أول.")), article(P("ثان."))], plain, HOUSE)
    assert [cue.pause_s for cue in script.cues] == [0.9, 1.5, 0.9, 0.8]


# inline marks


def test_a_pause_in_the_text_is_made_there(plain: ScriptSettings) -> None:
    script = script_of([P("قبل الصمت [pause 2s] بعده.[pause 3s] جملة ثانية.")], plain)
    assert [(cue.written, cue.pause_s) for cue in script.cues[1:]] == [
        ("قبل الصمت", 2.0),
        ("بعده.", 3.0),
        ("جملة ثانية.", 0.8),
    ]


def test_a_pause_before_a_paragraph_lengthens_the_one_before_it(plain: ScriptSettings) -> None:
    script = script_of([P('<break time="1s"/>نص.')], plain)
    assert script.cues[0].pause_s == pytest.approx(1.9)


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ('قالت <sub alias="منظمة الصحة العالمية">WHO</sub> اليوم.', "قالت منظمة الصحة العالمية اليوم."),
        ('رقم <say-as interpret-as="digits">190</say-as> مجاني.', "رقم واحد تسعه صفر مجاني."),
        ('الحرف <say-as interpret-as="characters">ضع</say-as> هنا.', "الحرف ضاد عين هنا."),
        ('مدينة <phoneme ph="liːl">ليل</phoneme> الفرنسية.', "مدينة ليل الفرنسيه."),
        ('بـ<sub alias="ألف">1000</sub> دينار.', "بألف دينار."),
    ],
)
def test_marks_decide_how_their_words_are_said(plain: ScriptSettings, marked: str, said: str) -> None:
    assert spoken([P(marked)], plain) == [said]


def test_the_marks_of_an_alias_are_kept(plain: ScriptSettings) -> None:
    script = script_of([P('زار <sub alias="عَمَّان">عمان</sub> اليوم.')], plain)
    assert "عَمَّان" in script.cues[1].spoken
    assert script.cues[1].written == "زار عمان اليوم."


def test_words_of_another_language_go_to_its_voice(plain: ScriptSettings) -> None:
    casting = Casting("house", by_language={"en": "english"})
    script = script_of([P('قالت <lang xml:lang="en-GB">BBC News</lang> إن الخبر صحيح.')], plain, casting)
    assert [(cue.written, cue.language, cue.voice) for cue in script.cues[1:]] == [
        ("قالت", "ar", "house"),
        ("BBC News", "en-gb", "english"),
        ("إن الخبر صحيح.", "ar", "house"),
    ]


def test_without_a_voice_for_it_another_language_is_said_in_arabic_letters(plain: ScriptSettings) -> None:
    script = script_of([P('قالت <lang xml:lang="en">BBC</lang> ذلك.')], plain)
    assert SPEAKABLE.fullmatch(script.cues[1].spoken)


def test_latin_words_can_go_to_the_voice_of_their_language(plain: ScriptSettings) -> None:
    casting = Casting("house", by_language={"en": "english"})
    lexicon(plain.lexicon, ("OpenAI", "أُوبِن"))
    blocks = [P("قالت Human Rights Watch إن OpenAI في A خطر.")]
    script = script_of(blocks, replace(plain, latin_language="en"), casting)
    assert [(cue.written, cue.voice) for cue in script.cues[1:]] == [
        ("قالت", "house"),
        ("Human Rights Watch", "english"),
        ("إن OpenAI في A خطر.", "house"),
    ]
    assert len(script_of(blocks, plain, casting).cues) == 2
    with pytest.raises(ScriptError, match="no voice"):
        script_of(blocks, replace(plain, latin_language="en"))


def test_a_paragraph_of_a_pause_alone_lengthens_the_one_before_it(plain: ScriptSettings) -> None:
    script = script_of([P("نص."), P("[pause 2s]"), P("نهاية.")], plain)
    assert [cue.pause_s for cue in script.cues] == [0.9, 2.8, 1.2]


def test_characters_that_nobody_sees_do_not_reach_the_cues(plain: ScriptSettings) -> None:
    assert script_of([P("كلمة \u202eعكس\u202c و\u0000أخرى")], plain).cues[1].written == "كلمة عكس وأخرى"


def test_white_space_in_the_source_does_not_reach_the_cues(plain: ScriptSettings) -> None:
    assert script_of([P("سطر أول\nوسطر\tثان.")], plain).cues[1].written == "سطر أول وسطر ثان."


def test_a_mark_that_does_not_hold_names_the_article(plain: ScriptSettings) -> None:
    with pytest.raises(ScriptError, match=r"عنوان الخبر: .*never closed"):
        script_of([P('<sub alias="س">نص')], plain)


def test_titles_carry_no_inline_marks(plain: ScriptSettings) -> None:
    marked = article(P("نص."), title='أخبار <sub alias="المنظمة">WHO</sub>[pause 1s]')
    script = compose([marked, marked], plain, HOUSE)
    assert {script.title, script.sources[0].title, script.chapters[0].title} == {"أخبار WHO"}


# the author's marks and the lexicon


def test_the_authors_marks_stay(plain: ScriptSettings) -> None:
    script = script_of([P("عُقِدَ في عَمّان اجتماع حضره 3 رِجالٍ.")], plain)
    assert "عُقِدَ" in script.cues[1].spoken
    assert "عَمَّان" in script.cues[1].spoken


def lexicon(path: str, *terms: tuple[str, str]) -> None:
    text = "".join(f'[[term]]\nwritten = "{written}"\nspoken = "{said}"\n' for written, said in terms)
    Path(path).write_text(text, encoding="utf-8")


def test_the_lexicon_decides_over_the_model(plain: ScriptSettings) -> None:
    lexicon(plain.lexicon, ("كوسموبورغ", "كُوزْمُوبِرْغ"), ("XQ-7", "إِكْس كِيُو سَبْعَة"))
    script = script_of([P("وصل إلى كوسموبورغ على متن XQ-7 أمس، ثم غادر كوسموبورغ.")], plain)
    assert script.cues[1].spoken.count("كُوزْمُوبِرْغ") == 2
    assert "إِكْس كِيُو سَبْعَة أَم" in script.cues[1].spoken
    assert script.cues[1].written == "وصل إلى كوسموبورغ على متن XQ-7 أمس، ثم غادر كوسموبورغ."


@pytest.mark.parametrize("term", [("زاغروبا", "زَاغْرُوبَا"), ("ZQX", "زِد كِيُو إِكْس"), ("النافورة", "النَّافُورَة")])
def test_a_change_of_the_lexicon_changes_only_cues_with_the_term(plain: ScriptSettings, term: tuple[str, str]) -> None:
    blocks = [
        P(f"جملة لا تعرف الكلمة. وأخرى فيها {term[0]} وحدها. وثالثة بدونها، لكنها أطول قليلا من غيرها."),
        P("نهاية."),
    ]
    before = script_of(blocks, plain).cues
    lexicon(plain.lexicon, term)
    after = script_of(blocks, plain).cues
    changed = [old.id for old, new in zip(before, after, strict=True) if old != new]
    assert set(changed) <= {cue.id for cue in before if term[0] in cue.written}
    lexicon(plain.lexicon, (term[0], "بَدِيل"))
    other = script_of(blocks, plain).cues
    assert [o.id for o, n in zip(after, other, strict=True) if o != n] == ["c0003"]


def test_an_acronym_is_said_by_its_letters_and_not_as_particles(plain: ScriptSettings) -> None:
    said = script_of([P("قالت CNN إن BBC أو FBI في خطر. وقال لـCNN.")], plain).cues[1:]
    assert re.search("سِي إِنْ إِنْ إِن(َّ|ْ) بِي بِي سِي أَوْ إِفْ بِي آيْ فِي خ", said[0].spoken)
    assert "لِسِي إِنْ إِنْ" in said[1].spoken


def test_a_name_without_ending_is_linked_to_the_article_after_it(plain: ScriptSettings) -> None:
    lexicon(plain.lexicon, ("زاغروب", "زَاغْرُوبْ"))
    said = [cue.spoken for cue in script_of([P("زارت زاغروب المدينة. وزارت زاغروب مدينة.")], plain).cues[1:]]
    assert "زَاغْرُوبِ الْ" in said[0]
    assert "زَاغْرُوبْ مَ" in said[1]


def test_the_parts_of_a_name_have_one_case(plain: ScriptSettings) -> None:
    spoken_ = script_of([P("إن ولي العهد الأمير محمد بن سلمان ترأس الجلسة.")], plain).cues[1].spoken
    first, second = re.search("مُحَمَّد(.) بْن(.)", spoken_).groups()  # type: ignore[union-attr]
    assert first == second


def test_a_scope_keeps_a_term_to_its_category(plain: ScriptSettings) -> None:
    Path(plain.lexicon).write_text(
        '[[term]]\nwritten = "زاغروبا"\nspoken = "زَغْرَبَة"\nscope = "رياضة"\n', encoding="utf-8"
    )
    sport, other = (article(P("في زاغروبا اليوم."), categories=(name,)) for name in ("رياضة", "اقتصاد"))
    script = compose([sport, other], plain, HOUSE)
    assert ["زَغْرَبَة" in cue.spoken.replace("زَغْرَبَةِ", "زَغْرَبَة") for cue in script.cues] == [False, True, False, False]


def test_the_gender_of_a_term_rules_the_number_before_it(plain: ScriptSettings) -> None:
    path = Path(plain.lexicon)
    path.write_text('[[term]]\nwritten = "ZQX"\nspoken = "زَاكْس"\ngender = "f"\n', encoding="utf-8")
    feminine = spoken([P("وصلت 5 ZQX أمس.")], plain)[0]
    path.write_text('[[term]]\nwritten = "ZQX"\nspoken = "زَاكْس"\ngender = "m"\n', encoding="utf-8")
    masculine = spoken([P("وصلت 5 ZQX أمس.")], plain)[0]
    assert (feminine, masculine) == ("وصلت خمس زاكس أمس.", "وصلت خمسة زاكس أمس.")


# lengths, voices and what is said around the articles

LONG = (
    "قال وزير الخارجية إن بلاده مستعدة للحوار مع جميع الأطراف، مؤكدا أن الحل السياسي هو السبيل الوحيد لإنهاء الأزمة "
    "التي دخلت عامها الرابع، وأن 25 ألف طن من المساعدات ستصل إلى المناطق المتضررة في محمد بن راشد خلال 48 ساعة."
)


@pytest.mark.parametrize("limit", [40, 60, 100, 166])
def test_no_cue_is_longer_than_its_voice_takes(plain: ScriptSettings, limit: int) -> None:
    script = script_of([P(LONG)], plain, Casting("short", max_letters={"short": limit}))
    assert all(count_letters(cue.spoken) <= limit for cue in script.cues)
    assert " ".join(cue.written for cue in script.cues[1:]) == LONG
    whole = script_of([P(LONG)], plain)
    assert [bare(c.spoken).split() for c in whole.cues[:1]] == [bare(c.spoken).split() for c in script.cues[:1]]


def test_an_alias_longer_than_the_voice_takes_is_named(plain: ScriptSettings) -> None:
    blocks = [P(f'قال <sub alias="{"كلام طويل " * 6}">WHO</sub> ذلك.')]
    with pytest.raises(ScriptError, match=r"«WHO».*takes 40"):
        script_of(blocks, replace(plain, max_letters=40))
    assert script_of(blocks, plain)


def test_the_settings_can_ask_for_shorter_cues(plain: ScriptSettings) -> None:
    assert len(script_of([P(LONG)], replace(plain, max_letters=60)).cues) > len(script_of([P(LONG)], plain).cues)


def test_a_cue_has_the_voice_of_its_role(plain: ScriptSettings) -> None:
    script = script_of([P("نص."), Quote("قول.")], plain, Casting("house", by_role={"quote": "second"}))
    assert [cue.voice for cue in script.cues] == ["house", "house", "second"]


def test_hamzas_left_out_are_said_kept_on_the_page_and_told(plain: ScriptSettings) -> None:
    blocks = [P("اعلنت الاداره ان 5 الاف طن ارسلت فى سبتمبر.")]
    script = script_of(blocks, plain)
    assert bare(script.cues[1].spoken) == "أعلنت الإدارة أن خمسة آلاف طن أرسلت في سبتمبر."
    assert script.cues[1].written == "اعلنت الاداره ان 5 الاف طن ارسلت فى سبتمبر."
    told = {omission.text: omission.reason for omission in script.omissions if omission.shown}
    assert told["ارسلت"].endswith("«أرسلت»")
    assert set(told) == {"اعلنت", "الاداره", "ان", "الاف", "ارسلت", "فى"}
    left = script_of(blocks, replace(plain, restore_hamza=False))
    assert "ارسلت" in bare(left.cues[1].spoken)
    assert not left.omissions


def test_pausal_forms_can_be_turned_off(plain: ScriptSettings) -> None:
    blocks = [P("زار الوفد المدينة القديمة.")]
    on, off = (script_of(blocks, replace(plain, pausal_forms=way)).cues[1].spoken for way in (True, False))
    assert on.endswith("الْقَدِيمَهْ.")
    assert "القديمة" in bare(off)


def test_announcements_are_said_with_their_tanwin(plain: ScriptSettings) -> None:
    block = ListBlock(ordered=True, items=tuple(ListItem("", "بند.") for _ in range(21)))
    said = [cue.spoken for cue in script_of([P("م."), block], plain).cues[2:]]
    assert said[0].startswith("أَوَّلًا: ")
    assert bare(said[11]).startswith("ثاني عشر: ")
    assert bare(said[20]).startswith("البند الحادي والعشرون: ")


def test_months_are_named_as_the_region_names_them(plain: ScriptSettings) -> None:
    blocks = [P("انعقد في 5/6/2024 الاجتماع.")]
    assert "حزيران" in spoken(blocks, replace(plain, months="levant"))[0]
    assert "يونيو" in spoken(blocks, plain)[0]


def test_what_the_voice_is_is_said_once_after_everything_else(plain: ScriptSettings) -> None:
    settings = replace(plain, closing="إلى اللقاء.")
    several = [article(P("أول."), title="خبر"), article(P("ثان."), title="آخر")]
    script = compose(several, settings, HOUSE, DISCLOSURE)
    assert [cue.block for cue in script.cues].count("disclosure") == 1
    assert (script.cues[-1].role, script.cues[-1].written) == ("closing", DISCLOSURE)
    assert script.cues[-1].spoken == "قُرِئَ هَذَا النَّصُّ بِصَوْتٍ مُوَلَّدٍ آلِيَّا."
    assert script.chapters == compose(several, settings, HOUSE).chapters
    assert script.cues[:-1] == compose(several, settings, HOUSE).cues


def test_what_the_voice_is_alone_is_no_edition(plain: ScriptSettings) -> None:
    with pytest.raises(SilenceError, match="nothing to say"):
        compose([article(P("***"), title="")], replace(plain, opening="أهلا بكم."), HOUSE, DISCLOSURE)


def test_opening_and_closing_are_said(plain: ScriptSettings) -> None:
    script = script_of([P("نص.")], replace(plain, opening="أهلا بكم.", closing="إلى اللقاء."))
    assert [cue.role for cue in script.cues] == ["opening", "headline", "intro", "closing"]
    assert script.sources[0].first_cue == "c0002"


def test_the_edition_has_its_own_title(plain: ScriptSettings) -> None:
    assert script_of([P("نص.")], replace(plain, edition="نشرة الصباح")).title == "نشرة الصباح"
    assert script_of([P("نص.")], plain).title == "عنوان الخبر"


# fail closed


def test_what_cannot_be_read_stops_and_is_named(plain: ScriptSettings) -> None:
    with pytest.raises(ScriptError, match=r"عنوان الخبر: «كتب 中文 هنا.».*中文"):
        script_of([P("كتب 中文 هنا.")], plain)


@pytest.mark.parametrize("policy", ["skip", "spell"])
def test_what_is_left_out_stands_in_the_ledger(plain: ScriptSettings, policy: str) -> None:
    script = script_of([P("كتب 中文 هنا.")], replace(plain, on_unreadable=policy))  # type: ignore[arg-type]
    assert bare(script.cues[1].spoken) == "كتب هنا."
    assert [(omission.text, omission.article) for omission in script.omissions] == [("中文", 0)]
    assert "كتب 中文 هنا." in script.omissions[0].reason


def test_a_line_of_which_nothing_can_be_said_stands_in_the_ledger(plain: ScriptSettings) -> None:
    script = script_of([P("نص."), P("* * *"), P("نهاية.")], plain)
    assert [omission.text for omission in script.omissions] == ["* * *"]


def test_an_article_of_which_nothing_can_be_said_is_refused(plain: ScriptSettings) -> None:
    with pytest.raises(ScriptError, match="nothing to say"):
        compose([article(P("***"), title="")], plain, HOUSE)


WORDS = st.sampled_from(
    [
        *("قال", "الوزير", "إن", "3 دول", "25%", "«نعم»", "د.", "محمد،", "و..", "وصل؟", "F-16", "12:30", "1.5 مليون"),
        *("دولار!", "(عاجل)", "بن", "عَمّان", "5/6/2024", "…", "-", ":", "؛", "كم", "لـ15"),
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join), st.integers(30, 200))
@example("قال 12:30 قال 1.5 مليون 1.5 مليون قال", 30)  # مليونا has a letter more than the nominative
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_is_spoken_once_or_accounted_for(plain: ScriptSettings, text: str, limit: int) -> None:
    script = script_of([P(text)], replace(plain, max_letters=limit))
    left_out = {omission.text for omission in script.omissions}
    written = "".join("".join(cue.written.split()) for cue in script.cues[1:])
    for sentence in left_out:
        assert "".join(sentence.split()) in "".join(text.split())
    assert written == "".join(text.split()) or left_out
    assert all(SPEAKABLE.fullmatch(cue.spoken) and count_letters(cue.spoken) <= max(limit, 30) for cue in script.cues)


def test_sections_that_several_articles_share_carry_their_headline() -> None:
    articles = [
        Article(f"عنوان {name}", (Paragraph("مقدمة الخبر."), Paragraph("تفصيل."), Paragraph("نهاية.")))
        for name in ("أول", "ثان")
    ]
    titles = [chapter.title for chapter in compose(articles, ScriptSettings(), Casting("tone")).chapters]
    assert len(set(titles)) == len(titles)
    assert titles[:3] == ["عنوان أول", "تفصيل: عنوان أول", "نهاية: عنوان أول"]


# what the article tells


def test_a_headline_is_one_cue_whatever_stops_stand_in_it(plain: ScriptSettings) -> None:
    found = compose([article(P("نص."), title="هل يعود الغائب؟ الجواب غدا. انتظروا!")], plain, HOUSE)
    assert [cue.written for cue in found.cues if cue.role == "headline"] == ["هل يعود الغائب؟ الجواب غدا. انتظروا!"]


def test_a_line_that_goes_on_is_said_with_a_comma_and_its_pause(plain: ScriptSettings) -> None:
    table = {"comma": 0.2, "paragraph": 1.5, "intro": 1.7}
    found = script_of([P("مقدمة."), P("قال الوزير،"), P("إن الأمر انتهى."), P("ختام.")], replace(plain, pauses_s=table))
    assert found.cues[2].spoken.endswith("،")
    assert found.cues[2].pause_s == 0.2
    assert found.cues[3].pause_s == 1.5


def test_a_cut_inside_a_phrase_leaves_the_ending_of_its_last_word(plain: ScriptSettings) -> None:
    phrase = "رائحة قهوة محمصة ساخنة لذيذة منعشة خفيفة طيبة زكية فواحة رائعة"
    first = script_of([P(phrase)], replace(plain, max_letters=34)).cues[1]
    assert bare(first.spoken).rstrip("،").endswith("ة")


def test_a_score_in_a_headline_is_told_by_its_article(plain: ScriptSettings) -> None:
    body = P("أحرز المهاجم هدفا في مباراة الدوري على ملعبه، وأضاع الفريق ركلة جزاء في الشوط الثاني أمام الحارس.")
    found = compose([article(body, title="الشباب 3-1 الرائد")], plain, HOUSE)
    assert bare(found.cues[0].spoken) == "الشباب ثلاثة مقابل واحد الرائد."
    assert "مقابل" not in compose([article(P("نص."), title="الشباب 3-1 الرائد")], plain, HOUSE).cues[0].spoken


def test_a_gloss_is_not_said_and_stands_in_the_ledger(plain: ScriptSettings) -> None:
    found = script_of([P("اشترت «أدوبي» (Adobe) شركة أخرى، وحذر صندوق النقد الدولي (IMF) من ذلك.")], plain)
    assert bare(found.cues[1].spoken) == "اشترت أدوبي شركة أخرى، وحذر صندوق النقد الدولي من ذلك."
    assert found.cues[1].written.count("(") == 2
    assert [omission.text for omission in found.omissions] == ["Adobe", "IMF"]


def test_letter_names_of_a_code_are_marked(plain: ScriptSettings) -> None:
    found = script_of([P("ارتفع تركيز غاز NO2 في الهواء.")], plain)
    assert "إِنْ أُو تُو" in found.cues[1].spoken


def test_lines_of_markdown_are_words_or_silence(plain: ScriptSettings) -> None:
    found = script_of([P("### أخبار المدينة"), P("* * *"), P("**وصل** الوفد.")], plain)
    assert [bare(cue.spoken) for cue in found.cues[1:]] == ["أخبار المدينه.", "وصل الوفد."]
    assert [omission.text for omission in found.omissions] == ["* * *"]
