"""Many people at once, and updates that are polled for: each is answered once."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.delivering import AT_ONCE
from adapters.styled_words import bare
from adapters.telegram.opening import missing
from adapters.workplace import opened
from bot.channel import Unreachable
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.messages import Reply, Text
from bot.wording_channels import NO_LONGER
from tests.adapters.filtered import FILTERS
from tests.adapters.loop_lag import LONGEST_SECONDS, watched

from .bot_api import Refused, Shown
from .house import House, area, settings_for
from .phone import Phone, commands

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


async def test_who_are_to_wait_hold_up_nobody_who_is_in_danger_and_are_answered_once(house):
    busy = [house.phone(10_000 + one) for one in range(AT_ONCE)]
    house.api.refuses = [Refused(429, "Too Many Requests: retry after 20", retry_after=20)] * AT_ONCE
    await asyncio.gather(*(house.post(said(one, "refer", house)) for one in busy))
    await looked(house, lambda: not house.api.refuses)
    await house.post(said(house.phone(), "he is strangling her right now", house))
    await looked(house, lambda: bool(house.api.in_chat(5001)))
    assert "999" in house.api.in_chat(5001)[0].text
    # What became of each is kept by now: from then on it waits.
    await house.settled()
    house.at += timedelta(seconds=25)
    await house.phone().type("menu", house.at)
    await looked(house, lambda: all(house.api.in_chat(one.chat) for one in busy))
    assert [len(house.api.in_chat(one.chat)) for one in busy] == [1] * AT_ONCE
    assert MAY_BE_REPEAT not in "".join(one.text for one in house.api.messages)


async def test_a_reply_that_is_to_wait_in_the_middle_goes_on_from_there(house):
    channel, long = house.here.channel, Reply((Text.of("A word. " * 600), Text.of("The end.")), key="1")
    whole = [one.text for one in channel.render("5001", long)]
    house.api.refuses = [None, Refused(429, "Too Many Requests: retry after 20", retry_after=20)]
    with pytest.raises(Unreachable) as refused:
        await channel.send("5001", long)
    assert refused.value.may_have_arrived
    await channel.send("5001", replace(long, blocks=(Text.of(MAY_BE_REPEAT, tone="note"), *long.blocks)))
    assert len(whole) > 1
    assert [one.text for one in house.api.in_chat(5001)] == [bare(one) for one in whole]


def said(phone: Phone, words: str, house: House) -> bytes:
    """The update by which somebody says something."""
    return json.dumps(phone.update("message", {**phone.message(house.at), "text": words})).encode()


async def looked(house: House, is_so: Callable[[], bool]) -> None:
    """Look until it is so."""
    for _ in range(MOST_LOOKS):
        if is_so():
            break
        await asyncio.to_thread(house.exchange.database.run_now, lambda _: None)


@pytest.mark.parametrize("spoils", ["cut", *FILTERS])
async def test_an_answer_that_cannot_be_read_is_no_answer_and_it_is_said_once_more(house, spoils):
    house.api.spoils = spoils
    await house.phone().type("refer", house.at)
    house.api.spoils = ""
    house.at += timedelta(minutes=3)
    await house.phone(5002).type("menu", house.at)
    # Where only a filter answered, Telegram has seen nothing before.
    wanted = 2 if spoils == "cut" else 1
    await looked(house, lambda: len(house.api.in_chat(5001)) >= wanted)
    await house.settled()
    said = [MAY_BE_REPEAT in one.text for one in house.api.in_chat(5001)]
    assert said == [False, True][-wanted:]


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
