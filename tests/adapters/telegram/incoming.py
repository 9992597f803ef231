"""What people do on Telegram."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from adapters.telegram.opening import HEADER
from adapters.telegram.render import UNTICKED
from adapters.workplace import opened
from bot import wording_controls
from tests.adapters.contract.incoming import Brought, Manner, Who, is_bare
from tests.adapters.telegram.bot_api import ME, TOKEN, Shown
from tests.adapters.telegram.house import SECRET, House, area, served_api, settings_for
from tests.adapters.telegram.phone import Phone, commands
from tests.storage.empty import furnish

_PHONES = {"one": 5001, "other": 6002}
_PHOTO = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}


class TelegramIn:
    """Two people with a phone, in an area that has switched everything on for Telegram."""

    manner = Manner()
    addresses: Mapping[Who, str] = {"one": "5001", "other": "6002"}
    secrets = (TOKEN, SECRET)

    def __init__(self, house: House) -> None:
        self.house = house
        self._one = self._phone("one")

    def read(self, who: Who = "one") -> list[str]:
        return [one.read() for one in self.house.api.in_chat(_PHONES[who])]

    def told(self) -> str:
        return list(self.house.api.queries.values())[-1] or ""

    def saying(self, words: str, who: Who = "one") -> Brought:
        return self._message(self._phone(who), text=words, **commands(words))

    def pressing(self, label: str, who: Who = "one") -> Brought:
        for shown in reversed(self.house.api.in_chat(_PHONES["one"])):
            for row in shown.keyboard:
                for button in row:
                    if button["text"] == label:
                        return self._press(shown, button["callback_data"], who)
        raise AssertionError(f"no button {label!r} has arrived")

    def unknown_press(self) -> Brought:
        return self._press(self._newest(), "a:" + "x" * 22)

    async def tick(self, *labels: str) -> None:
        shown = self._newest()
        for one in labels:
            await self._one.press(shown, UNTICKED + one)
        await self._one.press(shown, wording_controls.DONE)

    async def pick(self, day: date) -> None:
        await self.fill(f"{day.day}/{day.month}/{day.year}")

    async def fill(self, words: str) -> None:
        await self._one.type(words, self.house.at)

    def sending_a_file(self, words: str) -> Brought:
        return self._message(self._one, **_PHOTO, **({"caption": words} if words else {}))

    def editing(self, before: str, after: str) -> Brought:
        message = {**self._one.message(self.house.at), "edit_date": 1, "text": after}
        return self._update(self._one.update("edited_message", message))

    def by_no_person(self) -> Sequence[Brought]:
        another = {"id": 77, "is_bot": True, "first_name": "B"}
        group = {"id": -1001234567890, "type": "supergroup", "title": "Team"}
        changes = ({"from": ME}, {"from": another}, {"sender_chat": group})
        channel = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel", "title": "x"}, "text": "refer"}
        return [
            *(self._message(self._one, text="refer", **one) for one in changes),
            self._update(self._one.update("channel_post", channel)),
        ]

    def from_elsewhere(self) -> Sequence[Brought]:
        return ()

    def forged(self, words: str) -> Mapping[str, Brought]:
        body = self.saying(words).body
        given = ("", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper())
        return {"missing": Brought(body, {}), **{f"by {one!r}": Brought(body, {HEADER: one}) for one in given}}

    def signed(self, body: bytes) -> Brought:
        return Brought(body, {HEADER: SECRET, "content-type": "application/json"})

    def plainly_refused(self, answer: httpx.Response) -> bool:
        return is_bare(answer)

    def malformed(self) -> Sequence[Brought]:
        nobodys = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hi"}
        updates: tuple[dict[str, Any], ...] = (
            {"message": 7},
            {"message": {}},
            {"message": nobodys},
            {"callback_query": {"id": "1"}},
            {"something_new": {"a": 1}},
            {"update_id": "1"},
            {"update_id": True},
        )
        return [self._update({"update_id": 1, **one}) for one in (*updates, {})]

    def _phone(self, who: Who) -> Phone:
        return self.house.phone(_PHONES[who])

    def _newest(self) -> Shown:
        return self.house.api.in_chat(_PHONES["one"])[-1]

    def _message(self, phone: Phone, **more: Any) -> Brought:
        return self._update(phone.update("message", {**phone.message(self.house.at), **more}))

    def _press(self, shown: Shown, data: str, who: Who = "one") -> Brought:
        # Nobody sees another's chat: what is pressed by somebody else stands in their own.
        theirs = shown if who == "one" else Shown(_PHONES[who], shown.id, shown.text, keyboard=shown.keyboard)
        return self._update(self._phone(who).pressing(theirs, data))

    def _update(self, update: dict[str, Any]) -> Brought:
        return self.signed(json.dumps(update).encode())


@asynccontextmanager
async def incoming(folder: Path) -> AsyncIterator[TelegramIn]:
    """The bot on phones."""
    with served_api() as (api, url):
        settings = settings_for(url, folder)
        furnish(settings.data_dir)
        with opened(settings, area(on=True)) as exchange:
            async with House(api, exchange, settings).open() as house:
                yield TelegramIn(house)
