from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import fsspec
import pytest
from lxml import etree
from ports import free_port
from publish.editions import SHOW, Press, make_script

from tts_news.errors import PublishError
from tts_news.publish import load_episode
from tts_news.publish import sync as room
from tts_news.publish.build import build_show
from tts_news.publish.settings import PublishSettings
from tts_news.publish.sync import RECORD, Synced, sync
from tts_news.publish.withdrawal import withdraw

SETTINGS = PublishSettings()
BASE = SHOW.base_url


def add(press: Press, number: int, words: str = "") -> Path:
    script = make_script(f"خبر {number}{words}", url=f"https://city.example/{number}")
    if words:
        script = make_script(
            f"خبر {number}", (("headline", words, words, 0, "a0b0"),), f"https://city.example/{number}"
        )
    place, _ = press.make(script)
    build_show(press.output, SHOW, SETTINGS)
    return place


@pytest.fixture
def show(press: Press) -> Press:
    add(press, 1)
    add(press, 2)
    return press


def is_sound(folder: Path) -> bool:
    """Tell whether all that the feed at the destination names is there, and its sounds whole."""
    return is_whole({name: len(data) for name, data in published(folder).items()}, lambda name: folder / name)


def is_whole(sizes: Mapping[str, int], read: Callable[[str], Path | BytesIO]) -> bool:
    if "feed.xml" not in sizes:
        return True
    named = {element.get("url"): element.get("length") for element in etree.parse(read("feed.xml")).iter("*")}
    ours = {url.removeprefix(BASE): length for url, length in named.items() if url and url.startswith(BASE)}
    return bool(ours) and all(name in sizes and length in {None, str(sizes[name])} for name, length in ours.items())


def published(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != RECORD
    }


def local(press: Press) -> dict[str, bytes]:
    """Return what a destination is to have: all but the newest sound at addresses that it never had."""
    manifests = [load_episode(path) for path in press.output.iterdir() if path.is_dir()]
    former = {file.name for episode in manifests for file in episode.files if file.kind == "superseded"}
    there = published(press.output)
    return {name: there[name] for name in there if not name.startswith(".") and Path(name).name not in former}


def test_a_folder_gets_the_whole_show(show: Press, tmp_path: Path) -> None:
    done = sync(show.output, str(tmp_path / "www"), 7)
    assert published(tmp_path / "www") == local(show)
    assert set(done.copied) == set(local(show))
    assert done.copied[-1] == "feed.xml"


def test_sound_goes_first_and_the_feed_last(show: Press, tmp_path: Path) -> None:
    copied = sync(show.output, str(tmp_path / "www"), 7).copied
    assert [name.endswith(".mp3") for name in copied[:3]] == [True, True, False]
    assert copied.index("index.html") > max(at for at, name in enumerate(copied) if "/" in name)
    assert copied[-1] == "feed.xml"


def test_a_second_sync_copies_nothing_and_a_third_only_what_is_new(show: Press, tmp_path: Path) -> None:
    destination = str(tmp_path / "www")
    sync(show.output, destination, 7)
    assert sync(show.output, destination, 7).copied == ()
    place = add(show, 3)
    copied = sync(show.output, destination, 7).copied
    assert {name for name in copied if "/" not in name} == {"index.html", "editions.json", "embed.html", "feed.xml"}
    assert {name.partition("/")[0] for name in copied if "/" in name} == {place.name}


@pytest.mark.parametrize("kind", ["*.mp3", "transcript.vtt", "index.html"])
def test_a_flipped_byte_is_named_and_not_published(show: Press, tmp_path: Path, kind: str) -> None:
    path = next(show.output.glob(f"2*/{kind}"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(PublishError, match=f"{path.name} is damaged"):
        sync(show.output, str(tmp_path / "www"), 7)
    assert not (tmp_path / "www" / path.relative_to(show.output)).exists()


def test_a_script_mended_by_hand_is_published_as_it_is(show: Press, tmp_path: Path) -> None:
    path = next(show.output.glob("2*/script.json"))
    path.write_text(path.read_text(encoding="utf-8").replace("{", "{ ", 1), encoding="utf-8")
    sync(show.output, str(tmp_path / "www"), 7)
    assert (tmp_path / "www" / path.relative_to(show.output)).read_bytes() == path.read_bytes()


def test_a_dry_run_says_it_and_changes_nothing(show: Press, tmp_path: Path) -> None:
    planned = sync(show.output, str(tmp_path / "www"), 7, dry_run=True)
    assert not (tmp_path / "www").exists()
    assert sync(show.output, str(tmp_path / "www"), 7) == planned


def test_a_file_lost_or_cut_at_the_destination_is_copied_again(show: Press, tmp_path: Path) -> None:
    sync(show.output, str(tmp_path / "www"), 7)
    lost = next((tmp_path / "www").rglob("*.mp3"))
    lost.write_bytes(b"cut")
    (tmp_path / "www" / "feed.xml").unlink()
    assert set(sync(show.output, str(tmp_path / "www"), 7).copied) == {
        str(lost.relative_to(tmp_path / "www")),
        "feed.xml",
    }


def test_a_file_that_arrives_short_is_an_error_and_the_feed_stays_as_it_was(
    show: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A destination that takes half of a file and says nothing: a full quota, a proxy that cuts."""
    from fsspec.implementations.local import LocalFileSystem

    put = LocalFileSystem.put_file

    def half(self: LocalFileSystem, here: str, there: str, *args: object, **options: object) -> None:
        put(self, here, there, *args, **options)
        if here.endswith(".mp3"):
            os.truncate(there, Path(here).stat().st_size // 2)

    monkeypatch.setattr(LocalFileSystem, "put_file", half)
    with pytest.raises(PublishError, match="at the destination"):
        sync(show.output, str(tmp_path / "www"), 7)
    assert not (tmp_path / "www" / "feed.xml").exists()


def test_what_others_put_there_is_never_removed(show: Press, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "about.html").write_text("x")
    sync(show.output, str(tmp_path / "www"), 0)
    sync(show.output, str(tmp_path / "www"), 0)
    assert (tmp_path / "www" / "about.html").read_text() == "x"


def sounds(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in published(folder).items() if name.endswith(".mp3")}


def test_old_addresses_give_the_correction_for_their_time_of_grace(
    show: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    destination = str(tmp_path / "www")
    sync(show.output, destination, 7)
    old = sounds(tmp_path / "www")
    folder = add(show, 1, "أولى").name
    add(show, 1, "ثانية")  # the first sound is superseded twice now
    done = sync(show.output, destination, 7)
    now = sounds(tmp_path / "www")
    (first,) = [name for name in old if name.startswith(folder)]
    assert done.removed == ()
    assert done.waiting == (first,)
    assert now[first] != old[first]
    assert len({data for name, data in now.items() if name.startswith(folder)}) == 1
    assert len([name for name in now if name.startswith(folder)]) == 2  # the one between was never there
    assert sync(show.output, destination, 7).copied == ()
    at = time.time()
    monkeypatch.setattr(room.time, "time", lambda: at + 8 * 86_400)
    assert sync(show.output, destination, 7).removed == (first,)
    assert sync(show.output, destination, 7).copied == ()
    assert first not in sounds(tmp_path / "www")


def test_sound_that_no_correction_stands_in_for_goes_at_once(show: Press, tmp_path: Path) -> None:
    destination = str(tmp_path / "www")
    sync(show.output, destination, 7)
    place = next(path for path in sorted(show.output.iterdir()) if path.is_dir())
    (tmp_path / "www" / place.name / "x.00000000.opus").write_bytes(b"said wrongly")
    record = json.loads((tmp_path / "www" / RECORD).read_text())
    record["files"][f"{place.name}/x.00000000.opus"] = "0" * 64
    (tmp_path / "www" / RECORD).write_text(json.dumps(record))
    assert sync(show.output, destination, 7).removed == (f"{place.name}/x.00000000.opus",)


def test_a_withdrawn_edition_goes_at_once(show: Press, tmp_path: Path) -> None:
    sync(show.output, str(tmp_path / "www"), 7)
    place = next(path for path in show.output.iterdir() if path.is_dir())
    withdraw(show.output, place.name, SHOW, SETTINGS)
    done = sync(show.output, str(tmp_path / "www"), 7)
    assert any(name.endswith(".mp3") for name in done.removed)
    assert published(tmp_path / "www") == local(show)
    assert is_sound(tmp_path / "www")


def test_a_damaged_record_is_named(show: Press, tmp_path: Path) -> None:
    sync(show.output, str(tmp_path / "www"), 7)
    (tmp_path / "www" / RECORD).write_text("[]")
    with pytest.raises(PublishError, match="damaged"):
        sync(show.output, str(tmp_path / "www"), 7)


@pytest.mark.parametrize(
    "destination", ["nonsense://x/y", "sftp://127.0.0.1:1/x", "/proc/nothing/here", "s3://bucket/x"]
)
def test_a_destination_that_cannot_be_reached_is_an_error_of_ours(
    show: Press, destination: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(PublishError):
        sync(show.output, destination, 7)


def test_a_password_in_the_address_is_not_shown(show: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(PublishError) as caught:
        sync(show.output, "sftp://me:secret@127.0.0.1:1/x", 7)
    assert "secret" not in str(caught.value)


def test_a_kill_at_any_moment_leaves_a_sound_show(show: Press, tmp_path: Path) -> None:
    """Kill a child at every few of its file operations, each time further on, until one comes through."""
    folder = tmp_path / "www"
    sync(show.output, str(folder), 7)
    add(show, 1, "أولى")
    add(show, 3)
    for step in range(0, 4000, 7):
        child = os.fork()
        if child == 0:
            _kill_after(step)
            sync(show.output, str(folder), 7)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert is_sound(folder)
        if status == 0:
            break
    assert step > 20
    parts = {name for name in published(folder) if name.endswith(".part")}
    assert not parts
    assert published(folder).items() >= local(show).items()


def _kill_after(last: int) -> None:
    count = 0

    def kill(event: str, _details: object) -> None:
        nonlocal count
        if event in {"open", "os.rename", "os.mkdir", "shutil.move", "shutil.copyfile"}:
            count += 1
            if count > last:
                os._exit(9)

    sys.addaudithook(kill)


def test_what_a_dead_sync_had_begun_is_neither_trusted_nor_forgotten(show: Press, tmp_path: Path) -> None:
    destination, folder = str(tmp_path / "www"), tmp_path / "www"
    sync(show.output, destination, 7)
    before = local(show)
    place = add(show, 1, "أولى")
    (sound,) = (path for path in place.glob("*.mp3") if f"{place.name}/{path.name}" not in before)
    child = os.fork()
    if child == 0:
        _kill_at(sound.name)
        sync(show.output, destination, 7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert (folder / place.name / f".{sound.name}.part").is_file()
    add(show, 1, "ثانية")
    add(show, 1, "ثالثة")  # the sound that was under way is no longer in the show
    sync(show.output, destination, 0)
    sync(show.output, destination, 0)
    assert not [name for name in published(folder) if name.endswith(".part")]
    assert published(folder) == local(show)


def _kill_at(name: str) -> None:
    """End this process when the file of that name is renamed into its place."""

    def kill(event: str, details: tuple[object, ...]) -> None:
        if event in {"os.rename", "shutil.move"} and str(details[1]).endswith(name):
            os._exit(9)

    sys.addaudithook(kill)


@pytest.fixture
def sftp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real OpenSSH server on loopback, with keys of its own."""
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    port = free_port()
    (tmp_path / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {tmp_path}/host\nAuthorizedKeysFile {tmp_path}/user.pub\n"
        "PasswordAuthentication no\nStrictModes no\nUsePAM no\nPidFile none\nSubsystem sftp internal-sftp\n"
    )
    (home / ".ssh" / "id_ed25519").write_bytes((tmp_path / "user").read_bytes())
    (home / ".ssh" / "id_ed25519").chmod(0o600)
    host_key = (tmp_path / "host.pub").read_text().split()[:2]
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{port} {' '.join(host_key)}\n")
    monkeypatch.setenv("HOME", str(home))
    Path("/run/sshd").mkdir(exist_ok=True)
    server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(tmp_path / "sshd_config")])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    fsspec.get_filesystem_class("sftp").clear_instance_cache()
    user = os.environ.get("USER") or "root"
    yield f"sftp://{user}@127.0.0.1:{port}{tmp_path}/www"
    server.terminate()
    server.wait()


@pytest.mark.slow
def test_a_real_ssh_server_gets_the_whole_show(show: Press, tmp_path: Path, sftp: str) -> None:
    sync(show.output, sftp, 7)
    assert published(tmp_path / "www") == local(show)
    assert sync(show.output, sftp, 7).copied == ()
    add(show, 3)
    assert sync(show.output, sftp, 7).copied[-1] == "feed.xml"
    assert published(tmp_path / "www") == local(show)


@pytest.mark.slow
def test_an_ssh_server_with_another_key_is_refused(show: Press, tmp_path: Path, sftp: str) -> None:
    known = Path(os.environ["HOME"]) / ".ssh" / "known_hosts"
    other = (tmp_path / "user.pub").read_text().split()[:2]
    known.write_text(f"[127.0.0.1]:{urlsplit(sftp).port} {' '.join(other)}\n")
    with pytest.raises(PublishError, match="Host key"):
        sync(show.output, sftp, 7)
    assert not (tmp_path / "www").exists()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Moto's S3 server on loopback: Debian and PyPI have no other."""
    port = free_port()
    for name, value in (
        ("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}"),
        ("AWS_ACCESS_KEY_ID", "press"),
        ("AWS_SECRET_ACCESS_KEY", "press"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    fsspec.filesystem("s3").mkdir("press")
    yield "s3://press/audio"
    server.terminate()
    server.wait()


@pytest.mark.slow
def test_an_s3_store_gets_the_whole_show_with_its_types(show: Press, s3: str) -> None:
    sync(show.output, s3, 7)
    store = fsspec.filesystem("s3")
    store.invalidate_cache()
    found = {path.removeprefix("press/audio/"): store.cat_file(path) for path in store.find("press/audio")}
    record = json.loads(found.pop(RECORD))
    assert found == local(show)
    assert set(record["files"]) == set(found)
    vtt = next(name for name in found if name.endswith(".vtt"))
    for name, kind in (("feed.xml", "application/rss+xml"), (vtt, "text/vtt")):
        store.invalidate_cache()
        assert store.info(f"press/audio/{name}")["ContentType"] == kind
    assert sync(show.output, s3, 7) == Synced((), (), len(found), ())


LARGE = 24_000_000  # bytes of a sound: long enough under way to be killed there


def enlarge(press: Press, size: int) -> Press:
    return Press(press.output, press.tone + bytes(size))


def start(output: Path, destination: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tts_news", "publish", "--output", str(output), "--to", destination]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=output.parent)


def kill_ever_later(
    output: Path, destination: str, look: Callable[[], dict[str, object]], check: Callable[[], None]
) -> int:
    """Kill `publish` three files later than the last time until it comes through; returns how often it was killed.

    `look` gives what is at the destination with a value that is new whenever a file is written; `check` is called after
    every kill.
    """
    for kills in range(100):
        before = look()
        process = start(output, destination)
        while process.poll() is None and len(look().items() - before.items()) <= 3 * kills:
            # It runs in short stretches and stands still while we look, which is slow.
            process.send_signal(signal.SIGCONT)
            time.sleep(0.02)
            process.send_signal(signal.SIGSTOP)
        process.kill()
        if process.wait() == 0:
            return kills
        assert process.returncode == -signal.SIGKILL
        check()
    pytest.fail("it never came through")


@pytest.mark.slow
def test_publish_killed_at_any_moment_leaves_an_ssh_server_a_sound_show(show: Press, tmp_path: Path, sftp: str) -> None:
    folder = tmp_path / "www"
    sync(show.output, sftp, 7)
    large = enlarge(show, LARGE)
    add(large, 1, "أولى")
    add(large, 3)
    parts: list[int] = []

    def look() -> dict[str, object]:
        found = {}
        for path in folder.rglob("*"):
            with suppress(FileNotFoundError):  # it was renamed while we looked
                state = path.stat()
                found[str(path)] = (state.st_ino, state.st_mtime_ns)
        return found

    def check() -> None:
        assert is_sound(folder)
        parts.extend(path.stat().st_size for path in folder.rglob(".*.part"))

    assert kill_ever_later(show.output, sftp, look, check) > 5
    assert any(0 < size < LARGE for size in parts)  # one at least was killed in the middle of a sound
    assert not [name for name in published(folder) if name.endswith(".part")]
    assert published(folder).items() >= local(show).items()
    assert sync(show.output, sftp, 7).copied == ()


@pytest.mark.slow
def test_publish_killed_at_any_moment_leaves_an_s3_store_a_sound_show(show: Press, s3: str) -> None:
    client = boto3.client("s3")
    client.put_bucket_versioning(Bucket="press", VersioningConfiguration={"Status": "Enabled"})
    sync(show.output, s3, 7)
    large = enlarge(show, 1_000_000)
    add(large, 1, "أولى")
    add(large, 3)

    def look() -> dict[str, object]:
        pages = client.get_paginator("list_object_versions").paginate(Bucket="press")
        return {one["Key"]: one["VersionId"] for page in pages for one in page["Versions"] if one["IsLatest"]}

    def read(name: str) -> BytesIO:
        return BytesIO(client.get_object(Bucket="press", Key=f"audio/{name}")["Body"].read())

    def sizes() -> dict[str, int]:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket="press")
        return {one["Key"].removeprefix("audio/"): one["Size"] for page in pages for one in page["Contents"]}

    def check() -> None:
        assert is_whole(sizes(), read)

    assert kill_ever_later(show.output, s3, look, check) > 5
    here = local(show)
    assert {name: sizes()[name] for name in here} == {name: len(data) for name, data in here.items()}
    assert all(read(name).read() == data for name, data in here.items())
    assert sync(show.output, s3, 7).copied == ()
