"""`/openapi.json` and `/docs`: what can be asked of this server, for programs and for who writes them.

The page is written from the document, so that neither says what the other does not; it loads nothing, from here or
elsewhere, and works without script.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tts_news.publish.templates import make_environment
from tts_news.server.openapi import write_openapi
from tts_news.server.operations import Operation


@dataclass(frozen=True, slots=True)
class Row:
    """One name of a shape, as the page's tables show it."""

    name: str
    kind: str
    about: str
    is_needed: bool


class Manual:
    """The document and its page, written once and kept."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._operations = tuple(operations)

    def routes(self) -> tuple[Route, Route]:
        """Return the routes to both."""
        return Route("/openapi.json", self.give_document), Route("/docs", self.give_page)

    @cached_property
    def document(self) -> dict[str, Any]:
        """The document."""
        return write_openapi(self._operations)

    @cached_property
    def page(self) -> str:
        """The page."""
        sections, shapes = list(_sections(self.document)), _shapes(self.document)
        template = _environment().get_template("docs.html")
        return template.render(document=self.document, operations=sections, shapes=shapes, style=_style())

    async def give_document(self, _: Request) -> Response:
        """`GET /openapi.json`."""
        text = json.dumps(self.document, ensure_ascii=False)
        return Response(text, media_type="application/json", headers={"access-control-allow-origin": "*"})

    async def give_page(self, _: Request) -> Response:
        """`GET /docs`."""
        digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        headers = {"content-security-policy": policy, "x-content-type-options": "nosniff"}
        return HTMLResponse(self.page, headers=headers)


@cache
def _style() -> str:
    return files("tts_news.server").joinpath("templates/docs.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return make_environment("tts_news.server")


def _sections(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what the page says of each operation."""
    for path, methods in document["paths"].items():
        for method, facts in methods.items():
            yield {
                "id": facts["operationId"],
                "method": method.upper(),
                "path": path,
                "summary": facts["summary"],
                "about": facts.get("description", ""),
                "needs_key": "security" in facts,
                "parameters": [
                    (one["in"], Row(one["name"], _kind(one["schema"]), one.get("description", ""), one["required"]))
                    for one in facts.get("parameters", ())
                ],
                "body": _shape_of(facts.get("requestBody", {})),
                "answers": [
                    (status, one["description"], _shape_of(one), ", ".join(one["content"]))
                    for status, one in facts["responses"].items()
                ],
            }


def _shape_of(holder: Mapping[str, Any]) -> str:
    """Return the name of the shape of a JSON body, "" for none."""
    schema = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _shapes(document: Mapping[str, Any]) -> list[tuple[str, str, list[Row]]]:
    """Return every shape: its name, what it is, its rows."""
    found = []
    for name, schema in document["components"]["schemas"].items():
        needed = set(schema.get("required", ()))
        rows = [
            Row(own, _kind(facts), facts.get("description", ""), own in needed)
            for own, facts in schema.get("properties", {}).items()
        ]
        found.append((name, schema.get("description", ""), rows))
    return found


_LIMITS = (
    ("maxLength", "at most {} characters"),
    ("minLength", "at least {} characters"),
    ("maxItems", "at most {} of them"),
    ("minimum", "at least {}"),
    ("maximum", "at most {}"),
    ("default", "{} if left out"),
)


def _kind(schema: Mapping[str, Any]) -> str:
    """Return what may stand in a place, in words."""
    limits = [text.format(schema[name]) for name, text in _LIMITS if schema.get(name) not in (None, "", [])]
    return ", ".join([_type(schema), *limits])


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(_type, schema["anyOf"])))
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if values:
        return " or ".join(map(json.dumps, values))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), Mapping):
        return f"names with {_type(schema['additionalProperties'])}"
    return str(schema.get("type", "anything"))
