"""What people do in Slack."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from adapters.workplace import opened
from bot import wording_controls
from bot.definitions import load_definitions
from tests.adapters.contract.incoming import Brought, Manner, Who, is_bare
from tests.adapters.slack.house import SECRET, House, served_api, settings_for, signature
from tests.adapters.slack.member import FORM, Member, controls
from tests.adapters.slack.web_api import TEAM, TOKEN, Shown
from tests.storage.empty import furnish

_MEMBERS = {"one": "U0PAT0001", "other": "U0SAM0001"}
_STAMP, _SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"


class SlackIn:
    """Two members of a workspace."""

    manner = Manner()
    addresses: Mapping[Who, str] = {"one": f"{TEAM}/{_MEMBERS['one']}", "other": f"{TEAM}/{_MEMBERS['other']}"}
    secrets = (TOKEN, SECRET)

    def __init__(self, house: House) -> None:
        self.house = house
        self._one = self._member("one")

    def read(self, who: Who = "one") -> list[str]:
        return [one.read() for one in self.house.api.said_to(_MEMBERS[who])]

    def told(self) -> str:
        newest = self.house.api.messages[-1]
        return newest.read() if newest.only else ""

    def saying(self, words: str, who: Who = "one") -> Brought:
        member = self._member(who)
        return self.signed(member.envelope(member.message(words)))

    def pressing(self, label: str, who: Who = "one") -> Brought:
        shown, button = self._with(label)
        # Nobody sees another's chat: what is pressed by somebody else stands in their own.
        theirs = replace(shown, channel=self.house.api.dm(_MEMBERS[who]))
        return self.signed(self._member(who).using(theirs, button))

    def unknown_press(self) -> Brought:
        shown = self._newest()
        return self.signed(self._one.using(shown, {**controls(shown)[0], "value": "x" * 22}))

    async def tick(self, *labels: str) -> None:
        shown, done = self._with(wording_controls.DONE)
        await self._one.use(shown, done, ticked=labels)

    async def pick(self, day: date) -> None:
        shown = self._newest()
        go = next(one for one in controls(shown) if one["action_id"].startswith("on_day"))
        await self._one.use(shown, go, day=f"{day:%Y-%m-%d}")

    async def fill(self, words: str) -> None:
        await self._one.press(self._newest(), wording_controls.WRITE_ANSWER)
        await self._one.fill({block["block_id"]: words for block in self.house.api.views[-1]["blocks"]})

    def sending_a_file(self, words: str) -> Brought:
        return self._event(self._one.message(words, subtype="file_share", files=[{"id": "F1", "name": "p.jpg"}]))

    def editing(self, before: str, after: str) -> Brought:
        return self._event(self._one.edited(before, after))

    def by_no_person(self) -> Sequence[Brought]:
        message = self._one.message("refer")
        changes: tuple[dict[str, Any], ...] = (
            {"user": "U0BOT0001", "bot_id": "B0BOT0001"},
            {"bot_id": "B0OTHER01"},
            {"subtype": "bot_message", "bot_id": "B0OTHER01"},
            {"subtype": "message_deleted", "previous_message": message},
            {"subtype": "channel_topic"},
            {"user": "USLACKBOT"},
            {"user_team": "T0OTHER01"},
            {"type": "reaction_added"},
        )
        return [self._event({**message, **one}) for one in changes] + [self._event(self._one.edited("refer", "refer"))]

    def from_elsewhere(self) -> Sequence[Brought]:
        return [self.signed(self._one.envelope(self._one.message("refer"), team=team)) for team in ("T0OTHER01", "")]

    def forged(self, words: str) -> Mapping[str, Brought]:
        body = self._one.envelope(self._one.message(words))
        now = f"{self.house.at.timestamp():.0f}"
        signatures = {
            "made up": "v0=" + "0" * 64,
            "missing": "",
            "by another secret": signature(body, now, "another secret"),
            "of another body": signature(body + b" ", now),
        }
        found = {name: self._signed(body, now, each) for name, each in signatures.items()}
        for stamp in ("soon", "1.5", "", "9" * 40, *(self._later(minutes) for minutes in (-6, 6))):
            found[f"at {stamp}"] = self._signed(body, stamp, signature(body, stamp))
        return found

    def signed(self, body: bytes) -> Brought:
        stamp = f"{self.house.at.timestamp():.0f}"
        return self._signed(body, stamp, signature(body, stamp))

    def plainly_refused(self, answer: httpx.Response) -> bool:
        return is_bare(answer)

    def malformed(self) -> Sequence[Brought]:
        message = {"type": "message", "channel_type": "im", "user": 1, "text": [], "ts": "x"}
        mention = {"type": "app_mention", "user": "x/y", "text": "x", "ts": "1.1", "channel": "C"}
        payloads: tuple[dict[str, Any], ...] = (
            {},
            {"event": None},
            {"event": []},
            {"event": {}, "event_id": 1},
            {"event": {"type": "message", "channel_type": "im"}, "event_id": "Ev"},
            {"event": message, "event_id": "Ev"},
            {"event": mention, "event_id": "Ev"},
            {"type": "block_actions", "actions": []},
            {"type": "block_actions", "actions": [{"action_id": "say-0", "type": "button", "value": "x"}], "user": 5},
            {"type": "something new"},
            {"type": []},
            {"type": {}},
            {"type": "view_submission", "view": {"id": "V1"}},
        )
        whole = [{"type": "event_callback", "team_id": TEAM, **one} for one in payloads]
        return [self.signed(json.dumps(one).encode()) for one in whole]

    def _member(self, who: Who) -> Member:
        return self.house.member(_MEMBERS[who])

    def _event(self, event: dict[str, Any]) -> Brought:
        return self.signed(self._one.envelope(event))

    def _newest(self) -> Shown:
        return self.house.api.said_to(_MEMBERS["one"])[-1]

    def _with(self, label: str) -> tuple[Shown, dict[str, Any]]:
        for shown in reversed(self.house.api.said_to(_MEMBERS["one"])):
            for one in controls(shown):
                if one["type"] == "button" and one["text"]["text"] == label:
                    return shown, one
        raise AssertionError(f"no button {label!r} has arrived")

    def _later(self, minutes: int) -> str:
        return f"{(self.house.at + timedelta(minutes=minutes)).timestamp():.0f}"

    def _signed(self, body: bytes, stamp: str, signed: str) -> Brought:
        kind = FORM if body.startswith(b"payload=") else "application/json"
        return Brought(body, {_STAMP: stamp, _SIGNATURE: signed, "content-type": kind})


@asynccontextmanager
async def incoming(folder: Path) -> AsyncIterator[SlackIn]:
    """The bot in a workspace."""
    with served_api() as (api, url):
        settings = settings_for(url, folder)
        furnish(settings.data_dir)
        with opened(settings, load_definitions("exampleshire")) as exchange:
            async with House(api, exchange, settings).open() as house:
                yield SlackIn(house)
