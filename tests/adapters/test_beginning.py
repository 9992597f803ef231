"""A channel that cannot begin yet is tried again with longer and longer pauses, and its trouble is told once."""

from __future__ import annotations

import asyncio

from adapters.beginning import Beginning
from bot.channel import Unreachable


class Fails:
    """A step that fails in these ways, and then goes."""

    def __init__(self, *whys: str) -> None:
        self.whys = list(whys)

    async def __call__(self) -> None:
        if self.whys:
            raise Unreachable(self.whys.pop(0), permanent=False)


class Pauses(list[float]):
    """The pauses that were made; none of them takes a moment, and after `most` of them there is no end to one."""

    most = 100

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        if len(self) == self.most:
            await asyncio.Event().wait()


async def test_it_is_tried_until_it_goes_and_each_trouble_is_told_once():
    warned: list[str] = []
    pauses, gone = Pauses(), asyncio.Event()

    async def goes_on() -> None:
        gone.set()

    beginning = Beginning("Slack", warned.append, pauses)
    async with beginning.going(Fails("no", "no", "no", "not now", "not now", "not now"), goes_on):
        assert beginning.trouble == "not begun yet"
        await gone.wait()
        assert beginning.trouble == ""
    assert pauses == [1, 5, 15, 60, 60, 60]
    assert warned == ["Slack: no. This is tried again.", "Slack: not now. This is tried again."]


async def test_what_has_not_begun_says_why_and_holds_no_end_up():
    pauses = Pauses()
    pauses.most = 1
    beginning = Beginning("Slack", [].append, pauses)
    async with asyncio.timeout(5), beginning.going(Fails("no")):
        while not pauses:
            await asyncio.sleep(0)
        assert beginning.trouble == "no"


async def test_what_goes_on_and_ends_by_a_fault_is_said_without_its_words_and_holds_no_end_up():
    warned: list[str] = []

    async def ends() -> None:
        raise RuntimeError("Zebedee was hit")

    beginning = Beginning("Slack", warned.append, Pauses())
    async with beginning.going(Fails(), ends):
        while not warned:
            await asyncio.sleep(0)
        assert beginning.trouble == "ended by a fault of its own (RuntimeError)"
    assert warned == ["Slack: ended by a fault of its own (RuntimeError). Start the bot anew."]


async def test_a_beginning_that_ends_by_a_fault_of_the_library_own_is_tried_again():
    tries: list[int] = []
    warned: list[str] = []

    async def once_not() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise KeyError("Zebedee was hit")

    beginning = Beginning("Slack", warned.append, Pauses())
    async with beginning.going(once_not):
        while beginning.trouble:
            await asyncio.sleep(0)
    assert warned == ["Slack: a fault of its own (KeyError). This is tried again."]
