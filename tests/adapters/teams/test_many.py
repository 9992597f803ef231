"""Many people at once, and a Teams that is busy or does not answer: each is answered once, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.delivering import AT_ONCE
from adapters.workplace import opened
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from tests.adapters.filtered import FILTERS
from tests.adapters.loop_lag import LONGEST_SECONDS, watched

from .house import House, area, settings_for
from .microsoft import Json, microsoft
from .person import CHAT

PEOPLE = 300
MOST_LOOKS = 2000
OTHER = ("29:other", "a:1other")


def _outcome(card: Json) -> str:
    """What a card that was used says became of it."""
    return str(card["body"][-1]["inlines"][0]["text"])


async def looked(house: House, is_so: Callable[[], bool]) -> None:
    """Look until it is so."""
    for _ in range(MOST_LOOKS):
        if is_so():
            break
        await house.exchange.database.run(lambda _: None)


async def swept(house: House, wanted: int) -> None:
    """Minutes later somebody else writes; with what is sent then, what waited its turn goes too."""
    for _ in range(3):
        house.turned()
    await house.person(*OTHER).type("menu")
    for _ in range(MOST_LOOKS):
        if len(house.api.said_in(CHAT)) >= wanted:
            break
        await house.exchange.database.run(lambda _: None)
        await house.settled()


async def test_three_hundred_people_at_once_are_each_answered_once_though_each_press_is_brought_twice(house):
    people = [house.person(f"29:{one}", f"a:1chat-{one}") for one in range(PEOPLE)]
    installed = [one.activity("installationUpdate", action="add") for one in people]
    answers = await asyncio.gather(*(house.post(one) for one in installed))
    await house.settled()
    greetings = {one.conversation: one for one in house.api.sent}
    assert len(house.api.sent) == len(greetings) == PEOPLE
    buttons = [greetings[one.chat].buttons()[1] for one in people]
    pressed = [one.pressing(greetings[one.chat], button) for one, button in zip(people, buttons, strict=True)]
    with watched() as lag:
        answers += await asyncio.gather(*(house.post(one) for one in (*pressed, *pressed)))
        await house.settled()
    assert lag.here() < LONGEST_SECONDS
    assert {one.status_code for one in answers} == {200}
    assert Counter(one.conversation for one in house.api.sent) == dict.fromkeys((one.chat for one in people), 2)
    outcomes = Counter(_outcome(one.json()["value"]) for one in answers[PEOPLE:])
    assert outcomes == {f"✔ {buttons[0]['title']}": 2 * PEOPLE}
    assert house.warned == []


async def test_a_short_pause_that_teams_wants_is_waited_out_and_then_it_goes_once(house):
    pauses = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    house.here.channel.client._pause = pause
    house.api.once = [(429, {"Retry-After": "2"})]
    assert await house.say("refer")
    assert (pauses, len(house.api.sent)) == ([2.0], 1)


async def test_who_are_to_wait_longer_hold_up_nobody_who_is_in_danger_and_are_answered_once(house):
    busy = [house.person(f"29:busy{number}", f"a:1busy-{number}") for number in range(AT_ONCE)]
    house.api.once = [(429, {"Retry-After": "9"})] * AT_ONCE
    await asyncio.gather(*(house.post(one.activity(text="refer")) for one in busy))
    await looked(house, lambda: not house.api.once)
    await house.post(house.person(*OTHER).activity(text="he is strangling her right now"))
    await looked(house, lambda: bool(house.api.said_in(OTHER[1])))
    assert "999" in house.api.said_in(OTHER[1])[0].read()
    # What became of each is kept by now: from then on it waits.
    await house.settled()
    house.at += timedelta(seconds=12)
    await swept(house, 0)
    await looked(house, lambda: all(house.api.said_in(one.chat) for one in busy))
    assert [len(house.api.said_in(one.chat)) for one in busy] == [1] * AT_ONCE
    assert MAY_BE_REPEAT not in "".join(one.read() for one in house.api.sent)


async def test_after_a_long_pause_it_goes_by_itself_and_once(house):
    house.api.once = [(429, {"Retry-After": "120"})]
    assert not await house.say("refer")
    house.at = house.at.replace(minute=house.at.minute + 3)
    await swept(house, 1)
    assert len(house.api.said_in(CHAT)) == 1


async def test_what_teams_took_without_an_answer_is_said_once_more_as_a_possible_repeat(house):
    house.here._http.timeout = 0.3
    house.api.hangs = True
    assert "in danger" in await house.say("refer")
    house.api.hangs = False
    house.at = house.at.replace(minute=house.at.minute + 3)
    await swept(house, 2)
    first, again = house.api.said_in(CHAT)
    assert MAY_BE_REPEAT not in first.read()
    assert MAY_BE_REPEAT in again.read()


@pytest.mark.parametrize("spoils", ["cut", "way to sign in", *FILTERS])
async def test_an_answer_that_cannot_be_read_is_no_answer_and_it_is_said_once_more(house, spoils):
    house.api.spoils = spoils
    await house.say("refer")
    house.api.spoils = ""
    house.at = house.at.replace(minute=house.at.minute + 3)
    # Where only a filter answered, Teams has seen nothing before.
    wanted = 2 if spoils == "cut" else 1
    await swept(house, wanted)
    said = [MAY_BE_REPEAT in one.read() for one in house.api.said_in(CHAT)]
    assert said == [False, True][-wanted:]


async def test_a_slow_key_server_holds_nobody_else_up(tmp_path: Path):
    with microsoft() as api:
        api.keys_wait = 0.5
        settings = settings_for(api.url, tmp_path)
        with opened(settings, area()) as exchange:
            async with House(api, exchange, settings).open() as house:
                posting = asyncio.create_task(house.post(house.person().activity(text="menu")))
                answered = 0
                while not posting.done():
                    assert (await house.client.get("/health/live")).status_code == 200
                    answered += 1
                    # What is served in this process waits for nothing, and would leave nobody else a turn.
                    await asyncio.sleep(0)
                assert (await posting).status_code == 200
                await house.settled()
    assert answered > 5
    assert len(api.said_in(CHAT)) == 1
