"""What editors changed holds when the article is read again, and what no longer fits is given back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tts_news.errors import ScriptError
from tts_news.records import ChapterMark, Correction, Cue, Identity, Omission, Paragraph, Script, Source
from tts_news.script import dump_script, parse_script
from tts_news.script.corrections import (
    Corrected,
    apply_corrections,
    beyond,
    corrections_between,
    corrections_of,
    edits_of,
    identity_of,
)

HARBOUR = Identity("feed", "https://news.example/feed", "17")
OTHER = Identity("feed", "https://news.example/feed", "18")
BULLETIN = Identity("bulletin", "", "نشرة الصباح", "2026-11-28")
SENTENCES = (
    ("headline", "رصيف جديد", "رَصِيفٌ جَدِيدْ.", "a1b0"),
    ("intro", "افتتح الرصيف.", "افْتُتِحَ الرَّصِيفْ.", "a1b1"),
    ("paragraph", "وصل الوفد إلى كييف صباح اليوم.", "وَصَلَ الْوَفْدُ إِلَى كْيِيفَ صَبَاحَ الْيَوْمْ.", "a1b2"),
    ("paragraph", "نعم.", "نَعَمْ.", "a1b2"),
    ("closing", "نعم.", "نَعَمْ.", "a1b3"),
)


def make(sentences: tuple[tuple[str, str, str, str], ...] = SENTENCES, article: Identity = HARBOUR) -> Script:
    """Return a script of one article, as it is composed."""
    cues = [
        Cue(f"c{n:04d}", role, written, spoken, 0.7 if n % 2 else 0.35, "house", 0, block=block)  # type: ignore[arg-type]
        for n, (role, written, spoken, block) in enumerate(sentences, 1)
    ]
    own = Cue(f"c{len(cues) + 1:04d}", "closing", "قرئ آليا.", "قُرِئَ آلِيًّا.", 1.2, "house", 0, block="disclosure")
    chapters = (ChapterMark("العنوان", "c0001"), ChapterMark("التفاصيل", "c0003"))
    source = Source("رصيف جديد", "ab" * 32, "c0001", published="2026-11-28", identity=article)
    cues = [replace(cue, chapter=int(cue.id >= "c0003")) for cue in (*cues, own)]
    blocks = {"a1b1": Paragraph("افتتح الرصيف.")}
    return Script("رصيف جديد", tuple(cues), chapters, sources=(source,), blocks=blocks, identity=article)


SCRIPT = make()
SPOKEN = "وَصَلَ الْوَفْدُ إِلَى كِيِيفَ صَبَاحَ الْيَوْمْ."
KYIV = Correction(HARBOUR, SENTENCES[2][1], spoken=SPOKEN, role="paragraph", by="salma", at="2026-11-28T09:00:00+03:00")


def spoken(corrected: Corrected) -> list[str]:
    return [cue.spoken for cue in corrected.script.cues]


def test_a_sentence_that_stands_is_said_as_the_editor_wants_it() -> None:
    done = apply_corrections(SCRIPT, [replace(KYIV, pause_s=2.0, voice="salma")])
    wanted = replace(SCRIPT.cues[2], spoken=SPOKEN, pause_s=2.0, voice="salma")
    assert done.script.cues == (*SCRIPT.cues[:2], wanted, *SCRIPT.cues[3:])
    assert (len(done.fitting), done.unfitting) == (1, ())


def test_the_same_sentence_is_found_in_a_bulletin_whatever_stands_before_it() -> None:
    news = make()
    before = Cue("c0000", "headline", "نعم.", "نَعَمْ.", 0.9, "house", 0, block="a1b0")
    moved = tuple(replace(cue, block=cue.block.replace("a1", "a2")) for cue in news.cues)
    sources = (Source("نعم.", "cd" * 32, "c0000", identity=OTHER), news.sources[0])
    bulletin = replace(news, cues=(before, *moved), sources=sources, identity=BULLETIN, title=BULLETIN.key)
    done = apply_corrections(bulletin, [KYIV, Correction(HARBOUR, "نعم.", nth=1, skip=True)])
    assert done.script.cues[3].spoken == SPOKEN
    assert [cue.id for cue in done.script.cues] == ["c0000", "c0001", "c0002", "c0003", "c0004", "c0006"]
    assert done.unfitting == ()
    assert apply_corrections(bulletin, [replace(KYIV, article=replace(HARBOUR, key="19"))]).script.cues == bulletin.cues


def test_a_sentence_that_has_changed_is_named_with_the_one_most_like_it_and_not_corrected() -> None:
    changed = tuple((role, text.replace("صباح", "مساء"), said, block) for role, text, said, block in SENTENCES)
    done = apply_corrections(make(changed), [KYIV, Correction(HARBOUR, "سطر لا يشبه شيئا هنا البتة", skip=True)])
    assert done.script.cues == make(changed).cues
    assert done.fitting == ()
    assert [(one.correction.written, one.nearest) for one in done.unfitting] == [
        (KYIV.written, "وصل الوفد إلى كييف مساء اليوم."),
        ("سطر لا يشبه شيئا هنا البتة", ""),
    ]


def test_a_sentence_left_out_is_in_the_ledger_and_its_chapter_begins_with_the_next_one() -> None:
    done = apply_corrections(SCRIPT, [Correction(HARBOUR, KYIV.written, skip=True)]).script
    assert [cue.id for cue in done.cues] == ["c0001", "c0002", "c0004", "c0005", "c0006"]
    assert done.omissions == (Omission(KYIV.written, "left out by an editor", article=0),)
    assert [mark.first_cue for mark in done.chapters] == ["c0001", "c0004"]
    assert [cue.chapter for cue in done.cues] == [0, 0, 1, 1, 1]
    headless = apply_corrections(SCRIPT, [Correction(HARBOUR, "رصيف جديد", skip=True, role="headline")]).script
    assert headless.sources[0].first_cue == "c0002"
    assert headless.chapters[0].first_cue == "c0002"


def test_a_chapter_called_by_words_that_were_left_out_is_called_by_those_that_follow() -> None:
    marks = [
        ChapterMark(title, "c0003", kind=kind)
        for title, kind in (("سافر الوزير", "part"), ("بند", "item"), ("المفاوضات", "section"))
    ]
    known = replace(SCRIPT, chapters=(SCRIPT.chapters[0], *marks))
    done = apply_corrections(known, [Correction(HARBOUR, KYIV.written, skip=True)]).script
    heir = next(cue for cue in done.cues if cue.id == "c0004").written.rstrip(".")
    assert [(mark.title, mark.first_cue) for mark in done.chapters[1:]] == [
        (heir, "c0004"), (heir, "c0004"), ("المفاوضات", "c0004"),
    ]  # fmt: skip
    assert parse_script(dump_script(done)) == done


def test_a_paragraph_keeps_the_pause_at_its_end_when_its_last_sentence_goes() -> None:
    longer = replace(SCRIPT, cues=tuple(replace(cue, pause_s=float(n)) for n, cue in enumerate(SCRIPT.cues)))
    done = apply_corrections(longer, [Correction(HARBOUR, "نعم.", skip=True)]).script
    assert [cue.pause_s for cue in done.cues] == [0.0, 1.0, 3.0, 4.0, 5.0]


def test_a_headline_and_a_sentence_of_the_same_words_are_two() -> None:
    twice = make((SENTENCES[0], ("intro", "رصيف جديد", "رَصِيفٌ جَدِيدْ.", "a1b1")))
    done = apply_corrections(twice, [Correction(HARBOUR, "رصيف جديد", spoken="عُنْوَانْ.", role="headline")])
    assert spoken(done)[:2] == ["عُنْوَانْ.", "رَصِيفٌ جَدِيدْ."]
    done = apply_corrections(twice, [Correction(HARBOUR, "رصيف جديد", spoken="مَتْنْ.", role="paragraph")])
    assert spoken(done)[:2] == ["رَصِيفٌ جَدِيدْ.", "مَتْنْ."]


def test_a_corrected_headline_is_said_so_in_the_contents_of_a_bulletin_too() -> None:
    contents = Cue("c0000", "opening", "رصيف جديد", "رَصِيفٌ جَدِيدْ.", 0.9, "house", 0, block="contents1")
    bulletin = replace(SCRIPT, cues=(contents, *SCRIPT.cues), identity=BULLETIN)
    done = apply_corrections(bulletin, [Correction(HARBOUR, "رصيف جديد", spoken="عُنْوَانْ.", role="headline")])
    assert spoken(done)[:2] == ["عُنْوَانْ.", "عُنْوَانْ."]


def test_what_no_voice_can_say_is_refused_with_its_sentence() -> None:
    with pytest.raises(ScriptError, match=r"وصل الوفد.*'5'"):
        apply_corrections(SCRIPT, [replace(KYIV, spoken="وَصَلَ 5")])


def test_the_later_of_two_corrections_of_one_sentence_holds() -> None:
    done = apply_corrections(SCRIPT, [replace(KYIV, spoken="أَوَّلْ."), KYIV])
    assert (spoken(done)[2], done.fitting) == (SPOKEN, (KYIV,))


# ── files without a date ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_without_a_date_is_the_same_tomorrow() -> None:
    today, tomorrow = (
        replace(make(article=who), sources=(replace(SCRIPT.sources[0], identity=who, published=""),))
        for who in (Identity("file", "file:ab", "رصيف جديد", day) for day in ("2026-11-28", "2026-11-29"))
    )
    mended = replace(today, cues=(replace(today.cues[0], spoken="عُنْوَانْ."), *today.cues[1:]))
    (found,) = corrections_between(today, mended)
    assert found.article == Identity("file", "file:ab", "رصيف جديد", "")
    assert spoken(apply_corrections(tomorrow, [found]))[0] == "عُنْوَانْ."
    as_desk = replace(found, article=today.sources[0].identity or HARBOUR)  # somebody took the identity as it stood
    assert spoken(apply_corrections(tomorrow, [as_desk]))[0] == "عُنْوَانْ."


def test_a_file_that_states_its_date_is_another_article_on_another_day() -> None:
    who = Identity("file", "file:ab", "رصيف جديد", "2026-11-28")
    other = replace(who, date="2026-11-29")
    script = make(article=other)
    assert identity_of(script.sources[0]) == other
    assert corrections_of(script, [replace(KYIV, article=who)]) == {}


# ── what an editor changed ───────────────────────────────────────────────────────────────────────────────────────


def saved(*corrections: Correction) -> Script:
    """Return the script as `make` saves it and an editor opens it."""
    return parse_script(dump_script(apply_corrections(SCRIPT, corrections).script))


def change(script: Script, name: str, **fields: object) -> Script:
    cues = (replace(cue, **fields) if cue.id == name else cue for cue in script.cues)  # type: ignore[arg-type]
    return replace(script, cues=tuple(cues))


def without(script: Script, name: str) -> Script:
    text = dump_script(replace(script, cues=tuple(cue for cue in script.cues if cue.id != name)))
    return parse_script(text)


def test_what_an_editor_changes_is_found_sentence_by_sentence() -> None:
    mended = without(change(change(saved(), "c0003", spoken=SPOKEN), "c0001", pause_s=2.0, voice="salma"), "c0004")
    found = edits_of(mended, "salma", "2026-11-28T09:00:00+03:00")
    assert [(one.written, one.nth, one.change) for one in found] == [
        ("رصيف جديد", 0, (None, 2.0, "salma", False)),
        (KYIV.written, 0, (SPOKEN, None, None, False)),
        ("نعم.", 0, (None, None, None, True)),
    ]
    assert {one.by for one in found} == {"salma"}
    assert beyond(mended) == ()
    assert corrections_between(SCRIPT, mended, "salma", found[0].at) == found
    assert apply_corrections(SCRIPT, found).script.cues == apply_corrections(mended, found).script.cues


def test_who_changed_what_is_in_no_script_that_is_published() -> None:
    done = apply_corrections(SCRIPT, [KYIV])
    assert done.fitting == (KYIV,)
    assert done.script.composed
    assert [(one.change, one.by, one.at) for one in done.script.composed.corrections] == [(KYIV.change, "", "")]


def test_a_file_that_nobody_touched_changes_nothing_whatever_was_corrected_before() -> None:
    assert edits_of(saved()) == ()
    assert edits_of(saved(KYIV, Correction(HARBOUR, "نعم.", skip=True))) == ()


def test_what_an_editor_puts_back_takes_a_correction_back() -> None:
    back = change(saved(KYIV), "c0003", spoken=SENTENCES[2][2])
    (found,) = edits_of(back)
    assert (found.key, found.change) == (KYIV.key, (None, None, None, False))


def test_a_second_change_keeps_the_first_of_the_same_sentence() -> None:
    (found,) = edits_of(change(saved(KYIV), "c0003", pause_s=3.0))
    assert found.change == (SPOKEN, 3.0, None, False)


def test_an_empty_voice_is_whoever_is_cast_and_no_change() -> None:
    assert edits_of(change(saved(), "c0003", voice="")) == ()


def test_a_name_replaced_in_the_whole_file_is_found() -> None:
    text = dump_script(apply_corrections(SCRIPT, ()).script).replace("كْيِيفَ", "كِيِيفَ")
    assert [one.change for one in edits_of(parse_script(text))] == [(SPOKEN, None, None, False)]


def test_what_no_correction_can_hold_is_told() -> None:
    script = saved()
    new = replace(script.cues[0], id="new", written="سطر جديد.", block="")
    assert beyond(replace(script, cues=(*script.cues, new))) == ("1 added sentence",)
    assert beyond(change(script, "c0002", written="افتتح الرصيف أمس.")) == ("1 sentence written otherwise",)
    assert beyond(replace(script, cues=(*script.cues[1::-1], *script.cues[2:]))) == ("another order",)
    assert beyond(replace(script, chapters=script.chapters[:1])) == ("other chapters",)
    assert beyond(replace(script, title="عنوان آخر")) == ("another title, or other blocks or sources",)
    assert beyond(SCRIPT) == ("it does not say what was composed",)


def test_a_script_that_was_saved_takes_corrections_that_came_since() -> None:
    deleted = without(saved(), "c0004")  # the first of two equal sentences: the other one keeps its number
    done = apply_corrections(deleted, [Correction(HARBOUR, "نعم.", nth=1, spoken="أَجَلْ."), KYIV])
    assert [cue.spoken for cue in done.script.cues if cue.id in {"c0003", "c0005"}] == [SPOKEN, "أَجَلْ."]


def test_the_edition_own_lines_are_corrected_for_the_edition_alone() -> None:
    (found,) = edits_of(change(saved(), "c0006", spoken="قُرِئَ بِالْآلَةْ."))
    assert (found.role, found.article) == ("edition", HARBOUR)
    assert spoken(apply_corrections(SCRIPT, [found]))[-1] == "قُرِئَ بِالْآلَةْ."
    bulletin = apply_corrections(replace(SCRIPT, identity=BULLETIN), [found])
    assert (spoken(bulletin)[-1], bulletin.unfitting) == (SCRIPT.cues[-1].spoken, ())


def test_a_correction_does_not_speak_for_a_sentence_that_an_editor_wrote_otherwise() -> None:
    rewritten = change(saved(), "c0003", written="وصل الوفد إلى لفيف.", spoken="وَصَلَ الْوَفْدُ إِلَى لْفِيفْ.")
    assert apply_corrections(rewritten, [KYIV]).script.cues[2].spoken == "وَصَلَ الْوَفْدُ إِلَى لْفِيفْ."


def test_a_sentence_that_an_editor_puts_back_is_said_again() -> None:
    without_it = saved(Correction(HARBOUR, KYIV.written, skip=True))
    assert "c0003" not in {cue.id for cue in without_it.cues}
    back = replace(without_it, cues=(*without_it.cues[:2], SCRIPT.cues[2], *without_it.cues[2:]))
    assert [(one.key, one.change) for one in edits_of(back)] == [(KYIV.key, (None, None, None, False))]


def test_what_a_headline_did_to_the_contents_is_no_editors_change_of_them() -> None:
    contents = Cue("c0000", "opening", "رصيف جديد", "رَصِيفٌ جَدِيدْ.", 0.9, "house", 0, block="contents1")
    bulletin = replace(SCRIPT, cues=(contents, *SCRIPT.cues), identity=BULLETIN)
    head = Correction(HARBOUR, "رصيف جديد", spoken="عُنْوَانْ.", role="headline")
    read = parse_script(dump_script(apply_corrections(bulletin, [head]).script))
    assert edits_of(read) == ()
    assert [one.change for one in edits_of(change(read, "c0000", pause_s=2.0))] == [(None, 2.0, None, False)]


def test_a_chapter_of_which_nothing_is_left_does_not_begin_in_the_next_article() -> None:
    news = make()
    second = tuple(replace(cue, id=f"d{cue.id}", block=cue.block.replace("a1", "a2")) for cue in news.cues[:5])
    source = replace(news.sources[0], identity=OTHER, first_cue="dc0001")
    chapters = (*news.chapters, ChapterMark("الخاتمة", "c0005", kind="part"), ChapterMark("الثاني", "dc0001"))
    script = replace(news, cues=(*news.cues[:5], *second), chapters=chapters, sources=(news.sources[0], source))
    done = apply_corrections(script, [Correction(HARBOUR, "نعم.", nth=1, skip=True)]).script
    assert [(mark.title, mark.first_cue) for mark in done.chapters] == [
        ("العنوان", "c0001"),
        ("التفاصيل", "c0003"),
        ("الثاني", "dc0001"),
    ]


def test_the_own_lines_of_a_file_without_a_date_are_corrected_tomorrow_too() -> None:
    today, tomorrow = (
        replace(make(article=who), sources=(replace(SCRIPT.sources[0], identity=who, published=""),))
        for who in (Identity("file", "file:ab", "رصيف جديد", day) for day in ("2026-11-28", "2026-11-29"))
    )
    (found,) = corrections_between(today, change(today, "c0006", spoken="قُرِئَ بِالْآلَةْ."))
    assert spoken(apply_corrections(tomorrow, [found]))[-1] == "قُرِئَ بِالْآلَةْ."
