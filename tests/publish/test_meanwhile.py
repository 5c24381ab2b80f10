"""What becomes of an edition when somebody else changes it between the opening of a draft and its commit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from publish.editions import DATE, SHOW, VOICE, Press, dump

from tts_news.errors import PublishError
from tts_news.publish import EditionDraft, load_episode, open_edition, withdraw
from tts_news.publish.draft import reopen_folder
from tts_news.publish.settings import PublishSettings
from tts_news.records import Episode, Script


def finish(press: Press, draft: EditionDraft, script: Script, recipe: str = "") -> Episode:
    return draft.commit(dump(script), press.master(draft, script), (VOICE,), SHOW, recipe=recipe)


def test_a_correction_under_way_does_not_bring_back_what_was_withdrawn(
    press: Press, script: Script, corrected: Script
) -> None:
    place, _ = press.make(script)
    with open_edition(press.output, corrected, DATE) as draft:
        assert draft.place == place
        withdraw(press.output, place.name, SHOW, PublishSettings())
        with pytest.raises(PublishError, match="meanwhile"):
            finish(press, draft, corrected)
    assert load_episode(place).withdrawn
    assert not list(place.glob("*.mp3"))


def test_a_withdrawal_leaves_nothing_of_a_correction_that_came_between(
    press: Press, script: Script, corrected: Script
) -> None:
    place, first = press.make(script)
    with reopen_folder(place.parent, place) as draft:
        with open_edition(press.output, corrected, DATE) as other:
            finish(press, other, corrected)
        with pytest.raises(PublishError, match="meanwhile"):
            draft.commit(replace(first, files=(), withdrawn="2026-11-23T00:00:00+00:00"))
    withdraw(press.output, place.name, SHOW, PublishSettings())
    assert sorted(path.name for path in place.iterdir()) == ["episode.json", "index.html"]


def test_of_two_texts_made_at_once_none_is_lost_unsaid(press: Press, script: Script, corrected: Script) -> None:
    with open_edition(press.output, script, DATE) as one, open_edition(press.output, corrected, DATE) as other:
        finish(press, one, script)
        with pytest.raises(PublishError, match="meanwhile"):
            finish(press, other, corrected)
    assert press.make(corrected)[1].revision == 1


def test_the_same_made_twice_at_once_is_made(press: Press, script: Script) -> None:
    with open_edition(press.output, script, DATE) as one, open_edition(press.output, script, DATE) as other:
        first = finish(press, one, script, "recipe")
        assert finish(press, other, script, "recipe") == first
    assert load_episode(one.place) == first
    assert not list(press.output.glob(".drafts/*"))


def test_links_in_an_editions_folder_move_along_as_links(
    press: Press, script: Script, corrected: Script, tmp_path: Path
) -> None:
    place, _ = press.make(script)
    (tmp_path / "large").mkdir()
    (tmp_path / "large" / "file").write_text("x")
    folder = place / "mine"
    folder.mkdir()
    for link, target in (
        (place / "gone", "nowhere"),
        (place / "round", "round"),
        (place / "large", str(tmp_path / "large")),
        (folder / "up", ".."),
        (folder / "gone", "nowhere"),
    ):
        link.symlink_to(target)
    press.make(corrected)
    assert load_episode(place).revision == 1
    assert {path: str((place / path).readlink()) for path in ("gone", "round", "large", "mine/up", "mine/gone")} == {
        "gone": "nowhere",
        "round": "round",
        "large": str(tmp_path / "large"),
        "mine/up": "..",
        "mine/gone": "nowhere",
    }
