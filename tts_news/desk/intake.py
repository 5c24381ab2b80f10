"""Articles onto the desk: read in a process that a limit can end, written in another, beside the server's own work.

One thread takes the waiting drafts in their order. What cannot be read is a failed draft with the reason; an address
that leads to several articles (a feed) gives a draft of each.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from tts_news import gathering, read
from tts_news.config import Config
from tts_news.desk.composer import Composer, Order
from tts_news.desk.drafts import Draft, DraftStore, Papers
from tts_news.desk.paper import dump_article, dump_readings, parse_article
from tts_news.errors import ReadError, TtsNewsError
from tts_news.orders import Silent
from tts_news.records import Article, Script
from tts_news.script import dump_script
from tts_news.script.doubts import Reading
from tts_news.server.worker import Waits, Worker

MOST_ARTICLES = 20
"""Of one address: a feed's newest."""
_WAITS = Waits(idle_s=60.0, first_s=5.0, longest_s=5.0)
_LOG = logging.getLogger(__name__)


class Intake:
    """The thread that reads and writes drafts."""

    def __init__(self, config: Config, store: DraftStore) -> None:
        self.config = config
        self.store = store
        self.reader = read.LimitedReader(config.read)
        self.composer = Composer()
        self._worker = Worker("intake", self._step, self._take_up, _WAITS, self.reader.close)

    def start(self) -> None:
        """Begin with what waits."""
        self._worker.start()

    def wake(self) -> None:
        """There is a new draft."""
        self._worker.wake()

    def stop(self) -> None:
        """Stop now; a draft under way is read again by the next server."""
        self._worker.stop()
        self.composer.close()
        self._worker.join(10)

    def compose(self, articles: Sequence[Article], edition: str = "") -> tuple[Script, tuple[Reading, ...]]:
        """Return the script of articles, or of a bulletin of them, written in the process beside.

        Raises:
            TtsNewsError: It cannot be written.
        """
        return self.composer.review(Order(tuple(articles), self.config, edition))

    def _take_up(self, fault: BaseException, news: str) -> bool:
        if news:
            _LOG.warning("the desk: %s: %s", type(fault).__name__, fault)
        return True

    def _step(self) -> bool:
        """Read or write one draft; returns whether there was one."""
        draft = self.store.take()
        if draft is None:
            return False
        done = False
        try:
            self._do(draft)
            done = True
        finally:
            if not done and not self._worker.stopping:  # whatever it was, it is not tried for ever
                self.store.set(draft.id, state="failed", error="it cannot be read: a fault of the desk, see its log")
        return True

    def _do(self, draft: Draft) -> None:
        try:
            papers = self.store.papers(draft.id)
            article = parse_article(papers.article) if papers.article else self._read(draft, papers)
            self._write(draft, article)
        except TtsNewsError as err:
            if not self._worker.stopping:
                self.store.set(draft.id, state="failed", error="\n".join(filter(None, (str(err), err.hint))))

    def _read(self, draft: Draft, papers: Papers) -> Article:
        """Return the first article of a draft's source; the others become drafts of their own.

        Raises:
            TtsNewsError: There is none.
        """
        found = gathering.articles_of(draft.source, self.config, Silent(), self.reader, papers.data)
        read_now = list(islice(found, MOST_ARTICLES))
        articles = [one for one in read_now if isinstance(one, Article)]
        errors = [one for one in read_now if isinstance(one, TtsNewsError)]
        if not articles:
            raise errors[0] if errors else ReadError(f"{draft.source}: there is no article in it")
        for other in articles[1:]:
            self.store.add(replace(draft, title=other.title, state="queued"), Papers(article=dump_article(other)))
        return articles[0]

    def _write(self, draft: Draft, article: Article) -> None:
        self.store.set(draft.id, state="writing", title=article.title or draft.title)
        if not self.store.papers(draft.id).script:  # one that is written anew is seen as it was until then
            self.store.set_papers(draft.id, Papers(article=dump_article(article)))
        script, readings = self.compose([article])
        papers = Papers(article=dump_article(article), script=dump_script(script), readings=dump_readings(readings))
        self.store.set_papers(draft.id, papers)
        self.store.set(draft.id, state="ready", title=script.title, error="")
