"""What people do in Teams."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from tests.adapters.contract.incoming import Brought, Manner, Who, is_bare
from tests.adapters.teams.house import House, opened_house
from tests.adapters.teams.microsoft import APP, BOT_TOKEN, OTHER_KEY, SECRET, TENANT, Shown
from tests.adapters.teams.person import CHAT, Person

_PEOPLE = {"one": ("29:someone", CHAT), "other": ("29:other", "a:1other")}
_OTHER_TENANT = "99999999-2222-4333-8444-555555555555"


class TeamsIn:
    """Two people of a tenant."""

    manner = Manner()
    addresses: Mapping[Who, str] = {"one": CHAT, "other": "a:1other"}
    secrets = (SECRET, BOT_TOKEN)

    def __init__(self, house: House) -> None:
        self.house = house
        self._one = self._person("one")

    def read(self, who: Who = "one") -> list[str]:
        return [one.read() for one in self.house.api.said_in(self.addresses[who])]

    def told(self) -> str:
        answer = self.house.answers[-1].json()
        return str(answer["value"]) if answer["type"].endswith("activity.message") else ""

    def saying(self, words: str, who: Who = "one") -> Brought:
        return self._activity(self._person(who).activity(text=words, textFormat="plain"))

    def pressing(self, label: str, who: Who = "one") -> Brought:
        for shown in reversed(self.house.api.said_in(CHAT)):
            for button in shown.buttons():
                if button["title"] == label:
                    return self._activity(self._person(who).pressing(shown, button))
        raise AssertionError(f"no button {label!r} has arrived")

    def unknown_press(self) -> Brought:
        return self._activity(self._one.pressing(self._newest(), {"verb": "say", "data": {"press": "x" * 22}}))

    async def tick(self, *labels: str) -> None:
        await self._one.tick(self._newest(), *labels)

    async def pick(self, day: date) -> None:
        await self.fill(day.isoformat())

    async def fill(self, words: str) -> None:
        shown = self._newest()
        (field,) = shown.inputs()
        await self._one.use(shown, shown.buttons()[0], **{field["id"]: words})

    def sending_a_file(self, words: str) -> Brought:
        image = {"contentType": "image/png", "contentUrl": "https://example.org/x"}
        return self._activity(self._one.activity(text=words, attachments=[image]))

    def editing(self, before: str, after: str) -> Brought:
        told = {"eventType": "editMessage", "tenant": {"id": TENANT}}
        return self._activity(self._one.activity("messageUpdate", text=after, channelData=told))

    def by_no_person(self) -> Sequence[Brought]:
        person = self._one
        bots = ({"id": f"28:{APP}", "role": "bot"}, {"id": f"28:{APP}"}, {"id": "28:another"})
        activities = [person.activity(text="refer", **{"from": one}) for one in bots]
        others = (person.activity("typing"), person.activity("messageReaction"), person.invoke("task/fetch", {}))
        return [self._activity(one) for one in (*activities, *others)]

    def from_elsewhere(self) -> Sequence[Brought]:
        place = {"conversationType": "personal", "tenantId": _OTHER_TENANT, "id": CHAT}
        changes: tuple[dict[str, Any], ...] = (
            {"conversation": place, "channelData": {"tenant": {"id": _OTHER_TENANT}}},
            {"conversation": place},
        )
        return [self._activity(self._one.activity(text="refer", **one)) for one in changes]

    def forged(self, words: str) -> Mapping[str, Brought]:
        activity = self._one.activity(text=words)
        signed = self.house.api.signed
        claims: tuple[dict[str, Any], ...] = (
            {"aud": "other"}, {"iss": "other"}, {"exp": 1}, {"kid": "other"}, {"serviceurl": "x"},
        )  # fmt: skip
        headers = {
            **{str(one): signed(activity, **one) for one in claims},
            "by another key": signed(activity, OTHER_KEY),
            "by a secret": signed(activity, alg="HS256"),
            "made up": "Bearer x",
            "of another kind": "Basic x",
            "missing": "",
        }
        return {name: self._activity(activity, each) for name, each in headers.items()}

    def signed(self, body: bytes) -> Brought:
        return self._brought(body, self.house.api.signed({"serviceUrl": f"{self.house.api.url}/connector/"}))

    def plainly_refused(self, answer: httpx.Response) -> bool:
        return is_bare(answer)

    def malformed(self) -> Sequence[Brought]:
        changes: tuple[dict[str, Any], ...] = (
            {"from": 1}, {"conversation": []}, {"text": {"a": 1}}, {"channelData": "x"}, {"id": 7}, {"type": ""},
            {"type": "something new"}, {"timestamp": "0001-01-01T00:00:00+00:00"},
            {"timestamp": "0001-01-01T00:00:00+23:59"}, {"timestamp": "1969-12-31T23:59:59Z"},
        )  # fmt: skip
        return [self._activity({**self._one.activity(text="refer"), **one}) for one in changes]

    def _person(self, who: Who) -> Person:
        return self.house.person(*_PEOPLE[who])

    def _newest(self) -> Shown:
        return self.house.api.said_in(CHAT)[-1]

    def _activity(self, activity: dict[str, Any], header: str | None = None) -> Brought:
        signed = self.house.api.signed(activity) if header is None else header
        return self._brought(json.dumps(activity).encode(), signed)

    def _brought(self, body: bytes, signed: str) -> Brought:
        return Brought(body, {"content-type": "application/json", **({"authorization": signed} if signed else {})})


@asynccontextmanager
async def incoming(folder: Path) -> AsyncIterator[TeamsIn]:
    """The bot in a tenant."""
    async with opened_house(folder) as house:
        yield TeamsIn(house)
