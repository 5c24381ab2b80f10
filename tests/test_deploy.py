"""The container's and the units' files: what they promise is in them, and they work where the tools are at hand."""

from __future__ import annotations

import configparser
import os
import re
import runpy
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from ports import free_port

from tts_news.config import TABLES
from tts_news.parser import _VERBS

ROOT = Path(__file__).parents[1]
UNITS = sorted((ROOT / "integrations" / "systemd").glob("*.service"))
USER_UNITS = ROOT / "integrations" / "systemd" / "user"
MODULE = ROOT / "integrations" / "speech-dispatcher" / "sd_tts_news.py"
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["serve", "watch"])
def test_a_service_has_no_right_and_writes_to_its_volume_alone(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["show:/show"]
    assert "privileged" not in service
    assert service.get("command", ["serve"])[0] in _VERBS


def test_the_container_is_nobody_special_and_is_looked_after() -> None:
    assert re.search(r"^USER 10001:10001$", CONTAINER, re.MULTILINE)
    assert "HEALTHCHECK" in CONTAINER
    assert "VOLUME /show" in CONTAINER
    assert (ROOT / ".containerignore").read_text() == (ROOT / ".dockerignore").read_text()


def test_every_setting_that_is_named_there_is_one() -> None:
    known = {f"TTS_NEWS_{table}_{key}".upper() for table, kind in TABLES.items() for key in kind.__dataclass_fields__}
    for path in (ROOT / "Containerfile", ROOT / "compose.yaml", *UNITS, *USER_UNITS.iterdir()):
        named = set(re.findall(r"TTS_NEWS_\w+", path.read_text(encoding="utf-8")))
        assert named <= known, path


def _unit(path: Path) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path)
    return unit


def test_a_screen_reader_asks_where_systemd_listens_for_it() -> None:
    address = _unit(USER_UNITS / "tts-news-speech.socket")["Socket"]["ListenStream"]
    service = (USER_UNITS / "tts-news-speech.service").read_text(encoding="utf-8")
    options = runpy.run_path(str(MODULE))["Options"]()
    assert options.address == f"http://{address}"
    assert f"TTS_NEWS_SERVE_PORT={address.rpartition(':')[2]}\n" in service
    assert options.start.endswith("tts-news-speech.service")


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - it must be refused
def test_a_socket_that_systemd_hands_over_is_taken_unless_others_reach_it(host: str, tmp_path: Path) -> None:
    with socket.create_server((host, 0)) as listening:
        code = (
            "import os; from tts_news.commands.serve import handed_sockets; from tts_news.cli import run\n"
            f"os.environ |= {{'LISTEN_PID': str(os.getpid()), 'LISTEN_FDS': '1'}}; os.dup2({listening.fileno()}, 3)\n"
            "print([one.getsockname() for one in handed_sockets(os.environ)], handed_sockets({'LISTEN_FDS': '1'}))\n"
        )
        if host != "127.0.0.1":
            code += "print(run(['serve']))"
        command = [sys.executable, "-c", code]
        passed = [listening.fileno()]
        done = subprocess.run(command, pass_fds=passed, capture_output=True, text=True, cwd=tmp_path, check=False)
        told, _, code_of_serve = done.stdout.strip().partition("\n")
        assert told == f"[{listening.getsockname()}] []", done.stderr
    if code_of_serve:
        assert code_of_serve == "2"
        assert "0.0.0.0 can be reached by others" in done.stderr


def test_units_are_confined_and_run_verbs_that_there_are() -> None:
    assert len(UNITS) == 2
    for path in UNITS:
        service = _unit(path)["Service"]
        assert service["ProtectSystem"] == "strict"
        assert service["NoNewPrivileges"] == "yes"
        assert service["User"] == "tts-news"
        assert service["ExecStart"].split()[1] in _VERBS


@pytest.mark.slow
def test_systemd_takes_the_units_and_finds_them_confined(tmp_path: Path) -> None:
    """Where systemd is at hand; elsewhere the tests above hold what it would look at."""
    analyze = shutil.which("systemd-analyze")
    for path in (*UNITS, *USER_UNITS.iterdir()):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(re.sub(r"(/opt/|%h/)\S+", "/bin/true", text))
    if analyze is None:
        return
    subprocess.run([analyze, "verify", *tmp_path.iterdir()], check=True, capture_output=True)
    for path in UNITS:
        command = [analyze, "security", "--offline=true", "--threshold=20", "--no-pager", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:]


def _engine() -> list[str]:
    """Return the command of a container engine that answers here, [] for none; TTS_NEWS_TEST_ENGINE names another."""
    for command in (os.environ.get("TTS_NEWS_TEST_ENGINE", "").split(), ["docker"], ["podman"]):
        if command and shutil.which(command[0]):
            done = subprocess.run([*command, "info"], capture_output=True, check=False)
            if done.returncode == 0:
                return command
    return []


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_container_serves_with_a_read_only_root() -> None:
    """Where an engine is at hand, and can reach an image with Python: TTS_NEWS_TEST_BASE names one of its own."""
    engine = _engine()
    base = os.environ.get("TTS_NEWS_TEST_BASE", "")
    stated = re.findall(r"^ARG BASE=(\S+)", CONTAINER, re.MULTILINE)[0]
    if not engine or not (base or _can_pull(engine, stated)):
        return
    image, name, port = "tts-news-test", f"tts-news-{secrets.token_hex(4)}", free_port()
    build = [*engine, "build", "-f", "Containerfile", "-t", image, "--build-arg", f"BASE={base or stated}"]
    subprocess.run([*build, "."], cwd=ROOT, check=True)
    run = [*engine, "run", "--rm", "-d", "--name", name, "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL"]  # noqa: S108
    run += ["--security-opt", "no-new-privileges", "-p", f"127.0.0.1:{port}:8080", "-e", "TTS_NEWS_SERVE_KEYS=k"]
    subprocess.run([*run, image], check=True, capture_output=True)
    try:
        assert _health(port)
        who = subprocess.run([*engine, "exec", name, "id", "-u"], capture_output=True, text=True, check=True)
        assert who.stdout.strip() == "10001"
        touched = subprocess.run([*engine, "exec", name, "touch", "/opt/x"], capture_output=True, check=False)
        assert touched.returncode != 0
    finally:
        subprocess.run([*engine, "rm", "-f", name], check=False, capture_output=True)


def _can_pull(engine: list[str], image: str) -> bool:
    return subprocess.run([*engine, "pull", image], capture_output=True, check=False).returncode == 0


def _health(port: int) -> bool:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            time.sleep(1)
    return False
