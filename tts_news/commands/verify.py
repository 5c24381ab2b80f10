"""`tts-news verify`: listen to a finished edition with a speech recogniser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile
from tts_news.extras import install_hint

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


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

    heard: list[Heard] = []
    for passage in listen(edition, _Whisper(model), normalise, find_ffmpeg(load(config).master.ffmpeg)):
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


class _Whisper:
    """faster-whisper, in Arabic."""

    def __init__(self, model: str) -> None:
        from tts_news.errors import SpeakError

        try:
            from faster_whisper import WhisperModel
        except ModuleNotFoundError as err:
            raise SpeakError("verifying needs an extra", hint=install_hint("verify")) from err
        try:
            self._model = WhisperModel(model, device="cpu", compute_type="int8")
        except (OSError, RuntimeError, ValueError) as err:
            raise SpeakError(
                f"the Whisper model {model} cannot be loaded: {err}", hint="offline? name a folder with --model"
            ) from err

    def hear(self, samples: npt.NDArray[np.float32]) -> str:
        """See `listening.Recogniser`."""
        segments, _ = self._model.transcribe(samples, language="ar", beam_size=3, condition_on_previous_text=False)
        return " ".join(segment.text.strip() for segment in segments)
