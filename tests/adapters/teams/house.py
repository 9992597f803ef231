"""The bot with its Teams channel as `bot serve` puts it together, beside a stand-in of Microsoft's services."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from adapters.teams.opening import PATH
from adapters.teams.settings import TeamsSettings
from adapters.workplace import opened
from bot.definitions import Definitions, load_definitions
from tests.adapters.platform_house import PlatformHouse
from tests.storage.empty import furnish
from tests.transcripts.platform_play import switched_on

from .microsoft import APP, SECRET, TENANT, Json, Microsoft, microsoft
from .person import CHAT, Person


def settings_for(url: str, folder: Path, **more: Any) -> TeamsSettings:
    """The settings of a bot whose Microsoft is the stand-in."""
    return TeamsSettings(
        **{
            "data_dir": folder / "data",
            "key_file": folder / "keys",
            "channels": ("web", "teams"),
            "public_url": "http://127.0.0.1:8080",
            "teams_app_id": APP,
            "teams_tenant_id": TENANT,
            "teams_client_secret": SecretStr(SECRET),
            "teams_authority_url": url,
            "teams_metadata_url": f"{url}/metadata",
            **more,
        }
    )


class House(PlatformHouse[Microsoft]):
    """The bot in a tenant's Teams. Microsoft's signatures go by the machine's clock, all else by the house's."""

    path = PATH

    def person(self, id_: str = "29:someone", chat: str = CHAT) -> Person:
        """Somebody of the tenant."""
        return Person(self.api, self.bring, self.now, id_, chat)

    async def bring(self, activity: Json, header: str | None = None) -> httpx.Response:
        """What Microsoft does with an activity; what the bot sends because of it has been sent when this returns."""
        self.turned()
        answer = await self.post(activity, header)
        await self.settled()
        return answer

    async def post(self, activity: Json, header: str | None = None) -> httpx.Response:
        """Post an activity to the endpoint, signed unless the header says otherwise."""
        signed = self.api.signed(activity) if header is None else header
        headers = {"content-type": "application/json", **({"authorization": signed} if signed else {})}
        return await self.posted(json.dumps(activity).encode(), headers)

    async def say(self, text: str, **more: Any) -> str:
        """Somebody writes; what is answered to it."""
        before = len(self.api.sent)
        assert (await self.person().type(text, **more)).status_code == 200
        return "\n".join(one.read() for one in self.api.sent[before:])


def area() -> Definitions:
    """Exampleshire, with everything switched on for Teams."""
    return switched_on(load_definitions("exampleshire"), "teams")


@asynccontextmanager
async def opened_house(folder: Path, definitions: Definitions | None = None, **more: Any) -> AsyncIterator[House]:
    """The bot and the stand-in, for as long as needed."""
    with microsoft() as api:
        settings = settings_for(api.url, folder, **more)
        furnish(settings.data_dir)
        with opened(settings, definitions or area()) as exchange:
            async with House(api, exchange, settings).open() as house:
                yield house
