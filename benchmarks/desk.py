"""The desk at the server: fifty sentences shown, a sentence mended and heard, in milliseconds of the clock.

    python benchmarks/desk.py [--runs 9]

Prints the median and the least, and the least work of the processor, client and server together. Must hold on an idle
machine of two cores: the page of fifty sentences in under a second, from the mend of a sentence to its sound under half
a second, with marks and without.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import tempfile
import threading
import time
import urllib.parse

import uvicorn

from tts_news import speak, writing
from tts_news.accounts.records import Account, Role
from tts_news.config import load
from tts_news.desk.drafts import Draft, Papers
from tts_news.desk.paper import dump_article, dump_readings
from tts_news.records import Article, Identity, Paragraph
from tts_news.script import dump_script
from tts_news.server.app import make_app

PORT = 18_942
SENTENCE = "قال الوزير إن المرحلة {} من المشروع بدأت صباح أمس بحضور عدد كبير من أهالي المدينة والمسؤولين فيها."
ARTICLE = Article(
    "خمسون جملة",
    tuple(Paragraph(SENTENCE.format(number)) for number in range(2, 50)),
    identity=Identity("address", "", "https://news.example/fifty"),
)


class Editor:
    """Asks the desk as a browser's script does."""

    def __init__(self, session: str, draft: str) -> None:
        self.cookie = f"tts-news-{PORT}={session}"
        self.draft = draft
        self.token = re.findall(r'data-csrf="([^"]+)"', self.ask("GET", "/desk").decode())[0]

    def ask(self, method: str, path: str, **fields: str) -> bytes:
        """Return what the desk answers."""
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        headers = {"Cookie": self.cookie, "Accept": "application/json"}
        if fields:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRF-Token": self.token}
        connection.request(method, path, urllib.parse.urlencode(fields) or None, headers)
        answer = connection.getresponse()
        data = answer.read()
        assert answer.status == 200, data[:300]
        connection.close()
        return data

    def mend(self, cue: str, spoken: str) -> None:
        """Open a sentence's form, send it, and fetch the sound."""
        place = f"/desk/drafts/{self.draft}/sentences/{cue}"
        page = self.ask("GET", f"{place}?part=form").decode()
        version = re.findall(r'name="version" value="([^"]+)"', page)[0]
        self.ask("POST", place, version=version, do="sentence", spoken=spoken)
        assert self.ask("GET", f"{place}/sound.wav").startswith(b"RIFF")


def timed(name: str, runs: int, work: object) -> None:
    took, worked = [], []
    for run in range(runs + 1):
        begin, before = time.monotonic(), time.process_time()
        work(run)  # type: ignore[operator]
        took.append(1000 * (time.monotonic() - begin))
        worked.append(1000 * (time.process_time() - before))
    print(f"{name:45} {statistics.median(took[1:]):6.0f} ms, least {min(took[1:]):.0f}, work {min(worked[1:]):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        files = {f"script.{name}": f"{folder}/{name}.toml" for name in ("lexicon", "corrections")}
        places = {"publish.output": f"{folder}/out", "speak.cache_dir": f"{folder}/takes", "serve.port": str(PORT)}
        config = load(None, {**files, **places}, {})
        script, readings = writing.review_articles((ARTICLE,), config, speak.cast_voices(config.speak))
        papers = Papers(None, dump_article(ARTICLE), dump_script(script), dump_readings(readings))
        app = make_app(config)
        draft = app.state.desk.drafts.add(Draft("", "article", "ready", ARTICLE.title, "-"), papers)
        store = app.state.accounts.store
        store.add_user(Account("muna", Role.EDITOR), "")
        session = store.open_session("muna", "127.0.0.1")
        server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="warning", proxy_headers=False))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.1)
        editor = Editor(session, draft)
        timed(f"{len(script.cues)} sentences shown", runs, lambda _: editor.ask("GET", f"/desk/drafts/{draft}"))
        marked = script.cues[3].spoken
        timed(
            "a mend with its marks, to its sound", runs, lambda run: editor.mend("c0004", marked + " نَعَمْ" * (run + 1))
        )
        timed("a mend without marks, to its sound", runs, lambda run: editor.mend("c0005", SENTENCE.format(run + 60)))
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
