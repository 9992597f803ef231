"""A platform that wants less is obeyed where its limit is kept, and nowhere else; what waited comes once, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.channel import Unreachable
from bot.delivering.dispatch.in_process import InProcess
from bot.delivering.pauses import MANY
from tests.delivering.office import Office
from tests.delivering.stand_in import later

MINUTE = timedelta(minutes=1)
PEOPLE = ("ann", "ben", "cat", "dan")


def people(office: Office, *addresses: str) -> None:
    """Each of these has a case that owes them something now."""
    for one in addresses:
        office.case((office.person(one, f"chat:{one}"), f"to_{one}"))


def told(office: Office) -> list[str]:
    return [address for address, _ in office.chat.said]


async def test_one_busy_conversation_holds_up_no_other_and_is_tried_when_the_platform_said(office: Office) -> None:
    office.chat.busy = {"ann": 5 * MINUTE}
    people(office, "ann", "ben")
    await office.run(minutes=1)
    people(office, "cat")
    await office.run(minutes=3)
    assert (sorted(told(office)), office.chat.tries) == (["ben", "cat"], 3)
    await office.run(minutes=1)
    assert (told(office)[2:], office.chat.tries) == (["ann"], 4)
    await office.run(minutes=3)
    assert set(office.chat.keys.values()) == {1}
    assert len(office.warned) == 1


@pytest.mark.parametrize("wanted", [timedelta(seconds=25), MINUTE, 5 * MINUTE])
async def test_what_comes_while_a_conversation_waits_comes_after_it_in_order(office: Office, wanted: timedelta) -> None:
    office.chat.busy = {"ann": wanted}
    ann = office.person("Ann", "chat:ann")
    for number in range(4):
        office.case((ann, f"number_{number}"))
        await office.run()
        office.at += timedelta(seconds=14)
    assert office.chat.arrived == []
    await office.run(minutes=6)
    said = [line for one in office.chat.arrived for line in one.lines]
    assert said == [f"Case 26-00{number + 1}: number_{number}." for number in range(4)]
    assert office.chat.tries == 5


def one_at_a_time(office: Office) -> None:
    """What goes to different people goes one after the other, so that the order in which it was begun can be seen."""
    if isinstance(office.dispatch, InProcess):
        office.dispatch._turns["chat"] = asyncio.Semaphore(1)
    else:
        office.dispatch._at_once = 1


async def test_the_limit_that_a_platform_names_holds_up_all_under_it_and_nobody_else(office: Office) -> None:
    one_at_a_time(office)
    office.chat.faults = [Unreachable("busy", permanent=False, retry_after=4 * MINUTE, limit="one")]
    people(office, "ann@one")
    await office.run()
    people(office, "ben@one", "cat@other")
    await office.run(minutes=3)
    assert (told(office), office.chat.tries) == (["cat@other"], 2)
    await office.run(minutes=1)
    assert told(office) == ["cat@other", "ann@one", "ben@one"]


async def test_a_limit_over_everything_holds_up_everything_on_the_channel_alone(office: Office) -> None:
    one_at_a_time(office)
    office.chat.faults = [Unreachable("busy", permanent=False, retry_after=4 * MINUTE, limit="chat")]
    people(office, "ann")
    await office.run()
    people(office, "ben")
    office.case((office.person("Eve", "mail:eve@b.uk"), "by_mail"))
    await office.run(minutes=3)
    assert (office.chat.tries, told(office), len(office.mail.arrived)) == (1, [], 1)
    await office.run(minutes=1)
    assert told(office) == ["ann", "ben"]


@pytest.mark.parametrize(
    ("busy", "held", "free"),
    [
        (("ann@one", "ben@one", "cat@one"), ("dan@one",), ("eve@other",)),
        (("ann@one", "ben@two", "cat@two"), (), ("dan@one", "eve@two", "flo@other")),
        (("ann", "ben", "cat"), ("dan",), ()),
    ],
    ids=["a workspace", "not together", "everything"],
)
async def test_where_many_are_refused_at_one_time_it_is_the_wider_limit(
    office: Office, busy: Sequence[str], held: Sequence[str], free: Sequence[str]
) -> None:
    assert len(busy) == MANY
    office.chat.busy = dict.fromkeys(busy, 5 * MINUTE)
    people(office, *busy)
    await office.run()
    people(office, *held, *free)
    await office.run(minutes=4)
    assert (sorted(told(office)), office.chat.tries) == (sorted(free), MANY + len(free))
    await office.run(minutes=1)
    assert sorted(told(office)) == sorted((*busy, *held, *free))
    assert set(office.chat.keys.values()) == {1}


async def test_refusals_one_after_another_are_not_many_at_one_time(office: Office) -> None:
    for one in PEOPLE:
        office.chat.busy = {one: 2 * MINUTE}
        people(office, one)
        await office.run(minutes=2)
        assert told(office)[-1] == one
    assert told(office) == list(PEOPLE)


async def test_what_is_held_longer_than_it_can_wait_goes_another_way(office: Office) -> None:
    office.chat.busy = {"ann": 30 * MINUTE}
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    office.case((ann, "notify_panel"))
    await office.run()
    office.case((ann, "today"), kind="today")
    await office.run(minutes=1)
    assert [lines for _, lines in office.mail.said] == [["Case 26-002: today."]]
    await office.run(minutes=30)
    assert [lines for _, lines in office.chat.said] == [["Case 26-001: notify_panel."]]


async def test_a_time_that_has_passed_holds_up_nothing(office: Office) -> None:
    office.chat.faults = [later()]
    office.chat.busy = {"ben": timedelta(0)}
    people(office, "ann", "ben")
    await office.run(minutes=1)
    assert sorted(told(office)) == ["ann", "ben"]
