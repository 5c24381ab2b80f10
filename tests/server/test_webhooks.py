"""Webhooks, taken by a real receiver on loopback."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tts_news.cli import run
from tts_news.config import load, read_secret
from tts_news.errors import ConfigError
from tts_news.publish.settings import ShowSettings
from tts_news.server import courier
from tts_news.server.courier import PAUSES_S, Courier, pause_after
from tts_news.server.facts import Announcer
from tts_news.server.hooks import Hook, make_hook, sign, write_messages
from tts_news.server.outbox import Message, list_messages, revive
from tts_news.server.settings import EVENTS, Webhook
from tts_news.server.store import Handed, JobStore, Outcome

KEY = bytes(range(24))
NAMED = {"secret_env": "X"}
SECRET = "whsec_" + base64.b64encode(KEY).decode()


@dataclass
class Receiver:
    """A server that answers each message with the next of `answers`, the last one for ever."""

    answers: list[int | str] = field(default_factory=lambda: [200])
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    def bodies(self) -> list[str]:
        return [json.loads(body)["data"]["title"] for _, body in self.seen]

    def answer(self) -> int | str:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def receive() -> Iterator[Callable[..., Receiver]]:
    """Starts receivers on loopback."""
    servers: list[ThreadingHTTPServer] = []
    ended = threading.Event()

    def start(*answers: int | str) -> Receiver:
        receiver = Receiver(list(answers) or [200])

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.seen.append(({name.lower(): value for name, value in self.headers.items()}, body))
                told = receiver.answer()
                if told == "hang":
                    ended.wait(20)
                if told == "dribble":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                    while not ended.wait(0.05):
                        self.wfile.write(b"x-more: 1\r\n")
                if not isinstance(told, int):
                    self.close_connection = True
                    return
                self.send_response(told)
                self.send_header("location", "http://127.0.0.1:1/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
        return receiver

    yield start
    ended.set()
    for server in servers:
        server.shutdown()
        server.server_close()


Carry = Callable[..., Courier]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JobStore]:
    store = JobStore(tmp_path)
    yield store
    store.close()


@pytest.fixture
def carry(store: JobStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Carry]:
    """Starts couriers that are in a hurry."""
    monkeypatch.setattr(courier, "_IDLE_S", 0.01)
    monkeypatch.setattr(courier, "PAUSES_S", (0.01,) * 4)
    started: list[Courier] = []

    def start(*urls: str) -> Courier:
        one = Courier(store, [Hook(url, EVENTS, (KEY,)) for url in urls])
        one.start()
        started.append(one)
        return one

    yield start
    for one in started:
        one.stop()


def tell(store: JobStore, *urls: str, title: str = "خبر", subject: str = "a") -> None:
    for url in urls:
        store.put_messages(write_messages([Hook(url, EVENTS, (KEY,))], "done", subject, {"title": title}))


def until(fact: Callable[[], object]) -> None:
    end = time.monotonic() + 120
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_signed(headers: dict[str, str], body: bytes, key: bytes = KEY) -> bool:
    """Verify as a receiver does, from the specification."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{mark}" in headers["webhook-signature"].split(" ")


def test_the_signature_is_that_of_the_specifications_example() -> None:
    hook = make_hook(Webhook("https://a.example", **NAMED), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    found = sign(hook, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_is_taken_once_signed_and_with_a_time(
    receive: Callable[..., Receiver], store: JobStore, carry: Carry
) -> None:
    receiver = receive()
    tell(store, receiver.url)
    carry(receiver.url)
    until(lambda: store.messages() == {"waiting": 0, "dead": 0})
    ((headers, body),) = receiver.seen
    assert is_signed(headers, body)
    assert not is_signed(headers, body + b" ")
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert json.loads(body)["type"] == "edition.done"
    assert headers["content-type"] == "application/json"


def test_a_receiver_that_fails_twice_is_told_again_with_the_same_id_and_body(
    receive: Callable[..., Receiver], store: JobStore, carry: Carry
) -> None:
    receiver = receive(500, "break", 204)
    tell(store, receiver.url)
    one = carry(receiver.url)
    until(lambda: len(receiver.seen) == 3 and not store.messages()["waiting"])
    assert len({(headers["webhook-id"], body) for headers, body in receiver.seen}) == 1
    assert all(is_signed(headers, body) for headers, body in receiver.seen)
    assert (one.delivered, one.refused) == (1, 2)


def test_what_one_edition_became_is_told_in_order_and_others_need_not_wait(
    receive: Callable[..., Receiver], store: JobStore, carry: Carry
) -> None:
    receiver = receive(500, 200)
    for title, subject in (("أول", "a"), ("ثان", "a"), ("غيره", "b"), ("ثالث", "a")):
        tell(store, receiver.url, title=title, subject=subject)
    carry(receiver.url)
    until(lambda: len(receiver.seen) == 5)
    assert receiver.bodies()[:2] == ["أول", "غيره"]
    assert [title for title in receiver.bodies() if title != "غيره"] == ["أول", "أول", "ثان", "ثالث"]


@pytest.mark.parametrize("how", ["hang", "dribble"])
def test_a_receiver_that_does_not_answer_keeps_no_other_waiting(
    receive: Callable[..., Receiver], store: JobStore, carry: Carry, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(courier, "TRY_S", 0.3)
    slow, quick = receive(how), receive()
    tell(store, slow.url, quick.url)
    carry(slow.url, quick.url)
    until(lambda: quick.seen and slow.seen)
    until(lambda: store.messages() == {"waiting": 0, "dead": 1})
    assert len(slow.seen) == 5
    with store.reading() as base:
        (dead,) = list_messages(base)
    assert dead["error"] == "no answer within 0.3 s"


@pytest.mark.parametrize("status", [301, 307, 400, 404, 503])
def test_no_redirect_is_followed_and_what_is_not_taken_is_dead_in_the_end(
    receive: Callable[..., Receiver], store: JobStore, carry: Carry, status: int
) -> None:
    receiver = receive(status)
    tell(store, receiver.url)
    carry(receiver.url)
    until(lambda: store.messages() == {"waiting": 0, "dead": 1})
    assert len(receiver.seen) == 5
    with store.reading() as base:
        assert list_messages(base)[0]["error"] == f"it answered {status}"


def test_a_receiver_that_is_gone_is_told_nothing_more_until_somebody_says_so(
    receive: Callable[..., Receiver], store: JobStore, carry: Carry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receiver = receive(410, 200)
    tell(store, receiver.url, title="أول")
    tell(store, receiver.url, title="ثان", subject="b")
    carry(receiver.url)
    until(lambda: store.messages() == {"waiting": 0, "dead": 2})
    tell(store, receiver.url, title="ثالث")
    assert store.messages() == {"waiting": 0, "dead": 3}
    assert len(receiver.seen) == 1
    assert run(["webhooks", "list", "--output", str(tmp_path)]) == 0
    assert capsys.readouterr().out.count("410: the receiver wants no more") == 3
    assert run(["webhooks", "retry", "--to", "http://other.example/", "--output", str(tmp_path), "--json"]) == 0
    assert run(["webhooks", "retry", "--output", str(tmp_path), "--json"]) == 0
    assert capsys.readouterr().out == '{"retried": 0}\n{"retried": 3}\n'
    until(lambda: len(receiver.seen) == 4)
    assert receiver.bodies()[1:] in (["أول", "ثان", "ثالث"], ["ثان", "أول", "ثالث"], ["أول", "ثالث", "ثان"])


def test_dead_messages_can_be_dropped_and_an_empty_folder_is_told(
    store: JobStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(store, "http://a.example/")
    with store.writing() as base:
        base.execute("UPDATE outbox SET state = 'dead'")
    assert run(["webhooks", "drop", "--output", str(tmp_path)]) == 0
    assert store.messages() == {"waiting": 0, "dead": 0}
    assert run(["webhooks", "list", "--output", str(tmp_path / "none")]) == 7
    assert "no server" in capsys.readouterr().err


def test_a_day_of_tries_and_a_receivers_own_wish() -> None:
    assert 82_800 < sum(PAUSES_S) < 86_400
    assert [pause_after(tries, 0.0) is None for tries in (0, len(PAUSES_S) - 1, len(PAUSES_S))] == [False, False, True]
    assert pause_after(0, 100.0) == 100.0
    assert pause_after(0, 10.0**6) == 3600.0


def test_messages_outlive_their_server_and_its_damaged_file(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    tell(store, "http://a.example/")
    store.close()
    store = JobStore(tmp_path)
    assert store.messages()["waiting"] == 1
    assert store.mend(sqlite3.DatabaseError("damaged"))
    assert store.messages()["waiting"] == 1
    store.close()


def test_trouble_of_the_store_ends_no_courier(store: JobStore, carry: Carry, receive: Callable[..., Receiver]) -> None:
    receiver = receive()
    one = carry(receiver.url)
    reader, store._reader = store._reader, sqlite3.connect(":memory:", check_same_thread=False)
    until(lambda: one.last_fault)
    assert "no such table" in str(one.last_fault)
    store._reader = reader
    tell(store, receiver.url)
    until(lambda: receiver.seen)
    assert one.alive()


def announced(store: JobStore, tmp_path: Path, outcome: Outcome, events: tuple[str, ...] = EVENTS) -> list[Message]:
    hook = Hook("http://a.example/", events, (KEY,))  # type: ignore[arg-type]
    announcer = Announcer(store, tmp_path, ShowSettings(base_url="https://audio.example"), [hook])
    name = store.add("-", "{}", "", 10, 1000, handed=Handed("cms", identity="A", site="https://n.example", name="7"))
    job = store.take()
    assert job
    assert job.id == name
    messages = list(announcer.announce_job(job, outcome))
    store.finish(job.id, outcome)  # of one article no two jobs are under way
    return messages


@pytest.mark.parametrize(("state", "event"), [("done", "done"), ("failed", "failed"), ("withdrawn", "withdrawn")])
def test_what_became_of_a_job_is_told_with_the_name_its_system_gave_it(
    store: JobStore, tmp_path: Path, state: str, event: str
) -> None:
    made = [{"edition": str(tmp_path / "2026-01-01-a")}] if state == "done" else []
    (message,) = announced(store, tmp_path, Outcome(state, made, "error: x" if state == "failed" else ""))
    facts = json.loads(message.body)
    assert (message.event, facts["type"], message.subject) == (event, f"edition.{event}", "A")
    data = facts["data"]
    assert (data["site"], data["name"], data["state"]) == ("https://n.example", "7", state)
    assert [one["page"] for one in data["editions"]] == ["https://audio.example/2026-01-01-a/index.html"] * len(made)


def test_who_wants_to_know_of_other_events_and_a_job_that_goes_on_are_not_told(store: JobStore, tmp_path: Path) -> None:
    assert not announced(store, tmp_path, Outcome("done"), ("failed",))
    assert not announced(store, tmp_path, Outcome("queued"))


def test_a_job_and_its_messages_are_written_together(store: JobStore) -> None:
    store.add("-", "{}", "", 10, 1000)
    job = store.take()
    assert job
    store.finish(job.id, Outcome("done"), [Message("http://a.example/", "done", "a", "{}")])
    assert store.messages()["waiting"] == 1
    with store.writing() as base:
        assert revive(base) == 0


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ('{url = "ftp://a.example", secret_env = "X"}', "http"),
        ('{url = "https://u:p@a.example", secret_env = "X"}', "user name"),
        ('{url = "https://a.example"}', "exactly one"),
        ('{url = "https://a.example", secret_env = "X", secret_file = "x"}', "exactly one"),
        ('{url = "https://a.example", secret = "X"}', "secret"),
        ('{url = "https://a.example", secret_env = "X", events = ["lost"]}', "events"),
    ],
)
def test_a_webhook_that_does_not_hold_is_refused_by_name(tmp_path: Path, entry: str, word: str) -> None:
    file = tmp_path / "tts-news.toml"
    file.write_text(f"[serve]\nwebhooks = [{entry}]\n")
    with pytest.raises(ConfigError, match=word) as caught:
        load(file, environ={})
    assert "webhooks" in str(caught.value)


@pytest.mark.parametrize("secret", ["", "whsec_", "short", "whsec_" + "A" * 8, "no base64 at all!", "A" * 200])
def test_a_secret_that_proves_little_is_refused(secret: str) -> None:
    with pytest.raises(ConfigError):
        make_hook(Webhook("https://a.example", **NAMED), secret)


def test_a_secret_is_read_from_a_variable_or_a_file_and_two_sign_while_one_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "tts-news.toml"
    file.write_text('[serve]\nwebhooks = [{url = "https://a.example", secret_file = "key", events = ["done"]}]\n')
    other = base64.b64encode(bytes(24)).decode()
    (tmp_path / "key").write_text(f"{SECRET}\n{other}\n")
    config = load(file, environ={})
    (setting,) = config.serve.webhooks
    hook = make_hook(setting, read_secret(config, setting.secret_env, setting.secret_file))
    assert hook.events == ("done",)
    headers = sign(hook, "msg", 1, b"{}")
    assert is_signed(headers, b"{}")
    assert is_signed(headers, b"{}", bytes(24))
    assert read_secret(config, "X", "", {"X": SECRET}) == SECRET
    with pytest.raises(ConfigError, match="X is not set"):
        read_secret(config, "X", "", {})
    with pytest.raises(ConfigError, match="nothing"):
        read_secret(config, "", "nothing")
