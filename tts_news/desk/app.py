"""The desk's paths, and what stands behind them all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from tts_news.desk.articles import Articles
from tts_news.desk.bulletins import Bulletins
from tts_news.desk.drafts import DraftStore
from tts_news.desk.estimate import Meter
from tts_news.desk.front import Front
from tts_news.desk.intake import Intake
from tts_news.desk.mending import Mender
from tts_news.desk.pages import read_asset, style
from tts_news.desk.press import Press
from tts_news.desk.requests import off
from tts_news.desk.sounds import Sounds
from tts_news.server.guard import DESK

if TYPE_CHECKING:
    from starlette.requests import Request

    from tts_news.config import Config
    from tts_news.server.editions import Press as Works


class Desk:
    """The desk of one show."""

    def __init__(self, config: Config, works: Works) -> None:
        """Open it; `works` is who does the work behind `/editions`, of whom there is one.

        Raises:
            PublishError: The drafts cannot be kept in the show's folder.
        """
        speaker = works.speaker
        self.drafts = DraftStore(Path(config.publish.output))
        self.intake = Intake(config, self.drafts)
        self._style = style(config.show.colour)
        mender, meter = Mender(config, self.drafts), Meter()
        press = Press(config, self.drafts, mender, self.intake, works)
        sounds = Sounds(config, speaker, meter)
        self._front = Front(config, self.drafts, self.intake, press)
        self._articles = Articles(config, self.drafts, self.intake, mender, press, sounds, speaker)
        self._bulletins = Bulletins(self.drafts, mender, press, self._articles)

    def start(self) -> None:
        """Begin to read what waits."""
        self.intake.start()

    def close(self) -> None:
        """Stop reading, and let go of the drafts."""
        self.intake.stop()
        self.drafts.close()

    def routes(self) -> list[Route]:
        """Return the desk's routes."""
        front, articles, bulletins = self._front, self._articles, self._bulletins
        draft, sentence = f"{DESK}/drafts/{{draft}}", f"{DESK}/drafts/{{draft}}/sentences/{{cue}}"
        return [
            Route(f"{DESK}/desk.css", self._show_style),
            Route(f"{DESK}/desk.js", _show_script),
            Route(DESK, front.show),
            Route(f"{DESK}/", front.show),
            Route(f"{DESK}/list", front.show_list),
            Route(f"{DESK}/articles", front.bring_in, methods=["POST"]),
            Route(f"{draft}/drop", front.drop, methods=["POST"]),
            Route(f"{draft}/restore", front.restore, methods=["POST"]),
            Route(f"{draft}/again", front.read_again, methods=["POST"]),
            Route(f"{DESK}/editions/{{folder}}/withdraw", front.withdraw, methods=["POST"]),
            Route(draft, self._show_draft),
            Route(f"{draft}/news", self._tell_news),
            Route(f"{draft}/changes", articles.show_changes),
            Route(f"{draft}/undo", articles.undo, methods=["POST"]),
            Route(f"{draft}/redo", articles.redo, methods=["POST"]),
            Route(f"{draft}/voices", articles.choose_voices, methods=["POST"]),
            Route(f"{draft}/publish", articles.publish, methods=["POST"]),
            Route(f"{sentence}", articles.show_sentence),
            Route(f"{sentence}", articles.mend, methods=["POST"]),
            Route(f"{sentence}/sound.wav", articles.sound),
            Route(f"{DESK}/bulletins", bulletins.begin, methods=["POST"]),
            Route(f"{draft}/members", bulletins.change_members, methods=["POST"]),
        ]

    async def _show_draft(self, request: Request) -> Response:
        """`GET /desk/drafts/{draft}`."""
        return await (await self._desk_of(request)).show(request)

    async def _tell_news(self, request: Request) -> Response:
        """`GET /desk/drafts/{draft}/news`."""
        return await (await self._desk_of(request)).news(request)

    async def _desk_of(self, request: Request) -> Articles | Bulletins:
        """Return who answers for a draft of its kind, and sees to who asks."""
        draft = await off(self.drafts.find, request.path_params["draft"])
        return self._bulletins if draft and draft.kind == "bulletin" else self._articles

    async def _show_style(self, _: Request) -> Response:
        """`GET /desk/desk.css`."""
        return Response(self._style, media_type="text/css", headers={"cache-control": "no-cache"})


async def _show_script(_: Request) -> Response:
    """`GET /desk/desk.js`."""
    headers = {"cache-control": "no-cache"}
    return Response(read_asset("desk.js"), media_type="text/javascript", headers=headers)
