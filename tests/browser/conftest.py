"""A headless Chromium and an edition to open in it. Debian's `chromium` and the `playwright` wheel are wanted."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from publish.editions import Press, make_script, make_timeline

from tts_news.records import Script

FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio", "--disable-dev-shm-usage"]


def unfold(page: Page) -> None:
    """Open what is folded: settings, and the contents of a small screen."""
    page.evaluate("for (const one of document.querySelectorAll('details:not(#editions)')) one.open = true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail(
            "the tests in tests/browser need a Chromium: apt-get install chromium, or deselect with -m 'not browser'"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sound() -> Callable[[float], bytes]:
    """Make a quiet tone of so many seconds as MP3."""
    import imageio_ffmpeg

    @functools.cache
    def make(seconds: float) -> bytes:
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", f"sine=330:d={seconds}:r=24000"]
        return subprocess.run([*command, "-b:a", "32k", "-f", "mp3", "-"], check=True, capture_output=True).stdout

    return make


@pytest.fixture
def publish(tmp_path: Path, sound: Callable[[float], bytes]) -> Callable[[Script], Path]:
    """Publish a script, with sound of the right length, and return its page."""

    def make(script: Script) -> Path:
        press = Press(tmp_path / "output", sound(make_timeline(script).duration_s))
        return press.make(script)[0] / "index.html"

    return make


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own; any error of its scripts fails the test."""
    opened: list[tuple[Page, list[str]]] = []

    def make(address: Path | str, *, waits: bool = True, **options: Any) -> Page:
        page = browser.new_context(viewport={"width": 1000, "height": 900}, **options).new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        opened.append((page, faults))
        page.goto(address.as_uri() if isinstance(address, Path) else address)
        if waits and options.get("java_script_enabled", True):
            page.wait_for_function("() => document.querySelector('audio').readyState > 0")
            unfold(page)
        return page

    yield make
    for page, faults in opened:
        page.context.close()
        assert not faults


@pytest.fixture
def page(open_page: Callable[..., Page], publish: Callable[[Script], Path]) -> Page:
    return open_page(publish(make_script()))


class Ranges(http.server.SimpleHTTPRequestHandler):
    """Serves files in parts, as hosts of podcasts do."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=([0-9]+)-([0-9]*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            super().do_GET()
            return
        data = path.read_bytes()
        first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.wfile.write(data[first : last + 1])


@pytest.fixture
def plain_host(tmp_path: Path) -> Iterator[str]:
    """Serve the output folder as hosts without byte ranges do."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    (tmp_path / "output").mkdir()
    handler = functools.partial(Handler, directory=str(tmp_path / "output"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
