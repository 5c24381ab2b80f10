"""From a work to its script, with all that editors changed: composed of its articles, or saved and taken as it is.

What somebody has changed in the standing edition's script is taken up first: nothing of theirs is undone unasked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tts_news import mending, publish, script, speak
from tts_news.config import Config
from tts_news.errors import ScriptError, TtsNewsError, UsageError
from tts_news.gathering import Joined, saved_script, works_of
from tts_news.mending import Mended
from tts_news.orders import Order, Reporter, date_of, newest_date
from tts_news.records import Article, Casting, Identity, Script
from tts_news.script.binding import article_of, with_article
from tts_news.script.doubts import Reading
from tts_news.script.settings import ScriptSettings

WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_AN_ARTICLE = "name the article itself"


def write(
    work: Script | tuple[Article, ...] | Joined, config: Config, report: Reporter, order: Order, casting: Casting
) -> Mended:
    """Return the script of articles, or a saved one with its voices filled in, with all that editors changed."""
    if isinstance(work, Script):
        if order.replaces and not order.dry_run:
            _inherit(work, config, order)
        mended = mending.mend(work, config, casting, keep=not order.dry_run)
        text = "" if order.dry_run else _same_text(work, config, order)
        mended = replace(mended, script=with_voices(mended.script, casting), taken_up=text)
    else:
        parts = work.parts if isinstance(work, Joined) else work
        report.stage("writing", parts[0].title)
        composed = _composed(tuple(_articles_in(parts)), config, order, casting)
        composed, by_hand = _with_saved(composed, parts, config, casting, keep=not order.dry_run)
        text = "" if order.dry_run else _take_up(composed, config, order, casting)
        mended = replace(mending.correct(composed, config), taken_up=text, by_hand=by_hand)
    if mended.fitting:
        report.stage("correcting", f"{mended.script.title}: {counted(len(mended.fitting), 'correction')} applied")
    return mended


def _articles_in(parts: Sequence[Article | Script]) -> Iterator[Article]:
    """Yield the articles of an edition, those of saved scripts as the scripts hold them."""
    for part in parts:
        if isinstance(part, Article):
            yield part
        else:
            yield from (article_of(part, number)[0] for number in range(len(part.sources)))


def _with_saved(
    composed: Script, parts: Sequence[Article | Script], config: Config, casting: Casting, *, keep: bool
) -> tuple[Script, tuple[str, ...]]:
    """Return the script of an edition with what only saved scripts hold of its articles, and what that is.

    What corrections hold is among the show's afterwards, and in the edition by them.
    """
    at, by_hand = 0, dict[str, None]()
    for part in parts:
        if isinstance(part, Article):
            at += 1
            continue
        if not part.sources:
            raise UsageError(f"{part.title}: this script names no article, and cannot join others")
        mended = mending.mend(part, config, casting, keep=keep)
        by_hand |= dict.fromkeys(mended.by_hand)
        whole = with_voices(mended.script, casting)
        for number in range(len(part.sources)):
            if mended.by_hand or not article_of(part, number)[1]:
                composed = with_article(composed, at, whole, number)
            at += 1
    return composed, tuple(by_hand)


def _composed(articles: tuple[Article, ...], config: Config, order: Order, casting: Casting) -> Script:
    written = script.compose(articles, _script_settings(articles, config, order), casting, config.show.disclosure)
    return _named(written, articles, config, order)


def _named(written: Script, articles: tuple[Article, ...], config: Config, order: Order) -> Script:
    """Return a script with the identity of its article, or of the edition that holds several."""
    if not order.edition:
        return replace(written, identity=articles[0].identity)
    date = order.day or newest_date((article.published for article in articles), config)
    return replace(written, identity=Identity("bulletin", "", order.edition, date))


def _script_settings(articles: Sequence[Article], config: Config, order: Order) -> ScriptSettings:
    date = order.day or newest_date((article.published for article in articles), config)
    title = order.edition or articles[0].title
    return replace(
        config.script,
        edition=order.edition,
        opening=_fill(config.script.opening, title, date, config),
        closing=_fill(config.script.closing, title, date, config),
    )


def _fill(template: str, title: str, date: str, config: Config) -> str:
    """Return an opening or closing with its {show}, {edition} and {date}, e.g. «الأحد 22/11/2026»."""
    day = dt.date.fromisoformat(date)
    spoken_date = f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}/{day.year}"
    # Not str.format: a title may hold braces.
    for name, value in (("{show}", config.show.title), ("{edition}", title), ("{date}", spoken_date)):
        template = template.replace(name, value)
    return template


def with_voices(work: Script, casting: Casting) -> Script:
    """Return the script with the cast voice where an editor left a cue's voice empty."""
    cues = (
        cue if cue.voice else replace(cue, voice=casting.by_role.get(cue.role, casting.default)) for cue in work.cues
    )
    return replace(work, cues=tuple(cues))


def _take_up(composed: Script, config: Config, order: Order, casting: Casting) -> str:
    """Take what somebody has changed in the script of the standing edition into the show's corrections.

    Returns:
        The text of that script, "" when nobody has changed it.

    Raises:
        ScriptError: It holds what no correction can hold, or no longer holds at all: making the edition of its
            articles would undo an editor's work.
    """
    text, edited = "", _edited(composed, config, order)
    if edited:
        text = edited[1] if _take(*edited, config, order, casting) else ""
    if order.replaces:
        _inherit(composed, config, order)
    elif not order.force and (headline := mending.retitled(composed, config)):
        _refuse_retitled(composed, headline, config, order)
    return text


def _refuse_retitled(composed: Script, headline: str, config: Config, order: Order) -> None:
    """Stop before an article whose headline was corrected becomes another one, without what editors changed of it.

    Raises:
        ScriptError: It has no edition under its new headline.
    """
    date = order.day or date_of(composed, config)
    if publish.find_edition(Path(config.publish.output), composed, date) is None:
        raise ScriptError(
            f"«{composed.title}» has sentences that editors mended when its headline was «{headline}»",
            hint="--replaces EDITION keeps mends and edition; --force makes it another article",
        )


def _take(path: Path, text: str, config: Config, order: Order, casting: Casting) -> bool:
    """Take what was changed in a script into the show's corrections; returns whether that is all of it."""
    kept = "--force makes it of its articles and keeps that file as script.edited.json"
    try:
        mended = mending.mend(script.parse_script(text), config, casting)
    except ScriptError as err:
        if order.force:
            return False
        raise ScriptError(f"{path} was edited and does not hold: {err}", hint=f"mend it; {kept}") from err
    if mended.by_hand and not order.force:
        raise ScriptError(
            f"{path} was edited, and this would undo: {', '.join(mended.by_hand)}",
            hint=f"`tts-news make {path}` speaks it as it is; {kept}",
        )
    return not mended.by_hand


def _edited(work: Script, config: Config, order: Order) -> tuple[Path, str] | None:
    """Return the standing edition's script and its text, if somebody has edited it there."""
    date = order.day or date_of(work, config)
    return publish.find_edited(Path(config.publish.output), work, date, order.replaces)


def _inherit(work: Script, config: Config, order: Order) -> None:
    """Give an article what editors changed of the one whose edition it replaces."""
    replaced = publish.find_folder_of(Path(config.publish.output), order.replaces) / "script.json"
    if was := saved_script(str(replaced)):
        mending.move_corrections(was, work, config)


def _same_text(work: Script, config: Config, order: Order) -> str:
    """Return the edited script of the standing edition if it is the one that is made here, else ""."""
    edited = _edited(work, config, order)
    try:
        return edited[1] if edited and script.parse_script(edited[1]) == work else ""
    except ScriptError:  # somebody is still at work in it: it is kept beside the new one
        return ""


def counted(number: int, what: str) -> str:
    """Return a number and what it counts, in English."""
    return f"{number} {what}{'s' * (number != 1)}"


def review(
    inputs: Sequence[str], config: Config, report: Reporter, edition: str = ""
) -> Iterator[tuple[Script, tuple[Reading, ...]] | TtsNewsError]:
    """Yield the script of every article, or of one edition of all, and how sure the reader was of each of its cues.

    Raises:
        TtsNewsError: A voice cannot be cast.
    """
    casting = speak.cast_voices(config.speak, commercial=config.show.commercial)
    for work in works_of(inputs, config, report, Order(edition=edition)):
        try:
            if isinstance(work, TtsNewsError):
                raise work
            if isinstance(work, (Script, Joined)):
                raise UsageError(f"{work.title}: a saved script does not say how sure its reader was", hint=_AN_ARTICLE)
            yield review_articles(work, config, casting, edition)
        except TtsNewsError as err:
            yield err


def review_articles(
    articles: tuple[Article, ...], config: Config, casting: Casting, edition: str = ""
) -> tuple[Script, tuple[Reading, ...]]:
    """Return the script of articles with its identity, and how sure the reader was of each of its cues.

    Raises:
        ScriptError: See `script.compose`.
    """
    settings = _script_settings(articles, config, Order(edition=edition))
    written, readings = script.review(articles, settings, casting, config.show.disclosure)
    return _named(written, articles, config, Order(edition=edition)), readings
