"""`/editions`: articles in by JSON, their jobs, their editions' addresses, and withdrawing."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from tts_news.config import Config
from tts_news.errors import PublishError
from tts_news.publish import bulletins_with, find_folder_of, load_episode
from tts_news.publish.standing import Sought, find_standing
from tts_news.read.identity import identify_handed, normalise_address
from tts_news.records import Identity, Source
from tts_news.server.answers import EditionFacts, JobFacts, JobPage, Ordered, Withdrawal
from tts_news.server.facts import Announcer, facts_of, job_facts
from tts_news.server.gathering import find_bulletin, why_closed
from tts_news.server.guard import fault
from tts_news.server.operations import Operation, answer
from tts_news.server.requests import EditionRequest, Named, Paging, Reason, read_body, read_key, read_query
from tts_news.server.runner import JobRunner, TakeBack
from tts_news.server.speech import Speaker
from tts_news.server.store import Handed, JobStore, OthersArticleError, Repeat, ReusedKeyError, Wanted

_UNNAMED = re.compile(r"(?:key:\d+|local)?")


@dataclass(frozen=True, slots=True)
class Press:
    """Who does the work behind the answers: the queue, who makes what is in it, who speaks, withdraws, tells."""

    store: JobStore
    runner: JobRunner
    speaker: Speaker
    announcer: Announcer
    take_back: TakeBack


class Editions:
    """Answers for the editions of a show's folder."""

    def __init__(self, config: Config, press: Press) -> None:
        self.config, self.press = config, press
        self.output = Path(config.publish.output)
        self.store, self.runner, self.speaker = press.store, press.runner, press.speaker

    def operations(self) -> tuple[Operation, ...]:
        """Return what can be asked of editions."""
        job = "A job's id."
        return (
            Operation(
                "POST", "/editions", self.order, "order_edition", "Hand over an article",
                {202: Ordered}, "The same id within its site is a correction of the same edition.",
                body=EditionRequest, is_once=True, leads_to=("get_job", "withdraw_edition"), faults=(409, 422),
            ),
            Operation(
                "GET", "/editions", self.list_jobs, "list_jobs", "List jobs, newest first", {200: JobPage}, query=Paging
            ),
            Operation(
                "DELETE", "/editions", self.withdraw_named, "withdraw_article",
                "Withdraw an article by what its content system calls it", {200: Withdrawal, 202: Withdrawal},
                "What waits is called off, what is under way is withdrawn as soon as it stands (202).",
                query=Named, faults=(404, 409),
            ),
            Operation(
                "GET", "/editions/{name}", self.look, "get_job", "Look at a job and its edition", {200: JobFacts},
                named=job, faults=(404,),
            ),
            Operation(
                "DELETE", "/editions/{name}", self.withdraw, "withdraw_edition", "Withdraw an edition",
                {200: Withdrawal, 202: Withdrawal}, query=Reason,
                named=f"{job[:-1]}, or an edition's folder, slug or guid.", faults=(404, 409),
            ),
        )  # fmt: skip

    async def order(self, request: Request) -> Response:
        """`POST /editions`."""
        key = read_key(request)
        if isinstance(key, Response):
            return key
        asked = await read_body(request, EditionRequest)
        if isinstance(asked, Response):
            return asked
        digest = hashlib.sha256(asked.model_dump_json().encode()).hexdigest()
        repeat = Repeat(_holder_of(request), key, digest) if key else None
        return await self._refuse_order(asked) or await self._queue(asked, account_of(request), repeat)

    async def _refuse_order(self, asked: EditionRequest) -> Response | None:
        if asked.voice and asked.voice not in await asyncio.to_thread(self.speaker.voices):
            return fault(400, f"voice: there is no voice {asked.voice}", "invalid_request")
        if asked.replaces:
            try:
                await asyncio.to_thread(find_folder_of, self.output, asked.replaces)
            except PublishError:  # its message names our folders
                return fault(400, f"replaces: {asked.replaces} names no edition, or several", "invalid_request")
        day = self._day_of(asked)
        why = await asyncio.to_thread(self._why_closed, asked.bulletin, day) if asked.bulletin else ""
        if why:
            return fault(409, f"the bulletin «{asked.bulletin}» of {day} takes no article: {why}", "bulletin_closed")
        return None

    def _why_closed(self, bulletin: str, day: str) -> str:
        if self.store.is_gathering(bulletin, day):  # whoever makes it looks once more
            return ""
        return why_closed(self.store, self.output, bulletin, day)

    async def _queue(self, asked: EditionRequest, account: str, repeat: Repeat | None) -> Response:
        limits = self.config.serve.max_jobs, self.config.serve.queue_letters
        source, text = (asked.url, "") if asked.is_plain else ("-", json.dumps(asked.handed(), ensure_ascii=False))
        handed = self._handed(asked, account)
        try:
            name = await asyncio.to_thread(
                self.store.add, source, text, asked.voice, *limits, asked.replaces, handed, repeat
            )
        except ReusedKeyError:
            return fault(422, "Idempotency-Key: this key came with another order", "idempotency_key_reused")
        except OthersArticleError:
            return fault(403, f"{handed.name} of {handed.site} is handed over by another account", "another_source")
        if name is None:
            return fault(429, "too many editions are waiting", "rate_limit_exceeded", retry_after="60")
        self.runner.wake()
        job = await asyncio.to_thread(self.store.look, name)
        return answer(Ordered(id=name, state=job["state"] if job else "done"), 202, location=f"/editions/{name}")

    def _handed(self, asked: EditionRequest, account: str) -> Handed:
        own = asked.identity
        return Handed(
            kind="" if asked.is_plain else "cms",
            account=account,
            identity=own.text if own else "",
            site=own.scope if own else "",
            name=own.key if own else "",
            title=asked.title,
            bulletin=asked.bulletin,
            day=self._day_of(asked),
        )

    def _day_of(self, asked: EditionRequest) -> str:
        """Return the day of the bulletin that an article goes into, "" for none."""
        if asked.day or not asked.bulletin:
            return asked.day
        return dt.datetime.now(ZoneInfo(self.config.show.timezone)).date().isoformat()

    async def list_jobs(self, request: Request) -> Response:
        """`GET /editions`."""
        asked = read_query(request, Paging)
        if isinstance(asked, Response):
            return asked
        if asked.id and not asked.site:
            return fault(400, "id: an id counts within its site, give site", "invalid_request")
        named = identify_handed(normalise_address(asked.site), asked.id, "") if asked.site else None
        wanted = Wanted(
            asked.state,
            named.scope if named else "",
            named.key if named and asked.id else "",
            asked.bulletin,
            int(asked.cursor or 0),
        )
        return answer(await asyncio.to_thread(self._page, wanted, asked.limit))

    def _page(self, wanted: Wanted, limit: int) -> JobPage:
        found = self.store.list_jobs(wanted, limit + 1)
        following = str(found[limit - 1]["number"]) if len(found) > limit else None
        return JobPage(jobs=tuple(map(self._facts, found[:limit])), next=following)

    async def look(self, request: Request) -> Response:
        """`GET /editions/{id}`."""
        job = await asyncio.to_thread(self.store.look, request.path_params["name"])
        if job is None:
            return fault(404, "no such job", "not_found")
        return answer(await asyncio.to_thread(self._facts, job))

    def _facts(self, job: Mapping[str, Any]) -> JobFacts:
        progress = self.runner.progress(job["id"]) if job["state"] == "running" else None
        return job_facts(job, self.output, self.config.show, progress)

    async def withdraw(self, request: Request) -> Response:
        """`DELETE /editions/{name}`: a job's id, or an edition's folder, slug or guid."""
        asked = read_query(request, Reason)
        if isinstance(asked, Response):
            return asked
        name = request.path_params["name"]
        job = await asyncio.to_thread(self.store.look, name)
        if job is None:
            return await asyncio.to_thread(self._withdraw_edition, name, asked)
        return await asyncio.to_thread(self._withdraw_job, job, asked)

    async def withdraw_named(self, request: Request) -> Response:
        """`DELETE /editions?site=…&id=…`."""
        asked = read_query(request, Named)
        if isinstance(asked, Response):
            return asked
        identity = identify_handed(normalise_address(asked.site), asked.id, "")
        return await asyncio.to_thread(self._withdraw_article, identity, asked)

    def _withdraw_job(self, job: Mapping[str, Any], asked: Reason) -> Response:
        if job["identity"]:
            return self._withdraw_article(Identity(*json.loads(job["identity"])), asked)
        called_off, pending = self.store.call_off(job["id"])
        folders = [Path(str(one.get("edition") or "")).name for one in job["editions"]]
        if called_off or pending:
            return answer(Withdrawal(edition=None, called_off=called_off, pending=pending, bulletins=()), 202)
        if not folders or job["bulletin"]:
            return fault(409, "this job has no edition of its own", "nothing_to_withdraw")
        return self._withdraw_edition(folders[0], asked)

    def _withdraw_article(self, identity: Identity, asked: Reason) -> Response:
        called_off, pending = self.store.call_off(identity.text)
        place = find_standing(self.output, Sought(identity))
        bulletins = self._leave_bulletins(identity, place, asked)
        if place is None and not (called_off or pending or bulletins):
            return fault(404, "no edition of this article", "not_found")
        facts, left = self._take_back(place, asked.reason) if place else (None, ())
        bulletins = tuple(dict.fromkeys((*bulletins, *left)))
        done = Withdrawal(edition=facts, called_off=called_off, pending=pending, bulletins=bulletins)
        return answer(done, 202 if pending else 200)

    def _leave_bulletins(self, identity: Identity, place: Path | None, asked: Reason) -> tuple[str, ...]:
        """Take an article out of the bulletins that are gathered here; returns the folders of all that sound it.

        With `everywhere` all are made again without it, or withdrawn if nothing else is in them.
        """
        source = Source("", "", "", identity=identity)
        sounding = [one.place.name for one in bulletins_with(self.output, source)]
        gathered = self.store.bulletins_with(identity.text)
        self.store.drop_article(identity.text)
        if asked.everywhere:
            for title, day in gathered:
                self._make_without(title, day, asked)
            if place and sounding:
                self.store.add_withdrawal(place.name, f"{place.name}, out of bulletins")
            self.runner.wake()
        return tuple(sounding)

    def _make_without(self, title: str, day: str, asked: Reason) -> None:
        bulletin = find_bulletin(self.output, title, day)
        if self.store.articles_of(title, day):
            self.store.add_remake(title, day)
        elif bulletin:
            self._take_back(bulletin, asked.reason)

    def _withdraw_edition(self, name: str, asked: Reason) -> Response:
        try:
            place = find_folder_of(self.output, name)
        except PublishError:
            return fault(404, "no such job or edition", "not_found")
        identity = load_episode(place).identity
        bulletins = self._leave_bulletins(identity, place, asked) if identity else ()
        facts, left = self._take_back(place, asked.reason)
        bulletins = tuple(dict.fromkeys((*bulletins, *left)))
        return answer(Withdrawal(edition=facts, called_off=0, pending=0, bulletins=bulletins))

    def _take_back(self, place: Path, reason: str) -> tuple[EditionFacts, tuple[str, ...]]:
        left = self.press.take_back(place, reason)
        self.press.announcer.announce_withdrawal(place)  # asking again tells again: the first may have been cut off
        return facts_of(self.output, place, self.config.show), left


def account_of(request: Request) -> str:
    """Return the name of who asks; "" for whoever needs none here, and for keys without a name."""
    name = str(getattr(request.scope.get("account"), "name", ""))
    return "" if _UNNAMED.fullmatch(name) else name


def _holder_of(request: Request) -> str:
    """Return whose an idempotency key is: the API key's it came with, whatever that one is called."""
    return hashlib.sha256(request.headers.get("authorization", "").encode()).hexdigest()
