"""The whole application over a real database, with people in it and a clock that can be turned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from adapters.serve import application
from adapters.settings import Settings
from adapters.workplace import opened
from bot.definitions import Definitions, load_definitions
from bot.exchange import Exchange
from bot.storage import people
from bot.storage.people import Person, Role
from tests.storage.empty import furnish

from .client import Client, forms

AREA = "exampleshire"
HERE = "http://127.0.0.1:8080"
PUBLIC = "https://bot.example.gov.uk"


class TurnedClock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        """Turn it on by days, hours, minutes or seconds."""
        self.at += timedelta(**by)


class House:
    """One installation: its application as it is served, and what its database holds."""

    def __init__(self, exchange: Exchange, settings: Settings, clock: TurnedClock) -> None:
        self.exchange = exchange
        self.settings = settings
        self.clock = clock
        self.app: Starlette = application(exchange, settings, clock)

    def client(self, base_url: str = "") -> Client:
        """A browser of its own."""
        return Client(self.app, base_url or self.settings.public_url or HERE)

    def register(self, name: str, *roles: str, mail: str = "", area: str = AREA) -> str:
        """Somebody whom an administrator has made known; their id."""

        def work(connection: Any) -> str:
            at, keys = self.clock(), self.exchange.keys
            person_id = people.make(connection, keys, name, at)
            if mail:
                people.add_account(connection, keys, person_id, "mail", mail, at)
            for role in roles:
                people.grant(connection, keys, person_id, Role(area, role), at, "")
            return person_id

        return self.exchange.database.run_now(work)

    def person(self, person_id: str) -> Person:
        """Somebody as the database has them."""
        found = self.exchange.database.run_now(lambda c: people.read(c, self.exchange.keys, person_id))
        assert found is not None
        return found

    def accounts(self, person_id: str, channel: str) -> list[str]:
        """Their addresses on a channel."""
        return [one.address for one in self.person(person_id).accounts if one.channel == channel]

    def forget(self, person_id: str) -> None:
        """Erase somebody."""
        self.exchange.database.run_now(lambda c: people.forget(c, self.exchange.keys, person_id, self.clock()))

    def grant(self, person_id: str, role: str) -> None:
        """Give somebody a role here."""
        keys = self.exchange.keys
        this = Role(AREA, role)
        self.exchange.database.run_now(lambda c: people.grant(c, keys, person_id, this, self.clock(), person_id))

    def revoke(self, person_id: str, role: str) -> None:
        """Take a role away."""
        self.exchange.database.run_now(
            lambda c: people.revoke(c, self.exchange.keys, person_id, Role(AREA, role), self.clock(), "")
        )


@contextmanager
def house_in(folder: Path, **settings: object) -> Iterator[House]:
    """An installation in an empty folder."""
    chosen = Settings(data_dir=folder / "data", key_file=folder / "keys" / "file", **settings)  # type: ignore[arg-type]
    furnish(chosen.data_dir)
    with opened(chosen, _definitions()) as exchange:
        yield House(exchange, chosen, TurnedClock())


@cache
def _definitions() -> Definitions:
    return load_definitions(AREA)


def is_in(client: Client) -> bool:
    """Whether somebody is signed in with a browser."""
    return client.get("/home", follow_redirects=False).status_code == 200


def sign_in_as(client: Client, person_id: str, to: str = "") -> httpx.Response:
    """Sign in for trying; the page that follows."""
    form = next(one for one in forms(client.get("/sign-in", params={"to": to}).text) if "to" in one)
    return client.post("/sign-in", data={**form, "who": person_id})
