"""Microsoft's keys: one question for all who wait, and what is known is kept while no better answer is had."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from adapters.teams.signature import AGAIN_SECONDS, FRESH_SECONDS, LEFT_SECONDS, Keys
from bot.channel import Unreachable

from .microsoft import Json, Microsoft, microsoft

AT_ONCE = 8
ERROR_PAGES: tuple[Json, ...] = (
    {}, {"keys": []}, {"keys": "none"}, {"error": "busy"}, {"keys": [{"kty": "RSA", "kid": "key-1", "n": "x"}]},
)  # fmt: skip


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api() -> Iterator[Microsoft]:
    with microsoft() as one:
        yield one


@pytest.fixture
async def keys(api: Microsoft, clock: Clock) -> AsyncIterator[Keys]:
    async with httpx.AsyncClient(trust_env=False) as http:
        yield Keys(f"{api.url}/metadata", http, 0.2, clock)


@pytest.fixture
async def patient(api: Microsoft, clock: Clock) -> AsyncIterator[Keys]:
    """Keys for which an answer is waited for, however busy the machine is."""
    async with httpx.AsyncClient(trust_env=False) as http:
        yield Keys(f"{api.url}/metadata", http, 10, clock)


async def told(keys: Keys, kid: str) -> str:
    """What is said of a key."""
    try:
        return "known" if await keys.find(kid) else "unknown"
    except Unreachable as fault:
        return "never" if fault.permanent else "not now"


async def test_all_wait_for_one_answer_of_a_slow_server_and_the_next_for_none(api, keys, clock):
    api.keys_wait = 0.5
    found = await asyncio.gather(*(told(keys, f"key-{number}") for number in range(AT_ONCE)))
    assert {*found, await told(keys, "key-1")} == {"not now"}
    assert api.keys_asked == 1
    api.keys_wait = 0
    clock.at += LEFT_SECONDS
    assert await told(keys, "key-1") == "known"


@pytest.mark.parametrize("page", ERROR_PAGES)
async def test_an_answer_without_keys_takes_none_away_and_is_not_believed(api, patient, clock, page):
    api.keys_instead = page
    with pytest.raises(Unreachable):
        await patient.warm()
    api.keys_instead = None
    clock.at += LEFT_SECONDS
    assert await told(patient, "key-1") == "known"
    clock.at += FRESH_SECONDS
    api.keys_instead = page
    assert await told(patient, "key-1") == "known"
    assert await told(patient, "key-2") == "not now"
    asked = api.keys_asked
    clock.at += AGAIN_SECONDS
    assert await told(patient, "key-1") == "known"
    assert api.keys_asked == asked + 1


async def test_a_key_not_known_yet_is_unknown_only_by_an_answer(api, keys, clock):
    assert await told(keys, "key-2") == "unknown"
    api.keys_wait = 0.5
    assert await told(keys, "key-2") == "unknown"
    assert api.keys_asked == 1
    clock.at += AGAIN_SECONDS
    assert await told(keys, "key-2") == "not now"
    clock.at += 1
    assert await told(keys, "key-2") == "not now"
    assert await told(keys, "key-1") == "known"
    assert api.keys_asked == 2
    api.keys_wait = 0
    clock.at += LEFT_SECONDS
    assert await told(keys, "key-2") == "unknown"


async def test_what_microsoft_may_have_signed_is_not_refused_for_good_while_its_keys_are_away(house):
    activity = house.person().activity(text="menu")
    assert (await house.bring(activity)).status_code == 200
    house.api.keys_instead = {}
    house.here._keys._whole_until = 0
    assert (await house.bring(activity, house.api.signed(activity, kid="key-2"))).status_code == 503
    assert (await house.bring(activity)).status_code == 200
