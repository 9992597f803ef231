"""A member of a Slack workspace: what they type and press reaches the bot in Slack's own shapes, signed by Slack."""

from __future__ import annotations

import itertools
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from .web_api import BOT_USER, TEAM, Shown, WebApi

Json = dict[str, Any]
Post = Callable[[bytes, str], Awaitable[Any]]
APP = "A0APP0001"
_numbers = itertools.count(1)


class Member:
    """One person of a workspace. `post` brings a body with its media type, signed."""

    def __init__(
        self, api: WebApi, post: Post, now: Callable[[], float], id_: str = "U0PAT0001", team: str = TEAM
    ) -> None:
        self.api = api
        self.post = post
        self.now = now
        self.id = id_
        self.team = team

    async def type(self, text: str, **more: Any) -> Any:
        """Send the bot a direct message."""
        return await self.bring(self.message(text, **more))

    async def mention(self, text: str, channel: str = "C0GROUP01", **more: Any) -> Any:
        """Mention the bot in a channel."""
        event = self.said(f"<@{BOT_USER}> {escaped(text)}", channel, type="app_mention", **more)
        return await self.bring(event)

    async def open(self, tab: str = "messages") -> Any:
        """Open the app's page in Slack."""
        return await self.bring(self.opened(tab))

    def opened(self, tab: str = "messages") -> Json:
        """The event of looking at the app's page, or at its direct messages."""
        event = {"type": "app_home_opened", "user": self.id, "channel": self.api.dm(self.id), "tab": tab}
        return {**event, "event_ts": self._ts()}

    async def bring(self, event: Json, event_id: str = "", team: str | None = None) -> Any:
        """An event in its envelope."""
        return await self.post(self.envelope(event, event_id, team), "application/json")

    def envelope(self, event: Json, event_id: str = "", team: str | None = None) -> bytes:
        """What Slack posts for an event."""
        team = self.team if team is None else team
        body = {
            "token": "deprecated",
            "team_id": team,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or f"Ev{next(_numbers):08}",
            "event_time": int(self.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-eyJldCI6Im1lc3NhZ2UifQ",
        }
        return json.dumps(body).encode()

    def message(self, text: str, **more: Any) -> Json:
        """The event of a direct message."""
        return self.said(escaped(text), self.api.dm(self.id), channel_type="im", **more)

    def said(self, text: str, channel: str, **more: Any) -> Json:
        """Something said in a channel."""
        stamp = self._ts()
        return {
            "type": "message",
            "client_msg_id": "3f2c8a2e-0000-4000-8000-000000000000",
            "user": self.id,
            "text": text,
            "team": self.team,
            "user_team": self.team,
            "source_team": self.team,
            "channel": channel,
            "ts": stamp,
            "event_ts": stamp,
            **more,
        }

    def edited(self, before: str, after: str) -> Json:
        """The event of a direct message that is changed."""
        stamp = self._ts()
        message = self.said(after, self.api.dm(self.id), edited={"user": self.id, "ts": stamp})
        return {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": self.api.dm(self.id),
            "channel_type": "im",
            "message": message,
            "previous_message": {**message, "text": before},
            "ts": stamp,
            "event_ts": stamp,
        }

    async def press(self, shown: Shown, label: str, **more: Any) -> Any:
        """Press a button in a message."""
        return await self.post(self.pressing(shown, label, **more), FORM)

    def pressing(self, shown: Shown, label: str, **more: Any) -> bytes:
        """What Slack posts for a button."""
        button = next(one for one in controls(shown) if one["type"] == "button" and one["text"]["text"] == label)
        return self.using(shown, button, **more)

    async def use(self, shown: Shown, control: Json, ticked: tuple[str, ...] = (), day: str = "", **more: Any) -> Any:
        """Use a control, with these boxes of the message ticked, and this day picked."""
        return await self.post(self.using(shown, control, ticked, day, **more), FORM)

    def using(self, shown: Shown, control: Json, ticked: tuple[str, ...] = (), day: str = "", **more: Any) -> bytes:
        """What Slack posts for a control."""
        number = next(_numbers)
        trigger = f"{number}.222.abcdef"
        self.api.triggers.set_off(trigger)
        payload = {
            "type": "block_actions",
            "user": {"id": self.id, "username": "pat", "name": "pat", "team_id": self.team},
            "api_app_id": APP,
            "token": "deprecated",
            "container": {
                "type": "message",
                "message_ts": shown.ts,
                "channel_id": shown.channel,
                "is_ephemeral": bool(shown.only),
            },
            "trigger_id": trigger,
            "team": {"id": self.team, "domain": "exampleshire"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": shown.channel, "name": "directmessage"},
            **({} if shown.only else {"message": shown.as_message()}),
            "state": {"values": self._state(shown, ticked, day)},
            "response_url": "https://hooks.slack.com/actions/T0TEAM001/1/x",
            "actions": [{**control, "block_id": "b1", "action_ts": self._ts()}],
            **more,
        }
        return urlencode({"payload": json.dumps(payload)}).encode()

    async def point_at(self, text: str, channel: str = "C0GROUP01") -> Any:
        """Use the message shortcut on a message."""
        return await self.post(self.pointing_at(text, channel), FORM)

    def pointing_at(self, text: str, channel: str = "C0GROUP01") -> bytes:
        """What Slack posts for the message shortcut."""
        trigger = f"{next(_numbers)}.222.abcdef"
        self.api.triggers.set_off(trigger)
        payload = {
            "type": "message_action",
            "callback_id": "refer_message",
            "trigger_id": trigger,
            "message_ts": "1795000000.000100",
            "response_url": "https://hooks.slack.com/app/T0TEAM001/1/x",
            "message": self.said(escaped(text), channel),
            "channel": {"id": channel, "name": "general"},
            **self._who(),
        }
        return urlencode({"payload": json.dumps(payload)}).encode()

    async def submit(self, words: str, number: int = -1) -> Any:
        """Send the newest window, or another one, with these words in its one field."""
        return await self.fill({"words": words}, number)

    async def fill(self, written: dict[str, str], number: int = -1) -> Any:
        """Send the newest window, or another one, with this in each of its fields; a day as its picker gives it."""
        view = self.api.views[number]
        values: Json = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                kind, given = block["element"]["type"], written[block["block_id"]] or None
                name = "selected_date" if kind == "datepicker" else "value"
                values[block["block_id"]] = {block["element"]["action_id"]: {"type": kind, name: given}}
        shown = {**view, "id": f"V{self.api.views.index(view)}", "state": {"values": values}, "hash": "1.x"}
        trigger = f"{next(_numbers)}.2.x"
        payload = {"type": "view_submission", "trigger_id": trigger, "view": shown, "response_urls": [], **self._who()}
        return await self.post(urlencode({"payload": json.dumps(payload)}).encode(), FORM)

    def _who(self) -> Json:
        return {
            "user": {"id": self.id, "username": "pat", "name": "pat", "team_id": self.team},
            "team": {"id": self.team, "domain": "exampleshire"},
            "api_app_id": APP,
            "token": "deprecated",
            "enterprise": None,
            "is_enterprise_install": False,
        }

    async def command(self, text: str, channel: str = "C0GROUP01") -> Any:
        """Use the slash command in a channel."""
        fields = {
            "token": "deprecated",
            "team_id": self.team,
            "team_domain": "exampleshire",
            "channel_id": channel,
            "channel_name": "general",
            "user_id": self.id,
            "user_name": "pat",
            "command": "/safeguarding",
            "text": escaped(text),
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": "https://hooks.slack.com/commands/T0TEAM001/1/x",
            "trigger_id": f"{next(_numbers)}.222.abcdef",
        }
        return await self.post(urlencode(fields).encode(), FORM)

    def _state(self, shown: Shown, ticked: tuple[str, ...], day: str) -> Json:
        values: Json = {}
        for number, block in enumerate(shown.blocks):
            for one in block.get("elements", ()) if block["type"] == "actions" else ():
                if one["type"] == "checkboxes":
                    chosen = [option for option in one["options"] if option["text"]["text"] in ticked]
                    state = {"type": "checkboxes", "selected_options": chosen}
                elif one["type"] == "datepicker":
                    state = {"type": "datepicker", "selected_date": day or None}
                else:
                    continue
                values.setdefault(f"b{number}", {})[one["action_id"]] = state
        return values

    def _ts(self) -> str:
        return f"{self.now():.0f}.{next(_numbers):06}"


FORM = "application/x-www-form-urlencoded"


def controls(shown: Shown) -> list[Json]:
    """Every control of a message."""
    return [one for block in shown.blocks if block["type"] == "actions" for one in block["elements"]]


def escaped(text: str) -> str:
    """What a person types, as Slack gives it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
