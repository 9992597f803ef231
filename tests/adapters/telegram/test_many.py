"""Many people at once, and updates that are polled for: each is answered once."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

from adapters.telegram.opening import missing
from adapters.workplace import opened
from bot.wording_channels import NO_LONGER
from tests.adapters.loop_lag import LONGEST_SECONDS, watched

from .bot_api import Shown
from .house import House, area, settings_for
from .phone import commands

PEOPLE = 300
MOST_LOOKS = 2000


async def test_three_hundred_people_at_once_are_each_answered_once_though_all_is_brought_twice(house):
    phones = [house.phone(10_000 + one) for one in range(PEOPLE)]
    updates = [
        one.update("message", {**one.message(house.at), "text": "/start", **commands("/start")}) for one in phones
    ]
    house.here.channel.client._limiter.max_rate = 10_000
    with watched() as lag:
        answers = await asyncio.gather(*(house.post(json.dumps(one).encode()) for one in (*updates, *updates)))
        await house.settled()
    assert {one.status_code for one in answers} == {200}
    assert Counter(one.chat for one in house.api.messages) == Counter(one.person for one in phones)
    assert lag.here() < LONGEST_SECONDS


async def test_updates_are_polled_for_handled_and_then_let_go(served, tmp_path: Path):
    api, url = served
    settings = settings_for(url, tmp_path, telegram_updates="polling", public_url="")
    with opened(settings, area(on=True)) as exchange:
        house = House(api, exchange, settings)
        phone = house.phone()
        said = [phone.update("message", {**phone.message(house.at), "text": one}) for one in ("refer", "no")]
        api.updates = [*said, phone.pressing(Shown(phone.person, 1, "An old message"), "a:" + "x" * 22)]
        async with house.open():
            for _ in range(MOST_LOOKS):
                if len(api.messages) == 2 and not api.updates:
                    break
                await asyncio.to_thread(house.exchange.database.run_now, lambda _: None)
                await house.settled()
    assert len(api.messages) == 2
    assert api.updates == []
    assert list(api.queries.values()) == [NO_LONGER]
    assert "setWebhook" not in [method for method, _ in api.calls]


async def test_polling_takes_no_bot_away_from_a_server(served, tmp_path: Path):
    api, url = served
    api.webhook = {"url": "https://elsewhere.example.gov.uk/telegram/webhook"}
    settings = settings_for(url, tmp_path, telegram_updates="polling", public_url="")
    with opened(settings, area(on=True)) as exchange:
        house = House(api, exchange, settings)
        async with house.open():
            for _ in range(MOST_LOOKS):
                if "elsewhere" in house.here.trouble():
                    break
                await asyncio.to_thread(house.exchange.database.run_now, lambda _: None)
    assert "elsewhere" in house.here.trouble()
    assert "getUpdates" not in [method for method, _ in api.calls]


def test_settings_that_do_not_go_together_are_named(tmp_path: Path):
    url = "http://127.0.0.1:1/bot"
    assert missing(settings_for(url, tmp_path)) == ""
    assert "BOT_TELEGRAM_TOKEN" in missing(settings_for(url, tmp_path, telegram_token=""))
    assert "BOT_TELEGRAM_SECRET_TOKEN" in missing(settings_for(url, tmp_path, telegram_secret_token=""))
    assert "BOT_PUBLIC_URL" in missing(settings_for(url, tmp_path, public_url=""))
    assert "webhook" in missing(settings_for(url, tmp_path, telegram_updates="polling"))
