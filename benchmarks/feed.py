"""Time and memory of a feed of 5,000 episodes: ours, and feedgen's from the same manifests.

    python benchmarks/feed.py [EPISODES]

Each builds in a process of its own; memory is the peak resident size of that process, libraries included. feedgen
(from PyPI) knows no podcast namespace, so its feed lacks transcripts, chapters and persons: it has less to write.
Times are CPU seconds. Must hold, on a quiet machine: ours below 3 s and 300 MB for 5,000 episodes.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tts_news.publish.manifest import dump_episode
from tts_news.records import ChapterSpan, Episode, EpisodeFile, LedgerEntry, Loudness, Source, VoiceInfo

SENTENCE = "افتتحت البلدية صباح أمس ثلاث حدائق جديدة في وسط المدينة بعد عامين من العمل المتواصل."

MEASURE = """
import resource, sys, time
begin = time.process_time()
{code}
seconds = time.process_time() - begin
print(f"{{seconds:.2f}} s  {{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}} MB")
"""
OURS = """
from pathlib import Path
from tts_news.publish.build import build_show
from tts_news.publish.settings import PublishSettings, ShowSettings
show = ShowSettings(base_url="https://press.example/audio/", email="a@press.example")
built = build_show(Path(sys.argv[1]), show, PublishSettings())
assert built.episodes == int(sys.argv[2])
"""
ITEMS = """
from pathlib import Path
from tts_news.publish.feed import write_item
from tts_news.publish.settings import ShowSettings
from tts_news.publish.show import list_folders, load_entry
show = ShowSettings(base_url="https://press.example/audio/", email="a@press.example")
entries = [load_entry(folder) for folder in list_folders(Path(sys.argv[1]))[:300]]
rounds = []
for _ in range(9):
    started = time.process_time()
    for entry in entries:
        write_item(entry, show, show.base_url)
    rounds.append((time.process_time() - started) / len(entries))
print(f"{min(rounds) * 1000:.3f} ms an item, best of nine;", end=" ")
"""
PEER = """
import json
from pathlib import Path
from feedgen.feed import FeedGenerator
feed = FeedGenerator()
feed.load_extension("podcast")
feed.title("show"); feed.link(href="https://press.example/"); feed.description("show"); feed.language("ar")
for path in sorted(Path(sys.argv[1]).glob("*/episode.json")):
    episode = json.loads(path.read_bytes())
    entry = feed.add_entry()
    sound = episode["files"][0]
    entry.id(episode["guid"]); entry.title(episode["title"]); entry.description(episode["summary"])
    entry.published(episode["published"])
    address = "https://press.example/audio/" + path.parent.name + "/" + sound["name"]
    entry.enclosure(address, str(sound["size"]), "audio/mpeg")
    entry.podcast.itunes_duration(round(episode["duration_s"]))
feed.rss_file(sys.argv[1] + "/peer.xml")
"""


def make_episode(number: int) -> Episode:
    """Return a manifest as an article of forty sentences makes it."""
    moment = datetime(2013, 1, 1, 5, tzinfo=UTC) + timedelta(hours=4 * number)  # never ahead of us
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    slug = f"khbr-{digest[:8]}"
    names = (f"{slug}.{digest[8:16]}.mp3", "chapters.json", "index.html", "script.json", "transcript.vtt")
    kinds = ("audio", "chapters", "page", "script", "transcript")
    return Episode(
        guid=f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}",
        slug=slug,
        title=f"خبر رقم {number}",
        date=moment.date().isoformat(),
        published=moment.isoformat(),
        modified=moment.isoformat(),
        language="ar",
        duration_s=300.0,
        files=tuple(EpisodeFile(name, 4_000_000, digest, kind) for name, kind in zip(names, kinds, strict=True)),
        voices=(VoiceInfo("asc", "piper", "CC-BY-4.0", commercial=True, attribution="", fingerprint=digest),),
        loudness=Loudness(-16.0, -2.0),
        chapters=tuple(ChapterSpan(f"قسم {at}", at * 40.0, at * 40.0 + 40) for at in range(7)),
        ledger=tuple(LedgerEntry("spoken", SENTENCE, cue=f"c{at:04}") for at in range(40)),
        sources=(Source("خبر", digest, "c0000", author="ليلى", url=f"https://city.example/{number}"),),
        summary=f"{SENTENCE} {SENTENCE}",
    )


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        output = Path(name)
        size = 0
        for number in range(count):
            episode = make_episode(number)
            folder = output / f"{episode.date}-{episode.slug}"
            folder.mkdir()
            size += (folder / "episode.json").write_text(dump_episode(episode), encoding="utf-8")
        print(f"{count} manifests, {size / count / 1000:.0f} thousand letters each on average")
        runs = {"first build": OURS, "nothing new": OURS, "300 items alone": ITEMS, "feedgen": PEER}
        for who, code in runs.items():
            done = subprocess.run(
                [sys.executable, "-c", MEASURE.format(code=code), str(output), str(count)],
                capture_output=True,
                text=True,
                check=False,
            )
            print(f"{who:24} {done.stdout.strip() or done.stderr.strip().splitlines()[-1]}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
