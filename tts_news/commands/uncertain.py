"""`tts-news script --uncertain`: the sentences an editor should look at first, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tts_news.commands.progress import reporter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tts_news.config import Config
    from tts_news.records import Cue, Script
    from tts_news.script.doubts import Reading

_LEAST = 0.05
"""Of a cue's expected wrong words: one below it is not shown."""
_LIKELY = 0.1
"""Of a word's chance to be wrong: one above it is named."""
_WHY: Mapping[str, str] = {
    "margin": "nearly read otherwise",
    "unknown": "a name or word no table knows",
    "case": "the model told the number's case",
    "hamza": "its letters were restored",
    "latin": "in Latin letters",
}


def show_uncertain(inputs: Sequence[str], config: Config, edition: str, *, as_json: bool, quiet: bool) -> None:
    """Print the cues of every article, the least sure first.

    Raises:
        TtsNewsError: The only article failed.
        PartialFailure: Some of several articles failed.
    """
    import json

    from tts_news import writing
    from tts_news.errors import PartialFailure, TtsNewsError

    failed, shown = [], 0
    with reporter(quiet=quiet) as report:
        for found in writing.review(inputs, config, report, edition):
            if isinstance(found, TtsNewsError):
                failed.append(found)
                continue
            shown += 1
            script, readings = found
            pairs = _ordered(script, readings)
            if as_json:
                cues = [_values(cue, reading) for cue, reading in pairs]
                typer.echo(json.dumps({"title": script.title, "cues": cues}, ensure_ascii=False))
            else:
                typer.echo("\n".join(_table(script, pairs)))
        if len(failed) == 1 and not shown:
            raise failed[0]
        for err in failed:
            report.failed("", err)
    if failed:
        raise PartialFailure(f"{len(failed)} of {len(failed) + shown} articles failed", hint="see the lines above")


def _ordered(script: Script, readings: Sequence[Reading]) -> list[tuple[Cue, Reading]]:
    """Return the cues in doubt, the least sure first, those of equal doubt in their order."""
    pairs = zip(script.cues, readings, strict=True)
    return sorted((pair for pair in pairs if pair[1].unsure >= _LEAST), key=lambda pair: -pair[1].unsure)


def _values(cue: Cue, reading: Reading) -> dict[str, object]:
    return {
        "id": cue.id,
        "role": cue.role,
        "written": cue.written,
        "spoken": cue.spoken,
        "unsure": round(reading.unsure, 3),
        "doubts": list(reading.doubts),
        "rules": list(reading.rules),
        "words": [
            {"spoken": word.spoken, "chance": round(word.chance_of_error, 3), "doubts": list(word.doubts)}
            for word in reading.words
            if word.doubts or word.chance_of_error > _LIKELY
        ],
    }


def _table(script: Script, pairs: Sequence[tuple[Cue, Reading]]) -> Iterator[str]:
    yield script.title
    for cue, reading in pairs:
        yield f"\n{cue.id}  {cue.role}  {reading.unsure:.2f} words wrong, as a guess"
        yield f"    written  {cue.written}"
        yield f"    spoken   {cue.spoken}"
        for word in sorted(reading.words, key=lambda word: -word.chance_of_error):
            if word.chance_of_error > _LIKELY:
                why = "; ".join(_WHY[doubt] for doubt in word.doubts) or "not quite sure"
                yield f"    {100 * word.chance_of_error:3.0f} %    {word.spoken}  ({why})"
        if reading.latin:
            yield "             words in Latin letters"
