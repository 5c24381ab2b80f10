"""A browser of the desk without a socket: it keeps cookies, says where it comes from, and sends the forms of pages."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape

import httpx
from starlette.applications import Starlette

HERE = "http://127.0.0.1:8080"


@dataclass
class Browser:
    """Asks one application from one address."""

    app: Starlette
    base: str = HERE
    client: str = "192.0.2.7"
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def ask(self, method: str, path: str, **more: object) -> httpx.Response:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=(self.client, 1))
            async with httpx.AsyncClient(transport=transport, base_url=self.base, cookies=self.cookies) as session:
                answer = await session.request(method, path, **more)  # type: ignore[arg-type]
                self.cookies = session.cookies
                return answer

        return asyncio.run(asking())

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers={"accept": "text/html"} | _dashed(headers))

    def post(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        known = {"accept": "text/html", "origin": self.base}
        return self.ask("POST", path, data=fields, headers=known | _dashed(headers))

    def send(self, page: str, path: str = "", **fields: str) -> httpx.Response:
        """Send the form of a page, its hidden fields with it."""
        form = re.findall(r'<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)"', self.get(page).text)
        return self.post(path or page.partition("?")[0], {n: unescape(v) for n, v in form} | fields)

    def sign_in(self, name: str, password: str, place: str = "") -> httpx.Response:
        return self.send("/desk/login" + (f"?next={place}" if place else ""), name=name, password=password)

    def take_session(self, token: str) -> None:
        self.cookies.set("tts-news-8080", token, domain="127.0.0.1", path="/")

    def name(self) -> str:
        """Return who is signed in, as the account page says."""
        found = re.search(r"<bdi>(.*?)</bdi>", self.get("/desk/account").text)
        return found[1] if found else ""


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
