"""The show's accent colour: one for light pages and one for dark, each readable on its paper."""

from __future__ import annotations

import re

from tts_news.errors import ConfigError

DEFAULT = "#0b5563"
LEAST_CONTRAST = 4.5
"""Of text against what lies behind it. Source: WCAG 2.2, 1.4.3 (AA)."""
_LIGHT_PAPERS = (
    "#fdfcfa",
    "#f4f1ea",
    "#ffffff",
)  # page and panel of palette.css, and the text on a filled button
_DARK_PAPERS = ("#14161a", "#1e2228", "#101214")
_CONTRAST_ON_DARK = 7.0
"""More than is asked for: on a dark page a colour with just enough contrast looks dirty."""
_STEPS = 40

_Rgb = tuple[float, float, float]


def check_colour(colour: str) -> None:
    """Refuse what is no colour, or one that cannot be read on a light page.

    Raises:
        ConfigError: It is neither `#rrggbb` nor dark enough.
    """
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ConfigError(f"[show] colour = {colour!r} is no colour", hint="write it as #rrggbb, e.g. #0b5563")
    found = min(contrast(colour, paper) for paper in _LIGHT_PAPERS)
    if found < LEAST_CONTRAST:
        raise ConfigError(
            f"[show] colour = {colour!r} is too pale: its contrast on the page is {found:.1f}",
            hint=f"{LEAST_CONTRAST} is asked for (WCAG 2.2): choose a darker one, e.g. {darkened(colour)}",
        )


def darkened(colour: str) -> str:
    """Return the nearest darker colour that can be read on a light page."""
    return _mixed(colour, (0.0, 0.0, 0.0), _LIGHT_PAPERS, LEAST_CONTRAST)


def lightened(colour: str) -> str:
    """Return the nearest lighter colour that can be read on a dark page."""
    return _mixed(colour, (1.0, 1.0, 1.0), _DARK_PAPERS, _CONTRAST_ON_DARK)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, contrast ratio and relative luminance."""
    lights = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _mixed(colour: str, towards: _Rgb, papers: tuple[str, ...], least: float) -> str:
    begin = _rgb(colour)
    for step in range(_STEPS + 1):
        share = step / _STEPS
        red, green, blue = (round(255 * (was + share * (will - was))) for was, will in zip(begin, towards, strict=True))
        mixed = f"#{red:02x}{green:02x}{blue:02x}"
        if min(contrast(mixed, paper) for paper in papers) >= least:
            return mixed
    return mixed


def _rgb(colour: str) -> _Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(rgb: _Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
