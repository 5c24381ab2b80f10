from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from killed_at import moments
from publish.editions import DATE, SHOW, VOICE, Press, dump, make_script

from tts_news import files
from tts_news.errors import PublishError
from tts_news.publish import find_edition, load_episode, manifest, open_edition
from tts_news.publish.catalogue import CATALOGUE
from tts_news.publish.show import load_entry
from tts_news.records import Episode, Script


def names(output: Path) -> list[str]:
    """Return what is in a show's folder, without the catalogue, which may be lost at any time."""
    return sorted(path.name for path in output.iterdir() if not path.name.startswith(CATALOGUE))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_edition_lies_in_a_folder_of_its_date_and_slug(press: Press, script: Script) -> None:
    place, episode = press.make(script)
    assert place.name == f"{DATE}-{episode.slug}"
    assert place.name.isascii()
    (sound,) = [file.name for file in episode.files if file.kind == "audio"]
    assert sound.startswith(f"{episode.slug}.")
    assert (place / "script.json").read_text(encoding="utf-8") == dump(script)


def test_the_manifest_read_back_is_the_manifest_written(press: Press) -> None:
    place, episode = press.make()
    assert load_episode(place) == load_episode(place / "episode.json") == episode


def test_the_manifest_lists_every_file_with_its_size(press: Press) -> None:
    place, episode = press.make()
    assert {file.name: file.size for file in episode.files} == {
        path.name: path.stat().st_size for path in place.iterdir() if path.name != "episode.json"
    }


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, tone: bytes) -> None:
    one, _ = Press(tmp_path / "one", tone).make()
    other, _ = Press(tmp_path / "other", tone).make()
    assert one.name == other.name
    assert contents(one) == contents(other)


def test_making_it_again_changes_no_byte(press: Press) -> None:
    place, _ = press.make()
    before = contents(place)
    press.make()
    assert contents(place) == before


def test_the_edition_is_readable_for_others(press: Press) -> None:
    place, _ = press.make()
    assert place.stat().st_mode & 0o055 == 0o055 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_correction_keeps_folder_and_guid_and_renames_the_sound(
    press: Press, script: Script, corrected: Script
) -> None:
    place, first = press.make(script)
    later_place, second = press.make(corrected, date="2026-11-25")
    assert (later_place, second.guid, second.date, second.published) == (place, first.guid, DATE, first.published)
    assert (first.revision, second.revision) == (0, 1)
    assert second.modified > first.modified
    assert len(second.notes) == 1
    sound = [{file.name for file in episode.files if file.kind == "audio"} for episode in (first, second)]
    assert not sound[0] & sound[1]
    assert (place / sound[0].pop()).exists()
    assert not (place / "script.edited.json").exists()  # nobody has mended the old one


def test_a_changed_date_alone_is_no_correction(press: Press, script: Script) -> None:
    press.make(script)
    touched = replace(script, sources=(replace(script.sources[0], modified="2026-11-23T00:00:00+03:00"),))
    _, episode = press.make(touched)
    assert (episode.revision, episode.notes) == (0, ())


def test_two_articles_of_one_title_and_day_are_two_editions(press: Press) -> None:
    one, first = press.make(make_script(url="https://city.example/1"))
    other, second = press.make(make_script(url="https://city.example/2"))
    assert one != other
    assert first.guid != second.guid


def test_an_edition_is_found_again_by_its_article(press: Press, script: Script, corrected: Script) -> None:
    assert find_edition(press.output, script, DATE) is None
    place, episode = press.make(script)
    assert find_edition(press.output, corrected, "2027-01-01") == (place, episode)


def test_an_edition_that_lost_a_file_is_not_found(press: Press, script: Script) -> None:
    place, _ = press.make(script)
    (place / "script.json").unlink()
    assert find_edition(press.output, script, DATE) is None


def test_what_people_put_into_the_folder_moves_along(press: Press, script: Script, corrected: Script) -> None:
    place, _ = press.make(script)
    (place / "ملاحظات.txt").write_text("مهم")
    (place / "pictures").mkdir()
    (place / "pictures" / "a.png").write_bytes(b"1")
    for work in (corrected, script):
        _, episode = press.make(work)
        assert (place / "ملاحظات.txt").read_text() == "مهم"
        assert (place / "pictures" / "a.png").read_bytes() == b"1"
        assert "ملاحظات.txt" not in {file.name for file in episode.files}


def test_a_script_edited_by_hand_is_not_overwritten(press: Press, script: Script, corrected: Script) -> None:
    place, _ = press.make(script)
    (place / "script.json").write_text("edited")
    press.make(corrected)
    assert (place / "script.edited.json").read_text() == "edited"
    assert (place / "script.json").read_text(encoding="utf-8") == dump(corrected)


def test_the_ledger_holds_every_sentence_once(press: Press, script: Script) -> None:
    _, episode = press.make(script)
    spoken = [entry for entry in episode.ledger if entry.state == "spoken"]
    assert [entry.cue for entry in spoken] == [cue.id for cue in script.cues if cue.block]
    skipped = {entry.text: entry.reason for entry in episode.ledger if entry.state == "skipped"}
    assert skipped == {"الصورة: أرشيف": "caption", "اقرأ المزيد": "boilerplate"}
    assert not [entry for entry in episode.ledger if entry.state == "failed"]


def test_a_cue_without_sound_is_failed_in_the_ledger(press: Press, script: Script) -> None:
    with open_edition(press.output, script, DATE) as draft:
        sound = press.master(draft, script)
        timeline = replace(sound.timeline, cues=sound.timeline.cues[:-2])
        episode = draft.commit(dump(script), replace(sound, timeline=timeline), (VOICE,), SHOW)
    failed = [entry for entry in episode.ledger if entry.state == "failed"]
    assert [entry.text for entry in failed] == ["هذا يوم جميل."]
    assert failed[0].reason


def test_an_error_leaves_nothing_behind(press: Press, script: Script) -> None:
    def interrupted() -> None:
        with open_edition(press.output, script, DATE) as draft:
            press.master(draft, script)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(press.output) == [".lock"]


def test_an_output_that_is_a_file_is_refused_with_a_hint(tmp_path: Path, script: Script) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(PublishError, match="cannot write") as caught:
        open_edition(tmp_path / "output", script, DATE)
    assert "--output" in caught.value.hint


@pytest.mark.parametrize(
    "date", ["", "../../x", "2026-13-01", "22/11/2026", "2026-11-22/..", "9999-12-31", "0001-01-01"]
)
def test_a_date_that_is_none_is_refused(press: Press, script: Script, date: str) -> None:
    with pytest.raises(PublishError, match=r"is no da(?:te|y on which)"):
        open_edition(press.output, script, date)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.write_text", "pathlib.Path.rename"])
def test_a_disk_that_refuses_leaves_the_old_edition(
    press: Press, script: Script, corrected: Script, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    place, _ = press.make(script)
    before = contents(place)
    with open_edition(press.output, corrected, DATE) as draft:
        sound = press.master(draft, corrected)
        with monkeypatch.context() as patch:
            patch.setattr(call, _refuse(code))
            with pytest.raises(PublishError, match="cannot write") as caught:
                draft.commit(dump(corrected), sound, (VOICE,), SHOW)
    assert caught.value.hint
    assert (names(press.output), contents(place)) == ([".lock", place.name], before)
    assert load_episode(place).revision == 0


def _refuse(code: int) -> Callable[..., None]:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


def test_a_damaged_manifest_is_not_replaced_by_a_new_guid(press: Press, script: Script) -> None:
    place, _ = press.make(script)
    (place / "episode.json").write_text("{}")
    with pytest.raises(PublishError, match="is not a manifest") as caught:
        open_edition(press.output, script, DATE)
    assert "move" in caught.value.hint


def test_a_manifest_with_a_flipped_bit_is_named_or_means_the_same(press: Press, script: Script) -> None:
    place, episode = press.make(script)
    manifest = place / "episode.json"
    whole = manifest.read_bytes()
    believed = []
    for at in range(0, len(whole), 23):
        manifest.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        for read in (load_episode, load_entry):
            with suppress(PublishError):
                believed.append(read(place))
    manifest.write_bytes(whole)
    assert {*believed} <= {episode, load_entry(place)}
    assert len(believed) < 5  # of hundreds: a letter of the seal's name


@pytest.mark.parametrize(
    "harm",
    [
        lambda fields: fields | {"slug": "../../x"},
        lambda fields: fields | {"guid": "a b"},
        lambda fields: fields | {"duration_s": "soon"},
        lambda fields: fields | {"duration_s": -1.0},
        lambda fields: fields | {"files": [fields["files"][0] | {"name": "../a.mp3"}]},
        lambda fields: fields | {"files": [fields["files"][0] | {"size": -1}]},
        lambda fields: {key: value for key, value in fields.items() if key != "title"},
        lambda fields: fields | {"published": "soon"},
        lambda fields: fields | {"published": "2026-11-22T09:00:00"},
        lambda fields: fields | {"published": "9999-12-31T23:59:59-14:00"},
        lambda fields: fields | {"modified": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_a_strangers_manifest_is_refused(press: Press, harm: object) -> None:
    place, _ = press.make()
    fields = json.loads((place / "episode.json").read_text(encoding="utf-8"))
    del fields["seal"]
    (place / "episode.json").write_text(json.dumps(harm(fields)), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(PublishError, match="is not a manifest"):
        load_episode(place)


@pytest.mark.parametrize("name", ["published", "modified"])
def test_a_time_that_no_zone_has_never_reaches_the_feed(press: Press, name: str) -> None:
    place, _ = press.make()
    fields = json.loads((place / "episode.json").read_text(encoding="utf-8")) | {name: "9999-12-31T23:59:59-14:00"}
    del fields["seal"]
    (place / "episode.json").write_text(json.dumps(fields), encoding="utf-8")
    with pytest.raises(PublishError, match=name):
        load_entry(place)


def test_a_manifest_larger_than_any_is_not_read(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    place, _ = press.make()
    monkeypatch.setattr(manifest, "_LARGEST", 100)
    with pytest.raises(PublishError, match="too large"):
        load_episode(place)


def test_half_a_surrogate_pair_is_an_error_of_ours(press: Press) -> None:
    with pytest.raises(PublishError, match="no Unicode"):
        press.make(make_script("خبر \ud800"))
    assert names(press.output) == [".lock"]


@pytest.mark.parametrize("exchange", [True, False])
def test_a_kill_at_any_moment_leaves_the_old_edition_or_the_new(
    tmp_path: Path, tone: bytes, script: Script, corrected: Script, exchange: bool
) -> None:
    press = Press(tmp_path / "output", tone)
    place, _ = press.make(script)
    old = contents(place)

    def correct() -> None:
        if not exchange:
            files._exchange = lambda _one, _other: False
        press.make(corrected)

    left = moments(press.output, tmp_path / "moments", correct)
    new = contents(place)
    assert load_episode(place).revision == 1
    assert len(left) > 50
    seen = []
    for output in left:
        if not exchange and not (output / place.name).exists():  # between the two renames: the next opening mends it
            open_edition(output, script, DATE).draft.abandon()
        seen.append(contents(output / place.name))
        open_edition(output, script, DATE).draft.abandon()
        assert names(output) == [".lock", place.name]
    assert seen == [old] * seen.count(old) + [new] * seen.count(new)
    assert seen.count(new) > 1  # also after the renaming


def test_two_processes_that_make_the_same_edition_do_not_mix(press: Press, script: Script, corrected: Script) -> None:
    place, first = press.make(script)
    with open_edition(press.output, script, DATE) as one, open_edition(press.output, corrected, DATE) as other:
        assert one.folder != other.folder
        other_sound = press.master(other, corrected)
        one_sound = press.master(one, script)
        last: Episode = other.commit(dump(corrected), other_sound, (VOICE,), SHOW)
        with pytest.raises(PublishError, match="meanwhile"):  # it would undo a correction that it has not seen
            one.commit(dump(script), one_sound, (VOICE,), SHOW)
    assert load_episode(place) == last
    assert last.guid == first.guid


def test_what_the_show_says_itself_is_no_sentence_of_an_article(press: Press, script: Script) -> None:
    said = replace(script.cues[-1], id="c0099", role="closing", block="disclosure", written="قرأته آلة.")
    _, episode = press.make(replace(script, cues=(*script.cues, said)))
    assert "قرأته آلة." not in [entry.text for entry in episode.ledger]


@pytest.mark.parametrize("days", [0, 1])
def test_an_article_with_a_day_alone_comes_out_when_it_is_made(press: Press, script: Script, days: int) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    day = (before.astimezone(ZoneInfo(SHOW.timezone)) - timedelta(days=days)).date().isoformat()
    _, episode = press.make(replace(script, sources=(replace(script.sources[0], published=day),)), date=day)
    assert before <= datetime.fromisoformat(episode.published) <= datetime.now(UTC)


def test_an_old_article_with_a_day_alone_keeps_its_day_in_the_order_of_making(press: Press, script: Script) -> None:
    sources = (replace(script.sources[0], published="2020-02-29"),)
    _, episode = press.make(replace(script, sources=sources), date="2020-02-29")
    published = datetime.fromisoformat(episode.published)
    assert published.date().isoformat() == "2020-02-29"
    assert published.timetz() != published.min.replace(tzinfo=published.tzinfo).timetz()
