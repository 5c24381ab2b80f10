"""Articles go from one script into another, and what an editor changed in either can still be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tts_news.records import Article, Casting, Heading, Identity, Paragraph, Script
from tts_news.script import ScriptSettings, compose, dump_script, parse_script
from tts_news.script.binding import article_of, with_article, without_article
from tts_news.script.corrections import Correction, apply_corrections, beyond, edits_of, own_script

BULLETIN = Identity("bulletin", "", "نشرة الصباح", "2026-11-28")


def article(name: str, *texts: str) -> Article:
    blocks = (Paragraph(f"افتتح {name} صباح اليوم."), Heading("ما الجديد"), *(Paragraph(text) for text in texts))
    who = Identity("feed", "https://news.example/feed", name)
    return Article(f"خبر {name}", blocks, url=f"https://news.example/{name}", published="2026-11-28", identity=who)


ONE, TWO, THREE = article("الرصيف", "نعم."), article("المتحف", "نعم."), article("المطار", "كلا.", "وبعد ذلك.")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> ScriptSettings:
    return ScriptSettings(
        lexicon=str(tmp_path_factory.mktemp("show") / "lexicon.toml"), opening="مرحبا بكم.", contents=True
    )


def bound(settings: ScriptSettings, *articles: Article) -> Script:
    """Return the script of articles as `make` saves it: alone, or together in a bulletin."""
    several = len(articles) > 1
    title = BULLETIN.key if several else ""
    script = compose(articles, replace(settings, edition=title), Casting("house"), "قرئ آليا.")
    script = replace(script, identity=BULLETIN if several else articles[0].identity)
    return parse_script(dump_script(apply_corrections(script, ()).script))


@pytest.fixture(scope="module")
def three(settings: ScriptSettings) -> Script:
    return bound(settings, ONE, TWO, THREE)


def heard(script: Script) -> list[tuple[str, ...]]:
    """Return everything of a script but the hash of what was composed, which tells nothing to a listener."""
    return [
        *(
            (cue.id, cue.role, cue.written, cue.spoken, str(cue.pause_s), cue.block, str(cue.chapter))
            for cue in script.cues
        ),
        *((mark.title, mark.first_cue, str(mark.level), mark.url, mark.kind) for mark in script.chapters),
        *((source.title, source.first_cue) for source in script.sources),
        *((name, repr(block)) for name, block in script.blocks.items()),
    ]


def test_a_bulletin_without_an_article_is_the_bulletin_of_the_others(settings: ScriptSettings, three: Script) -> None:
    assert heard(without_article(three, 1)) == heard(bound(settings, ONE, THREE))
    assert heard(without_article(three, 0)) == heard(bound(settings, TWO, THREE))


def test_a_bulletin_with_a_corrected_article_is_the_one_that_would_be_made_of_it(
    settings: ScriptSettings, three: Script
) -> None:
    new = replace(article("المتحف", "كلا، بل أمس.", "وأضاف آخر."), title="خبر المتحف الكبير", identity=TWO.identity)
    done = with_article(three, 1, bound(settings, new))
    assert heard(done) == heard(bound(settings, ONE, new, THREE))
    assert heard(own_script(done) or three) == heard(done)
    assert (edits_of(done), beyond(done)) == ((), ())


def test_an_article_comes_from_a_script_as_it_was(three: Script, settings: ScriptSettings) -> None:
    assert [article_of(three, number) for number in range(3)] == [(ONE, True), (TWO, True), (THREE, True)]
    part = replace(ONE, missing="paywall")
    assert article_of(bound(settings, part), 0) == (part, True)
    old, exact = article_of(replace(three, blocks={}), 1)
    assert not exact
    assert [block.text for block in old.blocks if isinstance(block, Paragraph)] == [
        "افتتح المتحف صباح اليوم.",
        "ما الجديد",
        "نعم.",
    ]


def test_what_was_corrected_and_mended_stays_told(settings: ScriptSettings, three: Script) -> None:
    assert ONE.identity
    assert TWO.identity
    mine = Correction(ONE.identity, "نعم.", skip=True)
    theirs = Correction(TWO.identity, "نعم.", spoken="أَجَلْ.")
    held = parse_script(dump_script(apply_corrections(three, [mine, theirs]).script))
    part = apply_corrections(bound(settings, TWO), [Correction(TWO.identity, "نعم.", spoken="بَلَى.")]).script
    done = with_article(held, 1, part)
    assert [cue.spoken for cue in done.cues if cue.written == "نعم."] == ["بَلَى."]
    assert done.composed
    assert {one.change for one in done.composed.corrections} == {(None, None, None, True), ("بَلَى.", None, None, False)}
    assert edits_of(done) == ()
    left = without_article(held, 0)
    assert left.composed
    assert left.composed.corrections == (theirs,)
    assert edits_of(left) == ()
    mended = replace(held, cues=tuple(replace(cue, pause_s=9.0) if cue.written == "كلا." else cue for cue in held.cues))
    assert [one.change for one in edits_of(without_article(mended, 0))] == [(None, 9.0, None, False)]


@pytest.mark.parametrize(("number", "own"), [(1, TWO), (2, THREE)])
def test_an_article_of_which_nothing_was_left_comes_back_in_its_place(
    settings: ScriptSettings, three: Script, number: int, own: Article
) -> None:
    block = f"a{number + 1}b"
    skipped = [cue for cue in three.cues if cue.block.startswith(block)]
    corrections = [Correction(own.identity or BULLETIN, cue.written, role=cue.role, skip=True) for cue in skipped]
    gone = apply_corrections(three, corrections).script
    assert not [cue for cue in gone.cues if cue.block.startswith(block)]
    assert heard(with_article(gone, number, bound(settings, own))) == heard(three)
