"""Telling a WebSub hub that the feed has changed: apps that listen to it learn of an edition in minutes, not hours.

Which feed the hub was last told of is kept in the show's folder, so a hub that could not be reached is told by the next
run, and one that knows it already is not told again.

Source: W3C WebSub (2018), 4 and 5; what is sent is PubSubHubbub 0.4's notification, which WebSub leaves to the hub.
"""

from __future__ import annotations

from pathlib import Path

from tts_news.errors import PublishError
from tts_news.files import hash_file, write_file
from tts_news.publish.disk import disk_errors
from tts_news.publish.feed import FEED, check_base, check_hub
from tts_news.publish.settings import ShowSettings

TOLD = ".hub-told"
_PATIENCE_S = 10.0


def tell_hub(output: Path, show: ShowSettings) -> bool:
    """Tell the show's hub of the feed in `output`, unless it has no hub or was told of this very feed.

    Returns:
        Whether it was told now.

    Raises:
        PublishError: The hub cannot be reached or does not take it. The show is published all the same.
    """
    if not show.websub_hub or not (output / FEED).is_file():
        return False
    hub, topic = check_hub(show), f"{check_base(show)}{FEED}"
    with disk_errors(output):
        state = f"{hub} {topic} {hash_file(output / FEED)}\n".encode()
        if (output / TOLD).is_file() and (output / TOLD).read_bytes() == state:
            return False
        _send(hub, topic)
        write_file(output / TOLD, state, sync=False, noticed=False)
    return True


def _send(hub: str, topic: str) -> None:
    import httpx

    try:
        answer = httpx.post(hub, data={"hub.mode": "publish", "hub.url": topic}, timeout=_PATIENCE_S)
    except (httpx.HTTPError, httpx.InvalidURL) as err:
        raise _untold(hub, str(err) or type(err).__name__) from err
    if not answer.is_success:
        raise _untold(hub, f"it answers {answer.status_code} {answer.text[:100]}")


def _untold(hub: str, reason: str) -> PublishError:
    return PublishError(
        f"the show is published, but its hub {hub} was not told: {reason}",
        hint="apps find it at their next look; run it again to tell the hub",
    )
