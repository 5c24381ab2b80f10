"""`/openapi.json` and `/docs` say what the code does."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html
from openapi_spec_validator import validate
from server.running import Serve

from tts_news.config import load
from tts_news.server.app import make_app
from tts_news.server.guard import INTERFACES

ROOT = Path(__file__).parents[2]
VOICES = Path(__file__).parents[1] / "voices"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, httpx.Response]:
    """What an application says of itself, and what it answers, to nobody in particular."""
    folder = str(tmp_path_factory.mktemp("out"))
    flags = {"publish.output": folder, "serve.keys": ("k",), "speak.voices_dir": str(VOICES)}
    app = make_app(load(None, flags, {}))
    asked = ("GET /openapi.json", "GET /docs", "POST /docs", "PUT /editions", "QUERY /editions/x", "OPTIONS /editions")
    asked += ("GET /v1/models", "GET /v1/models/tts-1", "GET /v1/models/x", "GET /v1/audio/voices", "GET /health")

    async def asking() -> dict[str, httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as session:
            headers = {"authorization": "Bearer k", "content-type": "application/json"}
            return {one: await session.request(*one.split(), headers=headers) for one in asked}

    return asyncio.run(asking())


@pytest.fixture(scope="module")
def document(told: dict[str, httpx.Response]) -> dict[str, Any]:
    found: dict[str, Any] = told["GET /openapi.json"].json()
    return found


def test_the_document_is_openapi_and_the_kept_one_is_not_stale(document: dict[str, Any]) -> None:
    validate(document)
    kept = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert document == kept, "stale: python scripts/openapi.py"


def test_every_answer_has_the_shape_that_the_document_says(
    told: dict[str, httpx.Response], document: dict[str, Any]
) -> None:
    from jsonschema import Draft202012Validator

    templates = {"/v1/models/tts-1": "/v1/models/{name}", "/v1/models/x": "/v1/models/{name}"}
    checked = 0
    for asked, answer in told.items():
        method, path = asked.split()
        operation = document["paths"].get(templates.get(path, path), {}).get(method.lower())
        if operation:
            schema = operation["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
            Draft202012Validator(schema | {"components": document["components"]}).validate(answer.json())
            checked += 1
    assert checked == 5


def test_what_needs_a_key_is_said_to_need_one(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert ("security" in operation) == path.startswith(INTERFACES), path


def test_a_method_that_is_not_there_is_told_those_that_are(told: dict[str, httpx.Response]) -> None:
    for asked, allowed in (
        ("PUT /editions", {"GET", "HEAD", "POST", "DELETE"}),
        ("OPTIONS /editions", {"GET", "HEAD", "POST", "DELETE"}),
        ("QUERY /editions/x", {"GET", "HEAD", "DELETE"}),
        ("POST /docs", {"GET", "HEAD"}),
    ):
        assert told[asked].status_code == 405, asked
        assert set(told[asked].headers["allow"].split(", ")) == allowed


def test_the_page_shows_every_operation_and_name_and_loads_nothing(
    told: dict[str, httpx.Response], document: dict[str, Any]
) -> None:
    answer = told["GET /docs"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = html.fromstring(answer.text)
    assert not page.xpath("//script|//link|//img|//*[@src]|//*[@style]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(link[1:] in ids for link in page.xpath("//a/@href") if link.startswith("#"))
    assert all(link.startswith("#") or link == "openapi.json" for link in page.xpath("//a/@href"))
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            (head,) = page.xpath(f"//h2[@id='{operation['operationId']}']")
            assert f"{method.upper()} {path}" in head.text_content()
    for shape, schema in document["components"]["schemas"].items():
        (section,) = page.xpath(f"//h3[@id='shape-{shape}']")
        names = section.xpath("following-sibling::div[1]//th[@scope='row']/code/text()")
        assert not schema.get("properties") or names == list(schema["properties"])


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_fuzzer_that_knows_the_document_finds_nothing(serve: Serve, tmp_path: Path) -> None:
    """Hundreds of requests of its own making, in and out of the shapes, one after the other and in chains."""
    running = serve(TTS_NEWS_SERVE_REQUESTS_PER_MINUTE="1000000", TTS_NEWS_SERVE_MAX_JOBS="100000")
    rules = tmp_path / "schemathesis.toml"
    rules.write_text(
        "[checks.positive_data_acceptance]\n"  # what two names mean together is no matter of a shape: 400 says it
        'expected-statuses = ["2xx", "400", "403", "404", "409", "422", "429"]\n'
        "[checks.unsupported_method]\nenabled = false\n"  # a form is refused (415) before its path is looked at
        "[checks.use_after_free]\nenabled = false\n"  # a job that was withdrawn can still be looked at
    )
    options = ["--max-examples", "10", "--exclude-path", "/v1/audio/speech"]
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(rules), "run", *options]
    environment = os.environ | {"NO_COLOR": "1"}
    done = subprocess.run(
        [*command, "--generation-deterministic", f"{running.url}/openapi.json"],
        capture_output=True, text=True, cwd=tmp_path, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]
    assert int(re.findall(r"(\d+) generated", done.stdout)[0]) > 200
