"""The desk's first page: articles in, what there is, what is on air, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tts_news.accounts.gate import note, require
from tts_news.accounts.records import Deed, Role
from tts_news.desk.drafts import Draft, DraftStore, Papers
from tts_news.desk.pages import render
from tts_news.desk.requests import by_whom, done, off, read_form, told
from tts_news.errors import UsageError
from tts_news.read import without_credentials
from tts_news.read.stated import Address
from tts_news.server.guard import DESK

if TYPE_CHECKING:
    from tts_news.config import Config
    from tts_news.desk.intake import Intake
    from tts_news.desk.press import Press

_PASTE = "-"
_ADDRESS: TypeAdapter[str] = TypeAdapter(Address)


class Front:
    """Answers for the first page."""

    def __init__(self, config: Config, drafts: DraftStore, intake: Intake, press: Press) -> None:
        self.config = config
        self.drafts, self.intake, self.press = drafts, intake, press

    @require(Role.READER)
    @told
    async def show(self, request: Request) -> Response:
        """`GET /desk/`."""
        facts = await off(self._facts)
        return HTMLResponse(render(request, "front.html", show=self.config.show, **facts))

    @require(Role.READER)
    @told
    async def show_list(self, request: Request) -> Response:
        """`GET /desk/list`: what changes while the page is open."""
        return HTMLResponse(render(request, "list.html", **await off(self._facts)))

    def _facts(self) -> dict[str, Any]:
        found = [(draft, self.press.job_of(draft)) for draft in self.drafts.all()]
        rows = [(draft, state_of(draft, job), job) for draft, job in found]
        return {
            "articles": [row for row in rows if row[0].kind == "article"],
            "bulletins": [row for row in rows if row[0].kind == "bulletin"],
            "dropped": self.drafts.dropped(),
            "editions": self.press.on_air(),
            "busy": any(state in BUSY for _, state, _ in rows),
        }

    @require(Role.EDITOR)
    @told
    async def bring_in(self, request: Request) -> Response:
        """`POST /desk/articles`: a pasted text, an address, or a file."""
        try:
            title, source, data = await _handed(await read_form(request))
        finally:
            await request.close()  # a large file lies on the disk until then
        draft = Draft("", "article", "queued", title, source, by=by_whom(request))
        name = await off(self.drafts.add, draft, Papers(data=data))
        if name is None:
            raise UsageError("the desk is full", hint="drop some articles")
        self.intake.wake()
        await note(request, "article brought in", name, without_credentials(source)[:200])
        return done(request, f"{DESK}/#articles", "The article is being read.", id=name)

    @require(Role.EDITOR)
    @told
    async def drop(self, request: Request) -> Response:
        """`POST /desk/drafts/{draft}/drop`."""
        return await self._set_state(request, "dropped", "article dropped", "Dropped; it can be brought back below.")

    @require(Role.EDITOR)
    @told
    async def restore(self, request: Request) -> Response:
        """`POST /desk/drafts/{draft}/restore`."""
        return await self._set_state(request, "", "article brought back", "It is back on the desk.")

    @require(Role.EDITOR)
    @told
    async def read_again(self, request: Request) -> Response:
        """`POST /desk/drafts/{draft}/again`: one that failed is tried once more."""
        return await self._set_state(request, "queued", "article read again", "The article is being read.")

    async def _set_state(self, request: Request, state: str, deed: Deed, message: str) -> Response:
        draft = await find(self.drafts, request)
        if not state:
            written = draft.kind == "bulletin" or (await off(self.drafts.papers, draft.id)).script
            state = "ready" if written else "queued"
        await off(lambda: self.drafts.set(draft.id, state=state))
        self.intake.wake()
        await note(request, deed, draft.id, draft.title)
        return done(request, f"{DESK}/#articles", message)

    @require(Role.PUBLISHER)
    @told
    async def withdraw(self, request: Request) -> Response:
        """`POST /desk/editions/{folder}/withdraw`."""
        form = await read_form(request)
        folder = request.path_params["folder"]
        title = await off(self.press.withdraw, folder, str(form.get("reason", ""))[:500])
        await note(request, "edition withdrawn", folder, title)
        return done(request, f"{DESK}/#on-air", "The edition is withdrawn.")


OF_JOB = {"queued": "waiting", "running": "speaking", "done": "published", "failed": "failed"}
"""What an editor is shown of a job's states; of the others her draft's own."""
BUSY = ("queued", "reading", "writing", "waiting", "speaking")


def state_of(draft: Draft, job: Any) -> str:
    """Return the state that an editor is shown: that of the draft, or of its way to the listeners."""
    if draft.state != "ready" or not job:
        return draft.state
    return OF_JOB.get(str(job["state"]), draft.state)


async def find(drafts: DraftStore, request: Request) -> Draft:
    """Return the draft that a path names.

    Raises:
        UsageError: There is none.
    """
    draft: Draft | None = await off(drafts.find, request.path_params["draft"])
    if draft is None:
        raise UsageError("there is no such draft")
    return draft


def _checked(address: str) -> str:
    """Return an address that can be asked.

    Raises:
        UsageError: It is none.
    """
    try:
        return _ADDRESS.validate_python(address)
    except ValidationError as err:
        raise UsageError(err.errors(include_url=False, include_input=False)[0]["msg"]) from err


async def _handed(form: Any) -> tuple[str, str, bytes | None]:
    """Return title, source and bytes of what an editor brings.

    Raises:
        UsageError: It is nothing, or more than one thing.
    """
    text, address, file = form.get("text", ""), form.get("address", ""), form.get("file")
    named = file if isinstance(file, UploadFile) and file.filename else None
    if sum(map(bool, (text, address, named))) != 1:
        raise UsageError("give one of the three: a text, an address or a file")
    if address:
        return address, _checked(address), None
    if named:
        name = Path(str(named.filename).replace("\\", "/")).name[:200] or "file"
        return name, f"./{name.lstrip('-')}", await named.read()
    return text.splitlines()[0][:100], _PASTE, text.encode()
