"""A reply that did not arrive is tried again while its person still waits, in order, and not all at one moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.channel import Unreachable
from bot.delivering.pauses import MANY, Pauses
from bot.delivering.retrying import MOST_ATTEMPTS, WAITS_OF_A_REPLY, spread
from bot.delivering.wording_delivery import NOT_SAID
from bot.messages import Reply, Text
from bot.reply_text import to_text as as_text
from bot.state import Dialog, State, to_json
from bot.storage import Connection, conversations, outbox, timeline
from bot.wording import LINE_999
from tests.delivering.office import Office

SECOND = timedelta(seconds=1)
DOWN = Unreachable("the platform said 503", permanent=False)


def says(office: Office, *texts: str, address: str = "ann") -> None:
    """Puts replies into one conversation, in order."""

    def work(connection: Connection) -> None:
        place = conversations.load(connection, office.keys, "chat", address, office.at).id
        for text in texts:
            key = str(timeline.append(connection, office.keys, place, office.at, "reply", ""))
            body = as_text(Reply((Text.of(text),)))
            outbox.put(
                connection, office.keys, place, channel="chat", address=address, body=body, at=office.at, key=key
            )

    office.do(work)


def arrived(office: Office) -> list[str]:
    return [line for one in office.chat.arrived for line in one.lines]


async def after(office: Office, seconds: float) -> None:
    office.at += seconds * SECOND
    await office.sweep()


async def test_after_one_fault_it_comes_a_second_later(office: Office) -> None:
    office.chat.faults = [DOWN]
    says(office, "Phone 999 now.")
    await office.sweep()
    assert arrived(office) == []
    await after(office, 1.3)
    assert arrived(office) == ["Phone 999 now."]


async def test_the_process_that_sends_hears_when_to_look_again(office: Office) -> None:
    office.chat.faults = [DOWN, DOWN]
    says(office, "Phone 999 now.")
    await office.sweep()
    await after(office, 1.3)
    first, second = office.again
    assert SECOND <= first <= 1.2 * SECOND
    assert 3 * SECOND <= second <= 3.6 * SECOND


async def test_what_comes_after_it_does_not_overtake_it(office: Office) -> None:
    office.chat.faults = [DOWN]
    says(office, "one")
    await office.sweep()
    says(office, "two")
    says(office, "to another", address="ben")
    await after(office, 0.2)
    assert arrived(office) == ["to another"]
    await after(office, 1.2)
    await after(office, 0.5)
    assert arrived(office) == ["to another", "one", "two"]


async def test_what_comes_after_a_restart_does_not_overtake_what_waited_before_it(office: Office) -> None:
    office.chat.faults = [Unreachable("busy", permanent=False, retry_after=25 * SECOND)]
    says(office, "one")
    await office.sweep()
    office.at += SECOND
    await office.restart()
    says(office, "two")
    says(office, "to another", address="ben")
    await office.sweep()
    assert arrived(office) == ["to another"]
    await after(office, 31)
    await after(office, 1)
    assert arrived(office) == ["to another", "one", "two"]


def in_hand(office: Office) -> None:
    """Lets a dialog be in hand in the conversation."""

    def work(connection: Connection) -> None:
        stored = conversations.load(connection, office.keys, "chat", "ann", office.at)
        dialog = Dialog(1, "referral", "1", practice=False, started="2026-11-23")
        conversations.save(connection, office.keys, stored, to_json(State(dialog=dialog)), office.at)

    office.do(work)


@pytest.mark.parametrize(("but_not", "is_of_work"), [("chat", True), ("chat", False), ("mail", True), ("", True)])
async def test_what_waited_before_a_restart_is_not_said_of_a_dialog_where_none_may_be_spoken_of_since(
    office: Office, but_not: str, is_of_work: bool
) -> None:
    if is_of_work:
        in_hand(office)
    office.chat.faults = [DOWN]
    says(office, "What happened to them: they died.")
    await office.sweep()
    office.at += SECOND
    await office.restart(but_not=but_not)
    says(office, "A rapid review is …")
    await after(office, 3)
    await after(office, 3)
    first = [NOT_SAID, LINE_999] if is_of_work and but_not == "chat" else ["What happened to them: they died."]
    assert sorted(arrived(office)) == sorted([*first, "A rapid review is …"])


@pytest.mark.parametrize("limit", [None, "chat"], ids=["it does not say which", "the one over everything"])
async def test_a_reply_to_somebody_else_is_tried_whatever_limit_was_met(office: Office, limit: str | None) -> None:
    office.chat.faults = [Unreachable("busy", permanent=False, retry_after=20 * SECOND, limit=limit)] * MANY
    for one in ("ann", "ben", "cat"):
        says(office, "one", address=one)
    await office.sweep()
    says(office, "two")
    says(office, "Phone 999 now.", address="dan")
    await after(office, 1)
    assert arrived(office) == ["Phone 999 now."]
    await after(office, 24)
    await after(office, 1)
    assert [(one.address, one.lines) for one in office.chat.arrived[1:] if one.address == "ann"] == [
        ("ann", ["one"]),
        ("ann", ["two"]),
    ]
    assert not any(one.is_said_to_be_a_repeat for one in office.chat.arrived)


async def test_where_the_platform_stays_away_it_is_tried_less_and_less_often_and_given_up(office: Office) -> None:
    office.chat.broken = DOWN
    says(office, "one")
    for _ in range(60 * 2):
        await after(office, 60)
    assert office.chat.tries == len(WAITS_OF_A_REPLY) + 1 <= MOST_ATTEMPTS
    assert office.outgoing() == ["failed"]


async def test_what_is_new_is_not_held_up_by_what_fails_for_long(office: Office) -> None:
    office.chat.faults = [DOWN, DOWN, DOWN]
    says(office, "one")
    for seconds in (0, 1.3, 4):
        await after(office, seconds)
    says(office, "Phone 999 now.")
    await after(office, 0.1)
    assert arrived(office) == ["Phone 999 now."]


@pytest.mark.parametrize("wait", WAITS_OF_A_REPLY)
def test_many_that_failed_at_once_are_spread(wait: timedelta) -> None:
    waits = sorted(spread(wait, number) for number in range(1, 51))
    assert wait <= waits[0]
    assert waits[-1] <= 1.2 * wait
    assert max(later - sooner for sooner, later in pairwise(waits)) < 0.02 * wait


@pytest.mark.parametrize("permanent", [True, False])
async def test_a_platform_that_refuses_the_bot_itself_is_named_until_something_goes_there(
    office: Office, permanent: bool
) -> None:
    fault = Unreachable("the token was revoked", permanent=permanent, of_app=True)
    office.chat.faults = [fault, fault]
    says(office, "Phone 999 now.")
    await office.sweep()
    assert office.delivery.refused == {"chat": "the token was revoked"}
    assert [line for line in office.warned if "the token was revoked" in line]
    await after(office, 1.3)
    await after(office, 4)
    assert (arrived(office), office.delivery.refused) == (["Phone 999 now."], {})


async def test_what_is_held_goes_in_the_order_in_which_it_was_said(office: Office) -> None:
    office.chat.faults = [Unreachable("wait", permanent=False, retry_after=9 * SECOND)]
    for number in range(4):
        says(office, f"line {number}")
        await office.sweep()
        # Each looks at the clock a little later than the one before it.
        office.at += timedelta(microseconds=7 * (3 - number))
    assert arrived(office) == []
    await after(office, 12)
    assert arrived(office) == [f"line {number}" for number in range(4)]


def test_a_later_refusal_does_not_shorten_the_wait_of_an_earlier_one() -> None:
    pauses, at = Pauses(), datetime(2026, 3, 2, 12, tzinfo=UTC)
    pauses.goes_first("ann", at + 10 * SECOND)
    pauses.goes_first("ann", at + SECOND)
    assert pauses.until(("ann",), "ann", at) == at + 10 * SECOND
