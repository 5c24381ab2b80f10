"""Find ffmpeg and know how to call it."""

from __future__ import annotations

import shutil
from functools import lru_cache

from tts_news.errors import MasterError

QUIET = ("-hide_banner", "-nostdin", "-loglevel", "error")


@lru_cache(maxsize=4)
def find_ffmpeg(named: str) -> str:
    """Return the ffmpeg to run: the one the user named, else the one from the wheel.

    Args:
        named: A path or a command on PATH; "" for the one from the wheel.

    Raises:
        MasterError: There is none.
    """
    if named:
        found = shutil.which(named)
        if found is None:
            raise MasterError(
                f"no ffmpeg at {named!r}", hint="mend `ffmpeg` in [master], or leave it out to use the bundled one"
            )
        return found
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as err:
        raise MasterError(
            "the imageio-ffmpeg package has no ffmpeg for this machine",
            hint="install ffmpeg and name it as `ffmpeg` in [master]",
        ) from err
