"""What is asked in a group is answered until it arrived, with a word where that may be for the second time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channel import Unreachable
from bot.delivering.wording_delivery import MAY_BE_REPEAT
from bot.exchange import Exchange
from bot.messages import Turn, Typed
from bot.overheard import MOST_TRIES
from bot.reply_text import to_text

from .carried import Carried
from .talk import AT

TURN = Turn("slack", "C1", "U1", Typed("he hit her and she is bleeding"), "e1", AT, private=False)
GENERAL = replace(TURN, said=Typed("what is a LADO?"), event="e3")
URGENT = replace(TURN, said=Typed("he is strangling her right now"), event="e2")
NOT_NOW = Unreachable("busy", permanent=False)
IN_DOUBT = Unreachable("no answer", permanent=False, may_have_arrived=True)


@pytest.fixture
def group(exchange: Exchange) -> Carried:
    exchange.mind.loaded()
    exchange.carrier = carried = Carried()
    return carried


async def fails(exchange: Exchange, group: Carried, fault: Exception, turn: Turn = TURN) -> None:
    group.refuses = fault
    with pytest.raises(type(fault)):
        await exchange.take(turn)
    group.refuses = None


@pytest.mark.parametrize(
    ("faults", "may_be_repeat"),
    [((NOT_NOW, NOT_NOW), False), ((IN_DOUBT,), True), ((IN_DOUBT, NOT_NOW), True), ((RuntimeError(),), True)],
    ids=["not yet", "in doubt", "in doubt, then not yet", "cut off"],
)
async def test_it_is_said_the_next_time_with_a_word_where_it_may_have_arrived(exchange, group, faults, may_be_repeat):
    for fault in faults:
        await fails(exchange, group, fault)
    for _ in range(2):
        await exchange.take(TURN)
    ((_, _, reply),) = group.said
    assert (MAY_BE_REPEAT in to_text(reply)) is may_be_repeat


async def test_danger_that_is_to_wait_for_all_is_told_to_its_writer_at_once_and_once(exchange, group):
    class ToAllLater(Carried):
        wait = 2

        async def say(self, channel, address, reply):
            if reply.audience == "everyone" and self.wait:
                self.wait -= 1
                raise Unreachable("busy", permanent=False, retry_after=timedelta(seconds=60))
            await super().say(channel, address, reply)

    exchange.carrier = carried = ToAllLater()
    for _ in range(2):
        with pytest.raises(Unreachable):
            await exchange.take(URGENT)
    (alone,) = [reply for _, _, reply in carried.said]
    assert (alone.audience, "999" in to_text(alone)) == ("only", True)
    await exchange.take(URGENT)
    assert [(one.audience, MAY_BE_REPEAT in to_text(one)) for _, _, one in carried.said][1] == ("everyone", False)


async def test_the_same_key_in_another_conversation_is_another_turn(exchange, group):
    for place in ("C1", "C2", "C1"):
        await exchange.take(replace(TURN, conversation=place))
    assert [address for _, address, _ in group.said] == ["C1", "C2"]


async def test_what_a_platform_always_fails_at_is_left_so_that_others_are_answered(exchange, group):
    for _ in range(2 * MOST_TRIES):  # it has two replies
        await fails(exchange, group, IN_DOUBT, URGENT)
    group.refuses = IN_DOUBT
    await exchange.take(URGENT)
    group.refuses = None
    await exchange.take(URGENT)
    assert group.said == []


@pytest.mark.parametrize("fault", [NOT_NOW, IN_DOUBT], ids=["not yet", "in doubt"])
async def test_what_has_arrived_is_not_said_again_for_a_word_to_its_writer_that_is_brought_until_it_arrives(
    exchange, group, fault
):
    group.refuses_to = "only"
    for _ in range(3):
        await fails(exchange, group, fault, URGENT)
    for _ in range(2):
        await exchange.take(URGENT)
    said = [(one.audience, MAY_BE_REPEAT in to_text(one)) for _, _, one in group.said]
    assert said == [("everyone", False), ("only", fault is IN_DOUBT)]


async def test_a_word_to_its_writer_is_not_lost_because_the_answer_to_all_was_in_doubt_before(exchange, group):
    await fails(exchange, group, IN_DOUBT, URGENT)
    group.refuses_to = "only"
    await fails(exchange, group, IN_DOUBT, URGENT)
    await exchange.take(URGENT)
    assert [one.audience for _, _, one in group.said] == ["everyone", "only"]


@pytest.mark.parametrize("fault", [NOT_NOW, IN_DOUBT], ids=["not yet", "in doubt"])
async def test_a_word_to_its_writer_that_never_arrives_is_left(exchange, group, fault):
    for _ in range(MOST_TRIES):
        await fails(exchange, group, fault)
    group.refuses = fault
    await exchange.take(TURN)
    group.refuses = None
    await exchange.take(TURN)
    assert group.said == []


async def test_what_may_have_arrived_twice_is_not_said_a_third_time_unless_it_is_danger(exchange, group):
    await fails(exchange, group, IN_DOUBT, GENERAL)
    group.refuses = IN_DOUBT
    await exchange.take(GENERAL)
    group.refuses = None
    await exchange.take(GENERAL)
    assert group.said == []
    for _ in range(2):
        await fails(exchange, group, IN_DOUBT, URGENT)
    await exchange.take(URGENT)
    assert "Phone 999 now" in to_text(group.said[0][2])
