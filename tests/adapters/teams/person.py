"""A person in Teams: what they type, press, tick and fill in reaches the bot in Teams' own shapes."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import httpx

from bot import wording_controls

from .microsoft import APP, TENANT, Json, Microsoft, Shown

Bring = Callable[[Json], Awaitable[httpx.Response]]
CHAT = "a:1personal-chat"
GROUP = "19:group@thread.v2"
STORE = "contoso-my.sharepoint.com"
NAME = "<at>Safeguarding</at>"
_numbers = itertools.count(1795700000001)


class Person:
    """One person and their chat with the bot. `bring` brings an activity, signed."""

    def __init__(
        self, api: Microsoft, bring: Bring, now: Callable[[], datetime], id_: str = "29:someone", chat: str = CHAT
    ) -> None:
        self.api = api
        self.bring = bring
        self.now = now
        self.id = id_
        self.chat = chat

    async def type(self, text: str, **more: Any) -> httpx.Response:
        """Write to the bot alone."""
        return await self.bring(self.activity(text=text, textFormat="plain", **more))

    async def mention(self, text: str, group: str = GROUP, **more: Any) -> httpx.Response:
        """Mention the bot in a group chat."""
        return await self.bring(self.mentioning(text, group, **more))

    async def open(self) -> httpx.Response:
        """Put the app where they can reach it."""
        return await self.bring(self.activity("installationUpdate", action="add"))

    async def press(self, shown: Shown, label: str, **given: str) -> httpx.Response:
        """Press a button of a message, with what its inputs hold."""
        return await self.use(shown, next(one for one in shown.buttons() if one["title"] == label), **given)

    async def tick(self, shown: Shown, *labels: str) -> httpx.Response:
        """Choose among the entries of the message's list, and send that."""
        (listed,) = shown.inputs()
        chosen = ",".join(next(one["value"] for one in listed["choices"] if says(one, label)) for label in labels)
        return await self.press(shown, wording_controls.CONTINUE, **{listed["id"]: chosen})

    async def use(self, shown: Shown, button: Json, **given: str) -> httpx.Response:
        """Use a button."""
        return await self.bring(self.pressing(shown, button, **given))

    def pressing(self, shown: Shown, button: Json, **given: str) -> Json:
        """The activity of a press; unless the button says that it takes none, every input of the card goes along."""
        inputs = {one["id"]: one.get("value", "") for one in shown.inputs()}
        if button.get("associatedInputs") == "none":
            inputs = given = {}
        data = {**button["data"], **inputs, **given}
        value = {"action": {"type": "Action.Execute", "verb": button["verb"], "data": data}, "trigger": "manual"}
        return self.invoke("adaptiveCard/action", value, replyToId=shown.id)

    def consenting(self, shown: Shown, upload: str, *, agrees: bool = True) -> Json:
        """The activity of an answer to a question about a file, which is to be put at `upload`."""
        asked = shown.card
        name = shown.message["attachments"][0]["name"]
        where = {"uploadUrl": upload, "contentUrl": f"https://{STORE}/personal/sam/{name}", "name": name}
        value = {
            "type": "fileUpload",
            "action": "accept" if agrees else "decline",
            "context": asked["acceptContext" if agrees else "declineContext"],
            **({"uploadInfo": {**where, "uniqueId": "1d3f", "fileType": name.rpartition(".")[2]}} if agrees else {}),
        }
        return self.invoke("fileConsent/invoke", value, replyToId=shown.id)

    def invoke(self, name: str, value: Json, **more: Any) -> Json:
        """Something that is answered in the request."""
        return self.activity("invoke", name=name, value=value, **more)

    def mentioning(self, text: str, group: str = GROUP, **more: Any) -> Json:
        """The activity of a mention in a group chat."""
        mention = {"type": "mention", "mentioned": {"id": f"28:{APP}", "name": "Safeguarding"}, "text": NAME}
        return self.activity(text=f"{NAME} {text}", entities=[mention], conversation=among(group), **more)

    def activity(self, kind: str = "message", **more: Any) -> Json:
        """An activity in the shape that Teams brings."""
        return {
            "type": kind,
            "id": f"{next(_numbers)}",
            "timestamp": self.now().isoformat(timespec="milliseconds"),
            "localTimezone": "Europe/London",
            "channelId": "msteams",
            "serviceUrl": f"{self.api.url}/connector/",
            "from": {"id": self.id, "name": "Sam", "aadObjectId": "5ad1c3f2-0000-4000-8000-000000000001"},
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": self.chat},
            "recipient": {"id": f"28:{APP}", "name": "Safeguarding"},
            "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}],
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "en-GB",
            **more,
        }


def says(choice: Json, label: str) -> bool:
    """Whether an entry of a list is the option with this label; its hint may follow."""
    return choice["title"] == label or choice["title"].startswith(f"{label} (")


def among(group: str) -> Json:
    """A group chat as an activity names it."""
    return {"conversationType": "groupChat", "isGroup": True, "tenantId": TENANT, "id": group}
