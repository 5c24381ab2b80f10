"""`tts-news verify`: listen to a finished edition with a speech recogniser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile


def verify(
    edition: Annotated[Path, typer.Argument(help="Folder of an edition.")],
    model: Annotated[str, typer.Option(help="Whisper model: a name, or a folder of a converted one.")] = "small",
    worst: Annotated[int, typer.Option(help="Show that many of the worst passages.")] = 10,
    limit: Annotated[float, typer.Option(help="Fail when the word error rate of the edition is above this.")] = 1.0,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Report how many words of each passage a recogniser heard differently from what is written."""
    import dataclasses

    from tts_news.config import load
    from tts_news.errors import PublishError
    from tts_news.master.ffmpeg import find_ffmpeg
    from tts_news.publish.listening import Heard, listen
    from tts_news.script import normalise
    from tts_news.speak.listener import Listener

    heard: list[Heard] = []
    for passage in listen(edition, Listener(model), normalise, find_ffmpeg(load(config).master.ffmpeg)):
        heard.append(passage)
        if as_json:
            typer.echo(
                json.dumps({**dataclasses.asdict(passage), "error_rate": passage.error_rate}, ensure_ascii=False)
            )
    rate = sum(one.errors for one in heard) / max(1, sum(one.words for one in heard))
    if not as_json:
        for one in sorted(heard, key=lambda one: -one.error_rate)[:worst]:
            typer.echo(
                f"{one.start_s:8.1f} s  {one.error_rate:4.0%}  written  {one.written}\n{'':18}heard    {one.heard}"
            )
        typer.echo(f"word error rate {rate:.1%} over {len(heard)} passages")
    if rate > limit:
        raise PublishError(f"the word error rate {rate:.1%} is above {limit:.1%}", hint="listen to the passages above")
