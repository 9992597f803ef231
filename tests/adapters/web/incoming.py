"""What people do on the web page, in browsers without JavaScript: each form as it stands on the newest page."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from adapters.settings import Settings
from adapters.web.browser import Browser
from adapters.web.refused import PAGES
from adapters.workplace import opened
from bot.definitions import load_definitions
from bot.exchange import Exchange
from bot.messages import Choices, Form, Reply
from bot.reply_text import to_text
from bot.storage import Connection, conversations, outbox
from tests.adapters.contract.incoming import Brought, Manner, Who
from tests.adapters.platform_house import PlatformHouse
from tests.storage.empty import furnish

from .page_house import PageHouse

KIND = "application/x-www-form-urlencoded"
_BROWSERS: Mapping[Who, str] = {"one": "a" * 43, "other": "b" * 43}
# Later than any reply of a turn, which are numbered as the turns are.
_LAST_KEY = "1000"

WITHOUT_MEANING = {
    "test_a_button_of_somebody_else_or_made_up_says_nothing_and_is_answered_helpfully": (
        "a form carries its own browser's token, and with another's it is refused as a forgery"
    ),
    "test_a_file_is_not_taken_and_its_words_are_answered_like_typed_ones": "the page has no field for a file",
    "test_a_changed_message_changes_no_answer_and_danger_in_it_is_heard": (
        "what was sent on the page cannot be changed there"
    ),
}
"""The cases that have none on the page, and why."""


class Shown(HTMLParser):
    """A page as it is seen: what the bot says on it, and the newest form with what stands in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden: list[dict[str, str]] = []
        self.names: list[str] = []
        self.labels: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._in = ""
        self._open = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "app-turn--bot" in given.get("class", ""):
            self.said.append("")
            self._open = 1
        elif self._open and tag == "li":
            self._open += 1
        if tag == "form":
            self.hidden.append({})
        if tag in {"input", "textarea"} and self.hidden:
            self.names.append(given.get("name", ""))
            if given.get("type") == "hidden":
                self.hidden[-1][given["name"]] = given["value"]
            self._ids[given.get("id", "")] = given.get("value", "")
        self._in = given.get("for", "") if tag == "label" else self._in

    def handle_endtag(self, tag: str) -> None:
        self._open -= bool(self._open) and tag == "li"
        self._in = "" if tag == "label" else self._in

    def handle_data(self, data: str) -> None:
        if self._open and (words := " ".join(data.split())):
            self.said[-1] += words + "\n"
        if self._in in self._ids and data.strip():
            self.labels[data.strip()] = self._ids[self._in]


class WebHouse(PageHouse):
    """The running bot with nothing but its page, and what stands there in each browser."""

    def __init__(self, exchange: Exchange, settings: Settings) -> None:
        super().__init__(exchange, settings)
        self.pages: dict[Who, Shown] = {}

    async def posted(self, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Post a form; the page that the browser is led to."""
        # Each request brings its own cookie or none.
        self.client.cookies.clear()
        answer = await super().posted(body, headers)
        if answer.status_code != 303:
            return answer
        return await self.client.get(answer.headers["location"], headers={"cookie": headers["cookie"]})

    async def settled(self) -> None:
        """Both look at their page again."""
        for who, id_ in _BROWSERS.items():
            self.client.cookies.clear()
            answer = await self.client.get("/chat", headers={"cookie": f"browser={id_}"})
            self.pages[who] = Shown(answer.text if answer.status_code == 200 else "")

    async def ask(self, address: str, block: Choices | Form) -> None:
        """A question that stands on the page."""
        exchange = self.exchange

        def put(connection: Connection) -> None:
            stored = conversations.load(connection, exchange.keys, "web", address, self.at)
            outbox.put(
                connection, exchange.keys, stored.id, channel="web", address=address, body=to_text(Reply((block,))),
                at=self.at, key=_LAST_KEY, said=True,
            )  # fmt: skip

        await exchange.database.run(put)
        await self.settled()


class WebIn:
    """Two browsers."""

    manner = Manner(
        kind=KIND,
        unsigned=frozenset({400, 403, 413}),
        garbage=frozenset({400, 413}),
        away=500,
        rewrites=False,
        asks_to_tick="",
    )
    addresses: Mapping[Who, str] = {
        who: Browser(id_, fresh=False, left=False).address for who, id_ in _BROWSERS.items()
    }

    def __init__(self, house: WebHouse, tokens: Mapping[Who, str]) -> None:
        self.house: PlatformHouse[Any] = house
        self._web = house
        self._tokens = tokens
        self.secrets: Sequence[str] = (*_BROWSERS.values(), *tokens.values())

    def read(self, who: Who = "one") -> list[str]:
        return self._web.pages[who].said if who in self._web.pages else []

    def told(self) -> str:
        return ""

    def saying(self, words: str, who: Who = "one") -> Brought:
        return self._sent(who, {"text": words, "once": secrets.token_urlsafe(18)})

    def pressing(self, label: str, who: Who = "one") -> Brought:
        page = self._web.pages["one"]
        return self._sent(who, {**page.hidden[0], "choice": page.labels[label]})

    def unknown_press(self) -> Brought:
        raise NotImplementedError

    async def tick(self, *labels: str) -> None:
        page = self._web.pages["one"]
        await self._bring({**page.hidden[0], "choice": [page.labels[one] for one in labels]})

    async def pick(self, day: date) -> None:
        given = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
        await self._bring({**self._web.pages["one"].hidden[0], **given})

    async def fill(self, words: str) -> None:
        page = self._web.pages["one"]
        (name,) = [one for one in page.names if one.startswith("field-")]
        await self._bring({**page.hidden[0], name: words})

    def sending_a_file(self, words: str) -> Brought:
        raise NotImplementedError

    def editing(self, before: str, after: str) -> Brought:
        raise NotImplementedError

    def by_no_person(self) -> Sequence[Brought]:
        return ()

    def from_elsewhere(self) -> Sequence[Brought]:
        """By a form of another browser, or of another site's page."""
        fields = {"text": "refer", "once": secrets.token_urlsafe(18)}
        mine = self._sent("one", fields)
        other_site = ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"})
        return [
            self._sent("one", {**fields, "csrf": self._tokens["other"]}),
            *(Brought(mine.body, {**mine.headers, **one}) for one in other_site),
        ]

    def forged(self, words: str) -> Mapping[str, Brought]:
        fields = {"text": words, "once": secrets.token_urlsafe(18)}
        mine = self._sent("one", fields)
        return {
            "no token": self._sent("one", {**fields, "csrf": ""}),
            "made up": self._sent("one", {**fields, "csrf": "x" * 43}),
            "cut short": self._sent("one", {**fields, "csrf": self._tokens["one"][:-1]}),
            "no cookie": Brought(mine.body, {"content-type": KIND}),
            "a cookie made up": Brought(mine.body, {**mine.headers, "cookie": f"browser={'c' * 43}"}),
        }

    def signed(self, body: bytes) -> Brought:
        token = b"" if b"csrf=" in body else urlencode({"csrf": self._tokens["one"]}).encode() + b"&"
        return Brought(token + body, self._headers("one"))

    def malformed(self) -> Sequence[Brought]:
        once = secrets.token_urlsafe(18)
        forms: tuple[dict[str, Any], ...] = (
            {"text": "refer"},
            {"text": "refer", "once": "short"},
            {"text": ["refer", "no"], "once": once},
            {"once": once},
            {"prompt": "../x", "choice": "a", "once": once},
            {"prompt": "which", "choice": "<b>", "once": once},
            {"prompt": "which", "choice": ["a"] * 51, "once": once},
            {"form": "when", "field-<b>": "x", "once": once},
        )
        return [self._sent("one", one) for one in forms]

    def plainly_refused(self, answer: httpx.Response) -> bool:
        return PAGES[answer.status_code][0] in answer.text and "Traceback" not in answer.text

    async def _bring(self, fields: Mapping[str, Any]) -> None:
        self.house.turned()
        one = self._sent("one", fields)
        assert (await self.house.posted(one.body, one.headers)).status_code == 200
        await self.house.settled()

    def _sent(self, who: Who, fields: Mapping[str, Any]) -> Brought:
        given = {"csrf": self._tokens[who], **fields}
        return Brought(urlencode(given, doseq=True).encode(), self._headers(who))

    def _headers(self, who: Who) -> dict[str, str]:
        return {"cookie": f"browser={_BROWSERS[who]}", "content-type": KIND}


@asynccontextmanager
async def incoming(folder: Path) -> AsyncIterator[WebIn]:
    """The bot on its page."""
    settings = Settings(data_dir=folder / "data", key_file=folder / "keys", channels=("web",))
    furnish(settings.data_dir)
    with opened(settings, load_definitions("exampleshire")) as exchange:
        async with WebHouse(exchange, settings).open() as house:
            tokens: dict[Who, str] = {}
            for who, id_ in _BROWSERS.items():
                page = await house.client.get("/", headers={"cookie": f"browser={id_}"})
                tokens[who] = Shown(page.text).hidden[0]["csrf"]
            yield WebIn(house, tokens)
