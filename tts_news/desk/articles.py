"""An article on the desk: its sentences, their sound, what is changed in them, and publishing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from tts_news.accounts.gate import note, require, wants_page
from tts_news.accounts.records import Deed, Role
from tts_news.accounts.templates import language_of, tell
from tts_news.arabic import MARKS, word_spans
from tts_news.desk.differences import differences, find_edition_of, standing_script
from tts_news.desk.front import BUSY, find, state_of
from tts_news.desk.mending import Mend, StaleError, seen_choice, term_of
from tts_news.desk.pages import render
from tts_news.desk.paper import read_script
from tts_news.desk.requests import by_whom, done, off, read_form, told
from tts_news.desk.sentences import Sentence, in_order_of_doubt, letters_of
from tts_news.errors import UsageError
from tts_news.records import Role as CueRole
from tts_news.script import dump_script
from tts_news.script.alternatives import alternatives
from tts_news.script.lexicon import Lexicon
from tts_news.script.line import with_terms
from tts_news.server.guard import DESK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tts_news.config import Config
    from tts_news.desk.drafts import Change, Draft, DraftStore
    from tts_news.desk.intake import Intake
    from tts_news.desk.mending import Mender
    from tts_news.desk.press import Press
    from tts_news.desk.sounds import Sounds
    from tts_news.records import Episode
    from tts_news.server.speech import Speaker

ROLES: tuple[str, ...] = get_args(CueRole)


@dataclass(frozen=True, slots=True)
class _Open:
    """A draft with its sentences."""

    draft: Draft
    sentences: tuple[Sentence, ...]

    def sentence(self, cue: str) -> Sentence:
        """Return the sentence of a cue.

        Raises:
            UsageError: There is none.
        """
        for sentence in self.sentences:
            if sentence.cue.id == cue:
                return sentence
        raise UsageError("there is no such sentence")


class Articles:
    """Answers for articles."""

    def __init__(
        self, config: Config, drafts: DraftStore, intake: Intake, mender: Mender, press: Press, sounds: Sounds,
        speaker: Speaker,
    ) -> None:  # fmt: skip
        self.config = config
        self.output = Path(config.publish.output)
        self.drafts, self.intake, self.mender = drafts, intake, mender
        self.press, self.sounds, self.speaker = press, sounds, speaker

    # looking

    @require(Role.READER)
    @told
    async def show(self, request: Request) -> Response:
        """`GET /desk/drafts/{draft}`: the script, in its order or the least sure first."""
        opened = await self._open(request)
        by_doubt = request.query_params.get("order") == "doubt"
        page = await off(self._page, request, opened, by_doubt)
        return HTMLResponse(page)

    def _page(self, request: Request, opened: _Open, by_doubt: bool) -> str:
        shown = in_order_of_doubt(opened.sentences) if by_doubt else opened.sentences
        return render(
            request,
            "article.html",
            shown=shown,
            by_doubt=by_doubt,
            roles=list(dict.fromkeys(sentence.cue.role for sentence in opened.sentences)),
            voices=sorted(self.speaker.voices()),
            unfitting=self.press.unfitting(opened.draft),
            editions=self.press.on_air(),
            **self.bar(opened.draft, opened.sentences),
        )

    def bar(self, draft: Draft, sentences: Sequence[Sentence]) -> dict[str, Any]:
        """Return what the bar of a draft shows: its state, length and cost, what can be taken back, what stands."""
        job = self.press.job_of(draft)
        draft = self.drafts.find(draft.id) or draft  # it may just have learnt which edition it became
        state = state_of(draft, job)
        cues = [sentence.cue for sentence in sentences if not sentence.skipped]
        voices = self.speaker.voices()
        return {
            "draft": draft,
            "state": state,
            "busy": state in BUSY,
            "error": (str(job["error"]) if job and state == "failed" else "") or draft.error,
            "estimate": self.sounds.meter.estimate(cues, voices, self.config.speak.speed),
            "doubtful": sum(one.doubtful for one in sentences),
            "last": self.drafts.last(draft.id),
            "next": self.drafts.next(draft.id),
            "standing": self._standing(draft),
            "choice": seen_choice(draft, "voices"),
        }

    def _standing(self, draft: Draft) -> tuple[Path, Episode] | None:
        papers = self.drafts.papers(draft.id)
        if draft.kind == "article" and papers.script:
            return find_edition_of(self.output, read_script(papers.script))
        return self.press.edition_of(draft)

    @require(Role.READER)
    @told
    async def news(self, request: Request) -> Response:
        """`GET /desk/drafts/{draft}/news`: the versions of the sentences now, and the bar."""
        opened = await self._open(request)
        return JSONResponse(await off(self._news, request, opened))

    def _news(self, request: Request, opened: _Open) -> dict[str, Any]:
        facts = self.bar(opened.draft, opened.sentences)
        return {
            "versions": {one.cue.id: one.version for one in opened.sentences},
            "bar": render(request, "bar.html", **facts),
            "busy": facts["busy"],
        }

    @require(Role.READER)
    @told
    async def show_sentence(self, request: Request) -> Response:
        """`GET …/sentences/{cue}`: the sentence with the form that mends it, or a part of it for a script."""
        opened = await self._open(request)
        sentence = opened.sentence(request.path_params["cue"])
        part = request.query_params.get("part", "")
        word = request.query_params.get("word", "")
        place = int(word) if word.isdecimal() and len(word) < 5 else -1
        facts = await off(self._mending, opened.draft, sentence, place)
        name = {"form": "mend.html", "line": "sentence.html"}.get(part, "mending.html")
        return HTMLResponse(render(request, name, **facts))

    def _mending(self, draft: Draft, sentence: Sentence, place: int) -> dict[str, Any]:
        chosen = next((piece for piece in sentence.pieces if piece.place == place >= 0), None)
        return {
            "draft": draft,
            "sentence": sentence,
            "chosen": chosen,
            "term": term_of(sentence, place) if chosen else "",
            "others": alternatives(chosen.text) if chosen and sentence.cue.language == "ar" else (),
            "voices": sorted(self.speaker.voices()),
            "text": None,
            "conflict": False,
        }

    @require(Role.READER)
    @told
    async def sound(self, request: Request) -> Response:
        """`GET …/sentences/{cue}/sound.wav`."""
        opened = await self._open(request)
        sentence = opened.sentence(request.path_params["cue"])
        data = await off(self.sounds.wav, sentence.cue)
        # Under this version of the sentence it will always be this sound.
        fresh = request.query_params.get("v") == sentence.version
        headers = {"cache-control": "private, max-age=3600" if fresh else "no-store"}
        return Response(data, media_type="audio/wav", headers=headers)

    @require(Role.READER)
    @told
    async def show_changes(self, request: Request) -> Response:
        """`GET /desk/drafts/{draft}/changes`: against the edition that stands."""
        draft = await find(self.drafts, request)
        return HTMLResponse(await off(self._changes, request, draft))

    def _changes(self, request: Request, draft: Draft) -> str:
        standing = self._standing(draft)
        if standing is None:
            raise UsageError("no edition stands to compare with")
        before = standing_script(standing[0])
        after = self.press.script_of(draft)
        found = differences(before.cues if before else (), after.cues)
        return render(request, "changes.html", draft=draft, episode=standing[1], found=found)

    # changing

    @require(Role.EDITOR)
    @told
    async def mend(self, request: Request) -> Response:
        """`POST …/sentences/{cue}`."""
        opened = await self._open(request)
        form = await read_form(request)
        sentence = opened.sentence(request.path_params["cue"])
        try:
            message = await off(self._mend, opened.draft, sentence, form, by_whom(request))
        except StaleError as err:
            return await self._conflict(request, form, err)
        detail = f"{form.get('do', '')} {sentence.cue.id}: {sentence.cue.written[:80]}"
        await note(request, "sentence mended", opened.draft.id, detail)
        return await self._answer(request, opened.draft.id, message)

    def _mend(self, draft: Draft, sentence: Sentence, form: Mapping[str, Any], by: str) -> str:
        seen, do = str(form.get("version", "")), str(form.get("do", "word"))
        if do == "always":
            if sentence.version != seen:
                raise StaleError("somebody else has changed this sentence meanwhile")
            self._learn(draft, str(form.get("term", "")), str(form.get("spoken_word", "")), by)
            return "From now on it is always said so."
        simple = {"skip": Mend(skip=True), "unskip": Mend(skip=False), "reset": Mend(reset=True)}
        mend = simple.get(do) or self._asked(sentence, form, do)
        self.mender.mend(draft, sentence, seen, mend, by)
        return {"skip": "The sentence is left out.", "reset": "The sentence is as it was composed."}.get(
            do, "The sentence is changed."
        )

    def _asked(self, sentence: Sentence, form: Mapping[str, Any], do: str) -> Mend:
        """Return what a form asks for: one word of the sentence, or all of it."""
        if do == "word":
            word = str(form.get("choice") or form.get("spoken_word", ""))
            return Mend(spoken=self._said(_with_word(sentence, str(form.get("word", "")), word), sentence))
        spoken = str(form.get("spoken", ""))
        pause = str(form.get("pause_s", "")).replace("٫", ".").replace(",", ".")
        try:
            pause_s = float(pause) if pause else None
        except ValueError as err:
            raise UsageError("the pause is no number of seconds") from err
        voice = str(form.get("voice", ""))
        if voice and voice not in self.speaker.voices():
            raise UsageError("there is no such voice")
        return Mend(self._said(spoken, sentence) if spoken else None, pause_s, voice or None)

    def _said(self, text: str, sentence: Sentence) -> str:
        """Return a text as it is spoken: as it stands when every word has marks, else read as any text is."""
        text = " ".join(text.split())
        if sentence.cue.language != "ar" or _is_marked(text):
            return text
        return self.speaker.compose(text, sentence.cue.voice)

    def _learn(self, draft: Draft, term: str, spoken: str, by: str) -> None:
        """Keep a term, have it said at once in this draft, and have all that hold it written anew."""
        entry = self.mender.learn(draft, term, spoken, by)
        self._rewrite(entry.written, Lexicon([entry]))

    def _rewrite(self, term: str, lexicon: Lexicon | None) -> None:
        for draft in self.drafts.all():
            if draft.kind != "article" or draft.state != "ready":
                continue
            if any(term in letters_of(one) or term in one.cue.written for one in self.press.sentences(draft)):
                if lexicon:
                    self._say_term(draft, lexicon)
                self.drafts.set(draft.id, state="queued")
        self.intake.wake()

    def _say_term(self, draft: Draft, lexicon: Lexicon) -> None:
        """Have a term said as the lexicon now says, until the script is written anew."""
        papers = self.drafts.papers(draft.id)
        script = read_script(papers.script)
        cues = (
            replace(cue, spoken=with_terms(cue.spoken, cue.spoken, lexicon)) if cue.language == "ar" else cue
            for cue in script.cues
        )
        self.drafts.set_papers(draft.id, replace(papers, script=dump_script(replace(script, cues=tuple(cues)))))

    @require(Role.EDITOR)
    @told
    async def undo(self, request: Request) -> Response:
        """`POST /desk/drafts/{draft}/undo`."""
        return await self._turn(request, self.mender.undo, "change taken back", "Taken back.")

    @require(Role.EDITOR)
    @told
    async def redo(self, request: Request) -> Response:
        """`POST /desk/drafts/{draft}/redo`."""
        return await self._turn(request, self.mender.redo, "change done again", "Done again.")

    async def _turn(self, request: Request, turn: Any, deed: Deed, message: str) -> Response:
        draft = await find(self.drafts, request)
        change: Change = await off(turn, draft)
        if change.subject == "term":
            await off(self._rewrite, change.name, None)
        await note(request, deed, draft.id, f"{change.subject} {change.name}"[:200])
        return await self._answer(request, draft.id, message, at=change.name if change.subject == "cue" else "")

    @require(Role.EDITOR)
    @told
    async def choose_voices(self, request: Request) -> Response:
        """`POST /desk/drafts/{draft}/voices`: who says which role; nobody is whoever the show has."""
        draft = await find(self.drafts, request)
        form = await read_form(request)
        voices = {role: str(form[role]) for role in ROLES if form.get(role)}
        known = await off(self.speaker.voices)
        if set(voices.values()) - known.keys():
            raise UsageError("there is no such voice")
        await off(self.mender.choose, draft, "voices", voices, str(form.get("seen", "")), by_whom(request))
        await note(request, "voices chosen", draft.id, ", ".join(f"{a}={b}" for a, b in voices.items()))
        return await self._answer(request, draft.id, "The voices are changed.")

    @require(Role.PUBLISHER)
    @told
    async def publish(self, request: Request) -> Response:
        """`POST /desk/drafts/{draft}/publish`: an edition, or the correction of the one that stands."""
        draft = await find(self.drafts, request)
        form = await read_form(request)
        await off(self.press.publish, draft, str(form.get("replaces", ""))[:300])
        await note(request, "published", draft.id, draft.title)
        return await self._answer(request, draft.id, "It is being spoken.")

    # answers

    async def _open(self, request: Request) -> _Open:
        draft = await find(self.drafts, request)
        return _Open(draft, await off(self.press.sentences, draft))

    async def _answer(self, request: Request, name: str, message: str, at: str = "") -> Response:
        """Return what a page shows after a change."""
        place = f"{DESK}/drafts/{name}" + (f"#{at}" if at else "")
        return done(request, place, message, at=at)

    async def _conflict(self, request: Request, form: Mapping[str, Any], err: StaleError) -> Response:
        """Return the sentence as another editor left it, with what this one wrote beside it: nothing is lost."""
        opened = await self._open(request)
        sentence = opened.sentence(request.path_params["cue"])
        facts = await off(self._mending, opened.draft, sentence, -1)
        own = str(form.get("spoken") or form.get("spoken_word") or form.get("choice") or "")
        facts |= {"conflict": True, "text": own}
        if wants_page(request):
            return HTMLResponse(render(request, "mending.html", **facts), 409)
        message = tell(err, language_of(request))
        return JSONResponse({"message": message, "form": render(request, "mend.html", **facts)}, 409)


def _is_marked(text: str) -> bool:
    """Return whether a text is spoken Arabic already: nothing but letters, pauses and words that have marks."""
    spans = [text[start:end] for start, end in word_spans(text)]
    return bool(spans) and all(set(word) & set(MARKS) or len(word) == 1 for word in spans)


def _with_word(sentence: Sentence, place: str, word: str) -> str:
    """Return what is said with one of its words changed.

    Raises:
        UsageError: There is no such word.
    """
    spans = word_spans(sentence.cue.spoken)
    if not place.isdecimal() or int(place) >= len(spans):
        raise UsageError("there is no such word in the sentence")
    start, end = spans[int(place)]
    return sentence.cue.spoken[:start] + word + sentence.cue.spoken[end:]
