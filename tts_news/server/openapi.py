"""`/openapi.json`: OpenAPI 3.1, written from the operations and from the shapes that requests and answers are held to.

Source: OpenAPI 3.1.1; its schemas are JSON Schema 2020-12, as pydantic writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from tts_news import __version__
from tts_news.server.answers import FaultAnswer
from tts_news.server.operations import Operation

_REF: Final = "#/components/schemas/{model}"
_JSON: Final = "application/json"
# What the guard answers before anything is looked at, and what a full disk or a locked store makes of everything.
_OPEN_FAULTS: Final = (400, 413, 431, 503)
_KEYED_FAULTS: Final = (*_OPEN_FAULTS, 401, 403, 421, 429, 507)
_ABOUT: Final = (
    "Articles in, chaptered and mastered podcast episodes out. Requests to /v1 and /editions need a key where"
    " keys are set."
)
_SERVER: Final = [{"url": "/", "description": "This server."}]


def write_openapi(operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document."""
    shapes, definitions = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, shapes)
    return {
        "openapi": "3.1.1",
        "info": {"title": "tts-news", "version": __version__, "description": _ABOUT, "license": _LICENSE},
        "servers": _SERVER,
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key of [serve] keys."}},
        },
    }


_LICENSE: Final = {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"}


def _schemas(operations: Sequence[Operation]) -> tuple[dict[type[BaseModel], Any], dict[str, Any]]:
    """Return a reference to the schema of each shape, and the definitions that they refer to."""
    asked: set[type[BaseModel]] = {shape for one in operations for shape in (one.body, one.query) if shape}
    answered: set[type[BaseModel]] = {FaultAnswer}
    for one in operations:
        answered.update(shape for shape in one.answers.values() if not isinstance(shape, tuple))
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(shape, "validation") for shape in asked]
    wanted += [(shape, "serialization") for shape in answered]
    wanted.sort(key=lambda pair: pair[0].__name__)
    found, definitions = models_json_schema(wanted, ref_template=_REF)
    return {shape: found[shape, mode] for shape, mode in wanted}, dict(sorted(definitions["$defs"].items()))


def _operation(one: Operation, shapes: dict[type[BaseModel], Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"operationId": one.name, "summary": one.summary}
    if one.more:
        facts["description"] = one.more
    if parameters := _parameters(one):
        facts["parameters"] = parameters
    if one.body:
        facts["requestBody"] = {"required": True, "content": {_JSON: {"schema": shapes[one.body]}}}
    facts["responses"] = _responses(one, shapes)
    if not one.is_open:
        facts["security"] = [{"key": []}, {}]
    return facts


def _parameters(one: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if "{name}" in one.path:
        found.append(_parameter("name", "path", {"type": "string", "minLength": 1}, one.named, required=True))
    if one.query:
        schema = one.query.model_json_schema()
        required = set(schema.get("required", ()))
        for name, own in schema["properties"].items():
            about = own.pop("description", "")
            own.pop("title", None)
            found.append(_parameter(name, "query", own, about, required=name in required))
    if one.is_once:
        about = "Repeated with the same body within three days, the order is the job that it was."
        pattern = {"type": "string", "pattern": "^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255}$"}
        found.append(_parameter("Idempotency-Key", "header", pattern, about, required=False))
    return found


def _parameter(name: str, place: str, schema: dict[str, Any], about: str, *, required: bool) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": schema} | (
        {"description": about} if about else {}
    )


def _responses(one: Operation, shapes: dict[type[BaseModel], Any]) -> dict[str, Any]:
    found: dict[int, dict[str, Any]] = {}
    for status, answer in one.answers.items():
        if isinstance(answer, tuple):
            found[status] = _response(status, {kind: {} for kind in answer})
        else:
            found[status] = _response(status, {_JSON: {"schema": shapes[answer]}})
        if one.leads_to:
            found[status]["links"] = {name: _link(name) for name in one.leads_to}
    refused = {*(_OPEN_FAULTS if one.is_open else _KEYED_FAULTS), *one.faults, *((415,) if one.body else ())}
    for status in refused - found.keys():
        found[status] = _response(status, {_JSON: {"schema": shapes[FaultAnswer]}})
    return {str(status): found[status] for status in sorted(found)}


def _link(operation: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": {"name": "$response.body#/id"}}


def _response(status: int, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": HTTPStatus(status).phrase, "content": content}
