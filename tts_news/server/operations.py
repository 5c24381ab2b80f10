"""An operation of the interfaces: one record makes its route, its entry in `/openapi.json` and its part of `/docs`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Endpoint = Callable[[Request], Awaitable[Response]]


def answer(facts: BaseModel, status: int = 200, **headers: str) -> Response:
    """Return an answer of a known shape."""
    return JSONResponse(facts.model_dump(mode="json"), status, headers)


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a path.

    Attributes:
        method: The HTTP method.
        path: The path, with `{name}` where something is named.
        endpoint: Who answers.
        summary: A sentence without a full stop.
        answers: By status: the shape of JSON, or the media type of anything else.
        name: The operation's id, for generated clients.
        more: Sentences that follow the summary.
        body: The shape of its JSON body, None for none.
        query: The shape of its query, None for none.
        named: What `{name}` in the path is.
        is_open: Whether it is answered without a key.
        is_once: Whether it takes an `Idempotency-Key`.
    """

    method: str
    path: str
    endpoint: Endpoint
    name: str
    summary: str
    answers: Mapping[int, type[BaseModel] | tuple[str, ...]]
    more: str = ""
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    named: str = ""
    is_open: bool = False
    is_once: bool = False
    faults: tuple[int, ...] = field(default=())
    """Statuses of its own beside those that everything behind a key may answer."""
    leads_to: tuple[str, ...] = ()
    """Operations whose `{name}` may be the `id` of its answer."""


def make_routes(operations: Sequence[Operation]) -> tuple[Route, ...]:
    """Return a route for every path: it knows all its methods, and says so to who asks by another."""
    paths: dict[str, dict[str, Endpoint]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method] = one.endpoint
    return tuple(Route(path, _chosen(endpoints), methods=list(endpoints)) for path, endpoints in paths.items())


def _chosen(endpoints: Mapping[str, Endpoint]) -> Endpoint:
    async def answer_by_method(request: Request) -> Response:
        return await endpoints["GET" if request.method == "HEAD" else request.method](request)

    return answer_by_method
