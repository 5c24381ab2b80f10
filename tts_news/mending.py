"""What editors change, along the corridor: taken up from the scripts they mended, applied to what is composed, told.

A mended script is three things: what was composed, what had been corrected when it was saved, and what somebody has
changed in the file since. The last goes into the show's corrections, and from then on it is in whatever is made of the
article. What no correction of a sentence can hold (a sentence added, another order) stays in that script alone; the
edition's manifest says so, and nothing that would undo it is made unasked.
"""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from tts_news.config import Config
from tts_news.errors import PublishError, ScriptError
from tts_news.publish.show import list_folders
from tts_news.records import NO_CHANGE, Article, Casting, Correction, CorrectionKey, Script, Source
from tts_news.script import compose, parse_script
from tts_news.script.binding import article_of
from tts_news.script.corrections import (
    Unfitting,
    apply_corrections,
    beyond,
    corrections_between,
    corrections_of,
    edits_of,
    identity_of,
    own_script,
)
from tts_news.script.corrections_file import add_corrections, load_corrections
from tts_news.script.settings import ScriptSettings

_LOG = logging.getLogger(__name__)
_TELLING = 20  # letters of a sentence that does not stand in another article by chance
_HEAD = 16 * 1024  # bytes; a manifest begins with its identity


@dataclass(frozen=True, slots=True)
class Mended:
    """A script as its editors want it said.

    Attributes:
        script: The script.
        fitting: The corrections that are in it.
        unfitting: Those of its articles whose sentences have changed.
        by_hand: What only this script holds, a few words each; () when its articles give the same script again.
        taken_up: The text of the standing edition's script that an editor changed, if nothing of it is lost now.
    """

    script: Script
    fitting: tuple[Correction, ...] = ()
    unfitting: tuple[Unfitting, ...] = ()
    by_hand: tuple[str, ...] = ()
    taken_up: str = ""


def corrections_path(config: Config) -> Path | None:
    """Return where the show keeps its corrections, None when it keeps none."""
    return Path(config.script.corrections) if config.script.corrections else None


def correct(script: Script, config: Config) -> Mended:
    """Return a composed script with what editors changed, and tell of every correction that no longer fits.

    Raises:
        ScriptError: The file of corrections does not hold, or one of them cannot be said.
    """
    return _applied(script, load_corrections(corrections_path(config)))


def changes_of(article: Article, config: Config) -> str:
    """Return a hash of what editors changed of an article, "" for nothing: whoever has made it learns that it is old.

    Raises:
        ScriptError: The file of corrections does not hold.
    """
    source = Source(article.title, "", "", published=article.published, identity=article.identity)
    known = load_corrections(corrections_path(config))
    mine = corrections_of(Script(article.title, (), (), sources=(source,), identity=article.identity), known)
    changes = repr([(key[1:], correction.change) for key, correction in sorted(mine.items())]) if mine else ""
    return changes and hashlib.sha256(changes.encode("utf-8", "surrogatepass")).hexdigest()


def mend(saved: Script, config: Config, casting: Casting, *, keep: bool = True) -> Mended:
    """Return a saved script with what editors changed, in this file and anywhere else.

    Args:
        saved: The script as it was read from its file.
        config: The configuration in force.
        casting: Who says what, for a script that does not say what was composed.
        keep: Whether what was changed in the file becomes the articles' own; off for a look.

    Raises:
        ScriptError: As `correct`; or the file of corrections cannot be written.
    """
    path = corrections_path(config)
    edits = _edits(saved, config, casting)
    if path and keep:
        _keep(path, saved, edits)
        in_force: Sequence[Correction] = load_corrections(path)
    else:
        in_force = _merged(saved, load_corrections(path), edits)
    by_hand = beyond(saved)
    if edits and not path:
        by_hand = (*by_hand, "[script] corrections is empty")
    own = own_script(saved)
    return replace(_applied(own if own and not by_hand else saved, in_force), by_hand=by_hand)


def unkept(saved: Script, config: Config) -> tuple[str, ...]:
    """Return, a few words each, what was changed in a saved script and stands nowhere else."""
    known = corrections_of(saved, load_corrections(corrections_path(config)))
    before = {key: correction.change for key, correction in known.items()}
    lost = [edit for edit in edits_of(saved) if edit.change != before.get(edit.key, NO_CHANGE)]
    mended = f"{len(lost)} mended sentence{'s' * (len(lost) != 1)}"
    return (*([mended] if lost else []), *beyond(saved))


def move_corrections(old: Script, new: Script, config: Config) -> None:
    """Give an article the corrections of the one whose edition it replaces: its headline was corrected, say.

    Those that it has itself stay, and so do the other article's.

    Raises:
        ScriptError: The file does not hold, or cannot be written.
    """
    path = corrections_path(config)
    who = identity_of(new.sources[0]) if len(new.sources) == 1 else None
    if path is None or who is None:
        return
    known = load_corrections(path)
    mine = corrections_of(new, known)
    theirs = [replace(correction, article=who) for correction in corrections_of(old, known).values()]
    new_ones = [correction for correction in theirs if correction.key not in mine]
    if new_ones:
        add_corrections(path, new_ones)


def retitled(composed: Script, config: Config) -> str:
    """Return the headline under which an article's file was corrected before, "" if there is none.

    A named file without an address is known by its headline; with another one it is another article, and what editors
    changed of it would be lost unsaid. That it is the same one shows when their sentences stand in it.

    Raises:
        ScriptError: The file of corrections does not hold.
    """
    who = identity_of(composed.sources[0]) if len(composed.sources) == 1 else None
    if who is None or who.kind != "file":
        return ""
    known = load_corrections(corrections_path(config))
    if corrections_of(composed, known):
        return ""
    by_key: dict[str, list[Correction]] = {}
    for correction in known:
        if (correction.article.kind, correction.article.scope) == (who.kind, who.scope):
            by_key.setdefault(correction.article.key, []).append(replace(correction, article=who))
    for key, mine in by_key.items():
        body = [correction for correction in mine if correction.role not in {"headline", "edition"}]
        fitting = apply_corrections(composed, body).fitting
        if 2 * len(fitting) >= len(body) and any(len(one.written) >= _TELLING for one in fitting):
            return key
    return ""


def _applied(script: Script, corrections: Iterable[Correction]) -> Mended:
    done = apply_corrections(script, corrections)
    for lost in done.unfitting:
        nearest = f"; it may be «{lost.nearest}» now" if lost.nearest else ""
        _LOG.warning(
            "%s: a correction no longer fits: «%s»%s (tts-news corrections)",
            script.title,
            lost.correction.written,
            nearest,
        )
    return Mended(done.script, done.fitting, done.unfitting)


def _edits(saved: Script, config: Config, casting: Casting) -> tuple[Correction, ...]:
    """Return what was changed in a saved script; where it does not say what was composed, against today's reading."""
    by, at = _who(), dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    if own_script(saved) is not None:
        return edits_of(saved, by, at)
    articles = [article_of(saved, number)[0] for number in range(len(saved.sources))]
    if not any(source.identity for source in saved.sources):
        return ()
    found = _against_today(saved, articles, config.script, casting, by, at)
    if found:
        _LOG.warning(
            "%s: this script does not say what was composed; %d sentence%s, read otherwise today, kept as corrections "
            "(tts-news corrections)",
            saved.title,
            len(found),
            "s" * (len(found) != 1),
        )
    return found


def _against_today(
    saved: Script, articles: Sequence[Article], settings: ScriptSettings, casting: Casting, by: str, at: str
) -> tuple[Correction, ...]:
    """Return the sentences that are said otherwise than they would be today; what is missing may never have been."""
    today = compose(articles, replace(settings, edition=saved.title, opening="", closing=""), casting)
    own = replace(today, sources=saved.sources, identity=saved.identity)
    found = corrections_between(own, saved, by, at)
    return tuple(
        replace(correction, pause_s=None, voice=None)
        for correction in found
        if correction.spoken is not None and correction.role != "edition"
    )


def _keep(path: Path, saved: Script, edits: Sequence[Correction]) -> None:
    if edits:
        known = corrections_of(saved, load_corrections(path))
        # Kept under the identity that stands there: a file without a date has had one of every day it was read on.
        add_corrections(
            path,
            [replace(edit, article=known[edit.key].article) if edit.key in known else edit for edit in edits],
        )


def _merged(saved: Script, known: Sequence[Correction], edits: Sequence[Correction]) -> list[Correction]:
    new = {edit.key: edit for edit in edits}
    mine = corrections_of(saved, known)
    kept = [correction for key, correction in mine.items() if key not in new]
    return [*kept, *(edit for edit in edits if edit.change != NO_CHANGE)]


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user here
        return ""


# ── bulletins ────────────────────────────────────────────────────────────────────────────────────────────────────


def differs(held: Script, number: int, now: Script) -> bool:
    """Return whether a bulletin's script has another state of an article than the article's own script.

    Another lexicon or voice is no other state: it is what the article says, and what editors made of it.

    Args:
        held: The bulletin's script.
        number: Which of its articles it is.
        now: The article's own script.
    """
    source = now.sources[0]
    if held.sources[number].text_hash != source.text_hash:
        return True
    if held.composed is None or now.composed is None:
        return False
    return _changes(held, number) != _changes(now, 0)


def _changes(script: Script, number: int) -> dict[tuple[str, str, int], object]:
    """Return what is corrected in one article of a script, whatever the article is called there."""
    who = identity_of(script.sources[number])
    if who is None or script.composed is None:
        return {}
    mine = corrections_of(script, script.composed.corrections)
    return {key[1:]: one.change for key, one in mine.items() if key[0] == who.text and key[1] != "edition"}


def rebind(saved: Script, change: Callable[[Script], Script], config: Config, casting: Casting) -> Mended:
    """Return a saved bulletin with one of its articles exchanged or taken out, and all that editors changed in it.

    Args:
        saved: The bulletin's script as it was read from its file.
        change: Exchanges the article, or takes it out.
        config: The configuration in force.
        casting: As for `mend`.

    Raises:
        ScriptError: As `mend`.
    """
    bound = change(mend(saved, config, casting).script)
    by_hand, own = beyond(bound), own_script(bound)
    corrections = load_corrections(corrections_path(config))
    return replace(_applied(own if own and not by_hand else bound, corrections), by_hand=by_hand)


# ── which fit ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a correction fits what stands: its sentence is there, or has changed, or no edition of its article is.

    Attributes:
        state: "fits", "changed" or "unknown".
        nearest: The present sentence most like its own, "" when it fits or none is.
        edition: Folder name of the edition that was looked at.
    """

    state: Literal["fits", "changed", "unknown"]
    nearest: str = ""
    edition: str = ""


def fit_of_all(config: Config, place: Path | None = None) -> list[tuple[Correction, Fit]]:
    """Return the show's corrections and whether they fit, those of the articles of one edition when it is named.

    Raises:
        ScriptError: The file of corrections does not hold.
        PublishError: The show's folder cannot be read.
    """
    known = load_corrections(corrections_path(config))
    output = Path(config.publish.output)
    fits: dict[CorrectionKey, Fit] = {}
    for folder in [place] if place else _folders_of(output, known):
        try:
            saved = script_of(folder)
        except (PublishError, ScriptError) as err:
            _LOG.warning("%s", err)
            continue
        done = apply_corrections(own_script(saved) or saved, known)
        fits |= {one.correction.key: Fit("changed", one.nearest, folder.name) for one in done.unfitting}
        fits |= {correction.key: Fit("fits", "", folder.name) for correction in done.fitting}
    found = [(correction, fits.get(correction.key, Fit("unknown"))) for correction in known]
    return [(correction, fit) for correction, fit in found if place is None or fit.state != "unknown"]


def script_of(place: Path) -> Script:
    """Return the script of a standing edition, as an editor may have left it.

    Raises:
        PublishError: It cannot be read.
        ScriptError: It does not hold.
    """
    path = place / "script.json"
    try:
        return parse_script(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as err:
        raise PublishError(f"cannot read {path}: {err}", hint="was the edition withdrawn?") from err


def _folders_of(output: Path, corrections: Sequence[Correction]) -> list[Path]:
    """Return the editions that articles which were corrected have of their own; bulletins are not looked into."""
    keys = {json.dumps(correction.article.key, ensure_ascii=False).encode() for correction in corrections}
    found = []
    for folder in list_folders(output) if output.is_dir() and keys else ():
        with suppress(OSError), (folder / "episode.json").open("rb") as file:
            head = file.read(_HEAD)
            if any(key in head for key in keys) and (folder / "script.json").is_file():
                found.append(folder)
    return found
