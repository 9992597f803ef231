"""Whatever rewrites one message goes one after another, and keeps no other message waiting."""

from __future__ import annotations

import asyncio

from adapters.stamps import Rewriting
from bot.exchange import Exchange


async def test_the_next_rewriting_of_a_message_begins_once_the_one_before_has_ended(exchange: Exchange) -> None:
    rewriting, go = Rewriting(exchange, "slack"), asyncio.Event()
    seen: list[str] = []
    begun = {name: asyncio.Event() for name in ("first", "second", "other")}

    async def rewrite(name: str, message: str) -> None:
        async with rewriting.in_turn(message):
            seen.append(f"{name} begins")
            begun[name].set()
            await go.wait()
            seen.append(f"{name} ends")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(rewrite("first", "D1 1.1"))
        await begun["first"].wait()
        tasks.create_task(rewrite("second", "D1 1.1"))
        tasks.create_task(rewrite("other", "D1 2.2"))
        await begun["other"].wait()
        assert seen == ["first begins", "other begins"]
        go.set()
    assert seen.index("first ends") < seen.index("second begins")
