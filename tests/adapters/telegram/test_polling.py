"""Updates that are polled for: no chat holds up another, each one's stay in order, and a crash loses none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram.polling import MOST_IN_HAND, PASSED_OVER
from adapters.telegram.why import UNREAD
from adapters.workplace import opened
from bot.delivering.wording_delivery import MAY_BE_REPEAT

from .bot_api import BotApi, Refused
from .house import House, area, settings_for
from .phone import commands

GROUP, OTHER = -1001234567890, 6002
BUSY = Refused(429, "Too Many Requests: retry after 20", retry_after=20)
LOOK_SECONDS = 20


class Waiting:
    """What updates wait for before they are tried again: for as long as the test wants."""

    def __init__(self) -> None:
        self.over = asyncio.Event()
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await self.over.wait()


@asynccontextmanager
async def polling(api: BotApi, url: str, folder: Path) -> AsyncIterator[tuple[House, Waiting]]:
    """A bot that polls; it stops with the block, wherever it is."""
    settings = settings_for(url, folder, telegram_updates="polling", public_url="")
    with opened(settings, area(on=True)) as exchange:
        house, waiting = House(api, exchange, settings), Waiting()
        house.here._polling._pause = waiting
        async with house.open():
            yield house, waiting


async def until(house: House, is_so: Callable[[], bool]) -> None:
    """Look until it is so."""
    async with asyncio.timeout(LOOK_SECONDS):
        while not is_so():
            await asyncio.to_thread(house.exchange.database.run_now, lambda _: None)


def asked(house: House, words: str = "what is a rapid review?") -> dict[str, Any]:
    phone, words = house.phone(group=GROUP), f"@safe_test_bot {words}"
    return phone.update("message", {**phone.message(house.at), "text": words, **commands(words)})


def in_danger(house: House) -> dict[str, Any]:
    phone = house.phone(OTHER)
    return phone.update("message", {**phone.message(house.at), "text": "he is strangling her right now"})


async def test_a_group_that_has_to_wait_holds_up_nobody_and_a_crash_meanwhile_loses_it_not(served, tmp_path: Path):
    api, url = served
    api.refuses_in = {GROUP: BUSY}
    async with polling(api, url, tmp_path) as (house, waiting):
        api.updates = [asked(house), in_danger(house)]
        await until(house, lambda: bool(waiting.seconds and api.in_chat(OTHER)))
        assert "999" in api.in_chat(OTHER)[0].text
        assert waiting.seconds == [20]
        assert len(api.updates) == 2
    api.refuses_in = {}
    async with polling(api, url, tmp_path) as (house, _):
        await until(house, lambda: not api.updates)
        await house.settled()
    assert (len(api.in_chat(GROUP)), len(api.in_chat(OTHER))) == (1, 1)
    assert MAY_BE_REPEAT not in api.in_chat(GROUP)[0].text


async def test_what_is_asked_in_a_group_is_answered_in_order_and_once_after_it_had_to_wait(served, tmp_path: Path):
    api, url = served
    api.refuses = [BUSY]
    async with polling(api, url, tmp_path) as (house, waiting):
        api.updates = [asked(house, one) for one in ("what is a rapid review?", "what is a LADO?")]
        numbers = [one["message"]["message_id"] for one in api.updates]
        await until(house, lambda: bool(waiting.seconds))
        assert api.in_chat(GROUP) == []
        waiting.over.set()
        await until(house, lambda: not api.updates)
    assert [one.answers for one in api.in_chat(GROUP)] == numbers


async def test_where_so_many_come_after_it_that_nothing_newer_is_seen_what_waits_is_left(served, tmp_path: Path):
    api, url = served
    api.refuses_in = {GROUP: BUSY}
    async with polling(api, url, tmp_path) as (house, waiting):
        first = asked(house)
        others = [{"update_id": first["update_id"] + 1 + number} for number in range(MOST_IN_HAND)]
        last = {**in_danger(house), "update_id": others[-1]["update_id"] + 1}
        api.updates = [first, *others, last]
        await until(house, lambda: bool(api.in_chat(OTHER)) and not api.updates)
        assert len(waiting.seconds) == 1
        assert [one for one in house.warned if "is left" in one]


NO_STICKER = {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1, "is_animated": False}
NEW = {
    "a gift of another shape": {"gift": {"gift": {"id": "g"}}},
    "an entity without a place": {"entities": [{"type": "sparkle"}]},
    "a sticker without a kind": {"sticker": NO_STICKER},
    "a poll without a count": {"poll": {"id": "1", "question": "q", "options": [], "is_closed": False}},
}


@pytest.mark.parametrize("new", NEW.values(), ids=NEW)
async def test_words_beside_what_the_library_cannot_read_are_heard_and_so_is_everybody_else(
    served, tmp_path: Path, caplog, new: dict[str, Any]
):
    api, url = served
    async with polling(api, url, tmp_path) as (house, _):
        danger, group, other = in_danger(house), asked(house), house.phone(6003)
        danger["message"].update(new)
        group["message"].update(new)
        api.updates = [danger, group, other.update("message", {**other.message(house.at), "text": "what is a LADO?"})]
        await until(house, lambda: not api.updates)
        await house.settled()
        assert "999" in api.in_chat(OTHER)[0].text
        assert "LADO" in api.in_chat(6003)[0].text
        # Whether a group means the bot cannot be known without the rest.
        assert (api.in_chat(GROUP), house.warned, house.here.trouble()) == ([], [PASSED_OVER], "")
    assert caplog.text == ""


@pytest.mark.parametrize(
    "update",
    [{"message": 7}, {"message": {"text": "Zebedee"}}, {"callback_query": {"from": {}}}, {"edited_message": []}],
)
async def test_an_update_that_cannot_be_read_is_passed_over_at_once_and_nobody_waits_for_it(
    served, tmp_path: Path, caplog, update: dict[str, Any]
):
    api, url = served
    async with polling(api, url, tmp_path) as (house, waiting):
        after = in_danger(house)
        api.updates = [{"update_id": after["update_id"] - 1, **update}, after]
        await until(house, lambda: not api.updates)
        await house.settled()
        assert "999" in api.in_chat(OTHER)[0].text
        assert (house.warned, waiting.seconds, house.here.trouble()) == ([PASSED_OVER], [], "")
    assert caplog.text == ""


@pytest.mark.parametrize("garbled", [{"a": 1}, True, [7], [{"message": {}}]])
async def test_an_answer_that_is_none_is_said_as_trouble_until_there_is_one_again(served, tmp_path: Path, garbled):
    api, url = served
    api.garbles = [garbled]
    async with polling(api, url, tmp_path) as (house, waiting):
        await until(house, lambda: bool(waiting.seconds))
        trouble = UNREAD
        assert (house.here.trouble(), house.warned) == (trouble, [f"Telegram: {trouble}."])
        waiting.over.set()
        api.updates = [in_danger(house)]
        await until(house, lambda: not api.updates)
        await house.settled()
        assert "999" in api.in_chat(OTHER)[0].text
        assert house.here.trouble() == ""


async def test_another_process_that_asks_for_the_same_updates_is_named(served, tmp_path: Path):
    api, url = served
    api.garbles = [Refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot runs")]
    async with polling(api, url, tmp_path) as (house, waiting):
        await until(house, lambda: bool(waiting.seconds))
        said = "another process asks for this bot's updates: stop it, or give it a token of its own"
        assert house.here.trouble() == said


async def test_a_fault_of_the_library_own_ends_no_polling(served, tmp_path: Path):
    api, url = served
    api.knows_webhook = 7
    async with polling(api, url, tmp_path) as (house, waiting):
        await until(house, lambda: bool(waiting.seconds))
        assert house.here.trouble() == UNREAD
        api.knows_webhook = None
        waiting.over.set()
        api.updates = [in_danger(house)]
        await until(house, lambda: not api.updates)
        await house.settled()
        assert house.here.trouble() == ""
