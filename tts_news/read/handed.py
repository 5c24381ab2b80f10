"""What a content system states of an article: the names in its JSON, checked. See `formats/cms.py` for its reading."""

from __future__ import annotations

from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError, model_validator
from pydantic.config import JsonDict

from tts_news.read.identity import identify_handed, normalise_address
from tts_news.read.stated import Address, Date, Language, Line, Text
from tts_news.records import Identity

_FILLED: Final[JsonDict] = {"pattern": r"\S"}
_PAGE_MARKS = ("<!doctype", "<html")


class HandedArticle(BaseModel):
    """An article, and what its system knows of it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "oneOf": [
                {"required": ["html", "title"], "properties": {"html": _FILLED, "title": _FILLED}},
                {"required": ["text"], "properties": {"text": _FILLED}},
                {"required": ["url"], "properties": {"url": _FILLED}},
            ]
        },
    )

    html: Text = Field(default="", description="The article as HTML: a fragment as the system holds it, or a page.")
    text: Text = Field(default="", description="The article as plain text or Markdown, as it would be pasted.")
    url: Address = Field(default="", description="Where the article is to be read from, in place of html and text.")
    permalink: Address = Field(default="", description="The article's public address.")
    site: Address = Field(
        default="", description="The site within which the id counts; the permalink's host if it is left out."
    )
    id: Annotated[Line, Field(max_length=300)] | StrictInt = Field(
        default="", description="What the system calls the article; the same id hands over a correction."
    )
    title: Line = Field(default="", max_length=2000, description="The headline. Needed with an html fragment.")
    date: Date = Field(default="", description="When it was published: ISO 8601, a day or a moment.")
    modified: Date = Field(default="", description="When it was last changed.")
    author: Line = Field(default="", max_length=1000)
    categories: tuple[Annotated[Line, Field(max_length=200)], ...] = Field(default=(), max_length=100)
    language: Language = Field(default="", description="ar, or ar with a country.")

    @model_validator(mode="after")
    def _is_one_article(self) -> Self:
        if sum(map(bool, (self.html.strip(), self.text.strip(), self.url))) != 1:
            raise ValueError("give exactly one of html, text and url")
        if self.html and not (self.title or self.is_page):
            raise ValueError("title: an html fragment needs its headline")
        if self.name and not self.home:
            raise ValueError("site: an id counts within a site, give site or permalink")
        if self.site and self.permalink and not _is_within(self.permalink, self.site):
            raise ValueError("permalink: it is not an address of site")
        return self

    @property
    def is_page(self) -> bool:
        """Whether `html` is a whole page and no fragment."""
        return self.html.lstrip("\ufeff \t\r\n")[:9].lower().startswith(_PAGE_MARKS)

    @property
    def name(self) -> str:
        """The id as text, "" for none."""
        return str(self.id)

    @property
    def home(self) -> str:
        """The site's address in the form in which it is compared, "" when nothing says it."""
        return normalise_address(self.site) if self.site else _home_of(self.permalink)

    @property
    def identity(self) -> Identity | None:
        """Who it is within its system, None when it states neither id nor permalink."""
        return identify_handed(self.home, self.name, self.permalink) if self.name or self.permalink else None


def _home_of(permalink: str) -> str:
    parts = urlsplit(normalise_address(permalink))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _is_within(address: str, site: str) -> bool:
    here, home = urlsplit(normalise_address(address)), urlsplit(normalise_address(site))
    same_path = here.path == home.path or here.path.startswith(f"{home.path.rstrip('/')}/")
    return here.netloc == home.netloc and same_path


def say_fault(err: ValidationError) -> str:
    """Return the first fault as one line that names its place."""
    first = err.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"])) or "body"
    return f"{where}: {first['msg']}"
