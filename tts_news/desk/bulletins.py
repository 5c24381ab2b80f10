"""A bulletin on the desk: which articles it holds, in which order, who says what, and publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from tts_news.accounts.gate import note, require
from tts_news.accounts.records import Role
from tts_news.desk.drafts import Draft, DraftStore, Papers
from tts_news.desk.front import find
from tts_news.desk.mending import seen_choice
from tts_news.desk.pages import render
from tts_news.desk.requests import by_whom, done, off, read_form, read_list, told
from tts_news.errors import UsageError
from tts_news.server.guard import DESK

if TYPE_CHECKING:
    from tts_news.desk.articles import Articles
    from tts_news.desk.mending import Mender
    from tts_news.desk.press import Press
    from tts_news.desk.sentences import Sentence

_LONGEST_TITLE = 200


class Bulletins:
    """Answers for bulletins."""

    def __init__(self, drafts: DraftStore, mender: Mender, press: Press, articles: Articles) -> None:
        self.drafts, self.mender, self.press, self.articles = drafts, mender, press, articles

    @require(Role.EDITOR)
    @told
    async def begin(self, request: Request) -> Response:
        """`POST /desk/bulletins`: of the articles that were chosen."""
        form = await read_form(request)
        title, chosen = str(form.get("title", "")), await read_list(request, "member")
        if not title or len(title) > _LONGEST_TITLE:
            raise UsageError("give the bulletin a title")
        members = [one.id for one in await off(self._articles) if one.id in chosen]
        members.reverse()  # the oldest first, as they came in
        if not members:
            raise UsageError("choose the articles of the bulletin")
        choices = {"members": members, "voices": {}}
        draft = Draft("", "bulletin", "ready", title, "", choices, by=by_whom(request))
        name = await off(self.drafts.add, draft, Papers())
        if name is None:
            raise UsageError("the desk is full", hint="drop some articles")
        await note(request, "bulletin begun", name, title)
        place = f"{DESK}/drafts/{name}"
        return done(request, place, "The bulletin is begun.", go=place)

    def _articles(self) -> list[Draft]:
        return [one for one in self.drafts.all() if one.kind == "article"]

    @require(Role.READER)
    @told
    async def show(self, request: Request) -> Response:
        """`GET /desk/drafts/{draft}` of a bulletin."""
        draft = await find(self.drafts, request)
        return HTMLResponse(await off(self._page, request, draft))

    def _page(self, request: Request, draft: Draft) -> str:
        members, sentences = self._members(draft)
        everything = [each for one in members for each in sentences[one.id]]
        held = {one.id for one in members}
        return render(
            request,
            "bulletin.html",
            members=[(one, sum(each.doubtful for each in sentences[one.id])) for one in members],
            others=[one for one in self._articles() if one.id not in held and one.state == "ready"],
            roles=list(dict.fromkeys(each.cue.role for each in everything)),
            voices=sorted(self.articles.speaker.voices()),
            seen=seen_choice(draft, "members"),
            **self.articles.bar(draft, everything),
        )

    def _members(self, draft: Draft) -> tuple[list[Draft], dict[str, tuple[Sentence, ...]]]:
        members = self.press.members(draft)
        return members, {one.id: self.press.sentences(one) for one in members}

    @require(Role.READER)
    @told
    async def news(self, request: Request) -> Response:
        """`GET /desk/drafts/{draft}/news` of a bulletin."""
        draft = await find(self.drafts, request)
        return JSONResponse(await off(self._news, request, draft))

    def _news(self, request: Request, draft: Draft) -> dict[str, Any]:
        members, sentences = self._members(draft)
        facts = self.articles.bar(draft, [each for one in members for each in sentences[one.id]])
        return {"versions": {}, "bar": render(request, "bar.html", **facts), "busy": facts["busy"]}

    @require(Role.EDITOR)
    @told
    async def change_members(self, request: Request) -> Response:
        """`POST /desk/drafts/{draft}/members`: one up, down, out or in."""
        draft = await find(self.drafts, request)
        form = await read_form(request)
        member, do = str(form.get("member", "")), str(form.get("do", ""))
        members = _moved(list(draft.choices.get("members", ())), member, do)
        if do == "add" and member not in {one.id for one in await off(self._articles)}:
            raise UsageError("there is no such draft")
        await off(self.mender.choose, draft, "members", members, str(form.get("seen", "")), by_whom(request))
        await note(request, "bulletin changed", draft.id, f"{do} {member}")
        place = f"{DESK}/drafts/{draft.id}#members"
        return done(request, place, "The bulletin is changed.", at=f"{do}-{member}")


def _moved(members: list[str], member: str, do: str) -> list[str]:
    """Return the members with one of them moved, taken out, or put at the end.

    Raises:
        UsageError: There is no such member, or nothing of the kind can be done.
    """
    if do == "add":
        return [one for one in members if one != member] + [member]
    if member not in members:
        raise UsageError("the article is not in the bulletin")
    place = members.index(member)
    if do == "out":
        return [one for one in members if one != member]
    to = place + {"up": -1, "down": 1}.get(do, 0)
    if not 0 <= to < len(members) or to == place:
        raise UsageError("the article cannot be moved there")
    members[place], members[to] = members[to], members[place]
    return members
