"""Many people at once, and a Slack that is busy or does not answer: each is answered once, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from adapters.delivering import AT_ONCE
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.storage.tables import outgoing
from tests.adapters.filtered import FILTERS
from tests.adapters.loop_lag import LONGEST_SECONDS, watched

from .member import FORM, controls
from .web_api import Refused

PAT, SAM = "U0PAT0001", "U0SAM0001"
PEOPLE = 300
MOST_LOOKS = 2000


async def swept(house, wanted: int) -> None:
    """Minutes later somebody else writes; with what is sent then, what waited its turn goes too."""
    house.at += timedelta(minutes=3)
    await house.member(SAM).type("menu")
    for _ in range(MOST_LOOKS):
        if len(house.api.said_to(PAT)) >= wanted:
            break
        await house.exchange.database.run(lambda _: None)
        await house.settled()


async def looked(house, is_so: Callable[[], bool]) -> None:
    """Look until it is so."""
    for _ in range(MOST_LOOKS):
        if is_so():
            break
        await house.exchange.database.run(lambda _: None)


async def waited_for(house, within: float) -> None:
    """Slack is waited for so long, once it has said who the app is."""
    while house.here.trouble():
        await asyncio.sleep(0)
    client = house.here.channel.client
    client._within = within
    await client.close()
    await client.open()


async def waiting(house) -> int:
    """How many messages are still to be sent."""
    is_waiting = outgoing.c.status.in_(("waiting", "sending"))
    found = select(func.count()).select_from(outgoing).where(is_waiting)
    return await house.exchange.database.run(lambda connection: connection.execute(found).scalar_one())


async def test_three_hundred_people_at_once_are_each_answered_once_though_each_press_is_brought_twice(house):
    # It is counted here, and not how busy this machine is.
    await waited_for(house, 120)
    people = [house.member(f"U0PAT{number:04}") for number in range(PEOPLE)]
    bodies = [one.envelope(one.opened()) for one in people]
    with watched() as lag:
        answers = await asyncio.gather(*(house.post(one) for one in bodies))
        await house.settled()
    assert lag.here() < LONGEST_SECONDS
    assert {one.status_code for one in answers} == {200}
    assert Counter(one.channel for one in house.api.messages) == dict.fromkeys(
        (house.api.dm(one.id) for one in people), 1
    )
    door = controls(house.api.messages[0])[1]["text"]["text"]
    presses = [one.pressing(house.api.said_to(one.id)[0], door) for one in people]
    answers = await asyncio.gather(*(house.post(one, FORM) for one in (*presses, *presses)))
    await house.settled()
    assert {one.status_code for one in answers} == {200}
    lasting = Counter(one.channel for one in house.api.messages if not one.only)
    assert lasting == dict.fromkeys((house.api.dm(one.id) for one in people), 2)
    assert house.warned == []


async def test_a_short_pause_that_slack_asks_for_is_waited_out_and_then_it_goes_once(house):
    pauses = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    house.here.channel.client.own._pause = pause
    house.api.refuses = [Refused("ratelimited", 429, {"Retry-After": "2"})]
    await house.member().type("refer")
    assert (pauses, len(house.api.said_to(PAT))) == ([2.0], 1)


async def test_who_are_to_wait_longer_hold_up_nobody_who_is_in_danger_and_are_answered_once(house):
    busy = [house.member(f"U0BUSY{number:03}") for number in range(AT_ONCE)]
    house.api.refuses = [Refused("ratelimited", 429, {"Retry-After": "15"})] * AT_ONCE
    await asyncio.gather(*(house.post(one.envelope(one.message("refer"))) for one in busy))
    await looked(house, lambda: not house.api.refuses)
    other = house.member(SAM)
    await house.post(other.envelope(other.message("he is strangling her right now")))
    await looked(house, lambda: bool(house.api.said_to(SAM)))
    assert "999" in house.api.said_to(SAM)[0].read()
    # What became of each is kept by now: from then on it waits.
    await house.settled()
    await swept(house, 0)
    await looked(house, lambda: all(house.api.said_to(one.id) for one in busy))
    assert [len(house.api.said_to(one.id)) for one in busy] == [1] * AT_ONCE
    assert MAY_BE_REPEAT not in "".join(one.read() for one in house.api.messages)


async def test_after_a_long_pause_it_goes_by_itself_and_once(house):
    house.api.refuses = [Refused("ratelimited", 429, {"Retry-After": "120"})]
    await house.member().type("refer")
    assert house.api.said_to(PAT) == []
    await swept(house, 1)
    assert len(house.api.said_to(PAT)) == 1


async def test_what_slack_took_without_an_answer_is_found_there_and_not_said_again(house):
    await waited_for(house, 0.3)
    house.api.hangs_after = True
    await house.member().type("refer")
    assert len(house.api.said_to(PAT)) == 1
    house.api.hangs_after = False
    await swept(house, 2)
    (said,) = house.api.said_to(PAT)
    assert MAY_BE_REPEAT not in said.read()
    assert "conversations.history" in [method for method, _ in house.api.calls]
    assert await waiting(house) == 0


async def test_what_slack_neither_took_nor_answered_is_said_once_more_as_a_possible_repeat(house):
    await waited_for(house, 0.3)
    house.api.hangs = True
    await house.member().type("refer")
    assert house.api.said_to(PAT) == []
    house.api.hangs = False
    await waited_for(house, 10)
    await swept(house, 1)
    (said,) = house.api.said_to(PAT)
    assert MAY_BE_REPEAT in said.read()
    assert "No" in [one["text"]["text"] for one in controls(said)]


async def test_what_slack_took_with_an_answer_that_was_cut_is_found_there_and_not_said_again(house):
    house.api.spoils = "cut"
    await house.member().type("refer")
    assert len(house.api.said_to(PAT)) == 1
    house.api.spoils = ""
    await swept(house, 2)
    (said,) = house.api.said_to(PAT)
    assert MAY_BE_REPEAT not in said.read()
    assert await waiting(house) == 0


@pytest.mark.parametrize("spoils", FILTERS)
async def test_where_a_filter_answers_in_slacks_place_it_is_said_once_slack_is_reached_again(house, spoils):
    house.api.spoils = spoils
    await house.member().type("refer")
    assert house.api.said_to(PAT) == []
    house.api.spoils = ""
    await swept(house, 1)
    (said,) = house.api.said_to(PAT)
    assert MAY_BE_REPEAT in said.read()
    assert await waiting(house) == 0
