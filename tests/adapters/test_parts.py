"""A reply in parts goes on from where it had to stop, and begins anew where nobody can say what arrived."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.parts import Parts
from bot.channel import Unreachable
from bot.messages import Reply, Text

REPLY = Reply((Text.of("It says all."),), key="1")
REPEATED = replace(REPLY, blocks=(Text.of("This may be a repeat."), *REPLY.blocks))
LATER = Unreachable("busy", permanent=False)
IN_DOUBT = Unreachable("no answer", permanent=False, may_have_arrived=True)
NEVER = Unreachable("gone", permanent=True)


class Line:
    """A line to one place, which breaks at a part as it is told to."""

    def __init__(self) -> None:
        self.parts: Parts[str] = Parts()
        self.arrived: list[tuple[int, str]] = []

    async def say(self, reply: Reply, at: int = -1, fault: Unreachable | None = None, parts: str = "abc") -> str:
        async def send(number: int, part: str) -> str:
            if fault is not None and number == at:
                raise fault
            self.arrived.append((number, part))
            return f"id of {part}"

        return await self.parts.sent("ann", reply, parts, send)


async def stops(line: Line, reply: Reply, at: int, fault: Unreachable) -> Unreachable:
    with pytest.raises(Unreachable) as stopped:
        await line.say(reply, at, fault)
    return stopped.value


async def test_it_goes_on_from_where_it_had_to_wait_however_often():
    line = Line()
    assert (await stops(line, REPLY, 1, LATER)).may_have_arrived
    assert (await stops(line, REPEATED, 1, LATER)).may_have_arrived
    assert (await stops(line, REPEATED, 2, LATER)).may_have_arrived
    assert await line.say(REPEATED, parts="xabc") == "id of c"
    assert line.arrived == [(0, "a"), (1, "b"), (2, "c")]
    await line.say(REPLY)
    assert len(line.arrived) == 6


async def test_where_nothing_arrived_it_is_not_said_that_anything_may_have():
    assert not (await stops(Line(), REPLY, 0, LATER)).may_have_arrived


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (REPLY, REPEATED, IN_DOUBT),
        (REPLY, REPEATED, NEVER),
        (REPLY, replace(REPLY, blocks=(Text.of("It says something else."),)), LATER),
        (replace(REPLY, key=""), replace(REPLY, key=""), LATER),
        (REPLY, replace(REPLY, key="2"), LATER),
    ],
    ids=["in doubt", "for good", "other words", "without a key", "another"],
)
async def test_all_of_it_is_said_where_it_is_another_or_nobody_knows_what_arrived(before, after, fault):
    line = Line()
    await stops(line, before, 1, fault)
    line.arrived.clear()
    await line.say(after, parts="xyz")
    assert line.arrived == [(0, "x"), (1, "y"), (2, "z")]
